//===- async-lost-exception.cpp -------------------------------------------===//
//
// A failure that no code can see: the task ends, and everybody believes that it
// has done its work.
//
//===----------------------------------------------------------------------===//

#include "program/Dataflow.h"
#include "rules/Phrases.h"
#include "rules/Rule.h"
#include "rules/Tasks.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/StringMap.h"

namespace async_tidy {
namespace {

/// Objects whose failure must be taken out of them, and the paths on which
/// nobody does.
class Unread {
public:
  /// The objects that may still hold a failure.
  using State = llvm::BitVector;

  Unread(const FunctionFacts &F, const Program &P)
      : F(F), IsQuestion(questions(F)) {
    auto Holds = [&](llvm::StringRef Type) {
      return P.models().is(Role::WarnsWhenDropped, Type) &&
             !Type.ends_with("*");
    };
    for (const Parameter &Given : F.Parameters)
      if (!Given.ByReference && !Given.Name.empty() && Holds(Given.Type))
        add(Given.Name, Given.Where);
    Parameters = Objects.size();
    for (const Variable &V : F.Variables)
      if (!V.Reference && !V.Static && !V.Implicit && !V.Init.Type.empty() &&
          V.Init.Call >= 0 && Holds(V.Type) &&
          // One that nobody names at all is async-discarded-task's.
          !F.Calls[V.Init.Call].ResultUnused &&
          !P.models().is(Role::CannotFail, F.Calls[V.Init.Call].CalleeName))
        add(V.Name, V.Where);
  }

  bool any() const { return !Objects.empty(); }

  State entry() {
    State S(Objects.size());
    S.set(0, Parameters);
    return S;
  }
  bool join(State &Into, const State &From) {
    const bool Changed = From.test(Into);
    Into |= From;
    return Changed;
  }
  void event(State &S, const Event &E) {
    switch (E.What) {
    case Event::Kind::Declare:
      if (auto It = Index.find(F.Variables[E.Index].Name);
          It != Index.end() && It->second >= Parameters)
        S.set(It->second);
      break;
    case Event::Kind::Use:
      if (!IsQuestion[E.Index])
        clear(S, F.Uses[E.Index].Name);
      break;
    case Event::Kind::Suspend:
      clear(S, F.Suspensions[E.Index].Operand.Path);
      break;
    case Event::Kind::Call: {
      const CallSite &C = F.Calls[E.Index];
      if (C.Kind == CallKind::Destroy) {
        if (auto It = Index.find(C.Object.Path);
            It != Index.end() && S.test(It->second))
          Lost.set(It->second);
        clear(S, C.Object.Path);
      }
      break;
    }
    default:
      break;
    }
  }
  /// Who asks whether there is a failure, and hears that there is none, has
  /// seen all that there is.
  void edge(State &S, const Branch &Test, bool Taken) {
    if (Test.Call < 0 || !Test.Equals.empty() || Taken != Test.Negated)
      return;
    if (const CallSite &C = F.Calls[Test.Call]; C.Const)
      clear(S, C.Object.Path);
  }

  void report(FindingSink &Report) {
    Lost.resize(Objects.size());
    const std::vector<std::optional<State>> In = runForward(F, *this);
    if (!In.empty() && In.back() && F.Flow.back().Successors.empty())
      for (unsigned I = 0; I != Parameters; ++I)
        if (In.back()->test(I))
          Lost.set(I);
    for (unsigned I : Lost.set_bits())
      Report(Objects[I].second,
             "on a path of `" + F.Name + "` nobody looks at `" +
                 Objects[I].first +
                 "`, and a failure in it is lost; take it out, or say with a "
                 "call that it does not matter",
             Objects[I].first);
  }

private:
  /// Who takes a failure out within a try block has seen it, whatever its
  /// handlers do; they begin with what held before the block.
  bool isTried(llvm::StringRef Name) const {
    return llvm::any_of(F.Suspensions,
                        [&](const Suspension &S) {
                          return S.Try >= 0 && S.Operand.Path == Name;
                        }) ||
           llvm::any_of(F.Calls, [&](const CallSite &C) {
             return C.Try >= 0 && C.Kind != CallKind::Destroy &&
                    (C.Object.Path == Name ||
                     llvm::any_of(C.Arguments, [&](const Value &A) {
                       return A.Path == Name;
                     }));
           });
  }
  void add(const std::string &Name, const Location &Where) {
    if (isTried(Name))
      return;
    if (Index.try_emplace(Name, Objects.size()).second)
      Objects.push_back({Name, Where});
  }
  void clear(State &S, llvm::StringRef Name) {
    if (auto It = Index.find(Name); It != Index.end())
      S.reset(It->second);
  }

