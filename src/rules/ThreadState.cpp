//===- ThreadState.cpp - What a suspension parts from its thread ----------===//
//
// See ThreadState.h.
//
//===----------------------------------------------------------------------===//

#include "rules/ThreadState.h"
#include "program/Dataflow.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {
namespace {

/// Whether `errno` may be what other tasks have left in it. Any function may
/// set it; one that is called after a suspension sets it anew.
class ErrnoAnalysis {
public:
  static constexpr bool FollowsThrows = true;
  struct State {
    bool Set = false, Stale = false;
  };
  ErrnoAnalysis(const FunctionFacts &F, const Program &P) : F(F), P(P) {}

  State entry() { return {}; }
  bool join(State &Into, const State &From) {
    const State Before = Into;
    Into.Set |= From.Set;
    Into.Stale |= From.Stale;
    return Into.Set != Before.Set || Into.Stale != Before.Stale;
  }
  void event(State &S, const Event &E) {
    if (E.What == Event::Kind::Suspend) {
      S.Stale |= S.Set && P.maySuspend(F.Suspensions[E.Index]);
    } else if (E.What == Event::Kind::Use) {
      if (F.Uses[E.Index].Name == Errno && F.Uses[E.Index].Writes)
        S = {true, false};
    } else if (E.What == Event::Kind::Call) {
      const CallSite &Call = F.Calls[E.Index];
      const bool Void = Call.ResultType == "void";
      if (Void && P.suspendsStackful(F, Call))
        S.Stale |= S.Set;
      // An await that gives a number may be written to set it.
      else if (Call.ByAwait ? !Call.GivesObject || Call.ResultType == "int" ||
                                  Call.ResultType == "long"
                            : !Call.Implicit && Call.Kind == CallKind::Call &&
                                  Call.ResultType != "int *")
        S = {true, false};
    }
  }
  void edge(State &, const Branch &, bool) {}

private:
  const FunctionFacts &F;
  const Program &P;
};

/// The locals whose objects are alive.
class AliveAnalysis {
public:
  using State = llvm::BitVector;
  explicit AliveAnalysis(const FunctionFacts &F) : F(F) {}

  State entry() { return State(F.Variables.size()); }
  bool join(State &Into, const State &From) {
    const bool Changed = From.test(Into);
    Into |= From;
    return Changed;
  }
  void event(State &S, const Event &E) {
    if (E.What == Event::Kind::Declare)
      S.set(E.Index);
    else if (E.What == Event::Kind::Call &&
             F.Calls[E.Index].Kind == CallKind::Destroy)
      for (unsigned V = 0; V != F.Variables.size(); ++V)
        if (F.Variables[V].Name == F.Calls[E.Index].Object.Path)
          S.reset(V);
  }
  void edge(State &, const Branch &, bool) {}

private:
  const FunctionFacts &F;
};

} // namespace

const Use *staleErrno(const FunctionFacts &F, const Program &P) {
  if (llvm::none_of(F.Uses, [](const Use &U) { return U.Name == Errno; }))
    return nullptr;
  ErrnoAnalysis A(F, P);
  const auto In = runForward(F, A);
  for (unsigned B = 0; B != F.Flow.size(); ++B) {
    if (!In[B])
      continue;
    ErrnoAnalysis::State S = *In[B];
    for (const Event &E : F.Flow[B].Events) {
      if (E.What == Event::Kind::Use && S.Stale &&
          F.Uses[E.Index].Name == Errno && !F.Uses[E.Index].Writes)
        return &F.Uses[E.Index];
      A.event(S, E);
    }
  }
  return nullptr;
}

std::optional<Location> heldOver(const FunctionFacts &F, const Program &P,
                                 unsigned Variable) {
  AliveAnalysis A(F);
  const auto In = runForward(F, A);
  for (unsigned B = 0; B != F.Flow.size(); ++B) {
    if (!In[B])
      continue;
    AliveAnalysis::State S = *In[B];
    for (const Event &E : F.Flow[B].Events) {
      if (S.test(Variable)) {
        if (E.What == Event::Kind::Suspend &&
            P.maySuspend(F.Suspensions[E.Index]))
          return F.Suspensions[E.Index].Where;
        if (E.What == Event::Kind::Call && !F.IsCoroutine &&
            P.suspendsStackful(F, F.Calls[E.Index]))
          return F.Calls[E.Index].Where;
      }
      A.event(S, E);
    }
  }
  return std::nullopt;
}

} // namespace async_tidy
