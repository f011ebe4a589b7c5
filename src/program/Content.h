//===- Content.h - Whether two definitions say the same -------------------===//
//
// The text of a header means different things to units that are compiled
// differently: one place and one name may be several definitions. What the
// facts of each say tells them apart.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_PROGRAM_CONTENT_H
#define ASYNC_TIDY_PROGRAM_CONTENT_H

#include "facts/Facts.h"

namespace async_tidy {

/// A hash of all that \p F says, whichever \p Unit (its main file) says it.
uint64_t contentOf(const FunctionFacts &F, llvm::StringRef Unit);

} // namespace async_tidy

#endif // ASYNC_TIDY_PROGRAM_CONTENT_H
