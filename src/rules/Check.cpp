//===- Check.cpp - From rules and a program to findings -------------------===//
//
// Runs the selected rules, keeps what the level asks for, and puts the findings
// into an order that does not depend on that of units or functions.
//
//===----------------------------------------------------------------------===//

#include "rules/Rule.h"
#include <tuple>

namespace async_tidy {

Finding &FindingSink::operator()(Location Where, std::string Message,
                                 std::string Subject) {
  Finding &F = Out.emplace_back();
  F.From = &From;
  F.Where = std::move(Where);
  F.Message = std::move(Message);
  F.Subject = std::move(Subject);
  F.Function = In.Name;
  return F;
}

std::vector<Finding> check(const Program &P, const Selection &What) {
  std::vector<Finding> All;
  for (const Rule *R : What.Rules) {
    const RuleOptions Options(*R, What.CheckOptions);
    for (const FunctionFacts *F : P.functions()) {
      FindingSink Report(*R, *F, All);
      R->Check(*F, P, Options, Report);
    }
  }

  // Instances of one template say the same thing at the same place: the first
  // in the program's order speaks for all.
  std::map<std::tuple<Location, llvm::StringRef, std::string>, Finding> Shown;
  for (const Finding &F : All)
    if (std::max(F.From->Shown, F.Shown) <= What.Wanted ||
        llvm::is_contained(What.Named, F.From))
      Shown.try_emplace({F.Where, F.From->Id, F.Message}, F);

  std::vector<Finding> Findings;
  for (auto &[Key, F] : Shown)
    Findings.push_back(std::move(F));
  suppress(P, Findings);
  return Findings;
}

} // namespace async_tidy
