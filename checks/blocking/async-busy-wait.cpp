//===- async-busy-wait.cpp ------------------------------------------------===//
//
// A loop that does nothing but ask whether something has happened burns the
// thread, or wakes it again and again, for what an event would tell once.
//
//===----------------------------------------------------------------------===//

#include "rules/Bodies.h"
#include "rules/Phrases.h"
#include "rules/PollingLoops.h"
#include "rules/Rule.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace async_tidy {

/// The steps that show what \p In asks and how it lets time pass.
static void evidence(const PollingLoop &In, std::vector<Step> &Steps) {
  if (const CallSite *Asked = In.Poll    ? In.Poll
                              : In.Asked ? In.Asked
                                         : In.Clock)
    Steps.push_back({Asked->Where, "`" + Asked->CalleeName + "` only asks"});
  if (In.Pause)
    Steps.push_back({In.Pause->Where,
                     "`" + In.Pause->CalleeName + "` only lets time pass"});
}

/// Takes what it asks for, as a spin lock does: that is held as shortly as any
/// lock, and is no wait for an event.
static bool acquires(const FunctionFacts &F, const ModelSet &Models) {
  return llvm::any_of(F.Calls, [&](const CallSite &Call) {
    return Models.polls(Call.CalleeName) && !Call.Const &&
           !Call.Object.Type.empty();
  });
}

/// A loop that polls on its caller's thread, in \p F or in what it calls: what
/// it is made of, and in \p Steps the way to it. Only in a fibre may it
/// suspend.
static std::optional<PollingLoop>
spinsWithin(const FunctionFacts &F, const Program &P, bool Fiber,
            unsigned Depth, llvm::SmallPtrSetImpl<const FunctionFacts *> &Seen,
            std::vector<Step> &Steps) {
  if (!Seen.insert(&F).second || P.context(F).Kind != ContextKind::Plain ||
      F.IsCoroutine)
    return std::nullopt;
  std::optional<PollingLoops> Own;
  if (!F.Loops.empty() && !acquires(F, P.models()))
    Own.emplace(F, P);
  for (int L = 0; Own && L != static_cast<int>(F.Loops.size()); ++L)
    if (std::optional<PollingLoop> In = Own->polling(L);
        F.Loops[L].Parent < 0 && In && (Fiber || !In->Suspends) &&
        (In->Poll || In->Asked || !In->Clock) &&
        // A pause that blocks is reported as such.
        (In->Suspends || !In->Pause ||
         !P.blockingPath(F, *In->Pause, {Tier::Waits}))) {
      Steps.push_back({F.Loops[L].Where, "`" + F.Name + "` polls in a loop"});
      return In;
    }
  if (Depth == 0)
    return std::nullopt;
  for (const CallSite &Call : F.Calls)
    if (const FunctionFacts *Next = P.callee(F, Call)) {
      const size_t Before = Steps.size();
      if (std::optional<PollingLoop> In =
              spinsWithin(*Next, P, Fiber, Depth - 1, Seen, Steps)) {
        Steps.insert(
            Steps.begin() + Before,
            {Call.Where, "`" + F.Name + "` calls `" + Next->Name + "`"});
        return In;
      }
    }
  return std::nullopt;
}

/// Reports each loop on an async path that only asks and pauses, and each call
/// of a helper that does so on its caller's thread.
static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  const Context &In = P.context(F);
  if (!In.isAsync() || isNonblocking(F, P.models()))
    return;
  const PollingLoops Own(F, P);
  for (int L = 0; L != static_cast<int>(F.Loops.size()); ++L) {
    const std::optional<PollingLoop> Has = Own.polling(L);
    if (!Has)
      continue;
    std::vector<Step> Steps;
    evidence(*Has, Steps);
    Finding &Out = Report(
        F.Loops[L].Where,
        whoRuns(F, In) + " polls in a loop instead of waiting for an event" +
            (Has->Suspends ? "" : ", and keeps its thread busy meanwhile"),
        Has->Poll ? Has->Poll->CalleeName : "loop");
    Out.because(std::move(Steps));
    // With a deadline it ends.
    if (Has->Clock && Has->Delays)
      Out.Weight = Severity::Note;
  }
  constexpr unsigned MostHelpers = 4;
  llvm::SmallPtrSet<const FunctionFacts *, 16> Seen;
  for (const CallSite &Call : F.Calls) {
    const FunctionFacts *Helper = P.callee(F, Call);
    std::vector<Step> Steps;
    if (!Helper || P.isExcused(F, Call))
      continue;
    if (std::optional<PollingLoop> Has =
            spinsWithin(*Helper, P, In.Kind == ContextKind::Fiber, MostHelpers,
                        Seen, Steps)) {
      evidence(*Has, Steps);
      Report(
          Call.Where,
          whoRuns(F, In) +
              (Has->Suspends ? " waits in `" : " keeps its thread busy in `") +
              Helper->Name +
              "`, which polls in a loop instead of waiting for an event",
          Helper->Name)
          .because(std::move(Steps));
    }
  }
}

extern const Rule async_busy_wait = {
    .Id = "async-busy-wait",
    .Group = "blocking",
    .Summary = "A loop on an async path polls instead of waiting for an event.",
    .Since = "0.1",
    .Shown = Level::Default,
    .Check = check,
};

} // namespace async_tidy
