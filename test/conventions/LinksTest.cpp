//===- LinksTest.cpp - Where the documentation points ---------------------===//

#include "conventions/Repository.h"
#include "support/Fixture.h"
#include "gtest/gtest.h"
#include <filesystem>
#include <regex>
#include <sstream>

namespace async_tidy::test {
namespace {

namespace fs = std::filesystem;

/// What is read by people.
std::vector<SourceFile> pages() {
  std::vector<SourceFile> Pages = filesOf("docs", {".md"});
  for (SourceFile &File : filesOf("test", {"README.md"}))
    Pages.push_back(std::move(File));
  SourceFile &Top = Pages.emplace_back(SourceFile{"README.md", {}});
  std::istringstream In(readFile(ASYNC_TIDY_SOURCE_DIR "/README.md"));
  for (std::string Line; std::getline(In, Line);)
    Top.Lines.push_back(Line);
  return Pages;
}

/// The links of \p Line; a lambda in inline code looks like one.
std::vector<std::string> linksIn(const std::string &Line) {
  static const std::regex Code("`[^`]*`"), Link(R"(\]\(([^()\s]+)\))");
  const std::string Text = std::regex_replace(Line, Code, "");
  std::vector<std::string> Links;
  for (std::sregex_iterator At(Text.begin(), Text.end(), Link), End; At != End;
       ++At)
    Links.push_back((*At)[1]);
  return Links;
}

TEST(Links, PointToFilesThatExist) {
  const fs::path Top = ASYNC_TIDY_SOURCE_DIR;
  unsigned Count = 0;
  for (const SourceFile &Page : pages()) {
    bool InCode = false;
    for (unsigned I = 0; I < Page.Lines.size(); ++I) {
      InCode ^= Page.Lines[I].starts_with("```");
      if (InCode)
        continue;
      for (const std::string &Link : linksIn(Page.Lines[I])) {
        const std::string Path = Link.substr(0, Link.find('#'));
        if (Path.empty() || Link.find(':') != std::string::npos)
          continue;
        ++Count;
        EXPECT_TRUE(fs::exists((Top / Page.Path).parent_path() / Path))
            << Page.Path << ":" << I + 1 << ": no file " << Path;
      }
    }
  }
  EXPECT_GT(Count, 10u);
}

} // namespace
} // namespace async_tidy::test
