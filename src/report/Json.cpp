//===- Json.cpp - A report for scripts ------------------------------------===//
//
// Everything that a Report holds, in the words of docs/design/json.md, which
// has a JSON Schema beside it. Same findings, same bytes: nothing here depends
// on how long the run took or in which order it went, unless that was asked
// for.
//
//===----------------------------------------------------------------------===//

#include "report/Fingerprint.h"
#include "report/JsonValue.h"
#include "report/Report.h"
#include "report/Source.h"
#include "report/Words.h"

using namespace llvm;

namespace async_tidy {

/// Raised when a key changes its meaning or goes; not for new ones.
static constexpr unsigned FormatVersion = 1;

/// Adds the keys of a place to \p V; none of those that are not known.
static void addPlace(JsonValue &V, const Location &Where, StringRef Root) {
  if (!Where.File.empty())
    V["file"] = shownPath(Where.File, Root);
  if (!Where.isValid())
    return;
  V["line"] = Where.Line;
  V["column"] = Where.Column;
}

static JsonValue fix(const Fix &Change, StringRef Root) {
  JsonValue Edits = JsonValue::array();
  for (const Edit &E : Change.Edits) {
    JsonValue &V = Edits.emplace_back(JsonValue::object());
    addPlace(V, E.Begin, Root);
    V["endLine"] = E.End.Line;
    V["endColumn"] = E.End.Column;
    V["text"] = E.Text;
  }
  return {{"description", Change.Description},
          {"safe", Change.Safe},
          {"edits", std::move(Edits)}};
}

static JsonValue finding(const Finding &F, StringRef Fingerprint,
                         StringRef Root) {
  JsonValue V{{"rule", F.From->Id.str()},
              {"severity", nameOf(F.Weight).str()},
              {"level", nameOf(std::max(F.Shown, F.From->Shown)).str()}};
  addPlace(V, F.Where, Root);
  V["message"] = F.Message;
  V["function"] = F.Function;
  V["fingerprint"] = Fingerprint.str();
  V["suppressed"] = F.Suppressed;
  if (F.Suppressed)
    V["suppression"] = {{"kind", F.SuppressedByModel ? "external" : "inSource"},
                        {"justification", F.Justification}};
  V["fixed"] = F.Fixed;
  if (F.Baseline != BaselineState::Unknown)
    V["baselineState"] = nameOf(F.Baseline).str();
  V["steps"] = JsonValue::array();
  for (const Step &S : F.Steps) {
    JsonValue &Added = V["steps"].emplace_back(JsonValue::object());
    addPlace(Added, S.Where, Root);
    Added["message"] = S.Text;
  }
  V["fixes"] = JsonValue::array();
  for (const Fix &Change : F.Fixes)
    V["fixes"].push_back(fix(Change, Root));
  return V;
}

static JsonValue units(const Report &R) {
  std::vector<std::string> Analysed;
  for (const std::string &File : R.Analysed)
    Analysed.push_back(shownPath(File, R.Root));
  llvm::sort(Analysed);

  JsonValue V{{"inDatabase", R.UnitsInDatabase},
              {"analysed", Analysed},
              {"notAnalysed", JsonValue::array()}};
  for (const UnitNotAnalysed &U : sortedUnits(R)) {
    JsonValue Unit{{"unit", shownPath(U.File, R.Root)}, {"reason", U.Reason}};
    addPlace(Unit, U.Where, R.Root);
    Unit["inPart"] = U.InPart;
    Unit["allowed"] = U.Allowed;
    V["notAnalysed"].push_back(std::move(Unit));
  }
  return V;
}

static JsonValue rules(const Report &R) {
  JsonValue V = JsonValue::array();
  for (const Rule *Ran : R.Rules)
    V.push_back({{"id", Ran->Id.str()},
                 {"group", Ran->Group.str()},
                 {"level", nameOf(Ran->Shown).str()},
                 {"summary", Ran->Summary.str()},
                 {"page", pageUri(*Ran)}});
  return V;
}

static JsonValue baseline(const BaselineUse &B, StringRef Root) {
  JsonValue V{{"file", shownPath(B.File, Root)},
              {"matched", B.Matched},
              {"notJudged", B.NotJudged},
              {"absent", JsonValue::array()}};
  for (const GoneFinding &G : B.Gone)
    V["absent"].push_back({{"rule", G.From->Id.str()},
                           {"file", shownPath(G.File, Root)},
                           {"function", G.Function},
                           {"subject", G.Subject},
                           {"fingerprint", G.Fingerprint}});
  return V;
}

JsonValue metricsAsJson(const Report &R) {
  JsonValue V = JsonValue::array();
  for (const Metric &M : R.Metrics) {
    const std::optional<double> Percent = M.percent();
    V.push_back({{"name", M.Name.str()},
                 {"title", M.Title.str()},
                 {"good", M.Good},
                 {"bad", M.Bad},
                 {"suppressed", M.Suppressed},
                 {"unknown", M.Unknown},
                 {"total", M.total()},
                 {"percent", Percent ? JsonValue(*Percent) : JsonValue()}});
  }
  return V;
}

static JsonValue cost(const Report &R) {
  return {{"commandLine", R.CommandLine},
          {"wallSeconds", R.Cost->WallSeconds},
          {"cpuSeconds", R.Cost->CpuSeconds},
          {"peakBytes", R.Cost->PeakBytes},
          {"bodiesAnalysed", R.Cost->BodiesAnalysed},
          {"bodiesSkipped", R.Cost->BodiesSkipped}};
}

void printJson(const Report &R, raw_ostream &OS) {
  JsonValue V{{"format", FormatVersion},
              {"tool", {{"name", "async-tidy"}, {"version", R.Version}}},
              {"root", R.RootIsSandbox ? std::string() : R.Root},
              {"level", nameOf(R.Shown).str()},
              {"rules", rules(R)},
              {"units", units(R)},
              {"notes", R.Notes},
              {"findings", JsonValue::array()}};
  std::vector<std::string> Hashes = fingerprints(R.Findings);
  for (auto [F, Hash] : zip_equal(R.Findings, Hashes))
    V["findings"].push_back(finding(F, Hash, R.Root));
  if (R.Baseline)
    V["baseline"] = baseline(*R.Baseline, R.Root);
  if (R.Change)
    V["change"] = {{"since", R.Change->Since}, {"outside", R.Change->Outside}};
  if (!R.Metrics.empty())
    V["metrics"] = metricsAsJson(R);
  V["failures"] = R.Failures;
  if (R.Cost)
    V["cost"] = cost(R);
  write(V, OS);
}

} // namespace async_tidy
