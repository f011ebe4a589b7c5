//===- Conditions.h - Is it true of this call? ----------------------------===//
//
// Judges the conditions of models at a call site. Internal to src/models.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_MODELS_CONDITIONS_H
#define ASYNC_TIDY_MODELS_CONDITIONS_H

#include "models/Models.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace async_tidy {

/// Whether the result of a function is a callable that runs what the function
/// was given, as that of `std::bind` is.
using IsWrapper = llvm::function_ref<bool(llvm::StringRef Function)>;

/// One of \p When holds, if there are any, and none of \p Unless.
bool applies(llvm::ArrayRef<Condition> When, llvm::ArrayRef<Condition> Unless,
             const CallSite &Call, IsWrapper Wraps);

} // namespace async_tidy

#endif // ASYNC_TIDY_MODELS_CONDITIONS_H
