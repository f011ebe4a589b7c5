//===- PluginTest.cpp - async-tidy in the stock clang-tidy ----------------===//
//
// Every test runs once for each clang-tidy that has a plugin, as its users run
// it: with -load and nothing else.
//
//===----------------------------------------------------------------------===//

#include "plugin/Run.h"
#include "rules/Rule.h"
#include <gmock/gmock.h>

using namespace async_tidy;
using namespace async_tidy::test;
using testing::HasSubstr;
using testing::Not;

namespace {

/// A coroutine type, so that the tests need no library.
const char Task[] = R"(
#pragma once
#include <coroutine>
struct task {
  struct promise_type {
    task get_return_object();
    std::suspend_always initial_suspend();
    std::suspend_always final_suspend() noexcept;
    template <class T> T await_transform(T);
    void return_void();
    void unhandled_exception();
  };
};
extern "C" unsigned sleep(unsigned);
)";

class Plugin : public testing::TestWithParam<std::string> {
protected:
  Plugin() { In.write("task.h", Task); }

  std::string tidy() const {
    return "clang-tidy-" + GetParam() + " -load " + plugin();
  }
  std::string plugin() const {
    return ASYNC_TIDY_BINARY_DIR "/lib/async-tidy-plugin-" + GetParam() + ".so";
  }
  /// Lints `a.cpp` with all our checks and \p Arguments.
  Outcome lint(const std::string &Arguments = "") const {
    return In.run(tidy() + " -checks='-*,async-*' " + Arguments +
                  " a.cpp -- -std=c++20");
  }

  Workplace In;
};

INSTANTIATE_TEST_SUITE_P(ClangTidy, Plugin,
                         testing::Values(ASYNC_TIDY_PLUGIN_VERSIONS),
                         [](const auto &I) { return I.param; });

TEST_P(Plugin, ListsEveryRule) {
  const Outcome O = In.run(tidy() + " -checks='-*,async-*' -list-checks");
  EXPECT_EQ(O.Exit, 0) << O.Text;
  for (const Rule *R : allRules())
    EXPECT_THAT(O.Text, HasSubstr("    " + R->Id.str() + "\n"));
}

TEST_P(Plugin, ShowsAFindingAsAWarning) {
  In.write("a.cpp", "#include \"task.h\"\n"
                    "task f() {\n"
                    "  sleep(1);\n"
                    "  co_return;\n"
                    "}\n");
  const Outcome O = lint();
  EXPECT_EQ(O.Exit, 0);
  EXPECT_THAT(O.Text, HasSubstr("a.cpp:3:3: warning: "));
  EXPECT_THAT(O.Text, HasSubstr("[async-blocking-call]"));
  EXPECT_EQ(countOf(O.Text, "warning: "), 1u) << O.Text;
}

TEST_P(Plugin, ShowsTheStepsAsNotesInTheirFiles) {
  In.write("helper.h", "#pragma once\n"
                       "extern \"C\" unsigned sleep(unsigned);\n"
                       "inline void helper() {\n"
                       "  sleep(1);\n"
                       "}\n");
  In.write("a.cpp", "#include \"task.h\"\n"
                    "#include \"helper.h\"\n"
                    "task f() {\n"
                    "  helper();\n"
                    "  co_return;\n"
                    "}\n");
  const Outcome O = lint();
  EXPECT_THAT(O.Text, HasSubstr("a.cpp:4:3: warning: "));
  EXPECT_THAT(O.Text, HasSubstr("helper.h:4:3: note: "));
  EXPECT_THAT(O.Text, Not(HasSubstr("helper.h:4:3: warning: ")));
}

TEST_P(Plugin, SaysNothingOfCodeThatIsFine) {
  In.write("a.cpp", "#include \"task.h\"\n"
                    "task f() { co_return; }\n"
                    "int main() { sleep(1); }\n");
  const Outcome O = lint("--quiet");
  EXPECT_EQ(O.Exit, 0);
  EXPECT_THAT(O.Text, Not(HasSubstr("warning: ")));
}

TEST_P(Plugin, EveryUnitOfARunIsAnalysedOnItsOwn) {
  In.write("a.cpp", "#include \"task.h\"\n"
                    "task f() { sleep(1); co_return; }\n");
  In.write("b.cpp", "#include \"task.h\"\n"
                    "\n"
                    "task g() { sleep(2); co_return; }\n");
  const Outcome O =
      In.run(tidy() + " -checks='-*,async-*' a.cpp b.cpp a.cpp -- -std=c++20");
  EXPECT_EQ(O.Exit, 0);
  EXPECT_THAT(O.Text, HasSubstr("a.cpp:2:12: warning: "));
  EXPECT_THAT(O.Text, HasSubstr("b.cpp:3:12: warning: "));
}

