//===- async-retry-without-backoff.cpp ------------------------------------===//
//
// What has just failed will fail again at once: a loop that only tries again
// hammers whatever is down, and keeps its own thread busy with it.
//
//===----------------------------------------------------------------------===//

#include "rules/Phrases.h"
#include "rules/Rule.h"
#include "rules/Tries.h"

namespace async_tidy {
/// The function that handed \p F over as a handler and that \p F calls again as
/// soon as it is told of an error; null if it does not.
static const CallSite *callsAgain(const FunctionFacts &F, const Program &P) {
  if (!F.IsLambda || F.IsCoroutine || F.Parent.empty())
    return nullptr;
  const auto Error = llvm::find_if(F.Parameters, [](const Parameter &A) {
    return llvm::StringRef(A.Type).contains("error_code");
  });
  if (Error == F.Parameters.end() ||
      !llvm::all_of(F.Comparisons,
                    [](const Comparison &C) { return C.Reads.empty(); }))
    return nullptr;
  const FlowOf Flow(F);
  auto Waits = [&](int B) {
    return llvm::any_of(F.Flow[B].Events, [&](const Event &E) {
      return E.What == Event::Kind::Call && delays(F, P, F.Calls[E.Index], 1);
    });
  };
  for (unsigned I = 0; I != F.Calls.size(); ++I) {
    const FunctionFacts *Again = P.callee(F, F.Calls[I]);
    if (!Again || Again->Id != F.Parent || Again->Loops.size() != 0)
      continue;
    // What was handed over waits for nothing before it fails.
    const bool Timer = llvm::any_of(Again->Calls, [&](const CallSite &C) {
      return delays(*Again, P, C, 1);
    });
    const int Here = Flow.ofCall(static_cast<int>(I));
    if (Timer || Here < 0)
      continue;
    for (const Block &B : F.Flow) {
      if (!B.Test || B.Successors.size() != 2)
        continue;
      const ObjectPath &Asked =
          B.Test->Call >= 0 ? F.Calls[B.Test->Call].Object.Path : B.Test->Path;
      if (Asked != Error->Name || !B.Test->Equals.empty())
        continue;
      const unsigned Bad = B.Test->Negated ? 1 : 0;
      if (Flow.reaches(B.Successors[Bad], Here, Waits) &&
          !Flow.reaches(B.Successors[1 - Bad], Here, [](int) { return false; }))
        return &F.Calls[I];
    }
  }
  return nullptr;
}

static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  const Context &In = P.context(F);
  if (!In.isAsync())
    return;
  if (const CallSite *Again = callsAgain(F, P)) {
    Finding &Out =
        Report(Again->Where,
               whoRuns(F, In) + " calls `" + Again->CalleeName +
                   "` again as soon as it is told of an error, any number of "
                   "times; wait before, longer each time, or count the tries",
               Again->CalleeName);
    Out.because({{In.HandedOver, "handed over here"}});
    if (!In.HandedOver.isValid())
      Out.Steps.clear();
  }
  for (int L = 0; L != static_cast<int>(F.Loops.size()); ++L) {
    const CallSite *Tried = Tries(F, P, L).operation();
    if (!Tried)
      continue;
    Finding &Out = Report(
        F.Loops[L].Where,
        whoRuns(F, In) + " tries `" + Tried->CalleeName +
            "` again as soon as it has failed, any number of times; wait "
            "between tries, longer each time, or count them",
        Tried->CalleeName);
    Out.because({{Tried->Where, "tried here"}});
    weaken(In, Out);
  }
}

extern const Rule async_retry_without_backoff = {
    .Id = "async-retry-without-backoff",
    .Group = "cancellation",
    .Summary = "A loop tries again what failed, at once and without end.",
    .Since = "0.1",
    .Shown = Level::Default,
    .Check = check,
};

} // namespace async_tidy
