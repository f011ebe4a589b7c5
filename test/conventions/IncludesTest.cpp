//===- IncludesTest.cpp - Which way includes point ------------------------===//

#include "conventions/Repository.h"
#include "gtest/gtest.h"
#include <algorithm>
#include <map>
#include <regex>

namespace async_tidy::test {
namespace {

/// Lowest first: a layer knows those before it.
const std::vector<std::string> Layers = {"facts",  "models", "program", "rules",
                                         "report", "driver", "cli"};

size_t heightOf(const std::string &Layer) {
  return std::find(Layers.begin(), Layers.end(), Layer) - Layers.begin();
}

/// What each file includes: path and line.
std::map<std::string, unsigned> includesOf(const SourceFile &File) {
  static const std::regex Include(R"(^\s*#\s*include\s*["<]([^">]+)[">])");
  std::map<std::string, unsigned> Includes;
  std::smatch Match;
  for (unsigned I = 0; I < File.Lines.size(); ++I)
    if (std::regex_search(File.Lines[I], Match, Include))
      Includes[Match[1]] = I + 1;
  return Includes;
}

std::string firstFolder(const std::string &Path) {
  return Path.substr(0, Path.find('/'));
}

TEST(Includes, PointOneWay) {
  for (const SourceFile &File : filesOf("src", {".cpp", ".h"})) {
    const size_t Height = heightOf(File.folder(1));
    ASSERT_LT(Height, Layers.size()) << File.Path << ": not in a layer";
    for (const auto &[Path, Line] : includesOf(File))
      if (size_t Other = heightOf(firstFolder(Path)); Other != Layers.size())
        EXPECT_LE(Other, Height)
            << File.Path << ":" << Line << ": `" << Layers[Height]
            << "` must not know `" << Layers[Other] << "`";
  }
}

TEST(Includes, OfARuleAreOnlyWhatRulesMayKnow) {
  for (const SourceFile &File : filesOf("checks", {".cpp", ".h"}))
    for (const auto &[Path, Line] : includesOf(File)) {
      const std::string From = firstFolder(Path);
      EXPECT_TRUE(From == "rules" || From == "llvm" ||
                  Path.find('/') == std::string::npos)
          << File.Path << ":" << Line << ": a rule must not include " << Path;
    }
}

TEST(Includes, OfClangAreWhereClangIsUsed) {
  for (const SourceFile &File : ourCode()) {
    const bool Allowed =
        File.folder(0) == "integrations" || File.folder(0) == "test" ||
        File.folder(1) == "facts" || File.folder(1) == "driver";
    if (!Allowed)
      for (const auto &[Path, Line] : includesOf(File))
        EXPECT_TRUE(firstFolder(Path) != "clang" &&
                    firstFolder(Path) != "clang-tidy")
            << File.Path << ":" << Line << ": includes " << Path;
  }
}

TEST(Includes, VersionsOfLLVMDifferInOnePlace) {
  for (const SourceFile &File : ourCode()) {
    if (File.Path == "src/facts/ClangCompat.h" || File.folder(0) != "src")
      continue;
    for (unsigned I = 0; I < File.Lines.size(); ++I)
      EXPECT_FALSE(File.Lines[I].starts_with("#") &&
                   File.Lines[I].find("LLVM_VERSION") != std::string::npos)
          << File.Path << ":" << I + 1;
  }
}

} // namespace
} // namespace async_tidy::test
