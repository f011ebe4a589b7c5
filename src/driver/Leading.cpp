//===- Leading.cpp - What a file begins with ------------------------------===//

#include "driver/Leading.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace async_tidy {

/// Drops white space and comments from the front of \p Text.
static void skipBlank(StringRef &Text) {
  while (true) {
    Text = Text.ltrim();
    if (Text.starts_with("//"))
      Text = Text.drop_while([](char C) { return C != '\n'; });
    else if (Text.starts_with("/*"))
      Text = Text.drop_front(std::min(Text.size(), Text.find("*/", 2)))
                 .drop_front(std::min<size_t>(2, Text.size()));
    else
      return;
  }
}

static StringRef takeWord(StringRef &Text) {
  Text = Text.ltrim(" \t");
  const StringRef Word =
      Text.take_while([](char C) { return isAlnum(C) || C == '_'; });
  Text = Text.drop_front(Word.size());
  return Word;
}

/// Drops the rest of a line, and those that a backslash joins to it.
static void skipLine(StringRef &Text) {
  while (!Text.empty()) {
    const auto [Line, Rest] = Text.split('\n');
    Text = Rest;
    if (!Line.rtrim("\r").ends_with("\\"))
      return;
  }
}

LeadingLines leadingLines(StringRef Text) {
  LeadingLines Found;
  std::string Guard;
  while (true) {
    skipBlank(Text);
    if (Text.empty()) {
      Found.Whole = true;
      return Found;
    }
    if (!Text.consume_front("#"))
      return Found;
    const StringRef Directive = takeWord(Text);
    if (Directive == "include") {
      Text = Text.ltrim(" \t");
      const bool Quoted = Text.starts_with("\"");
      if (!Quoted && !Text.starts_with("<"))
        return Found;
      Text = Text.drop_front();
      const size_t End = Text.find_first_of(Quoted ? "\"\n" : ">\n");
      if (End == StringRef::npos || Text[End] == '\n')
        return Found;
      Found.Includes.push_back({Text.take_front(End).str(), Quoted});
      Text = Text.drop_front(End + 1);
    } else if (Directive == "pragma" && takeWord(Text) == "once") {
      skipLine(Text);
    } else if (Directive == "ifndef" && Guard.empty()) {
      Guard = takeWord(Text).str();
      skipLine(Text);
    } else if (Directive == "define") {
      Found.Macros.push_back(takeWord(Text).str());
      skipLine(Text);
    } else {
      skipLine(Text);
      skipBlank(Text);
      Found.Whole = Directive == "endif" && !Guard.empty() && Text.empty();
      return Found;
    }
  }
}

} // namespace async_tidy
