//===- async-callback-capture.cpp -----------------------------------------===//
//
// A callback runs when the function that made it has returned, and perhaps
// when the object that it belongs to is gone. What it takes with it by
// reference, `this` among it, has to live until then.
//
//===----------------------------------------------------------------------===//

#include "rules/Escapes.h"
#include "rules/Phrases.h"

namespace async_tidy {
namespace {

/// Something that a callable takes with it.
struct Carried {
  std::string Name, Type;
  bool ByReference;
  Location Where;
  const Value *Init;
};

/// What a callable is: the lambda, if it is one, and what it carries.
struct Callback {
  const FunctionFacts *Lambda = nullptr;
  std::vector<Carried> Holds;
  /// Something that it carries keeps its object alive, or asks for it.
  bool Owns = false;
};

} // namespace

static bool givesOwner(const Value &V, const ModelSet &Models) {
  return llvm::any_of(V.Origins, [&](const std::string &Origin) {
    return Models.is(Role::GivesOwner, Origin);
  });
}

/// A smart pointer of a library, or what is called like one: for `this`, any
/// owner is taken to be one of the object, unless it owns a string or a buffer.
static bool mayOwnThis(const Carried &C, const ModelSet &Models) {
  if (C.ByReference || llvm::StringRef(C.Type).ends_with("*"))
    return false;
  if (C.Init && givesOwner(*C.Init, Models))
    return true;
  const llvm::StringRef Type = C.Type;
  if (isOwner(Type, Models)) {
    llvm::StringRef Of = Type.split('<').second;
    return !Of.starts_with("std::basic_string<") &&
           !Of.starts_with("std::vector<") && !Of.starts_with("std::array<");
  }
  const std::string Name = templateName(Type).lower();
  const llvm::StringRef Last =
      llvm::StringRef(Name).drop_front(llvm::StringRef(Name).rfind(':') + 1);
  for (llvm::StringRef Word : {"ptr", "guard", "holder", "token", "keepalive",
                               "weak", "strong", "scope"})
    if (Last.contains(Word))
      return true;
  return false;
}

/// Adds what \p V, a lambda or a bound function, carries.
static void readCallback(const FunctionFacts &F, const Value &V,
                         const Program &P, Callback &Out, unsigned Depth = 3) {
  const ModelSet &Models = P.models();
  if (!V.Callable.empty())
    if (const FunctionFacts *L = P.definition(F, V.Callable)) {
      if (L->IsLambda) {
        Out.Lambda = L;
        for (const Capture &C : L->Captures)
          Out.Holds.push_back(
              {C.Name, C.Type, C.ByReference, C.Where, &C.Init});
      }
      return;
    }
  if (V.Call < 0 || Depth == 0)
    return;
  const CallSite &Wrapper = F.Calls[V.Call];
  const auto Runs = Models.runs(Wrapper);
  if (llvm::none_of(Runs, [](const RunModel *M) {
        return M->Where == Place::Wraps;
      }))
    return;
  for (const Value &A : Wrapper.Arguments) {
    const bool Pointer = llvm::StringRef(A.Type).ends_with("*");
    if (Pointer && A.Path == "this")
      Out.Holds.push_back({"this", A.Type, true, Wrapper.Where, nullptr});
    else if (isOwner(A.Type, Models) || givesOwner(A, Models))
      Out.Owns = true;
    else
      readCallback(F, A, P, Out, Depth - 1);
  }
}

/// The object of \p F's own that \p C refers to; empty if it refers to none.
static std::string ownObject(const FunctionFacts &F, const Program &P,
                             const Carried &C) {
  if (C.Name == "this")
    return "";
  const bool Pointer = llvm::StringRef(C.Type).ends_with("*");
  const bool New = C.Init && !C.Init->Path.empty();
  const std::string Root = New ? rootOf(C.Init->Path) : C.Name;
  const std::string Type = ownType(F, Root);
  if (Type.empty())
    return "";
  // A name that is declared twice: which one is meant is not told.
  for (const Variable &V : F.Variables)
    if (llvm::StringRef(V.Name).starts_with(Root + "@") && V.Reference)
      return "";
  const bool Points = llvm::StringRef(Type).ends_with("*") ||
                      isOwner(Type, P.models());
  if (C.ByReference) {
    // `&x = *pointer` refers to what the pointer does.
    return New && Points ? "" : Root;
  }
  if (Pointer && New)
    return Points ? "" : Root; // `p = &local`
  // A view into an object of the function's own.
  if (New || !P.models().isView(C.Type))
    return "";
  const auto View = llvm::find_if(
      F.Variables, [&](const Variable &V) { return V.Name == Root; });
  if (View == F.Variables.end())
    return "";
  const Value *Into = &View->Init;
  if (Into->Call >= 0 && llvm::StringRef(Into->Path).starts_with("#")) {
    const CallSite &Made = F.Calls[Into->Call];
    if (!Made.Object.Path.empty() && Made.Kind == CallKind::Call)
      Into = &Made.Object;
    else if (!Made.Arguments.empty())
      Into = &Made.Arguments.front();
  }
  const std::string Of = rootOf(Into->Path);
  const std::string OfType = ownType(F, Of);
  return Of == Root || OfType.empty() || P.models().isView(OfType) ||
                 llvm::StringRef(OfType).ends_with("*") ||
                 isOwner(OfType, P.models())
             ? ""
             : Of;
}

/// A parameter of \p F by which \p C refers to what the caller owns.
static bool isCallers(const FunctionFacts &F, const Program &P,
                      const Carried &C) {
  if (F.IsLambda)
    return false; // of somebody who calls back
  for (const Parameter &A : F.Parameters) {
    if (A.Name != C.Name || (C.Init && !C.Init->Path.empty()))
      continue;
    if (A.ByReference && C.ByReference) {
      // What runs the program lives long enough.
      const std::string Name = templateName(A.Type).lower();
      for (llvm::StringRef Word : {"context", "executor", "loop", "service",
                                   "scheduler", "pool", "strand"})
        if (llvm::StringRef(Name).contains(Word))
          return false;
      return true;
    }
    return !C.ByReference && P.models().isView(A.Type);
  }
  return false;
}

/// The handler looks at its error before anything else: what was cancelled, as
/// by the destructor of its object, ends here.
static bool testsError(const FunctionFacts &Lambda) {
  if (Lambda.Parameters.empty() ||
      !llvm::StringRef(Lambda.Parameters.front().Type).contains("error_code"))
    return false;
  const std::string &Error = Lambda.Parameters.front().Name;
  auto Is = [&](const Branch &B) {
    if (rootOf(B.Path) == Error)
      return true;
    if (B.Call < 0)
      return false;
    const CallSite &C = Lambda.Calls[B.Call];
    return rootOf(C.Object.Path) == Error ||
           llvm::any_of(C.Arguments, [&](const Value &A) {
             return rootOf(A.Path) == Error;
           });
  };
  return llvm::any_of(Lambda.Flow, [&](const Block &B) {
    return (B.Test && Is(*B.Test)) || llvm::any_of(B.IfTrue, Is) ||
           llvm::any_of(B.IfFalse, Is);
  });
}

static bool derives(llvm::StringRef Type, llvm::StringRef From,
                    const Program &P, unsigned Depth = 8) {
  if (Type == From)
    return true;
  const TypeFacts *T = Depth ? P.type(Type) : nullptr;
  return T && llvm::any_of(T->Bases, [&](const std::string &Base) {
    return derives(Base, From, P, Depth - 1);
  });
}

/// \p Type, an owner, may own an object of \p Class.
static bool ownsClass(llvm::StringRef Type, llvm::StringRef Class,
                      const Program &P) {
  if (!isOwner(Type, P.models()))
    return false;
  llvm::StringRef Of = Type.split('<').second;
  if (!Of.consume_back(">"))
    return true;
  return Of == "void" || derives(Class, Of, P) || derives(Of, Class, P);
}

/// \p G keeps, or asks for, an owner of its object.
static bool holdsOwner(const FunctionFacts &G, const Program &P) {
  const ModelSet &Models = P.models();
  for (const Variable &V : G.Variables)
    if (ownsClass(V.Type, G.Class, P) || givesOwner(V.Init, Models))
      return true;
  for (const Parameter &A : G.Parameters)
    if (!A.ByReference && ownsClass(A.Type, G.Class, P))
      return true;
  for (const Capture &C : G.Captures)
    if (mayOwnThis({C.Name, C.Type, C.ByReference, C.Where, &C.Init}, Models))
      return true;
  return llvm::any_of(G.Calls, [&](const CallSite &C) {
    return Models.role(Role::GivesOwner, C);
  });
}

/// The first use of `this` in \p G after it gave up its thread; null if none.
static const LateUse *lateThis(const FunctionFacts &G, const Program &P) {
  for (const LateUse &Late : P.lateUses(G))
    if (Late.Suspension >= 0 && G.Uses[Late.Use].Name == "this")
      return &Late;
  return nullptr;
}

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
  if (Given.Lambda && (Given.Lambda->IsCoroutine
                           ? !lateThis(*Given.Lambda, P)
                           : Given.Lambda->Empty))
    return;
  if (Given.Lambda && holdsOwner(*Given.Lambda, P) &&
      Given.Lambda->IsCoroutine)
    return;
  const bool Shared = isShared(className(This.Type), P);
  const bool Started = Given.Lambda && Given.Lambda->IsCoroutine;
  // The operation of somebody else's timer or socket, which the destructor of
  // this object does not cancel.
  const std::string Of = rootOf(Call.Object.Path);
  const bool Foreign = !Of.empty() && Of != "this" && Of.front() != '#';
  const bool Connects =
      !P.models().roles(Role::BoundTo, Call).empty() && Call.Object.Path.empty();
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
    Steps.push_back({T->Where, "objects of `" + Name +
                                   "` end with their last owner"});
  Steps.push_back({This.Where, "`this` is taken here, without an owner"});
  Out.because(std::move(Steps));
  const bool Cancelled = Given.Lambda && Of == "this" &&
                         testsError(*Given.Lambda);
  if (!Shared || Cancelled || By.Where == Place::Fiber)
    Out.Shown = Level::Strict;
}

