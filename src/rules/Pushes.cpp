//===- Pushes.cpp - Who fills a queue, and who empties it -----------------===//
//
// See Pushes.h.
//
//===----------------------------------------------------------------------===//

#include "rules/Pushes.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

/// The body runs on an async path, itself or where it is called.
bool runsAsync(const FunctionFacts &F, const Program &P, unsigned Depth) {
  const Context &In = P.context(F);
  if (In.isAsync())
    return true;
  return In.Kind == ContextKind::Plain && Depth != 0 &&
         llvm::any_of(P.callers(F), [&](const Site &S) {
           return S.In != &F && runsAsync(*S.In, P, Depth - 1);
         });
}

bool isSame(const Push &To, const FunctionFacts &F, llvm::StringRef Path) {
  if (Path.empty())
    return false;
  if (To.Member.empty())
    return &F == &To.F && Path == To.Call.Object.Path;
  return To.P.memberName(F, Path) == To.Member;
}

/// A number that is not about the queue: how long a message is.
static bool speaksOf(const Push &To, const FunctionFacts &F,
                     const Comparison &C) {
  const ModelSet &Models = To.P.models();
  // `text.size() > most`: of two numbers that are kept, one is what is queued.
  const bool Other = llvm::any_of(C.Calls, [&](unsigned I) {
    return Models.role(Role::Sizes, F.Calls[I]) != nullptr;
  });
  return llvm::any_of(C.Calls,
                      [&](unsigned I) {
                        const CallSite &Call = F.Calls[I];
                        if (Models.role(Role::Sizes, Call))
                          return isSame(To, F, Call.Object.Path) ||
                                 llvm::any_of(Call.Arguments,
                                              [&](const Value &V) {
                                                return isSame(To, F, V.Path);
                                              });
                        // `bytesQueued()` of the object itself.
                        return Call.Arguments.empty() &&
                               (Call.Object.Path == "this" ||
                                isSame(To, F, Call.Object.Path));
                      }) ||
         llvm::count_if(C.Reads, [&](llvm::StringRef R) {
           const bool Kept = R.contains('.') || R.starts_with("::");
           return Kept &&
                  (To.P.typeOf(F, R).empty() || isInteger(To.P.typeOf(F, R)));
         }) > (Other ? 1 : 0);
}

/// \p F asks whether there is too much before it goes on to its call \p Until.
static bool asks(const Push &To, const FunctionFacts &F, unsigned Until,
                 unsigned Depth) {
  const ModelSet &Models = To.P.models();
  for (const Comparison &C : F.Comparisons)
    if (comparesWithLimit(F, To.P, C) && speaksOf(To, F, C))
      return true;
  for (const Block &B : F.Flow)
    if (B.Test && B.Test->Call >= 0 && !B.Test->Equals.empty() &&
        B.Test->Equals != "0" && B.Test->Equals != "1" &&
        Models.role(Role::Sizes, F.Calls[B.Test->Call]) &&
        isSame(To, F, F.Calls[B.Test->Call].Object.Path))
      return true;
  const CallSite &Goal = F.Calls[Until];
  if (llvm::any_of(F.Suspensions, [&](const Suspension &S) {
        return isLimit(To.P, S) &&
               (S.Where < Goal.Where || (S.Loop >= 0 && S.Loop == Goal.Loop));
      }))
    return true;
  for (unsigned I = 0; I != F.Calls.size(); ++I) {
    const CallSite &Call = F.Calls[I];
    const bool Before =
        I < Until || (Call.Loop >= 0 && Call.Loop == F.Calls[Until].Loop);
    if (I == Until || !Before)
      continue;
    if (isLimit(F, To.P, Call))
      return true;
    // What replaces its content keeps only the last.
    if (Models.role(Role::Empties, Call) && isSame(To, F, Call.Object.Path) &&
        I < Until)
      return true;
    const FunctionFacts *Helper = Depth ? To.P.callee(F, Call) : nullptr;
    if (Helper && Helper != &F && !Helper->Calls.empty() &&
        Helper->Class == F.Class &&
        asks(To, *Helper, Helper->Calls.size() - 1, Depth - 1))
      return true;
  }
  return false;
}

