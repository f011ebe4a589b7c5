//===- Closures.cpp - Who keeps a callable alive --------------------------===//
//
// A closure lives as long as whoever holds it: a local, the full expression, or
// a function that models say something about. See Outlives.h.
//
//===----------------------------------------------------------------------===//

#include "rules/Bounds.h"
#include "rules/Outlives.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

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

/// `F.Calls[I]` calls the closure itself: why that is gone before the task.
static std::string goneWhenCalled(const FunctionFacts &F, unsigned I,
                                  const FunctionFacts &Lambda,
                                  const Program &P) {
  const CallSite &Call = F.Calls[I];
  if (Call.Implicit || Call.Object.Callable.empty() ||
      isBorrowed(F, Call.Object, P))
    return "";
  const bool Calls = P.callee(F, Call) == &Lambda ||
                     (ownName(Call.CalleeName) == "operator()" &&
                      P.definition(F, Call.Object.Callable) == &Lambda);
  return Calls ? whyGone(F, I, Call.Object, P) : "";
}

/// `F.Calls[I]` is given the closure \p A, and calls it.
static std::string goneWhenGiven(const FunctionFacts &F, unsigned I,
                                 const Value &A, const FunctionFacts &Lambda,
                                 const Program &P) {
  const ModelSet &Models = P.models();
  const CallSite &Call = F.Calls[I];
  if (speaksOf(Models.role(Role::DropsClosure, Call), Call, A)) {
    // A lazy task that nobody takes does not run at all.
    const bool Runs = !P.startsLazily(Lambda) ||
                      !speaksOf(Models.role(Role::DropsResults, Call), Call, A);
    return Runs ? "`" + Call.CalleeName + "` destroys it when its call returns"
                : "";
  }
  return speaksOf(Models.role(Role::BorrowsClosure, Call), Call, A)
             ? whyGone(F, I, A, P)
             : "";
}

std::optional<Step> closureIsGone(const FunctionFacts &Outer,
                                  const FunctionFacts &Lambda,
                                  const Program &P) {
  for (unsigned I = 0; I != Outer.Calls.size(); ++I) {
    const CallSite &Call = Outer.Calls[I];
    if (Call.Kind == CallKind::Destroy)
      continue;
    if (std::string Why = goneWhenCalled(Outer, I, Lambda, P); !Why.empty())
      return Step{Call.Where, std::move(Why)};
    for (const Value &A : Call.Arguments) {
      if (A.Callable.empty() || isBorrowed(Outer, A, P) ||
          P.definition(Outer, A.Callable) != &Lambda)
        continue;
      if (std::string Why = goneWhenGiven(Outer, I, A, Lambda, P); !Why.empty())
        return Step{Call.Where, std::move(Why)};
    }
  }
  return std::nullopt;
}

} // namespace async_tidy
