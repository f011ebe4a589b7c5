//===- LockEffects.cpp - What one call does to locks ----------------------===//
//
// See LockEffects.h.
//
//===----------------------------------------------------------------------===//

#include "program/LockEffects.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

/// The last part of a qualified name: the method of `std::mutex::lock`.
static llvm::StringRef method(llvm::StringRef Name) {
  const size_t Colon = Name.rfind("::");
  return Colon == llvm::StringRef::npos ? Name : Name.drop_front(Colon + 2);
}

static bool contains(const std::vector<std::string> &List,
                     llvm::StringRef What) {
  return llvm::is_contained(List, What);
}

static bool isPointer(llvm::StringRef Type) { return Type.ends_with("*"); }

std::optional<bool> LockModelReader::isThreadOwned(llvm::StringRef Type,
                                                   const Node *Asker,
                                                   unsigned Depth) {
  while (Type.consume_back("*"))
    Type = Type.rtrim();
  if (P.Models->isAsyncMutex(Type))
    return false;
  if (P.Models->mutex(Type))
    return true;
  if (Depth > 4)
    return std::nullopt;
  auto It = P.Types.find(Type);
  if (It != P.Types.end()) {
    for (const std::string &Base : It->second->Bases)
      if (std::optional<bool> Known = isThreadOwned(Base, Asker, Depth + 1))
        return Known;
    if (It->second->Capability)
      return true;
  }
  // A class of the project's: it is what its `lock` does.
  const std::string Class = templateName(Type).str();
  if (Asker)
    Askers[Class].push_back(P.NodeOf.lookup(Asker->Facts));
  auto Lock = P.ByName.find(Class + "::lock");
  if (Lock == P.ByName.end())
    return std::nullopt;
  for (NodeIndex I : Lock->second)
    if (P.Nodes[I].Facts->Class == Type)
      return !P.Nodes[I].Locks.Acquires.empty();
  return std::nullopt;
}

std::optional<std::string> LockModelReader::guardedBy(llvm::StringRef Guard,
                                                      const Node *Asker) {
  const GuardModel *M = P.Models->guard(Guard);
  if (!M || isPointer(Guard))
    return std::nullopt;
  if (M->Mutex.empty())
    return Guard.str();
  const std::vector<std::string> Arguments = typeArguments(Guard);
  if (M->Mutex == "any") {
    for (const std::string &A : Arguments)
      if (isThreadOwned(A, Asker).value_or(false))
        return A;
    return std::nullopt;
  }
  unsigned Index = 0;
  if (llvm::StringRef(M->Mutex).drop_front().getAsInteger(10, Index) ||
      Index >= Arguments.size())
    return std::nullopt;
  if (isThreadOwned(Arguments[Index], Asker).value_or(false))
    return Arguments[Index];
  return std::nullopt;
}

llvm::ArrayRef<NodeIndex> LockModelReader::dependants(const Node &N) {
  auto It = Askers.find(templateName(N.Facts->Class));
  if (It == Askers.end() || method(N.Facts->Name) != "lock")
    return {};
  return It->second;
}

std::vector<std::pair<Location, LockEffect>>
LockModelReader::given(const Node &N) {
  std::vector<std::pair<Location, LockEffect>> Out;
  for (const Parameter &Q : N.Facts->Parameters) {
    if (Q.ByReference || Q.Name.empty())
      continue;
    if (std::optional<std::string> Mutex = guardedBy(Q.Type, &N)) {
      LockEffect E;
      E.Owner = Q.Name;
      E.MutexType = *Mutex;
      Out.push_back({Q.Where, std::move(E)});
    }
  }
  return Out;
}

bool LockModelReader::mentionsLocks(const Node &N) {
  if (llvm::any_of(N.Facts->Parameters, [&](const Parameter &Q) {
        return !Q.ByReference && P.Models->guard(Q.Type);
      }))
    return true;
  return llvm::any_of(N.Facts->Calls, [&](const CallSite &C) {
    if (P.Models->mutex(C.Object.Type) || P.Models->guard(C.ResultType) ||
        P.Models->guard(C.Object.Type) || P.Models->lockFunction(C.CalleeName))
      return true;
    if (!P.Models->constructs(C.CalleeName).empty() &&
        llvm::any_of(C.TemplateArguments,
                     [&](const std::string &T) { return P.Models->guard(T); }))
      return true;
    auto Is = [&](const std::string &Type, bool TypeFacts::*What) {
      auto It = P.Types.find(Type);
      return It != P.Types.end() && It->second->*What;
    };
    return Is(C.ResultType, &TypeFacts::ScopedLockable) ||
           Is(C.Object.Type, &TypeFacts::Capability);
  });
}

