//===- Sarif.cpp - A report for code scanning services --------------------===//
//
// SARIF 2.1.0 as GitHub reads it and as Microsoft's validator wants it. The
// steps of a finding are its codeFlow; columns are UTF-16 units; file names are
// relative to the root, because services ignore base URIs.
//
// A message ends with the steps, each with a link to its place: GitHub shows
// related locations only where a message links to them. A service takes so much
// and no more; what is left out is told in a notification.
// docs/design/sarif.md describes all of it.
//
//===----------------------------------------------------------------------===//

#include "report/Characters.h"
#include "report/Fingerprint.h"
#include "report/JsonValue.h"
#include "report/LineHash.h"
#include "report/Report.h"
#include "report/SarifRules.h"
#include "report/SarifState.h"
#include "report/Source.h"
#include "report/Words.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Compression.h"
#include "llvm/Support/Path.h"
#include <numeric>

using namespace llvm;

namespace async_tidy {

// What GitHub takes ("SARIF support for code scanning"), in one file that is
// compressed by gzip, and how much of it it shows.
static constexpr size_t MostResults = 25000, MostResultsShown = 5000,
                        MostFlowLocations = 1000, MostRelatedLocations = 100,
                        MostBytes = 10000000;
/// Of steps that a message tells: a reader has the code flow for the others.
static constexpr size_t MostStepsTold = 20;

static JsonValue text(StringRef Text) { return {{"text", Text.str()}}; }

/// \p Text where `](1)` does not end a link.
static std::string withoutLinks(StringRef Text) {
  std::string Plain;
  size_t Backslashes = 0;
  for (size_t I = 0; I != Text.size(); ++I) {
    if (Text.substr(I).starts_with("]("))
      Plain += std::string(Backslashes + 1, '\\');
    Backslashes = Text[I] == '\\' ? Backslashes + 1 : 0;
    Plain += Text[I];
  }
  return Plain;
}

static std::string link(StringRef Text, size_t To) {
  std::string Link = "[";
  for (char C : Text) {
    if (StringRef("[]\\").contains(C))
      Link += '\\';
    Link += C;
  }
  return Link + "](" + std::to_string(To) + ")";
}

/// The numbers, from one on, of those of \p N steps that are kept: the way in
/// and the end are worth more than what is between them.
static std::vector<size_t> keptSteps(size_t N, size_t Most) {
  std::vector<size_t> Kept;
  for (size_t I = 1; I <= N; ++I)
    if (N <= Most || I <= Most / 2 || I > N - (Most - Most / 2))
      Kept.push_back(I);
  return Kept;
}

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

namespace {
class SarifPrinter {
public:
  SarifPrinter(const Report &R, size_t Most)
      : R(R), Sources(*R.Sources, R.Root), Most(Most) {
    for (const Rule *Ran : R.Rules)
      Rules.insert({Ran, Rules.size()});
    for (const Finding &F : R.Findings)
      Rules.insert({F.From, Rules.size()});
    for (const GoneFinding &G : gone())
      Rules.insert({G.From, Rules.size()});
  }
  /// Everything but the results, which are lines of JSON.
  JsonValue log(std::vector<std::string> &Results);

private:
  ArrayRef<GoneFinding> gone() const {
    return R.Baseline ? ArrayRef(R.Baseline->Gone) : ArrayRef<GoneFinding>();
  }
  JsonValue region(const Location &Where);
  JsonValue artifact(StringRef File) { return {{"uri", uriOf(File, R.Root)}}; }
  JsonValue location(const Location &Where);
  JsonValue step(const Step &S);
  std::string message(const Finding &F);
  void addSteps(const Finding &F, JsonValue &Result);
  std::optional<std::string> lineHash(const Location &Where);
  JsonValue fix(const Fix &Change);
  JsonValue result(const Finding &F, StringRef Fingerprint);
  std::vector<bool> keptResults() const;
  JsonValue driver();
  JsonValue invocation();
  void addLimits(JsonValue &Invocation);

