//===- Words.h - The words that names are made of -------------------------===//
//
// What no model speaks of is known by the words of its name, in whatever
// spelling: `try_acquire`, `tryAcquire`, `TryAcquire`.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_RULES_WORDS_H
#define ASYNC_TIDY_RULES_WORDS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace async_tidy {

/// The words of `tryAcquire`, `try_acquire` in lower case.
std::vector<std::string> wordsOf(llvm::StringRef Name);
/// One of \p Words is among the words of \p Name.
bool saysOneOf(llvm::StringRef Name, llvm::ArrayRef<llvm::StringLiteral> Words);
/// One of the words of \p Name begins with one of \p Beginnings: `stop` of
/// `isStopping`.
bool saysBeginningOf(llvm::StringRef Name,
                     llvm::ArrayRef<llvm::StringLiteral> Beginnings);

} // namespace async_tidy

#endif // ASYNC_TIDY_RULES_WORDS_H
