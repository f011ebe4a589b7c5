//===- async-lock-across-suspension.cpp -----------------------------------===//
//
// A lock belongs to the thread that took it. A suspended coroutine has no
// thread: others wait for as long as it sleeps, and it may resume elsewhere.
//
//===----------------------------------------------------------------------===//

#include "rules/Phrases.h"
#include "rules/Rule.h"
#include <algorithm>

namespace async_tidy {

static std::string nameOf(const HeldLock &Lock) {
  const bool Named = !Lock.Guard.empty() && Lock.Guard.front() != '#';
  if (Named)
    return "`" + Lock.Guard + "`";
  return Lock.Mutex.empty() ? "a `" + Lock.MutexType + "`"
                            : "`" + Lock.Mutex + "`";
}

/// \p Again is \p First, unlocked and taken again, and held at nothing else:
/// `lock.unlock(); ... lock.lock();` in a loop.
static bool isSameLock(const HeldLock &First, const HeldLock &Again) {
  return !First.Guard.empty() && First.Guard.front() != '#' &&
         First.Guard == Again.Guard &&
         (First.Mutex == Again.Mutex || Again.Mutex.empty()) &&
         std::includes(First.Suspensions.begin(), First.Suspensions.end(),
                       Again.Suspensions.begin(), Again.Suspensions.end());
}

/// Reports each thread-owned lock that may be held where its holder suspends:
/// one finding a lock, one step a suspension.
static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  const llvm::ArrayRef<HeldLock> Locks = P.heldLocks(F);
  for (const HeldLock &Lock : Locks) {
    if (F.IsCoroutine && llvm::any_of(Locks, [&](const HeldLock &Other) {
          return Other.Acquired < Lock.Acquired && isSameLock(Other, Lock);
        }))
      continue;
    std::vector<Step> Steps = Lock.Via;
    for (unsigned S : Lock.Suspensions)
      Steps.push_back({F.Suspensions[S].Where,
                       F.Suspensions[S].What == Suspension::Kind::Yield
                           ? "held at this `co_yield`"
                           : "held at this `co_await`"});
    if (!F.IsCoroutine)
      for (unsigned C : Lock.Calls)
        if (P.suspendsStackful(F, F.Calls[C]))
          Steps.push_back({F.Calls[C].Where, "held while `" +
                                                 F.Calls[C].CalleeName +
                                                 "` suspends the fiber"});
    if (Steps.size() == Lock.Via.size())
      continue;
    const std::string Count =
        Steps.size() - Lock.Via.size() == 1
            ? "a suspension point"
            : std::to_string(Steps.size() - Lock.Via.size()) +
                  " suspension points";
    Report(Lock.Acquired,
           whoRuns(F, P.context(F)) + " may hold " + nameOf(Lock) + " across " +
               Count + "; release it before, or use an asynchronous mutex",
           Lock.Guard + " " + Lock.Mutex)
        .because(std::move(Steps));
  }
}

extern const Rule async_lock_across_suspension = {
    .Id = "async-lock-across-suspension",
    .Group = "locking",
    .Summary = "A thread's lock may be held while its holder is suspended.",
    .Since = "0.1",
    .Shown = Level::Default,
    .Check = check,
};

} // namespace async_tidy
