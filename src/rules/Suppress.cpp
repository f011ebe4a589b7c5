//===- Suppress.cpp - Findings that a comment silences --------------------===//
//
// Judges NOLINT comments after linking, from the directives that the facts
// hold: a finding may lie in another unit than the one that shows it. In
// clang-tidy and clangd this is their own business.
//
//===----------------------------------------------------------------------===//

#include "facts/Directives.h"
#include "rules/Globs.h"
#include "rules/Rule.h"
#include <set>

using llvm::StringRef;

namespace async_tidy {

static DirectiveCoverage coverageOf(const Program &P) {
  std::vector<SuppressionDirective> All;
  for (const TranslationUnitFacts &Unit : P.units())
    llvm::append_range(All, Unit.Directives);
  return DirectiveCoverage(std::move(All));
}

/// Whether NOLINT's list \p Checks names \p Id. Nothing can be taken out of
/// such a list: clang-tidy passes over what begins with `-`.
static bool names(StringRef Checks, StringRef Id) {
  return llvm::any_of(parseGlobs(Checks), [&](const Glob &G) {
    return G.Positive && G.matches(Id);
  });
}

void suppress(const Program &P, std::vector<Finding> &Findings) {
  const DirectiveCoverage Coverage = coverageOf(P);
  for (Finding &F : Findings)
    for (const SuppressionDirective *D : Coverage.at(F.Where)) {
      if (!names(D->Checks, F.From->Id))
        continue;
      F.Suppressed = true;
      if (F.Justification.empty())
        F.Justification = D->Reason;
    }
}

std::vector<Diagnostic> directiveErrors(const Program &P) {
  const DirectiveCoverage Coverage = coverageOf(P);
  std::set<StringRef> Files;
  for (const TranslationUnitFacts &Unit : P.units())
    for (const SuppressionDirective &D : Unit.Directives)
      Files.insert(D.Where.File);

  std::vector<Diagnostic> Errors;
  for (StringRef File : Files)
    for (const SuppressionDirective &D : Coverage.unmatched(File))
      Errors.push_back(
          {D.Where,
           D.What == SuppressionDirective::Kind::Begin
               ? "unmatched 'NOLINTBEGIN' comment without a subsequent "
                 "'NOLINTEND' comment"
               : "unmatched 'NOLINTEND' comment without a previous "
                 "'NOLINTBEGIN' comment"});
  return Errors;
}

} // namespace async_tidy
