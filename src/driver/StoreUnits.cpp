//===- StoreUnits.cpp - Units in and out of the store ---------------------===//

#include "driver/StoreTables.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace async_tidy {

static RowSum sumOf(StringRef Key, StringRef Tool, StringRef Inputs,
                    StringRef Head, StringRef Content) {
  return RowSum()(Key)(Tool)(Inputs)(Head)(Content);
}

Outcome Store::Implementation::readFiles() {
  sqlite::Statement &Paths = statement("SELECT id, path FROM file");
  Outcome O;
  for (Paths.bind(); (O = Paths.step()) == Outcome::Row;) {
    const StringRef Path = Paths.bytes(1);
    if (FileIds.try_emplace(Path, Paths.number(0)).second)
      Files.emplace(Paths.number(0), FileState(absolute(Path)));
  }
  if (O != Outcome::Done)
    return O;
  sqlite::Statement &Stamps =
      statement("SELECT file, stamp, digest, sum FROM stamp");
  for (Stamps.bind(); (O = Stamps.step()) == Outcome::Row;) {
    const int64_t Id = Stamps.number(0);
    const auto It = Files.find(Id);
    const auto S = Stamp::fromBytes(Stamps.bytes(1));
    // The path is part of the sum: a stamp of another file would do harm.
    if (It == Files.end() || !S ||
        RowSum()(stored(It->second.path()))(Stamps.bytes(1))(Stamps.bytes(2)) !=
            Stamps.number(3))
      return Outcome::Bad;
    It->second.remember(*S, Digest::fromText(Stamps.bytes(2)));
  }
  return O;
}

Outcome Store::Implementation::readVersions() {
  sqlite::Statement &S =
      statement("SELECT id, file, what, digest, sum FROM version");
  Outcome O;
  for (S.bind(); (O = S.step()) == Outcome::Row;) {
    const int64_t Id = S.number(0);
    const auto It = Files.find(S.number(1));
    const auto What = static_cast<Looked>(S.number(2));
    const Digest Value = Digest::fromText(S.bytes(3));
    if (It == Files.end() || What > lastOf(What) ||
        RowSum()(Id)(stored(It->second.path()))(S.number(2))(S.bytes(3)) !=
            S.number(4))
      return Outcome::Bad;
    Versions[Id] = {&It->second, What, Value, std::nullopt};
    VersionIds[{S.number(1), What, Value}] = Id;
  }
  return O;
}

Outcome Store::Implementation::readTables() {
  Files.clear(), FileIds.clear(), Versions.clear(), VersionIds.clear();
  FunctionIds.clear(), Functions.clear();
  Generation = DB->ask("SELECT value FROM meta WHERE name = 'generation'", -1);
  if (Generation < 0)
    return Outcome::Bad;
  const Outcome O = readFiles();
  return O == Outcome::Done ? readVersions() : O;
}

std::optional<std::string> Store::Implementation::difference(StringRef Inputs) {
  const auto Ids = unpackNumbers(Inputs);
  if (!Ids)
    return std::nullopt;
  for (uint64_t Id : *Ids) {
    const auto It = Versions.find(Id);
    if (It == Versions.end())
      return std::nullopt;
    Version &V = It->second;
    if (!V.Holds)
      V.Holds = V.File->is(V.What, V.Value, Root);
    if (*V.Holds)
      continue;
    const std::string &Path = V.File->path();
    if (V.What == Looked::Absent)
      return Path + " exists now";
    return Path + (V.File->exists() ? " changed" : " is gone");
  }
  return "";
}

Outcome Store::Implementation::lookUp(const WantedUnit &Wanted, LookUp &Found,
                                      std::vector<int64_t> &Old) {
  sqlite::Statement &S =
      statement("SELECT id, tool, inputs, head, content, day, sum FROM unit "
                "WHERE key = ?1")
          .bind(Wanted.Key.text());
  Outcome O = S.step();
  if (O == Outcome::Done) {
    const std::string File = stored(Wanted.File);
    sqlite::Statement &Other =
        statement("SELECT 1 FROM unit WHERE file = ?1").bind(File);
    O = Other.step();
    Found.Reason = O == Outcome::Row ? "its command is another one"
                                     : "the store does not have it";
    Other.reset();
    return O == Outcome::Row ? Outcome::Done : O;
  }
  if (O != Outcome::Row)
    return O;
  KeptUnit Unit{S.number(0), S.bytes(3).str(), Digest::fromText(S.bytes(4))};
  O = Outcome::Done;
  if (sumOf(Wanted.Key.text(), S.bytes(1), S.bytes(2), S.bytes(3),
            S.bytes(4)) != S.number(6)) {
    O = Outcome::Bad;
  } else if (S.bytes(1) != Tool.text()) {
    Found.Reason = "another version of async-tidy parsed it";
  } else if (auto Why = difference(S.bytes(2)); !Why) {
    O = Outcome::Bad;
  } else if (Why->empty()) {
    if (S.number(5) != today())
      Old.push_back(Unit.Id);
    Found.Unit = std::move(Unit);
  } else {
    Found.Reason = std::move(*Why);
  }
  S.reset();
  return O;
}

