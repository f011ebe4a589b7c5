//===- Types.h - Classes, and what the compiler writes --------------------===//
//
// The facts of classes and closures, and the facts of the constructors and
// destructors that nobody wrote: those are derived from bases and fields,
// because whether Clang has built their bodies depends on what else was parsed.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_FACTS_TYPES_H
#define ASYNC_TIDY_FACTS_TYPES_H

#include "facts/Body.h"

namespace async_tidy {

/// The facts of \p R, a class of the user's that is not dependent.
TypeFacts readType(const clang::CXXRecordDecl &R, Names &N, Mentioned &Also);

/// The facts of the implicit or defaulted special member \p M.
FunctionFacts readImplied(const clang::CXXMethodDecl &M, Names &N,
                          Mentioned &Also);

/// What the thread-safety attributes of \p D say.
List<LockClaim> readClaims(const clang::FunctionDecl &D, Names &N);

/// What the lambda whose call operator is \p M takes with it.
List<Capture> readCaptures(const clang::CXXMethodDecl &M, Names &N);

/// Objects of \p R are made to be awaited: tasks, awaiters, senders.
bool isAwaitable(const clang::CXXRecordDecl &R);

/// Says of \p R, of whatever library, that its objects must be awaited; none
/// if nothing shows that.
std::optional<AwaitableFacts> readAwaitable(const clang::CXXRecordDecl &R,
                                            Names &N);

} // namespace async_tidy

#endif // ASYNC_TIDY_FACTS_TYPES_H
