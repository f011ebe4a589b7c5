//===- CompileDatabase.h - How each file is compiled ----------------------===//
//
// Finds and reads compile_commands.json or compile_flags.txt. What comes out
// are jobs as the build system wrote them down, response files expanded;
// CommandLine.h makes command lines of them that Clang accepts.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_COMPILEDATABASE_H
#define ASYNC_TIDY_DRIVER_COMPILEDATABASE_H

#include "report/Source.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <optional>
#include <string>
#include <vector>

namespace async_tidy {

/// One compilation. A file may have several.
struct CompileJob {
  std::string File;      ///< its real path, as facts have it
  std::string Directory; ///< where the compiler is run
  std::vector<std::string> CommandLine;
  friend auto operator<=>(const CompileJob &, const CompileJob &) = default;
};

class CompileDatabase {
public:
  /// What `-- FLAGS` says: the same flags for every file that is named.
  static CompileDatabase fromFlags(std::vector<std::string> Flags,
                                   llvm::StringRef Directory);
  /// Reads \p Path: a compile_commands.json, or a folder that holds one or a
  /// compile_flags.txt.
  static llvm::Expected<CompileDatabase> load(llvm::StringRef Path);
  /// Looks in \p Start, its folders `build*` and then further up.
  static llvm::Expected<CompileDatabase> find(llvm::StringRef Start);

  /// The file that was read; empty for `-- FLAGS`.
  llvm::StringRef path() const { return Path; }
  /// Every job, by file; empty if the database knows flags and no files.
  llvm::ArrayRef<CompileJob> jobs() const { return Jobs; }
  bool namesFiles() const { return !Flags; }
  /// The jobs of \p File, by whichever of its names.
  std::vector<CompileJob> jobsOf(llvm::StringRef File) const;
  /// What the user should know: that several databases were found, say.
  std::vector<std::string> Notes;

private:
  std::string Path, Directory;
  std::vector<CompileJob> Jobs;
  std::optional<std::vector<std::string>> Flags;
};

/// The job of a compiler's command line that is run in \p Directory, an
/// absolute path; an error unless it compiles one C or C++ file. With
/// \p AsNamed, the file is called what the command calls it.
llvm::Expected<CompileJob> jobOf(llvm::ArrayRef<std::string> Command,
                                 llvm::StringRef Directory,
                                 bool AsNamed = false);

/// The folder in which async-tidy was started, as the shell calls it.
std::string currentDirectory();

/// \p Path without links, as facts name files; what does not exist only
/// becomes absolute. Names from elsewhere are compared by it.
std::string realPath(llvm::StringRef Path);

/// Brackets of \p Text nest more than \p Limit deep: LLVM's readers of JSON and
/// YAML call themselves for each level, and would fall off the stack.
bool nestsDeeperThan(llvm::StringRef Text, unsigned Limit);
constexpr unsigned MaxDepth = 500;

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_COMPILEDATABASE_H
