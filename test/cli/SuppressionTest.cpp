//===- SuppressionTest.cpp - What is silenced, by whom, and in vain -------===//

#include "support/Project.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <nlohmann/json.hpp>

using namespace async_tidy::test;
using testing::HasSubstr;
using testing::Not;

namespace {

constexpr char Judge[] = "--checks=async-*,async-unused-suppression";
constexpr char Vain[] = "[async-unused-suppression]";

nlohmann::json report(const Project &P, std::vector<std::string> Words = {}) {
  Words.push_back("--output=json");
  return nlohmann::json::parse(P.tidy(std::move(Words)).Output, nullptr, false);
}

TEST(Suppression, AReasonIsPartOfTheReports) {
  Project P;
  P.addUnit("a.cpp", "#include \"task.h\"\n"
                     "task a() {\n"
                     "  sleep(1); // NOLINT(async-blocking-call): at startup\n"
                     "  co_return;\n"
                     "}\n");
  const auto Report = report(P, {"--output=sarif:x.sarif"});
  EXPECT_EQ(Report["findings"][0]["suppression"].dump(),
            R"({"justification":"at startup","kind":"inSource"})");
  EXPECT_THAT(readFile(P.path() + "/x.sarif"),
              HasSubstr(R"({"kind":"inSource","justification":"at startup"})"));
}

TEST(Suppression, AnAcceptedEdgeIsMarkedAndNotDropped) {
  Project P;
  P.addUnit("a.cpp", "#include \"task.h\"\n"
                     "void log_line() { sleep(1); }\n"
                     "task a() { log_line(); co_return; }\n"
                     "task b() { log_line(); co_return; }\n");
  P.write("models.yaml", "library: models\nsummary: ours\n"
                         "edges:\n"
                         "  - caller: a\n"
                         "    callee: log_line\n"
                         "    reason: runs once\n");
  const Finished Run = P.tidy({"--models=models.yaml"});
  EXPECT_THAT(Run.Output, Not(HasSubstr("a.cpp:3:12")));
  EXPECT_THAT(Run.Output, HasSubstr("a.cpp:4:12"));
  EXPECT_THAT(Run.Output, HasSubstr("1 finding suppressed"));
  const auto Report = report(P, {"--models=models.yaml"});
  ASSERT_EQ(Report["findings"].size(), 2u);
  EXPECT_EQ(Report["findings"][0]["line"], 3);
  EXPECT_EQ(Report["findings"][0]["suppression"].dump(),
            R"({"justification":"runs once","kind":"external"})");
  EXPECT_EQ(Report["findings"][1]["suppressed"], false);
}

TEST(Suppression, AnEdgeThatSilencesNothingIsTold) {
  Project P;
  P.addUnit("a.cpp", "#include \"task.h\"\n"
                     "void log_line() { sleep(1); }\n"
                     "void quiet() {}\n"
                     "task a() { log_line(); quiet(); co_return; }\n");
  P.write("models.yaml", "library: models\nsummary: ours\n"
                         "edges:\n"
                         "  - {caller: a, callee: log_line}\n"
                         "  - {caller: a, callee: quiet}\n");
  const Finished Run = P.tidy({"--models=models.yaml", Judge});
  EXPECT_THAT(Run.Output,
              HasSubstr("models.yaml:5:6: warning: the accepted call of "
                        "`quiet` by `a` silences nothing"));
  EXPECT_EQ(count(Run.Output, Vain), 1u);
}

TEST(Suppression, WhatSilencesAFindingOfTheWholeProgramIsNotInVain) {
  Project P;
  P.addUnit("a.cpp", "#include \"task.h\"\n"
                     "void other();\n"
                     "task a() {\n"
                     "  other(); // NOLINT(async-blocking-call)\n"
                     "  co_return; // NOLINT(async-blocking-call)\n"
                     "}\n");
  P.addUnit("b.cpp", "#include <unistd.h>\nvoid other() { sleep(1); }\n");
  const Finished Run = P.tidy({Judge});
  EXPECT_EQ(Run.ExitCode, 1);
  EXPECT_THAT(Run.Output, HasSubstr("a.cpp:5:17: warning:"));
  EXPECT_EQ(count(Run.Output, Vain), 1u);
  EXPECT_THAT(P.tidy({Judge, "a.cpp"}).Output, Not(HasSubstr(Vain)))
      << "a part of the program can tell nothing";
  P.write("b.cpp", "#include \"no-such-file.h\"\n");
  EXPECT_THAT(P.tidy({Judge}).Output, Not(HasSubstr(Vain)))
      << "nor can one that was not understood";
}

TEST(Suppression, OnlyRulesThatRanAreJudged) {
  Project P;
  P.addUnit("a.cpp", "int x; // NOLINT(async-busy-wait)\n"
                     "int y; // NOLINT(async-*)\n"
                     "int z; // NOLINT(async-no-such-rule)\n");
  const Finished Some =
      P.tidy({"--checks=-*,async-blocking-call,async-unused-suppression"});
  EXPECT_EQ(count(Some.Output, Vain), 1u) << Some.Output;
  EXPECT_THAT(Some.Output, HasSubstr("there is no rule `async-no-such-rule`"));
  EXPECT_EQ(count(P.tidy({Judge}).Output, Vain), 3u);
}

TEST(Suppression, ReasonsCanBeRequired) {
  Project P;
  P.addUnit("a.cpp", "#include \"task.h\"\n"
                     "task a() {\n"
                     "  sleep(1); // NOLINT(async-blocking-call)\n"
                     "  sleep(1); // NOLINT(async-blocking-call): measured\n"
                     "  co_return;\n"
                     "}\n");
  EXPECT_EQ(P.tidy({Judge}).ExitCode, 0);
  P.write(".clang-tidy",
          "CheckOptions:\n  async-unused-suppression.RequireReason: true\n");
  const Finished Run = P.tidy({Judge});
  EXPECT_EQ(Run.ExitCode, 1);
  EXPECT_EQ(count(Run.Output, Vain), 1u);
  EXPECT_THAT(Run.Output, HasSubstr("a.cpp:3:16: warning: the suppression of "
                                    "`async-blocking-call` gives no reason"));
}

} // namespace
