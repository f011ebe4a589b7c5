//===- Check.cpp - From rules and a program to findings -------------------===//
//
// Runs the selected rules, keeps what the level asks for, and puts the findings
// into an order that does not depend on that of units or functions.
//
//===----------------------------------------------------------------------===//

#include "rules/Rule.h"
#include <set>
#include <tuple>

namespace async_tidy {

Finding &FindingSink::operator()(Location Where, std::string Message,
                                 llvm::StringRef Subject) {
  Finding &F = Out.emplace_back();
  F.From = &From;
  F.Where = std::move(Where);
  F.Message = std::move(Message);
  F.Subject = Subject.str();
  F.Function = In.Name.str();
  return F;
}

bool holdsComment(llvm::StringRef Replaced) {
  return Replaced.contains("//") || Replaced.contains("/*");
}

/// What the rules that judge suppressions have to say. Only a comment that
/// names them exactly silences them: one that silences all rules would silence
/// what is said of itself.
static std::vector<Finding> checkDirectives(const Program &P,
                                            const Selection &What,
                                            llvm::ArrayRef<RulePlace> Places) {
  const FunctionFacts Nowhere;
  std::vector<Finding> Found;
  std::vector<DirectiveUse> Uses;
  for (const Rule *R : What.Rules) {
    if (!R->CheckDirective)
      continue;
    if (Uses.empty())
      Uses = directiveUses(P, What, Places);
    const RuleOptions Options(*R, What.CheckOptions);
    FindingSink Report(*R, Nowhere, Found);
    for (const DirectiveUse &Use : Uses)
      R->CheckDirective(Use, Options, Report);
  }
  suppressByName(P, Found);
  return Found;
}

std::vector<Finding> check(const Program &P, const Selection &What) {
  const auto IsHeard = [&](const Rule *R, Level Least) {
    return std::max(R->Shown, Least) <= What.Wanted ||
           llvm::is_contained(What.Named, R);
  };
  const auto IsShown = [&](const Finding &F) {
    return IsHeard(F.From, F.Shown) &&
           llvm::none_of(What.Rules, [&](const Rule *R) {
             return R->Id == F.Unless.Rule && IsHeard(R, F.Unless.Shown);
           });
  };
  std::vector<Finding> All;
  std::vector<RulePlace> Places;
  for (const Rule *R : What.Rules) {
    if (!R->Check)
      continue;
    const RuleOptions Options(*R, What.CheckOptions);
    const FunctionFacts *Last = nullptr;
    std::set<Location> Told; // of other readings of the same function
    for (const FunctionFacts *F : P.functions()) {
      if (!What.OnlyIn.empty() && F->Where.File != What.OnlyIn)
        continue;
      if (!Last || Last->Where != F->Where || Last->Id != F->Id)
        Told.clear();
      Last = F;
      std::vector<Finding> Own;
      FindingSink Report(*R, *F, Own);
      R->Check(*F, P, Options, Report);
      for (const Finding &X : Own)
        Places.emplace_back(R, X.Where);
      llvm::erase_if(Own, [&](const Finding &X) {
        return !IsShown(X) || Told.count(X.Where);
      });
      for (Finding &X : Own) {
        Told.insert(X.Where);
        All.push_back(std::move(X));
      }
    }
  }

  // Instances of one template say the same thing at the same place: the first
  // in the program's order speaks for all.
  std::map<std::tuple<Location, llvm::StringRef, std::string>, Finding> Shown;
  for (Finding &F : All)
    Shown.try_emplace({F.Where, F.From->Id, F.Message}, std::move(F));

  std::vector<Finding> Findings;
  for (auto &[Key, F] : Shown)
    Findings.push_back(std::move(F));
  suppress(P, Findings);
  for (Finding &F : checkDirectives(P, What, Places))
    if (IsShown(F))
      Findings.push_back(std::move(F));
  llvm::sort(Findings, [](const Finding &A, const Finding &B) {
    return std::tie(A.Where, A.From->Id, A.Message) <
           std::tie(B.Where, B.From->Id, B.Message);
  });
  return Findings;
}

} // namespace async_tidy
