//===- LockEffects.h - What one call does to locks ------------------------===//
//
// Turns a call into operations on locks, by the models of mutexes and guards,
// by thread-safety attributes, and by the summary of the function that it
// enters. Control flow is Locks.cpp's.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_PROGRAM_LOCKEFFECTS_H
#define ASYNC_TIDY_PROGRAM_LOCKEFFECTS_H

#include "program/Implementation.h"
#include "program/Objects.h"
#include <map>

namespace async_tidy {

/// What one call does, in this order.
struct LockOperations {
  /// Objects whose locks end: destroyed, unlocked, released, assigned to.
  std::vector<ObjectPath> EndsOwners;
  /// A guard that is unlocked through whatever holds it: `pair.first`.
  ObjectPath Unlocks;
  /// Guards that hand over what they hold; to nowhere if the second is empty.
  std::vector<std::pair<ObjectPath, ObjectPath>> Moves;
  std::vector<LockEffect> Releases;
  std::vector<LockEffect> Acquires;
  /// For `Tries`: the answer that means success (`true` if empty).
  Symbol Success;
  /// The guard that is asked whether it holds its lock.
  ObjectPath Tests;
};

class LockModelReader {
public:
  explicit LockModelReader(const Program::Implementation &P) : P(P) {}

  /// Whether \p N has anything to do with locks by itself.
  bool mentionsLocks(const Node &N);
  /// Guards that \p N is given by value: it holds them from its beginning.
  std::vector<std::pair<Location, LockEffect>> given(const Node &N);
  /// What the calls of \p N do, and what the ends of its variables.
  struct Body {
    std::vector<LockOperations> Calls, Ends;
  };
  Body operations(const Node &N);
  /// Functions that hold guards over a type whose method \p N is.
  llvm::ArrayRef<NodeIndex> dependants(const Node &N);

private:
  LockOperations operations(const Node &N, unsigned Call);

  // What models and attributes say (LockEffects.cpp).
  void makeGuard(const Node &N, const CallSite &C, unsigned Index,
                 LockOperations &Out);
  void callGuard(const Node &N, const CallSite &C, unsigned Index,
                 LockOperations &Out);
  bool exchange(const CallSite &C, unsigned Index, LockOperations &Out) const;
  void handOver(const CallSite &C, LockOperations &Out) const;
  bool lockByHand(const Node &N, unsigned Index, LockOperations &Out);
  void lockFunction(const LockFunctionModel &M, const Node &N,
                    const CallSite &C, LockOperations &Out);
  bool applyClaims(const CallSite &C, LockOperations &Out) const;

  // What bodies say (LockSummaries.cpp).
  void applySummaries(const Node &N, unsigned Index, LockOperations &Out);
  void applySummary(const Node &N, unsigned Index, NodeIndex Callee,
                    bool OnlyGives, LockOperations &Out);
  /// An object that was given something to call may call it when it dies.
  void applyKept(const Node &N, Body &Out);
  /// Objects by the members that refer to them.
  using Aliases = std::vector<std::pair<ObjectPath, ObjectPath>>;
  const Aliases &aliases(NodeIndex N, unsigned Depth = 0);

  // Which types are locks (LockTypes.cpp).
  /// Whether \p Type belongs to the thread that locks it; none if unknown.
  std::optional<bool> isThreadOwned(llvm::StringRef Type, const Node *Asker,
                                    unsigned Depth = 0);
  /// The mutex type that a guard of type \p Guard holds, or none if it is not
  /// a thread's.
  std::optional<Symbol> guardedBy(llvm::StringRef Guard, const Node *Asker);
  /// `lock` of a class of the project's, or null.
  const Node *lockOf(llvm::StringRef Type) const;
  /// A class of the project's whose `lock` polls an atomic.
  bool isSpinLock(llvm::StringRef Type) const;

  const Program::Implementation &P;
  /// Who asked for a class's `lock`, by the class's name.
  llvm::StringMap<std::vector<NodeIndex>> Askers;
  std::map<NodeIndex, Aliases> KnownAliases;
};

inline bool isPointer(llvm::StringRef Type) { return Type.ends_with("*"); }

/// The object that a call makes.
inline ObjectPath madeBy(const CallSite &C, unsigned Index) {
  return C.Result.empty() ? "#" + std::to_string(Index) : C.Result;
}
inline bool isTemporary(const ObjectPath &P) {
  return !P.empty() && P.front() == '#';
}

} // namespace async_tidy

#endif // ASYNC_TIDY_PROGRAM_LOCKEFFECTS_H
