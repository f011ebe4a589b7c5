//===- async-blocking-under-lock.cpp --------------------------------------===//
//
// Whoever blocks while holding a lock makes everybody else who wants the lock
// block as long, the event loop among them.
//
//===----------------------------------------------------------------------===//

#include "rules/Phrases.h"
#include "rules/Rule.h"
#include <set>

namespace async_tidy {

static constexpr RuleOption Options[] = {
    {"Tiers", "1;2",
     "Which tiers of blocking are reported: 1 waits, 2 file access, 3 short "
     "locks, 4 logging."}};

/// A condition variable gives the lock back while it waits, and so does a mutex
/// that is asked to wait itself.
static bool isGiven(const CallSite &Call, const HeldLock &Lock) {
  if (!Lock.Mutex.empty() && Call.Object.Path == Lock.Mutex)
    return true;
  return llvm::any_of(Call.Arguments, [&](const Value &A) {
    return !A.Path.empty() && (A.Path == Lock.Guard || A.Path == Lock.Mutex);
  });
}

/// Reports each call that may block while a lock is held.
static void check(const FunctionFacts &F, const Program &P,
                  const RuleOptions &Set, FindingSink &Report) {
  const std::vector<Tier> Tiers = Set.tiers("Tiers");
  std::set<unsigned> Said;
  for (const HeldLock &Lock : P.heldLocks(F))
    for (unsigned C : Lock.Calls) {
      const CallSite &Call = F.Calls[C];
      std::optional<BlockingPath> Path = P.blockingPath(F, Call, Tiers);
      if (!Path || P.isExcused(F, Call) || isGiven(Call, Lock) ||
          !Said.insert(C).second)
        continue;
      std::vector<Step> Steps{{Lock.Acquired, "the lock is taken here"}};
      Steps.insert(Steps.end(), Path->Steps.begin(), Path->Steps.end());
      const Symbol Held = Lock.Guard.empty() || Lock.Guard.front() == '#'
                              ? Lock.Mutex
                              : Lock.Guard;
      std::string Text = "`" + Call.CalleeName + "` may block";
      if (!Held.empty())
        Text += " while `" + Held + "` is held";
      else
        Text += " while a lock is held";
      Text += ": `" + Path->LeafName + "` " + Path->Leaf->Why;
      Finding &Out =
          Report(Call.Where, std::move(Text), Call.CalleeName + " " + Held);
      Out.because(std::move(Steps));
      Out.Weight = Path->Leaf->Weight;
    }
}

extern const Rule async_blocking_under_lock = {
    .Id = "async-blocking-under-lock",
    .Group = "locking",
    .Summary = "A call that may block is made while a lock is held.",
    .Since = "0.1",
    .Shown = Level::Strict,
    .Check = check,
    .Options = Options,
};

} // namespace async_tidy
