//===- StateSections.cpp - What is over, empty, or only asked -------------===//
//
// The keys by which a file says in what state things are: see Sections.cpp for
// the others.
//
//===----------------------------------------------------------------------===//

#include "models/Loader.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace async_tidy {

using Kind = Position::Kind;

void Loader::owners(const YamlNode &N) {
  for (const YamlNode &Item : R.items(N)) {
    OwnerModel M;
    Fields F(R, Item);
    const std::vector<ReadName> Types = required(F, "types", NameKind::Type);
    if (const YamlNode *V = F.optional("moved"))
      M.MovedIsEmpty = R.word(*V, MovedStates, "a state");
    members(F, "empties", M.Empties, Types);
    M.Types = declare(Types, "owners", "may hold what it destroys");
    Result.Owners.push_back(std::move(M));
  }
}

/// A number, `true`, or a constant that must exist.
std::string Loader::answer(const YamlNode &N) {
  const std::string Text = R.text(N);
  if (Text == "true" || llvm::all_of(Text, llvm::isDigit))
    return Text;
  const std::vector<ReadName> Read = R.name(N, NameKind::Constant);
  if (Read.size() > 1)
    Errors.add(N, "an answer is one constant: `@` stands for several "
                  "namespaces here");
  if (Read.size() != 1)
    return "";
  Result.About.Mentions.push_back(
      {Read.front().Name, "constant", "", N.Where.Line});
  return Read.front().Name;
}

void Loader::completions(const YamlNode &N) {
  for (const YamlNode &Item : R.items(N)) {
    CompletionModel M;
    Fields F(R, Item);
    const std::vector<ReadName> Names =
        required(F, "names", NameKind::Function);
    const YamlNode *Answer = F.optional("answer"),
                   *Pending = F.optional("pending");
    if (Answer)
      M.Answer = answer(*Answer);
    if (Pending)
      M.Pending = answer(*Pending);
    if (Answer && Pending)
      Errors.add(*Pending, "either the `answer` that proves it, or the one "
                           "that does not");
    const YamlNode *Of = F.optional("of");
    if (Of) {
      M.OfResult =
          R.position(*Of, {Kind::Argument, Kind::Last, Kind::Any}).What ==
          Kind::Result;
      if (M.OfResult && (Answer || Pending))
        Errors.add(*Of, "what has `of: result` is complete whatever it "
                        "answers: no `answer`");
    }
    M.GivenBy =
        mentioned(F.optional("given-by"), NameKind::Function, "function");
    M.Names = declare(Names, "completions", phrase(M));
    Result.Completions.push_back(std::move(M));
  }
}

/// The items of \p N that are names and nothing else, or those that are not.
static YamlNode part(const YamlNode &N, bool Names) {
  YamlNode Result = N;
  llvm::erase_if(Result.Items, [&](const YamlNode &Item) {
    return (Item.What == YamlNode::Kind::Mapping) == Names;
  });
  return Result;
}

void Loader::polls(const YamlNode &N) {
  const YamlNode Plain = part(N, true), Others = part(N, false);
  if (!Plain.Items.empty() || Others.Items.empty())
    Result.Polls = plainNames(Plain, "polls", "asks without waiting: a poll",
                              NameKind::Function);
  for (const YamlNode &Item : Others.Items) {
    Fields F(R, Item);
    const std::vector<ReadName> Names =
        required(F, "names", NameKind::Function);
    bool Time = false;
    if (const YamlNode *V = F.required("time"))
      Time = R.boolean(*V).value_or(false);
    std::vector<std::string> Declared =
        declare(Names, "polls", "asks for the time without waiting: a poll");
    if (Time)
      llvm::append_range(Result.Clocks, Declared);
    llvm::append_range(Result.Polls, std::move(Declared));
  }
}

void Loader::pauses(const YamlNode &N) {
  const YamlNode Plain = part(N, true), Others = part(N, false);
  if (!Plain.Items.empty() || Others.Items.empty())
    Result.Pauses.push_back(
        {plainNames(Plain, "pauses", "lets time pass between polls",
                    NameKind::Function),
         {}});
  for (const YamlNode &Item : Others.Items) {
    PauseModel M;
    Fields F(R, Item);
    const std::vector<ReadName> Names =
        required(F, "names", NameKind::Function);
    if (const YamlNode *V = F.required("armed-by"))
      M.ArmedBy = mentioned(V, NameKind::Function, "function");
    M.Names = declare(Names, "pauses",
                      "lets time pass between polls that set it again");
    Result.Pauses.push_back(std::move(M));
  }
}

} // namespace async_tidy
