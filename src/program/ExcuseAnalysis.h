//===- ExcuseAnalysis.h - What holds on every way to a call ---------------===//
//
// Private to src/program: the analysis behind Excuses.cpp. Its state is what is
// known to hold wherever control came from: the executor, what is ready, what
// objects hold.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_PROGRAM_EXCUSEANALYSIS_H
#define ASYNC_TIDY_PROGRAM_EXCUSEANALYSIS_H

#include "program/Dataflow.h"
#include "program/Implementation.h"
#include "program/Owners.h"
#include "program/Readiness.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

class ExcuseAnalysis {
public:
  struct State {
    bool MayBlock = false;
    /// The executor that it has moved to, if that has a name.
    ObjectPath On;
    std::set<ObjectPath> Ready;
    /// Objects, and what was awaited of them: `client` and its `shutdown`.
    std::set<std::pair<ObjectPath, FunctionId>> Awaited;
    OwnerStates Owners;
  };

  ExcuseAnalysis(const Program::Implementation &P, const Node &N,
                 std::set<ObjectPath> GivenReady)
      : P(P), N(N), F(*N.Facts), Models(*P.Models),
        GivenReady(std::move(GivenReady)), ResumedBy(F.Calls.size(), -1) {
    // What a co_await gives is what the call after its suspension gives.
    for (const Block &B : F.Flow)
      for (size_t I = 1; I < B.Events.size(); ++I)
        if (B.Events[I - 1].What == Event::Kind::Suspend &&
            B.Events[I].What == Event::Kind::Call &&
            F.Calls[B.Events[I].Index].ByAwait)
          ResumedBy[B.Events[I].Index] =
              static_cast<int>(B.Events[I - 1].Index);
  }

  State entry() {
    State S;
    S.Ready = GivenReady;
    begin(S);
    return S;
  }

  /// A parameter says on which executor the coroutine begins.
  void begin(State &S) const {
    if (!F.IsCoroutine)
      return;
    for (const Parameter &A : F.Parameters)
      if (const SwitchModel *M = Models.switches(templateName(A.Type))) {
        if (!M->Executor || M->Executor->What != Position::Kind::Argument ||
            M->Executor->Index >= F.Parameters.size()) {
          S.MayBlock = M->MayBlock;
          return;
        }
        Value Executor;
        Executor.Type = F.Parameters[M->Executor->Index].Type;
        S.MayBlock = Models.mayBlock(Executor).value_or(true);
        S.On = F.Parameters[M->Executor->Index].Name;
        return;
      }
  }

  bool join(State &Into, const State &From) {
    bool Changed = false;
    if (Into.On != From.On && !Into.On.empty()) {
      Into.On.clear();
      Changed = true;
    }
    if (Into.MayBlock && !From.MayBlock) {
      Into.MayBlock = false;
      Changed = true;
    }
    Changed |= intersect(Into.Ready, From.Ready);
    Changed |= intersect(Into.Awaited, From.Awaited);
    Changed |= Into.Owners.join(From.Owners);
    return Changed;
  }

  void event(State &S, const Event &E) {
    if (E.What == Event::Kind::Suspend) {
      const Suspension &At = F.Suspensions[E.Index];
      const CallSite *Call = At.Call >= 0 ? &F.Calls[At.Call] : nullptr;
      // What has been awaited is there.
      if (!At.Operand.Path.empty())
        S.Ready.insert(At.Operand.Path);
      const RoleModel *All =
          Call ? Models.role(Role::StartsAll, *Call) : nullptr;
      if (const Value *V = All && All->At ? valueAt(*Call, *All->At) : nullptr;
          V && !V->Path.empty())
        S.Ready.insert(V->Path);
      if (Call && !Call->Object.Path.empty() && !Call->Callee.empty())
        S.Awaited.insert({Call->Object.Path, Call->Callee});
      return moved(S, At.Operand, Call);
    }
    if (E.What != Event::Kind::Call)
      return;
    const CallSite &Call = F.Calls[E.Index];
    if (!Call.Result.empty())
      forget(S, Call.Result);
    if (llvm::StringRef(Call.CalleeName).ends_with("::operator=")) {
      forget(S, Call.Object.Path);
      if (!Call.Object.Path.empty() && !Call.Arguments.empty() &&
          S.Ready.count(Call.Arguments.front().Path))
        S.Ready.insert(Call.Object.Path);
    }
    S.Owners.call(F, E.Index, Models);
    if (givesReady(E.Index)) {
      S.Ready.insert("#" + std::to_string(E.Index));
      if (!Call.Result.empty())
        S.Ready.insert(Call.Result);
      return;
    }
    const CompletionModel *M = Models.completion(Call.CalleeName);
    if (!M || !M->Answer.empty() || !M->Pending.empty() || M->OfResult)
      return;
    prove(S, *M, Call, subject(Call));
  }

