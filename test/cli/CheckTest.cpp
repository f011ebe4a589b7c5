//===- CheckTest.cpp - What the user asks for and what the exit code says -===//

#include "support/Project.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace async_tidy::test;
using testing::HasSubstr;
using testing::Not;

namespace {

constexpr char Rule[] = "[async-blocking-call]";

TEST(Check, AFindingAndACleanRunDifferInTheExitCode) {
  Project P;
  P.addClean("clean.cpp");
  EXPECT_EQ(P.tidy({}).ExitCode, 0);
  P.addHazard("hazard.cpp");
  const Finished Run = P.tidy({});
  EXPECT_EQ(Run.ExitCode, 1);
  EXPECT_THAT(Run.Output, HasSubstr("hazard.cpp:3:3: warning:"));
  EXPECT_THAT(Run.Output, HasSubstr(Rule));
}

TEST(Check, TheThresholdDecidesAboutTheExitCode) {
  Project P;
  P.addHazard("a.cpp");
  EXPECT_EQ(P.tidy({"--fail-on=error"}).ExitCode, 0);
  EXPECT_EQ(P.tidy({"--fail-on=note"}).ExitCode, 1);
  EXPECT_EQ(P.tidy({"--fail-on=never"}).ExitCode, 0);
  const Finished Raised =
      P.tidy({"--fail-on=error", "--warnings-as-errors=async-*"});
  EXPECT_EQ(Raised.ExitCode, 1);
  EXPECT_THAT(Raised.Output, HasSubstr("a.cpp:3:3: error:"));
}

TEST(Check, FlagsAfterTwoDashesNeedNoDatabase) {
  Project P;
  P.write("a.cpp", "#include \"task.h\"\n"
                   "task run() { sleep(1); co_return; }\n");
  const Finished Run = P.tidy({"a.cpp", "--", "-std=c++20", "-I."});
  EXPECT_EQ(Run.ExitCode, 1);
  EXPECT_THAT(Run.Output, HasSubstr("a.cpp:2:14: warning:"));
}

TEST(Check, AFilesNameLimitsWhatIsReportedAndTheSummarySaysSo) {
  Project P;
  P.addHazard("a.cpp");
  P.addHazard("b.cpp");
  const Finished Run = P.tidy({"b.cpp"});
  EXPECT_EQ(Run.ExitCode, 1);
  EXPECT_THAT(Run.Output, HasSubstr("b.cpp:3:3"));
  EXPECT_THAT(Run.Output, Not(HasSubstr("a.cpp")));
  EXPECT_THAT(Run.Output, HasSubstr("1 of 2 units"));
}

TEST(Check, AFoldersNameMeansTheUnitsBelow) {
  Project P;
  P.write("one/x", ""), P.write("two/x", "");
  P.addHazard("one/a.cpp");
  P.addHazard("two/b.cpp");
  const Finished Run = P.tidy({"two"});
  EXPECT_THAT(Run.Output, HasSubstr("two/b.cpp:3:3"));
  EXPECT_THAT(Run.Output, Not(HasSubstr("one/a.cpp")));
  EXPECT_EQ(P.tidy({"one", "two"}).ExitCode, 1);
}

TEST(Check, AHeaderIsSeenThroughAUnitThatIncludesIt) {
  Project P;
  P.addClean("unrelated.cpp");
  P.write("hazard.h", "#include \"task.h\"\n"
                      "inline task run() { sleep(1); co_return; }\n");
  P.addUnit("user.cpp", "#include \"hazard.h\"\n"
                        "task also() { sleep(2); co_return; }\n");
  const Finished Run = P.tidy({"hazard.h"});
  EXPECT_EQ(Run.ExitCode, 1);
  EXPECT_THAT(Run.Output, HasSubstr("hazard.h:2:21: warning:"));
  EXPECT_THAT(Run.Output, HasSubstr("user.cpp")) << "says through which";
  EXPECT_EQ(count(Run.Output, Rule), 1u) << "and reports nothing else";
}

TEST(Check, AHeaderThatNobodyIncludesIsNotAnalysed) {
  Project P;
  P.addClean("a.cpp");
  P.write("lonely.h", "int x;\n");
  const Finished Run = P.tidy({"lonely.h"});
  EXPECT_EQ(Run.ExitCode, 3);
  EXPECT_THAT(Run.Output, HasSubstr("lonely.h"));
}

TEST(Check, AFolderOfHeadersIsSeenThroughTheirUsers) {
  Project P;
  P.write("include/one.h", "#include \"task.h\"\n"
                           "inline task one() { sleep(1); co_return; }\n");
  P.write("include/deep/two.h", "#include \"task.h\"\n"
                                "inline task two() { sleep(1); co_return; }\n");
  P.addUnit("src/user.cpp", "#include \"include/one.h\"\n"
                            "#include \"include/deep/two.h\"\n"
                            "task also() { sleep(2); co_return; }\n");
  const Finished Run = P.tidy({"include"});
  EXPECT_EQ(Run.ExitCode, 1) << Run.Output << Run.Errors;
  EXPECT_THAT(Run.Output, HasSubstr("include/one.h:2:21: warning:"));
  EXPECT_THAT(Run.Output, HasSubstr("include/deep/two.h:2:21: warning:"));
  EXPECT_EQ(count(Run.Output, Rule), 2u);
}

TEST(Check, NothingWasFoundIsNotSaidOfNothing) {
  Project P;
  P.addClean("a.cpp");
  P.write("other.cpp", "int x;\n");
  const Finished Run = P.tidy({"other.cpp"});
  EXPECT_EQ(Run.ExitCode, 3);
  EXPECT_THAT(Run.Output, Not(HasSubstr("no findings")));
}

TEST(Check, RulesThatTheLevelSilencesAreNotCounted) {
  Project P;
  P.addClean("a.cpp");
  const auto Counted = [&](std::vector<std::string> Words) {
    Words.insert(Words.end(), {"--checks=-*,async-*"});
    const std::string Text = P.tidy(std::move(Words)).Output;
    const size_t End = Text.find(" rule");
    return std::stoi(Text.substr(Text.rfind(' ', End - 1)));
  };
  EXPECT_LT(Counted({}), Counted({"--level=strict"}));
}

TEST(Check, BlocksOfNolintWithoutPartnerAreTold) {
  Project P;
  P.addUnit("a.cpp", "// NOLINTBEGIN(async-busy-wait)\nint x;\n");
  EXPECT_THAT(P.tidy({}).Output,
              HasSubstr("a.cpp:1:4: unmatched 'NOLINTBEGIN' comment"));
}

TEST(Check, AFileOutsideTheDatabaseIsNotAnalysed) {
  Project P;
  P.addClean("a.cpp");
  P.write("other.cpp", "int x;\n");
  const Finished Run = P.tidy({"a.cpp", "other.cpp"});
  EXPECT_EQ(Run.ExitCode, 3);
  EXPECT_THAT(Run.Output, HasSubstr("not in the compile database"));
}

TEST(Check, MistakesInTheCallAreTwo) {
  Project P;
  P.addHazard("a.cpp");
  const std::vector<std::pair<std::vector<std::string>, std::string>> Calls = {
      {{"--nonsense"}, "--nonsense"},
      {{"--checkz=async-*"}, "did you mean --checks="},
      {{"missing.cpp"}, "no such file"},
      {{"--level=loud"}, "default, strict and hint"},
      {{"--fail-on=sometimes"}, "never"},
      {{"--output=xml"}, "sarif"},
      {{"--output=json", "--output=sarif"}, "standard output"},
      {{"--output=json:"}, "file's name"},
      {{"--color=blue"}, "auto"},
      {{"--jobs=0"}, "a number from 1"},
      {{"--jobs=many"}, "a number from 1"},
      {{"--checks=async-no-such-rule"}, "async-no-such-rule"},
      {{"--models=missing.yaml"}, "missing.yaml"},
      {{"--config-file=missing"}, "missing"},
      {{"--config={Checks: ["}, "--config"},
      {{"--header-filter=("}, "regular expression"},
      {{"-p", "nowhere"}, "nowhere"},
      {{"--models"}, "needs a value"},
      {{"explain", "async-blockin-call"}, "did you mean async-blocking-call"},
      {{"why"}, "which function"},
      {{"explian", "async-busy-wait"}, "did you mean `async-tidy explain`?"},
      {{""}, "name is empty"},
      {{"a.cpp", ""}, "name is empty"},
      {{"models", "--function", "nosuchfunction"}, "nothing is known of"},
  };
  for (const auto &[Words, Said] : Calls) {
    const Finished Run = P.tidy(Words);
    EXPECT_EQ(Run.ExitCode, 2) << Words.front();
    EXPECT_THAT(Run.Errors, HasSubstr("async-tidy: error: "));
    EXPECT_THAT(Run.Errors, HasSubstr(Said));
    EXPECT_EQ(Run.Output, "") << Words.front();
  }
}

TEST(Check, WhatIsNotAnalysedOutranksFindings) {
  Project P;
  P.addHazard("a.cpp");
  P.addUnit("broken.cpp", "#include \"task.h\"\n"
                          "static task run() { sleep(1); co_return; }\n"
                          "task use() { return run(); }\n"
                          "int x = no_such_name;\n");
  const Finished Run = P.tidy({});
  EXPECT_EQ(Run.ExitCode, 3);
  EXPECT_THAT(Run.Output, HasSubstr("a.cpp:3:3: warning"));
  EXPECT_THAT(Run.Output, HasSubstr("no_such_name"));
  EXPECT_THAT(Run.Output, HasSubstr("broken.cpp:2:21: warning"))
      << "facts of a broken unit are used";
  EXPECT_EQ(P.tidy({"--output=json:/no/such/folder/x"}).ExitCode, 2)
      << "a mistake outranks both";
}

TEST(Check, VendoredAndGeneratedFilesAreParsedAndNotReported) {
  Project P;
  P.addHazard("third_party/lib/a.cpp");
  P.addHazard("src/moc_widget.cpp");
  P.addClean("src/b.cpp");
  const Finished Run = P.tidy({});
  EXPECT_EQ(Run.ExitCode, 0);
  EXPECT_THAT(Run.Output, HasSubstr("2 findings in generated or vendored"));
  EXPECT_EQ(count(P.tidy({"--no-default-excludes"}).Output, Rule), 2u);
  EXPECT_EQ(count(P.tidy({"third_party"}).Output, Rule), 1u)
      << "who names it wants to see it";
}

TEST(Check, ExactRuleNamesAndLevels) {
  Project P;
  P.addHazard("a.cpp");
  EXPECT_EQ(P.tidy({"--checks=-*,async-busy-wait"}).ExitCode, 0);
  EXPECT_EQ(P.tidy({"--checks=-async-blocking-call"}).ExitCode, 0);
  EXPECT_EQ(P.tidy({"--checks=-*,async-blocking-call"}).ExitCode, 1);
}

} // namespace
