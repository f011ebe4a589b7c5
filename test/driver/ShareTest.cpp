//===- ShareTest.cpp - Headers that are parsed once for several units -----===//

#include "driver/Analyse.h"
#include "driver/Worker.h"
#include "support/Project.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <filesystem>
#include <map>

using namespace async_tidy;
using namespace async_tidy::test;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

namespace {

/// What several units include, and not for nothing.
constexpr char Common[] = R"(#pragma once
#include "task.h"
#include <string>
#ifdef MODE
inline task moded() { sleep(2); co_return; }
#endif
inline task shared() {
  sleep(1); // NOLINT
  co_return;
}
inline task hazard() { sleep(3); co_return; }
#define NAP sleep(4)
)";

class Share : public testing::Test {
protected:
  Share() { P.write("common.h", Common); }

  /// Parses the units by groups, and each for itself, and expects both to say
  /// the same: facts, errors, and all that was asked of the file system. Gives
  /// the names of those that a group gave an answer for.
  std::vector<std::string> shared(uint64_t MaxBytes = 0) {
    auto Database = CompileDatabase::load(P.path() + "/compile_commands.json");
    if (!Database) {
      ADD_FAILURE() << toString(Database.takeError());
      return {};
    }
    const std::string Resources = llvm::cantFail(resourceDirectory());
    std::set<std::string> Notes;
    std::vector<CompileJob> Jobs;
    for (const CompileJob &Job : Database->jobs())
      Jobs.push_back(llvm::cantFail(prepare(Job, {}, Resources, Notes)));
    const std::vector<ShareGroup> Groups = planShares(Jobs);
    PoolOptions Options;
    Options.Executable = ASYNC_TIDY_BINARY_DIR "/bin/async-tidy";
    Options.Jobs = 3;
    std::vector<std::string> Names;
    runChildren(
        Options, [&] { return Groups.size(); },
        [&](size_t I) -> Task {
          const ShareGroup &G = Groups[I];
          const CompileJob &Job = Jobs[G.Units.front().Job];
          const size_t Word =
              llvm::find(Job.CommandLine, G.Units.front().Path) -
              Job.CommandLine.begin();
          return {encode(SharedRequest{
                      {Job, Word, G.Units, G.Tree, std::chrono::seconds(60)},
                      true,
                      P.path(),
                      MaxBytes}),
                  true};
        },
        [](size_t, async_tidy::Answer A) {
          // Exit code 78 means that the group is no good.
          EXPECT_THAT(A.Failure, testing::AnyOf("", HasSubstr("code 78")));
        },
        [&](size_t I, std::string &Bytes) {
          while (const auto A = takeAnswer(Bytes)) {
            const CompileJob &Job = Jobs[Groups[I].Units[A->Unit].Job];
            Names.push_back(std::filesystem::path(Job.File).filename());
            const ParsedUnit Alone = answer({Job, true, P.path(), 0});
            EXPECT_TRUE(A->Bytes == encode(Alone)) << Names.back();
          }
        });
    llvm::sort(Names);
    return Names;
  }

  Project P;
};

TEST_F(Share, UnitsThatBeginAlikeSayWhatEachSaysAlone) {
  // Comments and lines differ, and what follows.
  P.addUnit("a.cpp", "// a\n#include \"common.h\"\n#include <vector>\n"
                     "task a() { NAP; co_return; }\n");
  P.addUnit("b.cpp", "/* b,\n   which is longer */\n\n#include \"common.h\"\n"
                     "#define B 1\n#include <map>\n"
                     "task b() { co_await shared(); NAP; }\n");
  P.addUnit("c.cpp", "#include \"common.h\"\n#include <vector>\n"
                     "std::vector<int> V;\n#include <list>\n"
                     "static const char *Me = __FILE__;\n");
  EXPECT_THAT(shared(), ElementsAre("a.cpp", "b.cpp", "c.cpp"));
}

