//===- Reporting.cpp - From findings to reports and an exit code ----------===//

#include "cli/Reporting.h"
#include "cli/Commands.h"
#include "cli/Terminal.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace async_tidy::cli {

static Error bad(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

namespace {

Expected<Threshold> threshold(const Arguments &A) {
  const std::string Name = valueOf(A, OPT_fail_on_EQ).value_or("warning");
  if (Name == "never")
    return Threshold{std::nullopt};
  for (Severity S : {Severity::Note, Severity::Warning, Severity::Error})
    if (Name == nameOf(S))
      return Threshold{S};
  return bad("--fail-on=" + Name + ": it can be error, warning, note or never");
}

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

/// What was found and how the run went, as one value.
Report makeReport(const Arguments &A, Session &S, ParsedUnits Parsed,
                  Findings Found) {
  Report R;
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
  if (A.Options.hasArg(OPT_stats)) {
    R.Cost = Parsed.Cost;
    for (const opt::Arg *Word : A.Options)
      R.CommandLine.push_back(Word->getAsString(A.Options));
  }
  return R;
}

/// Units that failed are never told only in a file that nobody looks at.
void tellFailures(const Report &R, ArrayRef<Output> To) {
  if (R.NotAnalysed.empty() || any_of(To, isForPeople))
    return;
  const UnitNotAnalysed &First = R.NotAnalysed.front();
  sayError(std::to_string(R.NotAnalysed.size()) + " of " +
           std::to_string(R.NotAnalysed.size() + R.Analysed.size()) +
           " units not analysed, the first of them " + First.File + ": " +
           First.Reason);
}

} // namespace

Expected<Reporting> reporting(const Arguments &A) {
  auto To = outputs(A);
  auto Color = wantsColor(A);
  auto FailOn = threshold(A);
  if (Error E = joinErrors(joinErrors(To.takeError(), Color.takeError()),
                           joinErrors(FailOn.takeError(), checkNames(A))))
    return std::move(E);
  return Reporting{std::move(*To), *Color, *FailOn};
}

int report(const Arguments &A, const Reporting &As, Session &S,
           ParsedUnits Parsed, Findings Found, Fixing Done) {
  append_range(Found.Shown, Done.Fixed);
  sort(Found.Shown, isBefore);
  const Report R = makeReport(A, S, std::move(Parsed), std::move(Found));
  tellFailures(R, As.To);
  Error Failures = write(R, As.To, As.Color);
  for (const std::string &Why : Done.Failures)
    Failures = joinErrors(std::move(Failures), bad("--fix: " + Why));
  if (Failures)
    return fail(std::move(Failures));
  if (!R.NotAnalysed.empty())
    return NotAllAnalysed;
  return any_of(R.Findings,
                [&](const Finding &F) { return As.FailOn.isReachedBy(F); })
             ? FindingsFound
             : Clean;
}

} // namespace async_tidy::cli