/// Only a strict rule has something to say here.
const char UnderLock[] = "#include <mutex>\n"
                         "#include \"task.h\"\n"
                         "std::mutex m;\n"
                         "void f() {\n"
                         "  std::lock_guard<std::mutex> guard(m);\n"
                         "  sleep(1);\n"
                         "}\n";

TEST_P(Plugin, ARuleAboveTheLevelIsSilent) {
  In.write("a.cpp", UnderLock);
  EXPECT_THAT(lint().Text, Not(HasSubstr("warning: ")));
}

TEST_P(Plugin, TheLevelIsAnOption) {
  In.write("a.cpp", UnderLock);
  In.write(".clang-tidy", "CheckOptions: {async.Level: strict}\n");
  EXPECT_THAT(lint().Text, HasSubstr("[async-blocking-under-lock]"));
}

TEST_P(Plugin, ARuleThatIsNamedIgnoresTheLevel) {
  In.write("a.cpp", UnderLock);
  for (const char *Config :
       {"Checks: '-*,async-blocking-under-lock'\n",
        "Checks: '-*,async-*,async-blocking-under-lock'\n"}) {
    In.write(".clang-tidy", Config);
    const Outcome O = In.run(tidy() + " a.cpp -- -std=c++20");
    EXPECT_THAT(O.Text, HasSubstr("[async-blocking-under-lock]")) << Config;
  }
}

TEST_P(Plugin, AWrongLevelIsAnError) {
  In.write("a.cpp", UnderLock);
  In.write(".clang-tidy", "CheckOptions: {async.Level: pedantic}\n");
  const Outcome O = lint();
  EXPECT_EQ(O.Exit, 1);
  EXPECT_EQ(countOf(O.Text, "error: `async.Level` is `pedantic`"), 1u)
      << O.Text;
}

TEST_P(Plugin, OptionsOfRulesAreHonoured) {
  In.write("a.cpp", "#include <cstdio>\n"
                    "#include \"task.h\"\n"
                    "task f() {\n"
                    "  std::printf(\"x\");\n"
                    "  sleep(1);\n"
                    "  co_return;\n"
                    "}\n");
  EXPECT_THAT(lint().Text, Not(HasSubstr("a.cpp:4:")));
  In.write(".clang-tidy",
           "CheckOptions: {async-blocking-call.Tiers: stdio-logging}\n");
  const Outcome O = lint();
  EXPECT_THAT(O.Text, HasSubstr("a.cpp:4:3: warning: "));
  EXPECT_THAT(O.Text, Not(HasSubstr("a.cpp:5:")));
}

TEST_P(Plugin, ATierThatDoesNotExistIsAnError) {
  In.write("a.cpp", "#include \"task.h\"\n");
  In.write(".clang-tidy", "CheckOptions: {async-blocking-call.Tiers: '1;9'}\n");
  const Outcome O = lint();
  EXPECT_EQ(O.Exit, 1);
  EXPECT_THAT(O.Text, HasSubstr("error: `async-blocking-call.Tiers` names no "
                                "tier by `9`"));
}

const char Models[] = "library: ours\n"
                      "summary: our own library\n"
                      "blocking:\n"
                      "  - names: [ours::fetch]\n"
                      "    tier: waits\n"
                      "    why: waits for the answer\n";

TEST_P(Plugin, ModelsAreRelativeToTheConfigurationThatNamesThem) {
  In.write("project/models/ours.yaml", Models);
  In.write("project/.clang-tidy",
           "CheckOptions: {async.Models: 'models/ours.yaml'}\n");
  // A nearer configuration that says nothing of models.
  In.write("project/src/.clang-tidy",
           "InheritParentConfig: true\nChecks: '-*,async-*'\n");
  In.write("project/src/a.cpp", "#include \"../../task.h\"\n"
                                "namespace ours { void fetch(); }\n"
                                "task f() { ours::fetch(); co_return; }\n");
  const Outcome O = In.run(tidy() + " project/src/a.cpp -- -std=c++20");
  EXPECT_EQ(O.Exit, 0);
  EXPECT_THAT(O.Text, HasSubstr("a.cpp:3:12: warning: "));
  EXPECT_THAT(O.Text, HasSubstr("waits for the answer"));
}

TEST_P(Plugin, ModelsOfTheCommandLineAreRelativeToTheWorkingFolder) {
  In.write("ours.yaml", Models);
  In.write("src/a.cpp", "#include \"../task.h\"\n"
                        "namespace ours { void fetch(); }\n"
                        "task f() { ours::fetch(); co_return; }\n");
  const Outcome O =
      In.run(tidy() + " --config=\"{Checks: '-*,async-*', CheckOptions: "
                      "{async.Models: ours.yaml}}\" src/a.cpp -- -std=c++20");
  EXPECT_THAT(O.Text, HasSubstr("waits for the answer"));
}

