//===- ThreadState.h - What a suspension parts from its thread ------------===//
//
// Two forward analyses over control flow: whether `errno` is as old as a
// suspension, and whether a local's object lives over one.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_RULES_THREADSTATE_H
#define ASYNC_TIDY_RULES_THREADSTATE_H

#include "program/Program.h"
#include <optional>

namespace async_tidy {

/// What facts call `errno`.
inline constexpr llvm::StringLiteral Errno = "::errno";

/// The first look at an `errno` that was set before a suspension; null if there
/// is none.
const Use *staleErrno(const FunctionFacts &F, const Program &P);

/// Where \p F suspends while the object of the local `F.Variables[Variable]`
/// lives; none if it never does.
std::optional<Location> heldOver(const FunctionFacts &F, const Program &P,
                                 unsigned Variable);

} // namespace async_tidy

#endif // ASYNC_TIDY_RULES_THREADSTATE_H
