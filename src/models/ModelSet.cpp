//===- ModelSet.cpp - What libraries do, by name --------------------------===//
//
// Merges files of models into tables, later files over earlier ones, and
// answers questions from them. A call of a function that no model knows costs
// one look-up of its name.
//
//===----------------------------------------------------------------------===//

#include "models/Conditions.h"
#include "models/Load.h"
#include "models/Models.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

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
  llvm::StringMap<llvm::StringMap<std::string>> Replacements;
  llvm::StringMap<llvm::StringSet<>> Edges;

  bool isWrapper(llvm::StringRef Function) const;
};

ModelSet::ModelSet() : T(std::make_unique<Tables>()) {}
ModelSet::~ModelSet() = default;
ModelSet::ModelSet(ModelSet &&) = default;
ModelSet &ModelSet::operator=(ModelSet &&) = default;

//===----------------------------------------------------------------------===//
// Merging
//===----------------------------------------------------------------------===//

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
    const llvm::StringRef Class =
        Type.drop_front(Type.contains("::") ? Type.rfind("::") + 2 : 0);
    Functions.insert((Type + "::" + Class).str());
    Functions.insert((Type + "::~" + Class).str());
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
  if (F.About.Resumes != Resumes::Unknown)
    T->ResumesOn[F.About.Name] = F.About.Resumes;
  for (const auto &[Operation, Replacement] : F.Replacements)
    T->Replacements[F.About.Name][Operation] = Replacement;
  for (const auto &[Caller, Callee] : F.Edges)
    T->Edges[Caller].insert(Callee);
  return llvm::Error::success();
}

//===----------------------------------------------------------------------===//
// Questions
//===----------------------------------------------------------------------===//

template <class Model>
static llvm::ArrayRef<const Model *> all(const ByName<Model> &Table,
                                         llvm::StringRef Name) {
  const auto It = Table.find(Name);
  if (It == Table.end())
    return {};
  return It->second;
}

/// For what can be said of a name only once.
template <class Model>
static const Model *only(const ByName<Model> &Table, llvm::StringRef Name) {
  const llvm::ArrayRef<const Model *> Found = all(Table, Name);
  return Found.empty() ? nullptr : Found.front();
}

bool ModelSet::Tables::isWrapper(llvm::StringRef Function) const {
  return llvm::any_of(all(Runs, Function), [](const RunModel *M) {
    return M->Where == Place::Wraps;
  });
}

bool ModelSet::isCFunction(llvm::StringRef Name) const {
  return T->CFunctions.contains(Name);
}

/// The identity of a C function is that of its name alone; that of a C++
/// function has its parameters (Facts.h, FunctionId).
bool ModelSet::isNamesake(const CallSite &Call) const {
  const llvm::StringRef Id = Call.Callee;
  return !Id.empty() && !Id.starts_with("s:") && isCFunction(Call.CalleeName) &&
         !Id.ends_with("@F@" + Call.CalleeName);
}

const BlockingModel *ModelSet::blocking(const CallSite &Call) const {
  if (isNamesake(Call))
    return nullptr;
  for (const BlockingModel *M : all(T->Blocking, Call.CalleeName))
    if (applies(M->When, M->Unless, Call,
                [this](llvm::StringRef F) { return T->isWrapper(F); }))
      return M;
  return nullptr;
}

std::vector<const BlockingModel *>
ModelSet::blocking(llvm::StringRef Function) const {
  return all(T->Blocking, Function).vec();
}

bool ModelSet::neverBlocks(const CallSite &Call) const {
  return T->Nonblocking.contains(Call.CalleeName) && !isNamesake(Call);
}

bool ModelSet::knows(llvm::StringRef Function) const {
  return T->Functions.contains(Function);
}

const MutexModel *ModelSet::mutex(llvm::StringRef Type) const {
  return only(T->Mutexes, templateName(Type));
}

bool ModelSet::isAsyncMutex(llvm::StringRef Type) const {
  return T->AsyncMutexes.contains(templateName(Type));
}

const GuardModel *ModelSet::guard(llvm::StringRef Type) const {
  return only(T->Guards, templateName(Type));
}

const LockFunctionModel *ModelSet::lockFunction(llvm::StringRef Name) const {
  return only(T->LockFunctions, Name);
}

bool ModelSet::neverSuspends(llvm::StringRef Type) const {
  return T->NeverSuspends.contains(templateName(Type));
}

bool ModelSet::suspendsStackful(const CallSite &Call) const {
  return !isNamesake(Call) &&
         llvm::any_of(
             all(T->Stackful, Call.CalleeName), [&](const StackfulModel *M) {
               return applies(M->When, {}, Call, [this](llvm::StringRef F) {
                 return T->isWrapper(F);
               });
             });
}

