//===- ModelSet.cpp - Files of models become tables -----------------------===//
//
// Merges files of models, later files over earlier ones. What is asked of the
// tables is in Questions.cpp.
//
//===----------------------------------------------------------------------===//

#include "models/Tables.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

ModelSet::ModelSet() : T(std::make_unique<Tables>()) {}
ModelSet::~ModelSet() = default;
ModelSet::ModelSet(ModelSet &&) = default;
ModelSet &ModelSet::operator=(ModelSet &&) = default;

/// Enters \p Models beside what earlier files said of the same names.
template <class Model>
static void addTo(ByName<Model> &Table, llvm::ArrayRef<Model> Models,
                  std::vector<std::string> Model::*Names) {
  for (const Model &M : Models)
    for (const std::string &Name : M.*Names)
      Table[Name].push_back(&M);
}

/// Enters \p Models, in place of what earlier files said of the same names.
template <class Model>
static void merge(ByName<Model> &Table, llvm::ArrayRef<Model> Models,
                  std::vector<std::string> Model::*Names) {
  for (const Model &M : Models)
    for (const std::string &Name : M.*Names)
      Table[Name].clear();
  addTo(Table, Models, Names);
}

/// Enters the names of \p Models.
template <class Model>
static void note(llvm::DenseSet<Symbol> &Names, llvm::ArrayRef<Model> Models) {
  for (const Model &M : Models)
    Names.insert(M.Names.begin(), M.Names.end());
}

static void merge(llvm::StringSet<> &Table, llvm::ArrayRef<std::string> Names) {
  for (const std::string &Name : Names)
    Table.insert(Name);
}

/// Of two tables that contradict each other the later file decides.
template <class Model>
static void forget(llvm::StringSet<> &Table, llvm::ArrayRef<Model> Models,
                   std::vector<std::string> Model::*Names) {
  for (const Model &M : Models)
    for (const std::string &Name : M.*Names)
      Table.erase(Name);
}

template <class Model>
static void forget(ByName<Model> &Table, llvm::ArrayRef<std::string> Names) {
  for (const std::string &Name : Names)
    Table.erase(Name);
}

/// The keys that say what calling a function does. (An entry point says what
/// calls it.)
static constexpr llvm::StringLiteral FunctionKeys[] = {
    "blocking", "nonblocking", "lock-functions", "stackful-suspensions",
    "runs",     "executors",   "switches",       "constructs",
    "destroys", "completions", "polls",          "pauses",
};

static void addFunctions(llvm::StringSet<> &Functions,
                         const ModelSet::Library &L) {
  for (const ModelSet::Entry &E : L.Entries) {
    if (llvm::is_contained(FunctionKeys, E.Key))
      Functions.insert(E.Name);
    if (E.Key != "mutexes" && E.Key != "async-mutexes" && E.Key != "guards")
      continue;
    const llvm::StringRef Type = E.Name;
    Functions.insert((Type + "::" + ownName(Type)).str());
    Functions.insert((Type + "::~" + ownName(Type)).str());
  }
  for (const ModelSet::Entry &E : L.Mentions)
    if (E.Key == "member")
      Functions.insert(E.Name);
}

