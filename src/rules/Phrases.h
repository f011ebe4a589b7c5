//===- Phrases.h - Words that several rules share -------------------------===//
//
// A message is written once, and so is a phrase that occurs in several: where a
// body runs, and what to use instead.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_RULES_PHRASES_H
#define ASYNC_TIDY_RULES_PHRASES_H

#include "program/Program.h"
#include <string>

namespace async_tidy {

/// "coroutine `f`", "callback in `f`" ...: the subject of a sentence.
std::string whoRuns(const FunctionFacts &F, const Context &In);

/// The way from a call to what blocks: where a callback was handed over, then
/// the steps of \p Path.
std::vector<Step> evidence(const Context &In, const BlockingPath &Path);

/// "; use X instead", or nothing.
std::string insteadOf(const std::string &Replacement);

} // namespace async_tidy

#endif // ASYNC_TIDY_RULES_PHRASES_H
