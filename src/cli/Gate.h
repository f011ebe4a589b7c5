//===- Gate.h - Whether a run fails ---------------------------------------===//
//
// The exit code, from what a report says and what the user asks of it. A
// finding that is suppressed, fixed or old never counts.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CLI_GATE_H
#define ASYNC_TIDY_CLI_GATE_H

#include "cli/Options.h"
#include "rules/Globs.h"

namespace async_tidy::cli {

class Gate {
public:
  /// What the command line asks for; an error if it cannot be meant.
  static llvm::Expected<Gate> create(const Arguments &A);

  /// Marks the units of \p R that need not be analysed, and says in
  /// `Report::Failures` what findings alone do not say.
  void judge(Report &R) const;
  /// The exit code of \p R, which was judged.
  int exitCode(const Report &R) const;

private:
  /// `--max-findings RULE=N`.
  struct Limit {
    std::string Rules; ///< as written
    unsigned Most = 0;
  };
  /// `--require METRIC=PERCENT`.
  struct Requirement {
    std::string Metric;
    double Percent = 0;
  };
  static llvm::Expected<Requirement> requirement(llvm::StringRef Word);
  /// The limit that holds for \p F, the last one that names its rule; or null.
  const Limit *limitOf(const Finding &F) const;

  std::optional<Severity> FailFrom = Severity::Warning; ///< none: never
  std::vector<Limit> Limits;
  std::vector<Requirement> Requirements;
  std::vector<std::string> NotNeeded; ///< globs
  bool AllowStale = false;
};

} // namespace async_tidy::cli

#endif // ASYNC_TIDY_CLI_GATE_H
