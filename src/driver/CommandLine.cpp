//===- CommandLine.cpp - A command line that Clang accepts ----------------===//

#include "driver/CommandLine.h"
#include "clang/Basic/Version.h"
#include "clang/Driver/Driver.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "clang/Options/OptionUtils.h"
#include "clang/Options/Options.h"
#include "clang/Tooling/ArgumentsAdjusters.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <dlfcn.h>

using namespace llvm;
using namespace clang;

namespace async_tidy {

static Error bad(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

/// Where Clang's headers may be, given where the library that parses is. The
/// headers belong to it, wherever the two are installed.
static std::vector<std::string> resourceCandidates() {
  std::vector<std::string> Result;
  Dl_info Info;
  if (dladdr(reinterpret_cast<void *>(&getDriverOptTable), &Info)) {
    Result.push_back(GetResourcesPath(Info.dli_fname));
    // Debian's library is a link into /usr/lib/TRIPLE.
    SmallString<256> Real;
    if (!sys::fs::real_path(Info.dli_fname, Real)) {
      Result.push_back(GetResourcesPath(Real));
      constexpr char Major[] = CLANG_VERSION_MAJOR_STRING;
      for (StringRef Folder = sys::path::parent_path(Real); !Folder.empty();
           Folder = sys::path::parent_path(Folder))
        Result.push_back(
            (Folder + "/llvm-" + Major + "/lib/clang/" + Major).str());
    }
  }
#ifdef ASYNC_TIDY_RESOURCE_DIRECTORY // where they were during the build
  Result.push_back(ASYNC_TIDY_RESOURCE_DIRECTORY);
#endif
  return Result;
}

Expected<std::string> resourceDirectory() {
  const std::vector<std::string> Candidates = resourceCandidates();
  for (const std::string &Candidate : Candidates)
    if (sys::fs::exists(Candidate + "/include/stddef.h"))
      return Candidate;
  return bad("Clang's own headers are not in " +
             (Candidates.empty() ? "any known place" : Candidates.front()) +
             "; install libclang-common-" CLANG_VERSION_MAJOR_STRING
             "-dev, or name their directory with "
             "--extra-arg=-resource-dir=DIR");
}

namespace {

using Arguments = std::vector<std::string>;

/// Rewrites one command line, option by option.
class Rewriter {
public:
  Rewriter(const CompileJob &Job, std::set<std::string> &Notes)
      : Job(Job), Notes(Notes) {}

  Arguments run();

private:
  void option(const opt::Arg &A, ArrayRef<std::string> Words);
  /// A word after `-Xclang`; these come one by one.
  void frontendWord(const std::string &Word);
  void keep(ArrayRef<std::string> Words) {
    Out.insert(Out.end(), Words.begin(), Words.end());
  }

  const CompileJob &Job;
  std::set<std::string> &Notes;
  Arguments Out;
  bool DropFrontendWord = false;
};

} // namespace

void Rewriter::frontendWord(const std::string &Word) {
  if (std::exchange(DropFrontendWord, false))
    return;
  // A precompiled header is of another compiler; its header follows as
  // `-include` and is parsed.
  if (Word == "-include-pch") {
    DropFrontendWord = true;
    return;
  }
  keep({"-Xclang", Word});
}

void Rewriter::option(const opt::Arg &A, ArrayRef<std::string> Words) {
  const StringRef Word = Words.front();
  // Warnings are none of ours, and `-Werror` would make errors of those about
  // options that only gcc has.
  if (A.getOption().matches(options::OPT_W_Group))
    return;
  switch (A.getOption().getID()) {
  case options::OPT_Xclang:
    return frontendWord(A.getValue());
  case options::OPT_include_pch:
    return;
  case options::OPT_include:
    // Given to the frontend, so that the driver does not look for a
    // precompiled header next to it.
    return keep({"-Xclang", "-include", "-Xclang", A.getValue()});
  case options::OPT_mtune_EQ: // cannot matter, and gcc knows other processors
  case options::OPT_ftime_trace:
  case options::OPT_ftime_trace_EQ:
    return;
  case options::OPT_INPUT:
    if (Word.starts_with("@")) {
      Notes.insert("left out " + Word.str() + ": there is no such file");
      return;
    }
    break;
  case options::OPT_UNKNOWN:
    if (Word.starts_with("-fmodule") || Word.starts_with("-fdeps"))
      Notes.insert("left out " + Word.str() + ": gcc's modules cannot be read");
    return;
  default:
    break;
  }
  keep(Words);
}

Arguments Rewriter::run() {
  const Arguments &In = Job.CommandLine;
  std::vector<const char *> Words;
  for (const std::string &Word : ArrayRef(In).drop_front())
    Words.push_back(Word.c_str());
  const StringRef Mode = clang::driver::getDriverMode(In.front(), Words);
  if (clang::driver::IsClangCL(Mode))
    return In; // options of another language, all of which Clang knows
  unsigned Missing, MissingCount;
  const opt::InputArgList Args = getDriverOptTable().ParseArgs(
      Words, Missing, MissingCount, opt::Visibility(options::ClangOption));
  Out = {In.front()};
  const std::vector<opt::Arg *> All(Args.begin(), Args.end());
  for (size_t I = 0; I < All.size(); ++I) {
    // The words of an option are those up to the next one.
    const unsigned Begin = All[I]->getIndex();
    const unsigned End =
        I + 1 < All.size() ? All[I + 1]->getIndex() : Words.size();
    if (Begin < End) // a grouped option shares its word
      option(*All[I], ArrayRef(In).slice(Begin + 1, End - Begin));
  }
  return std::move(Out);
}

/// The language that \p File is parsed as if its name does not say C++.
static bool isHeader(StringRef File) {
  return StringSwitch<bool>(sys::path::extension(File).lower())
      .Cases({".h", ".hh", ".hpp", ".hxx", ".h++", ".inl", ".ipp", ".tpp"},
             true)
      .Default(false);
}

/// Macros that tell libraries what they would see with gcc: Asio before 1.24
/// has no coroutines with the standard's header for Clang, and a unit that gcc
/// compiles is to be read.
static Arguments asGccHasIt(const Arguments &CommandLine) {
  static constexpr llvm::StringLiteral Old[] = {"98", "03", "0x", "11",
                                                "1y", "14", "1z", "17"};
  bool New = false, Off = false;
  for (StringRef Word : CommandLine) { // the last one holds
    Off |= Word.contains("ASIO_DISABLE_CO_AWAIT");
    if (Word.consume_front("-std="))
      New = Word.contains("++") && !is_contained(Old, Word.rsplit("++").second);
  }
  if (!New || Off || sys::path::filename(CommandLine.front()).contains("clang"))
    return {};
  return {"-DASIO_HAS_CO_AWAIT=1", "-DBOOST_ASIO_HAS_CO_AWAIT=1"};
}

Expected<CompileJob> prepare(CompileJob Job, const FlagChanges &Changes,
                             StringRef ResourceDirectory,
                             std::set<std::string> &Notes) {
  if (!sys::fs::is_directory(Job.Directory))
    return bad("its directory " + Job.Directory +
               " does not exist: was the compile database made on another "
               "machine?");
  if (!sys::fs::exists(Job.File))
    return bad("no such file: is the compile database out of date?");
  Job.CommandLine = Rewriter(Job, Notes).run();
  erase_if(Job.CommandLine, [&](const std::string &Word) {
    return is_contained(Changes.Removed, Word);
  });
  using namespace tooling;
  const ArgumentsAdjuster Steps[] = {
      getClangStripOutputAdjuster(),
      getClangStripDependencyFileAdjuster(),
      getStripPluginsAdjuster(),
      getClangSyntaxOnlyAdjuster(),
      getInsertArgumentAdjuster(Changes.Before, ArgumentInsertPosition::BEGIN),
      getInsertArgumentAdjuster(Changes.After, ArgumentInsertPosition::END)};
  for (const ArgumentsAdjuster &Step : Steps)
    Job.CommandLine = Step(Job.CommandLine, Job.File);
  // Those that the user adds, too.
  erase_if(Job.CommandLine,
           [](StringRef Word) { return Word.starts_with("-Werror"); });
  Arguments Ours = asGccHasIt(Job.CommandLine);
  if (none_of(Job.CommandLine,
              [](StringRef Word) { return Word.starts_with("-resource-dir"); }))
    Ours.push_back("-resource-dir=" + ResourceDirectory.str());
  if (isHeader(Job.File))
    Ours.push_back("-xc++");
  Job.CommandLine = getInsertArgumentAdjuster(
      Ours, ArgumentInsertPosition::BEGIN)(Job.CommandLine, Job.File);
  return Job;
}

} // namespace async_tidy
