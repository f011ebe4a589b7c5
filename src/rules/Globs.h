//===- Globs.h - Lists of checks as clang-tidy writes them ----------------===//
//
// `-*,async-*,-async-busy-wait`: the language of `Checks`, `WarningsAsErrors`
// and of NOLINT's parentheses. Written again, because rules do not depend on
// clang-tidy.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_RULES_GLOBS_H
#define ASYNC_TIDY_RULES_GLOBS_H

#include "llvm/ADT/StringRef.h"
#include <vector>

namespace async_tidy {

/// One item of a list.
struct Glob {
  llvm::StringRef Pattern; ///< `*` stands for any text
  bool Positive = true;    ///< false if it was written with a `-`

  bool matches(llvm::StringRef Name) const;
};

/// The items of \p List, separated by commas or line ends.
std::vector<Glob> parseGlobs(llvm::StringRef List);

/// Whether the last of \p Globs that matches \p Name is a positive one.
bool contains(const std::vector<Glob> &Globs, llvm::StringRef Name);

} // namespace async_tidy

#endif // ASYNC_TIDY_RULES_GLOBS_H
