//===- SourceTest.cpp - Source text, as far as a report shows it ----------===//
//
// Lines, names of files, and counting characters.
//
//===----------------------------------------------------------------------===//

#include "report/Source.h"
#include "report/Characters.h"
#include "report/Sample.h"
#include "gtest/gtest.h"

using namespace async_tidy;

namespace {

TEST(Source, ReadsLinesHoweverTheyEnd) {
  Report R = sampleReport({{"a.cpp", "one\ntwo\r\nthree\rfour"}});
  SourceText Text(*R.Sources, R.Root);
  const char *Lines[] = {"one", "two", "three", "four"};
  for (unsigned I = 0; I != 4; ++I)
    EXPECT_EQ(Text.line({"/project/a.cpp", I + 1, 1}), Lines[I]);
  EXPECT_FALSE(Text.line({"/project/a.cpp", 5, 1}));
  EXPECT_FALSE(Text.line({"/project/a.cpp", 0, 0}));
  EXPECT_FALSE(Text.line({"/project/b.cpp", 1, 1}));
  EXPECT_EQ(Text.line({"a.cpp", 1, 1}), "one") << "relative to the root";
}

TEST(Source, DoesNotReadDevices) {
  SourceText Text(*llvm::vfs::getRealFileSystem(), "/");
  EXPECT_FALSE(Text.line({"/dev/zero", 1, 1}));
}

TEST(Source, NamesFilesByTheRoot) {
  EXPECT_EQ(shownPath("/p/src/a.cpp", "/p"), "src/a.cpp");
  EXPECT_EQ(shownPath("/p/src/../a.cpp", "/p/./x/.."), "a.cpp");
  EXPECT_EQ(shownPath("/p/a.cpp", "/p/"), "a.cpp");
  EXPECT_EQ(shownPath("/pa/a.cpp", "/p"), "/pa/a.cpp");
  EXPECT_EQ(shownPath("/p", "/p"), "/p");
  EXPECT_EQ(shownPath("/a.cpp", "/"), "a.cpp");
  EXPECT_EQ(shownPath("/p/a.cpp", ""), "/p/a.cpp");
  EXPECT_EQ(shownPath("a.cpp", "/p"), "a.cpp");
  EXPECT_EQ(shownPath("../a.cpp", "/p/q"), "/p/a.cpp");
}

TEST(Source, FindsWhereANameEnds) {
  auto Marked = [](llvm::StringRef Line, unsigned Column) {
    Span S = spanAt(Line, Column);
    return Line.slice(S.Begin, S.End);
  };
  EXPECT_EQ(Marked("co_await read(s)", 1), "co_await");
  EXPECT_EQ(Marked("::sleep(1)", 1), "::sleep");
  EXPECT_EQ(Marked("a.b->c::~d()", 1), "a.b->c::~d");
  EXPECT_EQ(Marked("std::lock_guard<std::mutex> l(m)", 1), "std::lock_guard");
  EXPECT_EQ(Marked("x + y", 3), "+");
  EXPECT_EQ(Marked("f.", 1), "f");
  EXPECT_EQ(Marked("größe()", 1), "größe");
  EXPECT_EQ(Marked("x", 2), "");
  EXPECT_EQ(Marked("x", 4000000), "");
  EXPECT_EQ(Marked("", 0), "");
}

TEST(Source, ShowsControlCharactersAsPictures) {
  EXPECT_EQ(forTerminal("a\x1b[2J\t\x7f漢"), "a␛[2J␉␡漢");
  EXPECT_EQ(forTerminal("\xff\xC2\x9B"), "\uFFFD\uFFFD") << "also CSI in C1";
}

TEST(Source, CountsUTF16Units) {
  EXPECT_EQ(utf16Length("abc"), 3u);
  EXPECT_EQ(utf16Length("é漢"), 2u);
  EXPECT_EQ(utf16Length("😀"), 2u);
  EXPECT_EQ(utf16Length("\xff\xfe"), 2u) << "a byte that is no character";
  EXPECT_EQ(utf16Length(llvm::StringRef("\xf0\x9f\x98", 3)), 3u) << "cut off";
}

} // namespace
