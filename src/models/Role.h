//===- Role.h - What names are to rules -----------------------------------===//
//
// The keys of a model file that list what is the same to some rule. Roles.cpp
// has their words.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_MODELS_ROLE_H
#define ASYNC_TIDY_MODELS_ROLE_H

namespace async_tidy {

/// What a name is for a rule: docs/design/models.md says what each word means.
enum class Role {
  // Tasks
  Detaches,
  LosesErrors,
  Spawns,
  StartsAll,
  Limits,
  DropsResults,
  Operation,
  EndsWhenDropped,
  WarnsWhenDropped,
  Supervises,
  ReportsFailure,
  CannotFail,
  // Callables whose calls are coroutines
  KeepsClosure,
  BorrowsClosure,
  DropsClosure,
  LendsArguments,
  // Queues
  Unbounded,
  Pushes,
  Pops,
  Sizes,
  Appends,
  Empties,
  // Cancellation
  CancellationType,
  CancellationTest,
  CancellationError,
  Cancellable,
  Uncancellable,
  DisablesCancellation,
  TellsErrors,
  // Time
  NeedsDeadline,
  SetsDeadline,
  CpuHeavy,
  // Lifetime
  LongLived,
  OwningType,
  GivesOwner,
  Joins,
  Borrows,
  MayRunAtOnce,
  Synchronizer,
  BoundTo,
  SharedBase,
};

} // namespace async_tidy

#endif // ASYNC_TIDY_MODELS_ROLE_H
