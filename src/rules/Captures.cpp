//===- Captures.cpp - What started work takes with it and may outlive -----===//
//
// See Captures.h.
//
//===----------------------------------------------------------------------===//

#include "rules/Captures.h"
#include "rules/Escapes.h"

namespace async_tidy {

std::string className(llvm::StringRef Type) {
  while (Type.consume_back(" *"))
    ;
  return Type.str();
}

/// The code after \p Call of \p F looks at \p Name, as if the callback had run.
static bool isLookedAtAfter(const FunctionFacts &F, const CallSite &Call,
                            llvm::StringRef Name) {
  auto Is = [&](const Value &V) { return rootOf(V.Path) == Name; };
  return llvm::any_of(F.Calls, [&](const CallSite &C) {
    return C.Kind != CallKind::Destroy && isBefore(Call.Where, C.Where) &&
           (Is(C.Object) || llvm::any_of(C.Arguments, Is));
  });
}

/// The operation whose continuation \p Call sets was given an owner of `this`,
/// which it keeps until it is done: `poll(shared_from_this()).then([this]
/// ...)`.
static bool continuesOwner(const FunctionFacts &F, const CallSite &Call,
                           const ModelSet &Models) {
  int At = Call.Object.Call;
  for (unsigned Steps = 0; At >= 0 && Steps != 8; ++Steps) {
    const CallSite &Before = F.Calls[At];
    for (const Value &A : Before.Arguments)
      if (isOwner(A.Type, Models) &&
          llvm::any_of(A.Origins, [&](llvm::StringRef Origin) {
            return Models.is(Role::GivesOwner, Origin);
          }))
        return true;
    At = Before.Object.Call == At ? -1 : Before.Object.Call;
  }
  return false;
}

namespace {

class Starts {
public:
  Starts(const FunctionFacts &F, unsigned Index, const Program &P)
      : F(F), P(P), Models(P.models()), Index(Index), Call(F.Calls[Index]) {}

  std::vector<Outlived> all();

private:
  void callback(const RunModel &By, const Value &V);
  void thisOf(const RunModel &By, const Callback &Given, const Carried &This);
  void task(int Made);

  const FunctionFacts &F;
  const Program &P;
  const ModelSet &Models;
  unsigned Index;
  const CallSite &Call;
  std::vector<Outlived> Found;
};

} // namespace

/// A handler takes `this` with it.
void Starts::thisOf(const RunModel &By, const Callback &Given,
                    const Carried &This) {
  if (Given.Owns || llvm::any_of(Given.Holds, [&](const Carried &Other) {
        return mayOwnThis(Other, Models);
      }))
    return;
  if (Given.Lambda && (Given.Lambda->IsCoroutine ? !lateThis(*Given.Lambda, P)
                                                 : Given.Lambda->Empty))
    return;
  if (Given.Lambda && holdsOwner(*Given.Lambda, P) && Given.Lambda->IsCoroutine)
    return;
  const bool Shared = isShared(className(This.Type), P);
  const bool Started =
      Given.Lambda && (Given.Lambda->IsCoroutine || isLetGo(F, Index, P));
  // The operation of somebody else's timer or socket, which the destructor of
  // this object does not cancel.
  const std::string Of = rootOf(Call.Object.Path).str();
  const bool Foreign = !Of.empty() && Of != "this" && Of.front() != '#';
  const bool Connects = !Models.roles(Role::BoundTo, Call).empty() &&
                        Call.Object.Path.empty() &&
                        !isAwaitable(Call.ResultType, P);
  if (!Shared && !Foreign && !Connects && !Started)
    return;
  if (continuesOwner(F, Call, Models) ||
      escapeOf(F, Index, {"this"}, P, true) != Escape::Yes)
    return;
  const bool Cancelled =
      Given.Lambda && Of == "this" && testsError(*Given.Lambda);
  Found.push_back({.What = Outlived::Kind::This,
                   .By = This,
                   .Work = Given.Lambda,
                   .Shared = Shared,
                   .Shown = !Shared || Cancelled || By.Where == Place::Fiber
                                ? Level::Strict
                                : Level::Default});
}

void Starts::callback(const RunModel &By, const Value &V) {
  Callback Given;
  readCallback(F, V, P, Given);
  if (Given.Holds.empty())
    return;
  std::set<std::string> Held;
  std::vector<std::string> Own;
  for (const Carried &H : Given.Holds) {
    Own.push_back(ownObject(F, P, H));
    if (!Own.back().empty())
      Held.insert(Own.back());
    else if (isCallers(F, P, H))
      Held.insert(H.Name.str());
  }
  const Escape How = Held.empty() ? Escape::No : escapeOf(F, Index, Held, P);
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
    const bool Doubtful = Callers || How == Escape::Perhaps ||
                          (Models.role(Role::MayRunAtOnce, Call) &&
                           isLookedAtAfter(F, Call, Name));
    Found.push_back(
        {.What = Callers ? Outlived::Kind::Callers : Outlived::Kind::Local,
         .Name = Callers ? Worst->Name.str() : Name,
         .By = *Worst,
         .Work = Given.Lambda,
         .Shown = Doubtful ? Level::Strict : Level::Default});
    if (!Callers)
      return;
  }
  for (const Carried &H : Given.Holds)
    if (H.Name == "this" ? H.ByReference
                         : H.Init && H.Init->Path == "this" &&
                               llvm::StringRef(H.Type).ends_with("*"))
      return thisOf(By, Given, H);
}

