//===- Store.cpp - Opening, losing and replacing the store ----------------===//

#include "driver/Store.h"
#include "driver/Filter.h"
#include "driver/Parse.h"
#include "driver/StoreTables.h"
#include "facts/Serialize.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <ctime>
#ifdef __linux__
#include <link.h>
#endif

using namespace llvm;

namespace async_tidy {

/// "asyt": tells our files from those of others.
static constexpr uint32_t ApplicationId = 0x61737974;
/// Raised when a table changes: the store of another layout is made anew.
static constexpr int64_t Layout = 1;

static constexpr char Schema[] = R"(
PRAGMA application_id = 1634957684;
PRAGMA user_version = 1;
CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER) WITHOUT ROWID;
INSERT INTO meta VALUES
  ('generation', 0), ('swept', strftime('%s', 'now') / 86400);
CREATE TABLE file (id INTEGER PRIMARY KEY AUTOINCREMENT, path BLOB UNIQUE);
CREATE TABLE stamp (file INTEGER PRIMARY KEY, stamp BLOB, digest BLOB,
                    sum INTEGER);
CREATE TABLE version (id INTEGER PRIMARY KEY AUTOINCREMENT, file INTEGER,
                      what INTEGER, digest BLOB, sum INTEGER,
                      UNIQUE (file, what, digest));
CREATE TABLE unit (id INTEGER PRIMARY KEY AUTOINCREMENT, key BLOB UNIQUE,
                   file BLOB, tool BLOB, day INTEGER, inputs BLOB, head BLOB,
                   content BLOB, sum INTEGER);
CREATE INDEX unit_file ON unit (file);
CREATE TABLE body (unit INTEGER PRIMARY KEY, content BLOB, functions BLOB,
                   facts BLOB);
CREATE TABLE function (id INTEGER PRIMARY KEY AUTOINCREMENT,
                       digest BLOB UNIQUE, facts BLOB);
CREATE TABLE result (id INTEGER PRIMARY KEY AUTOINCREMENT, key BLOB UNIQUE,
                     value BLOB, sum INTEGER);
)";
static_assert(ApplicationId == 1634957684);

/// SQLite keeps these next to the file.
static constexpr const char *Companions[] = {"", "-wal", "-shm", "-journal"};

int64_t today() { return std::time(nullptr) / (24 * 60 * 60); }

std::string packNumbers(ArrayRef<uint64_t> Numbers) {
  std::string Bytes;
  for (uint64_t N : Numbers) {
    uint8_t Buffer[10];
    Bytes.append(reinterpret_cast<char *>(Buffer), encodeULEB128(N, Buffer));
  }
  return Bytes;
}

std::optional<std::vector<uint64_t>> unpackNumbers(StringRef Bytes) {
  std::vector<uint64_t> Numbers;
  for (const uint8_t *Next = Bytes.bytes_begin(); Next != Bytes.bytes_end();) {
    unsigned Size = 0;
    const char *Why = nullptr;
    Numbers.push_back(decodeULEB128(Next, &Size, Bytes.bytes_end(), &Why));
    if (Why)
      return std::nullopt;
    Next += Size;
  }
  return Numbers;
}

Digest toolDigest() {
  static const Digest Tool = [] {
    Digester D;
    D(clangVersion())(factsSchema());
#ifdef __linux__
    // The linker's name for exactly this program and its libraries.
    dl_iterate_phdr(
        [](dl_phdr_info *Object, size_t, void *To) {
          for (const auto &Header :
               ArrayRef(Object->dlpi_phdr, Object->dlpi_phnum))
            if (Header.p_type == PT_NOTE &&
                (StringRef(Object->dlpi_name).empty() ||
                 StringRef(Object->dlpi_name).contains("clang") ||
                 StringRef(Object->dlpi_name).contains("async-tidy")))
              (*static_cast<Digester *>(To))(
                  StringRef(reinterpret_cast<const char *>(Object->dlpi_addr +
                                                           Header.p_vaddr),
                            Header.p_memsz));
          return 0;
        },
        &D);
#endif
    return D.digest();
  }();
  return Tool;
}

static std::string form() {
  return toHex(Digester()(clangVersion())(factsSchema()).digest().text());
}

std::string storeIdentity() {
  return toHex(toolDigest().text()) + " " + form();
}

std::optional<Digest> storeWriter(StringRef Identity) {
  const auto [Writer, Form] = Identity.trim().split(' ');
  std::string Bytes;
  if (Form != form() || !tryGetFromHex(Writer, Bytes))
    return std::nullopt;
  return Digest::fromText(Bytes);
}

