//===- Options.h - The command line, taken apart --------------------------===//
//
// Options.td declares the options; here they become values. A mistake of the
// user's is an error that says what would be right.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CLI_OPTIONS_H
#define ASYNC_TIDY_CLI_OPTIONS_H

#include "driver/Session.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"

namespace async_tidy::cli {

/// Which commands an option belongs to (Options.td).
enum Visibility : unsigned {
  CheckVis = 1 << 1,
  FactsVis = 1 << 2,
  ModelsVis = 1 << 3,
  RulesVis = 1 << 4,
  ExtractVis = 1 << 5,
  LinkVis = 1 << 6,
  PlainVis = 1 << 7,
  InitVis = 1 << 8,
  NinjaVis = 1 << 9,
  LspVis = 1 << 10,
};

enum OptionId {
  OPT_INVALID = 0,
#define OPTION(...) LLVM_MAKE_OPT_ID(__VA_ARGS__),
#include "cli/Options.inc"
#undef OPTION
};

/// A command line without the name of the command.
struct Arguments {
  std::string Executable; ///< the path of this program
  llvm::opt::InputArgList Options;
  std::vector<std::string> Names; ///< what is no option
  /// What stands after `--`.
  std::optional<std::vector<std::string>> Flags;
};

const llvm::opt::OptTable &optionTable();

/// Parses \p Words, where options of \p Commands may stand. \p Words must
/// outlive the result.
llvm::Expected<Arguments> parseArguments(llvm::ArrayRef<const char *> Words,
                                         unsigned Commands);

/// The part of the command line that says what to analyse and how.
llvm::Expected<RunOptions> runOptions(const Arguments &A);

/// The session that the command line asks for.
llvm::Expected<Session> openSession(const Arguments &A);

/// The value of the last \p Option, if it was given.
std::optional<std::string> valueOf(const Arguments &A, OptionId Option);

} // namespace async_tidy::cli

#endif // ASYNC_TIDY_CLI_OPTIONS_H
