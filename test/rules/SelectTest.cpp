//===- SelectTest.cpp - Which rules run, and with what options ------------===//

#include "rules/Globs.h"
#include "rules/Rule.h"
#include <gmock/gmock.h>

using namespace async_tidy;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

namespace {

bool matches(llvm::StringRef Pattern, llvm::StringRef Name) {
  return Glob{Pattern, true}.matches(Name);
}

TEST(Globs, AStarStandsForAnyText) {
  EXPECT_TRUE(matches("*", ""));
  EXPECT_TRUE(matches("*", "async-x"));
  EXPECT_TRUE(matches("async-*", "async-"));
  EXPECT_TRUE(matches("*-x", "async-x"));
  EXPECT_TRUE(matches("a*c*e", "abcde"));
  EXPECT_TRUE(matches("a**e", "ae"));
  EXPECT_TRUE(matches("*ab*ab", "abxab"));
  EXPECT_FALSE(matches("*ab*ab", "xab"));
  EXPECT_FALSE(matches("a*a", "a"));
  EXPECT_FALSE(matches("async-*", "async"));
  EXPECT_FALSE(matches("", "x"));
}

TEST(Globs, NothingElseIsSpecial) {
  EXPECT_FALSE(matches("async.x", "async-x"));
  EXPECT_FALSE(matches("async-?", "async-x"));
  EXPECT_FALSE(matches("[a]", "a"));
  EXPECT_FALSE(matches("ASYNC-X", "async-x"));
}

TEST(Globs, TheLastThatMatchesDecides) {
  EXPECT_TRUE(contains(parseGlobs("-*,async-*"), "async-x"));
  EXPECT_FALSE(contains(parseGlobs("async-*,-*"), "async-x"));
  EXPECT_FALSE(contains(parseGlobs("async-*,-async-x"), "async-x"));
  EXPECT_TRUE(contains(parseGlobs(" - * ,\n async-x ,, "), "async-x"));
  EXPECT_FALSE(contains(parseGlobs(""), "async-x"));
}

std::vector<llvm::StringRef> ids(llvm::ArrayRef<const Rule *> Rules) {
  std::vector<llvm::StringRef> Ids;
  for (const Rule *R : Rules)
    Ids.push_back(R->Id);
  return Ids;
}

std::vector<llvm::StringRef> selected(llvm::StringRef Checks) {
  return ids(selectRules(Checks, Level::Default).Rules);
}

std::vector<llvm::StringRef> named(llvm::StringRef Checks) {
  return ids(selectRules(Checks, Level::Default).Named);
}

TEST(Select, AConfigurationForOtherToolsLeavesAllRulesOn) {
  ASSERT_THAT(allRules(), SizeIs(testing::Ge(2u)));
  for (const char *Checks :
       {"", "*", "-*,bugprone-*", "-*,modernize-use-auto,\n-google-*"})
    EXPECT_THAT(selected(Checks), SizeIs(allRules().size())) << Checks;
}

TEST(Select, AConfigurationForNoToolTurnsAllOff) {
  for (const char *Checks :
       {"-*", "*,-*", "bugprone-*,-*", "-*,-google-*", " -* ,\n"})
    EXPECT_THAT(selected(Checks), IsEmpty()) << Checks;
}

TEST(Select, WhatNamesUsIsReadAsClangTidyReadsIt) {
  EXPECT_THAT(selected("-*,async-*"), SizeIs(allRules().size()));
  EXPECT_THAT(selected("-*,async-blocking-call"),
              ElementsAre("async-blocking-call"));
  EXPECT_THAT(selected("bugprone-*,async-blocking-call"),
              ElementsAre("async-blocking-call"));
  EXPECT_THAT(selected("async-*,-async-blocking-call"),
              Not(Contains("async-blocking-call")));
  EXPECT_THAT(selected("async-*,-*"), IsEmpty());
  EXPECT_THAT(selected("async-*,-*,async-blocking-call"),
              ElementsAre("async-blocking-call"));
  EXPECT_THAT(selected("-*,*-blocking-call"),
              ElementsAre("async-blocking-call"));
}

TEST(Select, AMisspeltRuleDoesNotTurnOnTheOthers) {
  EXPECT_THAT(selected("-*,async-blokcing-call"), IsEmpty());
}

TEST(Select, ARuleCanBeTakenAwayAlone) {
  for (const char *Checks :
       {"-async-blocking-call", "-*,bugprone-*,-async-blocking-call",
        "*,-async-blocking-call"}) {
    EXPECT_THAT(selected(Checks), SizeIs(allRules().size() - 1)) << Checks;
    EXPECT_THAT(selected(Checks), Not(Contains("async-blocking-call")));
  }
}

TEST(Select, OnlyAnExactNameNamesARule) {
  EXPECT_THAT(named("-*,async-blocking-call"),
              ElementsAre("async-blocking-call"));
  EXPECT_THAT(named("async-*,async-blocking-call"),
              ElementsAre("async-blocking-call"));
  EXPECT_THAT(named("-*,async-blocking-cal*"), IsEmpty());
  EXPECT_THAT(named("async-blocking-call,-async-*"), IsEmpty());
  EXPECT_THAT(named("async-*,-async-blocking-call"), IsEmpty());
}

TEST(Select, FindsRulesById) {
  ASSERT_TRUE(findRule("async-blocking-call"));
  EXPECT_EQ(findRule("async-blocking-call")->Id, "async-blocking-call");
  EXPECT_FALSE(findRule("blocking-call"));
  EXPECT_FALSE(findRule(""));
}

TEST(Select, NamesThatMeanNothingAreTold) {
  EXPECT_THAT(unknownNames("-*,async-*,async-busy-wait,bugprone-x",
                           {{"async.Level", "strict"},
                            {"async-blocking-call.Tiers", "1"},
                            {"bugprone-x.y", ""}}),
              IsEmpty());
  EXPECT_THAT(
      unknownNames("async-bsuy-wait,-async-zzzzzzzzzzzz*", {{"async-x.y", ""}}),
      ElementsAre(HasSubstr("did you mean `async-busy-wait`?"),
                  HasSubstr("no rule `async-zzzzzzzzzzzz*`"),
                  HasSubstr("no option `async-x.y`")));
}

constexpr RuleOption Options[] = {
    {"Tiers", "1;2", "which tiers"},
    {"Names", "", "some names"},
};
const Rule Example{"async-example", "test",  "an example", "0.1",
                   Level::Default,  nullptr, Options};

TEST(Options, HaveDefaults) {
  const RuleOptions O(Example, {});
  EXPECT_EQ(O.get("Tiers"), "1;2");
  EXPECT_THAT(O.tiers("Tiers"), ElementsAre(Tier::Waits, Tier::FileIO));
  EXPECT_THAT(O.list("Names"), IsEmpty());
}

TEST(Options, AreThoseOfTheRule) {
  const RuleOptions O(Example, {{"async-example.Names", " a::b ;; c;"},
                                {"async-other.Tiers", "4"},
                                {"Tiers", "3"}});
  EXPECT_THAT(O.list("Names"), ElementsAre("a::b", "c"));
  EXPECT_EQ(O.get("Tiers"), "1;2");
}

TEST(Options, TiersHaveNumbersAndNames) {
  const RuleOptions O(
      Example, {{"async-example.Tiers", "stdio-logging; 3;file-io;waits;5"}});
  EXPECT_THAT(O.tiers("Tiers"), ElementsAre(Tier::StdioLogging, Tier::ShortLock,
                                            Tier::FileIO, Tier::Waits));
}

TEST(Options, ThatMeanNothingAreTold) {
  EXPECT_THAT(optionErrors({{"async.Level", "strict"},
                            {"async-blocking-call.Tiers", "1;file-io"},
                            {"async-blocking-call.Other", "5"},
                            {"bugprone-x.Tiers", "5"}}),
              IsEmpty());
  EXPECT_THAT(
      optionErrors(
          {{"async.Level", "pedantic"}, {"async-blocking-call.Tiers", "1;5"}}),
      ElementsAre(HasSubstr("`async-blocking-call.Tiers` names no tier by `5`"),
                  HasSubstr("`async.Level` is `pedantic`")));
}

} // namespace
