//===- Outputs.h - Reports to files and standard output -------------------===//

#ifndef ASYNC_TIDY_CLI_OUTPUTS_H
#define ASYNC_TIDY_CLI_OUTPUTS_H

#include "cli/Options.h"

namespace async_tidy::cli {

/// One `--output=FORMAT[:FILE]`.
struct Output {
  const Format *As = nullptr;
  std::string File; ///< empty: standard output
};

/// What the command line asks for; text on standard output if nothing.
llvm::Expected<std::vector<Output>> outputs(const Arguments &A);

/// People read \p O on standard output.
bool isForPeople(const Output &O);

/// Writes \p R everywhere. What cannot be written is an error, but the other
/// outputs are written all the same.
llvm::Error write(const Report &R, llvm::ArrayRef<Output> To, bool Color);

} // namespace async_tidy::cli

#endif // ASYNC_TIDY_CLI_OUTPUTS_H
