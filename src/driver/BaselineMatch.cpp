//===- BaselineMatch.cpp - Which finding is an accepted one ---------------===//
//
// A fingerprint alone says how many equal findings are accepted, and not which
// ones: a new one before an old one takes its ordinal. So entries and findings
// of one rule, function and subject are matched by what is left of their
// places: first by file and code, at last by nothing more.
//
//===----------------------------------------------------------------------===//

#include "driver/Baseline.h"
#include "report/Fingerprint.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <map>
#include <set>

using namespace llvm;

namespace async_tidy {

/// The line of \p F, on one line without indentation, and not all of a long
/// one.
static std::string codeOf(const Finding &F, SourceText &Sources) {
  constexpr size_t Longest = 100;
  std::string Code;
  SmallVector<StringRef> Words;
  SplitString(Sources.line(F.Where).value_or(""), Words);
  for (StringRef Word : Words)
    Code += (Code.empty() ? "" : " ") + Word.str();
  if (Code.size() > Longest) {
    Code.resize(Longest);
    while (!Code.empty() && (Code.back() & 0x80)) // no half of a character
      Code.pop_back();
  }
  return Code;
}

/// What blanks do not change, and is there of every stored line.
static std::string codeKey(StringRef Code) {
  constexpr size_t Enough = 40;
  std::string Key;
  for (char C : Code)
    if (C != ' ' && Key.size() < Enough)
      Key += C;
  return Key;
}

/// \p File as the baseline \p B names it. Of one elsewhere only the name: its
/// folder is another one on every machine.
static std::string nameFor(const Baseline &B, StringRef File) {
  const std::string Name = shownPath(File, sys::path::parent_path(B.File));
  return sys::path::is_absolute(Name) ? sys::path::filename(Name).str() : Name;
}

static BaselineEntry entryOf(const Finding &F, const Baseline &B,
                             SourceText &Sources) {
  BaselineEntry E;
  E.RuleId = F.From->Id.str();
  E.Function = F.Function;
  E.Subject = F.Subject;
  E.Shown = std::max(F.Shown, F.From->Shown);
  E.Code = codeOf(F, Sources);
  E.Files = {nameFor(B, F.Where.File)};
  std::set<std::string> Others;
  for (const Step &S : F.Steps)
    if (!S.Where.File.empty())
      Others.insert(nameFor(B, S.Where.File));
  Others.erase(E.Files.front());
  append_range(E.Files, Others);
  return E;
}

namespace {

/// Entries and findings that have no partner yet.
class Matcher {
public:
  Matcher(const Baseline &B, ArrayRef<Finding> Found, const LookedAt &Seen);
  BaselineMatch run();

private:
  /// What an entry and a finding must have in common, finest first.
  using Key = std::string (*)(const BaselineEntry &);
  void pair(Key Of, bool AlsoElsewhere, bool Suppressed);

