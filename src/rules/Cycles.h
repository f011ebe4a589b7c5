//===- Cycles.h - Where the loops of a function go round ------------------===//
//
// The blocks of a loop, found in the control flow (natural loops; Aho, Sethi,
// Ullman) and matched with the loops of the source, and the question whether a
// way leads from here to there. A handler follows the beginning of its try
// block.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_RULES_CYCLES_H
#define ASYNC_TIDY_RULES_CYCLES_H

#include "rules/Bodies.h"
#include "llvm/ADT/BitVector.h"
#include <vector>

namespace async_tidy {

class Cycles {
public:
  explicit Cycles(const FunctionFacts &F);

  /// The blocks through which the loop \p L goes round. Empty if it never does,
  /// or if it cannot be told.
  llvm::BitVector blocksOf(int L) const;
  /// Where it happens, or -1.
  int ofCall(unsigned Call) const { return Places.ofCall(Call); }
  int ofSuspension(unsigned S) const { return Places.ofSuspension(S); }
  int ofTry(unsigned T) const { return TryIn[T]; }
  /// The first block of the handler.
  int ofHandler(unsigned H) const { return HandlerIn[H]; }

  const std::vector<int> &after(unsigned Block) const { return Next[Block]; }
  /// A way leads from the end of \p From to the beginning of \p To, through
  /// none of the blocks \p Not (of which \p To may be one).
  bool leads(int From, int To, const llvm::BitVector &Not) const;

private:
  void findLoops();

  const FunctionFacts &F;
  std::vector<std::vector<int>> Next, Before;
  FlowOf Places;
  std::vector<int> TryIn, HandlerIn;
  /// Natural loops, one a header.
  std::vector<llvm::BitVector> Natural;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_RULES_CYCLES_H
