//===- Store.h - What earlier runs found out ------------------------------===//
//
// One SQLite file keeps the facts of units with everything that they depend on,
// and the findings of whole runs (docs/design/store.md). It only ever saves
// work: whatever is wrong with it, a run without it says the same.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_STORE_H
#define ASYNC_TIDY_DRIVER_STORE_H

#include "driver/CompileDatabase.h"
#include "driver/Worker.h"
#include "llvm/ADT/ArrayRef.h"
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace async_tidy {

/// A unit that somebody wants to know of.
struct WantedUnit {
  Digest Key;       ///< of the command and all that goes with it
  std::string File; ///< its main file
};

/// What the store has of a unit.
struct KeptUnit {
  int64_t Id = 0; ///< for `load`
  std::string Head;
  Digest Content; ///< `UnitRecord::digest`
};

struct LookUp {
  std::optional<KeptUnit> Unit;
  /// Why the unit must be parsed, if it must: `lib/x.h changed`.
  std::string Reason;
};

class Store {
public:
  /// Opens \p File for the project below \p Root, or creates it. What is no
  /// store, or a damaged one, is moved out of the way; if the file cannot be
  /// used, the store is off: it has nothing and keeps nothing.
  Store(std::string File, std::string Root);
  /// Opens \p File to read what the program called \p Writer (`toolDigest`)
  /// has kept, if it is there and whole. Nothing is written, moved or waited
  /// for.
  Store(std::string File, std::string Root, const Digest &Writer);
  ~Store();

  bool isOn() const;
  llvm::StringRef file() const;
  llvm::StringRef root() const;
  /// What the user should know of the store, since the last call.
  std::vector<std::string> takeNotes();

  /// Looks up units; those that are found are as a parse would give them now.
  std::vector<LookUp> find(llvm::ArrayRef<WantedUnit> Units);
  /// The facts of \p Unit; none if they are gone since it was found.
  std::optional<UnitRecord> load(const KeptUnit &Unit);
  /// Keeps a unit: all of it or, if that does not work, nothing.
  void put(const WantedUnit &Unit, const ParsedUnit &Parsed);

  /// What was kept under \p Key: the findings of a run.
  std::optional<std::string> result(const Digest &Key);
  void putResult(const Digest &Key, llvm::StringRef Value);

  struct Implementation;

private:
  std::unique_ptr<Implementation> Impl;
};

/// Identifies the program that runs: another build may extract other facts.
Digest toolDigest();
/// `toolDigest` in words for another program, and what its facts look like.
std::string storeIdentity();
/// The `toolDigest` in the \p Identity of another program, if this one reads
/// the facts that it keeps.
std::optional<Digest> storeWriter(llvm::StringRef Identity);

/// The folder that paths are relative to: the nearest one at or above that of
/// the compile database with a `.git`, else the one that holds all of
/// \p Database.
std::string projectRoot(const CompileDatabase &Database);

/// Where the store of the project below \p Root is if nobody says otherwise:
/// in `$XDG_CACHE_HOME/async-tidy` or `~/.cache/async-tidy`. Empty if there is
/// no such folder.
std::string defaultStore(llvm::StringRef Root);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_STORE_H
