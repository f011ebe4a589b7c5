//===- Questions.cpp - What libraries do ----------------------------------===//
//
// Answers from the tables that ModelSet.cpp fills. A call of a function that no
// model knows costs one look-up of its name.
//
//===----------------------------------------------------------------------===//

#include "models/Conditions.h"
#include "models/Tables.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

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
  for (const llvm::StringRef Origin : V.Origins)
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

std::vector<const RoleModel *> ModelSet::roles(Role Is,
                                               const CallSite &Call) const {
  std::vector<const RoleModel *> Result;
  const auto Found = all(T->Roles[static_cast<size_t>(Is)], Call.CalleeName);
  if (Found.empty() || isNamesake(Call))
    return Result;
  for (const RoleModel *M : Found)
    if (applies(M->When, M->Unless, Call,
                [this](llvm::StringRef F) { return T->isWrapper(F); }))
      Result.push_back(M);
  return Result;
}

const RoleModel *ModelSet::role(Role Is, const CallSite &Call) const {
  const auto Found = roles(Is, Call);
  return Found.empty() ? nullptr : Found.front();
}

const RoleModel *ModelSet::role(Role Is, llvm::StringRef Name) const {
  const auto Found = all(T->Roles[static_cast<size_t>(Is)], templateName(Name));
  return Found.empty() ? nullptr : Found.front();
}

std::vector<const RoleModel *> ModelSet::roles(Role Is,
                                               llvm::StringRef Library) const {
  std::vector<const RoleModel *> Result;
  for (const std::unique_ptr<const ModelFile> &File : T->Files)
    for (const RoleModel &M : File->Roles)
      if (M.Is == Is && M.Library == Library)
        Result.push_back(&M);
  return Result;
}

Cancellation ModelSet::cancellation(llvm::StringRef Library) const {
  return T->CancelledBy.lookup(Library);
}

llvm::StringRef ModelSet::replacement(llvm::StringRef Library,
                                      llvm::StringRef Operation) const {
  const auto L = T->Replacements.find(Library);
  if (L == T->Replacements.end())
    return "";
  const auto It = L->second.find(Operation);
  return It == L->second.end() ? "" : llvm::StringRef(It->second);
}

llvm::ArrayRef<AcceptedEdge> ModelSet::edges() const { return T->EdgeList; }

void ModelSet::dropEdges() {
  T->Edges.clear();
  T->EdgeList.clear();
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
