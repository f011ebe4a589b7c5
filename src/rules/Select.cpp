//===- Select.cpp - Which rules run ---------------------------------------===//
//
// Reads clang-tidy's `Checks` and the options of rules. What clang-tidy would
// do with the list is the rule here too; only a list that asks for other checks
// and does not speak of async-tidy at all is read as "whatever the level says".
//
//===----------------------------------------------------------------------===//

#include "rules/Globs.h"
#include "rules/Rule.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringSwitch.h"

using llvm::StringRef;

namespace async_tidy {

bool Glob::matches(StringRef Name) const {
  auto [Head, Rest] = Pattern.split('*');
  if (Head.size() == Pattern.size())
    return Name == Pattern;
  if (!Name.consume_front(Head))
    return false;
  // Each piece between stars is taken where it comes first; the last one must
  // be the end.
  for (size_t Star; (Star = Rest.find('*')) != StringRef::npos;
       Rest = Rest.substr(Star + 1)) {
    const size_t At = Name.find(Rest.take_front(Star));
    if (At == StringRef::npos)
      return false;
    Name = Name.substr(At + Star);
  }
  return Name.ends_with(Rest);
}

std::vector<Glob> parseGlobs(StringRef List) {
  std::vector<Glob> Globs;
  do {
    const StringRef Item =
        List.take_until([](char C) { return C == ',' || C == '\n'; });
    List = List.drop_front(std::min(List.size(), Item.size() + 1));
    StringRef Pattern = Item.trim();
    const bool Negative = Pattern.consume_front("-");
    Globs.push_back({Pattern.trim(), !Negative});
  } while (!List.empty());
  return Globs;
}

bool contains(const std::vector<Glob> &Globs, StringRef Name) {
  for (const Glob &G : llvm::reverse(Globs))
    if (G.matches(Name))
      return G.Positive;
  return false;
}

/// Whether \p G was written with async-tidy in mind, be it misspelt.
static bool meansUs(const Glob &G) {
  if (G.Pattern.starts_with("async"))
    return true;
  return G.Pattern.find_first_not_of('*') != StringRef::npos &&
         llvm::any_of(allRules(),
                      [&](const Rule *R) { return G.matches(R->Id); });
}

/// `-*` with nothing wanted behind it: checks are not wanted here at all.
static bool turnsAllOff(const std::vector<Glob> &Globs) {
  for (const Glob &G : llvm::reverse(Globs)) {
    if (G.Pattern.empty())
      continue;
    if (G.Positive)
      return false;
    if (G.Pattern.find_first_not_of('*') == StringRef::npos)
      return true;
  }
  return false;
}

Selection selectRules(StringRef Checks, Level Wanted) {
  std::vector<Glob> Globs = parseGlobs(Checks);
  const bool Adds = llvm::any_of(
      Globs, [](const Glob &G) { return G.Positive && meansUs(G); });
  if (!Adds && turnsAllOff(Globs))
    return {Wanted, {}, {}, {}};
  if (!Adds) {
    // Nothing asks for a rule: all are on, but for those that are taken away.
    llvm::erase_if(Globs, [](const Glob &G) { return !meansUs(G); });
    Globs.insert(Globs.begin(), {"*", true});
  }

  Selection S;
  S.Wanted = Wanted;
  for (const Rule *R : allRules()) {
    if (!contains(Globs, R->Id))
      continue;
    S.Rules.push_back(R);
    if (llvm::any_of(Globs, [&](const Glob &G) {
          return G.Positive && G.Pattern == R->Id;
        }))
      S.Named.push_back(R);
  }
  return S;
}

const Rule *findRule(StringRef Id) {
  for (const Rule *R : allRules())
    if (R->Id == Id)
      return R;
  return nullptr;
}

std::optional<Level> parseLevel(StringRef Name) {
  return llvm::StringSwitch<std::optional<Level>>(Name)
      .Case("default", Level::Default)
      .Case("strict", Level::Strict)
      .Case("hint", Level::Hint)
      .Default(std::nullopt);
}

RuleOptions::RuleOptions(
    const Rule &R, const std::map<std::string, std::string> &CheckOptions) {
  for (const RuleOption &O : R.Options) {
    const auto Set = CheckOptions.find((R.Id + "." + O.Name).str());
    Values[O.Name.str()] =
        Set == CheckOptions.end() ? O.Default.str() : Set->second;
  }
}

StringRef RuleOptions::get(StringRef Name) const {
  const auto It = Values.find(Name);
  return It == Values.end() ? StringRef() : It->second;
}

static std::vector<StringRef> itemsOf(StringRef List) {
  llvm::SmallVector<StringRef> Parts;
  List.split(Parts, ';');
  std::vector<StringRef> Items;
  for (StringRef Part : Parts)
    if (!Part.trim().empty())
      Items.push_back(Part.trim());
  return Items;
}

std::vector<StringRef> RuleOptions::list(StringRef Name) const {
  return itemsOf(get(Name));
}

/// A tier by number or by name (RULES.md, tiers).
static std::optional<Tier> parseTier(StringRef Item) {
  return llvm::StringSwitch<std::optional<Tier>>(Item)
      .Case("1", Tier::Waits)
      .Case("waits", Tier::Waits)
      .Case("2", Tier::FileIO)
      .Case("file-io", Tier::FileIO)
      .Case("3", Tier::ShortLock)
      .Case("short-lock", Tier::ShortLock)
      .Case("4", Tier::StdioLogging)
      .Case("stdio-logging", Tier::StdioLogging)
      .Default(std::nullopt);
}

std::vector<Tier> RuleOptions::tiers(StringRef Name) const {
  std::vector<Tier> Tiers;
  for (StringRef Item : list(Name))
    if (const std::optional<Tier> T = parseTier(Item))
      Tiers.push_back(*T);
  return Tiers;
}

std::vector<std::string>
optionErrors(const std::map<std::string, std::string> &CheckOptions) {
  std::vector<std::string> Errors;
  for (const auto &[Key, Value] : CheckOptions) {
    const auto [Id, Name] = StringRef(Key).rsplit('.');
    const Rule *R = findRule(Id);
    if (Key == "async.Level" && !parseLevel(Value))
      Errors.push_back("`async.Level` is `" + Value +
                       "`; it can be `default`, `strict` or `hint`");
    if (!R || Name != "Tiers")
      continue;
    for (StringRef Item : itemsOf(Value))
      if (!parseTier(Item))
        Errors.push_back("`" + Key + "` names no tier by `" + Item.str() +
                         "`; tiers are `1` (waits), `2` (file-io), `3` "
                         "(short-lock) and `4` (stdio-logging)");
  }
  return Errors;
}

/// `; did you mean X?` for the name that \p Name is nearest to, or nothing.
static std::string suggestion(StringRef Name,
                              llvm::ArrayRef<std::string> Known) {
  StringRef Nearest;
  unsigned Best = std::max<size_t>(3, Name.size() / 4);
  for (StringRef Other : Known)
    if (const unsigned D = Other.edit_distance(Name, true, Best); D < Best)
      Best = D, Nearest = Other;
  return Nearest.empty() ? "" : ("; did you mean `" + Nearest + "`?").str();
}

std::vector<std::string>
unknownNames(StringRef Checks,
             const std::map<std::string, std::string> &CheckOptions) {
  std::vector<std::string> Ids,
      Keys = {"async.Level", "async.Models", "async.WholeProgram"};
  for (const Rule *R : allRules()) {
    Ids.push_back(R->Id.str());
    for (const RuleOption &O : R->Options)
      Keys.push_back((R->Id + "." + O.Name).str());
  }
  std::vector<std::string> Problems;
  for (const Glob &G : parseGlobs(Checks))
    if (G.Pattern.starts_with("async-") &&
        llvm::none_of(Ids, [&](StringRef Id) { return G.matches(Id); }))
      Problems.push_back("`Checks`: there is no rule `" + G.Pattern.str() +
                         "`" + suggestion(G.Pattern, Ids));
  for (const auto &[Key, Value] : CheckOptions)
    if ((StringRef(Key).starts_with("async.") ||
         StringRef(Key).starts_with("async-")) &&
        !llvm::is_contained(Keys, Key))
      Problems.push_back("`CheckOptions`: there is no option `" + Key + "`" +
                         suggestion(Key, Keys));
  return Problems;
}

} // namespace async_tidy
