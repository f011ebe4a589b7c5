//===- Commands.h - The commands of async-tidy ----------------------------===//
//
// Each command is a function in a file of its own; main.cpp lists them. The
// result is the exit code:
//
//   2 a mistake in the call, or of ours > 3 some units could not be analysed
//   > 1 a finding at or above --fail-on > 0
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CLI_COMMANDS_H
#define ASYNC_TIDY_CLI_COMMANDS_H

#include "cli/Options.h"

namespace async_tidy::cli {

enum ExitCode {
  Clean = 0,
  FindingsFound = 1,
  Failed = 2,
  NotAllAnalysed = 3,
  Interrupted = 130, ///< as a shell says of a command that Ctrl-C ended
};

int runCheck(const Arguments &A);      // Check.cpp
int runRules(const Arguments &A);      // Rules.cpp
int runExplain(const Arguments &A);    // Explain.cpp
int runModels(const Arguments &A);     // Models.cpp
int runWhy(const Arguments &A);        // Why.cpp
int runSelfTest(const Arguments &A);   // SelfTest.cpp
int runFacts(const Arguments &A);      // Facts.cpp
int runExtract(const Arguments &A);    // Extract.cpp
int runLink(const Arguments &A);       // Link.cpp
int runNinja(const Arguments &A);      // Ninja.cpp
int runLsp(const Arguments &A);        // Lsp.cpp
int runInit(const Arguments &A);       // Init.cpp
int runCompletion(const Arguments &A); // Completion.cpp
int runManual(const Arguments &A);     // Manual.cpp

struct Command {
  llvm::StringLiteral Name;
  llvm::StringLiteral Usage;
  llvm::StringLiteral Summary;
  unsigned Options; ///< Visibility
  int (*Run)(const Arguments &);
  /// What stands after its options.
  enum class Names { Nothing, Files, Rules, Shells } Takes = Names::Nothing;
  bool Hidden = false;
};

/// All of them, `check` first (main.cpp).
llvm::ArrayRef<Command> allCommands();

/// What an exit code says.
struct ExitCodeHelp {
  ExitCode Code;
  llvm::StringLiteral Text;
};
llvm::ArrayRef<ExitCodeHelp> exitCodes();

/// Prints the options of \p C, and all commands if it is the first.
void printHelp(const Command &C);

/// The folder in which async-tidy was started, without links: what paths in
/// files of facts are relative to.
std::string here();
/// The rule of make that says that \p Target depends on \p Files.
std::string makeRule(llvm::StringRef Target, llvm::ArrayRef<std::string> Files);

/// Prints what there is to say of \p Rules, with the text of their pages or
/// only where those are.
void printAsJson(llvm::ArrayRef<const Rule *> Rules, bool WithPage);

/// Says which units of \p Parsed were not analysed, and gives the exit code of
/// a command that has nothing else to report.
int finish(const ParsedUnits &Parsed);

/// Says \p E on standard error; gives `Failed`.
int fail(llvm::Error E);

} // namespace async_tidy::cli

#endif // ASYNC_TIDY_CLI_COMMANDS_H
