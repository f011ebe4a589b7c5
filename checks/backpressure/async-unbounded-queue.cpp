//===- async-unbounded-queue.cpp ------------------------------------------===//
//
// Between a producer and a consumer that is slower, a queue grows until there
// is no memory left, unless something holds the producer back.
//
//===----------------------------------------------------------------------===//

#include "rules/Bounds.h"
#include "rules/Phrases.h"
#include "rules/Rule.h"

namespace async_tidy {
namespace {

/// One call that puts something into a queue.
struct Push {
  const FunctionFacts &F;
  const Program &P;
  const CallSite &Call;
  std::string Member; ///< empty for a local
};

} // namespace

/// The body runs on an async path, itself or where it is called.
static bool runsAsync(const FunctionFacts &F, const Program &P,
                      unsigned Depth = 3) {
  const Context &In = P.context(F);
  if (In.isAsync())
    return true;
  return In.Kind == ContextKind::Plain && Depth != 0 &&
         llvm::any_of(P.callers(F), [&](const Site &S) {
           return S.In != &F && runsAsync(*S.In, P, Depth - 1);
         });
}

static bool isSame(const Push &To, const FunctionFacts &F,
                   llvm::StringRef Path) {
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
static bool drains(const Push &To, const FunctionFacts &F, unsigned Depth) {
  const ModelSet &Models = To.P.models();
  return llvm::any_of(F.Calls, [&](const CallSite &Call) {
    if ((Models.role(Role::Pops, Call) || Models.role(Role::Empties, Call)) &&
        isSame(To, F, Call.Object.Path))
      return true;
    const FunctionFacts *Helper = Depth ? To.P.callee(F, Call) : nullptr;
    return Helper && Helper != &F && Call.Awaited &&
           drains(To, *Helper, Depth - 1);
  });
}

/// After the push its function waits for the answer, or until all is gone.
static bool isLockstep(const Push &To) {
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

/// Something holds the producer back.
static bool isBounded(const Push &To, const FunctionFacts &F, unsigned Call,
                      unsigned Depth) {
  if (asks(To, F, Call, 1))
    return true;
  const std::vector<Site> Callers = To.P.callers(F);
  return Depth != 0 && !Callers.empty() &&
         llvm::all_of(Callers, [&](const Site &S) {
           return S.In != &F && isBounded(To, *S.In, S.Call, Depth - 1);
         });
}

/// Whoever waits is in the list once: as many as there are tasks.
static bool holdsWaiters(const Program &P, llvm::StringRef Element,
                         unsigned Depth = 2) {
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
static bool isPool(llvm::StringRef Member) {
  static constexpr llvm::StringLiteral Words[] = {
      "pool",      "free",     "idle",    "cache",  "available", "waiters",
      "waiting",   "recycled", "spare",   "timers", "history",   "handlers",
      "callbacks", "stack",    "samples", "window", "sleepers",  "awaiters"};
  return saysOneOf(lastName(Member), Words);
}

static bool isLifetimeOf(const FunctionFacts &F) {
  if (F.IsLambda)
    return false;
  const llvm::StringRef Name = lastName(F.Name);
  return Name.starts_with("~") || Name == "operator=" ||
         Name == lastName(templateName(F.Class));
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
  if (isPartOf(D, To.F) || isPartOf(To.F, D) || isLifetimeOf(D) ||
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
    if (lastName(Call.CalleeName) != "erase")
      return true;
    // Of a registry anything is erased; of a queue, the first.
    return !Call.Arguments.empty() &&
           llvm::any_of(
               llvm::ArrayRef(Call.Arguments.front().Origins).take_front(2),
               [](llvm::StringRef O) { return lastName(O) == "begin"; });
  }
  int Outer = Call.Loop;
  while (Outer >= 0 && D.Loops[Outer].Parent >= 0)
    Outer = D.Loops[Outer].Parent;
  const bool Again = (Outer >= 0 && suspendsIn(D, P, Outer)) ||
                     P.context(D).Kind == ContextKind::Loop ||
                     P.context(D).Kind == ContextKind::Plain;
  if (!Again)
    return false;
  if (lastName(Call.CalleeName) == "clear")
    return llvm::any_of(D.Loops, [&](const Loop &L) {
      return L.What == Loop::Kind::RangeFor && isSame(To, D, L.Range.Path) &&
             suspendsIn(D, P, &L - D.Loops.data());
    });
  return true;
}

/// Who takes out what \p To puts in; null if nobody is seen to.
static const Site *consumer(const Push &To) {
  for (const Site &S : To.P.takers(To.Member))
    if (isConsumer(To, S))
      return &S;
  return nullptr;
}

/// Nothing but constants: the sign that there is no more.
static bool isSentinel(const CallSite &Call) {
  return !Call.Arguments.empty() &&
         llvm::all_of(Call.Arguments, [](const Value &V) {
           const llvm::StringRef Type = templateName(V.Type);
           return V.Constant || Type == "std::nullopt_t" ||
                  Type == "std::monostate" ||
                  llvm::is_contained(V.Origins, "std::nullopt_t");
         });
}

/// Only its own function knows the local.
static bool isOwn(const FunctionFacts &F, llvm::StringRef Path) {
  if (Path.contains('.') || Path.starts_with("::") ||
      llvm::none_of(F.Variables, [&](const Variable &V) {
        return V.Name == Path && !V.Reference && !V.Static &&
               !templateName(V.Type).ends_with("_ptr");
      }))
    return false;
  return llvm::none_of(
             F.Uses,
             [&](const Use &U) { return U.Name == Path && U.Captured; }) &&
         llvm::none_of(F.Calls, [&](const CallSite &C) {
           return llvm::any_of(C.Arguments,
                               [&](const Value &V) { return V.Path == Path; });
         });
}

/// Somebody has set a bound: one of \p Names was called on the queue.
static bool isSetUp(const Push &To, llvm::ArrayRef<std::string> Names) {
  return !Names.empty() &&
         llvm::any_of(To.P.functions(), [&](const FunctionFacts *F) {
           return llvm::any_of(F->Calls, [&](const CallSite &C) {
             return llvm::is_contained(Names, C.CalleeName) &&
                    isSame(To, *F, C.Object.Path);
           });
         });
}

static std::string shown(llvm::StringRef Path) {
  Path.consume_front("this.");
  Path.consume_front("::");
  return Path.str();
}

/// A push into what grows by its nature.
static void checkPush(const Push &To, const RoleModel &M, FindingSink &Report) {
  const FunctionFacts &F = To.F;
  const Program &P = To.P;
  const Site *Out = To.Member.empty() ? nullptr : consumer(To);
  if ((!runsAsync(F, P) && !(Out && P.context(F).Kind == ContextKind::Plain)) ||
      isOwn(F, To.Call.Object.Path) || isSentinel(To.Call) ||
      isSetUp(To, M.UnlessCalled) || isLockstep(To) ||
      (To.Call.Loop >= 0 && isFixed(F, P, To.Call.Loop)) ||
      isBounded(To, F, &To.Call - F.Calls.data(), 2))
    return;
  const std::string Name = shown(To.Call.Object.Path);
  const bool Named = !Name.empty() && Name.front() != '#';
  Finding &Out1 =
      Report(To.Call.Where,
             "nothing bounds " + (Named ? "`" + Name + "`" : "the queue") +
                 ", into which `" + To.Call.CalleeName +
                 "` puts more; bound it, and wait or fail while it is full",
             Named ? Name : To.Call.CalleeName);
  if (Out)
    Out1.because({{Out->In->Calls[Out->Call].Where,
                   "`" + Out->In->Name + "` takes out, as fast as it can"}});
}

/// A push into a plain container that another task empties.
static void checkMailbox(const Push &To, FindingSink &Report) {
  const FunctionFacts &F = To.F;
  const Program &P = To.P;
  if (To.Member.empty() || isPool(To.Member) || isLifetimeOf(F) ||
      P.takers(To.Member).empty() || isSentinel(To.Call) ||
      holdsWaiters(P, firstArgument(To.Call.Object.Type)) ||
      (To.Call.Loop >= 0 && isFixed(F, P, To.Call.Loop)))
    return;
  const Site *Out = consumer(To);
  if (!Out || drains(To, F, 0) || isLockstep(To) ||
      isBounded(To, F, &To.Call - F.Calls.data(), 2))
    return;
  const std::string Name = shown(To.Call.Object.Path);
  Report(To.Call.Where,
         "`" + Name + "` grows without bound while `" + Out->In->Name +
             "` is slower than `" + F.Name +
             "`; compare its size with a limit, and wait or refuse",
         Name)
      .because({{Out->In->Calls[Out->Call].Where,
                 "`" + Out->In->Name + "` takes out here"}});
}

/// A queue that is made without a bound.
static void checkMade(const Push &To, const RoleModel &M, FindingSink &Report) {
  const CallSite &Call = To.Call;
  if (isSetUp(To, M.UnlessCalled) ||
      (!To.Member.empty() &&
       llvm::any_of(To.P.sitesOf(To.Member, Role::Sizes), [&](const Site &S) {
         return llvm::any_of(S.In->Comparisons, [&](const Comparison &C) {
           return llvm::is_contained(C.Calls, S.Call) &&
                  comparesWithLimit(*S.In, To.P, C);
         });
       })))
    return;
  const std::string Name = shown(Call.Result);
  const bool Named = !Name.empty() && Name.front() != '#';
  Report(Call.Where,
         "nothing bounds " + (Named ? "`" + Name + "`" : "this queue") +
             ": who puts into it never learns that the other side is slower" +
             (M.Instead.empty() ? "" : "; give it " + M.Instead),
         Named ? Name : Call.CalleeName);
}

static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  const ModelSet &Models = P.models();
  if (P.context(F).Kind == ContextKind::Offloaded)
    return;
  for (const CallSite &Call : F.Calls) {
    auto Names = [&](const ObjectPath &Path) { return P.memberName(F, Path); };
    if (const RoleModel *M = Models.role(Role::Unbounded, Call))
      checkMade({F, P, Call,
                 Names(Call.Result.empty() ? Call.Object.Path : Call.Result)},
                *M, Report);
    else if (const RoleModel *Puts = Models.role(Role::Pushes, Call))
      checkPush({F, P, Call, Names(Call.Object.Path)}, *Puts, Report);
    else if (Models.role(Role::Appends, Call))
      checkMailbox({F, P, Call, Names(Call.Object.Path)}, Report);
  }
}

extern const Rule async_unbounded_queue = {
    .Id = "async-unbounded-queue",
    .Group = "backpressure",
    .Summary = "Nothing bounds a queue between a producer and a consumer.",
    .Since = "0.1",
    .Shown = Level::Default,
    .Check = check,
};

} // namespace async_tidy
