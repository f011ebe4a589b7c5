//===- SarifRules.cpp - What a code scanning service is told of a rule ----===//
//
// A rule's page is its help; GitHub shows a description before it, of at most
// 1024 characters.
//
//===----------------------------------------------------------------------===//

#include "report/SarifRules.h"
#include "report/Report.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace async_tidy {

/// What a rule's level says to a service that knows no levels.
struct LevelWords {
  StringLiteral Default, Precision, Problem;
};
static const LevelWords &wordsFor(Level L) {
  static constexpr LevelWords Words[] = {
      {"warning", "high", "warning"},
      {"warning", "medium", "warning"},
      {"note", "medium", "recommendation"},
  };
  return Words[static_cast<unsigned>(L)];
}

/// `async-blocking-call` as `AsyncBlockingCall`.
static std::string pascalCase(StringRef Id) {
  std::string Name;
  for (StringRef Word : split(Id, '-'))
    if (!Word.empty())
      Name += toUpper(Word.front()) + Word.drop_front().str();
  return Name;
}

/// The first two paragraphs of prose of \p Page, no longer than GitHub takes.
static std::string introduction(StringRef Page) {
  constexpr size_t Longest = 1000;
  std::string Prose;
  unsigned Paragraphs = 0;
  SmallVector<StringRef> Lines;
  Page.split(Lines, '\n');
  for (StringRef Line : Lines) {
    Line = Line.trim();
    if (Line.starts_with("```") || Paragraphs == 2)
      break;
    bool Ends = Line.empty() || Line.starts_with("#");
    if (Ends && !Prose.empty() && Prose.back() != '\n') {
      Prose += '\n';
      ++Paragraphs;
    } else if (!Ends) {
      Prose += (Prose.empty() || Prose.back() == '\n' ? "" : " ") + Line.str();
    }
  }
  StringRef Kept = StringRef(Prose).rtrim();
  if (Kept.size() > Longest) {
    Kept = Kept.take_front(Longest);
    Kept = Kept.take_front(Kept.rfind(". ") + 1);
  }
  return Kept.str();
}

JsonValue sarifRule(const Rule &R) {
  StringRef Page = documentation(R);
  std::string Intro = introduction(Page);
  StringRef Help = Page.empty() ? StringRef(R.Summary) : Page;
  const LevelWords &Words = wordsFor(R.Shown);
  return {
      {"id", R.Id.str()},
      {"name", pascalCase(R.Id)},
      {"shortDescription", {{"text", R.Summary.str()}}},
      {"fullDescription", {{"text", Intro.empty() ? R.Summary.str() : Intro}}},
      {"help", {{"text", Help.str()}, {"markdown", Help.str()}}},
      {"helpUri", pageUri(R)},
      {"defaultConfiguration", {{"level", Words.Default.str()}}},
      {"properties",
       {{"tags", {"asynchrony", R.Group.str()}},
        {"precision", Words.Precision.str()},
        {"problem.severity", Words.Problem.str()},
        {"level", nameOf(R.Shown).str()}}},
  };
}

} // namespace async_tidy
