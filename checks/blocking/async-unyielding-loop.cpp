//===- async-unyielding-loop.cpp ------------------------------------------===//
//
// A loop that does not suspend is one step to the event loop, however long it
// takes: everybody else of its thread waits for its end.
//
//===----------------------------------------------------------------------===//

#include "rules/Bounds.h"
#include "rules/Phrases.h"
#include "rules/PollingLoops.h"
#include "rules/Rule.h"

namespace async_tidy {

/// Within the loop others get their turn, or it is another rule's business.
static bool yieldsIn(const FunctionFacts &F, const Program &P, int L) {
  return llvm::any_of(
             F.Suspensions,
             [&](const Suspension &S) { return isInLoop(F, S.Loop, L); }) ||
         llvm::any_of(F.Calls, [&](const CallSite &C) {
           return isInLoop(F, C.Loop, L) &&
                  (P.suspendsStackful(F, C) ||
                   saysOneOf(ownName(C.CalleeName), {"yield", "preempt"}));
         });
}

/// A number that is written in the program bounds it.
static bool isSmall(const FunctionFacts &F, const Program &P, int L) {
  if (F.Loops[L].What == Loop::Kind::RangeFor)
    return isFixed(F, P, L);
  return llvm::any_of(F.Comparisons, [&](const Comparison &C) {
    return C.Loop == L && C.InLoopCondition && C.Constant && *C.Constant > 1;
  });
}

/// Does work that nobody here knows the length of.
static bool works(const FunctionFacts &F, const Program &P,
                  const CallSite &Call) {
  const ModelSet &Models = P.models();
  const llvm::StringRef Name = Call.CalleeName;
  if (Call.Kind != CallKind::Call || Call.Implicit || Call.ByAwait ||
      Call.Const || Name.empty() || Name.starts_with("std::") ||
      ownName(Name).starts_with("operator") || Models.knows(Name) ||
      Models.role(Role::Appends, Call) || Models.role(Role::Pops, Call))
    return false;
  if (const FunctionFacts *Callee = P.callee(F, Call))
    return !Callee->Loops.empty() && !Callee->IsCoroutine;
  return true;
}

/// The loop goes on until what it computes is beyond a threshold.
static bool converges(const FunctionFacts &F, const Program &P, int L) {
  return llvm::any_of(F.Comparisons, [&](const Comparison &C) {
    if (C.Loop != L || !C.InLoopCondition || !C.Calls.empty())
      return false;
    // A local number counts; it is shared state, or a fraction, that work
    // brings nearer.
    return llvm::any_of(C.Reads, [&](llvm::StringRef R) {
      const std::string Type = P.typeOf(F, R);
      return R.contains('.') || R.starts_with("::") || Type == "double" ||
             Type == "float";
    });
  });
}

/// The loop goes on until a container that others fill is empty.
static bool drains(const FunctionFacts &F, int L) {
  return llvm::any_of(F.Calls, [&](const CallSite &Call) {
    const llvm::StringRef Path = Call.Object.Path;
    return Call.Loop == L && Call.InLoopCondition && Call.Const &&
           ownName(Call.CalleeName) == "empty" &&
           (Path.contains('.') || Path.starts_with("::"));
  });
}

/// Before the loop the coroutine has moved to a pool, which is there for work.
static bool isOnPool(const FunctionFacts &F, const Program &P, int L) {
  return llvm::any_of(F.Suspensions, [&](const Suspension &S) {
    const CallSite *Call = S.Call >= 0 ? &F.Calls[S.Call] : nullptr;
    if (!Call || S.Loop >= 0 || !(S.Where < F.Loops[L].Where) ||
        !P.models().switches(Call->CalleeName))
      return false;
    auto IsPool = [](const Value &V) {
      return saysOneOf(ownName(templateName(V.Type)), {"pool"});
    };
    return IsPool(Call->Object) || llvm::any_of(Call->Arguments, IsPool);
  });
}

/// How deep loops over what is not fixed are nested from \p L inwards.
static unsigned depth(const FunctionFacts &F, const Program &P, int L) {
  unsigned Deepest = 0;
  for (int Inner = 0; Inner != static_cast<int>(F.Loops.size()); ++Inner)
    if (F.Loops[Inner].Parent == L)
      Deepest = std::max(Deepest, depth(F, P, Inner));
  // One without a condition goes over nothing, nor does `do ... while (0)`.
  const bool Counts = !F.Loops[L].Endless && !isSmall(F, P, L) &&
                      F.Loops[L].What != Loop::Kind::Do;
  return Deepest + (Counts ? 1 : 0);
}

/// Why the loop \p L may take long; empty if it may not.
static std::string reason(const FunctionFacts &F, const Program &P, int L) {
  const Loop &Here = F.Loops[L];
  if (depth(F, P, L) > 1 && !isSmall(F, P, L) && !Here.Endless)
    return "nested loops over what others decide the size of";
  if (Here.What == Loop::Kind::RangeFor || Here.What == Loop::Kind::For ||
      isSmall(F, P, L) || !(converges(F, P, L) || drains(F, L)))
    return "";
  for (const CallSite &Call : F.Calls)
    if (isInLoop(F, Call.Loop, L) && works(F, P, Call))
      return "calls of `" + Call.CalleeName + "` until a condition holds";
  return "";
}

/// The call of what is heavy that \p Call leads to, and in \p Steps the way.
static const CallSite *heavy(const FunctionFacts &F, const Program &P,
                             const CallSite &Call, unsigned Depth,
                             std::vector<Step> &Steps) {
  if (P.models().role(Role::CpuHeavy, Call))
    return &Call;
  const FunctionFacts *Callee = Depth ? P.callee(F, Call) : nullptr;
  if (!Callee || Callee == &F || Callee->IsCoroutine ||
      P.context(*Callee).Kind != ContextKind::Plain)
    return nullptr;
  for (const CallSite &Inner : Callee->Calls)
    if (const CallSite *Found = heavy(*Callee, P, Inner, Depth - 1, Steps)) {
      Steps.insert(Steps.begin(),
                   {Inner.Where,
                    "`" + Callee->Name + "` calls `" + Inner.CalleeName + "`"});
      return Found;
    }
  return nullptr;
}

static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  const Context &In = P.context(F);
  if (!In.isAsync() || In.Kind == ContextKind::Awaiter)
    return;
  const PollingLoops Polls(F, P);
  for (int L = 0; L != static_cast<int>(F.Loops.size()); ++L) {
    const int Outer = F.Loops[L].Parent;
    if (yieldsIn(F, P, L) || (Outer >= 0 && !yieldsIn(F, P, Outer)) ||
        Polls.polling(L) || isOnPool(F, P, L))
      continue;
    const std::string Why = reason(F, P, L);
    if (Why.empty())
      continue;
    Finding &Out =
        Report(F.Loops[L].Where,
               whoRuns(F, In) +
                   " keeps its thread for as long as this loop "
                   "takes (" +
                   Why + "); yield in it, or do it on a thread of its own",
               "loop");
    weaken(In, Out);
  }
  for (const CallSite &Call : F.Calls) {
    std::vector<Step> Steps;
    const CallSite *Found = heavy(F, P, Call, 3, Steps);
    if (!Found || P.isExcused(F, Call))
      continue;
    Finding &Out =
        Report(Call.Where,
               whoRuns(F, In) + " keeps its thread busy in `" +
                   Found->CalleeName + "`; do it on a thread of its own",
               Found->CalleeName);
    Out.because(std::move(Steps));
    weaken(In, Out);
  }
}

extern const Rule async_unyielding_loop = {
    .Id = "async-unyielding-loop",
    .Group = "blocking",
    .Summary = "A long computation on an async path lets nobody else run.",
    .Since = "0.1",
    .Shown = Level::Strict,
    .Check = check,
};

} // namespace async_tidy
