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

namespace {

/// A unit that is to be parsed.
struct Wanting {
  size_t Index;
  CompileJob Job; ///< prepared
  WantedUnit Wanted;
};

/// Has the units parsed by children: groups of them first, and then those that
/// are alone, or that a group gave no answer for.
class Parsing {
public:
  Parsing(ArrayRef<Wanting> Units, const AnalysisOptions &Options,
          function_ref<void(const Wanting &)> Begin,
          function_ref<void(const Wanting &, UnitResult)> End)
      : Units(Units), Options(Options), Begin(Begin), End(End),
        Open(Units.size(), true) {
    std::vector<CompileJob> Jobs;
    for (const Wanting &U : Units)
      Jobs.push_back(U.Job);
    if (Options.Share && Options.SkipBodies)
      Groups = planShares(Jobs);
    std::set<size_t> InGroups;
    for (const ShareGroup &G : Groups) {
      for (const ShareUnit &U : G.Units)
        InGroups.insert(U.Job);
      Children.push_back({&G, 0});
    }
    for (size_t I = 0; I < Units.size(); ++I)
      if (!InGroups.count(I))
        Children.push_back({nullptr, I});
  }

  /// False if a signal interrupted it.
  bool run() {
    return runChildren(
        Options.Pool, [&] { return Children.size(); },
        [&](size_t I) { return ask(Children[I]); },
        [&](size_t I, Answer A) { done(Children[I], std::move(A)); },
        [&](size_t I, std::string &Bytes) { hear(Children[I], Bytes); });
  }

  double SharedCpuSeconds = 0;

private:
  struct Child {
    const ShareGroup *Group; ///< null for one unit
    size_t Unit;
  };

  Task ask(const Child &C) const {
    const std::string Root = rootOf(Options).str();
    if (!C.Group) {
      Begin(Units[C.Unit]);
      return encode(Request{Units[C.Unit].Job, Options.SkipBodies, Root,
                            Options.MaxBytes});
    }
    const ShareUnit &First = C.Group->Units.front();
    SharedRequest R{{Units[First.Job].Job, 0, C.Group->Units, C.Group->Tree,
                     Options.Pool.Timeout},
                    Options.SkipBodies,
                    Root,
                    Options.MaxBytes};
    R.Plan.FileWord = find(R.Plan.Job.CommandLine, First.Path) -
                      R.Plan.Job.CommandLine.begin();
    return {encode(R), /*LimitsItself=*/true};
  }

  void end(size_t Unit, Answer A) {
    Open[Unit] = false;
    End(Units[Unit], read(std::move(A), Units[Unit].Wanted, Options));
  }

  void hear(const Child &C, std::string &Bytes) {
    if (!C.Group)
      return;
    while (auto Said = takeAnswer(Bytes)) {
      SharedCpuSeconds -= Said->CpuSeconds;
      if (Said->Unit >= C.Group->Units.size())
        continue;
      const size_t Unit = C.Group->Units[Said->Unit].Job;
      if (!Open[Unit])
        continue;
      Answer A;
      A.Bytes = std::move(Said->Bytes);
      A.CpuSeconds = Said->CpuSeconds;
      A.PeakBytes = Said->PeakBytes;
      if (Said->TimedOut)
        A.Failure = tooSlow(Options.Pool);
      end(Unit, std::move(A));
    }
  }

  void done(Child C, Answer A) {
    if (!C.Group)
      return end(C.Unit, std::move(A));
    SharedCpuSeconds += A.CpuSeconds;
    for (const ShareUnit &U : C.Group->Units)
      if (Open[U.Job])
        Children.push_back({nullptr, U.Job});
  }

  ArrayRef<Wanting> Units;
  const AnalysisOptions &Options;
  function_ref<void(const Wanting &)> Begin;
  function_ref<void(const Wanting &, UnitResult)> End;
  std::vector<ShareGroup> Groups;
  std::vector<Child> Children;
  std::vector<bool> Open; ///< not parsed yet
};

} // namespace

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
  std::vector<Wanting> Tasks;
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
    for (const Wanting &T : Tasks)
      Wanted.push_back(T.Wanted);
    const std::vector<LookUp> Found = Options.Kept->find(Wanted);
    std::vector<Wanting> Left;
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
    for (const Wanting &T : Tasks)
      Finish(T.Index, failed("the store does not have it"));
    return Result;
  }
  const auto Begin = [&](const Wanting &T) {
    Report(Done, T.Job, /*Runs=*/true);
  };
  const auto Told = [&](const Wanting &T, UnitResult Unit) {
    Finish(T.Index, std::move(Unit));
    Report(Done, T.Job, /*Runs=*/false);
  };
  if (Options.InProcess) {
    for (const Wanting &T : Tasks) {
      Begin(T);
      const Request R{T.Job, Options.SkipBodies, rootOf(Options).str(),
                      Options.MaxBytes};
      Expected<UnitResult> Unit = unpack(answer(R).Unit, rootOf(Options));
      if (!Unit)
        return Unit.takeError();
      Told(T, std::move(*Unit));
    }
    return Result;
  }
  Parsing Children(Tasks, Options, Begin, Told);
  Result.Interrupted = !Children.run();
  // The system does not count those that were killed.
  Result.SharedCpuSeconds = std::max(0.0, Children.SharedCpuSeconds);
  return Result;
}

Expected<ParsedUnit> parseAlone(const CompileJob &Job,
                                const AnalysisOptions &Options, StringRef Root,
                                std::set<std::string> &Notes) {
  const auto Bad = [](const Twine &Why) {
    return createStringError(inconvertibleErrorCode(), Why);
  };
  Expected<std::string> Resources = findResources(Options);
  if (!Resources)
    return Resources.takeError();
  Expected<CompileJob> Prepared =
      prepare(Job, changesFor(Job.File, Options), *Resources, Notes);
  if (!Prepared)
    return Prepared.takeError();
  const Request R{*Prepared, Options.SkipBodies, Root.str(), Options.MaxBytes,
                  Options.Naming};
  Answer Said;
  if (!runChildren(
          Options.Pool, [] { return 1; }, [&](size_t) { return encode(R); },
          [&](size_t, Answer A) { Said = std::move(A); }))
    return Bad("interrupted");
  if (!Said.Failure.empty())
    return Bad(Job.File + ": " + whyFailed(Said, Options));
  return decodeAnswer(Said.Bytes);
}

} // namespace async_tidy