std::string projectRoot(const CompileDatabase &Database) {
  const std::string Start = realPath(
      Database.path().empty() ? currentDirectory()
                              : sys::path::parent_path(Database.path()).str());
  for (StringRef Folder = Start; !sys::path::relative_path(Folder).empty();
       Folder = sys::path::parent_path(Folder))
    if (sys::fs::exists(Folder + "/.git"))
      return Folder.str();
  StringRef Common = Start;
  for (const CompileJob &Job : Database.jobs())
    while (!isBelow(Job.File, Common))
      Common = sys::path::parent_path(Common);
  // A unit from elsewhere does not make everything the project.
  return sys::path::relative_path(Common).contains('/') ? Common.str() : Start;
}

std::string defaultStore(StringRef Root) {
  SmallString<256> Folder;
  if (const char *Cache = std::getenv("XDG_CACHE_HOME");
      Cache && sys::path::is_absolute(Cache))
    Folder = Cache;
  else if (!sys::path::cache_directory(Folder))
    return {};
  std::string Name = sys::path::filename(Root).str() + "-";
  const Digest Id = digestOf(Root);
  for (uint8_t Byte : ArrayRef(Id.Bytes).take_front(8))
    (Name += hexdigit(Byte >> 4, true)) += hexdigit(Byte & 15, true);
  sys::path::append(Folder, "async-tidy", Name + ".sqlite");
  return std::string(Folder);
}

/// Whether the file is there and no store of ours. It is asked without SQLite,
/// which would touch a database of somebody else's.
bool Store::Implementation::isForeign() {
  // What a journal says comes first: the file may be half written.
  if (sys::fs::exists(File + "-journal"))
    return false;
  auto Header = MemoryBuffer::getFileSlice(File, 100, 0);
  if (!Header || (*Header)->getBufferSize() == 0)
    return false;
  const StringRef Text = (*Header)->getBuffer();
  return Text.size() < 100 ||
         !Text.starts_with(StringRef("SQLite format 3\0", 16)) ||
         support::endian::read32be(Text.data() + 68) != ApplicationId;
}

/// Makes the tables, if no other process has meanwhile.
Outcome Store::Implementation::create() {
  Outcome O = DB->run("BEGIN IMMEDIATE");
  if (O != Outcome::Done)
    return O;
  if (DB->ask("PRAGMA user_version") == 0)
    O = DB->run(Schema);
  if (O == Outcome::Done)
    O = DB->run("COMMIT");
  if (O != Outcome::Done)
    DB->run("ROLLBACK");
  return O;
}

void Store::Implementation::open() {
  if (std::error_code EC =
          sys::fs::create_directories(sys::path::parent_path(File)))
    return note("cannot be in " + sys::path::parent_path(File).str() + ": " +
                EC.message() + "; the run goes on without it");
  if (sys::fs::exists(File) && !sys::fs::is_regular_file(File))
    return note(File + " is no file; the run goes on without it");
  if (isForeign())
    return setAside("is no store of async-tidy's");
  DB = std::make_unique<sqlite::Database>(File);
  if (DB->failed()) {
    note(File + " cannot be opened: " + DB->message() +
         "; the run goes on without it");
    return close();
  }
  if (DB->ask("PRAGMA page_count") > 0 &&
      DB->ask("PRAGMA application_id") != ApplicationId)
    return setAside("is no store of async-tidy's");
  const int64_t Version = DB->ask("PRAGMA user_version", -1);
  if (Version > 0 && Version != Layout) {
    note(File + " is of another version of async-tidy and is made anew");
    close();
    for (const char *Companion : Companions)
      sys::fs::remove(File + Companion);
    DB = std::make_unique<sqlite::Database>(File);
  }
  if (Version != Layout && !good(create())) {
    if (!Writes)
      close();
    return;
  }
  // Readers do not wait for writers. Some file systems cannot do that, then it
  // stays as it is.
  DB->run("PRAGMA journal_mode = WAL");
  DB->run("PRAGMA synchronous = NORMAL");
}

void Store::Implementation::openToRead() {
  if (!sys::fs::is_regular_file(File) || isForeign())
    return;
  DB = std::make_unique<sqlite::Database>(File, /*ReadOnly=*/true);
  if (DB->failed() || DB->ask("PRAGMA application_id") != ApplicationId ||
      DB->ask("PRAGMA user_version", -1) != Layout)
    close();
}

