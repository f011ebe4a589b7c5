//===- SelfTest.cpp - async-tidy self-test: which rules are active --------===//
//
// A gate that has been turned off by a configuration looks like clean code. So
// a program that has every hazard is analysed, as any unit is, with the
// configuration of the current folder: each rule that is on must speak of it.
//
//===----------------------------------------------------------------------===//

#include "cli/Commands.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <set>

using namespace llvm;

namespace async_tidy::cli {

static constexpr char Source[] =
#include "self-test.cc.inc"
    ;

static Error bad(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

/// The facts of the program, which is in \p File for as long as it takes.
static Expected<TranslationUnitFacts> readProgram(const RunOptions &Options,
                                                  StringRef File) {
  std::error_code EC;
  raw_fd_ostream Out(File, EC);
  Out << Source;
  Out.close();
  if (EC || Out.has_error()) {
    Out.clear_error();
    return bad(File + ": cannot be written");
  }
  CompileJob Job{realPath(File), sys::path::parent_path(File).str(), {}};
  // It includes nothing, so no library need be there.
  Job.CommandLine = {"clang++",     "-std=c++20", "-nostdinc",
                     "-nostdinc++", "-c",         Job.File};
  AnalysisOptions How;
  How.Pool = Options.Analysis.Pool;
  auto Result = analyse({Job}, How, noProgress);
  if (!Result)
    return Result.takeError();
  UnitResult &Unit = Result->Units.front();
  if (!Unit.Failure.empty())
    return bad("the program of the test cannot be analysed: " + Unit.Failure);
  return std::move(Unit.Facts);
}

static Expected<ModelSet> readModels(const RunOptions &Options,
                                     const FileConfig &C) {
  ModelSet Models = loadBuiltinModels();
  std::vector<std::string> Files = C.Models;
  append_range(Files, Options.Models);
  for (const std::string &File : Files) {
    auto Text = MemoryBuffer::getFile(File);
    if (!Text)
      return bad(File + ": " + Text.getError().message());
    if (Error E = Models.add((*Text)->getBuffer(), File))
      return std::move(E);
  }
  return Models;
}

/// Prints what became of each rule, and gives the exit code.
static int tell(const Selection &What, const std::set<const Rule *> &Spoke,
                bool Quiet) {
  unsigned Active = 0, Silent = 0;
  for (const Rule *R : allRules()) {
    const bool Selected = is_contained(What.Rules, R);
    const bool On =
        Selected && (R->Shown <= What.Wanted || is_contained(What.Named, R));
    const bool Speaks = Spoke.count(R);
    Active += On;
    Silent += On && !Speaks;
    if (Quiet && (!On || Speaks))
      continue;
    outs() << (On ? Speaks ? "speaks  " : "SILENT  " : "off     ") << R->Id;
    if (!Selected)
      outs() << " (Checks)";
    else if (!On)
      outs() << " (level " << nameOf(R->Shown) << ")";
    outs() << '\n';
  }
  outs() << plural(Active, "rule") << " active, " << allRules().size() - Active
         << " off";
  if (Silent)
    outs() << ", " << Silent << " silent where there is something to say";
  outs() << '\n';
  if (!Active)
    return fail(bad("no rule is active"));
  return Silent ? Failed : Clean;
}

int runSelfTest(const Arguments &A) {
  Expected<RunOptions> Options = runOptions(A);
  if (!Options)
    return fail(Options.takeError());
  if (!A.Names.empty() || A.Flags)
    return fail(bad("`self-test` takes no files: it looks at a program of its "
                    "own, with the configuration of the current folder"));
  for (const opt::Arg *O : A.Options) {
    const opt::Option Group = O->getOption().getGroup();
    if (Group.isValid() &&
        is_contained({OPT_GroupGate, OPT_GroupOutput}, Group.getID()) &&
        !is_contained({OPT_quiet, OPT_color_EQ}, O->getOption().getID()))
      return fail(bad(O->getAsString(A.Options) +
                      " means nothing to `self-test`, which prints what each "
                      "rule does"));
  }
  Expected<Config> Configuration = Config::create(Options->Overrides);
  if (!Configuration)
    return fail(Configuration.takeError());
  auto C = Configuration->of(currentDirectory() + "/self-test.cpp");
  if (!C)
    return fail(C.takeError());
  Expected<ModelSet> Models = readModels(*Options, **C);
  if (!Models)
    return fail(Models.takeError());

  SmallString<128> Folder;
  if (std::error_code EC = sys::fs::createUniqueDirectory("async-tidy", Folder))
    return fail(bad("no temporary folder: " + EC.message()));
  const std::string File = (Folder + "/self-test.cpp").str();
  Expected<TranslationUnitFacts> Facts = readProgram(*Options, File);
  sys::fs::remove(File);
  sys::fs::remove(Folder);
  if (!Facts)
    return fail(Facts.takeError());

  std::vector<TranslationUnitFacts> Units;
  Units.push_back(std::move(*Facts));
  const Program P(std::move(Units), *Models);
  const Selection What = (*C)->selection();
  std::set<const Rule *> Spoke;
  for (const Finding &F : check(P, What))
    Spoke.insert(F.From);
  return tell(What, Spoke, A.Options.hasArg(OPT_quiet));
}

} // namespace async_tidy::cli
