//===- Tables.h - What is known, by name ----------------------------------===//
//
// What a ModelSet is made of. Internal to src/models: ModelSet.cpp fills the
// tables, Questions.cpp reads them.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_MODELS_TABLES_H
#define ASYNC_TIDY_MODELS_TABLES_H

#include "models/Load.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringSet.h"
#include <array>

namespace async_tidy {

template <class Model>
using ByName = llvm::StringMap<llvm::SmallVector<const Model *, 1>>;

struct ModelSet::Tables {
  /// What the tables below point into.
  std::vector<std::unique_ptr<const ModelFile>> Files;
  std::vector<Library> Libraries;
  /// Every function of which something is said.
  llvm::StringSet<> Functions;
  /// The C functions among them.
  llvm::StringSet<> CFunctions;
  /// The callees of which something is asked by the whole call: most calls are
  /// of none, and to know that costs no look at the text.
  llvm::DenseSet<Symbol> Callees;

  ByName<BlockingModel> Blocking;
  llvm::StringSet<> Nonblocking;
  ByName<MutexModel> Mutexes;
  llvm::StringSet<> AsyncMutexes;
  ByName<GuardModel> Guards;
  ByName<LockFunctionModel> LockFunctions;
  ByName<TaskModel> Tasks;
  llvm::StringSet<> NeverSuspends;
  ByName<StackfulModel> Stackful;
  ByName<RunModel> Runs;
  ByName<EntryPointModel> EntryPoints;
  ByName<ExecutorModel> Executors;
  ByName<SwitchModel> Switches;
  ByName<LifetimeModel> Constructs, Destroys;
  ByName<ModeModel> Modes, ModeCalls, ModeTests;
  ByName<CompletionModel> Completions;
  ByName<OwnerModel> Owners;
  llvm::StringSet<> Polls, Clocks, ThreadState, Views, Invalidates;
  ByName<PauseModel> Pauses;
  llvm::StringMap<Resumes> ResumesOn;
  std::array<ByName<RoleModel>, static_cast<size_t>(Role::SharedBase) + 1>
      Roles;
  llvm::StringMap<Cancellation> CancelledBy;
  llvm::StringMap<llvm::StringMap<std::string>> Replacements;
  llvm::StringMap<llvm::StringSet<>> Edges;
  std::vector<AcceptedEdge> EdgeList;

  bool isWrapper(llvm::StringRef Function) const;
  bool speaksOf(const CallSite &Call) const {
    return Callees.contains(Call.CalleeName);
  }
};

} // namespace async_tidy

#endif // ASYNC_TIDY_MODELS_TABLES_H
