//===- Reviewdog.cpp - A report for reviewdog -----------------------------===//
//
// A line of JSON for each diagnostic, the Reviewdog Diagnostic Format
// (proto/rdf in reviewdog's repository). Columns are bytes there, too.
//
//===----------------------------------------------------------------------===//

#include "report/JsonValue.h"
#include "report/Report.h"
#include "report/Source.h"
#include "report/Words.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace async_tidy {

static JsonValue position(unsigned Line, unsigned Column) {
  return {{"line", Line}, {"column", std::max(Column, 1u)}};
}

static JsonValue location(const Location &Where, SourceText &Sources,
                          StringRef Root) {
  JsonValue V{{"path", shownPath(Where.File, Root)}};
  if (!Where.isValid())
    return V;
  V["range"] = {{"start", position(Where.Line, Where.Column)}};
  if (std::optional<StringRef> Line = Sources.line(Where))
    if (Span Marked = spanAt(*Line, Where.Column); Marked.End > Marked.Begin)
      V["range"]["end"] = position(Where.Line, Marked.End + 1);
  return V;
}

/// Each edit is a suggestion of its own there, so only a change that consists
/// of one, in the finding's file, makes sense.
static bool canBeSuggested(const Fix &Change, const Finding &F) {
  return Change.Edits.size() == 1 && Change.Edits[0].Begin.File == F.Where.File;
}

void printReviewdog(const Report &R, raw_ostream &OS) {
  static constexpr StringLiteral Severities[] = {"INFO", "WARNING", "ERROR"};
  SourceText Sources(*R.Sources, R.Root);
  const JsonValue Source{{"name", "async-tidy"}, {"url", homepage().str()}};
  for (const UnitNotAnalysed &U : sortedUnits(R))
    OS << onOneLine({{"message", inWords(U, R.Root)},
                     {"location", location(placeOf(U), Sources, R.Root)},
                     {"severity",
                      Severities[static_cast<unsigned>(weightOf(U))].str()},
                     {"source", Source},
                     {"code", {{"value", NotAnalysedId.str()}}}})
       << '\n';
  for (const Finding *F : shownFindings(R)) {
    JsonValue V{
        {"message", F->Message},
        {"location", location(F->Where, Sources, R.Root)},
        {"severity", Severities[static_cast<unsigned>(F->Weight)].str()},
        {"source", Source},
        {"code", {{"value", F->From->Id.str()}, {"url", pageUri(*F->From)}}}};
    for (const Fix &Change : F->Fixes)
      if (canBeSuggested(Change, *F)) {
        const Edit &E = Change.Edits[0];
        V["suggestions"].push_back(
            {{"range",
              {{"start", position(E.Begin.Line, E.Begin.Column)},
               {"end", position(E.End.Line, E.End.Column)}}},
             {"text", E.Text}});
      }
    for (const Step &S : F->Steps)
      if (!S.Where.File.empty())
        V["related_locations"].push_back(
            {{"message", S.Text},
             {"location", location(S.Where, Sources, R.Root)}});
    OS << onOneLine(V) << '\n';
  }
}

} // namespace async_tidy
