//===- Yaml.cpp - A YAML file as a tree with places -----------------------===//
//
// The text is refused if it is not text, then walked to a bounded depth. LLVM's
// parser works as it is walked, so that nothing deeper is ever parsed.
//
//===----------------------------------------------------------------------===//

#include "models/Yaml.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLParser.h"
#include <algorithm>
#include <tuple>

namespace async_tidy {

namespace yaml = llvm::yaml;

/// The format needs six levels.
static constexpr unsigned MaxDepth = 16;
static constexpr size_t MaxBytes = 8 << 20;
static constexpr size_t MaxErrors = 20;
static constexpr size_t MaxQuoted = 80;

std::string quoted(llvm::StringRef Text) {
  std::string Result = "`";
  size_t Length = std::min(Text.size(), MaxQuoted);
  // Never half a character.
  while (Length < Text.size() && Length && (Text[Length] & 0xC0) == 0x80)
    --Length;
  for (char C : Text.take_front(Length))
    Result += static_cast<unsigned char>(C) < 0x20 ? ' ' : C;
  return Result + (Length < Text.size() ? "...`" : "`");
}

void YamlErrors::add(YamlPlace Where, const llvm::Twine &Message) {
  Errors.push_back({Where, Message.str()});
}

llvm::Error YamlErrors::take() {
  if (Errors.empty())
    return llvm::Error::success();
  llvm::sort(Errors, [](const Mistake &A, const Mistake &B) {
    return std::tie(A.Where.Line, A.Where.Column, A.Message) <
           std::tie(B.Where.Line, B.Where.Column, B.Message);
  });
  std::string Text;
  for (const Mistake &M : llvm::ArrayRef(Errors).take_front(MaxErrors)) {
    if (!Text.empty())
      Text += "\n";
    Text += File + ":" + std::to_string(M.Where.Line) + ":" +
            std::to_string(M.Where.Column) + ": error: " + M.Message;
  }
  if (Errors.size() > MaxErrors)
    Text += "\n" + File + ": and " + std::to_string(Errors.size() - MaxErrors) +
            " more errors";
  Errors.clear();
  return llvm::createStringError(llvm::inconvertibleErrorCode(), Text);
}

static YamlPlace placeOf(llvm::StringRef Text, size_t Offset) {
  const llvm::StringRef Before = Text.take_front(Offset);
  return {static_cast<unsigned>(Before.count('\n') + 1),
          static_cast<unsigned>(Offset - (Before.rfind('\n') + 1) + 1)};
}

/// What LLVM's scanner must not be given.
static bool isText(llvm::StringRef Text, YamlErrors &Errors) {
  if (Text.size() > MaxBytes) {
    Errors.add(YamlPlace(), "the file is larger than " +
                                llvm::Twine(MaxBytes >> 20) +
                                " MiB; a model is not");
    return false;
  }
  size_t Bad = 0;
  if (!llvm::json::isUTF8(Text, &Bad)) {
    Errors.add(placeOf(Text, Bad), "the file is not UTF-8");
    return false;
  }
  Bad = Text.find_if([](char C) {
    const auto U = static_cast<unsigned char>(C);
    return U < 0x20 && C != '\n' && C != '\r' && C != '\t';
  });
  if (Bad != llvm::StringRef::npos)
    Errors.add(placeOf(Text, Bad), "the file has a control character");
  return Bad == llvm::StringRef::npos;
}

namespace {

/// Walks the nodes of LLVM's parser, each once and in order, as it demands.
class TreeBuilder {
public:
  TreeBuilder(const llvm::SourceMgr &Sources, YamlErrors &Errors)
      : Sources(Sources), Errors(Errors) {}

