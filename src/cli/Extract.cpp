//===- Extract.cpp - async-tidy extract and link: on a build engine -------===//
//
// A build engine runs `extract` for each unit, where and whenever it likes, and
// `link` for each program. What `extract` writes is the same on every machine:
// paths are relative to the folder in which it is run.
//
//===----------------------------------------------------------------------===//

#include "cli/Commands.h"
#include "cli/Reporting.h"
#include "cli/Terminal.h"
#include "driver/AcceptedEdges.h"
#include "driver/ApplyFixes.h"
#include "facts/Bytes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace async_tidy::cli {

static Error bad(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

static std::string here() { return realPath(currentDirectory()); }

/// The rule of make that says what \p Target depends on.
static std::string makeRule(StringRef Target, ArrayRef<Input> Inputs) {
  const auto Escaped = [](StringRef Name) {
    std::string Out;
    for (char C : Name) {
      if (C == ' ' || C == '#' || C == '\\')
        Out += '\\';
      Out.append(C == '$' ? 2 : 1, C);
    }
    return Out;
  };
  std::string Text = Escaped(Target) + ":";
  for (const Input &I : Inputs)
    if (I.What == Looked::Content) {
      SmallString<256> Path(decodeText(I.Path, {".", {}}));
      sys::path::remove_dots(Path);
      Text += " \\\n  " + Escaped(Path);
    }
  return Text + "\n";
}

int runExtract(const Arguments &A) {
  const std::string To = valueOf(A, OPT_o).value_or("");
  if (To.empty())
    return fail(bad("-o is missing: where do the facts go?"));
  if (!A.Names.empty())
    return fail(bad("extract takes no names; the compiler's command stands "
                    "after --"));
  Expected<RunOptions> Options = runOptions(A);
  if (!Options)
    return fail(Options.takeError());
  Expected<CompileJob> Job =
      jobOf(A.Flags.value_or(std::vector<std::string>()));
  if (!Job)
    return fail(Job.takeError());
  Expected<Config> Configuration = Config::create(Options->Overrides);
  if (!Configuration)
    return fail(Configuration.takeError());
  Expected<const FileConfig *> Own = Configuration->of(Job->File);
  if (!Own)
    return fail(Own.takeError());
  Options->Analysis.FlagsOfFile = [&](StringRef) {
    return FlagChanges{(*Own)->ExtraArgsBefore, (*Own)->ExtraArgs,
                       (*Own)->RemovedArgs};
  };
  Expected<ParsedUnit> Parsed = parseAlone(*Job, Options->Analysis, here());
  if (!Parsed) {
    fail(Parsed.takeError());
    return NotAllAnalysed;
  }
  if (Error E = replaceFile(To, encode(Parsed->Unit)))
    return fail(std::move(E));
  if (const auto Depfile = valueOf(A, OPT_depfile_EQ))
    if (Error E = replaceFile(*Depfile, makeRule(To, Parsed->Inputs)))
      return fail(std::move(E));
  // The facts hold the errors, and `link` says that the unit is not analysed:
  // the other units of the build are.
  Expected<TranslationUnitFacts> Head = unpackHead(Parsed->Unit.Head, here());
  if (!Head)
    return fail(Head.takeError());
  for (const Diagnostic &D : Head->Errors)
    sayError(shownPath(D.Where.File, here()) + ":" +
             std::to_string(D.Where.Line) + ": " + D.Message);
  return Clean;
}

/// The names on the command line; those in files after `@`, one a line.
static Expected<std::vector<std::string>> factsFiles(const Arguments &A) {
  std::vector<std::string> Files;
  for (StringRef Name : A.Names) {
    if (!Name.consume_front("@")) {
      Files.push_back(Name.str());
      continue;
    }
    auto Text = MemoryBuffer::getFile(Name);
    if (!Text)
      return bad(Name + ": " + Text.getError().message());
    SmallVector<StringRef> Lines;
    (*Text)->getBuffer().split(Lines, '\n', -1, /*KeepEmpty=*/false);
    for (StringRef Line : Lines)
      if (Line = Line.trim(); !Line.empty())
        Files.push_back(Line.str());
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

int runLink(const Arguments &A) {
  auto As = reporting(A);
  auto Options = runOptions(A);
  auto Files = factsFiles(A);
  if (Error E = joinErrors(joinErrors(As.takeError(), Options.takeError()),
                           Files.takeError()))
    return fail(std::move(E));
  if (const auto File = valueOf(A, OPT_o)) {
    if (A.Options.hasArg(OPT_output_EQ))
      return fail(bad("-o and --output exclude each other"));
    As->To = {{findFormat("sarif"), *File}};
  }
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
  Expected<ModelSet> Models = loadModels(*S);
  if (!Models)
    return fail(Models.takeError());
  // There may be units that no file of facts was named for.
  const Program P(std::move(Parsed->Units), *Models);
  Expected<Findings> Found = findFindings(*S, P, /*Complete=*/false);
  if (!Found)
    return fail(Found.takeError());
  if (Error E = addAccepted(*S, P, *Models, /*Complete=*/false, *Found))
    return fail(std::move(E));
  Report R = makeReport(A, *S, std::move(*Parsed), std::move(*Found));
  return finish(*As, R);
}

} // namespace async_tidy::cli
