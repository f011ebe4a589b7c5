//===- TaskFlow.h - What becomes of tasks along control flow --------------===//
//
// Two forward analyses over the tasks that a function holds in locals and
// parameters: whose failure is seen on every path, and which are used up.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_RULES_TASKFLOW_H
#define ASYNC_TIDY_RULES_TASKFLOW_H

#include "program/Program.h"

namespace async_tidy {

/// An object that may hold a failure which nobody has taken out when it dies.
struct Unseen {
  std::string Name;
  Location Where;
};

/// Of the types that complain when that happens (`warns-when-dropped`).
std::vector<Unseen> unseenFailures(const FunctionFacts &F, const Program &P);

/// A task that is used after it was used up.
struct Reuse {
  std::string Name;
  Location First, Where;
  bool WasAwaited, Awaited; ///< if not, it was given away
  bool InLoop;              ///< it is the same use, in the next turn
};

std::vector<Reuse> reusesOf(const FunctionFacts &F, const Program &P);

} // namespace async_tidy

#endif // ASYNC_TIDY_RULES_TASKFLOW_H
