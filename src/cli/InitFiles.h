//===- InitFiles.h - What async-tidy init writes --------------------------===//

#ifndef ASYNC_TIDY_CLI_INITFILES_H
#define ASYNC_TIDY_CLI_INITFILES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace async_tidy::cli {

/// A file to be written, unless it is there.
struct InitFile {
  std::string Path; ///< relative to the project
  std::string Text;
  std::string What; ///< for people: a noun phrase
};

/// The CI systems that a project uses: what its files say, then where its git
/// repository comes from. Of `github`, `gitlab`, `jenkins`.
std::vector<std::string> ciSystems(llvm::StringRef Project);

/// How the project below \p Project is configured into \p Build, a folder;
/// both absolute. An error if that cannot be written into a CI file: it is no
/// part of the project, or has a name with unusual characters.
struct HowConfigured {
  std::string Folder;  ///< relative: `build`
  std::string Command; ///< `cmake -S . -B build ...`
};
llvm::Expected<HowConfigured> howConfigured(llvm::StringRef Project,
                                            llvm::StringRef Build);

/// The configuration for clang-tidy and async-tidy.
InitFile configurationFile();
/// What makes \p System check each change, next to what \p Project has.
std::vector<InitFile> ciFiles(llvm::StringRef System, llvm::StringRef Project,
                              const HowConfigured &How);

/// What is still to be done by hand for \p System, in words; may be empty.
std::string ciAdvice(llvm::StringRef System, llvm::StringRef Project);

} // namespace async_tidy::cli

#endif // ASYNC_TIDY_CLI_INITFILES_H
