//===- Kept.h - Whether callers keep what they give to a task -------------===//

#ifndef ASYNC_TIDY_RULES_KEPT_H
#define ASYNC_TIDY_RULES_KEPT_H

#include "rules/Rule.h"

namespace async_tidy {

/// Everybody who is known to call the coroutine \p F, and somebody is, keeps
/// what the parameter at \p Index refers to until the task has ended: the call
/// is awaited where it is made, or the task is held by a local that is awaited
/// or dropped before. What is not known counts against it.
bool isKept(const FunctionFacts &F, size_t Index, const Program &P);

} // namespace async_tidy

#endif // ASYNC_TIDY_RULES_KEPT_H
