//===- async-callback-capture.cpp -----------------------------------------===//
//
// A callback runs when the function that made it has returned, and perhaps
// when the object that it belongs to is gone. What it takes with it by
// reference, `this` among it, has to live until then.
//
//===----------------------------------------------------------------------===//

#include "rules/Callbacks.h"
#include "rules/Escapes.h"
#include "rules/Phrases.h"

namespace async_tidy {
static std::string className(llvm::StringRef Type) {
  while (Type.consume_back(" *"))
    ;
  return Type.str();
}

static constexpr char Keep[] =
    "; keep an owner of the object in it, as `self = shared_from_this()`";

/// The handler `F.Calls[C]` takes `this` with it.
static void checkThis(const FunctionFacts &F, unsigned C, const RunModel &By,
                      const Callback &Given, const Carried &This,
                      const Program &P, FindingSink &Report) {
  const CallSite &Call = F.Calls[C];
  if (Given.Owns || llvm::any_of(Given.Holds, [&](const Carried &Other) {
        return mayOwnThis(Other, P.models());
      }))
    return;
  if (Given.Lambda && (Given.Lambda->IsCoroutine ? !lateThis(*Given.Lambda, P)
                                                 : Given.Lambda->Empty))
    return;
  if (Given.Lambda && holdsOwner(*Given.Lambda, P) && Given.Lambda->IsCoroutine)
    return;
  const bool Shared = isShared(className(This.Type), P);
  const bool Started =
      Given.Lambda && (Given.Lambda->IsCoroutine || isLetGo(F, C, P));
  // The operation of somebody else's timer or socket, which the destructor of
  // this object does not cancel.
  const std::string Of = rootOf(Call.Object.Path);
  const bool Foreign = !Of.empty() && Of != "this" && Of.front() != '#';
  const bool Connects = !P.models().roles(Role::BoundTo, Call).empty() &&
                        Call.Object.Path.empty() &&
                        !isAwaitable(Call.ResultType, P);
  if (!Shared && !Foreign && !Connects && !Started)
    return;
  if (escapeOf(F, C, {"this"}, P, true) != Escape::Yes)
    return;
  const std::string Name = className(This.Type);
  Finding &Out = Report(
      This.Where.File == Call.Where.File && Given.Lambda ? Given.Lambda->Where
                                                         : Call.Where,
      "`this` may be gone when `" + Call.CalleeName + "` runs the callback" +
          (Shared ? Keep
                  : "; hold an owner of the object in it, or cancel and wait "
                    "for it in the destructor"),
      "this " + Call.CalleeName);
  std::vector<Step> Steps{{Call.Where, "handed over here, to run later"}};
  if (const TypeFacts *T = P.type(Name); T && Shared)
    Steps.push_back(
        {T->Where, "objects of `" + Name + "` end with their last owner"});
  Steps.push_back({This.Where, "`this` is taken here, without an owner"});
  Out.because(std::move(Steps));
  const bool Cancelled =
      Given.Lambda && Of == "this" && testsError(*Given.Lambda);
  if (!Shared || Cancelled || By.Where == Place::Fiber)
    Out.Shown = Level::Strict;
}

static void checkCallback(const FunctionFacts &F, unsigned C,
                          const RunModel &By, const Value &V, const Program &P,
                          FindingSink &Report) {
  Callback Given;
  readCallback(F, V, P, Given);
  if (Given.Holds.empty())
    return;
  const CallSite &Call = F.Calls[C];
  std::set<std::string> Held;
  std::vector<std::string> Own;
  for (const Carried &H : Given.Holds) {
    Own.push_back(ownObject(F, P, H));
    if (!Own.back().empty())
      Held.insert(Own.back());
    else if (isCallers(F, P, H))
      Held.insert(H.Name);
  }
  const Escape How = Held.empty() ? Escape::No : escapeOf(F, C, Held, P);
  const Location At = Given.Lambda ? Given.Lambda->Where : Call.Where;
  // The worst of them, once.
  const Carried *Worst = nullptr;
  std::string Name;
  if (How != Escape::No)
    for (size_t I = 0; I != Given.Holds.size(); ++I) {
      const Carried &H = Given.Holds[I];
      if (Own[I].empty() ? Worst || !isCallers(F, P, H) : !Name.empty())
        continue;
      Worst = &H;
      Name = Own[I];
    }
  if (Worst) {
    const bool Callers = Name.empty();
    const std::string Who =
        Callers ? "`" + Worst->Name +
                      "`, which the caller owns, may be gone when `" +
                      Call.CalleeName + "` runs the callback"
                : "`" + Name + "` ends with `" + F.Name + "`, and `" +
                      Call.CalleeName + "` runs the callback later";
    Finding &Out =
        Report(At, Who + "; capture it by value, or wait for the callback",
               Worst->Name + " " + Call.CalleeName);
    Out.because({{Call.Where, "handed over here, to run later"},
                 {Worst->Where, Worst->ByReference ? "taken by reference here"
                                                   : "refers to it here"}});
    if (Callers || How == Escape::Perhaps)
      Out.Shown = Level::Strict;
    if (!Callers)
      return;
  }
  for (const Carried &H : Given.Holds)
    if (H.Name == "this" ? H.ByReference
                         : H.Init && H.Init->Path == "this" &&
                               llvm::StringRef(H.Type).ends_with("*"))
      return checkThis(F, C, By, Given, H, P, Report);
}

/// The task that `F.Calls[Made]` makes is started by `F.Calls[C]`, and goes on
/// with `this` when nobody may hold the object.
static void checkTask(const FunctionFacts &F, unsigned C, int Made,
                      const Program &P, FindingSink &Report) {
  const CallSite &Makes = F.Calls[Made];
  const FunctionFacts *G = P.callee(F, Makes);
  if (!G || !G->IsCoroutine || G->IsLambda || Makes.Object.Type.empty())
    return;
  const LateUse *Late = lateThis(*G, P);
  if (!Late || holdsOwner(*G, P))
    return;
  const std::string Root = rootOf(Makes.Object.Path);
  const bool OfThis = Root == "this";
  // A local that does not point ends here, whoever else there is.
  const std::string Own = ownType(F, Root);
  const bool Dies = !Own.empty() && !llvm::StringRef(Own).ends_with("*") &&
                    !isOwner(Own, P.models());
  const bool Shared = isShared(G->Class, P);
  if (!OfThis && !Dies && !Shared)
    return;
  // Somebody hears of its end, and may wait for that.
  if (!Dies && !Shared &&
      llvm::any_of(F.Calls[C].Arguments, [&](const Value &A) {
        const FunctionFacts *L = P.definition(F, A.Callable);
        return L && !L->IsCoroutine && !L->Empty && !L->Captures.empty();
      }))
    return;
  if (!OfThis && !Dies && F.IsLambda)
    return;
  const Escape How = escapeOf(F, C, {Root}, P, OfThis);
  if (How == Escape::No || (OfThis && How == Escape::Perhaps))
    return;
  Finding &Out = Report(
      F.Calls[C].Where,
      "`" + G->Name + "` goes on with `this` after it was suspended, and " +
          (Dies ? "`" + Root + "` ends with `" + F.Name + "`"
                : "nothing keeps the object alive" + std::string(Keep)),
      G->Name);
  Out.because({{F.Calls[C].Where, "started here, and left alone"},
               {suspendedAt(*G, *Late), "suspended here"},
               {G->Uses[Late->Use].Where, "`this` is used after it"}});
  if (How == Escape::Perhaps || (!Dies && !(Shared && OfThis)))
    Out.Shown = Level::Strict;
}

/// A member coroutine whose object may end while it is suspended: nobody can
/// wait for it, or nobody is seen who does.
static void checkMember(const FunctionFacts &G, const Program &P,
                        FindingSink &Report) {
  if (!G.IsCoroutine || G.IsLambda || G.Class.empty() || isInMain(G, P))
    return;
  const TaskModel *Task = P.models().task(G.ReturnType);
  const bool Alone = Task && Task->Discardable;
  const bool Shared = isShared(G.Class, P);
  if (!Alone && !Shared)
    return;
  const LateUse *Late = lateThis(G, P);
  if (!Late || holdsOwner(G, P))
    return;
  // What becomes of it is said there.
  if (!P.callers(G).empty())
    return;
  Finding &Out = Report(G.Uses[Late->Use].Where,
                        "the object of `" + G.Name +
                            "` may be gone after the suspension" + Keep,
                        G.Name);
  Out.because({{G.Where, Alone ? "nobody can wait for this coroutine"
                               : "the coroutine holds no owner of its object"},
               {suspendedAt(G, *Late), "suspended here"}});
  if (!Alone || !Shared)
    Out.Shown = Level::Strict;
}

/// Reports what callbacks and started tasks refer to and may outlive.
static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  checkMember(F, P, Report);
  const ModelSet &Models = P.models();
  for (unsigned C = 0; C != F.Calls.size(); ++C) {
    const CallSite &Call = F.Calls[C];
    if (Call.Kind != CallKind::Call) {
      const bool Thread = Call.Consumer >= 0 &&
                          Call.Consumer != static_cast<int>(C) &&
                          Models.role(Role::Detaches, F.Calls[Call.Consumer]);
      if (!Thread)
        continue;
    }
    // An eager one that is dropped goes on by itself.
    if (const FunctionFacts *G = P.callee(F, Call);
        G && G->IsCoroutine && !P.startsLazily(*G) &&
        resultOf(F, C, P).What == Fate::Kind::Dropped)
      checkTask(F, C, static_cast<int>(C), P, Report);
    std::set<const Value *> Done;
    for (const RunModel *M : Models.runs(Call)) {
      if (M->Where == Place::InPlace || M->Where == Place::Wraps ||
          M->Where == Place::Later)
        continue;
      auto One = [&](const Value &V) {
        if (!Done.insert(&V).second)
          return;
        if (!V.Callable.empty() || V.Call < 0 ||
            !isAwaitable(F.Calls[V.Call].ResultType, P))
          checkCallback(F, C, *M, V, P, Report);
        else
          checkTask(F, C, V.Call, P, Report);
      };
      if (M->What.What == Position::Kind::Any)
        for (const Value &A : Call.Arguments)
          One(A);
      else if (const Value *V = valueAt(Call, M->What))
        One(*V);
    }
  }
}

extern const Rule async_callback_capture = {
    .Id = "async-callback-capture",
    .Group = "lifetime",
    .Summary = "A callback or a detached task refers to what may be gone when "
               "it runs.",
    .Since = "0.1",
    .Shown = Level::Default,
    .Check = check,
};

} // namespace async_tidy
