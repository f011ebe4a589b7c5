//===- TextTest.cpp - The report for people -------------------------------===//
//
// What a person sees: frames, carets, steps, the summary; and that nothing from
// outside can do anything to a terminal.
//
//===----------------------------------------------------------------------===//

#include "report/Sample.h"
#include "llvm/Support/JSON.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace async_tidy;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

namespace {

/// The frame of a finding at \p Column of a file of one line, without the line
/// above it and the summary.
std::string frame(const std::string &Line, unsigned Column) {
  Report R = sampleReport({{"a.cpp", Line}});
  R.Findings = {sampleFinding({"/project/a.cpp", 1, Column})};
  std::string Text = print(R, printText);
  size_t Begin = Text.find('\n') + 1;
  return Text.substr(Begin, Text.find("\n\n") + 1 - Begin);
}

TEST(Text, ShowsAFindingWithItsPath) {
  Report R = sampleReport({
      {"src/session.cpp", "task serve() {\n"
                          "  auto peer = resolve(host);\n"
                          "  co_return;\n"
                          "}\n"},
      {"src/dns.cpp", "address resolve(name n) {\n"
                      "  return ::getaddrinfo(n);\n"
                      "}\n"},
  });
  R.Findings = {sampleFinding({"/project/src/session.cpp", 2, 15},
                              "`serve` may block in `getaddrinfo`")};
  R.Findings[0].because(
      {{{"/project/src/session.cpp", 2, 15}, "`serve` calls `resolve`"},
       {{"/project/src/dns.cpp", 2, 10}, "`getaddrinfo` waits for the net"}});
  R.UnitsInDatabase = 14;
  R.Analysed = {"/project/src/session.cpp", "/project/src/dns.cpp"};
  constexpr llvm::StringLiteral Expected = R"(
src/session.cpp:2:15: warning: `serve` may block in `getaddrinfo` [async-sample]
     2 |   auto peer = resolve(host);
       |               ^~~~~~~
  1. src/session.cpp:2:15: `serve` calls `resolve`
  2. src/dns.cpp:2:10: `getaddrinfo` waits for the net
     2 |   return ::getaddrinfo(n);
       |          ^~~~~~~~~~~~~

1 finding in 1 file: 1 warning
  async-sample  1 warning
2 units analysed, 1 rule at level default
2 of 14 units seen: paths through the others are not known
)";
  EXPECT_EQ(print(R, printText), Expected.drop_front());
}

TEST(Text, MarksAWholeName) {
  EXPECT_EQ(frame("std::this_thread::sleep_for(1s);", 1),
            "     1 | std::this_thread::sleep_for(1s);\n"
            "       | ^~~~~~~~~~~~~~~~~~~~~~~~~~~\n");
  EXPECT_EQ(frame("x = timer->impl.wait();", 5),
            "     1 | x = timer->impl.wait();\n"
            "       |     ^~~~~~~~~~~~~~~~\n");
  EXPECT_EQ(frame("f([] { g(); });", 3), //
            "     1 | f([] { g(); });\n"
            "       |   ^\n");
}

TEST(Text, KeepsTheCaretUnderWideCharactersAndTabs) {
  EXPECT_EQ(frame("\tint\tx = wait();", 10), //
            "     1 |     int x = wait();\n"
            "       |             ^~~~\n");
  EXPECT_EQ(frame("f(\"漢字\", wait());", 13), //
            "     1 | f(\"漢字\", wait());\n"
            "       |           ^~~~\n");
  // The accent is a character of its own that takes no column.
  EXPECT_EQ(frame("f(\"e\xCC\x81\", wait());", 10), //
            "     1 | f(\"e\xCC\x81\", wait());\n"
            "       |        ^~~~\n");
}

TEST(Text, CutsLongLinesAroundTheCaret) {
  std::string Line = std::string(5000, 'a') + " wait() " + //
                     std::string(5000, 'b');
  std::string Shown = frame(Line, 5002);
  EXPECT_LT(Shown.size(), 300u);
  size_t Text = Shown.find("wait()"), Caret = Shown.find('^');
  ASSERT_NE(Text, std::string::npos) << Shown;
  EXPECT_EQ(Caret - Shown.find('\n') - 1, Text) << Shown;
  EXPECT_THAT(Shown, HasSubstr("| ...aaa"));
  EXPECT_THAT(Shown, HasSubstr("bbb...\n"));
}

TEST(Text, LeavesOutTheFrameOfWhatIsNotThere) {
  Report R = sampleReport({{"a.cpp", "f();\n"}});
  R.Findings = {sampleFinding({"/project/a.cpp", 1, 90}, "no column"),
                sampleFinding({"/project/a.cpp", 90, 1}, "no line"),
                sampleFinding({"/project/gone.cpp", 1, 1}, "no file")};
  std::string Text = print(R, printText);
  for (const char *Message : {"no column", "no line", "no file"})
    EXPECT_THAT(Text, HasSubstr(Message));
  EXPECT_THAT(Text, Not(HasSubstr("^")));
}

TEST(Text, LetsNoControlCharacterThrough) {
  Report R = hostileReport();
  std::string Text = print(R, printText);
  for (unsigned char C : Text)
    EXPECT_TRUE(C == '\n' || (C >= 0x20 && C != 0x7f)) << int(C);
  // Nor what reverses the direction of text (U+202E), in names or in source.
  EXPECT_THAT(frame("wait(); // \xE2\x80\xAE evil", 1),
              Not(HasSubstr("\xE2\x80\xAE")));
  // A line feed in a file's name must not look like another finding.
  EXPECT_THAT(Text, HasSubstr("␊"));
}

