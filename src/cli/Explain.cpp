//===- Explain.cpp - async-tidy explain: the page of a rule ---------------===//

#include "cli/Commands.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace async_tidy::cli {

int runExplain(const Arguments &A) {
  if (A.Names.empty())
    return fail(createStringError(inconvertibleErrorCode(),
                                  "which rule? `async-tidy rules` lists them"));
  std::vector<const Rule *> Rules;
  for (const std::string &Name : A.Names) {
    const Rule *R = findRule(Name);
    if (!R) // the prefix is easily forgotten
      R = findRule("async-" + Name);
    if (!R) {
      StringRef Nearest;
      unsigned Best = 4;
      for (const Rule *Other : allRules())
        if (unsigned D = Other->Id.edit_distance(Name, true, Best); D < Best)
          Best = D, Nearest = Other->Id;
      return fail(createStringError(
          inconvertibleErrorCode(),
          "there is no rule " + Name +
              (Nearest.empty() ? std::string("; `async-tidy rules` lists them")
                               : "; did you mean " + Nearest.str() + "?")));
    }
    Rules.push_back(R);
  }
  if (A.Options.hasArg(OPT_json)) {
    printAsJson(Rules, /*WithPage=*/true);
    return Clean;
  }
  for (const Rule *R : Rules)
    outs() << documentation(*R)
           << (documentation(*R).ends_with("\n") ? "" : "\n");
  return Clean;
}

} // namespace async_tidy::cli
