//===- Leading.h - What a file begins with --------------------------------===//
//
// The directives before the first line of code of a file, as far as they can be
// read without a preprocessor.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_LEADING_H
#define ASYNC_TIDY_DRIVER_LEADING_H

#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace async_tidy {

/// One `#include`.
struct LeadingInclude {
  std::string Name; ///< between the quotes or angle brackets
  bool Quoted = false;
};

struct LeadingLines {
  std::vector<LeadingInclude> Includes;
  /// What is defined between them, the guard of the file too.
  std::vector<std::string> Macros;
  /// The file holds nothing else.
  bool Whole = false;
};

/// Reads \p Text up to the first thing that is no comment, `#include`,
/// `#define`, `#pragma once` or guard.
LeadingLines leadingLines(llvm::StringRef Text);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_LEADING_H
