//===- Reader.cpp - Values of a model file --------------------------------===//
//
// How names look is checked here and not left to the lookup: a name that is
// written with template arguments would simply never match.
//
//===----------------------------------------------------------------------===//

#include "models/Reader.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

namespace async_tidy {

std::string listed(llvm::ArrayRef<llvm::StringRef> Words) {
  std::string Result;
  for (llvm::StringRef W : Words)
    Result += (Result.empty() ? "`" : ", `") + W.str() + "`";
  return Result;
}

/// The word that was perhaps meant, or empty.
static llvm::StringRef nearest(llvm::StringRef Text,
                               llvm::ArrayRef<llvm::StringRef> Words) {
  llvm::StringRef Best;
  unsigned BestDistance = 3;
  if (Text.size() < 64)
    for (llvm::StringRef W : Words)
      if (const unsigned D = Text.edit_distance(W, true, BestDistance);
          D < BestDistance) {
        BestDistance = D;
        Best = W;
      }
  return Best;
}

static std::string hint(llvm::StringRef Text,
                        llvm::ArrayRef<llvm::StringRef> Words) {
  const llvm::StringRef Near = nearest(Text, Words);
  return (Near.empty() ? "" : "; did you mean `" + Near.str() + "`?") +
         "; allowed: " + listed(Words);
}

void Reader::refuse(const YamlNode &N, llvm::StringRef What,
                    llvm::ArrayRef<llvm::StringRef> Allowed) {
  Errors.add(N, quoted(N.Text) + " is not " + What + hint(N.Text, Allowed));
}

std::string Reader::text(const YamlNode &N) {
  if (N.What != YamlNode::Kind::Scalar || N.Text.empty())
    Errors.add(N, N.What == YamlNode::Kind::Scalar ||
                          N.What == YamlNode::Kind::Null
                      ? "this is empty"
                      : "this must be one value");
  else if (llvm::StringRef(N.Text).trim().size() != N.Text.size() ||
           llvm::any_of(N.Text, [](unsigned char C) { return C < ' '; }))
    Errors.add(N, "this must be one line without spaces around it");
  else
    return N.Text;
  return "";
}

std::optional<int64_t> Reader::integer(const YamlNode &N) {
  const std::string Text = text(N);
  int64_t Result = 0;
  if (Text.empty())
    return std::nullopt;
  if (!llvm::StringRef(Text).getAsInteger(10, Result))
    return Result;
  Errors.add(N, quoted(Text) + " is not a whole number");
  return std::nullopt;
}

std::optional<unsigned> Reader::count(const YamlNode &N) {
  const std::optional<int64_t> Result = integer(N);
  if (!Result || (*Result >= 0 && *Result < 256))
    return Result;
  Errors.add(N, quoted(N.Text) + " is not a number from 0 to 255");
  return std::nullopt;
}

std::optional<bool> Reader::boolean(const YamlNode &N) {
  const std::string Text = text(N);
  if (Text == "true" || Text == "false")
    return Text == "true";
  if (!Text.empty())
    refuse(N, "a truth value", {"true", "false"});
  return std::nullopt;
}

Position Reader::position(const YamlNode &N,
                          llvm::ArrayRef<Position::Kind> Refused) {
  Position Result;
  const std::string Text = text(N);
  if (Text.empty())
    return Result;
  llvm::StringRef Rest = Text;
  unsigned Index = 0;
  if (Rest.consume_front("argument ") && !Rest.getAsInteger(10, Index) &&
      Index < 256) {
    Result.Index = Index;
    return Result;
  }
  llvm::SmallVector<llvm::StringRef> Allowed = {"argument 0"};
  for (const Word<Position::Kind> &W : NamedPositions) {
    if (llvm::is_contained(Refused, W.Value))
      continue;
    if (W.Text == Text) {
      Result.What = W.Value;
      return Result;
    }
    Allowed.push_back(W.Text);
  }
  refuse(N, "a position here", Allowed);
  return Result;
}

llvm::ArrayRef<YamlNode> Reader::items(const YamlNode &N) {
  if (N.What == YamlNode::Kind::Sequence && !N.Items.empty())
    return N.Items;
  Errors.add(N, N.What == YamlNode::Kind::Sequence ? "this list is empty"
                                                   : "this must be a list");
  return {};
}

static bool isIdentifier(llvm::StringRef S) {
  return !S.empty() && !llvm::isDigit(S.front()) && llvm::all_of(S, [](char C) {
    return llvm::isAlnum(C) || C == '_' || C == '$' ||
           static_cast<unsigned char>(C) >= 0x80;
  });
}

static bool isIdentifiers(llvm::StringRef S, llvm::StringRef Separator) {
  while (!S.empty()) {
    const auto [First, Rest] = S.split(Separator);
    if (!isIdentifier(First) || (Rest.empty() && S.size() != First.size()))
      return false;
    S = Rest;
  }
  return true;
}

/// `open`, `~C`, `operator()`, `operator bool`.
static bool isLastName(llvm::StringRef S) {
  if (S.consume_front("~"))
    return isIdentifier(S);
  static constexpr llvm::StringLiteral Symbols[] = {
      "()",  "[]", "->",  "->*", "<",  ">",  "<=", ">=", "==", "!=",
      "<=>", "+",  "-",   "*",   "/",  "%",  "^",  "&",  "|",  "~",
      "!",   "=",  "+=",  "-=",  "*=", "/=", "%=", "^=", "&=", "|=",
      "<<",  ">>", "<<=", ">>=", "&&", "||", "++", "--", ","};
  llvm::StringRef Operator = S;
  if (!Operator.consume_front("operator"))
    return isIdentifier(S);
  if (Operator.empty() || llvm::is_contained(Symbols, Operator))
    return !Operator.empty();
  if (!Operator.consume_front(" "))
    return isIdentifier(S);
  Operator = Operator.rtrim("*& ");
  return !Operator.empty() &&
         (isIdentifiers(Operator, "::") || isIdentifiers(Operator, " "));
}

/// What is wrong with a name, or empty.
static llvm::StringRef mistakeIn(llvm::StringRef Name, NameKind Kind) {
  if (Name.starts_with("::"))
    return "is written without leading `::`";
  // Not that of a namespace `awaitable_operators`.
  const size_t Inner = Name.find("::operator");
  const size_t Operator = Inner != llvm::StringRef::npos ? Inner + 2
                          : Name.starts_with("operator") ? 0
                                                         : Inner;
  if (Name.take_front(Operator).contains('<'))
    return "is written without template arguments";
  if (Kind != NameKind::Member && Operator == llvm::StringRef::npos &&
      (Name.contains('(') || Name.contains(')')))
    return "is written without parentheses";
  if (Kind == NameKind::Type && isIdentifiers(Name, " "))
    return "";
  const size_t Last =
      Name.substr(0, Operator).rfind("::"); // `operator a::B` has one as well
  const bool Qualified = Last != llvm::StringRef::npos;
  const llvm::StringRef Own = Qualified ? Name.drop_front(Last + 2) : Name;
  const bool Good =
      (!Qualified || isIdentifiers(Name.take_front(Last), "::")) &&
      (Kind == NameKind::Function || Kind == NameKind::Member
           ? isLastName(Own)
           : isIdentifier(Own));
  if (!Good)
    return "is not a qualified name";
  if (Kind == NameKind::Member && Qualified)
    return "is the name of a member, without its class";
  return "";
}

std::vector<ReadName> Reader::name(const YamlNode &N, NameKind Kind) {
  std::vector<ReadName> Result;
  const std::string Text = text(N);
  if (Text.empty())
    return Result;
  llvm::StringRef Rest = Text;
  const bool Everywhere = Rest.consume_front("@");
  if (Everywhere && !Rest.starts_with("::")) {
    Errors.add(N, "`@` is followed by `::` and a name");
    return Result;
  }
  if (Everywhere && Namespaces.empty()) {
    Errors.add(N, "`@` stands for each of `namespaces`, which are not given");
    return Result;
  }
  if (Everywhere)
    Rest = Rest.drop_front(2);
  if (const llvm::StringRef Mistake = mistakeIn(Rest, Kind); !Mistake.empty()) {
    Errors.add(N, quoted(Text) + " " + Mistake);
    return Result;
  }
  if (!Everywhere)
    return {{Text, N.Where}};
  for (const std::string &Namespace : Namespaces)
    Result.push_back({Namespace + "::" + Rest.str(), N.Where});
  return Result;
}

std::vector<ReadName> Reader::names(const YamlNode &N, NameKind Kind) {
  std::vector<ReadName> Result;
  llvm::StringSet<> Seen;
  for (const YamlNode &Item : items(N))
    for (ReadName &Name : name(Item, Kind)) {
      if (!Seen.insert(Name.Name).second)
        Errors.add(Item, quoted(Name.Name) + " is in this list twice");
      else
        Result.push_back(std::move(Name));
    }
  return Result;
}

Fields::Fields(Reader &R, const YamlNode &Mapping) : R(R), Mapping(Mapping) {
  if (Mapping.What != YamlNode::Kind::Mapping)
    R.errors().add(Mapping, "this must be a mapping: `key: value`");
}

Fields::~Fields() {
  for (const YamlNode &Key : Mapping.Keys)
    if (!llvm::is_contained(Asked, Key.Text))
      R.errors().add(Key, quoted(Key.Text) + " is not a key here" +
                              hint(Key.Text, Asked));
}

const YamlNode *Fields::optional(llvm::StringRef Key) {
  Asked.push_back(Key);
  for (size_t I = 0; I != Mapping.Keys.size(); ++I)
    if (Mapping.Keys[I].Text == Key)
      return &Mapping.Items[I];
  return nullptr;
}

const YamlNode *Fields::required(llvm::StringRef Key) {
  const YamlNode *Result = optional(Key);
  if (!Result && Mapping.What == YamlNode::Kind::Mapping)
    R.errors().add(Mapping, "the key `" + Key + "` is missing");
  return Result;
}

} // namespace async_tidy
