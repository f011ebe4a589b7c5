//===- Outlives.cpp - Which task outlives which object --------------------===//
//
// See Outlives.h. Whatever may be a wait for the task is taken to be one.
//
//===----------------------------------------------------------------------===//

#include "rules/Outlives.h"
#include "rules/Bounds.h"
#include "rules/Tasks.h"
#include "llvm/ADT/STLExtras.h"
#include <set>

namespace async_tidy {

//===----------------------------------------------------------------------===//
// What becomes of a task
//===----------------------------------------------------------------------===//

/// \p At, a position in a model of \p Taker, is where `Calls[Given]` went.
static bool isAt(const CallSite &Taker, unsigned Given, const Position &At) {
  auto Is = [&](const Value &V) {
    return V.Call == static_cast<int>(Given) ||
           V.Path == "#" + std::to_string(Given);
  };
  if (At.What == Position::Kind::Any)
    return llvm::any_of(Taker.Arguments, Is);
  const Value *V = valueAt(Taker, At);
  return V && Is(*V);
}

/// \p Taker starts the task that `F.Calls[Given]` gives, and does not wait.
static bool starts(const FunctionFacts &F, const CallSite &Taker,
                   unsigned Given, const Program &P) {
  const ModelSet &Models = P.models();
  for (const Role Is : {Role::Spawns, Role::Detaches, Role::LosesErrors})
    if (const RoleModel *M = Models.role(Is, Taker);
        M && (!M->At || isAt(Taker, Given, *M->At)))
      return true;
  for (const RunModel *M : Models.runs(Taker))
    if (M->Where != Place::InPlace && M->Where != Place::Wraps &&
        isAt(Taker, Given, M->What))
      return true;
  // A library that nobody models says so by its name.
  if (Models.knows(Taker.CalleeName) || P.callee(F, Taker))
    return false;
  return saysOneOf(ownName(Taker.CalleeName),
                   {"spawn", "detach", "detached", "forget"});
}

static bool fills(const CallSite &Call, const Program &P) {
  if (Call.Object.Type.empty() || Call.Object.Path.empty())
    return false;
  static constexpr llvm::StringLiteral Names[] = {
      "push_back", "emplace_back", "push",    "emplace",
      "insert",    "push_front",   "append",  "emplace_front",
      "operator=", "emplace_hint", "prepend", "try_emplace"};
  return llvm::is_contained(Names, ownName(Call.CalleeName));
}

/// Some await of \p F is one of \p Object, or of what it is moved to.
static bool isAwaitedIn(const FunctionFacts &F, llvm::StringRef Object) {
  return llvm::any_of(F.Suspensions,
                      [&](const Suspension &S) {
                        return isWithin(S.Operand.Path, Object);
                      }) ||
         llvm::any_of(F.Calls, [&](const CallSite &C) {
           return C.Kind == CallKind::Call && C.Awaited &&
                  llvm::any_of(C.Arguments, [&](const Value &A) {
                    return isWithin(A.Path, Object);
                  });
         });
}

/// A task that is kept in \p Owner.
static void keep(const FunctionFacts &F, llvm::StringRef Owner,
                 TaskLife &Life) {
  const llvm::StringRef Root = rootOf(Owner);
  Life.Owner = Owner.str();
  Life.How = "is kept in `" +
             (Owner.starts_with("this.") ? Owner.drop_front(5) : Owner).str() +
             "`";
  if (const auto Own = ownOf(F, Root); Own && !Own->Captured) {
    Life.What = TaskLife::Kind::Owner;
    Life.Owner = Root.str();
  } else if ((Root == "this" || Owner.starts_with("::")) &&
             !isAwaitedIn(F, Owner)) {
    Life.What = TaskLife::Kind::Beyond;
  }
}

TaskLife lifeOf(const FunctionFacts &F, unsigned Call, const Program &P) {
  TaskLife Life;
  const Fate Its = fateOf(F, Call, P);
  unsigned Last = Call, Before = Call;
  while (Its.Taker >= 0 && static_cast<int>(Last) != Its.Taker) {
    Before = Last;
    Last = static_cast<unsigned>(F.Calls[Last].Consumer);
  }
  const CallSite &End = F.Calls[Last];
  Life.Where = End.Where;
  switch (Its.What) {
  case Fate::Kind::Returned:
    Life.What = TaskLife::Kind::Caller;
    Life.How = "is returned";
    break;
  case Fate::Kind::Named:
    // What nobody awaits never begins; that is another rule's finding.
    if (End.ResultUnused && natureOf(End, P) == Nature::Lazy)
      break;
    [[fallthrough]];
  case Fate::Kind::Stored:
    keep(F, Its.Owner, Life);
    break;
  case Fate::Kind::Dropped:
    if (const Nature Is = natureOf(End, P);
        Is == Nature::Eager || Is == Nature::Discardable) {
      Life.What = TaskLife::Kind::Beyond;
      Life.How = "is left alone";
      Life.Taker = static_cast<int>(Last);
    }
    break;
  case Fate::Kind::Given:
    if (starts(F, End, Before, P)) {
      if (isWaitedFor(F, End, P))
        break;
      Life.What = TaskLife::Kind::Beyond;
      Life.How = "is started by `" + End.CalleeName + "`";
      Life.Taker = Its.Taker;
    } else if (fills(End, P)) {
      keep(F, End.Object.Path, Life);
    }
    break;
  default:
    break;
  }
  return Life;
}

//===----------------------------------------------------------------------===//
// What is gone before
//===----------------------------------------------------------------------===//

/// The local objects that \p V names, or comes from.
static void addRoots(const FunctionFacts &F, const Value &V,
                     std::set<std::string> &Out, unsigned Depth = 3) {
  const llvm::StringRef Root = rootOf(V.Path);
  if (!Root.empty() && Root.front() != '#')
    Out.insert(Root.str());
  if (V.Call < 0 || Depth == 0)
    return;
  const CallSite &From = F.Calls[V.Call];
  addRoots(F, From.Object, Out, Depth - 1);
  for (const Value &A : From.Arguments)
    addRoots(F, A, Out, Depth - 1);
}

/// The local \p Name of \p F keeps waiting, or is, what runs the task: the task
/// cannot go on without it.
static bool runsTasks(const FunctionFacts &F, llvm::StringRef Name,
                      const Program &P) {
  const Variable *V = variable(F, Name);
  if (!V || V->Reference || V->Static)
    return false;
  return P.models().is(Role::LongLived, V->Type) ||
         P.models().is(Role::Supervises, V->Type);
}

namespace {

/// Follows the control flow from the call that starts a task: does the local
/// end before anything waits for what may be the task?
class JoinWalk {
public:
  JoinWalk(const FunctionFacts &F, unsigned Call, const TaskLife &Life,
           const Mortal &M, const Program &P)
      : F(F), P(P), Local(M.Name), Start(Call) {
    const CallSite &Made = F.Calls[Call];
    Near.insert(Local);
    for (const Value &A : Made.Arguments)
      addRoots(F, A, Near);
    if (const FunctionFacts *Lambda = P.definition(F, Made.Object.Callable))
      for (const Capture &C : Lambda->Captures)
        Near.insert(C.Name.str());
    if (Life.Taker >= 0) {
      const CallSite &Taker = F.Calls[Life.Taker];
      addRoots(F, Taker.Object, Near);
      Runners = Near;
      for (const Value &A : Taker.Arguments)
        addRoots(F, A, Runners);
    }
    Near.erase("this");
  }