TEST_F(Share, AnOwnHeaderMayComeFirst) {
  P.write("a.h", "#ifndef A_H\n#define A_H\n#include \"common.h\"\n"
                 "#include <map>\ninline task a() { NAP; co_return; }\n"
                 "#endif\n");
  P.write("b.h", "#pragma once\n#include \"common.h\"\n#include <map>\n"
                 "struct B {\n  task b();\n};\n");
  P.addUnit("a.cpp", "#include \"a.h\"\n#include <vector>\n");
  P.addUnit("b.cpp", "#include \"b.h\"\n#include <vector>\n"
                     "task B::b() { NAP; co_return; }\n");
  EXPECT_THAT(shared(), ElementsAre("a.cpp", "b.cpp"));
}

TEST_F(Share, HeadersWithoutAGuardAroundAllAreReadAgain) {
  P.write("errors.h", "#pragma once\n#include <cassert>\n#include <cstdio>\n");
  P.addUnit("a.cpp", "#include <cassert>\n#include <cstdio>\n"
                     "#include \"common.h\"\nvoid a() { assert(true); }\n");
  P.addUnit("b.cpp", "#include <cassert>\n#include <cstdio>\n"
                     "#include \"common.h\"\n#define NDEBUG\n"
                     "#include <cassert>\nvoid b() { assert(false); }\n");
  EXPECT_THAT(shared(), ElementsAre("a.cpp", "b.cpp"));
}

TEST_F(Share, WhatStandsBeforeAHeaderMayMeanAnything) {
  P.write("plain.h", "#pragma once\nstruct plain {};\n");
  P.write("twice.h", "int COUNT(__COUNTER__);\n");
  const std::string Before[] = {
      "#define MODE 1\n",         "struct early {};\n",
      "#pragma pack(push, 1)\n",  "#undef unix\n",
      "#ifdef NAP\n#endif\n",     "#if MODE > 1\n#endif\n",
      "extern \"C\" {}\n",        "#include \"plain.h\"\n",
      "#line 7 \"x.cpp\"\n",      "_Pragma(\"GCC system_header\")\n",
      "#if __COUNTER__\n#endif\n"};
  P.addUnit("good-1.cpp", "#define OWN 1\n#include \"common.h\"\n");
  P.addUnit("good-2.cpp", "#ifdef OTHER\n#endif\n#include \"common.h\"\n");
  P.addUnit("good-3.cpp", "#include \"common.h\"\n");
  unsigned N = 0;
  for (const std::string &Text : Before)
    P.addUnit("bad-" + std::to_string(N++) + ".cpp",
              Text + "#include \"common.h\"\n");
  // Whoever reads it with only the text in hand thinks that all begin with it.
  const auto Names = shared();
  EXPECT_THAT(Names, testing::Contains("good-1.cpp"));
  EXPECT_THAT(Names, testing::Contains("good-3.cpp"));
  for (const std::string &Name : Names)
    EXPECT_THAT(Name, HasSubstr("good"));
}

TEST_F(Share, AHeaderThatKnowsWhereItIsIncludedIsNotShared) {
  P.write("base.h", "#pragma once\nstatic const char *Base = __BASE_FILE__;\n");
  P.addUnit("a.cpp", "#include \"base.h\"\nint A;\n");
  P.addUnit("b.cpp", "#include \"base.h\"\nint B;\n");
  EXPECT_THAT(shared(), IsEmpty());
}

TEST_F(Share, ErrorsInAHeaderAreThoseOfEachUnit) {
  P.write("wrong.h", "#pragma once\n#include \"common.h\"\nint I = J;\n");
  P.addUnit("a.cpp", "#include \"wrong.h\"\ntask a() { NAP; co_return; }\n");
  P.addUnit("b.cpp", "#include \"wrong.h\"\nint Missing = K;\ntask b( {\n");
  P.addUnit("c.cpp", "#include \"common.h\"\n#include \"nowhere.h\"\n");
  P.addUnit("d.cpp", "#include \"common.h\"\n#include \"nowhere.h\"\n");
  EXPECT_THAT(shared(), ElementsAre("a.cpp", "b.cpp"));
  const std::string With = P.tidy({"--no-store"}).Output;
  EXPECT_EQ(With, P.tidy({"--no-store", "--no-share"}).Output);
  EXPECT_EQ(count(With, "nowhere.h"), 2u) << With;
}

