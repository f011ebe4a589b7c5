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

namespace async_tidy {

/// What one call does, in this order.
struct LockOperations {
  /// Objects whose locks end: destroyed, unlocked, released, assigned to.
  std::vector<ObjectPath> EndsOwners;
  /// Guards that hand over what they hold; to nowhere if the second is empty.
  std::vector<std::pair<ObjectPath, ObjectPath>> Moves;
  std::vector<LockEffect> Releases;
  std::vector<LockEffect> Acquires;
  /// For `Tries`: the answer that means success (`true` if empty).
  std::string Success;
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
  /// One entry per call of \p N.
  std::vector<LockOperations> operations(const Node &N);
  /// Functions that hold guards over a type whose method \p N is.
  llvm::ArrayRef<NodeIndex> dependants(const Node &N);

private:
  LockOperations operations(const Node &N, unsigned Call);
  void guardCall(const Node &N, const CallSite &C, unsigned Index,
                 LockOperations &Out);
  void applySummaries(const Node &N, const CallSite &C, unsigned Index,
                      LockOperations &Out);
  /// Whether \p Type belongs to the thread that locks it; none if unknown.
  std::optional<bool> isThreadOwned(llvm::StringRef Type, const Node *Asker,
                                    unsigned Depth = 0);
  /// The mutex type that a guard of type \p Guard holds, or none if it is not
  /// a thread's.
  std::optional<std::string> guardedBy(llvm::StringRef Guard,
                                       const Node *Asker);

  const Program::Implementation &P;
  /// Who asked for a class's `lock`, by the class's name.
  llvm::StringMap<std::vector<NodeIndex>> Askers;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_PROGRAM_LOCKEFFECTS_H
