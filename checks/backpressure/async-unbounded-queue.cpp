//===- async-unbounded-queue.cpp ------------------------------------------===//
//
// Between a producer and a consumer that is slower, a queue grows until there
// is no memory left, unless something holds the producer back.
//
//===----------------------------------------------------------------------===//

#include "rules/Phrases.h"
#include "rules/Pushes.h"
#include "rules/Rule.h"

namespace async_tidy {
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
  const Variable *V = variable(F, Path);
  if (Path.contains('.') || Path.starts_with("::") || !V || V->Reference ||
      V->Static || templateName(V->Type).ends_with("_ptr"))
    return false;
  return llvm::none_of(
             F.Uses,
             [&](const Use &U) { return U.Name == Path && U.Captured; }) &&
         llvm::none_of(F.Calls, [&](const CallSite &C) {
           return llvm::any_of(C.Arguments,
                               [&](const Value &V) { return V.Path == Path; });
         });
}

/// The local that \p Call fills is made as often as that is called: there is as
/// much in it as is written.
static bool isWritten(const FunctionFacts &F, const CallSite &Call) {
  const Variable *V = variable(F, Call.Object.Path);
  return V && !V->Reference && !V->Static && V->Loop == Call.Loop &&
         !templateName(V->Type).ends_with("_ptr");
}

/// Others than \p F know the object that \p Path begins with.
static bool isShared(const FunctionFacts &F, llvm::StringRef Path) {
  const llvm::StringRef Root = rootOf(Path);
  if (Path.starts_with("::") || Root == "this")
    return true;
  auto Refers = [](llvm::StringRef Type) {
    return Type.ends_with("*") || templateName(Type).ends_with("_ptr");
  };
  const Variable *V = variable(F, Root);
  return (V && (V->Reference || Refers(V->Type))) ||
         llvm::any_of(F.Captures,
                      [&](const Capture &C) { return C.Name == Root; }) ||
         llvm::any_of(F.Parameters, [&](const Parameter &A) {
           return A.Name == Root && (A.ByReference || Refers(A.Type));
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
      isOwn(F, To.Call.Object.Path) || isWritten(F, To.Call) ||
      isSentinel(To.Call) || isSetUp(To, M.UnlessCalled) || isLockstep(To) ||
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
  if (To.Member.empty() || !isShared(F, To.Call.Object.Path) ||
      isPool(To.Member) || isOfLifetime(F) || P.takers(To.Member).empty() ||
      isSentinel(To.Call) ||
      holdsWaiters(P, firstArgument(To.Call.Object.Type)) ||
      (To.Call.Loop >= 0 && isFixed(F, P, To.Call.Loop)))
    return;
  const Site *Out = consumer(To);
  if (!Out || drains(To, F, 0) || isLockstep(To) ||
      isBounded(To, F, &To.Call - F.Calls.data(), 2))
    return;
  const std::string Name = shown(To.Call.Object.Path);
  Finding &Said =
      Report(To.Call.Where,
             "`" + Name + "` grows without bound while `" + Out->In->Name +
                 "` is slower than `" + F.Name +
                 "`; compare its size with a limit, and wait or refuse",
             Name);
  Said.because({{Out->In->Calls[Out->Call].Where,
                 "`" + Out->In->Name + "` takes out here"}});
  // Of a local class one function is the only user, and decides how much.
  if (!F.IsLambda && !F.Parent.empty())
    Said.Shown = Level::Strict;
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
  // A queue is made of one.
  if (P.context(F).Kind == ContextKind::Offloaded ||
      Models.is(Role::Pushes, F.Name))
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
