//===- Listing.h - Commands and options as people see them ----------------===//
//
// What completions and the manual are made of: the table of commands (main.cpp)
// and that of options (Options.td).
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CLI_LISTING_H
#define ASYNC_TIDY_CLI_LISTING_H

#include "cli/Commands.h"

namespace async_tidy::cli {

/// An option that `--help` shows.
struct ShownOption {
  std::string Name;    ///< `--level`, `-p`
  std::string MetaVar; ///< `LEVEL`; empty if it takes no value
  std::string Help, Group;
  /// Stands before the value: `=`, or a blank for the next word.
  char Separator = ' ';
  /// What the value can be, or begins with (`async-busy-wait=`); empty if that
  /// is not known.
  std::vector<std::string> Values;
  enum class Paths { None, Files, Folders } Takes = Paths::None;
};

/// The options of \p Commands (a mask of Visibility), grouped, in the order of
/// `--help`.
std::vector<ShownOption> shownOptions(unsigned Commands);

/// The commands that `--help` shows.
std::vector<Command> shownCommands();

/// What may stand after the name of \p C, where that is a name of ours.
std::vector<std::string> namesFor(const Command &C);

} // namespace async_tidy::cli

#endif // ASYNC_TIDY_CLI_LISTING_H
