//===- Analyse.cpp - Jobs to facts ----------------------------------------===//

#include "driver/Analyse.h"
#include "driver/Worker.h"
#include "llvm/ADT/StringExtras.h"
#include <cstdlib>
#include <optional>

using namespace llvm;

namespace async_tidy {

static StringRef rootOf(const AnalysisOptions &Options) {
  return Options.Kept ? Options.Kept->root() : StringRef();
}

/// How the first error of the compiler reads as a reason.
static void blameFirstError(UnitResult &Unit) {
  if (Unit.Facts.Errors.empty())
    return;
  Unit.Failure = Unit.Facts.Errors.front().Message;
  Unit.FailedAt = Unit.Facts.Errors.front().Where;
  if (const size_t More = Unit.Facts.Errors.size() - 1)
    Unit.Failure += " (and " + std::to_string(More) +
                    (More == 1 ? " more error)" : " more errors)");
}

static UnitResult failed(std::string Why) {
  UnitResult Unit;
  Unit.Failure = std::move(Why);
  Unit.ProcessFailed = true;
  return Unit;
}

static std::string whyFailed(const Answer &A, const AnalysisOptions &Options) {
  if (A.ExitCode == OutOfMemory)
    return "it needs more than " + std::to_string(Options.MaxBytes >> 20) +
           " MiB of memory (--max-memory)";
  return A.Failure;
}

Expected<UnitResult> unpack(const UnitRecord &U, StringRef Root) {
  UnitResult Unit;
  Expected<TranslationUnitFacts> Facts = unpackHead(U.Head, Root);
  if (!Facts)
    return Facts.takeError();
  Unit.Facts = std::move(*Facts);
  if (Error E = unpackBody(U, Root, Unit.Facts))
    return std::move(E);
  Unit.Content = U.digest();
  blameFirstError(Unit);
  return Unit;
}

/// What the answer of the child that was asked for \p Wanted says; it is kept.
static UnitResult read(Answer A, const WantedUnit &Wanted,
                       const AnalysisOptions &Options) {
  const auto Read = [&]() -> UnitResult {
    if (!A.Failure.empty())
      return failed(whyFailed(A, Options));
    auto Parsed = decodeAnswer(A.Bytes);
    auto Unit = Parsed ? unpack(Parsed->Unit, rootOf(Options))
                       : Expected<UnitResult>(Parsed.takeError());
    if (!Unit)
      return failed("the process that parsed it answered with " +
                    toString(Unit.takeError()));
    if (Options.Kept)
      Options.Kept->put(Wanted, *Parsed);
    return std::move(*Unit);
  };
  UnitResult Unit = Read();
  Unit.CpuSeconds = A.CpuSeconds;
  Unit.PeakBytes = A.PeakBytes;
  return Unit;
}

/// What the store has of a unit. Its head alone, if that is enough; nothing if
/// the rest has gone.
static std::optional<UnitResult> read(const KeptUnit &Kept, Store &From) {
  UnitResult Unit;
  Expected<TranslationUnitFacts> Head = unpackHead(Kept.Head, From.root());
  if (!Head) {
    consumeError(Head.takeError());
    return std::nullopt;
  }
  if (Head->Errors.empty()) {
    Unit.Facts = std::move(*Head);
    Unit.Content = Kept.Content;
    Unit.Stored = Kept;
    return Unit;
  }
  const std::optional<UnitRecord> Whole = From.load(Kept);
  if (!Whole)
    return std::nullopt;
  Expected<UnitResult> All = unpack(*Whole, From.root());
  if (All)
    return std::move(*All);
  consumeError(All.takeError());
  return std::nullopt;
}

static FlagChanges changesFor(StringRef File, const AnalysisOptions &Options) {
  FlagChanges Changes =
      Options.FlagsOfFile ? Options.FlagsOfFile(File) : FlagChanges();
  const auto Add = [](std::vector<std::string> &To,
                      const std::vector<std::string> &What) {
    To.insert(To.end(), What.begin(), What.end());
  };
  Add(Changes.Before, Options.Flags.Before);
  Add(Changes.After, Options.Flags.After);
  Add(Changes.Removed, Options.Flags.Removed);
  return Changes;
}

/// Identifies what a parse of \p Job is asked to do, wherever the project is:
/// another command may give other facts.
static Digest commandKey(const CompileJob &Job, bool SkipBodies,
                         StringRef Root) {
  // By these the environment changes what Clang's driver does.
  static constexpr const char *Variables[] = {
      "CPATH",         "C_INCLUDE_PATH",       "CPLUS_INCLUDE_PATH",
      "COMPILER_PATH", "OBJC_INCLUDE_PATH",    "CCC_OVERRIDE_OPTIONS",
      "SDKROOT",       "OBJCPLUS_INCLUDE_PATH"};
  const auto Relative = [&](StringRef Word) {
    std::string Out;
    for (size_t At;
         !Root.empty() && (At = Word.find(Root)) != StringRef::npos;) {
      const StringRef After = Word.drop_front(At + Root.size());
      Out += Word.take_front(At);
      // `/project2` is not below `/project`.
      if (After.empty() || !(isAlnum(After.front()) ||
                             StringRef("._-+~").contains(After.front())))
        Out += '\1';
      else
        Out += Root;
      Word = After;
    }
    return Out + Word.str();
  };
  Digester D;
  D(Relative(Job.File))(Relative(Job.Directory))(SkipBodies);
  D(uint64_t(Job.CommandLine.size()));
  for (const std::string &Word : Job.CommandLine)
    D(Relative(Word));
  for (const char *Variable : Variables)
    if (const char *Value = std::getenv(Variable))
      D(Variable)(Value);
  return D.digest();
}

/// The resource directory, unless the user names one.
static Expected<std::string> findResources(const AnalysisOptions &Options) {
  for (const auto *Extra : {&Options.Flags.Before, &Options.Flags.After})
    for (StringRef Flag : *Extra)
      if (Flag.starts_with("-resource-dir"))
        return std::string();
  return resourceDirectory();
}

Expected<Analysis> analyse(ArrayRef<CompileJob> Jobs,
                           const AnalysisOptions &Options, Progress Report) {
  Expected<std::string> Resources = findResources(Options);
  if (!Resources)
    return Resources.takeError();
  Analysis Result;
  Result.Units.resize(Jobs.size());
  struct Task {
    size_t Index;
    CompileJob Job; ///< prepared
    WantedUnit Wanted;
  };
  std::vector<Task> Tasks;
  size_t Done = 0;
  const auto Finish = [&](size_t I, UnitResult Unit) {
    if (Unit.Facts.MainFile.empty())
      Unit.Facts.MainFile = Jobs[I].File;
    Result.Units[I] = std::move(Unit);
    ++Done;
  };
  for (size_t I = 0; I < Jobs.size(); ++I) {
    Expected<CompileJob> Job = prepare(
        Jobs[I], changesFor(Jobs[I].File, Options), *Resources, Result.Notes);
    if (Job) {
      const Digest Key = commandKey(*Job, Options.SkipBodies, rootOf(Options));
      Tasks.push_back({I, std::move(*Job), {Key, Jobs[I].File}});
    } else {
      Finish(I, {.Failure = toString(Job.takeError())});
    }
  }
  if (Options.Kept) {
    std::vector<WantedUnit> Wanted;
    for (const Task &T : Tasks)
      Wanted.push_back(T.Wanted);
    const std::vector<LookUp> Found = Options.Kept->find(Wanted);
    std::vector<Task> Left;
    for (size_t N = 0; N < Tasks.size(); ++N) {
      auto Unit = Found[N].Unit ? read(*Found[N].Unit, *Options.Kept)
                                : std::optional<UnitResult>();
      if (Unit) {
        Finish(Tasks[N].Index, std::move(*Unit));
        continue;
      }
      Result.Parsed.push_back({Tasks[N].Wanted.File, Found[N].Reason});
      Left.push_back(std::move(Tasks[N]));
    }
    Tasks = std::move(Left);
  }
  if (Options.StoreOnly) {
    for (const Task &T : Tasks)
      Finish(T.Index, failed("the store does not have it"));
    return Result;
  }
  const auto Ask = [&](const Task &T) {
    Report(Done, T.Job, /*Runs=*/true);
    return Request{T.Job, Options.SkipBodies, rootOf(Options).str(),
                   Options.MaxBytes};
  };
  const auto Told = [&](const Task &T, UnitResult Unit) {
    Finish(T.Index, std::move(Unit));
    Report(Done, T.Job, /*Runs=*/false);
  };
  if (Options.InProcess) {
    for (const Task &T : Tasks) {
      Expected<UnitResult> Unit = unpack(answer(Ask(T)).Unit, rootOf(Options));
      if (!Unit)
        return Unit.takeError();
      Told(T, std::move(*Unit));
    }
    return Result;
  }
  Result.Interrupted = !runChildren(
      Options.Pool, Tasks.size(),
      [&](size_t N) { return encode(Ask(Tasks[N])); },
      [&](size_t N, Answer A) {
        Told(Tasks[N], read(std::move(A), Tasks[N].Wanted, Options));
      });
  return Result;
}

Expected<ParsedUnit> parseAlone(const CompileJob &Job,
                                const AnalysisOptions &Options,
                                StringRef Root) {
  const auto Bad = [](const Twine &Why) {
    return createStringError(inconvertibleErrorCode(), Why);
  };
  Expected<std::string> Resources = findResources(Options);
  if (!Resources)
    return Resources.takeError();
  std::set<std::string> Notes;
  Expected<CompileJob> Prepared =
      prepare(Job, changesFor(Job.File, Options), *Resources, Notes);
  if (!Prepared)
    return Prepared.takeError();
  const Request R{*Prepared, Options.SkipBodies, Root.str(), Options.MaxBytes};
  Answer Said;
  if (!runChildren(
          Options.Pool, 1, [&](size_t) { return encode(R); },
          [&](size_t, Answer A) { Said = std::move(A); }))
    return Bad("interrupted");
  if (!Said.Failure.empty())
    return Bad(Job.File + ": " + whyFailed(Said, Options));
  return decodeAnswer(Said.Bytes);
}

} // namespace async_tidy
