//===- Tool.h - The async-tidy program next to us -------------------------===//
//
// It alone writes to stores. It is asked to parse what was saved, at the lowest
// priority, one call at a time.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_INTEGRATIONS_CLANGD_TOOL_H
#define ASYNC_TIDY_INTEGRATIONS_CLANGD_TOOL_H

#include "driver/Digest.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <optional>

namespace async_tidy::editor {

class Tool {
public:
  /// The `async-tidy` in the folder \p Folder, else the one in `$PATH`.
  explicit Tool(llvm::StringRef Folder);

  /// What it calls itself in stores; none if it is not there or of another
  /// version. Asked once.
  std::optional<Digest> writer();

  /// Has it parse \p Files of the compile database \p Database, or with none
  /// all of it. Returns when that is done, when it takes too long, or when
  /// \p Stop says so; nothing is left running.
  void refresh(const std::string &Database, const std::string &StoreFile,
               llvm::ArrayRef<std::string> Files,
               llvm::function_ref<bool()> Stop);

private:
  std::string Path; ///< empty if there is none
  std::optional<std::optional<Digest>> Writer;
};

} // namespace async_tidy::editor

#endif // ASYNC_TIDY_INTEGRATIONS_CLANGD_TOOL_H
