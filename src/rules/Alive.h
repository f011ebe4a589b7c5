//===- Alive.h - Which locals are alive at a suspension -------------------===//
//
// A forward may-analysis over the control flow: from the declaration of a local
// to its destructor, its end, or what the rule says gives it up.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_RULES_ALIVE_H
#define ASYNC_TIDY_RULES_ALIVE_H

#include "rules/Rule.h"
#include <set>

namespace async_tidy {

/// For each variable of \p F, by index, the suspensions at which it may be
/// alive. Calls of the member functions \p Ends, and moves, end it.
std::vector<std::set<unsigned>>
aliveAt(const FunctionFacts &F, const Program &P,
        llvm::ArrayRef<llvm::StringRef> Ends = {});

} // namespace async_tidy

#endif // ASYNC_TIDY_RULES_ALIVE_H
