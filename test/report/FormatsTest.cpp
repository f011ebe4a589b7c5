//===- FormatsTest.cpp - What the formats of services say -----------------===//
//
// What a reader of each relies on, and what none of them may do. The folder
// validation/ holds them to their schemas and asks the programs that read them.
//
//===----------------------------------------------------------------------===//

#include "report/Fingerprint.h"
#include "report/JsonValue.h"
#include "report/Sample.h"
#include "llvm/Support/JSON.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <map>

using namespace async_tidy;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

namespace {

using Printer = void (*)(const Report &, llvm::raw_ostream &);

/// Those that leave out what is not for people to look at.
constexpr Printer OfServices[] = {
    printGitHub, printGitHubSummary, printGitLab,    printCheckstyle,
    printJUnit,  printReviewdog,     printSonarQube, printExportFixes};

std::vector<std::string> lines(const std::string &Text) {
  std::vector<std::string> Lines;
  std::istringstream In(Text);
  for (std::string Line; std::getline(In, Line);)
    Lines.push_back(Line);
  return Lines;
}

JsonValue parsed(const std::string &Text) {
  return JsonValue::parse(Text, nullptr, /*allow_exceptions=*/false);
}

TEST(Formats, AreUTF8WhateverTheyAreGiven) {
  for (const Format &F : formats())
    EXPECT_TRUE(llvm::json::isUTF8(print(hostileReport(), F.Print)))
        << F.Name.str();
}

TEST(Formats, LetNoControlCharacterThrough) {
  for (const Format &F : formats())
    for (char C : print(hostileReport(), F.Print))
      ASSERT_TRUE(static_cast<unsigned char>(C) >= 0x20 || C == '\n')
          << F.Name.str() << ": " << int(C);
}

TEST(Formats, NameUnitsThatWereNotAnalysed) {
  Report R = sampleReport({});
  R.Analysed.clear();
  R.NotAnalysed = {{"/project/b.cpp", "clang gave up"}};
  for (const Format &F : formats()) {
    const std::string Text = print(R, F.Print);
    EXPECT_TRUE(Text.find("b.cpp") != std::string::npos ||
                Text.find("b&#46;cpp") != std::string::npos)
        << F.Name.str();
    EXPECT_THAT(Text, HasSubstr("clang gave up")) << F.Name.str();
  }
}

/// What says "this is worse than a warning" in the format of each service.
TEST(Formats, AnAllowedUnitIsToldAndIsNoError) {
  const std::pair<Printer, const char *> Services[] = {
      {printGitHub, "::error"},
      {printGitLab, "\"blocker\""},
      {printCheckstyle, "severity=\"error\""},
      {printJUnit, "<error"},
      {printReviewdog, "\"ERROR\""},
      {printSonarQube, "\"HIGH\""},
      {printExportFixes, "Level:           Error"},
  };
  Report R = sampleReport({});
  R.Rules.clear(); // SonarQube is told how bad each is
  R.NotAnalysed = {{"/project/b.cpp", "clang gave up"}};
  for (const auto &[Print, Error] : Services)
    EXPECT_THAT(print(R, Print), HasSubstr(Error));
  R.NotAnalysed[0].Allowed = true;
  for (const auto &[Print, Error] : Services) {
    EXPECT_THAT(print(R, Print), Not(HasSubstr(Error)));
    EXPECT_THAT(print(R, Print), HasSubstr("clang gave up"));
  }
}

TEST(Formats, TellWhyARunFailsWhereThereIsAPlaceForIt) {
  Report R = sampleReport({});
  R.Failures = {"3 entries stale"};
  for (Printer Print :
       {printText, printHtml, printGitHub, printGitHubSummary, printJUnit})
    EXPECT_THAT(print(R, Print), HasSubstr("3 entries stale"));
}

TEST(Formats, ThePagesForPeopleHaveTheMetrics) {
  Report R = sampleReport({});
  R.Metrics = {{"bounds", "queues with a bound", 3, 1},
               {"timeouts", "operations with a deadline"}};
  EXPECT_THAT(print(R, printGitHubSummary),
              AllOf(HasSubstr("| queues with a bound | 3 of 4 "),
                    HasSubstr("| operations with a deadline | not measured ")));
  EXPECT_THAT(print(R, printHtml), AllOf(HasSubstr("\"shown\":\"3 of 4 "),
                                         HasSubstr("not measured")));
}

TEST(Formats, LeaveOutWhatIsSuppressedOrFixed) {
  Report R = sampleReport({});
  R.Findings.assign(2, sampleFinding({"/project/a.cpp", 1, 1}, "tell nobody"));
  R.Findings[0].Suppressed = true;
  R.Findings[1].Fixed = true;
  for (Printer Print : OfServices)
    EXPECT_THAT(print(R, Print), Not(HasSubstr("tell nobody")));
  R.Findings[0].Suppressed = false;
  for (Printer Print : OfServices)
    EXPECT_THAT(print(R, Print), HasSubstr("tell nobody"));
}

//===----------------------------------------------------------------------===//

/// A command as the runner of GitHub Actions reads it: a name, properties, `::`
/// and a message, each unescaped.
struct Command {
  std::string Name, Message;
  std::map<std::string, std::string> Properties;
};

std::string unescaped(llvm::StringRef Text) {
  std::string Plain;
  while (!Text.empty()) {
    unsigned Code;
    if (Text.front() == '%' && !Text.substr(1, 2).getAsInteger(16, Code)) {
      Plain += static_cast<char>(Code);
      Text = Text.drop_front(3);
    } else {
      Plain += Text.front();
      Text = Text.drop_front();
    }
  }
  return Plain;
}

Command readCommand(llvm::StringRef Line) {
  Command C;
  if (!Line.consume_front("::"))
    return C;
  const auto [Head, Message] = Line.split("::");
  C.Message = unescaped(Message);
  const auto [Name, Properties] = Head.split(' ');
  C.Name = Name.str();
  llvm::SmallVector<llvm::StringRef> All;
  Properties.split(All, ',');
  for (llvm::StringRef Property : All) {
    const auto [Key, Value] = Property.split('=');
    C.Properties[Key.str()] = unescaped(Value);
  }
  return C;
}

TEST(GitHub, AnnotatesTheNameThatIsMeant) {
  Report R = sampleReport({{"a.cpp", "x();\n  wait(100%);\n"}});
  R.Findings = {sampleFinding({"/project/a.cpp", 2, 3}, "100% sure, it waits")};
  R.Findings[0].because({{{"/project/a.cpp", 1, 1}, "as here"}});
  EXPECT_EQ(print(R, printGitHub),
            "::warning file=a.cpp,line=2,endLine=2,col=3,endColumn=7,"
            "title=async-sample::100%25 sure, it waits%0A"
            "1. a.cpp:1:1: as here\n");
}

TEST(GitHub, GravestFirstAndTheRestIsCounted) {
  Report R = sampleReport({});
  for (unsigned Line = 1; Line <= 30; ++Line)
    R.Findings.push_back(sampleFinding({"/project/a.cpp", Line, 1}));
  R.Findings.back().Weight = Severity::Error;
  const std::vector<std::string> Lines = lines(print(R, printGitHub));
  ASSERT_EQ(Lines.size(), 31u);
  EXPECT_EQ(readCommand(Lines[0]).Name, "error");
  EXPECT_EQ(readCommand(Lines[1]).Name, "warning");
  EXPECT_EQ(readCommand(Lines[30]).Name, "notice");
  EXPECT_THAT(readCommand(Lines[30]).Message, HasSubstr("19 warnings more"));
}

TEST(GitHub, TakesNothingInANameOrMessageForACommand) {
  const Report R = hostileReport();
  const std::vector<std::string> Lines = lines(print(R, printGitHub));
  ASSERT_EQ(Lines.size(),
            shownCount(R) + R.NotAnalysed.size() + R.Failures.size());
  bool Seen = false;
  for (const std::string &Line : Lines) {
    const Command C = readCommand(Line);
    EXPECT_THAT((std::set<std::string>{"error", "warning", "notice"}),
                testing::Contains(C.Name))
        << Line;
    EXPECT_EQ(C.Properties.count("title"), 1u) << Line;
    Seen |= C.Properties.count("file") &&
            C.Properties.at("file") == "a\"b'c<&>]]>-->,:%0A::error::.cpp";
  }
  EXPECT_TRUE(Seen) << "a name arrives as it is";
}

TEST(GitHub, SummaryTellsTheWholeInAFewLines) {
  Report R = sampleReport({});
  R.Findings = {sampleFinding({"/project/a.cpp", 1, 1}, "`f` waits")};
  const std::string Text = print(R, printGitHubSummary);
  EXPECT_THAT(Text, HasSubstr("## async-tidy: 1 warning\n"));
  EXPECT_THAT(Text, HasSubstr("1 of 1 unit analysed"));
  EXPECT_THAT(Text, HasSubstr("<code>f</code> waits"));
  R.Findings.clear();
  EXPECT_THAT(print(R, printGitHubSummary), HasSubstr("no findings"));
}

//===----------------------------------------------------------------------===//

TEST(GitLab, KnowsAFindingByItsFingerprint) {
  Report R = sampleReport({});
  R.Findings = {sampleFinding({"/project/src/a.cpp", 7, 1}, "it waits")};
  R.Findings[0].Weight = Severity::Error;
  EXPECT_EQ(parsed(print(R, printGitLab)),
            JsonValue::array(
                {{{"description", "it waits"},
                  {"check_name", "async-sample"},
                  {"fingerprint", fingerprints(R.Findings)[0]},
                  {"severity", "critical"},
                  {"location",
                   {{"path", "src/a.cpp"}, {"lines", {{"begin", 7}}}}}}}));
}

TEST(GitLab, HasNoTwoIssuesOfOneFingerprint) {
  const Report R = hostileReport();
  std::set<std::string> All;
  const JsonValue Issues = parsed(print(R, printGitLab));
  for (const JsonValue &Issue : Issues)
    All.insert(Issue["fingerprint"].get<std::string>());
  EXPECT_EQ(All.size(), Issues.size());
  EXPECT_EQ(Issues.size(), shownCount(R) + R.NotAnalysed.size());
}

TEST(Checkstyle, GroupsByFile) {
  Report R = sampleReport({{"a.cpp", "é x();\n"}});
  R.Findings = {sampleFinding({"/project/a.cpp", 1, 4}, "a < b"),
                sampleFinding({"/project/b.cpp", 2, 1})};
  R.Findings[1].Weight = Severity::Note;
  EXPECT_EQ(print(R, printCheckstyle), R"(<?xml version="1.0" encoding="UTF-8"?>
<checkstyle version="4.3">
  <file name="a.cpp">
    <error line="1" column="3" severity="warning" message="a &#60; b" source="async-sample"/>
  </file>
  <file name="b.cpp">
    <error line="2" column="1" severity="info" message="message" source="async-sample"/>
  </file>
</checkstyle>
)");
}

TEST(JUnit, FailsAFileForARule) {
  Report R = sampleReport({});
  R.Rules = {&sampleRule(), &otherRule()};
  R.Findings = {sampleFinding({"/project/a.cpp", 1, 1}, "one"),
                sampleFinding({"/project/a.cpp", 2, 1}, "two"),
                sampleFinding({"/project/b.cpp", 3, 1}, "a remark")};
  R.Findings[2].Weight = Severity::Note;
  EXPECT_EQ(print(R, printJUnit), R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="async-tidy">
  <testsuite name="async-tidy" tests="1" failures="0" errors="0">
    <testcase classname="async-tidy" name="all units analysed"/>
  </testsuite>
  <testsuite name="async-sample" tests="2" failures="1" errors="0">
    <testcase classname="async-sample" name="a.cpp">
      <failure message="2 findings" type="async-sample">a.cpp:1:1: warning: one
a.cpp:2:1: warning: two
</failure>
    </testcase>
    <testcase classname="async-sample" name="b.cpp">
      <system-out>b.cpp:3:1: note: a remark
</system-out>
    </testcase>
  </testsuite>
  <testsuite name="async-other-sample" tests="1" failures="0" errors="0">
    <testcase classname="async-other-sample" name="all files"/>
  </testsuite>
</testsuites>
)");
}

TEST(Reviewdog, CountsBytesAndSuggestsAChangeOfOnePlace) {
  Report R = sampleReport({{"a.cpp", "é wait();\n"}});
  R.Findings = {sampleFinding({"/project/a.cpp", 1, 4})};
  R.Findings[0].Fixes = {
      {"await it",
       {{{"/project/a.cpp", 1, 4}, {"/project/a.cpp", 1, 4}, "co_await "}}},
      {"two places",
       {{{"/project/a.cpp", 1, 4}, {"/project/a.cpp", 1, 5}, ""},
        {{"/project/a.cpp", 1, 6}, {"/project/a.cpp", 1, 7}, ""}}}};
  const JsonValue V = parsed(print(R, printReviewdog));
  EXPECT_EQ(V["location"]["range"]["start"]["column"], 4);
  EXPECT_EQ(V["location"]["range"]["end"]["column"], 8);
  ASSERT_EQ(V["suggestions"].size(), 1u);
  EXPECT_EQ(V["suggestions"][0]["text"], "co_await ");
}

TEST(SonarQube, NamesNoPlaceThatIsNotInItsFile) {
  Report R = sampleReport({{"a.cpp", "é wait();\n\n"}});
  const auto Range = [&](unsigned Line, unsigned Column) {
    R.Findings = {sampleFinding({"/project/a.cpp", Line, Column})};
    return parsed(print(R, printSonarQube))["issues"][0]["primaryLocation"]
        .value("textRange", JsonValue());
  };
  EXPECT_EQ(Range(1, 4), (JsonValue{{"startLine", 1},
                                    {"endLine", 1},
                                    {"startColumn", 2},
                                    {"endColumn", 6}}));
  EXPECT_EQ(Range(2, 1), (JsonValue{{"startLine", 2}})) << "an empty line";
  EXPECT_EQ(Range(1, 400), (JsonValue{{"startLine", 1}}));
  EXPECT_EQ(Range(9, 1), JsonValue());
  EXPECT_EQ(Range(0, 0), JsonValue());
}

TEST(SonarQube, DescribesTheRuleOfEachIssue) {
  const JsonValue V = parsed(print(hostileReport(), printSonarQube));
  std::set<std::string> Known;
  for (const JsonValue &R : V["rules"])
    EXPECT_TRUE(Known.insert(R["id"].get<std::string>()).second);
  for (const JsonValue &Issue : V["issues"])
    EXPECT_EQ(Known.count(Issue["ruleId"].get<std::string>()), 1u);
}

} // namespace
