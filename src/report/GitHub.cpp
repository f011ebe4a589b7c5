//===- GitHub.cpp - Annotations and a summary for GitHub Actions ----------===//
//
// Annotations are commands on standard output, `::warning file=...::message`,
// which the runner reads ("Workflow commands for GitHub Actions"). It shows ten
// of each severity for a step; what it does not show is told in a notice, and
// the summary of the step has the findings as a page of Markdown.
//
//===----------------------------------------------------------------------===//

#include "report/Characters.h"
#include "report/Report.h"
#include "report/Source.h"
#include "report/Words.h"
#include "llvm/ADT/StringExtras.h"
#include <map>

using namespace llvm;

namespace async_tidy {

/// Of each severity, in one step.
static constexpr unsigned MostAnnotations = 10;

/// \p Text as the runner unescapes it; \p Property: what stands before `::`.
static std::string escaped(StringRef Text, bool Property) {
  std::string Escaped;
  for (char C : Text) {
    if (C == '%' || C == '\r' || C == '\n' ||
        (Property && (C == ':' || C == ',')))
      Escaped += "%" + toHex(StringRef(&C, 1));
    else
      Escaped += C;
  }
  return Escaped;
}

namespace {
class AnnotationPrinter {
public:
  AnnotationPrinter(const Report &R, raw_ostream &OS)
      : R(R), OS(OS), Sources(*R.Sources, R.Root) {}
  void print();

private:
  void print(StringRef Command, const Location &Where, StringRef Title,
             StringRef Text);

  const Report &R;
  raw_ostream &OS;
  SourceText Sources;
};
} // namespace

void AnnotationPrinter::print(StringRef Command, const Location &Where,
                              StringRef Title, StringRef Text) {
  OS << "::" << Command << ' ';
  if (!Where.File.empty())
    OS << "file=" << escaped(forTerminal(shownPath(Where.File, R.Root)), true)
       << ',';
  if (Where.isValid()) {
    const Utf16Span Marked = utf16SpanAt(Sources, Where);
    OS << "line=" << Where.Line << ",endLine=" << Where.Line
       << ",col=" << Marked.Begin << ",endColumn=" << Marked.End << ',';
  }
  OS << "title=" << escaped(Title, true) << "::" << escaped(Text, false)
     << '\n';
}

void AnnotationPrinter::print() {
  static constexpr StringLiteral Commands[] = {"notice", "warning", "error"};
  // What was not looked at is worse than anything that was found.
  Tally All{};
  const auto Print = [&](Severity S, const Location &Where, StringRef Title,
                         StringRef Text) {
    ++All[static_cast<unsigned>(S)];
    print(Commands[static_cast<unsigned>(S)], Where, Title, Text);
  };
  for (const UnitNotAnalysed &U : sortedUnits(R))
    Print(weightOf(U), placeOf(U), NotAnalysedId,
          forTerminal(inWords(U, R.Root)));
  for (const std::string &Why : R.Failures)
    Print(Severity::Error, {}, "async-tidy", forTerminal(Why));
  for (const Finding *F : gravestFirst(R)) {
    std::string Text = forTerminal(F->Message);
    for (const std::string &Line : stepsInWords(*F, R.Root))
      Text += "\n" + Line;
    Print(F->Weight, F->Where, F->From->Id, Text);
  }
  Tally Hidden{};
  for (auto [N, NotShown] : zip_equal(All, Hidden))
    NotShown = N - std::min(N, MostAnnotations);
  if (const std::string Text = inWords(Hidden); !Text.empty())
    print("notice", {}, "async-tidy",
          Text + " more: GitHub shows " + std::to_string(MostAnnotations) +
              " annotations of each severity; see the log or the summary");
}

void printGitHub(const Report &R, raw_ostream &OS) {
  AnnotationPrinter(R, OS).print();
}

} // namespace async_tidy
