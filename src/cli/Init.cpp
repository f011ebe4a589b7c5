//===- Init.cpp - async-tidy init: set a project up -----------------------===//
//
// Analyses the project, says what it found, and writes what makes a gate of it:
// a configuration, a CI file and a baseline. It never overwrites a file.
//
//===----------------------------------------------------------------------===//

#include "cli/Commands.h"
#include "cli/InitFiles.h"
#include "cli/Reporting.h"
#include "cli/Terminal.h"
#include "driver/AcceptedEdges.h"
#include "driver/ApplyFixes.h"
#include "driver/Baseline.h"
#include "models/Recognise.h"
#include "report/Characters.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <map>

using namespace llvm;

namespace async_tidy::cli {

static Error bad(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

namespace {

class Setup {
public:
  Setup(const Arguments &A, Session &S)
      : S(S), DryRun(A.Options.hasArg(OPT_dry_run)),
        Project(sys::path::parent_path(placeForBaseline(S)).str()) {}

  /// The CI systems to write for; an error if the user names none that there
  /// is.
  Error chooseSystems(const Arguments &A);
  void sayWhatWasFound(const Report &R, ArrayRef<Recognised> Libraries);
  /// False if something could not be written.
  bool writeAll(const Report &R, const LookedAt &Seen);
  void sayWhatIsNext(const Report &R);

private:
  void write(const InitFile &F);
  void writeBaselineOf(const Report &R, const LookedAt &Seen);
  void sayFile(StringRef Path, StringRef What) {
    outs() << "  " << left_justify(forTerminal(Path), 34) << "  " << What
           << '\n';
  }
  void failed(Error E) {
    fail(std::move(E));
    Failed = true;
  }

  Session &S;
  const bool DryRun;
  const std::string Project;
  std::vector<std::string> Systems;
  std::vector<std::string> Written;
  bool Failed = false;
};

} // namespace

Error Setup::chooseSystems(const Arguments &A) {
  const auto Given = valueOf(A, OPT_ci_EQ);
  if (!Given) {
    Systems = ciSystems(Project);
    return Error::success();
  }
  if (!is_contained({"github", "gitlab", "jenkins", "none"}, *Given))
    return bad("--ci=" + *Given +
               ": it can be github, gitlab, jenkins or none");
  if (*Given != "none")
    Systems = {*Given};
  return Error::success();
}

void Setup::sayWhatWasFound(const Report &R, ArrayRef<Recognised> Libraries) {
  const auto Row = [](StringRef Title) -> raw_ostream & {
    return outs() << "  " << left_justify(Title, 10) << "  ";
  };
  outs() << "found in " << forTerminal(Project) << '\n';
  Row("database") << forTerminal(shownPath(S.Database.path(), Project)) << ", "
                  << plural(R.Analysed.size() + R.NotAnalysed.size(), "unit");
  if (!R.NotAnalysed.empty())
    outs() << ", " << R.NotAnalysed.size() << " of them not analysed";
  outs() << '\n';
  for (const UnitNotAnalysed &U : R.NotAnalysed)
    Row("") << forTerminal(shownPath(U.File, Project)) << ": "
            << forTerminal(U.Reason) << '\n';
  Row("libraries");
  ListSeparator Comma;
  for (const Recognised &L : Libraries)
    if (L.Calls || L.Coroutines)
      outs() << Comma << L.Library->Name;
  if (Libraries.empty())
    outs() << "none that async-tidy knows; docs/design/models.md says how to "
              "tell it";
  outs() << '\n';
  std::map<StringRef, unsigned> OfRule;
  unsigned All = 0;
  for (const Finding &F : R.Findings)
    if (!F.Suppressed) {
      ++OfRule[F.From->Id];
      ++All;
    }
  Row("findings") << All << '\n';
  for (const auto &[Id, N] : OfRule)
    Row("") << left_justify(Id, 38) << N << '\n';
}

void Setup::write(const InitFile &F) {
  const std::string Path = Project + "/" + F.Path;
  sys::fs::file_status There;
  if (!sys::fs::status(Path, There, /*follow=*/false)) {
    sayFile(F.Path, "is there, and left alone");
    return;
  }
  Written.push_back(F.Path);
  sayFile(F.Path, F.What);
  if (DryRun) {
    SmallVector<StringRef> Lines;
    StringRef(F.Text).split(Lines, '\n', -1, /*KeepEmpty=*/true);
    for (StringRef Line : ArrayRef(Lines).drop_back())
      outs() << "    | " << Line << '\n';
    return;
  }
  if (std::error_code EC =
          sys::fs::create_directories(sys::path::parent_path(Path))) {
    failed(bad(Path + ": " + EC.message()));
    return;
  }
  std::error_code EC; // O_EXCL: what has come meanwhile is not overwritten
  raw_fd_ostream Out(Path, EC, sys::fs::CD_CreateNew);
  if (!EC) {
    Out << F.Text;
    Out.close();
    EC = Out.error();
    Out.clear_error();
  }
  if (EC)
    failed(bad(Path + ": " + EC.message()));
}

void Setup::writeBaselineOf(const Report &R, const LookedAt &Seen) {
  if (const std::string There = findBaseline(S); !There.empty()) {
    sayFile(shownPath(There, Project), "is there, and left alone");
    return;
  }
  const Baseline Empty{placeForBaseline(S), {}};
  auto Match = matchBaseline(Empty, R.Findings, Seen);
  if (!Match)
    return failed(Match.takeError());
  const Baseline New = renewBaseline(Empty, *Match, R.Findings);
  if (New.Entries.empty())
    return; // nothing to accept
  Written.push_back(BaselineName.str());
  sayFile(BaselineName, "accepts " + plural(New.Entries.size(), "finding"));
  if (!DryRun)
    if (Error E = writeBaseline(New))
      failed(std::move(E));
}

bool Setup::writeAll(const Report &R, const LookedAt &Seen) {
  outs() << (DryRun ? "would write\n" : "wrote\n");
  bool Configured = false;
  const std::string Sources = commonFolder(S.Database.jobs());
  for (StringRef Folder = Sources; !Configured && isBelow(Folder, Project);
       Folder = sys::path::parent_path(Folder))
    if (Configured = sys::fs::exists(Folder + "/.clang-tidy"); Configured)
      sayFile(shownPath((Folder + "/.clang-tidy").str(), Project),
              "is there, and left alone");
  if (!Configured)
    write(configurationFile());
  writeBaselineOf(R, Seen);
  HowConfigured How{"build",
                    "cmake -S . -B build -DCMAKE_EXPORT_COMPILE_COMMANDS=ON"};
  if (!Systems.empty()) {
    if (auto Own = howConfigured(
            Project, realPath(sys::path::parent_path(S.Database.path()))))
      How = std::move(*Own);
    else
      sayNote(toString(Own.takeError()) + "; say in it how to configure");
  }
  for (const std::string &System : Systems)
    for (const InitFile &F : ciFiles(System, Project, How))
      write(F);
  return !Failed;
}

void Setup::sayWhatIsNext(const Report &R) {
  unsigned Number = 0;
  const auto Next = [&]() -> raw_ostream & {
    return outs() << "  " << ++Number << ". ";
  };
  outs() << "next\n";
  if (DryRun) {
    Next() << "run async-tidy init without --dry-run\n";
    return;
  }
  if (!R.NotAnalysed.empty())
    Next() << "mend what keeps units from being analysed, and run `async-tidy "
              "--write-baseline`: a gate fails for them\n";
  if (any_of(R.Findings, [](const Finding &F) { return !F.Suppressed; }))
    Next() << "look at what is there: async-tidy --no-baseline "
              "--output=html:report.html\n";
  for (const std::string &System : Systems)
    Next() << ciAdvice(System, Project) << '\n';
  if (Systems.empty())
    Next() << "no CI system was recognised: async-tidy init "
              "--ci=github|gitlab|jenkins writes its file\n";
  if (!Written.empty())
    Next() << "commit " << join(Written, ", ") << '\n';
  Next() << "before a commit: async-tidy --since HEAD\n";
}

int runInit(const Arguments &A) {
  if (!A.Names.empty())
    return fail(bad("init takes no names: it looks at the whole project"));
  auto As = reporting(A);
  auto Options = runOptions(A);
  if (Error E = joinErrors(As.takeError(), Options.takeError()))
    return fail(std::move(E));
  Expected<Session> S = openSession(std::move(*Options));
  if (!S)
    return fail(S.takeError());
  if (!S->Database.namesFiles())
    return fail(bad("init needs a compile_commands.json: with CMake, configure "
                    "with -DCMAKE_EXPORT_COMPILE_COMMANDS=ON"));
  Setup Work(A, *S);
  if (Error E = Work.chooseSystems(A))
    return fail(std::move(E));
  Expected<ModelSet> Models = loadModels(*S);
  if (!Models)
    return fail(Models.takeError());
  Expected<ParsedUnits> Parsed = ParsedUnits();
  {
    ProgressLine Line(S->Selected.Jobs.size(), !A.Options.hasArg(OPT_quiet));
    Parsed = readFacts(*S, Line);
  }
  if (!Parsed)
    return fail(Parsed.takeError());
  if (Parsed->Interrupted)
    return finish(*Parsed);
  const std::vector<Recognised> Libraries = recognise(Parsed->Units, *Models);
  const LookedAt Seen(*S, *Parsed);
  const Program P(std::move(Parsed->Units), *Models);
  Expected<Findings> Found = findFindings(*S, P, Seen.everything());
  if (!Found)
    return fail(Found.takeError());
  if (Error E = addAccepted(*S, P, *Models, Seen.everything(), *Found))
    return fail(std::move(E));
  const Report R = makeReport(A, *S, std::move(*Parsed), std::move(*Found));
  Work.sayWhatWasFound(R, Libraries);
  if (!Work.writeAll(R, Seen))
    return Failed;
  Work.sayWhatIsNext(R);
  return R.NotAnalysed.empty() ? Clean : NotAllAnalysed;
}

} // namespace async_tidy::cli
