//===- Report.cpp - The formats, and the words they share -----------------===//
//
// The table that `--output` is looked up in, and what the formats call things.
// Each format has a file of its own.
//
//===----------------------------------------------------------------------===//

#include "report/Report.h"
#include "llvm/Support/FormatVariadic.h"
#include <cmath>

using namespace llvm;

namespace async_tidy {

#ifndef ASYNC_TIDY_HOMEPAGE
#define ASYNC_TIDY_HOMEPAGE "https://async-tidy.invalid"
#endif

ArrayRef<Format> formats() {
  static constexpr Format Formats[] = {
      {"text", "code frames, paths and a summary, for people", printText},
      {"json", "everything, for scripts", printJson},
      {"sarif", "SARIF 2.1.0, for code scanning services and editors",
       printSarif},
      {"html", "one file for a browser, with all paths and a graph", printHtml},
      {"github", "annotations, on standard output of a GitHub workflow",
       printGitHub},
      {"github-summary", "Markdown, for $GITHUB_STEP_SUMMARY",
       printGitHubSummary},
      {"gitlab", "GitLab Code Quality", printGitLab},
      {"checkstyle", "XML that many services read", printCheckstyle},
      {"junit", "XML, for Jenkins and what else reads results of tests",
       printJUnit},
      {"rdjsonl", "a line of JSON each, for reviewdog", printReviewdog},
      {"sonarqube", "JSON, for SonarQube's import of generic issues",
       printSonarQube},
      {"export-fixes", "YAML, as clang-tidy --export-fixes writes it",
       printExportFixes},
  };
  return Formats;
}

const Format *findFormat(StringRef Name) {
  const auto *Found =
      find_if(formats(), [&](const Format &F) { return F.Name == Name; });
  return Found == formats().end() ? nullptr : Found;
}

std::string plural(size_t N, StringRef What) {
  std::string Text = (Twine(N) + " " + What).str();
  if (N == 1)
    return Text;
  if (What.ends_with("y"))
    Text.replace(Text.size() - 1, 1, "ies");
  else
    Text += What.ends_with("x") ? "es" : "s";
  return Text;
}

std::string shownMetric(const Metric &M) {
  const std::optional<double> Percent = M.percent();
  if (!Percent)
    return "not measured";
  // 99.96 is not all of them.
  return formatv("{0} of {1} ({2:F1} %)", M.Good, M.total(),
                 std::floor(*Percent * 10) / 10)
      .str();
}

StringRef nameOf(Severity S) {
  static constexpr StringLiteral Names[] = {"note", "warning", "error"};
  return Names[static_cast<unsigned>(S)];
}

StringRef nameOf(Level L) {
  static constexpr StringLiteral Names[] = {"default", "strict", "hint"};
  return Names[static_cast<unsigned>(L)];
}

StringRef nameOf(BaselineState S) {
  static constexpr StringLiteral Names[] = {"", "new", "unchanged"};
  return Names[static_cast<unsigned>(S)];
}

StringRef homepage() { return ASYNC_TIDY_HOMEPAGE; }

std::string pageUri(const Rule &R) {
  return (homepage() + "/rules/" + R.Id).str();
}

} // namespace async_tidy
