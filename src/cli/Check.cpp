//===- Check.cpp - async-tidy check: find hazards -------------------------===//
//
//   openSession -> readUnits -> recallFindings, or
//   loadFacts -> link -> findFindings [-> --fix] -> write
//
//===----------------------------------------------------------------------===//

#include "cli/Commands.h"
#include "cli/Reporting.h"
#include "cli/Terminal.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace async_tidy::cli {

static Error bad(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

namespace {

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

/// The findings of \p Parsed. With \p Fixes, those that are left then.
Expected<Findings> find(Session &S, ParsedUnits &Parsed, const ModelSet &Models,
                        Progress Line, bool Fixes, Fixing &Done) {
  if (!Fixes) {
    Expected<std::optional<Findings>> Known = recallFindings(S, Parsed);
    if (!Known)
      return Known.takeError();
    if (*Known)
      return std::move(**Known);
  }
  if (Error E = loadFacts(S, Parsed, Line))
    return std::move(E);
  if (Parsed.Interrupted)
    return Findings();
  if (!Fixes)
    return findFindings(S, Program(std::move(Parsed.Units), Models));
  Expected<Findings> Found = findFindings(S, Program(Parsed.Units, Models));
  if (!Found)
    return Found;
  Done = fix(S, Parsed, Found->Shown);
  append_range(Parsed.Notes, Done.Notes);
  return findFindings(S, Program(std::move(Parsed.Units), Models));
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
  auto To = reporting(A);
  auto Options = runOptions(A);
  if (Error E = joinErrors(To.takeError(), Options.takeError()))
    return fail(std::move(E));
  Expected<Session> S = openSession(std::move(*Options));
  if (!S)
    return fail(S.takeError());
  if (A.Options.hasArg(OPT_dump_config))
    return dumpConfig(*S);
  // Models are cheap to read and may be wrong: before the parsing.
  Expected<ModelSet> Models = loadModels(*S);
  if (!Models)
    return fail(Models.takeError());

  Expected<ParsedUnits> Parsed = ParsedUnits();
  Expected<Findings> Found = Findings();
  Fixing Done;
  {
    ProgressLine Line(S->Selected.Jobs.size(), !A.Options.hasArg(OPT_quiet) &&
                                                   any_of(To->To, isForPeople));
    Parsed = readUnits(*S, Line);
    if (Parsed && !Parsed->Interrupted)
      Found = find(*S, *Parsed, *Models, Line, A.Options.hasArg(OPT_fix), Done);
  }
  if (!Parsed)
    return fail(Parsed.takeError());
  sayOfStore(A, *S, *Parsed);
  if (Parsed->Interrupted)
    return sayInterrupted(*S, *Parsed);
  if (!Found)
    return fail(Found.takeError());
  return report(A, *To, *S, std::move(*Parsed), std::move(*Found),
                std::move(Done));
}

} // namespace async_tidy::cli
