//===- Report.h - What a run found, for people and for machines -----------===//
//
// The last stage of the flow. A Report is everything that one run has to say,
// as a value; a format is a free function that writes it to a stream.
//
//   Finding* + how the run went --> Report --print--> text | json | sarif | ...
//
// Nothing here decides about findings: which are shown, how severe they are
// and how they are worded is settled before, and the exit code afterwards.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_REPORT_REPORT_H
#define ASYNC_TIDY_REPORT_REPORT_H

#include "report/Previous.h"
#include "rules/Rule.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/IntrusiveRefCntPtr.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/VirtualFileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace async_tidy {

/// A unit whose findings may be incomplete or absent, and why.
struct UnitNotAnalysed {
  std::string File;
  /// One line, for people: `clang stopped with signal 11`, an error's text.
  std::string Reason;
  /// Where the reason is, if it is a compiler error.
  Location Where = {};
  /// Clang went on after errors: what it understood was looked at.
  bool InPart = false;
  /// The user names it as one that need not be analysed.
  bool Allowed = false;

  friend auto operator<=>(const UnitNotAnalysed &,
                          const UnitNotAnalysed &) = default;
};

/// What a run cost; part of a report only when asked for, because it is never
/// the same twice.
struct Statistics {
  double WallSeconds = 0, CpuSeconds = 0;
  uint64_t PeakBytes = 0; ///< the largest process
  unsigned BodiesAnalysed = 0, BodiesSkipped = 0;
};

/// A finding that a baseline holds and that is there no more.
struct GoneFinding {
  const Rule *From = nullptr;
  std::string Fingerprint, Function, Subject;
  std::string File; ///< absolute; where it was last seen
};

/// What a baseline said of the findings; each says it in `Finding::Baseline`.
struct BaselineUse {
  std::string File; ///< absolute
  /// Findings that it holds, suppressed ones not counted.
  unsigned Matched = 0;
  /// Its stale entries: nothing is found for them, where all was looked at.
  std::vector<GoneFinding> Gone;
  /// Entries of which nothing can be said: their rule or file was not looked
  /// at.
  unsigned NotJudged = 0;
};

/// A revision, and what was there before it.
struct ChangeUse {
  std::string Since; ///< as the user wrote it
  /// Findings that have no place in what was changed, suppressed ones and those
  /// of a baseline not counted.
  unsigned Outside = 0;
};

/// How much of something is as it should be: 3 of 4 queues have a bound. Those
/// that are suppressed, and those of which nobody can tell, are counted, and
/// not as good ones.
struct Metric {
  llvm::StringRef Name;  ///< for machines: `cancellation`
  llvm::StringRef Title; ///< `long-running tasks with a way to cancel them`
  unsigned Good = 0, Bad = 0, Suppressed = 0, Unknown = 0;

  unsigned total() const { return Good + Bad + Suppressed + Unknown; }
  /// From 0 to 100; none if there is nothing to be measured.
  std::optional<double> percent() const {
    return total() ? std::optional(100.0 * Good / total()) : std::nullopt;
  }
};

/// Everything that one run has to say.
struct Report {
  /// In the order of place, rule and message; suppressed and fixed ones
  /// included.
  std::vector<Finding> Findings;
  /// The rules that ran.
  std::vector<const Rule *> Rules;
  Level Shown = Level::Default;

  /// Main files of the units without errors, and the other ones; in any order.
  std::vector<std::string> Analysed;
  std::vector<UnitNotAnalysed> NotAnalysed;
  /// How many units the compile database has; some may not have been asked for.
  unsigned UnitsInDatabase = 0;
  /// What else the user should know of the run, a sentence each.
  std::vector<std::string> Notes;

  std::optional<BaselineUse> Baseline;
  std::optional<ChangeUse> Change;
  /// Empty unless asked for.
  std::vector<Metric> Metrics;
  /// Why the run fails although its findings alone would not say so, a sentence
  /// each.
  std::vector<std::string> Failures;

  std::string Version; ///< `0.1.0`
  /// Written with `Cost` only: it differs between runs that find the same.
  std::vector<std::string> CommandLine;
  /// The absolute path of the directory that file names are shown relative to.
  std::string Root;
  /// `Root` is a sandbox that will be gone when somebody reads the report: it
  /// is not named.
  bool RootIsSandbox = false;
  /// SARIF's `automationDetails.id`, which tells runs of one tool apart.
  std::string Category = "async-tidy/";
  std::optional<Statistics> Cost;
  /// What an earlier run found, for what has changed since.
  std::optional<PreviousRun> Previous;

  /// Where source text is read from, for code frames and columns.
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Sources =
      llvm::vfs::getRealFileSystem();
};

/// For people: a code frame for each finding, its path, and a summary. Coloured
/// if \p OS has colours enabled. LLVM enables them in every file stream, so the
/// caller says `OS.enable_colors(...)` before.
void printText(const Report &R, llvm::raw_ostream &OS);
/// docs/design/json.md defines it.
void printJson(const Report &R, llvm::raw_ostream &OS);
/// SARIF 2.1.0, as code scanning services read it.
void printSarif(const Report &R, llvm::raw_ostream &OS);
/// One file for a browser: all of it to look at, docs/design/html.md.
void printHtml(const Report &R, llvm::raw_ostream &OS);
// docs/design/formats.md says of the following what becomes what. They have the
// findings that are shown, and each unit that was not analysed as an error.
void printGitHub(const Report &R, llvm::raw_ostream &OS);
void printGitHubSummary(const Report &R, llvm::raw_ostream &OS);
void printGitLab(const Report &R, llvm::raw_ostream &OS);
void printCheckstyle(const Report &R, llvm::raw_ostream &OS);
void printJUnit(const Report &R, llvm::raw_ostream &OS);
void printReviewdog(const Report &R, llvm::raw_ostream &OS);
void printSonarQube(const Report &R, llvm::raw_ostream &OS);
void printExportFixes(const Report &R, llvm::raw_ostream &OS);

/// A way to write a report: `--output=Name[:FILE]`.
struct Format {
  llvm::StringLiteral Name;
  llvm::StringLiteral Help; ///< a noun phrase
  void (*Print)(const Report &, llvm::raw_ostream &);
};

llvm::ArrayRef<Format> formats();
/// The format called \p Name, or null.
const Format *findFormat(llvm::StringRef Name);

/// `1 finding`, `2 findings`; `2 fixes`, `2 entries`.
std::string plural(size_t N, llvm::StringRef What);
/// `3 of 4 (75.0 %)`, never rounded up; `not measured`.
std::string shownMetric(const Metric &M);
/// `note`, `warning`, `error`.
llvm::StringRef nameOf(Severity S);
/// `default`, `strict`, `hint`.
llvm::StringRef nameOf(Level L);
/// `new`, `unchanged`, as SARIF says it; empty if unknown.
llvm::StringRef nameOf(BaselineState S);
/// Where the page of \p R is on the web.
std::string pageUri(const Rule &R);
/// Where the project is on the web.
llvm::StringRef homepage();

} // namespace async_tidy

#endif // ASYNC_TIDY_REPORT_REPORT_H
