//===- GitHubSummary.cpp - A page for the summary of a step ---------------===//
//
// Markdown for $GITHUB_STEP_SUMMARY. GitHub refuses a summary of more than one
// MiB altogether, so the gravest findings are told and the rest is counted.
//
// Whatever comes from outside is written with each of its punctuation marks as
// a character reference: nothing in it can be Markdown or HTML.
//
//===----------------------------------------------------------------------===//

#include "report/Characters.h"
#include "report/Report.h"
#include "report/Words.h"
#include "llvm/ADT/StringExtras.h"
#include <map>

using namespace llvm;

namespace async_tidy {

static constexpr unsigned MostFindingsTold = 100, MostUnitsTold = 20,
                          MostStepsTold = 20;
static constexpr size_t MostBytes = 1000 << 10, MostBytesOfText = 2000;

static std::string markdown(StringRef Text) {
  std::string Escaped;
  for (char C : forTerminal(Text.take_front(MostBytesOfText))) {
    if (isPunct(C))
      Escaped += "&#" + std::to_string(C) + ";";
    else
      Escaped += C;
  }
  return Escaped + (Text.size() > MostBytesOfText ? "..." : "");
}

/// A message: what stands in backticks is code.
static std::string prose(StringRef Text) {
  SmallVector<StringRef> Parts;
  Text.split(Parts, '`');
  if (Parts.size() % 2 == 0)
    return markdown(Text);
  std::string Shown;
  for (auto [I, Part] : enumerate(Parts))
    Shown += I % 2 && !Part.empty() ? "<code>" + markdown(Part) + "</code>"
                                    : markdown(Part);
  return Shown;
}

static std::string heading(const Report &R) {
  Tally All{};
  for (const Finding *F : shownFindings(R))
    ++All[static_cast<unsigned>(F->Weight)];
  const std::string Counts = inWords(All);
  std::string Text = "## async-tidy: ";
  if (R.Analysed.empty() && !R.NotAnalysed.empty())
    Text += "nothing was analysed";
  else
    Text += Counts.empty() ? "no findings" : Counts;
  const size_t Seen = R.Analysed.size() + R.NotAnalysed.size();
  return Text + "\n\n" + std::to_string(R.Analysed.size()) + " of " +
         plural(Seen, "unit") + " analysed, " + plural(R.Rules.size(), "rule") +
         " at level " + nameOf(R.Shown).str() + ", async-tidy " +
         markdown(R.Version) + "\n";
}

static std::string units(const Report &R) {
  if (R.NotAnalysed.empty())
    return "";
  std::string Text =
      "\n### " + plural(R.NotAnalysed.size(), "unit") + " not analysed\n\n";
  const std::vector<UnitNotAnalysed> Units = sortedUnits(R);
  for (const UnitNotAnalysed &U : ArrayRef(Units).take_front(MostUnitsTold))
    Text += "- " + markdown(inWords(U, R.Root)) + "\n";
  if (R.NotAnalysed.size() > MostUnitsTold)
    Text += "- and " + std::to_string(R.NotAnalysed.size() - MostUnitsTold) +
            " more\n";
  return Text;
}

/// Why the run fails although its findings alone would not say so.
static std::string failures(const Report &R) {
  std::string Text;
  for (const std::string &Why : R.Failures)
    Text += "\n**Failed**: " + markdown(Why) + "\n";
  return Text;
}

static std::string metrics(const Report &R) {
  if (R.Metrics.empty())
    return "";
  std::string Text = "\n| metric | as it should be |\n|---|---|\n";
  for (const Metric &M : R.Metrics)
    Text +=
        "| " + markdown(M.Title) + " | " + markdown(shownMetric(M)) + " |\n";
  return Text;
}

static std::string rules(const Report &R) {
  std::map<StringRef, std::pair<Tally, const Rule *>> ByRule;
  for (const Finding *F : shownFindings(R)) {
    auto &[Counts, From] = ByRule[F->From->Id];
    ++Counts[static_cast<unsigned>(F->Weight)];
    From = F->From;
  }
  if (ByRule.empty())
    return "";
  std::string Text = "\n| rule | findings | what it reports |\n|---|---|---|\n";
  for (const auto &[Id, Found] : ByRule)
    Text += "| [" + Id.str() + "](" + pageUri(*Found.second) + ") | " +
            inWords(Found.first) + " | " + prose(Found.second->Summary) +
            " |\n";
  return Text;
}

static std::string finding(const Finding &F, StringRef Root) {
  std::string Text = "- **" + nameOf(F.Weight).str() + "** <code>" +
                     markdown(placeInWords(F.Where, Root)) + "</code> " +
                     prose(F.Message) + " [" + F.From->Id.str() + "](" +
                     pageUri(*F.From) + ")\n";
  const std::vector<std::string> Steps = stepsInWords(F, Root);
  for (StringRef Line : ArrayRef(Steps).take_front(MostStepsTold))
    Text += "  <br>" + prose(Line) + "\n";
  if (Steps.size() > MostStepsTold)
    Text +=
        "  <br>and " + plural(Steps.size() - MostStepsTold, "step") + " more\n";
  return Text;
}

void printGitHubSummary(const Report &R, raw_ostream &OS) {
  std::string Text =
      heading(R) + failures(R) + units(R) + metrics(R) + rules(R);
  const std::vector<const Finding *> Findings = gravestFirst(R);
  if (!Findings.empty())
    Text += "\n### Findings\n\n";
  size_t Told = 0;
  for (const Finding *F : ArrayRef(Findings).take_front(MostFindingsTold)) {
    const std::string Item = finding(*F, R.Root);
    if (Text.size() + Item.size() > MostBytes)
      break;
    Text += Item;
    ++Told;
  }
  if (Told < Findings.size())
    Text += "- and " + std::to_string(Findings.size() - Told) + " more\n";
  for (const std::string &Note : R.Notes)
    Text += "\nNote: " + markdown(Note) + "\n";
  OS << Text;
}

} // namespace async_tidy
