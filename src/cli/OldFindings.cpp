//===- OldFindings.cpp - What the user does not want to hear today --------===//

#include "cli/OldFindings.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace async_tidy::cli {

static Error bad(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

/// Options that mean nothing together.
static Error checkTogether(const Arguments &A) {
  const bool Writes =
      A.Options.hasArg(OPT_write_baseline, OPT_write_baseline_EQ);
  const bool Prunes = A.Options.hasArg(OPT_prune_baseline);
  if (A.Options.hasArg(OPT_no_baseline) &&
      (Writes || Prunes || A.Options.hasArg(OPT_baseline_EQ)))
    return bad("--no-baseline excludes the other options of baselines");
  if (Writes && A.Options.hasArg(OPT_since_EQ))
    return bad("--write-baseline and --since exclude each other: a baseline "
               "holds old findings too");
  if (Writes && Prunes)
    return bad("--write-baseline removes stale entries by itself: leave out "
               "--prune-baseline");
  if (A.Options.hasArg(OPT_baseline_EQ) &&
      A.Options.hasArg(OPT_write_baseline_EQ))
    return bad("--baseline and --write-baseline=FILE name the baseline twice");
  return Error::success();
}

/// The baseline that is to be read; empty if there is none.
static Expected<std::string> baselineFile(const Arguments &A,
                                          const Session &S) {
  if (A.Options.hasArg(OPT_no_baseline))
    return "";
  for (OptionId Option : {OPT_baseline_EQ, OPT_write_baseline_EQ})
    if (const auto Given = valueOf(A, Option)) {
      if (Given->empty())
        return bad(A.Options.getLastArg(Option)->getAsString(A.Options) +
                   ": the file's name is missing");
      return absolutePath(*Given, currentDirectory());
    }
  // A build engine knows of files that are named.
  return S.Linked ? std::string() : findBaseline(S);
}

static Expected<std::optional<Baseline>> openBaseline(const Arguments &A,
                                                      const Session &S) {
  Expected<std::string> File = baselineFile(A, S);
  if (!File)
    return File.takeError();
  const bool Writes =
      A.Options.hasArg(OPT_write_baseline, OPT_write_baseline_EQ);
  if (Writes && !sys::fs::is_regular_file(*File)) // a device is not read
    return Baseline{File->empty() ? placeForBaseline(S) : realPath(*File), {}};
  if (File->empty() && A.Options.hasArg(OPT_prune_baseline))
    return bad("--prune-baseline: the project has no " + BaselineName);
  if (File->empty())
    return std::nullopt;
  return readBaseline(shownPath(*File, realPath(currentDirectory())));
}

/// The folder whose repository `--since` asks.
static std::string folderOfSources(const Session &S) {
  const std::string Folder = commonFolder(
      S.Database.namesFiles() ? S.Database.jobs() : ArrayRef(S.Selected.Jobs));
  return Folder.size() > 1 ? Folder : currentDirectory();
}

Expected<OldFindings> OldFindings::open(const Arguments &A, const Session &S) {
  if (Error E = checkTogether(A))
    return std::move(E);
  OldFindings Old;
  Old.Writes = A.Options.hasArg(OPT_write_baseline, OPT_write_baseline_EQ);
  Old.Prunes = A.Options.hasArg(OPT_prune_baseline);
  auto Accepted = openBaseline(A, S);
  if (!Accepted)
    return Accepted.takeError();
  Old.Accepted = std::move(*Accepted);
  if (const auto Revision = valueOf(A, OPT_since_EQ)) {
    Old.Since = *Revision;
    auto Changes = ChangedLines::since(*Revision, folderOfSources(S));
    if (!Changes)
      return bad("--since=" + *Revision + ": " + toString(Changes.takeError()));
    Old.Changes = std::move(*Changes);
  }
  return Old;
}

void OldFindings::markOld(Report &R, const BaselineMatch &M) {
  BaselineUse &Use = R.Baseline.emplace();
  Use.File = Accepted->File;
  for (size_t N = 0; N < R.Findings.size(); ++N)
    if (M.EntryOf[N]) {
      R.Findings[N].Baseline = BaselineState::Unchanged;
      Use.Matched += !R.Findings[N].Suppressed;
    }
  Use.NotJudged = M.NotJudged.size();
  for (size_t I : M.Gone) {
    const BaselineEntry &E = Accepted->Entries[I];
    Use.Gone.push_back({findRule(E.RuleId), E.Fingerprint, E.Function,
                        E.Subject, Accepted->absolute(E.Files.front())});
  }
}

Error OldFindings::write(Report &R, const BaselineMatch &M) {
  const Baseline New = Writes ? renewBaseline(*Accepted, M, R.Findings)
                              : pruneBaseline(*Accepted, M);
  const std::string Name = shownPath(New.File, R.Root);
  if (Writes || !M.Gone.empty())
    if (Error E = writeBaseline(New))
      return bad("the baseline cannot be written: " + toString(std::move(E)));
  R.Notes.push_back(
      Name + (Writes ? " written: " : ": ") +
      plural(New.Entries.size(), "entry") +
      (M.Gone.empty()
           ? std::string()
           : ", " + plural(M.Gone.size(), "stale one") + " removed") +
      (M.NotJudged.empty() ? std::string()
                           : ", " + std::to_string(M.NotJudged.size()) +
                                 " kept that were not looked for"));
  R.Baseline->Gone.clear();
  if (!Writes)
    return Error::success();
  R.Baseline->Matched = 0;
  for (Finding &F : R.Findings)
    if (!F.Fixed && !F.Suppressed) {
      F.Baseline = BaselineState::Unchanged;
      ++R.Baseline->Matched;
    }
  return Error::success();
}

void OldFindings::markUnchanged(Report &R) {
  ChangeUse &Use = R.Change.emplace();
  Use.Since = Since;
  for (Finding &F : R.Findings)
    if (F.Baseline == BaselineState::New && !Changes->concern(F)) {
      F.Baseline = BaselineState::Unchanged;
      Use.Outside += !F.Suppressed && !F.Fixed;
    }
}

Error OldFindings::apply(Report &R, const LookedAt &Seen) {
  if (!Accepted && !Changes)
    return Error::success();
  for (Finding &F : R.Findings)
    F.Baseline = BaselineState::New;
  if (Accepted) {
    auto M = matchBaseline(*Accepted, R.Findings, Seen);
    if (!M)
      return M.takeError();
    markOld(R, *M);
    if (Writes || Prunes)
      if (Error E = write(R, *M))
        return E;
  }
  if (Changes)
    markUnchanged(R);
  return Error::success();
}

} // namespace async_tidy::cli
