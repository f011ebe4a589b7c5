//===- Session.cpp - One run from names to findings -----------------------===//

#include "driver/Session.h"
#include "driver/ApplyFixes.h"
#include "driver/Recall.h"
#include "rules/Globs.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <set>
#include <tuple>

using namespace llvm;

namespace async_tidy {

static Error bad(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

static Expected<CompileDatabase> openDatabase(const RunOptions &Options) {
  if (Options.Flags)
    return CompileDatabase::fromFlags(*Options.Flags, currentDirectory());
  if (!Options.BuildPath.empty())
    return CompileDatabase::load(Options.BuildPath);
  std::string Start = currentDirectory();
  if (!Options.Names.empty()) {
    Start = absolutePath(Options.Names.front(), Start);
    if (!sys::fs::is_directory(Start))
      Start = sys::path::parent_path(Start).str();
  }
  auto Found = CompileDatabase::find(Start);
  // What is named may be a link into the project, or the files are elsewhere
  // and the project is here.
  for (const std::string &Other : {realPath(Start), currentDirectory()}) {
    if (Found)
      break;
    if (auto There = CompileDatabase::find(Other)) {
      consumeError(Found.takeError());
      return There;
    } else {
      consumeError(There.takeError());
    }
  }
  return Found;
}

/// A .clang-tidy that cannot be read, or turns everything off, is told before
/// an hour of parsing.
static Error checkConfiguration(Session &S) {
  std::vector<std::string> Files = S.Selected.Headers;
  for (const CompileJob &Job : S.Selected.Jobs)
    Files.push_back(Job.File);
  bool Any = Files.empty();
  for (const std::string &File : Files) {
    auto C = S.Configuration.of(File);
    if (!C)
      return C.takeError();
    Any |= !(*C)->selection().Rules.empty();
    for (std::string &Problem : unknownNames((*C)->Checks, (*C)->CheckOptions))
      if (!is_contained(S.Notes, Problem))
        S.Notes.push_back(std::move(Problem));
  }
  if (Any)
    return Error::success();
  std::string Why = "no checks enabled";
  for (const std::string &Problem : S.Notes)
    Why += "\n" + Problem;
  return bad(Why);
}

/// The store that \p Options ask for; null for none. Flags after `--` make no
/// project: without a name there is no store for them.
static std::unique_ptr<Store> openStore(const RunOptions &Options,
                                        const CompileDatabase &Database) {
  if (Options.NoStore || Options.Analysis.InProcess ||
      (Options.StoreFile.empty() && Database.path().empty()))
    return nullptr;
  std::string Root = projectRoot(Database);
  std::string File = Options.StoreFile.empty()
                         ? defaultStore(Root)
                         : absolutePath(Options.StoreFile, currentDirectory());
  if (File.empty())
    return nullptr;
  if (Options.ReadAs)
    return std::make_unique<Store>(std::move(File), std::move(Root),
                                   *Options.ReadAs);
  return std::make_unique<Store>(std::move(File), std::move(Root));
}

Expected<Session> openSession(RunOptions Options) {
  for (const std::string &Name : Options.Names)
    if (!sys::fs::exists(Name))
      return bad(Name + ": no such file or folder");
  Expected<Config> Configuration = Config::create(Options.Overrides);
  if (!Configuration)
    return Configuration.takeError();
  Expected<CompileDatabase> Database = openDatabase(Options);
  if (!Database)
    return Database.takeError();
  Expected<Inputs> Selected = selectInputs(*Database, Options.Names);
  if (!Selected)
    return Selected.takeError();
  std::unique_ptr<Store> Kept = openStore(Options, *Database);
  Session S{std::move(Options),
            std::move(*Database),
            std::move(*Configuration),
            std::move(*Selected),
            {},
            std::move(Kept),
            {}};
  if (Error E = checkConfiguration(S))
    return std::move(E);
  return std::move(S);
}

Expected<Session> openLink(RunOptions Options,
                           ArrayRef<std::string> MainFiles) {
  Expected<Config> Configuration = Config::create(Options.Overrides);
  if (!Configuration)
    return Configuration.takeError();
  Inputs Units;
  for (const std::string &File : MainFiles)
    Units.Jobs.push_back({File, currentDirectory(), {}});
  sort(Units.Jobs);
  Session S{std::move(Options),
            CompileDatabase::fromFlags({}, currentDirectory()),
            std::move(*Configuration),
            std::move(Units),
            {},
            nullptr,
            {}};
  S.Linked = true;
  if (Error E = checkConfiguration(S))
    return std::move(E);
  return std::move(S);
}

Expected<ModelSet> loadModels(Session &S) {
  std::vector<std::string> Files;
  const auto Add = [&](const std::string &File) {
    if (!is_contained(Files, File))
      Files.push_back(File);
  };
  for (const CompileJob &Job : S.Selected.Jobs) {
    auto C = S.Configuration.of(Job.File);
    if (!C)
      return C.takeError();
    for (const std::string &File : (*C)->Models)
      Add(File);
  }
  sort(Files); // whatever the order of the units
  for (const std::string &File : S.Options.Models)
    Add(absolutePath(File, currentDirectory()));
  ModelSet Models = loadBuiltinModels();
  Digester Read;
  for (const std::string &File : Files) {
    auto Text = MemoryBuffer::getFile(File);
    if (!Text)
      return bad(File + ": " + Text.getError().message());
    if (Error E = Models.add((*Text)->getBuffer(), File))
      return std::move(E);
    Read(File)((*Text)->getBuffer());
  }
  S.Models = Read.digest();
  S.ModelFiles = std::move(Files);
  return Models;
}

/// The findings of one configuration, of the files where it holds.
static Error addFindings(Session &S, const Program &P, const FileConfig &C,
                         const Filter &Shows,
                         const std::set<std::string> &MainFiles, bool Complete,
                         Findings &Result) {
  Selection What = C.selection();
  What.Complete = Complete;
  const std::vector<Glob> Errors = parseGlobs(C.WarningsAsErrors);
  for (const Rule *R : What.Rules)
    if ((R->Shown <= What.Wanted || is_contained(What.Named, R)) &&
        !is_contained(Result.Rules, R))
      Result.Rules.push_back(R);
  Result.Wanted = std::max(Result.Wanted, What.Wanted);
  for (Finding &F : check(P, What)) {
    auto Own = S.Configuration.of(F.Where.File);
    if (!Own)
      return Own.takeError();
    if (**Own != C)
      continue;
    const Verdict V =
        Shows.judge(F.Where.File, MainFiles.count(F.Where.File.str()), C);
    Result.NotOurs += V == Verdict::NotOurs && !F.Suppressed;
    Result.InHeaders += V == Verdict::HeaderOutOfScope && !F.Suppressed;
    if (V != Verdict::Show)
      continue;
    if (F.Weight == Severity::Warning && contains(Errors, F.From->Id))
      F.Weight = Severity::Error;
    Result.Shown.push_back(std::move(F));
  }
  return Error::success();
}

bool isBefore(const Finding &A, const Finding &B) {
  return std::tie(A.Where, A.From->Id, A.Message) <
         std::tie(B.Where, B.From->Id, B.Message);
}

ShownScope shownScope(const Session &S) {
  const StringRef Database = S.Database.path();
  return {
      S.Selected.Scope,
      commonFolder(S.Linked ? ArrayRef(S.Selected.Jobs) : S.Database.jobs()),
      realPath(Database.empty() ? currentDirectory()
                                : sys::path::parent_path(Database).str()),
      S.Options.ReportAllFiles, S.Options.Overrides.HeaderFilter.has_value()};
}

Filter findingsFilter(const Session &S) {
  ShownScope Scope = shownScope(S);
  return Filter(std::move(Scope.Named), std::move(Scope.SourceRoot),
                std::move(Scope.BuildFolder), Scope.All, Scope.AskedForHeaders);
}

Expected<Findings> findFindings(Session &S, const Program &P, bool Complete) {
  std::vector<const FileConfig *> Configs; // by value, each once
  std::set<std::string> MainFiles;
  const auto Add = [&](StringRef File) -> Error {
    auto C = S.Configuration.of(File);
    if (!C)
      return C.takeError();
    if (none_of(Configs, [&](const FileConfig *O) { return *O == **C; }))
      Configs.push_back(*C);
    return Error::success();
  };
  for (const TranslationUnitFacts &Unit : P.units()) {
    MainFiles.insert(Unit.MainFile);
    if (Error E = Add(Unit.MainFile))
      return std::move(E);
    for (const StringRef File : Unit.Files)
      if (Error E = Add(File))
        return std::move(E);
  }
  const Filter Shows = findingsFilter(S);
  Findings Result;
  for (const FileConfig *C : Configs)
    if (Error E = addFindings(S, P, *C, Shows, MainFiles, Complete, Result))
      return std::move(E);
  sort(Result.Shown, isBefore);
  sort(Result.Rules,
       [](const Rule *A, const Rule *B) { return A->Id < B->Id; });
  Result.DirectiveErrors = directiveErrors(P);
  return Result;
}

} // namespace async_tidy
