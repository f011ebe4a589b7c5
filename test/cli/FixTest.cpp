//===- FixTest.cpp - async-tidy --fix from finding to compiled file -------===//

#include "support/Project.h"
#include "llvm/Support/MemoryBuffer.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace async_tidy::test;
using testing::ContainsRegex;
using testing::HasSubstr;

namespace {

constexpr char Stubs[] = "-I" ASYNC_TIDY_SOURCE_DIR "/test/stubs";

std::string contents(const std::string &File) {
  auto Text = llvm::MemoryBuffer::getFile(File);
  return Text ? (*Text)->getBuffer().str() : "(no file)";
}

TEST(FixOption, AFixInASharedHeaderIsMadeOnceAndTheFindingIsGone) {
  Project P;
  const std::string Header =
      P.write("work.h", "#pragma once\n"
                        "#include <cppcoro/sync_wait.hpp>\n"
                        "#include <cppcoro/task.hpp>\n"
                        "cppcoro::task<int> child();\n"
                        "inline cppcoro::task<int> parent() {\n"
                        "  co_return cppcoro::sync_wait(child());\n"
                        "}\n");
  P.addUnit("a.cpp", "#include \"work.h\"\n", {Stubs});
  P.addUnit("b.cpp", "#include \"work.h\"\n", {Stubs});
  ASSERT_EQ(P.tidy({}).ExitCode, 1);
  const Finished Run = P.tidy({"--fix"});
  EXPECT_EQ(Run.ExitCode, 0) << Run.Output << Run.Errors;
  EXPECT_THAT(Run.Output, HasSubstr("1 fix applied in 1 file"));
  EXPECT_THAT(contents(Header), HasSubstr("  co_return co_await child();\n"));
  EXPECT_EQ(P.tidy({}).ExitCode, 0);
}

/// A unit whose `co_await child()` is `return sync_wait(child())` by mistake.
std::string addWait(Project &P, const std::string &Name,
                    const std::string &More = "") {
  return P.addUnit(Name,
                   "#include <cppcoro/sync_wait.hpp>\n"
                   "#include <cppcoro/task.hpp>\n"
                   "static cppcoro::task<int> child();\n"
                   "cppcoro::task<int> parent() {\n"
                   "  co_return cppcoro::sync_wait(child());\n"
                   "}\n" +
                       More,
                   {Stubs});
}

TEST(FixOption, WhatCannotBeWrittenIsNamedAndTheReportIsNotLost) {
  Project P;
  // There is no room in its name for that of a temporary file.
  const std::string Long = std::string(245, 'a') + ".cpp";
  addWait(P, Long);
  const std::string Other = addWait(P, "b.cpp");
  const Finished Run = P.tidy({"--fix"});
  EXPECT_EQ(Run.ExitCode, 2);
  EXPECT_THAT(Run.Errors, HasSubstr(Long));
  EXPECT_THAT(Run.Output, HasSubstr(Long + ":5:13: warning"));
  EXPECT_THAT(Run.Output, HasSubstr("1 fix applied in 1 file"));
  EXPECT_THAT(contents(Other), HasSubstr("co_return co_await child();"));
}

TEST(FixOption, UnitsWithErrorsAreLeftAlone) {
  Project P;
  const std::string File = addWait(P, "a.cpp", "int x = no_such_name;\n");
  const std::string Before = contents(File);
  const Finished Run = P.tidy({"--fix"});
  EXPECT_EQ(Run.ExitCode, 3);
  EXPECT_THAT(Run.Output, HasSubstr("1 fix not applied"));
  EXPECT_EQ(contents(File), Before);
}

TEST(FixOption, AMachinesReportListsWhatWasFixed) {
  for (const char *Format : {"json", "sarif"}) {
    Project P;
    addWait(P, "a.cpp");
    const Finished Run = P.tidy({"--fix", std::string("--output=") + Format});
    EXPECT_EQ(Run.ExitCode, 0) << Run.Errors;
    EXPECT_THAT(Run.Output, ContainsRegex("\"fixed\": ?true"));
  }
}

TEST(FixOption, ExportedFixesDoTheSame) {
  Project P;
  const std::string File = addWait(P, "a.cpp");
  const std::string Before = contents(File);
  EXPECT_EQ(P.tidy({"--output=export-fixes:fixes.yaml"}).ExitCode, 1);
  EXPECT_EQ(contents(File), Before);
  const Finished Applied = run({"clang-apply-replacements-22", P.path()});
  EXPECT_EQ(Applied.ExitCode, 0) << Applied.Errors;
  const std::string After = contents(File);
  EXPECT_NE(After, Before);
  P.write("a.cpp", Before);
  EXPECT_EQ(P.tidy({"--fix"}).ExitCode, 0);
  EXPECT_EQ(contents(File), After);
}

/// Where `co_await` may not stand, or is not all that is needed.
TEST(FixOption, NothingIsChangedWhereAwaitingIsNotTheSame) {
  const std::pair<const char *, const char *> Bodies[] = {
      {"a handler", "try { throw 1; } catch (...) {\n"
                    "    cppcoro::sync_wait(child());\n  }\n  co_return 0;"},
      {"a static", "static int once = cppcoro::sync_wait(child());\n"
                   "  co_return once;"},
      {"part of a static",
       "static int once = 1 + cppcoro::sync_wait(child());\n"
       "  co_return once;"},
      {"a thread_local", "thread_local int mine{cppcoro::sync_wait(child())};\n"
                         "  co_return mine;"},
      {"a default argument", "co_return defaulted();"},
      {"a lock", "std::lock_guard<std::mutex> guard(m);\n"
                 "  co_return cppcoro::sync_wait(child());"},
      {"a comment", "co_return cppcoro::sync_wait(/* why */ child());"},
      {"a comment behind", "co_return cppcoro::sync_wait(child() // why\n  );"},
  };
  for (const auto &[What, Body] : Bodies) {
    Project P;
    const std::string File = P.addUnit(
        "a.cpp",
        std::string("#include <cppcoro/sync_wait.hpp>\n"
                    "#include <cppcoro/task.hpp>\n"
                    "#include <mutex>\n"
                    "std::mutex m;\n"
                    "cppcoro::task<int> child();\n"
                    "int defaulted(int x = cppcoro::sync_wait(child()));\n"
                    "cppcoro::task<int> parent() {\n  ") +
            Body + "\n}\n",
        {Stubs});
    const std::string Before = contents(File);
    EXPECT_EQ(P.tidy({}).ExitCode, 1) << What;
    const Finished Run = P.tidy({"--fix"});
    EXPECT_EQ(Run.ExitCode, 1) << What << Run.Output << Run.Errors;
    EXPECT_EQ(contents(File), Before) << What;
  }
}

TEST(FixOption, AfterAStaticItIs) {
  Project P;
  const std::string File = P.addUnit(
      "a.cpp",
      "#include <cppcoro/sync_wait.hpp>\n"
      "#include <cppcoro/task.hpp>\n"
      "cppcoro::task<int> child();\n"
      "cppcoro::task<int> parent() {\n"
      "  static int calls = 0; int now = cppcoro::sync_wait(child());\n"
      "  co_return calls + now;\n"
      "}\n",
      {Stubs});
  EXPECT_EQ(P.tidy({"--fix"}).ExitCode, 0);
  EXPECT_THAT(contents(File), HasSubstr("int now = co_await child();"));
}

TEST(FixOption, AFixAfterWhichAUnitDoesNotCompileIsTakenBack) {
  Project P;
  // This promise cannot await that task.
  const std::string File = P.addUnit(
      "a.cpp",
      "#include <cppcoro/sync_wait.hpp>\n"
      "#include <cppcoro/task.hpp>\n"
      "#include <coroutine>\n"
      "struct other {\n"
      "  struct promise_type {\n"
      "    other get_return_object() { return {}; }\n"
      "    std::suspend_always initial_suspend() noexcept { return {}; }\n"
      "    std::suspend_always final_suspend() noexcept { return {}; }\n"
      "    void return_value(int) {}\n"
      "    void unhandled_exception() {}\n"
      "    std::suspend_always await_transform(int);\n"
      "  };\n"
      "};\n"
      "cppcoro::task<int> child();\n"
      "other parent() { co_return cppcoro::sync_wait(child()); }\n",
      {Stubs});
  const std::string Before = contents(File);
  ASSERT_EQ(P.tidy({}).ExitCode, 1);
  const Finished Run = P.tidy({"--fix"});
  EXPECT_EQ(contents(File), Before);
  EXPECT_EQ(Run.ExitCode, 1) << Run.Output << Run.Errors;
  EXPECT_THAT(Run.Output, HasSubstr("taken back"));
}

TEST(FixOption, WhatIsInterruptedIsNotCleanAndLeavesTheFiles) {
  Project P;
  const std::string File = addWait(P, "a.cpp", "#include \"pipe.h\"\n");
  const std::string Before = contents(File);
  // Each parse reads the pipe: while the one after the fix waits for a writer,
  // the signal comes.
  const Finished Run =
      run({"/bin/sh", "-c",
           "mkfifo pipe.h; '" ASYNC_TIDY_BINARY_DIR
           "/bin/async-tidy' --no-store --fix & "
           "echo 'int x;' > pipe.h; exec 3> pipe.h; kill -INT $!; wait $!"},
          P.path());
  EXPECT_EQ(Run.ExitCode, 130) << Run.Output;
  EXPECT_THAT(Run.Errors, HasSubstr("interrupted"));
  EXPECT_EQ(Run.Output, "");
  EXPECT_EQ(contents(File), Before);
}

} // namespace
