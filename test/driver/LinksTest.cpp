//===- LinksTest.cpp - Files that have several names ----------------------===//

#include "support/Project.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <filesystem>

using namespace async_tidy::test;
using testing::HasSubstr;
namespace fs = std::filesystem;

namespace {

constexpr char Tool[] = ASYNC_TIDY_BINARY_DIR "/bin/async-tidy";
constexpr char Rule[] = "[async-blocking-call]";

/// `src/a.cpp` and `src/a.h`, with a finding each.
class Links : public testing::Test {
protected:
  void SetUp() override {
    P.write("src/a.h", "#include \"task.h\"\n"
                       "inline task rest() { sleep(1); co_return; }\n");
    P.addUnit("src/a.cpp", "#include \"a.h\"\n"
                           "task run() { sleep(1); co_return; }\n");
    fs::create_symlink(P.path(), Other.path() + "/project");
    fs::create_symlink(P.path() + "/src/a.cpp", P.path() + "/link.cpp");
    fs::create_symlink(P.path() + "/src/a.h", P.path() + "/link.h");
    fs::create_directory_symlink(P.path() + "/src", P.path() + "/source");
  }

  Project P;
  TemporaryFolder Other;
};

TEST_F(Links, AFileIsMeantByEachOfItsNames) {
  for (const char *Name : {"src/a.cpp", "link.cpp", "source/a.cpp"}) {
    const Finished Run = P.tidy({Name});
    EXPECT_EQ(Run.ExitCode, 1) << Name << Run.Output << Run.Errors;
    EXPECT_THAT(Run.Output, HasSubstr("src/a.cpp:2:14: warning")) << Name;
  }
  for (const char *Name : {"src/a.h", "link.h", "source/a.h"}) {
    const Finished Run = P.tidy({Name});
    EXPECT_EQ(Run.ExitCode, 1) << Name << Run.Output << Run.Errors;
    EXPECT_THAT(Run.Output, HasSubstr("src/a.h:2:22: warning")) << Name;
  }
}

TEST_F(Links, SoIsAFolder) {
  for (const char *Name : {"src", "source", "."})
    EXPECT_EQ(count(P.tidy({Name}).Output, Rule), 2u) << Name;
}

TEST_F(Links, AndTheFolderWhereItIsRun) {
  const std::string Here = Other.path() + "/project";
  for (const std::string Name : {"", " .", " src/a.cpp", " src"}) {
    const Finished Run = run(
        {"/bin/sh", "-c", "cd '" + Here + "' && exec '" + Tool + "' " + Name},
        Other.path());
    EXPECT_EQ(Run.ExitCode, 1) << Name << Run.Output << Run.Errors;
    EXPECT_THAT(Run.Output, testing::StartsWith("src/a.cpp:2:14: warning"))
        << Name;
  }
}

TEST_F(Links, ADatabaseMayUseThem) {
  const std::string Entry =
      R"([{"directory": "D", "file": "source/a.cpp",
           "command": "c++ -std=c++20 -I. -c source/a.cpp"}])";
  std::string Text = Entry;
  Text.replace(Text.find("\"D\"") + 1, 1, Other.path() + "/project");
  P.write("compile_commands.json", Text);
  for (const char *Name : {"src/a.cpp", "link.cpp", "src", "."})
    EXPECT_EQ(P.tidy({Name}).ExitCode, 1) << Name;
}

TEST_F(Links, WithFlagsAFileIncludesWhatIsNextToItsName) {
  P.write("task2.h", "#include \"task.h\"\n");
  P.write("real/a.cpp", "#include \"task2.h\"\n"
                        "task run() { sleep(1); co_return; }\n");
  fs::create_symlink(P.path() + "/real/a.cpp", P.path() + "/here.cpp");
  const Finished Run = P.tidy({"here.cpp", "--", "-std=c++20"});
  EXPECT_EQ(Run.ExitCode, 1) << Run.Output << Run.Errors;
}

} // namespace
