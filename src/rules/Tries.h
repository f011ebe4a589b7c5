//===- Tries.h - Loops that try again -------------------------------------===//
//
// What tells a loop that repeats what has failed from one that does the next
// thing: success ends it, and failure comes back with no pause on the way.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_RULES_TRIES_H
#define ASYNC_TIDY_RULES_TRIES_H

#include "rules/Bounds.h"
#include "llvm/ADT/BitVector.h"
#include <optional>
#include <utility>

namespace async_tidy {

/// A loop of one function, seen as a loop of tries.
class Tries {
public:
  Tries(const FunctionFacts &F, const Program &P, int L)
      : F(F), P(P), L(L), Flow(F) {}

  /// The operation that is tried again as soon as it has failed; null if there
  /// is none.
  const CallSite *operation() {
    if (!mayBe())
      return nullptr;
    for (unsigned I = 0; I != F.Calls.size(); ++I) {
      const CallSite &Call = F.Calls[I];
      if (!isInLoop(F, Call.Loop, L) || !isRepeated(Call))
        continue;
      begin(I);
      if (isSkipped() ||
          (isTry(Call) && (throwsAndGoesRound() || failsAndGoesRound())))
        return &Call;
    }
    return nullptr;
  }

private:
  bool mayBe() const;
  bool isRepeated(const CallSite &Call) const;
  bool isTry(const CallSite &Call) const;
  void begin(unsigned Call);
  bool isBarrier(int Block) const;
  bool isInside(int Block) const;
  bool mayGiveUp(int Try, unsigned H, int Block) const;
  bool connects() const;
  bool throwsAndGoesRound() const;
  bool failsAndGoesRound() const;
  bool isSkipped() const;
  bool goesRound(int From) const;
  bool endsWell() const;
  bool isResult(const Branch &B) const;
  bool saysError(const Branch &B) const;
  std::optional<bool> isGoodIfTrue(const Branch &B) const;
  std::optional<std::pair<int, int>> wellAndBadly(const Block &B) const;
  llvm::BitVector ahead(int From) const;

  const FunctionFacts &F;
  const Program &P;
  int L;
  FlowOf Flow;
  // Of the call that is looked at.
  int Call = -1, At = -1, Resume = -1;
  std::vector<ObjectPath> Kept, Errors;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_RULES_TRIES_H
