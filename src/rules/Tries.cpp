//===- Tries.cpp - Loops that try again -----------------------------------===//
//
// See Tries.h.
//
//===----------------------------------------------------------------------===//

#include "rules/Tries.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

/// No number of tries ends it, nor a list of things to try.
bool Tries::mayBe() const {
  const Loop &Here = F.Loops[L];
  if (Here.What == Loop::Kind::RangeFor || F.Flow.empty())
    return false;
  auto Counts = [&](const ObjectPath &R) { return isInteger(P.typeOf(F, R)); };
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
      if (!Time &&
          (llvm::any_of(C.Reads, Counts) || (C.Constant && C.Names.empty())))
        return false;
    }
  // `while (tries--)`, `if (--left == 0)`.
  if (llvm::any_of(Here.Reads, Counts) ||
      llvm::any_of(F.Flow,
                   [&](const Block &B) {
                     return B.Test && !B.Test->Equals.empty() &&
                            B.Test->Call < 0 &&
                            (B.Test->Path.empty() || Counts(B.Test->Path));
                   }) ||
      testsForNumber(F, P, L))
    return false;
  // Each turn takes the next candidate.
  static constexpr llvm::StringLiteral Takes[] = {"pop", "erase", "remove",
                                                  "rotate", "take"};
  return llvm::none_of(F.Calls, [&](const CallSite &C) {
    return isInLoop(F, C.Loop, L) && !C.Awaited &&
           saysOneOf(ownName(C.CalleeName), Takes);
  });
}

/// An operation that may fail again; not the wait for something to happen.
bool Tries::isRepeated(const CallSite &C) const {
  // In a fibre, whatever is not seen may suspend.
  const bool Unseen = C.Try >= 0 && isInLoop(F, F.Tries[C.Try].Loop, L) &&
                      P.context(F).Kind == ContextKind::Fiber && !C.Implicit &&
                      !C.Callee.empty() && !P.callee(F, C) &&
                      !P.models().knows(C.CalleeName) &&
                      !llvm::StringRef(C.CalleeName).starts_with("std::");
  if (C.Kind != CallKind::Call || C.ByAwait ||
      !(C.Awaited || P.suspendsStackful(F, C) || Unseen))
    return false;
  static constexpr llvm::StringLiteral Waits[] = {
      "wait", "sleep",   "yield",   "delay", "timer",    "receive",
      "recv", "pop",     "dequeue", "take",  "event",    "events",
      "lock", "acquire", "join",    "poll",  "schedule", "after"};
  return !saysOneOf(ownName(C.CalleeName), Waits) &&
         !P.models().role(Role::Pops, C) && !delays(F, P, C, 2);
}

/// Something that is done again when it has failed; not the next thing.
bool Tries::isTry(const CallSite &C) const {
  static constexpr llvm::StringLiteral Next[] = {
      "next", "accept", "getline", "line", "consume", "message", "step"};
  return !saysOneOf(ownName(C.CalleeName), Next);
}

