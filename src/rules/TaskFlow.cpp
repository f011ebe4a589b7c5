//===- TaskFlow.cpp - What becomes of tasks along control flow ------------===//
//
// See TaskFlow.h.
//
//===----------------------------------------------------------------------===//

#include "rules/TaskFlow.h"
#include "program/Dataflow.h"
#include "rules/Tasks.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/StringMap.h"
#include <set>

namespace async_tidy {
namespace {

/// Objects whose failure must be taken out of them, and the paths on which
/// nobody does.
class Unread {
public:
  /// The objects that may still hold a failure.
  using State = llvm::BitVector;

  Unread(const FunctionFacts &F, const Program &P)
      : F(F), IsQuestion(questions(F)) {
    auto Holds = [&](llvm::StringRef Type) {
      return P.models().is(Role::WarnsWhenDropped, Type) &&
             !Type.ends_with("*");
    };
    for (const Parameter &Given : F.Parameters)
      if (!Given.ByReference && !Given.Name.empty() && Holds(Given.Type))
        add(Given.Name, Given.Where);
    Parameters = Objects.size();
    for (const Variable &V : F.Variables)
      if (!V.Reference && !V.Static && !V.Implicit && !V.Init.Type.empty() &&
          V.Init.Call >= 0 && Holds(V.Type) &&
          // One that nobody names at all is async-discarded-task's.
          !F.Calls[V.Init.Call].ResultUnused &&
          !P.models().is(Role::CannotFail, F.Calls[V.Init.Call].CalleeName))
        add(V.Name, V.Where);
  }

  bool any() const { return !Objects.empty(); }

  State entry() {
    State S(Objects.size());
    S.set(0, Parameters);
    return S;
  }
  bool join(State &Into, const State &From) {
    const bool Changed = From.test(Into);
    Into |= From;
    return Changed;
  }
  void event(State &S, const Event &E) {
    switch (E.What) {
    case Event::Kind::Declare:
      if (auto It = Index.find(F.Variables[E.Index].Name);
          It != Index.end() && It->second >= Parameters)
        S.set(It->second);
      break;
    case Event::Kind::Use:
      if (!IsQuestion[E.Index])
        clear(S, F.Uses[E.Index].Name);
      break;
    case Event::Kind::Suspend:
      clear(S, F.Suspensions[E.Index].Operand.Path);
      break;
    case Event::Kind::Call: {
      const CallSite &C = F.Calls[E.Index];
      if (C.Kind == CallKind::Destroy) {
        if (auto It = Index.find(C.Object.Path);
            It != Index.end() && S.test(It->second))
          Lost.set(It->second);
        clear(S, C.Object.Path);
      }
      break;
    }
    default:
      break;
    }
  }
  /// Who asks whether there is a failure, and hears that there is none, has
  /// seen all that there is.
  void edge(State &S, const Branch &Test, bool Taken) {
    if (Test.Call < 0 || !Test.Equals.empty() || Taken != Test.Negated)
      return;
    if (const CallSite &C = F.Calls[Test.Call]; C.Const)
      clear(S, C.Object.Path);
  }

  std::vector<Unseen> find() {
    Lost.resize(Objects.size());
    const std::vector<std::optional<State>> In = runForward(F, *this);
    if (!In.empty() && In.back() && F.Flow.back().Successors.empty())
      for (unsigned I = 0; I != Parameters; ++I)
        if (In.back()->test(I))
          Lost.set(I);
    std::vector<Unseen> Result;
    for (unsigned I : Lost.set_bits())
      Result.push_back({Objects[I].first.str(), Objects[I].second});
    return Result;
  }

private:
  /// Who takes a failure out within a try block has seen it, whatever its
  /// handlers do; they begin with what held before the block.
  bool isTried(llvm::StringRef Name) const {
    return llvm::any_of(F.Suspensions,
                        [&](const Suspension &S) {
                          return S.Try >= 0 && S.Operand.Path == Name;
                        }) ||
           llvm::any_of(F.Calls, [&](const CallSite &C) {
             return C.Try >= 0 && C.Kind != CallKind::Destroy &&
                    (C.Object.Path == Name ||
                     llvm::any_of(C.Arguments, [&](const Value &A) {
                       return A.Path == Name;
                     }));
           });
  }
  void add(Symbol Name, const Location &Where) {
    if (isTried(Name))
      return;
    if (Index.try_emplace(Name, Objects.size()).second)
      Objects.push_back({Name, Where});
  }
  void clear(State &S, llvm::StringRef Name) {
    if (auto It = Index.find(Name); It != Index.end())
      S.reset(It->second);
  }

