//===- Link.cpp - async-tidy link: a program, on a build engine -----------===//
//
// Reads what `extract` (Extract.cpp) wrote of the units of a program, and says
// what a run over these units would.
//
//===----------------------------------------------------------------------===//

#include "cli/Commands.h"
#include "cli/OldFindings.h"
#include "cli/Reporting.h"
#include "driver/AcceptedEdges.h"
#include "driver/ApplyFixes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/StringSaver.h"

using namespace llvm;

namespace async_tidy::cli {

static Error bad(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

/// \p Line, or what it is to a shell if it stands in quotes, as ninja writes
/// names with spaces.
static std::string unquoted(StringRef Line) {
  if (!Line.starts_with("'"))
    return Line.str();
  BumpPtrAllocator Memory;
  StringSaver Saver(Memory);
  SmallVector<const char *> Words;
  cl::TokenizeGNUCommandLine(Line, Saver, Words);
  return Words.size() == 1 ? Words.front() : Line.str();
}

/// The names on the command line; those in files after `@`, one a line.
static Expected<std::vector<std::string>> factsFiles(const Arguments &A) {
  std::vector<std::string> Files;
  for (StringRef Name : A.Names) {
    if (!Name.consume_front("@")) {
      Files.push_back(Name.str());
      continue;
    }
    if (Name.empty())
      return bad("@ is followed by no name of a file");
    auto Text = MemoryBuffer::getFile(Name);
    if (!Text)
      return bad(Name + ": " + Text.getError().message());
    SmallVector<StringRef> Lines;
    (*Text)->getBuffer().split(Lines, '\n', -1, /*KeepEmpty=*/false);
    for (StringRef Line : Lines)
      if (Line = Line.trim(); !Line.empty())
        Files.push_back(unquoted(Line));
  }
  if (Files.empty())
    return bad("no facts: link needs files that `async-tidy extract` wrote");
  return Files;
}

static Expected<ParsedUnits> readFiles(ArrayRef<std::string> Files) {
  ParsedUnits Parsed;
  for (const std::string &File : Files) {
    auto Bytes = MemoryBuffer::getFile(File, /*IsText=*/false,
                                       /*RequiresNullTerminator=*/false);
    if (!Bytes)
      return bad(File + ": " + Bytes.getError().message());
    Expected<UnitRecord> Record = decodeRecord((*Bytes)->getBuffer());
    Expected<UnitResult> Unit = Record
                                    ? unpack(*Record, here())
                                    : Expected<UnitResult>(Record.takeError());
    if (!Unit)
      return bad(File + ": " + toString(Unit.takeError()));
    take(std::move(*Unit), Parsed);
  }
  return Parsed;
}

/// Where the reports go; `-o` is short for SARIF.
static Error chooseOutputs(const Arguments &A, Reporting &As) {
  if (const auto File = valueOf(A, OPT_o)) {
    if (A.Options.hasArg(OPT_output_EQ))
      return bad("-o and --output exclude each other");
    As.To = {{findFormat("sarif"), *File}};
  }
  if (is_contained(A.Options.getAllArgValues(OPT_only_EQ), ""))
    return bad("--only needs a file or folder");
  if (A.Options.hasArg(OPT_depfile_EQ) &&
      all_of(As.To, [](const Output &O) { return O.File.empty(); }))
    return bad("--depfile speaks of a report in a file: -o or "
               "--output=FORMAT:FILE is missing");
  return Error::success();
}

/// Leaves what stands in files that `--only` names. A unit of another target is
/// told, and fails the run over that one.
static void keepOnly(const Arguments &A, const Program &P, Findings &Found,
                     ParsedUnits &Parsed) {
  std::vector<std::string> Only;
  for (const std::string &Name : A.Options.getAllArgValues(OPT_only_EQ))
    Only.push_back(A.Options.hasArg(OPT_sandbox) ? absolutePath(Name, here())
                                                 : realPath(Name));
  if (Only.empty())
    return;
  const auto Meant = [&](StringRef File) {
    return any_of(Only, [&](StringRef Path) { return isBelow(File, Path); });
  };
  erase_if(Found.Shown, [&](const Finding &F) { return !Meant(F.Where.File); });
  erase_if(Found.DirectiveErrors,
           [&](const Diagnostic &D) { return !Meant(D.Where.File); });
  for (UnitNotAnalysed &U : Parsed.NotAnalysed)
    U.Allowed = !Meant(U.File);
  // Nobody could have found anything there.
  for (StringRef Path : Only)
    if (none_of(P.units(), [&](const TranslationUnitFacts &Unit) {
          return isBelow(Unit.MainFile, Path) ||
                 any_of(Unit.Files,
                        [&](StringRef File) { return isBelow(File, Path); });
        }))
      Parsed.Notes.push_back(shownPath(Path, here()) +
                             " is read by none of these units");
}

/// Writes what the reports \p To depend on, if \p A asks for it.
static Error writeDepfile(const Arguments &A, const Session &S,
                          ArrayRef<Output> To, std::vector<std::string> Files) {
  const auto Depfile = valueOf(A, OPT_depfile_EQ);
  if (!Depfile)
    return Error::success();
  for (const std::string &File : S.Configuration.filesRead())
    Files.push_back(shownPath(File, here()));
  for (const std::string &File : S.ModelFiles)
    Files.push_back(shownPath(File, here()));
  const auto *First =
      find_if(To, [](const Output &O) { return !O.File.empty(); });
  return replaceFile(*Depfile, makeRule(First->File, Files));
}

int runLink(const Arguments &A) {
  auto As = reporting(A);
  auto Options = runOptions(A);
  auto Files = factsFiles(A);
  if (Error E = joinErrors(joinErrors(As.takeError(), Options.takeError()),
                           Files.takeError()))
    return fail(std::move(E));
  if (Error E = chooseOutputs(A, *As))
    return fail(std::move(E));
  Options->Names.clear();
  Expected<ParsedUnits> Parsed = readFiles(*Files);
  if (!Parsed)
    return fail(Parsed.takeError());
  std::vector<std::string> MainFiles;
  for (const TranslationUnitFacts &Unit : Parsed->Units)
    MainFiles.push_back(Unit.MainFile);
  Expected<Session> S = openLink(std::move(*Options), MainFiles);
  if (!S)
    return fail(S.takeError());
  // Unless the user says so, there may be units that no file was named for; and
  // what `--only` leaves out is not gone.
  S->Whole =
      A.Options.hasArg(OPT_whole_program) && !A.Options.hasArg(OPT_only_EQ);
  Expected<OldFindings> Old = OldFindings::open(A, *S);
  if (!Old)
    return fail(Old.takeError());
  Expected<ModelSet> Models = loadModels(*S);
  if (!Models)
    return fail(Models.takeError());
  append_range(Parsed->Notes, S->Notes);
  const LookedAt Seen(*S, *Parsed);
  const bool Complete =
      A.Options.hasArg(OPT_whole_program) && Parsed->NotAnalysed.empty();
  const Program P(std::move(Parsed->Units), *Models);
  Expected<Findings> Found = findFindings(*S, P, Complete);
  if (!Found)
    return fail(Found.takeError());
  if (Error E = addAccepted(*S, P, *Models, Complete, *Found))
    return fail(std::move(E));
  keepOnly(A, P, *Found, *Parsed);
  if (const auto Accepted = valueOf(A, OPT_baseline_EQ))
    Files->push_back(*Accepted);
  if (Error E = writeDepfile(A, *S, As->To, std::move(*Files)))
    return fail(std::move(E));
  Report R = makeReport(A, *S, std::move(*Parsed), std::move(*Found));
  R.RootIsSandbox = A.Options.hasArg(OPT_sandbox);
  if (Error E = Old->apply(R, Seen))
    return fail(std::move(E));
  return finish(*As, R);
}

} // namespace async_tidy::cli
