//===- FileStates.h - What files hold now ---------------------------------===//
//
// Answers whether a path is still as a parse found it. To read every header for
// that would take as long as parsing some of the units: a file whose size,
// times and number are those of the last look holds the same.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_FILESTATES_H
#define ASYNC_TIDY_DRIVER_FILESTATES_H

#include "driver/Trace.h"
#include <optional>
#include <string>

namespace async_tidy {

/// What the file system says of a file without reading it.
struct Stamp {
  int64_t Size = 0, Modified = 0, Changed = 0, Number = 0, Device = 0;

  std::string bytes() const;
  static std::optional<Stamp> fromBytes(llvm::StringRef Bytes);
  /// The file was written so recently that it may be written again and look the
  /// same: its text says more.
  bool isFresh() const;
  friend bool operator==(const Stamp &, const Stamp &) = default;
};

/// One path, looked at once in a run.
class FileState {
public:
  FileState(std::string Path) : Path(std::move(Path)) {}

  /// What was seen last time, to save reading the file.
  void remember(Stamp S, Digest D) { Known = {S, D}; }

  /// The path is as \p What and \p Value say. \p Root is the project's folder.
  bool is(Looked What, const Digest &Value, llvm::StringRef Root);
  bool exists();
  /// Reads the file, if it was not looked at before, so that the next run need
  /// not.
  void look(llvm::StringRef Root) { content(Root); }

  /// What to remember for the next run, if that is something new.
  std::optional<std::pair<Stamp, Digest>> news() const { return New; }
  void forgetNews() { New.reset(); }

  const std::string &path() const { return Path; }

private:
  void stat();
  std::optional<Digest> content(llvm::StringRef Root);

  std::string Path;
  std::optional<std::pair<Stamp, Digest>> Known, New;
  bool Asked = false, Read = false;
  bool Exists = false, IsFolder = false;
  Stamp Now;
  std::optional<Digest> Content;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_FILESTATES_H
