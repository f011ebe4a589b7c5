//===- PreCommitTest.cpp - The hook, run by pre-commit itself -------------===//

#include "support/Project.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <filesystem>

using namespace async_tidy::test;
using testing::HasSubstr;
using testing::Not;

namespace fs = std::filesystem;

namespace {

constexpr char Program[] = ASYNC_TIDY_BINARY_DIR "/bin/async-tidy";

class PreCommit : public testing::Test {
protected:
  void SetUp() override {
    // The repository of the hook, as pre-commit clones it.
    for (const char *File : {".pre-commit-hooks.yaml",
                             "integrations/pre-commit/async-tidy-hook"}) {
      fs::create_directories(fs::path(Hook.path() + "/" + File).parent_path());
      fs::copy(std::string(ASYNC_TIDY_SOURCE_DIR "/") + File,
               Hook.path() + "/" + File);
    }
    commit(Hook.path());
    const std::string Revision =
        git({"rev-parse", "HEAD"}, Hook.path()).Output.substr(0, 40);

    P.write(".gitignore", ".cache\ncompile_commands.json\n");
    P.write(".pre-commit-config.yaml",
            "repos:\n- repo: " + Hook.path() + "\n  rev: " + Revision +
                "\n  hooks:\n  - id: async-tidy\n"
                "    args: [-p, '.', --level=strict]\n");
    P.addHazard("old.cpp");
    P.addClean("b.cpp");
    commit(P.path());
    // A folder that the hook is installed into is made on the first run.
    EXPECT_EQ(git({"status", "--short"}, P.path()).Output, "");
  }

  Finished git(std::vector<std::string> Words, const std::string &Where) {
    Words.insert(Words.begin(), {"git", "-c", "user.name=x", "-c",
                                 "user.email=x@example.org"});
    return run(Words, Where);
  }
  void commit(const std::string &Where) {
    git({"init", "-q"}, Where);
    git({"add", "-A"}, Where);
    EXPECT_EQ(git({"commit", "-q", "-m", "x"}, Where).ExitCode, 0);
  }
  Finished preCommit(const std::string &ProgramOfHook = Program) {
    git({"add", "-A"}, P.path());
    return run({"env", "PRE_COMMIT_HOME=" + Home.path(),
                "ASYNC_TIDY=" + ProgramOfHook,
                "XDG_CACHE_HOME=" + P.path() + "/.cache", "pre-commit", "run"},
               P.path());
  }

  TemporaryFolder Hook, Home;
  Project P;
};

TEST_F(PreCommit, LooksAtWhatIsCommittedAndNothingElse) {
  P.write("b.cpp", readFile(P.path() + "/b.cpp") + "// a comment\n");
  const Finished Green = preCommit();
  EXPECT_EQ(Green.ExitCode, 0) << Green.Output << Green.Errors;
  EXPECT_THAT(Green.Output, HasSubstr("Passed")) << "old.cpp is not committed";

  P.write("b.cpp", readFile(P.path() + "/b.cpp") +
                       "#include <unistd.h>\n"
                       "task planted() { sleep(7); co_return; }\n");
  const Finished Red = preCommit();
  EXPECT_EQ(Red.ExitCode, 1) << Red.Output << Red.Errors;
  EXPECT_THAT(Red.Output, HasSubstr("async-blocking-call"));
  EXPECT_THAT(Red.Output, Not(HasSubstr("old.cpp:")));
}

TEST_F(PreCommit, AHeaderIsSeenAsItIsIncluded) {
  P.write("work.h", "#pragma once\n#include \"task.h\"\n#include <unistd.h>\n"
                    "inline task work() { sleep(3); co_return; }\n");
  P.write("b.cpp", "#include \"work.h\"\n");
  git({"add", "b.cpp"}, P.path());
  const Finished Red = preCommit();
  EXPECT_EQ(Red.ExitCode, 1);
  EXPECT_THAT(Red.Output, HasSubstr("work.h:4"));
}

TEST_F(PreCommit, WithoutTheProgramOrADatabaseItFailsLoudly) {
  P.write("b.cpp", readFile(P.path() + "/b.cpp") + "// a comment\n");
  const Finished NoProgram = preCommit("no-such-program");
  EXPECT_EQ(NoProgram.ExitCode, 1);
  EXPECT_THAT(NoProgram.Output, HasSubstr("nothing was checked"));

  fs::remove(P.path() + "/compile_commands.json");
  const Finished NoDatabase = preCommit();
  EXPECT_EQ(NoDatabase.ExitCode, 1);
  EXPECT_THAT(NoDatabase.Output,
              HasSubstr("-DCMAKE_EXPORT_COMPILE_COMMANDS=ON"));
}

TEST_F(PreCommit, AFileThatTheDatabaseDoesNotKnowIsNotPassed) {
  P.write("new.cpp", "int x;\n");
  const Finished Run = preCommit();
  EXPECT_EQ(Run.ExitCode, 1);
  EXPECT_THAT(Run.Output, HasSubstr("not in the compile database"));
}

} // namespace
