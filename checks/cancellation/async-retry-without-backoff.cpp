//===- async-retry-without-backoff.cpp ------------------------------------===//
//
// What has just failed will fail again at once: a loop that only tries again
// hammers whatever is down, and keeps its own thread busy with it.
//
//===----------------------------------------------------------------------===//

#include "rules/Bounds.h"
#include "rules/Phrases.h"
#include "rules/Rule.h"

namespace async_tidy {
namespace {

/// A loop of one function, seen as a loop of tries.
class Tries {
public:
  Tries(const FunctionFacts &F, const Program &P, int L)
      : F(F), P(P), L(L), Flow(F) {}

  /// The operation that is tried again as soon as it has failed; null if there
  /// is none.
  const CallSite *operation() const {
    if (!mayBe())
      return nullptr;
    for (unsigned I = 0; I != F.Calls.size(); ++I) {
      const CallSite &Call = F.Calls[I];
      if (isInLoop(F, Call.Loop, L) && isTry(I) &&
          (throwsAndGoesRound(I) || failsAndGoesRound(I)))
        return &Call;
    }
    return nullptr;
  }

private:
  bool mayBe() const;
  bool isTry(unsigned Call) const;
  bool isBarrier(int Block) const;
  bool isInside(int Block) const;
  bool throwsAndGoesRound(unsigned Call) const;
  bool failsAndGoesRound(unsigned Call) const;
  bool goesRound(int From, unsigned Call) const;
  bool endsWell(unsigned Call) const;
  /// The last call that an await of \p Call makes.
  int resumeOf(unsigned Call) const {
    for (const Suspension &S : F.Suspensions)
      if (S.Call == static_cast<int>(Call))
        return S.Resume;
    return -1;
  }
  bool isResultOf(const Branch &B, unsigned Call) const;