  void choice(State &S, const Block &B, unsigned Successor) {
    if (!B.Test || B.Cases[Successor].empty())
      return;
    Branch Test = *B.Test;
    Test.Equals = B.Cases[Successor];
    edge(S, Test, true);
  }

  void edge(State &S, const Branch &Test, bool Taken) {
    const CallSite *Asked =
        Test.Call >= 0 ? &F.Calls[Test.Call] : askedInto(Test.Path);
    if (!Asked)
      return;
    static constexpr llvm::StringLiteral Holds[] = {"operator bool", "joinable",
                                                    "has_value"};
    if (Models.owner(Asked->Object.Type) && Test.Equals.empty() &&
        Taken == Test.Negated &&
        llvm::is_contained(Holds, ownName(Asked->CalleeName)))
      return S.Owners.holdsNothing(Asked->Object.Path);
    if (const CompletionModel *M = Models.completion(Asked->CalleeName)) {
      if (proves(*M, Test, Taken))
        prove(S, *M, *Asked, subject(*Asked));
      return;
    }
    // A helper that asks, and says what it was told.
    const Targets &To = N.Calls[Asked - F.Calls.data()];
    if (To.Nodes.size() != 1 || !Test.Equals.empty())
      return;
    const FunctionFacts &Helper = *P.Nodes[To.Nodes.front()].Facts;
    if (!Helper.Answers || Helper.Answers->Call < 0)
      return;
    const CallSite &Inner = Helper.Calls[Helper.Answers->Call];
    const CompletionModel *M = Models.completion(Inner.CalleeName);
    if (M && proves(*M, *Helper.Answers, Taken != Test.Negated))
      prove(S, *M, Inner, asGiven(subject(Inner), Helper, *Asked));
  }

  /// What \p C waits for is known to be there.
  bool isReady(const State &S, const CallSite &C) const {
    const ObjectPath *Subject = &subject(C);
    if (!holds(S.Ready, *Subject)) {
      // A part of what is ready: `get<0>(futures)`.
      const Value &Object = C.Object.Type.empty() && !C.Arguments.empty()
                                ? C.Arguments.front()
                                : C.Object;
      if (Object.Call >= 0 && endsAtOnce(F.Calls[Object.Call]))
        return true;
      if (Object.Call < 0 || F.Calls[Object.Call].GivesObject)
        return false;
      Subject = &subject(F.Calls[Object.Call]);
    }
    if (Subject->empty() || !holds(S.Ready, *Subject))
      return false;
    // What a continuation is given may be anything: a descriptor is no future.
    const BlockingModel *M = Models.blocking(C);
    return GivenReady.count(*Subject) == 0 ||
           (M && M->Kind == BlockingKind::SyncWait);
  }

  /// What \p V is given for is complete.
  bool isReady(const State &S, const Value &V) const {
    if (holds(S.Ready, V.Path))
      return true;
    if (V.Call < 0 || F.Calls[V.Call].GivesObject)
      return false;
    const ObjectPath &Whole = subject(F.Calls[V.Call]);
    return holds(S.Ready, Whole);
  }

