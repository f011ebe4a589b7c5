//===- Objects.h - Names of objects, and of what makes and ends them ------===//
//
// Questions about object paths (BodyFacts.h) and functions that need no
// program.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_PROGRAM_OBJECTS_H
#define ASYNC_TIDY_PROGRAM_OBJECTS_H

#include "facts/Facts.h"
#include "llvm/ADT/StringRef.h"

namespace async_tidy {

/// The path \p Inner is \p Outer or something in it.
bool isWithin(llvm::StringRef Inner, llvm::StringRef Outer);
/// The object with which \p Path begins: `this`, a local, `::` and a name.
llvm::StringRef rootOf(llvm::StringRef Path);

/// \p F makes an object, ends it or makes it another one: a constructor, a
/// destructor, an assignment. No task of the object lives to see that.
bool isOfLifetime(const FunctionFacts &F);

} // namespace async_tidy

#endif // ASYNC_TIDY_PROGRAM_OBJECTS_H
