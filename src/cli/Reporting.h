//===- Reporting.h - From findings to reports and an exit code ------------===//

#ifndef ASYNC_TIDY_CLI_REPORTING_H
#define ASYNC_TIDY_CLI_REPORTING_H

#include "cli/Fix.h"
#include "cli/Gate.h"
#include "cli/Outputs.h"

namespace async_tidy::cli {

/// How the command line wants to be told of findings.
struct Reporting {
  std::vector<Output> To;
  bool Color = false;
  Gate Fails;
  std::optional<PreviousRun> Previous; ///< `--previous`
};

/// An error if the command line asks for something that does not exist.
llvm::Expected<Reporting> reporting(const Arguments &A);

/// What was found and how the run went, as one value.
Report makeReport(const Arguments &A, Session &S, ParsedUnits Parsed,
                  Findings Found);

/// Judges \p R, writes the reports and gives the exit code.
int finish(const Reporting &As, Report &R, const Fixing &Done = {});

} // namespace async_tidy::cli

#endif // ASYNC_TIDY_CLI_REPORTING_H