  /// A wait for work that was given to the executor on which the coroutine now
  /// runs: its threads may all wait so, and nobody is left to do the work.
  bool waitsForItsOwn(const State &S, const CallSite &C) const {
    const BlockingModel *M = S.On.empty() ? nullptr : Models.blocking(C);
    if (!M || M->Kind != BlockingKind::SyncWait)
      return false;
    auto IsIt = [&](const Value &V) { return V.Path == S.On; };
    return llvm::any_of(F.Calls, [&](const CallSite &Gives) {
      return Gives.Kind == CallKind::Call && Models.task(Gives.ResultType) &&
             (IsIt(Gives.Object) || llvm::any_of(Gives.Arguments, IsIt));
    });
  }

  /// \p C joins a thread that another one has taken the place of, because it
  /// had ended: `old = std::move(thread); thread = std::thread(...);`, here or
  /// in the function that gave it.
  bool joinsReplaced(const CallSite &C) const {
    if (C.Object.Path.empty() || ownName(C.CalleeName) != "join")
      return false;
    return llvm::any_of(F.Calls, [&](const CallSite &Gives) {
      if (Gives.Result != C.Object.Path)
        return false;
      if (Gives.Kind == CallKind::Construct)
        return replaces(F, Gives);
      const Targets &To = N.Calls[&Gives - F.Calls.data()];
      if (To.Nodes.size() != 1)
        return false;
      const FunctionFacts &From = *P.Nodes[To.Nodes.front()].Facts;
      return llvm::any_of(From.Calls, [&](const CallSite &Inner) {
        return Inner.Object.Type == C.Object.Type && replaces(From, Inner);
      });
    });
  }

  /// The object that \p C destroys was made for a place that another thread
  /// has filled first: nobody ever used it.
  bool lostRace(const CallSite &C) const {
    return C.Kind == CallKind::Destroy && !C.Object.Path.empty() &&
           llvm::any_of(F.Calls, [&](const CallSite &Race) {
             return ownName(Race.CalleeName).starts_with("compare_exchange") &&
                    llvm::any_of(Race.Arguments, [&](const Value &V) {
                      return V.Path == C.Object.Path ||
                             V.Path == C.Object.Path + ".get()";
                    });
           });
  }

  /// The object that \p C destroys has been ended before: its destructor waits
  /// only for what was awaited already, `if (!ended) sync_wait(end())`; or what
  /// was in it is the frame's of the coroutine that was given it.
  bool endsNothing(const State &S, const CallSite &C) const {
    if (C.Kind != CallKind::Destroy)
      return false;
    const Targets &To = N.Calls[&C - F.Calls.data()];
    if (C.Object.Path.empty())
      return llvm::any_of(F.Calls, [&](const CallSite &Taker) {
        return Taker.Kind == CallKind::Call && Taker.Begin <= C.Where &&
               C.Where < Taker.End && takes(Taker, C.Object.Type);
      });
    if (To.Nodes.size() != 1)
      return false;
    const FunctionFacts &D = *P.Nodes[To.Nodes.front()].Facts;
    bool Ends = false;
    for (const CallSite &Wait : D.Calls) {
      if (!Models.blocking(Wait))
        continue;
      const auto Again = llvm::find_if(Wait.Arguments, [&](const Value &V) {
        return V.Call >= 0 && D.Calls[V.Call].Object.Path == "this" &&
               S.Awaited.count({C.Object.Path, D.Calls[V.Call].Callee}) != 0;
      });
      if (Again == Wait.Arguments.end())
        return false;
      Ends = true;
    }
    return Ends;
  }

private:
  /// \p Moves takes what is in a place, into which something new comes then.
  static bool replaces(const FunctionFacts &In, const CallSite &Moves) {
    if (Moves.Kind != CallKind::Construct || Moves.Arguments.size() != 1 ||
        !Moves.Arguments.front().Moved ||
        Moves.Arguments.front().Path.find('.') == std::string::npos)
      return false;
    return llvm::any_of(In.Calls, [&](const CallSite &C) {
      return C.Object.Path == Moves.Arguments.front().Path &&
             llvm::StringRef(C.CalleeName).ends_with("::operator=");
    });
  }

