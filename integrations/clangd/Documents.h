//===- Documents.h - The files that an editor has open --------------------===//
//
// Their texts as the editor has them, followed from its messages; places in
// them, which the protocol counts from zero and in code units.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_INTEGRATIONS_CLANGD_DOCUMENTS_H
#define ASYNC_TIDY_INTEGRATIONS_CLANGD_DOCUMENTS_H

#include "facts/BodyFacts.h"
#include "llvm/Support/JSON.h"
#include <map>
#include <optional>
#include <string>

namespace async_tidy::editor {

/// What a column counts.
enum class Columns { Utf8, Utf16, Utf32 };

/// By the protocol's name, `utf-16`; the default for others.
Columns columnsNamed(llvm::StringRef Name);

/// Where the line \p Line of \p Text, counted from zero, begins; the end of the
/// text if there is no such line.
size_t startOfLine(llvm::StringRef Text, int64_t Line);
/// The byte of \p Text that the protocol's \p Line and \p Column name, within
/// the text.
size_t offsetOf(llvm::StringRef Text, int64_t Line, int64_t Column, Columns C);
/// The protocol's place of \p L, of which Clang counts bytes, in \p Text.
llvm::json::Object positionOf(llvm::StringRef Text, const Location &L,
                              Columns C);

/// `file:///a%20b` as a path, with links resolved; empty for other schemes.
std::string pathOf(llvm::StringRef Uri);
/// An absolute path as an URI.
std::string uriOf(llvm::StringRef Path);

struct Document {
  std::string Uri, Text;
  llvm::json::Value Version = nullptr;
};

/// By path, as `pathOf` gives it.
class Documents {
public:
  /// Follows a `didOpen`, `didChange` or `didClose` of the editor.
  void follow(llvm::StringRef Method, const llvm::json::Object &Params,
              Columns C);
  /// Null if it is not open.
  const Document *find(llvm::StringRef Path) const;
  const std::map<std::string, Document> &all() const { return Open; }

private:
  std::map<std::string, Document> Open;
};

} // namespace async_tidy::editor

#endif // ASYNC_TIDY_INTEGRATIONS_CLANGD_DOCUMENTS_H
