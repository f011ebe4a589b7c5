//===- Analyse.h - Jobs to facts ------------------------------------------===//
//
//   CompileJob* --prepare, ask the store, parse the rest--> facts
//
// Each is parsed in a child: a unit that cannot be parsed is told and the
// others go on.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_ANALYSE_H
#define ASYNC_TIDY_DRIVER_ANALYSE_H

#include "driver/CommandLine.h"
#include "driver/CompileDatabase.h"
#include "driver/Pool.h"
#include "driver/Store.h"
#include "facts/Facts.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace async_tidy {

/// What became of one job.
struct UnitResult {
  TranslationUnitFacts Facts;
  /// Identifies the facts.
  Digest Content;
  /// Set if only the head of the facts (Record.h) is here and the rest is in
  /// the store. With errors of the compiler, all is here.
  std::optional<KeptUnit> Stored;
  /// Why it counts as not analysed; empty if it is. Facts may be there all the
  /// same.
  std::string Failure;
  /// The process that parsed it failed: there are no facts.
  bool ProcessFailed = false;
  /// The place of a compiler error.
  Location FailedAt;
  double CpuSeconds = 0;
  uint64_t PeakBytes = 0;
};

struct AnalysisOptions {
  PoolOptions Pool;
  FlagChanges Flags;
  /// Changes for one file, by its .clang-tidy; may be empty.
  std::function<FlagChanges(llvm::StringRef File)> FlagsOfFile;
  bool SkipBodies = true;
  /// Headers that several units begin with are parsed once, if bodies are
  /// skipped.
  bool Share = true;
  bool InProcess = false; ///< for debuggers
  uint64_t MaxBytes = 0;  ///< of memory for one unit; 0: no limit
  /// Where facts are looked for and kept; may be null.
  Store *Kept = nullptr;
  /// For parseAlone.
  FileNaming Naming = {};
  bool StoreOnly = false; ///< parse nothing
};

/// Why a unit was parsed.
struct Rebuilt {
  std::string File, Reason;
};

struct Analysis {
  std::vector<UnitResult> Units; ///< in the order of the jobs
  std::set<std::string> Notes;
  std::vector<Rebuilt> Parsed; ///< in the order of the jobs
  /// What was parsed for several units.
  double SharedCpuSeconds = 0;
  bool Interrupted = false;
};

/// Told when a unit is begun and when it is done: how many are, and which it
/// is.
using Progress =
    llvm::function_ref<void(size_t Done, const CompileJob &, bool Runs)>;
/// For those who do not wait.
inline void noProgress(size_t, const CompileJob &, bool) {}

/// An error only if nothing can be analysed at all.
llvm::Expected<Analysis> analyse(llvm::ArrayRef<CompileJob> Jobs,
                                 const AnalysisOptions &Options,
                                 Progress Report);

/// All facts of \p U, of the project below \p Root.
llvm::Expected<UnitResult> unpack(const UnitRecord &U, llvm::StringRef Root);

/// Parses one unit, whose paths below \p Root become relative, and never asks
/// the store. An error if there are no facts, compiler errors are some. What
/// was left out of the command and may matter is added to \p Notes.
llvm::Expected<ParsedUnit> parseAlone(const CompileJob &Job,
                                      const AnalysisOptions &Options,
                                      llvm::StringRef Root,
                                      std::set<std::string> &Notes);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_ANALYSE_H
