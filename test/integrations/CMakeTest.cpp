//===- CMakeTest.cpp - AsyncTidy.cmake in a project, with CMake -----------===//
//
// Installs what the build made, as a user does, and configures projects that
// find it there.
//
//===----------------------------------------------------------------------===//

#include "support/Project.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <filesystem>

using namespace async_tidy::test;
using testing::HasSubstr;
using testing::Not;

namespace fs = std::filesystem;

namespace {

/// Where the build is installed, once for all tests of this program.
const std::string &prefix() {
  static const TemporaryFolder Folder;
  static const Finished Done = run(
      {"cmake", "--install", ASYNC_TIDY_BINARY_DIR, "--prefix", Folder.path()});
  EXPECT_EQ(Done.ExitCode, 0) << Done.Output << Done.Errors;
  return Folder.path();
}

/// A library with a finding in a.cpp, another one without, generated code.
class CMake : public testing::Test {
protected:
  void SetUp() override {
    fs::remove(P.path() + "/compile_commands.json");
    P.addHazard("bad.cpp");
    P.write("also.cpp", "#include \"task.h\"\n#include \"made.h\"\n"
                        "task also() { sleep(2); co_return; }\n");
    P.write("made.in", "#include <unistd.h>\n");
    P.write("good.cpp", "int good() { return 1; }\n");
    P.write("main.cpp", "int good();\nint main() { return good() - 1; }\n");
  }

  /// Writes CMakeLists.txt with \p Lines at its end, and configures.
  Finished configure(const std::string &Lines,
                     std::vector<std::string> Arguments = {},
                     const std::string &Generator = "Ninja") {
    P.write("CMakeLists.txt",
            "cmake_minimum_required(VERSION 3.25)\n"
            "project(p CXX)\n"
            "set(CMAKE_CXX_STANDARD 20)\n"
            "find_package(AsyncTidy 0.1 REQUIRED)\n"
            "add_custom_command(OUTPUT made.h COMMAND ${CMAKE_COMMAND} -E copy "
            "${CMAKE_CURRENT_SOURCE_DIR}/made.in made.h)\n"
            "add_custom_target(make-header DEPENDS made.h)\n"
            "add_library(bad bad.cpp also.cpp)\n"
            "target_include_directories(bad PRIVATE "
            "${CMAKE_CURRENT_BINARY_DIR})\n"
            "add_dependencies(bad make-header)\n"
            "add_library(good good.cpp)\n"
            "add_executable(program main.cpp)\n"
            "target_link_libraries(program good)\n" +
                Lines);
    std::vector<std::string> Words = {"cmake",
                                      "-S",
                                      ".",
                                      "-B",
                                      "build",
                                      "-G",
                                      Generator,
                                      "-DCMAKE_CXX_COMPILER=clang++-22",
                                      "-DCMAKE_PREFIX_PATH=" + prefix()};
    Words.insert(Words.end(), Arguments.begin(), Arguments.end());
    return run(Words, P.path());
  }
  Finished build(const std::string &Target) {
    return run({"env", "XDG_CACHE_HOME=" + P.path() + "/.cache", "cmake",
                "--build", "build", "--target", Target},
               P.path());
  }

