//===- Extract.cpp - async-tidy extract: one unit, on a build engine ------===//
//
// A build engine runs `extract` for each unit, where and whenever it likes, and
// `link` (Link.cpp) for each program. What `extract` writes is the same on
// every machine: paths are relative to the folder in which it is run.
//
//===----------------------------------------------------------------------===//

#include "cli/Commands.h"
#include "cli/Terminal.h"
#include "driver/ApplyFixes.h"
#include "facts/Bytes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace async_tidy::cli {

static Error bad(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

std::string here() { return realPath(currentDirectory()); }

std::string makeRule(StringRef Target, ArrayRef<std::string> Files) {
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
  for (const std::string &File : Files)
    Text += " \\\n  " + Escaped(File);
  return Text + "\n";
}

/// What was read of \p Inputs and \p Configuration, relative to this folder.
static std::vector<std::string> filesRead(ArrayRef<Input> Inputs,
                                          const Config &Configuration) {
  std::vector<std::string> Files;
  for (const Input &I : Inputs)
    if (I.What == Looked::Content) {
      SmallString<256> Path(decodeText(I.Path, {".", {}}));
      sys::path::remove_dots(Path);
      Files.push_back(std::string(Path));
    }
  for (const std::string &File : Configuration.filesRead())
    Files.push_back(shownPath(File, here()));
  return Files;
}

/// How the command line wants files to be called.
static Expected<FileNaming> naming(const Arguments &A) {
  FileNaming Naming;
  Naming.AsAsked = A.Options.hasArg(OPT_sandbox);
  for (const std::string &Word :
       A.Options.getAllArgValues(OPT_file_prefix_map_EQ)) {
    const auto [Old, New] = StringRef(Word).split('=');
    if (Old.empty() || New.empty())
      return bad("--file-prefix-map=" + Word +
                 ": two folders are needed, OLD=NEW");
    Naming.Renamed.push_back({Old.str(), New.str()});
  }
  return Naming;
}

/// The job that the command line describes.
static Expected<CompileJob> job(const Arguments &A) {
  const bool Sandbox = A.Options.hasArg(OPT_sandbox);
  std::string Folder = Sandbox ? here() : currentDirectory();
  if (const auto Name = valueOf(A, OPT_directory_EQ)) {
    Folder = absolutePath(*Name, Folder);
    if (Name->empty() || !sys::fs::is_directory(Folder))
      return bad("--directory=" + *Name + ": there is no such folder");
  }
  Expected<CompileJob> Job =
      jobOf(A.Flags.value_or(std::vector<std::string>()), Folder, Sandbox);
  if (Job && !sys::fs::exists(Job->File))
    return bad(shownPath(Job->File, here()) + ": no such file");
  return Job;
}

/// Writes \p Bytes to \p File, unless they are there and \p A asks to leave
/// them.
static Error writeFacts(const Arguments &A, StringRef File, StringRef Bytes) {
  if (A.Options.hasArg(OPT_write_if_changed))
    if (auto Old = MemoryBuffer::getFile(File, /*IsText=*/false,
                                         /*RequiresNullTerminator=*/false);
        Old && (*Old)->getBuffer() == Bytes)
      return Error::success();
  return replaceFile(File, Bytes);
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
  Expected<FileNaming> Naming = naming(A);
  if (!Naming)
    return fail(Naming.takeError());
  Options->Analysis.Naming = std::move(*Naming);
  Expected<CompileJob> Job = job(A);
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
  std::set<std::string> Notes;
  Expected<ParsedUnit> Parsed =
      parseAlone(*Job, Options->Analysis, here(), Notes);
  for (const std::string &Note : Notes)
    sayNote(Note);
  if (!Parsed) {
    fail(Parsed.takeError());
    if (sys::fs::is_regular_file(To)) // facts of another text
      sys::fs::remove(To);
    return NotAllAnalysed;
  }
  if (Error E = writeFacts(A, To, encode(Parsed->Unit)))
    return fail(std::move(E));
  if (const auto Depfile = valueOf(A, OPT_depfile_EQ))
    if (Error E = replaceFile(
            *Depfile, makeRule(To, filesRead(Parsed->Inputs, *Configuration))))
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

} // namespace async_tidy::cli
