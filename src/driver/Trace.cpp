//===- Trace.cpp - What a parse looked at ---------------------------------===//

#include "driver/Trace.h"
#include "driver/Filter.h"
#include "facts/Bytes.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace async_tidy {

Digest contentDigest(StringRef Text, StringRef Path, StringRef Real,
                     StringRef Root) {
  const Digest Content = digestOf(Text);
  if (Real.empty() || Real == Path)
    return Content;
  return Digester()(Content)(encodeText(Real, {Root.str(), {}})).digest();
}

std::optional<Digest> listingDigest(vfs::FileSystem &Files, StringRef Path) {
  std::vector<std::string> Names;
  std::error_code EC;
  for (vfs::directory_iterator I = Files.dir_begin(Path, EC), End;
       !EC && I != End; I.increment(EC))
    Names.push_back(sys::path::filename(I->path()).str());
  if (EC)
    return std::nullopt;
  sort(Names);
  Digester D;
  for (const std::string &Name : Names)
    D(Name);
  return D.digest();
}

std::string FileNaming::nameOf(StringRef Path, StringRef Real,
                               StringRef Root) const {
  const std::string Asked = absolutePath(Path, Root);
  std::string Name = AsAsked && isBelow(Asked, Root) ? Asked : Real.str();
  for (const auto &[From, To] : reverse(Renamed)) // as Clang's: the last counts
    if (const std::string Folder = absolutePath(From, Root);
        isBelow(Name, Folder))
      return absolutePath(To + Name.substr(Folder.size()), Root);
  return Name;
}

namespace {

/// Keeps a record of the text that was read, which may not be the one that a
/// later look would find.
class TracedFile : public vfs::File {
public:
  TracedFile(std::unique_ptr<vfs::File> F, std::string Path,
             TracingFileSystem &To)
      : F(std::move(F)), Path(std::move(Path)), To(To) {}

  ErrorOr<vfs::Status> status() override { return F->status(); }
  ErrorOr<std::string> getName() override {
    ErrorOr<std::string> Real = F->getName();
    return Real ? To.naming().nameOf(Path, *Real, To.root()) : Real;
  }
  ErrorOr<std::unique_ptr<MemoryBuffer>> getBuffer(const Twine &Name,
                                                   int64_t Size,
                                                   bool NullTerminated,
                                                   bool IsVolatile) override {
    auto Text = F->getBuffer(Name, Size, NullTerminated, IsVolatile);
    if (Text) {
      const ErrorOr<std::string> Real = F->getName();
      To.note(Path, Looked::Content,
              contentDigest((*Text)->getBuffer(), Path,
                            Real ? StringRef(*Real) : StringRef(), To.root()));
    }
    return Text;
  }
  std::error_code close() override { return F->close(); }

private:
  std::unique_ptr<vfs::File> F;
  std::string Path;
  TracingFileSystem &To;
};

std::string absolute(const vfs::FileSystem &Files, const Twine &Path) {
  SmallString<256> Result;
  Path.toVector(Result);
  (void)Files.makeAbsolute(Result);
  return std::string(Result);
}

} // namespace

void TracingFileSystem::note(const Twine &Path, Looked What, Digest Value) {
  Seen[{absolute(*this, Path), What}] = Value;
}

/// A file that is in memory only.
class ProvidedFile : public vfs::File {
public:
  ProvidedFile(vfs::Status S, MemoryBufferRef Text)
      : S(std::move(S)), Text(Text) {}
  ErrorOr<vfs::Status> status() override { return S; }
  ErrorOr<std::unique_ptr<MemoryBuffer>>
  getBuffer(const Twine &, int64_t, bool NullTerminated, bool) override {
    return MemoryBuffer::getMemBuffer(Text, NullTerminated);
  }
  std::error_code close() override { return {}; }

private:
  vfs::Status S;
  MemoryBufferRef Text;
};

std::optional<vfs::Status>
TracingFileSystem::provided(const Twine &Path) const {
  SmallString<256> Storage;
  const StringRef Name = Path.toStringRef(Storage);
  if (Provided.first.empty() || Name != Provided.first)
    return std::nullopt;
  // No device has this number.
  return vfs::Status(Name, sys::fs::UniqueID(UINT64_MAX, 0), {}, 0, 0,
                     Provided.second.getBufferSize(),
                     sys::fs::file_type::regular_file,
                     sys::fs::perms::all_read);
}

ErrorOr<vfs::Status> TracingFileSystem::status(const Twine &Path) {
  if (auto S = provided(Path))
    return *S;
  auto S = ProxyFileSystem::status(Path);
  if (!S)
    note(Path, Looked::Absent);
  else if (!S->isDirectory())
    note(Path, Looked::Present);
  return S;
}

bool TracingFileSystem::exists(const Twine &Path) { return bool(status(Path)); }

ErrorOr<std::unique_ptr<vfs::File>>
TracingFileSystem::openFileForRead(const Twine &Path) {
  if (auto S = provided(Path))
    return std::make_unique<ProvidedFile>(*S, Provided.second);
  auto F = ProxyFileSystem::openFileForRead(Path);
  if (!F) {
    // A folder cannot be opened, a file that nobody may read is there.
    auto S = ProxyFileSystem::status(Path);
    note(Path, !S                 ? Looked::Absent
               : S->isDirectory() ? Looked::Folder
                                  : Looked::Present);
    return F;
  }
  auto S = (*F)->status();
  note(Path, S && S->isDirectory() ? Looked::Folder : Looked::Present);
  return std::make_unique<TracedFile>(std::move(*F), absolute(*this, Path),
                                      *this);
}

vfs::directory_iterator TracingFileSystem::dir_begin(const Twine &Folder,
                                                     std::error_code &EC) {
  const std::string Path = absolute(*this, Folder);
  if (const auto Names = listingDigest(getUnderlyingFS(), Path))
    note(Path, Looked::Listing, *Names);
  else
    note(Path, Looked::Absent);
  return ProxyFileSystem::dir_begin(Folder, EC);
}

std::vector<Input> TracingFileSystem::inputs() const {
  std::vector<Input> Result;
  for (const auto &[Key, Value] : Seen)
    if (Key.second != Looked::Present ||
        !Seen.count({Key.first, Looked::Content}))
      Result.push_back({encodeText(Key.first, {Root, {}}), Key.second, Value});
  return Result;
}

} // namespace async_tidy