  bool comesTooLate() {
    const Variable *V = variable(F, Local);
    if ((!V || V->Loop < 0) &&
        (F.IsMain || llvm::any_of(Runners, [&](const std::string &Name) {
           return runsTasks(F, Name, P);
         })))
      return false;
    for (unsigned B = 0; B != F.Flow.size(); ++B)
      for (unsigned E = 0; E != F.Flow[B].Events.size(); ++E)
        if (const Event &At = F.Flow[B].Events[E];
            At.What == Event::Kind::Call && At.Index == Start)
          return walk(B, E + 1);
    return false;
  }

private:
  bool walk(unsigned From, unsigned At) {
    const Block &B = F.Flow[From];
    for (; At != B.Events.size(); ++At) {
      const Event &E = B.Events[At];
      if (joins(E))
        return false;
      if (E.What == Event::Kind::End && F.Variables[E.Index].Name == Local)
        return true;
      if (E.What == Event::Kind::Call &&
          F.Calls[E.Index].Kind == CallKind::Destroy &&
          F.Calls[E.Index].Object.Path == Local)
        return true;
    }
    // `while (!done) ;`
    if (B.Test && Near.contains(rootOf(B.Test->Path).str()))
      return false;
    bool Last = true;
    for (int Next : B.Successors)
      if (Next >= 0) {
        Last = false;
        if (Seen.insert(Next).second && walk(static_cast<unsigned>(Next), 0))
          return true;
      }
    return Last;
  }

  bool joins(const Event &E) const {
    if (E.What == Event::Kind::Suspend)
      return isNear(F.Suspensions[E.Index].Operand);
    if (E.What != Event::Kind::Call || E.Index == Start)
      return false;
    const CallSite &C = F.Calls[E.Index];
    const BlockingModel *Waits = P.models().blocking(C);
    if ((Waits && Waits->HowBadly == Tier::Waits) ||
        P.models().role(Role::Joins, C))
      return true;
    const llvm::StringRef Name = ownName(C.CalleeName);
    if (saysOneOf(Name, {"join", "wait", "drain", "sync"}) && !C.ByAwait &&
        !saysOneOf(Name, {"async"}))
      return true;
    return C.InLoopCondition &&
           (isNear(C.Object) || P.models().polls(C.CalleeName));
  }

