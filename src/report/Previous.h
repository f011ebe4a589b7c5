//===- Previous.h - What an earlier run found -----------------------------===//

#ifndef ASYNC_TIDY_REPORT_PREVIOUS_H
#define ASYNC_TIDY_REPORT_PREVIOUS_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <map>
#include <set>
#include <string>

namespace async_tidy {

/// The findings that an earlier run showed.
struct PreviousRun {
  std::set<std::string> Fingerprints;
  std::map<std::string, unsigned> OfRule; ///< rule id -> how many
};

/// Reads what printJson wrote; anything else is an error that says so.
llvm::Expected<PreviousRun> readPrevious(llvm::StringRef Json);

} // namespace async_tidy

#endif // ASYNC_TIDY_REPORT_PREVIOUS_H