/// What a guard's own members, and the making of guards, do.
void LockModelReader::guardCall(const Node &N, const CallSite &C,
                                unsigned Index, LockOperations &Out) {
  const std::string Made =
      C.Result.empty() ? "#" + std::to_string(Index) : C.Result;
  auto Acquire = [&](ObjectPath Owner, const std::string &MutexType,
                     ObjectPath Mutex, bool Tries) {
    LockEffect E;
    E.Owner = std::move(Owner);
    E.Mutex = std::move(Mutex);
    E.MutexType = MutexType;
    E.Tries = Tries;
    Out.Acquires.push_back(std::move(E));
  };

  // A new guard: constructed, or given by a function that locks.
  if (C.GivesObject && C.Kind != CallKind::Destroy) {
    const GuardModel *M = P.Models->guard(C.ResultType);
    auto It = P.Types.find(C.ResultType);
    const bool Scoped = !M && It != P.Types.end() && It->second->ScopedLockable;
    std::optional<std::string> Mutex;
    if (M)
      Mutex = guardedBy(C.ResultType, &N);
    else if (Scoped && N.Calls[Index].Nodes.empty())
      Mutex = C.ResultType;
    if (Mutex && C.Kind == CallKind::Construct) {
      const std::string MutexPath =
          C.Arguments.empty() ? "" : C.Arguments.front().Path;
      bool Deferred = C.Arguments.empty(), Tries = false, Adopts = false;
      for (const Value &A : C.Arguments) {
        const llvm::StringRef Type = templateName(A.Type);
        Deferred |= M && contains(M->DeferredBy, Type);
        Tries |= M && contains(M->TriedBy, Type);
      }
      if (C.Arguments.size() == 1 && C.Arguments.front().Type == C.ResultType) {
        // A temporary takes it over only to give it to the function that is
        // called: it is out of sight.
        Out.Moves.push_back(
            {C.Arguments.front().Path,
             C.Object.Path.front() == '#' ? ObjectPath() : C.Object.Path});
      } else if (!Deferred) {
        // What was locked by hand before is the guard's now.
        Adopts = C.Arguments.size() > 1 && !Tries;
        if (Adopts)
          for (const Value &A : C.Arguments)
            Out.Releases.push_back({"", A.Path, *Mutex, {}, {}, false});
        Acquire(C.Object.Path, *Mutex, MutexPath, Tries);
      }
    } else if (Mutex && N.Calls[Index].Nodes.empty()) {
      Acquire(Made, *Mutex, C.Object.Path, false);
    } else if (Mutex) {
      // A helper that is seen: its summary says whether it locks.
    }
  }

  // Members of a guard.
  const GuardModel *M = P.Models->guard(C.Object.Type);
  if (M && C.Kind == CallKind::Call) {
    const llvm::StringRef Name = method(C.CalleeName);
    const std::optional<std::string> Mutex = guardedBy(C.Object.Type, &N);
    if (contains(M->Unlock, Name))
      Out.EndsOwners.push_back(C.Object.Path);
    else if (Name == "operator=" && !C.Arguments.empty()) {
      Out.EndsOwners.push_back(C.Object.Path);
      Out.Moves.push_back({C.Arguments.front().Path, C.Object.Path});
    } else if (contains(M->Test, Name))
      Out.Tests = C.Object.Path;
    else if (Mutex && (contains(M->Lock, Name) || contains(M->Try, Name)))
      Acquire(C.Object.Path, *Mutex, "", contains(M->Try, Name));
  } else if (M && C.Kind == CallKind::Construct && M->Mutex.empty() &&
             C.Arguments.empty()) {
    // A thread-bound object that takes nothing: it is held as it is.
    if (std::optional<std::string> Mutex = guardedBy(C.Object.Type, &N);
        Mutex && M->Lock.empty() && M->DeferredBy.empty())
      Acquire(C.Object.Path, *Mutex, "", false);
  }

  // A guard that is put into something else, or given away.
  if (Out.Moves.empty())
    for (const Value &A : C.Arguments)
      if (A.Moved && !A.Path.empty() &&
          (P.Models->guard(A.Type) || P.Types.count(A.Type)) &&
          !isPointer(A.Type)) {
        const bool Kept = C.Kind == CallKind::Construct || C.GivesObject;
        if (Kept && P.Models->guard(A.Type))
          Out.Moves.push_back({A.Path, Made.front() == '#' ? "" : Made});
        else if (P.Models->guard(A.Type))
          Out.Moves.push_back({A.Path, ""});
      }
}