/// \p F takes out of the queue itself, or what it calls does.
bool drains(const Push &To, const FunctionFacts &F, unsigned Depth) {
  const ModelSet &Models = To.P.models();
  return llvm::any_of(F.Calls, [&](const CallSite &Call) {
    if ((Models.role(Role::Pops, Call) || Models.role(Role::Empties, Call)) &&
        isSame(To, F, Call.Object.Path))
      return true;
    // Given away as a whole: `put(std::move(queue))`.
    if (llvm::any_of(Call.Arguments, [&](const Value &V) {
          return V.Moved && isSame(To, F, V.Path);
        }))
      return true;
    const FunctionFacts *Helper = Depth ? To.P.callee(F, Call) : nullptr;
    return Helper && Helper != &F && Call.Awaited &&
           drains(To, *Helper, Depth - 1);
  });
}

/// After the push its function waits for the answer, or until all is gone.
bool isLockstep(const Push &To) {
  const FunctionFacts &F = To.F;
  const unsigned Index = &To.Call - F.Calls.data();
  for (unsigned I = Index + 1; I < F.Calls.size(); ++I) {
    const CallSite &Call = F.Calls[I];
    if (!Call.Awaited && !To.P.suspendsStackful(F, Call))
      continue;
    if (To.P.models().role(Role::Pops, Call))
      return true;
    const FunctionFacts *Callee = To.P.callee(F, Call);
    if (Callee && Callee != &F && drains(To, *Callee, 2))
      return true;
    // It waits for what it has put there.
    for (const Value &V : To.Call.Arguments)
      if (!V.Path.empty() && V.Path.front() != '#' &&
          rootOf(V.Path) != "this" &&
          rootOf(Call.Object.Path) == rootOf(V.Path))
        return true;
  }
  return llvm::any_of(F.Suspensions, [&](const Suspension &S) {
    return llvm::any_of(To.Call.Arguments, [&](const Value &V) {
      return !V.Path.empty() && V.Path.front() != '#' && !V.Moved &&
             V.Parameter < 0 && rootOf(S.Operand.Path) == rootOf(V.Path) &&
             rootOf(V.Path) != "this";
    });
  });
}

/// Somebody compares what an accessor of the class tells of the size.
static bool isAskedFor(const Push &To) {
  if (To.Member.empty())
    return false;
  for (const Site &S : To.P.sitesOf(To.Member, Role::Sizes))
    if (S.In->Calls[S.Call].Returned) {
      if (To.P.mayHaveOtherCallers(*S.In))
        return true;
      for (const Site &By : To.P.callers(*S.In))
        if (llvm::any_of(By.In->Comparisons, [&](const Comparison &C) {
              return llvm::is_contained(C.Calls, By.Call) &&
                     comparesWithLimit(*By.In, To.P, C);
            }))
          return true;
    }
  return false;
}

/// Something holds the producer back.
bool isBounded(const Push &To, const FunctionFacts &F, unsigned Call,
               unsigned Depth) {
  if (asks(To, F, Call, 1) || isAskedFor(To))
    return true;
  const std::vector<Site> Callers = To.P.callers(F);
  return Depth != 0 && (!Callers.empty() || To.P.mayHaveOtherCallers(F)) &&
         llvm::all_of(Callers, [&](const Site &S) {
           return S.In != &F && isBounded(To, *S.In, S.Call, Depth - 1);
         });
}

