//===- IsolationTest.cpp - What one unit does to itself -------------------===//

#include "driver/Analyse.h"
#include "driver/Worker.h"
#include "support/Project.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <chrono>
#include <csignal>
#include <map>

using namespace async_tidy;
using namespace async_tidy::test;
using testing::HasSubstr;

namespace {

TEST(Isolation, ACrashIsToldAndTheRestGoesOn) {
  Project P;
  P.addHazard("a.cpp");
  P.addUnit("crash.cpp", "#pragma clang __debug crash\n");
  P.addUnit("fatal.cpp", "#pragma clang __debug llvm_fatal_error\n");
  P.addHazard("z.cpp");
  for (const char *Jobs : {"-j1", "-j4"}) {
    const Finished Run = P.tidy({Jobs});
    EXPECT_EQ(Run.ExitCode, 3);
    EXPECT_THAT(Run.Output, HasSubstr("a.cpp:3:3: warning"));
    EXPECT_THAT(Run.Output, HasSubstr("z.cpp:3:3: warning"));
    EXPECT_THAT(Run.Output, HasSubstr("2 units not analysed"));
    EXPECT_THAT(Run.Output, HasSubstr("died of signal"));
    EXPECT_THAT(Run.Output, HasSubstr("async-tidy facts --in-process"))
        << "how to see it again";
  }
}

TEST(Isolation, AUnitThatTakesTooLongIsToldAndTheRestGoesOn) {
  Project P;
  P.addHazard("a.cpp");
  P.addUnit("slow.cpp",
            "constexpr long f(long N) {\n"
            "  long S = 0;\n"
            "  for (long I = 0; I < N; ++I) S += I % 7;\n"
            "  return S;\n"
            "}\n"
            "static_assert(f(2000000000) != 1);\n",
            {"-fconstexpr-steps=2147483647"});
  const auto Start = std::chrono::steady_clock::now();
  const Finished Run = P.tidy({"--timeout=5"});
  EXPECT_LT(std::chrono::steady_clock::now() - Start, std::chrono::seconds(40));
  EXPECT_EQ(Run.ExitCode, 3);
  EXPECT_THAT(Run.Output, HasSubstr("a.cpp:3:3: warning"));
  EXPECT_THAT(Run.Output, HasSubstr("no answer within 5 s"));
}

/// What `analyse` makes of a child that is \p Program.
UnitResult resultOf(const std::string &Program) {
  Project P;
  const std::string File = P.addClean("a.cpp");
  AnalysisOptions Options;
  Options.Pool.Executable = Program;
  const CompileJob Job{File, P.path(), {"c++", "-std=c++20", File}};
  auto Result = analyse(Job, Options, noProgress);
  if (!Result) {
    ADD_FAILURE() << toString(Result.takeError());
    return {};
  }
  return std::move(Result->Units.front());
}

TEST(Isolation, NonsenseIsNoAnswer) {
  EXPECT_THAT(resultOf("/bin/echo").Failure, HasSubstr("not facts"));
  EXPECT_THAT(resultOf("/bin/true").Failure, HasSubstr("not facts"));
  EXPECT_THAT(resultOf("/bin/false").Failure, HasSubstr("exit code 1"));
  EXPECT_THAT(resultOf("/no/such/program").Failure, HasSubstr("No such file"));
}

TEST(Isolation, AFailedUnitKeepsItsName) {
  EXPECT_THAT(resultOf("/bin/false").Facts.MainFile, HasSubstr("a.cpp"));
}

TEST(Isolation, TheWorkerRefusesWhatIsNoRequest) {
  const Finished Run = run({"/bin/sh", "-c",
                            "echo nonsense | '" ASYNC_TIDY_BINARY_DIR
                            "/bin/async-tidy' --worker"});
  EXPECT_EQ(Run.ExitCode, 2);
  EXPECT_EQ(Run.Output, "");
  EXPECT_THAT(Run.Errors, HasSubstr("not a request"));
}

TEST(Isolation, RequestsSurvive) {
  const Request R{{"/a.cpp", "/", {"c++", "-DX= \"\n", "/a.cpp"}}, false, "/p"};
  auto Back = decodeRequest(encode(R));
  ASSERT_TRUE(bool(Back));
  EXPECT_EQ(Back->Job, R.Job);
  EXPECT_EQ(Back->SkipBodies, R.SkipBodies);
  EXPECT_EQ(Back->Root, R.Root);
}

TEST(Pool, EveryChildIsAskedOnceAndAnswersForItself) {
  PoolOptions Options;
  Options.Executable = "/bin/cat";
  Options.Argument = "-";
  for (unsigned Jobs : {1u, 3u, 100u}) {
    Options.Jobs = Jobs;
    std::map<size_t, std::string> Answers;
    ASSERT_TRUE(runChildren(
        Options, 20,
        // More than a pipe holds.
        [](size_t I) { return std::string(200000, char('a' + I)); },
        [&](size_t I, async_tidy::Answer A) {
          EXPECT_EQ(A.Failure, "");
          EXPECT_TRUE(Answers.emplace(I, std::move(A.Bytes)).second);
        }));
    ASSERT_EQ(Answers.size(), 20u);
    for (const auto &[I, Text] : Answers)
      EXPECT_EQ(Text, std::string(200000, char('a' + I)));
  }
}

TEST(Pool, ASignalEndsTheChildrenToo) {
  Project P;
  P.addUnit("slow.cpp",
            "constexpr long f(long N) {\n"
            "  long S = 0;\n"
            "  for (long I = 0; I < N; ++I) S += I % 7;\n"
            "  return S;\n"
            "}\n"
            "static_assert(f(2000000000) != 1);\n",
            {"-fconstexpr-steps=2147483647"});
  const Finished Run = run(
      {"/bin/sh", "-c",
       "'" ASYNC_TIDY_BINARY_DIR "/bin/async-tidy' --no-store & A=$!; sleep 2; "
       "C=$(pgrep -P $A); test -n \"$C\" || echo no child; "
       "kill -INT $A; wait $A; echo \"code $?\"; "
       "kill -0 $C 2>/dev/null && echo still there"},
      P.path());
  EXPECT_EQ(Run.Output, "code 130\n") << Run.Errors;
}

} // namespace
