//===- async-unbounded-spawn.cpp ------------------------------------------===//
//
// A task that its starter does not wait for takes memory, a connection, a
// descriptor. Started in a loop over what others send, there are as many as
// they like.
//
//===----------------------------------------------------------------------===//

#include "rules/Bounds.h"
#include "rules/Phrases.h"
#include "rules/Rule.h"

namespace async_tidy {

static bool isTask(const Program &P, llvm::StringRef Type) {
  return isAwaitable(Type, P);
}

/// Starts what it is given, going by its name.
static bool soundsLikeSpawn(llvm::StringRef Callee) {
  static constexpr llvm::StringLiteral First[] = {
      "spawn", "detach", "launch", "start", "fire", "nest", "submit"};
  const std::vector<std::string> Words = wordsOf(ownName(Callee));
  return !Words.empty() &&
         (llvm::is_contained(First, Words.front()) ||
          (Words.front() == "co" && Words.size() > 1 && Words[1] == "spawn"));
}

/// A container's own way to keep what it is given.
static bool keeps(const Program &P, const CallSite &Call) {
  const llvm::StringRef Name = ownName(Call.CalleeName);
  return P.models().role(Role::Appends, Call) || Name.starts_with("push") ||
         Name.starts_with("emplace") || Name == "append" ||
         Name == "operator[]" || Name == "operator=" || Name == "insert";
}

/// The call `F.Calls[Index]` starts something that its caller does not wait
/// for.
static bool spawns(const FunctionFacts &F, const Program &P, unsigned Index) {
  const CallSite &Call = F.Calls[Index];
  const ModelSet &Models = P.models();
  const Fate Fate = fateOf(F, Index, P);
  if (Fate.What == Fate::Kind::Awaited || Fate.What == Fate::Kind::Waited ||
      Call.Awaited)
    return false;
  if (Models.role(Role::Spawns, Call) || Models.role(Role::Detaches, Call))
    return true;
  if (Call.Kind != CallKind::Call || Call.ByAwait)
    return false;
  // A task that has begun when its call returns, and is left alone or kept.
  const TaskModel *Task = Models.task(Call.ResultType);
  const bool Eager = Task && Task->Eager && Call.GivesObject &&
                     !ownName(Call.CalleeName).starts_with("operator");
  if (Eager && isTask(P, Call.ResultType) &&
      llvm::none_of(Call.Arguments,
                    [&](const Value &V) { return isTask(P, V.Type); }) &&
      !isTask(P, Call.Object.Type)) {
    if (Fate.What == Fate::Kind::Dropped)
      return true;
    if (Fate.What == Fate::Kind::Given && Fate.Taker >= 0)
      return keeps(P, F.Calls[Fate.Taker]);
    if (Task->Discardable)
      return true;
  }
  if (!soundsLikeSpawn(Call.CalleeName))
    return false;
  // It refuses, or waits, when there is too much.
  const FunctionFacts *Body = P.callee(F, Call);
  if (Body ? isLimited(*Body, P, -1) : !P.isWhole())
    return false;
  return isTask(P, Call.Object.Type) ||
         llvm::any_of(Call.Arguments, [&](const Value &V) {
           return V.Moved && isTask(P, V.Type);
         });
}

/// Words for what a program sets up once, when it starts.
static bool isStartup(const FunctionFacts &F, const Loop &L) {
  static constexpr llvm::StringLiteral Words[] = {
      "workers",   "worker",   "listeners",  "endpoints", "acceptors",
      "services",  "shards",   "peers",      "replicas",  "threads",
      "consumers", "modules",  "components", "plugins",   "ports",
      "addresses", "backends", "nodes"};
  const llvm::StringRef Path = L.Range.Path;
  static constexpr llvm::StringLiteral Beginnings[] = {
      "start", "run",  "init",     "initialize", "setup",
      "main",  "stop", "shutdown", "close"};
  const std::vector<std::string> Name = wordsOf(ownName(F.Name));
  const bool Kept = Path.starts_with("this.") || Path.starts_with("::");
  return saysOneOf(Path, Words) ||
         (Kept && !Name.empty() &&
          llvm::is_contained(Beginnings, Name.front()));
}

/// In the loop \p L all that was started is waited for before the next turn.
static bool joinsIn(const FunctionFacts &F, const Program &P, int L,
                    unsigned Spawn) {
  const ModelSet &Models = P.models();
  for (const CallSite &Call : F.Calls) {
    if (!isInLoop(F, Call.Loop, L) || &Call == &F.Calls[Spawn])
      continue;
    const bool Waits = Call.Awaited || P.suspendsStackful(F, Call);
    if (Waits &&
        (Models.role(Role::StartsAll, Call) || Models.role(Role::Joins, Call) ||
         saysOneOf(ownName(Call.CalleeName), {"join", "joined"})))
      return true;
    // The one that was started is waited for by name.
    if (Waits && !F.Calls[Spawn].Result.empty() &&
        F.Calls[Spawn].Result.front() != '#' &&
        isWithin(Call.Object.Path, F.Calls[Spawn].Result))
      return true;
  }
  return llvm::any_of(F.Suspensions, [&](const Suspension &S) {
    return isInLoop(F, S.Loop, L) && !F.Calls[Spawn].Result.empty() &&
           F.Calls[Spawn].Result.front() != '#' &&
           isWithin(S.Operand.Path, F.Calls[Spawn].Result);
  });
}

/// The innermost loop around `F.Calls[Index]` that others decide the length of
/// and in which nothing asks for a limit, or -1.
static int unlimited(const FunctionFacts &F, const Program &P, unsigned Index) {
  int Found = -1;
  for (int L = F.Calls[Index].Loop; L >= 0; L = F.Loops[L].Parent) {
    if (isLimited(F, P, L))
      return -1;
    if (Found < 0 && !isFixed(F, P, L) && !isStartup(F, F.Loops[L]))
      Found = L;
    if (Found >= 0 && joinsIn(F, P, L, Index))
      return -1;
  }
  return Found;
}

static llvm::StringRef nameOf(const FunctionFacts &F, const Program &P,
                              const CallSite &Call) {
  for (const Value &V : Call.Arguments)
    if (V.Call >= 0 && isTask(P, V.Type) &&
        F.Calls[V.Call].Kind == CallKind::Call)
      return F.Calls[V.Call].CalleeName;
  return Call.CalleeName;
}

static void checkLoops(const FunctionFacts &F, const Program &P,
                       FindingSink &Report) {
  for (unsigned I = 0; I != F.Calls.size(); ++I) {
    const CallSite &Call = F.Calls[I];
    if (Call.Loop < 0 || Call.InLoopCondition || !spawns(F, P, I))
      continue;
    const int L = unlimited(F, P, I);
    if (L < 0)
      continue;
    // A wrapper and what it wraps are one.
    if (Call.Consumer >= 0 && spawns(F, P, Call.Consumer))
      continue;
    const std::string Name = nameOf(F, P, Call).str();
    std::vector<Step> Steps{
        {F.Loops[L].Where, "once for each turn of this loop"}};
    for (const CallSite &All : F.Calls)
      if (P.models().role(Role::StartsAll, All))
        Steps.push_back({All.Where, "waited for only here"});
    Finding &Out =
        Report(Call.Where,
               "nothing limits how many `" + Name +
                   "` this loop starts; take a semaphore before, or start a "
                   "fixed number of workers",
               Name);
    Out.because(std::move(Steps));
    weaken(P.context(F), Out);
  }
}

/// \p F is of the library whose function \p Call enters.
static bool isOwn(const FunctionFacts &F, const CallSite &Call) {
  const llvm::StringRef Mine = F.Name, Theirs = Call.CalleeName;
  return Theirs.contains("::") && Mine.contains("::") &&
         Mine.split("::").first == Theirs.split("::").first;
}

/// A range of tasks of any length, and no loop's: `when_all(tasks)`.
static const Value *startsAll(const FunctionFacts &F, const Program &P,
                              const CallSite &Call) {
  const RoleModel *M = P.models().role(Role::StartsAll, Call);
  if (M && M->At) {
    const Value *V = valueAt(Call, *M->At);
    return V && !isTask(P, V->Type) ? V : nullptr;
  }
  if (Call.Kind != CallKind::Call || Call.ByAwait)
    return nullptr;
  static constexpr llvm::StringLiteral Names[] = {
      "whenall", "collectall", "gather",   "gatherall",
      "joinall", "waitall",    "awaitall", "all"};
  std::string Flat;
  for (const std::string &W : wordsOf(ownName(Call.CalleeName)))
    Flat += W;
  if (!llvm::is_contained(Names, Flat) || Call.Written != 1)
    return nullptr;
  const Value &V = Call.Arguments.front();
  const std::string Element = firstArgument(V.Type);
  return !isTask(P, V.Type) && isTask(P, Element) ? &V : nullptr;
}

/// Where the local \p Path is filled without a limit; null if its length is
/// known.
static const CallSite *filledBy(const FunctionFacts &F, const Program &P,
                                llvm::StringRef Path) {
  for (unsigned I = 0; I != F.Calls.size(); ++I) {
    const CallSite &Call = F.Calls[I];
    if (Call.Object.Path == Path && keeps(P, Call) && Call.Loop >= 0 &&
        unlimited(F, P, I) >= 0)
      return &Call;
  }
  return nullptr;
}

static bool isFilled(const FunctionFacts &F, const Program &P,
                     llvm::StringRef Path) {
  return llvm::any_of(F.Calls, [&](const CallSite &Call) {
    return Call.Object.Path == Path &&
           (keeps(P, Call) ||
            (Call.Kind == CallKind::Construct && Call.Written != 0));
  });
}

/// \p V is made of constants and callables alone: `iota(0, 16) | transform(f)`.
static bool isWritten(const FunctionFacts &F, const Value &V) {
  if (V.Constant || !V.Callable.empty())
    return true;
  return V.Call >= 0 && !F.Calls[V.Call].Arguments.empty() &&
         llvm::all_of(F.Calls[V.Call].Arguments,
                      [&](const Value &A) { return isWritten(F, A); });
}

static void checkRanges(const FunctionFacts &F, const Program &P,
                        FindingSink &Report) {
  for (const CallSite &Call : F.Calls) {
    const Value *Range = startsAll(F, P, Call);
    // A library is made of its own parts.
    if (!Range || isOwn(F, Call))
      continue;
    const llvm::StringRef Path = Range->Path;
    const bool Local = !Path.empty() && Path.front() != '#' &&
                       !Path.contains('.') && !Path.starts_with("::");
    const bool Given = llvm::any_of(
        F.Parameters, [&](const Parameter &A) { return A.Name == Path; });
    std::vector<Step> Steps;
    bool Outside = true;
    if (Local && !Given) {
      const CallSite *Fills = filledBy(F, P, Path);
      // What has begun already is told where it begins.
      if (!Fills && isFilled(F, P, Path))
        continue;
      const std::string Element =
          firstArgument(Fills ? Fills->Object.Type : Range->Type);
      const TaskModel *Task = P.models().task(Element);
      if (Fills && Task && Task->Eager)
        continue;
      if (Fills)
        Steps.push_back({Fills->Where, "one for each turn of the loop"});
      else if (const Variable *V = variable(F, Path);
               !V || V->Init.Call < 0 ||
               F.Calls[V->Init.Call].Kind != CallKind::Call ||
               isWritten(F, V->Init) || isTask(P, Element))
        continue;
      else // a file of the program's own, as likely as what others send
        Outside = F.Calls[V->Init.Call].ByAwait;
    } else if (!Given) {
      continue;
    }
    const std::string Name = Path.str();
    Finding &Out =
        Report(Call.Where,
               "`" + Call.CalleeName + "` starts everything in `" + Name +
                   "` at once, however much it is; use a form that limits how "
                   "many run at a time",
               Name);
    Out.because(std::move(Steps));
    // What nobody knows may limit by itself.
    if (!Outside || !P.models().role(Role::StartsAll, Call))
      Out.Shown = Level::Strict;
    weaken(P.context(F), Out);
  }
}

/// A handler that accepts again by calling the function that handed it over,
/// and starts what it was given.
static void checkAcceptor(const FunctionFacts &F, const Program &P,
                          FindingSink &Report) {
  if (!F.IsLambda || F.IsCoroutine || F.Parent.empty())
    return;
  const FunctionFacts *Again = nullptr;
  for (const CallSite &Call : F.Calls)
    if (const FunctionFacts *G = P.callee(F, Call); G && G->Id == F.Parent)
      Again = G;
  if (!Again || llvm::none_of(Again->Calls, [&](const CallSite &Call) {
        return saysOneOf(ownName(Call.CalleeName), {"accept"}) &&
               llvm::any_of(Call.Arguments,
                            [&](const Value &V) { return V.Callable == F.Id; });
      }))
    return;
  for (const FunctionFacts *G : {&F, Again})
    if (isLimited(*G, P, -1))
      return;
  static constexpr llvm::StringLiteral Words[] = {"start", "run",   "go",
                                                  "serve", "spawn", "launch"};
  for (unsigned I = 0; I != F.Calls.size(); ++I) {
    const CallSite &Call = F.Calls[I];
    if (Call.Kind != CallKind::Call || P.callee(F, Call) == Again ||
        !(saysOneOf(ownName(Call.CalleeName), Words) || spawns(F, P, I)))
      continue;
    const std::string Name = nameOf(F, P, Call).str();
    Finding &Out = Report(
        Call.Where,
        "nothing limits how many connections are accepted, and `" + Name +
            "` called for each; count them, and stop accepting "
            "for a while when there are enough",
        Name);
    Out.because({{Again->Where, "accepts again and again"}});
    return;
  }
}

static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  if (!P.context(F).isAsync())
    return;
  checkLoops(F, P, Report);
  checkRanges(F, P, Report);
  checkAcceptor(F, P, Report);
}

extern const Rule async_unbounded_spawn = {
    .Id = "async-unbounded-spawn",
    .Group = "backpressure",
    .Summary = "A loop on an async path starts tasks without a limit.",
    .Since = "0.1",
    .Shown = Level::Default,
    .Check = check,
};

} // namespace async_tidy
