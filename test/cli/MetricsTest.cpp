//===- MetricsTest.cpp - The numbers on a team's wall ---------------------===//

#include "support/Project.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <nlohmann/json.hpp>

using namespace async_tidy::test;
using testing::HasSubstr;

namespace {

/// `good/total` of the metric \p Name.
std::string measured(const Project &P, const std::string &Name,
                     std::vector<std::string> Words = {}) {
  Words.insert(Words.end(), {"--metrics", "--output=json"});
  const auto Report =
      nlohmann::json::parse(P.tidy(std::move(Words)).Output, nullptr, false);
  for (const auto &M : Report["metrics"])
    if (M["name"] == Name)
      return M["good"].dump() + "/" + M["total"].dump();
  return "no such metric";
}

/// An endless loop that nobody can end, and one that a token ends.
const char *const Loops =
    "#include \"task.h\"\n"
    "#include <stop_token>\n"
    "struct step { bool await_ready(); void await_suspend("
    "std::coroutine_handle<>); void await_resume(); };\n"
    "task a() { for (;;) co_await step(); }\n"
    "task b(std::stop_token t) {\n"
    "  while (!t.stop_requested()) co_await step();\n"
    "}\n"
    "task c(std::stop_token t) {\n"
    "  for (;;) { co_await step(); if (t.stop_requested()) co_return; }\n"
    "}\n";

TEST(Metrics, CountWhatBlocksAndWhatDoesNot) {
  Project P;
  P.addUnit("a.cpp", "#include \"task.h\"\n"
                     "task good() { co_return; }\n"
                     "task bad() { sleep(1); sleep(2); co_return; }\n"
                     "task accepted() {\n"
                     "  sleep(1); // NOLINT(async-blocking-call)\n"
                     "  co_return;\n"
                     "}\n"
                     "void plain() { sleep(1); }\n");
  EXPECT_EQ(measured(P, "blocking"), "1/3");
  EXPECT_EQ(measured(P, "unsuppressed"), "2/3");
  EXPECT_EQ(measured(P, "blocking", {"--checks=-*,async-busy-wait"}), "1/3")
      << "whichever rules are on";
  const Finished Run = P.tidy({"--metrics"});
  EXPECT_THAT(Run.Output,
              HasSubstr("blocking      1 of 3 (33.3 %)       coroutines and "
                        "async callbacks that never block; 1 suppressed\n"));
}

TEST(Metrics, CountTasksThatRunForLong) {
  Project P;
  P.addUnit("a.cpp", Loops);
  EXPECT_EQ(measured(P, "cancellation"), "1/2")
      << "a loop with a condition is not endless";
}

TEST(Metrics, ThingsAreCountedOnce) {
  Project P;
  P.write("shared.h", "#include \"task.h\"\n"
                      "template <typename T> task f(T) { co_return; }\n"
                      "inline task g() { co_await f(1); co_await f('x'); }\n");
  P.addUnit("a.cpp", "#include \"shared.h\"\ntask h() { return g(); }\n");
  P.addUnit("b.cpp", "#include \"shared.h\"\ntask i() { return g(); }\n");
  EXPECT_EQ(measured(P, "blocking"), "2/2");
}

TEST(Metrics, UnitsThatFailedAreCounted) {
  Project P;
  P.addClean("a.cpp");
  P.addUnit("b.cpp", "#include \"no-such-file.h\"\n");
  EXPECT_EQ(measured(P, "units"), "1/2");
  EXPECT_EQ(measured(P, "units", {"a.cpp"}), "1/1");
}

TEST(Metrics, AreGates) {
  Project P;
  P.addUnit("a.cpp", Loops);
  const auto Require = [&](const std::string &What) {
    return P.tidy({"--fail-on=never", "--require=" + What});
  };
  EXPECT_EQ(Require("cancellation=50%").ExitCode, 0);
  EXPECT_EQ(Require("blocking=100").ExitCode, 0);
  const Finished Less = Require("cancellation=50.1%");
  EXPECT_EQ(Less.ExitCode, 1);
  EXPECT_THAT(Less.Output, HasSubstr("cancellation: 1 of 2 (50.0 %), and at "
                                     "least 50.1 % are required"));
  const Finished Nothing = Require("queue-bound=0%");
  EXPECT_EQ(Nothing.ExitCode, 1) << "0 of 0 is not measured";
  EXPECT_THAT(Nothing.Output, HasSubstr("queue-bound: not measured"));
}

TEST(Metrics, MistakesInTheCall) {
  Project P;
  P.addClean("a.cpp");
  for (const char *Word : {"nonsense=1%", "blocking", "blocking=", "blocking=x",
                           "blocking=101%", "blocking=-1", "blocking=nan"}) {
    const Finished Run = P.tidy({std::string("--require=") + Word});
    EXPECT_EQ(Run.ExitCode, 2) << Word;
    EXPECT_THAT(Run.Errors, HasSubstr(std::string("--require=") + Word));
  }
}

} // namespace
