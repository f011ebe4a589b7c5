//===- Inputs.h - Which units the names on the command line mean ----------===//

#ifndef ASYNC_TIDY_DRIVER_INPUTS_H
#define ASYNC_TIDY_DRIVER_INPUTS_H

#include "driver/Analyse.h"
#include "driver/CompileDatabase.h"

namespace async_tidy {

struct Inputs {
  /// To be analysed, by file.
  std::vector<CompileJob> Jobs;
  /// The files and folders that were named, by real path; empty if none were.
  std::vector<std::string> Scope;
  /// Headers among them: a unit that includes each is still to be found.
  std::vector<std::string> Headers;
  /// Source files that the database does not know.
  std::vector<std::string> Unknown;
};

/// What \p Names mean with \p Database; an error if one of them does not exist
/// or means nothing.
llvm::Expected<Inputs> selectInputs(const CompileDatabase &Database,
                                    llvm::ArrayRef<std::string> Names);

/// Analyses units of \p Jobs, the likeliest first, until one has read
/// \p Header. Gives that one alone; none if there is none.
llvm::Expected<std::optional<UnitResult>>
analyseHeader(llvm::StringRef Header, llvm::ArrayRef<CompileJob> Jobs,
              const AnalysisOptions &Options, CompileJob &Used);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_INPUTS_H
