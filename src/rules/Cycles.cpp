//===- Cycles.cpp - Where the loops of a function go round ----------------===//
//
// See Cycles.h.
//
//===----------------------------------------------------------------------===//

#include "rules/Cycles.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Sequence.h"

namespace async_tidy {

Cycles::Cycles(const FunctionFacts &F)
    : F(F), Next(F.Flow.size()), Before(F.Flow.size()), Places(F),
      TryIn(F.Tries.size(), -1), HandlerIn(F.Handlers.size(), -1) {
  auto Edge = [&](unsigned From, int To) {
    if (To < 0 || static_cast<size_t>(To) >= Next.size())
      return;
    Next[From].push_back(To);
    Before[To].push_back(static_cast<int>(From));
  };
  for (unsigned B = 0; B != F.Flow.size(); ++B) {
    const int Here = static_cast<int>(B);
    for (const Event &E : F.Flow[B].Events) {
      if (E.What == Event::Kind::Try && E.Index < F.Tries.size()) {
        TryIn[E.Index] = Here;
        const List<unsigned> &Handlers = F.Tries[E.Index].Handlers;
        for (unsigned I = 0; I != E.Handlers.size(); ++I) {
          Edge(B, static_cast<int>(E.Handlers[I]));
          if (I < Handlers.size())
            HandlerIn[Handlers[I]] = static_cast<int>(E.Handlers[I]);
        }
      }
    }
    for (int To : F.Flow[B].Successors)
      Edge(B, To);
  }
  findLoops();
}

void Cycles::findLoops() {
  const unsigned N = F.Flow.size();
  if (N == 0)
    return;
  // Which blocks every way to a block goes through.
  std::vector<llvm::BitVector> Dominators(N, llvm::BitVector(N, true));
  Dominators[0].reset();
  Dominators[0].set(0);
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (unsigned B = 1; B != N; ++B) {
      llvm::BitVector New(N, true);
      for (int From : Before[B])
        New &= Dominators[From];
      New.set(B);
      if (Before[B].empty() || New == Dominators[B])
        continue;
      Dominators[B] = std::move(New);
      Changed = true;
    }
  }
  for (unsigned Header = 0; Header != N; ++Header) {
    llvm::BitVector In(N);
    In.set(Header);
    std::vector<int> Work;
    for (int Back : Before[Header])
      if (!Before[Back].empty() && Dominators[Back].test(Header))
        Work.push_back(Back);
    if (Work.empty())
      continue;
    while (!Work.empty()) {
      const int B = Work.back();
      Work.pop_back();
      // Blocks that nothing leads to have all dominators.
      if (In.test(B) || (Before[B].empty() && B != 0))
        continue;
      In.set(B);
      Work.insert(Work.end(), Before[B].begin(), Before[B].end());
    }
    Natural.push_back(std::move(In));
  }
  llvm::sort(Natural, [](const llvm::BitVector &A, const llvm::BitVector &B) {
    return A.count() < B.count();
  });
}

llvm::BitVector Cycles::blocksOf(int L) const {
  // What happens in the loop is in as many natural loops as in loops of the
  // source, unless it is on the way out.
  auto Match = [&](int Innermost, int Block) -> const llvm::BitVector * {
    if (Block < 0 || !isInLoop(F, Innermost, L))
      return nullptr;
    size_t Depth = 0, Index = 0;
    for (int I = Innermost; I >= 0; I = F.Loops[I].Parent, ++Depth)
      if (I == L)
        Index = Depth;
    std::vector<const llvm::BitVector *> Around;
    for (const llvm::BitVector &Loop : Natural)
      if (Loop.test(Block))
        Around.push_back(&Loop);
    if (Around.size() == Depth)
      return Around[Index];
    // From the innermost loop nothing may come back to those around it.
    const bool Alone =
        Innermost == L && !Around.empty() &&
        llvm::none_of(llvm::seq<size_t>(0, F.Calls.size()), [&](size_t C) {
          return ofCall(C) >= 0 && Around.front()->test(ofCall(C)) &&
                 F.Calls[C].Loop >= 0 && !isInLoop(F, F.Calls[C].Loop, L);
        });
    return Alone ? Around.front() : nullptr;
  };
  for (unsigned S = 0; S != F.Suspensions.size(); ++S)
    if (const llvm::BitVector *Found =
            Match(F.Suspensions[S].Loop, ofSuspension(S)))
      return *Found;
  for (unsigned C = 0; C != F.Calls.size(); ++C)
    if (const llvm::BitVector *Found = Match(F.Calls[C].Loop, ofCall(C)))
      return *Found;
  return llvm::BitVector(F.Flow.size());
}

bool Cycles::leads(int From, int To, const llvm::BitVector &Not) const {
  if (From < 0 || To < 0)
    return false;
  llvm::BitVector Seen(Next.size());
  std::vector<int> Work(Next[From].begin(), Next[From].end());
  while (!Work.empty()) {
    const int B = Work.back();
    Work.pop_back();
    if (B == To)
      return true;
    if (Seen.test(B) || Not.test(B))
      continue;
    Seen.set(B);
    Work.insert(Work.end(), Next[B].begin(), Next[B].end());
  }
  return false;
}

} // namespace async_tidy
