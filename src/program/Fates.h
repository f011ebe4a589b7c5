//===- Fates.h - What becomes of what a call gives ------------------------===//
//
// A task obliges whoever holds it: to await it, to give it to an owner, to
// return it. This is what one function does with the result of one of its
// calls, without looking into those that take it.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_PROGRAM_FATES_H
#define ASYNC_TIDY_PROGRAM_FATES_H

#include "program/Program.h"

namespace async_tidy {

struct Fate {
  enum class Kind {
    Awaited,  ///< in the full expression that makes it, by a `co_await`
    Waited,   ///< there, by a call that waits for it synchronously
    Returned, ///< to the caller
    Named,    ///< it is, or is held by, the local `Owner`
    Stored,   ///< it is, or is held by, the member or global `Owner`
    Given,    ///< to the call `Taker`, which gives no awaitable in turn
    Dropped,  ///< at the end of the full expression
    Unknown,
  } What = Kind::Unknown;
  /// The last of the calls that it was given to in the full expression, or -1:
  /// of `Given` the one that keeps it; of the others a combinator, a wrapper.
  int Taker = -1;
  ObjectPath Owner;
};

/// What becomes of what `F.Calls[Call]` gives.
Fate fateOf(const FunctionFacts &F, unsigned Call, const Program &P);

/// Objects of \p Type are tasks, or other things that are made to be awaited.
bool isAwaitable(llvm::StringRef Type, const Program &P);

} // namespace async_tidy

#endif // ASYNC_TIDY_PROGRAM_FATES_H
