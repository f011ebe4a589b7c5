//===- async-busy-wait.cpp ------------------------------------------------===//
//
// A loop that does nothing but ask whether something has happened burns the
// thread, or wakes it again and again, for what an event would tell once.
//
//===----------------------------------------------------------------------===//

#include "rules/Phrases.h"
#include "rules/Rule.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringExtras.h"
#include <limits>

namespace async_tidy {
namespace {

/// How an operation that lets time pass is called, whosever it is: the first
/// word of its name.
struct PauseWord {
  llvm::StringLiteral Word;
  /// It may be given work, too (`schedule(task)`): only times pass for a pause.
  bool TimesOnly;
};
constexpr PauseWord PauseWords[] = {
    {"yield", false},     {"sleep", false},   {"delay", true},
    {"reschedule", true}, {"schedule", true},
};
/// Words before those that change nothing.
constexpr llvm::StringLiteral Prefixes[] = {"maybe", "co", "async"};

/// What a loop is made of, seen from outside.
struct Contents {
  const CallSite *Poll = nullptr;  ///< asks
  const CallSite *Pause = nullptr; ///< lets time pass
  const CallSite *Clock = nullptr; ///< asks for the time
  const CallSite *Asked = nullptr; ///< an object is asked, and stays as it is
  bool Questions = false;          ///< an object is asked, and may go on
  bool Delays = false;             ///< the pause takes a while
  bool Suspends = false;           ///< and its thread serves others meanwhile
  bool Works = false;              ///< anything else
};

/// Looks at the loops of one function.
class Loops {
public:
  Loops(const FunctionFacts &F, const Program &P)
      : F(F), P(P), Models(P.models()), BlockOf(F.Calls.size(), -1) {
    for (unsigned B = 0; B != F.Flow.size(); ++B)
      for (const Event &E : F.Flow[B].Events)
        if (E.What == Event::Kind::Call)
          BlockOf[E.Index] = static_cast<int>(B);
  }

  /// What the loop \p L is made of if it only polls.
  std::optional<Contents> polling(int L) const;

private:
  bool isIn(int Inner, int L) const {
    for (; Inner >= 0; Inner = F.Loops[Inner].Parent)
      if (Inner == L)
        return true;
    return false;
  }
  bool comesAgain(const CallSite &Call) const;
  bool isArmed(const CallSite &Call, const PauseModel &By, int L) const;
  bool isPause(const CallSite &Call, int L) const;
  bool isPause(const Suspension &S, int L) const;
  bool servesPause(const CallSite &Call, int L) const;
  bool isHarmless(const CallSite &Call, int L) const;
  bool isTested(const CallSite &Call) const;
  bool isShared(const ObjectPath &Read, int L) const;
  int indexOf(const CallSite &Call) const {
    return static_cast<int>(&Call - F.Calls.data());
  }

