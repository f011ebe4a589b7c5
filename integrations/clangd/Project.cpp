//===- Project.cpp - What the store knows of a program --------------------===//

#include "clangd/Project.h"
#include "driver/Session.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"

using namespace llvm;

namespace async_tidy::editor {

/// Programs of more functions are not linked at each stroke of a key; then a
/// unit is looked at with those that it reaches.
static constexpr size_t MostFunctions = 30000;

/// Whether files hold what the store says is not asked all the time.
static constexpr std::chrono::seconds Patience(2);

FileMark FileMark::of(const std::string &Path) {
  sys::fs::file_status S;
  if (sys::fs::status(Path, S))
    return {};
  return {S.getSize(), S.getUniqueID().getFile(), S.getLastModificationTime()};
}

static std::string logOf(const std::string &Store) { return Store + "-wal"; }

bool Project::read(const Digest &Writer) {
  const auto Before = latest();
  auto Now = std::make_shared<Snapshot>();
  const sys::TimePoint<> Start = std::chrono::system_clock::now();
  Now->ReadAt = Start;
  RunOptions Options;
  Options.BuildPath = Database;
  Options.StoreFile = StoreFile;
  Options.ReadAs = Writer;
  Expected<Session> S = openSession(std::move(Options));
  // Whatever is wrong with the project, its own commands say it.
  if (!S) {
    consumeError(S.takeError());
  } else {
    if (S->Kept) {
      Now->Store = S->Kept->file().str();
      Now->StoreMark = FileMark::of(Now->Store);
      Now->LogMark = FileMark::of(logOf(Now->Store));
    }
    const ShownScope Scope = shownScope(*S);
    Now->SourceRoot = Scope.SourceRoot;
    Now->BuildFolder = Scope.BuildFolder;
    Expected<ParsedUnits> Parsed = readFacts(*S, noProgress);
    if (!Parsed) {
      consumeError(Parsed.takeError());
    } else {
      for (size_t I = 0; I < Parsed->Units.size(); ++I) {
        TranslationUnitFacts &Unit = Parsed->Units[I];
        if (!is_contained(Parsed->Analysed, Unit.MainFile)) {
          Now->Missing.push_back(Unit.MainFile);
          continue;
        }
        KnownUnit Known;
        for (const StringRef Name : Unit.Files) {
          const std::string File = Name.str();
          FileMark Mark = FileMark::of(File);
          // Written while it was read: it may be a newer one.
          if (Mark.Written >= Start)
            Mark = {};
          Known.Files.emplace_back(File, Mark);
        }
        Known.Content = Parsed->Origins[I].Content;
        Known.Facts = std::make_shared<TranslationUnitFacts>(std::move(Unit));
        Now->Units.push_back(std::move(Known));
      }
    }
  }
  sort(Now->Missing);
  // The headers of a unit that was saved a moment ago still say the same.
  for (const KnownUnit &Old : Before->Units)
    if (is_contained(Now->Missing, Old.Facts->MainFile) &&
        none_of(Now->Units, [&](const KnownUnit &U) {
          return U.Facts->MainFile == Old.Facts->MainFile;
        }))
      Now->Units.push_back(Old);
  for (const KnownUnit &U : Now->Units)
    Now->Functions += U.Facts->Functions.size();
  if (Now->Functions > MostFunctions)
    for (unsigned I = 0; I < Now->Units.size(); ++I)
      for (const FunctionFacts &F : Now->Units[I].Facts->Functions) {
        Now->Definers[F.Id].push_back(I);
        for (const FunctionId &Base : F.Overrides)
          Now->Definers[Base].push_back(I);
      }
  const bool Same =
      Now->Missing == Before->Missing &&
      std::equal(Now->Units.begin(), Now->Units.end(), Before->Units.begin(),
                 Before->Units.end(), [](const auto &A, const auto &B) {
                   return A.Content == B.Content && A.Files == B.Files;
                 });
  const std::lock_guard Guard(Mutex);
  Latest = std::move(Now);
  return !Same;
}

std::shared_ptr<const Project::Snapshot> Project::latest() const {
  const std::lock_guard Guard(Mutex);
  return Latest;
}

namespace {

/// Looks at each file once.
class Marks {
public:
  bool holds(const std::pair<std::string, FileMark> &File) {
    const auto [It, New] = Seen.try_emplace(File.first);
    if (New)
      It->second = FileMark::of(File.first);
    return It->second == File.second && File.second != FileMark();
  }

private:
  StringMap<FileMark> Seen;
};

} // namespace

/// Adds what \p Stored, the same unit, says of headers: a reader that hurries
/// skips their bodies.
static void addHeaders(TranslationUnitFacts &Open,
                       const TranslationUnitFacts &Stored) {
  const auto Add = [&](auto &To, const auto &From, auto Key, auto IsOurs) {
    StringSet<> Known;
    for (const auto &Each : To)
      Known.insert(Key(Each));
    for (const auto &Each : From)
      if (IsOurs(Each) && !Known.contains(Key(Each)))
        To.push_back(Each);
  };
  const auto InHeader = [&](const auto &Each) {
    return Each.Where.File != Open.MainFile;
  };
  const auto Id = [](const auto &Each) -> StringRef { return Each.Id; };
  const auto Name = [](const auto &Each) -> StringRef { return Each.Name; };
  const auto All = [](const auto &) { return true; };
  Add(Open.Functions, Stored.Functions, Id, InHeader);
  Add(Open.Declarations, Stored.Declarations, Id, InHeader);
  Add(Open.Types, Stored.Types, Name, All);
  Add(Open.Awaitables, Stored.Awaitables, Name, All);
}

/// \p Unit without what stands in \p File.
static TranslationUnitFacts without(const TranslationUnitFacts &Unit,
                                    const std::string &File) {
  TranslationUnitFacts Rest = Unit;
  const auto Drop = [&](auto &From) {
    erase_if(From, [&](const auto &Each) { return Each.Where.File == File; });
  };
  if (!is_contained(Unit.Files, File))
    return Rest;
  Drop(Rest.Declarations), Drop(Rest.Directives);
  Rest.Functions = {};
  for (size_t I = 0; I != Unit.Functions.size(); ++I)
    if (Unit.Functions[I].Where.File != File)
      Rest.Functions.share(Unit.Functions.shared(I));
  return Rest;
}

bool Project::storeChanged() const {
  const auto Known = latest();
  return FileMark::of(Known->Store) != Known->StoreMark ||
         FileMark::of(logOf(Known->Store)) != Known->LogMark;
}

/// The units with what \p Open calls, and they, nearest first, as many as can
/// be linked.
std::vector<unsigned> Project::reachable(const Snapshot &From,
                                         const TranslationUnitFacts &Open) {
  std::vector<unsigned> Found;
  std::vector<bool> Seen(From.Units.size());
  size_t Functions = 0;
  const auto Visit = [&](StringRef Id) {
    const auto It = From.Definers.find(Id);
    if (It == From.Definers.end())
      return;
    for (unsigned Unit : It->second)
      if (!Seen[Unit] && Functions < MostFunctions) {
        Seen[Unit] = true;
        Found.push_back(Unit);
        Functions += From.Units[Unit].Facts->Functions.size();
      }
  };
  const auto VisitAll = [&](const TranslationUnitFacts &Unit) {
    for (const FunctionFacts &F : Unit.Functions)
      for (const CallSite &Call : F.Calls) {
        Visit(Call.Callee);
        for (const Value &V : Call.Arguments)
          Visit(V.Callable);
      }
  };
  for (unsigned Unit = 0; Unit < From.Units.size(); ++Unit)
    if (From.Units[Unit].Facts->MainFile == Open.MainFile)
      Seen[Unit] = true, Found.push_back(Unit);
  VisitAll(Open);
  for (size_t I = 0; I < Found.size(); ++I) // grows as it goes
    VisitAll(*From.Units[Found[I]].Facts);
  return Found;
}

Surroundings Project::around(TranslationUnitFacts &Open, bool &Outdated) const {
  const auto Known = latest();
  Surroundings Result;
  Result.NotOurs =
      !Known->SourceRoot.empty() &&
      async_tidy::Filter({}, Known->SourceRoot, Known->BuildFolder, false)
              .judge(Open.MainFile, /*IsMainFile=*/true, {}) ==
          Verdict::NotOurs;
  if (!sys::fs::exists(Known->Store)) {
    Outdated |= !Known->Units.empty();
    return Result;
  }
  Outdated |= storeChanged();
  const bool MayAsk =
      std::chrono::system_clock::now() - Known->ReadAt > Patience;
  Result.Whole =
      all_of(Known->Missing,
             [&](const std::string &File) { return File == Open.MainFile; }) &&
      !Known->Units.empty();
  Marks Now;
  const auto Add = [&](const KnownUnit &U) {
    const bool Own = U.Facts->MainFile == Open.MainFile;
    const bool Holds = all_of(U.Files, [&](const auto &File) {
      return (Own && File.first == Open.MainFile) || Now.holds(File);
    });
    if (!Holds) {
      Outdated |= MayAsk;
      Result.Whole = false;
    } else if (Own) {
      addHeaders(Open, *U.Facts);
    } else {
      Result.Units.push_back(without(*U.Facts, Open.MainFile));
    }
  };
  if (Known->Functions > MostFunctions) {
    Result.Whole = false;
    for (unsigned Unit : reachable(*Known, Open))
      Add(Known->Units[Unit]);
  } else {
    for (const KnownUnit &U : Known->Units)
      Add(U);
  }
  return Result;
}

std::vector<std::string> Project::readersOf(StringRef File) const {
  std::vector<std::string> Readers;
  for (const KnownUnit &U : latest()->Units)
    if (is_contained(U.Facts->Files, File) &&
        !is_contained(Readers, U.Facts->MainFile))
      Readers.push_back(U.Facts->MainFile);
  return Readers;
}

std::pair<size_t, size_t> Project::count() const {
  const auto Known = latest();
  size_t Missing = Known->Missing.size(), Units = Missing;
  for (const KnownUnit &U : Known->Units)
    Units += !is_contained(Known->Missing, U.Facts->MainFile);
  return {Units, Units - Missing};
}

} // namespace async_tidy::editor
