//===- Check.cpp - async-tidy check: find hazards -------------------------===//
//
//   openSession -> readUnits -> recallFindings, or
//   loadFacts -> link -> findFindings [-> --fix] -> OldFindings -> Gate ->
//   write
//
//===----------------------------------------------------------------------===//

#include "cli/Commands.h"
#include "cli/Fix.h"
#include "cli/Gate.h"
#include "cli/OldFindings.h"
#include "cli/Outputs.h"
#include "cli/Terminal.h"
#include "driver/AcceptedEdges.h"
#include "driver/ApplyFixes.h"
#include "driver/Metrics.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace async_tidy::cli {

static Error bad(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

namespace {

/// Rules that the user names exactly must exist.
Error checkNames(const RunOptions &Options) {
  const std::string Checks = Options.Overrides.Checks.value_or("");
  SmallVector<StringRef> Names;
  StringRef(Checks).split(Names, ',');
  for (StringRef Name : Names) {
    Name = Name.trim();
    Name.consume_front("-");
    if (Name.starts_with("async") && !Name.contains('*') && !findRule(Name))
      return bad("--checks: there is no rule " + Name +
                 "; `async-tidy rules` lists them");
  }
  return Error::success();
}

bool isMeasured(const Arguments &A) {
  return A.Options.hasArg(OPT_metrics, OPT_require_EQ);
}

/// The report of `--previous`, if there is one.
Expected<std::optional<PreviousRun>> previousRun(const Arguments &A) {
  const auto File = valueOf(A, OPT_previous_EQ);
  if (!File)
    return std::nullopt;
  auto Text = MemoryBuffer::getFile(*File, /*IsText=*/false,
                                    /*RequiresNullTerminator=*/false);
  if (!Text)
    return bad("--previous=" + *File + ": " + Text.getError().message());
  Expected<PreviousRun> Run = readPrevious((*Text)->getBuffer());
  if (!Run)
    return bad("--previous=" + *File + ": " + toString(Run.takeError()));
  return std::move(*Run);
}

int dumpConfig(Session &S) {
  if (S.Selected.Jobs.empty())
    return fail(bad("--dump-config needs a file"));
  Expected<std::string> Text =
      S.Configuration.dump(S.Selected.Jobs.front().File);
  if (!Text)
    return fail(Text.takeError());
  outs() << *Text;
  return Clean;
}

/// What was found and how the run went, as one value.
Report makeReport(const Arguments &A, Session &S, ParsedUnits Parsed,
                  Findings Found) {
  Report R;
  R.Findings = std::move(Found.Shown);
  R.Rules = std::move(Found.Rules);
  R.Shown = Found.Wanted;
  R.Analysed = std::move(Parsed.Analysed);
  R.NotAnalysed = std::move(Parsed.NotAnalysed);
  R.UnitsInDatabase = S.Database.namesFiles() ? S.Database.jobs().size() : 0;
  if (!A.Options.hasArg(OPT_quiet))
    R.Notes = std::move(Parsed.Notes);
  if (Found.NotOurs && !A.Options.hasArg(OPT_quiet))
    R.Notes.push_back(plural(Found.NotOurs, "finding") +
                      " in generated or vendored files not shown "
                      "(--no-default-excludes)");
  if (Found.InHeaders && S.Selected.Headers.empty() &&
      !A.Options.hasArg(OPT_quiet))
    R.Notes.push_back(plural(Found.InHeaders, "finding") +
                      " in headers that were not named not shown "
                      "(--header-filter='.*')");
  for (const Diagnostic &D : Found.DirectiveErrors)
    R.Notes.push_back(shownPath(D.Where.File, R.Root) + ":" +
                      std::to_string(D.Where.Line) + ":" +
                      std::to_string(D.Where.Column) + ": " + D.Message);
  R.Version = ASYNC_TIDY_VERSION;
  R.Root = realPath(currentDirectory());
  if (const auto Name = valueOf(A, OPT_category_EQ))
    R.Category += *Name + "/";
  if (A.Options.hasArg(OPT_stats)) {
    R.Cost = Parsed.Cost;
    for (const opt::Arg *Word : A.Options)
      R.CommandLine.push_back(Word->getAsString(A.Options));
  }
  return R;
}

/// The findings of \p Parsed; with `--fix`, those that are left then. \p P is
/// the program, unless an earlier run knew them.
Expected<Findings> find(const Arguments &A, Session &S, ParsedUnits &Parsed,
                        const ModelSet &Models, bool Complete, Progress Line,
                        std::optional<Program> &P, Fixing &Done) {
  const bool Fixes = A.Options.hasArg(OPT_fix);
  if (!Fixes && !isMeasured(A)) {
    Expected<std::optional<Findings>> Known =
        recallFindings(S, Parsed, Complete);
    if (!Known)
      return Known.takeError();
    if (*Known)
      return std::move(**Known);
  }
  if (Error E = loadFacts(S, Parsed, Line))
    return std::move(E);
  if (Parsed.Interrupted)
    return Findings();
  if (Fixes) { // the facts are needed again
    P.emplace(Parsed.Units, Models);
    Expected<Findings> Found = findFindings(S, *P, Complete);
    if (!Found)
      return Found;
    dropLossyFixes(Found->Shown);
    Done = fix(S, Parsed, Found->Shown);
    append_range(Parsed.Notes, Done.Notes);
  }
  P.emplace(std::move(Parsed.Units), Models);
  Expected<Findings> Found = findFindings(S, *P, Complete);
  if (!Found)
    return Found;
  if (Error E = addAccepted(S, *P, Models, Complete, *Found))
    return std::move(E);
  keepFindings(S, *Found);
  dropLossyFixes(Found->Shown);
  return Found;
}

int sayInterrupted(const Session &S, const ParsedUnits &Parsed) {
  const size_t All = Parsed.Units.size();
  const size_t Left = count_if(
      Parsed.Units, [](const auto &Unit) { return Unit.Files.empty(); });
  sayError("interrupted: " + std::to_string(All - Left) + " of " +
           plural(All, "unit") + " were analysed" +
           (S.Kept && S.Kept->isOn() ? ", and the next run need not parse them"
                                     : ""));
  return Interrupted;
}

/// Why a run fails is never told only in a file that nobody looks at.
void tellFailures(const Report &R, ArrayRef<Output> To) {
  if (any_of(To, isForPeople))
    return;
  for (const std::string &Why : R.Failures)
    sayError(Why);
  if (R.NotAnalysed.empty())
    return;
  const UnitNotAnalysed &First = R.NotAnalysed.front();
  sayError(std::to_string(R.NotAnalysed.size()) + " of " +
           std::to_string(R.NotAnalysed.size() + R.Analysed.size()) +
           " units not analysed, the first of them " + First.File + ": " +
           First.Reason);
}

} // namespace

int runCheck(const Arguments &A) {
  auto To = outputs(A);
  auto Color = wantsColor(A);
  auto Fails = Gate::create(A);
  auto Options = runOptions(A);
  auto Previous = previousRun(A);
  if (Error E = joinErrors(joinErrors(To.takeError(), Color.takeError()),
                           joinErrors(Fails.takeError(), Options.takeError())))
    return fail(joinErrors(std::move(E), Previous.takeError()));
  if (!Previous)
    return fail(Previous.takeError());
  if (Error E = checkNames(*Options))
    return fail(std::move(E));
  Expected<Session> S = openSession(std::move(*Options));
  if (!S)
    return fail(S.takeError());
  if (A.Options.hasArg(OPT_dump_config))
    return dumpConfig(*S);
  // What is cheap to read and may be wrong comes before the parsing.
  Expected<OldFindings> Old = OldFindings::open(A, *S);
  if (!Old)
    return fail(Old.takeError());
  Expected<ModelSet> Models = loadModels(*S);
  if (!Models)
    return fail(Models.takeError());

  Expected<ParsedUnits> Parsed = ParsedUnits();
  Expected<Findings> Found = Findings();
  Fixing Done;
  std::optional<LookedAt> Seen;
  std::optional<Program> P;
  {
    ProgressLine Line(S->Selected.Jobs.size(),
                      !A.Options.hasArg(OPT_quiet) && any_of(*To, isForPeople));
    Parsed = readUnits(*S, Line);
    if (Parsed && !Parsed->Interrupted) {
      Seen.emplace(*S, *Parsed);
      Found = find(A, *S, *Parsed, *Models, Seen->everything(), Line, P, Done);
    }
  }
  if (!Parsed)
    return fail(Parsed.takeError());
  sayOfStore(A, *S, *Parsed);
  if (Parsed->Interrupted)
    return sayInterrupted(*S, *Parsed);
  if (!Found)
    return fail(Found.takeError());
  append_range(Found->Shown, Done.Fixed);
  sort(Found->Shown, isBefore);

  Report R = makeReport(A, *S, std::move(*Parsed), std::move(*Found));
  R.Previous = std::move(*Previous);
  if (Error E = Old->apply(R, *Seen))
    return fail(std::move(E));
  if (isMeasured(A)) {
    auto Metrics = measure(*S, *P, R);
    if (!Metrics)
      return fail(Metrics.takeError());
    R.Metrics = std::move(*Metrics);
  }
  Fails->judge(R);
  tellFailures(R, *To);
  Error Failures = write(R, *To, *Color);
  for (const std::string &Why : Done.Failures)
    Failures = joinErrors(std::move(Failures), bad("--fix: " + Why));
  if (Failures)
    return fail(std::move(Failures));
  return Fails->exitCode(R);
}

} // namespace async_tidy::cli
