//===- async-thread-state-across-suspension.cpp ---------------------------===//
//
// A coroutine may go on on another thread. What it has taken from the thread
// that it was on, the address of a `thread_local`, the thread's id, is then
// somebody else's.
//
//===----------------------------------------------------------------------===//

#include "rules/Bodies.h"
#include "rules/Phrases.h"
#include "rules/Rule.h"

namespace async_tidy {
namespace {

/// What a local took from its thread.
struct Taken {
  std::string What;
  /// Where, if not where the local is declared.
  Location Where;
};

} // namespace

/// Only `thread_local`s are named with their qualification.
static bool isThreadLocal(const FunctionFacts &F, llvm::StringRef Path) {
  return Path.starts_with("::") &&
         llvm::any_of(F.Uses, [&](const Use &U) { return U.Name == Path; });
}

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
  if (Callee && !Call.GivesObject)
    for (const Variable &Its : Callee->Variables)
      if (Its.ThreadLocal)
        return Taken{"refers to the `thread_local` `" + Its.Name + "` of `" +
                         Call.CalleeName + "`",
                     Its.Where};
  return std::nullopt;
}

/// Reports each `thread_local` that is looked at on both sides of a suspension,
/// and each local that carries a thread's state over one.
static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  const Context &In = P.context(F);
  const Resumes On = P.models().resumes(In.Library);
  if (!In.isAsync() || In.Kind == ContextKind::Awaiter ||
      On == Resumes::SameThread)
    return;
  std::map<Symbol, bool> Said;
  for (const LateUse &Late : P.lateUses(F)) {
    const Use &U = F.Uses[Late.Use];
    std::string Text;
    std::vector<Step> Steps;
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
      if (What->Where.isValid())
        Steps.push_back({What->Where, "the `thread_local`"});
    }
    if (Text.empty() || !Said.try_emplace(U.Name, true).second)
      continue;
    Steps.push_back({suspendedAt(F, Late), "may go on on another thread"});
    Finding &Out = Report(U.Where, std::move(Text), U.Name);
    Out.because(std::move(Steps));
    if (On == Resumes::Unknown)
      Out.Shown = Level::Strict;
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