TEST_F(Share, OtherFlagsAreAnotherGroup) {
  for (const char *Name : {"a", "b"}) {
    P.addUnit(Name + std::string("-0.cpp"), "#include \"common.h\"\n");
    P.addUnit(Name + std::string("-1.cpp"), "#include \"common.h\"\n",
              {"-DMODE"});
  }
  P.addUnit("c-2.cpp", "#include \"common.h\"\n", {"-DMODE=2"});
  EXPECT_THAT(shared(),
              ElementsAre("a-0.cpp", "a-1.cpp", "b-0.cpp", "b-1.cpp"));
}

TEST_F(Share, HeadersOfTheCommandLineComeFirst) {
  P.write("early.h", "#pragma once\n#include <map>\n#define EARLY 1\n");
  P.write("own.h", "#pragma once\n#include <map>\n#include \"common.h\"\n");
  P.addUnit("a.cpp", "#include \"own.h\"\nint A;\n", {"-include", "early.h"});
  P.addUnit(
      "b.cpp",
      "#include <map>\n#if EARLY\n#endif\n#include \"common.h\"\nint B;\n",
      {"-include", "early.h"});
  P.addUnit("c.cpp", "#include \"common.h\"\nint C;\n",
            {"-include", "early.h"});
  P.addUnit("d.cpp", "#include \"common.h\"\nint D;\n",
            {"-include", "early.h"});
  EXPECT_THAT(shared(), ElementsAre("a.cpp", "b.cpp", "c.cpp", "d.cpp"));
}

TEST_F(Share, NobodyOutlivesTheRun) {
  for (const char *Name : {"a.cpp", "b.cpp"})
    P.addUnit(Name, "#include \"common.h\"\n"
                    "constexpr long f(long N) {\n"
                    "  long S = 0;\n"
                    "  for (long I = 0; I < N; ++I) S += I % 7;\n"
                    "  return S;\n"
                    "}\n"
                    "static_assert(f(2000000000) != 1);\n");
  for (const char *Signal : {"INT", "KILL"}) {
    const Finished Run =
        run({"/bin/sh", "-c",
             "'" ASYNC_TIDY_BINARY_DIR "/bin/async-tidy' --no-store -j2 "
             "--extra-arg=-fconstexpr-steps=2147483647 & A=$!\n"
             "until B=$(pgrep -P \"$(pgrep -P $A)\" 2>/dev/null) && "
             "test $(echo \"$B\" | wc -l) = 2; do sleep 0.1; done\n"
             "kill -" +
                 std::string(Signal) +
                 " $A; wait $A 2>/dev/null\n"
                 // Some systems' init takes its time to bury the dead.
                 "for P in $B; do N=0\n"
                 "  while ps -o stat= -p $P | grep -q '^[^Z]'; do\n"
                 "    N=$((N + 1)); test $N = 50 && echo alive && break\n"
                 "    sleep 0.2\n"
                 "  done\n"
                 "done; echo done"},
            P.path());
    EXPECT_EQ(Run.Output, "done\n") << Run.Errors;
  }
}

TEST_F(Share, ATreeOfHeadersIsSharedBranchByBranch) {
  for (const char *Name : {"a", "b", "c", "d"}) {
    const std::string More =
        Name[0] < 'c' ? "#include <map>\n" : "#include <list>\n";
    for (const char *Last : {"deque", "set"})
      P.addUnit(Name + std::string(Last) + ".cpp",
                "#include \"common.h\"\n" + More + "#include <" + Last +
                    ">\ntask " + Name + "() { NAP; co_return; }\n");
  }
  EXPECT_EQ(shared().size(), 8u);
}

