//===- LockEffects.cpp - What one call does to locks ----------------------===//
//
// By models and by thread-safety attributes. See LockEffects.h.
//
//===----------------------------------------------------------------------===//

#include "program/LockEffects.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

static bool contains(llvm::ArrayRef<std::string> List, llvm::StringRef What) {
  return llvm::is_contained(List, What);
}

static LockEffect effect(ObjectPath Owner, ObjectPath Mutex,
                         llvm::StringRef MutexType, bool Tries = false) {
  LockEffect E;
  E.Owner = std::move(Owner);
  E.Mutex = std::move(Mutex);
  E.MutexType = MutexType.str();
  E.Tries = Tries;
  return E;
}

static llvm::StringRef withoutPointer(llvm::StringRef Type) {
  Type.consume_back(" *");
  return Type;
}

/// A new guard: constructed, or given by a function that locks.
void LockModelReader::makeGuard(const Node &N, const CallSite &C,
                                unsigned Index, LockOperations &Out) {
  const GuardModel *M = P.Models->guard(C.ResultType);
  auto It = P.Types.find(C.ResultType);
  const bool Scoped = !M && It != P.Types.end() && It->second->ScopedLockable;
  const bool Seen = !N.Calls[Index].Nodes.empty();
  std::optional<Symbol> Mutex;
  if (M)
    Mutex = guardedBy(C.ResultType, &N);
  else if (Scoped && !Seen)
    Mutex = C.ResultType;
  if (!Mutex)
    return;
  if (C.Kind != CallKind::Construct) {
    // Of a helper that is seen the summary says whether it locks.
    if (!Seen)
      Out.Acquires.push_back(effect(madeBy(C, Index), C.Object.Path, *Mutex));
    return;
  }
  if (C.Arguments.empty()) {
    // A thread-bound object that takes nothing is held as it is.
    if (M && M->Mutex.empty() && M->Lock.empty() && M->DeferredBy.empty())
      Out.Acquires.push_back(effect(C.Object.Path, "", *Mutex));
    return;
  }
  const Value &First = C.Arguments.front();
  if (C.Arguments.size() == 1 && First.Type == C.ResultType) {
    // A temporary takes it over only to give it to the function that is
    // called: it is out of sight.
    Out.Moves.push_back({First.Path, isTemporary(C.Object.Path)
                                         ? ObjectPath()
                                         : C.Object.Path});
    return;
  }
  bool Deferred = First.Constant == 0; // a null pointer is no mutex
  bool Tries = false;
  for (const Value &A : C.Arguments) {
    const llvm::StringRef Type = templateName(A.Type);
    Deferred |= M && contains(M->DeferredBy, Type);
    Tries |= M && contains(M->TriedBy, Type);
  }
  if (Deferred)
    return;
  // What was locked by hand before is the guard's now.
  if (C.Arguments.size() > 1 && !Tries)
    for (const Value &A : C.Arguments)
      Out.Releases.push_back(effect("", A.Path, *Mutex));
  Out.Acquires.push_back(effect(C.Object.Path, First.Path, *Mutex, Tries));
}

/// A member of a guard.
void LockModelReader::callGuard(const Node &N, const CallSite &C,
                                unsigned Index, LockOperations &Out) {
  const llvm::StringRef Name = ownName(C.CalleeName);
  // Whoever is false, or has no value, holds nothing.
  if (Name == "operator bool" || Name == "has_value")
    Out.Tests = C.Object.Path;
  const GuardModel *M = P.Models->guard(C.Object.Type);
  if (!M)
    return;
  const std::optional<Symbol> Mutex =
      guardedBy(withoutPointer(C.Object.Type), &N);
  if (contains(M->Unlock, Name))
    Out.Unlocks = C.Object.Path;
  else if (contains(M->Test, Name))
    Out.Tests = C.Object.Path;
  else if (Mutex && (contains(M->Lock, Name) || contains(M->Try, Name)))
    Out.Acquires.push_back(
        effect(C.Object.Path, "", *Mutex, contains(M->Try, Name)));
}

/// Objects that are assigned, swapped, exchanged, with whatever they hold.
bool LockModelReader::exchange(const CallSite &C, unsigned Index,
                               LockOperations &Out) const {
  const llvm::StringRef Name = ownName(C.CalleeName);
  const bool Member = !C.Object.Type.empty();
  const List<Value> &Given = C.Arguments;
  auto Move = [&](const ObjectPath &From, const ObjectPath &To) {
    if (!From.empty())
      Out.Moves.push_back({From, To});
  };
  if (C.Kind != CallKind::Call || Given.empty())
    return false;
  if (Member && Name == "operator=") {
    if (!C.Object.Path.empty()) {
      Out.EndsOwners.push_back(C.Object.Path);
      Move(Given.front().Path, C.Object.Path);
    }
    return true;
  }
  if (Name == "swap" && Given.size() + Member == 2) {
    const ObjectPath &A = Member ? C.Object.Path : Given[0].Path;
    const ObjectPath &B = Given.back().Path;
    Move(A, B);
    Move(B, A);
    return true;
  }
  if (Name == "exchange" && !Member && Given.size() == 2 &&
      Given[0].Type == C.ResultType) {
    Move(Given[0].Path, madeBy(C, Index));
    Move(Given[1].Path, Given[0].Path);
    return true;
  }
  return false;
}

