//===- LateUses.cpp - What is used after a suspension ---------------------===//
//
// A forward may-analysis: for everything that a body names, the suspensions
// that may lie between where it was bound (given, for a parameter; first
// looked at, for a `thread_local`) and here. A use with one is late: whatever
// it refers to may have changed or gone meanwhile (CP.52, CP.53; MSVC's C26811
// asks the same of parameters).
//
//===----------------------------------------------------------------------===//

#include "program/Dataflow.h"
#include "program/Implementation.h"
#include "program/Objects.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {
namespace {

/// The suspensions of a function: those of a coroutine, and the calls that
/// suspend a fibre. The first stands for the one before a lazily started body.
class Suspensions {
public:
  Suspensions(const Program &P, const FunctionFacts &F) {
    All.push_back({-1, -1});
    for (unsigned S = 0; S != F.Suspensions.size(); ++S)
      if (P.maySuspend(F.Suspensions[S])) {
        BySuspension[S] = All.size();
        All.push_back({static_cast<int>(S), -1});
      }
    if (F.IsCoroutine)
      return;
    for (unsigned C = 0; C != F.Calls.size(); ++C)
      if (P.suspendsStackful(F, F.Calls[C])) {
        ByCall[C] = All.size();
        All.push_back({-1, static_cast<int>(C)});
      }
  }

  bool any() const { return All.size() > 1; }
  size_t size() const { return All.size(); }
  std::pair<int, int> at(unsigned I) const { return All[I]; }
  /// The number of what \p E suspends at, or none.
  std::optional<unsigned> of(const Event &E) const {
    const auto &Table = E.What == Event::Kind::Suspend ? BySuspension : ByCall;
    if (E.What != Event::Kind::Suspend && E.What != Event::Kind::Call)
      return std::nullopt;
    const auto It = Table.find(E.Index);
    return It == Table.end() ? std::nullopt : std::optional(It->second);
  }

private:
  std::vector<std::pair<int, int>> All; ///< suspension, call
  llvm::DenseMap<unsigned, unsigned> BySuspension, ByCall;
};

class LateUseAnalysis {
public:
  static constexpr bool FollowsThrows = true;
  /// For each name, the suspensions since it was bound.
  struct State {
    std::vector<llvm::BitVector> Since;
    llvm::BitVector Bound;
  };

  LateUseAnalysis(const FunctionFacts &F, const Suspensions &At, bool Lazy)
      : F(F), At(At) {
    for (const Use &U : F.Uses)
      NameOf.try_emplace(U.Name, NameOf.size());
    First.Since.resize(NameOf.size(), llvm::BitVector(At.size()));
    First.Bound.resize(NameOf.size(), true);
    for (const Variable &V : F.Variables)
      if (auto It = NameOf.find(V.Name); It != NameOf.end()) {
        First.Bound.reset(It->second);
        if (V.Reference)
          References.insert(V.Name);
      }
    for (const auto &Name : NameOf) {
      if (Name.first().starts_with("::"))
        First.Bound.reset(Name.second);
      else if (Lazy && First.Bound.test(Name.second))
        First.Since[Name.second].set(0);
    }
  }

  State entry() { return First; }

  bool join(State &Into, const State &From) {
    bool Changed = From.Bound.test(Into.Bound);
    Into.Bound |= From.Bound;
    for (size_t I = 0; I != Into.Since.size(); ++I)
      if (From.Since[I].test(Into.Since[I])) {
        Into.Since[I] |= From.Since[I];
        Changed = true;
      }
    return Changed;
  }

  void event(State &S, const Event &E) {
    if (E.What == Event::Kind::Declare) {
      if (auto It = NameOf.find(F.Variables[E.Index].Name); It != NameOf.end())
        bind(S, It->second);
      return;
    }
    if (E.What == Event::Kind::Use) {
      const Use &U = F.Uses[E.Index];
      const unsigned Name = NameOf.lookup(U.Name);
      // Each look at a `thread_local` finds the thread's own anew.
      if (rebinds(U) || llvm::StringRef(U.Name).starts_with("::"))
        bind(S, Name);
      return;
    }
    if (std::optional<unsigned> Now = At.of(E))
      for (size_t I = 0; I != S.Since.size(); ++I)
        if (S.Bound.test(I))
          S.Since[I].set(*Now);
  }

  void edge(State &, const Branch &, bool) {}

  /// What is assigned to a local takes the place of what it was; through a
  /// reference, it goes to what the reference refers to.
  bool rebinds(const Use &U) const {
    return U.Writes && !References.contains(U.Name);
  }

  /// The suspensions that may lie before the use \p U, in state \p S.
  const llvm::BitVector &since(const State &S, const Use &U) const {
    return S.Since[NameOf.lookup(U.Name)];
  }

private:
  static void bind(State &S, unsigned Name) {
    S.Bound.set(Name);
    S.Since[Name].reset();
  }

  const FunctionFacts &F;
  const Suspensions &At;
  llvm::StringMap<unsigned> NameOf;
  llvm::StringSet<> References;
  State First;
};

} // namespace

/// One name for a member of a class in all its functions.
static std::string nameOf(const FunctionFacts &F, llvm::StringRef Object) {
  return Object.starts_with("::") ? Object.str() : F.Class + " " + Object.str();
}

void Program::Implementation::findChanges() {
  for (const FunctionFacts *F : Functions)
    if (!isOfLifetime(*F))
      for (const CallSite &C : F->Calls)
        if (!C.Object.Path.empty() && Models->invalidates(C.CalleeName))
          Changed.insert(nameOf(*F, C.Object.Path));
}

bool Program::mayChange(const FunctionFacts &F, llvm::StringRef Object) const {
  return Impl->Changed.contains(nameOf(F, Object));
}

bool Program::startsLazily(const FunctionFacts &F) const {
  if (const TaskModel *Task = models().task(F.ReturnType))
    return !Task->Eager && !Task->Generator;
  return F.InitialAwaiter == "std::suspend_always";
}

std::vector<LateUse> findLateUses(const Program &P, const FunctionFacts &F) {
  std::vector<LateUse> Result;
  if (F.Uses.empty())
    return Result;
  const Suspensions At(P, F);
  const bool Lazy = F.IsCoroutine && P.startsLazily(F);
  if (!At.any() && !Lazy)
    return Result;
  LateUseAnalysis A(F, At, Lazy);
  const auto In = runForward(F, A);
  llvm::BitVector Done(F.Uses.size());
  for (unsigned B = 0; B != F.Flow.size(); ++B) {
    if (!In[B])
      continue;
    LateUseAnalysis::State S = *In[B];
    for (const Event &E : F.Flow[B].Events) {
      if (E.What == Event::Kind::Try)
        continue;
      if (E.What == Event::Kind::Use && !Done.test(E.Index) &&
          !A.rebinds(F.Uses[E.Index])) {
        // The last one is the nearest in the order of the source.
        const int Last = A.since(S, F.Uses[E.Index]).find_last();
        if (Last >= 0) {
          Done.set(E.Index);
          Result.push_back({E.Index, At.at(Last).first, At.at(Last).second});
        }
      }
      A.event(S, E);
    }
  }
  llvm::sort(Result,
             [](const LateUse &X, const LateUse &Y) { return X.Use < Y.Use; });
  return Result;
}

} // namespace async_tidy
