//===- PollingLoops.h - Loops that do nothing but ask ---------------------===//
//
// What tells a loop that polls from one that makes progress: everything in it
// is a question, a pause between questions, or what these two need.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_RULES_POLLINGLOOPS_H
#define ASYNC_TIDY_RULES_POLLINGLOOPS_H

#include "program/Program.h"
#include "rules/Bodies.h"

namespace async_tidy {

/// What a loop is made of, seen from outside.
struct PollingLoop {
  const CallSite *Poll = nullptr;  ///< asks
  const CallSite *Pause = nullptr; ///< lets time pass
  const CallSite *Clock = nullptr; ///< asks for the time
  const CallSite *Asked = nullptr; ///< an object is asked, and stays as it is
  bool Questions = false;          ///< an object is asked
  bool MayGoOn = false;            ///< what is asked may be a step, too
  bool Delays = false;             ///< the pause takes a while
  bool Suspends = false;           ///< and its thread serves others meanwhile
};

/// `maybe_yield`, `sleepFor`: what is called so lets time pass, whosever it is.
bool soundsLikePause(const CallSite &Call);

/// Looks at the loops of one function.
class PollingLoops {
public:
  PollingLoops(const FunctionFacts &F, const Program &P)
      : F(F), P(P), Models(P.models()), Flow(F) {}

  /// What the loop \p L is made of if it only polls.
  std::optional<PollingLoop> polling(int L) const;

private:
  bool comesAgain(const CallSite &Call) const;
  bool isArmed(const CallSite &Call, const PauseModel &By, int L) const;
  bool isTold(const CallSite &Call, int L) const;
  bool isPause(const CallSite &Call, int L) const;
  bool isPause(const Suspension &S, int L) const;
  bool servesPause(const CallSite &Call, int L) const;
  bool isHarmless(const CallSite &Call, int L) const;
  bool isTested(const CallSite &Call) const;
  bool takesWhatIsThere(const CallSite &Call) const;
  bool isTried(const CallSite &Call) const;
  bool isShared(const ObjectPath &Read, int L) const;
  int indexOf(const CallSite &Call) const {
    return static_cast<int>(&Call - F.Calls.data());
  }

  const FunctionFacts &F;
  const Program &P;
  const ModelSet &Models;
  FlowOf Flow;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_RULES_POLLINGLOOPS_H
