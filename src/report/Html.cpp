//===- Html.cpp - A report for a browser ----------------------------------===//
//
// One file that needs nothing else: page, style and script of the folder html/,
// and the report as JSON in a block that is no script. Source text, names and
// messages are anybody's, so
//   - that JSON is ASCII without `<`, `>` and `&`: nothing in it ends the
//   block;
//   - the script makes text nodes of it, never markup;
//   - a Content-Security-Policy allows that one script and that one style, by
//     their hashes, and no connection to anywhere.
//
//===----------------------------------------------------------------------===//

#include "report/Characters.h"
#include "report/Fingerprint.h"
#include "report/JsonValue.h"
#include "report/Report.h"
#include "report/Source.h"
#include "report/Words.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Base64.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SHA256.h"
#include <map>

using namespace llvm;

namespace async_tidy {

static constexpr StringLiteral Page =
#include "report.html.inc"
    ;
static constexpr StringLiteral Style =
#include "report.css.inc"
    ;
static constexpr StringLiteral Scripts[] = {
#include "base.js.inc"
    ,
#include "code.js.inc"
    ,
#include "overview.js.inc"
    ,
#include "findings.js.inc"
    ,
#include "graph.js.inc"
    ,
#include "main.js.inc"
};

/// Of source text around a place, and of one line.
static constexpr unsigned LinesAround = 2;
static constexpr size_t MostBytesOfLine = 600;

/// A line as it is shown: nothing in it can move what is around it.
static std::string shownCode(StringRef Line) {
  std::string Shown;
  while (!Line.empty()) {
    const Character C = takeCharacter(Line);
    Shown += C.Code == '\t' ? "\t" : glyphOf(C).Text;
  }
  return Shown;
}

namespace {
class HtmlPrinter {
public:
  explicit HtmlPrinter(const Report &R) : R(R), Sources(*R.Sources, R.Root) {}
  JsonValue data();

private:
  void addPlace(JsonValue &V, const Location &Where);
  void addLines(unsigned File, const Location &Around);
  JsonValue finding(const Finding &F, StringRef Fingerprint);
  JsonValue rules();
  JsonValue units();
  JsonValue metrics();
  JsonValue previous(ArrayRef<std::string> Fingerprints);
  unsigned fileIndex(StringRef File);

