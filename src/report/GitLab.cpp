//===- GitLab.cpp - A report for GitLab's Code Quality --------------------===//
//
// An array of issues, as "Code Quality report format" in GitLab's documentation
// has it. GitLab compares two reports by their fingerprints alone.
//
//===----------------------------------------------------------------------===//

#include "report/Fingerprint.h"
#include "report/JsonValue.h"
#include "report/Report.h"
#include "report/Source.h"
#include "report/Words.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/SHA256.h"

using namespace llvm;

namespace async_tidy {

static JsonValue issue(StringRef Check, const Twine &Description,
                       StringRef Fingerprint, StringRef Severity,
                       const Location &Where, StringRef Root) {
  return {{"description", Description.str()},
          {"check_name", Check.str()},
          {"fingerprint", Fingerprint.str()},
          {"severity", Severity.str()},
          {"location",
           {{"path", shownPath(Where.File, Root)},
            {"lines", {{"begin", std::max(Where.Line, 1u)}}}}}};
}

void printGitLab(const Report &R, raw_ostream &OS) {
  static constexpr StringLiteral Severities[] = {"minor", "major", "critical"};
  JsonValue Issues = JsonValue::array();
  for (const UnitNotAnalysed &U : sortedUnits(R)) {
    const std::string Name = (NotAnalysedId + shownPath(U.File, R.Root)).str();
    Issues.push_back(issue(
        NotAnalysedId, inWords(U, R.Root),
        toHex(SHA256::hash(arrayRefFromStringRef(Name)), true).substr(0, 32),
        U.Allowed ? "major" : "blocker", placeOf(U), R.Root));
  }
  const std::vector<std::string> Hashes = fingerprints(R.Findings);
  for (auto [F, Hash] : zip_equal(R.Findings, Hashes))
    if (F.isOpen())
      Issues.push_back(issue(F.From->Id, F.Message, Hash,
                             Severities[static_cast<unsigned>(F.Weight)],
                             F.Where, R.Root));
  write(Issues, OS);
}

} // namespace async_tidy
