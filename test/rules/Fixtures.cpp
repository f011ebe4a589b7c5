//===- Fixtures.cpp - The rules, as their users see them ------------------===//
//
// Every fixture, every example of a page and every project with marks is given
// to every front end. There is one expectation for all: what the marks say. A
// front end that sees a whole program, and one that sees a unit at a time, may
// differ only in that the latter sees less.
//
// ASYNC_TIDY_FRONT_ENDS (for example `cli`, or `cli 22`) limits them while you
// work on something.
//
//===----------------------------------------------------------------------===//

#include "rules/Rule.h"
#include "support/FrontEnd.h"
#include "gtest/gtest.h"
#include <cstdlib>

namespace async_tidy::test {
namespace {

std::vector<Fixture> allFixtures() {
  std::vector<Fixture> All = ruleFixtures();
  for (auto *More :
       {+[] { return projectFixtures(); },
        +[] { return pageFixtures(ASYNC_TIDY_BINARY_DIR "/generated/pages"); }})
    for (Fixture &F : More())
      All.push_back(std::move(F));
  return All;
}

bool wanted(const std::string &FrontEnd) {
  const char *Names = std::getenv("ASYNC_TIDY_FRONT_ENDS");
  return (" " + std::string(Names ? Names : ASYNC_TIDY_FRONT_ENDS) + " ")
             .find(" " + FrontEnd + " ") != std::string::npos;
}

class Rules : public testing::TestWithParam<Fixture> {};

/// Some rules judge only who has seen everything.
bool needsTheWholeProgram(const Mark &M) {
  const Rule *R = findRule(M.Rule);
  return R && R->CheckDirective;
}

void expectMarks(const Fixture &F, const Answer &A, const std::string &Who,
                 bool MaySeeLess) {
  EXPECT_EQ(A.Failure, "") << Who;
  const std::set<Mark> Found = A.marks();
  for (const Seen &S : A.Findings) {
    if (F.Missed.count(S.Where))
      ADD_FAILURE() << S.Where.File << ":" << S.Where.Line << ": "
                    << S.Where.Rule << " is found now (" << Who
                    << "): make `missed` an `expect`";
    else if (!F.Expected.count(S.Where))
      ADD_FAILURE() << S.Where.File << ":" << S.Where.Line
                    << ": false alarm of " << S.Where.Rule << " (" << Who
                    << "): " << S.Message;
  }
  for (const Mark &M : F.Expected)
    if (!(MaySeeLess || needsTheWholeProgram(M)) && !Found.count(M))
      ADD_FAILURE() << M.File << ":" << M.Line << ": missed alarm of " << M.Rule
                    << " (" << Who << ")";
}

/// Messages read like a compiler's.
void expectWellWorded(const Answer &A) {
  for (const Seen &S : A.Findings) {
    EXPECT_FALSE(S.Message.empty() || isupper(S.Message.front()) ||
                 S.Message.back() == '.')
        << S.Message;
    EXPECT_EQ(std::count(S.Message.begin(), S.Message.end(), '`') % 2, 0)
        << S.Message;
  }
}

TEST_P(Rules, SayWhatTheMarksSay) {
  const Fixture &F = GetParam();
  for (const std::string &Mistake : F.Mistakes)
    ADD_FAILURE() << Mistake;
  ASSERT_FALSE(F.Sources.empty());

  Answer Program;
  if (wanted("cli")) {
    Program = runProgram(F);
    expectMarks(F, Program, "async-tidy", false);
    expectWellWorded(Program);
  }
  const bool OneUnit = F.Sources.size() == 1;
  for (unsigned Version : {22, 19}) {
    if (!wanted(std::to_string(Version)))
      continue;
    const std::string Who = "clang-tidy-" + std::to_string(Version);
    const Answer Plugin = runPlugin(F, Version);
    expectMarks(F, Plugin, Who, !OneUnit);
    if (!wanted("cli"))
      continue;
    for (const Seen &S : Plugin.Findings)
      if (!Program.Findings.count(S))
        ADD_FAILURE() << S.Where.File << ":" << S.Where.Line << ":" << S.Column
                      << ": " << Who
                      << " says what async-tidy does not: " << S.Message << " ["
                      << S.Where.Rule << "]";
  }
}

INSTANTIATE_TEST_SUITE_P(Fixtures, Rules, testing::ValuesIn(allFixtures()),
                         [](const testing::TestParamInfo<Fixture> &I) {
                           return I.param.Name;
                         });

} // namespace
} // namespace async_tidy::test
