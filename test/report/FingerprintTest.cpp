//===- FingerprintTest.cpp - Which finding is the same as yesterday's -----===//
//
// What a fingerprint depends on, and what it must not depend on.
//
//===----------------------------------------------------------------------===//

#include "report/Fingerprint.h"
#include "report/Sample.h"
#include "gtest/gtest.h"
#include <set>

using namespace async_tidy;

namespace {

std::string one(const Finding &F) { return fingerprints({F}).front(); }

TEST(Fingerprint, IsForEver) {
  // printf 'async-sample\0server::handle\0sleep_for\0001' | sha256sum
  EXPECT_EQ(one(sampleFinding({"a.cpp", 1, 1})),
            "98cf8d58b406f8bab22bdbbab282e141");
}

TEST(Fingerprint, DoesNotKnowPlacesOrWords) {
  Finding Before = sampleFinding({"a.cpp", 1, 1}, "as it was worded");
  Finding After = sampleFinding({"moved/b.cpp", 300, 7}, "as it is worded");
  After.Weight = Severity::Error;
  After.Steps = {{{"c.cpp", 1, 1}, "another path"}};
  EXPECT_EQ(one(Before), one(After));
}

TEST(Fingerprint, KnowsRuleFunctionAndSubject) {
  Finding F = sampleFinding({"a.cpp", 1, 1});
  std::set<std::string> All = {one(F)};
  F.Subject = "read";
  All.insert(one(F));
  F.Function = "client::handle";
  All.insert(one(F));
  F.From = &otherRule();
  All.insert(one(F));
  // The border between two parts is part of it.
  F.Function = "client::handler";
  F.Subject = "ead";
  All.insert(one(F));
  EXPECT_EQ(All.size(), 5u);
}

TEST(Fingerprint, TellsEqualOnesApart) {
  Finding F = sampleFinding({"a.cpp", 1, 1});
  std::vector<std::string> Three = fingerprints({F, F, F});
  EXPECT_EQ(std::set(Three.begin(), Three.end()).size(), 3u);
  EXPECT_EQ(Three[0], one(F));
  // One less at the end leaves the others as they were.
  std::vector<std::string> Two = fingerprints({F, F});
  EXPECT_EQ(Two[0], Three[0]);
  EXPECT_EQ(Two[1], Three[1]);
}

TEST(Fingerprint, StaysWhenMoreIsAskedFor) {
  Finding Shown = sampleFinding({"a.cpp", 9, 1}), Strict = Shown;
  Strict.Where.Line = 1;
  Strict.Shown = Level::Strict;
  EXPECT_EQ(fingerprints({Strict, Shown})[1], one(Shown));
}

TEST(Fingerprint, StaysWhenAnotherIsSuppressed) {
  Finding First = sampleFinding({"a.cpp", 1, 1}), Second = First;
  std::vector<std::string> Before = fingerprints({First, Second});
  First.Suppressed = true;
  EXPECT_EQ(fingerprints({First, Second}), Before);
}

} // namespace
