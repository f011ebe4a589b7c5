//===- BaselineTest.cpp - Findings that are accepted for now --------------===//

#include "support/Project.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

using namespace async_tidy::test;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

namespace {

constexpr char Name[] = ".async-tidy-baseline";

/// A coroutine `run` whose body is \p Body.
std::string coroutine(const std::string &Body) {
  return "#include \"task.h\"\n"
         "static task run() {\n" +
         Body +
         "  co_await std::suspend_always{};\n"
         "}\n"
         "task use() { return run(); }\n";
}

class Baseline : public testing::Test {
protected:
  std::string file(const std::string &Of = Name) {
    return readFile(P.path() + "/" + Of);
  }
  void writeBaseline() {
    const Finished Run = P.tidy({"--write-baseline"});
    ASSERT_EQ(Run.ExitCode, 0) << Run.Output << Run.Errors;
  }
  nlohmann::json report(std::vector<std::string> Words = {}) {
    Words.push_back("--output=json");
    return nlohmann::json::parse(P.tidy(std::move(Words)).Output, nullptr,
                                 false);
  }
  /// `file:line` of the findings that are new.
  std::vector<std::string> newOnes(std::vector<std::string> Words = {}) {
    std::vector<std::string> Places;
    const nlohmann::json Report = report(std::move(Words));
    for (const auto &F : Report["findings"])
      if (F["baselineState"] == "new")
        Places.push_back(F["file"].get<std::string>() + ":" +
                         std::to_string(F["line"].get<unsigned>()));
    return Places;
  }

