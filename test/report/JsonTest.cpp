//===- JsonTest.cpp - The report for scripts ------------------------------===//
//
// What docs/design/json.md promises. Validation.cpp holds it to its schema.
//
//===----------------------------------------------------------------------===//

#include "llvm/Support/JSON.h"
#include "report/Fingerprint.h"
#include "report/JsonValue.h"
#include "report/Sample.h"
#include "gtest/gtest.h"

using namespace async_tidy;

namespace {

JsonValue parsed(const Report &R) {
  return JsonValue::parse(print(R, printJson), nullptr, false);
}

TEST(Json, HoldsAFindingWithItsEvidence) {
  Report R = sampleReport({{"a.cpp", "漢 wait();\n"}});
  R.Findings = {sampleFinding({"/project/a.cpp", 1, 5}, "it waits")};
  R.Findings[0].because({{{"/elsewhere/b.h", 7, 3}, "here"}});
  JsonValue V = parsed(R);
  ASSERT_EQ(V["findings"].size(), 1u);
  JsonValue F = V["findings"][0];
  EXPECT_EQ(F["rule"], "async-sample");
  EXPECT_EQ(F["severity"], "warning");
  EXPECT_EQ(F["file"], "a.cpp");
  EXPECT_EQ(F["line"], 1);
  EXPECT_EQ(F["column"], 5) << "bytes, as Clang counts";
  EXPECT_EQ(F["message"], "it waits");
  EXPECT_EQ(F["fingerprint"], fingerprints(R.Findings)[0]);
  EXPECT_EQ(F["steps"][0]["file"], "/elsewhere/b.h");
  EXPECT_EQ(F["steps"][0]["message"], "here");
}

TEST(Json, MarksWhatIsSuppressed) {
  Report R = sampleReport({});
  R.Findings = {sampleFinding({"/project/a.cpp", 1, 1})};
  EXPECT_EQ(parsed(R)["findings"][0]["suppressed"], false);
  R.Findings[0].Suppressed = true;
  EXPECT_EQ(parsed(R)["findings"][0]["suppressed"], true);
}

TEST(Json, IsTheSameInAnyOrderOfUnits) {
  Report R = sampleReport({});
  R.Analysed = {"/project/b.cpp", "/project/a.cpp"};
  R.NotAnalysed = {{"/project/d.cpp", "x"}, {"/project/c.cpp", "y"}};
  std::string Before = print(R, printJson), Sarif = print(R, printSarif),
              Text = print(R, printText);
  std::swap(R.Analysed[0], R.Analysed[1]);
  std::swap(R.NotAnalysed[0], R.NotAnalysed[1]);
  EXPECT_EQ(print(R, printJson), Before);
  EXPECT_EQ(print(R, printSarif), Sarif);
  EXPECT_EQ(print(R, printText), Text);
}

TEST(Json, TellsHowItWasRunOnlyWhenAsked) {
  Report R = sampleReport({});
  R.CommandLine = {"async-tidy", "--jobs=2"};
  for (auto *Print : {printJson, printSarif, printText})
    EXPECT_EQ(print(R, Print).find("--jobs"), std::string::npos);
  R.Cost.emplace();
  EXPECT_EQ(parsed(R)["cost"]["commandLine"][1], "--jobs=2");
}

TEST(Json, TakesAnyBytes) {
  std::string Text = print(hostileReport(), printJson);
  EXPECT_TRUE(llvm::json::isUTF8(Text));
  EXPECT_FALSE(JsonValue::parse(Text, nullptr, false).is_discarded());
}

TEST(Json, SaysWhatIsOldAndWhyTheRunFails) {
  Report R = sampleReport({});
  R.Findings = {sampleFinding({"/project/a.cpp", 1, 1}),
                sampleFinding({"/project/a.cpp", 2, 1})};
  R.Findings[0].Baseline = BaselineState::Unchanged;
  R.Findings[1].Baseline = BaselineState::New;
  R.Findings[1].Suppressed = true;
  R.Findings[1].Justification = "measured";
  R.Baseline = BaselineUse{"/project/.async-tidy-baseline", 1, {}, 4};
  R.Metrics = {{"good-ones", "things", 1, 0, 1, 1}, {"none", "nothing"}};
  R.Failures = {"because"};
  const auto V = nlohmann::json::parse(print(R, printJson));
  EXPECT_EQ(V["findings"][0]["baselineState"], "unchanged");
  EXPECT_FALSE(V["findings"][0].contains("suppression"));
  EXPECT_EQ(V["findings"][1]["baselineState"], "new");
  EXPECT_EQ(V["findings"][1]["suppression"]["justification"], "measured");
  EXPECT_EQ(V["baseline"]["file"], ".async-tidy-baseline");
  EXPECT_EQ(V["baseline"]["notJudged"], 4);
  EXPECT_EQ(V["metrics"][0]["total"], 3);
  EXPECT_NEAR(V["metrics"][0]["percent"].get<double>(), 33.333, 0.001);
  EXPECT_TRUE(V["metrics"][1]["percent"].is_null()) << "0 of 0";
  EXPECT_EQ(V["failures"][0], "because");
}

} // namespace
