//===- Sarif.cpp - A report for code scanning services --------------------===//
//
// SARIF 2.1.0 as GitHub reads it and as Microsoft's validator wants it. The
// steps of a finding are its codeFlow; columns are UTF-16 units; file names are
// relative to the root, because services ignore base URIs.
//
// A message is plain text: related locations have no ids, so that nothing in it
// (`handlers[i](1)`) can be taken for a link to one.
//
//===----------------------------------------------------------------------===//

#include "report/Characters.h"
#include "report/Fingerprint.h"
#include "report/JsonValue.h"
#include "report/Report.h"
#include "report/Source.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

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

static JsonValue text(StringRef Text) { return {{"text", Text.str()}}; }

static std::string uriOf(StringRef File, StringRef Root) {
  std::string Path = shownPath(File, Root);
  std::string Uri = sys::path::is_absolute(Path) ? "file://" : "";
  for (char C : Path) {
    if (isAlnum(C) || StringRef("-._~/").contains(C))
      Uri += C;
    else
      Uri += "%" + toHex(StringRef(&C, 1));
  }
  return Uri;
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

static JsonValue rule(const Rule &R) {
  StringRef Page = documentation(R);
  std::string Intro = introduction(Page);
  StringRef Help = Page.empty() ? StringRef(R.Summary) : Page;
  const LevelWords &Words = wordsFor(R.Shown);
  return {
      {"id", R.Id.str()},
      {"name", pascalCase(R.Id)},
      {"shortDescription", text(R.Summary)},
      {"fullDescription", text(Intro.empty() ? StringRef(R.Summary) : Intro)},
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

namespace {
class SarifPrinter {
public:
  explicit SarifPrinter(const Report &R) : R(R), Sources(*R.Sources, R.Root) {
    for (const Rule *Ran : R.Rules)
      Rules.insert({Ran, Rules.size()});
    for (const Finding &F : R.Findings)
      Rules.insert({F.From, Rules.size()});
  }
  JsonValue log();

private:
  unsigned utf16Column(const Location &Where);
  JsonValue region(const Location &Where);
  JsonValue artifact(StringRef File) { return {{"uri", uriOf(File, R.Root)}}; }
  JsonValue location(const Location &Where);
  JsonValue steps(const Finding &F);
  JsonValue fix(const Fix &Change);
  JsonValue result(const Finding &F, StringRef Fingerprint);
  JsonValue driver();
  JsonValue invocation();

  const Report &R;
  SourceText Sources;
  MapVector<const Rule *, unsigned> Rules; ///< with their indices
};
} // namespace

/// The column as it is if the text is not there to be counted.
unsigned SarifPrinter::utf16Column(const Location &Where) {
  std::optional<StringRef> Line = Sources.line(Where);
  unsigned Column = std::max(Where.Column, 1u);
  if (!Line || Column > Line->size() + 1)
    return Column;
  return utf16Length(Line->take_front(Column - 1)) + 1;
}

/// Within one line: GitHub shows a result in a pull request only if all of its
/// lines are in the change.
JsonValue SarifPrinter::region(const Location &Where) {
  unsigned Begin = utf16Column(Where), End = Begin;
  if (std::optional<StringRef> Line = Sources.line(Where)) {
    Span Marked = spanAt(*Line, Where.Column);
    End += utf16Length(Line->slice(Marked.Begin, Marked.End));
  }
  return {{"startLine", Where.Line},
          {"startColumn", Begin},
          {"endLine", Where.Line},
          {"endColumn", std::max(End, Begin + 1)}};
}

JsonValue SarifPrinter::location(const Location &Where) {
  JsonValue V = JsonValue::object();
  if (Where.File.empty())
    return V;
  // What is said of a whole file is put at its beginning: services want a line.
  V["physicalLocation"] = {
      {"artifactLocation", artifact(Where.File)},
      {"region", region(Where.isValid() ? Where : Location{Where.File, 1, 1})}};
  return V;
}

JsonValue SarifPrinter::steps(const Finding &F) {
  JsonValue V = JsonValue::array();
  for (const Step &S : F.Steps) {
    JsonValue Where = location(S.Where);
    Where["message"] = text(S.Text);
    V.push_back(std::move(Where));
  }
  return V;
}

JsonValue SarifPrinter::fix(const Fix &Change) {
  MapVector<StringRef, JsonValue> Files;
  for (const Edit &E : Change.Edits) {
    JsonValue Replacement;
    Replacement["deletedRegion"] = {{"startLine", E.Begin.Line},
                                    {"startColumn", utf16Column(E.Begin)},
                                    {"endLine", E.End.Line},
                                    {"endColumn", utf16Column(E.End)}};
    if (!E.Text.empty())
      Replacement["insertedContent"] = text(E.Text);
    Files[E.Begin.File].push_back(std::move(Replacement));
  }
  JsonValue Changes = JsonValue::array();
  for (auto &[File, Replacements] : Files)
    Changes.push_back({{"artifactLocation", artifact(File)},
                       {"replacements", std::move(Replacements)}});
  return {{"description", text(Change.Description)},
          {"artifactChanges", std::move(Changes)},
          {"properties", {{"safe", Change.Safe}}}};
}

JsonValue SarifPrinter::result(const Finding &F, StringRef Fingerprint) {
  JsonValue V{{"ruleId", F.From->Id.str()},
              {"ruleIndex", Rules.lookup(F.From)},
              {"level", nameOf(F.Weight).str()},
              {"message", text(F.Message)}};
  JsonValue Where = location(F.Where);
  if (!F.Function.empty())
    Where["logicalLocations"] = {
        {{"fullyQualifiedName", F.Function}, {"kind", "function"}}};
  V["locations"] = JsonValue::array({std::move(Where)});
  V["partialFingerprints"] = {{FingerprintName.str(), Fingerprint.str()}};

  if (JsonValue Steps = steps(F); !Steps.empty()) {
    JsonValue Flow = JsonValue::array();
    for (const JsonValue &S : Steps)
      Flow.push_back({{"location", S}});
    V["codeFlows"] = JsonValue::array(
        {{{"threadFlows",
           JsonValue::array({{{"locations", std::move(Flow)}}})}}});
    V["relatedLocations"] = std::move(Steps);
  }
  for (const Fix &Change : F.Fixes)
    if (!Change.Edits.empty() && !F.Fixed) // those places are of the old text
      V["fixes"].push_back(fix(Change));
  // Empty is not the same as absent, which would mean that nobody looked.
  V["suppressions"] = JsonValue::array();
  if (F.Suppressed)
    V["suppressions"].push_back({{"kind", "inSource"}});
  if (F.Fixed) { // by this run: nobody is to look for it
    V["suppressions"].push_back(
        {{"kind", "external"}, {"justification", "fixed by --fix"}});
    V["properties"] = {{"fixed", true}};
  }
  return V;
}

JsonValue SarifPrinter::driver() {
  JsonValue V{{"name", "async-tidy"},
              {"version", R.Version},
              {"semanticVersion", R.Version},
              {"informationUri", homepage().str()},
              {"rules", JsonValue::array()}};
  for (const auto &[Ran, Index] : Rules)
    V["rules"].push_back(rule(*Ran));
  return V;
}

JsonValue SarifPrinter::invocation() {
  JsonValue V{{"executionSuccessful", R.NotAnalysed.empty()}};
  if (R.Cost && !R.CommandLine.empty()) {
    V["commandLine"] = join(R.CommandLine, " ");
    V["arguments"] = ArrayRef(R.CommandLine).drop_front().vec();
  }
  if (!R.Root.empty())
    V["workingDirectory"] = {{"uri", uriOf(R.Root, "") + "/"}};

  std::vector<UnitNotAnalysed> Units = R.NotAnalysed;
  llvm::sort(Units);
  V["toolExecutionNotifications"] = JsonValue::array();
  for (const UnitNotAnalysed &U : Units)
    V["toolExecutionNotifications"].push_back(
        {{"level", "error"},
         {"message",
          text(shownPath(U.File, R.Root) + " was not analysed: " + U.Reason)},
         {"locations",
          JsonValue::array(
              {location(U.Where.File.empty() ? Location{U.File} : U.Where)})}});
  for (const std::string &Note : R.Notes)
    V["toolExecutionNotifications"].push_back(
        {{"level", "note"}, {"message", text(Note)}});
  return V;
}

JsonValue SarifPrinter::log() {
  JsonValue Results = JsonValue::array();
  std::vector<std::string> Hashes = fingerprints(R.Findings);
  for (auto [F, Hash] : zip_equal(R.Findings, Hashes))
    Results.push_back(result(F, Hash));
  JsonValue Run{{"tool", {{"driver", driver()}}},
                {"automationDetails", {{"id", R.Category}}},
                {"invocations", JsonValue::array({invocation()})},
                {"columnKind", "utf16CodeUnits"},
                {"results", std::move(Results)},
                {"properties",
                 {{"level", nameOf(R.Shown).str()},
                  {"unitsAnalysed", R.Analysed.size()},
                  {"unitsNotAnalysed", R.NotAnalysed.size()},
                  {"unitsInDatabase", R.UnitsInDatabase}}}};
  return {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
          {"version", "2.1.0"},
          {"runs", JsonValue::array({std::move(Run)})}};
}

void printSarif(const Report &R, raw_ostream &OS) {
  write(SarifPrinter(R).log(), OS);
}

} // namespace async_tidy
