//===- IgnoredErrors.h - Loops that pass over a cancelled operation -------===//
//
// An operation that gives its error and does not throw it says by a code that
// it was cancelled. A loop that tests the code and then awaits the next
// operation has not understood.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_RULES_IGNOREDERRORS_H
#define ASYNC_TIDY_RULES_IGNOREDERRORS_H

#include "rules/Cancellation.h"
#include "rules/Cycles.h"

namespace async_tidy {

class IgnoredErrors {
public:
  IgnoredErrors(const FunctionFacts &F, const Program &P,
                const CancellationOf &Cancelled, const Cycles &Ways)
      : F(F), P(P), Models(P.models()), Cancelled(Cancelled), Ways(Ways) {}

  /// The test of an error code at the end of the block \p B after which, if the
  /// operation was cancelled, an endless loop awaits the next one; or null.
  const CallSite *at(unsigned B) const;

private:
  /// A test of an error code, and where control goes if it says that the
  /// operation was cancelled; `Exact` if it asks for nothing else.
  struct ErrorTest {
    const CallSite *By;
    int Then;
    bool Exact;
  };
  bool namesError(const Value &V) const;
  std::optional<ErrorTest> errorTest(const Block &Here) const;
  bool onlyGoesRound(int Then, const llvm::BitVector &In) const;

  const FunctionFacts &F;
  const Program &P;
  const ModelSet &Models;
  const CancellationOf &Cancelled;
  const Cycles &Ways;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_RULES_IGNOREDERRORS_H
