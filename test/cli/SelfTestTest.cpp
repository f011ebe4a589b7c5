//===- SelfTestTest.cpp - Which rules are active --------------------------===//

#include "rules/Rule.h"
#include "support/Project.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace async_tidy::test;
using testing::HasSubstr;
using testing::Not;

namespace {

TEST(SelfTest, EveryRuleSpeaksWithoutAnyLibrary) {
  const TemporaryFolder Empty;
  const Finished Run = run({ASYNC_TIDY_BINARY_DIR "/bin/async-tidy",
                            "self-test", "--level=hint", "--checks=async-*"},
                           Empty.path());
  EXPECT_EQ(Run.ExitCode, 0) << Run.Output << Run.Errors;
  EXPECT_EQ(count(Run.Output, "speaks  async-"), async_tidy::allRules().size());
}

TEST(SelfTest, SaysWhatTheConfigurationTurnsOff) {
  Project P;
  P.write(".clang-tidy", "Checks: 'async-*,-async-busy-wait'\n");
  const Finished Run = P.tidy({"self-test"});
  EXPECT_EQ(Run.ExitCode, 0) << Run.Errors;
  EXPECT_THAT(Run.Output, HasSubstr("speaks  async-blocking-call\n"));
  EXPECT_THAT(Run.Output, HasSubstr("off     async-busy-wait (Checks)\n"));
  EXPECT_THAT(Run.Output,
              HasSubstr("off     async-missing-timeout (level strict)\n"));
}

TEST(SelfTest, ARuleThatIsOnAndSilentIsAFailure) {
  Project P;
  P.write("models.yaml", "library: models\nsummary: hides everything\n"
                         "nonblocking: [sleep]\n");
  const Finished Run = P.tidy({"self-test", "--models=models.yaml"});
  EXPECT_EQ(Run.ExitCode, 2);
  EXPECT_THAT(Run.Output, HasSubstr("SILENT  async-blocking-call\n"));
}

TEST(SelfTest, NothingActiveIsAFailure) {
  Project P;
  EXPECT_EQ(P.tidy({"self-test", "--checks=-*"}).ExitCode, 2);
  P.write(".clang-tidy", "Checks: [\n");
  EXPECT_EQ(P.tidy({"self-test"}).ExitCode, 2);
  EXPECT_EQ(P.tidy({"self-test", "a.cpp"}).ExitCode, 2);
}

} // namespace
