//===- async-await-in-loop.cpp --------------------------------------------===//
//
// A loop that awaits one call after the other takes as long as all of them
// together; those that do not need each other could run at the same time.
//
//===----------------------------------------------------------------------===//

#include "rules/Bodies.h"
#include "rules/Escapes.h"
#include "rules/Phrases.h"

namespace async_tidy {

/// The order matters to the callee, as its name says: it writes, or appends.
static bool isInOrder(llvm::StringRef Callee) {
  const std::string Name = ownName(Callee).lower();
  for (llvm::StringRef Word :
       {"write", "send",    "push",   "append", "print",   "flush", "read",
        "recv",  "receive", "next",   "lock",   "acquire", "wait",  "sleep",
        "yield", "delay",   "commit", "apply",  "put",     "step",  "schedule",
        "poll",  "connect", "retry",  "join",   "stop",    "close"})
    if (llvm::StringRef(Name).contains(Word))
      return true;
  return false;
}

/// What \p V names is the loop's own, or a constant.
static bool isOfLoop(const FunctionFacts &F, const Value &V, int Loop,
                     bool &Element) {
  const std::string Root = rootOf(V.Path).str();
  for (const Variable &X : F.Variables)
    if (X.Name == Root && (X.Implicit || isInLoop(F, X.Loop, Loop))) {
      Element = true;
      return X.Init.Call < 0 || !F.Calls[X.Init.Call].ByAwait;
    }
  if (V.Constant || (Root.empty() && V.Call < 0 && V.Path.empty()))
    return true;
  if (!Root.empty() && Root.front() != '#')
    return false;
  // Made of such values: `url(item)`, a copy of it.
  if (V.Call < 0 || F.Calls[V.Call].ByAwait)
    return false;
  const CallSite &Made = F.Calls[V.Call];
  if (!Made.Object.Path.empty() && Made.Kind == CallKind::Call &&
      !isOfLoop(F, Made.Object, Loop, Element))
    return false;
  return llvm::all_of(Made.Arguments, [&](const Value &A) {
    return isOfLoop(F, A, Loop, Element);
  });
}

/// What the await gives is thrown away, or put into a container.
static bool isOnlyCollected(const FunctionFacts &F, const Suspension &S,
                            const ModelSet &Models) {
  if (S.Resume < 0)
    return false;
  const CallSite &Resume = F.Calls[S.Resume];
  if (Resume.ResultType == "void" || Resume.Discarded != CallSite::Discard::No)
    return true;
  if (Resume.Consumer < 0)
    return false;
  const llvm::StringRef Taker = F.Calls[Resume.Consumer].CalleeName;
  return Taker.ends_with("::push_back") || Taker.ends_with("::emplace_back") ||
         Models.role(Role::Pushes, F.Calls[Resume.Consumer]);
}

static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  if (!F.IsCoroutine)
    return;
  for (const Suspension &S : F.Suspensions) {
    if (S.Loop < 0 || S.Call < 0 || S.What != Suspension::Kind::Await ||
        S.Try >= 0 || !P.maySuspend(S))
      continue;
    const Loop &L = F.Loops[S.Loop];
    const CallSite &Call = F.Calls[S.Call];
    // One await a turn, to the end, of a range that no await gives.
    if (L.What != Loop::Kind::RangeFor || L.Leaves || L.Parent >= 0 ||
        llvm::count_if(F.Suspensions, [&](const Suspension &Other) {
          return isInLoop(F, Other.Loop, S.Loop);
        }) != 1)
      continue;
    if (isInOrder(Call.CalleeName) || P.models().pause(Call.CalleeName) ||
        !isOnlyCollected(F, S, P.models()))
      continue;
    bool Element = false;
    const std::string Object = rootOf(Call.Object.Path).str();
    const bool Own = Object.empty() || Object == "this" ||
                     isOfLoop(F, Call.Object, S.Loop, Element);
    if (!Own || !llvm::all_of(Call.Arguments, [&](const Value &A) {
          return isOfLoop(F, A, S.Loop, Element);
        }))
      continue;
    if (!Element)
      continue;
    Report(
        S.Where,
        "each turn waits for `" + Call.CalleeName +
            "`, which needs nothing of the turns before; start them together "
            "and await all, with a limit",
        Call.CalleeName)
        .because({{L.Where, "the loop"}});
  }
}

extern const Rule async_await_in_loop = {
    .Id = "async-await-in-loop",
    .Group = "cost",
    .Summary = "A loop awaits calls one after the other that do not need each "
               "other.",
    .Since = "0.1",
    .Shown = Level::Hint,
    .Check = check,
};

} // namespace async_tidy
