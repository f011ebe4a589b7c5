//===- DatabaseTest.cpp - Compile databases as they are -------------------===//

#include "support/Project.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <filesystem>

using namespace async_tidy::test;
using testing::HasSubstr;
using testing::Not;

namespace {

constexpr char Rule[] = "[async-blocking-call]";

TEST(Database, NoneIsAMistakeWithANextStep) {
  TemporaryFolder Empty;
  const Finished Run =
      run({ASYNC_TIDY_BINARY_DIR "/bin/async-tidy"}, Empty.path());
  EXPECT_EQ(Run.ExitCode, 2);
  EXPECT_THAT(Run.Errors, HasSubstr("CMAKE_EXPORT_COMPILE_COMMANDS"));
  EXPECT_THAT(Run.Errors, HasSubstr("-- -std=c++20"));
}

TEST(Database, AFolderThatIsNotConfiguredIsAMistakeWithANextStep) {
  TemporaryFolder Empty;
  for (const char *Folder : {"build", "."}) {
    const Finished Run = run(
        {ASYNC_TIDY_BINARY_DIR "/bin/async-tidy", "-p", Folder}, Empty.path());
    EXPECT_EQ(Run.ExitCode, 2);
    EXPECT_THAT(Run.Errors, HasSubstr("CMAKE_EXPORT_COMPILE_COMMANDS"));
  }
}

TEST(Database, ASourceOfAUnityBuildIsReadAsItIsIncluded) {
  Project P;
  const std::string Source =
      P.write("a.cpp", "#include \"task.h\"\n#include <unistd.h>\n"
                       "task run() { sleep(1); co_return; }\n");
  P.write("b.cpp", "int unrelated;\n");
  P.addUnit("unity_0_cxx.cxx", "#include \"" + Source + "\"\n");
  const Finished Run = P.tidy({"a.cpp"});
  EXPECT_EQ(Run.ExitCode, 1) << Run.Errors;
  EXPECT_THAT(Run.Output, HasSubstr("a.cpp:3:14: warning"));
  // What is in no unit is no more analysed than before.
  const Finished Other = P.tidy({"b.cpp"});
  EXPECT_EQ(Other.ExitCode, 3);
  EXPECT_THAT(Other.Output, HasSubstr("not in the compile database"));
}

/// Debian's Asio sees no coroutines with Clang, and with gcc it does.
TEST(Database, WhatGccCompilesOfAsioIsRead) {
  constexpr char Text[] = "#include <asio.hpp>\n#include <unistd.h>\n"
                          "asio::awaitable<void> run() {\n"
                          "  ::sleep(1);\n  co_return;\n}\n";
  Project P;
  P.addUnit("a.cpp", Text);
  const Finished Run = P.tidy({});
  EXPECT_EQ(Run.ExitCode, 1) << Run.Output << Run.Errors;
  EXPECT_THAT(Run.Output, HasSubstr("a.cpp:4:3: warning"));
  // A project of C++17 has none, and does not get any.
  Project Old;
  Old.addUnit("a.cpp", "#include <asio.hpp>\nint x;\n", {"-std=gnu++17"});
  EXPECT_EQ(Old.tidy({}).ExitCode, 0);
}

TEST(Database, WhatIsWrongIsSaidWithThePlace) {
  const std::vector<std::pair<std::string, std::string>> Cases = {
      {"", "not JSON"},
      {"[", "not JSON"},
      {"{}", "a list of entries"},
      {"[]", "no entries"},
      {"[1]", "entry 0 is not an object"},
      {R"([{"directory": "/", "command": "c++ a.cpp"}])", "`file`"},
      {R"([{"directory": "/", "file": "a.cpp"}])", "`command` nor `arguments`"},
      {R"([{"directory": "/", "file": "a.cpp", "arguments": []}])",
       "`command` nor `arguments`"},
      {R"([{"directory": "/", "file": "a.cpp", "arguments": [1]}])",
       "not a text"},
      {R"([{"directory": "/", "file": "a.cpp", "command": ""}])",
       "names no compiler"},
      {R"([{"directory": "/", "file": "a.cpp", "command": " "}])",
       "names no compiler"},
      {R"([{"directory": "/", "file": "a.cpp", "command": "''"}])",
       "names no compiler"},
      {R"([{"directory": "/", "file": "a.cpp", "arguments": [""]}])",
       "names no compiler"},
      {std::string(100000, '['), "nested too deeply"},
      {R"([{"directory": "/", "file": "a.s", "command": "as a.s"}])",
       "no entry is a C or C++"},
  };
  for (const auto &[Text, Said] : Cases) {
    Project P;
    P.write("compile_commands.json", Text);
    const Finished Run = P.tidy({});
    EXPECT_EQ(Run.ExitCode, 2) << Text;
    EXPECT_THAT(Run.Errors, HasSubstr("compile_commands.json")) << Text;
    EXPECT_THAT(Run.Errors, HasSubstr(Said)) << Text;
  }
}

TEST(Database, IsFoundUpwardsAndInBuildFolders) {
  Project P;
  P.addHazard("src/deep/a.cpp");
  std::filesystem::create_directories(P.path() + "/build/release");
  std::filesystem::rename(P.path() + "/compile_commands.json",
                          P.path() + "/build/release/compile_commands.json");
  EXPECT_EQ(P.tidy({}).ExitCode, 1);
  EXPECT_EQ(P.tidy({"src/deep/a.cpp"}).ExitCode, 1);
  EXPECT_EQ(run({ASYNC_TIDY_BINARY_DIR "/bin/async-tidy", "a.cpp"},
                P.path() + "/src/deep")
                .ExitCode,
            1);
  EXPECT_EQ(P.tidy({"-p", "build/release"}).ExitCode, 1);
  EXPECT_EQ(P.tidy({"-p=build/release"}).ExitCode, 1);
  EXPECT_EQ(P.tidy({"-p", "build/release/compile_commands.json"}).ExitCode, 1);
}

TEST(Database, FlagsInAFileServeForAnyName) {
  Project P;
  P.write("compile_flags.txt", "-std=c++20\n\n-I.\n");
  P.write("a.cpp", "#include \"task.h\"\n"
                   "task run() { sleep(1); co_return; }\n");
  EXPECT_EQ(P.tidy({"a.cpp"}).ExitCode, 1);
  EXPECT_EQ(P.tidy({"."}).ExitCode, 1) << "a folder is searched";
  EXPECT_EQ(P.tidy({}).ExitCode, 2) << "it names no files";
}

TEST(Database, EveryEntryOfAFileIsParsed) {
  Project P;
  const std::string Text = "#include \"task.h\"\n"
                           "#ifdef FAST\n"
                           "task fast() { sleep(1); co_return; }\n"
                           "#else\n"
                           "task slow() { sleep(1); co_return; }\n"
                           "#endif\n";
  P.addUnit("a.cpp", Text, {"-DFAST"});
  P.addUnit("a.cpp", Text);
  const Finished Run = P.tidy({});
  EXPECT_THAT(Run.Output, HasSubstr("a.cpp:3:15"));
  EXPECT_THAT(Run.Output, HasSubstr("a.cpp:5:15"));
}

TEST(Database, OfAnotherMachineIsNotAnalysedAndSaysWhy) {
  Project P;
  P.addHazard("here.cpp");
  const std::string File =
      P.write("compile_commands.json",
              R"([{"directory": "/elsewhere/build", "file": "/elsewhere/a.cpp",
           "command": "c++ -c /elsewhere/a.cpp"}])");
  const Finished Run = P.tidy({});
  EXPECT_EQ(Run.ExitCode, 3);
  EXPECT_THAT(Run.Output, HasSubstr("another machine"));
}

