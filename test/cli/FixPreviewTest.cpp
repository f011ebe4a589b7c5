//===- FixPreviewTest.cpp - --diff and --fix-unsafe -----------------------===//

#include "support/Project.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace async_tidy::test;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

namespace {

constexpr char Stubs[] = "-I" ASYNC_TIDY_SOURCE_DIR "/test/stubs";

constexpr char Head[] = "#include <cppcoro/sync_wait.hpp>\n"
                        "#include <cppcoro/task.hpp>\n"
                        "#include <mutex>\n"
                        "inline cppcoro::task<int> child() { co_return 1; }\n";

/// A header and a unit with two safe fixes and two unsafe ones; the unit does
/// not end with a new line, and its name needs quoting.
class Preview : public Project {
public:
  Preview() {
    write("work.h", std::string("#pragma once\n") + Head +
                        "inline cppcoro::task<int> shared() {\n"
                        "  co_return cppcoro::sync_wait(child());\n"
                        "}\n");
    addUnit(Unit,
            "#include \"work.h\"\n"
            "std::mutex m;\n"
            "cppcoro::task<int> parent() {\n"
            "  child();\n"
            "  co_return cppcoro::sync_wait(child());\n"
            "}\n"
            "\n\n\n\n\n\n"
            "cppcoro::task<int> last() {\n"
            "  std::lock_guard<std::mutex> guard(m);\n"
            "  co_return cppcoro::sync_wait(child()); }",
            {Stubs});
  }
  const std::string Unit = "with \"quotes\"\t.cpp";
  std::string text() const { return readFile(path() + "/" + Unit); }
  std::string header() const { return readFile(path() + "/work.h"); }
};

TEST(FixPreview, IsWhatTheFixDoesAndChangesNothing) {
  const std::pair<const char *, std::vector<std::string>> Ways[] = {
      {"--fix", {"git", "apply", "change.diff"}},
      {"--fix-unsafe", {"patch", "-p1", "-i", "change.diff"}}};
  for (const auto &[Option, Patch] : Ways) {
    Preview P, Fixed;
    const std::string Before = P.text(), Header = P.header();
    const Finished Run = P.tidy({Option, "--diff"});
    EXPECT_EQ(Run.ExitCode, 1) << Run.Errors;
    EXPECT_EQ(P.text(), Before);
    EXPECT_EQ(P.header(), Header);

    EXPECT_NE(Fixed.tidy({Option}).ExitCode, 2);
    P.write("change.diff", Run.Output);
    const Finished Done = run(Patch, P.path());
    EXPECT_EQ(Done.ExitCode, 0) << Done.Output << Done.Errors << Run.Output;
    EXPECT_EQ(P.text(), Fixed.text()) << Run.Output;
    EXPECT_EQ(P.header(), Fixed.header()) << Run.Output;
    EXPECT_NE(P.text(), Before);
  }
}

TEST(FixPreview, SaysHowManyAndExitsWithZeroIfThereAreNone) {
  Preview P;
  EXPECT_THAT(P.tidy({"--diff"}).Errors,
              HasSubstr("2 fixes would be applied in 2 files"));
  EXPECT_THAT(P.tidy({"--diff", "--fix-unsafe"}).Errors,
              HasSubstr("4 fixes would be applied in 2 files"));

  Project Other;
  Other.addHazard("a.cpp"); // which nothing can mend
  const Finished Run = Other.tidy({"--diff"});
  EXPECT_EQ(Run.ExitCode, 0) << Run.Errors;
  EXPECT_THAT(Run.Output, IsEmpty());
}

TEST(FixPreview, SomeUnitsNotAnalysedIsNotClean) {
  Project P;
  P.addUnit("a.cpp", "int x = no_such_name;\n");
  EXPECT_EQ(P.tidy({"--diff"}).ExitCode, 3);
}

TEST(FixPreview, CannotBeMixedWithReports) {
  Preview P;
  const Finished Run = P.tidy({"--diff", "--output=json"});
  EXPECT_EQ(Run.ExitCode, 2);
  EXPECT_THAT(Run.Errors, HasSubstr("--diff"));
}

TEST(FixPreview, WhatWouldNotCompileIsNotShown) {
  Project P;
  // This promise cannot await a task.
  P.addUnit("a.cpp",
            std::string(Head) +
                "#include <coroutine>\n"
                "struct other {\n"
                "  struct promise_type {\n"
                "    other get_return_object() { return {}; }\n"
                "    std::suspend_always initial_suspend() noexcept { return "
                "{}; }\n"
                "    std::suspend_always final_suspend() noexcept { return "
                "{}; }\n"
                "    void return_value(int) {}\n"
                "    void unhandled_exception() {}\n"
                "    std::suspend_always await_transform(int);\n"
                "  };\n"
                "};\n"
                "other bad() { co_return cppcoro::sync_wait(child()); }\n"
                "cppcoro::task<int> good() {\n"
                "  co_return cppcoro::sync_wait(child());\n"
                "}\n",
            {Stubs});
  const Finished Run = P.tidy({"--diff"});
  EXPECT_EQ(Run.ExitCode, 1) << Run.Output << Run.Errors;
  EXPECT_THAT(Run.Errors, HasSubstr("1 fix in a.cpp was taken back"));
  EXPECT_THAT(Run.Output, HasSubstr("+  co_return co_await child();"));
  EXPECT_THAT(Run.Output, Not(HasSubstr("+other bad")));
  // The same when it is done: the good one is not lost.
  const Finished Done = P.tidy({"--fix"});
  EXPECT_THAT(Done.Output, HasSubstr("1 fix in a.cpp was taken back"));
  const std::string Text = readFile(P.path() + "/a.cpp");
  EXPECT_THAT(Text, HasSubstr("{ co_return cppcoro::sync_wait(child()); }"));
  EXPECT_THAT(Text, HasSubstr("  co_return co_await child();"));
}

TEST(FixUnsafe, IsDoneForWhoAsksOnly) {
  Preview P;
  const Finished Before = P.tidy({});
  EXPECT_THAT(Before.Output, HasSubstr("2 findings can be fixed with --fix\n"
                                       "2 more findings can be fixed with "
                                       "--fix-unsafe\n"));
  EXPECT_EQ(P.tidy({"--fix"}).ExitCode, 1);
  EXPECT_THAT(P.text(), HasSubstr("  child();\n  co_return co_await child();"));
  EXPECT_THAT(P.text(), HasSubstr("cppcoro::sync_wait(child()); }"));
  P.tidy({"--fix-unsafe"});
  EXPECT_THAT(P.text(),
              HasSubstr("  co_await child();\n  co_return co_await child();"));
  EXPECT_THAT(P.text(), Not(HasSubstr("sync_wait")));
}

TEST(FixPreview, IsColouredForPeopleOnly) {
  Preview P;
  EXPECT_THAT(P.tidy({"--diff"}).Output, StartsWith("--- "));
  EXPECT_THAT(P.tidy({"--diff", "--color=always"}).Output,
              HasSubstr("\x1b[0;32m+"));
}

} // namespace
