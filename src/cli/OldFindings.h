//===- OldFindings.h - What the user does not want to hear today ----------===//
//
// `--baseline` and `--since`: which findings were there before. Each of the two
// is enough for a finding to count as old.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CLI_OLDFINDINGS_H
#define ASYNC_TIDY_CLI_OLDFINDINGS_H

#include "cli/Options.h"
#include "driver/Baseline.h"
#include "driver/ChangedLines.h"

namespace async_tidy::cli {

class OldFindings {
public:
  /// Reads the baseline and asks git, before an hour of parsing. An error if
  /// either cannot be had.
  static llvm::Expected<OldFindings> open(const Arguments &A, const Session &S);

  /// Says of each of \p R.Findings whether it is old, puts what there is to
  /// report into \p R, and writes the baseline if the user asks for it. \p Seen
  /// is what the run looked at.
  llvm::Error apply(Report &R, const LookedAt &Seen);

private:
  void markOld(Report &R, const BaselineMatch &M);
  llvm::Error write(Report &R, const BaselineMatch &M);
  void markUnchanged(Report &R);

  std::optional<Baseline> Accepted;
  std::optional<ChangedLines> Changes;
  std::string Since;
  bool Writes = false, Prunes = false;
};

} // namespace async_tidy::cli

#endif // ASYNC_TIDY_CLI_OLDFINDINGS_H