TEST(Database, AMissingFileIsToldAndTheRestGoesOn) {
  Project P;
  const std::string Gone = P.addHazard("gone.cpp");
  P.addHazard("here.cpp");
  std::filesystem::remove(Gone);
  const Finished Run = P.tidy({});
  EXPECT_EQ(Run.ExitCode, 3);
  EXPECT_THAT(Run.Output, HasSubstr("here.cpp:3:3"));
  EXPECT_THAT(Run.Output, HasSubstr("out of date"));
}

/// Flags of gcc's, and what builds leave in a command, must not matter.
class Flags : public testing::TestWithParam<std::vector<const char *>> {};

TEST_P(Flags, DoNotFailAUnit) {
  Project P;
  P.write("pch.hxx", "#define FROM_PCH 1\n");
  P.write("pch.hxx.gch", "gpch: not ours");
  P.write("pch.hxx.pch", "of another Clang");
  P.write("flags.rsp", "-DFROM_RESPONSE_FILE=1\n");
  std::vector<std::string> Words(GetParam().begin(), GetParam().end());
  P.addUnit("a.cpp",
            "#include \"task.h\"\n"
            "task run() { sleep(1); co_return; }\n",
            Words);
  const Finished Run = P.tidy({});
  EXPECT_EQ(Run.ExitCode, 1) << Run.Output << Run.Errors;
  EXPECT_EQ(count(Run.Output, Rule), 1u);
  EXPECT_FALSE(std::filesystem::exists(P.path() + "/a.o"));
  EXPECT_FALSE(std::filesystem::exists(P.path() + "/a.d"));
}

