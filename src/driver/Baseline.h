//===- Baseline.h - Findings that are accepted for now --------------------===//
//
// A baseline is a file in the project that people review and git merges: a line
// for each finding that a team does not mend today. docs/design/gates.md
// says what stands in it and how findings are matched with it.
//
//   readBaseline -> matchBaseline -> renew or prune -> writeBaseline
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_BASELINE_H
#define ASYNC_TIDY_DRIVER_BASELINE_H

#include "driver/LookedAt.h"

namespace async_tidy {

/// What a baseline is called where nobody gives it a name.
inline constexpr llvm::StringLiteral BaselineName = ".async-tidy-baseline";

/// A line of a baseline.
struct BaselineEntry {
  std::string Fingerprint, RuleId, Function, Subject;
  Level Shown = Level::Default; ///< the least that shows it
  /// Its line of source text, without indentation: for people, and to tell
  /// equal ones of a function apart.
  std::string Code;
  /// The files that it depends on, relative to the baseline; its own first.
  std::vector<std::string> Files;
};

struct Baseline {
  std::string File; ///< the real path
  std::vector<BaselineEntry> Entries;

  /// The absolute path of a file that an entry names.
  std::string absolute(llvm::StringRef Name) const;
};

/// The baseline of the project that \p S looks at: in the folder that holds all
/// of its sources or above it, as far as the repository goes; else from the
/// current folder on. Empty if there is none.
std::string findBaseline(const Session &S);
/// Where that project's baseline is to be written if there is none.
std::string placeForBaseline(const Session &S);

/// An error, with its line, if \p File is no baseline, is of another version,
/// is damaged or has unresolved conflicts.
llvm::Expected<Baseline> readBaseline(llvm::StringRef File);
/// Writes \p B in one step; the same entries give the same bytes.
llvm::Error writeBaseline(const Baseline &B);

/// Which entries stand for which findings.
struct BaselineMatch {
  std::vector<std::optional<size_t>> EntryOf; ///< by finding
  std::vector<size_t> Gone;      ///< entries for which nothing is found
  std::vector<size_t> NotJudged; ///< entries that nobody looked for
};

/// Each entry stands for at most one finding, the likeliest. \p Found is in the
/// order of a report; findings that were fixed are passed over.
llvm::Expected<BaselineMatch> matchBaseline(const Baseline &B,
                                            llvm::ArrayRef<Finding> Found,
                                            const LookedAt &Seen);

/// \p B as the findings that are not suppressed want it; entries that nobody
/// looked for stay.
Baseline renewBaseline(const Baseline &B, const BaselineMatch &M,
                       llvm::ArrayRef<Finding> Found);
/// \p B without the entries that are gone.
Baseline pruneBaseline(const Baseline &B, const BaselineMatch &M);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_BASELINE_H
