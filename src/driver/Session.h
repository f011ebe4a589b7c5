//===- Session.h - One run from names to findings -------------------------===//
//
// Puts the stages together, for every command that looks at code:
//
//   open: compile database, .clang-tidy, which units
//   readUnits: the units parsed, each in a child, or found in the store
//   loadModels: ours, those of .clang-tidy, those of --models
//   recallFindings: those of an earlier run over the same facts, or
//   loadFacts, findFindings: rules, filters and severities, file by file
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
#include "driver/Store.h"
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
  std::string StoreFile;       ///< `--store`; empty: where stores are
  bool NoStore = false;
  /// Set: only what the program of this name (`toolDigest`) has kept is read,
  /// and nothing is parsed or written.
  std::optional<Digest> ReadAs = {};
};

/// Which findings the user wants to see; the rest of what decides it is the
/// configuration of their files.
struct ShownScope {
  std::vector<std::string> Named; ///< `Inputs::Scope`
  std::string SourceRoot, BuildFolder;
  bool All = false, AskedForHeaders = false;
};

/// What is known before anything is parsed.
struct Session {
  RunOptions Options;
  CompileDatabase Database;
  Config Configuration;
  Inputs Selected;
  /// What the configuration says and does not mean anything, once each.
  std::vector<std::string> Notes;
  /// What earlier runs found out; may be null.
  std::unique_ptr<Store> Kept;
  /// The jobs without those that were found for headers.
  std::vector<CompileJob> Named;
  /// Of the files that loadModels read.
  Digest Models = {};
  /// That loadModels read, but for ours; absolute paths.
  std::vector<std::string> ModelFiles = {};
  bool Linked = false; ///< made by openLink
  /// Of a linked one: the facts are of all units that there are.
  bool Whole = false;
  /// Under which the store keeps findings; set by recallFindings.
  std::optional<Digest> ResultKey = {};
};

/// Where the facts of a unit are from.
struct UnitOrigin {
  Digest Content; ///< of the facts
  /// Set while all but the head of the facts (Record.h) is in the store.
  std::optional<KeptUnit> Stored;
};

/// What parsing gave.
struct ParsedUnits {
  std::vector<TranslationUnitFacts> Units;
  std::vector<UnitOrigin> Origins; ///< of `Units`, one by one
  std::vector<Rebuilt> Rebuilt;    ///< those that were parsed, and why
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
  /// Comments of the NOLINT family that have no partner.
  std::vector<Diagnostic> DirectiveErrors;
};

llvm::Expected<Session> openSession(RunOptions Options);

/// A session over facts that were extracted before, of units with the main
/// files \p MainFiles: there is no compile database and no store.
llvm::Expected<Session> openLink(RunOptions Options,
                                 llvm::ArrayRef<std::string> MainFiles);
/// Puts the facts of one unit into \p To.
void take(UnitResult Unit, ParsedUnits &To);

/// Of units that the store has, only the heads of the facts (Record.h).
llvm::Expected<ParsedUnits> readUnits(Session &S, Progress Report);
/// Completes the facts of \p Parsed.
llvm::Error loadFacts(Session &S, ParsedUnits &Parsed, Progress Report);
/// Both.
llvm::Expected<ParsedUnits> readFacts(Session &S, Progress Report);

/// Parses the units of \p Parsed again that read one of \p Changed, and puts
/// their new facts in the place of the old ones. Gives the changed files that
/// some unit can no longer be parsed with; all if that was interrupted, as
/// \p Parsed says then.
llvm::Expected<std::vector<std::string>>
readAgain(Session &S, ParsedUnits &Parsed, llvm::ArrayRef<std::string> Changed);

llvm::Expected<ModelSet> loadModels(Session &S);

ShownScope shownScope(const Session &S);
/// Which files the user of \p S wants to see findings in.
Filter findingsFilter(const Session &S);

/// The order of a report: place, rule, message.
bool isBefore(const Finding &A, const Finding &B);

/// The findings of an earlier run, if the store has those of one that had the
/// same facts, models, configuration and version. `loadModels` comes first.
/// With
/// \p Complete, \p Parsed is the whole project, without errors.
llvm::Expected<std::optional<Findings>>
recallFindings(Session &S, const ParsedUnits &Parsed, bool Complete);
/// Keeps \p Found for later runs, if `recallFindings` was asked for it.
void keepFindings(Session &S, const Findings &Found);

/// What the rules say of \p P and the user wants to see; fixes that would lose
/// a comment are among it. With \p Complete, \p P is the whole project, without
/// errors.
llvm::Expected<Findings> findFindings(Session &S, const Program &P,
                                      bool Complete);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_SESSION_H
