//===- Ninja.cpp - async-tidy ninja: extract and link as a build ----------===//
//
// Writes a file for ninja: an edge for each unit that runs `extract`, one that
// runs `link` when facts have changed, and one that shows the report and fails
// as long as it should. All are run in the folder where the file was written.
//
//===----------------------------------------------------------------------===//

#include "cli/Commands.h"
#include "cli/Reporting.h"
#include "driver/ApplyFixes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include <set>

using namespace llvm;

namespace async_tidy::cli {

static Error bad(const Twine &Message) {
  return createStringError(inconvertibleErrorCode(), Message);
}

/// A shell takes no word that is longer than 128 KiB, and ninja gives it the
/// command as one: longer ones go through a file.
constexpr size_t LongestCommand = 100'000;

/// \p Word as a POSIX shell reads it, whatever is in it.
static std::string inShell(StringRef Word) {
  const bool Plain = all_of(Word, [](char C) {
    return isAlnum(C) || StringRef("_-+=./:,@%").contains(C);
  });
  if (Plain && !Word.empty())
    return Word.str();
  std::string Out = "'";
  for (char C : Word)
    Out += C == '\'' ? std::string("'\\''") : std::string(1, C);
  return Out + "'";
}

static std::string commandOf(ArrayRef<std::string> Words) {
  return join(map_range(Words, [](StringRef W) { return inShell(W); }), " ");
}

/// \p Text as the value of a variable of ninja's.
static std::string value(StringRef Text) {
  std::string Out;
  for (char C : Text)
    Out.append(C == '$' ? 2 : 1, C);
  return Out;
}

/// \p Path as ninja reads it in the line of an edge.
static std::string path(StringRef Path) {
  std::string Out;
  for (char C : Path) {
    if (StringRef("$ :").contains(C))
      Out += '$';
    Out += C;
  }
  return Out;
}

namespace {

/// What the file is to hold, as words.
struct Rules {
  std::string File;     ///< to be written
  std::string Database; ///< compile_commands.json
  std::string Folder;   ///< of what the build makes
  std::string Tool;
  std::vector<std::string> Again;         ///< the command that writes the file
  std::vector<std::string> Extract, Link; ///< options
  std::vector<std::string> Reports;       ///< files that `Link` names
  unsigned Jobs = 0;                      ///< at a time; 0: as ninja likes
  struct Unit {
    std::string Source, Facts, Directory, Command;
  };
  std::vector<Unit> Units;
};

} // namespace

static std::string header(const Rules &R) {
  const std::string Pool =
      R.Jobs ? "pool async_tidy\n  depth = " + std::to_string(R.Jobs) + "\n\n"
             : "";
  const StringRef InPool = R.Jobs ? "  pool = async_tidy\n" : "";
  const auto Extract = [&](StringRef Name, StringRef Command) {
    return ("rule " + Name + "\n  command = $tool extract" +
            (R.Extract.empty() ? "" : " ") + value(commandOf(R.Extract)) +
            " --write-if-changed --directory=$dir --depfile=$out.d -o $out "
            "-- " +
            Command + "\n  depfile = $out.d\n  deps = gcc\n  restat = 1\n" +
            InPool + "  description = async-tidy extract $out\n")
        .str();
  };
  const std::string Code = value(inShell(R.Folder + "/exit-code"));
  return "# Written by `async-tidy ninja`.\n\n"
         "ninja_required_version = 1.7\n"
         "builddir = " +
         value(R.Folder) + "\ntool = " + value(inShell(R.Tool)) + "\n\n" +
         Pool + Extract("extract", "$cc") + "\n" +
         Extract("extract_long", "$compiler @$out.rsp") +
         "  rspfile = $out.rsp\n  rspfile_content = $cc\n\n"
         // Findings and units that were not analysed are `check`'s to tell.
         "rule link\n  command = $tool link" +
         (R.Link.empty() ? "" : " ") + value(commandOf(R.Link)) +
         " --output=text:$out --depfile=$out.d @$out.rsp; code=$$?; "
         "echo $$code > " +
         Code +
         " || exit 2; case $$code in [013]) ;; *) exit $$code;; esac\n"
         "  depfile = $out.d\n  deps = gcc\n"
         "  rspfile = $out.rsp\n  rspfile_content = $in_newline\n"
         "  description = async-tidy link\n\n"
         "rule check\n  command = cat $in; code=$$(cat " +
         Code +
         "); test \"$$code\" = 0 || exit $${code:-2}; touch $out\n"
         "  description = async-tidy\n\n"
         "rule generate\n  command = " +
         value(commandOf(R.Again)) +
         "\n  generator = 1\n  description = async-tidy ninja\n\n";
}

/// An error if something in \p R cannot be written down for ninja.
static Error checkCharacters(const Rules &R) {
  std::vector<StringRef> Paths = {R.File, R.Database, R.Folder, R.Tool};
  append_range(Paths, R.Reports);
  std::vector<StringRef> Values;
  for (const auto *Words : {&R.Again, &R.Extract, &R.Link})
    append_range(Values, *Words);
  for (const Rules::Unit &U : R.Units) {
    Paths.insert(Paths.end(), {U.Source, U.Facts});
    Values.insert(Values.end(), {U.Directory, U.Command});
  }
  for (StringRef Path : Paths)
    if (Path.find_first_of("|\n\r") != StringRef::npos)
      return bad("ninja cannot read the name " + Path);
  for (StringRef Value : Values)
    if (Value.contains('\n'))
      return bad("ninja cannot read a line break in a command: " + Value);
  return Error::success();
}

static std::string inNinja(const Rules &R) {
  std::string Text = header(R);
  const std::string Tool = path(R.Tool),
                    Report = path(R.Folder) + "/report.txt";
  Text += "build " + path(R.File) + ": generate " + path(R.Database) + " | " +
          Tool + "\n\n";
  std::string Facts;
  for (const Rules::Unit &U : R.Units) {
    const bool Long = U.Command.size() > LongestCommand;
    StringRef Compiler, Rest = U.Command;
    if (Long)
      std::tie(Compiler, Rest) = Rest.split(' ');
    Text += "build " + path(U.Facts) + ": " +
            (Long ? "extract_long " : "extract ") + path(U.Source) + " | " +
            Tool + "\n  dir = " + value(inShell(U.Directory)) + "\n";
    if (Long)
      Text += "  compiler = " + value(Compiler) + "\n";
    Text += "  cc = " + value(Rest) + "\n";
    Facts += " $\n    " + path(U.Facts);
  }
  Text += "\nbuild " + Report + " | " + path(R.Folder + "/exit-code");
  for (const std::string &File : R.Reports)
    Text += " " + path(File);
  Text += ": link" + Facts + " | " + Tool + "\n";
  Text += "build " + path(R.Folder + "/passed") + ": check " + Report + " | " +
          path(R.Folder + "/exit-code") + "\n\n";
  Text += "build async-tidy: phony " + path(R.Folder + "/passed") +
          "\ndefault async-tidy\n";
  return Text;
}

/// The options of \p A that a command with the visibility \p V has, as words.
static std::vector<std::string> optionsOf(const Arguments &A, unsigned V) {
  std::vector<std::string> Words;
  for (const opt::Arg *Option : A.Options) {
    if (!Option->getOption().hasVisibilityFlag(V) ||
        Option->getOption().hasVisibilityFlag(NinjaVis))
      continue;
    opt::ArgStringList Rendered;
    Option->render(A.Options, Rendered);
    Words.insert(Words.end(), Rendered.begin(), Rendered.end());
  }
  return Words;
}

/// What cannot be asked for, because this file decides it.
static Error checkOptions(const Arguments &A) {
  for (OptionId Option : {OPT_depfile_EQ, OPT_directory_EQ, OPT_sandbox,
                          OPT_write_if_changed, OPT_file_prefix_map_EQ})
    if (const opt::Arg *Given = A.Options.getLastArg(Option))
      return bad(Given->getAsString(A.Options) +
                 ": the file for ninja says that already");
  if (A.Flags)
    return bad("ninja needs a compile database; flags after -- are none");
  if (valueOf(A, OPT_o).value_or("").empty())
    return bad("-o is missing: where do the rules go?");
  return Error::success();
}

/// Fills in the units of \p S and where their facts go.
static void addUnits(const Session &S, Rules &R) {
  std::set<std::string> Taken;
  for (const CompileJob &Job : S.Selected.Jobs) {
    Rules::Unit U;
    U.Source = shownPath(Job.File, here());
    const std::string Place =
        R.Folder + "/facts/" + sys::path::relative_path(U.Source).str();
    U.Facts = Place + ".facts";
    for (unsigned N = 2; !Taken.insert(U.Facts).second; ++N)
      U.Facts = Place + "-" + std::to_string(N) + ".facts";
    U.Directory = shownPath(realPath(Job.Directory), here());
    if (U.Directory == here())
      U.Directory = ".";
    U.Command = commandOf(Job.CommandLine);
    R.Units.push_back(std::move(U));
  }
}

static Expected<Rules> rules(const Arguments &A, RunOptions Options) {
  Rules R;
  R.File = *valueOf(A, OPT_o);
  R.Tool = A.Executable;
  R.Extract = optionsOf(A, ExtractVis);
  R.Link = optionsOf(A, LinkVis);
  for (const std::string &Word : A.Options.getAllArgValues(OPT_output_EQ)) {
    const StringRef File = StringRef(Word).split(':').second;
    if (File.empty() || File == "-")
      return bad("--output=" + Word +
                 ": a file is needed, --output=FORMAT:FILE");
    R.Reports.push_back(File.str());
  }
  if (A.Options.hasArg(OPT_jobs_EQ))
    R.Jobs = Options.Analysis.Pool.Jobs;
  Options.NoStore = true;
  Expected<Session> S = async_tidy::openSession(std::move(Options));
  if (!S)
    return S.takeError();
  if (!S->Database.namesFiles())
    return bad("ninja needs a compile_commands.json, which names the units");
  for (const auto *Names : {&S->Selected.Unknown, &S->Selected.Headers})
    if (!Names->empty())
      return bad(Names->front() + ": no unit of " + S->Database.path());
  if (S->Selected.Jobs.empty())
    return bad("there are no units to look at");
  R.Database = shownPath(S->Database.path(), here());
  R.Folder =
      shownPath(sys::path::parent_path(realPath(S->Database.path())).str() +
                    "/async-tidy",
                here());
  if (S->Selected.Scope.empty())
    R.Link.push_back("--whole-program");
  for (const std::string &Name : S->Selected.Scope)
    R.Link.push_back("--only=" + shownPath(Name, here()));
  R.Again = {R.Tool, "ninja"};
  for (const opt::Arg *Option : A.Options) {
    opt::ArgStringList Rendered;
    Option->render(A.Options, Rendered);
    R.Again.insert(R.Again.end(), Rendered.begin(), Rendered.end());
  }
  addUnits(*S, R);
  return R;
}

int runNinja(const Arguments &A) {
  auto As = reporting(A); // mistakes are told now, not when ninja runs
  auto Options = runOptions(A);
  if (Error E = joinErrors(joinErrors(As.takeError(), Options.takeError()),
                           checkOptions(A)))
    return fail(std::move(E));
  Expected<Rules> R = rules(A, std::move(*Options));
  if (!R)
    return fail(R.takeError());
  if (Error E = checkCharacters(*R))
    return fail(std::move(E));
  if (Error E = replaceFile(R->File, inNinja(*R)))
    return fail(std::move(E));
  return Clean;
}

} // namespace async_tidy::cli
