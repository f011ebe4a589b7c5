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

/// The `thread_local` that objects of \p Type set while they live, and where
/// they set it back: their constructors and their destructor name it.
static std::optional<std::pair<std::string, Location>>
setWhileAlive(llvm::StringRef Type, const FunctionFacts &F, const Program &P) {
  const TypeFacts *T = P.type(Type);
  const FunctionFacts *Ends = T ? P.definition(F, T->Destructor) : nullptr;
  if (!Ends)
    return std::nullopt;
  for (const Use &U : Ends->Uses) {
    if (!U.Writes || !llvm::StringRef(U.Name).starts_with("::") ||
        U.Name == Errno)
      continue;
    for (const TypeFacts::Constructor &C : T->Constructors)
      if (const FunctionFacts *Begins = P.definition(F, C.Id);
          Begins && isThreadLocal(*Begins, U.Name))
        return std::pair(U.Name.substr(2), U.Where);
  }
  return std::nullopt;
}

/// Reports objects that set a `thread_local` while they live, and that live
/// over a suspension.
static void checkSetters(const FunctionFacts &F, const Program &P, Level Shown,
                         FindingSink &Report) {
  std::map<unsigned, std::pair<std::string, Location>> Setters;
  for (unsigned V = 0; V != F.Variables.size(); ++V)
    if (const Variable &Its = F.Variables[V]; !Its.Reference && !Its.Static)
      if (auto Sets = setWhileAlive(Its.Type, F, P))
        Setters.emplace(V, std::move(*Sets));
  for (const auto &[V, What] : Setters)
    if (const std::optional<Location> At = heldOver(F, P, V))
      Report(F.Variables[V].Where,
             "`" + F.Variables[V].Name + "` sets the `thread_local` `" +
                 What.first +
                 "` while it lives, and lives over a suspension: whatever runs "
                 "on the thread meanwhile sees it, and it may be set back on "
                 "another thread",
             F.Variables[V].Name)
          .because({{*At, "may go on on another thread"},
                    {What.second, "set back here"}})
          .Shown = Shown;
}

/// Reports the first look at an `errno` that is older than a suspension.
static void checkErrno(const FunctionFacts &F, const Program &P,
                       FindingSink &Report) {
  if (const Use *Late = staleErrno(F, P))
    Report(Late->Where,
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
  std::map<std::string, bool> Said;
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
