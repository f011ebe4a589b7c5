//===- StoreTest.cpp - What a second run has to do ------------------------===//

#include "driver/Sqlite.h"
#include "support/Project.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <filesystem>

using namespace async_tidy;
using namespace async_tidy::test;
using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

namespace {

constexpr char Nothing[] = "no unit was parsed";

/// A project with a store of its own, two units and a header of theirs.
class StoredProject : public Project {
public:
  StoredProject() {
    write("nap.h", "#pragma once\n"
                   "#include \"task.h\"\n"
                   "inline void nap() { sleep(1); }\n");
    addUnit("a.cpp", "#include \"nap.h\"\n"
                     "task a() { nap(); co_return; }\n");
    addUnit("b.cpp", "#include \"nap.h\"\n"
                     "task b() { nap(); co_return; }\n");
    addHazard("other.cpp");
  }

  std::string store() const { return path() + "/store.sqlite"; }
  Finished tidy(std::vector<std::string> Words = {}) const {
    Words.push_back("--store=" + store());
    Words.push_back("--explain-rebuild");
    return Project::tidy(std::move(Words));
  }
  /// Runs, checks the findings against those of a run that knows nothing, and
  /// gives what was said of the rebuild.
  std::string again(std::vector<std::string> Words = {}) const {
    const Finished Run = tidy(Words);
    Words.push_back("--no-store");
    const Finished Clean = Project::tidy(Words);
    EXPECT_EQ(Run.Output, Clean.Output) << Run.Errors;
    EXPECT_EQ(Run.ExitCode, Clean.ExitCode);
    return Run.Errors;
  }
};

TEST(Store, ASecondRunParsesNothingAndSaysTheSame) {
  const StoredProject P;
  const std::string Said = P.tidy({"-j4"}).Errors;
  for (const char *Unit : {"a.cpp", "b.cpp", "other.cpp"})
    EXPECT_THAT(Said, HasSubstr(std::string(Unit) + " was parsed: the store "
                                                    "does not have it"));
  const Finished First = P.tidy();
  EXPECT_EQ(First.ExitCode, 1);
  EXPECT_EQ(count(First.Output, "[async-blocking-call]"), 3u) << First.Output;
  for (const char *Jobs : {"-j1", "-j4"})
    for (const char *Format : {"text", "json", "sarif"})
      EXPECT_THAT(P.again({Jobs, std::string("--output=") + Format}),
                  HasSubstr(Nothing));
  EXPECT_EQ(P.tidy({"--fail-on=never"}).ExitCode, 0);
}

TEST(Store, WithoutANameItIsInTheCache) {
  const StoredProject P;
  P.Project::tidy({});
  unsigned Files = 0;
  for (const auto &Entry :
       fs::directory_iterator(P.path() + "/.cache/async-tidy"))
    Files += Entry.path().extension() == ".sqlite";
  EXPECT_EQ(Files, 1u);
  EXPECT_THAT(P.Project::tidy({"--explain-rebuild"}).Errors,
              HasSubstr(Nothing));
}

TEST(Store, FlagsOnTheCommandLineLeaveNothingBehind) {
  const StoredProject P;
  EXPECT_EQ(P.Project::tidy({"a.cpp", "--", "-std=c++20"}).ExitCode, 1);
  EXPECT_FALSE(fs::exists(P.path() + "/.cache"));
}

TEST(Store, AFunctionOfAHeaderIsThereOnce) {
  const StoredProject P;
  P.tidy();
  sqlite::Database DB(P.store());
  ASSERT_FALSE(DB.failed());
  EXPECT_EQ(DB.ask("SELECT count(*) FROM unit"), 3);
  // The six members of the promise, two of its awaiters ... and `nap`.
  const int64_t Before = DB.ask("SELECT count(*) FROM function");
  EXPECT_GE(Before, 2);
  const_cast<StoredProject &>(P).addUnit(
      "c.cpp", "#include \"nap.h\"\ntask c() { nap(); co_return; }\n");
  P.tidy();
  EXPECT_EQ(DB.ask("SELECT count(*) FROM unit"), 4);
  EXPECT_EQ(DB.ask("SELECT count(*) FROM function"), Before);
}

TEST(Store, ATouchedFileIsNotParsed) {
  const StoredProject P;
  P.tidy();
  for (const char *File : {"nap.h", "a.cpp"})
    fs::last_write_time(P.path() + "/" + File,
                        fs::file_time_type::clock::now());
  EXPECT_THAT(P.again(), HasSubstr(Nothing));
}

TEST(Store, AChangedFileIsParsedByThoseThatReadIt) {
  const StoredProject P;
  P.tidy();
  P.write("nap.h", "#pragma once\n"
                   "#include \"task.h\"\n"
                   "inline void nap() {}\n");
  const std::string Said = P.again();
  EXPECT_THAT(Said, HasSubstr("a.cpp was parsed: nap.h changed"));
  EXPECT_THAT(Said, HasSubstr("b.cpp was parsed: nap.h changed"));
  EXPECT_THAT(Said, Not(HasSubstr("other.cpp")));
  EXPECT_EQ(count(P.tidy().Output, "[async-blocking-call]"), 1u);
}

TEST(Store, AChangeThatKeepsSizeAndTimeIsSeen) {
  const StoredProject P;
  P.tidy();
  const std::string File = P.path() + "/nap.h";
  const auto Time = fs::last_write_time(File);
  P.write("nap.h", "#pragma once\n"
                   "#include \"task.h\"\n"
                   "inline void nap() { getpid(); }\n"
                   "                               "); // size differs, too
  fs::resize_file(File, std::string("#pragma once\n#include \"task.h\"\n"
                                    "inline void nap() { sleep(1); }\n")
                            .size());
  fs::last_write_time(File, Time);
  EXPECT_THAT(P.again(), HasSubstr("nap.h changed"));
}

TEST(Store, CommentsThatMoveNothingLinkNothingAnew) {
  const StoredProject P;
  P.write("nap.h", "#pragma once\n"
                   "#include \"task.h\"\n"
                   "inline void nap() { sleep(1); } // why?\n");
  P.tidy();
  sqlite::Database DB(P.store());
  const int64_t Before = DB.ask("SELECT count(*) FROM result");
  P.write("nap.h", "#pragma once\n"
                   "#include \"task.h\"\n"
                   "inline void nap() { sleep(1); } // so.\n");
  EXPECT_THAT(P.again(), HasSubstr("nap.h changed"));
  EXPECT_EQ(DB.ask("SELECT count(*) FROM result"), Before);
}

TEST(Store, ADirectiveInAHeaderCounts) {
  const StoredProject P;
  P.tidy();
  P.write("a.cpp", "#include \"nap.h\"\n"
                   "task a() { nap(); co_return; } // NOLINT\n");
  EXPECT_THAT(P.again(), HasSubstr("a.cpp was parsed: a.cpp changed"));
  EXPECT_EQ(count(P.tidy().Output, "[async-blocking-call]"), 2u);
}

TEST(Store, ModelsRulesAndOptionsParseNothing) {
  const StoredProject P;
  P.tidy();
  for (const std::vector<std::string> &Words :
       std::vector<std::vector<std::string>>{{"--checks=-*,async-busy-wait"},
                                             {"--level=strict"},
                                             {"--warnings-as-errors=async-*"},
                                             {"--header-filter=x"},
                                             {"--no-default-excludes"},
                                             {"a.cpp"}})
    EXPECT_THAT(P.again(Words), HasSubstr(Nothing)) << Words.front();

  P.write(".clang-tidy", "Checks: '-async-blocking-call'\n");
  EXPECT_THAT(P.again(), HasSubstr(Nothing));
  EXPECT_EQ(P.tidy().ExitCode, 0);
  fs::remove(P.path() + "/.clang-tidy");

  const auto Model = [&](const char *Why) {
    P.write("m.yaml", std::string("library: mine\nsummary: ours\nblocking:\n"
                                  "  - names: [nap]\n    why: ") +
                          Why + "\n");
    return P.again({"--models=m.yaml"});
  };
  EXPECT_THAT(Model("waits for a dream"), HasSubstr(Nothing));
  EXPECT_THAT(Model("waits for dinner"), HasSubstr(Nothing));
  EXPECT_THAT(P.tidy({"--models=m.yaml"}).Output,
              HasSubstr("waits for dinner"));
}

TEST(Store, OtherFlagsAreAnotherCommand) {
  StoredProject P;
  P.write("c.cpp", "#include \"task.h\"\n"
                   "task c() {\n"
                   "#ifdef NAP\n"
                   "  sleep(1);\n"
                   "#endif\n"
                   "  co_return;\n"
                   "}\n");
  const auto Entry = [&](const std::string &Flag) {
    P.write("compile_commands.json",
            "[{\"directory\": \"" + P.path() +
                "\", \"file\": \"c.cpp\", \"arguments\": [\"c++\", "
                "\"-std=c++20\", \"" +
                Flag + "\", \"-c\", \"c.cpp\"]}]");
  };
  Entry("-DOTHER");
  EXPECT_EQ(P.tidy().ExitCode, 0);
  Entry("-DNAP");
  EXPECT_THAT(P.again(),
              HasSubstr("c.cpp was parsed: its command is another one"));
  EXPECT_EQ(P.tidy().ExitCode, 1);
  Entry("-DOTHER");
  EXPECT_THAT(P.again(), HasSubstr(Nothing)) << "both are known now";
  EXPECT_THAT(P.again({"--extra-arg=-DNAP"}), HasSubstr("another one"));
  EXPECT_EQ(P.Project::tidy({"--store=" + P.store()}).ExitCode, 0);
}

TEST(Store, TheEnvironmentIsPartOfACommand) {
  const StoredProject P;
  P.tidy();
  const Finished Run =
      P.Project::tidy({"--store=" + P.store(), "--explain-rebuild"},
                      {"CPLUS_INCLUDE_PATH=" + P.path() + "/x"});
  EXPECT_THAT(Run.Errors, HasSubstr("its command is another one"));
}

TEST(Store, FilesThatGoAndComeBack) {
  const StoredProject P;
  P.tidy();
  const std::string Header = P.path() + "/nap.h", Away = P.path() + "/away.h";
  fs::rename(Header, Away);
  EXPECT_THAT(P.again(), HasSubstr("a.cpp was parsed: nap.h is gone"));
  EXPECT_EQ(P.tidy().ExitCode, 3);
  EXPECT_THAT(P.again(), HasSubstr(Nothing)) << "the error is known";
  fs::rename(Away, Header);
  EXPECT_THAT(P.again(), HasSubstr("a.cpp was parsed: nap.h exists now"));
  EXPECT_EQ(P.tidy().ExitCode, 1);
  fs::remove(P.path() + "/b.cpp");
  P.again();
  EXPECT_EQ(P.tidy().ExitCode, 3) << "the database speaks of it";
}

TEST(Store, AHeaderThatAppearsBeforeAnotherOneIsSeen) {
  StoredProject P;
  P.write("late/which.h", "#include \"task.h\"\n"
                          "inline void which() { sleep(1); }\n");
  P.write("early/x", "");
  P.addUnit("c.cpp", "#include <which.h>\ntask c() { which(); co_return; }\n",
            {"-I" + P.path() + "/absent", "-I" + P.path() + "/early",
             "-I" + P.path() + "/late"});
  P.tidy();
  P.write("early/which.h", "#include \"task.h\"\ninline void which() {}\n");
  EXPECT_THAT(P.again(),
              HasSubstr("c.cpp was parsed: early/which.h exists now"));
  P.write("absent/which.h", "#include \"task.h\"\n"
                            "inline void which() { sleep(2); }\n");
  EXPECT_THAT(P.again(), HasSubstr("c.cpp was parsed: absent"));
}

TEST(Store, AHeaderThatIsOnlyAskedForIsSeen) {
  StoredProject P;
  P.addUnit("c.cpp", "#include \"task.h\"\n"
                     "#if __has_include(\"config.h\")\n"
                     "#define NAP 1\n"
                     "#endif\n"
                     "task c() { sleep(NAP + 0); co_return; }\n");
  P.addUnit("d.cpp", "#include \"task.h\"\n"
                     "#if __has_include(\"config.h\")\n"
                     "task d() { sleep(1); co_return; }\n"
                     "#endif\n");
  P.tidy();
  P.write("config.h", "");
  EXPECT_THAT(P.again(), HasSubstr("d.cpp was parsed: config.h exists now"));
  P.write("config.h", "int X;");
  EXPECT_THAT(P.again(), HasSubstr(Nothing)) << "its text does not matter";
  fs::remove(P.path() + "/config.h");
  EXPECT_THAT(P.again(), HasSubstr("d.cpp was parsed: config.h is gone"));
}

TEST(Store, ItServesAnotherCheckout) {
  const StoredProject P;
  P.tidy();
  const TemporaryFolder Other;
  const std::string There = Other.path() + "/moved to";
  fs::copy(P.path(), There, fs::copy_options::recursive);
  // As the build system there would write it.
  const Finished Edited =
      run({"/bin/sed", "-i", "s|" + P.path() + "|" + There + "|g",
           "compile_commands.json"},
          There);
  ASSERT_EQ(Edited.ExitCode, 0) << Edited.Errors;
  const std::string Tool = ASYNC_TIDY_BINARY_DIR "/bin/async-tidy";
  for (const char *Format : {"text", "json", "sarif"}) {
    const std::string Output = std::string("--output=") + Format;
    const Finished Warm =
        run({Tool, Output, "--store=store.sqlite", "--explain-rebuild"}, There);
    const Finished Cold = run({Tool, Output, "--no-store"}, There);
    EXPECT_THAT(Warm.Errors, HasSubstr(Nothing));
    EXPECT_EQ(Warm.Output, Cold.Output);
    EXPECT_EQ(Warm.ExitCode, 1);
  }
  // What is changed there does not concern us.
  fs::resize_file(There + "/nap.h", 0);
  EXPECT_THAT(
      run({Tool, "--store=store.sqlite", "--explain-rebuild"}, There).Errors,
      HasSubstr("nap.h changed"));
  EXPECT_THAT(P.again(), HasSubstr(Nothing));
}

TEST(Store, AFixIsSeenByTheNextRun) {
  const StoredProject P;
  P.tidy();
  P.tidy({"--fix"});
  P.again();
  EXPECT_THAT(P.again(), HasSubstr(Nothing));
}

TEST(Store, TheCommandsThatAskUseIt) {
  const StoredProject P;
  P.tidy();
  for (const std::vector<std::string> &Words :
       std::vector<std::vector<std::string>>{{"why", "nap"},
                                             {"models", "-p", P.path()}}) {
    std::vector<std::string> Warm = Words, Cold = Words;
    Warm.insert(Warm.end(), {"--store=" + P.store(), "--explain-rebuild"});
    Cold.push_back("--no-store");
    const Finished Run = P.Project::tidy(Warm);
    EXPECT_THAT(Run.Errors, HasSubstr(Nothing));
    EXPECT_EQ(Run.Output, P.Project::tidy(Cold).Output);
    EXPECT_NE(Run.Output, "");
  }
}

} // namespace