TEST_P(Plugin, WrongModelsAreErrorsAndTheRestStillRuns) {
  In.write("a.cpp", "#include \"task.h\"\n"
                    "task f() { sleep(1); co_return; }\n");
  In.write("wrong.yaml", "library: ours\nsummary: x\nblockin: []\n");
  In.write(".clang-tidy",
           "CheckOptions: {async.Models: 'wrong.yaml;missing.yaml'}\n");
  const Outcome O = lint();
  EXPECT_EQ(O.Exit, 1);
  EXPECT_THAT(O.Text, HasSubstr("wrong.yaml:3:1"));
  EXPECT_THAT(O.Text, HasSubstr("error: cannot read the models `" + In.path() +
                                "/missing.yaml`"));
  EXPECT_THAT(O.Text, HasSubstr("a.cpp:2:12: warning: "));
}

TEST_P(Plugin, ConfigurationsCanBeVerified) {
  In.write(".clang-tidy", "Checks: '-*,async-*,async-blocking-call'\n"
                          "CheckOptions:\n"
                          "  async.Level: strict\n"
                          "  async.Models: ours.yaml\n"
                          "  async-blocking-call.Tiers: '1'\n");
  Outcome O = In.run(tidy() + " --verify-config");
  EXPECT_EQ(O.Exit, 0);
  EXPECT_THAT(O.Text, HasSubstr("No config errors detected."));

  In.write(".clang-tidy", "Checks: '-*,async-blokcing-call'\n"
                          "CheckOptions:\n"
                          "  async.Levle: strict\n"
                          "  async-blocking-call.Tires: '1'\n");
  O = In.run(tidy() + " --verify-config");
  EXPECT_EQ(O.Exit, 1);
  EXPECT_THAT(O.Text, HasSubstr("'async-blokcing-call'; did you mean "
                                "'async-blocking-call'"));
  EXPECT_THAT(O.Text, HasSubstr("'async.Levle'; did you mean 'async.Level'"));
  EXPECT_THAT(O.Text, HasSubstr("'async-blocking-call.Tires'; did you mean "
                                "'async-blocking-call.Tiers'"));
}

TEST_P(Plugin, TheConfigurationIsDumpedWithAllOptions) {
  In.write("a.cpp", "");
  In.write(".clang-tidy", "CheckOptions: {async.Level: hint}\n");
  const Outcome O = lint("--dump-config");
  EXPECT_EQ(O.Exit, 0);
  for (const Rule *R : allRules())
    for (const RuleOption &Option : R->Options)
      EXPECT_THAT(O.Text, HasSubstr((R->Id + "." + Option.Name + ":").str()));
  // LLVM 22 leaves out what is not named like an enabled check.
  if (GetParam() == "19") {
    EXPECT_THAT(O.Text, testing::ContainsRegex("async.Level: +hint"));
    EXPECT_THAT(O.Text, testing::ContainsRegex("async.Models: +''"));
  }
}

TEST_P(Plugin, ABlockWithoutEndIsAnError) {
  In.write("a.cpp", "#include \"task.h\"\n"
                    "// NOLINTBEGIN(async-*)\n"
                    "task f() { sleep(1); co_return; }\n");
  const Outcome O = lint();
  EXPECT_THAT(O.Text, HasSubstr("a.cpp:2:4: error: unmatched 'NOLINTBEGIN'"));
  EXPECT_THAT(O.Text, HasSubstr("a.cpp:3:12: warning: "));
}

TEST_P(Plugin, FindingsAreExported) {
  In.write("a.cpp", "#include \"task.h\"\n"
                    "task f() { sleep(1); co_return; }\n");
  EXPECT_EQ(lint("--export-fixes=fixes.yaml").Exit, 0);
  const std::string Fixes = In.read("fixes.yaml");
  EXPECT_THAT(Fixes,
              testing::ContainsRegex("DiagnosticName: +async-blocking-call"));
  EXPECT_THAT(Fixes, HasSubstr("Level:           Warning"));
}

TEST_P(Plugin, WarningsCanBeErrors) {
  In.write("a.cpp", "#include \"task.h\"\n"
                    "task f() { sleep(1); co_return; }\n");
  const Outcome O = lint("--warnings-as-errors='async-*'");
  EXPECT_EQ(O.Exit, 1);
  EXPECT_THAT(O.Text, HasSubstr("a.cpp:2:12: error: "));
  EXPECT_THAT(O.Text, HasSubstr("[async-blocking-call,-warnings-as-errors]"));
}

