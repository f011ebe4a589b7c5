//===- Analyse.cpp - Jobs to facts ----------------------------------------===//

#include "driver/Analyse.h"
#include "driver/Parse.h"
#include "driver/Worker.h"
#include "facts/Serialize.h"
#include <optional>

using namespace llvm;

namespace async_tidy {

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

static UnitResult read(Answer A) {
  UnitResult Unit;
  Unit.CpuSeconds = A.CpuSeconds;
  Unit.PeakBytes = A.PeakBytes;
  Unit.Failure = std::move(A.Failure);
  Unit.ProcessFailed = true;
  if (!Unit.Failure.empty())
    return Unit;
  auto Facts = deserialize(A.Bytes);
  if (Facts) {
    Unit.Facts = std::move(*Facts);
    Unit.ProcessFailed = false;
    blameFirstError(Unit);
  } else {
    Unit.Failure = "the process that parsed it answered with " +
                   toString(Facts.takeError());
  }
  return Unit;
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
  std::vector<size_t> Runnable;
  std::vector<CompileJob> Prepared;
  size_t Done = 0;
  for (size_t I = 0; I < Jobs.size(); ++I) {
    Result.Units[I].Facts.MainFile = Jobs[I].File;
    Expected<CompileJob> Job = prepare(
        Jobs[I], changesFor(Jobs[I].File, Options), *Resources, Result.Notes);
    if (Job) {
      Runnable.push_back(I);
      Prepared.push_back(std::move(*Job));
    } else {
      Result.Units[I].Failure = toString(Job.takeError());
      Report(++Done, Jobs[I], /*Runs=*/false);
    }
  }
  const auto Finish = [&](size_t N, UnitResult Unit) {
    if (Unit.Facts.MainFile.empty())
      Unit.Facts.MainFile = Prepared[N].File;
    Result.Units[Runnable[N]] = std::move(Unit);
    Report(++Done, Prepared[N], /*Runs=*/false);
  };
  if (Options.InProcess) {
    for (size_t N = 0; N < Prepared.size(); ++N) {
      UnitResult Unit;
      Report(Done, Prepared[N], /*Runs=*/true);
      Unit.Facts = parse(Prepared[N], Options.SkipBodies);
      blameFirstError(Unit);
      Finish(N, std::move(Unit));
    }
    return Result;
  }
  Result.Interrupted = !runChildren(
      Options.Pool, Prepared.size(),
      [&](size_t N) {
        Report(Done, Prepared[N], /*Runs=*/true);
        return encode({Prepared[N], Options.SkipBodies});
      },
      [&](size_t N, Answer A) { Finish(N, read(std::move(A))); });
  return Result;
}

} // namespace async_tidy
