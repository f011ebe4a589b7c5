//===- CheckTest.cpp - From rules and a program to findings ---------------===//
//
// Levels, order, doubles and NOLINT, with rules and facts of the test's own.
//
//===----------------------------------------------------------------------===//

#include "facts/Directives.h"
#include "rules/Rule.h"
#include <gmock/gmock.h>

using namespace async_tidy;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

/// Reports every call; those of `hint` only at that level.
void reportCalls(const FunctionFacts &F, const Program &, const RuleOptions &O,
                 FindingSink &Report) {
  for (const CallSite &C : F.Calls) {
    Finding &Found =
        Report(C.Where, "calls `" + C.CalleeName + "`" + O.get("Suffix").str(),
               C.CalleeName);
    if (C.CalleeName == "hint")
      Found.Shown = Level::Hint;
  }
}

constexpr RuleOption Options[] = {{"Suffix", "", "what to add"}};
const Rule Usual{"async-usual",  "test",      "reports calls", "0.1",
                 Level::Default, reportCalls, Options};
const Rule Strict{"async-strict", "test",        "reports calls",
                  "0.1",          Level::Strict, reportCalls};

/// A unit of one function that makes the calls \p Calls.
TranslationUnitFacts unit(std::string File,
                          std::vector<std::pair<unsigned, std::string>> Calls,
                          std::string Text = "") {
  TranslationUnitFacts U;
  U.MainFile = File;
  U.Files = {File};
  FunctionFacts F;
  F.Id = "c:" + File;
  F.Name = "f";
  F.Where = {File, 1, 1};
  for (auto &[Line, Callee] : Calls) {
    CallSite C;
    C.CalleeName = Callee;
    C.Where = {File, Line, 1};
    F.Calls.push_back(C);
  }
  U.Functions.push_back(F);
  U.Directives = directivesIn(Text, File);
  return U;
}

/// `file:line rule message` of each finding, marked if it is suppressed.
std::vector<std::string> run(std::vector<TranslationUnitFacts> Units,
                             const Selection &What) {
  const ModelSet Models;
  const Program P(std::move(Units), Models);
  std::vector<std::string> Lines;
  for (const Finding &F : check(P, What))
    Lines.push_back(F.Where.File + ":" + std::to_string(F.Where.Line) + " " +
                    F.From->Id.str() + " " + F.Message +
                    (F.Suppressed ? " (suppressed)" : ""));
  return Lines;
}

TEST(Check, FindingsComeInTheOrderOfPlaceRuleAndMessage) {
  Selection What{Level::Strict, {&Usual, &Strict}};
  const auto A = unit("a.cpp", {{2, "x"}, {1, "z"}, {1, "y"}});
  const auto B = unit("b.cpp", {{1, "x"}});
  const auto Expected = ElementsAre(
      "a.cpp:1 async-strict calls `y`", "a.cpp:1 async-strict calls `z`",
      "a.cpp:1 async-usual calls `y`", "a.cpp:1 async-usual calls `z`",
      "a.cpp:2 async-strict calls `x`", "a.cpp:2 async-usual calls `x`",
      "b.cpp:1 async-strict calls `x`", "b.cpp:1 async-usual calls `x`");
  EXPECT_THAT(run({A, B}, What), Expected);
  std::reverse(What.Rules.begin(), What.Rules.end());
  EXPECT_THAT(run({B, A}, What), Expected);
}

TEST(Check, TheSameIsSaidOnce) {
  EXPECT_THAT(
      run({unit("a.cpp", {{1, "x"}, {1, "x"}})}, {Level::Default, {&Usual}}),
      ElementsAre("a.cpp:1 async-usual calls `x`"));
}

TEST(Check, TheLevelHoldsForRulesAndForSingleFindings) {
  const auto U = unit("a.cpp", {{1, "x"}, {2, "hint"}});
  const std::vector<const Rule *> Both = {&Usual, &Strict};
  EXPECT_THAT(run({U}, {Level::Default, Both}),
              ElementsAre("a.cpp:1 async-usual calls `x`"));
  EXPECT_THAT(run({U}, {Level::Strict, Both}),
              ElementsAre("a.cpp:1 async-strict calls `x`",
                          "a.cpp:1 async-usual calls `x`"));
  EXPECT_EQ(run({U}, {Level::Hint, Both}).size(), 4u);
}

