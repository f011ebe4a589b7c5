//===- FixTest.cpp - async-tidy --fix from finding to compiled file -------===//

#include "support/Project.h"
#include "llvm/Support/MemoryBuffer.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace async_tidy::test;
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

} // namespace
