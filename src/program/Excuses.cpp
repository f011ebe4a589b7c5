//===- Excuses.cpp - Where a call that blocks does not matter -------------===//
//
// Three things excuse a call in the middle of an asynchronous body: the
// coroutine has moved to an executor where blocking is allowed, something
// before proved that the wait does not wait (PRIOR_ART X2, X4), and what is
// destroyed holds nothing. All are facts of control flow: what holds on every
// way to the call.
//
//===----------------------------------------------------------------------===//

#include "program/ExcuseAnalysis.h"

namespace async_tidy {

void Program::Implementation::findExcuses() {
  std::vector<std::set<ObjectPath>> GivenReady = givenReady(*this);
  // What a lambda captures is known when the function around it was read.
  std::vector<std::pair<size_t, NodeIndex>> Order;
  for (NodeIndex I = 0; I != Nodes.size(); ++I)
    Order.push_back(
        {llvm::StringRef(Nodes[I].Facts->Name).count("(lambda"), I});
  llvm::sort(Order);
  for (const auto &[Depth, Index] : Order) {
    Node &N = Nodes[Index];
    const FunctionFacts &F = *N.Facts;
    const std::set<ObjectPath> &Given = GivenReady[Index];
    // An awaiter is asked for its result when it is ready ([expr.await]).
    const bool Resumes = llvm::StringRef(F.Name).ends_with("::await_resume");
    bool Any = Resumes || !Given.empty();
    for (const Parameter &A : F.Parameters)
      Any |= Models->switches(templateName(A.Type)) != nullptr;
    for (const CallSite &C : F.Calls)
      Any |= Models->completion(C.CalleeName) ||
             ownName(C.CalleeName) == "join" ||
             Models->switches(C.CalleeName) || Models->owner(C.Object.Type) ||
             Models->task(C.ResultType) || C.Kind == CallKind::Destroy;
    for (const Targets &To : N.Calls)
      Any |= To.Nodes.size() == 1 && Nodes[To.Nodes.front()].Facts->Answers;
    for (const Suspension &S : F.Suspensions) {
      Any |= !S.Operand.Path.empty();
      for (const llvm::StringRef Origin : S.Operand.Origins)
        Any |= Models->switches(Origin) != nullptr;
    }
    if (!Any)
      continue;
    const auto Excuse = [&](unsigned C) {
      if (!N.excuses(C))
        N.Excused.push_back(C);
    };
    if (Resumes)
      for (unsigned C = 0; C != F.Calls.size(); ++C)
        if (const BlockingModel *M = Models->blocking(F.Calls[C]))
          if (M->Kind == BlockingKind::SyncWait ||
              M->Operation == "join-thread")
            Excuse(C);
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
              if (const std::pair Given(E.Index, P);
                  !llvm::is_contained(N.GivesReady, Given))
                N.GivesReady.push_back(Given);
          for (const Value &V : C.Arguments)
            if (const auto To = V.Callable.empty()
                                    ? std::nullopt
                                    : resolve(V.Callable, N.Unit);
                To && Nodes[*To].Facts->Parent == F.Id)
              for (const Capture &Taken : Nodes[*To].Facts->Captures)
                if (A.isReady(S, Taken.Init) ||
                    (Taken.Init.Path.empty() && holds(S.Ready, Taken.Name)))
                  GivenReady[*To].insert(Taken.Name);
          if ((S.MayBlock && !A.waitsForItsOwn(S, C)) || A.isReady(S, C) ||
              A.endsNothing(S, C) || A.joinsReplaced(C) || A.lostRace(C) ||
              ((C.Kind == CallKind::Destroy ||
                !Models->destroys(C.CalleeName).empty()) &&
               S.Owners.destroysNothing(C, *Models)))
            Excuse(E.Index);
        }
        A.event(S, E);
      }
    }
  }
}

} // namespace async_tidy
