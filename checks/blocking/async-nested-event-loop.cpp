//===- async-nested-event-loop.cpp ----------------------------------------===//
//
// A loop that runs inside a task runs other tasks in the middle of this one,
// and returns when somebody else says so.
//
//===----------------------------------------------------------------------===//

#include "rules/Phrases.h"
#include "rules/Rule.h"

namespace async_tidy {

/// Reports each call on an async path that runs an event loop.
static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  const Context &In = P.context(F);
  if (!In.isAsync())
    return;
  for (const CallSite &Call : F.Calls) {
    if (P.isExcused(F, Call))
      continue;
    std::optional<BlockingPath> Path =
        P.blockingPath(F, Call, {Tier::Waits, Tier::FileIO});
    if (!Path || Path->Kind != BlockingKind::NestedEventLoop)
      continue;
    std::string Text = whoRuns(F, In) + " runs an event loop inside its own: `";
    if (!Path->Steps.empty())
      Text += Call.CalleeName + "` reaches `";
    Text += Path->LeafName + "`";
    Finding &Out =
        Report(Call.Where, Text + insteadOf(P.replacement(F, *Path->Leaf)),
               Call.CalleeName + " -> " + Path->LeafName);
    Out.because(evidence(In, *Path));
    Out.Weight = Path->Leaf->Weight;
    weaken(In, Out);
  }
}

extern const Rule async_nested_event_loop = {
    .Id = "async-nested-event-loop",
    .Group = "blocking",
    .Summary = "Code on an async path runs an event loop inside its own.",
    .Since = "0.1",
    .Shown = Level::Default,
    .Check = check,
};

} // namespace async_tidy
