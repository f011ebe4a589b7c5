//===- SharePlan.h - Which units begin alike ------------------------------===//
//
// Units that are compiled alike and include the same headers first need those
// headers parsed once. A plan says which: a tree whose paths are the includes
// that the units begin with. It is a guess, made from the text without a
// preprocessor; whoever parses by it proves it for each unit (SharedParse.h).
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_SHAREPLAN_H
#define ASYNC_TIDY_DRIVER_SHAREPLAN_H

#include "driver/CompileDatabase.h"

namespace async_tidy {

/// A node of the tree: what is included, and who goes on from there.
struct ShareNode {
  /// As they stand after `#include`.
  std::vector<std::string> Includes;
  /// Those that have nothing more in common with another.
  std::vector<unsigned> Units;
  std::vector<ShareNode> Branches;

  friend bool operator==(const ShareNode &, const ShareNode &) = default;
};

struct ShareUnit {
  size_t Job = 0;   ///< its index
  std::string Path; ///< the word of its command that names the file
  /// What it defines between the includes that it begins with.
  std::vector<std::string> Macros;

  friend bool operator==(const ShareUnit &, const ShareUnit &) = default;
};

/// Units to be parsed together.
struct ShareGroup {
  std::vector<ShareUnit> Units; ///< two or more
  ShareNode Tree;               ///< of indices into `Units`
};

/// The groups among \p Jobs, which are prepared, those of most units first.
std::vector<ShareGroup> planShares(llvm::ArrayRef<CompileJob> Jobs);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_SHAREPLAN_H
