//===- Completion.cpp - async-tidy completion: for bash, zsh and fish -----===//
//
// Scripts that complete commands, options, and their values, generated from the
// tables that the program itself uses.
//
//===----------------------------------------------------------------------===//

#include "cli/Listing.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"
#include <set>

using namespace llvm;

namespace async_tidy::cli {

/// In single quotes, for all three shells: fish reads a backslash in them.
static std::string quoted(StringRef Text) {
  std::string Out = "'";
  for (char C : Text)
    if (C == '\'')
      Out += "'\\''";
    else
      Out += C;
  return Out + "'";
}

/// How an option begins, as one types it: `--level=`, `--quiet`.
static std::string typed(const ShownOption &O) {
  return O.MetaVar.empty() || O.Separator == ' ' ? O.Name : O.Name + "=";
}

//===----------------------------------------------------------------------===//
// bash
//===----------------------------------------------------------------------===//

static void printBash(ArrayRef<Command> Commands, raw_ostream &OS) {
  const auto Options = [](const Command &C) {
    std::vector<std::string> Words;
    for (const ShownOption &O : shownOptions(C.Options))
      Words.push_back(typed(O));
    return join(Words, " ");
  };
  OS << "# bash completion of async-tidy; made by `async-tidy completion "
        "bash`\n\n"
        "_async_tidy() {\n"
        "  local cur=${COMP_WORDS[COMP_CWORD]} command=check option='' "
        "words='' paths='' i\n"
        "  COMPREPLY=()\n"
        "  # Readline takes `--level=x` for three words.\n"
        "  if [[ $cur == = ]]; then\n"
        "    option=${COMP_WORDS[COMP_CWORD - 1]} cur=''\n"
        "  elif [[ ${COMP_WORDS[COMP_CWORD - 1]} == = ]]; then\n"
        "    option=${COMP_WORDS[COMP_CWORD - 2]}\n"
        "  elif [[ ${COMP_WORDS[COMP_CWORD - 1]} == -* ]]; then\n"
        "    option=${COMP_WORDS[COMP_CWORD - 1]}\n"
        "  fi\n"
        "  for ((i = 1; i < COMP_CWORD; ++i)); do\n"
        "    [[ ${COMP_WORDS[i]} == -- ]] && { compopt -o default; return; }\n"
        "  done\n"
        "  if ((COMP_CWORD > 1)); then\n"
        "    case ${COMP_WORDS[1]} in\n"
        "    ";
  ListSeparator Bar("|");
  for (const Command &C : Commands)
    OS << Bar << C.Name;
  OS << ") command=${COMP_WORDS[1]} ;;\n"
        "    esac\n"
        "  fi\n"
        "  case $option in\n";
  unsigned All = 0;
  for (const Command &C : Commands)
    All |= C.Options;
  std::set<std::string> Said; // one may be there with a value and without
  for (const ShownOption &O : shownOptions(All))
    if (!Said.insert(O.Name).second)
      continue;
    else if (!O.Values.empty())
      OS << "  " << O.Name << ") words=" << quoted(join(O.Values, " "))
         << " ;;\n";
    else if (O.Takes == ShownOption::Paths::Folders)
      OS << "  " << O.Name << ") paths='directory' ;;\n";
    else if (O.Takes == ShownOption::Paths::Files)
      OS << "  " << O.Name << ") paths='file' ;;\n";
    else if (!O.MetaVar.empty())
      OS << "  " << O.Name << ") return ;;\n";
    else
      OS << "  " << O.Name << ") option='' ;;\n";
  OS << "  *) option='' ;;\n"
        "  esac\n"
        "  if [[ -z $option ]]; then\n"
        "    case $command in\n";
  for (const Command &C : Commands) {
    const std::vector<std::string> Names = namesFor(C);
    OS << "    " << C.Name << ") words="
       << quoted(Options(C) + (Names.empty() ? "" : " " + join(Names, " ")))
       << (C.Takes == Command::Names::Files ? " paths='file'" : "") << " ;;\n";
  }
  OS << "    esac\n"
        "    ((COMP_CWORD == 1)) && words+=' ";
  ListSeparator Blank(" ");
  for (const Command &C : Commands)
    OS << Blank << C.Name;
  OS << "'\n"
        "  fi\n"
        "  COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
        "  [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]] && "
        "compopt -o nospace\n"
        "  if [[ -n $paths && ${#COMPREPLY[@]} == 0 ]]; then\n"
        "    compopt -o filenames\n"
        "    mapfile -t COMPREPLY < <(compgen -A \"$paths\" -- \"$cur\")\n"
        "  fi\n"
        "}\n\n"
        "complete -F _async_tidy async-tidy\n";
}

//===----------------------------------------------------------------------===//
// zsh
//===----------------------------------------------------------------------===//

/// In a specification of `_arguments`, which reads brackets, colons and
/// backslashes.
static std::string specified(StringRef Text) {
  std::string Out;
  for (char C : Text) {
    if (StringRef("[]:\\").contains(C))
      Out += '\\';
    Out += C;
  }
  return Out;
}

static std::string zshAction(const ShownOption &O) {
  if (!O.Values.empty())
    return "(" + join(O.Values, " ") + ")";
  if (O.Takes == ShownOption::Paths::Folders)
    return "_files -/";
  return O.Takes == ShownOption::Paths::Files ? "_files" : "()";
}

static void printZsh(ArrayRef<Command> Commands, raw_ostream &OS) {
  OS << "#compdef async-tidy\n"
        "# made by `async-tidy completion zsh`\n\n"
        "_async-tidy() {\n"
        "  local command=check\n"
        "  local -a commands=(\n";
  for (const Command &C : Commands)
    OS << "    " << quoted((C.Name + ":" + specified(C.Summary)).str()) << '\n';
  OS << "  )\n"
        "  if ((CURRENT > 2)) && [[ -n ${(M)commands:#$words[2]:*} ]]; then\n"
        "    command=$words[2]\n"
        "    shift words\n"
        "    ((CURRENT--))\n"
        "  elif ((CURRENT == 2)); then\n"
        "    _describe -t commands command commands\n"
        "  fi\n"
        "  case $command in\n";
  for (const Command &C : Commands) {
    OS << "  " << C.Name << ")\n    _arguments -S \\\n";
    for (const ShownOption &O : shownOptions(C.Options)) {
      std::string Spec = "*" + O.Name +
                         (O.MetaVar.empty()    ? ""
                          : O.Separator == '=' ? "="
                                               : "") +
                         "[" + specified(O.Help) + "]";
      if (!O.MetaVar.empty())
        Spec += ":" + specified(O.MetaVar) + ":" + zshAction(O);
      OS << "      " << quoted(Spec) << " \\\n";
    }
    const std::vector<std::string> Names = namesFor(C);
    OS << "      "
       << quoted(!Names.empty() ? "*:name:(" + join(Names, " ") + ")"
                 : C.Takes == Command::Names::Files ? "*:file:_files"
                                                    : "*: :()")
       << "\n    ;;\n";
  }
  OS << "  esac\n"
        "}\n\n"
        "if [[ $funcstack[1] == _async-tidy ]]; then\n"
        "  _async-tidy \"$@\"\n"
        "else\n"
        "  compdef _async-tidy async-tidy\n"
        "fi\n";
}

//===----------------------------------------------------------------------===//
// fish
//===----------------------------------------------------------------------===//

static void printFish(ArrayRef<Command> Commands, raw_ostream &OS) {
  OS << "# made by `async-tidy completion fish`\n\n"
        "function __async_tidy_is\n"
        "  set -l words (commandline -opc)\n"
        "  set -l command check\n"
        "  if set -q words[2]; and contains -- $words[2]";
  for (const Command &C : Commands)
    OS << ' ' << C.Name;
  OS << "\n"
        "    set command $words[2]\n"
        "  end\n"
        "  contains -- $command $argv\n"
        "end\n\n"
        "complete -c async-tidy -f\n";
  for (const Command &C : Commands)
    OS << "complete -c async-tidy -n __fish_use_subcommand -a " << C.Name
       << " -d " << quoted(C.Summary) << '\n';
  for (const Command &C : Commands) {
    const std::string Line =
        ("complete -c async-tidy -n '__async_tidy_is " + C.Name + "' ").str();
    if (C.Takes == Command::Names::Files)
      OS << Line << "-F\n";
    if (const auto Names = namesFor(C); !Names.empty())
      OS << Line << "-a " << quoted(join(Names, " ")) << '\n';
    for (const ShownOption &O : shownOptions(C.Options)) {
      OS << Line << (O.Name.size() == 2 ? "-s " : "-l ")
         << StringRef(O.Name).ltrim('-');
      if (!O.Values.empty())
        OS << " -x -a " << quoted(join(O.Values, " "));
      else if (O.Takes != ShownOption::Paths::None)
        OS << " -r -F";
      else if (!O.MetaVar.empty())
        OS << " -x";
      OS << " -d " << quoted(O.Help) << '\n';
    }
  }
}

int runCompletion(const Arguments &A) {
  using Printer = void (*)(ArrayRef<Command>, raw_ostream &);
  static constexpr std::pair<StringLiteral, Printer> Shells[] = {
      {"bash", printBash}, {"zsh", printZsh}, {"fish", printFish}};
  if (A.Names.size() == 1)
    for (const auto &[Name, Print] : Shells)
      if (Name == A.Names.front()) {
        Print(shownCommands(), outs());
        return Clean;
      }
  return fail(createStringError(inconvertibleErrorCode(),
                                "completion needs the name of a shell: bash, "
                                "zsh or fish"));
}

} // namespace async_tidy::cli
