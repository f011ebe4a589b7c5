//===- SinceTest.cpp - Only what a change did -----------------------------===//
//
// In repositories that git itself makes.
//
//===----------------------------------------------------------------------===//

#include "driver/ChangedLines.h"
#include "support/Project.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <filesystem>

using namespace async_tidy::test;
using testing::HasSubstr;
using testing::Not;

namespace {

/// Lines of a unit: a coroutine \p Name that calls \p Call in the third one.
std::string hazard(const std::string &Name, const std::string &Call) {
  return "#include \"task.h\"\n"
         "task " +
         Name + "() {\n  " + Call +
         ";\n"
         "  co_return;\n"
         "}\n";
}

class Since : public testing::Test {
protected:
  void SetUp() override {
    git({"init", "-q", "-b", "main"});
    P.addUnit("a.cpp", hazard("a", "sleep(1)"));
    P.addUnit("b.cpp", hazard("b", "sleep(1)"));
    commit();
  }
  Finished git(std::vector<std::string> Words) {
    Words.insert(Words.begin(),
                 {"git", "-c", "user.name=t", "-c", "user.email=t@example.org",
                  "-c", "protocol.file.allow=always"});
    Words.insert(Words.begin(), "/usr/bin/env");
    const Finished Run = run(Words, P.path());
    EXPECT_EQ(Run.ExitCode, 0) << Run.Output << Run.Errors;
    return Run;
  }
  void commit() {
    git({"add", "-A"});
    git({"commit", "-qm", "one"});
  }
  /// What is shown, and the exit code.
  Finished since(const std::string &Revision) {
    return P.tidy({"--since=" + Revision});
  }

