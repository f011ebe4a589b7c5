//===- Fix.h - async-tidy check --fix: change the files -------------------===//

#ifndef ASYNC_TIDY_CLI_FIX_H
#define ASYNC_TIDY_CLI_FIX_H

#include "cli/Options.h"
#include "driver/ApplyFixes.h"

namespace async_tidy::cli {

/// What is to become of fixes: `--fix`, `--fix-unsafe`, `--diff`.
struct FixWish {
  bool Wanted = false; ///< any of them
  bool Unsafe = false;
  bool Preview = false; ///< nothing is written

  static FixWish of(const Arguments &A);
};

/// What `--fix` did and did not.
struct Fixing {
  std::vector<Finding> Fixed; ///< marked as such
  /// What changed, or would change.
  std::map<std::string, FileChange> Files;
  std::vector<std::string> Notes;
  /// Why files could not be changed; the run has failed then, and what it found
  /// is reported all the same.
  std::vector<std::string> Failures;
};

/// Applies the fixes of \p Found that are wanted, but none after which a unit
/// no longer compiles. \p Parsed is then what the files say with the fixes.
Fixing fix(Session &S, ParsedUnits &Parsed, llvm::ArrayRef<Finding> Found,
           const FixWish &Wish);

/// Writes the changes of \p Done, of a preview, to standard output and what
/// there is to say of them to standard error. Gives the exit code: 1 if there
/// are any.
int printPreview(const Fixing &Done, const ParsedUnits &Parsed, bool Color);

} // namespace async_tidy::cli

#endif // ASYNC_TIDY_CLI_FIX_H
