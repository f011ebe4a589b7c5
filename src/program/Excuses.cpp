//===- Excuses.cpp - Where a call that blocks does not matter -------------===//
//
// Three things excuse a call in the middle of an asynchronous body: the
// coroutine has moved to an executor where blocking is allowed, something
// before proved that the wait does not wait (PRIOR_ART X2, X4), and what is
// destroyed holds nothing. All are facts of control flow: what holds on every
// way to the call.
//
//===----------------------------------------------------------------------===//

#include "program/Dataflow.h"
#include "program/Implementation.h"
#include "program/Owners.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

std::optional<bool> answers(const Branch &Test, bool Taken,
                            const std::string &Answer) {
  const bool Holds = Taken != Test.Negated;
  const std::string Wanted = Answer.empty() ? "true" : Answer;
  if (Test.Equals.empty()) {
    // Tested as a boolean: false is 0.
    if (Wanted == "true")
      return Holds;
    if (Wanted == "0")
      return !Holds;
    return std::nullopt;
  }
  std::string Compared = Test.Equals;
  if (Wanted == "true" && (Compared == "1" || Compared == "true"))
    return Holds;
  if (Wanted == "true" && (Compared == "0" || Compared == "false"))
    return !Holds;
  if (Compared == Wanted)
    return Holds;
  // Equal to something else: not the answer; unequal to it: nothing is known.
  if (Holds)
    return false;
  return std::nullopt;
}

/// The outcome \p Taken of \p Test, which asks the question \p M, proves that
/// waiting does not wait.
static bool proves(const CompletionModel &M, const Branch &Test, bool Taken) {
  if (!M.Pending.empty())
    return !answers(Test, Taken, M.Pending).value_or(true);
  return !M.Answer.empty() && answers(Test, Taken, M.Answer).value_or(false);
}

/// What a question or a wait is about: the object, or the first argument of a
/// function of a C library.
static const ObjectPath &subject(const CallSite &C) {
  static const ObjectPath None;
  if (!C.Object.Path.empty() || !C.Object.Type.empty())
    return C.Object.Path;
  return C.Arguments.empty() ? None : C.Arguments.front().Path;
}

namespace {

class ExcuseAnalysis {
public:
  struct State {
    bool MayBlock = false;
    std::set<ObjectPath> Ready;
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

  State entry() { return {false, GivenReady, {}}; }

  bool join(State &Into, const State &From) {
    bool Changed = false;
    if (Into.MayBlock && !From.MayBlock) {
      Into.MayBlock = false;
      Changed = true;
    }
    Changed |= intersect(Into.Ready, From.Ready);
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
    if (S.Ready.count(*Subject) == 0) {
      // A part of what is ready: `get<0>(futures)`.
      const Value &Object = C.Object.Type.empty() && !C.Arguments.empty()
                                ? C.Arguments.front()
                                : C.Object;
      if (Object.Call < 0 || F.Calls[Object.Call].GivesObject)
        return false;
      Subject = &subject(F.Calls[Object.Call]);
    }
    if (Subject->empty() || S.Ready.count(*Subject) == 0)
      return false;
    // What a continuation is given may be anything: a descriptor is no future.
    const BlockingModel *M = Models.blocking(C);
    return GivenReady.count(*Subject) == 0 ||
           (M && M->Kind == BlockingKind::SyncWait);
  }

