//===- PollingLoops.cpp - Loops that do nothing but ask -------------------===//
//
// See PollingLoops.h.
//
//===----------------------------------------------------------------------===//

#include "rules/PollingLoops.h"
#include "rules/Bounds.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <limits>

namespace async_tidy {
namespace {

/// How an operation that lets time pass is called, whosever it is: the first
/// word of its name.
struct PauseWord {
  llvm::StringLiteral Word;
  /// It may be given work, too (`schedule(task)`, `yield(value)`): a pause is
  /// given times and nothing else.
  bool TimesOnly;
};
constexpr PauseWord PauseWords[] = {
    {"sleep", false},     {"yield", true},    {"delay", true},
    {"reschedule", true}, {"schedule", true},
};
/// Words before those that change nothing.
constexpr llvm::StringLiteral Prefixes[] = {"maybe", "co", "async"};

} // namespace

static bool isCallable(const Value &V) {
  return !V.Callable.empty() || llvm::StringRef(V.Type).contains("(lambda");
}

static bool isTime(const Value &V) {
  const llvm::StringRef Type = templateName(V.Type);
  return V.Constant || Type == "std::chrono::duration" ||
         Type == "std::chrono::time_point";
}

bool soundsLikePause(const CallSite &Call) {
  llvm::StringRef Name = ownName(Call.CalleeName);
  for (llvm::StringRef Prefix : Prefixes)
    if (Name.starts_with(Prefix.str() + "_"))
      Name = Name.drop_front(Prefix.size() + 1);
  for (const PauseWord &W : PauseWords) {
    llvm::StringRef Rest = Name;
    // `sleepy` is another word, `sleepFor` and `sleep_for` are not.
    if (!Rest.consume_front_insensitive(W.Word) ||
        (!Rest.empty() && llvm::isLower(Rest.front())))
      continue;
    return llvm::none_of(Call.Arguments, isCallable) &&
           (!W.TimesOnly || llvm::all_of(Call.Arguments, isTime));
  }
  return false;
}

/// The call stands on a way that comes by again, and not on the last one out.
bool PollingLoops::comesAgain(const CallSite &Call) const {
  const int Start = Flow.ofCall(indexOf(Call));
  return Start < 0 ||
         llvm::any_of(
             F.Flow[Start].Successors,
             [&](int Next) {
               return Flow.reaches(Next, Start, [](int) { return false; });
             });
}

/// Within the loop its object is set again, and not to last for ever.
bool PollingLoops::isArmed(const CallSite &Call, const PauseModel &By,
                           int L) const {
  return By.ArmedBy.empty() || llvm::any_of(F.Calls, [&](const CallSite &C) {
           return isInLoop(F, C.Loop, L) && C.Object.Path == Call.Object.Path &&
                  !C.Object.Path.empty() &&
                  llvm::is_contained(By.ArmedBy, C.CalleeName) &&
                  llvm::any_of(C.Arguments, isTime) &&
                  llvm::none_of(C.Arguments, [](const Value &V) {
                    return V.Constant == std::numeric_limits<int64_t>::max();
                  });
         });
}

/// \p Call is given what the loop asks: `sleep(100ms, token)` ends when the
/// token is, and so waits for it.
bool PollingLoops::isTold(const CallSite &Call, int L) const {
  return llvm::any_of(Call.Arguments, [&](const Value &V) {
    return !V.Path.empty() && llvm::any_of(F.Calls, [&](const CallSite &C) {
      return C.InLoopCondition && C.Loop == L && C.Object.Path == V.Path;
    });
  });
}

/// Lets time pass: a modelled pause, or something awaited that says so, or that
/// is given constants and nothing else and so cannot wait for a condition.
bool PollingLoops::isPause(const CallSite &Call, int L) const {
  if (llvm::any_of(Call.Arguments, isCallable) || isTold(Call, L))
    return false;
  if (const PauseModel *M = Models.pause(Call.CalleeName))
    return (M->ArmedBy.empty() || Call.Awaited ||
            P.suspendsStackful(F, Call)) &&
           isArmed(Call, *M, L);
  if (!Call.Awaited || Call.Kind != CallKind::Call)
    return false;
  return soundsLikePause(Call) ||
         (Call.Object.Type.empty() && !Call.Arguments.empty() &&
          llvm::all_of(Call.Arguments,
                       [](const Value &A) { return A.Constant.has_value(); }));
}

bool PollingLoops::isPause(const Suspension &S, int L) const {
  if (S.Call >= 0 && isPause(F.Calls[S.Call], L))
    return true;
  return Models.pause(templateName(S.Operand.Type)) != nullptr;
}

/// Makes a pause's argument, sets it, or takes what it gives.
bool PollingLoops::servesPause(const CallSite &Call, int L) const {
  for (const CallSite *C = &Call; C->Consumer >= 0;) {
    const CallSite *Next = &F.Calls[C->Consumer];
    if (isPause(*Next, L) && Next->Object.Call != indexOf(*C))
      return true;
    if (Next <= C)
      break;
    C = Next;
  }
  if (Call.Object.Call >= 0 && isPause(F.Calls[Call.Object.Call], L))
    return true;
  return llvm::any_of(F.Calls, [&](const CallSite &C) {
    const PauseModel *M = Models.pause(C.CalleeName);
    return M && isInLoop(F, C.Loop, L) &&
           llvm::is_contained(M->ArmedBy, Call.CalleeName) &&
           C.Object.Path == Call.Object.Path;
  });
}

/// Operators that give a new value and leave their operands alone.
static bool onlyCompares(llvm::StringRef Callee) {
  static constexpr llvm::StringLiteral Operators[] = {
      "==", "!=", "<", ">", "<=", ">=", "<=>", "!", "+", "-", "*", "/", "->"};
  const size_t At = Callee.rfind("operator");
  return At != llvm::StringRef::npos &&
         llvm::is_contained(Operators, Callee.drop_front(At + 8));
}

/// Changes nothing by itself. Of a callable nobody knows: `operator()` of a
/// `std::function` is `const`.
static bool isConst(const CallSite &Call) {
  return Call.Const &&
         !llvm::StringRef(Call.CalleeName).ends_with("::operator()");
}

static bool copies(const CallSite &Call) {
  return Call.Kind == CallKind::Construct && Call.Arguments.size() == 1 &&
         Call.Arguments.front().Type == Call.Object.Type;
}

/// A call that only leads to another or makes a value for it: an accessor, a
/// conversion, a duration.
bool PollingLoops::isHarmless(const CallSite &Call, int L) const {
  if (Call.Implicit || Call.ByAwait || Call.Kind == CallKind::Destroy ||
      onlyCompares(Call.CalleeName) || copies(Call))
    return true;
  const bool Accessor = Call.Arguments.empty() && !Call.GivesObject &&
                        Call.ResultType != "void" &&
                        Call.Discarded == CallSite::Discard::No;
  if (Accessor || (Call.Consumer >= 0 && (Call.Kind == CallKind::Construct ||
                                          Call.Arguments.empty())))
    return true;
  // What keeps the answer for the condition.
  return (Call.InLoopCondition &&
          llvm::StringRef(Call.CalleeName).ends_with("::operator=")) ||
         servesPause(Call, L);
}

/// Decides where control goes, or is kept for that.
bool PollingLoops::isTested(const CallSite &Call) const {
  const int Index = indexOf(Call);
  return Call.InLoopCondition || !Call.Result.empty() ||
         llvm::any_of(F.Flow, [&](const Block &B) {
           return B.Test && B.Test->Call == Index;
         });
}

/// Goes on as long as there is something to take (`while (reap() > 0)`), and
/// ends when there is nothing yet: the opposite of a poll.
bool PollingLoops::takesWhatIsThere(const CallSite &Call) const {
  const bool Number = llvm::StringRef(Call.ResultType).contains("int") ||
                      llvm::StringRef(Call.ResultType).contains("long");
  auto Asks = [&](const Branch &B) { return B.Call == indexOf(Call); };
  return Call.InLoopCondition && Number && !isConst(Call) &&
         llvm::none_of(F.Flow, [&](const Block &B) {
           return (B.Test && Asks(*B.Test)) || llvm::any_of(B.IfTrue, Asks) ||
                  llvm::any_of(B.IfFalse, Asks);
         });
}

/// Tries to take something, and only when that fails does control come by
/// again: `while (!queue.try_pop(item)) yield();`.
bool PollingLoops::isTried(const CallSite &Call) const {
  const int Start = Flow.ofCall(indexOf(Call));
  if (Start < 0 || Call.Awaited || Call.ResultType != "bool" ||
      wordsOf(ownName(Call.CalleeName)).front() != "try")
    return false;
  return llvm::any_of(F.Flow, [&](const Block &B) {
    return B.Test && B.Test->Call == indexOf(Call) &&
           B.Successors.size() == 2 &&
           !Flow.reaches(B.Successors[B.Test->Negated ? 1 : 0], Start,
                         [](int) { return false; });
  });
}

/// Others can change it: it is not a local, nor a copy that was given, nor what
/// the loop itself keeps an answer in.
bool PollingLoops::isShared(const ObjectPath &Read, int L) const {
  return llvm::none_of(F.Variables,
                       [&](const Variable &V) {
                         return V.Name == Read && !V.Reference && !V.Static;
                       }) &&
         llvm::none_of(F.Parameters,
                       [&](const Parameter &A) {
                         return A.Name == Read && !A.ByReference;
                       }) &&
         llvm::none_of(F.Calls, [&](const CallSite &C) {
           return C.Result == Read && isInLoop(F, C.Loop, L);
         });
}

std::optional<PollingLoop> PollingLoops::polling(int L) const {
  const Loop &Here = F.Loops[L];
  if (Here.Changes || Here.What == Loop::Kind::RangeFor ||
      (Here.Endless && !Here.Leaves))
    return std::nullopt;
  PollingLoop In;
  const CallSite *Tried = nullptr;
  for (const Suspension &S : F.Suspensions) {
    if (!isInLoop(F, S.Loop, L) || !P.maySuspend(S))
      continue;
    if (!isPause(S, L))
      return std::nullopt;
    In.Suspends = true;
    In.Delays |= S.Call < 0;
  }
  for (const CallSite &Call : F.Calls) {
    if (!isInLoop(F, Call.Loop, L))
      continue;
    In.Suspends |= P.suspendsStackful(F, Call);
    if (Models.polls(Call.CalleeName) && !takesWhatIsThere(Call)) {
      // A question that waits for its answer is none.
      if (P.blockingPath(F, Call, {Tier::Waits}))
        return std::nullopt;
      (Models.asksTime(Call.CalleeName) ? In.Clock : In.Poll) = &Call;
    } else if (isPause(Call, L)) {
      In.Pause = &Call;
      In.Delays |= Call.Written != 0;
    } else if (Call.Arguments.empty() && !Call.Object.Type.empty() &&
               Call.GivesObject && !Call.ByAwait && isTested(Call)) {
      In.Questions = true;
      if (isConst(Call) && !Call.Implicit)
        In.Asked = &Call;
      In.MayGoOn |= !isConst(Call) && !Call.Implicit;
    } else if (isTried(Call)) {
      Tried = &Call;
    } else if (!isHarmless(Call, L)) {
      if (comesAgain(Call))
        return std::nullopt;
    } else if (Call.Kind == CallKind::Call && Call.Arguments.empty() &&
               Call.Consumer < 0 && !isConst(Call) && !Call.Implicit &&
               !Call.ByAwait && !servesPause(Call, L)) {
      In.MayGoOn = true;
    }
  }
  // What may go on when it is asked (`while (!job.step()) yield();`) is only
  // waited for if nobody drives it by asking: a delay between tells that.
  if (In.MayGoOn && !In.Delays)
    return std::nullopt;
  const bool State = llvm::any_of(
      Here.Reads, [&](const ObjectPath &R) { return isShared(R, L); });
  const bool Paused = In.Pause || In.Suspends;
  if (Paused && Tried)
    In.Asked = Tried;
  const bool Asks = In.Poll || In.Asked || State ||
                    (Paused && In.Delays && In.Questions) ||
                    (Paused && !Here.Reads.empty()) || In.Clock;
  // A loop that constants end the first time asks once.
  if (!Asks || (In.Asked && !comesAgain(*In.Asked)))
    return std::nullopt;
  return In;
}

} // namespace async_tidy
