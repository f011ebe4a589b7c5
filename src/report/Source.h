//===- Source.h - Source text, as far as a report shows it ----------------===//
//
// A finding knows a file, a line and a column. Reports also want the text that
// is there and where it ends. Files may have changed, grown or gone since they
// were analysed: then there is simply no text.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_REPORT_SOURCE_H
#define ASYNC_TIDY_REPORT_SOURCE_H

#include "facts/Facts.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace async_tidy {

/// The lines of source files, each file read once.
class SourceText {
public:
  /// Relative names are below \p Root.
  SourceText(llvm::vfs::FileSystem &Files, llvm::StringRef Root)
      : Files(Files), Root(Root) {}

  /// The line at \p Where, without its end; none if it cannot be read. Valid as
  /// long as this object.
  std::optional<llvm::StringRef> line(const Location &Where);
  /// All of \p Name; none if it cannot be read. Valid as long as this object.
  std::optional<llvm::StringRef> text(llvm::StringRef Name);
  /// The byte of the file at which \p Where is; none if there is no such place.
  std::optional<size_t> offset(const Location &Where);

private:
  struct File {
    std::unique_ptr<llvm::MemoryBuffer> Text;
    std::vector<size_t> LineStarts;
  };
  const File &file(llvm::StringRef Name);

  llvm::vfs::FileSystem &Files;
  std::string Root;
  llvm::StringMap<File> Read;
};

/// Bytes of a line, from `Begin` up to `End` (exclusive), counted from zero.
struct Span {
  size_t Begin = 0, End = 0;
};

/// What a finding at column \p Column of \p Line points at: a name with its
/// qualifiers and members (`std::this_thread::sleep_for`, `timer.wait`), or one
/// character. Empty only at the end of the line.
Span spanAt(llvm::StringRef Line, unsigned Column);

/// Columns of a line, counted from one in UTF-16 units, `End` exclusive.
struct Utf16Span {
  unsigned Begin = 1, End = 2;
};

/// The column of \p Where in UTF-16 units; as it is if the text is not there to
/// be counted.
unsigned utf16Column(SourceText &Sources, const Location &Where);
/// What \p Where points at; one column if the text is not there.
Utf16Span utf16SpanAt(SourceText &Sources, const Location &Where);

/// \p File as an absolute path, without `.` and `..`.
std::string absolutePath(llvm::StringRef File, llvm::StringRef Root);
/// \p File relative to \p Root if it is below it, else absolute.
std::string shownPath(llvm::StringRef File, llvm::StringRef Root);

} // namespace async_tidy

#endif // ASYNC_TIDY_REPORT_SOURCE_H