  /// What \p V is given for is complete.
  bool isReady(const State &S, const Value &V) const {
    if (!V.Path.empty() && S.Ready.count(V.Path))
      return true;
    if (V.Call < 0 || F.Calls[V.Call].GivesObject)
      return false;
    const ObjectPath &Whole = subject(F.Calls[V.Call]);
    return !Whole.empty() && S.Ready.count(Whole);
  }

private:
  void moved(State &S, const Value &Operand, const CallSite *Call) {
    const SwitchModel *M = Call ? Models.switches(Call->CalleeName) : nullptr;
    if (!M) // an object that is awaited to move: `co_await caller`
      for (const std::string &Origin : Operand.Origins)
        if ((M = Models.switches(Origin)))
          break;
    if (!M)
      return;
    if (!Call || !M->Executor) {
      S.MayBlock = M->MayBlock;
      return;
    }
    const Value *E = valueAt(*Call, *M->Executor);
    if (!E)
      return;
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

} // namespace

/// The parameters of each function that are complete when it is called: a
/// library's continuation is given what it waited for.
static std::vector<std::set<ObjectPath>>
givenReady(const Program::Implementation &P) {
  std::vector<std::set<ObjectPath>> Result(P.Nodes.size());
  for (const Node &N : P.Nodes)
    for (const CallSite &C : N.Facts->Calls)
      for (const RunModel *M : P.Models->runs(C)) {
        const Value *V = M->GivesReady ? valueAt(C, M->What) : nullptr;
        if (!V)
          continue;
        if (const auto To = P.resolve(P.callable(*N.Facts, *V), N.Unit))
          for (const Parameter &A : P.Nodes[*To].Facts->Parameters)
            Result[*To].insert(A.Name);
      }
  return Result;
}

bool Program::Implementation::waitsForReady(const Node &Caller, unsigned Call,
                                            const Node &Callee,
                                            const Witness &W) const {
  if (Caller.GivesReady.empty() || W.Next >= 0 || !W.Leaf ||
      W.Leaf->Kind != BlockingKind::SyncWait)
    return false;
  const ObjectPath &Waited = subject(Callee.Facts->Calls[W.Call]);
  const std::vector<Parameter> &Given = Callee.Facts->Parameters;
  for (unsigned P = 0; P != Given.size(); ++P)
    if (!Waited.empty() && Given[P].Name == Waited)
      return Caller.GivesReady.count({Call, P}) != 0;
  return false;
}

void Program::Implementation::findExcuses() {
  const std::vector<std::set<ObjectPath>> GivenReady = givenReady(*this);
  for (Node &N : Nodes) {
    const FunctionFacts &F = *N.Facts;
    const std::set<ObjectPath> &Given = GivenReady[&N - Nodes.data()];
    // An awaiter is asked for its result when it is ready ([expr.await]).
    const bool Resumes = llvm::StringRef(F.Name).ends_with("::await_resume");
    bool Any = Resumes || !Given.empty();
    for (const CallSite &C : F.Calls)
      Any |= Models->completion(C.CalleeName) ||
             Models->switches(C.CalleeName) || Models->owner(C.Object.Type) ||
             C.Kind == CallKind::Destroy;
    for (const Targets &To : N.Calls)
      Any |= To.Nodes.size() == 1 && Nodes[To.Nodes.front()].Facts->Answers;
    for (const Suspension &S : F.Suspensions) {
      Any |= !S.Operand.Path.empty();
      for (const std::string &Origin : S.Operand.Origins)
        Any |= Models->switches(Origin) != nullptr;
    }
    if (!Any)
      continue;
    N.Excused.resize(F.Calls.size());
    if (Resumes)
      for (unsigned C = 0; C != F.Calls.size(); ++C)
        if (const BlockingModel *M = Models->blocking(F.Calls[C]))
          if (M->Kind == BlockingKind::SyncWait)
            N.Excused.set(C);
    ExcuseAnalysis A(*this, N, Given);
    const auto In = runForward(F, A);
    for (unsigned B = 0; B != F.Flow.size(); ++B) {
      if (!In[B])
        continue;
      ExcuseAnalysis::State S = *In[B];
      for (const Event &E : F.Flow[B].Events) {
        if (E.What != Event::Kind::Call && E.What != Event::Kind::Suspend)
          continue;
        if (E.What == Event::Kind::Call) {
          const CallSite &C = F.Calls[E.Index];
          for (unsigned P = 0; P != C.Arguments.size(); ++P)
            if (A.isReady(S, C.Arguments[P]))
              N.GivesReady.insert({E.Index, P});
          if (S.MayBlock || A.isReady(S, C) ||
              ((C.Kind == CallKind::Destroy ||
                !Models->destroys(C.CalleeName).empty()) &&
               S.Owners.destroysNothing(C, *Models)))
            N.Excused.set(E.Index);
        }
        A.event(S, E);
      }
    }
  }
}

} // namespace async_tidy
