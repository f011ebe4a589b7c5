//===- FileStates.cpp - What files hold now -------------------------------===//

#include "driver/FileStates.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include <ctime>
#include <sys/stat.h>

using namespace llvm;

namespace async_tidy {

/// Clocks of file systems are coarse, FAT's two seconds.
static constexpr int64_t FreshNanoseconds = 3'000'000'000;

static int64_t nanoseconds(const timespec &T) {
  return int64_t(T.tv_sec) * 1'000'000'000 + T.tv_nsec;
}

static std::optional<struct stat> statOf(const std::string &Path) {
  struct stat S;
  if (::stat(Path.c_str(), &S))
    return std::nullopt;
  return S;
}

static Stamp stampOf(const struct stat &S) {
#ifdef __APPLE__
  const timespec Modified = S.st_mtimespec, Changed = S.st_ctimespec;
#else
  const timespec Modified = S.st_mtim, Changed = S.st_ctim;
#endif
  return {int64_t(S.st_size), nanoseconds(Modified), nanoseconds(Changed),
          int64_t(S.st_ino), int64_t(S.st_dev)};
}

std::string Stamp::bytes() const {
  std::string Out;
  for (int64_t N : {Size, Modified, Changed, Number, Device}) {
    char Buffer[sizeof N];
    support::endian::write64le(Buffer, N);
    Out.append(Buffer, sizeof N);
  }
  return Out;
}

std::optional<Stamp> Stamp::fromBytes(StringRef Bytes) {
  Stamp S;
  if (Bytes.size() != sizeof S)
    return std::nullopt;
  for (int64_t *N : {&S.Size, &S.Modified, &S.Changed, &S.Number, &S.Device}) {
    *N = support::endian::read64le(Bytes.data());
    Bytes = Bytes.drop_front(sizeof *N);
  }
  return S;
}

bool Stamp::isFresh() const {
  timespec Now;
  clock_gettime(CLOCK_REALTIME, &Now);
  return std::max(Modified, Changed) > nanoseconds(Now) - FreshNanoseconds;
}

void FileState::stat() {
  if (std::exchange(Asked, true))
    return;
  const auto S = statOf(Path);
  Exists = S.has_value();
  IsFolder = S && S_ISDIR(S->st_mode);
  Read = S && S_ISFIFO(S->st_mode); // nobody may write to it
  if (S)
    Now = stampOf(*S);
}

std::optional<Digest> FileState::content(StringRef Root) {
  stat();
  if (!Exists || IsFolder || std::exchange(Read, true))
    return Content;
  if (Known && Known->first == Now)
    return Content = Known->second;
  auto Text = MemoryBuffer::getFile(Path, /*IsText=*/false,
                                    /*RequiresNullTerminator=*/false,
                                    /*IsVolatile=*/true);
  if (!Text)
    return std::nullopt;
  SmallString<256> Real;
  if (sys::fs::real_path(Path, Real))
    return std::nullopt;
  Content = contentDigest((*Text)->getBuffer(), Path, Real, Root);
  // Written while it was read, or just before: not to be relied on.
  const auto After = statOf(Path);
  if (After && stampOf(*After) == Now && !Now.isFresh())
    New = {Now, *Content};
  return Content;
}

bool FileState::exists() {
  stat();
  return Exists;
}

bool FileState::is(Looked What, const Digest &Value, StringRef Root) {
  stat();
  switch (What) {
  case Looked::Absent:
    return !Exists;
  case Looked::Present:
    return Exists && !IsFolder;
  case Looked::Folder:
    return IsFolder;
  case Looked::Content:
    return content(Root) == Value;
  case Looked::Listing:
    return IsFolder && listingDigest(*vfs::getRealFileSystem(), Path) == Value;
  }
  return false;
}

} // namespace async_tidy
