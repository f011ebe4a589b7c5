//===- Sqlite.cpp - SQLite's C interface, owned ---------------------------===//

#include "driver/Sqlite.h"
#include <sqlite3.h>

namespace async_tidy::sqlite {

/// How long to wait for another process: no transaction of ours takes long.
static constexpr int BusyMilliseconds = 10000;

void Database::Close::operator()(sqlite3 *DB) const { sqlite3_close_v2(DB); }
void Statement::Finalise::operator()(sqlite3_stmt *S) const {
  sqlite3_finalize(S);
}

static Outcome outcome(int Code) {
  switch (Code & 0xff) {
  case SQLITE_ROW:
    return Outcome::Row;
  case SQLITE_OK:
  case SQLITE_DONE:
    return Outcome::Done;
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return Outcome::Busy;
  case SQLITE_FULL:
  case SQLITE_READONLY:
  case SQLITE_CANTOPEN:
  case SQLITE_PERM:
  case SQLITE_IOERR:
  case SQLITE_NOMEM:
    return Outcome::Full;
  default:
    return Outcome::Bad;
  }
}

Database::Database(const std::string &File, bool ReadOnly) {
  sqlite3 *DB = nullptr;
  const int Access = ReadOnly ? SQLITE_OPEN_READONLY
                              : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  Failed = sqlite3_open_v2(File.c_str(), &DB, Access | SQLITE_OPEN_NOMUTEX,
                           nullptr) != SQLITE_OK;
  Handle.reset(DB);
  if (Failed)
    return;
  sqlite3_busy_timeout(DB, ReadOnly ? 0 : BusyMilliseconds);
  // Whoever wrote the file may have written views, triggers and functions.
  sqlite3_db_config(DB, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(DB, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(DB, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_db_config(DB, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
}

Outcome Database::run(const char *Text) {
  return outcome(sqlite3_exec(Handle.get(), Text, nullptr, nullptr, nullptr));
}

int64_t Database::ask(const char *Text, int64_t Default) {
  Statement S(*this, Text);
  return S.step() == Outcome::Row ? S.number(0) : Default;
}

int64_t Database::lastId() const {
  return sqlite3_last_insert_rowid(Handle.get());
}

std::string Database::message() const {
  return Handle ? sqlite3_errmsg(Handle.get()) : "no memory";
}

Statement::Statement(Database &In, llvm::StringRef Text) {
  sqlite3_stmt *S = nullptr;
  if (In.Handle)
    sqlite3_prepare_v3(In.Handle.get(), Text.data(), Text.size(),
                       SQLITE_PREPARE_PERSISTENT, &S, nullptr);
  Handle.reset(S);
}

void Statement::reset() {
  if (Handle)
    sqlite3_reset(Handle.get());
}

Outcome Statement::step() {
  // A statement that could not be prepared: the tables are not what they were.
  if (!Handle)
    return Outcome::Bad;
  sqlite3 *DB = sqlite3_db_handle(Handle.get());
  const int Code = sqlite3_step(Handle.get());
  if (Code == SQLITE_ROW)
    return Outcome::Row;
  const int Why = Code == SQLITE_DONE ? Code : sqlite3_extended_errcode(DB);
  sqlite3_reset(Handle.get());
  return outcome(Why);
}

int64_t Statement::number(int Column) const {
  return sqlite3_column_int64(Handle.get(), Column);
}

llvm::StringRef Statement::bytes(int Column) const {
  const void *Data = sqlite3_column_blob(Handle.get(), Column);
  return {static_cast<const char *>(Data),
          size_t(sqlite3_column_bytes(Handle.get(), Column))};
}

void Statement::bindOne(int Index, llvm::StringRef Value) {
  // An empty text is not nothing.
  if (Handle)
    sqlite3_bind_blob(Handle.get(), Index, Value.empty() ? "" : Value.data(),
                      Value.size(), SQLITE_STATIC);
}

void Statement::bindOne(int Index, int64_t Value) {
  if (Handle)
    sqlite3_bind_int64(Handle.get(), Index, Value);
}

} // namespace async_tidy::sqlite