/// Objects that are given up to a call, with whatever they hold.
void LockModelReader::handOver(const CallSite &C, LockOperations &Out) const {
  const List<Value> &Given = C.Arguments;
  if (!Out.Moves.empty())
    return;
  // The result keeps what the call was given, unless it is a task: its body
  // speaks for itself. What is awaited gives up its guard as it likes.
  ObjectPath To;
  const bool Passes = Given.size() == 1 && Given[0].Type == C.ResultType;
  if (C.Kind == CallKind::Construct)
    To = (C.Awaited || Passes) && isTemporary(C.Object.Path) ? ""
                                                             : C.Object.Path;
  else if (C.GivesObject && !C.Awaited && !P.Models->task(C.ResultType) &&
           !P.Awaitables.count(templateName(C.ResultType)))
    To = C.Result;
  for (const Value &A : Given) {
    // The address of what lives elsewhere gives nothing up.
    const bool New = isTemporary(A.Path) && isPointer(A.Type);
    // What returns a reference may speak of a part: `get` of a pair.
    const bool Looks = C.Kind == CallKind::Call && !C.GivesObject &&
                       C.ResultType != "void" && !P.Models->guard(A.Type);
    if (!A.Path.empty() && (New || (A.Moved && !isPointer(A.Type) && !Looks)))
      Out.Moves.push_back({A.Path, To});
  }
}

/// A mutex, without a guard.
bool LockModelReader::lockByHand(const Node &N, unsigned Index,
                                 LockOperations &Out) {
  const CallSite &C = N.Facts->Calls[Index];
  if (C.Kind != CallKind::Call || C.Object.Type.empty())
    return false;
  static const std::string Lock[] = {"lock", "lock_shared"},
                           Try[] = {"try_lock", "try_lock_shared"},
                           Unlock[] = {"unlock", "unlock_shared"};
  llvm::ArrayRef<std::string> Locks, Tries, Unlocks;
  const std::string Name = ownName(C.CalleeName).str();
  std::string Called = Name;
  const MutexModel *M = P.Models->mutex(C.Object.Type);
  auto It = P.Types.find(withoutPointer(C.Object.Type));
  if (M) {
    Locks = M->Lock;
    Tries = M->Try;
    Unlocks = M->Unlock;
  } else if (It != P.Types.end() && It->second->Capability &&
             N.Calls[Index].Nodes.empty()) {
    // A class that says it is a lock, and that nobody models.
    Locks = Lock;
    Unlocks = Unlock;
    Called = ownName(C.CalleeName).lower();
  } else if ((contains(Lock, Name) || contains(Try, Name) ||
              contains(Unlock, Name)) &&
             isSpinLock(C.Object.Type)) {
    Locks = Lock;
    Tries = Try;
    Unlocks = Unlock;
  } else {
    return false;
  }
  LockEffect E = effect("", C.Object.Path, templateName(C.Object.Type));
  if (contains(Locks, Called) || contains(Tries, Called)) {
    E.Tries = contains(Tries, Called);
    Out.Acquires.push_back(std::move(E));
  } else if (contains(Unlocks, Called)) {
    Out.Releases.push_back(std::move(E));
  } else {
    return M != nullptr;
  }
  return true;
}

void LockModelReader::lockFunction(const LockFunctionModel &M, const Node &N,
                                   const CallSite &C, LockOperations &Out) {
  const bool Tries = M.What == LockFunctionModel::Effect::Tries;
  const bool Releases = M.What == LockFunctionModel::Effect::Releases;
  if (M.SuccessIs)
    Out.Success = std::to_string(*M.SuccessIs);
  auto Add = [&](const Value &V) {
    if (!P.Models->guard(V.Type)) {
      (Releases ? Out.Releases : Out.Acquires)
          .push_back(effect("", V.Path, templateName(V.Type), Tries));
    } else if (Releases) {
      Out.Unlocks = V.Path;
    } else if (auto Mutex = guardedBy(withoutPointer(V.Type), &N)) {
      Out.Acquires.push_back(effect(V.Path, "", *Mutex, Tries));
    }
  };
  if (M.Mutex.What == Position::Kind::Any) {
    for (const Value &A : C.Arguments)
      Add(A);
  } else if (const Value *V = valueAt(C, M.Mutex)) {
    Add(*V);
  } else {
    Add({});
  }
}

