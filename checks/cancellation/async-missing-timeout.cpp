//===- async-missing-timeout.cpp ------------------------------------------===//
//
// The other side of a connection may never answer: whoever waits for it without
// a deadline waits, with all that it holds, for ever.
//
//===----------------------------------------------------------------------===//

#include "rules/Bounds.h"
#include "rules/Phrases.h"
#include "rules/Rule.h"

namespace async_tidy {

/// What \p V is, or is made of: `lowest_layer(stream)` is of `stream`.
static std::string objectOf(const FunctionFacts &F, const Value &V,
                            unsigned Depth = 3) {
  llvm::StringRef Path = V.Path;
  if (!Path.empty() && Path.front() != '#') {
    // `stream.next_layer()` is of `stream`.
    const size_t Accessor = Path.find("()");
    return Accessor == llvm::StringRef::npos
               ? Path.str()
               : Path.take_front(Path.take_front(Accessor).rfind('.')).str();
  }
  if (V.Call < 0 || Depth == 0)
    return "";
  const CallSite &Call = F.Calls[V.Call];
  if (!Call.Object.Type.empty() && Call.Kind == CallKind::Call)
    return objectOf(F, Call.Object, Depth - 1);
  return Call.Arguments.empty()
             ? ""
             : objectOf(F, Call.Arguments.front(), Depth - 1);
}

/// \p A and \p B are one connection, or one lies in the other.
static bool isSame(llvm::StringRef A, llvm::StringRef B) {
  return !A.empty() && !B.empty() && (isWithin(A, B) || isWithin(B, A));
}

/// Came through what sets a deadline: `cancel_after(5s, token)`.
static bool comesWithDeadline(const FunctionFacts &F, const Program &P,
                              const Value &V) {
  const ModelSet &Models = P.models();
  static constexpr llvm::StringLiteral Words[] = {"slot", "cancellation",
                                                  "deadline", "timeout"};
  return llvm::any_of(V.Origins,
                      [&](llvm::StringRef O) {
                        return Models.is(Role::SetsDeadline, O) ||
                               saysOneOf(ownName(O), Words);
                      }) ||
         (V.Call >= 0 && Models.role(Role::SetsDeadline, F.Calls[V.Call]));
}

/// Gives up after a while: by a model, or going by its name.
static bool setsDeadline(const FunctionFacts &F, const Program &P,
                         const CallSite &Call) {
  if (P.models().role(Role::SetsDeadline, Call))
    return true;
  static constexpr llvm::StringLiteral Words[] = {"timeout", "deadline",
                                                  "timed", "watchdog"};
  static constexpr llvm::StringLiteral Never[] = {"never",   "none",  "cancel",
                                                  "disable", "clear", "no"};
  const llvm::StringRef Name = ownName(Call.CalleeName);
  return Call.Kind == CallKind::Call && !Call.Arguments.empty() &&
         saysOneOf(Name, Words) && !saysOneOf(Name, Never);
}

/// The operation \p Index, or what it is put into before it is awaited, has an
/// end in time.
static bool isRaced(const FunctionFacts &F, const Program &P, unsigned Index) {
  const ModelSet &Models = P.models();
  if (llvm::any_of(F.Calls[Index].Arguments, [&](const Value &V) {
        return comesWithDeadline(F, P, V) || isTimeType(V.Type);
      }))
    return true;
  int At = static_cast<int>(Index);
  for (unsigned Steps = 0; Steps != 8; ++Steps) {
    const CallSite &Call = F.Calls[At];
    int Next = Call.Consumer;
    if (Next < 0 && !Call.Result.empty() && Call.Result.front() != '#')
      // A task that has a name is given on by its name.
      for (unsigned I = At + 1; I < F.Calls.size(); ++I)
        if (llvm::any_of(
                F.Calls[I].Arguments,
                [&](const Value &V) { return V.Path == Call.Result; }) &&
            setsDeadline(F, P, F.Calls[I]))
          return true;
    if (Next < 0 || Next == At)
      return false;
    const CallSite &Taker = F.Calls[Next];
    if (setsDeadline(F, P, Taker)) {
      // Of two that wait for the other side, neither is a timer.
      const bool Timer =
          Taker.Arguments.size() != 2 ||
          llvm::any_of(Taker.Arguments, [&](const Value &V) {
            return V.Call != At &&
                   (V.Call < 0 ||
                    !Models.role(Role::NeedsDeadline, F.Calls[V.Call]));
          });
      if (Timer)
        return true;
    }
    At = Next;
  }
  return false;
}

/// Before \p Until, or anywhere if that is -1, \p F sets a deadline on
/// \p Object or on \p Other, or one that covers all that follows.
static bool isSet(const FunctionFacts &F, const Program &P,
                  llvm::StringRef Object, int Until,
                  llvm::StringRef Other = "") {
  bool Set = false;
  for (unsigned I = 0; I != F.Calls.size(); ++I) {
    const CallSite &Call = F.Calls[I];
    const bool Before =
        Until < 0 || static_cast<int>(I) < Until ||
        (Call.Loop >= 0 && isInLoop(F, F.Calls[Until].Loop, Call.Loop));
    if (!Before)
      continue;
    const RoleModel *M = P.models().role(Role::SetsDeadline, Call);
    if (!M) {
      // `expires_never` takes it back.
      if (Until >= 0 && static_cast<int>(I) < Until &&
          saysOneOf(ownName(Call.CalleeName), {"never"}) &&
          isSame(objectOf(F, Call.Object), Object))
        Set = false;
      continue;
    }
    if (!M->At) {
      // A combinator covers what it is given; a setter what follows.
      Set |= Call.Discarded != CallSite::Discard::No &&
             llvm::none_of(Call.Arguments, [&](const Value &V) {
               return isAwaitable(V.Type, P);
             });
      continue;
    }
    if (const Value *V = valueAt(Call, *M->At))
      Set |= isSame(objectOf(F, *V), Object) ||
             (!Other.empty() && isSame(objectOf(F, *V), Other));
  }
  return Set;
}

/// Ends an operation or a connection.
static bool ends(const CallSite &Call) {
  static constexpr llvm::StringLiteral Words[] = {
      "cancel", "close",   "shutdown", "abort",  "disconnect", "emit",
      "stop",   "request", "reset",    "expire", "kill",       "terminate"};
  return Call.Kind == CallKind::Call && !Call.ByAwait &&
         saysOneOf(ownName(Call.CalleeName), Words);
}

/// Waits for a timer that is set elsewhere.
static bool waitsForTimer(const CallSite &Call, const Program &P) {
  const PauseModel *M = P.models().pause(Call.CalleeName);
  return M && !M->ArmedBy.empty();
}

/// Lets time pass and then ends something.
static bool isWatchdog(const FunctionFacts &G, const Program &P) {
  bool Waits = false, Stops = false;
  for (const CallSite &Call : G.Calls) {
    const bool Timer = delays(G, P, Call, 0) || waitsForTimer(Call, P);
    Waits |= Timer;
    Stops |= Waits && !Timer && ends(Call);
  }
  return Waits && Stops;
}

/// \p G is a handler that ends something; if so, the function that gives it to
/// a timer, or null.
static const FunctionFacts *setsWatchdog(const FunctionFacts &G,
                                         const Program &P) {
  if (!G.IsLambda || llvm::none_of(G.Calls, ends))
    return nullptr;
  const FunctionFacts *By = P.definition(G, G.Parent);
  return By && llvm::any_of(By->Calls,
                            [&](const CallSite &Call) {
                              return !Call.Awaited && waitsForTimer(Call, P);
                            })
             ? By
             : nullptr;
}

/// A handler of a timer of \p F's own ends the operation.
static bool isWatched(const FunctionFacts &F, const Program &P) {
  const bool Timer = llvm::any_of(F.Calls, [&](const CallSite &Call) {
    return !Call.Awaited && waitsForTimer(Call, P);
  });
  for (const FunctionFacts *G : P.functions()) {
    const bool Child = G->Parent == F.Id && G != &F;
    const bool Sibling = !F.Class.empty() && G->Class == F.Class && G != &F;
    if (Child && Timer)
      return true;
    if ((Child || Sibling) && isWatchdog(*G, P))
      return true;
    if (const FunctionFacts *By = setsWatchdog(*G, P);
        By && !F.Class.empty() && By->Class == F.Class)
      return true;
  }
  for (const CallSite &Call : F.Calls)
    if (const FunctionFacts *G = P.callee(F, Call);
        G && G != &F && isWatchdog(*G, P))
      return true;
  return false;
}

/// Whoever runs \p F has set a deadline: on what it gives, or on the task.
static bool isCoveredByCallers(const FunctionFacts &F, const Program &P,
                               llvm::StringRef Object, unsigned Depth) {
  if (P.mayHaveOtherCallers(F))
    return true;
  const auto Given = llvm::find_if(F.Parameters, [&](const Parameter &A) {
    return A.Name == rootOf(Object);
  });
  for (const Site &S : P.callers(F)) {
    if (S.In == &F)
      continue;
    if (isRaced(*S.In, P, S.Call) || isWatched(*S.In, P))
      return true;
    Symbol There =
        rootOf(Object) == "this" ? S.In->Calls[S.Call].Object.Path : Symbol();
    if (Given != F.Parameters.end()) {
      const size_t I = Given - F.Parameters.begin();
      if (I < S.In->Calls[S.Call].Arguments.size())
        There = objectOf(*S.In, S.In->Calls[S.Call].Arguments[I]);
    }
    if (isSet(*S.In, P, There, static_cast<int>(S.Call)))
      return true;
    if (Depth != 0 && isCoveredByCallers(*S.In, P, There, Depth - 1))
      return true;
  }
  return false;
}

/// A function of the class, or of the one around a lambda, sets it.
static bool isSetElsewhere(const FunctionFacts &F, const Program &P,
                           llvm::StringRef Object) {
  const std::string Member = P.memberName(F, Object);
  for (const FunctionFacts *G : P.functions()) {
    if (G == &F)
      continue;
    if (G->Id == F.Parent && isSet(*G, P, Object, -1))
      return true;
    if (Member.empty() || G->Class != F.Class)
      continue;
    for (const CallSite &Call : G->Calls) {
      const RoleModel *M = P.models().role(Role::SetsDeadline, Call);
      const Value *V = M && M->At ? valueAt(Call, *M->At) : nullptr;
      if (V && P.memberName(*G, objectOf(*G, *V)) == Member)
        return true;
    }
  }
  return false;
}

static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  const Context &In = P.context(F);
  if (In.Kind != ContextKind::Coroutine && In.Kind != ContextKind::Fiber)
    return;
  for (unsigned I = 0; I != F.Calls.size(); ++I) {
    const CallSite &Call = F.Calls[I];
    const RoleModel *M = P.models().role(Role::NeedsDeadline, Call);
    if (!M)
      continue;
    const Fate Fate = fateOf(F, I, P);
    if (!Call.Awaited && Fate.What != Fate::Kind::Awaited &&
        !P.suspendsStackful(F, Call))
      continue;
    const Value *V = M->At ? valueAt(Call, *M->At) : nullptr;
    const std::string Object = V ? objectOf(F, *V) : "";
    const std::string By = V == &Call.Object ? "" : objectOf(F, Call.Object);
    if (isRaced(F, P, I) || isSet(F, P, Object, static_cast<int>(I), By) ||
        isSetElsewhere(F, P, By) || isWatched(F, P) ||
        isSetElsewhere(F, P, Object) || isCoveredByCallers(F, P, Object, 2))
      continue;
    Finding &Out =
        Report(Call.Where,
               whoRuns(F, In) + " waits in `" + Call.CalleeName +
                   "` for the other side, without a deadline; set one, or "
                   "race the operation with a timer",
               Call.CalleeName);
    weaken(In, Out);
  }
}

extern const Rule async_missing_timeout = {
    .Id = "async-missing-timeout",
    .Group = "cancellation",
    .Summary = "An operation of the network is awaited without a deadline.",
    .Since = "0.1",
    .Shown = Level::Strict,
    .Check = check,
};

} // namespace async_tidy
