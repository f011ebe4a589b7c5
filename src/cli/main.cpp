//===- main.cpp - The async-tidy command ----------------------------------===//
//
// The table of contents: which commands there are and where they are. A call
// that names none of them is `check`.
//
//===----------------------------------------------------------------------===//

#include "cli/Commands.h"
#include "cli/Terminal.h"
#include "driver/Store.h"
#include "driver/Worker.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

using namespace async_tidy;
using namespace async_tidy::cli;

static constexpr Command Commands[] = {
    {"check", "[check] [options] [FILES or folders...] [-- FLAGS]",
     "find hazards; all units of the compile database if none are named",
     CheckVis, runCheck, Command::Names::Files},
    {"rules", "rules [--json]", "list the rules", RulesVis, runRules},
    {"explain", "explain RULE [--json]", "print the page of a rule", RulesVis,
     runExplain, Command::Names::Rules},
    {"models",
     "models [-p DIR [FILES...]] [--function NAME] [--validate FILES...]",
     "list what is known of libraries, or of those that a project uses",
     ModelsVis | FactsVis, runModels, Command::Names::Files},
    {"why", "why FUNCTION [options] [FILES...] [-- FLAGS]",
     "does a function block, and by which path", FactsVis, runWhy,
     Command::Names::Files},
    {"self-test", "self-test [options]",
     "prove which rules are active, with the configuration of this folder",
     CheckVis, runSelfTest},
    {"init", "init [-p DIR] [--ci=SYSTEM] [--dry-run]",
     "set a project up: configuration, CI file and baseline; overwrites "
     "nothing",
     InitVis, runInit},
    {"extract", "extract -o FACTS [--depfile FILE] -- COMPILER COMMAND",
     "what `check` reads of one unit, into a file", ExtractVis, runExtract},
    {"link", "link [options] FACTS... [@FILE with names of FACTS]",
     "find hazards in what `extract` has read", LinkVis, runLink,
     Command::Names::Files},
    {"ninja", "ninja -p DIR -o lint.ninja [options] [FILES or folders...]",
     "write a file for ninja that runs these two; options are theirs",
     NinjaVis | ExtractVis | LinkVis, runNinja, Command::Names::Files},
    {"lsp", "lsp [-p DIR] [--store=FILE]",
     "serve an editor, beside the server that it has", LspVis, runLsp},
    {"facts", "facts [options] FILE [-- FLAGS]",
     "print what is read from a file", FactsVis, runFacts,
     Command::Names::Files, /*Hidden=*/true},
    {"completion", "completion bash|zsh|fish",
     "print a script by which a shell completes the words of a call", PlainVis,
     runCompletion, Command::Names::Shells},
    {"man", "man", "print the manual page", PlainVis, runManual,
     Command::Names::Nothing, /*Hidden=*/true},
};

llvm::ArrayRef<Command> async_tidy::cli::allCommands() { return Commands; }

/// The command that \p Word, which is no file, nearly names; or null.
static const Command *misspelt(llvm::StringRef Word) {
  if (Word.starts_with("-") || llvm::sys::fs::exists(Word))
    return nullptr;
  for (const Command &C : Commands)
    if (C.Name != Word && C.Name.edit_distance(Word) <= 2)
      return &C;
  return nullptr;
}

int main(int argc, char **argv) {
  llvm::ArrayRef<const char *> Words(argv + 1, argc > 0 ? argc - 1 : 0);
  if (Words.size() == 1 && llvm::StringRef(Words[0]) == "--worker")
    return runWorker();
  if (Words.size() == 1 && llvm::StringRef(Words[0]) == "--store-identity") {
    llvm::outs() << storeIdentity() << '\n';
    return Clean;
  }

  const Command *Chosen = &Commands[0];
  for (const Command &C : Commands)
    if (!Words.empty() && C.Name == Words[0]) {
      Chosen = &C;
      Words = Words.drop_front();
      break;
    }
  if (Chosen == &Commands[0] && !Words.empty())
    if (const Command *Meant = misspelt(Words[0]))
      return fail(llvm::createStringError(
          llvm::inconvertibleErrorCode(),
          "there is no command and no file " + llvm::Twine(Words[0]) +
              "; did you mean `async-tidy " + Meant->Name + "`?"));
  llvm::Expected<Arguments> A = parseArguments(Words, Chosen->Options);
  if (!A)
    return fail(A.takeError());
  A->Executable = llvm::sys::fs::getMainExecutable(
      argv[0], reinterpret_cast<void *>(&main));
  if (A->Flags && !(Chosen->Options & (CheckVis | FactsVis | ExtractVis)))
    return fail(llvm::createStringError(llvm::inconvertibleErrorCode(),
                                        "`" + Chosen->Name +
                                            "` takes no flags after --"));
  if (A->Options.hasArg(OPT_help))
    printHelp(*Chosen);
  else if (A->Options.hasArg(OPT_version))
    printVersion();
  else
    return finishOutput(Chosen->Run(*A));
  return finishOutput(Clean);
}