/// Finds where the call \p Index leaves its result, and its error.
void Tries::begin(unsigned Index) {
  Call = static_cast<int>(Index);
  At = Flow.ofCall(Call);
  Resume = -1;
  Kept.clear();
  Errors.clear();
  for (const Suspension &S : F.Suspensions)
    if (S.Call == Call)
      Resume = S.Resume;
  auto Keep = [&](const ObjectPath &Path) {
    if (!Path.empty() && Path.front() != '#' && Path != "this")
      Kept.push_back(Path);
  };
  for (int C : {Call, Resume})
    for (unsigned Steps = 0; C >= 0 && Steps != 3; ++Steps) {
      Keep(F.Calls[C].Result);
      const int Next = F.Calls[C].Consumer;
      if (Next < 0 || Next == C)
        break;
      // `reply.reset(co_await get())`.
      if (C != Call || Resume < 0)
        if (!F.Calls[Next].ByAwait)
          Keep(F.Calls[Next].Object.Path);
      C = Next;
    }
  // `redirect_error(token, ec)`.
  auto Look = [&](const CallSite &C) {
    for (const Value &V : C.Arguments)
      if (llvm::StringRef(V.Type).contains("error_code") && !V.Path.empty() &&
          V.Path.front() != '#')
        Errors.push_back(V.Path);
  };
  Look(F.Calls[Call]);
  for (const Value &V : F.Calls[Call].Arguments)
    if (V.Call >= 0)
      Look(F.Calls[V.Call]);
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
bool Tries::goesRound(int From) const {
  return At >= 0 && From >= 0 && !isBarrier(At) &&
         Flow.reaches(From, At, [&](int B) {
           return B != At && (isBarrier(B) || !isInside(B));
         });
}

/// \p B tests what the call gives.
bool Tries::isResult(const Branch &B) const {
  if (B.Call >= 0 && (B.Call == Resume || B.Call == Call))
    return true;
  const ObjectPath &Path = B.Call >= 0 ? F.Calls[B.Call].Object.Path : B.Path;
  auto Within = [&](const ObjectPath &P) { return isWithin(Path, P); };
  if (llvm::any_of(Errors, Within))
    return true;
  if (llvm::none_of(Kept, Within))
    return false;
  // `page.last` is about something else.
  static constexpr llvm::StringLiteral Success[] = {
      "ok",   "success",   "succeeded", "good", "valid",
      "done", "connected", "value",     "bool"};
  const llvm::StringRef Member =
      B.Call >= 0 ? ownName(F.Calls[B.Call].CalleeName)
                  : llvm::StringRef(Path).drop_front(Path.rfind('.') + 1);
  return (B.Call < 0 && llvm::is_contained(Kept, Path)) || saysError(B) ||
         saysOneOf(Member, Success) || !B.Equals.empty();
}

/// It is an error that is tested, and not a success.
bool Tries::saysError(const Branch &B) const {
  static constexpr llvm::StringLiteral Bad[] = {"error",     "failed", "fail",
                                                "exception", "err",    "ec"};
  if (B.Call >= 0) {
    const CallSite &Asked = F.Calls[B.Call];
    const llvm::StringRef Name = Asked.CalleeName;
    return saysOneOf(ownName(Name), Bad) ||
           Name.contains("error_code::operator") ||
           templateName(Asked.ResultType).ends_with("error_code");
  }
  const llvm::StringRef Path = B.Path;
  return saysOneOf(Path.drop_front(Path.rfind('.') + 1), Bad) ||
         llvm::StringRef(P.typeOf(F, Path)).contains("error_code");
}

/// Whether the call has succeeded if the test \p B holds; none if nobody can
/// tell.
std::optional<bool> Tries::isGoodIfTrue(const Branch &B) const {
  if (B.Equals.empty())
    return !saysError(B);
  static constexpr llvm::StringLiteral Good[] = {"ok", "success", "done",
                                                 "ready", "connected"};
  const llvm::StringRef Name = ownName(B.Equals);
  if (saysOneOf(Name, Good) ||
      (saysOneOf(Name, {"no"}) && saysOneOf(Name, {"error"})))
    return true;
  return std::nullopt;
}

/// Where \p B leads if the call has succeeded, and if not; none if it does not
/// ask.
std::optional<std::pair<int, int>> Tries::wellAndBadly(const Block &B) const {
  if (!B.Test || B.Successors.size() != 2 || !isResult(*B.Test))
    return std::nullopt;
  const std::optional<bool> Good = isGoodIfTrue(*B.Test);
  if (!Good)
    return std::nullopt;
  const unsigned Well = *Good == !B.Test->Negated ? 0 : 1;
  return std::pair(B.Successors[Well], B.Successors[1 - Well]);
}

/// Once it has succeeded, the loop is over.
bool Tries::endsWell() const {
  const int After = Resume >= 0 ? Flow.ofCall(Resume) : At;
  if (After < 0)
    return false;
  llvm::BitVector Handlers(F.Flow.size()), Seen(F.Flow.size());
  for (const Block &B : F.Flow)
    for (const Event &E : B.Events)
      for (unsigned H : E.Handlers)
        Handlers.set(H);
  std::vector<int> Work;
  auto Follow = [&](int B) {
    if (const auto Ways = wellAndBadly(F.Flow[B]))
      Work.push_back(Ways->first);
    else
      Work.insert(Work.end(), F.Flow[B].Successors.begin(),
                  F.Flow[B].Successors.end());
  };
  Follow(After);
  while (!Work.empty()) {
    const int B = Work.back();
    Work.pop_back();
    if (B == At)
      return false;
    if (B < 0 || static_cast<size_t>(B) >= F.Flow.size() || Seen.test(B) ||
        Handlers.test(B) || !isInside(B))
      continue;
    Seen.set(B);
    Follow(B);
  }
  return true;
}

/// The handler \p H of \p Try throws or leaves if something holds that facts
/// do not tell: `if (--left == 0) throw;`.
bool Tries::mayGiveUp(int Try, unsigned H, int Block) const {
  if (H >= F.Tries[Try].Handlers.size())
    return false;
  const Handler &Here = F.Handlers[F.Tries[Try].Handlers[H]];
  if (!Here.Throws && !Here.Leaves)
    return false;
  const llvm::BitVector Ahead = ahead(Block);
  return llvm::any_of(Ahead.set_bits(), [&](unsigned B) {
    return F.Flow[B].Successors.size() == 2 && !F.Flow[B].Test;
  });
}

/// Whoever talks to the other side, and connects again when that is over, may
/// fail to connect all the same.
bool Tries::connects() const {
  static constexpr llvm::StringLiteral Words[] = {"connect", "reconnect",
                                                  "dial", "handshake", "login"};
  return saysOneOf(ownName(F.Calls[Call].CalleeName), Words);
}

/// A handler in the loop takes the failure and lets the loop go on.
bool Tries::throwsAndGoesRound() const {
  for (int T = F.Calls[Call].Try; T >= 0; T = F.Tries[T].Outer) {
    if (!isInLoop(F, F.Tries[T].Loop, L))
      return false;
    for (const Block &B : F.Flow)
      for (const Event &E : B.Events)
        if (E.What == Event::Kind::Try && E.Index == static_cast<unsigned>(T))
          for (unsigned H = 0; H != E.Handlers.size(); ++H)
            if (goesRound(static_cast<int>(E.Handlers[H])) &&
                !mayGiveUp(T, H, static_cast<int>(E.Handlers[H])))
              return endsWell() || connects();
  }
  return false;
}

/// The result says that it has failed, and the loop goes on; a good one ends
/// it.
bool Tries::failsAndGoesRound() const {
  return llvm::any_of(F.Flow, [&](const Block &B) {
    const auto Ways = wellAndBadly(B);
    return Ways && goesRound(Ways->second) && endsWell();
  });
}

/// The blocks to which control comes from \p From before it comes to the call.
llvm::BitVector Tries::ahead(int From) const {
  llvm::BitVector Seen(F.Flow.size());
  std::vector<int> Work{From};
  while (!Work.empty()) {
    const int B = Work.back();
    Work.pop_back();
    if (B < 0 || static_cast<size_t>(B) >= F.Flow.size() || Seen.test(B) ||
        B == At)
      continue;
    Seen.set(B);
    Work.insert(Work.end(), F.Flow[B].Successors.begin(),
                F.Flow[B].Successors.end());
  }
  return Seen;
}

/// The result is called an error, and then the work is left out, and the pause:
/// `if (ec) continue;`.
bool Tries::isSkipped() const {
  return llvm::any_of(F.Flow, [&](const Block &B) {
    const auto Ways = wellAndBadly(B);
    static constexpr llvm::StringLiteral Names[] = {"ok", "success"};
    if (!Ways ||
        !(saysError(*B.Test) ||
          saysOneOf(llvm::StringRef(B.Test->Path)
                        .drop_front(B.Test->Path.rfind('.') + 1),
                    Names)) ||
        (B.Test->Call < 0 && B.Test->Path.empty()))
      return false;
    const llvm::BitVector Well = ahead(Ways->first),
                          Badly = ahead(Ways->second);
    bool LeavesOut = false;
    for (unsigned I = 0; I != F.Calls.size(); ++I) {
      const CallSite &C = F.Calls[I];
      const int In = Flow.ofCall(static_cast<int>(I));
      if (In < 0 || C.Kind != CallKind::Call || C.Implicit)
        continue;
      LeavesOut |= isInLoop(F, C.Loop, L) && Well.test(In) && !Badly.test(In);
    }
    // Nothing else is waited for on the way round.
    return LeavesOut && !isBarrier(At) &&
           Flow.reaches(Ways->second, At, [&](int Block) {
             return Block != At &&
                    (isBarrier(Block) || !isInside(Block) ||
                     llvm::any_of(F.Flow[Block].Events, [](const Event &E) {
                       return E.What == Event::Kind::Suspend;
                     }));
           });
  });
}

} // namespace async_tidy
