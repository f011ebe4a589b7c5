//===- Rules.cpp - async-tidy rules: list the rules -----------------------===//

#include "cli/Commands.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"
#include <nlohmann/json.hpp>

using namespace llvm;

namespace async_tidy::cli {

void printAsJson(ArrayRef<const Rule *> Rules, bool WithPage) {
  auto All = nlohmann::ordered_json::array();
  for (const Rule *R : Rules) {
    nlohmann::ordered_json J = {{"id", R->Id.str()},
                                {"group", R->Group.str()},
                                {"level", nameOf(R->Shown).str()},
                                {"since", R->Since.str()},
                                {"summary", R->Summary.str()},
                                {"page", pageUri(*R)}};
    J["options"] = nlohmann::ordered_json::array();
    for (const RuleOption &O : R->Options)
      J["options"].push_back({{"name", (R->Id + "." + O.Name).str()},
                              {"default", O.Default.str()},
                              {"help", O.Help.str()}});
    if (WithPage)
      J["text"] = documentation(*R).str();
    All.push_back(std::move(J));
  }
  outs() << All.dump(2) << '\n';
}

int runRules(const Arguments &A) {
  if (!A.Names.empty())
    return fail(createStringError(
        inconvertibleErrorCode(),
        "`rules` takes no names; did you mean `async-tidy explain " +
            A.Names.front() + "`?"));
  if (A.Options.hasArg(OPT_json)) {
    printAsJson(allRules(), /*WithPage=*/false);
    return Clean;
  }
  size_t Width = 0;
  for (const Rule *R : allRules())
    Width = std::max(Width, R->Id.size());
  for (const Rule *R : allRules())
    outs() << formatv("{0}  {1,-8} {2}\n", left_justify(R->Id, Width),
                      nameOf(R->Shown), R->Summary);
  return Clean;
}

} // namespace async_tidy::cli
