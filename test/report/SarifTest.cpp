//===- SarifTest.cpp - The report for code scanning services --------------===//
//
// What a reader of SARIF relies on. Validation.cpp asks Microsoft's validator.
//
//===----------------------------------------------------------------------===//

#include "report/Fingerprint.h"
#include "report/JsonValue.h"
#include "report/Sample.h"
#include "gtest/gtest.h"

using namespace async_tidy;

namespace {

JsonValue run(const Report &R) {
  JsonValue V = JsonValue::parse(print(R, printSarif), nullptr, false);
  return V.is_discarded() ? V : V["runs"][0];
}

JsonValue place(const JsonValue &Location) {
  return Location.at("physicalLocation");
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
  // The same places, for readers that show no flows.
  ASSERT_EQ(Result["relatedLocations"].size(), 2u);
  EXPECT_EQ(Result["relatedLocations"][1], Flow[1]["location"]);
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
  EXPECT_EQ(V["results"].size(), hostileReport().Findings.size());
}

} // namespace
