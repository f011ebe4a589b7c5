//===- Session.h - One run from names to findings -------------------------===//
//
// Puts the stages together, for every command that looks at code:
//
//   open: compile database, .clang-tidy, which units
//   readFacts: the units parsed, each in a child
//   loadModels: ours, those of .clang-tidy, those of --models
//   findFindings: rules, filters and severities, file by file
//
// Nothing here prints, and nothing knows the command line's spelling.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_SESSION_H
#define ASYNC_TIDY_DRIVER_SESSION_H

#include "driver/Analyse.h"
#include "driver/Config.h"
#include "driver/Filter.h"
#include "driver/Inputs.h"
#include "report/Report.h"

namespace async_tidy {

/// What the user asks for, as values.
struct RunOptions {
  std::string BuildPath;                         ///< `-p`; empty: look for one
  std::optional<std::vector<std::string>> Flags; ///< after `--`
  std::vector<std::string> Names;                ///< files and folders
  std::vector<std::string> Models;               ///< `--models`
  ConfigOverrides Overrides;
  AnalysisOptions Analysis;
  bool ReportAllFiles = false; ///< `--no-default-excludes`
};

/// What is known before anything is parsed.
struct Session {
  RunOptions Options;
  CompileDatabase Database;
  Config Configuration;
  Inputs Selected;
  /// What the configuration says and does not mean anything, once each.
  std::vector<std::string> Notes;
};

/// What parsing gave.
struct ParsedUnits {
  std::vector<TranslationUnitFacts> Units;
  std::vector<std::string> Analysed;
  std::vector<UnitNotAnalysed> NotAnalysed;
  std::vector<std::string> Notes;
  Statistics Cost;
  bool Interrupted = false;
};

/// Findings, and how many are not shown and why.
struct Findings {
  std::vector<Finding> Shown;
  std::vector<const Rule *> Rules;
  Level Wanted = Level::Default;
  unsigned NotOurs = 0;   ///< in generated or vendored files
  unsigned InHeaders = 0; ///< in headers that the files named include
};

llvm::Expected<Session> openSession(RunOptions Options);

llvm::Expected<ParsedUnits> readFacts(Session &S, Progress Report);

/// Parses the units of \p Parsed again that read one of \p Changed, and puts
/// their new facts in the place of the old ones. Gives the changed files that
/// some unit can no longer be parsed with.
llvm::Expected<std::vector<std::string>>
readAgain(Session &S, ParsedUnits &Parsed, llvm::ArrayRef<std::string> Changed);

llvm::Expected<ModelSet> loadModels(Session &S);

/// Which files the user of \p S wants to see findings in.
Filter findingsFilter(const Session &S);

/// The order of a report: place, rule, message.
bool isBefore(const Finding &A, const Finding &B);

/// With \p Complete, \p P is the whole project, without errors.
llvm::Expected<Findings> findFindings(Session &S, const Program &P,
                                      bool Complete);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_SESSION_H
