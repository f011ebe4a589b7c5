//===- Listing.cpp - Commands and options as people see them --------------===//

#include "cli/Listing.h"
#include "driver/Metrics.h"
#include "report/Report.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include <tuple>

using namespace llvm;

namespace async_tidy::cli {

static std::vector<std::string> ruleNames(StringRef After) {
  std::vector<std::string> Names;
  for (const Rule *R : allRules())
    Names.push_back((R->Id + After).str());
  return Names;
}

/// What an option's value can be, by what `--help` calls it.
static std::vector<std::string> valuesOf(StringRef MetaVar) {
  std::vector<std::string> Values;
  if (MetaVar == "LEVEL")
    return {"default", "strict", "hint"};
  if (MetaVar == "SEVERITY")
    return {"error", "warning", "note", "never"};
  if (MetaVar == "WHEN")
    return {"auto", "always", "never"};
  if (MetaVar == "SYSTEM")
    return {"github", "gitlab", "jenkins", "none"};
  if (MetaVar == "GLOBS")
    return ruleNames("");
  if (MetaVar == "RULE=N")
    return ruleNames("=");
  if (MetaVar == "METRIC=PERCENT")
    for (const Metric &M : allMetrics())
      Values.push_back((M.Name + "=").str());
  if (MetaVar == "FORMAT[:FILE]")
    for (const Format &F : formats())
      Values.push_back(F.Name.str());
  return Values;
}

std::vector<ShownOption> shownOptions(unsigned Commands) {
  const opt::OptTable &Table = optionTable();
  std::vector<ShownOption> Result;
  for (unsigned Id = 1; Id <= Table.getNumOptions(); ++Id) {
    const opt::Option O = Table.getOption(Id);
    const char *Help = Table.getOptionHelpText(Id);
    if (O.getKind() == opt::Option::GroupClass || !Help ||
        O.hasFlag(opt::HelpHidden) || !O.hasVisibilityFlag(Commands))
      continue;
    ShownOption S;
    S.Name = Table.getOptionPrefixedName(Id).rtrim('=').str();
    if (S.Name.size() == 2)
      S.Name = "-" + S.Name.substr(1);
    S.Help = Help;
    if (const char *Meta = Table.getOptionMetaVar(Id))
      S.MetaVar = StringRef(Meta).trim().str();
    if (Table.getOptionPrefixedName(Id).ends_with("="))
      S.Separator = '=';
    if (const opt::Option Group = O.getGroup(); Group.isValid())
      S.Group = Table.getOptionHelpText(Group.getID());
    S.Values = valuesOf(S.MetaVar);
    S.Takes = StringSwitch<ShownOption::Paths>(S.MetaVar)
                  .Case("FILE", ShownOption::Paths::Files)
                  .Case("DIR", ShownOption::Paths::Folders)
                  .Default(ShownOption::Paths::None);
    Result.push_back(std::move(S));
  }
  llvm::sort(Result, [](const ShownOption &A, const ShownOption &B) {
    return std::tie(A.Group, A.Name) < std::tie(B.Group, B.Name);
  });
  return Result;
}

std::vector<Command> shownCommands() {
  std::vector<Command> Shown;
  copy_if(allCommands(), std::back_inserter(Shown),
          [](const Command &C) { return !C.Hidden; });
  return Shown;
}

std::vector<std::string> namesFor(const Command &C) {
  switch (C.Takes) {
  case Command::Names::Rules:
    return ruleNames("");
  case Command::Names::Shells:
    return {"bash", "zsh", "fish"};
  case Command::Names::Files:
  case Command::Names::Nothing:
    return {};
  }
  return {};
}

} // namespace async_tidy::cli