TEST(Text, IsUTF8WhateverItIsGiven) {
  std::string Text = print(hostileReport(), printText);
  EXPECT_TRUE(llvm::json::isUTF8(Text));
}

TEST(Text, SaysHowManyAndOfWhich) {
  Report R = sampleReport({});
  R.Findings = {sampleFinding({"/project/a.cpp", 1, 1}),
                sampleFinding({"/project/b.cpp", 1, 1}),
                sampleFinding({"/project/b.cpp", 2, 1}),
                sampleFinding({"/project/b.cpp", 3, 1}, "silenced")};
  R.Findings[1].Weight = Severity::Error;
  R.Findings[2].From = &otherRule();
  R.Findings[2].Weight = Severity::Note;
  R.Findings[2].Fixes = {{"a fix", {}}};
  R.Findings[3].Suppressed = true;
  std::string Text = print(R, printText);
  EXPECT_THAT(Text, HasSubstr("3 findings in 2 files: 1 error, 1 warning, 1 "
                              "note\n"
                              "  async-other-sample  1 note\n"
                              "  async-sample        1 error, 1 warning\n"
                              "1 finding can be fixed with --fix\n"
                              "1 finding suppressed by comments\n"));
  EXPECT_THAT(Text, Not(HasSubstr("silenced")));
}

TEST(Text, SaysThatAllIsWell) {
  EXPECT_EQ(print(sampleReport({}), printText),
            "no findings\n1 unit analysed, 1 rule at level default\n");
}

TEST(Text, NamesTheUnitsThatWereNotAnalysed) {
  Report R = sampleReport({});
  R.NotAnalysed = {
      {"/project/c.cpp", "clang stopped with signal 11"},
      {"/project/b.cpp", "'x.h' file not found", {"/project/b.cpp", 3, 10}}};
  EXPECT_THAT(print(R, printText),
              HasSubstr("1 of 3 units analysed, 1 rule at level default\n"
                        "2 units not analysed:\n"
                        "  b.cpp:3:10: 'x.h' file not found\n"
                        "  c.cpp: clang stopped with signal 11\n"));
  for (unsigned I = 100; I != 200; ++I)
    R.NotAnalysed.push_back({"/project/" + std::to_string(I), "broken"});
  std::string Text = print(R, printText);
  EXPECT_THAT(Text, HasSubstr("102 units not analysed:\n"));
  EXPECT_THAT(Text, HasSubstr("  and 82 more; "));
  EXPECT_LT(llvm::StringRef(Text).count('\n'), 30u);
}

TEST(Text, TellsTheCostOnlyWhenAsked) {
  Report R = sampleReport({});
  EXPECT_THAT(print(R, printText), Not(HasSubstr("MiB")));
  R.Cost = Statistics{1.25, 2.5, 3 << 20, 4, 5};
  EXPECT_THAT(print(R, printText),
              HasSubstr("2.5 s of processor time, 3 MiB at most"));
}

TEST(Text, IsColouredOnlyWhenTheStreamIs) {
  Report R = sampleReport({{"a.cpp", "wait();\n"}});
  R.Findings = {sampleFinding({"/project/a.cpp", 1, 1}, "it waits")};
  std::string Plain = print(R, printText), Coloured = print(R, printText, true);
  EXPECT_THAT(Plain, Not(HasSubstr("\x1b")));
  EXPECT_THAT(Coloured, HasSubstr("\x1b["));
  // Colours are all that differs.
  std::string Stripped;
  for (size_t I = 0; I != Coloured.size(); ++I)
    if (Coloured[I] == '\x1b')
      I = Coloured.find('m', I);
    else
      Stripped += Coloured[I];
  EXPECT_EQ(Stripped, Plain);
}

TEST(Text, ShowsOnlyWhatIsNewAndSaysWhatIsNotShown) {
  Report R = sampleReport({});
  R.Findings = {sampleFinding({"/project/a.cpp", 1, 1}, "an old one"),
                sampleFinding({"/project/a.cpp", 2, 1}, "a new one")};
  R.Findings[0].Baseline = BaselineState::Unchanged;
  R.Findings[1].Baseline = BaselineState::New;
  R.Baseline = BaselineUse{
      "/project/.async-tidy-baseline",
      1,
      {{&otherRule(), std::string(32, 'a'), "f", "x", "/project/gone.cpp"}},
      0};
  R.Metrics = {{"deadline", "operations", 2999, 1}};
  R.Failures = {"it is stale"};
  const std::string Said = print(R, printText);
  EXPECT_THAT(Said, Not(HasSubstr("an old one")));
  EXPECT_THAT(Said, HasSubstr("1 new finding in 1 file"));
  EXPECT_THAT(Said, HasSubstr("1 finding of the baseline "
                              ".async-tidy-baseline not shown\n"
                              "1 entry of it stale"));
  EXPECT_THAT(Said, HasSubstr("  gone.cpp: `f`: x [async-other-sample]\n"));
  EXPECT_THAT(Said, HasSubstr("2999 of 3000 (99.9 %)")) << "not 100 %";
  EXPECT_THAT(Said, HasSubstr("failed: it is stale\n"));
}

} // namespace
