//===- LookedAt.cpp - What a run can tell the absence of ------------------===//

#include "driver/LookedAt.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace async_tidy {

LookedAt::LookedAt(Session &S, const ParsedUnits &Parsed)
    : S(S), Shows(findingsFilter(S)) {
  std::set<std::string> Asked;
  for (const CompileJob &Job : S.Selected.Jobs)
    Asked.insert(Job.File);
  AllAsked = S.Linked ? S.Whole
                      : all_of(S.Database.jobs(), [&](const CompileJob &Job) {
                          return Asked.count(Job.File);
                        });
  // Flags without a list of files do not say what else there is.
  Everything = AllAsked && (S.Linked || S.Database.namesFiles()) &&
               Parsed.NotAnalysed.empty();
  const std::set<std::string> Complete(Parsed.Analysed.begin(),
                                       Parsed.Analysed.end());
  for (const TranslationUnitFacts &Unit : Parsed.Units)
    if (Complete.count(Unit.MainFile)) {
      Files.insert(Unit.MainFile);
      Files.insert(Unit.Files.begin(), Unit.Files.end());
    }
}

Expected<bool> LookedAt::wouldFind(const Rule &R, Level L,
                                   ArrayRef<std::string> Of) const {
  if (!AllAsked || Of.empty())
    return false;
  if (!Everything &&
      any_of(Of, [&](const std::string &File) { return !Files.count(File); }))
    return false;
  auto C = S.Configuration.of(Of.front());
  if (!C)
    return C.takeError();
  const Selection What = (*C)->selection();
  if (!is_contained(What.Rules, &R) ||
      (L > What.Wanted && !is_contained(What.Named, &R)))
    return false;
  // What is gone counts as a main file: no header filter speaks of it.
  return Shows.judge(Of.front(), !Files.count(Of.front()), **C) ==
         Verdict::Show;
}

} // namespace async_tidy