llvm::Error ModelSet::add(llvm::StringRef YAML, llvm::StringRef Name,
                          bool Ours) {
  llvm::Expected<ModelFile> Loaded = loadModels(YAML, Name);
  if (!Loaded)
    return Loaded.takeError();
  const ModelFile &F = *T->Files.emplace_back(
      std::make_unique<const ModelFile>(std::move(*Loaded)));
  T->Libraries.push_back(F.About);
  addFunctions(T->Functions, F.About);
  for (const Entry &E : F.About.Entries)
    if (!llvm::StringRef(E.Name).contains("::")) {
      if (Ours)
        T->CFunctions.insert(E.Name);
      else // a user speaks of the project's own functions
        T->CFunctions.erase(E.Name);
    }

  T->Callees.insert(F.Nonblocking.begin(), F.Nonblocking.end());
  note<BlockingModel>(T->Callees, F.Blocking);
  note<StackfulModel>(T->Callees, F.StackfulSuspensions);
  note<RunModel>(T->Callees, F.Runs);
  note<ModeModel>(T->Callees, F.Modes);
  note<RoleModel>(T->Callees, F.Roles);
  for (const Entry &E : F.About.Entries)
    if (!llvm::StringRef(E.Name).contains("::"))
      T->Callees.insert(E.Name);

  merge<BlockingModel>(T->Blocking, F.Blocking, &BlockingModel::Names);
  forget<BlockingModel>(T->Nonblocking, F.Blocking, &BlockingModel::Names);
  merge(T->Nonblocking, F.Nonblocking);
  forget(T->Blocking, F.Nonblocking);
  merge<MutexModel>(T->Mutexes, F.Mutexes, &MutexModel::Types);
  forget<MutexModel>(T->AsyncMutexes, F.Mutexes, &MutexModel::Types);
  merge(T->AsyncMutexes, F.AsyncMutexes);
  forget(T->Mutexes, F.AsyncMutexes);
  merge<GuardModel>(T->Guards, F.Guards, &GuardModel::Types);
  merge<LockFunctionModel>(T->LockFunctions, F.LockFunctions,
                           &LockFunctionModel::Names);
  merge<TaskModel>(T->Tasks, F.Tasks, &TaskModel::Types);
  merge(T->NeverSuspends, F.NeverSuspends);
  merge<StackfulModel>(T->Stackful, F.StackfulSuspensions,
                       &StackfulModel::Names);
  merge<RunModel>(T->Runs, F.Runs, &RunModel::Names);
  merge<EntryPointModel>(T->EntryPoints, F.EntryPoints,
                         &EntryPointModel::Names);
  merge<ExecutorModel>(T->Executors, F.Executors, &ExecutorModel::Names);
  merge<SwitchModel>(T->Switches, F.Switches, &SwitchModel::Names);
  merge<LifetimeModel>(T->Constructs, F.Constructs, &LifetimeModel::Names);
  merge<LifetimeModel>(T->Destroys, F.Destroys, &LifetimeModel::Names);
  addTo<ModeModel>(T->Modes, F.Modes, &ModeModel::Names);
  addTo<ModeModel>(T->ModeCalls, F.Modes, &ModeModel::Calls);
  addTo<ModeModel>(T->ModeTests, F.Modes, &ModeModel::Tested);
  merge<CompletionModel>(T->Completions, F.Completions,
                         &CompletionModel::Names);
  merge(T->Polls, F.Polls);
  merge(T->Clocks, F.Clocks);
  merge<OwnerModel>(T->Owners, F.Owners, &OwnerModel::Types);
  merge<PauseModel>(T->Pauses, F.Pauses, &PauseModel::Names);
  merge(T->ThreadState, F.ThreadState);
  merge(T->Views, F.Views);
  merge(T->Invalidates, F.Invalidates);
  for (const RoleModel &M : F.Roles)
    for (const std::string &Name : M.Names)
      T->Roles[static_cast<size_t>(M.Is)][Name].clear();
  for (const RoleModel &M : F.Roles)
    for (const std::string &Name : M.Names)
      T->Roles[static_cast<size_t>(M.Is)][Name].push_back(&M);
  if (F.About.Cancellation != Cancellation::Unknown)
    T->CancelledBy[F.About.Name] = F.About.Cancellation;
  if (F.About.Resumes != Resumes::Unknown)
    T->ResumesOn[F.About.Name] = F.About.Resumes;
  for (const auto &[Operation, Replacement] : F.Replacements)
    T->Replacements[F.About.Name][Operation] = Replacement;
  for (const AcceptedEdge &E : F.Edges)
    if (T->Edges[E.Caller].insert(E.Callee).second) {
      T->EdgeList.push_back(E);
      T->EdgeList.back().Where.File = F.About.File;
    }
  return llvm::Error::success();
}

} // namespace async_tidy
