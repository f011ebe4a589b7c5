//===- Words.cpp - What several formats say in the same words -------------===//

#include "report/Words.h"
#include "report/Characters.h"
#include "report/Source.h"

using namespace llvm;

namespace async_tidy {

std::vector<const Finding *> shownFindings(const Report &R) {
  std::vector<const Finding *> Shown;
  for (const Finding &F : R.Findings)
    if (F.isOpen())
      Shown.push_back(&F);
  return Shown;
}

std::vector<const Finding *> gravestFirst(const Report &R) {
  std::vector<const Finding *> Sorted;
  for (Severity S : {Severity::Error, Severity::Warning, Severity::Note})
    for (const Finding *F : shownFindings(R))
      if (F->Weight == S)
        Sorted.push_back(F);
  return Sorted;
}

std::vector<UnitNotAnalysed> sortedUnits(const Report &R) {
  std::vector<UnitNotAnalysed> Units = R.NotAnalysed;
  llvm::sort(Units);
  return Units;
}

Location placeOf(const UnitNotAnalysed &U) {
  return U.Where.File.empty() ? Location{U.File} : U.Where;
}

Severity weightOf(const UnitNotAnalysed &U) {
  return U.Allowed ? Severity::Warning : Severity::Error;
}

std::string inWords(const UnitNotAnalysed &U, StringRef Root) {
  return shownPath(U.File, Root) +
         (U.InPart ? " was analysed in part: " : " was not analysed: ") +
         U.Reason;
}

std::string placeInWords(const Location &Where, StringRef Root) {
  std::string Path = forTerminal(shownPath(Where.File, Root));
  if (Where.isValid())
    Path +=
        ":" + std::to_string(Where.Line) + ":" + std::to_string(Where.Column);
  return Path;
}

std::vector<std::string> stepsInWords(const Finding &F, StringRef Root) {
  std::vector<std::string> Lines;
  for (const Step &S : F.Steps) {
    std::string Line = std::to_string(Lines.size() + 1) + ". ";
    if (!S.Where.File.empty())
      Line += placeInWords(S.Where, Root) + ": ";
    Lines.push_back(Line + forTerminal(S.Text));
  }
  return Lines;
}

std::string inWords(const Tally &T) {
  std::string Text;
  for (Severity S : {Severity::Error, Severity::Warning, Severity::Note})
    if (unsigned N = T[static_cast<unsigned>(S)])
      Text += (Text.empty() ? "" : ", ") + plural(N, nameOf(S));
  return Text;
}

} // namespace async_tidy
