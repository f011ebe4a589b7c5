//===- Manual.cpp - async-tidy man: the page for man(1) -------------------===//
//
// What --help says, in the language of manual pages, and what else belongs
// there.
//
//===----------------------------------------------------------------------===//

#include "cli/Listing.h"
#include "report/Report.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace async_tidy::cli {

/// Text that roff takes as it is.
static std::string roff(StringRef Text) {
  std::string Out;
  for (char C : Text)
    if (C == '\\')
      Out += "\\e";
    else if (C == '-')
      Out += "\\-";
    else
      Out += C;
  if (StringRef(Out).starts_with(".") || StringRef(Out).starts_with("'"))
    Out.insert(0, "\\&");
  return Out;
}

static constexpr struct {
  StringLiteral Name, Text;
} Files[] = {
    {".clang-tidy", "Rules, levels and options, as clang-tidy reads them: "
                    "Checks, CheckOptions, WarningsAsErrors, "
                    "HeaderFilterRegex, ExtraArgs."},
    {"compile_commands.json",
     "The compile database: CMake writes it with "
     "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON, Meson always. Looked for in the "
     "folder of the first file or the current one, its parents, and their "
     "folders build."},
    {".async-tidy-baseline", "Findings that are accepted for now."},
    {"~/.cache/async-tidy", "What earlier runs found out of each project."},
};

static constexpr struct {
  StringLiteral Command, Text;
} Examples[] = {
    {"async-tidy -p build", "Every unit of build/compile_commands.json."},
    {"async-tidy init", "A configuration, a CI job and a baseline for the "
                        "project of the current folder."},
    {"async-tidy --since origin/main", "Only what this branch did."},
    {"async-tidy --diff", "What --fix would change."},
    {"async-tidy explain async-blocking-call", "Why, and what to do."},
};

int runManual(const Arguments &) {
  raw_ostream &OS = outs();
  OS << ".TH ASYNC\\-TIDY 1 \"\" \"async\\-tidy " << ASYNC_TIDY_VERSION
     << "\" \"User Commands\"\n"
        ".SH NAME\nasync\\-tidy \\- finds hazards in asynchronous C++\n"
        ".SH SYNOPSIS\n.nf\n";
  for (const Command &C : shownCommands())
    OS << "\\fBasync\\-tidy\\fR " << roff(C.Usage) << '\n';
  OS << ".fi\n.SH DESCRIPTION\n"
        "Reads C++ with coroutines, callbacks of event loops, fibres and "
        "stackful coroutines, follows calls through helpers and across "
        "translation units, and reports what blocks, deadlocks, leaks, "
        "overflows or is never awaited.\n"
        ".SH COMMANDS\n";
  for (const Command &C : shownCommands())
    OS << ".TP\n.B " << roff(C.Usage) << '\n' << roff(C.Summary) << ".\n";
  OS << ".SH OPTIONS\n";
  unsigned All = 0;
  for (const Command &C : shownCommands())
    All |= C.Options;
  std::string Group;
  for (const ShownOption &O : shownOptions(All)) {
    if (O.Group != Group)
      OS << ".SS " << roff(Group = O.Group) << '\n';
    OS << ".TP\n\\fB" << roff(O.Name) << "\\fR";
    if (!O.MetaVar.empty())
      OS << (O.Separator == '=' ? "=" : " ") << "\\fI" << roff(O.MetaVar)
         << "\\fR";
    OS << '\n' << roff(O.Help) << ".\n";
  }
  OS << ".SS FORMATS\n";
  for (const Format &F : formats())
    OS << ".TP\n.B " << roff(F.Name) << '\n' << roff(F.Help) << ".\n";
  OS << ".SH EXIT STATUS\n";
  for (const ExitCodeHelp &E : exitCodes())
    OS << ".TP\n.B " << E.Code << '\n' << roff(E.Text) << ".\n";
  OS << ".PP\nOf several 2 counts before 3, and 3 before 1.\n"
        ".SH FILES\n";
  for (const auto &[Name, Text] : Files)
    OS << ".TP\n.I " << roff(Name) << '\n' << roff(Text) << '\n';
  OS << ".SH ENVIRONMENT\n"
        ".TP\n.B NO_COLOR\nNo colours, unless \\-\\-color says so.\n"
        ".TP\n.B CLICOLOR_FORCE\nColours even if the output is no terminal.\n"
        ".TP\n.B XDG_CACHE_HOME\nIn the place of ~/.cache.\n"
        ".SH EXAMPLES\n";
  for (const auto &[Line, Text] : Examples)
    OS << ".TP\n.B " << roff(Line) << '\n' << roff(Text) << '\n';
  OS << ".SH SEE ALSO\n.BR clang\\-tidy (1).\n"
        "The rules, with examples: `async\\-tidy explain`, and\n"
     << roff(homepage()) << ".\n";
  return Clean;
}

} // namespace async_tidy::cli