  const FunctionFacts &F;
  std::vector<bool> IsQuestion;
  std::vector<std::pair<Symbol, Location>> Objects;
  unsigned Parameters = 0;
  llvm::StringMap<unsigned> Index;
  llvm::BitVector Lost;
};

/// Which tasks of a function have been used up, and where.
class UsedUp {
public:
  struct Site {
    unsigned Task;
    Location Where;
    bool Awaited;
    int Loop;
  };
  struct State {
    llvm::BitVector Surely; ///< tasks
    llvm::BitVector At;     ///< sites
  };

  UsedUp(const FunctionFacts &F, const Program &P)
      : F(F), P(P), IsQuestion(questions(F)) {
    for (const Parameter &Given : F.Parameters)
      add(Given.Name, Given.Type);
    for (const Variable &V : F.Variables)
      if (!V.Reference && !V.Static && !V.Implicit)
        add(V.Name, V.Type);
    if (Tasks.empty())
      return;
    for (unsigned S = 0; S != F.Suspensions.size(); ++S) {
      const Suspension &Await = F.Suspensions[S];
      auto It = Tasks.find(Await.Operand.Path);
      if (It != Tasks.end() && !Await.Operand.Moved && !Shared[It->second])
        site(Awaits[S], It->second, Await.Where, true, Await.Loop);
    }
    for (unsigned U = 0; U != F.Uses.size(); ++U)
      if (auto It = Tasks.find(F.Uses[U].Name);
          It != Tasks.end() && F.Uses[U].Moves)
        site(Moves[U], It->second, F.Uses[U].Where, false, loopAt(F.Uses[U]));
    for (const Block &B : F.Flow)
      for (size_t I = 0; I != B.Events.size(); ++I)
        if (B.Events[I].What == Event::Kind::Suspend)
          findOperand(B, I);
  }

  bool any() const { return !Sites.empty(); }

  State entry() {
    return {llvm::BitVector(Tasks.size()), llvm::BitVector(Sites.size())};
  }
  bool join(State &Into, const State &From) {
    const State Before = Into;
    Into.Surely &= From.Surely;
    Into.At |= From.At;
    return Before.Surely != Into.Surely || Before.At != Into.At;
  }
  void event(State &S, const Event &E) {
    if (E.What == Event::Kind::Declare) {
      if (auto It = Tasks.find(F.Variables[E.Index].Name); It != Tasks.end())
        renew(S, It->second);
    } else if (E.What == Event::Kind::Use) {
      const Use &U = F.Uses[E.Index];
      const auto It = Tasks.find(U.Name);
      if (It == Tasks.end())
        return;
      if (auto M = Moves.find(E.Index); M != Moves.end())
        useUp(S, M->second);
      else if (!IsQuestion[E.Index] && !Operands.contains(E.Index))
        // Who is given a reference, or assigns, may put a new one there.
        renew(S, It->second);
    } else if (E.What == Event::Kind::Suspend) {
      if (auto A = Awaits.find(E.Index); A != Awaits.end())
        useUp(S, A->second);
    } else if (E.What == Event::Kind::Call) {
      // `t = next(std::move(t))`: the new one comes last.
      const CallSite &C = F.Calls[E.Index];
      if (auto It = Tasks.find(C.Object.Path);
          It != Tasks.end() && ownName(C.CalleeName) == "operator=")
        renew(S, It->second);
    }
  }
  void edge(State &, const Branch &, bool) {}

