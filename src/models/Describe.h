//===- Describe.h - What is known of a name -------------------------------===//
//
// For `async-tidy models --function NAME`: everything the loaded files say of
// one function or type, where they say it, and what of it counts.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_MODELS_DESCRIBE_H
#define ASYNC_TIDY_MODELS_DESCRIBE_H

#include "models/Models.h"

namespace async_tidy {

/// One thing that a file says of a name.
struct Description {
  std::string Library, File;
  unsigned Line = 0;
  std::string Key;  ///< of the file: `blocking`
  std::string What; ///< in words: `waits for time to pass (...)`
  /// A later file says otherwise, so this does not count.
  bool Overruled = false;
};

/// What \p Models know of the function or type \p Name, in the order in which
/// it was loaded. A type may have template arguments.
std::vector<Description> describe(const ModelSet &Models, llvm::StringRef Name);

/// Known names that look like \p Name, the likeliest first: its last part is
/// the same, or it is misspelt.
std::vector<std::string> similarNames(const ModelSet &Models,
                                      llvm::StringRef Name);

} // namespace async_tidy

#endif // ASYNC_TIDY_MODELS_DESCRIBE_H
