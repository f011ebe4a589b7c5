//===- SonarQube.cpp - A report that SonarQube imports --------------------===//
//
// "Generic issue import format" as of SonarQube 10.3. A whole import fails for
// one place that is not in its file, so places are checked against the text.
//
//===----------------------------------------------------------------------===//

#include "report/JsonValue.h"
#include "report/Report.h"
#include "report/Source.h"
#include "report/Words.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"

using namespace llvm;

namespace async_tidy {

/// What the rules of a level do to whom, in Sonar's words.
struct Impact {
  StringLiteral Quality, Severity;
};
static const Impact &impactOf(Level L) {
  static constexpr Impact Impacts[] = {{"RELIABILITY", "HIGH"},
                                       {"RELIABILITY", "MEDIUM"},
                                       {"MAINTAINABILITY", "LOW"}};
  return Impacts[static_cast<unsigned>(L)];
}

static JsonValue rule(StringRef Id, StringRef Description, Level L) {
  const Impact &I = impactOf(L);
  return {{"id", Id.str()},
          {"name", Id.str()},
          {"description", Description.str()},
          {"engineId", "async-tidy"},
          {"cleanCodeAttribute", "LOGICAL"},
          {"impacts", JsonValue::array({{{"softwareQuality", I.Quality.str()},
                                         {"severity", I.Severity.str()}}})}};
}

static JsonValue location(const Location &Where, StringRef Message,
                          SourceText &Sources, StringRef Root) {
  JsonValue V{{"message", Message.str()},
              {"filePath", shownPath(Where.File, Root)}};
  std::optional<StringRef> Line = Sources.line(Where);
  if (!Line)
    return V;
  V["textRange"] = {{"startLine", Where.Line}};
  if (Span Marked = spanAt(*Line, Where.Column); Marked.End > Marked.Begin) {
    const Utf16Span Columns = utf16SpanAt(Sources, Where);
    V["textRange"]["endLine"] = Where.Line;
    V["textRange"]["startColumn"] = Columns.Begin - 1;
    V["textRange"]["endColumn"] = Columns.End - 1;
  }
  return V;
}

void printSonarQube(const Report &R, raw_ostream &OS) {
  SourceText Sources(*R.Sources, R.Root);
  SetVector<const Rule *> Rules(R.Rules.begin(), R.Rules.end());
  JsonValue Issues = JsonValue::array();
  const std::string AllowedId = (NotAnalysedId + "-allowed").str();
  for (const UnitNotAnalysed &U : sortedUnits(R))
    Issues.push_back(
        {{"ruleId", U.Allowed ? AllowedId : NotAnalysedId.str()},
         {"primaryLocation",
          location(placeOf(U), inWords(U, R.Root), Sources, R.Root)}});
  for (const Finding *F : shownFindings(R)) {
    Rules.insert(F->From);
    JsonValue V{
        {"ruleId", F->From->Id.str()},
        {"primaryLocation", location(F->Where, F->Message, Sources, R.Root)}};
    for (const Step &S : F->Steps)
      if (JsonValue Step = location(S.Where, S.Text, Sources, R.Root);
          Step.contains("textRange"))
        V["secondaryLocations"].push_back(std::move(Step));
    Issues.push_back(std::move(V));
  }
  JsonValue Described = JsonValue::array();
  for (const Rule *Ran : Rules)
    Described.push_back(rule(Ran->Id, Ran->Summary, Ran->Shown));
  // How bad something is, is a property of its rule.
  for (bool Allowed : {false, true})
    if (any_of(R.NotAnalysed,
               [&](const UnitNotAnalysed &U) { return U.Allowed == Allowed; }))
      Described.push_back(
          rule(Allowed ? StringRef(AllowedId) : StringRef(NotAnalysedId),
               "A unit could not be analysed: what is wrong in "
               "it is not known.",
               Allowed ? Level::Hint : Level::Default));
  write(
      JsonValue{{"rules", std::move(Described)}, {"issues", std::move(Issues)}},
      OS);
}

} // namespace async_tidy
