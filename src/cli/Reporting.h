//===- Reporting.h - From findings to reports and an exit code ------------===//

#ifndef ASYNC_TIDY_CLI_REPORTING_H
#define ASYNC_TIDY_CLI_REPORTING_H

#include "cli/Fix.h"
#include "cli/Outputs.h"

namespace async_tidy::cli {

/// From which severity on a finding makes the run fail; none: never.
struct Threshold {
  std::optional<Severity> From = Severity::Warning;
  bool isReachedBy(const Finding &F) const {
    return From && !F.Suppressed && !F.Fixed && F.Weight >= *From;
  }
};

/// How the command line wants to be told of findings.
struct Reporting {
  std::vector<Output> To;
  bool Color = false;
  Threshold FailOn;
};

/// An error if the command line asks for something that does not exist.
llvm::Expected<Reporting> reporting(const Arguments &A);

/// Writes the reports and gives the exit code.
int report(const Arguments &A, const Reporting &As, Session &S,
           ParsedUnits Parsed, Findings Found, Fixing Done = {});

} // namespace async_tidy::cli

#endif // ASYNC_TIDY_CLI_REPORTING_H
