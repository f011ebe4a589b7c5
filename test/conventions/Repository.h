//===- Repository.h - The project's own files -----------------------------===//

#ifndef ASYNC_TIDY_TEST_CONVENTIONS_REPOSITORY_H
#define ASYNC_TIDY_TEST_CONVENTIONS_REPOSITORY_H

#include <string>
#include <vector>

namespace async_tidy::test {

/// A file of the project.
struct SourceFile {
  std::string Path; ///< from the top of the project, with `/`
  std::vector<std::string> Lines;

  /// `src`, `checks`, `test` ...; then `facts`, `blocking` ...
  std::string folder(unsigned Depth) const;
  std::string name() const;
};

/// The files below \p Folder whose names end so, in order of their paths;
/// what others wrote (stubs) and what is code under test left out.
std::vector<SourceFile> filesOf(const std::string &Folder,
                                const std::vector<std::string> &Endings);
/// All C++ that is ours.
std::vector<SourceFile> ourCode();

} // namespace async_tidy::test

#endif // ASYNC_TIDY_TEST_CONVENTIONS_REPOSITORY_H
