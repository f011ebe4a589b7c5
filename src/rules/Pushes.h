//===- Pushes.h - Who fills a queue, and who empties it -------------------===//
//
// A queue is what one task fills and another one empties. What holds back those
// who fill it may stand in their function, in a helper, or in their callers.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_RULES_PUSHES_H
#define ASYNC_TIDY_RULES_PUSHES_H

#include "rules/Bounds.h"

namespace async_tidy {

/// One call that puts something into a queue.
struct Push {
  const FunctionFacts &F;
  const Program &P;
  const CallSite &Call;
  std::string Member; ///< empty for a local
};

/// The body runs on an async path, itself or where it is called.
bool runsAsync(const FunctionFacts &F, const Program &P, unsigned Depth = 3);
/// \p Path of \p F is the queue of \p To.
bool isSame(const Push &To, const FunctionFacts &F, llvm::StringRef Path);
/// \p F takes out of the queue itself, or what it awaits does.
bool drains(const Push &To, const FunctionFacts &F, unsigned Depth);
/// After the push its function waits for the answer, or until all is gone.
bool isLockstep(const Push &To);
/// Something holds back those who come to the call \p Call of \p F.
bool isBounded(const Push &To, const FunctionFacts &F, unsigned Call,
               unsigned Depth);
/// Elements of the type \p Element are tasks that wait: each is in it once.
bool holdsWaiters(const Program &P, llvm::StringRef Element,
                  unsigned Depth = 2);
/// The name says that it is no queue of work.
bool isPool(llvm::StringRef Member);
/// Who takes out what \p To puts in; null if nobody is seen to.
const Site *consumer(const Push &To);

} // namespace async_tidy

#endif // ASYNC_TIDY_RULES_PUSHES_H