  const FunctionFacts &F;
  std::vector<bool> IsQuestion;
  std::vector<std::pair<std::string, Location>> Objects;
  unsigned Parameters = 0;
  llvm::StringMap<unsigned> Index;
  llvm::BitVector Lost;
};

} // namespace

/// The parameter by which \p Handler is told how a task ended, if it does not
/// look at it.
static const Parameter *ignored(const FunctionFacts &Handler) {
  if (Handler.Parameters.empty())
    return nullptr;
  const Parameter &Told = Handler.Parameters.front();
  const bool DoesNothing =
      Handler.Calls.empty() && Handler.Throws.empty() &&
      llvm::none_of(Handler.Flow, [](const Block &B) { return B.Test; });
  return !Told.Used || DoesNothing ? &Told : nullptr;
}

/// A task is started in a way that drops its exception.
static void checkSpawn(const FunctionFacts &F, const CallSite &Call,
                       const Program &P, FindingSink &Report) {
  const RoleModel *M = P.models().role(Role::LosesErrors, Call);
  const Value *What = M && M->At ? valueAt(Call, *M->At) : nullptr;
  const FunctionFacts *Body = What ? bodyOf(F, *What, P) : nullptr;
  if (!Body)
    return;
  std::optional<std::vector<Step>> How = canThrow(*Body, P);
  if (!How)
    return;
  std::vector<Step> Steps{{Body->Where, "the work"}};
  Steps.insert(Steps.end(), How->begin(), How->end());
  Report(Call.Where,
         "`" + Call.CalleeName +
             "` drops the exception by which this work may end" +
             insteadOf(M->Instead),
         Call.CalleeName)
      .because(std::move(Steps));
}

/// A task is started with a handler that does not look at its exception.
static void checkHandler(const FunctionFacts &F, const CallSite &Call,
                         const Program &P, FindingSink &Report) {
  const RoleModel *M = P.models().role(Role::ReportsFailure, Call);
  const Value *By = M && M->At ? valueAt(Call, *M->At) : nullptr;
  const FunctionFacts *Handler = By ? P.definition(F, By->Callable) : nullptr;
  const Parameter *Told = Handler ? ignored(*Handler) : nullptr;
  if (!Told)
    return;
  // Of a task that is known not to fail there is nothing to tell.
  for (const Value *Task :
       {&Call.Object, Call.Arguments.size() > 1 ? &Call.Arguments[1] : nullptr})
    if (const FunctionFacts *Body =
            Task && Task != By ? bodyOf(F, *Task, P) : nullptr)
      if (!canThrow(*Body, P))
        return;
  Report(Call.Where,
         "the handler that `" + Call.CalleeName +
             "` tells how the work ended does not look at it, and a failure "
             "is lost",
         Call.CalleeName)
      .because({{Told->Where, "not looked at"}});
}

/// A coroutine of a type that swallows exceptions, or the promise that makes it
/// one.
static void checkCoroutine(const FunctionFacts &F, const Program &P,
                           FindingSink &Report) {
  if (F.Empty && lastPart(F.Name) == "unhandled_exception") {
    Report(F.Where,
           "`" + F.Name +
               "` drops what a coroutine throws; keep "
               "`std::current_exception()` for whoever awaits, or call "
               "`std::terminate`",
           F.Name);
    return;
  }
  const TaskModel *Task =
      F.IsCoroutine ? P.models().task(F.ReturnType) : nullptr;
  if (!Task || !Task->Discardable || Task->LoudErrors)
    return;
  if (std::optional<std::vector<Step>> How = canThrow(F, P, /*Surely=*/true))
    Report(F.Where,
           "a `" + templateName(F.ReturnType).str() +
               "` drops the exception by which `" + F.Name +
               "` may end; catch it within",
           F.Name)
        .because(std::move(*How));
}

static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  checkCoroutine(F, P, Report);
  for (const CallSite &Call : F.Calls) {
    checkSpawn(F, Call, P, Report);
    checkHandler(F, Call, P, Report);
  }
  if (Unread Futures(F, P); Futures.any())
    Futures.report(Report);
}

extern const Rule async_lost_exception = {
    .Id = "async-lost-exception",
    .Group = "tasks",
    .Summary = "A task may fail, and nobody can see it.",
    .Since = "0.1",
    .Shown = Level::Default,
    .Check = check,
};

} // namespace async_tidy
