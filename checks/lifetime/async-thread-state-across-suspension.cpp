//===- async-thread-state-across-suspension.cpp ---------------------------===//
//
// A coroutine may go on on another thread. What it has taken from the thread
// that it was on, the address of a `thread_local`, the thread's id, is then
// somebody else's.
//
//===----------------------------------------------------------------------===//

#include "rules/Bodies.h"
#include "rules/Phrases.h"
#include "rules/ThreadState.h"

namespace async_tidy {
namespace {

/// What a local took from its thread.
struct Taken {
  std::string What;
  /// Where, if not where the local is declared.
  Location Where;
  /// It points to what the thread points to, which may outlive the thread.
  bool Pointer = false;
};

} // namespace

static std::optional<Taken> takenBy(const FunctionFacts &F, const Program &P,
                                    const Variable &V) {
  const bool Refers =
      V.Reference || llvm::StringRef(V.Init.Type).ends_with("*");
  if (Refers && isThreadLocal(F, V.Init.Path))
    return Taken{"refers to the `thread_local` `" + V.Init.Path.substr(2) + "`",
                 {}};
  if (V.Init.Call < 0)
    return std::nullopt;
  const CallSite &Call = F.Calls[V.Init.Call];
  if (P.models().isThreadState(Call.CalleeName))
    return Taken{"holds what `" + Call.CalleeName + "` said", {}};
  const FunctionFacts *Callee = Refers ? P.callee(F, Call) : nullptr;
  // `return &current;`
  if (Callee && Callee->Answers &&
      isThreadLocal(*Callee, Callee->Answers->Path))
    return Taken{"refers to the `thread_local` `" +
                     Callee->Answers->Path.substr(2) + "` of `" +
                     Call.CalleeName + "`",
                 Callee->Where, Call.GivesObject};
  if (Callee && !Call.GivesObject)
    for (const Variable &Its : Callee->Variables)
      if (Its.ThreadLocal)
        return Taken{"refers to the `thread_local` `" + Its.Name + "` of `" +
                         Call.CalleeName + "`",
                     Its.Where};
  return std::nullopt;
}

/// Reports objects that set a `thread_local` while they live, and that live
/// over a suspension.
static void checkSetters(const FunctionFacts &F, const Program &P, Level Shown,
                         FindingSink &Report) {
  for (const LivingSetter &Its : livingSetters(F, P)) {
    const Variable &V = F.Variables[Its.Variable];
    Report(V.Where,
           "`" + V.Name + "` sets the `thread_local` `" + Its.Sets +
               "` while it lives, and lives over a suspension: whatever runs "
               "on the thread meanwhile sees it, and it may be set back on "
               "another thread",
           V.Name)
        .because({{Its.Suspends, "may go on on another thread"},
                  {Its.SetBack, "set back here"}})
        .Shown = Shown;
  }
}

/// Reports the first look at an `errno` that is older than a suspension.
static void checkErrno(const FunctionFacts &F, const Program &P,
                       FindingSink &Report) {
  if (const std::optional<Location> Late = lateErrno(F, P))
    Report(*Late,
           "`errno` is read after a suspension, and what has run on the thread "
           "meanwhile may have set it; copy it right after the call that sets "
           "it",
           "errno");
}

/// Reports each `thread_local` that is looked at on both sides of a suspension,
/// and each local that carries a thread's state over one.
static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  const Context &In = P.context(F);
  const Resumes On = P.models().resumes(In.Library);
  if (!In.isAsync() || In.Kind == ContextKind::Awaiter)
    return;
  checkErrno(F, P, Report);
  if (On == Resumes::SameThread)
    return;
  const Level Shown = On == Resumes::Unknown ? Level::Strict : Level::Default;
  checkSetters(F, P, Shown, Report);
  std::map<Symbol, bool> Said;
  for (const LateUse &Late : P.lateUses(F)) {
    const Use &U = F.Uses[Late.Use];
    std::string Text;
    std::vector<Step> Steps;
    Level Least = Shown;
    if (U.Name == Errno)
      continue;
    if (llvm::StringRef(U.Name).starts_with("::")) {
      Text = "the `thread_local` `" + U.Name.substr(2) +
             "` may be another thread's than before the suspension";
    } else if (const Variable *V = variable(F, U.Name)) {
      const std::optional<Taken> What = takenBy(F, P, *V);
      if (!What)
        continue;
      Text = "`" + V->Name + "` " + What->What +
             " before the suspension, and may be another thread's now";
      Steps.push_back({V->Where, "taken from the thread here"});
      if (What->Pointer)
        Least = Level::Strict;
      if (What->Where.isValid())
        Steps.push_back({What->Where, "the `thread_local`"});
    }
    if (Text.empty() || !Said.try_emplace(U.Name, true).second)
      continue;
    Steps.push_back({suspendedAt(F, Late), "may go on on another thread"});
    Report(U.Where, std::move(Text), U.Name).because(std::move(Steps)).Shown =
        Least;
  }
}

extern const Rule async_thread_state_across_suspension = {
    .Id = "async-thread-state-across-suspension",
    .Group = "lifetime",
    .Summary = "The state of a thread is held over a suspension.",
    .Since = "0.1",
    .Shown = Level::Default,
    .Check = check,
};

} // namespace async_tidy