  bool isNear(const Value &V) const {
    std::set<std::string> Roots;
    addRoots(F, V, Roots);
    return llvm::any_of(
        Roots, [&](const std::string &Name) { return Near.contains(Name); });
  }

  const FunctionFacts &F;
  const Program &P;
  std::string Local;
  unsigned Start;
  /// What a wait for the task would name, and what may run the task.
  std::set<std::string> Near, Runners;
  std::set<int> Seen;
};

} // namespace

namespace {

/// Follows the control flow from the call that makes a task: does the local
/// end before the task's owner is awaited or given away?
class OwnerWalk {
public:
  OwnerWalk(const FunctionFacts &F, llvm::StringRef Local,
            llvm::StringRef Owner)
      : F(F), Local(Local), Owner(Owner) {}

  bool comesTooLate(unsigned Call) {
    for (unsigned B = 0; B != F.Flow.size(); ++B)
      for (unsigned E = 0; E != F.Flow[B].Events.size(); ++E)
        if (const Event &At = F.Flow[B].Events[E];
            At.What == Event::Kind::Call && At.Index == Call)
          return walk(B, E + 1, /*Gone=*/false);
    return false;
  }

private:
  enum class Step { GoesOn, Ends, Gone, TooLate };

  bool walk(unsigned From, unsigned Event, bool Gone) {
    const auto &Events = F.Flow[From].Events;
    for (; Event != Events.size(); ++Event)
      switch (step(Events[Event], Gone)) {
      case Step::GoesOn:
        break;
      case Step::Ends:
        return false;
      case Step::Gone:
        Gone = true;
        break;
      case Step::TooLate:
        return true;
      }
    for (int Next : F.Flow[From].Successors)
      if (Next >= 0 && Seen.insert({Next, Gone}).second &&
          walk(static_cast<unsigned>(Next), 0, Gone))
        return true;
    return false;
  }

  Step step(const Event &E, bool Gone) const {
    const Step Used = Gone ? Step::TooLate : Step::Ends;
    switch (E.What) {
    case Event::Kind::End:
      return ends(F.Variables[E.Index].Name, Gone);
    case Event::Kind::Declare: {
      const Variable &V = F.Variables[E.Index];
      if (V.Name == Owner)
        return Step::Ends;
      // `for (auto &t : tasks)`, and whatever else looks into it.
      return isWithin(V.Init.Path, Owner) ? Used : Step::GoesOn;
    }
    case Event::Kind::Suspend:
      return isWithin(F.Suspensions[E.Index].Operand.Path, Owner)
                 ? Used
                 : Step::GoesOn;
    case Event::Kind::Call: {
      const CallSite &C = F.Calls[E.Index];
      if (C.Kind == CallKind::Destroy)
        return ends(C.Object.Path, Gone);
      if (C.Result == Owner && C.Object.Path != Owner)
        return Step::Ends; // another task takes its place
      return llvm::any_of(
                 C.Arguments,
                 [&](const Value &A) { return isWithin(A.Path, Owner); })
                 ? Used
                 : Step::GoesOn;
    }
    default:
      return Step::GoesOn;
    }
  }

  Step ends(llvm::StringRef Name, bool Gone) const {
    if (Name == Owner)
      return Step::Ends;
    return Name == Local && !Gone ? Step::Gone : Step::GoesOn;
  }

  const FunctionFacts &F;
  llvm::StringRef Local, Owner;
  std::set<std::pair<int, bool>> Seen;
};

} // namespace

bool outlives(const FunctionFacts &F, unsigned Call, const TaskLife &Life,
              const Mortal &M, const Program &P) {
  switch (Life.What) {
  case TaskLife::Kind::Expression:
    return false;
  case TaskLife::Kind::Owner:
    return M.Name.empty() ||
           OwnerWalk(F, M.Name, Life.Owner).comesTooLate(Call);
  case TaskLife::Kind::Caller: {
    const bool Captured = llvm::any_of(
        F.Captures, [&](const Capture &C) { return C.Name == M.Name; });
    if (!Captured)
      return true;
    const FunctionFacts *Outer = P.definition(F, F.Parent);
    return Outer && closureIsGone(*Outer, F, P);
  }
  case TaskLife::Kind::Beyond:
    return M.Name.empty() || JoinWalk(F, Call, Life, M, P).comesTooLate();
  }
  return false;
}

} // namespace async_tidy
