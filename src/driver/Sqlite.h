//===- Sqlite.h - SQLite's C interface, owned -----------------------------===//
//
// The only place that knows SQLite's C functions. Failures are values: the
// store decides what they mean.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_SQLITE_H
#define ASYNC_TIDY_DRIVER_SQLITE_H

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <memory>
#include <string>

struct sqlite3;
struct sqlite3_stmt;

namespace async_tidy::sqlite {

/// What became of a call.
enum class Outcome {
  Row,  ///< a row is there
  Done, ///< no more rows
  Busy, ///< another process has had it locked for too long
  Full, ///< nothing can be written: no space, no permission
  Bad,  ///< it is damaged, or no database
};

class Database;

/// A prepared statement, kept for many uses.
class Statement {
public:
  Statement(Database &In, llvm::StringRef Text);

  /// Begins anew, with the parameters `?1`, `?2` ... Texts must live until the
  /// next step.
  template <typename... Values> Statement &bind(const Values &...V) {
    reset();
    int Index = 0;
    (bindOne(++Index, V), ...);
    return *this;
  }
  /// Runs to the next row.
  Outcome step();
  /// Ends the reading of rows, without which others may wait.
  void reset();

  /// Of the row; nothing where a column has another type.
  int64_t number(int Column) const;
  llvm::StringRef bytes(int Column) const;

private:
  void bindOne(int Index, llvm::StringRef Value);
  void bindOne(int Index, int64_t Value);

  struct Finalise {
    void operator()(sqlite3_stmt *S) const;
  };
  std::unique_ptr<sqlite3_stmt, Finalise> Handle;
};

class Database {
public:
  /// Opens \p File, or creates it. `failed()` says if that did not work. With
  /// \p ReadOnly nothing is created or written, and nobody waited for.
  explicit Database(const std::string &File, bool ReadOnly = false);

  bool failed() const { return Failed; }
  /// Runs statements that give no rows.
  Outcome run(const char *Text);
  /// The first number that \p Text gives, or \p Default.
  int64_t ask(const char *Text, int64_t Default = 0);
  int64_t lastId() const;
  /// What SQLite says of the last failure.
  std::string message() const;

private:
  friend Statement;
  struct Close {
    void operator()(sqlite3 *DB) const;
  };
  std::unique_ptr<sqlite3, Close> Handle;
  bool Failed = false;
};

} // namespace async_tidy::sqlite

#endif // ASYNC_TIDY_DRIVER_SQLITE_H
