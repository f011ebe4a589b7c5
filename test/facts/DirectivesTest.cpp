//===- DirectivesTest.cpp - Comments of the NOLINT family -----------------===//
//
// What is read from a text, and which places it covers. That clang-tidy agrees
// is tested in test/plugin/NolintTest.cpp.
//
//===----------------------------------------------------------------------===//

#include "facts/Directives.h"
#include <gmock/gmock.h>

using namespace async_tidy;
using testing::ElementsAre;
using testing::IsEmpty;
using Kind = SuppressionDirective::Kind;

namespace {

DirectiveCoverage coverageOf(llvm::StringRef Text) {
  return DirectiveCoverage(directivesIn(Text, "a.cpp"));
}

/// The lists of what covers \p L.
std::vector<std::string> lists(const DirectiveCoverage &C, const Location &L) {
  std::vector<std::string> Lists;
  for (const SuppressionDirective *D : C.at(L))
    Lists.push_back(D->Checks);
  return Lists;
}

Location at(unsigned Line, unsigned Column = 1) {
  return {"a.cpp", Line, Column};
}

TEST(Directives, AreFoundWithTheirPlaceAndList) {
  const auto Found = directivesIn("int a; // NOLINT\n"
                                  "\n"
                                  "/* NOLINTNEXTLINE( x , y-* ) */\n",
                                  "dir/a.cpp");
  ASSERT_EQ(Found.size(), 2u);
  EXPECT_EQ(Found[0].What, Kind::Line);
  EXPECT_EQ(Found[0].Where, (Location{"dir/a.cpp", 1, 11}));
  EXPECT_EQ(Found[0].Checks, "*");
  EXPECT_EQ(Found[1].What, Kind::NextLine);
  EXPECT_EQ(Found[1].Where, (Location{"dir/a.cpp", 3, 4}));
  EXPECT_EQ(Found[1].Checks, "x,y-*");
}

TEST(Directives, AReasonStandsBehindAColon) {
  const std::vector<std::pair<const char *, const char *>> Cases = {
      {"// NOLINT(x): measured: 3 us \n: y", "measured: 3 us"},
      {"// NOLINT : all of it", "all of it"},
      {"/* NOLINTBEGIN(x): why */ f(); // more", "why"},
      {"// NOLINT(x) no colon", ""},
      {"// NOLINT(x)\n: next line", ""},
      {"// NOLINTNEXTLINE(x):\r\nx", ""},
  };
  for (const auto &[Text, Reason] : Cases)
    EXPECT_EQ(directivesIn(Text, "a.cpp").front().Reason, Reason) << Text;
}

TEST(Directives, LinesEndAsClangReadsThem) {
  const auto Found = directivesIn("\r\n\r\n\nNOLINT", "a.cpp");
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_EQ(Found[0].Where, at(4));
}

TEST(Directives, AListEndsOnItsLine) {
  const auto Found = directivesIn("NOLINT(x\n)", "a.cpp");
  ASSERT_EQ(Found.size(), 1u);
  EXPECT_EQ(Found[0].Checks, "*");
}

TEST(Directives, ATextThatEndsAnywhereIsRead) {
  const llvm::StringRef Whole = "// NOLINTBEGIN(a)\r";
  for (size_t Size = 0; Size <= Whole.size(); ++Size)
    EXPECT_EQ(directivesIn(Whole.take_front(Size), "a.cpp").size(),
              Size == 9 || Size >= 14 ? 1u : 0u)
        << Size;
}

TEST(Directives, OneOnALineCoversThatLine) {
  const auto C = coverageOf("\n// NOLINT(x)\n");
  EXPECT_THAT(lists(C, at(1)), IsEmpty());
  EXPECT_THAT(lists(C, at(2)), ElementsAre("x"));
  EXPECT_THAT(lists(C, at(3)), IsEmpty());
  EXPECT_THAT(lists(C, {"b.cpp", 2, 1}), IsEmpty());
}

TEST(Directives, ABlockCoversWhatIsBetweenItsWords) {
  const auto C = coverageOf("a NOLINTBEGIN(x) b\n"
                            "c\n"
                            "d NOLINTEND( x ) e\n");
  EXPECT_THAT(lists(C, at(1, 1)), IsEmpty());
  EXPECT_THAT(lists(C, at(1, 18)), ElementsAre("x"));
  EXPECT_THAT(lists(C, at(2)), ElementsAre("x"));
  EXPECT_THAT(lists(C, at(3, 1)), ElementsAre("x"));
  EXPECT_THAT(lists(C, at(3, 18)), IsEmpty());
  EXPECT_THAT(C.unmatched("a.cpp"), IsEmpty());
}

TEST(Directives, BlocksNest) {
  const auto C = coverageOf("NOLINTBEGIN(x)\n"
                            "NOLINTBEGIN(y)\n"
                            "\n"
                            "NOLINTEND(y)\n"
                            "NOLINTEND(x)\n");
  EXPECT_THAT(lists(C, at(3)), testing::UnorderedElementsAre("x", "y"));
  EXPECT_THAT(lists(C, at(4, 14)), ElementsAre("x"));
}

TEST(Directives, BlocksThatDoNotMatchCoverNothing) {
  for (const char *Text :
       {"NOLINTBEGIN(x)\n\nNOLINTEND(y)\n", "NOLINTBEGIN\n\nNOLINTEND(*)\n",
        "NOLINTBEGIN(*)\n\nNOLINTEND\n",
        "NOLINTBEGIN(x,y)\n\nNOLINTEND(y,x)\n"}) {
    const auto C = coverageOf(Text);
    EXPECT_THAT(lists(C, at(2)), IsEmpty()) << Text;
    EXPECT_EQ(C.unmatched("a.cpp").size(), 2u) << Text;
  }
  EXPECT_EQ(coverageOf("NOLINTBEGIN").unmatched("a.cpp").size(), 1u);
  EXPECT_EQ(coverageOf("NOLINTEND").unmatched("a.cpp").size(), 1u);
}

TEST(Directives, AHeaderThatTwoUnitsReadCountsOnce) {
  auto Twice = directivesIn("NOLINTBEGIN(x)\n\nNOLINTEND(x)\n", "a.cpp");
  const auto Again = Twice;
  Twice.insert(Twice.end(), Again.begin(), Again.end());
  const DirectiveCoverage C(Twice);
  EXPECT_THAT(lists(C, at(2)), ElementsAre("x"));
  EXPECT_THAT(C.unmatched("a.cpp"), IsEmpty());
}

TEST(Directives, AnExpansionIsCoveredAloneOnItsLine) {
  const DirectiveCoverage C({{Kind::Expansion, at(3, 5), "x"}});
  EXPECT_THAT(lists(C, at(3, 5)), ElementsAre("x"));
  EXPECT_THAT(lists(C, at(3, 9)), IsEmpty());
}

} // namespace