  const Report &R;
  SourceText Sources;
  std::map<const Rule *, unsigned> Rules;
  std::map<std::string, unsigned> FileIndices;
  std::vector<std::string> Files;
  std::vector<std::map<unsigned, std::string>> Lines; ///< by file
};
} // namespace

unsigned HtmlPrinter::fileIndex(StringRef File) {
  const std::string Name = shownPath(File, R.Root);
  const auto [Entry, Inserted] = FileIndices.try_emplace(Name, Files.size());
  if (Inserted) {
    Files.push_back(Name);
    Lines.emplace_back();
  }
  return Entry->second;
}

void HtmlPrinter::addLines(unsigned File, const Location &Around) {
  const unsigned First =
      Around.Line > LinesAround ? Around.Line - LinesAround : 1;
  for (unsigned N = First; N <= Around.Line + LinesAround; ++N) {
    if (Lines[File].count(N))
      continue;
    if (std::optional<StringRef> Line = Sources.line({Around.File, N, 1}))
      Lines[File][N] = shownCode(Line->take_front(MostBytesOfLine)) +
                       (Line->size() > MostBytesOfLine ? " ..." : "");
  }
}

/// `f` file, `n` line, `k` column as Clang counts, `c` from where to where it
/// is marked in what is shown of the line.
void HtmlPrinter::addPlace(JsonValue &V, const Location &Where) {
  if (Where.File.empty())
    return;
  const unsigned File = fileIndex(Where.File);
  V["f"] = File;
  if (!Where.isValid())
    return;
  V["n"] = Where.Line;
  V["k"] = Where.Column;
  addLines(File, Where);
  const std::optional<StringRef> Line = Sources.line(Where);
  if (!Line)
    return;
  const Span Marked = spanAt(*Line, Where.Column);
  if (Marked.End > Marked.Begin && Marked.End <= MostBytesOfLine)
    V["c"] = {utf16Length(shownCode(Line->take_front(Marked.Begin))),
              utf16Length(shownCode(Line->take_front(Marked.End)))};
}

/// What counts as there for a later run, be it accepted or not.
static bool isPresent(const Finding &F) { return !F.Suppressed && !F.Fixed; }

JsonValue HtmlPrinter::finding(const Finding &F, StringRef Fingerprint) {
  JsonValue V{{"r", Rules.at(F.From)},
              {"s", static_cast<unsigned>(F.Weight)},
              {"l", nameOf(std::max(F.Shown, F.From->Shown)).str()},
              {"m", forTerminal(F.Message)},
              {"fn", forTerminal(F.Function)},
              {"sub", forTerminal(F.Subject)},
              {"id", Fingerprint.str()}};
  addPlace(V, F.Where);
  if (F.Baseline == BaselineState::Unchanged)
    V["hidden"] = "was there before";
  if (F.Suppressed)
    V["hidden"] = "suppressed";
  if (F.Fixed)
    V["hidden"] = "fixed";
  if (R.Previous && isPresent(F))
    V["new"] = !R.Previous->Fingerprints.count(Fingerprint.str());
  for (const Step &S : F.Steps) {
    JsonValue &Added = V["t"].emplace_back(JsonValue::object());
    addPlace(Added, S.Where);
    Added["m"] = forTerminal(S.Text);
  }
  for (const Fix &Change : F.Fixes)
    V["fix"].push_back(
        {{"m", forTerminal(Change.Description)}, {"safe", Change.Safe}});
  return V;
}

JsonValue HtmlPrinter::rules() {
  for (const Rule *Ran : R.Rules)
    Rules.try_emplace(Ran, Rules.size());
  for (const Finding &F : R.Findings)
    Rules.try_emplace(F.From, Rules.size());
  JsonValue V = JsonValue::array();
  for (unsigned I = 0; I != Rules.size(); ++I)
    V.push_back(nullptr);
  std::set<const Rule *> Found;
  for (const Finding &F : R.Findings)
    Found.insert(F.From);
  for (const auto &[Ran, Index] : Rules) {
    V[Index] = {{"id", Ran->Id.str()},
                {"group", Ran->Group.str()},
                {"level", nameOf(Ran->Shown).str()},
                {"summary", Ran->Summary.str()}};
    if (Found.count(Ran))
      V[Index]["page"] = documentation(*Ran).str();
  }
  return V;
}

JsonValue HtmlPrinter::units() {
  JsonValue V{{"analysed", R.Analysed.size()},
              {"inDatabase", R.UnitsInDatabase},
              {"notAnalysed", JsonValue::array()}};
  for (const UnitNotAnalysed &U : sortedUnits(R))
    V["notAnalysed"].push_back({{"what", forTerminal(inWords(U, R.Root))},
                                {"where", placeInWords(placeOf(U), R.Root)}});
  return V;
}

JsonValue HtmlPrinter::metrics() {
  JsonValue V = metricsAsJson(R);
  for (auto [M, Written] : zip_equal(R.Metrics, V))
    Written["shown"] = shownMetric(M);
  return V;
}

/// How many findings there were, by rule, and how many of them are gone.
JsonValue HtmlPrinter::previous(ArrayRef<std::string> Fingerprints) {
  std::set<std::string> Now;
  for (auto [F, Hash] : zip_equal(R.Findings, Fingerprints))
    if (isPresent(F))
      Now.insert(Hash);
  JsonValue V{{"total", R.Previous->Fingerprints.size()},
              {"gone", count_if(R.Previous->Fingerprints,
                                [&](const std::string &Hash) {
                                  return !Now.count(Hash);
                                })},
              {"ofRule", JsonValue::object()}};
  for (const auto &[Id, N] : R.Previous->OfRule)
    V["ofRule"][Id] = N;
  return V;
}

JsonValue HtmlPrinter::data() {
  const std::vector<std::string> Fingerprints = fingerprints(R.Findings);
  JsonValue V{{"version", R.Version},
              {"project", forTerminal(sys::path::filename(R.Root))},
              {"level", nameOf(R.Shown).str()},
              {"rules", rules()},
              {"units", units()},
              {"notes", JsonValue::array()},
              {"failures", JsonValue::array()},
              {"metrics", metrics()},
              {"findings", JsonValue::array()},
              {"files", JsonValue::array()}};
  for (const std::string &Note : R.Notes)
    V["notes"].push_back(forTerminal(Note));
  for (const std::string &Why : R.Failures)
    V["failures"].push_back(forTerminal(Why));
  for (auto [F, Hash] : zip_equal(R.Findings, Fingerprints))
    V["findings"].push_back(finding(F, Hash));
  for (auto [Name, Known] : zip_equal(Files, Lines)) {
    JsonValue File{{"p", forTerminal(Name)}, {"l", JsonValue::object()}};
    for (const auto &[N, Text] : Known)
      File["l"][std::to_string(N)] = Text;
    V["files"].push_back(std::move(File));
  }
  if (R.Previous)
    V["previous"] = previous(Fingerprints);
  return V;
}

/// JSON in a script block: no character in it means anything to HTML.
static std::string inert(const JsonValue &V) {
  std::string Text;
  for (char C : V.dump(-1, ' ', /*ensure_ascii=*/true,
                       JsonValue::error_handler_t::replace)) {
    if (StringRef("<>&").contains(C))
      Text += "\\u00" + toHex(StringRef(&C, 1), /*LowerCase=*/true);
    else
      Text += C;
  }
  return Text;
}

/// What Content-Security-Policy calls an inline script or style by.
static std::string hashOf(StringRef Text) {
  return "'sha256-" + encodeBase64(SHA256::hash(arrayRefFromStringRef(Text))) +
         "'";
}

void printHtml(const Report &R, raw_ostream &OS) {
  std::string Script = "'use strict';\n(() => {\n";
  for (StringRef Part : Scripts)
    Script += Part;
  Script += "})();\n";
  const std::pair<StringRef, std::string> Filled[] = {
      {"{{policy}}",
       "default-src 'none'; base-uri 'none'; form-action 'none'; style-src " +
           hashOf(Style) + "; script-src " + hashOf(Script)},
      {"{{style}}", Style.str()},
      {"{{data}}", inert(HtmlPrinter(R).data())},
      {"{{script}}", Script},
  };
  StringRef Rest = Page;
  for (const auto &[Name, Text] : Filled) { // in the order of the page
    const auto [Before, After] = Rest.split(Name);
    OS << Before << Text;
    Rest = After;
  }
  OS << Rest;
}

} // namespace async_tidy
