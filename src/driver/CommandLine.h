//===- CommandLine.h - A command line that Clang accepts ------------------===//
//
// Build systems write command lines for the compiler that they use, often gcc.
// Here they become ones for our Clang: outputs, plugins and precompiled headers
// go, what only gcc knows goes, our resource directory comes in.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_COMMANDLINE_H
#define ASYNC_TIDY_DRIVER_COMMANDLINE_H

#include "driver/CompileDatabase.h"
#include <set>

namespace async_tidy {

/// What the user adds to and takes from every command line.
struct FlagChanges {
  std::vector<std::string> Before,
      After;                        ///< `--extra-arg-before`, `--extra-arg`
  std::vector<std::string> Removed; ///< `RemovedArgs` of .clang-tidy
};

/// The directory of Clang's own headers, next to the libclang-cpp that runs; an
/// error if it is not there.
llvm::Expected<std::string> resourceDirectory();

/// Rewrites the command line of \p Job. What was left out and may matter is
/// added to \p Notes. An error if the job cannot be run on this machine.
llvm::Expected<CompileJob> prepare(CompileJob Job, const FlagChanges &Changes,
                                   llvm::StringRef ResourceDirectory,
                                   std::set<std::string> &Notes);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_COMMANDLINE_H
