//===- ConfigTest.cpp - .clang-tidy means what it means -------------------===//

#include "support/Project.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <filesystem>

using namespace async_tidy::test;
using testing::HasSubstr;
using testing::Not;

namespace {

constexpr char Rule[] = "[async-blocking-call]";

TEST(Config, ChecksOfAFileThatIsNotAboutUsChangeNothing) {
  Project P;
  P.addHazard("a.cpp");
  P.write(".clang-tidy", "Checks: '-*,bugprone-*'\n");
  EXPECT_EQ(P.tidy({}).ExitCode, 1);
  P.write(".clang-tidy", "Checks: '-*,async-busy-wait'\n");
  EXPECT_EQ(P.tidy({}).ExitCode, 0);
  EXPECT_EQ(P.tidy({"--checks=async-blocking-call"}).ExitCode, 1)
      << "the command line is added to the file";
}

TEST(Config, WhatTurnsEverythingOffIsNotAPass) {
  Project P;
  P.addHazard("a.cpp");
  const std::vector<std::vector<std::string>> Calls = {
      {"--checks=-*"},
      {"--checks=-*,async-*,-async-*"},
      {"--config={Checks: '-*'}"},
      {"--config={Checks: '-*,async-blokcing-call'}"}};
  for (const auto &Words : Calls) {
    const Finished Run = P.tidy(Words);
    EXPECT_EQ(Run.ExitCode, 2) << Words.front();
    EXPECT_THAT(Run.Errors, HasSubstr("no checks enabled")) << Words.front();
    EXPECT_EQ(Run.Output, "") << Words.front();
  }
  EXPECT_THAT(P.tidy(Calls.back()).Errors,
              HasSubstr("did you mean `async-blocking-call`?"));
}

TEST(Config, NamesThatMeanNothingAreToldAndTheRestIsDone) {
  Project P;
  P.addHazard("a.cpp");
  P.write(".clang-tidy", "Checks: '-*,async-*,async-bussy-wait'\n"
                         "CheckOptions:\n"
                         "  async.Levle: strict\n"
                         "  async-blocking-call.Teirs: '1'\n");
  const Finished Run = P.tidy({});
  EXPECT_EQ(Run.ExitCode, 1);
  for (const char *Meant :
       {"`async-busy-wait`", "`async.Level`", "`async-blocking-call.Tiers`"})
    EXPECT_THAT(Run.Output, HasSubstr(std::string("did you mean ") + Meant));
}

TEST(Config, OfAFolderThatIsGoneNothingIsSaidByTheLibrary) {
  Project P;
  P.addHazard("a.cpp");
  P.addUnit("gone/b.cpp", "int x;\n");
  std::filesystem::remove_all(P.path() + "/gone");
  const Finished Run = P.tidy({});
  EXPECT_EQ(Run.ExitCode, 3);
  EXPECT_EQ(Run.Errors, "");
}

TEST(Config, EachFolderHasItsOwn) {
  Project P;
  P.write("quiet/.clang-tidy", "Checks: '-async-*'\n");
  P.addHazard("quiet/a.cpp");
  P.addHazard("loud/b.cpp");
  const Finished Run = P.tidy({});
  EXPECT_THAT(Run.Output, HasSubstr("loud/b.cpp:3:3"));
  EXPECT_THAT(Run.Output, Not(HasSubstr("quiet/a.cpp:3:3")));
}

TEST(Config, WarningsAsErrors) {
  Project P;
  P.addHazard("a.cpp");
  P.write(".clang-tidy", "WarningsAsErrors: 'async-*'\n");
  EXPECT_THAT(P.tidy({}).Output, HasSubstr("a.cpp:3:3: error:"));
}

TEST(Config, NotesAreNotRaised) {
  Project P;
  P.addUnit("a.cpp", "#include \"task.h\"\n#include <fstream>\n"
                     "task run() {\n"
                     "  std::ifstream In(\"x\");\n"
                     "  co_return;\n"
                     "}\n");
  const Finished Run = P.tidy({"--warnings-as-errors=*"});
  EXPECT_THAT(Run.Output, HasSubstr("a.cpp:4:17: note:"));
  EXPECT_EQ(Run.ExitCode, 0);
}

TEST(Config, HeaderFilters) {
  Project P;
  P.write("lib/hazard.h", "#include \"task.h\"\n"
                          "inline task run() { sleep(1); co_return; }\n");
  P.addUnit("a.cpp", "#include \"lib/hazard.h\"\n");
  EXPECT_EQ(P.tidy({}).ExitCode, 1) << "all headers of the user's";
  EXPECT_EQ(P.tidy({"--header-filter=other"}).ExitCode, 0);
  EXPECT_EQ(P.tidy({"--exclude-header-filter=lib/"}).ExitCode, 0);
  P.write(".clang-tidy", "HeaderFilterRegex: 'other'\n");
  EXPECT_EQ(P.tidy({}).ExitCode, 0);
  EXPECT_EQ(P.tidy({"--header-filter=.*"}).ExitCode, 1);
  P.write(".clang-tidy", "ExcludeHeaderFilterRegex: 'hazard'\n");
  EXPECT_EQ(P.tidy({}).ExitCode, 0);
}

TEST(Config, MalformedFilesAreMistakes) {
  const std::string Deep = "Checks: " + std::string(50000, '[');
  Project P;
  P.addHazard("a.cpp");
  for (const char *Text :
       {"Checks: [", "NoSuchKey: 1\n", "CheckOptions:\n  async.Level: loud\n",
        "CheckOptions:\n  async-blocking-call.Tiers: '1;wait'\n",
        "HeaderFilterRegex: '('\n", Deep.c_str()}) {
    P.write(".clang-tidy", Text);
    const Finished Run = P.tidy({});
    EXPECT_EQ(Run.ExitCode, 2) << Text;
    EXPECT_THAT(Run.Errors, HasSubstr("async-tidy: error:")) << Text;
    EXPECT_EQ(Run.Output, "") << Text;
  }
  P.write(".clang-tidy", "Checks: [");
  EXPECT_THAT(P.tidy({}).Errors, HasSubstr("/.clang-tidy:1:"));
}

TEST(Config, ExplicitFilesAndTexts) {
  Project P;
  P.addHazard("a.cpp");
  P.write("other.yaml", "Checks: '-*,async-busy-wait'\n");
  EXPECT_EQ(P.tidy({"--config-file=other.yaml"}).ExitCode, 0);
  EXPECT_EQ(P.tidy({"--config={Checks: '-*,async-busy-wait'}"}).ExitCode, 0);
  EXPECT_EQ(P.tidy({"--config={}"}).ExitCode, 1);
}

/// A function that only the user's model knows to block.
constexpr char Model[] = "library: ours\n"
                         "summary: our own\n"
                         "blocking:\n"
                         "  - names: [hold_on]\n"
                         "    why: waits for the moon\n"
                         "    operation: sleep\n";

void addUserOfModel(Project &P) {
  P.addUnit("a.cpp", "#include \"task.h\"\n"
                     "void hold_on();\n"
                     "task run() { hold_on(); co_return; }\n");
}

TEST(Config, ModelsOfTheCommandLine) {
  Project P;
  addUserOfModel(P);
  P.write("ours.yaml", Model);
  EXPECT_EQ(P.tidy({}).ExitCode, 0);
  const Finished Run = P.tidy({"--models", "ours.yaml"});
  EXPECT_EQ(Run.ExitCode, 1);
  EXPECT_THAT(Run.Output, HasSubstr("waits for the moon"));
}

TEST(Config, AModelOfTheUsersSpeaksForAFunctionThatHasABody) {
  Project P;
  P.addUnit("a.cpp", "#include \"task.h\"\n"
                     "void hold_on() { sleep(1); }\n"
                     "void read() {}\n"
                     "task run() { hold_on(); read(); co_return; }\n");
  EXPECT_EQ(P.tidy({}).ExitCode, 1);
  P.write("ours.yaml", "library: ours\nsummary: our own\n"
                       "nonblocking: [hold_on]\n");
  EXPECT_EQ(P.tidy({"--models=ours.yaml"}).ExitCode, 0);
}

TEST(Config, ModelsAreFoundNextToWhoNamesThem) {
  Project P;
  addUserOfModel(P);
  P.write("tools/ours.yaml", Model);
  P.write(".clang-tidy", "CheckOptions:\n  async.Models: tools/ours.yaml\n");
  EXPECT_EQ(P.tidy({}).ExitCode, 1);
  EXPECT_EQ(run({ASYNC_TIDY_BINARY_DIR "/bin/async-tidy", "../a.cpp"},
                P.path() + "/tools")
                .ExitCode,
            1)
      << "from wherever it is run";
}

TEST(Config, MalformedModelsAreMistakesWithAPlace) {
  Project P;
  addUserOfModel(P);
  for (const char *Text :
       {"", "library: [", "library: x\nsummary: y\nwhat: 1\n",
        "\xff\xfe\x00garbage"}) {
    P.write("bad.yaml", Text);
    const Finished Run = P.tidy({"--models=bad.yaml"});
    EXPECT_EQ(Run.ExitCode, 2) << Text;
    EXPECT_THAT(Run.Errors, HasSubstr("bad.yaml")) << Text;
    EXPECT_EQ(P.tidy({"models", "--validate", "bad.yaml"}).ExitCode, 2);
  }
  P.write("ours.yaml", Model);
  EXPECT_EQ(P.tidy({"models", "--validate", "ours.yaml"}).ExitCode, 0);
}

TEST(Config, TheDumpSaysEverythingAndCanBeRead) {
  Project P;
  P.addHazard("a.cpp");
  P.write(".clang-tidy", "Checks: '-*,async-busy-wait'\n"
                         "CheckOptions:\n  async.Level: strict\n");
  const Finished Run = P.tidy({"--dump-config"});
  EXPECT_EQ(Run.ExitCode, 0);
  EXPECT_THAT(Run.Output, HasSubstr("async-busy-wait"));
  EXPECT_THAT(Run.Output, HasSubstr("strict"));
  P.write("dumped", Run.Output);
  EXPECT_EQ(P.tidy({"--config-file=dumped"}).ExitCode, 0);
}

TEST(Config, SuppressedFindingsDoNotFailARun) {
  Project P;
  P.addUnit("a.cpp", "#include \"task.h\"\n"
                     "task run() {\n"
                     "  sleep(1); // NOLINT(async-blocking-call)\n"
                     "  co_return;\n"
                     "}\n");
  const Finished Run = P.tidy({"--fail-on=note"});
  EXPECT_EQ(Run.ExitCode, 0);
  EXPECT_THAT(Run.Output, Not(HasSubstr(Rule)));
}

} // namespace