  const FunctionFacts &F;
  const Program &P;
  int L;
  FlowOf Flow;
};

} // namespace

/// No number of tries ends it, nor a list of things to try.
bool Tries::mayBe() const {
  const Loop &Here = F.Loops[L];
  if (Here.What == Loop::Kind::RangeFor)
    return false;
  for (const Comparison &C : F.Comparisons)
    if (isInLoop(F, C.Loop, L)) {
      // A deadline alone bounds no number.
      const bool Time =
          llvm::any_of(C.Calls,
                       [&](unsigned I) {
                         return P.models().asksTime(F.Calls[I].CalleeName) ||
                                isTimeType(F.Calls[I].ResultType);
                       }) ||
          llvm::any_of(C.Reads, [&](const ObjectPath &R) {
            return isTimeType(P.typeOf(F, R));
          });
      const bool Counts = llvm::any_of(C.Reads, [&](const ObjectPath &R) {
        return isInteger(P.typeOf(F, R));
      });
      if (!Time && (Counts || C.Constant))
        return false;
    }
  // `while (tries--)`.
  if (llvm::any_of(Here.Reads, [&](const ObjectPath &R) {
        return isInteger(P.typeOf(F, R));
      }))
    return false;
  return !testsForNumber(F, P, L);
}

/// Something that is done again when it has failed; not the wait for the next
/// thing.
bool Tries::isTry(unsigned Index) const {
  const CallSite &Call = F.Calls[Index];
  if (Call.Kind != CallKind::Call || Call.ByAwait ||
      !(Call.Awaited || P.suspendsStackful(F, Call)))
    return false;
  static constexpr llvm::StringLiteral Next[] = {
      "next",   "receive",  "recv",    "pop",     "dequeue", "accept",
      "wait",   "poll",     "take",    "join",    "sleep",   "yield",
      "delay",  "schedule", "timer",   "getline", "line",    "consume",
      "events", "event",    "message", "lock",    "acquire"};
  return !saysOneOf(lastName(Call.CalleeName), Next) &&
         !P.models().role(Role::Pops, Call) && !delays(F, P, Call, 2);
}

/// A pause lies in the block.
bool Tries::isBarrier(int B) const {
  for (const Event &E : F.Flow[B].Events) {
    if (E.What == Event::Kind::Call && delays(F, P, F.Calls[E.Index]))
      return true;
    if (E.What == Event::Kind::Suspend &&
        P.models().pause(templateName(F.Suspensions[E.Index].Operand.Type)))
      return true;
  }
  return false;
}

/// The block has calls of the loop, or none that could tell.
bool Tries::isInside(int B) const {
  for (const Event &E : F.Flow[B].Events)
    if (E.What == Event::Kind::Call && F.Calls[E.Index].Kind == CallKind::Call)
      return isInLoop(F, F.Calls[E.Index].Loop, L);
  return true;
}

/// From \p From control comes to the call again, within the loop and without a
/// pause.
bool Tries::goesRound(int From, unsigned Call) const {
  const int At = Flow.ofCall(static_cast<int>(Call));
  return At >= 0 && From >= 0 && Flow.reaches(From, At, [&](int B) {
    return B != At && (isBarrier(B) || !isInside(B));
  });
}

/// Once it has succeeded, the loop is over.
bool Tries::endsWell(unsigned Call) const {
  const int At = Flow.ofCall(static_cast<int>(Call));
  const int Resume = resumeOf(Call);
  const int After = Resume >= 0 ? Flow.ofCall(Resume) : At;
  if (After < 0)
    return false;
  auto IsHandler = [&](int B) {
    return llvm::any_of(F.Flow, [&](const Block &Some) {
      return llvm::any_of(Some.Events, [&](const Event &E) {
        return llvm::is_contained(E.Handlers, static_cast<unsigned>(B));
      });
    });
  };
  for (int Next : F.Flow[After].Successors)
    if (Flow.reaches(Next, At,
                     [&](int B) { return IsHandler(B) || !isInside(B); }))
      return false;
  return true;
}

/// A handler in the loop takes the failure and lets the loop go on.
bool Tries::throwsAndGoesRound(unsigned Index) const {
  const CallSite &Call = F.Calls[Index];
  for (int T = Call.Try; T >= 0; T = F.Tries[T].Outer) {
    if (!isInLoop(F, F.Tries[T].Loop, L))
      return false;
    for (const Block &B : F.Flow)
      for (const Event &E : B.Events)
        if (E.What == Event::Kind::Try && E.Index == static_cast<unsigned>(T))
          for (unsigned H : E.Handlers)
            if (goesRound(static_cast<int>(H), Index))
              return endsWell(Index);
  }
  return false;
}

/// \p B tests what the await of \p Call gives.
bool Tries::isResultOf(const Branch &B, unsigned Call) const {
  const int Resume = resumeOf(Call);
  if (B.Call >= 0 && (B.Call == Resume || B.Call == static_cast<int>(Call)))
    return true;
  // `if (!ec)`, `if (result.has_value())`: of the local that it was kept in.
  const ObjectPath &Kept = Resume >= 0 && !F.Calls[Resume].Result.empty()
                               ? F.Calls[Resume].Result
                               : F.Calls[Call].Result;
  if (Kept.empty() || Kept.front() == '#')
    return false;
  if (B.Call >= 0)
    return F.Calls[B.Call].Object.Path == Kept;
  return B.Path == Kept;
}

/// The result says that it has failed, and the loop goes on; a good one ends
/// it.
bool Tries::failsAndGoesRound(unsigned Index) const {
  const int At = Flow.ofCall(static_cast<int>(Index));
  for (const Block &B : F.Flow) {
    if (!B.Test || B.Successors.size() != 2 || !isResultOf(*B.Test, Index))
      continue;
    const Branch &Test = *B.Test;
    bool Good = true; // it is good if the test holds
    if (!Test.Equals.empty()) {
      static constexpr llvm::StringLiteral Words[] = {
          "ok", "success", "done", "ready", "connected", "none", "true"};
      if (!saysOneOf(lastName(Test.Equals), Words) && Test.Equals != "0")
        continue;
    } else if (Test.Call >= 0) {
      const CallSite &Asked = F.Calls[Test.Call];
      const llvm::StringRef Name = lastName(Asked.CalleeName);
      static constexpr llvm::StringLiteral Bad[] = {"error", "failed", "fail",
                                                    "exception", "err"};
      Good = !saysOneOf(Name, Bad) &&
             !llvm::StringRef(Asked.CalleeName).contains("error_code");
      if (templateName(Asked.ResultType).ends_with("error_code"))
        Good = false;
    } else if (llvm::StringRef(P.typeOf(F, Test.Path)).contains("error_code")) {
      Good = false;
    }
    const unsigned IfGood = Good == !Test.Negated ? 0 : 1;
    const int Well = B.Successors[IfGood], Badly = B.Successors[1 - IfGood];
    const bool Ends =
        !Flow.reaches(Well, At, [&](int Block) { return !isInside(Block); });
    if (Ends && goesRound(Badly, Index))
      return true;
  }
  return false;
}

static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  const Context &In = P.context(F);
  if (!In.isAsync())
    return;
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