const TaskModel *ModelSet::task(llvm::StringRef Type) const {
  return only(T->Tasks, templateName(Type));
}

std::vector<const RunModel *> ModelSet::runs(const CallSite &Call) const {
  std::vector<const RunModel *> Result;
  if (isNamesake(Call))
    return Result;
  for (const RunModel *M : all(T->Runs, Call.CalleeName))
    if (applies(M->When, M->Unless, Call,
                [this](llvm::StringRef F) { return T->isWrapper(F); }))
      Result.push_back(M);
  return Result;
}

std::vector<const ModeModel *> ModelSet::setsMode(const CallSite &Call) const {
  std::vector<const ModeModel *> Result;
  if (isNamesake(Call))
    return Result;
  for (const ModeModel *M : all(T->Modes, Call.CalleeName))
    if (applies(M->When, {}, Call,
                [this](llvm::StringRef F) { return T->isWrapper(F); }))
      Result.push_back(M);
  return Result;
}

std::vector<const ModeModel *>
ModelSet::testedModes(llvm::StringRef Constant) const {
  const llvm::ArrayRef<const ModeModel *> Found = all(T->ModeTests, Constant);
  return {Found.begin(), Found.end()};
}

std::vector<const ModeModel *>
ModelSet::modesOf(llvm::StringRef Function) const {
  const llvm::ArrayRef<const ModeModel *> Found = all(T->ModeCalls, Function);
  return {Found.begin(), Found.end()};
}

const EntryPointModel *ModelSet::entryPoint(llvm::StringRef Method) const {
  return only(T->EntryPoints, Method);
}

std::optional<bool> ModelSet::mayBlock(const Value &V) const {
  if (const ExecutorModel *M = only(T->Executors, templateName(V.Type)))
    return M->MayBlock;
  for (const std::string &Origin : V.Origins)
    if (const ExecutorModel *M = only(T->Executors, templateName(Origin)))
      return M->MayBlock;
  // What has an executor among its type arguments runs things there: a strand
  // of a pool's, a socket of a loop's.
  for (llvm::StringRef Rest = V.Type; !Rest.empty();) {
    const size_t End = Rest.find_first_of("<,>");
    if (const ExecutorModel *M =
            only(T->Executors, Rest.take_front(End).trim()))
      return M->MayBlock;
    Rest = End == llvm::StringRef::npos ? "" : Rest.drop_front(End + 1);
  }
  return std::nullopt;
}

const SwitchModel *ModelSet::switches(llvm::StringRef Function) const {
  return only(T->Switches, Function);
}

std::vector<const LifetimeModel *>
ModelSet::constructs(llvm::StringRef Name) const {
  return all(T->Constructs, Name).vec();
}

std::vector<const LifetimeModel *>
ModelSet::destroys(llvm::StringRef Name) const {
  return all(T->Destroys, Name).vec();
}

const CompletionModel *ModelSet::completion(llvm::StringRef Name) const {
  return only(T->Completions, Name);
}

bool ModelSet::polls(llvm::StringRef Name) const {
  return T->Polls.contains(Name);
}

bool ModelSet::asksTime(llvm::StringRef Name) const {
  return T->Clocks.contains(Name);
}

const PauseModel *ModelSet::pause(llvm::StringRef Name) const {
  return only(T->Pauses, Name);
}

const OwnerModel *ModelSet::owner(llvm::StringRef Type) const {
  return only(T->Owners, templateName(Type));
}

Resumes ModelSet::resumes(llvm::StringRef Library) const {
  return T->ResumesOn.lookup(Library);
}

bool ModelSet::isThreadState(llvm::StringRef Function) const {
  return T->ThreadState.contains(Function);
}

bool ModelSet::isView(llvm::StringRef Type) const {
  return T->Views.contains(templateName(Type));
}

bool ModelSet::invalidates(llvm::StringRef Function) const {
  return T->Invalidates.contains(Function);
}

llvm::StringRef ModelSet::replacement(llvm::StringRef Library,
                                      llvm::StringRef Operation) const {
  const auto L = T->Replacements.find(Library);
  if (L == T->Replacements.end())
    return "";
  const auto It = L->second.find(Operation);
  return It == L->second.end() ? "" : llvm::StringRef(It->second);
}

bool ModelSet::allowsEdge(llvm::StringRef Caller,
                          llvm::StringRef Callee) const {
  const auto It = T->Edges.find(Caller);
  return It != T->Edges.end() && It->second.contains(Callee);
}

llvm::ArrayRef<ModelSet::Library> ModelSet::libraries() const {
  return T->Libraries;
}

} // namespace async_tidy
