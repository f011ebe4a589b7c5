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
#include <map>
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
static bool names(StringRef Checks, StringRef Id, bool Exactly) {
  return llvm::any_of(parseGlobs(Checks), [&](const Glob &G) {
    return G.Positive && (Exactly ? G.Pattern == Id : G.matches(Id));
  });
}

static void suppress(const Program &P, std::vector<Finding> &Findings,
                     bool Exactly) {
  if (Findings.empty())
    return;
  const DirectiveCoverage Coverage = coverageOf(P);
  for (Finding &F : Findings)
    for (const SuppressionDirective *D : Coverage.at(F.Where)) {
      if (!names(D->Checks, F.From->Id, Exactly))
        continue;
      F.Suppressed = true;
      if (F.Justification.empty())
        F.Justification = D->Reason;
    }
}

void suppress(const Program &P, std::vector<Finding> &Findings) {
  suppress(P, Findings, /*Exactly=*/false);
}

void suppressByName(const Program &P, std::vector<Finding> &Findings) {
  suppress(P, Findings, /*Exactly=*/true);
}

/// The rules that \p Pattern of a list means, but for those that judge lists.
static std::vector<const Rule *> rulesOf(StringRef Pattern) {
  std::vector<const Rule *> Rules;
  for (const Rule *R : allRules())
    if (!R->CheckDirective && Glob{Pattern}.matches(R->Id))
      Rules.push_back(R);
  return Rules;
}

/// Whether \p Pattern means a rule that judges lists, and no other one.
static bool meansTheJudge(StringRef Pattern) {
  const Rule *R = findRule(Pattern);
  return R && R->CheckDirective;
}

std::vector<DirectiveUse> directiveUses(const Program &P, const Selection &What,
                                        llvm::ArrayRef<RulePlace> All) {
  using State = DirectiveUse::State;
  const DirectiveCoverage Coverage = coverageOf(P);
  // By the place of the comment, which may be in the text of a macro.
  std::map<Location, std::set<const Rule *>> Found;
  for (const auto &[R, Where] : All)
    for (const SuppressionDirective *D : Coverage.at(Where))
      Found[D->written()].insert(R);

  const auto Judge = [&](const SuppressionDirective &D, StringRef Pattern) {
    const std::vector<const Rule *> Named = rulesOf(Pattern);
    if (Named.empty())
      return State::NoSuchRule;
    const std::set<const Rule *> &There = Found[D.Where];
    if (llvm::any_of(Named, [&](const Rule *R) { return There.count(R); }))
      return State::Used;
    const bool AllRan = llvm::all_of(Named, [&](const Rule *R) {
      return llvm::is_contained(What.Rules, R);
    });
    return What.Complete && AllRan ? State::Unused : State::NotJudged;
  };

  std::set<Location> Partners;
  for (const SuppressionDirective *D : Coverage.all())
    Partners.insert(D->Where);
  std::map<Location, DirectiveUse> Uses; // a header's once
  for (const TranslationUnitFacts &Unit : P.units())
    for (const SuppressionDirective &D : Unit.Directives) {
      // Blocks without a partner are told elsewhere.
      if (D.What == SuppressionDirective::Kind::Expansion ||
          D.What == SuppressionDirective::Kind::End ||
          !Partners.count(D.Where) || Uses.count(D.Where))
        continue;
      DirectiveUse Use{&D, {}};
      for (const Glob &G : parseGlobs(D.Checks))
        if (G.Positive && G.Pattern.starts_with("async") &&
            !meansTheJudge(G.Pattern))
          Use.Items.push_back({G.Pattern, Judge(D, G.Pattern)});
      if (!Use.Items.empty())
        Uses.emplace(D.Where, std::move(Use));
    }
  std::vector<DirectiveUse> Result;
  for (auto &[Where, Use] : Uses)
    Result.push_back(std::move(Use));
  return Result;
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
