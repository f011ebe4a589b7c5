//===- async-task-reused.cpp ----------------------------------------------===//
//
// A task gives its result once. Whoever awaits it again resumes a coroutine
// that has ended, or one that belongs to somebody else.
//
//===----------------------------------------------------------------------===//

#include "program/Dataflow.h"
#include "rules/Rule.h"
#include "rules/Tasks.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/StringMap.h"
#include <set>

namespace async_tidy {
namespace {

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
    }
  }
  void edge(State &, const Branch &, bool) {}

  void report(FindingSink &Report) {
    const std::vector<std::optional<State>> In = runForward(F, *this);
    Saying = &Report;
    for (size_t B = 0; B != In.size(); ++B)
      if (In[B]) {
        State S = *In[B];
        for (const Event &E : F.Flow[B].Events)
          if (E.What != Event::Kind::Try)
            event(S, E);
      }
  }

private:
  void add(const std::string &Name, llvm::StringRef Type) {
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
    std::string Name;
    for (const auto &T : Tasks)
      if (T.second == Now.Task)
        Name = T.first().str();
    std::string Text = "`" + Name + "` is ";
    Text += Now.Awaited ? "awaited" : "used";
    if (Site == Before)
      Text += " again each time round the loop";
    else
      Text += Then.Awaited ? " again after it was awaited"
                           : " after it was given away";
    Text += "; a task can be used once: make a new one";
    (*Saying)(Now.Where, std::move(Text), Name)
        .because({{Then.Where, Then.Awaited ? "awaited here"
                                            : "given away "
                                              "here"}});
  }

  const FunctionFacts &F;
  const Program &P;
  std::vector<bool> IsQuestion;
  llvm::StringMap<unsigned> Tasks;
  std::vector<bool> Shared;
  std::vector<Site> Sites;
  std::map<unsigned, unsigned> Awaits, Moves; ///< to sites
  std::set<unsigned> Operands;                ///< of `Awaits`, uses
  FindingSink *Saying = nullptr;
  std::set<unsigned> Said;
};

} // namespace

static void check(const FunctionFacts &F, const Program &P, const RuleOptions &,
                  FindingSink &Report) {
  if (UsedUp Tasks(F, P); Tasks.any())
    Tasks.report(Report);
}

extern const Rule async_task_reused = {
    .Id = "async-task-reused",
    .Group = "tasks",
    .Summary = "A task is used again after it was used up.",
    .Since = "0.1",
    .Shown = Level::Default,
    .Check = check,
};

} // namespace async_tidy
