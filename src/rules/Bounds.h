//===- Bounds.h - What keeps work, and time, within bounds ----------------===//
//
// Questions that rules about queues, tasks, tries and deadlines share: what is
// a limit, what is a pause, what lies on the way round a loop.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_RULES_BOUNDS_H
#define ASYNC_TIDY_RULES_BOUNDS_H

#include "program/Fates.h"
#include "program/Objects.h"
#include "program/Program.h"
#include "rules/Bodies.h"
#include "rules/Words.h"

namespace async_tidy {

/// An integer's type, as facts spell it; `bool` is none.
bool isInteger(llvm::StringRef Type);
/// The type says that it holds a time, or a span of it.
bool isTimeType(llvm::StringRef Type);
/// `std::vector<T>` gives `T`; empty if there is no argument.
std::string firstArgument(llvm::StringRef Type);

/// The call waits, fails or tells when there is too much: by a model, or by
/// what it is called (`acquire`, `wait_for_room`).
bool isLimit(const FunctionFacts &F, const Program &P, const CallSite &Call);
/// What is awaited is itself what limits: a semaphore.
bool isLimit(const Program &P, const Suspension &S);
/// \p C compares the number of something with a limit, and not with the time.
bool comparesWithLimit(const FunctionFacts &F, const Program &P,
                       const Comparison &C);
/// A `if (n == 16)` in the loop \p L, or anywhere if it is -1.
bool testsForNumber(const FunctionFacts &F, const Program &P, int L);
/// The loop \p L, or the whole body if it is -1, asks whether it is enough.
bool isLimited(const FunctionFacts &F, const Program &P, int L);
/// The loop goes round a number of times that its input does not decide: a
/// constant, a number of workers, a fixed array.
bool isFixed(const FunctionFacts &F, const Program &P, int L);

/// The call lets a while pass: a timer, a sleep, or a helper that does.
bool delays(const FunctionFacts &F, const Program &P, const CallSite &Call,
            unsigned Depth = 2);

} // namespace async_tidy

#endif // ASYNC_TIDY_RULES_BOUNDS_H
