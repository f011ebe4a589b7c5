//===- Includes.h - Which headers a file includes -------------------------===//
//
// For people who want to know which libraries a project uses: headers as the
// file writes them, whatever the preprocessor makes of them.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_FACTS_INCLUDES_H
#define ASYNC_TIDY_FACTS_INCLUDES_H

#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace async_tidy {

/// What stands between the quotes or angle brackets of each `#include` of
/// \p Text, in order. Nothing if Clang's scanner cannot read it.
std::vector<std::string> includesIn(llvm::StringRef Text);

} // namespace async_tidy

#endif // ASYNC_TIDY_FACTS_INCLUDES_H