/// What thread-safety attributes say of the callee; false if nothing.
bool LockModelReader::applyClaims(const CallSite &C,
                                  LockOperations &Out) const {
  auto It = P.Claims.find(C.Callee);
  if (It == P.Claims.end() || P.Models->mutex(C.Object.Type) ||
      P.Models->guard(C.Object.Type) ||
      P.Awaitables.count(templateName(C.ResultType)))
    return false;
  auto Type = [&](llvm::StringRef Name) -> const TypeFacts * {
    return P.Types.lookup(withoutPointer(Name));
  };
  const TypeFacts *Object = Type(C.Object.Type);
  const bool Scoped = Object && Object->ScopedLockable;
  for (const LockClaim &Claim : *It->second) {
    const TypeFacts *Lock = Type(Claim.Type);
    if (P.Models->isAsyncMutex(Claim.Type) ||
        (Lock && !Lock->Capability && !Lock->ScopedLockable))
      continue; // it says that it is no lock of a thread's: a role
    const auto [Root, Rest] = llvm::StringRef(Claim.Lock).split('.');
    ObjectPath Mutex = Claim.Lock;
    unsigned Position = 0;
    if (Root == "this")
      Mutex = C.Object.Path;
    else if (llvm::StringRef R = Root;
             R.consume_front("$") && !R.getAsInteger(10, Position))
      Mutex = Position < C.Arguments.size() ? C.Arguments[Position].Path : "";
    if (!Rest.empty() && !Mutex.empty() && !Root.starts_with("::"))
      Mutex += "." + Rest.str();
    // A scoped lock holds for itself.
    const bool Own = Scoped && Claim.Lock == "this";
    const bool Owned = Own || (Scoped && C.Kind == CallKind::Construct);
    const bool Tries = Claim.What == LockClaim::Kind::Tries;
    if (Tries)
      Out.Success = Claim.Success == "1"       ? Symbol("true")
                    : Claim.Success == "false" ? Symbol("0")
                                               : Claim.Success;
    if (Claim.What == LockClaim::Kind::Releases) {
      if (Own)
        Out.Unlocks = C.Object.Path;
      else
        Out.Releases.push_back(effect("", Mutex, templateName(Claim.Type)));
    } else if (Owned || !Mutex.empty()) {
      Out.Acquires.push_back(effect(Owned ? C.Object.Path : "",
                                    Own ? "" : Mutex, templateName(Claim.Type),
                                    Tries));
    }
  }
  return true;
}

LockOperations LockModelReader::operations(const Node &N, unsigned Index) {
  const CallSite &C = N.Facts->Calls[Index];
  LockOperations Out;
  if (C.Kind == CallKind::Destroy) {
    if (!C.Object.Path.empty())
      Out.EndsOwners.push_back(C.Object.Path);
    applySummaries(N, Index, Out);
    return Out;
  }
  if (applyClaims(C, Out))
    return Out;
  if (!exchange(C, Index, Out)) {
    if (C.GivesObject)
      makeGuard(N, C, Index, Out);
    if (C.Kind == CallKind::Call)
      callGuard(N, C, Index, Out);
    handOver(C, Out);
  }
  if (lockByHand(N, Index, Out))
    return Out;
  if (const LockFunctionModel *M = P.Models->lockFunction(C.CalleeName)) {
    lockFunction(*M, N, C, Out);
    return Out;
  }
  // `reset()` and the like end what they hold; `emplace` makes a new one.
  if (!P.Models->destroys(C.CalleeName).empty() && !C.Object.Path.empty())
    Out.EndsOwners.push_back(C.Object.Path);
  for (const LifetimeModel *M : P.Models->constructs(C.CalleeName)) {
    unsigned T = 0;
    if (llvm::StringRef(M->Type).drop_front().getAsInteger(10, T) ||
        T >= C.TemplateArguments.size())
      continue;
    std::optional<Symbol> Mutex = guardedBy(C.TemplateArguments[T], &N);
    if (!Mutex)
      continue;
    Out.Acquires.push_back(effect(
        M->At.What == Position::Kind::Object ? C.Object.Path : madeBy(C, Index),
        M->FirstArgument < C.Arguments.size()
            ? C.Arguments[M->FirstArgument].Path
            : "",
        *Mutex));
  }
  applySummaries(N, Index, Out);
  return Out;
}

LockModelReader::Body LockModelReader::operations(const Node &N) {
  Body Out;
  Out.Calls.reserve(N.Facts->Calls.size());
  for (unsigned I = 0; I != N.Facts->Calls.size(); ++I)
    Out.Calls.push_back(operations(N, I));
  for (const Variable &V : N.Facts->Variables) {
    Out.Ends.emplace_back();
    if (!V.Reference && !V.Static)
      Out.Ends.back().EndsOwners.push_back(V.Name);
  }
  applyKept(N, Out);
  return Out;
}

} // namespace async_tidy
