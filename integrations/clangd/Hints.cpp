//===- Hints.cpp - What is known of the calls in a file -------------------===//

#include "clangd/Hints.h"
#include "models/Words.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace async_tidy::editor {

static constexpr Tier AllTiers[] = {Tier::Waits, Tier::FileIO, Tier::ShortLock,
                                    Tier::StdioLogging};
/// Those that are worth a hint that nobody asked for.
static constexpr Tier LongTiers[] = {Tier::Waits, Tier::FileIO};

static StringRef nameOf(Tier T) {
  for (const auto &Word : Tiers)
    if (Word.Value == T)
      return Word.Text;
  return "";
}

static std::string described(const BlockingPath &Path) {
  const BlockingModel &Leaf = *Path.Leaf;
  std::string Text = "**async-tidy**: ";
  if (Path.Steps.empty()) {
    Text += "`" + Path.LeafName + "` " + Leaf.Why;
  } else {
    Text += "reaches `" + Path.LeafName + "`, which " + Leaf.Why;
    if (Path.OneOfSeveral)
      Text += " (one of several that may be called)";
  }
  Text += "\n\nTier: " + nameOf(Leaf.HowBadly).str() + " (" +
          (Leaf.Library.empty() ? "declared" : "model of " + Leaf.Library) +
          ")" + (Path.Steps.empty() ? "" : ", by inference");
  unsigned Number = 0;
  for (const Step &S : Path.Steps)
    Text += "\n" + std::to_string(++Number) + ". " +
            sys::path::filename(S.Where.File).str() + ":" +
            std::to_string(S.Where.Line) + ": " + S.Text;
  return Text;
}

/// `may block: getaddrinfo via resolve_host, 3 calls away`.
static std::string phrase(const CallSite &Call, const BlockingPath &Path) {
  std::string Text = "may block: " + Path.LeafName;
  if (Path.Steps.empty())
    return Text;
  const size_t Calls = Path.Steps.size() + 1;
  return Text + " via " + ownName(Call.CalleeName).str() + ", " +
         std::to_string(Calls) + " calls away";
}

Hints hintsIn(const Program &P, StringRef File) {
  Hints Result;
  for (const FunctionFacts *F : P.functions()) {
    if (F->Where.File != File)
      continue;
    const CallSite *Worst = nullptr;
    std::optional<BlockingPath> WorstPath;
    for (const CallSite &Call : F->Calls) {
      const unsigned Length = ownName(Call.CalleeName).size();
      if (Call.Implicit || Call.Where.File != File)
        continue;
      if (const auto Path = P.blockingPath(*F, Call, AllTiers))
        Result.Calls.push_back({Call.Where, Length, described(*Path)});
      else if (P.models().neverBlocks(Call))
        Result.Calls.push_back(
            {Call.Where, Length, "**async-tidy**: never blocks (model)"});
      if (!P.context(*F).isAsync() || P.isExcused(*F, Call))
        continue;
      auto Path = P.blockingPath(*F, Call, LongTiers);
      if (!Path || Path->Doubtful ||
          (WorstPath && WorstPath->Steps.size() <= Path->Steps.size()))
        continue;
      Worst = &Call;
      WorstPath = std::move(Path);
    }
    if (Worst)
      Result.Functions.push_back({F->Where, 0, phrase(*Worst, *WorstPath)});
  }
  return Result;
}

using json::Object;

bool addHover(const Object &Params, const Document &Open, Columns C,
              ArrayRef<Hint> Known, json::Value &To) {
  const Object *At = Params.getObject("position");
  Object *Hover = To.getAsObject();
  Object *Contents = Hover ? Hover->getObject("contents") : nullptr;
  if (!At || !Contents || !Contents->getString("value"))
    return false;
  const auto Line = At->getInteger("line");
  const auto Column = At->getInteger("character");
  for (const Hint &H : Known) {
    const Location End{H.Where.File, H.Where.Line, H.Where.Column + H.Length};
    if (!Line || !Column || *Line != int64_t(H.Where.Line) - 1 ||
        *Column < *positionOf(Open.Text, H.Where, C).getInteger("character") ||
        *Column >= *positionOf(Open.Text, End, C).getInteger("character"))
      continue;
    const bool Markdown = Contents->getString("kind") == "markdown";
    std::string Text = H.Text;
    if (!Markdown)
      erase_if(Text, [](char Each) { return Each == '*' || Each == '`'; });
    (*Contents)["value"] = (*Contents->getString("value") +
                            (Markdown ? "\n\n---\n" : "\n\n") + Text)
                               .str();
    return true;
  }
  return false;
}

bool addInlays(const Object &Params, const Document &Open, Columns C,
               ArrayRef<Hint> Known, json::Value &To) {
  if (To.getAsNull() && !Known.empty())
    To = json::Array();
  const Object *Range = Params.getObject("range");
  const auto LineOf = [&](StringRef Name) {
    const Object *P = Range ? Range->getObject(Name) : nullptr;
    return P ? P->getInteger("line").value_or(0) : 0;
  };
  json::Array *Inlays = To.getAsArray();
  bool Any = false;
  for (const Hint &H : Known) {
    const int64_t Line = int64_t(H.Where.Line) - 1;
    if (!Inlays || Line < LineOf("start") || Line > LineOf("end"))
      continue;
    const StringRef Text =
        StringRef(Open.Text).substr(startOfLine(Open.Text, Line));
    const Location End{H.Where.File, H.Where.Line,
                       unsigned(Text.take_until([](char Each) {
                                      return Each == '\n' || Each == '\r';
                                    })
                                    .size() +
                                1)};
    Inlays->push_back(Object{{"position", positionOf(Open.Text, End, C)},
                             {"label", H.Text},
                             {"paddingLeft", true}});
    Any = true;
  }
  return Any;
}

} // namespace async_tidy::editor