TEST_P(Plugin, HeadersAreFiltered) {
  In.write("h.h", "#pragma once\n"
                  "#include \"task.h\"\n"
                  "inline task f() { sleep(1); co_return; }\n");
  In.write("a.cpp", "#include \"h.h\"\n");
  EXPECT_THAT(lint("--header-filter=.*").Text,
              HasSubstr("h.h:3:19: warning: "));
  EXPECT_THAT(lint("--header-filter=other").Text,
              Not(HasSubstr("h.h:3:19: warning: ")));
  // LLVM 22 shows user headers by default, 19 does not; docs say so.
  EXPECT_EQ(countOf(lint().Text, "h.h:3:19: warning: "),
            GetParam() == "19" ? 0u : 1u);
}

TEST_P(Plugin, AUnitWithErrorsIsReportedAndDoesNoHarm) {
  In.write("a.cpp", "#include \"task.h\"\n"
                    "task f() { sleep(1); undeclared(); co_return; }\n"
                    "task g() { sleep(1); co_return; }\n");
  const Outcome O = lint();
  EXPECT_EQ(O.Exit, 1);
  EXPECT_THAT(O.Text, HasSubstr("error: use of undeclared identifier"));
  EXPECT_THAT(O.Text, HasSubstr("a.cpp:3:12: warning: "));
}

TEST_P(Plugin, AFileInCDoesNoHarm) {
  In.write("a.c", "unsigned sleep(unsigned);\nvoid f(void) { sleep(1); }\n");
  const Outcome O = In.run(tidy() + " -checks='-*,async-*' a.c --");
  EXPECT_EQ(O.Exit, 0) << O.Text;
}

TEST_P(Plugin, RunsUnderRunClangTidy) {
  In.write("a.cpp", "#include \"task.h\"\n"
                    "task f() { sleep(1); co_return; }\n");
  In.write("compile_commands.json",
           R"([{"directory": ")" + In.path() +
               R"(", "file": "a.cpp", "command": "c++ -std=c++20 -c a.cpp"}])");
  const Outcome O =
      In.run("run-clang-tidy-" + GetParam() + " -load=" + plugin() +
             " -checks='-*,async-*' -warnings-as-errors='async-*' -quiet");
  EXPECT_NE(O.Exit, 0);
  EXPECT_THAT(O.Text, HasSubstr("a.cpp:2:12: error: "));
  EXPECT_THAT(O.Text, HasSubstr("[async-blocking-call"));
}

TEST_P(Plugin, RunsWithinABuildByCMake) {
  In.write("src/a.cpp", "#include \"../task.h\"\n"
                        "task f() { sleep(1); co_return; }\n");
  In.write("src/CMakeLists.txt", "cmake_minimum_required(VERSION 3.25)\n"
                                 "project(example CXX)\n"
                                 "set(CMAKE_CXX_STANDARD 20)\n"
                                 "add_library(example STATIC a.cpp)\n");
  const Outcome O =
      In.run("cmake -G Ninja -S src -B build -DCMAKE_CXX_COMPILER=clang++-22 "
             "'-DCMAKE_CXX_CLANG_TIDY=clang-tidy-" +
             GetParam() + ";-load;" + plugin() +
             ";-checks=-*,async-*;-warnings-as-errors=async-*' > log 2>&1 && "
             "cmake --build build");
  EXPECT_NE(O.Exit, 0);
  EXPECT_THAT(O.Text, HasSubstr("a.cpp:2:12: error: "));
  EXPECT_THAT(O.Text, HasSubstr("[async-blocking-call"));
}

TEST_P(Plugin, FixesAreApplied) {
  In.write("a.cpp", "#include <cppcoro/sync_wait.hpp>\n"
                    "#include <cppcoro/task.hpp>\n"
                    "cppcoro::task<int> answer();\n"
                    "cppcoro::task<int> f() {\n"
                    "  co_return cppcoro::sync_wait(answer());\n"
                    "}\n");
  const std::string Lint = tidy() +
                           " -checks='-*,async-*' -fix a.cpp -- -std=c++20 "
                           "-isystem " ASYNC_TIDY_SOURCE_DIR "/test/stubs";
  EXPECT_THAT(In.run(Lint).Text, HasSubstr("[async-sync-wait]"));
  EXPECT_THAT(In.read("a.cpp"), HasSubstr("  co_return co_await answer();\n"));
  const Outcome Again = In.run(Lint);
  EXPECT_EQ(Again.Exit, 0);
  EXPECT_THAT(Again.Text, Not(HasSubstr("[async-")));
}

} // namespace
