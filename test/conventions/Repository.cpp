//===- Repository.cpp -----------------------------------------------------===//

#include "conventions/Repository.h"
#include "support/Fixture.h"
#include <algorithm>
#include <filesystem>
#include <sstream>

namespace async_tidy::test {

namespace fs = std::filesystem;

std::string SourceFile::folder(unsigned Depth) const {
  std::istringstream In(Path);
  std::string Part;
  for (unsigned I = 0; I <= Depth; ++I)
    if (!std::getline(In, Part, '/') || In.eof())
      return "";
  return Part;
}

std::string SourceFile::name() const {
  return Path.substr(Path.rfind('/') + 1);
}

std::vector<SourceFile> filesOf(const std::string &Folder,
                                const std::vector<std::string> &Endings) {
  const fs::path Top = ASYNC_TIDY_SOURCE_DIR;
  std::vector<SourceFile> Files;
  for (auto At = fs::recursive_directory_iterator(Top / Folder);
       At != fs::recursive_directory_iterator(); ++At) {
    const std::string Path = At->path().lexically_relative(Top);
    if (Path == "test/stubs" || Path == "test/corpus" || Path == "build")
      At.disable_recursion_pending();
    if (!At->is_regular_file() ||
        std::none_of(Endings.begin(), Endings.end(),
                     [&](const std::string &E) { return Path.ends_with(E); }))
      continue;
    SourceFile File{Path, {}};
    std::istringstream In(readFile(At->path()));
    for (std::string Line; std::getline(In, Line);)
      File.Lines.push_back(Line);
    Files.push_back(std::move(File));
  }
  std::sort(Files.begin(), Files.end(),
            [](const auto &A, const auto &B) { return A.Path < B.Path; });
  return Files;
}

std::vector<SourceFile> ourCode() {
  std::vector<SourceFile> Files;
  for (const char *Folder : {"src", "checks", "integrations", "test"})
    for (SourceFile &File : filesOf(Folder, {".cpp", ".h"}))
      Files.push_back(std::move(File));
  return Files;
}

} // namespace async_tidy::test
