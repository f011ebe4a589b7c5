//===- Escapes.cpp - What started work may outlive ------------------------===//
//
// See Escapes.h.
//
//===----------------------------------------------------------------------===//

#include "rules/Escapes.h"
#include "rules/Bodies.h"
#include <optional>

namespace async_tidy {

bool isBefore(const Location &A, const Location &B) {
  return A.File != B.File || A < B;
}

llvm::StringRef ownType(const FunctionFacts &F, llvm::StringRef Name) {
  const std::optional<OwnObject> Own = ownOf(F, Name);
  return Own ? Own->Type : "";
}

bool isOwnObject(const FunctionFacts &F, llvm::StringRef Name) {
  return !ownType(F, Name).empty();
}

bool isOwner(llvm::StringRef Type, const ModelSet &Models) {
  return Models.is(Role::OwningType, Type);
}

bool isShared(llvm::StringRef Type, const Program &P) {
  std::vector<Symbol> Up{Type};
  for (size_t I = 0; I != Up.size() && I < 16; ++I) {
    if (P.models().is(Role::SharedBase, Up[I]))
      return true;
    if (const TypeFacts *T = P.type(Up[I]))
      Up.insert(Up.end(), T->Bases.begin(), T->Bases.end());
  }
  return false;
}

bool isInMain(const FunctionFacts &F, const Program &P) {
  const FunctionFacts *Up = &F;
  for (unsigned Depth = 0; Up && Depth != 8; ++Depth) {
    if (Up->IsMain)
      return true;
    Up = Up->Parent.empty() ? nullptr : P.definition(*Up, Up->Parent);
  }
  return false;
}

/// The destructor of \p Type waits for what the object stands for, or ends it.
static bool endsWithObject(llvm::StringRef Type, const ModelSet &Models) {
  const llvm::StringRef Name = templateName(Type);
  return Models.is(Role::Joins, (Name + "::~" + ownName(Name)).str());
}

static bool letsGo(const CallSite &Call, const ModelSet &Models) {
  if (Models.role(Role::Detaches, Call))
    return true;
  const std::string Name = ownName(Call.CalleeName).lower();
  return Name == "detach" || Name == "release" || Name == "start_detached";
}

/// \p Call may wait for something, whatever it is.
static bool waits(const FunctionFacts &F, const CallSite &Call,
                  const Program &P) {
  const ModelSet &Models = P.models();
  if (Models.role(Role::Joins, Call) || P.suspendsStackful(F, Call))
    return true;
  if (llvm::any_of(Models.runs(Call), [](const RunModel *M) {
        return M->Where != Place::InPlace;
      }))
    return false;
  if (const BlockingModel *M = Models.blocking(Call))
    return M->HowBadly == Tier::Waits;
  if (P.blockingPath(F, Call, {Tier::Waits}))
    return true;
  if (Call.Implicit || Call.Kind != CallKind::Call)
    return false;
  // A name that nobody models: better one report less.
  const std::string Last = ownName(Call.CalleeName).lower();
  const llvm::StringRef Name = Last;
  if (Name.contains("async") || Name.starts_with("co_"))
    return false;
  for (llvm::StringRef Word :
       {"wait", "join", "drain", "quiesce", "barrier", "disconnect", "sync"})
    if (Name.contains(Word))
      return true;
  for (llvm::StringRef Word : {"run", "exec", "poll", "loop"})
    if (Name.starts_with(Word) || Name.ends_with(Word))
      return true;
  return false;
}

/// \p Call is given one of \p Held, or what was made of one.
static bool names(const FunctionFacts &F, const CallSite &Call,
                  const std::set<std::string> &Held, unsigned Depth = 4) {
  auto Is = [&](const Value &V) {
    if (!V.Path.empty() && Held.count(rootOf(V.Path).str()))
      return true;
    return V.Call >= 0 && Depth != 0 &&
           names(F, F.Calls[V.Call], Held, Depth - 1);
  };
  return Is(Call.Object) || llvm::any_of(Call.Arguments, Is);
}

/// A later await of the coroutine: for what was started, if it names the same.
static Escape awaits(const FunctionFacts &F, unsigned Call,
                     std::set<std::string> Held, const Program &P) {
  const CallSite &Started = F.Calls[Call];
  for (const Value *V : {&Started.Object})
    if (!V->Path.empty())
      Held.insert(rootOf(V->Path).str());
  Held.erase("this");
  Escape Result = Escape::Yes;
  for (const Suspension &S : F.Suspensions) {
    if (!isBefore(Started.Where, S.Where) || !P.maySuspend(S))
      continue;
    Result = Escape::Perhaps;
    if (Held.count(rootOf(S.Operand.Path).str()) ||
        (S.Operand.Call >= 0 && names(F, F.Calls[S.Operand.Call], Held)))
      return Escape::No;
    if (S.Call >= 0 && (names(F, F.Calls[S.Call], Held) ||
                        P.models().role(Role::Joins, F.Calls[S.Call])))
      return Escape::No;
  }
  return Result;
}

bool isBound(const FunctionFacts &F, const CallSite &Call, const Program &P,
             bool Local) {
  for (const RoleModel *M : P.models().roles(Role::BoundTo, Call)) {
    const Value *V = M->At ? valueAt(Call, *M->At) : nullptr;
    if (!V)
      continue;
    const llvm::StringRef Root = rootOf(V->Path);
    if (Local) {
      // A pointer ends, and not what it points to.
      const llvm::StringRef Type = ownType(F, Root);
      if (!Type.empty() && !llvm::StringRef(Type).ends_with("*"))
        return true;
      continue;
    }
    if (Root == "this")
      return true;
    // What is made as a part of `this`: `new QPushButton(this)`.
    const Variable *Made = variable(F, Root);
    const Value &From = Made ? Made->Init : *V;
    int By = From.Call;
    if (llvm::StringRef New = From.Path; By < 0 && New.consume_front("#"))
      if (New.getAsInteger(10, By))
        By = -1;
    if (By >= 0 && names(F, F.Calls[By], {"this"}))
      return true;
    // Or put into `this` afterwards: `channels_.emplace(fd, std::move(c))`.
    if (Made && llvm::any_of(F.Calls, [&](const CallSite &C) {
          return llvm::StringRef(C.Object.Path).starts_with("this.") &&
                 names(F, C, {Root.str()});
        }))
      return true;
  }
  return false;
}

Fate resultOf(const FunctionFacts &F, unsigned Call, const Program &P) {
  Fate Of = fateOf(F, Call, P);
  if (Of.What == Fate::Kind::Dropped && Of.Taker >= 0)
    if (const CallSite &Taker = F.Calls[Of.Taker];
        llvm::StringRef(Taker.CalleeName).ends_with("::operator=")) {
      Of.What = Fate::Kind::Stored;
      Of.Owner = Taker.Object.Path;
    }
  return Of;
}

bool isLetGo(const FunctionFacts &F, unsigned Call, const Program &P) {
  const Fate Of = resultOf(F, Call, P);
  return Of.What == Fate::Kind::Given && letsGo(F.Calls[Of.Taker], P.models());
}

/// What the fate of the result says; none if it says nothing.
static std::optional<Escape> byResult(const FunctionFacts &F, unsigned Call,
                                      const Program &P, bool Stays) {
  const Fate Of = resultOf(F, Call, P);
  const CallSite &Last = F.Calls[Of.Taker >= 0 ? Of.Taker : int(Call)];
  const ModelSet &Models = P.models();
  switch (Of.What) {
  case Fate::Kind::Awaited:
  case Fate::Kind::Waited:
  case Fate::Kind::Unknown:
    return Escape::No;
  case Fate::Kind::Named:
    for (const CallSite &C : F.Calls)
      if (letsGo(C, Models) && names(F, C, {Of.Owner.str()}))
        return std::nullopt;
    return Escape::No;
  case Fate::Kind::Returned:
    return Stays ? Escape::No : Escape::Yes;
  case Fate::Kind::Stored:
    return Stays ? std::optional(Escape::No) : std::nullopt;
  case Fate::Kind::Given: {
    if (letsGo(Last, Models))
      return std::nullopt;
    if (Models.blocking(Last) || Models.role(Role::Joins, Last))
      return Escape::No;
    const llvm::StringRef Taker = Last.Object.Path;
    if (!Stays && (Taker.starts_with("this") || Taker.starts_with("::")))
      return std::nullopt;
    return Escape::No;
  }
  case Fate::Kind::Dropped: {
    // What is lazy never runs, and what ends with the result is over.
    const TaskModel *Task = Models.task(Last.ResultType);
    if ((Task && !Task->Eager) || endsWithObject(Last.ResultType, Models))
      return Escape::No;
    return std::nullopt;
  }
  }
  return std::nullopt;
}

/// What runs the work is, or is made from, a local of \p F, and runs nothing
/// when that is gone: `getFiberManager(loop).addTask(...)`.
static bool isRunByLocal(const FunctionFacts &F, const Value &V,
                         const Program &P, unsigned Depth = 4) {
  const Variable *By = variable(F, rootOf(V.Path));
  const ModelSet &Models = P.models();
  if (By && !By->Reference && !By->Static &&
      !llvm::StringRef(By->Type).ends_with("*") &&
      (Models.is(Role::LongLived, By->Type) ||
       Models.is(Role::Supervises, By->Type)))
    return true;
  if (Depth == 0)
    return false;
  if (By && isRunByLocal(F, By->Init, P, Depth - 1))
    return true;
  const int Call = By ? By->Init.Call : V.Call;
  if (Call < 0)
    return false;
  const CallSite &Made = F.Calls[Call];
  return isRunByLocal(F, Made.Object, P, Depth - 1) ||
         llvm::any_of(Made.Arguments, [&](const Value &A) {
           return isRunByLocal(F, A, P, Depth - 1);
         });
}

/// A later loop goes on until one of \p Held, which the work changes, says so:
/// `while (!done) ;`.
static bool isPolledAfter(const FunctionFacts &F, const CallSite &Started,
                          const std::set<std::string> &Held) {
  return llvm::any_of(F.Loops,
                      [&](const Loop &L) {
                        return isBefore(Started.Where, L.Where) &&
                               llvm::any_of(L.Reads, [&](auto &Path) {
                                 return Held.count(rootOf(Path).str());
                               });
                      }) ||
         llvm::any_of(F.Calls, [&](const CallSite &C) {
           return C.InLoopCondition && isBefore(Started.Where, C.Where) &&
                  names(F, C, Held);
         });
}

Escape escapeOf(const FunctionFacts &F, unsigned Call,
                const std::set<std::string> &Held, const Program &P,
                bool Stays) {
  const CallSite &Started = F.Calls[Call];
  // A fibre waits within the call.
  if (isInMain(F, P) || P.suspendsStackful(F, Started) ||
      isBound(F, Started, P, !Stays))
    return Escape::No;
  if (std::optional<Escape> Said = byResult(F, Call, P, Stays))
    return *Said;
  if (!Stays &&
      (isRunByLocal(F, Started.Object, P) || isPolledAfter(F, Started, Held)))
    return Escape::No;
  for (const CallSite &C : F.Calls) {
    if (&C == &Started || !isBefore(Started.Where, C.Where))
      continue;
    // A temporary that was given up ends with nothing in it.
    if (C.Kind == CallKind::Destroy &&
        (C.Object.Path.empty() || C.Object.Path.front() == '#'))
      continue;
    // To make a task is not to wait for it.
    if (!isAwaitable(C.ResultType, P) && waits(F, C, P))
      return Escape::No;
  }
  // What the result is given to may keep what is referred to: `.attach(x)`.
  for (int C = Started.Consumer; C >= 0; C = F.Calls[C].Consumer) {
    for (const Value &A : F.Calls[C].Arguments)
      if (A.Moved && Held.count(rootOf(A.Path).str()))
        return Escape::No;
    if (F.Calls[C].Consumer == C)
      break;
  }
  return F.IsCoroutine ? awaits(F, Call, Held, P) : Escape::Yes;
}

} // namespace async_tidy