  const FunctionFacts &F;
  const Program &P;
  const ModelSet &Models;
  std::vector<int> BlockOf;
};

} // namespace

static bool isCallable(const Value &V) {
  return !V.Callable.empty() || llvm::StringRef(V.Type).contains("(lambda");
}

static bool isTime(const Value &V) {
  const llvm::StringRef Type = templateName(V.Type);
  return V.Constant || Type == "std::chrono::duration" ||
         Type == "std::chrono::time_point";
}

/// `maybe_yield`, `sleepFor`: what is called so lets time pass.
static bool soundsLikePause(const CallSite &Call) {
  llvm::StringRef Name = Call.CalleeName;
  Name = Name.drop_front(Name.contains("::") ? Name.rfind("::") + 2 : 0);
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
bool Loops::comesAgain(const CallSite &Call) const {
  const int Start = BlockOf[indexOf(Call)];
  if (Start < 0)
    return true;
  llvm::BitVector Seen(F.Flow.size());
  llvm::SmallVector<int, 16> Work(F.Flow[Start].Successors.begin(),
                                  F.Flow[Start].Successors.end());
  while (!Work.empty()) {
    const int B = Work.pop_back_val();
    if (B < 0 || static_cast<size_t>(B) >= F.Flow.size() || Seen.test(B))
      continue;
    if (B == Start)
      return true;
    Seen.set(B);
    Work.append(F.Flow[B].Successors.begin(), F.Flow[B].Successors.end());
  }
  return false;
}

/// Within the loop its object is set again, and not to last for ever.
bool Loops::isArmed(const CallSite &Call, const PauseModel &By, int L) const {
  return By.ArmedBy.empty() || llvm::any_of(F.Calls, [&](const CallSite &C) {
           return isIn(C.Loop, L) && C.Object.Path == Call.Object.Path &&
                  !C.Object.Path.empty() &&
                  llvm::is_contained(By.ArmedBy, C.CalleeName) &&
                  llvm::any_of(C.Arguments, isTime) &&
                  llvm::none_of(C.Arguments, [](const Value &V) {
                    return V.Constant == std::numeric_limits<int64_t>::max();
                  });
         });
}

/// Lets time pass: a modelled pause, or something awaited that says so, or that
/// is given constants and nothing else and so cannot wait for a condition.
bool Loops::isPause(const CallSite &Call, int L) const {
  if (llvm::any_of(Call.Arguments, isCallable))
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

bool Loops::isPause(const Suspension &S, int L) const {
  if (S.Call >= 0 && isPause(F.Calls[S.Call], L))
    return true;
  return Models.pause(templateName(S.Operand.Type)) != nullptr;
}

/// Makes a pause's argument, sets it, or takes what it gives.
bool Loops::servesPause(const CallSite &Call, int L) const {
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
    return M && isIn(C.Loop, L) &&
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

/// A call that only leads to another or makes a value for it: an accessor, a
/// conversion, a duration.
bool Loops::isHarmless(const CallSite &Call, int L) const {
  if (Call.Implicit || Call.ByAwait || Call.Kind == CallKind::Destroy ||
      onlyCompares(Call.CalleeName))
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
bool Loops::isTested(const CallSite &Call) const {
  const int Index = indexOf(Call);
  return Call.InLoopCondition || !Call.Result.empty() ||
         llvm::any_of(F.Flow, [&](const Block &B) {
           return B.Test && B.Test->Call == Index;
         });
}

/// Others can change it: it is not a local, nor a copy that was given, nor what
/// the loop itself keeps an answer in.
bool Loops::isShared(const ObjectPath &Read, int L) const {
  return llvm::none_of(F.Variables,
                       [&](const Variable &V) {
                         return V.Name == Read && !V.Reference && !V.Static;
                       }) &&
         llvm::none_of(F.Parameters,
                       [&](const Parameter &A) {
                         return A.Name == Read && !A.ByReference;
                       }) &&
         llvm::none_of(F.Calls, [&](const CallSite &C) {
           return C.Result == Read && isIn(C.Loop, L);
         });
}

std::optional<Contents> Loops::polling(int L) const {
  const Loop &Here = F.Loops[L];
  if (Here.Changes || Here.What == Loop::Kind::RangeFor ||
      (Here.Endless && !Here.Leaves))
    return std::nullopt;
  Contents In;
  for (const Suspension &S : F.Suspensions) {
    if (!isIn(S.Loop, L) || !P.maySuspend(S))
      continue;
    if (!isPause(S, L))
      return std::nullopt;
    In.Suspends = true;
    In.Delays |= S.Call < 0;
  }
  for (const CallSite &Call : F.Calls) {
    if (!isIn(Call.Loop, L))
      continue;
    In.Suspends |= P.suspendsStackful(F, Call);
    if (Models.polls(Call.CalleeName)) {
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
      if (Call.Const && !Call.Implicit &&
          !llvm::StringRef(Call.CalleeName).ends_with("::operator()"))
        In.Asked = &Call;
    } else if (!isHarmless(Call, L) && comesAgain(Call)) {
      return std::nullopt;
    }
  }
  const bool State = llvm::any_of(
      Here.Reads, [&](const ObjectPath &R) { return isShared(R, L); });
  const bool Paused = In.Pause || In.Suspends;
  // An object that may go on when it is asked is only worth a wait if nobody
  // drives it by asking: a delay between the questions tells that.
  const bool Asks = In.Poll || In.Asked || State ||
                    (Paused && In.Delays && In.Questions) ||
                    (Paused && !Here.Reads.empty()) || In.Clock;
  if (!Asks)
    return std::nullopt;
  return In;
}

/// The steps that show what \p In asks and how it lets time pass.
static void evidence(const Contents &In, std::vector<Step> &Steps) {
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

/// A loop that keeps its thread, in \p F or in what it calls: what it is made
/// of, and in \p Steps the way to it.
static std::optional<Contents>
spinsWithin(const FunctionFacts &F, const Program &P, unsigned Depth,
            llvm::SmallPtrSetImpl<const FunctionFacts *> &Seen,
            std::vector<Step> &Steps) {
  if (!Seen.insert(&F).second || P.context(F).Kind != ContextKind::Plain ||
      F.IsCoroutine)
    return std::nullopt;
  const Loops Own(F, P);
  const int Count = acquires(F, P.models()) ? 0 : F.Loops.size();
  for (int L = 0; L != Count; ++L)
    if (std::optional<Contents> In = Own.polling(L);
        F.Loops[L].Parent < 0 && In && !In->Suspends &&
        (In->Poll || In->Asked || !In->Clock) &&
        !(In->Pause && P.blockingPath(F, *In->Pause, {Tier::Waits}))) {
      Steps.push_back({F.Loops[L].Where, "`" + F.Name + "` polls in a loop"});
      return In;
    }
  if (Depth == 0)
    return std::nullopt;
  for (const CallSite &Call : F.Calls)
    if (const FunctionFacts *Next = P.callee(F, Call)) {
      Steps.push_back(
          {Call.Where, "`" + F.Name + "` calls `" + Next->Name + "`"});
      if (std::optional<Contents> In =
              spinsWithin(*Next, P, Depth - 1, Seen, Steps))
        return In;
      Steps.pop_back();
    }
  return std::nullopt;
}

/// Reports each loop on an async path that only asks and pauses, and each call
/// of a helper that does so on its caller's thread.
static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  const Context &In = P.context(F);
  if (!In.isAsync())
    return;
  const Loops Own(F, P);
  for (int L = 0; L != static_cast<int>(F.Loops.size()); ++L) {
    const std::optional<Contents> Has = Own.polling(L);
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
    if (std::optional<Contents> Has =
            spinsWithin(*Helper, P, MostHelpers, Seen, Steps)) {
      evidence(*Has, Steps);
      Report(Call.Where,
             whoRuns(F, In) + " keeps its thread busy in `" + Helper->Name +
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
