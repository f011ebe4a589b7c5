//===- DirectivesInMacros.cpp - NOLINT in the text of a macro -------------===//
//
// See Directives.h. A fact keeps only the place at which a macro is used, so a
// comment in the macro's text is carried over to there while Clang still knows
// where the text came from.
//
//===----------------------------------------------------------------------===//

#include "facts/Directives.h"
#include "clang/Basic/SourceManager.h"
#include <set>

using namespace clang;

namespace async_tidy {

std::vector<SuppressionDirective>
directivesInMacros(const SourceManager &SM,
                   llvm::ArrayRef<SourceLocation> Places,
                   llvm::ArrayRef<SuppressionDirective> Directives,
                   llvm::function_ref<Location(SourceLocation)> Where) {
  std::vector<SuppressionDirective> Carried;
  if (Directives.empty() || Places.empty())
    return Carried;
  const DirectiveCoverage Coverage(Directives);
  std::set<std::pair<Location, const SuppressionDirective *>> Seen;
  for (const SourceLocation Place : Places) {
    const Location Used = Where(Place);
    // From the token that the fact stands at outwards through the macros, as
    // clang-tidy does; the last step is the use itself.
    for (SourceLocation At = Place;;
         At = SM.getImmediateExpansionRange(At).getBegin()) {
      for (const SuppressionDirective *D :
           Coverage.at(Where(SM.getSpellingLoc(At))))
        if (Seen.emplace(Used, D).second)
          Carried.push_back({SuppressionDirective::Kind::Expansion, Used,
                             D->Checks, D->Reason, D->Where});
      if (!At.isMacroID())
        break;
    }
  }
  return Carried;
}

} // namespace async_tidy
