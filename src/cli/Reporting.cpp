//===- Reporting.cpp - From findings to reports and an exit code ----------===//

#include "cli/Reporting.h"
#include "cli/Commands.h"
#include "cli/Terminal.h"
#include "driver/ApplyFixes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace llvm;

namespace async_tidy::cli {

static Error bad(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

namespace {

/// Rules that the user names exactly must exist.
Error checkNames(const Arguments &A) {
  const std::string Checks = valueOf(A, OPT_checks_EQ).value_or("");
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
           " units not analysed, the first of them " +
           shownPath(First.File, R.Root) + ": " + First.Reason);
}

} // namespace

Expected<Reporting> reporting(const Arguments &A) {
  auto To = outputs(A);
  auto Color = wantsColor(A);
  auto Fails = Gate::create(A);
  auto Previous = previousRun(A);
  if (Error E = joinErrors(
          joinErrors(To.takeError(), Color.takeError()),
          joinErrors(joinErrors(Fails.takeError(), Previous.takeError()),
                     checkNames(A))))
    return std::move(E);
  return Reporting{std::move(*To), *Color, std::move(*Fails),
                   std::move(*Previous)};
}

Report makeReport(const Arguments &A, Session &S, ParsedUnits Parsed,
                  Findings Found) {
  Report R;
  dropLossyFixes(Found.Shown);
  sort(Found.Shown, isBefore);
  R.Findings = std::move(Found.Shown);
  R.Rules = std::move(Found.Rules);
  R.Shown = Found.Wanted;
  R.Analysed = std::move(Parsed.Analysed);
  R.NotAnalysed = std::move(Parsed.NotAnalysed);
  R.UnitsInDatabase = S.Linked                  ? S.Selected.Jobs.size()
                      : S.Database.namesFiles() ? S.Database.jobs().size()
                                                : 0;
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

int finish(const Reporting &As, Report &R, const Fixing &Done) {
  R.Previous = As.Previous;
  As.Fails.judge(R);
  tellFailures(R, As.To);
  Error Failures = write(R, As.To, As.Color);
  for (const std::string &Why : Done.Failures)
    Failures = joinErrors(std::move(Failures), bad("--fix: " + Why));
  if (Failures)
    return fail(std::move(Failures));
  return As.Fails.exitCode(R);
}

} // namespace async_tidy::cli
