//===- Fingerprint.h - Which finding is the same as yesterday's -----------===//
//
// A finding's identity for baselines and code scanning services: it stays when
// lines move, files are renamed and messages are reworded.
// docs/design/fingerprints.md says what it is made of. It is for ever: another
// recipe gets another name.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_REPORT_FINGERPRINT_H
#define ASYNC_TIDY_REPORT_FINGERPRINT_H

#include "rules/Rule.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace async_tidy {

/// What the recipe is called wherever fingerprints are written.
inline constexpr llvm::StringLiteral FingerprintName = "asyncTidy/v1";

/// The recipe itself.
std::string fingerprint(llvm::StringRef RuleId, llvm::StringRef Function,
                        llvm::StringRef Subject, unsigned Ordinal);

/// The fingerprint of each of \p Findings, which are in the order of place: 32
/// hexadecimal digits, all different.
std::vector<std::string> fingerprints(llvm::ArrayRef<Finding> Findings);

} // namespace async_tidy

#endif // ASYNC_TIDY_REPORT_FINGERPRINT_H
