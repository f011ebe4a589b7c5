//===- Parse.h - One unit, by Clang ---------------------------------------===//
//
// Runs Clang's frontend over one job, in this process, and extracts its facts.
// Whoever may not crash or hang runs it in a child (Pool.h).
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_PARSE_H
#define ASYNC_TIDY_DRIVER_PARSE_H

#include "driver/CompileDatabase.h"
#include "facts/Facts.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace clang {
class CompilerInstance;
}

namespace async_tidy {

/// Takes part in a parse.
class ParseHook {
public:
  virtual ~ParseHook() = default;
  /// Called before the main file is entered.
  virtual void begin(clang::CompilerInstance &Clang) = 0;
};

/// The facts of \p Job, whose command line is prepared; with Clang's errors.
/// \p SkipBodies leaves the bodies of functions in system headers unparsed.
/// \p Files is asked for everything. `__FILE__` is relative to \p Root, if that
/// is not empty. \p Hook may be null. Memory that the parse took is not given
/// back.
TranslationUnitFacts
parse(const CompileJob &Job, bool SkipBodies,
      llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files =
          llvm::vfs::getRealFileSystem(),
      llvm::StringRef Root = {}, ParseHook *Hook = nullptr);

/// What the Clang inside calls itself, with its version.
std::string clangVersion();

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_PARSE_H
