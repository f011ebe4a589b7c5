//===- IsolationTest.cpp - What one unit does to itself -------------------===//

#include "driver/Analyse.h"
#include "driver/Worker.h"
#include "support/Project.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <chrono>
#include <csignal>
#include <filesystem>
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
  EXPECT_THAT(Run.Output, HasSubstr("async-tidy facts --in-process"));
}

TEST(Isolation, AUnitThatEatsMemoryIsToldAndTheRestGoesOn) {
  Project P;
  P.addHazard("a.cpp");
  // Two to the power of 20 types, each of which lives on.
  P.addUnit("hungry.cpp", "template <int D, int N> struct T {\n"
                          "  T<D - 1, 2 * N> A;\n"
                          "  T<D - 1, 2 * N + 1> B;\n"
                          "};\n"
                          "template <int N> struct T<0, N> {};\n"
                          "T<20, 1> X;\n");
  const Finished Run = P.tidy({"--max-memory=200"});
  EXPECT_EQ(Run.ExitCode, 3);
  EXPECT_THAT(Run.Output, HasSubstr("a.cpp:3:3: warning"));
  EXPECT_THAT(Run.Output, HasSubstr("hungry.cpp: it needs more than "
                                    "200 MiB of memory (--max-memory)"));
  EXPECT_THAT(Run.Output, HasSubstr("async-tidy facts --in-process"));
}

TEST(Isolation, TheWayToSeeItAgainIsOneForAShell) {
  Project P;
  P.addUnit("it's a crash.cpp", "#ifdef NOW\n"
                                "#pragma clang __debug crash\n"
                                "#endif\n");
  const std::string Said = P.tidy({"--extra-arg=-DNOW"}).Output;
  constexpr char Before[] = "to see the first failed process again: async-tidy";
  const size_t At = Said.find(Before);
  ASSERT_NE(At, std::string::npos) << Said;
  const size_t Begin = At + sizeof Before - 1;
  const Finished Again =
      run({"/bin/sh", "-c",
           ASYNC_TIDY_BINARY_DIR "/bin/async-tidy" +
               Said.substr(Begin, Said.find('\n', Begin) - Begin)},
          P.path());
  EXPECT_NE(Again.ExitCode, 0);
  EXPECT_THAT(Again.Errors, HasSubstr("crash.cpp")) << "Clang says where";
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
  const Request R{{"/a.cpp", "/", {"c++", "-DX= \"\n", "/a.cpp"}},
                  false,
                  "/p",
                  7,
                  {true, {{"out/links", "lib"}}}};
  auto Back = decodeRequest(encode(R));
  ASSERT_TRUE(bool(Back));
  EXPECT_EQ(Back->Job, R.Job);
  EXPECT_EQ(Back->SkipBodies, R.SkipBodies);
  EXPECT_EQ(Back->Root, R.Root);
  EXPECT_EQ(Back->MaxBytes, R.MaxBytes);
  EXPECT_EQ(Back->Naming.AsAsked, R.Naming.AsAsked);
  EXPECT_EQ(Back->Naming.Renamed, R.Naming.Renamed);
}

TEST(Pool, EveryChildIsAskedOnceAndAnswersForItself) {
  PoolOptions Options;
  Options.Executable = "/bin/cat";
  Options.Argument = "-";
  for (unsigned Jobs : {1u, 3u, 100u}) {
    Options.Jobs = Jobs;
    std::map<size_t, std::string> Answers;
    ASSERT_TRUE(runChildren(
        Options, [] { return 20; },
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

TEST(Isolation, WhatWasDoneBeforeASignalNeedNotBeDoneAgain) {
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
  for (const char *Signal : {"INT", "TERM"}) {
    std::filesystem::remove(P.path() + "/store");
    const Finished Run = run(
        {"/bin/sh", "-c",
         "T='" ASYNC_TIDY_BINARY_DIR
         "/bin/async-tidy'; $T -j1 --store=store & A=$!\n"
         "until test -e store && $T -j1 --store=store --explain-rebuild "
         "--timeout=1 2>&1 | grep -q 'slow.cpp was' && ! $T -j1 --store=store "
         "--explain-rebuild --timeout=1 2>&1 | grep -q 'a.cpp was'; do "
         "sleep 0.2; done; kill -" +
             std::string(Signal) + " $A; wait $A; echo \"code $?\""},
        P.path());
    EXPECT_EQ(Run.Output, "code 130\n") << Run.Errors;
    EXPECT_THAT(Run.Errors,
                HasSubstr("interrupted: 1 of 2 units were analysed, and the "
                          "next run need not parse them"));
  }
}

} // namespace
