//===- Load.h - One file of models ----------------------------------------===//
//
// The contents of one file, read and checked, before they are merged with those
// of other files (ModelSet.cpp).
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_MODELS_LOAD_H
#define ASYNC_TIDY_MODELS_LOAD_H

#include "models/Models.h"

namespace async_tidy {

/// One member for each key of docs/design/models.md.
struct ModelFile {
  ModelSet::Library About;
  std::vector<BlockingModel> Blocking;
  std::vector<std::string> Nonblocking;
  std::vector<MutexModel> Mutexes;
  std::vector<std::string> AsyncMutexes;
  std::vector<GuardModel> Guards;
  std::vector<LockFunctionModel> LockFunctions;
  std::vector<TaskModel> Tasks;
  std::vector<std::string> NeverSuspends;
  std::vector<StackfulModel> StackfulSuspensions;
  std::vector<RunModel> Runs;
  std::vector<EntryPointModel> EntryPoints;
  std::vector<ExecutorModel> Executors;
  std::vector<SwitchModel> Switches;
  std::vector<LifetimeModel> Constructs, Destroys;
  std::vector<ModeModel> Modes;
  std::vector<CompletionModel> Completions;
  std::vector<OwnerModel> Owners;
  std::vector<std::string> Polls, Clocks;
  std::vector<PauseModel> Pauses;
  std::vector<std::string> ThreadState, Views, Invalidates;
  std::vector<RoleModel> Roles;
  /// Operation and what replaces it.
  std::vector<std::pair<std::string, std::string>> Replacements;
  std::vector<AcceptedEdge> Edges;
};

/// Reads a file; all that is wrong with it is in the error.
llvm::Expected<ModelFile> loadModels(llvm::StringRef YAML,
                                     llvm::StringRef Name);

} // namespace async_tidy

#endif // ASYNC_TIDY_MODELS_LOAD_H
