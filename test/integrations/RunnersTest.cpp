//===- RunnersTest.cpp - run-clang-tidy and clang-tidy-diff ---------------===//
//
// LLVM's own scripts, with the plugin: as the page of the integration says.
//
//===----------------------------------------------------------------------===//

#include "support/Project.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace async_tidy::test;
using testing::HasSubstr;
using testing::Not;

namespace {

constexpr char Load[] =
    "-load=" ASYNC_TIDY_BINARY_DIR "/lib/async-tidy-plugin-22.so";

TEST(Runners, RunClangTidyLooksAtTheDatabase) {
  Project P;
  P.addHazard("a.cpp");
  P.addClean("b.cpp");
  const Finished Run =
      run({"run-clang-tidy-22", "-p", ".", Load, "-checks=-*,async-*",
           "-warnings-as-errors=async-*", "-quiet"},
          P.path());
  EXPECT_EQ(Run.ExitCode, 1) << Run.Output << Run.Errors;
  EXPECT_EQ(count(Run.Output, "[async-blocking-call"), 1u) << Run.Output;
}

TEST(Runners, ClangTidyDiffLooksAtChangedLines) {
  Project P;
  P.addHazard("old.cpp");
  P.addHazard("new.cpp");
  const std::string Diff = P.write(
      "change.diff", "--- a/new.cpp\n+++ b/new.cpp\n@@ -3,0 +3,1 @@\n+x\n");
  const Finished Run = run(
      {"sh", "-c",
       std::string("clang-tidy-diff-22.py -clang-tidy-binary "
                   "clang-tidy-22 -p1 -path . ") +
           Load +
           " -checks='-*,async-*' -warnings-as-errors='async-*' < change.diff"},
      P.path());
  EXPECT_EQ(Run.ExitCode, 1) << Run.Output << Run.Errors;
  EXPECT_THAT(Run.Output, HasSubstr("new.cpp:3"));
  EXPECT_THAT(Run.Output, Not(HasSubstr("old.cpp")));
}

} // namespace
