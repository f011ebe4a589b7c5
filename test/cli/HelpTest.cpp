//===- HelpTest.cpp - Manual page and completions -------------------------===//
//
// Both are made of the tables that --help is made of: what the program takes is
// in them, and the shells that read them complete it.
//
//===----------------------------------------------------------------------===//

#include "support/Project.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <sstream>

using namespace async_tidy::test;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

namespace {

Finished tidy(std::vector<std::string> Words) {
  Words.insert(Words.begin(), ASYNC_TIDY_BINARY_DIR "/bin/async-tidy");
  return run(Words, "/");
}

/// The options that the help of the visible commands lists.
std::set<std::string> options() {
  std::set<std::string> All;
  for (const char *Command :
       {"check", "models", "rules", "link", "extract", "init"}) {
    std::istringstream Help(tidy({Command, "--help"}).Output);
    for (std::string Line; std::getline(Help, Line);)
      if (Line.starts_with("  -"))
        All.insert(Line.substr(2, Line.find_first_of(" =[", 2) - 2));
  }
  return All;
}

TEST(Help, TeachesByExamplesThatAreTrue) {
  const std::string Help = tidy({"--help"}).Output;
  std::istringstream In(Help.substr(Help.find("EXAMPLES:")));
  unsigned N = 0;
  std::string Line;
  for (std::getline(In, Line); std::getline(In, Line) && !Line.empty(); ++N)
    for (std::istringstream Words(Line); Words >> Line;)
      if (Line.starts_with("--"))
        EXPECT_THAT(Help, HasSubstr("\n  " + Line.substr(0, Line.find('='))))
            << Line;
  EXPECT_GE(N, 5u);
  for (const char *Group : {"ANALYSING", "CHOOSING FINDINGS", "FAILING",
                            "PRINTING", "FORMATS", "EXIT CODES", "COMMANDS"})
    EXPECT_THAT(Help, HasSubstr(Group));
}

TEST(Manual, HasEveryOptionAndIsWellFormed) {
  TemporaryFolder Folder;
  const Finished Page = tidy({"man"});
  ASSERT_EQ(Page.ExitCode, 0);
  const std::string File = Folder.write("async-tidy.1", Page.Output);
  const Finished Checked =
      run({"mandoc", "-T", "lint", "-W", "warning", File}, Folder.path());
  // A date would not be the same each time that the page is made.
  std::istringstream Lines(Checked.Output);
  for (std::string Line; std::getline(Lines, Line);)
    EXPECT_THAT(Line, HasSubstr("missing date"));
  const std::string Text =
      run({"mandoc", "-T", "ascii", "-O", "width=500", File}).Output;
  std::string Plain; // without overstrikes
  for (size_t I = 0; I < Text.size(); ++I)
    if (I + 1 < Text.size() && Text[I + 1] == '\b')
      ++I;
    else
      Plain += Text[I];
  ASSERT_GT(options().size(), 40u);
  for (const std::string &Option : options())
    EXPECT_NE(Plain.find("\n       " + Option), std::string::npos) << Option;
  EXPECT_THAT(Plain, HasSubstr("github-summary"));
  EXPECT_THAT(Plain, HasSubstr("some units could not be analysed"));
}

TEST(Completion, OfBashIsWithoutFault) {
  TemporaryFolder Folder;
  const std::string File =
      Folder.write("script", tidy({"completion", "bash"}).Output);
  // Words that are split on purpose.
  const Finished Checked =
      run({"shellcheck", "--shell=bash", "--exclude=SC2207", File});
  EXPECT_EQ(Checked.ExitCode, 0) << Checked.Output;
  const Finished Hook = run({"shellcheck", ASYNC_TIDY_SOURCE_DIR
                             "/integrations/pre-commit/async-tidy-hook"});
  EXPECT_EQ(Hook.ExitCode, 0) << Hook.Output;
}

TEST(Completion, NeedsAShellThatThereIs) {
  for (const std::vector<std::string> &Words :
       {std::vector<std::string>{"completion"}, {"completion", "csh"}}) {
    const Finished Run = tidy(Words);
    EXPECT_EQ(Run.ExitCode, 2);
    EXPECT_THAT(Run.Errors, HasSubstr("bash, zsh or fish"));
  }
}

/// What each shell makes of a line whose end is completed, in the shell itself:
/// test/cli/complete.py types it.
class Completes : public testing::TestWithParam<const char *> {
protected:
  void SetUp() override {
    const Finished Script = tidy({"completion", GetParam()});
    ASSERT_EQ(Script.ExitCode, 0);
    Folder.write("script", Script.Output);
    Folder.write("source.cpp", "");
    Folder.write("folder/x.json", "");
    const Finished Checked = run({GetParam(), "-n", "script"}, Folder.path());
    EXPECT_EQ(Checked.ExitCode, 0) << Checked.Errors;
  }
  /// What each of \p Lines becomes when Tab is pressed at its end.
  std::vector<std::string> typed(const std::vector<std::string> &Lines) {
    std::vector<std::string> Command = {
        "python3", ASYNC_TIDY_SOURCE_DIR "/test/cli/complete.py", GetParam(),
        "./script"};
    Command.insert(Command.end(), Lines.begin(), Lines.end());
    const Finished Run = run(Command, Folder.path());
    EXPECT_EQ(Run.ExitCode, 0) << Run.Errors;
    std::vector<std::string> Result;
    std::istringstream Out(Run.Output);
    for (std::string Line; std::getline(Out, Line);)
      Result.push_back(Line);
    return Result;
  }
  TemporaryFolder Folder;
};

TEST_P(Completes, CommandsOptionsAndValues) {
  const std::pair<const char *, const char *> Lines[] = {
      {"async-tidy self", "async-tidy self-test"},
      {"async-tidy --warnings", "async-tidy --warnings-as-errors="},
      {"async-tidy --level=str", "async-tidy --level=strict"},
      {"async-tidy check --fail-on=ne", "async-tidy check --fail-on=never"},
      {"async-tidy --output=rd", "async-tidy --output=rdjsonl"},
      {"async-tidy --require=cancell", "async-tidy --require=cancellation="},
      {"async-tidy explain async-busy", "async-tidy explain async-busy-wait"},
      {"async-tidy completion fi", "async-tidy completion fish"},
      {"async-tidy rules --js", "async-tidy rules --json"},
      {"async-tidy init --dr", "async-tidy init --dry-run"},
      {"async-tidy sour", "async-tidy source.cpp"},
      {"async-tidy link fold", "async-tidy link folder/"},
      {"async-tidy -p fold", "async-tidy -p folder/"},
      {"async-tidy --config-file=sour", "async-tidy --config-file=source.cpp"},
      // Options of other commands are none of this one.
      {"async-tidy rules --lev", "async-tidy rules --lev"},
  };
  // Some shells take back at the end of the line what they wrote themselves.
  const auto Ended = [](std::string Text) {
    while (Text.ends_with("/") || Text.ends_with("="))
      Text.pop_back();
    return Text;
  };
  std::vector<std::string> Typed, Expected, Whole;
  for (const auto &[Line, Text] : Lines) {
    Typed.push_back(Line);
    Expected.push_back(Ended(Text));
  }
  for (const std::string &Text : typed(Typed))
    Whole.push_back(Ended(Text));
  EXPECT_EQ(Whole, Expected);
}

INSTANTIATE_TEST_SUITE_P(Shells, Completes,
                         testing::Values("bash", "zsh", "fish"),
                         [](const auto &Info) {
                           return std::string(Info.param);
                         });

} // namespace
