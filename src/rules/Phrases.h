//===- Phrases.h - Words that several rules share -------------------------===//
//
// A message is written once, and so is a phrase that occurs in several: where a
// body runs, and what to use instead.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_RULES_PHRASES_H
#define ASYNC_TIDY_RULES_PHRASES_H

#include "rules/Rule.h"
#include <string>

namespace async_tidy {

/// "coroutine `f`", "callback in `f`" ...: the subject of a sentence.
std::string whoRuns(const FunctionFacts &F, const Context &In);

/// Where nobody can tell whether \p In is asynchronous, \p Out becomes a note
/// for those who want to hear of it (RULES.md, async context).
void weaken(const Context &In, Finding &Out);

/// The way from a call to what blocks: where a callback was handed over, then
/// the steps of \p Path.
std::vector<Step> evidence(const Context &In, const BlockingPath &Path);

/// Where \p F is suspended before \p Late.
Location suspendedAt(const FunctionFacts &F, const LateUse &Late);

/// "; use X instead", or nothing.
std::string insteadOf(const std::string &Replacement);

} // namespace async_tidy

#endif // ASYNC_TIDY_RULES_PHRASES_H