  std::vector<Reuse> find() {
    const std::vector<std::optional<State>> In = runForward(F, *this);
    Saying = true;
    for (size_t B = 0; B != In.size(); ++B)
      if (In[B]) {
        State S = *In[B];
        for (const Event &E : F.Flow[B].Events)
          if (E.What != Event::Kind::Try)
            event(S, E);
      }
    return Found;
  }

private:
  void add(Symbol Name, llvm::StringRef Type) {
    if (Name.empty())
      return;
    const TaskModel *M = P.models().task(Type);
    const AwaitableFacts *A = P.awaitable(Type);
    const Nature Is = natureOf(Type, P);
    const bool Once = M ? Is != Nature::None && Is != Nature::Discardable
                        : A && A->Task && !A->Yields && Is == Nature::Lazy;
    if (!Once || !Tasks.try_emplace(Name, Shared.size()).second)
      return;
    Shared.push_back(M && M->Shared);
  }
  void site(unsigned &Number, unsigned Task, const Location &Where,
            bool Awaited, int Loop) {
    Number = Sites.size();
    Sites.push_back({Task, Where, Awaited, Loop});
  }
  /// The loop that the use stands in: that of what is called there.
  int loopAt(const Use &U) const {
    for (const CallSite &C : F.Calls)
      if (C.Where.File == U.Where.File && C.Where.Line == U.Where.Line)
        return C.Loop;
    return -1;
  }
  /// Tests are made of `do ... while (never())`.
  bool isLoop(int L) const {
    return L >= 0 && F.Loops[L].What != Loop::Kind::Do;
  }
  void renew(State &S, unsigned Task) {
    S.Surely.reset(Task);
    for (unsigned I = 0; I != Sites.size(); ++I)
      if (Sites[I].Task == Task)
        S.At.reset(I);
  }
  /// The use that is the operand of the await at \p Awaiting of \p B.
  void findOperand(const Block &B, size_t Awaiting) {
    const unsigned S = B.Events[Awaiting].Index;
    if (!Awaits.contains(S))
      return;
    for (size_t I = Awaiting; I-- > 0;)
      if (B.Events[I].What == Event::Kind::Use &&
          F.Uses[B.Events[I].Index].Name == F.Suspensions[S].Operand.Path) {
        Operands.insert(B.Events[I].Index);
        return;
      }
  }
  void useUp(State &S, unsigned Site) {
    const unsigned Task = Sites[Site].Task;
    int Before = -1;
    for (unsigned I : S.At.set_bits())
      if (Sites[I].Task == Task && Before < 0)
        Before = static_cast<int>(I);
    if (Before >= 0 && Saying &&
        (S.Surely.test(Task) || (S.At.test(Site) && isLoop(Sites[Site].Loop))))
      say(Site, S.Surely.test(Task) ? static_cast<unsigned>(Before) : Site);
    S.Surely.set(Task);
    S.At.set(Site);
  }
  void say(unsigned Site, unsigned Before) {
    if (!Said.insert(Site).second)
      return;
    const struct Site &Now = Sites[Site], &Then = Sites[Before];
    for (const auto &T : Tasks)
      if (T.second == Now.Task)
        Found.push_back({T.first().str(), Then.Where, Now.Where, Then.Awaited,
                         Now.Awaited, Site == Before});
  }

  const FunctionFacts &F;
  const Program &P;
  std::vector<bool> IsQuestion;
  llvm::StringMap<unsigned> Tasks;
  std::vector<bool> Shared;
  std::vector<Site> Sites;
  std::map<unsigned, unsigned> Awaits, Moves; ///< to sites
  std::set<unsigned> Operands;                ///< of `Awaits`, uses
  bool Saying = false;
  std::vector<Reuse> Found;
  std::set<unsigned> Said;
};

} // namespace

std::vector<Unseen> unseenFailures(const FunctionFacts &F, const Program &P) {
  Unread Objects(F, P);
  return Objects.any() ? Objects.find() : std::vector<Unseen>();
}

std::vector<Reuse> reusesOf(const FunctionFacts &F, const Program &P) {
  UsedUp Tasks(F, P);
  return Tasks.any() ? Tasks.find() : std::vector<Reuse>();
}

} // namespace async_tidy
