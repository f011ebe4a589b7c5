//===- CompileDatabase.cpp - How each file is compiled --------------------===//
//
// Clang's reader does the work; it is told only of files that are well formed,
// because its own errors do not say where.
//
//===----------------------------------------------------------------------===//

#include "driver/CompileDatabase.h"
#include "clang/Driver/Types.h"
#include "clang/Options/OptionUtils.h"
#include "clang/Options/Options.h"
#include "clang/Tooling/JSONCompilationDatabase.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace llvm;
namespace tooling = clang::tooling;

namespace async_tidy {

static Error bad(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

std::string currentDirectory() {
  SmallString<256> Result;
  if (sys::fs::current_path(Result))
    return "/";
  return std::string(Result);
}

std::string realPath(StringRef Path) {
  SmallString<256> Real;
  if (sys::fs::real_path(Path, Real))
    return absolutePath(Path, currentDirectory());
  return std::string(Real);
}

bool nestsDeeperThan(StringRef Text, unsigned Limit) {
  unsigned Depth = 0;
  bool Quoted = false;
  for (size_t I = 0; I < Text.size(); ++I) {
    const char C = Text[I];
    if (C == '"') {
      Quoted = !Quoted;
    } else if (Quoted) {
      I += C == '\\';
    } else if (C == '[' || C == '{') {
      if (++Depth > Limit)
        return true;
    } else if ((C == ']' || C == '}') && Depth) {
      --Depth;
    }
  }
  return false;
}

/// Names what is wrong with the entries of a database; Clang would only say
/// that something is.
static Error checkShape(const json::Value &Root, StringRef Path) {
  const json::Array *Entries = Root.getAsArray();
  if (!Entries)
    return bad(Path + ": a compile database is a list of entries, this is not");
  if (Entries->empty())
    return bad(Path + ": the compile database has no entries; has the project "
                      "been configured?");
  for (size_t I = 0; I < Entries->size(); ++I) {
    const json::Object *Entry = (*Entries)[I].getAsObject();
    if (!Entry)
      return bad(Path + ": entry " + Twine(I) + " is not an object");
    for (StringRef Key : {"directory", "file"})
      if (!Entry->getString(Key))
        return bad(Path + ": entry " + Twine(I) + " has no text `" + Key + "`");
    const json::Array *Arguments = Entry->getArray("arguments");
    if (!Entry->getString("command") && (!Arguments || Arguments->empty()))
      return bad(Path + ": entry " + Twine(I) +
                 " has neither `command` nor `arguments`");
    if (Arguments && !all_of(*Arguments, [](const json::Value &V) {
          return V.getAsString().has_value();
        }))
      return bad(Path + ": entry " + Twine(I) +
                 " has an argument that is not a text");
  }
  return Error::success();
}

/// Something that facts can be extracted from: not assembler, not a resource.
static bool isSource(StringRef File) {
  namespace types = clang::driver::types;
  StringRef Extension = sys::path::extension(File);
  if (Extension.empty())
    return false;
  const types::ID Type = types::lookupTypeForExtension(Extension.drop_front());
  return Type != types::TY_INVALID && types::isAcceptedByClang(Type) &&
         types::isDerivedFromC(Type) && types::isSrcFile(Type);
}

CompileDatabase CompileDatabase::fromFlags(std::vector<std::string> Flags,
                                           StringRef Directory) {
  CompileDatabase DB;
  DB.Flags = std::move(Flags);
  DB.Directory = Directory.str();
  return DB;
}

/// The jobs that \p Text, which is that of \p Path, speaks of.
static Expected<std::vector<CompileJob>> jobsIn(StringRef Text,
                                                StringRef Path) {
  if (nestsDeeperThan(Text, MaxDepth))
    return bad(Path + ": nested too deeply to be a compile database");
  Expected<json::Value> Root = json::parse(Text);
  if (!Root)
    return bad(Path + ": not JSON: " + toString(Root.takeError()));
  if (Error E = checkShape(*Root, Path))
    return std::move(E);
  std::string Why;
  std::unique_ptr<tooling::CompilationDatabase> Read =
      tooling::JSONCompilationDatabase::loadFromBuffer(
          Text, Why, tooling::JSONCommandLineSyntax::AutoDetect);
  if (!Read)
    return bad(Path + ": " + Why);
  for (const tooling::CompileCommand &C : Read->getAllCompileCommands())
    if (C.CommandLine.empty() || C.CommandLine.front().empty())
      return bad(Path + ": the entry of " + C.Filename +
                 " has a command that names no compiler");
  Read = inferTargetAndDriverMode(inferToolLocation(
      expandResponseFiles(std::move(Read), vfs::getRealFileSystem())));
  const std::string Base =
      absolutePath(sys::path::parent_path(Path), currentDirectory());
  std::vector<CompileJob> Jobs;
  for (tooling::CompileCommand &C : Read->getAllCompileCommands()) {
    std::string Directory = absolutePath(C.Directory, Base);
    const std::string File = absolutePath(C.Filename, Directory);
    if (isSource(File)) // a link may point to a name without an extension
      Jobs.push_back(
          {realPath(File), std::move(Directory), std::move(C.CommandLine)});
  }
  if (Jobs.empty())
    return bad(Path + ": no entry is a C or C++ source file");
  sort(Jobs);
  Jobs.erase(llvm::unique(Jobs), Jobs.end());
  return Jobs;
}

static Expected<std::vector<CompileJob>> readJobs(StringRef Path) {
  auto Text = MemoryBuffer::getFile(Path);
  if (!Text)
    return bad(Path + ": " + Text.getError().message());
  return jobsIn((*Text)->getBuffer(), Path);
}

Expected<CompileJob> jobOf(ArrayRef<std::string> Command, StringRef Directory,
                           bool AsNamed) {
  SmallVector<const char *> Words;
  for (const std::string &Word : Command)
    Words.push_back(Word.c_str());
  if (Words.empty())
    return bad("no compiler command: it stands after --");
  BumpPtrAllocator Memory;
  cl::ExpansionContext Expansion(Memory, cl::TokenizeGNUCommandLine);
  Expansion.setCurrentDir(Directory);
  if (Error E = Expansion.expandResponseFiles(Words))
    return bad("the compiler command: " + toString(std::move(E)));
  unsigned Missing, MissingCount;
  namespace options = clang::options;
  const opt::InputArgList Args = clang::getDriverOptTable().ParseArgs(
      ArrayRef(Words).drop_front(), Missing, MissingCount,
      opt::Visibility(options::ClangOption));
  std::vector<std::string> Sources;
  for (const opt::Arg *A : Args.filtered(options::OPT_INPUT))
    if (isSource(A->getValue()))
      Sources.push_back(A->getValue());
  if (Sources.size() != 1)
    return bad("the compiler command names " +
               (Sources.empty() ? Twine("no") : Twine(Sources.size())) +
               " C or C++ source files, and must name one");
  const json::Value Entry =
      json::Array{json::Object{{"directory", Directory},
                               {"file", Sources.front()},
                               {"arguments", json::Array(Words)}}};
  std::string Text;
  raw_string_ostream(Text) << Entry;
  Expected<std::vector<CompileJob>> Jobs = jobsIn(Text, "the compiler command");
  if (!Jobs)
    return Jobs.takeError();
  if (AsNamed)
    Jobs->front().File = absolutePath(Sources.front(), Directory);
  return std::move(Jobs->front());
}

static std::vector<std::string> readFlags(StringRef Text) {
  std::vector<std::string> Flags;
  SmallVector<StringRef> Lines;
  Text.split(Lines, '\n');
  for (StringRef Line : Lines)
    if (Line = Line.trim(); !Line.empty() && !Line.starts_with("#"))
      Flags.push_back(Line.str());
  return Flags;
}

static constexpr StringLiteral HowToConfigure =
    "With CMake: cmake -S . -B build -DCMAKE_EXPORT_COMPILE_COMMANDS=ON, then "
    "async-tidy -p build";

Expected<CompileDatabase> CompileDatabase::load(StringRef Path) {
  SmallString<256> File(absolutePath(Path, currentDirectory()));
  if (sys::fs::is_directory(File)) {
    const SmallString<256> Folder = File;
    sys::path::append(File, "compile_commands.json");
    if (!sys::fs::exists(File)) {
      File = Folder;
      sys::path::append(File, "compile_flags.txt");
      if (!sys::fs::exists(File))
        return bad(Path +
                   ": neither compile_commands.json nor "
                   "compile_flags.txt is there.\n" +
                   HowToConfigure);
    }
  } else if (!sys::fs::exists(File)) {
    return bad(Path + ": no such file or folder.\n" + HowToConfigure);
  }
  CompileDatabase DB;
  DB.Path = std::string(File);
  if (sys::path::extension(File) == ".txt") {
    auto Text = MemoryBuffer::getFile(File);
    if (!Text)
      return bad(File + ": " + Text.getError().message());
    DB.Flags = readFlags((*Text)->getBuffer());
    DB.Directory = sys::path::parent_path(File).str();
    return DB;
  }
  auto Jobs = readJobs(File);
  if (!Jobs)
    return Jobs.takeError();
  DB.Jobs = std::move(*Jobs);
  return DB;
}

/// The folders in \p Folder where a database may be, best first.
static std::vector<std::string> candidates(StringRef Folder) {
  std::vector<std::string> Builds;
  std::error_code Ignored;
  for (sys::fs::directory_iterator I(Folder, Ignored), End;
       I != End && !Ignored; I.increment(Ignored)) {
    const StringRef Name = sys::path::filename(I->path());
    if ((Name.starts_with("build") || Name.starts_with("cmake-build")) &&
        sys::fs::is_directory(I->path()))
      Builds.push_back(I->path());
  }
  sort(Builds);
  std::vector<std::string> Result{Folder.str()};
  for (const std::string &Build : Builds) {
    Result.push_back(Build);
    std::vector<std::string> Inner; // build/release, build/debug
    for (sys::fs::directory_iterator I(Build, Ignored), End;
         I != End && !Ignored; I.increment(Ignored))
      Inner.push_back(I->path());
    sort(Inner);
    Result.insert(Result.end(), Inner.begin(), Inner.end());
  }
  return Result;
}

Expected<CompileDatabase> CompileDatabase::find(StringRef Start) {
  for (StringRef Folder = Start; !Folder.empty();
       Folder = sys::path::parent_path(Folder)) {
    std::vector<std::string> Found;
    for (const std::string &Candidate : candidates(Folder)) {
      SmallString<256> File(Candidate);
      sys::path::append(File, "compile_commands.json");
      if (sys::fs::exists(File))
        Found.push_back(std::string(File));
    }
    SmallString<256> FlagsFile(Folder);
    sys::path::append(FlagsFile, "compile_flags.txt");
    if (Found.empty() && sys::fs::exists(FlagsFile))
      Found.push_back(std::string(FlagsFile));
    if (Found.empty())
      continue;
    auto DB = load(Found.front());
    if (DB && Found.size() > 1)
      DB->Notes.push_back("using " + Found.front() + ", one of " +
                          std::to_string(Found.size()) +
                          " compile databases found; choose with -p");
    return DB;
  }
  return bad("no compile_commands.json or compile_flags.txt in " + Start +
             ", its build* folders or above.\n" + HowToConfigure +
             "\n"
             "Without one: async-tidy FILE.cpp -- -std=c++20 -Iinclude");
}

std::vector<CompileJob> CompileDatabase::jobsOf(StringRef File) const {
  const std::string Real = realPath(File);
  if (Flags) {
    CompileJob Job{Real, Directory, {"clang++"}};
    Job.CommandLine.insert(Job.CommandLine.end(), Flags->begin(), Flags->end());
    // Under its own name: what it includes may lie next to that.
    Job.CommandLine.push_back(absolutePath(File, currentDirectory()));
    return {std::move(Job)};
  }
  std::vector<CompileJob> Result;
  copy_if(Jobs, std::back_inserter(Result),
          [&](const CompileJob &Job) { return Job.File == Real; });
  return Result;
}

} // namespace async_tidy