  Project P;
};

TEST_F(Baseline, WhatItHoldsIsNeitherShownNorAFailure) {
  P.addHazard("a.cpp");
  writeBaseline();
  EXPECT_THAT(file(), StartsWith("# async-tidy baseline, version 1\n"));
  EXPECT_THAT(file(), HasSubstr("\tasync-blocking-call\tdefault\trun\tsleep -> "
                                "sleep\tsleep(1);\ta.cpp\n"));
  const Finished Run = P.tidy({});
  EXPECT_EQ(Run.ExitCode, 0);
  EXPECT_THAT(Run.Output, Not(HasSubstr("a.cpp:3:3")));
  EXPECT_THAT(Run.Output,
              HasSubstr("1 finding of the baseline .async-tidy-baseline"));
  EXPECT_EQ(P.tidy({"--no-baseline"}).ExitCode, 1);
}

TEST_F(Baseline, ReportsForMachinesHaveEverything) {
  P.addUnit("a.cpp", coroutine("  sleep(1);\n  usleep(1);\n"));
  writeBaseline();
  P.write("a.cpp", coroutine("  sleep(1);\n  pause();\n"));
  const auto Report = report({"--output=sarif:x.sarif"});
  ASSERT_EQ(Report["findings"].size(), 2u);
  EXPECT_EQ(Report["findings"][0]["baselineState"], "unchanged");
  EXPECT_EQ(Report["findings"][1]["baselineState"], "new");
  EXPECT_EQ(Report["baseline"]["matched"], 1);
  ASSERT_EQ(Report["baseline"]["absent"].size(), 1u);
  EXPECT_EQ(Report["baseline"]["absent"][0]["subject"], "usleep -> usleep");
  EXPECT_EQ(Report["failures"].size(), 1u);

  std::vector<std::string> States;
  const auto Sarif = nlohmann::json::parse(file("x.sarif"), nullptr, false);
  for (const auto &Result : Sarif["runs"][0]["results"])
    States.push_back(Result["baselineState"]);
  EXPECT_THAT(States, ElementsAre("unchanged", "new", "absent"));
}

TEST_F(Baseline, ASecondEqualDefectIsOneNewFindingWhereverItIs) {
  P.addUnit("a.cpp", coroutine("  sleep(1);\n"));
  writeBaseline();
  P.write("a.cpp", coroutine("  sleep(1);\n  sleep(2);\n"));
  EXPECT_THAT(newOnes(), ElementsAre("a.cpp:4"));
  P.write("a.cpp", coroutine("  sleep(2);\n  sleep(1);\n"));
  EXPECT_THAT(newOnes(), ElementsAre("a.cpp:3"));
  P.write("a.cpp", coroutine("  sleep(1);\n  sleep(1);\n"));
  EXPECT_EQ(newOnes().size(), 1u);
}

/// A coroutine whose parameters are \p Parameters, and \p Call in it.
std::string with(const std::string &Parameters, const std::string &Call) {
  return "task serve(" + Parameters + ") {\n  " + Call + "\n  co_return;\n}\n";
}

// docs/design/fingerprints.md: why the signature is no part of what a finding
// is.
TEST_F(Baseline, ASignatureMayChange) {
  const std::string Head = "#include \"task.h\"\n#include <string_view>\n";
  P.addUnit("a.cpp", Head + with("const char *name", "sleep(1);"));
  writeBaseline();
  for (const char *Parameters :
       {"std::string_view name", "const char *name, int attempts = 1", "",
        "const char *const peer"}) {
    P.write("a.cpp", Head + with(Parameters, "sleep(1);"));
    const Finished Run = P.tidy({});
    EXPECT_EQ(Run.ExitCode, 0) << Parameters << Run.Output;
  }
}

TEST_F(Baseline, ADefectInAnOverloadIsNewAlone) {
  const std::string Head = "#include \"task.h\"\n";
  P.addUnit("a.cpp", Head + with("int", "sleep(1);"));
  writeBaseline();
  P.write("a.cpp", Head + with("bool", "sleep(2);") + with("int", "sleep(1);"));
  EXPECT_THAT(newOnes(), ElementsAre("a.cpp:3"));
  P.write("a.cpp", Head + with("int", "sleep(1);") + with("bool", "sleep(2);"));
  EXPECT_THAT(newOnes(), ElementsAre("a.cpp:7"));
}

TEST_F(Baseline, FunctionsOfOneNameInTwoFilesAreToldApart) {
  P.addClean("a.cpp");
  P.addUnit("b.cpp", coroutine("  sleep(1);\n"));
  writeBaseline();
  P.write("a.cpp", coroutine("  sleep(1);\n"));
  EXPECT_THAT(newOnes(), ElementsAre("a.cpp:3"));
  EXPECT_THAT(newOnes({"a.cpp"}), ElementsAre("a.cpp:3"))
      << "the entry of a file that was not looked at excuses no other one";
}

TEST_F(Baseline, AFileMayBeRenamed) {
  P.addHazard("old.cpp");
  writeBaseline();
  Project Moved;
  Moved.addHazard("new.cpp");
  Moved.write(Name, file());
  const Finished Run = Moved.tidy({});
  EXPECT_EQ(Run.ExitCode, 0) << Run.Output;
}

TEST_F(Baseline, AHelperMayComeBetween) {
  P.addUnit("a.cpp", "#include \"task.h\"\n"
                     "static void nap() { sleep(1); }\n"
                     "task use() { nap(); co_return; }\n");
  writeBaseline();
  P.write("a.cpp", "#include \"task.h\"\n"
                   "static void deep() { sleep(1); }\n"
                   "static void nap() { deep(); }\n"
                   "static void first() { nap(); }\n"
                   "task use() { first(); co_return; }\n");
  EXPECT_EQ(P.tidy({}).ExitCode, 0);
}

TEST_F(Baseline, AStaleEntryFailsAndCanBeRemoved) {
  P.addHazard("a.cpp");
  P.addUnit("b.cpp", "#include \"task.h\"\n"
                     "task other() { usleep(1); co_return; }\n");
  writeBaseline();
  P.write("b.cpp", "#include \"task.h\"\ntask other() { co_return; }\n");
  const Finished Run = P.tidy({});
  EXPECT_EQ(Run.ExitCode, 1);
  EXPECT_THAT(Run.Output, HasSubstr("b.cpp: `other`: usleep -> usleep "
                                    "[async-blocking-call]"));
  EXPECT_THAT(Run.Output, HasSubstr("--prune-baseline"));
  EXPECT_THAT(P.tidy({"--output=json"}).Errors, HasSubstr("stale"))
      << "also where nobody reads the report";
  EXPECT_EQ(P.tidy({"--allow-stale"}).ExitCode, 0);
  EXPECT_EQ(P.tidy({"--prune-baseline"}).ExitCode, 0);
  EXPECT_THAT(file(), Not(HasSubstr("usleep")));
  EXPECT_THAT(file(), HasSubstr("a.cpp"));
  EXPECT_EQ(P.tidy({}).ExitCode, 0);
}

TEST_F(Baseline, PruningAcceptsNothingNew) {
  P.addHazard("a.cpp");
  writeBaseline();
  P.write("a.cpp", coroutine("  usleep(1);\n"));
  EXPECT_EQ(P.tidy({"--prune-baseline"}).ExitCode, 1);
  EXPECT_THAT(file(), Not(HasSubstr("sleep")));
}

TEST_F(Baseline, WhatWasNotLookedForIsNotStale) {
  P.addUnit("a.cpp", coroutine("  sleep(1);\n"));
  P.addUnit("b.cpp", "#include \"task.h\"\n"
                     "task other() { usleep(1); co_return; }\n");
  writeBaseline();
  const std::string Before = file();
  P.write("b.cpp", "#include \"task.h\"\ntask other() { co_return; }\n");
  for (const std::vector<std::string> &Words :
       {std::vector<std::string>{"a.cpp"},
        {"--checks=-*,async-busy-wait"},
        {"--config={Checks: '-async-blocking-call'}"}}) {
    const Finished Run = P.tidy(Words);
    EXPECT_EQ(Run.ExitCode, 0) << Words[0] << Run.Output << Run.Errors;
    EXPECT_THAT(Run.Output, HasSubstr("of it not judged")) << Words[0];
    std::vector<std::string> Prune = Words;
    Prune.push_back("--prune-baseline");
    P.tidy(Prune);
    EXPECT_EQ(file(), Before) << Words[0];
    Prune.back() = "--write-baseline";
    P.tidy(Prune);
    EXPECT_EQ(file(), Before) << Words[0];
  }
  EXPECT_EQ(P.tidy({}).ExitCode, 1);
}

TEST_F(Baseline, AFindingOfAHigherLevelIsNotStaleAtALowerOne) {
  P.addUnit("a.cpp",
            "#include \"task.h\"\n#include <cstdio>\n#include <mutex>\n"
            "std::mutex m;\n"
            "void f() { std::lock_guard l(m); sleep(1); }\n");
  ASSERT_EQ(P.tidy({"--level=strict"}).ExitCode, 1);
  ASSERT_EQ(P.tidy({"--level=strict", "--write-baseline"}).ExitCode, 0);
  EXPECT_EQ(P.tidy({}).ExitCode, 0);
  EXPECT_EQ(P.tidy({"--level=strict"}).ExitCode, 0);
}

TEST_F(Baseline, UnitsThatFailLoseNoEntries) {
  P.addHazard("a.cpp");
  P.addUnit("b.cpp", "#include \"task.h\"\n"
                     "task other() { usleep(1); co_return; }\n");
  writeBaseline();
  const std::string Before = file();
  P.write("b.cpp", "#include \"no-such-file.h\"\n");
  const Finished Run = P.tidy({"--write-baseline"});
  EXPECT_EQ(Run.ExitCode, 3);
  EXPECT_EQ(file(), Before);
  EXPECT_EQ(P.tidy({"--allow-not-analysed=b.cpp"}).ExitCode, 0)
      << "nor are they stale";
}

TEST_F(Baseline, SuppressedFindingsAreNotWritten) {
  P.addUnit("a.cpp", coroutine("  sleep(1); // NOLINT(async-blocking-call)\n"
                               "  sleep(1);\n"));
  writeBaseline();
  EXPECT_EQ(count(file(), "async-blocking-call"), 1u);
  EXPECT_EQ(P.tidy({}).ExitCode, 0);
}

TEST_F(Baseline, WritingTwiceIsWritingOnce) {
  P.addUnit("a.cpp", coroutine("  sleep(1);\n  usleep(2);\n  sleep(3);\n"));
  writeBaseline();
  const std::string Before = file();
  writeBaseline();
  EXPECT_EQ(file(), Before);
  P.write("a.cpp", "\n\n" + coroutine("  usleep(2);\n  sleep(1);\n"
                                      "  sleep(3);\n"));
  writeBaseline();
  EXPECT_EQ(file(), Before) << "nor do moved lines make a difference";
}

TEST_F(Baseline, GitMayMergeIt) {
  P.addUnit("a.cpp", coroutine("  sleep(1);\n  usleep(2);\n"));
  writeBaseline();
  std::istringstream In(file());
  std::vector<std::string> Lines;
  for (std::string Line; std::getline(In, Line);)
    Lines.push_back(Line);
  ASSERT_EQ(Lines.size(), 5u);
  EXPECT_TRUE(std::is_sorted(Lines.begin() + 3, Lines.end()));
  // Any order, twice, and with the other ends of lines.
  P.write(Name, Lines[0] + "\r\n" + Lines[4] + "\r\n" + Lines[3] + "\r\n\r\n" +
                    Lines[4] + "\r\n");
  EXPECT_EQ(P.tidy({}).ExitCode, 0);
}

TEST_F(Baseline, IsFoundAboveTheSourcesAndWhereItIsGiven) {
  P.write("src/x", "");
  P.addUnit("src/a.cpp", coroutine("  sleep(1);\n"));
  writeBaseline();
  const std::string Text = file();
  std::filesystem::rename(P.path() + "/" + Name, P.path() + "/src/other");
  EXPECT_EQ(P.tidy({}).ExitCode, 1);
  EXPECT_EQ(P.tidy({"--baseline=src/other"}).ExitCode, 0)
      << "the names in it are only hints";
  P.write("away/x", "");
  EXPECT_EQ(run({ASYNC_TIDY_BINARY_DIR "/bin/async-tidy", "-p", ".."},
                P.path() + "/away")
                .ExitCode,
            1);
  P.write(Name, Text);
  EXPECT_EQ(run({ASYNC_TIDY_BINARY_DIR "/bin/async-tidy", "-p", ".."},
                P.path() + "/away")
                .ExitCode,
            0);
}

TEST_F(Baseline, WhatIsNoBaselineIsAnErrorWithItsLine) {
  P.addHazard("a.cpp");
  writeBaseline();
  const std::string Good = file();
  std::string Changed = Good, Cut = Good;
  Changed.replace(Changed.find("\trun\t"), 5, "\tran\t");
  Cut.resize(Cut.rfind('\t'));
  std::string Escaped = Good;
  Escaped.replace(Escaped.find("sleep(1)"), 8, "sl\\eep");
  const std::vector<std::pair<std::string, std::string>> Cases = {
      {"", ":1: this is not a baseline of async-tidy"},
      {"{\"version\": 1}\n", ":1: this is not a baseline"},
      {"# async-tidy baseline, version 7\n",
       ":1: the baseline is of version 7"},
      {"<<<<<<< HEAD\n" + Good, ":1: the merge conflict is not resolved"},
      {Good + "<<<<<<< HEAD\n=======\n>>>>>>> other\n",
       ":5: the merge conflict is not resolved"},
      {Changed, ":4: the line is damaged: its fingerprint"},
      {Cut, ":4: the line is damaged: 6 of at least 7 columns"},
      {Escaped, ":4: the line is damaged: a backslash"},
      {Good + std::string("\0\xff\t\t", 4), ":5: the line is damaged"},
  };
  for (const auto &[Text, Said] : Cases) {
    P.write(Name, Text);
    for (const char *Option : {"--quiet", "--write-baseline"}) {
      const Finished Run = P.tidy({Option});
      EXPECT_EQ(Run.ExitCode, 2) << Said;
      EXPECT_THAT(Run.Errors, HasSubstr(Name + Said));
    }
    EXPECT_EQ(file(), Text) << "nothing is lost";
  }
}

TEST_F(Baseline, MistakesInTheCall) {
  P.addHazard("a.cpp");
  const std::vector<std::pair<std::vector<std::string>, std::string>> Calls = {
      {{"--baseline=missing"}, "missing"},
      {{"--baseline="}, "name is missing"},
      {{"--prune-baseline"}, "no .async-tidy-baseline"},
      {{"--no-baseline", "--write-baseline"}, "--no-baseline"},
      {{"--since=HEAD", "--write-baseline"}, "--since"},
      {{"--prune-baseline", "--write-baseline"}, "--prune-baseline"},
      {{"--baseline=x", "--write-baseline=y"}, "twice"},
      {{"--write-baseline=no/such/folder/x"}, "cannot be written"},
  };
  for (const auto &[Words, Said] : Calls) {
    const Finished Run = P.tidy(Words);
    EXPECT_EQ(Run.ExitCode, 2) << Words.front();
    EXPECT_THAT(Run.Errors, HasSubstr(Said));
  }
}

TEST_F(Baseline, HostileNamesComeBackAsTheyWere) {
  P.write("d\te\\f/x", "");
  P.addUnit("d\te\\f/a\n.cpp", coroutine("  sleep(1); //\t\x80\xff\n"));
  writeBaseline();
  EXPECT_EQ(P.tidy({}).ExitCode, 0);
  EXPECT_THAT(file(), HasSubstr("d\\te\\\\f/a\\n.cpp\n"));
}

} // namespace
