//===- Documents.cpp - The files that an editor has open ------------------===//

#include "clangd/Documents.h"
#include "driver/CompileDatabase.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace async_tidy::editor {

Columns columnsNamed(StringRef Name) {
  return StringSwitch<Columns>(Name)
      .Case("utf-8", Columns::Utf8)
      .Case("utf-32", Columns::Utf32)
      .Default(Columns::Utf16);
}

/// How many bytes the character has that begins with \p First; what is no
/// beginning counts as one.
static unsigned bytesOf(unsigned char First) {
  return First < 0xC0 ? 1 : First < 0xE0 ? 2 : First < 0xF0 ? 3 : 4;
}

static unsigned unitsOf(unsigned Bytes, Columns C) {
  return C == Columns::Utf8 ? Bytes : C == Columns::Utf16 && Bytes == 4 ? 2 : 1;
}

size_t startOfLine(StringRef Text, int64_t Line) {
  size_t At = 0;
  for (; Line > 0; --Line) {
    const size_t End = Text.find('\n', At);
    if (End == StringRef::npos)
      return Text.size();
    At = End + 1;
  }
  return At;
}

size_t offsetOf(StringRef Text, int64_t Line, int64_t Column, Columns C) {
  size_t At = startOfLine(Text, Line);
  while (Column > 0 && At < Text.size() && Text[At] != '\n') {
    const unsigned Bytes = bytesOf(Text[At]);
    At += Bytes;
    Column -= unitsOf(Bytes, C);
  }
  return std::min(At, Text.size());
}

json::Object positionOf(StringRef Text, const Location &L, Columns C) {
  const int64_t Line = L.Line ? L.Line - 1 : 0;
  const StringRef Before =
      Text.substr(startOfLine(Text, Line)).take_front(L.Column - 1);
  int64_t Column = 0;
  for (size_t At = 0; At < Before.size() && Before[At] != '\n';) {
    const unsigned Bytes = bytesOf(Before[At]);
    Column += unitsOf(Bytes, C);
    At += Bytes;
  }
  return json::Object{{"line", Line}, {"character", Column}};
}

std::string pathOf(StringRef Uri) {
  if (!Uri.consume_front("file://"))
    return {};
  Uri = Uri.drop_front(std::min(Uri.find('/'), Uri.size())); // the host
  std::string Path;
  for (; !Uri.empty(); Uri = Uri.drop_front()) {
    unsigned Code = 0;
    if (Uri.front() == '%' && Uri.size() > 2 &&
        !Uri.substr(1, 2).getAsInteger(16, Code)) {
      Path += char(Code);
      Uri = Uri.drop_front(2);
    } else {
      Path += Uri.front();
    }
  }
  return realPath(Path);
}

std::string uriOf(StringRef Path) {
  std::string Uri = "file://";
  for (unsigned char Byte : Path)
    if (isAlnum(Byte) || StringRef("/-._~").contains(Byte))
      Uri += char(Byte);
    else
      (((Uri += '%') += hexdigit(Byte >> 4)) += hexdigit(Byte & 15));
  return Uri;
}

static void change(std::string &Text, const json::Object &Change, Columns C) {
  const auto New = Change.getString("text");
  if (!New)
    return;
  const json::Object *Range = Change.getObject("range");
  if (!Range) {
    Text = New->str();
    return;
  }
  const auto At = [&](StringRef Name) -> size_t {
    const json::Object *P = Range->getObject(Name);
    return P ? offsetOf(Text, P->getInteger("line").value_or(0),
                        P->getInteger("character").value_or(0), C)
             : 0;
  };
  const size_t Begin = At("start"), End = std::max(At("end"), Begin);
  Text.replace(Begin, End - Begin, New->str());
}

void Documents::follow(StringRef Method, const json::Object &Params,
                       Columns C) {
  const json::Object *Named = Params.getObject("textDocument");
  const auto Uri = Named ? Named->getString("uri") : std::nullopt;
  if (!Uri)
    return;
  const std::string Path = pathOf(*Uri);
  if (Method == "textDocument/didClose") {
    Open.erase(Path);
    return;
  }
  if (Method == "textDocument/didOpen") {
    Open[Path] = {Uri->str(), Named->getString("text").value_or("").str(),
                  nullptr};
  } else if (Method != "textDocument/didChange") {
    return;
  }
  const auto It = Open.find(Path);
  if (It == Open.end())
    return;
  if (const json::Value *Version = Named->get("version"))
    It->second.Version = *Version;
  if (const json::Array *Changes = Params.getArray("contentChanges"))
    for (const json::Value &Each : *Changes)
      if (const json::Object *One = Each.getAsObject())
        change(It->second.Text, *One, C);
}

const Document *Documents::find(StringRef Path) const {
  const auto It = Open.find(Path.str());
  return It == Open.end() ? nullptr : &It->second;
}

} // namespace async_tidy::editor
