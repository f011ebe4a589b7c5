//===- Units.cpp - The units of a session and their facts -----------------===//

#include "driver/Session.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <chrono>
#include <set>

using namespace llvm;

namespace async_tidy {

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
  Options.Kept = S.Options.NoStore ? nullptr : S.Kept.get();
  Options.StoreOnly = S.Options.ReadAs.has_value();
  return Options;
}

/// The command that shows the failure of \p File to a debugger.
static std::string howToSee(const Session &S, StringRef File) {
  std::string Command = "async-tidy facts --in-process";
  const auto Add = [&](StringRef Word) {
    // For a shell, whatever is in it.
    const bool Plain = all_of(Word, [](char C) {
      return isAlnum(C) || StringRef("_-+=./:,@%").contains(C);
    });
    Command += ' ';
    if (Plain && !Word.empty()) {
      Command += Word;
      return;
    }
    Command += '\'';
    for (char C : Word)
      Command += C == '\'' ? std::string("'\\''") : std::string(1, C);
    Command += '\'';
  };
  const AnalysisOptions &Options = S.Options.Analysis;
  if (!S.Database.path().empty())
    Add("-p"), Add(S.Database.path());
  for (const std::string &Flag : Options.Flags.Before)
    Add("--extra-arg-before=" + Flag);
  for (const std::string &Flag : Options.Flags.After)
    Add("--extra-arg=" + Flag);
  if (!Options.SkipBodies)
    Add("--no-skip");
  Add(File);
  if (S.Options.Flags) {
    Add("--");
    for (const std::string &Flag : *S.Options.Flags)
      Add(Flag);
  }
  return Command;
}

void take(UnitResult Unit, ParsedUnits &To) {
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
  To.Origins.push_back({Unit.Content, std::move(Unit.Stored)});
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

Expected<ParsedUnits> readUnits(Session &S, Progress Report) {
  const auto Start = std::chrono::steady_clock::now();
  const AnalysisOptions Options = analysisOptions(S);
  S.Named = S.Selected.Jobs;
  Expected<Analysis> Result = analyse(S.Selected.Jobs, Options, Report);
  if (!Result)
    return Result.takeError();
  ParsedUnits Parsed;
  Parsed.Rebuilt = std::move(Result->Parsed);
  Parsed.Interrupted = Result->Interrupted;
  Parsed.Notes = S.Database.Notes;
  append_range(Parsed.Notes, S.Notes);
  append_range(Parsed.Notes, Result->Notes);
  const auto Failed = find_if(
      Result->Units, [](const UnitResult &U) { return U.ProcessFailed; });
  if (Failed != Result->Units.end())
    Parsed.Notes.push_back("to see the first failed process again: " +
                           howToSee(S, Failed->Facts.MainFile));
  Parsed.Cost.CpuSeconds += Result->SharedCpuSeconds;
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

/// Fills in what the units of \p Parsed left in the store; false if some of it
/// has gone.
static bool load(Session &S, ParsedUnits &Parsed) {
  for (size_t I = 0; I < Parsed.Units.size(); ++I) {
    std::optional<KeptUnit> &Stored = Parsed.Origins[I].Stored;
    if (!Stored)
      continue;
    const std::optional<UnitRecord> Record = S.Kept->load(*Stored);
    if (!Record)
      return false;
    if (Error E = unpackBody(*Record, S.Kept->root(), Parsed.Units[I])) {
      consumeError(std::move(E));
      return false;
    }
    Stored.reset();
  }
  return true;
}

Error loadFacts(Session &S, ParsedUnits &Parsed, Progress Report) {
  // Another process may have written, or the file is damaged: then once more,
  // and then without it.
  for (int Attempt = 0; !load(S, Parsed); ++Attempt) {
    S.Options.NoStore = Attempt > 0;
    S.ResultKey.reset(); // it is of other facts
    S.Selected.Jobs = S.Named;
    auto Again = readUnits(S, Report);
    if (!Again)
      return Again.takeError();
    Parsed = std::move(*Again);
  }
  return Error::success();
}

Expected<ParsedUnits> readFacts(Session &S, Progress Report) {
  auto Parsed = readUnits(S, Report);
  if (Parsed)
    if (Error E = loadFacts(S, *Parsed, Report))
      return std::move(E);
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
  AnalysisOptions Options = analysisOptions(S);
  Options.Kept = nullptr; // what is tried may be taken back
  auto Result = analyse(Jobs, Options, noProgress);
  if (!Result)
    return Result.takeError();
  if (Result->Interrupted) {
    Parsed.Interrupted = true;
    return std::vector<std::string>(Changed);
  }
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

} // namespace async_tidy
