//===- Trace.h - What a parse looked at -----------------------------------===//
//
// A unit need not be parsed again while everything that its parse asked the
// file system is as it was: files that it read, and also names under which it
// found nothing. A header that appears earlier in the search, or that
// `__has_include` asks for, changes the unit without changing any file.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_TRACE_H
#define ASYNC_TIDY_DRIVER_TRACE_H

#include "driver/Digest.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <map>
#include <vector>

namespace async_tidy {

/// What a parse learned of a path.
enum class Looked {
  Absent,  ///< nothing is there
  Present, ///< a file is there, whatever it holds
  Folder,  ///< where a file was looked for
  Content, ///< a file was read
  Listing, ///< a folder was listed
};
constexpr Looked lastOf(Looked) { return Looked::Listing; }

/// One answer of the file system.
struct Input {
  /// Absolute, as it was asked for, and then as `encodeText` writes it: the
  /// project may be elsewhere when it is looked at again.
  std::string Path;
  Looked What = Looked::Absent;
  /// Of `Content` and `Listing` only.
  Digest Value;
  friend auto operator<=>(const Input &, const Input &) = default;
};

/// What a file with the text \p Text at \p Path is to a unit: facts also name
/// its real path \p Real. Where the project is, \p Root, is no part of it.
Digest contentDigest(llvm::StringRef Text, llvm::StringRef Path,
                     llvm::StringRef Real, llvm::StringRef Root);

/// What a listing of \p Path gives; none if it is no folder.
std::optional<Digest> listingDigest(llvm::vfs::FileSystem &Files,
                                    llvm::StringRef Path);

/// What facts call the files below the root that a parse reads.
struct FileNaming {
  /// As they were asked for, where a link leads to them too; else by their real
  /// path. In a sandbox of links the real paths are elsewhere.
  bool AsAsked = false;
  /// Folders, relative to the root, and what facts call them.
  std::vector<std::pair<std::string, std::string>> Renamed;

  /// What facts call the file with the real path \p Real that was asked for as
  /// \p Path, an absolute one.
  std::string nameOf(llvm::StringRef Path, llvm::StringRef Real,
                     llvm::StringRef Root) const;
};

/// The real file system, that keeps a record of what it is asked.
class TracingFileSystem : public llvm::vfs::ProxyFileSystem {
public:
  explicit TracingFileSystem(std::string Root, FileNaming Naming = {})
      : ProxyFileSystem(llvm::vfs::createPhysicalFileSystem()),
        Root(std::move(Root)), Naming(std::move(Naming)) {}

  llvm::ErrorOr<llvm::vfs::Status> status(const llvm::Twine &Path) override;
  bool exists(const llvm::Twine &Path) override;
  llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>>
  openFileForRead(const llvm::Twine &Path) override;
  llvm::vfs::directory_iterator dir_begin(const llvm::Twine &Folder,
                                          std::error_code &EC) override;

  /// From here on there is a file \p Path that nobody else sees, and that is
  /// no input. \p Text stays where it is.
  void provide(std::string Path, llvm::MemoryBufferRef Text) {
    Provided = {std::move(Path), Text};
  }

  /// Everything so far, sorted. A file that was read is not `Present`, too.
  std::vector<Input> inputs() const;

  void note(const llvm::Twine &Path, Looked What, Digest Value = {});
  const std::string &root() const { return Root; }
  const FileNaming &naming() const { return Naming; }

private:
  std::optional<llvm::vfs::Status> provided(const llvm::Twine &Path) const;

  std::string Root;
  FileNaming Naming;
  std::pair<std::string, llvm::MemoryBufferRef> Provided;
  std::map<std::pair<std::string, Looked>, Digest> Seen;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_TRACE_H
