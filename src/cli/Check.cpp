//===- Check.cpp - async-tidy check: find hazards -------------------------===//
//
//   openSession -> readUnits -> recallFindings, or
//   loadFacts -> link -> findFindings [-> --fix] -> OldFindings -> Gate ->
//   write
//
//===----------------------------------------------------------------------===//

#include "cli/Commands.h"
#include "cli/OldFindings.h"
#include "cli/Reporting.h"
#include "cli/Terminal.h"
#include "driver/AcceptedEdges.h"
#include "driver/ApplyFixes.h"
#include "driver/Metrics.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace async_tidy::cli {

static Error bad(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

namespace {

bool isMeasured(const Arguments &A) {
  return A.Options.hasArg(OPT_metrics, OPT_require_EQ);
}

/// Options that mean nothing together.
Error checkTogether(const Arguments &A) {
  if (A.Options.hasArg(OPT_diff) &&
      A.Options.hasArg(OPT_output_EQ, OPT_write_baseline, OPT_write_baseline_EQ,
                       OPT_prune_baseline))
    return bad("--diff writes nothing but a diff: leave out --output and what "
               "writes a baseline");
  return Error::success();
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

/// The findings of \p Parsed; with `--fix`, those that are left then. \p P is
/// the program, unless an earlier run knew them.
Expected<Findings> find(const Arguments &A, Session &S, ParsedUnits &Parsed,
                        const ModelSet &Models, bool Complete, Progress Line,
                        std::optional<Program> &P, Fixing &Done) {
  const FixWish Wish = FixWish::of(A);
  if (!Wish.Wanted && !isMeasured(A)) {
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
  if (Wish.Wanted) { // the facts are needed again
    P.emplace(Parsed.Units, Models);
    Expected<Findings> Found = findFindings(S, *P, Complete);
    if (!Found)
      return Found;
    dropLossyFixes(Found->Shown);
    Done = fix(S, Parsed, Found->Shown, Wish);
    if (Parsed.Interrupted)
      return Findings();
    if (Wish.Preview)
      return Found;
    append_range(Parsed.Notes, Done.Notes);
  }
  P.emplace(std::move(Parsed.Units), Models);
  Expected<Findings> Found = findFindings(S, *P, Complete);
  if (!Found)
    return Found;
  if (Error E = addAccepted(S, *P, Models, Complete, *Found))
    return std::move(E);
  keepFindings(S, *Found);
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

} // namespace

int runCheck(const Arguments &A) {
  auto As = reporting(A);
  auto Options = runOptions(A);
  if (Error E = joinErrors(joinErrors(As.takeError(), Options.takeError()),
                           checkTogether(A)))
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
    ProgressLine Line(S->Selected.Jobs.size(), !A.Options.hasArg(OPT_quiet) &&
                                                   any_of(As->To, isForPeople));
    Parsed = readUnits(*S, Line);
    if (Parsed && !Parsed->Interrupted) {
      Seen.emplace(*S, *Parsed);
      Found = find(A, *S, *Parsed, *Models, Seen->everything(), Line, P, Done);
    }
  }
  if (!Parsed)
    return fail(Parsed.takeError());
  sayOfStore(A, *S, *Parsed);
  if (Parsed->Interrupted) {
    for (const std::string &Why : Done.Failures)
      sayError("--fix: " + Why);
    return sayInterrupted(*S, *Parsed);
  }
  if (!Found)
    return fail(Found.takeError());
  if (A.Options.hasArg(OPT_diff))
    return printPreview(Done, *Parsed, As->Color);
  append_range(Found->Shown, Done.Fixed);
  Report R = makeReport(A, *S, std::move(*Parsed), std::move(*Found));
  if (Error E = Old->apply(R, *Seen))
    return fail(std::move(E));
  if (isMeasured(A)) {
    auto Metrics = measure(*S, *P, R);
    if (!Metrics)
      return fail(Metrics.takeError());
    R.Metrics = std::move(*Metrics);
  }
  return finish(*As, R, Done);
}

} // namespace async_tidy::cli