static void checkCallback(const FunctionFacts &F, unsigned C,
                          const RunModel &By, const Value &V,
                          const Program &P, FindingSink &Report) {
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
  bool Said = false;
  if (How != Escape::No)
    for (size_t I = 0; I != Given.Holds.size() && !Said; ++I) {
      const Carried &H = Given.Holds[I];
      const bool Callers = Own[I].empty() && isCallers(F, P, H);
      if (Own[I].empty() && !Callers)
        continue;
      const std::string Named = "`" + (Own[I].empty() ? H.Name : Own[I]) + "`";
      const std::string Who =
          Callers ? Named + ", which the caller owns, may be gone when `" +
                        Call.CalleeName + "` runs the callback"
                  : Named + " ends with `" + F.Name + "`, and `" +
                        Call.CalleeName + "` runs the callback later";
      Finding &Out =
          Report(At, Who + "; capture it by value, or wait for the callback",
                 H.Name + " " + Call.CalleeName);
      Out.because({{Call.Where, "handed over here, to run later"},
                   {H.Where, H.ByReference ? "taken by reference here"
                                           : "refers to it here"}});
      if (Callers || How == Escape::Perhaps)
        Out.Shown = Level::Strict;
      Said = !Callers;
    }
  if (Said)
    return;
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
  if (!Alone && !P.callers(G).empty())
    return;
  Finding &Out =
      Report(G.Uses[Late->Use].Where,
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