  std::vector<BaselineEntry> Wanted; ///< the entries that findings would have
  ArrayRef<Finding> Found;
  ArrayRef<BaselineEntry> Entries;
  std::vector<bool> Used;
  /// The entry's function may be in another file now: its own is gone, or was
  /// read and has it no more.
  std::vector<bool> MayHaveMoved;
  BaselineMatch Result;
};

} // namespace

Matcher::Matcher(const Baseline &B, ArrayRef<Finding> Found,
                 const LookedAt &Seen)
    : Found(Found), Entries(B.Entries), Used(B.Entries.size()) {
  SourceText Sources(*vfs::getRealFileSystem(), "");
  for (const Finding &F : Found)
    Wanted.push_back(entryOf(F, B, Sources));
  for (const BaselineEntry &E : Entries) {
    const std::string File = B.absolute(E.Files.front());
    MayHaveMoved.push_back(Seen.read(File) || !sys::fs::exists(File));
  }
  Result.EntryOf.resize(Found.size());
}

static std::string identity(const BaselineEntry &E) {
  return E.RuleId + '\0' + E.Function + '\0' + E.Subject;
}

/// As `identity`, whatever the first call of the path is: another helper may
/// have come between.
static std::string looseIdentity(const BaselineEntry &E) {
  const auto [First, Leaf] = StringRef(E.Subject).rsplit(" -> ");
  return E.RuleId + '\0' + E.Function + '\0' +
         (Leaf.empty() ? First : Leaf).str();
}

void Matcher::pair(Key Of, bool AlsoElsewhere, bool Suppressed) {
  const auto KeyOf = [&](const BaselineEntry &E) {
    return Of(E) + '\0' + (AlsoElsewhere ? "" : E.Files.front());
  };
  std::map<std::string, std::vector<size_t>> Free; // the first one at the end
  for (size_t I = Entries.size(); I-- > 0;)
    if (!Used[I] && (!AlsoElsewhere || MayHaveMoved[I]))
      Free[KeyOf(Entries[I])].push_back(I);
  for (size_t N = 0; N < Found.size(); ++N) {
    if (Result.EntryOf[N] || Found[N].Fixed ||
        Found[N].Suppressed != Suppressed)
      continue;
    const auto It = Free.find(KeyOf(Wanted[N]));
    if (It == Free.end() || It->second.empty())
      continue;
    Result.EntryOf[N] = It->second.back();
    Used[It->second.back()] = true;
    It->second.pop_back();
  }
}

BaselineMatch Matcher::run() {
  const Key WithCode = [](const BaselineEntry &E) {
    return identity(E) + '\0' + codeKey(E.Code);
  };
  for (bool Suppressed : {false, true}) // those that need it come first
    for (bool AlsoElsewhere : {false, true}) {
      pair(WithCode, AlsoElsewhere, Suppressed);
      pair(identity, AlsoElsewhere, Suppressed);
      pair(looseIdentity, AlsoElsewhere, Suppressed);
    }
  for (size_t I = 0; I < Entries.size(); ++I)
    if (!Used[I])
      Result.Gone.push_back(I);
  return std::move(Result);
}

Expected<BaselineMatch> matchBaseline(const Baseline &B,
                                      ArrayRef<Finding> Found,
                                      const LookedAt &Seen) {
  BaselineMatch M = Matcher(B, Found, Seen).run();
  std::vector<size_t> Gone;
  for (size_t I : M.Gone) {
    const BaselineEntry &E = B.Entries[I];
    const Rule *R = findRule(E.RuleId);
    std::vector<std::string> Files;
    for (const std::string &Name : E.Files)
      Files.push_back(B.absolute(Name));
    // A rule that this version does not have cannot be judged by it.
    Expected<bool> Judged =
        R ? Seen.wouldFind(*R, E.Shown, Files) : Expected<bool>(false);
    if (!Judged)
      return Judged.takeError();
    (*Judged ? Gone : M.NotJudged).push_back(I);
  }
  M.Gone = std::move(Gone);
  return M;
}

Baseline renewBaseline(const Baseline &B, const BaselineMatch &M,
                       ArrayRef<Finding> Found) {
  SourceText Sources(*vfs::getRealFileSystem(), "");
  Baseline New{B.File, {}};
  std::set<std::string> Taken;
  for (size_t I : M.NotJudged) {
    New.Entries.push_back(B.Entries[I]);
    Taken.insert(B.Entries[I].Fingerprint);
  }
  // An accepted finding keeps its line, whatever comes before it.
  std::vector<std::pair<size_t, BaselineEntry>> Rest;
  for (size_t N = 0; N < Found.size(); ++N) {
    if (Found[N].Suppressed || Found[N].Fixed)
      continue;
    BaselineEntry E = entryOf(Found[N], B, Sources);
    const auto Old = M.EntryOf[N];
    if (!Old || identity(B.Entries[*Old]) != identity(E)) {
      Rest.emplace_back(N, std::move(E));
      continue;
    }
    E.Fingerprint = B.Entries[*Old].Fingerprint;
    Taken.insert(E.Fingerprint);
    New.Entries.push_back(std::move(E));
  }
  const std::vector<std::string> Own = fingerprints(Found);
  for (auto &[N, E] : Rest) {
    E.Fingerprint = Own[N];
    for (unsigned Ordinal = 1; !Taken.insert(E.Fingerprint).second; ++Ordinal)
      E.Fingerprint = fingerprint(E.RuleId, E.Function, E.Subject, Ordinal);
    New.Entries.push_back(std::move(E));
  }
  return New;
}

Baseline pruneBaseline(const Baseline &B, const BaselineMatch &M) {
  Baseline New{B.File, {}};
  for (size_t I = 0; I < B.Entries.size(); ++I)
    if (!is_contained(M.Gone, I))
      New.Entries.push_back(B.Entries[I]);
  return New;
}

} // namespace async_tidy