  Project P;
};

TEST_F(CMake, OneCallAddsATargetThatLintsTheProjectOrTargets) {
  for (const char *Generator : {"Ninja", "Unix Makefiles"}) {
    fs::remove_all(P.path() + "/build");
    const Finished Configured = configure(
        "async_tidy_add_lint(lint-bad TARGETS bad ARGS --level=strict)\n"
        "async_tidy_add_lint(lint-good TARGETS good program)\n",
        {}, Generator);
    ASSERT_EQ(Configured.ExitCode, 0) << Configured.Errors;
    const Finished Bad = build("lint-bad");
    EXPECT_NE(Bad.ExitCode, 0);
    EXPECT_THAT(Bad.Output, HasSubstr("bad.cpp:3"));
    EXPECT_THAT(Bad.Output, HasSubstr("also.cpp:3")) << "made.h is made first";
    EXPECT_THAT(Bad.Output, HasSubstr("at level strict"));
    const Finished Good = build("lint-good");
    EXPECT_EQ(Good.ExitCode, 0) << Good.Output << Good.Errors;
    EXPECT_THAT(Good.Output, HasSubstr("2 units analysed"));
  }
}

TEST_F(CMake, AllUnitsAreLintedWithoutTargets) {
  ASSERT_EQ(configure("async_tidy_add_lint(lint)\n").ExitCode, 0);
  EXPECT_EQ(build("make-header").ExitCode, 0);
  const Finished Run = build("lint");
  EXPECT_NE(Run.ExitCode, 0);
  EXPECT_THAT(Run.Output, HasSubstr("4 units analysed"));
  EXPECT_THAT(Run.Output, HasSubstr("2 findings in 2 files"));
}

TEST_F(CMake, UnityBuildsAndPrecompiledHeadersAreRead) {
  ASSERT_EQ(configure("set_target_properties(bad PROPERTIES UNITY_BUILD ON)\n"
                      "target_precompile_headers(bad PRIVATE <coroutine>)\n"
                      "async_tidy_add_lint(lint TARGETS bad)\n")
                .ExitCode,
            0);
  for (int Built = 0; Built < 2; ++Built) { // before and after a build
    const Finished Run = build("lint");
    EXPECT_NE(Run.ExitCode, 0);
    EXPECT_THAT(Run.Output, HasSubstr("bad.cpp:3"));
    EXPECT_THAT(Run.Output, HasSubstr("also.cpp:3"));
    EXPECT_THAT(Run.Output, Not(HasSubstr("not analysed")));
    EXPECT_EQ(build("bad").ExitCode, 0);
  }
}

TEST_F(CMake, ThePluginLooksAtWhatIsCompiled) {
  const Finished Configured =
      configure("async_tidy_on_compile(bad good)\n",
                {"-DASYNC_TIDY_CLANG_TIDY=/usr/bin/clang-tidy-22"});
  ASSERT_EQ(Configured.ExitCode, 0) << Configured.Errors;
  const Finished Run = build("bad");
  EXPECT_EQ(Run.ExitCode, 0) << "warnings do not fail a build";
  EXPECT_THAT(Run.Output, HasSubstr("[async-blocking-call]"));
  EXPECT_EQ(build("good").ExitCode, 0);

  // .clang-tidy decides, if there is one.
  P.write(".clang-tidy", "Checks: '-*,async-*'\nWarningsAsErrors: 'async-*'\n");
  fs::remove_all(P.path() + "/build");
  ASSERT_EQ(configure("async_tidy_on_compile(bad)\n",
                      {"-DASYNC_TIDY_CLANG_TIDY=/usr/bin/clang-tidy-19"})
                .ExitCode,
            0);
  const Finished Red = build("bad");
  EXPECT_NE(Red.ExitCode, 0);
  EXPECT_THAT(Red.Output, HasSubstr("[async-blocking-call,"));
}

TEST_F(CMake, WhatIsMissingIsSaid) {
  // A project can be built without async-tidy; a lint cannot pass without it.
  const Finished Warned = configure("set(ASYNC_TIDY_EXECUTABLE OFF)\n"
                                    "async_tidy_add_lint(lint)\n");
  EXPECT_EQ(Warned.ExitCode, 0);
  EXPECT_THAT(Warned.Errors, HasSubstr("async-tidy was not found"));
  EXPECT_EQ(build("good").ExitCode, 0);
  const Finished Lint = build("lint");
  EXPECT_NE(Lint.ExitCode, 0);
  EXPECT_THAT(Lint.Output, HasSubstr("async-tidy was not found"));
  fs::permissions(P.write("newer", "#!/bin/sh\necho LLVM version 99.1.0\n"),
                  fs::perms::owner_all);
  const std::pair<const char *, const char *> Mistakes[] = {
      {"async_tidy_add_lint(lint TARGETS nobody)\n", "no target nobody"},
      {"async_tidy_add_lint(lint bad)\n", "means nothing"},
      {"async_tidy_on_compile()\n", "name targets"},
      {"set(ASYNC_TIDY_CLANG_TIDY ASYNC_TIDY_CLANG_TIDY-NOTFOUND)\n"
       "async_tidy_on_compile(bad)\n",
       "clang-tidy-22 or -19 was not found"},
      {"set(ASYNC_TIDY_CLANG_TIDY ${CMAKE_CURRENT_SOURCE_DIR}/newer)\n"
       "async_tidy_on_compile(bad)\n",
       "there is no async-tidy-plugin-99.so"},
      {"set(CMAKE_EXPORT_COMPILE_COMMANDS OFF)\nasync_tidy_add_lint(lint)\n"
       "message(FATAL_ERROR end)\n",
       "CMAKE_EXPORT_COMPILE_COMMANDS is off"},
  };
  for (const auto &[Lines, Said] : Mistakes) {
    fs::remove_all(P.path() + "/build");
    const Finished Run = configure(Lines);
    EXPECT_NE(Run.ExitCode, 0) << Lines;
    EXPECT_THAT(Run.Errors, HasSubstr(Said)) << Lines;
  }
}

TEST_F(CMake, IncludeDoesAsWellAsFindPackage) {
  P.write("sub/CMakeLists.txt", "");
  P.write("x/CMakeLists.txt",
          "cmake_minimum_required(VERSION 3.25)\nproject(x CXX)\n"
          "include(" +
              prefix() +
              "/lib/cmake/AsyncTidy/AsyncTidy.cmake)\n"
              "add_library(x ../good.cpp)\nasync_tidy_add_lint(lint ALL)\n");
  const Finished Configured = run({"cmake", "-S", "x", "-B", "build-x", "-G",
                                   "Ninja", "-DCMAKE_CXX_COMPILER=clang++-22"},
                                  P.path());
  ASSERT_EQ(Configured.ExitCode, 0) << Configured.Errors;
  const Finished Built = run({"env", "XDG_CACHE_HOME=" + P.path() + "/.cache",
                              "cmake", "--build", "build-x"},
                             P.path());
  EXPECT_EQ(Built.ExitCode, 0) << Built.Output;
  EXPECT_THAT(Built.Output, HasSubstr("1 unit analysed"));
}

TEST(Installed, HasWhatShellsAndManLookFor) {
  for (const char *File : {"bin/async-tidy", "bin/async-tidy-github",
                           "share/man/man1/async-tidy.1",
                           "share/bash-completion/completions/async-tidy",
                           "share/zsh/site-functions/_async-tidy",
                           "share/fish/vendor_completions.d/async-tidy.fish",
                           "lib/async-tidy-plugin-22.so"})
    EXPECT_TRUE(fs::is_regular_file(prefix() + "/" + File)) << File;
  EXPECT_THAT(readFile(prefix() + "/share/man/man1/async-tidy.1"),
              HasSubstr(".TH ASYNC"));
  EXPECT_EQ(run({prefix() + "/bin/async-tidy", "self-test"}).ExitCode, 0);
}

} // namespace
