//===- SarifState.cpp - What SARIF says beside the finding itself ---------===//

#include "report/SarifState.h"
#include "report/Fingerprint.h"

namespace async_tidy {

static JsonValue suppression(const char *Kind, const std::string &Why) {
  JsonValue V{{"kind", Kind}};
  if (!Why.empty())
    V["justification"] = Why;
  return V;
}

void addState(const Finding &F, JsonValue &Result) {
  // Empty is not the same as absent, which would mean that nobody looked.
  JsonValue &Suppressions = Result["suppressions"] = JsonValue::array();
  if (F.Suppressed)
    Suppressions.push_back(suppression(
        F.SuppressedByModel ? "external" : "inSource", F.Justification));
  if (F.Fixed) { // by this run: nobody is to look for it
    Suppressions.push_back(suppression("external", "fixed by --fix"));
    Result["properties"] = {{"fixed", true}};
  }
  if (F.Baseline != BaselineState::Unknown)
    Result["baselineState"] = nameOf(F.Baseline).str();
}

JsonValue absentResult(const GoneFinding &G) {
  const std::string Of = G.Function.empty() ? "" : "`" + G.Function + "`: ";
  return {{"ruleId", G.From->Id.str()},
          {"level", "note"},
          {"message", {{"text", Of + "`" + G.Subject + "` is found no more"}}},
          {"partialFingerprints", {{FingerprintName.str(), G.Fingerprint}}},
          // For services that know no baselines: nobody is to look for it.
          {"suppressions",
           JsonValue::array({suppression("external", "found no more")})},
          {"baselineState", "absent"}};
}

JsonValue runProperties(const Report &R) {
  JsonValue V{{"level", nameOf(R.Shown).str()},
              {"unitsAnalysed", R.Analysed.size()},
              {"unitsNotAnalysed", R.NotAnalysed.size()},
              {"unitsInDatabase", R.UnitsInDatabase}};
  if (!R.Metrics.empty())
    V["metrics"] = metricsAsJson(R);
  return V;
}

} // namespace async_tidy
