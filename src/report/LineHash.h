//===- LineHash.h - GitHub's identity of a line ---------------------------===//
//
// GitHub's code scanning knows an alert again by its rule and by a hash of the
// text from the alert's line on. Its action for uploads adds that hash to a
// report that lacks it and complains of one that differs; an upload by the API
// has none unless the report does.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_REPORT_LINEHASH_H
#define ASYNC_TIDY_REPORT_LINEHASH_H

#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace async_tidy {

/// What `primaryLocationLineHash` is for each line of \p Text, by the algorithm
/// of github/codeql-action (src/fingerprints.ts): `<hexadecimal>:<count>`.
/// docs/design/sarif.md describes it.
std::vector<std::string> lineHashes(llvm::StringRef Text);

} // namespace async_tidy

#endif // ASYNC_TIDY_REPORT_LINEHASH_H
