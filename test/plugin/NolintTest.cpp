//===- NolintTest.cpp - NOLINT means what it means in clang-tidy ----------===//
//
// nolint.cpp holds the forms, and says what each silences. The test asks the
// engine, which judges NOLINT after linking, clang-tidy, which applies its own
// to our findings, and the program.
//
//===----------------------------------------------------------------------===//

#include "models/Models.h"
#include "rules/Rule.h"
#include "support/FrontEnd.h"
#include "support/Unit.h"
#include <gmock/gmock.h>
#include <regex>
#include <set>
#include <sstream>

using namespace async_tidy;
using namespace async_tidy::test;

namespace {

const std::string Source = ASYNC_TIDY_SOURCE_DIR "/test/plugin/nolint.cpp";
using Place = std::pair<unsigned, unsigned>; // line and column

std::vector<std::string> linesOf(const std::string &Path) {
  std::istringstream File(readFile(Path));
  std::vector<std::string> Lines;
  for (std::string Line; std::getline(File, Line);)
    Lines.push_back(Line);
  return Lines;
}

/// What async-tidy finds: all places, and those that no comment silences.
struct Found {
  std::set<Place> All, Shown;
};

Found ourFindings() {
  const ModelSet &Models = builtinModels();
  std::vector<TranslationUnitFacts> Units;
  Units.push_back(factsOf(readFile(Source), "nolint.cpp"));
  const Program P(std::move(Units), Models);
  Found Result;
  for (const Finding &F :
       check(P, selectRules("-*,async-blocking-call", Level::Default))) {
    Result.All.insert({F.Where.Line, F.Where.Column});
    if (!F.Suppressed)
      Result.Shown.insert({F.Where.Line, F.Where.Column});
  }
  return Result;
}

/// What \p A shows, and that it shows anything at all.
std::set<Place> shown(const Answer &A) {
  EXPECT_EQ(A.Failure, "");
  std::set<Place> Shown;
  for (const Seen &S : A.Findings)
    Shown.insert({S.Where.Line, S.Column});
  EXPECT_FALSE(Shown.empty());
  return Shown;
}

Fixture fixture() {
  Fixture F;
  F.Sources = {Source};
  F.Flags = defaultFlags();
  F.Checks = "-*,async-blocking-call";
  return F;
}

TEST(Nolint, TheFileIsReadAsItSays) {
  const std::vector<std::string> Lines = linesOf(Source);
  const Found Ours = ourFindings();
  std::map<unsigned, std::vector<bool>> Shown; // a line's, by column
  for (const Place &P : Ours.All)
    Shown[P.first].push_back(Ours.Shown.count(P));

  const std::regex Verdict("SHOWN|SILENT");
  unsigned Compared = 0;
  for (unsigned L = 1; L <= Lines.size(); ++L) {
    const std::string &Line = Lines[L - 1];
    if (Line.find("//") == 0) // the file's own explanations
      continue;
    std::vector<bool> Said;
    for (std::sregex_iterator I(Line.begin(), Line.end(), Verdict), End;
         I != End; ++I)
      Said.push_back(I->str() == "SHOWN");
    EXPECT_EQ(Shown[L], Said) << Source << ":" << L << ": " << Line;
    Compared += Said.size();
  }
  EXPECT_GE(Compared, 70u);
}

TEST(Nolint, ClangTidyAgrees) {
  for (unsigned Version : {ASYNC_TIDY_PLUGIN_NUMBERS})
    EXPECT_EQ(ourFindings().Shown, shown(runPlugin(fixture(), Version)))
        << Version;
}

TEST(Nolint, TheProgramAgrees) {
  EXPECT_EQ(ourFindings().Shown, shown(runProgram(fixture())));
}

} // namespace