  Project P;
};

TEST_F(Since, WhatDidNotChangeIsOld) {
  const Finished Run = since("HEAD");
  EXPECT_EQ(Run.ExitCode, 0) << Run.Errors;
  EXPECT_THAT(Run.Output, HasSubstr("2 findings outside of what changed since "
                                    "HEAD not shown"));
}

TEST_F(Since, WhatIsCommittedStagedOrNeitherIsNew) {
  P.write("b.cpp", hazard("b", "usleep(1)"));
  for (int Stage = 0; Stage < 3; ++Stage) {
    if (Stage == 1)
      git({"add", "-A"});
    if (Stage == 2)
      git({"commit", "-qm", "two"});
    const Finished Run = since(Stage == 2 ? "HEAD~1" : "HEAD");
    EXPECT_EQ(Run.ExitCode, 1) << Stage;
    EXPECT_THAT(Run.Output, HasSubstr("b.cpp:3:3")) << Stage;
    EXPECT_THAT(Run.Output, Not(HasSubstr("a.cpp:3:3"))) << Stage;
  }
}

TEST_F(Since, MovedLinesAndRenamedFilesAreOld) {
  git({"mv", "a.cpp", "c.cpp"});
  P.write("b.cpp", "// one\n// two\n" + hazard("b", "sleep(1)"));
  P.addUnit("c.cpp", hazard("a", "sleep(1)"));
  std::string Database = readFile(P.path() + "/compile_commands.json");
  Database.replace(0, Database.find(",\n") + 1, "["); // a.cpp
  P.write("compile_commands.json", Database);
  const Finished Run = since("HEAD");
  EXPECT_EQ(Run.ExitCode, 0) << Run.Output << Run.Errors;
  EXPECT_THAT(Run.Output, HasSubstr("2 findings outside"));
}

TEST_F(Since, ANewFileIsNewBeforeGitKnowsIt) {
  P.addUnit("with blank.cpp", hazard("c", "sleep(1)"));
  const Finished Run = since("HEAD");
  EXPECT_EQ(Run.ExitCode, 1);
  EXPECT_THAT(Run.Output, HasSubstr("with blank.cpp:3:3"));
  git({"add", "-A"});
  EXPECT_EQ(since("HEAD").ExitCode, 1);
  P.write(".gitignore", "with*\n");
  git({"rm", "-q", "--cached", "with blank.cpp"});
  EXPECT_EQ(since("HEAD").ExitCode, 0) << "git is to ignore it";
}

TEST_F(Since, AChangeAnywhereOnThePathMakesAFindingNew) {
  P.write("helper.h", "#include <unistd.h>\ninline void nap() {}\n");
  P.addUnit("c.cpp", "#include \"task.h\"\n#include \"helper.h\"\n"
                     "task c() { nap(); co_return; }\n");
  commit();
  P.write("helper.h", "#include <unistd.h>\ninline void nap() { sleep(1); }\n");
  const Finished Run = since("HEAD");
  EXPECT_EQ(Run.ExitCode, 1);
  EXPECT_THAT(Run.Output, HasSubstr("c.cpp:3:12"));
}

TEST_F(Since, TheOtherSidesChangesAreNotOurs) {
  git({"checkout", "-qb", "topic"});
  P.write("b.cpp", hazard("b", "usleep(1)"));
  commit();
  git({"checkout", "-q", "main"});
  P.write("a.cpp", hazard("a", "usleep(1)"));
  commit();
  git({"checkout", "-q", "topic"});
  const Finished Run = since("main");
  EXPECT_EQ(Run.ExitCode, 1);
  EXPECT_THAT(Run.Output, HasSubstr("b.cpp:3:3"));
  EXPECT_THAT(Run.Output, Not(HasSubstr("a.cpp:3:3")))
      << "it differs from main, and topic did not change it";
}

TEST_F(Since, ABaselineAcceptsWhatChangedToo) {
  ASSERT_EQ(P.tidy({"--write-baseline"}).ExitCode, 0);
  commit();
  P.write("b.cpp", hazard("b", "sleep(2)"));
  EXPECT_EQ(since("HEAD").ExitCode, 0) << "accepted, though it changed";
  P.write("b.cpp", hazard("b", "usleep(2)"));
  const Finished Run = P.tidy({"--since=HEAD", "--allow-stale"});
  EXPECT_EQ(Run.ExitCode, 1);
  EXPECT_THAT(Run.Output, HasSubstr("1 new finding in 1 file"));
}

TEST_F(Since, WhateverGitIsConfiguredToDo) {
  for (const char *Setting :
       {"diff.external=/bin/false", "diff.noprefix=true", "color.diff=always",
        "diff.mnemonicPrefix=true", "core.quotePath=false", "diff.context=5",
        "diff.algorithm=patience", "diff.renames=false"}) {
    const std::string Text = Setting;
    const size_t At = Text.find('=');
    git({"config", Text.substr(0, At), Text.substr(At + 1)});
  }
  P.write(".gitattributes", "*.cpp -diff\n");
  P.addUnit("\xc3\xa4 \"q\".cpp", hazard("c", "sleep(1)"));
  commit();
  P.write("\xc3\xa4 \"q\".cpp", hazard("c", "usleep(1)"));
  const Finished Run = since("HEAD");
  EXPECT_EQ(Run.ExitCode, 1) << Run.Errors;
  EXPECT_THAT(Run.Output, HasSubstr("\xc3\xa4 \"q\".cpp:3:3"));
  EXPECT_THAT(Run.Output, HasSubstr("1 new finding"));
}

TEST_F(Since, AShallowCloneIsAnErrorThatSaysWhatToDo) {
  P.write("a.cpp", hazard("a", "usleep(1)"));
  commit();
  const TemporaryFolder Clones;
  const std::string Clone = Clones.path() + "/clone";
  git({"clone", "-q", "--depth=1", "file://" + P.path(), Clone});
  std::string Database = readFile(P.path() + "/compile_commands.json");
  for (size_t At; (At = Database.find(P.path())) != std::string::npos;)
    Database.replace(At, P.path().size(), Clone);
  Clones.write("clone/compile_commands.json", Database);
  const std::string Program = ASYNC_TIDY_BINARY_DIR "/bin/async-tidy";
  const Finished Run = run({Program, "--since=HEAD~1"}, Clone);
  EXPECT_EQ(Run.ExitCode, 2);
  EXPECT_THAT(Run.Errors, HasSubstr("git knows no commit `HEAD~1`"));
  EXPECT_THAT(Run.Errors, HasSubstr("shallow"));
  // The other branch alone does not help: what they have in common is missing.
  git({"branch", "old", "HEAD~1"});
  ASSERT_EQ(run({"/usr/bin/env", "git", "fetch", "-q", "--depth=1", "origin",
                 "old:old"},
                Clone)
                .ExitCode,
            0);
  const Finished Other = run({Program, "--since=old"}, Clone);
  EXPECT_EQ(Other.ExitCode, 2);
  EXPECT_THAT(Other.Errors, HasSubstr("no common commit"));
  EXPECT_THAT(Other.Errors, HasSubstr("fetch-depth"));
}

TEST_F(Since, WhatGitCannotAnswerIsNeverAPass) {
  for (const char *Revision :
       {"no-such-branch", "-x", "--output=x", "", "HEAD..HEAD", "HEAD:a.cpp",
        "HEAD\n", "$(touch x)"}) {
    const Finished Run = since(Revision);
    EXPECT_EQ(Run.ExitCode, 2) << Revision;
    EXPECT_THAT(Run.Errors, HasSubstr("git knows no commit")) << Revision;
    EXPECT_EQ(Run.Output, "");
  }
  EXPECT_FALSE(std::filesystem::exists(P.path() + "/x"));
  const Finished NoGit = P.tidy({"--since=HEAD"}, {"PATH=/nowhere"});
  EXPECT_EQ(NoGit.ExitCode, 2);
  EXPECT_THAT(NoGit.Errors, HasSubstr("git is not installed"));
  std::filesystem::remove_all(P.path() + "/.git");
  const Finished NoRepository =
      P.tidy({"--since=HEAD"}, {"GIT_CEILING_DIRECTORIES=/"});
  EXPECT_EQ(NoRepository.ExitCode, 2);
  EXPECT_THAT(NoRepository.Errors, HasSubstr("not a git repository"));
}

TEST(ChangedLines, APatchIsReadByItsCountsAndNotByItsText) {
  auto Files = async_tidy::ChangedLines::parse(
      "diff --git a/x b/x\n--- a/x\n+++ b/x\n"
      "@@ -1 +1,2 @@ f()\n-old\n+++ b/y\n+@@ -1 +1,100 @@\n"
      "\\ No newline at end of file\n"
      "@@ -9,2 +10,0 @@\n-gone\n--- a/z\n"
      "diff --git \"a/q\\\"\\t\\303\\244\" \"b/q\\\"\\t\\303\\244\"\n"
      "--- /dev/null\n+++ \"b/q\\\"\\t\\303\\244\"\n@@ -0,0 +1 @@\n+x\n"
      "diff --git a/gone b/gone\n--- a/gone\n+++ /dev/null\n@@ -1 +0,0 @@\n"
      "-x\n");
  ASSERT_TRUE(static_cast<bool>(Files));
  ASSERT_EQ(Files->size(), 2u);
  ASSERT_EQ(Files->at("x").size(), 1u);
  EXPECT_EQ(Files->at("x")[0].First, 1u);
  EXPECT_EQ(Files->at("x")[0].Last, 2u);
  EXPECT_EQ(Files->count("q\"\t\xc3\xa4"), 1u);
}

TEST(ChangedLines, WhatIsNoPatchIsAnError) {
  for (const char *Text :
       {"@@ -1 +x @@\n", "@@ -1 +1 @@\n-a\n", "@@ -1 +1 @@\n-a\nb\n",
        "@@ -1,99999999999 +1 @@\n"}) {
    auto Files = async_tidy::ChangedLines::parse(Text);
    EXPECT_FALSE(static_cast<bool>(Files)) << Text;
    llvm::consumeError(Files.takeError());
  }
}

} // namespace
