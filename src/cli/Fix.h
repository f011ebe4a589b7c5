//===- Fix.h - async-tidy check --fix: change the files -------------------===//

#ifndef ASYNC_TIDY_CLI_FIX_H
#define ASYNC_TIDY_CLI_FIX_H

#include "driver/Session.h"

namespace async_tidy::cli {

/// What `--fix` did and did not.
struct Fixing {
  std::vector<Finding> Fixed; ///< marked as such
  std::vector<std::string> Notes;
  /// Why files could not be changed; the run has failed then, and what it found
  /// is reported all the same.
  std::vector<std::string> Failures;
};

/// Applies the safe fixes of \p Found, and takes those back after which a unit
/// no longer compiles. \p Parsed is then what the files say now.
Fixing fix(Session &S, ParsedUnits &Parsed, llvm::ArrayRef<Finding> Found);

} // namespace async_tidy::cli

#endif // ASYNC_TIDY_CLI_FIX_H