void Store::Implementation::close() {
  Statements.clear();
  DB.reset();
  Files.clear(), FileIds.clear(), Versions.clear(), VersionIds.clear();
  FunctionIds.clear(), Functions.clear();
  Generation = -1;
}

void Store::Implementation::setAside(const std::string &Why) {
  close();
  std::string To = File + ".set-aside";
  for (unsigned N = 2; sys::fs::exists(To); ++N)
    To = File + ".set-aside-" + std::to_string(N);
  if (SetAside)
    return note(File + " " + Why + "; the run goes on without it");
  SetAside = true;
  if (std::error_code EC = sys::fs::rename(File, To))
    return note(File + " " + Why + ", and cannot be moved: " + EC.message() +
                "; the run goes on without it");
  for (const char *Companion : ArrayRef(Companions).drop_front())
    sys::fs::rename(File + Companion, To + Companion);
  note(File + " " + Why + ": it is now " + To + ", and a new one is made");
  open();
}

bool Store::Implementation::good(Outcome O) {
  switch (O) {
  case Outcome::Row:
  case Outcome::Done:
    return true;
  case Outcome::Bad:
    if (ReadOnly) {
      close();
      return false;
    }
    setAside("is damaged (" + DB->message() + ")");
    return false;
  case Outcome::Busy:
    note(File + " is in use by another process; the run goes on without it");
    break;
  case Outcome::Full:
    note(File + " cannot be written: " + DB->message() +
         "; the run goes on without it");
    break;
  }
  Writes = false;
  return false;
}

sqlite::Statement &Store::Implementation::statement(const char *Text) {
  const auto It = Statements.find(Text);
  if (It != Statements.end())
    return It->second;
  return Statements.emplace(Text, sqlite::Statement(*DB, Text)).first->second;
}

bool Store::Implementation::write(function_ref<Outcome()> Do) {
  if (!DB || !Writes)
    return false;
  Outcome O = DB->run("BEGIN IMMEDIATE");
  if (O != Outcome::Done)
    return good(O);
  O = Do();
  if (O == Outcome::Done)
    O = DB->run("COMMIT");
  HasWritten = true;
  if (O == Outcome::Done)
    return true;
  good(O);
  if (DB)
    DB->run("ROLLBACK");
  return false;
}

Store::Store(std::string File, std::string Root)
    : Impl(std::make_unique<Implementation>()) {
  Impl->File = std::move(File);
  Impl->Root = Root == "/" ? "" : std::move(Root);
  if (!Impl->File.empty())
    Impl->open();
}

Store::Store(std::string File, std::string Root, const Digest &Writer)
    : Impl(std::make_unique<Implementation>()) {
  Impl->File = std::move(File);
  Impl->Root = Root == "/" ? "" : std::move(Root);
  Impl->Tool = Writer;
  Impl->ReadOnly = true;
  Impl->Writes = false;
  Impl->openToRead();
}

Store::~Store() {
  if (Impl->DB && Impl->HasWritten)
    Impl->sweep();
}

bool Store::isOn() const { return Impl->DB != nullptr; }
StringRef Store::file() const { return Impl->File; }
StringRef Store::root() const { return Impl->Root; }

std::vector<std::string> Store::takeNotes() {
  return std::exchange(Impl->Notes, {});
}

std::optional<std::string> Store::result(const Digest &Key) {
  if (!Impl->DB)
    return std::nullopt;
  sqlite::Statement &S =
      Impl->statement("SELECT value, sum FROM result WHERE key = ?1")
          .bind(Key.text());
  const Outcome O = S.step();
  if (O == Outcome::Done)
    return std::nullopt;
  if (O != Outcome::Row) {
    Impl->good(O);
    return std::nullopt;
  }
  std::string Value = S.bytes(0).str();
  const bool Whole = RowSum()(Key.text())(Value) == S.number(1);
  S.reset();
  if (Whole)
    return Value;
  Impl->good(Outcome::Bad);
  return std::nullopt;
}

void Store::putResult(const Digest &Key, StringRef Value) {
  // Runs of many configurations may take turns; edits leave old ones behind.
  constexpr int64_t MostResults = 64;
  Impl->write([&] {
    const Outcome O =
        Impl->statement("INSERT OR REPLACE INTO result (key, value, sum) "
                        "VALUES (?1, ?2, ?3)")
            .bind(Key.text(), Value, RowSum()(Key.text())(Value))
            .step();
    return O != Outcome::Done
               ? O
               : Impl->statement("DELETE FROM result WHERE id <= ?1")
                     .bind(Impl->DB->lastId() - MostResults)
                     .step();
  });
}

} // namespace async_tidy
