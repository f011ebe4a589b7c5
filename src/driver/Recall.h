//===- Recall.h - Findings of earlier runs --------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_RECALL_H
#define ASYNC_TIDY_DRIVER_RECALL_H

#include "driver/Session.h"

namespace async_tidy {

/// \p F as bytes for the store.
std::string encode(const Findings &F);
/// Reads what `encode` wrote; none if this program did not write it.
std::optional<Findings> decodeFindings(llvm::StringRef Bytes);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_RECALL_H