TEST_F(Share, OutputIsTheSameAtAnyJobs) {
  for (const char *Name : {"a", "b", "c", "d", "e"})
    P.addUnit(Name + std::string(".cpp"), "#include \"common.h\"\ntask " +
                                              std::string(Name) +
                                              "() { NAP; co_return; }\n");
  const std::string Clean =
      P.tidy({"--no-store", "--no-skip", "--output=json"}).Output;
  EXPECT_THAT(Clean, HasSubstr("async-blocking-call"));
  for (const char *Jobs : {"-j1", "-j4"}) {
    EXPECT_EQ(P.tidy({"--no-store", "--output=json", Jobs}).Output, Clean);
    EXPECT_EQ(
        P.tidy({"--no-store", "--no-share", "--output=json", Jobs}).Output,
        Clean);
  }
}

TEST_F(Share, AChangedHeaderIsNoticedForEachUnit) {
  P.addUnit("a.cpp", "#include \"common.h\"\nint A;\n");
  P.addUnit("b.cpp", "#include \"common.h\"\nint B;\n");
  P.addUnit("c.cpp", "#include \"task.h\"\nint C;\n");
  EXPECT_EQ(P.tidy({}).ExitCode, 1);
  EXPECT_THAT(P.tidy({"--explain-rebuild"}).Errors,
              HasSubstr("no unit was parsed"));
  P.write("common.h", std::string(Common) + "inline int New;\n");
  const std::string Why = P.tidy({"--explain-rebuild"}).Errors;
  EXPECT_THAT(Why, HasSubstr("a.cpp was parsed: common.h"));
  EXPECT_THAT(Why, HasSubstr("b.cpp was parsed: common.h"));
  EXPECT_THAT(Why, Not(HasSubstr("c.cpp")));
}

TEST_F(Share, AFaultIsStillOneUnits) {
  P.addUnit("a.cpp", "#include \"common.h\"\ntask a() { NAP; co_return; }\n");
  P.addUnit("b.cpp", "#include \"common.h\"\n#pragma clang __debug crash\n");
  P.addUnit("c.cpp", "#include \"common.h\"\ntask c() { NAP; co_return; }\n");
  EXPECT_THAT(shared(), ElementsAre("a.cpp", "c.cpp"));
  const Finished With = P.tidy({"--no-store"});
  const Finished Without = P.tidy({"--no-store", "--no-share"});
  EXPECT_EQ(With.Output, Without.Output);
  EXPECT_THAT(With.Output, HasSubstr("1 unit not analysed"));
  EXPECT_THAT(With.Output, HasSubstr("died of signal"));
}

TEST_F(Share, AFaultOfASharedHeaderIsThatOfEachUnit) {
  P.write("common.h", "#pragma clang __debug crash\n");
  P.addUnit("a.cpp", "#include \"common.h\"\n");
  P.addUnit("b.cpp", "#include \"common.h\"\n");
  P.addHazard("c.cpp");
  EXPECT_THAT(P.tidy({"--no-store"}).Output, HasSubstr("2 units not analysed"));
  EXPECT_EQ(P.tidy({"--no-store"}).Output,
            P.tidy({"--no-store", "--no-share"}).Output);
}

TEST_F(Share, TimeIsThatOfEachUnit) {
  P.addUnit("a.cpp", "#include \"common.h\"\ntask a() { NAP; co_return; }\n");
  P.addUnit("b.cpp", "#include \"common.h\"\n"
                     "constexpr long f(long N) {\n"
                     "  long S = 0;\n"
                     "  for (long I = 0; I < N; ++I) S += I % 7;\n"
                     "  return S;\n"
                     "}\n"
                     "static_assert(f(2000000000) != 1);\n");
  P.addUnit("c.cpp", "#include \"common.h\"\ntask c() { NAP; co_return; }\n");
  const Finished Run =
      P.tidy({"--timeout=6", "--extra-arg=-fconstexpr-steps=2147483647"});
  EXPECT_EQ(Run.ExitCode, 3);
  EXPECT_THAT(Run.Output, HasSubstr("a.cpp:2"));
  EXPECT_THAT(Run.Output, HasSubstr("c.cpp:2"));
  EXPECT_THAT(Run.Output, HasSubstr("b.cpp: no answer within 6 s (--timeout)"));
}

} // namespace