/// What was learned of files: the next run need not read them.
Outcome Store::Implementation::writeNews() {
  Outcome O = Outcome::Done;
  for (auto &[Id, State] : Files) {
    const auto News = State.news();
    if (!News)
      continue;
    const std::string Bytes = News->first.bytes();
    O = statement("INSERT OR REPLACE INTO stamp VALUES (?1, ?2, ?3, ?4)")
            .bind(Id, Bytes, News->second.text(),
                  RowSum()(stored(State.path()))(Bytes)(News->second.text()))
            .step();
    if (O != Outcome::Done)
      break;
    State.forgetNews();
  }
  return O;
}

/// Another process may have swept away what we hold ids of.
Outcome Store::Implementation::checkGeneration() {
  if (DB->ask("SELECT value FROM meta WHERE name = 'generation'", -1) ==
      Generation)
    return Outcome::Done;
  return readTables();
}

std::vector<LookUp> Store::find(ArrayRef<WantedUnit> Units) {
  std::vector<LookUp> Result(Units.size());
  for (LookUp &L : Result)
    L.Reason = isOn() ? "the store does not have it" : "there is no store";
  if (!isOn())
    return Result;
  std::vector<int64_t> Old;
  Outcome O = Impl->DB->run("BEGIN"); // one state of the store for all
  if (O == Outcome::Done)
    O = Impl->readTables();
  for (size_t I = 0; I < Units.size() && O == Outcome::Done; ++I)
    O = Impl->lookUp(Units[I], Result[I], Old);
  if (O == Outcome::Done)
    O = Impl->DB->run("COMMIT");
  else
    Impl->DB->run("ROLLBACK");
  if (!Impl->good(O)) {
    for (LookUp &L : Result)
      L = {std::nullopt, "the store could not be read"};
    return Result;
  }
  const bool News = any_of(
      Impl->Files, [](const auto &F) { return F.second.news().has_value(); });
  if (News || !Old.empty())
    Impl->write([&] {
      Outcome Done = Impl->checkGeneration();
      if (Done == Outcome::Done)
        Done = Impl->writeNews();
      for (size_t I = 0; I < Old.size() && Done == Outcome::Done; ++I)
        Done = Impl->statement("UPDATE unit SET day = ?2 WHERE id = ?1")
                   .bind(Old[I], today())
                   .step();
      return Done;
    });
  return Result;
}

Outcome Store::Implementation::fileId(StringRef Stored, int64_t &Id) {
  if (const auto It = FileIds.find(Stored); It != FileIds.end()) {
    Id = It->second;
    return Outcome::Done;
  }
  sqlite::Statement &Insert =
      statement("INSERT INTO file (path) VALUES (?1) ON CONFLICT DO NOTHING")
          .bind(Stored);
  if (const Outcome O = Insert.step(); O != Outcome::Done)
    return O;
  sqlite::Statement &Select =
      statement("SELECT id FROM file WHERE path = ?1").bind(Stored);
  if (const Outcome O = Select.step(); O != Outcome::Row)
    return O == Outcome::Done ? Outcome::Bad : O;
  Id = Select.number(0);
  Select.reset();
  FileIds[Stored] = Id;
  Files.emplace(Id, FileState(absolute(Stored)));
  return Outcome::Done;
}

Outcome Store::Implementation::versionId(const Input &I, int64_t &Id) {
  int64_t File = 0;
  if (const Outcome O = fileId(I.Path, File); O != Outcome::Done)
    return O;
  int64_t &Known = VersionIds[{File, I.What, I.Value}];
  if (Known) {
    Id = Known;
    return Outcome::Done;
  }
  const auto What = static_cast<int64_t>(I.What);
  sqlite::Statement &Select =
      statement("SELECT id FROM version WHERE file = ?1 AND what = ?2 AND "
                "digest = ?3")
          .bind(File, What, I.Value.text());
  Outcome O = Select.step();
  if (O == Outcome::Row) {
    Id = Select.number(0);
    Select.reset();
  } else if (O == Outcome::Done) {
    O = statement("INSERT INTO version (file, what, digest) VALUES (?1, ?2, "
                  "?3)")
            .bind(File, What, I.Value.text())
            .step();
    if (O != Outcome::Done)
      return O;
    Id = DB->lastId();
    O = statement("UPDATE version SET sum = ?2 WHERE id = ?1")
            .bind(Id, RowSum()(Id)(I.Path)(What)(I.Value.text()))
            .step();
    if (O != Outcome::Done)
      return O;
  } else {
    return O;
  }
  Known = Id;
  Versions[Id] = {&Files.at(File), I.What, I.Value, std::nullopt};
  return Outcome::Done;
}