void LockModelReader::applySummaries(const Node &N, const CallSite &C,
                                     unsigned Index, LockOperations &Out) {
  // The object whose members are entered; that of `make_unique` is its result.
  ObjectPath Object = C.Object.Path;
  for (const LifetimeModel *M : P.Models->constructs(C.CalleeName))
    if (M->At.What == Position::Kind::Result)
      Object = C.Result.empty() ? "#" + std::to_string(Index) : C.Result;
  const bool Makes = C.Kind == CallKind::Construct ||
                     !P.Models->constructs(C.CalleeName).empty();
  for (NodeIndex I : N.Calls[Index].Nodes) {
    const Node &Callee = P.Nodes[I];
    if (Callee.Facts->IsCoroutine || !Callee.Locks.any())
      continue;
    auto Translate = [&](const ObjectPath &Path) -> ObjectPath {
      llvm::StringRef Rest = Path;
      const size_t End = Rest.find_first_of(".[");
      const llvm::StringRef Root = Rest.take_front(End);
      Rest = End == llvm::StringRef::npos ? "" : Rest.drop_front(End);
      ObjectPath New;
      if (Root.starts_with("::"))
        return Path;
      if (Root == "this") {
        New = Object;
      } else if (Root == "return") {
        New = C.Result.empty() ? "#" + std::to_string(Index) : C.Result;
      } else {
        for (unsigned A = 0; A != Callee.Facts->Parameters.size(); ++A)
          if (Callee.Facts->Parameters[A].Name == Root &&
              A < C.Arguments.size())
            New = C.Arguments[A].Path;
      }
      return New.empty() ? New : New + Rest.str();
    };
    for (const LockEffect &E : Callee.Locks.Releases) {
      LockEffect R = E;
      R.Mutex = Translate(E.Mutex);
      R.Owner = Translate(E.Owner);
      Out.Releases.push_back(std::move(R));
      // What an object took, it gives back, by whatever name.
      if (llvm::StringRef(E.Mutex).starts_with("this") ||
          C.Kind == CallKind::Destroy)
        if (!Object.empty())
          Out.EndsOwners.push_back(Object);
    }
    for (const LockEffect &E : Callee.Locks.Acquires) {
      LockEffect A = E;
      A.Mutex = Translate(E.Mutex);
      A.Owner = Translate(E.Owner);
      // A constructor locks for its object.
      if (A.Owner.empty() && Makes)
        A.Owner = Object;
      if (A.Owner.empty() && A.Mutex.empty())
        continue;
      Out.Acquires.push_back(std::move(A));
    }
  }
}

LockOperations LockModelReader::operations(const Node &N, unsigned Index) {
  const CallSite &C = N.Facts->Calls[Index];
  LockOperations Out;
  if (C.Kind == CallKind::Destroy) {
    if (!C.Object.Path.empty())
      Out.EndsOwners.push_back(C.Object.Path);
    applySummaries(N, C, Index, Out);
    return Out;
  }
  guardCall(N, C, Index, Out);

  // A class that says it is a lock, and that nobody models.
  if (auto It = P.Types.find(C.Object.Type);
      It != P.Types.end() && It->second->Capability &&
      C.Kind == CallKind::Call && N.Calls[Index].Nodes.empty()) {
    const std::string Name = method(C.CalleeName).lower();
    LockEffect E;
    E.Mutex = C.Object.Path;
    E.MutexType = C.Object.Type;
    if (Name == "lock")
      Out.Acquires.push_back(E);
    else if (Name == "unlock")
      Out.Releases.push_back(E);
  }

  // A mutex, by hand.
  if (const MutexModel *M = P.Models->mutex(C.Object.Type);
      M && C.Kind == CallKind::Call) {
    const llvm::StringRef Name = method(C.CalleeName);
    LockEffect E;
    E.Mutex = C.Object.Path;
    E.MutexType = templateName(C.Object.Type).str();
    if (contains(M->Lock, Name)) {
      Out.Acquires.push_back(E);
    } else if (contains(M->Try, Name)) {
      E.Tries = true;
      Out.Acquires.push_back(E);
    } else if (contains(M->Unlock, Name)) {
      Out.Releases.push_back(E);
    }
    return Out;
  }
  if (const LockFunctionModel *M = P.Models->lockFunction(C.CalleeName)) {
    LockEffect E;
    if (const Value *V = valueAt(C, M->Mutex)) {
      E.Mutex = V->Path;
      E.MutexType = templateName(V->Type).str();
    }
    if (M->What == LockFunctionModel::Effect::Releases) {
      Out.Releases.push_back(std::move(E));
    } else {
      E.Tries = M->What == LockFunctionModel::Effect::Tries;
      if (M->SuccessIs)
        Out.Success = std::to_string(*M->SuccessIs);
      Out.Acquires.push_back(std::move(E));
    }
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
    std::optional<std::string> Mutex = guardedBy(C.TemplateArguments[T], &N);
    if (!Mutex)
      continue;
    LockEffect E;
    E.Owner = M->At.What == Position::Kind::Object ? C.Object.Path
              : C.Result.empty()                   ? "#" + std::to_string(Index)
                                                   : C.Result;
    E.MutexType = *Mutex;
    if (M->FirstArgument < C.Arguments.size())
      E.Mutex = C.Arguments[M->FirstArgument].Path;
    Out.Acquires.push_back(std::move(E));
  }
  applySummaries(N, C, Index, Out);
  return Out;
}

std::vector<LockOperations> LockModelReader::operations(const Node &N) {
  std::vector<LockOperations> Out;
  Out.reserve(N.Facts->Calls.size());
  for (unsigned I = 0; I != N.Facts->Calls.size(); ++I)
    Out.push_back(operations(N, I));
  return Out;
}

} // namespace async_tidy
