//===- async-cancellation-not-forwarded.cpp -------------------------------===//
//
// A task can be cancelled only as far as each call on the way hands the token
// on. What CA2016 says of .NET, said of C++: a token is in scope, the callee
// (or an overload of it) takes one, and gets none.
//
//===----------------------------------------------------------------------===//

#include "rules/Cancellation.h"
#include "rules/Phrases.h"
#include "rules/Rule.h"

namespace async_tidy {
namespace {

/// Where the task is known to be cancelled: what is left to do there is not.
struct AfterCancellation {
  using State = bool;
  const FunctionFacts &F;
  const CancellationOf &Cancelled;

  State entry() { return false; }
  bool join(State &Into, const State &From) {
    const bool Changed = Into && !From;
    Into = Into && From;
    return Changed;
  }
  void event(State &, const Event &) {}
  void edge(State &S, const Branch &Test, bool Taken) {
    if (Test.Call >= 0 && Test.Equals.empty() &&
        Cancelled.isTest(F.Calls[Test.Call]) && Taken != Test.Negated)
      S = true;
  }
};

class Forwarding {
public:
  Forwarding(const FunctionFacts &F, const Program &P, FindingSink &Report)
      : F(F), P(P), Report(Report), Cancelled(F, P) {}
  void check();

private:
  bool mayBeCancelled(const CallSite &Call) const;
  bool checkCall(const CallSite &Call);
  bool checkStart(const CallSite &Call);
  void checkParameters();
  const CancellationObject *object(llvm::StringRef Type,
                                   const Location &Before) const;
  bool isGivenLater(const CallSite &Call, const RoleModel *Of) const;

