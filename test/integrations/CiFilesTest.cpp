//===- CiFilesTest.cpp - The gates of Jenkins and of an image -------------===//
//
// Jenkins itself and Docker are not here: what a Jenkinsfile and a Dockerfile
// tell a shell is taken out of them and run, or compared with what it must be.
//
//===----------------------------------------------------------------------===//

#include "support/Project.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <filesystem>
#include <set>
#include <sstream>

using namespace async_tidy::test;
using testing::HasSubstr;
using testing::Not;

namespace fs = std::filesystem;

namespace {

std::string ours(const std::string &File) {
  return readFile(std::string(ASYNC_TIDY_SOURCE_DIR "/") + File);
}

/// \p Text between \p Begin and \p End, each of which must be there.
std::string between(const std::string &Text, const std::string &Begin,
                    const std::string &End) {
  const size_t From = Text.find(Begin);
  EXPECT_NE(From, std::string::npos) << Begin;
  if (From == std::string::npos)
    return "";
  const size_t To = Text.find(End, From + Begin.size());
  EXPECT_NE(To, std::string::npos) << End;
  return Text.substr(From + Begin.size(), To - From - Begin.size());
}

/// A clone of a repository with a finding, where a change adds one.
class Cloned : public testing::Test {
protected:
  void SetUp() override {
    git({"init", "-q", "-b", "main"}, Origin.path());
    Origin.write(".gitignore", "/build\n/.cache\n");
    Origin.addHazard("old.cpp");
    Origin.write("CMakeLists.txt",
                 "cmake_minimum_required(VERSION 3.25)\n"
                 "project(p CXX)\nset(CMAKE_CXX_STANDARD 20)\n"
                 "file(GLOB SOURCES *.cpp)\nadd_library(p ${SOURCES})\n");
    fs::remove(Origin.path() + "/compile_commands.json");
    git({"add", "-A"}, Origin.path());
    git({"commit", "-q", "-m", "before"}, Origin.path());
    git({"clone", "-q", Origin.path(), "work"}, Place.path());
    Work = Place.path() + "/work";
    git({"checkout", "-q", "-b", "change"}, Work);
  }
  std::string git(std::vector<std::string> Words, const std::string &Where) {
    Words.insert(Words.begin(), {"git", "-c", "user.name=x", "-c",
                                 "user.email=x@example.org"});
    const Finished Run = run(Words, Where);
    EXPECT_EQ(Run.ExitCode, 0) << Run.Errors;
    return Run.Output;
  }
  void plant() {
    Place.write("work/new.cpp", "#include \"task.h\"\n#include <unistd.h>\n"
                                "task planted() { sleep(7); co_return; }\n");
    git({"add", "-A"}, Work);
    git({"commit", "-q", "-m", "a defect"}, Work);
  }
  Finished shell(const std::string &Script,
                 std::vector<std::string> Environment) {
    std::vector<std::string> Words = {
        "env",
        std::string("PATH=" ASYNC_TIDY_BINARY_DIR "/bin:") +
            std::getenv("PATH"),
        "XDG_CACHE_HOME=" + Place.path() + "/cache"};
    Words.insert(Words.end(), Environment.begin(), Environment.end());
    Words.insert(Words.end(), {"sh", "-xe", Place.write("script", Script)});
    return run(Words, Work);
  }

