//===- LockTypes.cpp - Which types are locks ------------------------------===//
//
// Whose lock a mutex is, and what a guard holds: by models, by attributes, and
// by what the `lock` of a class of the project's does. See LockEffects.h.
//
//===----------------------------------------------------------------------===//

#include "program/LockEffects.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

/// A function asks an atomic again and again until it gets what it wants.
static bool spins(const FunctionFacts &F, const ModelSet &Models) {
  return llvm::any_of(F.Calls, [&](const CallSite &C) {
    if (C.Loop < 0)
      return false;
    // Whatever is done to an object that can be polled: `compare_exchange`.
    const std::string Class =
        llvm::StringRef(C.CalleeName).rsplit("::").first.str();
    return Models.polls(C.CalleeName) || Models.polls(Class + "::load");
  });
}

const Node *LockModelReader::lockOf(llvm::StringRef Type) const {
  auto It = P.LockMethods.find((templateName(Type) + "::lock").str());
  if (It == P.LockMethods.end())
    return nullptr;
  while (Type.consume_back("*"))
    Type = Type.rtrim();
  for (NodeIndex I : It->second)
    if (P.Nodes[I].Facts->Class == Type)
      return &P.Nodes[I];
  return nullptr;
}

bool LockModelReader::isSpinLock(llvm::StringRef Type) const {
  const Node *Lock = lockOf(Type);
  return Lock && !Lock->Facts->IsCoroutine && Lock->Locks.Acquires.empty() &&
         Lock->Facts->ReturnType == "void" && spins(*Lock->Facts, *P.Models);
}

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
    for (const llvm::StringRef Base : It->second->Bases)
      if (std::optional<bool> Known = isThreadOwned(Base, Asker, Depth + 1))
        return Known;
    if (It->second->Capability)
      return true;
  }
  // A class of the project's: it is what its `lock` does.
  const std::string Class = templateName(Type).str();
  if (Asker)
    Askers[Class].push_back(P.NodeOf.lookup(Asker->Facts));
  if (const Node *Lock = lockOf(Type))
    return !Lock->Locks.Acquires.empty() || isSpinLock(Type);
  return std::nullopt;
}

std::optional<Symbol> LockModelReader::guardedBy(llvm::StringRef Guard,
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
  if (It == Askers.end() || ownName(N.Facts->Name) != "lock")
    return {};
  return It->second;
}

std::vector<std::pair<Location, LockEffect>>
LockModelReader::given(const Node &N) {
  std::vector<std::pair<Location, LockEffect>> Out;
  for (const Parameter &Q : N.Facts->Parameters) {
    if (Q.ByReference || Q.Name.empty())
      continue;
    if (std::optional<Symbol> Mutex = guardedBy(Q.Type, &N)) {
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
        P.Models->guard(C.Object.Type) ||
        P.Models->lockFunction(C.CalleeName) || P.Claims.count(C.Callee) ||
        (ownName(C.CalleeName) == "lock" && isSpinLock(C.Object.Type)))
      return true;
    if (!P.Models->constructs(C.CalleeName).empty() &&
        llvm::any_of(C.TemplateArguments,
                     [&](llvm::StringRef T) { return P.Models->guard(T); }))
      return true;
    auto Is = [&](llvm::StringRef Type, bool TypeFacts::*What) {
      auto It = P.Types.find(Type);
      return It != P.Types.end() && It->second->*What;
    };
    return Is(C.ResultType, &TypeFacts::ScopedLockable) ||
           Is(C.Object.Type, &TypeFacts::Capability);
  });
}

} // namespace async_tidy
