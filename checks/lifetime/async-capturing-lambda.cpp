//===- async-capturing-lambda.cpp -----------------------------------------===//
//
// A lambda's captures are in the closure, and a coroutine's frame refers to the
// closure. If that dies before the coroutine ends, the captures are gone while
// the coroutine uses them (CP.51). Who keeps a closure alive is in the models.
//
//===----------------------------------------------------------------------===//

#include "rules/Bounds.h"
#include "rules/Outlives.h"
#include "rules/Rule.h"
#include <set>

namespace async_tidy {

namespace {

/// A capture that a lambda coroutine uses after a suspension.
struct LateCapture {
  std::string Name;
  LateName Late;
};

} // namespace

static std::optional<LateCapture> lateCapture(const FunctionFacts &Lambda,
                                              const Program &P) {
  if (!Lambda.IsLambda || !Lambda.IsCoroutine || Lambda.Captures.empty() ||
      copiesItself(Lambda))
    return std::nullopt;
  std::optional<LateCapture> First;
  const std::map<std::string, LateName> Late = lateNames(Lambda, P);
  for (const Capture &C : Lambda.Captures)
    if (const auto At = Late.find(C.Name); At != Late.end()) {
      const bool Hides = llvm::any_of(Lambda.Variables, [&](const Variable &V) {
        return V.Name == C.Name;
      });
      // What a captured reference refers to is elsewhere: only who names the
      // capture itself looks into the closure.
      if (!Hides && (!C.ByReference || At->second.At->Name == C.Name) &&
          (!First || At->second.At->Where < First->Late.At->Where))
        First = {C.Name, At->second};
    }
  return First;
}

static void say(const FunctionFacts &Lambda, const LateCapture &What,
                const std::string &Why, Location Where, FindingSink &Report) {
  std::vector<Step> Steps{{Where, Why}};
  if (What.Late.Suspended.isValid())
    Steps.push_back({What.Late.Suspended, "the coroutine is suspended"});
  Steps.push_back({What.Late.At->Where, "it uses the capture `" + What.Name +
                                            "`, which was in the closure"});
  Report(Lambda.Where,
         "the closure of this lambda coroutine is gone before the coroutine "
         "ends, and with it its captures: " +
             Why + "; pass `" + What.Name + "` as a parameter",
         What.Name)
      .because(std::move(Steps));
}

/// Why the closure \p V is gone before the task that `F.Calls[Call]` makes with
/// it ends; empty if it is not.
static std::string whyGone(const FunctionFacts &F, unsigned Call,
                           const Value &V, const Program &P) {
  const TaskLife Life = lifeOf(F, Call, P);
  const std::optional<Mortal> M = mortal(F, V, P);
  if (!M || !outlives(F, Call, Life, *M, P))
    return "";
  return M->Name.empty()
             ? "the task " + Life.How +
                   ", the closure is a temporary of the same expression"
             : "the task " + Life.How + ", `" + M->Name +
                   "` ends with its scope";
}

/// The model \p M speaks of the argument \p A of \p Call.
static bool speaksOf(const RoleModel *M, const CallSite &Call, const Value &A) {
  if (!M || !M->At)
    return false;
  return M->At->What == Position::Kind::Any || valueAt(Call, *M->At) == &A;
}

/// \p V is what stands for a closure that its caller keeps.
static bool isBorrowed(const FunctionFacts &F, const Value &V,
                       const Program &P) {
  return P.models().isView(V.Type) ||
         (V.Call >= 0 &&
          P.models().role(Role::BorrowsClosure, F.Calls[V.Call]));
}

static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  const ModelSet &Models = P.models();
  std::set<const FunctionFacts *> Said;
  for (unsigned I = 0; I != F.Calls.size(); ++I) {
    const CallSite &Call = F.Calls[I];
    if (Call.Kind == CallKind::Destroy)
      continue;
    // Called here.
    if (!Call.Implicit && !Call.Object.Callable.empty()) {
      const FunctionFacts *Lambda = P.callee(F, Call);
      if (!Lambda || !Lambda->IsLambda)
        Lambda = lastName(Call.CalleeName) == "operator()"
                     ? P.definition(F, Call.Object.Callable)
                     : nullptr;
      const auto Late = Lambda ? lateCapture(*Lambda, P) : std::nullopt;
      if (Late && !isBorrowed(F, Call.Object, P))
        if (const std::string Why = whyGone(F, I, Call.Object, P);
            !Why.empty() && Said.insert(Lambda).second)
          say(*Lambda, *Late, Why, Call.Where, Report);
    }
    // Given to somebody who calls it.
    const RoleModel *Drops = Models.role(Role::DropsClosure, Call);
    const RoleModel *Borrows = Models.role(Role::BorrowsClosure, Call);
    if (!Drops && !Borrows)
      continue;
    for (const Value &A : Call.Arguments) {
      if (A.Callable.empty() || isBorrowed(F, A, P))
        continue;
      const bool Dropped = speaksOf(Drops, Call, A);
      if (!Dropped && !speaksOf(Borrows, Call, A))
        continue;
      const FunctionFacts *Lambda = P.definition(F, A.Callable);
      // A lazy task that nobody takes does not run at all.
      if (Lambda && P.startsLazily(*Lambda) &&
          speaksOf(Models.role(Role::DropsResults, Call), Call, A))
        continue;
      const auto Late = Lambda ? lateCapture(*Lambda, P) : std::nullopt;
      if (!Late)
        continue;
      const std::string Why = Dropped ? "`" + Call.CalleeName +
                                            "` destroys it when its call has "
                                            "returned"
                                      : whyGone(F, I, A, P);
      if (!Why.empty() && Said.insert(Lambda).second)
        say(*Lambda, *Late, Why, Call.Where, Report);
    }
  }
}

extern const Rule async_capturing_lambda = {
    .Id = "async-capturing-lambda",
    .Group = "lifetime",
    .Summary = "A lambda coroutine's closure dies before the coroutine ends.",
    .Since = "0.1",
    .Shown = Level::Default,
    .Check = check,
};

} // namespace async_tidy