/// Whoever waits is in the list once: as many as there are tasks.
bool holdsWaiters(const Program &P, llvm::StringRef Element, unsigned Depth) {
  static constexpr llvm::StringLiteral Words[] = {
      "coroutine_handle", "promise",      "Promise", "function<",
      "(lambda",          "function_ref", "waiter",  "Waiter",
      "awaiter",          "Awaiter",      "(*)",     "any_invocable",
      "AnyInvocable",     "Func<"};
  if (llvm::any_of(Words,
                   [&](llvm::StringRef W) { return Element.contains(W); }))
    return true;
  const bool Pointer = templateName(Element).ends_with("_ptr");
  const std::string Inner =
      Pointer ? firstArgument(Element) : Element.rtrim(" *").str();
  const TypeFacts *T = P.type(Inner);
  return T && Depth != 0 &&
         llvm::any_of(T->Fields, [&](const TypeFacts::Field &F) {
           return holdsWaiters(P, F.Type, Depth - 1);
         });
}

/// The name says that it is no queue of work.
bool isPool(llvm::StringRef Member) {
  static constexpr llvm::StringLiteral Words[] = {
      "pool",      "free",     "idle",    "cache",  "available", "waiters",
      "waiting",   "recycled", "spare",   "timers", "history",   "handlers",
      "callbacks", "stack",    "samples", "window", "sleepers",  "awaiters"};
  return saysOneOf(ownName(Member), Words);
}

/// \p Inner is \p F or a lambda in it.
static bool isPartOf(const FunctionFacts &Inner, const FunctionFacts &F) {
  return &Inner == &F || (Inner.IsLambda && Inner.Parent == F.Id);
}

static bool suspendsIn(const FunctionFacts &F, const Program &P, int L) {
  return llvm::any_of(
             F.Suspensions,
             [&](const Suspension &S) { return isInLoop(F, S.Loop, L); }) ||
         llvm::any_of(F.Calls, [&](const CallSite &C) {
           return isInLoop(F, C.Loop, L) && P.suspendsStackful(F, C);
         });
}

/// \p S takes out what others have put in, whenever it gets to it.
static bool isConsumer(const Push &To, const Site &S) {
  const FunctionFacts &D = *S.In;
  const Program &P = To.P;
  const CallSite &Call = D.Calls[S.Call];
  if (isPartOf(D, To.F) || isPartOf(To.F, D) || isOfLifetime(D) ||
      !runsAsync(D, P))
    return false;
  // The function of a queue that anybody may use takes at nobody's speed.
  if (P.context(D).Kind == ContextKind::Plain &&
      llvm::none_of(P.callers(D), [&](const Site &By) {
        return By.In->IsLambda || By.In->Class == D.Class;
      }))
    return false;
  const ModelSet &Models = P.models();
  const bool One = Models.role(Role::Pops, Call);
  if (One) {
    if (ownName(Call.CalleeName) != "erase")
      return true;
    // Of a registry anything is erased; of a queue, the first.
    return !Call.Arguments.empty() &&
           llvm::any_of(
               llvm::ArrayRef(Call.Arguments.front().Origins).take_front(2),
               [](llvm::StringRef O) { return ownName(O) == "begin"; });
  }
  int Outer = Call.Loop;
  while (Outer >= 0 && D.Loops[Outer].Parent >= 0)
    Outer = D.Loops[Outer].Parent;
  const bool Again = (Outer >= 0 && suspendsIn(D, P, Outer)) ||
                     P.context(D).Kind == ContextKind::Loop ||
                     P.context(D).Kind == ContextKind::Plain;
  if (!Again)
    return false;
  if (ownName(Call.CalleeName) == "clear")
    return llvm::any_of(D.Loops, [&](const Loop &L) {
      return L.What == Loop::Kind::RangeFor && isSame(To, D, L.Range.Path) &&
             suspendsIn(D, P, &L - D.Loops.data());
    });
  return true;
}

/// Who takes out what \p To puts in; null if nobody is seen to.
const Site *consumer(const Push &To) {
  for (const Site &S : To.P.takers(To.Member))
    if (isConsumer(To, S))
      return &S;
  return nullptr;
}

} // namespace async_tidy