  const FunctionFacts &F;
  const Program &P;
  FindingSink &Report;
  const CancellationOf Cancelled;
};

} // namespace

/// Code that runs because something ends: it is to be completed.
static bool cleansUp(llvm::StringRef Name) {
  static constexpr llvm::StringLiteral Words[] = {
      "stop",   "close",    "shutdown",   "shut",       "cleanup",
      "clean",  "teardown", "tear",       "dispose",    "disconnect",
      "abort",  "cancel",   "rollback",   "finalize",   "finish",
      "drain",  "join",     "unregister", "deregister", "release",
      "logout", "destroy",  "terminate"};
  // `Server::stop::(lambda)`: the class is no matter.
  while (Name.contains("(lambda"))
    Name = Name.take_front(Name.rfind("(lambda")).rtrim(':');
  return Name.contains('~') || saysOneOf(ownName(Name), Words);
}

/// An object in scope at \p Before that can be given as a \p Type.
const CancellationObject *Forwarding::object(llvm::StringRef Type,
                                             const Location &Before) const {
  const RoleModel *Family = Cancelled.family(Type);
  const llvm::StringRef Wanted = templateName(Type);
  const CancellationObject *Best = nullptr;
  // Who cancels others by it is not cancelled by it.
  static constexpr llvm::StringLiteral Words[] = {"request", "emit"};
  auto CancelsBy = [&](const CancellationObject &O) {
    return llvm::any_of(F.Calls, [&](const CallSite &Call) {
      const llvm::StringRef Path = Call.Object.Path;
      return (Path == O.Name || Path == "this." + O.Name) &&
             !Cancelled.isTest(Call) &&
             saysOneOf(ownName(Call.CalleeName), Words);
    });
  };
  for (const CancellationObject &O : Cancelled.scope()) {
    if (O.Family != Family ||
        (O.Where.isValid() && O.Where.File == Before.File &&
         Before < O.Where) ||
        CancelsBy(O))
      continue;
    // A source gives tokens; nothing gives a source.
    if (O.Type != Wanted && Wanted == Family->Names.front() &&
        Family->Names.size() > 1)
      continue;
    if (!Best || (Best->Type != Wanted && O.Type == Wanted))
      Best = &O;
  }
  return Best;
}

/// Who waits for the result is given the token.
bool Forwarding::isGivenLater(const CallSite &Call, const RoleModel *Of) const {
  for (const CallSite *C = &Call; C->Consumer >= 0;) {
    const CallSite *Next = &F.Calls[C->Consumer];
    if (Next <= C)
      break;
    if (Cancelled.isGiven(*Next, Of))
      return true;
    C = Next;
  }
  return false;
}

bool Forwarding::mayBeCancelled(const CallSite &Call) const {
  return Call.Kind == CallKind::Call && !Call.Implicit && !Call.ByAwait &&
         Call.Handler < 0 &&
         (Call.Awaited || isAwaitable(Call.ResultType, P) ||
          // In a fibre, whoever takes a deadline waits.
          (P.context(F).Kind == ContextKind::Fiber &&
           !Cancelled.family(Call.Object.Type))) &&
         !cleansUp(Call.CalleeName);
}

/// \return whether it was reported.
bool Forwarding::checkCall(const CallSite &Call) {
  auto Say = [&](const CancellationObject &O, std::string What) {
    std::vector<Step> Steps;
    if (O.Where.isValid())
      Steps.push_back({O.Where, "`" + O.Name + "` is in scope"});
    Report(Call.Where,
           "`" + Call.CalleeName + "` " + What + ", so the cancellation of " +
               whoRuns(F, P.context(F)) + " does not reach it; hand on `" +
               O.Name + "`",
           Call.CalleeName)
        .because(std::move(Steps));
    return true;
  };
  for (unsigned I = 0; I != Call.Arguments.size(); ++I) {
    const Value &V = Call.Arguments[I];
    const RoleModel *Family = P.models().role(Role::CancellationType, V.Type);
    const bool Default = I >= Call.Written;
    if (!Family || !(Default || Cancelled.isEmpty(V)) ||
        Cancelled.isGiven(Call, Family) || isGivenLater(Call, Family))
      continue;
    if (const CancellationObject *O = object(V.Type, Call.Where))
      return Say(*O, Default ? "can be given a token and is not"
                             : "is given a token that nobody can cancel");
    // The token of the task itself is always in scope.
    if (!Default && Cancelled.isImplicit() &&
        Family->Library == P.context(F).Library) {
      Report(Call.Where,
             "`" + Call.CalleeName +
                 "` is given a token that nobody can cancel, so the "
                 "cancellation of " +
                 whoRuns(F, P.context(F)) + " does not reach it",
             Call.CalleeName);
      return true;
    }
  }
  for (const llvm::StringRef Type : Call.More)
    if (const RoleModel *Family = P.models().role(Role::CancellationType, Type);
        Family && !Cancelled.isGiven(Call, Family) &&
        !isGivenLater(Call, Family))
      if (const CancellationObject *O = object(Type, Call.Where))
        return Say(*O, "has an overload that is given a token");
  return false;
}

/// A task that its caller's cancellation cannot reach, and that the caller then
/// waits for.
bool Forwarding::checkStart(const CallSite &Call) {
  const RoleModel *M = P.models().role(Role::Uncancellable, Call);
  if (!M || M->Library != P.context(F).Library || Call.Handler >= 0 ||
      Call.Discarded != CallSite::Discard::No || Call.ResultUnused ||
      Call.Returned || cleansUp(Call.CalleeName) || Cancelled.isGiven(Call))
    return false;
  // What runs is to be completed: `close().start()`.
  for (const Value *V = &Call.Object; V->Call >= 0;
       V = &F.Calls[V->Call].Object)
    if (cleansUp(F.Calls[V->Call].CalleeName) ||
        Cancelled.isGiven(F.Calls[V->Call]) || &F.Calls[V->Call].Object == V)
      return false;
  Report(Call.Where,
         "`" + Call.CalleeName + "` starts a task that the cancellation of " +
             whoRuns(F, P.context(F)) + " does not reach" +
             (M->Instead.empty() ? "" : insteadOf(M->Instead)),
         Call.CalleeName);
  return true;
}

/// Tokens that the body never looks at. Who must have them for the sake of a
/// signature leaves them unnamed, or overrides.
void Forwarding::checkParameters() {
  if (F.Virtual || !F.Overrides.empty() || F.IsLambda ||
      llvm::any_of(F.Loops, [](const Loop &L) { return L.Endless; }))
    return;
  std::vector<Step> Steps;
  for (const Suspension &S : F.Suspensions)
    if (P.maySuspend(S))
      Steps.push_back({S.Where, "waits, whether it is cancelled or not"});
  if (!F.IsCoroutine)
    for (const CallSite &Call : F.Calls)
      if (llvm::any_of(P.models().runs(Call), [](const RunModel *M) {
            return M->Where == Place::Loop || M->Where == Place::Executor;
          }))
        Steps.push_back({Call.Where, "waits, whether it is cancelled or not"});
  if (Steps.empty())
    return;
  for (const Parameter &A : F.Parameters)
    if (!A.Used && !A.Name.empty() && Cancelled.family(A.Type) &&
        !llvm::StringRef(A.Name).starts_with("_") &&
        !llvm::StringRef(A.Name).starts_with("unused"))
      Report(A.Where,
             "`" + A.Name + "` is never looked at, so " +
                 whoRuns(F, P.context(F)) +
                 " cannot be cancelled by it; hand it on or test it",
             A.Name)
          .because(Steps);
}

void Forwarding::check() {
  if (Cancelled.scope().empty() && !Cancelled.isImplicit())
    return;
  if (P.context(F).Kind == ContextKind::Plain)
    return checkParameters();
  AfterCancellation A{F, Cancelled};
  const auto Known = runForward(F, A);
  bool Said = false;
  for (unsigned B = 0; B != F.Flow.size(); ++B)
    if (Known[B] && !*Known[B])
      for (const Event &E : F.Flow[B].Events)
        if (E.What == Event::Kind::Call) {
          const CallSite &Call = F.Calls[E.Index];
          Said |= (mayBeCancelled(Call) && checkCall(Call)) ||
                  (F.IsCoroutine && checkStart(Call));
        }
  if (!Said)
    checkParameters();
}

static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  const Context &Where = P.context(F);
  if ((Where.Kind == ContextKind::Coroutine ||
       Where.Kind == ContextKind::Fiber || Where.Kind == ContextKind::Plain) &&
      !cleansUp(F.Name))
    Forwarding(F, P, Report).check();
}

extern const Rule async_cancellation_not_forwarded = {
    .Id = "async-cancellation-not-forwarded",
    .Group = "cancellation",
    .Summary =
        "A token is in scope, and a call that takes one does not get it.",
    .Since = "0.1",
    .Shown = Level::Default,
    .Check = check,
};

} // namespace async_tidy
