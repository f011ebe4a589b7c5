//===- Knowledge.cpp - What an editor's server knows ----------------------===//

#include "clangd/Knowledge.h"
#include "driver/CompileDatabase.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <tuple>

using namespace llvm;

namespace async_tidy::editor {

/// A change of a header that all include is not worth parsing everything.
static constexpr size_t MostUnits = 32;

static constexpr std::chrono::seconds Interval(2);

/// What the program knew that looks at a unit on this thread.
static thread_local uint64_t Used = 0;

Knowledge::Knowledge(KnowledgeOptions Given)
    : Options(std::move(Given)), Program(Options.ToolFolder),
      Thread([this] { run(); }) {
  enqueue("begin", [this] {
    Program.writer();
    builtinModels(); // while clangd reads the first file
  });
}

void Knowledge::end() {
  {
    const std::lock_guard Guard(Mutex);
    Ends = true;
  }
  Wake.notify_all();
  if (Thread.joinable())
    Thread.join();
}

void Knowledge::run() {
  while (true) {
    Task Do;
    {
      std::unique_lock Lock(Mutex);
      Wake.wait_for(Lock, Interval, [this] { return Ends || !Tasks.empty(); });
      if (Ends)
        return;
      if (!Tasks.empty()) {
        Do = std::move(Tasks.front().second);
        Tasks.pop_front();
      }
    }
    if (Do)
      Do();
    else
      look();
  }
}

/// Somebody else may have written to a store.
void Knowledge::look() {
  std::vector<std::shared_ptr<Project>> All;
  {
    const std::lock_guard Guard(Mutex);
    for (const auto &[Name, P] : Projects)
      All.push_back(P);
  }
  for (const auto &P : All)
    if (P->storeChanged())
      read(P);
}

void Knowledge::enqueue(std::string Name, Task Do) {
  if (Options.NoStore)
    return;
  const std::lock_guard Guard(Mutex);
  if (any_of(Tasks, [&](const auto &T) { return T.first == Name; }))
    return;
  Tasks.emplace_back(std::move(Name), std::move(Do));
  Wake.notify_all();
}

static std::string folderOf(const std::string &Path) {
  return sys::fs::is_directory(Path) ? Path
                                     : sys::path::parent_path(Path).str();
}

std::shared_ptr<Project> Knowledge::projectOf(const std::string &Path) const {
  const std::lock_guard Guard(Mutex);
  const auto It = Folders.find(folderOf(Path));
  return It == Folders.end() ? nullptr : It->second;
}

std::shared_ptr<Project> Knowledge::findProject(const std::string &Path) {
  const std::string Folder = folderOf(Path);
  {
    const std::lock_guard Guard(Mutex);
    if (const auto It = Folders.find(Folder); It != Folders.end() && It->second)
      return It->second;
  }
  auto Found = Options.Database.empty()
                   ? CompileDatabase::find(Folder)
                   : CompileDatabase::load(Options.Database);
  std::string Database;
  if (Found)
    Database = Found->path().str();
  else
    consumeError(Found.takeError());
  const std::lock_guard Guard(Mutex);
  std::shared_ptr<Project> &Here = Folders[Folder];
  if (Database.empty())
    return nullptr;
  std::shared_ptr<Project> &P = Projects[Database];
  if (!P)
    P = std::make_shared<Project>(Database, Options.StoreFile);
  return Here = P;
}

void Knowledge::prepare(const std::string &Path) {
  if (projectOf(Path))
    return;
  enqueue("prepare " + folderOf(Path), [=, this] {
    const bool Known = projectOf(Path) != nullptr;
    const std::shared_ptr<Project> P = findProject(Path);
    if (P && !Known && P->count().first == 0)
      read(P);
    else if (P && !Known)
      ++Generation;
  });
}

void Knowledge::read(std::shared_ptr<Project> P) {
  const auto Writer = Program.writer();
  if (!Writer || !P->read(*Writer))
    return;
  ++Generation;
  std::vector<std::string> Open;
  {
    const std::lock_guard Guard(Mutex);
    for (const auto &[File, S] : Files)
      Open.push_back(File);
  }
  for (const std::string &File : Open)
    if (projectOf(File) == P)
      lookAgain(File);
}

/// Both hold the same, as \p Same says.
template <typename T>
static bool areSame(const std::vector<T> &A, const std::vector<T> &B,
                    function_ref<bool(const T &, const T &)> Same) {
  return std::equal(A.begin(), A.end(), B.begin(), B.end(), Same);
}

static bool isSameStep(const Step &A, const Step &B) {
  return A.Where == B.Where && A.Text == B.Text;
}

static bool isSameFinding(const Finding &A, const Finding &B) {
  return A.From == B.From && A.Where == B.Where && A.Message == B.Message &&
         A.Weight == B.Weight && areSame<Step>(A.Steps, B.Steps, isSameStep);
}

void Knowledge::lookAgain(const std::string &File) {
  const std::optional<FoundInFile> Before = inFile(File);
  if (!Before || !Before->Again)
    return;
  const FoundInFile Now = Before->Again();
  if (!areSame<Finding>(Now.Findings, Before->Findings, isSameFinding) &&
      Changed)
    Changed(File);
}

void Knowledge::saved(const std::string &File) {
  enqueue("saved " + File, [=, this] {
    const std::shared_ptr<Project> P = findProject(File);
    if (!P)
      return;
    std::vector<std::string> Units = P->readersOf(File);
    if (Units.empty())
      Units = {File};
    // Those that the user looks at come first.
    llvm::sort(Units, [&](const std::string &A, const std::string &B) {
      return std::tuple(!inFile(A), A) < std::tuple(!inFile(B), B);
    });
    Units.resize(std::min(Units.size(), MostUnits));
    Program.refresh(P->database(), P->storeFile(), Units,
                    [this] { return Ends.load(); });
    read(P);
  });
}

void Knowledge::refresh(const std::string &File) {
  enqueue("refresh " + File, [=, this] {
    const std::shared_ptr<Project> P = findProject(File);
    if (!P)
      return;
    Program.refresh(P->database(), P->storeFile(), {},
                    [this] { return Ends.load(); });
    read(P);
  });
}

void Knowledge::closed(const std::string &File) {
  const std::lock_guard Guard(Mutex);
  Files.erase(File);
}

Surroundings Knowledge::around(TranslationUnitFacts &Open) {
  Used = Generation;
  const std::shared_ptr<Project> P = projectOf(Open.MainFile);
  if (!P)
    return {};
  bool Outdated = false;
  Surroundings Result = P->around(Open, Outdated);
  if (Outdated)
    enqueue("read " + P->database(), [=, this] { read(P); });
  return Result;
}

void Knowledge::found(FoundInFile Found) {
  const std::string File = Found.File;
  const uint64_t With = Used;
  Hints Known = hintsIn(*Found.In, File);
  Found.In.reset(); // it is large
  {
    const std::lock_guard Guard(Mutex);
    Files[File] = {std::move(Found), std::move(Known)};
  }
  if (With != Generation)
    enqueue("look " + File, [=, this] { lookAgain(File); });
}

std::optional<FoundInFile> Knowledge::inFile(StringRef File) const {
  const std::lock_guard Guard(Mutex);
  const auto It = Files.find(File.str());
  if (It == Files.end())
    return std::nullopt;
  return It->second.What;
}

Hints Knowledge::hints(StringRef File) const {
  const std::lock_guard Guard(Mutex);
  const auto It = Files.find(File.str());
  return It == Files.end() ? Hints() : It->second.Known;
}

std::pair<size_t, size_t> Knowledge::count(const std::string &File) {
  const std::shared_ptr<Project> P = projectOf(File);
  return P ? P->count() : std::pair<size_t, size_t>();
}

} // namespace async_tidy::editor
