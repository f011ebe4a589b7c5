//===- Terminal.h - What goes to the user's terminal ----------------------===//
//
// Colours, progress and the program's own messages. Reports are `report`'s.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CLI_TERMINAL_H
#define ASYNC_TIDY_CLI_TERMINAL_H

#include "cli/Options.h"

namespace async_tidy::cli {

/// Whether to colour what is written to standard output: `--color`, then
/// NO_COLOR, CLICOLOR_FORCE, then whether it is a terminal.
llvm::Expected<bool> wantsColor(const Arguments &A);

/// Counts units on standard error, if that is a terminal, and says which one is
/// being parsed.
class ProgressLine {
public:
  ProgressLine(size_t Total, bool Enabled);
  ~ProgressLine();
  void operator()(size_t Done, const CompileJob &Job, bool Runs);

private:
  size_t Total;
  bool Enabled;
  std::vector<std::string> Running;
};

/// `async-tidy: error: TEXT` on standard error.
void sayError(llvm::StringRef Text);
/// `async-tidy: note: TEXT` on standard error.
void sayNote(llvm::StringRef Text);

/// Says what there is to say of the store, and with `--explain-rebuild` why
/// units were parsed.
void sayOfStore(const Arguments &A, Session &S, const ParsedUnits &Parsed);

void printVersion();

/// \p Code, or 2 if what was written to standard output did not arrive.
int finishOutput(int Code);

} // namespace async_tidy::cli

#endif // ASYNC_TIDY_CLI_TERMINAL_H
