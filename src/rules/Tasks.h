//===- Tasks.h - What the rules about tasks ask ---------------------------===//
//
// How much it matters that nobody awaits an object, who is told how a task
// ended, and whether a body can end by an exception.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_RULES_TASKS_H
#define ASYNC_TIDY_RULES_TASKS_H

#include "program/Fates.h"
#include "rules/Rule.h"
#include "rules/Words.h"

namespace async_tidy {

/// What happens to work whose object is thrown away.
enum class Nature {
  None,        ///< no work: not made to be awaited, or pulled synchronously
  Discardable, ///< made to be thrown away
  Lazy,        ///< it is never done
  Awaitable,   ///< what would have been waited for has not happened yet
  Eager,       ///< it goes on, and nobody learns how it ends
  Cancelled,   ///< it has begun, and is cancelled
};

/// By a model, or by what its class says (AwaitableFacts).
Nature natureOf(llvm::StringRef Type, const Program &P);
/// Of what \p Call gives: what a lazy task is turned into is as lazy, unless
/// the call starts it.
Nature natureOf(const CallSite &Call, const Program &P);
/// Objects of \p Type hold tasks: `std::vector<task<int>>`.
bool holdsTasks(llvm::StringRef Type, const Program &P);

/// What a call of the callable \p V gives; empty if that is not known.
std::string resultOfCalling(const FunctionFacts &F, const Value &V,
                            const Program &P);

/// The coroutine that \p V, given by \p F to somebody, is or will be: a task
/// that a call made, or a callable that makes one. Null if it is not known.
const FunctionFacts *bodyOf(const FunctionFacts &F, const Value &V,
                            const Program &P);

/// How \p F can end by an exception; none if it is not known to. An await of
/// which nothing is known may throw, unless \p Surely.
std::optional<std::vector<Step>>
canThrow(const FunctionFacts &F, const Program &P, bool Surely = false);

/// \p F asks for an owner of its object: by a model, or by the name that such
/// functions have.
bool asksForOwner(const FunctionFacts &F, const Program &P);

/// For each use of \p F, whether it only asks the object something.
std::vector<bool> questions(const FunctionFacts &F);

/// What \p Call gives is waited for in the same expression:
/// `std::async(f).get()`.
bool isWaitedFor(const FunctionFacts &F, const CallSite &Call,
                 const Program &P);

} // namespace async_tidy

#endif // ASYNC_TIDY_RULES_TASKS_H
