//===- Dataflow.h - A forward analysis over a function's control flow -----===//
//
// The work-list algorithm of Kildall (1973), over the blocks of Facts.h. What a
// state is, and what events do to it, is the caller's.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_PROGRAM_DATAFLOW_H
#define ASYNC_TIDY_PROGRAM_DATAFLOW_H

#include "facts/Facts.h"
#include <deque>
#include <optional>
#include <utility>
#include <vector>

namespace async_tidy {

/// Runs an analysis to its fixed point. An `Analysis` has
///   State                        copyable
///   State entry()
///   bool join(State &Into, const State &From)   true if \p Into changed
///   void event(State &, const Event &)
///   void edge(State &, const Branch &, bool Taken)  the first successor of a
///                                                   branch is the taken one
/// and, if it cares for the cases of a `switch`,
///   void choice(State &, const Block &, unsigned Successor)
/// and, if a handler is to see what a suspension within its try block changed,
/// a static `FollowsThrows`.
/// Returns the state at the beginning of each block; none where control does
/// not come.
template <typename Analysis>
std::vector<std::optional<typename Analysis::State>>
runForward(const FunctionFacts &F, Analysis &A) {
  using State = typename Analysis::State;
  std::vector<std::optional<State>> In(F.Flow.size());
  if (F.Flow.empty())
    return In;
  std::deque<unsigned> Work{0};
  std::vector<bool> Queued(F.Flow.size());
  In[0] = A.entry();
  std::vector<List<unsigned>> HandlersOf(F.Tries.size());
  for (const Block &B : F.Flow)
    for (const Event &E : B.Events)
      if (E.What == Event::Kind::Try && E.Index < HandlersOf.size())
        HandlersOf[E.Index] = E.Handlers;
  auto Flow = [&](const State &S, int To) {
    if (To < 0 || static_cast<size_t>(To) >= In.size())
      return;
    bool Changed = true;
    if (In[To])
      Changed = A.join(*In[To], S);
    else
      In[To] = S;
    if (Changed && !Queued[To]) {
      Queued[To] = true;
      Work.push_back(To);
    }
  };
  while (!Work.empty()) {
    const unsigned B = Work.front();
    Work.pop_front();
    Queued[B] = false;
    State S = *In[B];
    for (const Event &E : F.Flow[B].Events) {
      // A handler starts with what held when its try block began: what was
      // taken within is given back on the way to it.
      if (E.What == Event::Kind::Try)
        for (unsigned Handler : E.Handlers)
          Flow(S, static_cast<int>(Handler));
      else
        A.event(S, E);
      if constexpr (requires { Analysis::FollowsThrows; })
        if (E.What == Event::Kind::Suspend)
          for (int T = F.Suspensions[E.Index].Try; T >= 0; T = F.Tries[T].Outer)
            for (unsigned Handler : HandlersOf[T])
              Flow(S, static_cast<int>(Handler));
    }
    const Block &Here = F.Flow[B];
    for (unsigned I = 0; I != Here.Successors.size(); ++I) {
      State Out = S;
      if (!Here.Cases.empty()) {
        if constexpr (requires { A.choice(Out, Here, I); })
          A.choice(Out, Here, I);
      } else if (Here.Successors.size() == 2) {
        if (Here.Test)
          A.edge(Out, *Here.Test, I == 0);
        for (const Branch &Known : I == 0 ? Here.IfTrue : Here.IfFalse)
          A.edge(Out, Known, true);
      }
      Flow(Out, Here.Successors[I]);
    }
  }
  return In;
}

/// Runs \p A over \p F, and then calls \p Do for each event that can be
/// reached, with the state before it.
template <class Analysis, class Visitor>
void visitForward(const FunctionFacts &F, Analysis &A, Visitor Do) {
  const auto In = runForward(F, A);
  for (size_t B = 0; B != In.size(); ++B) {
    if (!In[B])
      continue;
    auto S = *In[B];
    for (const Event &E : F.Flow[B].Events) {
      Do(std::as_const(S), E);
      if (E.What != Event::Kind::Try)
        A.event(S, E);
    }
  }
}

/// Whether the successor \p Taken of \p Test means that the tested result is
/// \p Answer (`true` for a boolean). None if the test does not tell.
std::optional<bool> answers(const Branch &Test, bool Taken,
                            llvm::StringRef Answer);

} // namespace async_tidy

#endif // ASYNC_TIDY_PROGRAM_DATAFLOW_H