INSTANTIATE_TEST_SUITE_P(
    OfGcc, Flags,
    testing::Values(
        std::vector<const char *>{"-fno-gnu-unique", "-fconcepts",
                                  "-fext-numeric-literals"},
        std::vector<const char *>{"-Wduplicated-cond", "-Wlogical-op",
                                  "-Werror=useless-cast"},
        std::vector<const char *>{"-Werror", "-Wall", "-pedantic-errors"},
        std::vector<const char *>{"-Werror", "-Wduplicated-cond",
                                  "-Wno-maybe-uninitialized"},
        std::vector<const char *>{"-Werror", "-O9",
                                  "-faggressive-loop-"
                                  "optimizations"},
        std::vector<const char *>{"-Werror=unused-command-line-argument",
                                  "-Wl,--as-needed", "-lm"},
        std::vector<const char *>{"-mtune=znver9", "-fipa-pta", "-flto=auto",
                                  "-fanalyzer"},
        std::vector<const char *>{"-fmax-errors=1", "-fpermissive"},
        std::vector<const char *>{"-fmodules-ts", "-fmodule-mapper=x",
                                  "-fdeps-format=p1689r5"},
        std::vector<const char *>{"@missing.modmap"}));

INSTANTIATE_TEST_SUITE_P(
    OfBuilds, Flags,
    testing::Values(
        std::vector<const char *>{"-MD", "-MF", "a.d", "-o", "a.o"},
        std::vector<const char *>{"-Winvalid-pch", "-include", "pch.hxx"},
        std::vector<const char *>{"-Xclang", "-include-pch", "-Xclang",
                                  "pch.hxx.pch", "-Xclang", "-include",
                                  "-Xclang", "pch.hxx"},
        std::vector<const char *>{"-save-temps", "-g3", "-O2"},
        std::vector<const char *>{"-Xclang", "-load", "-Xclang", "x.so"},
        std::vector<const char *>{"-fcolor-diagnostics", "-v", "-ftime-trace"},
        std::vector<const char *>{"@flags.rsp"}));

TEST(Database, ErrorsOfTheSourceStayErrors) {
  Project P;
  P.addUnit("a.cpp", "int x = no_such_name;\n", {"-Werror", "-Wlogical-op"});
  EXPECT_EQ(P.tidy({}).ExitCode, 3);
  P.addHazard("b.cpp");
  P.addUnit("a.cpp", "int x;\n");
  EXPECT_EQ(P.tidy({"b.cpp", "--extra-arg=-Werror", "--extra-arg=-Wlogical-op"})
                .ExitCode,
            1);
}

TEST(Database, ResponseFilesAreRead) {
  Project P;
  P.write("flags.rsp", "-DREAD=1\n");
  P.addUnit("a.cpp",
            "#include \"task.h\"\n"
            "#ifdef READ\ntask run() { sleep(1); co_return; }\n#endif\n",
            {"@flags.rsp"});
  EXPECT_EQ(P.tidy({}).ExitCode, 1);
}

TEST(Database, APrecompiledHeadersTextIsRead) {
  Project P;
  P.write("pch.hxx", "#include \"task.h\"\n");
  P.write("pch.hxx.gch", "gpch: not ours");
  P.addUnit("a.cpp", "task run() { sleep(1); co_return; }\n",
            {"-include", "pch.hxx"});
  EXPECT_EQ(P.tidy({}).ExitCode, 1);
}

TEST(Database, ExtraArgumentsAreUsed) {
  Project P;
  P.addUnit("a.cpp", "#include \"task.h\"\n"
                     "#ifdef EXTRA\ntask run() { sleep(1); co_return; }\n"
                     "#endif\n");
  EXPECT_EQ(P.tidy({}).ExitCode, 0);
  EXPECT_EQ(P.tidy({"--extra-arg=-DEXTRA"}).ExitCode, 1);
  EXPECT_EQ(P.tidy({"--extra-arg-before=-DEXTRA"}).ExitCode, 1);
  P.write(".clang-tidy", "ExtraArgs: ['-DEXTRA']\n");
  EXPECT_EQ(P.tidy({}).ExitCode, 1);
}

} // namespace
