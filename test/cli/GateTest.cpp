//===- GateTest.cpp - When a run fails ------------------------------------===//

#include "support/Project.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace async_tidy::test;
using testing::HasSubstr;
using testing::Not;

namespace {

TEST(Gate, SoManyFindingsOfARuleAreAccepted) {
  Project P;
  P.addHazard("a.cpp");
  P.addUnit("b.cpp", "#include \"task.h\"\n"
                     "task other() { sleep(1); co_return; }\n");
  EXPECT_EQ(P.tidy({"--max-findings=async-blocking-call=2"}).ExitCode, 0);
  EXPECT_EQ(P.tidy({"--max-findings=async-*=2"}).ExitCode, 0);
  const Finished More = P.tidy({"--max-findings", "async-blocking-call=1"});
  EXPECT_EQ(More.ExitCode, 1);
  EXPECT_THAT(More.Output, HasSubstr("2 findings of async-blocking-call, and 1 "
                                     "accepted (--max-findings)"));
  EXPECT_EQ(P.tidy({"--max-findings=async-busy-wait=5"}).ExitCode, 1)
      << "of another rule";
  EXPECT_EQ(P.tidy({"--max-findings=async-*=0",
                    "--max-findings=async-blocking-call=2"})
                .ExitCode,
            0)
      << "the last one that names a rule holds for it";
  EXPECT_EQ(P.tidy({"--max-findings=async-blocking-call=1", "--fail-on=never"})
                .ExitCode,
            1);
}

TEST(Gate, UnitsAreAllowedToFailByName) {
  Project P;
  P.addClean("good.cpp");
  P.write("old/x", "");
  P.addUnit("old/bad.cpp", "#include \"no-such-file.h\"\n");
  EXPECT_EQ(P.tidy({}).ExitCode, 3);
  EXPECT_EQ(P.tidy({"--allow-not-analysed=new/*"}).ExitCode, 3);
  const Finished Run = P.tidy({"--allow-not-analysed=old/*"});
  EXPECT_EQ(Run.ExitCode, 0);
  EXPECT_THAT(Run.Output, HasSubstr("1 unit not analysed"));
  EXPECT_THAT(Run.Output, HasSubstr("old/bad.cpp"));
  P.addHazard("hazard.cpp");
  EXPECT_EQ(P.tidy({"--allow-not-analysed=*bad.cpp"}).ExitCode, 1);
}

TEST(Gate, NothingAnalysedIsNeverAPass) {
  Project P;
  P.addUnit("bad.cpp", "#include \"no-such-file.h\"\n");
  EXPECT_EQ(P.tidy({"--allow-not-analysed=*"}).ExitCode, 3);
}

TEST(Gate, MistakesInTheCall) {
  Project P;
  P.addHazard("a.cpp");
  const std::vector<std::pair<std::string, std::string>> Calls = {
      {"--max-findings=async-blocking-call", "a rule and a number"},
      {"--max-findings=async-blocking-call=-1", "a rule and a number"},
      {"--max-findings=async-blockin-call=1", "there is no rule"},
      {"--allow-not-analysed=[", "--allow-not-analysed=["},
  };
  for (const auto &[Word, Said] : Calls) {
    const Finished Run = P.tidy({Word});
    EXPECT_EQ(Run.ExitCode, 2) << Word;
    EXPECT_THAT(Run.Errors, HasSubstr(Said));
  }
}

} // namespace
