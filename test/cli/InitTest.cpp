//===- InitTest.cpp - async-tidy init sets a project up -------------------===//

#include "support/Project.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <filesystem>
#include <fstream>

using namespace async_tidy::test;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

namespace fs = std::filesystem;

namespace {

/// A repository with a CMake project, configured, and one defect.
class Fresh : public Project {
public:
  explicit Fresh(const std::string &Build = "build") {
    git({"init", "-q", "-b", "main"});
    addHazard("server.cpp");
    addClean("client.cpp");
    fs::create_directories(path() + "/" + Build);
    fs::rename(path() + "/compile_commands.json",
               path() + "/" + Build + "/compile_commands.json");
    write(Build + "/CMakeCache.txt",
          "# cache\nCMAKE_HOME_DIRECTORY:INTERNAL=" + path() + "\n");
  }
  Finished git(std::vector<std::string> Words) const {
    Words.insert(Words.begin(), "git");
    return run(Words, path());
  }
  void folder(const std::string &Name) const {
    fs::create_directories(path() + "/" + Name);
  }
  bool has(const std::string &Name) const {
    return fs::exists(path() + "/" + Name);
  }
  std::string text(const std::string &Name) const {
    return readFile(path() + "/" + Name);
  }
};

TEST(Init, AProjectIsSetUpAndItsGateIsGreen) {
  Fresh P;
  P.folder(".github");
  const Finished Run = P.tidy({"init"});
  EXPECT_EQ(Run.ExitCode, 0) << Run.Errors;
  EXPECT_THAT(Run.Output, HasSubstr("build/compile_commands.json, 2 units"));
  EXPECT_THAT(Run.Output, HasSubstr("posix"));
  EXPECT_THAT(Run.Output, testing::ContainsRegex("async-blocking-call +1\n"));
  EXPECT_THAT(Run.Output, HasSubstr("accepts 1 finding"));
  EXPECT_THAT(P.text(".github/workflows/async-tidy.yml"),
              HasSubstr("ASYNC_TIDY_BUILD_DIRECTORY: build\n"));
  EXPECT_EQ(P.tidy({}).ExitCode, 0) << "what was there is accepted";
  P.write("server.cpp",
          P.text("server.cpp") + "task again() { sleep(2); co_return; }\n");
  const Finished Red = P.tidy({});
  EXPECT_EQ(Red.ExitCode, 1);
  EXPECT_THAT(Red.Output, HasSubstr("1 new finding"));
  // The configuration is one: clang-tidy and async-tidy take it.
  EXPECT_THAT(P.tidy({"--dump-config", "client.cpp"}).Output,
              HasSubstr("async.Level"));
  const Finished Valid =
      run({"clang-tidy-22",
           "-load=" ASYNC_TIDY_BINARY_DIR "/lib/async-tidy-plugin-22.so",
           "--verify-config", P.path() + "/client.cpp"},
          P.path());
  EXPECT_EQ(Valid.ExitCode, 0) << Valid.Output << Valid.Errors;
}

TEST(Init, NothingIsOverwritten) {
  Fresh P;
  P.folder(".github/workflows");
  P.write(".clang-tidy", "Checks: 'async-busy-wait'\n");
  P.write(".github/workflows/async-tidy.yml", "mine");
  const std::string Baseline =
      P.write(".async-tidy-baseline", "# async-tidy baseline, version 1\n");
  const Finished Run = P.tidy({"init"});
  EXPECT_EQ(Run.ExitCode, 0) << Run.Output << Run.Errors;
  EXPECT_EQ(count(Run.Output, "is there, and left alone"), 3u) << Run.Output;
  EXPECT_EQ(P.text(".clang-tidy"), "Checks: 'async-busy-wait'\n");
  EXPECT_EQ(P.text(".github/workflows/async-tidy.yml"), "mine");
  EXPECT_EQ(readFile(Baseline), "# async-tidy baseline, version 1\n");

  // A link that leads nowhere is a file too.
  Fresh Linked;
  fs::create_symlink(Linked.path() + "/elsewhere",
                     Linked.path() + "/.clang-tidy");
  Linked.tidy({"init"});
  EXPECT_FALSE(Linked.has("elsewhere"));
}

TEST(Init, ADryRunShowsAndWritesNothing) {
  Fresh P;
  P.git({"add", "-A"});
  const Finished Run = P.tidy({"init", "--dry-run", "--ci=gitlab"});
  EXPECT_EQ(Run.ExitCode, 0) << Run.Errors;
  EXPECT_THAT(Run.Output, HasSubstr("would write"));
  EXPECT_THAT(Run.Output, HasSubstr("    | Checks: 'async-*'"));
  EXPECT_THAT(Run.Output, HasSubstr("    |       codequality:"));
  P.write(".gitignore", ".cache\n"); // where the store is
  EXPECT_EQ(P.git({"status", "--short"}).Output.find("?? .clang"),
            std::string::npos);
  for (const char *File :
       {".clang-tidy", ".gitlab-ci.yml", ".gitlab", ".async-tidy-baseline"})
    EXPECT_FALSE(P.has(File)) << File;
}

TEST(Init, TheCIFileIsForTheSystemInUse) {
  struct {
    const char *Sign, *Content, *Written;
  } const Cases[] = {
      {".github/dependabot.yml", "", ".github/workflows/async-tidy.yml"},
      {".gitlab-ci.yml", "stages: [test]\n",
       ".gitlab/async-tidy.gitlab-ci.yml"},
      {"Jenkinsfile", "pipeline {}\n", "Jenkinsfile.async-tidy"},
  };
  for (const auto &[Sign, Content, Written] : Cases) {
    Fresh P;
    P.folder(".github");
    if (std::string(Sign) != ".github/dependabot.yml")
      fs::remove_all(P.path() + "/.github");
    P.write(Sign, Content);
    const Finished Run = P.tidy({"init"});
    EXPECT_EQ(Run.ExitCode, 0) << Run.Errors;
    EXPECT_TRUE(P.has(Written)) << Run.Output;
    EXPECT_EQ(P.text(Sign), Content) << "the project's own is not changed";
  }
  Fresh Remote;
  Remote.git({"remote", "add", "origin", "https://gitlab.com/a/b.git"});
  EXPECT_EQ(Remote.tidy({"init"}).ExitCode, 0);
  EXPECT_THAT(Remote.text(".gitlab-ci.yml"),
              HasSubstr("local: .gitlab/async-tidy.gitlab-ci.yml"));

  Fresh None;
  const Finished Run = None.tidy({"init"});
  EXPECT_THAT(Run.Output, HasSubstr("no CI system was recognised"));
  EXPECT_TRUE(None.has(".clang-tidy"));
}

TEST(Init, TheProjectsOwnFolderAndCommandAreInTheCIFile) {
  Fresh P("out/debug-1");
  EXPECT_EQ(P.tidy({"init", "-p", "out/debug-1", "--ci=jenkins"}).ExitCode, 0);
  const std::string Text = P.text("Jenkinsfile");
  EXPECT_THAT(Text, HasSubstr("'cmake -S . -B out/debug-1 -D"));
  EXPECT_THAT(Text, HasSubstr("ASYNC_TIDY_BUILD_DIRECTORY = 'out/debug-1'"));

  // A name that would be read as something else stays out of it.
  Fresh Hostile("build'; rm -rf x; '");
  const Finished Run =
      Hostile.tidy({"init", "-p", "build'; rm -rf x; '", "--ci=jenkins"});
  EXPECT_EQ(Run.ExitCode, 0) << Run.Errors;
  EXPECT_THAT(Run.Errors, HasSubstr("cannot be named in a CI file"));
  EXPECT_THAT(Hostile.text("Jenkinsfile"), Not(HasSubstr("rm -rf")));
}

TEST(Init, MistakesAreTold) {
  Fresh P;
  EXPECT_THAT(P.tidy({"init", "--ci=travis"}).Errors,
              HasSubstr("github, gitlab, jenkins or none"));
  EXPECT_EQ(P.tidy({"init", "server.cpp"}).ExitCode, 2);
  TemporaryFolder Empty;
  const Finished Run =
      run({ASYNC_TIDY_BINARY_DIR "/bin/async-tidy", "init"}, Empty.path());
  EXPECT_EQ(Run.ExitCode, 2);
  EXPECT_THAT(Run.Errors, HasSubstr("CMAKE_EXPORT_COMPILE_COMMANDS"));

  Project Broken;
  Broken.addUnit("a.cpp", "int x = no_such_name;\n");
  const Finished Part = Broken.tidy({"init"});
  EXPECT_EQ(Part.ExitCode, 3);
  EXPECT_THAT(Part.Output, HasSubstr("1 of them not analysed"));
  EXPECT_THAT(Part.Output, HasSubstr("mend what keeps units from"));
}

} // namespace
