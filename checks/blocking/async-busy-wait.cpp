//===- async-busy-wait.cpp ------------------------------------------------===//
//
// A loop that does nothing but ask whether something has happened burns the
// thread, or wakes it again and again, for what an event would tell once.
//
//===----------------------------------------------------------------------===//

#include "rules/Phrases.h"
#include "rules/Rule.h"

namespace async_tidy {
namespace {

/// What a loop is made of, seen from outside.
struct Contents {
  const CallSite *Poll = nullptr;  ///< asks
  const CallSite *Pause = nullptr; ///< lets time pass
  bool Questions = false;          ///< the condition asks an object
  bool Works = false;              ///< anything else
};

} // namespace

static bool isIn(const FunctionFacts &F, int Loop, int Outer) {
  for (; Loop >= 0; Loop = F.Loops[Loop].Parent)
    if (Loop == Outer)
      return true;
  return false;
}

/// A call that only leads to another or makes a value for it: an accessor, a
/// conversion, a duration.
static bool isHarmless(const CallSite &Call) {
  if (Call.Implicit || Call.ByAwait || Call.Kind == CallKind::Destroy)
    return true;
  const bool Accessor =
      Call.Arguments.empty() && !Call.GivesObject && Call.ResultType != "void";
  return Accessor || (Call.Consumer >= 0 && (Call.Kind == CallKind::Construct ||
                                             Call.Arguments.empty()));
}

/// Lets time pass: a modelled pause, or something awaited that is given
/// constants and nothing else, and so cannot wait for a condition. Without any
/// argument it may as well be work.
static bool isPause(const CallSite &Call, const ModelSet &Models) {
  if (Models.pauses(Call.CalleeName))
    return true;
  return Call.Awaited && Call.Kind == CallKind::Call &&
         Call.Object.Type.empty() && !Call.Arguments.empty() &&
         llvm::all_of(Call.Arguments,
                      [](const Value &A) { return A.Constant.has_value(); });
}

static Contents contentsOf(const FunctionFacts &F, int Loop, const Program &P) {
  const ModelSet &Models = P.models();
  Contents In;
  for (const CallSite &Call : F.Calls) {
    if (!isIn(F, Call.Loop, Loop))
      continue;
    // A question that waits for its answer is none.
    if (Models.polls(Call.CalleeName) &&
        !P.blockingPath(F, Call, {Tier::Waits}))
      In.Poll = &Call;
    else if (isPause(Call, Models))
      In.Pause = &Call;
    else if (Call.InLoopCondition && Call.Arguments.empty() &&
             !Call.Object.Type.empty() && Call.GivesObject)
      In.Questions = true;
    else if (!isHarmless(Call))
      In.Works = true;
  }
  return In;
}

/// Reports each loop on an async path that only asks and pauses.
static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  const Context &In = P.context(F);
  if (!In.isAsync())
    return;
  for (int L = 0; L != static_cast<int>(F.Loops.size()); ++L) {
    const Loop &Here = F.Loops[L];
    const Contents Has = contentsOf(F, L, P);
    if (Has.Works || Here.Writes || Here.What == Loop::Kind::RangeFor)
      continue;
    bool Suspends = false, PausesOnly = true;
    for (const Suspension &S : F.Suspensions)
      if (isIn(F, S.Loop, L) && P.maySuspend(S)) {
        Suspends = true;
        PausesOnly &= S.Call >= 0 && isPause(F.Calls[S.Call], P.models());
      }
    // What it asks: a modelled question, or state that others change.
    const bool Asks =
        Has.Poll || (Has.Pause && (Has.Questions || !Here.Reads.empty()));
    if (!Asks || (Suspends && !PausesOnly) || (Here.Endless && !Here.Leaves))
      continue;
    std::vector<Step> Steps;
    if (Has.Poll)
      Steps.push_back(
          {Has.Poll->Where, "`" + Has.Poll->CalleeName + "` only asks"});
    if (Has.Pause)
      Steps.push_back({Has.Pause->Where, "`" + Has.Pause->CalleeName +
                                             "` only lets time "
                                             "pass"});
    Report(Here.Where,
           whoRuns(F, In) + " polls in a loop instead of waiting for an event" +
               (Suspends ? "" : ", and keeps its thread busy meanwhile"),
           Has.Poll ? Has.Poll->CalleeName : "loop")
        .because(std::move(Steps));
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
