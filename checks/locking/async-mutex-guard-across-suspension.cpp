//===- async-mutex-guard-across-suspension.cpp ----------------------------===//
//
// An asynchronous mutex may be held over a suspension. Whoever wants it waits
// for as long, also for what has nothing to do with what it guards.
//
//===----------------------------------------------------------------------===//

#include "rules/Alive.h"
#include "rules/Escapes.h"
#include "rules/Phrases.h"

namespace async_tidy {

/// The call that is awaited to lock an asynchronous mutex for \p V; null if it
/// is no such guard.
static const CallSite *locks(const FunctionFacts &F, const Variable &V,
                             const ModelSet &Models) {
  if (V.Init.Call < 0)
    return nullptr;
  for (const Suspension &S : F.Suspensions) {
    if (S.Resume != V.Init.Call || S.Call < 0)
      continue;
    const CallSite &Call = F.Calls[S.Call];
    if (Models.isAsyncMutex(Call.Object.Type) ||
        llvm::any_of(Call.Arguments, [&](const Value &A) {
          return Models.isAsyncMutex(A.Type);
        }))
      return &Call;
  }
  return nullptr;
}

/// Something that others see: a member, a global, what a reference refers to.
static bool isSeen(const FunctionFacts &F, const Value &V) {
  const std::string Root = rootOf(V.Path).str();
  if (V.Path.empty() || Root.front() == '#') {
    if (V.Call < 0)
      return false;
    const CallSite &Made = F.Calls[V.Call];
    return (!Made.Object.Path.empty() && isSeen(F, Made.Object)) ||
           llvm::any_of(Made.Arguments,
                        [&](const Value &A) { return isSeen(F, A); });
  }
  const llvm::StringRef Own = ownType(F, Root);
  return Own.empty() || llvm::StringRef(Own).ends_with("*");
}

/// What is awaited has to do with nothing that others see.
static bool isApart(const FunctionFacts &F, const Suspension &S,
                    const Program &P) {
  if (P.models().pause(S.AwaiterType))
    return true;
  if (S.Call < 0)
    return false;
  const CallSite &Call = F.Calls[S.Call];
  const bool Pause = P.models().pause(Call.CalleeName);
  if (Pause && llvm::all_of(Call.Arguments, [&](const Value &A) {
        return A.Constant || !isSeen(F, A);
      }))
    return true;
  // Locking another one is a matter of order.
  if (P.models().isAsyncMutex(Call.Object.Type))
    return false;
  if (!Call.Object.Type.empty() &&
      (Call.Object.Path.empty() || isSeen(F, Call.Object)))
    return false;
  return llvm::none_of(Call.Arguments,
                       [&](const Value &A) { return isSeen(F, A); }) &&
         S.Resume >= 0 &&
         !llvm::StringRef(F.Calls[S.Resume].Result).starts_with("this");
}

/// Between \p From and \p To the body names its object.
static bool touches(const FunctionFacts &F, const Location &From,
                    const Location &To) {
  return llvm::any_of(F.Uses, [&](const Use &U) {
    return U.Name == "this" && From < U.Where && U.Where < To;
  });
}

static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  if (!F.IsCoroutine)
    return;
  std::optional<std::vector<std::set<unsigned>>> Alive;
  for (unsigned I = 0; I != F.Variables.size(); ++I) {
    const Variable &V = F.Variables[I];
    const CallSite *Lock = locks(F, V, P.models());
    if (!Lock)
      continue;
    if (!Alive)
      Alive = aliveAt(F, P, {"unlock", "release", "reset", "return_all"});
    Location End{V.Where.File, ~0u, 0};
    for (const CallSite &C : F.Calls)
      if (C.Kind == CallKind::Destroy && C.Object.Path == V.Name &&
          V.Where < C.Where && C.Where < End)
        End = C.Where;
    for (unsigned At : (*Alive)[I]) {
      const Suspension &S = F.Suspensions[At];
      if (S.Loop != V.Loop || !isApart(F, S, P))
        continue;
      // Between two uses, or with none, it is what is awaited that the guard is
      // for.
      const bool Before = touches(F, Lock->Where, S.Where),
                 After = touches(F, S.Where, End);
      const bool Pause =
          S.Call >= 0 && P.models().pause(F.Calls[S.Call].CalleeName);
      if (!Pause && Before == After)
        continue;
      const std::string What =
          S.Call >= 0 ? "`" + F.Calls[S.Call].CalleeName + "`" : "this await";
      Report(V.Where,
             "`" + V.Name + "` is held while the coroutine waits for " + What +
                 ", which does not need it; narrow its scope",
             V.Name)
          .because({{Lock->Where, "locked here"},
                    {S.Where, "others wait for the mutex as long as this"}});
      break;
    }
  }
}

extern const Rule async_mutex_guard_across_suspension = {
    .Id = "async-mutex-guard-across-suspension",
    .Group = "locking",
    .Summary = "An asynchronous mutex is held over an await that does not need "
               "it.",
    .Since = "0.1",
    .Shown = Level::Strict,
    .Check = check,
};

} // namespace async_tidy
