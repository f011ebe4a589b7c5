//===- OutputTest.cpp - What is printed, where, and always the same -------===//

#include "support/Project.h"
#include "llvm/Support/MemoryBuffer.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <filesystem>
#include <nlohmann/json.hpp>

using namespace async_tidy::test;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

namespace {

std::string contents(const std::string &File) {
  auto Text = llvm::MemoryBuffer::getFile(File);
  return Text ? (*Text)->getBuffer().str() : "(no file)";
}

/// Units that call each other, so that the order of linking could show.
void addManyUnits(Project &P) {
  P.write("shared.h", "#include \"task.h\"\n"
                      "inline void nap() { sleep(1); }\n"
                      "inline task rest() { nap(); co_return; }\n"
                      "void leaf();\n");
  P.addUnit("leaf.cpp", "#include \"shared.h\"\nvoid leaf() { usleep(9); }\n");
  for (char Name = 'a'; Name < 'g'; ++Name)
    P.addUnit(std::string(1, Name) + ".cpp",
              "#include \"shared.h\"\n"
              "static task run() { leaf(); nap(); co_return; }\n"
              "task use_" +
                  std::string(1, Name) + "() { return run(); }\n");
}

TEST(Output, IsTheSameForAnyNumberOfJobsAndOrderOfFiles) {
  Project P;
  addManyUnits(P);
  for (const char *Format : {"text", "json", "sarif"}) {
    const std::string Output = std::string("--output=") + Format;
    const Finished One = P.tidy({Output, "-j1"});
    ASSERT_EQ(One.ExitCode, 1);
    EXPECT_EQ(One.Output, P.tidy({Output, "-j2"}).Output);
    EXPECT_EQ(One.Output, P.tidy({Output, "--jobs=7"}).Output);
    EXPECT_EQ(P.tidy({Output, "a.cpp", "leaf.cpp", "b.cpp"}).Output,
              P.tidy({Output, "b.cpp", "a.cpp", "leaf.cpp"}).Output);
  }
}

TEST(Output, IsTheSameWithAllBodiesParsed) {
  Project P;
  addManyUnits(P);
  EXPECT_EQ(P.tidy({"--output=json"}).Output,
            P.tidy({"--output=json", "--no-skip"}).Output);
  EXPECT_EQ(P.tidy({"--output=json"}).Output,
            P.tidy({"--output=json", "--in-process"}).Output);
}

TEST(Output, AFindingInASharedHeaderIsReportedOnce) {
  Project P;
  addManyUnits(P);
  EXPECT_EQ(count(P.tidy({}).Output, "shared.h:3:22: warning"), 1u);
}

TEST(Output, SeveralReportsAtOnce) {
  Project P;
  P.addHazard("a.cpp");
  const Finished Run = P.tidy(
      {"--output=sarif:x.sarif", "--output=json:x.json", "--output=text"});
  EXPECT_EQ(Run.ExitCode, 1);
  EXPECT_THAT(Run.Output, HasSubstr("a.cpp:3:3: warning"));
  const auto Sarif =
      nlohmann::json::parse(contents(P.path() + "/x.sarif"), nullptr, false);
  ASSERT_TRUE(Sarif.is_object());
  EXPECT_EQ(Sarif["runs"][0]["results"].size(), 1u);
  const auto Json =
      nlohmann::json::parse(contents(P.path() + "/x.json"), nullptr, false);
  EXPECT_TRUE(Json.is_object());
}

TEST(Output, AMachinesReportIsAloneOnStandardOutput) {
  Project P;
  P.addHazard("a.cpp");
  P.addUnit("broken.cpp", "int x = no_such_name;\n");
  const Finished Run = P.tidy({"--output=json"});
  EXPECT_EQ(Run.ExitCode, 3);
  EXPECT_TRUE(nlohmann::json::parse(Run.Output, nullptr, false).is_object());
  EXPECT_THAT(Run.Errors, HasSubstr("1 of 2 units not analysed"))
      << "and what is missing is not hidden in it";
}

/// The formats, as --help lists them.
std::vector<std::string> allFormats(const Project &P) {
  std::istringstream Help(P.tidy({"--help"}).Output);
  std::vector<std::string> Names;
  bool Listed = false;
  for (std::string Line, Name; std::getline(Help, Line);)
    if (Line == "FORMATS:")
      Listed = true;
    else if (Listed && std::istringstream(Line) >> Name)
      Names.push_back(Name);
  return Names;
}

TEST(Output, EachFormatAtOnceAndTheSameForAnyNumberOfJobs) {
  Project P;
  addManyUnits(P);
  P.addUnit("broken.cpp", "int x = no_such_name;\n");
  const std::vector<std::string> Formats = allFormats(P);
  ASSERT_GE(Formats.size(), 11u);
  std::vector<std::string> One = {"-j1"}, Two = {"-j2"};
  for (const std::string &Name : Formats) {
    One.push_back("--output=" + Name + ":one." + Name);
    Two.push_back("--output=" + Name + ":two." + Name);
  }
  EXPECT_EQ(P.tidy(One).ExitCode, 3);
  EXPECT_EQ(P.tidy(Two).ExitCode, 3);
  for (const std::string &Name : Formats) {
    const std::string Text = contents(P.path() + "/one." + Name);
    EXPECT_EQ(Text, contents(P.path() + "/two." + Name)) << Name;
    EXPECT_THAT(Text, AllOf(HasSubstr("broken"), HasSubstr("nap"))) << Name;
  }
}

TEST(Output, EachFormatIsAloneOnStandardOutput) {
  Project P;
  P.addHazard("a.cpp");
  P.addUnit("broken.cpp", "int x = no_such_name;\n");
  for (const std::string &Name : allFormats(P)) {
    const Finished Run =
        P.tidy({"--output=" + Name, "--output=" + Name + ":x"});
    EXPECT_EQ(Run.Output, contents(P.path() + "/x")) << Name;
    EXPECT_EQ(Run.Errors.empty(), Name == "text")
        << Name << ": what is missing is told outside of it";
  }
}

TEST(Output, AnnotationsForTheRunnerAndTextForItsLog) {
  Project P;
  P.addHazard("a.cpp");
  const Finished Run = P.tidy({"--output=github", "--output=text:/dev/stderr"});
  EXPECT_THAT(Run.Output, testing::StartsWith("::warning file=a.cpp,line=3,"));
  EXPECT_THAT(Run.Errors, HasSubstr("a.cpp:3:3: warning: "));
  EXPECT_EQ(P.tidy({"--output=github", "--output=text"}).ExitCode, 2)
      << "they would be mixed";
}

TEST(Output, ThePageForABrowserTellsWhatHasChangedSinceAReport) {
  Project P;
  P.addHazard("a.cpp");
  EXPECT_EQ(P.tidy({"--output=json:last.json"}).ExitCode, 1);
  P.addUnit("b.cpp",
            "#include \"task.h\"\ntask two() { sleep(1); co_return; }\n");
  const std::string Page =
      P.tidy({"--output=html", "--previous=last.json"}).Output;
  EXPECT_EQ(count(Page, "\"new\":true"), 1u);
  EXPECT_EQ(count(Page, "\"new\":false"), 1u);
  EXPECT_THAT(Page, HasSubstr("\"gone\":0"));
  for (const char *Text : {"", "{}", "[1]", "{\"format\":1,\"findings\":0}"}) {
    P.write("last.json", Text);
    const Finished Run = P.tidy({"--output=html:x", "--previous=last.json"});
    EXPECT_EQ(Run.ExitCode, 2) << Text;
    EXPECT_THAT(Run.Errors, HasSubstr("last.json: not a report"));
  }
  EXPECT_EQ(P.tidy({"--previous=no-such-file"}).ExitCode, 2);
}

TEST(Output, ACategoryTellsRunsApart) {
  Project P;
  P.addClean("a.cpp");
  EXPECT_THAT(P.tidy({"--output=sarif"}).Output,
              HasSubstr("\"id\":\"async-tidy/\""));
  EXPECT_THAT(P.tidy({"--output=sarif", "--category=debug"}).Output,
              HasSubstr("\"id\":\"async-tidy/debug/\""));
}

TEST(Output, WhatCannotBeWrittenIsAnError) {
  Project P;
  P.addHazard("a.cpp");
  const Finished File = P.tidy({"--output=sarif:/dev/full"});
  EXPECT_EQ(File.ExitCode, 2);
  EXPECT_THAT(File.Errors, HasSubstr("/dev/full"));
  const Finished Folder = P.tidy({"--output=text:no/such/folder/x"});
  EXPECT_EQ(Folder.ExitCode, 2);
  EXPECT_THAT(Folder.Errors, HasSubstr("no/such/folder/x"));
  const Finished Standard =
      run({"/bin/sh", "-c",
           "'" ASYNC_TIDY_BINARY_DIR "/bin/async-tidy' >/dev/full"},
          P.path());
  EXPECT_EQ(Standard.ExitCode, 2);
  EXPECT_THAT(Standard.Errors, HasSubstr("standard output"));
}

TEST(Output, AReportThatFailsDoesNotPreventTheOthers) {
  Project P;
  P.addHazard("a.cpp");
  EXPECT_EQ(P.tidy({"--output=sarif:/dev/full", "--output=json:x"}).ExitCode,
            2);
  EXPECT_THAT(contents(P.path() + "/x"), HasSubstr("async-blocking-call"));
}

TEST(Output, OverloadsAreToldApart) {
  Project P;
  P.addUnit("a.cpp", "#include \"task.h\"\n"
                     "void nap(int n) { sleep(n); }\n"
                     "void nap(const char *) {}\n"
                     "void rest() { sleep(1); }\n");
  const std::string Why = P.tidy({"why", "nap"}).Output;
  EXPECT_THAT(Why, HasSubstr("`nap(int)` at"));
  EXPECT_THAT(Why, HasSubstr("`nap(char *)` at"));
  EXPECT_THAT(P.tidy({"why", "rest"}).Output, HasSubstr("`rest` at"));
}

TEST(Output, AReportIsReplacedInOneStep) {
  Project P;
  P.addHazard("a.cpp");
  P.write("old.json", "the old one");
  P.write("target.json", "");
  std::filesystem::permissions(P.path() + "/old.json",
                               std::filesystem::perms(0640));
  std::filesystem::create_symlink("target.json", P.path() + "/link.json");
  // A file may not become larger than this: as if the disk were full.
  const Finished Full =
      run({"/bin/sh", "-c",
           "trap '' XFSZ; ulimit -f 1; exec '" ASYNC_TIDY_BINARY_DIR
           "/bin/async-tidy' --in-process --output=json:old.json "
           "--output=text:/dev/null --level=hint"},
          P.path());
  EXPECT_EQ(Full.ExitCode, 2) << Full.Output << Full.Errors;
  EXPECT_EQ(contents(P.path() + "/old.json"), "the old one");
  EXPECT_EQ(
      P.tidy({"--output=json:old.json", "--output=sarif:link.json"}).ExitCode,
      1);
  EXPECT_THAT(contents(P.path() + "/old.json"), HasSubstr("\"findings\""));
  EXPECT_EQ(std::filesystem::status(P.path() + "/old.json").permissions(),
            std::filesystem::perms(0640));
  EXPECT_TRUE(std::filesystem::is_symlink(P.path() + "/link.json"));
  EXPECT_THAT(contents(P.path() + "/target.json"), HasSubstr("\"runs\""));
}

TEST(Output, ColoursAreForThoseWhoAskForThem) {
  Project P;
  P.addHazard("a.cpp");
  const std::string Escape = "\033[";
  EXPECT_THAT(P.tidy({}).Output, Not(HasSubstr(Escape))) << "no terminal";
  EXPECT_THAT(P.tidy({"--color=always"}).Output, HasSubstr(Escape));
  EXPECT_THAT(P.tidy({}, {"CLICOLOR_FORCE=1"}).Output, HasSubstr(Escape));
  EXPECT_THAT(P.tidy({}, {"CLICOLOR_FORCE=0"}).Output, Not(HasSubstr(Escape)));
  EXPECT_THAT(P.tidy({}, {"NO_COLOR=1", "CLICOLOR_FORCE=1"}).Output,
              Not(HasSubstr(Escape)));
  EXPECT_THAT(P.tidy({"--color=always"}, {"NO_COLOR=1"}).Output,
              HasSubstr(Escape));
  EXPECT_THAT(P.tidy({"--color=never"}, {"CLICOLOR_FORCE=1"}).Output,
              Not(HasSubstr(Escape)));
  P.tidy({"--color=always", "--output=json:x"});
  EXPECT_THAT(contents(P.path() + "/x"), Not(HasSubstr(Escape)));
}

TEST(Output, ProgressIsForTerminalsOnly) {
  Project P;
  P.addClean("a.cpp");
  EXPECT_EQ(P.tidy({}).Errors, "");
}

TEST(Output, StatisticsOnlyIfAskedFor) {
  Project P;
  P.addClean("a.cpp");
  EXPECT_THAT(P.tidy({}).Output, Not(HasSubstr("bodies")));
  EXPECT_THAT(P.tidy({"--stats"}).Output, HasSubstr("bodies"));
}

TEST(Output, HelpIsOursAlone) {
  Project P;
  const Finished Run = P.tidy({"--help"});
  EXPECT_EQ(Run.ExitCode, 0);
  for (const char *Said : {"--fail-on", "explain RULE", "EXIT CODES"})
    EXPECT_THAT(Run.Output, HasSubstr(Said));
  for (const char *Internal :
       {"--debug", "print-after", "--worker", "no-skip", "no-share"})
    EXPECT_THAT(Run.Output, Not(HasSubstr(Internal)));
  EXPECT_THAT(P.tidy({"--version"}).Output, HasSubstr("clang version 22"));
  EXPECT_THAT(P.tidy({"models", "--help"}).Output, Not(HasSubstr("--fail-on")));
}

TEST(Output, TheOtherCommands) {
  Project P;
  P.addHazard("a.cpp");
  EXPECT_THAT(P.tidy({"rules"}).Output, HasSubstr("async-blocking-call "));
  const auto Rules =
      nlohmann::json::parse(P.tidy({"rules", "--json"}).Output, nullptr, false);
  ASSERT_TRUE(Rules.is_array());
  EXPECT_EQ(Rules[0]["id"], "async-blocking-call");
  EXPECT_THAT(P.tidy({"explain", "blocking-call"}).Output,
              HasSubstr("# async-blocking-call"));
  const auto Page = nlohmann::json::parse(
      P.tidy({"explain", "--json", "async-busy-wait"}).Output, nullptr, false);
  ASSERT_TRUE(Page.is_array());
  EXPECT_THAT(Page[0]["text"], HasSubstr("# async-busy-wait"));
  EXPECT_THAT(P.tidy({"models"}).Output, HasSubstr("boost-asio"));
  const std::string Loop = P.addUnit(
      "loop.cpp", "#include <boost/asio.hpp>\n"
                  "void f(boost::asio::io_context &c) { c.run(); }\n");
  const Finished Used = P.tidy({"models", Loop, "--", "-std=c++20"});
  EXPECT_EQ(Used.ExitCode, 0) << Used.Errors;
  EXPECT_THAT(Used.Output,
              AllOf(HasSubstr("boost-asio: "),
                    HasSubstr("  used: 1 call, 0 coroutines, included by 1 "
                              "unit; most: boost::asio::io_context::run\n"),
                    HasSubstr("  known: `boost::asio::awaitable` is a task "),
                    Not(HasSubstr("folly"))));
  EXPECT_THAT(P.tidy({"models", "--function", "usleep"}).Output,
              HasSubstr("posix.yaml:"));
  const Finished Why = P.tidy({"why", "run"});
  EXPECT_EQ(Why.ExitCode, 0);
  EXPECT_THAT(Why.Output, HasSubstr("a.cpp:3:3: may block in `sleep`"));
  EXPECT_EQ(P.tidy({"why", "no_such_function"}).ExitCode, 2);
  for (const char *Name : {"::run", "run()", "::run()"})
    EXPECT_EQ(P.tidy({"why", Name}).Output, Why.Output) << Name;
  EXPECT_THAT(P.tidy({"why", "runs"}).Errors, HasSubstr("there is run"));
  EXPECT_THAT(P.tidy({"why", "usleeep"}).Errors, HasSubstr("there is usleep"));
  EXPECT_THAT(P.tidy({"facts", "a.cpp"}).Output,
              HasSubstr("\"calleeName\": \"sleep\""));
}

} // namespace