  const Report &R;
  SourceText Sources;
  const size_t Most;                          ///< of results
  MapVector<const Rule *, unsigned> Rules;    ///< with their indices
  StringMap<std::vector<std::string>> Hashes; ///< of the lines of files
  size_t ShortenedFlows = 0;
};
} // namespace

/// Within one line: GitHub shows a result in a pull request only if all of its
/// lines are in the change.
JsonValue SarifPrinter::region(const Location &Where) {
  Utf16Span Marked = utf16SpanAt(Sources, Where);
  return {{"startLine", Where.Line},
          {"startColumn", Marked.Begin},
          {"endLine", Where.Line},
          {"endColumn", Marked.End}};
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

JsonValue SarifPrinter::step(const Step &S) {
  JsonValue V = location(S.Where);
  V["message"] = text(withoutLinks(S.Text));
  return V;
}

std::string SarifPrinter::message(const Finding &F) {
  std::string Text = withoutLinks(F.Message);
  size_t Left = F.Steps.size() - std::min(F.Steps.size(), MostStepsTold);
  for (size_t I : keptSteps(F.Steps.size(), MostStepsTold)) {
    if (Left && I == MostStepsTold / 2 + Left + 1)
      Text += "\n(" + plural(Left, "step") + ")";
    const Step &S = F.Steps[I - 1];
    Text += "\n" + std::to_string(I) + ". ";
    if (!S.Where.File.empty()) {
      std::string Place = shownPath(S.Where.File, R.Root);
      if (S.Where.isValid())
        Place += ":" + std::to_string(S.Where.Line);
      Text += link(Place, I) + ": ";
    }
    Text += withoutLinks(S.Text);
  }
  return Text;
}

void SarifPrinter::addSteps(const Finding &F, JsonValue &Result) {
  const size_t N = F.Steps.size();
  if (!N)
    return;
  JsonValue Flow = JsonValue::array(), Related = JsonValue::array();
  for (size_t I : keptSteps(N, MostFlowLocations))
    Flow.push_back({{"location", step(F.Steps[I - 1])}});
  for (size_t I : keptSteps(N, MostRelatedLocations)) {
    JsonValue Where{{"id", I}};
    Where.update(step(F.Steps[I - 1]));
    Related.push_back(std::move(Where));
  }
  ShortenedFlows += Flow.size() < N;
  Result["codeFlows"] = JsonValue::array(
      {{{"threadFlows",
         JsonValue::array({{{"locations", std::move(Flow)}}})}}});
  Result["relatedLocations"] = std::move(Related);
}

/// None for what is not below the root: GitHub has no such file.
std::optional<std::string> SarifPrinter::lineHash(const Location &Where) {
  if (sys::path::is_absolute(shownPath(Where.File, R.Root)))
    return std::nullopt;
  auto [Entry, Inserted] = Hashes.try_emplace(Where.File);
  if (Inserted)
    if (std::optional<StringRef> Text = Sources.text(Where.File))
      Entry->second = lineHashes(*Text);
  const size_t Line = std::max(Where.Line, 1u);
  if (Line > Entry->second.size())
    return std::nullopt;
  return Entry->second[Line - 1];
}

JsonValue SarifPrinter::fix(const Fix &Change) {
  MapVector<StringRef, JsonValue> Files;
  for (const Edit &E : Change.Edits) {
    JsonValue Replacement;
    Replacement["deletedRegion"] = {
        {"startLine", E.Begin.Line},
        {"startColumn", utf16Column(Sources, E.Begin)},
        {"endLine", E.End.Line},
        {"endColumn", utf16Column(Sources, E.End)}};
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
              {"message", text(message(F))}};
  JsonValue Where = location(F.Where);
  if (!F.Function.empty())
    Where["logicalLocations"] = {
        {{"fullyQualifiedName", F.Function}, {"kind", "function"}}};
  V["locations"] = JsonValue::array({std::move(Where)});
  V["partialFingerprints"] = {{FingerprintName.str(), Fingerprint.str()}};

  if (std::optional<std::string> Hash = lineHash(F.Where))
    V["partialFingerprints"]["primaryLocationLineHash"] = *Hash;
  addSteps(F, V);
  for (const Fix &Change : F.Fixes)
    if (!Change.Edits.empty() && !F.Fixed) // those places are of the old text
      V["fixes"].push_back(fix(Change));
  addState(F, V);
  return V;
}

/// Which findings are written: the gravest, and what is suppressed last.
std::vector<bool> SarifPrinter::keptResults() const {
  std::vector<size_t> Order(R.Findings.size());
  std::iota(Order.begin(), Order.end(), 0);
  const auto Rank = [&](size_t I) {
    const Finding &F = R.Findings[I];
    return F.isOpen() ? static_cast<int>(F.Weight) : -1;
  };
  llvm::sort(Order, [&](size_t A, size_t B) {
    return std::pair(-Rank(A), A) < std::pair(-Rank(B), B);
  });
  std::vector<bool> Kept(Order.size());
  for (size_t I : ArrayRef(Order).take_front(Most))
    Kept[I] = true;
  return Kept;
}

JsonValue SarifPrinter::driver() {
  JsonValue V{{"name", "async-tidy"},
              {"version", R.Version},
              {"semanticVersion", R.Version},
              {"informationUri", homepage().str()},
              {"rules", JsonValue::array()}};
  for (const auto &[Ran, Index] : Rules)
    V["rules"].push_back(sarifRule(*Ran));
  return V;
}

JsonValue SarifPrinter::invocation() {
  JsonValue V{{"executionSuccessful",
               all_of(R.NotAnalysed, [](auto &U) { return U.Allowed; })}};
  if (R.Cost && !R.CommandLine.empty()) {
    V["commandLine"] = join(R.CommandLine, " ");
    V["arguments"] = ArrayRef(R.CommandLine).drop_front().vec();
  }
  if (!R.Root.empty() && !R.RootIsSandbox)
    V["workingDirectory"] = {{"uri", uriOf(R.Root, "") + "/"}};

  V["toolExecutionNotifications"] = JsonValue::array();
  for (const UnitNotAnalysed &U : sortedUnits(R))
    V["toolExecutionNotifications"].push_back(
        {{"level", U.Allowed ? "warning" : "error"},
         {"message", text(inWords(U, R.Root))},
         {"locations", JsonValue::array({location(placeOf(U))})}});
  for (const std::string &Note : R.Notes)
    V["toolExecutionNotifications"].push_back(
        {{"level", "note"}, {"message", text(Note)}});
  return V;
}

/// Says what a service does not get to see, or does not show.
void SarifPrinter::addLimits(JsonValue &Invocation) {
  const auto Notify = [&](const Twine &Text) {
    Invocation["toolExecutionNotifications"].push_back(
        {{"level", "warning"}, {"message", text(Text.str())}});
  };
  const size_t N = R.Findings.size();
  if (N > Most)
    Notify(plural(N - Most, "result") + " of " + Twine(N) +
           " left out, the least severe ones: GitHub takes " +
           Twine(MostResults) + " results and 10 MB");
  if (std::min(N, Most) > MostResultsShown)
    Notify("GitHub shows the gravest " + Twine(MostResultsShown) +
           " of these " + Twine(std::min(N, Most)) + " results");
  if (ShortenedFlows)
    Notify("steps left out in the middle of " +
           plural(ShortenedFlows, "code flow") + ": GitHub shows " +
           Twine(MostFlowLocations));
}

JsonValue SarifPrinter::log(std::vector<std::string> &Results) {
  const std::vector<std::string> Fingerprints = fingerprints(R.Findings);
  const std::vector<bool> Kept = keptResults();
  for (size_t I = 0; I != R.Findings.size(); ++I)
    if (Kept[I])
      Results.push_back(onOneLine(result(R.Findings[I], Fingerprints[I])));
  for (const GoneFinding &G : gone().take_front(Most)) {
    JsonValue V = absentResult(G);
    V["ruleIndex"] = Rules.lookup(G.From);
    V["locations"] = JsonValue::array({location({G.File})});
    Results.push_back(onOneLine(V));
  }
  JsonValue Invocation = invocation();
  addLimits(Invocation);
  JsonValue Run{{"tool", {{"driver", driver()}}},
                {"automationDetails", {{"id", R.Category}}},
                {"invocations", JsonValue::array({std::move(Invocation)})},
                {"columnKind", "utf16CodeUnits"},
                {"results", JsonValue::array()},
                {"properties", runProperties(R)}};
  return {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
          {"version", "2.1.0"},
          {"runs", JsonValue::array({std::move(Run)})}};
}

static size_t compressedSize(StringRef Text) {
  if (Text.size() <= MostBytes || !compression::zlib::isAvailable())
    return Text.size();
  SmallVector<uint8_t, 0> Compressed;
  compression::zlib::compress(arrayRefFromStringRef(Text), Compressed);
  return Compressed.size();
}

/// A line a result: services and validators have limits on the size of a file.
static std::string print(const Report &R, size_t MostResults) {
  std::string Text;
  raw_string_ostream OS(Text);
  std::vector<std::string> Results;
  const JsonValue Log = SarifPrinter(R, MostResults).log(Results);
  const std::string Around = onOneLine(Log);
  constexpr StringLiteral Empty = "\"results\":[]";
  const auto [Before, After] = StringRef(Around).rsplit(Empty);
  OS << Before << "\"results\":[";
  ListSeparator Comma(",");
  for (const std::string &Result : Results)
    OS << Comma << '\n' << Result;
  OS << ']' << After << '\n';
  return Text;
}

void printSarif(const Report &R, raw_ostream &OS) {
  std::string Text;
  for (size_t Most = std::min(MostResults, R.Findings.size());; Most /= 2) {
    Text = print(R, Most);
    if (Most <= 1 || compressedSize(Text) <= MostBytes)
      break;
  }
  OS << Text;
}

} // namespace async_tidy