Outcome Store::Implementation::functionId(const SharedFunction &F,
                                          int64_t &Id) {
  const Digest &D = F.Id;
  if (const auto It = FunctionIds.find(D); It != FunctionIds.end()) {
    Id = It->second;
    return Outcome::Done;
  }
  Outcome O = statement("INSERT INTO function (digest, facts) VALUES (?1, ?2) "
                        "ON CONFLICT DO NOTHING")
                  .bind(D.text(), *F.Facts)
                  .step();
  if (O != Outcome::Done)
    return O;
  sqlite::Statement &Select =
      statement("SELECT id FROM function WHERE digest = ?1").bind(D.text());
  if (O = Select.step(); O != Outcome::Row)
    return O == Outcome::Done ? Outcome::Bad : O;
  Id = FunctionIds[D] = Select.number(0);
  Select.reset();
  return Outcome::Done;
}

Outcome Store::Implementation::putUnit(const WantedUnit &Unit,
                                       const ParsedUnit &Parsed) {
  std::vector<uint64_t> Inputs, Shared;
  for (const Input &I : Parsed.Inputs) {
    int64_t Id = 0;
    if (const Outcome O = versionId(I, Id); O != Outcome::Done)
      return O;
    Inputs.push_back(Id);
    if (I.What == Looked::Content)
      Versions[Id].File->look(Root);
  }
  for (const SharedFunction &F : Parsed.Unit.Shared) {
    int64_t Id = 0;
    if (const Outcome O = functionId(F, Id); O != Outcome::Done)
      return O;
    Shared.push_back(F.Position);
    Shared.push_back(Id);
  }
  const Digest Content = Parsed.Unit.digest();
  const std::string File = stored(Unit.File), Tool = toolDigest().text().str(),
                    In = packNumbers(Inputs), With = packNumbers(Shared);
  sqlite::Statement &Insert =
      statement("INSERT INTO unit (key, file, tool, day, inputs, head, "
                "content, sum) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) "
                "ON CONFLICT (key) DO UPDATE SET tool = ?3, day = ?4, "
                "inputs = ?5, head = ?6, content = ?7, sum = ?8 RETURNING id")
          .bind(Unit.Key.text(), File, Tool, today(), In, Parsed.Unit.Head,
                Content.text(),
                sumOf(Unit.Key.text(), Tool, In, Parsed.Unit.Head,
                      Content.text()));
  Outcome O = Insert.step();
  if (O != Outcome::Row)
    return O == Outcome::Done ? Outcome::Bad : O;
  const int64_t Id = Insert.number(0);
  while (O == Outcome::Row)
    O = Insert.step();
  if (O == Outcome::Done)
    O = statement("INSERT OR REPLACE INTO body VALUES (?1, ?2, ?3, ?4)")
            .bind(Id, Content.text(), With, Parsed.Unit.Body)
            .step();
  return O == Outcome::Done ? writeNews() : O;
}

void Store::put(const WantedUnit &Unit, const ParsedUnit &Parsed) {
  if (!isOn() || !Impl->Writes)
    return;
  const bool Kept = Impl->write([&] {
    const Outcome O = Impl->checkGeneration();
    return O == Outcome::Done ? Impl->putUnit(Unit, Parsed) : O;
  });
  if (!Kept) // ids that were given are given back
    Impl->Generation = -1;
}

Outcome Store::Implementation::load(const KeptUnit &Unit,
                                    std::optional<UnitRecord> &Found) {
  sqlite::Statement &S =
      statement("SELECT content, functions, facts FROM body WHERE unit = ?1")
          .bind(Unit.Id);
  Outcome O = S.step();
  if (O != Outcome::Row)
    return O;
  const bool Same = S.bytes(0) == Unit.Content.text();
  const auto Shared = unpackNumbers(S.bytes(1));
  UnitRecord R{Unit.Head, S.bytes(2).str(), {}};
  S.reset();
  if (!Same)
    return Outcome::Done; // somebody has parsed it again
  if (!Shared || Shared->size() % 2)
    return Outcome::Bad;
  for (size_t I = 0; I < Shared->size(); I += 2) {
    const int64_t Id = (*Shared)[I + 1];
    const auto [It, New] = Functions.try_emplace(Id);
    if (New) {
      sqlite::Statement &F =
          statement("SELECT facts FROM function WHERE id = ?1").bind(Id);
      if (O = F.step(); O != Outcome::Row)
        return O == Outcome::Done ? Outcome::Bad : O;
      auto Facts = std::make_shared<const std::string>(F.bytes(0).str());
      F.reset();
      const Digest D = digestOf(*Facts);
      It->second = {0, std::move(Facts), D};
    }
    R.Shared.push_back(It->second);
    R.Shared.back().Position = (*Shared)[I];
  }
  if (R.digest() != Unit.Content)
    return Outcome::Bad;
  Found = std::move(R);
  return Outcome::Done;
}

std::optional<UnitRecord> Store::load(const KeptUnit &Unit) {
  std::optional<UnitRecord> Found;
  if (isOn() && !Impl->good(Impl->load(Unit, Found)))
    Found.reset();
  return Found;
}

} // namespace async_tidy
