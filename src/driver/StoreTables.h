//===- StoreTables.h - What the store is made of --------------------------===//
//
// Known to Store.cpp, StoreUnits.cpp and StoreSweep.cpp only. The tables:
//
//   file      a path, once
//   stamp     what a file looked like when it held which content
//   version   a file as some parse found it: its content, or that it is absent
//   unit      a parse: its command, the versions it saw, how it went
//   body      its facts, and which functions of headers go with them
//   function  the facts of a function of a header, once for all units
//   result    the findings of a run
//
// SQLite does not notice a changed byte, so rows have checksums (`sum`) or are
// found by their digests.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_STORETABLES_H
#define ASYNC_TIDY_DRIVER_STORETABLES_H

#include "driver/FileStates.h"
#include "driver/Sqlite.h"
#include "driver/Store.h"
#include "facts/Bytes.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/xxhash.h"
#include <map>

namespace async_tidy {

using sqlite::Outcome;

/// A checksum of the fields of a row.
class RowSum {
public:
  RowSum &operator()(int64_t Number) {
    Bytes.append(reinterpret_cast<const char *>(&Number), sizeof Number);
    return *this;
  }
  RowSum &operator()(llvm::StringRef Text) {
    (*this)(int64_t(Text.size()));
    Bytes += Text;
    return *this;
  }
  operator int64_t() const { return int64_t(llvm::xxh3_64bits(Bytes)); }

private:
  std::string Bytes;
};

/// A list of numbers in one column.
std::string packNumbers(llvm::ArrayRef<uint64_t> Numbers);
std::optional<std::vector<uint64_t>> unpackNumbers(llvm::StringRef Bytes);

/// Days since 1970: how long ago something was used.
int64_t today();

struct Store::Implementation {
  /// What a version says of its file.
  struct Version {
    FileState *File = nullptr;
    Looked What = Looked::Absent;
    Digest Value;
    std::optional<bool> Holds; ///< looked at, once in a run
  };

  std::string File, Root;
  std::unique_ptr<sqlite::Database> DB;
  std::map<const char *, sqlite::Statement> Statements;
  std::vector<std::string> Notes;
  Digest Tool = toolDigest(); ///< whose units count
  bool ReadOnly = false;
  bool Writes = true;    ///< until writing fails
  bool SetAside = false; ///< once is enough
  bool HasWritten = false;

  /// Tables in memory. Ids are those of `Generation`.
  int64_t Generation = -1;
  std::map<int64_t, FileState> Files;
  llvm::StringMap<int64_t> FileIds; ///< by the path as it is stored
  std::map<int64_t, Version> Versions;
  std::map<std::tuple<int64_t, Looked, Digest>, int64_t> VersionIds;
  std::map<Digest, int64_t> FunctionIds;
  llvm::DenseMap<int64_t, SharedFunction> Functions; ///< those that were read

  // Store.cpp
  void open();
  void openToRead();
  void close();
  bool isForeign();
  Outcome create();
  /// A statement, prepared once. \p Text is a literal.
  sqlite::Statement &statement(const char *Text);
  /// Deals with anything but success: says so, and goes on without the file or
  /// with a new one. False if \p O is a failure.
  bool good(Outcome O);
  void setAside(const std::string &Why);
  void note(const std::string &Text) { Notes.push_back("the store " + Text); }
  /// Runs \p Do in a transaction that writes; all of it happens or nothing.
  bool write(llvm::function_ref<Outcome()> Do);
  std::string absolute(llvm::StringRef Stored) const {
    return decodeText(Stored, {Root, {}});
  }
  std::string stored(llvm::StringRef Path) const {
    return encodeText(Path, {Root, {}});
  }

  // StoreUnits.cpp
  Outcome readTables();
  Outcome readFiles();
  Outcome readVersions();
  Outcome lookUp(const WantedUnit &Wanted, LookUp &Found,
                 std::vector<int64_t> &Old);
  /// Why the versions \p Inputs are not what is there now; empty if they are.
  /// None if there are no such versions.
  std::optional<std::string> difference(llvm::StringRef Inputs);
  Outcome writeNews();
  Outcome checkGeneration();
  Outcome fileId(llvm::StringRef Stored, int64_t &Id);
  Outcome versionId(const Input &I, int64_t &Id);
  Outcome functionId(const SharedFunction &F, int64_t &Id);
  Outcome putUnit(const WantedUnit &Unit, const ParsedUnit &Parsed);
  Outcome load(const KeptUnit &Unit, std::optional<UnitRecord> &Found);

  // StoreSweep.cpp
  /// Forgets what was not used for long.
  void sweep();
};

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_STORETABLES_H
