//===- ApplyFixes.h - Safe fixes into files -------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_APPLYFIXES_H
#define ASYNC_TIDY_DRIVER_APPLYFIXES_H

#include "rules/Rule.h"
#include "llvm/Support/Error.h"
#include <map>

namespace async_tidy {

/// What `--fix` did.
struct FixResult {
  unsigned Applied = 0;
  std::vector<Finding> Fixed; ///< by those
  /// Of fixes that touch what another one had touched already.
  unsigned Overlapping = 0;
  /// The text before, by file: to take a change back.
  std::map<std::string, std::string> Before;
  /// Files that could not be read or written, and why. The others are changed.
  std::vector<std::string> Failures;
};

/// Applies the first safe fix of each finding that is not suppressed, each
/// place once. A file is replaced in one step. A fix is applied wholly or not
/// at all.
FixResult applyFixes(llvm::ArrayRef<Finding> Findings);

/// Takes away the fixes that would remove a comment.
void dropLossyFixes(llvm::MutableArrayRef<Finding> Findings);

/// Writes \p Text to \p File in one step: a reader sees the old or the new.
/// What is no regular file (a pipe, a device) is written to.
llvm::Error replaceFile(llvm::StringRef File, llvm::StringRef Text);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_APPLYFIXES_H
