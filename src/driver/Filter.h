//===- Filter.h - Which findings a user wants to see ----------------------===//
//
// Everything that is parsed helps to understand the program; not everything is
// the user's to mend. A finding is judged by its primary place only.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_FILTER_H
#define ASYNC_TIDY_DRIVER_FILTER_H

#include "driver/Config.h"

namespace async_tidy {

/// Why a finding is not shown, if it is not.
enum class Verdict {
  Show,
  OutOfScope,       ///< not in the files that were named
  HeaderOutOfScope, ///< nor is it a main file: one that they may include
  Header,           ///< the header filters say so
  NotOurs,          ///< in a generated or vendored file
};

class Filter {
public:
  /// Shows what is in \p Scope, real paths of files and folders; in everything
  /// if it is empty. Generated and vendored files are told by their path within
  /// the project, which has \p SourceRoot and, here or below, \p BuildFolder;
  /// they are shown if \p Scope names them or \p All is set. With \p
  /// AskedForHeaders the header filters decide of headers that \p Scope does
  /// not name.
  Filter(std::vector<std::string> Scope, std::string SourceRoot,
         std::string BuildFolder, bool All, bool AskedForHeaders = false)
      : Scope(std::move(Scope)), SourceRoot(std::move(SourceRoot)),
        BuildFolder(std::move(BuildFolder)), All(All),
        AskedForHeaders(AskedForHeaders) {}

  Verdict judge(llvm::StringRef File, bool IsMainFile,
                const FileConfig &Config) const;

private:
  /// \p File relative to its project.
  llvm::StringRef withinProject(llvm::StringRef File) const;

  std::vector<std::string> Scope;
  std::string SourceRoot, BuildFolder;
  bool All, AskedForHeaders;
};

/// A file that a build made (`build/`, `moc_x.cpp`, `x.pb.h`) or that came from
/// elsewhere (`third_party/`). \p Path is relative to the project.
bool isGeneratedOrVendored(llvm::StringRef Path);

/// \p Path is \p Folder or below it.
bool isBelow(llvm::StringRef Path, llvm::StringRef Folder);

/// The deepest folder that holds all of \p Jobs.
std::string commonFolder(llvm::ArrayRef<CompileJob> Jobs);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_FILTER_H
