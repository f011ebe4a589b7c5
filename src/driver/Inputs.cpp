//===- Inputs.cpp - Which units the names on the command line mean --------===//

#include "driver/Inputs.h"
#include "driver/Filter.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace async_tidy {

static Error bad(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

/// Files below \p Folder with one of \p Extensions, the user's own.
static std::vector<std::string> filesBelow(StringRef Folder,
                                           ArrayRef<StringLiteral> Extensions) {
  std::vector<std::string> Files;
  std::error_code Ignored;
  for (sys::fs::recursive_directory_iterator I(Folder, Ignored), End;
       I != End && !Ignored; I.increment(Ignored)) {
    const StringRef Path = I->path();
    StringRef Relative = Path;
    Relative.consume_front(Folder);
    if (isGeneratedOrVendored((Relative + "/x").str())) {
      I.no_push();
      continue;
    }
    if (is_contained(Extensions, sys::path::extension(Path)))
      Files.push_back(Path.str());
  }
  sort(Files);
  return Files;
}

static bool looksLikeSource(StringRef File) {
  return StringSwitch<bool>(sys::path::extension(File))
      .Cases({".cpp", ".cc", ".cxx", ".c++", ".C", ".c", ".m", ".mm", ".cu",
              ".cppm", ".ixx"},
             true)
      .Default(false);
}

static Error addFolder(const CompileDatabase &Database, StringRef Folder,
                       Inputs &Result) {
  const size_t Before = Result.Jobs.size();
  if (Database.namesFiles())
    copy_if(Database.jobs(), std::back_inserter(Result.Jobs),
            [&](const CompileJob &Job) { return isBelow(Job.File, Folder); });
  else
    for (const std::string &File :
         filesBelow(Folder, {".cpp", ".cc", ".cxx", ".c++", ".C", ".c"}))
      append_range(Result.Jobs, Database.jobsOf(File));
  if (Result.Jobs.size() > Before)
    return Error::success();
  // A library that is nothing but headers is seen as its users see it.
  const size_t Headers = Result.Headers.size();
  if (Database.namesFiles())
    for (const std::string &File :
         filesBelow(Folder, {".h", ".hh", ".hpp", ".hxx", ".h++", ".ipp"}))
      Result.Headers.push_back(realPath(File));
  if (Result.Headers.size() == Headers)
    return bad(Folder + ": no unit of " +
               (Database.path().empty() ? "C or C++" : Database.path()) +
               " is below this folder");
  return Error::success();
}

/// \p Text includes a file called \p Name.
static bool includesFile(StringRef Text, StringRef Name) {
  for (size_t At = Text.find(Name); At != StringRef::npos;
       At = Text.find(Name, At + 1)) {
    const StringRef After = Text.drop_front(At + Name.size());
    if (At && StringRef("/\"<").contains(Text[At - 1]) &&
        (After.starts_with("\"") || After.starts_with(">")))
      return true;
  }
  return false;
}

/// Takes those of \p Sources that units of \p Database include: a unity build
/// compiles files that include the sources. They are read as headers are.
static std::vector<std::string>
takeIncluded(const CompileDatabase &Database,
             std::vector<std::string> &Sources) {
  std::vector<std::string> Included;
  if (Sources.empty())
    return Included;
  for (const CompileJob &Job : Database.jobs())
    if (auto Text = MemoryBuffer::getFile(Job.File))
      erase_if(Sources, [&](const std::string &Source) {
        if (!includesFile((*Text)->getBuffer(), sys::path::filename(Source)))
          return false;
        Included.push_back(Source);
        return true;
      });
  return Included;
}

Expected<Inputs> selectInputs(const CompileDatabase &Database,
                              ArrayRef<std::string> Names) {
  Inputs Result;
  if (Names.empty()) {
    if (!Database.namesFiles())
      return bad((Database.path().empty() ? "the flags" : Database.path()) +
                 Twine(" name no files: say which ones, or a folder"));
    Result.Jobs.assign(Database.jobs().begin(), Database.jobs().end());
    return Result;
  }
  for (const std::string &Name : Names) {
    if (!sys::fs::exists(Name))
      return bad(Name + ": no such file or folder");
    const std::string Path = realPath(Name);
    Result.Scope.push_back(Path);
    if (sys::fs::is_directory(Path)) {
      if (Error E = addFolder(Database, Path, Result))
        return std::move(E);
      continue;
    }
    std::vector<CompileJob> Jobs = Database.jobsOf(Name);
    if (!Jobs.empty()) {
      append_range(Result.Jobs, std::move(Jobs));
    } else if (looksLikeSource(Name)) {
      Result.Unknown.push_back(Path);
    } else {
      Result.Headers.push_back(Path);
    }
  }
  append_range(Result.Headers, takeIncluded(Database, Result.Unknown));
  for (auto *List : {&Result.Scope, &Result.Headers, &Result.Unknown}) {
    sort(*List);
    List->erase(llvm::unique(*List), List->end());
  }
  sort(Result.Jobs);
  Result.Jobs.erase(llvm::unique(Result.Jobs), Result.Jobs.end());
  return Result;
}

/// The units that may include \p Header, the likeliest first: those of the same
/// name, those that speak of it, those in the same folder, the others.
static std::vector<CompileJob> byLikelihood(StringRef Header,
                                            ArrayRef<CompileJob> Jobs) {
  const StringRef Name = sys::path::filename(Header);
  const auto Rank = [&](const CompileJob &Job) {
    if (sys::path::stem(Job.File) == sys::path::stem(Header))
      return 0;
    auto Text = MemoryBuffer::getFile(Job.File);
    if (Text && (*Text)->getBuffer().contains(Name))
      return 1;
    return isBelow(Job.File, sys::path::parent_path(Header)) ? 2 : 3;
  };
  std::vector<std::pair<int, CompileJob>> Ranked;
  for (const CompileJob &Job : Jobs)
    Ranked.emplace_back(Rank(Job), Job);
  sort(Ranked);
  std::vector<CompileJob> Result;
  for (auto &[Ignored, Job] : Ranked)
    Result.push_back(std::move(Job));
  return Result;
}

Expected<std::optional<UnitResult>>
analyseHeader(StringRef Header, ArrayRef<CompileJob> Jobs,
              const AnalysisOptions &Options, CompileJob &Used) {
  // Each attempt is a parse: a header that so many do not read is not worth
  // more.
  constexpr size_t MaxAttempts = 64;
  const std::vector<CompileJob> Candidates = byLikelihood(Header, Jobs);
  const size_t Step = std::max(1u, Options.Pool.Jobs);
  for (size_t I = 0; I < std::min(Candidates.size(), MaxAttempts); I += Step) {
    const auto Some =
        ArrayRef(Candidates).slice(I, std::min(Step, Candidates.size() - I));
    auto Result = analyse(Some, Options, noProgress);
    if (!Result)
      return Result.takeError();
    if (Result->Interrupted)
      break;
    for (size_t N = 0; N < Some.size(); ++N)
      if (is_contained(Result->Units[N].Facts.Files, Header)) {
        Used = Some[N];
        return std::move(Result->Units[N]);
      }
  }
  return std::nullopt;
}

} // namespace async_tidy