/// The task that `F.Calls[Made]` makes is started, and goes on with `this` when
/// nobody may hold the object.
void Starts::task(int Made) {
  const CallSite &Makes = F.Calls[Made];
  const FunctionFacts *G = P.callee(F, Makes);
  if (!G || !G->IsCoroutine || G->IsLambda || Makes.Object.Type.empty())
    return;
  const LateUse *Late = lateThis(*G, P);
  if (!Late || holdsOwner(*G, P))
    return;
  const std::string Root = rootOf(Makes.Object.Path).str();
  const bool OfThis = Root == "this";
  // A local that does not point ends here, whoever else there is.
  const llvm::StringRef Own = ownType(F, Root);
  const bool Dies =
      !Own.empty() && !Own.ends_with("*") && !isOwner(Own, Models);
  const bool Shared = isShared(G->Class, P);
  if (!OfThis && !Dies && !Shared)
    return;
  // Somebody hears of its end, and may wait for that.
  if (!Dies && !Shared && llvm::any_of(Call.Arguments, [&](const Value &A) {
        const FunctionFacts *L = P.definition(F, A.Callable);
        return L && !L->IsCoroutine && !L->Empty && !L->Captures.empty();
      }))
    return;
  if (!OfThis && !Dies && F.IsLambda)
    return;
  const Escape How = escapeOf(F, Index, {Root}, P, OfThis);
  if (How == Escape::No || (OfThis && How == Escape::Perhaps))
    return;
  Found.push_back(
      {.What = Outlived::Kind::Object,
       .Name = Dies ? Root : "",
       .By = {},
       .Work = G,
       .Late = Late,
       .Shared = Shared,
       .Shown = How == Escape::Perhaps || (!Dies && !(Shared && OfThis))
                    ? Level::Strict
                    : Level::Default});
}

std::vector<Outlived> Starts::all() {
  if (Call.Kind != CallKind::Call) {
    const bool Thread = Call.Consumer >= 0 &&
                        Call.Consumer != static_cast<int>(Index) &&
                        Models.role(Role::Detaches, F.Calls[Call.Consumer]);
    if (!Thread)
      return {};
  }
  // An eager one that is dropped goes on by itself.
  if (const FunctionFacts *G = P.callee(F, Call);
      G && G->IsCoroutine && !P.startsLazily(*G) &&
      resultOf(F, Index, P).What == Fate::Kind::Dropped)
    task(static_cast<int>(Index));
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
        callback(*M, V);
      else
        task(V.Call);
    };
    if (M->What.What == Position::Kind::Any)
      for (const Value &A : Call.Arguments)
        One(A);
    else if (const Value *V = valueAt(Call, M->What))
      One(*V);
  }
  return std::move(Found);
}

std::vector<Outlived> outlivedBy(const FunctionFacts &F, unsigned Call,
                                 const Program &P) {
  return Starts(F, Call, P).all();
}

} // namespace async_tidy
