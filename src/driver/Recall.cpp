//===- Recall.cpp - Findings of earlier runs ------------------------------===//
//
// If nothing changed, neither do the findings: they are kept under a digest of
// everything that they depend on, and then no facts need be read.
//
//===----------------------------------------------------------------------===//

#include "driver/Recall.h"
#include "facts/Bytes.h"
#include "facts/Fields.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace async_tidy {

constexpr Severity lastOf(Severity) { return Severity::Error; }
constexpr Level lastOf(Level) { return Level::Hint; }
constexpr BaselineState lastOf(BaselineState) {
  return BaselineState::Unchanged;
}

template <AnyConst<Step> T> void eachField(T &S, auto &&Do) {
  auto &[Where, Text] = S;
  Do("where", Where), Do("text", Text);
}

template <AnyConst<Edit> T> void eachField(T &E, auto &&Do) {
  auto &[Begin, End, Text] = E;
  Do("begin", Begin), Do("end", End), Do("text", Text);
}

template <AnyConst<Fix> T> void eachField(T &F, auto &&Do) {
  auto &[Description, Edits, Safe] = F;
  Do("description", Description), Do("edits", Edits), Do("safe", Safe);
}

/// A rule is the one of that name.
static void eachRule(const Rule *const &R, auto &&Do) {
  const std::string Id = R->Id.str();
  Do("rule", Id);
}
static void eachRule(const Rule *&R, auto &&Do) {
  std::string Id;
  Do("rule", Id);
  R = findRule(Id);
}

template <AnyConst<Finding> T> void eachField(T &F, auto &&Do) {
  // `Unless` has been decided.
  auto &[From, Where, Message, Steps, Weight, Shown, Unless, Fixes, Function,
         Subject, Suppressed, SuppressedByModel, Justification, Baseline,
         Fixed] = F;
  eachRule(From, Do);
  Do("where", Where), Do("message", Message), Do("steps", Steps);
  Do("weight", Weight), Do("shown", Shown), Do("fixes", Fixes);
  Do("function", Function), Do("subject", Subject);
  Do("suppressed", Suppressed), Do("byModel", SuppressedByModel);
  Do("justification", Justification), Do("baseline", Baseline);
  Do("fixed", Fixed);
}

template <AnyConst<Findings> T> void eachField(T &F, auto &&Do) {
  auto &[Shown, Rules, Wanted, NotOurs, InHeaders, DirectiveErrors] = F;
  Do("shown", Shown);
  std::vector<std::string> Ids;
  for (const Rule *R : Rules)
    Ids.push_back(R->Id.str());
  Do("rules", Ids);
  if constexpr (!std::is_const_v<T>) {
    Rules.clear();
    for (const std::string &Id : Ids)
      Rules.push_back(findRule(Id));
  }
  Do("wanted", Wanted), Do("notOurs", NotOurs), Do("inHeaders", InHeaders);
  Do("directiveErrors", DirectiveErrors);
}

std::string encode(const Findings &F) {
  const Anchors None;
  BytesWriter W(None);
  W.write(F);
  return W.take();
}

std::optional<Findings> decodeFindings(StringRef Bytes) {
  BytesReader R(Bytes);
  Findings F;
  R.read(F);
  if (!R.error().empty() || is_contained(F.Rules, nullptr) ||
      any_of(F.Shown, [](const Finding &X) { return !X.From; }))
    return std::nullopt;
  return F;
}

static void add(Digester &D, const FileConfig &C) {
  for (const std::string *Text : {&C.Checks, &C.WarningsAsErrors,
                                  &C.HeaderFilter, &C.ExcludeHeaderFilter})
    D(*Text);
  D(uint64_t(C.Wanted))(uint64_t(C.CheckOptions.size()));
  for (const auto &[Name, Value] : C.CheckOptions)
    D(Name)(Value);
}

/// Identifies everything that decides about the findings of \p Parsed.
static Expected<Digest> resultKey(Session &S, const ParsedUnits &Parsed,
                                  bool Complete) {
  Digester D;
  D(toolDigest())(S.Models)(Complete);
  const ShownScope Scope = shownScope(S);
  D(uint64_t(Scope.Named.size()));
  for (const std::string &Name : Scope.Named)
    D(Name);
  D(Scope.SourceRoot)(Scope.BuildFolder)(Scope.All)(Scope.AskedForHeaders);
  // One configuration holds for a folder; whose it is, any file there tells.
  StringSet<> Folders;
  std::vector<StringRef> Files;
  const auto Add = [&](StringRef File) {
    if (Folders.insert(sys::path::parent_path(File)).second)
      Files.push_back(File);
  };
  for (size_t I = 0; I < Parsed.Units.size(); ++I) {
    D(Parsed.Units[I].MainFile)(Parsed.Origins[I].Content);
    Add(Parsed.Units[I].MainFile);
    for (const StringRef File : Parsed.Units[I].Files)
      Add(File);
  }
  sort(Files);
  for (StringRef File : Files) {
    auto C = S.Configuration.of(File);
    if (!C)
      return C.takeError();
    D(sys::path::parent_path(File));
    add(D, **C);
  }
  return D.digest();
}

Expected<std::optional<Findings>>
recallFindings(Session &S, const ParsedUnits &Parsed, bool Complete) {
  if (!S.Kept || !S.Kept->isOn())
    return std::nullopt;
  Expected<Digest> Key = resultKey(S, Parsed, Complete);
  if (!Key)
    return Key.takeError();
  S.ResultKey = *Key;
  std::optional<std::string> Bytes = S.Kept->result(*Key);
  return Bytes ? decodeFindings(*Bytes) : std::nullopt;
}

void keepFindings(Session &S, const Findings &Found) {
  if (S.ResultKey && S.Kept)
    S.Kept->putResult(*S.ResultKey, encode(Found));
}

} // namespace async_tidy
