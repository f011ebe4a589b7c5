//===- Hints.h - What is known of the calls in a file ---------------------===//
//
// More than findings: what a call may do to its thread, and which asynchronous
// functions may block, however they are excused or suppressed.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_INTEGRATIONS_CLANGD_HINTS_H
#define ASYNC_TIDY_INTEGRATIONS_CLANGD_HINTS_H

#include "clangd/Documents.h"
#include "program/Program.h"

namespace async_tidy::editor {

struct Hint {
  Location Where;
  unsigned Length = 0; ///< of the name there, in bytes
  std::string Text;    ///< for a call Markdown, else a phrase
};

struct Hints {
  std::vector<Hint> Calls;     ///< for hovers
  std::vector<Hint> Functions; ///< for inlay hints
};

/// Of what stands in \p File.
Hints hintsIn(const Program &P, llvm::StringRef File);

// Both add to the answer \p To that the server gave to a request with \p
// Params, and say whether they did.
bool addHover(const llvm::json::Object &Params, const Document &Open, Columns C,
              llvm::ArrayRef<Hint> Known, llvm::json::Value &To);
bool addInlays(const llvm::json::Object &Params, const Document &Open,
               Columns C, llvm::ArrayRef<Hint> Known, llvm::json::Value &To);

} // namespace async_tidy::editor

#endif // ASYNC_TIDY_INTEGRATIONS_CLANGD_HINTS_H
