//===- async-sync-wait.cpp ------------------------------------------------===//
//
// Waiting synchronously for asynchronous work holds the thread that the work
// may need: at best a stall, at worst a deadlock.
//
//===----------------------------------------------------------------------===//

#include "rules/Bodies.h"
#include "rules/Phrases.h"
#include "rules/Rule.h"

namespace async_tidy {

/// A lock is held at \p Call: awaiting there would keep it across a suspension.
static bool isUnderLock(const FunctionFacts &F, const CallSite &Call,
                        const Program &P) {
  const unsigned Index = &Call - F.Calls.data();
  return llvm::any_of(P.heldLocks(F), [&](const HeldLock &L) {
    return llvm::is_contained(L.Calls, Index);
  });
}

/// `sync_wait(work())` becomes `co_await work()`, where the one thing given is
/// a task that a coroutine can await.
static void offerAwait(const FunctionFacts &F, const CallSite &Call,
                       const Program &P, Finding &Out) {
  const bool OneTask = Call.Object.Type.empty() && Call.Arguments.size() == 1 &&
                       P.models().task(Call.Arguments.front().Type);
  if (!F.IsCoroutine || !OneTask || !Call.Begin.isValid() ||
      !Call.GivenBegin.isValid() || !Call.End.isValid() || !mayAwaitAt(F, Call))
    return;
  Out.Fixes.push_back({"await the task",
                       {{Call.Begin, Call.GivenBegin, "co_await "},
                        {Call.GivenEnd, Call.End, ""}},
                       /*Safe=*/!isUnderLock(F, Call, P)});
}

/// Reports each synchronous wait on an async path.
static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  const Context &In = P.context(F);
  if (!In.isAsync() || isNonblocking(F, P.models()))
    return;
  for (const CallSite &Call : F.Calls) {
    if (P.isExcused(F, Call))
      continue;
    std::optional<BlockingPath> Path =
        P.blockingPath(F, Call, {Tier::Waits, Tier::FileIO});
    if (!Path || Path->Kind != BlockingKind::SyncWait)
      continue;
    std::string Text = whoRuns(F, In) + " waits synchronously: `";
    if (Path->Steps.empty())
      Text += Path->LeafName + "` " + Path->Leaf->Why;
    else
      Text += Call.CalleeName + "` reaches `" + Path->LeafName + "`, which " +
              Path->Leaf->Why;
    const std::string Instead = P.replacement(F, *Path->Leaf);
    if (Call.Kind == CallKind::Destroy)
      Text += "; await what ends it before it is destroyed";
    else
      Text += !Instead.empty() ? insteadOf(Instead)
              : F.IsCoroutine  ? "; use `co_await` instead"
                               : "; continue in a callback instead";
    Finding &Out = Report(Call.Where, std::move(Text),
                          Call.CalleeName + " -> " + Path->LeafName);
    Out.because(evidence(In, *Path));
    Out.Weight = Path->Leaf->Weight;
    if (Path->Doubtful)
      Out.Shown = Level::Strict;
    weaken(In, Out);
    if (Path->Steps.empty())
      offerAwait(F, Call, P, Out);
  }
}

extern const Rule async_sync_wait = {
    .Id = "async-sync-wait",
    .Group = "blocking",
    .Summary = "Code on an async path waits synchronously for async work.",
    .Since = "0.1",
    .Shown = Level::Default,
    .Check = check,
};

} // namespace async_tidy
