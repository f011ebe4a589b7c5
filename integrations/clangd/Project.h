//===- Project.h - What the store knows of a program ----------------------===//
//
// The facts of all units of one compile database, as far as the store has them
// and they still hold. The editor's own unit is looked at together with them.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_INTEGRATIONS_CLANGD_PROJECT_H
#define ASYNC_TIDY_INTEGRATIONS_CLANGD_PROJECT_H

#include "clang-tidy/Host.h"
#include "driver/Digest.h"
#include "llvm/Support/Chrono.h"
#include <memory>
#include <mutex>

namespace async_tidy::editor {

/// What tells that a file is another one than before.
struct FileMark {
  uint64_t Size = 0, Number = 0;
  llvm::sys::TimePoint<> Written;
  static FileMark of(const std::string &Path);
  friend bool operator==(const FileMark &, const FileMark &) = default;
};

/// A unit as the store has it.
struct KnownUnit {
  std::shared_ptr<const TranslationUnitFacts> Facts;
  Digest Content;
  std::vector<std::pair<std::string, FileMark>> Files;
};

class Project {
public:
  /// Of the compile database \p Database; with \p StoreFile empty, the store is
  /// where stores are.
  Project(std::string Database, std::string StoreFile)
      : Database(std::move(Database)), StoreFile(std::move(StoreFile)) {}

  const std::string &database() const { return Database; }
  const std::string &storeFile() const { return StoreFile; }

  /// Reads what the program \p Writer has kept. Says whether that is anything
  /// else than before. It takes time and is called on one thread.
  bool read(const Digest &Writer);

  /// Somebody has written to the store since it was read.
  bool storeChanged() const;

  /// `Host::Around`, of what was read last; on any thread. \p Outdated is set
  /// if that should be read again.
  Surroundings around(TranslationUnitFacts &Open, bool &Outdated) const;

  /// The main files of the units that read \p File.
  std::vector<std::string> readersOf(llvm::StringRef File) const;

  /// How many units there are, and how many of them are known.
  std::pair<size_t, size_t> count() const;

private:
  struct Snapshot {
    std::vector<KnownUnit> Units;
    std::vector<std::string> Missing; ///< main files, sorted
    std::string Store;                ///< the file, and its state
    FileMark StoreMark, LogMark;
    llvm::sys::TimePoint<> ReadAt;
  };
  std::shared_ptr<const Snapshot> latest() const;

  const std::string Database, StoreFile;
  mutable std::mutex Mutex;
  std::shared_ptr<const Snapshot> Latest = std::make_shared<Snapshot>();
};

} // namespace async_tidy::editor

#endif // ASYNC_TIDY_INTEGRATIONS_CLANGD_PROJECT_H
