//===- RulesTest.cpp - What belongs to a rule -----------------------------===//
//
// A rule is three files and one line. They say some things twice, for different
// readers; here they are held to say the same.
//
//===----------------------------------------------------------------------===//

#include "conventions/Repository.h"
#include "rules/Rule.h"
#include "support/Fixture.h"
#include "gtest/gtest.h"
#include <filesystem>
#include <regex>
#include <set>

namespace async_tidy::test {
namespace {

using Names = std::set<std::string>;

/// The files `async-*` in \p Folder, without ending.
Names namesIn(const std::string &Folder, const std::string &Ending) {
  Names Found;
  for (const SourceFile &File : filesOf(Folder, {Ending}))
    if (File.name().starts_with("async-"))
      Found.insert(File.name().substr(0, File.name().size() - Ending.size()));
  return Found;
}

Names ids() {
  Names Ids;
  for (const Rule *R : allRules())
    EXPECT_TRUE(Ids.insert(R->Id.str()).second) << "twice: " << R->Id.str();
  return Ids;
}

std::string pageOf(const Rule &R) {
  return readFile(ASYNC_TIDY_SOURCE_DIR "/checks/" + R.Group.str() + "/" +
                  R.Id.str() + ".md");
}

TEST(Rules, HaveTheirFilesAndNoFileIsLeftOver) {
  EXPECT_FALSE(ids().empty());
  EXPECT_EQ(namesIn("checks", ".cpp"), ids());
  EXPECT_EQ(namesIn("checks", ".md"), ids());
  Names Fixtures;
  for (const Fixture &F : ruleFixtures())
    for (const Mark &M : F.Expected)
      Fixtures.insert(M.Rule);
  EXPECT_EQ(Fixtures, ids()) << "rules for which a fixture expects something";
}

TEST(Rules, HaveNamesThatReadWellAfterAllow) {
  static const std::regex Kebab("async(-[a-z]+)+");
  for (const std::string &Id : ids()) {
    EXPECT_TRUE(std::regex_match(Id, Kebab)) << Id;
    EXPECT_FALSE(Id.starts_with("async-no-") || Id.starts_with("async-avoid-"))
        << Id;
  }
}

TEST(Rules, SayInOneSentenceWhatTheyReport) {
  for (const Rule *R : allRules()) {
    EXPECT_TRUE(isupper(R->Summary.front()) && R->Summary.ends_with("."))
        << R->Id.str() << ": " << R->Summary.str();
    EXPECT_NE(!R->Check, !R->CheckDirective) << R->Id.str();
    EXPECT_FALSE(R->Since.empty()) << R->Id.str();
  }
}

TEST(Rules, ArePartOfTheProgramWithTheirPages) {
  for (const Rule *R : allRules())
    EXPECT_EQ(documentation(*R).str(), pageOf(*R)) << R->Id.str();
}

TEST(Rules, HavePagesOfOneShape) {
  const std::vector<std::string> Shape = {"Why", "Example", "What to do",
                                          "Limits", "Options"};
  for (const Rule *R : allRules()) {
    const std::string Page = pageOf(*R);
    EXPECT_TRUE(
        Page.starts_with("# " + R->Id.str() + "\n\n" + R->Summary.str()))
        << R->Id.str() << ": a page begins with the id and the summary";
    std::vector<std::string> Headings;
    static const std::regex Heading("(?:^|\n)## ([^\n]*)");
    for (std::sregex_iterator At(Page.begin(), Page.end(), Heading), End;
         At != End; ++At)
      Headings.push_back((*At)[1]);
    EXPECT_EQ(Headings, Shape) << R->Id.str();
    for (const RuleOption &O : R->Options)
      EXPECT_NE(Page.find("- `" + O.Name.str() + "` (`" + O.Default.str() +
                          "`): " + O.Help.str()),
                std::string::npos)
          << R->Id.str() << ": the page tells otherwise of " << O.Name.str();
  }
}

TEST(Rules, HavePagesWithACodeToBlameAndABetterOne) {
  for (const Rule *R : allRules()) {
    const std::string Page = pageOf(*R);
    EXPECT_NE(Page.find("```cpp"), std::string::npos) << R->Id.str();
    EXPECT_NE(Page.find("// expect: " + R->Id.str()), std::string::npos)
        << R->Id.str() << ": no example has the finding";
  }
}

} // namespace
} // namespace async_tidy::test
