//===- ThreadState.h - What belongs to the thread -------------------------===//
//
// A coroutine that suspends leaves its thread to others, and may go on on
// another one: what it has set there, and what it reads there later.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_RULES_THREADSTATE_H
#define ASYNC_TIDY_RULES_THREADSTATE_H

#include "rules/Rule.h"

namespace async_tidy {

/// As facts name it.
constexpr llvm::StringLiteral Errno = "::errno";

/// \p Path names a `thread_local` of namespace scope that \p F uses: only those
/// are named with their qualification.
bool isThreadLocal(const FunctionFacts &F, llvm::StringRef Path);

/// The first look of \p F at an `errno` that is older than a suspension.
std::optional<Location> lateErrno(const FunctionFacts &F, const Program &P);

/// A local that sets a `thread_local` while it lives, and lives over a
/// suspension.
struct LivingSetter {
  unsigned Variable; ///< its index
  std::string Sets;
  Location Suspends; ///< the first suspension
  Location SetBack;  ///< in its destructor
};
std::vector<LivingSetter> livingSetters(const FunctionFacts &F,
                                        const Program &P);

} // namespace async_tidy

#endif // ASYNC_TIDY_RULES_THREADSTATE_H