  Project Origin;
  TemporaryFolder Place;
  std::string Work;
};

TEST_F(Cloned, JenkinsFailsAChangeForWhatItDidAndABranchForAll) {
  const std::string File = ours("integrations/jenkins/Jenkinsfile");
  const std::string Configure = between(File, "CONFIGURE = '", "'\n");
  const std::string Build =
      between(File, "ASYNC_TIDY_BUILD_DIRECTORY = '", "'\n");
  const std::string Script = between(File, "sh '", "'\n      }\n") + "\n" +
                             between(File, "sh '''", "'''");
  const std::vector<std::string> Environment = {
      "CONFIGURE=" + Configure, "ASYNC_TIDY_BUILD_DIRECTORY=" + Build};

  const Finished Branch = shell(Script, Environment);
  EXPECT_EQ(Branch.ExitCode, 1) << Branch.Output << Branch.Errors;
  EXPECT_THAT(Branch.Output, HasSubstr("old.cpp:3"));
  for (const char *Written :
       {"async-tidy-junit.xml", "async-tidy.sarif", "async-tidy.html"}) {
    EXPECT_TRUE(fs::exists(Work + "/" + Written)) << Written;
    EXPECT_THAT(File.substr(File.find("always")), HasSubstr(Written));
  }

  std::vector<std::string> Change = Environment;
  Change.push_back("CHANGE_TARGET=main");
  EXPECT_EQ(shell(Script, Change).ExitCode, 0);
  plant();
  const Finished Red = shell(Script, Change);
  EXPECT_EQ(Red.ExitCode, 1) << Red.Output << Red.Errors;
  EXPECT_THAT(Red.Output, HasSubstr("new.cpp:3"));
  EXPECT_THAT(Red.Output, Not(HasSubstr("old.cpp:3")));

  // A database that is not made is loud.
  std::vector<std::string> Nothing = Environment;
  Nothing[0] = "CONFIGURE=true";
  fs::remove_all(Work + "/build");
  EXPECT_NE(shell(Script, Nothing).ExitCode, 0);
}

/// In the image is what the program is linked with, and what jobs run.
TEST(Docker, TheImageHasWhatTheProgramNeeds) {
  const std::string File = ours("integrations/docker/Dockerfile");
  std::set<std::string> Installed;
  std::istringstream Words(
      between(File, "apt-get install -y --no-install-recommends", "&& rm -rf"));
  for (std::string Word; Words >> Word;)
    if (Word != "\\")
      Installed.insert(Word);

  std::istringstream Libraries(
      run({"ldd", ASYNC_TIDY_BINARY_DIR "/bin/async-tidy"}).Output);
  std::set<std::string> Needed;
  for (std::string Line; std::getline(Libraries, Line);)
    for (const char *Ours : {"libclang-cpp", "libLLVM", "libsqlite3"})
      if (const size_t At = Line.find("=> ");
          Line.find(Ours) != std::string::npos && At != std::string::npos) {
        const std::string Library =
            fs::canonical(Line.substr(At + 3, Line.rfind(" (") - At - 3));
        const std::string Owner = run({"dpkg", "-S", Library}).Output;
        Needed.insert(Owner.substr(0, Owner.find(':')));
      }
  EXPECT_EQ(Needed.size(), 3u);
  for (const std::string &Package : Needed)
    EXPECT_TRUE(Installed.count(Package)) << Package;
  for (const char *Package : {"git", "python3", "clang-tidy-22"})
    EXPECT_TRUE(Installed.count(Package)) << Package;
}

/// What the build stage installs is the part of packages.txt that is for it, by
/// the command that is in the Dockerfile.
TEST(Docker, WhatIsBuiltWithIsFromTheListOfPackages) {
  const std::string File = ours("integrations/docker/Dockerfile");
  TemporaryFolder Folder;
  Folder.write("packages.txt", ours("packages.txt"));
  std::string Command = between(File, "&& sed", "| xargs");
  for (const char *Part : {"\\\n", "/tmp/"})
    while (Command.find(Part) != std::string::npos)
      Command.replace(Command.find(Part), strlen(Part), "");
  const Finished Listed = run({"sh", "-c", "sed" + Command}, Folder.path());
  EXPECT_EQ(Listed.ExitCode, 0) << Listed.Errors;
  std::istringstream Words(Listed.Output);
  const std::set<std::string> Packages{
      std::istream_iterator<std::string>(Words), {}};
  for (const char *Package : {"cmake", "ninja-build", "clang-22", "git",
                              "libclang-22-dev", "libsqlite3-dev"})
    EXPECT_TRUE(Packages.count(Package)) << Package;
  EXPECT_FALSE(Packages.count("chromium")) << "tests need it";
  const Finished Known =
      run({"sh", "-c", "apt-get satisfy --simulate $(cat packages)"},
          (Folder.write("packages", Listed.Output), Folder.path()));
  EXPECT_EQ(Known.ExitCode, 0) << Known.Errors;
}

} // namespace
