//===- Kept.cpp - Whether callers keep what they give to a task -----------===//
//
// See Kept.h.
//
//===----------------------------------------------------------------------===//

#include "rules/Kept.h"
#include "program/Fates.h"
#include "rules/Bounds.h"
#include "rules/Outlives.h"
#include "rules/Tasks.h"

namespace async_tidy {

/// The call of \p F that is given \p Index ends its work before the expression
/// does.
static bool endsThere(const FunctionFacts &F, unsigned Index,
                      const Program &P) {
  const Fate Its = fateOf(F, Index, P);
  return Its.What == Fate::Kind::Awaited || Its.What == Fate::Kind::Waited ||
         P.models().role(Role::Joins, F.Calls[Index]) ||
         P.models().blocking(F.Calls[Index]);
}

/// The local \p Owner of \p F, which holds the task, is awaited in \p F, or it
/// is dropped with it: nobody else gets it.
static bool isEndedIn(const FunctionFacts &F, llvm::StringRef Owner,
                      bool EndsWhenDropped, const Program &P) {
  bool Ended = EndsWhenDropped || llvm::any_of(F.Suspensions, [&](auto &S) {
                 return isWithin(S.Operand.Path, Owner);
               });
  for (unsigned C = 0; C != F.Calls.size(); ++C) {
    const CallSite &Call = F.Calls[C];
    if (Call.Implicit || Call.ByAwait)
      continue;
    // The parameter of a call, which names what it is given itself.
    if (Call.Kind == CallKind::Construct && Call.Result.empty() &&
        Call.Consumer < 0)
      continue;
    const bool Takes = llvm::any_of(Call.Arguments, [&](const Value &A) {
      return isWithin(A.Path, Owner);
    });
    if (!Takes &&
        (Call.Object.Path.empty() || !isWithin(Call.Object.Path, Owner)))
      continue;
    if (endsThere(F, C, P))
      Ended = true;
    else if (Takes && llvm::any_of(Call.Arguments, [&](const Value &A) {
               return A.Moved && isWithin(A.Path, Owner);
             }))
      return false;
  }
  return Ended;
}

static bool isKept(const FunctionFacts &F, size_t Index, const Program &P,
                   unsigned Depth);

/// What \p V, given to the task that `G.Calls[C]` makes, refers to outlives it.
static bool keeps(const FunctionFacts &G, unsigned C, const Value &V,
                  const Program &P, unsigned Depth) {
  if (llvm::StringRef(V.Path).starts_with("::"))
    return true;
  const TaskLife Life = lifeOf(G, C, P);
  const std::optional<Mortal> M = mortal(G, V, P);
  switch (Life.What) {
  case TaskLife::Kind::Expression:
    return false;
  case TaskLife::Kind::Owner: {
    const Nature Is = natureOf(G.Calls[C], P);
    return isEndedIn(G, Life.Owner,
                     Is == Nature::Lazy || Is == Nature::Cancelled, P) &&
           (!M || !outlives(G, C, Life, *M, P));
  }
  case TaskLife::Kind::Caller:
    if (M || V.Parameter < 0)
      return false;
    return isKept(G, static_cast<size_t>(V.Parameter), P, Depth);
  case TaskLife::Kind::Beyond:
    return M && !M->Name.empty() && !outlives(G, C, Life, *M, P);
  }
  return false;
}

static bool isKept(const FunctionFacts &F, size_t Index, const Program &P,
                   unsigned Depth) {
  const std::vector<Site> Callers = P.callers(F);
  if ((Callers.empty() && !P.mayHaveOtherCallers(F)) || Depth == 0)
    return false;
  return llvm::all_of(Callers, [&](const Site &S) {
    const CallSite &Call = S.In->Calls[S.Call];
    const Fate Its = fateOf(*S.In, S.Call, P);
    if (Its.What == Fate::Kind::Awaited || Its.What == Fate::Kind::Waited)
      return true;
    // The lambda itself stands first if it is named (`this auto`).
    const size_t Skip =
        F.IsLambda && F.Parameters.size() == Call.Arguments.size() + 1 ? 1 : 0;
    return Index >= Skip && Index - Skip < Call.Arguments.size() &&
           keeps(*S.In, S.Call, Call.Arguments[Index - Skip], P, Depth - 1);
  });
}

bool isKept(const FunctionFacts &F, size_t Index, const Program &P) {
  return isKept(F, Index, P, 4);
}

} // namespace async_tidy
