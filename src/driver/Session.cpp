//===- Session.cpp - One run from names to findings -----------------------===//

#include "driver/Session.h"
#include "driver/ApplyFixes.h"
#include "rules/Globs.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <chrono>
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
  Session S{std::move(Options),
            std::move(*Database),
            std::move(*Configuration),
            std::move(*Selected),
            {}};
  if (Error E = checkConfiguration(S))
    return std::move(E);
  return std::move(S);
}

static AnalysisOptions analysisOptions(Session &S) {
  AnalysisOptions Options = S.Options.Analysis;
  Options.FlagsOfFile = [&S](StringRef File) {
    FlagChanges Changes;
    if (auto C = S.Configuration.of(File)) {
      Changes = {(*C)->ExtraArgsBefore, (*C)->ExtraArgs, (*C)->RemovedArgs};
    } else {
      consumeError(C.takeError()); // told by openSession
    }
    return Changes;
  };
  return Options;
}

/// The command that shows the failure of \p File to a debugger.
static std::string howToSee(const Session &S, StringRef File) {
  std::string Command = "async-tidy facts --in-process ";
  if (!S.Database.path().empty())
    Command += "-p " + S.Database.path().str() + " ";
  Command += File;
  if (S.Options.Flags)
    Command += " -- " + join(*S.Options.Flags, " ");
  return Command;
}

/// Puts one unit where it belongs.
static void take(UnitResult Unit, ParsedUnits &To) {
  To.Cost.CpuSeconds += Unit.CpuSeconds;
  To.Cost.PeakBytes = std::max(To.Cost.PeakBytes, Unit.PeakBytes);
  To.Cost.BodiesAnalysed += Unit.Facts.BodiesAnalysed;
  To.Cost.BodiesSkipped += Unit.Facts.BodiesSkipped;
  if (Unit.Failure.empty())
    To.Analysed.push_back(Unit.Facts.MainFile);
  else
    To.NotAnalysed.push_back({Unit.Facts.MainFile, std::move(Unit.Failure),
                              std::move(Unit.FailedAt),
                              !Unit.Facts.Functions.empty()});
  To.Units.push_back(std::move(Unit.Facts));
}

/// Finds a unit for each header that was named and is not read by a unit that
/// was parsed anyway.
static Error readHeaders(Session &S, const AnalysisOptions &Options,
                         ParsedUnits &Parsed) {
  for (const std::string &Header : S.Selected.Headers) {
    if (any_of(Parsed.Units, [&](const TranslationUnitFacts &Unit) {
          return is_contained(Unit.Files, Header);
        }))
      continue;
    CompileJob Used;
    auto Unit = analyseHeader(Header, S.Database.jobs(), Options, Used);
    if (!Unit)
      return Unit.takeError();
    if (!*Unit) {
      Parsed.NotAnalysed.push_back(
          {Header,
           "no unit of the compile database was found to include it",
           {}});
      continue;
    }
    Parsed.Notes.push_back(Header + " is seen as " + Used.File +
                           " includes it");
    S.Selected.Jobs.push_back(std::move(Used));
    take(std::move(**Unit), Parsed);
  }
  return Error::success();
}

Expected<ParsedUnits> readFacts(Session &S, Progress Report) {
  const auto Start = std::chrono::steady_clock::now();
  const AnalysisOptions Options = analysisOptions(S);
  Expected<Analysis> Result = analyse(S.Selected.Jobs, Options, Report);
  if (!Result)
    return Result.takeError();
  ParsedUnits Parsed;
  Parsed.Interrupted = Result->Interrupted;
  Parsed.Notes = S.Database.Notes;
  append_range(Parsed.Notes, S.Notes);
  append_range(Parsed.Notes, Result->Notes);
  const auto Failed = find_if(
      Result->Units, [](const UnitResult &U) { return U.ProcessFailed; });
  if (Failed != Result->Units.end())
    Parsed.Notes.push_back("to see the first failed process again: " +
                           howToSee(S, Failed->Facts.MainFile));
  for (UnitResult &Unit : Result->Units)
    take(std::move(Unit), Parsed);
  for (const std::string &File : S.Selected.Unknown)
    Parsed.NotAnalysed.push_back({File,
                                  "not in the compile database " +
                                      S.Database.path().str() +
                                      "; its flags can be given after --",
                                  {}});
  if (!Parsed.Interrupted)
    if (Error E = readHeaders(S, Options, Parsed))
      return std::move(E);
  Parsed.Cost.WallSeconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - Start)
          .count();
  return Parsed;
}

Expected<std::vector<std::string>> readAgain(Session &S, ParsedUnits &Parsed,
                                             ArrayRef<std::string> Changed) {
  // Units stand in the order of the jobs.
  std::vector<size_t> Touched;
  std::vector<CompileJob> Jobs;
  for (size_t I = 0; I < Parsed.Units.size(); ++I)
    if (any_of(Changed, [&](const std::string &File) {
          return is_contained(Parsed.Units[I].Files, File) ||
                 Parsed.Units[I].MainFile == File;
        })) {
      Touched.push_back(I);
      Jobs.push_back(S.Selected.Jobs[I]);
    }
  auto Result = analyse(Jobs, analysisOptions(S), noProgress);
  if (!Result)
    return Result.takeError();
  std::set<std::string> Broken;
  for (size_t N = 0; N < Touched.size(); ++N) {
    TranslationUnitFacts &Old = Parsed.Units[Touched[N]];
    UnitResult &New = Result->Units[N];
    if (!New.Failure.empty() && is_contained(Parsed.Analysed, Old.MainFile)) {
      for (const std::string &File : Changed)
        if (is_contained(Old.Files, File) || Old.MainFile == File)
          Broken.insert(File);
      continue;
    }
    Old = std::move(New.Facts);
  }
  return std::vector<std::string>(Broken.begin(), Broken.end());
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
  for (const std::string &File : Files) {
    auto Text = MemoryBuffer::getFile(File);
    if (!Text)
      return bad(File + ": " + Text.getError().message());
    if (Error E = Models.add((*Text)->getBuffer(), File))
      return std::move(E);
  }
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
        Shows.judge(F.Where.File, MainFiles.count(F.Where.File), C);
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

Filter findingsFilter(const Session &S) {
  const StringRef Database = S.Database.path();
  return {S.Selected.Scope, commonFolder(S.Database.jobs()),
          realPath(Database.empty() ? currentDirectory()
                                    : sys::path::parent_path(Database).str()),
          S.Options.ReportAllFiles,
          S.Options.Overrides.HeaderFilter.has_value()};
}

bool isBefore(const Finding &A, const Finding &B) {
  return std::tie(A.Where, A.From->Id, A.Message) <
         std::tie(B.Where, B.From->Id, B.Message);
}

Expected<async_tidy::Findings> findFindings(Session &S, const Program &P,
                                            bool Complete) {
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
    for (const std::string &File : Unit.Files)
      if (Error E = Add(File))
        return std::move(E);
  }
  const Filter Shows = findingsFilter(S);
  Findings Result;
  for (const FileConfig *C : Configs)
    if (Error E = addFindings(S, P, *C, Shows, MainFiles, Complete, Result))
      return std::move(E);
  sort(Result.Shown, isBefore);
  dropLossyFixes(Result.Shown);
  sort(Result.Rules,
       [](const Rule *A, const Rule *B) { return A->Id < B->Id; });
  return Result;
}

} // namespace async_tidy
