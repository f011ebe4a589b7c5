//===- async-large-frame.cpp ----------------------------------------------===//
//
// What is alive over a suspension is part of the coroutine's frame, which is
// allocated for each call and kept as long as the coroutine waits.
//
//===----------------------------------------------------------------------===//

#include "rules/Alive.h"
#include "rules/Phrases.h"

namespace async_tidy {

static constexpr RuleOption Options[] = {
    {"Bytes", "16384", "How large a local must be to be reported."}};

/// Named after the suspension began, or in what is awaited: the end of what has
/// no destructor is not told.
static bool isNamedAfter(const FunctionFacts &F, const Variable &V,
                         const Suspension &S) {
  return llvm::any_of(F.Uses, [&](const Use &U) {
    return U.Name == V.Name && S.Where < U.Where;
  });
}

static void check(const FunctionFacts &F, const Program &P,
                  const RuleOptions &Set, FindingSink &Report) {
  uint64_t Least = 0;
  if (!F.IsCoroutine || Set.get("Bytes").getAsInteger(10, Least))
    return;
  if (llvm::none_of(F.Variables, [&](const Variable &V) {
        return V.Size >= Least && !V.Static && !V.Reference;
      }))
    return;
  const auto Alive = aliveAt(F, P);
  for (unsigned I = 0; I != F.Variables.size(); ++I) {
    const Variable &V = F.Variables[I];
    if (V.Size < Least || V.Static || V.Reference)
      continue;
    const auto At = llvm::find_if(Alive[I], [&](unsigned S) {
      return isNamedAfter(F, V, F.Suspensions[S]);
    });
    if (At == Alive[I].end())
      continue;
    Report(V.Where,
           "`" + V.Name + "` makes the frame of coroutine `" + F.Name + "` " +
               std::to_string(V.Size) +
               " bytes larger; allocate it separately, or end its scope before "
               "the suspension",
           V.Name)
        .because({{F.Suspensions[*At].Where, "alive at this suspension"}});
  }
}

extern const Rule async_large_frame = {
    .Id = "async-large-frame",
    .Group = "cost",
    .Summary = "A large local is alive over a suspension.",
    .Since = "0.1",
    .Shown = Level::Hint,
    .Check = check,
    .Options = Options,
};

} // namespace async_tidy