TEST(Check, ARuleThatIsNamedIgnoresTheLevel) {
  const auto U = unit("a.cpp", {{1, "x"}, {2, "hint"}});
  EXPECT_THAT(run({U}, {Level::Default, {&Usual, &Strict}, {&Strict}}),
              ElementsAre("a.cpp:1 async-strict calls `x`",
                          "a.cpp:1 async-usual calls `x`",
                          "a.cpp:2 async-strict calls `hint`"));
}

TEST(Check, OnlySelectedRulesRunAndSeeTheirOptions) {
  Selection What{Level::Hint, {&Usual}};
  What.CheckOptions = {{"async-usual.Suffix", "!"}};
  EXPECT_THAT(run({unit("a.cpp", {{1, "x"}})}, What),
              ElementsAre("a.cpp:1 async-usual calls `x`!"));
}

TEST(Check, AFindingKnowsItsFunctionAndSubject) {
  const ModelSet Models;
  const Program P({unit("a.cpp", {{1, "x"}})}, Models);
  const auto Found = check(P, {Level::Default, {&Usual}});
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_EQ(Found[0].Function, "f");
  EXPECT_EQ(Found[0].Subject, "x");
}

TEST(Suppress, CommentsMarkTheFindingsTheyCover) {
  const auto U = unit("a.cpp", {{1, "x"}, {2, "x"}, {3, "x"}, {5, "x"}},
                      "// NOLINT\n"
                      "// NOLINT(async-strict)\n"
                      "// NOLINTNEXTLINE(async-strict) NOLINT(bugprone-x)\n"
                      "\n"
                      "// NOLINT(async-*,-async-usual)\n");
  EXPECT_THAT(run({U}, {Level::Default, {&Usual}}),
              ElementsAre("a.cpp:1 async-usual calls `x` (suppressed)",
                          "a.cpp:2 async-usual calls `x`",
                          "a.cpp:3 async-usual calls `x`",
                          "a.cpp:5 async-usual calls `x` (suppressed)"));
}

TEST(Suppress, ACommentSilencesOneRuleOfTwo) {
  EXPECT_THAT(run({unit("a.cpp", {{1, "x"}}, "// NOLINT(async-strict)")},
                  {Level::Strict, {&Usual, &Strict}}),
              ElementsAre("a.cpp:1 async-strict calls `x` (suppressed)",
                          "a.cpp:1 async-usual calls `x`"));
}

TEST(Suppress, ACommentIsFoundInWhicheverUnitReadTheFile) {
  auto A = unit("a.cpp", {{2, "x"}});
  auto B = unit("b.cpp", {});
  B.Directives = directivesIn("\n// NOLINT\n", "a.cpp");
  EXPECT_THAT(run({A, B}, {Level::Default, {&Usual}}),
              ElementsAre("a.cpp:2 async-usual calls `x` (suppressed)"));
}

TEST(Suppress, BlocksWithoutPartnerAreErrors) {
  const ModelSet Models;
  const Program P({unit("a.cpp", {{2, "x"}}, "// NOLINTBEGIN(a)\n"),
                   unit("b.cpp", {{2, "x"}}, "\n // NOLINTEND\n"),
                   unit("c.cpp", {}, "// NOLINTBEGIN\n")},
                  Models);
  const auto Findings = check(P, {Level::Default, {&Usual}});
  ASSERT_EQ(Findings.size(), 2u);
  const auto Errors = directiveErrors(P);
  ASSERT_EQ(Errors.size(), 3u);
  EXPECT_EQ(Errors[0].Where, (Location{"a.cpp", 1, 4}));
  EXPECT_THAT(Errors[0].Message, HasSubstr("unmatched 'NOLINTBEGIN'"));
  EXPECT_EQ(Errors[1].Where, (Location{"b.cpp", 2, 5}));
  EXPECT_THAT(Errors[1].Message, HasSubstr("unmatched 'NOLINTEND'"));
  EXPECT_EQ(Errors[2].Where, (Location{"c.cpp", 1, 4}))
      << "nothing need be found there";
  EXPECT_FALSE(Findings[0].Suppressed);
}

} // namespace
