//===- ThreadState.cpp - What belongs to the thread -----------------------===//

#include "rules/ThreadState.h"
#include "program/Dataflow.h"
#include "llvm/ADT/BitVector.h"

namespace async_tidy {
namespace {

/// Whether `errno` may be what other tasks have left in it. Any function may
/// set it; one that is called after a suspension sets it anew.
class ErrnoAnalysis {
public:
  static constexpr bool FollowsThrows = true;
  struct State {
    bool Set = false, Stale = false;
  };
  ErrnoAnalysis(const FunctionFacts &F, const Program &P) : F(F), P(P) {}

  State entry() { return {}; }
  bool join(State &Into, const State &From) {
    const State Before = Into;
    Into.Set |= From.Set;
    Into.Stale |= From.Stale;
    return Into.Set != Before.Set || Into.Stale != Before.Stale;
  }
  void event(State &S, const Event &E) {
    if (E.What == Event::Kind::Suspend) {
      S.Stale |= S.Set && P.maySuspend(F.Suspensions[E.Index]);
    } else if (E.What == Event::Kind::Use) {
      if (F.Uses[E.Index].Name == Errno && F.Uses[E.Index].Writes)
        S = {true, false};
    } else if (E.What == Event::Kind::Call) {
      const CallSite &Call = F.Calls[E.Index];
      const bool Void = Call.ResultType == "void";
      if (Void && P.suspendsStackful(F, Call))
        S.Stale |= S.Set;
      // An await that gives a number may be written to set it.
      else if (Call.ByAwait ? !Call.GivesObject || Call.ResultType == "int" ||
                                  Call.ResultType == "long"
                            : !Call.Implicit && Call.Kind == CallKind::Call &&
                                  Call.ResultType != "int *")
        S = {true, false};
    }
  }
  void edge(State &, const Branch &, bool) {}

private:
  const FunctionFacts &F;
  const Program &P;
};

/// The locals whose objects are alive.
class AliveAnalysis {
public:
  using State = llvm::BitVector;
  explicit AliveAnalysis(const FunctionFacts &F) : F(F) {}

  State entry() { return State(F.Variables.size()); }
  bool join(State &Into, const State &From) {
    const bool Changed = From.test(Into);
    Into |= From;
    return Changed;
  }
  void event(State &S, const Event &E) {
    if (E.What == Event::Kind::Declare)
      S.set(E.Index);
    else if (E.What == Event::Kind::Call &&
             F.Calls[E.Index].Kind == CallKind::Destroy)
      for (unsigned V = 0; V != F.Variables.size(); ++V)
        if (F.Variables[V].Name == F.Calls[E.Index].Object.Path)
          S.reset(V);
  }
  void edge(State &, const Branch &, bool) {}

private:
  const FunctionFacts &F;
};

} // namespace

bool isThreadLocal(const FunctionFacts &F, llvm::StringRef Path) {
  return Path.starts_with("::") &&
         llvm::any_of(F.Uses, [&](const Use &U) { return U.Name == Path; });
}

/// The `thread_local` that objects of \p Type set while they live, and where
/// they set it back: their constructors and their destructor name it.
static std::optional<std::pair<std::string, Location>>
setWhileAlive(llvm::StringRef Type, const FunctionFacts &F, const Program &P) {
  const TypeFacts *T = P.type(Type);
  const FunctionFacts *Ends = T ? P.definition(F, T->Destructor) : nullptr;
  if (!Ends)
    return std::nullopt;
  for (const Use &U : Ends->Uses) {
    if (!U.Writes || !llvm::StringRef(U.Name).starts_with("::") ||
        U.Name == Errno)
      continue;
    for (const TypeFacts::Constructor &C : T->Constructors)
      if (const FunctionFacts *Begins = P.definition(F, C.Id);
          Begins && isThreadLocal(*Begins, U.Name))
        return std::pair(U.Name.substr(2), U.Where);
  }
  return std::nullopt;
}

std::vector<LivingSetter> livingSetters(const FunctionFacts &F,
                                        const Program &P) {
  std::vector<LivingSetter> Found;
  std::map<unsigned, std::pair<std::string, Location>> Setters;
  for (unsigned V = 0; V != F.Variables.size(); ++V)
    if (const Variable &Its = F.Variables[V]; !Its.Reference && !Its.Static)
      if (auto Sets = setWhileAlive(Its.Type, F, P))
        Setters.emplace(V, std::move(*Sets));
  if (Setters.empty())
    return Found;
  AliveAnalysis A(F);
  visitForward(F, A, [&](const llvm::BitVector &Alive, const Event &E) {
    const bool Awaits = E.What == Event::Kind::Suspend;
    if (Awaits ? !P.maySuspend(F.Suspensions[E.Index])
               : E.What != Event::Kind::Call || F.IsCoroutine ||
                     !P.suspendsStackful(F, F.Calls[E.Index]))
      return;
    const Location &Where =
        Awaits ? F.Suspensions[E.Index].Where : F.Calls[E.Index].Where;
    for (unsigned V : Alive.set_bits())
      if (const auto It = Setters.find(V); It != Setters.end()) {
        Found.push_back({V, It->second.first, Where, It->second.second});
        Setters.erase(It);
      }
  });
  return Found;
}

std::optional<Location> lateErrno(const FunctionFacts &F, const Program &P) {
  if (!isThreadLocal(F, Errno))
    return std::nullopt;
  ErrnoAnalysis A(F, P);
  std::optional<Location> First;
  visitForward(F, A, [&](const ErrnoAnalysis::State &S, const Event &E) {
    if (!First && E.What == Event::Kind::Use && S.Stale &&
        F.Uses[E.Index].Name == Errno && !F.Uses[E.Index].Writes)
      First = F.Uses[E.Index].Where;
  });
  return First;
}

} // namespace async_tidy