  /// False once anything is wrong: then the parser must not be asked for more,
  /// because it would skip what is left, as deep as that goes.
  bool build(yaml::Node *N, YamlNode &Out, YamlPlace Around, unsigned Depth) {
    Out.Where = N ? place(*N, Around) : Around;
    if (!N)
      return !Errors.empty() ? false : refuse(Out, "this is not valid YAML");
    if (Depth > MaxDepth)
      return refuse(Out, "nested too deeply");
    if (auto *Scalar = llvm::dyn_cast<yaml::ScalarNode>(N)) {
      llvm::SmallString<64> Storage;
      Out.Text = Scalar->getValue(Storage).str();
      Out.What = YamlNode::Kind::Scalar;
    } else if (auto *Block = llvm::dyn_cast<yaml::BlockScalarNode>(N)) {
      Out.Text = Block->getValue().str();
      Out.What = YamlNode::Kind::Scalar;
    } else if (auto *Sequence = llvm::dyn_cast<yaml::SequenceNode>(N)) {
      return buildSequence(*Sequence, Out, Depth);
    } else if (auto *Mapping = llvm::dyn_cast<yaml::MappingNode>(N)) {
      return buildMapping(*Mapping, Out, Depth);
    } else if (llvm::isa<yaml::AliasNode>(N)) {
      return refuse(Out, "aliases (`*name`) are not allowed");
    }
    return true;
  }

private:
  bool buildSequence(yaml::SequenceNode &N, YamlNode &Out, unsigned Depth) {
    Out.What = YamlNode::Kind::Sequence;
    for (yaml::Node &Item : N)
      if (!build(&Item, Out.Items.emplace_back(), Out.Where, Depth + 1))
        return false;
    return true;
  }

  bool buildMapping(yaml::MappingNode &N, YamlNode &Out, unsigned Depth) {
    Out.What = YamlNode::Kind::Mapping;
    llvm::StringSet<> Seen;
    for (yaml::KeyValueNode &Pair : N) {
      YamlNode Key;
      yaml::Node *KeyNode = Pair.getKey();
      if (!llvm::isa_and_nonnull<yaml::ScalarNode>(KeyNode)) {
        Key.Where = KeyNode ? place(*KeyNode, Out.Where) : Out.Where;
        return !Errors.empty() ? false : refuse(Key, "a key must be a word");
      }
      if (!build(KeyNode, Key, Out.Where, Depth + 1))
        return false;
      if (Out.Keys.empty())
        Out.Where = Key.Where;
      YamlNode Value;
      if (!build(Pair.getValue(), Value, Key.Where, Depth + 1))
        return false;
      if (!Seen.insert(Key.Text).second) {
        Errors.add(Key, "the key " + quoted(Key.Text) + " is given twice");
        continue;
      }
      Out.Keys.push_back(std::move(Key));
      Out.Items.push_back(std::move(Value));
    }
    return true;
  }

  bool refuse(const YamlNode &At, const llvm::Twine &Message) {
    Errors.add(At, Message);
    return false;
  }

  YamlPlace place(const yaml::Node &N, YamlPlace Around) const {
    // The parser gives what has no text of its own the place of what follows.
    if (llvm::isa<yaml::NullNode, yaml::AliasNode>(N))
      return Around;
    const llvm::SMLoc At = N.getSourceRange().Start;
    if (!At.isValid() || !Sources.FindBufferContainingLoc(At))
      return Around;
    const auto [Line, Column] = Sources.getLineAndColumn(At);
    return {Line, Column};
  }

  const llvm::SourceMgr &Sources;
  YamlErrors &Errors;
};

} // namespace

static void addParseError(const llvm::SMDiagnostic &D, void *Errors) {
  const YamlPlace Where{
      static_cast<unsigned>(std::max(D.getLineNo(), 1)),
      static_cast<unsigned>(std::max(D.getColumnNo(), 0) + 1)};
  static_cast<YamlErrors *>(Errors)->add(Where, D.getMessage());
}

std::optional<YamlNode> readYaml(llvm::StringRef Text, YamlErrors &Errors) {
  if (!isText(Text, Errors))
    return std::nullopt;
  llvm::SourceMgr Sources;
  Sources.setDiagHandler(addParseError, &Errors);
  yaml::Stream Stream(Text, Sources);
  yaml::document_iterator Document = Stream.begin();
  YamlNode Root;
  if (Document == Stream.end()) {
    Errors.add(Root, "the file is empty");
    return std::nullopt;
  }
  if (!TreeBuilder(Sources, Errors)
           .build(Document->getRoot(), Root, YamlPlace(), 0) ||
      Stream.failed())
    return std::nullopt;
  if (++Document != Stream.end() && !Stream.failed())
    if (yaml::Node *N = Document->getRoot(); N && !llvm::isa<yaml::NullNode>(N))
      Errors.add(YamlPlace(), "the file has more than one document");
  if (!Errors.empty())
    return std::nullopt;
  return Root;
}

} // namespace async_tidy
