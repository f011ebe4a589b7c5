//===- SarifTest.cpp - The report for code scanning services --------------===//
//
// What a reader of SARIF relies on. Validation.cpp asks Microsoft's validator.
//
//===----------------------------------------------------------------------===//

#include "report/Fingerprint.h"
#include "report/JsonValue.h"
#include "report/LineHash.h"
#include "report/Sample.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <random>

using namespace async_tidy;
using testing::HasSubstr;

namespace {

JsonValue run(const Report &R) {
  JsonValue V = JsonValue::parse(print(R, printSarif), nullptr, false);
  return V.is_discarded() ? V : V["runs"][0];
}

JsonValue place(const JsonValue &Location) {
  return Location.at("physicalLocation");
}

/// The notifications that say what a service does not get or show.
std::vector<std::string> notices(const JsonValue &Run) {
  std::vector<std::string> Texts;
  for (const JsonValue &N :
       Run.at("invocations")[0].at("toolExecutionNotifications"))
    if (N.at("level") == "warning")
      Texts.push_back(N.at("message").at("text"));
  return Texts;
}

TEST(Sarif, PointsAtTheNameInUTF16Columns) {
  Report R = sampleReport({{"a.cpp", "/* 😀 é */ timer.wait();\n"}});
  R.Findings = {sampleFinding({"/project/a.cpp", 1, 15})};
  JsonValue V = run(R);
  EXPECT_EQ(V["columnKind"], "utf16CodeUnits");
  EXPECT_EQ(place(V["results"][0]["locations"][0])["region"],
            (JsonValue{{"startLine", 1},
                       {"startColumn", 12},
                       {"endLine", 1},
                       {"endColumn", 22}}));
}

TEST(Sarif, SpellsFilesAsURIs) {
  auto Uri = [](const std::string &File) {
    Report R = sampleReport({});
    R.Findings = {sampleFinding({File, 1, 1})};
    return place(
               run(R)["results"][0]["locations"][0])["artifactLocation"]["uri"]
        .get<std::string>();
  };
  EXPECT_EQ(Uri("/project/src/a-b_c.~1.cpp"), "src/a-b_c.~1.cpp");
  EXPECT_EQ(Uri("/usr/include/x.h"), "file:///usr/include/x.h");
  EXPECT_EQ(Uri("/project/a b%#?.cpp"), "a%20b%25%23%3F.cpp");
  EXPECT_EQ(Uri("/project/c:x.cpp"), "c%3Ax.cpp") << "not a scheme";
  EXPECT_EQ(Uri("/project/\xe9\n.cpp"), "%E9%0A.cpp");
}

TEST(Sarif, TellsThePathAsACodeFlow) {
  Report R = sampleReport({});
  R.Findings = {sampleFinding({"/project/a.cpp", 1, 1})};
  EXPECT_FALSE(run(R)["results"][0].contains("codeFlows"));
  R.Findings[0].because({{{"/project/a.cpp", 2, 1}, "first"},
                         {{"/project/b.cpp", 9, 1}, "second"}});
  JsonValue Result = run(R)["results"][0];
  JsonValue Flow = Result["codeFlows"][0]["threadFlows"][0]["locations"];
  ASSERT_EQ(Flow.size(), 2u);
  EXPECT_EQ(Flow[0]["location"]["message"]["text"], "first");
  EXPECT_EQ(place(Flow[1]["location"])["artifactLocation"]["uri"], "b.cpp");
  EXPECT_EQ(place(Flow[1]["location"])["region"]["startLine"], 9);
  // GitHub shows those that the message links to.
  EXPECT_EQ(Result["message"]["text"], "message\n"
                                       "1. [a.cpp:2](1): first\n"
                                       "2. [b.cpp:9](2): second");
  JsonValue Related = Result["relatedLocations"];
  ASSERT_EQ(Related.size(), 2u);
  EXPECT_EQ(Related[1]["id"], 2);
  EXPECT_EQ(place(Related[1]), place(Flow[1]["location"]));
}

TEST(Sarif, TakesNothingInAMessageForALink) {
  Report R = sampleReport({});
  R.Findings = {sampleFinding({"/project/a.cpp", 1, 1},
                              "`handlers[i](1)` and `a[0]` and `\\](1)`")};
  R.Findings[0].because({{{"/project/[x](2).cpp", 2, 1}, "see [here](1)"}});
  JsonValue Result = run(R)["results"][0];
  EXPECT_EQ(Result["message"]["text"],
            "`handlers[i\\](1)` and `a[0]` and `\\\\\\](1)`\n"
            "1. [\\[x\\](2).cpp:2](1): see [here\\](1)");
  EXPECT_EQ(Result["relatedLocations"][0]["message"]["text"],
            "see [here\\](1)");
}

TEST(Sarif, LeavesOutTheMiddleOfALongPath) {
  Report R = sampleReport({});
  R.Findings = {sampleFinding({"/project/a.cpp", 1, 1})};
  std::vector<Step> Steps;
  for (unsigned I = 1; I <= 1500; ++I)
    Steps.push_back({{"/project/a.cpp", I, 1}, "step " + std::to_string(I)});
  R.Findings[0].because(Steps);
  JsonValue V = run(R), Result = V["results"][0];
  JsonValue Flow = Result["codeFlows"][0]["threadFlows"][0]["locations"];
  ASSERT_EQ(Flow.size(), 1000u) << "GitHub shows no more";
  EXPECT_EQ(Flow[0]["location"]["message"]["text"], "step 1");
  EXPECT_EQ(Flow[499]["location"]["message"]["text"], "step 500");
  EXPECT_EQ(Flow[500]["location"]["message"]["text"], "step 1001");
  EXPECT_EQ(Flow[999]["location"]["message"]["text"], "step 1500");
  ASSERT_EQ(Result["relatedLocations"].size(), 100u);
  EXPECT_EQ(Result["relatedLocations"][99]["id"], 1500);
  const std::string Message = Result["message"]["text"];
  EXPECT_THAT(Message, HasSubstr("10. [a.cpp:10](10): step 10\n"
                                 "(1480 steps)\n"
                                 "1491. [a.cpp:1491](1491): step 1491\n"));
  EXPECT_EQ(notices(V), std::vector<std::string>{
                            "steps left out in the middle of 1 code flow: "
                            "GitHub shows 1000"});
}

TEST(Sarif, HoldsNoMoreResultsThanGitHubTakes) {
  Report R = sampleReport({});
  for (unsigned Line = 1; Line <= 25010; ++Line) {
    R.Findings.push_back(sampleFinding({"/project/a.cpp", Line, 1}));
    if (Line <= 7)
      R.Findings.back().Suppressed = true;
    else if (Line <= 14)
      R.Findings.back().Weight = Severity::Note;
    else if (Line > 25000)
      R.Findings.back().Weight = Severity::Error;
  }
  JsonValue V = run(R), Results = V["results"];
  ASSERT_EQ(Results.size(), 25000u);
  EXPECT_EQ(place(Results[0]["locations"][0])["region"]["startLine"], 8)
      << "what is suppressed goes first";
  EXPECT_EQ(place(Results[4]["locations"][0])["region"]["startLine"], 15)
      << "then the last three notes";
  EXPECT_EQ(place(Results[24999]["locations"][0])["region"]["startLine"],
            25010);
  EXPECT_EQ(notices(V),
            (std::vector<std::string>{
                "10 results of 25010 left out, the least severe ones: GitHub "
                "takes 25000 results and 10 MB",
                "GitHub shows the gravest 5000 of these 25000 results"}));
  R.Findings.resize(5000);
  EXPECT_TRUE(notices(run(R)).empty());
}

TEST(Sarif, IsNotLargerThanGitHubTakes) {
  Report R = sampleReport({});
  std::mt19937 Random; // what cannot be compressed
  for (unsigned Line = 1; Line <= 300; ++Line) {
    std::string Message(100000, ' ');
    for (char &C : Message)
      C = 'A' + Random() % 64;
    R.Findings.push_back(sampleFinding({"/project/a.cpp", Line, 1}, Message));
  }
  R.Findings.back().Weight = Severity::Error;
  JsonValue V = run(R);
  ASSERT_EQ(V["results"].size(), 75u);
  EXPECT_EQ(V["results"].back()["level"], "error");
  EXPECT_THAT(notices(V)[0], HasSubstr("225 results of 300 left out"));
}

TEST(Sarif, KnowsALineAsGitHubDoes) {
  Report R = sampleReport({{"a.cpp", "\tx();\ny();\n"}});
  R.Findings = {sampleFinding({"/project/a.cpp", 2, 1}),
                sampleFinding({"/project/a.cpp", 0, 0}),
                sampleFinding({"/project/a.cpp", 9, 1}),
                sampleFinding({"/gone.cpp", 1, 1})};
  JsonValue Results = run(R)["results"];
  const std::vector<std::string> Lines = lineHashes("\tx();\ny();\n");
  const auto Hash = [&](unsigned I) {
    return Results[I]["partialFingerprints"].value("primaryLocationLineHash",
                                                   "none");
  };
  EXPECT_EQ(Hash(0), Lines[1]);
  EXPECT_EQ(Hash(1), Lines[0]) << "of a file: its first line";
  EXPECT_EQ(Hash(2), "none");
  EXPECT_EQ(Hash(3), "none");
}

TEST(Sarif, NamesRuleSeverityAndIdentity) {
  Report R = sampleReport({});
  R.Rules = {&otherRule(), &sampleRule()};
  R.Findings = {sampleFinding({"/project/a.cpp", 1, 1})};
  R.Findings[0].Weight = Severity::Error;
  JsonValue V = run(R), Result = V["results"][0];
  EXPECT_EQ(Result["ruleId"], "async-sample");
  EXPECT_EQ(V["tool"]["driver"]["rules"][Result["ruleIndex"].get<int>()]["id"],
            "async-sample");
  EXPECT_EQ(Result["level"], "error");
  EXPECT_EQ(Result["partialFingerprints"]["asyncTidy/v1"],
            fingerprints(R.Findings)[0]);
  EXPECT_EQ(Result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"],
            "server::handle");
}

TEST(Sarif, KnowsTheRulesOfAllFindings) {
  Report R = sampleReport({});
  R.Findings = {sampleFinding({"/project/a.cpp", 1, 1})};
  R.Findings[0].From = &otherRule();
  JsonValue V = run(R);
  EXPECT_EQ(V["tool"]["driver"]["rules"][1]["id"], "async-other-sample");
  EXPECT_EQ(V["results"][0]["ruleIndex"], 1);
}

TEST(Sarif, DescribesEachRuleByItsPage) {
  Report R = sampleReport({});
  R.Rules = allRules().vec();
  ASSERT_FALSE(R.Rules.empty());
  JsonValue Written = run(R)["tool"]["driver"]["rules"];
  for (auto [Ran, V] : llvm::zip_equal(R.Rules, Written)) {
    EXPECT_EQ(V["help"]["markdown"], documentation(*Ran).str());
    std::string Intro = V["fullDescription"]["text"];
    EXPECT_TRUE(llvm::StringRef(Intro).starts_with(Ran->Summary)) << Intro;
    EXPECT_GT(Intro.size(), Ran->Summary.size()) << "and why: " << Intro;
    EXPECT_LE(Intro.size(), 1024u) << "GitHub's limit";
  }
}

TEST(Sarif, SaysOfEachResultWhetherItIsSuppressed) {
  Report R = sampleReport({});
  R.Findings = {sampleFinding({"/project/a.cpp", 1, 1}),
                sampleFinding({"/project/a.cpp", 2, 1})};
  R.Findings[1].Suppressed = true;
  JsonValue Results = run(R)["results"];
  EXPECT_EQ(Results[0]["suppressions"], JsonValue::array());
  EXPECT_EQ(Results[1]["suppressions"][0]["kind"], "inSource");
}

TEST(Sarif, HoldsFixesFileByFile) {
  Report R = sampleReport({{"a.cpp", "é wait();\n"}});
  R.Findings = {sampleFinding({"/project/a.cpp", 1, 4})};
  R.Findings[0].Fixes = {
      {"await it",
       {{{"/project/a.cpp", 1, 4}, {"/project/a.cpp", 1, 4}, "co_await "},
        {{"/project/b.cpp", 1, 1}, {"/project/b.cpp", 2, 1}, ""},
        {{"/project/a.cpp", 1, 8}, {"/project/a.cpp", 1, 10}, ""}}}};
  JsonValue Changes = run(R)["results"][0]["fixes"][0]["artifactChanges"];
  ASSERT_EQ(Changes.size(), 2u);
  EXPECT_EQ(Changes[0]["artifactLocation"]["uri"], "a.cpp");
  JsonValue Insertion = Changes[0]["replacements"][0];
  EXPECT_EQ(Insertion["insertedContent"]["text"], "co_await ");
  EXPECT_EQ(Insertion["deletedRegion"]["startColumn"], 3) << "UTF-16";
  EXPECT_EQ(Insertion["deletedRegion"]["endColumn"], 3) << "deletes nothing";
  JsonValue Deletion = Changes[0]["replacements"][1];
  EXPECT_EQ(Deletion["deletedRegion"]["endColumn"], 9);
  EXPECT_FALSE(Deletion.contains("insertedContent"));
}

TEST(Sarif, IsNotASuccessWithUnitsMissing) {
  Report R = sampleReport({});
  EXPECT_EQ(run(R)["invocations"][0]["executionSuccessful"], true);
  R.NotAnalysed = {
      {"/project/b.cpp", "'x.h' file not found", {"/project/b.cpp", 3, 10}}};
  JsonValue Invocation = run(R)["invocations"][0];
  EXPECT_EQ(Invocation["executionSuccessful"], false);
  EXPECT_EQ(Invocation["workingDirectory"]["uri"], "file:///project/");
  JsonValue Told = Invocation["toolExecutionNotifications"][0];
  EXPECT_EQ(Told["level"], "error");
  EXPECT_EQ(Told["message"]["text"],
            "b.cpp was not analysed: 'x.h' file not found");
  EXPECT_EQ(place(Told["locations"][0])["region"]["startLine"], 3);
}

TEST(Sarif, TakesAnyBytes) {
  JsonValue V = run(hostileReport());
  ASSERT_FALSE(V.is_discarded());
  EXPECT_EQ(V["results"].size(), hostileReport().Findings.size() +
                                     hostileReport().Baseline->Gone.size());
}

TEST(Sarif, SaysWhoSuppressesAndWhatIsOld) {
  Report R = sampleReport({});
  for (unsigned Line : {1, 2, 3})
    R.Findings.push_back(sampleFinding({"/project/a.cpp", Line, 1}));
  R.Findings[0].Suppressed = R.Findings[1].Suppressed = true;
  R.Findings[0].Justification = "measured";
  R.Findings[1].SuppressedByModel = true;
  R.Findings[1].Baseline = BaselineState::Unchanged;
  R.Findings[2].Baseline = BaselineState::New;
  R.Baseline = BaselineUse{
      "/project/.async-tidy-baseline",
      1,
      {{&otherRule(), std::string(32, 'a'), "f", "x", "/project/gone.cpp"}},
      0};
  const JsonValue V = run(R)["results"];
  EXPECT_EQ(V[0]["suppressions"][0],
            JsonValue({{"kind", "inSource"}, {"justification", "measured"}}));
  EXPECT_FALSE(V[0].contains("baselineState"));
  EXPECT_EQ(V[1]["suppressions"][0], JsonValue({{"kind", "external"}}));
  EXPECT_EQ(V[1]["baselineState"], "unchanged");
  EXPECT_EQ(V[2]["baselineState"], "new");
  EXPECT_EQ(V[3]["baselineState"], "absent");
  EXPECT_EQ(V[3]["ruleId"], "async-other-sample");
  EXPECT_EQ(place(V[3]["locations"][0])["artifactLocation"]["uri"], "gone.cpp");
  EXPECT_EQ(V[3]["suppressions"].size(), 1u) << "no alert of a service";
}

} // namespace
