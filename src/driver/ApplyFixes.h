//===- ApplyFixes.h - Fixes into files ------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_APPLYFIXES_H
#define ASYNC_TIDY_DRIVER_APPLYFIXES_H

#include "rules/Rule.h"
#include "clang/Tooling/Core/Replacement.h"
#include "llvm/Support/Error.h"
#include <map>

namespace async_tidy {

/// A file before and after its fixes.
struct FileChange {
  std::string Before, After;
  clang::tooling::Replacements Edits; ///< from one to the other
};

/// What becomes of files when fixes are applied; nothing is written yet.
struct FixPlan {
  std::map<std::string, FileChange> Files;
  std::vector<Finding> Fixed; ///< by those
  /// Of fixes that touch what another one had touched already.
  unsigned Overlapping = 0;
  /// Files that could not be read or written, and why. The others are changed.
  std::vector<std::string> Failures;
};

/// The fix of \p F that `--fix` takes, the first safe one, or with \p Unsafe
/// the first one; null if there is none, or \p F is suppressed.
const Fix *chosenFix(const Finding &F, bool Unsafe);

/// The chosen fix of each finding, each place once. A fix is there wholly or
/// not at all. The text of files in \p Texts is that, whatever is on disk.
FixPlan planFixes(llvm::ArrayRef<Finding> Findings, bool Unsafe = false,
                  const std::map<std::string, std::string> &Texts = {});

/// Replaces each file of \p Plan in one step. What cannot be written is taken
/// out of the plan, and told in `Failures`.
void writeFixes(FixPlan &Plan);

/// Takes away the fixes that would remove a comment.
void dropLossyFixes(llvm::MutableArrayRef<Finding> Findings);

/// Writes \p Text to \p File in one step: a reader sees the old or the new.
/// What is no regular file (a pipe, a device) is written to.
llvm::Error replaceFile(llvm::StringRef File, llvm::StringRef Text);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_APPLYFIXES_H
