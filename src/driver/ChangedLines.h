//===- ChangedLines.h - What differs from a revision of git ---------------===//
//
// Asks git, and believes nothing else: whatever it cannot answer is an error,
// because a gate that was not told of the changes would let everything pass.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_CHANGEDLINES_H
#define ASYNC_TIDY_DRIVER_CHANGEDLINES_H

#include "rules/Rule.h"
#include "llvm/Support/Error.h"
#include <map>
#include <string>
#include <vector>

namespace async_tidy {

class ChangedLines {
public:
  /// The lines that are not in the last common commit of \p Revision and the
  /// one that is checked out; what is not committed counts, and so do files
  /// that git was not told of, unless it is to ignore them. The repository is
  /// that of \p Folder.
  static llvm::Expected<ChangedLines> since(llvm::StringRef Revision,
                                            llvm::StringRef Folder);

  /// One of those lines is at \p Where; of a place without a line, the file has
  /// one.
  bool holds(const Location &Where) const;
  /// A place of \p F is in them, be it a step; or its own is not in the
  /// repository, so that nobody knows whether it is new.
  bool concern(const Finding &F) const;

  /// Lines from `First` up to `Last`.
  struct Range {
    unsigned First, Last;
  };
  /// The ranges of each file in \p Patch, one of `git diff --unified=0`. An
  /// error if it is none.
  static llvm::Expected<std::map<std::string, std::vector<Range>>>
  parse(llvm::StringRef Patch);

private:
  std::string Top; ///< the repository's folder
  /// By path relative to it. A submodule stands for all files below.
  std::map<std::string, std::vector<Range>> Files;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_CHANGEDLINES_H