  /// \p Call makes an eager task whose body never suspends.
  bool endsAtOnce(const CallSite &Call) const {
    const Targets &To = N.Calls[&Call - F.Calls.data()];
    const TaskModel *Task = Models.task(Call.ResultType);
    if (!Task || !Task->Eager || To.Nodes.size() != 1)
      return false;
    const FunctionFacts &Body = *P.Nodes[To.Nodes.front()].Facts;
    return Body.IsCoroutine && Body.Suspensions.empty();
  }

  /// \p Call makes a coroutine that has an object of \p Type of its own.
  bool takes(const CallSite &Call, llvm::StringRef Type) const {
    const Targets &To = N.Calls[&Call - F.Calls.data()];
    return To.Nodes.size() == 1 &&
           P.Nodes[To.Nodes.front()].Facts->IsCoroutine &&
           llvm::any_of(P.Nodes[To.Nodes.front()].Facts->Parameters,
                        [&](const Parameter &A) {
                          return !A.ByReference && A.Type == Type;
                        });
  }

  void moved(State &S, const Value &Operand, const CallSite *Call) {
    const SwitchModel *M = Call ? Models.switches(Call->CalleeName) : nullptr;
    if (!M) // an object that is awaited to move: `co_await caller`
      for (const llvm::StringRef Origin : Operand.Origins)
        if ((M = Models.switches(Origin)))
          break;
    if (!M)
      return;
    S.On.clear();
    if (!Call || !M->Executor) {
      S.MayBlock = M->MayBlock;
      return;
    }
    const Value *E = valueAt(*Call, *M->Executor);
    if (!E)
      return;
    if (M->Executor->What == Position::Kind::Argument)
      S.On = E->Path;
    if (std::optional<bool> Known = Models.mayBlock(*E))
      S.MayBlock = *Known;
    else if (M->Executor->What == Position::Kind::Argument)
      // An executor, and nobody knows which: at least not the loop's.
      S.MayBlock = true;
  }

  /// The call, or the co_await that it ends, gives something complete.
  bool givesReady(unsigned Call) const {
    const int Resumed = ResumedBy[Call];
    if (Resumed < 0)
      return false;
    const Suspension &At = F.Suspensions[Resumed];
    const CompletionModel *M =
        At.Call >= 0 ? Models.completion(F.Calls[At.Call].CalleeName) : nullptr;
    if (!M)
      M = Models.completion(templateName(At.Operand.Type));
    return M && M->OfResult;
  }

  void prove(State &S, const CompletionModel &M, const CallSite &By,
             const ObjectPath &Subject) const {
    if (Subject.empty())
      return;
    S.Ready.insert(Subject);
    for (const CallSite &C : F.Calls)
      if (llvm::is_contained(M.GivenBy, C.CalleeName) && !C.Result.empty() &&
          C.Object.Path == By.Object.Path)
        S.Ready.insert(C.Result);
  }

  /// What the caller calls the object that \p Helper calls \p Path.
  static ObjectPath asGiven(llvm::StringRef Path, const FunctionFacts &Helper,
                            const CallSite &Call) {
    const size_t End = std::min(Path.find('.'), Path.size());
    const llvm::StringRef Root = Path.take_front(End), Rest = Path.substr(End);
    if (Root == "this" && !Call.Object.Path.empty())
      return Call.Object.Path + Rest.str();
    for (size_t I = 0;
         I != std::min(Helper.Parameters.size(), Call.Arguments.size()); ++I)
      if (Helper.Parameters[I].Name == Root && !Call.Arguments[I].Path.empty())
        return Call.Arguments[I].Path + Rest.str();
    return {};
  }

  static void forget(State &S, const ObjectPath &P) { S.Ready.erase(P); }

  /// The call whose answer was kept in the local \p P.
  const CallSite *askedInto(const ObjectPath &P) const {
    const CallSite *Found = nullptr;
    for (const CallSite &C : F.Calls)
      if (!P.empty() && C.Result == P)
        Found = &C;
    return Found;
  }

  const Program::Implementation &P;
  const Node &N;
  const FunctionFacts &F;
  const ModelSet &Models;
  std::set<ObjectPath> GivenReady;
  /// For each call: the suspension whose result it gives, or -1.
  std::vector<int> ResumedBy;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_PROGRAM_EXCUSEANALYSIS_H
