//===- Source.cpp - Source text, as far as a report shows it --------------===//
//
// Reading lines, finding the end of a name, and what files are called.
//
//===----------------------------------------------------------------------===//

#include "report/Source.h"
#include "report/Characters.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace async_tidy {

std::string absolutePath(StringRef File, StringRef Root) {
  SmallString<256> Path(File);
  if (!sys::path::is_absolute(Path) && !Root.empty()) {
    Path = Root;
    sys::path::append(Path, File);
  }
  sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
  return Path.str().str();
}

std::string shownPath(StringRef File, StringRef Root) {
  std::string Path = absolutePath(File, Root);
  if (Root.empty())
    return Path;
  std::string Folder = StringRef(absolutePath(Root, "")).rtrim('/').str();
  StringRef Below = Path;
  if (Below.consume_front(Folder) && Below.consume_front("/") && !Below.empty())
    return Below.str();
  return Path;
}

const SourceText::File &SourceText::file(StringRef Name) {
  auto [Entry, Inserted] = Read.try_emplace(Name);
  File &F = Entry->second;
  if (!Inserted)
    return F;
  // A device or a pipe by that name could keep us reading for ever.
  std::string Path = absolutePath(Name, Root);
  ErrorOr<vfs::Status> Status = Files.status(Path);
  if (!Status || !Status->isRegularFile())
    return F;
  if (auto Buffer = Files.getBufferForFile(Path, Status->getSize(),
                                           /*RequiresNullTerminator=*/false))
    F.Text = std::move(*Buffer);
  else
    return F;
  StringRef Text = F.Text->getBuffer();
  F.LineStarts.push_back(0);
  for (size_t I = 0; I != Text.size(); ++I) {
    if (Text[I] == '\r' && I + 1 != Text.size() && Text[I + 1] == '\n')
      continue;
    if (Text[I] == '\n' || Text[I] == '\r')
      F.LineStarts.push_back(I + 1);
  }
  return F;
}

std::optional<StringRef> SourceText::line(const Location &Where) {
  const File &F = file(Where.File);
  if (!Where.isValid() || Where.Line > F.LineStarts.size())
    return std::nullopt;
  StringRef Rest = F.Text->getBuffer().drop_front(F.LineStarts[Where.Line - 1]);
  return Rest.take_until([](char C) { return C == '\n' || C == '\r'; });
}

std::optional<StringRef> SourceText::text(StringRef Name) {
  const File &F = file(Name);
  return F.Text ? std::optional(F.Text->getBuffer()) : std::nullopt;
}

std::optional<size_t> SourceText::offset(const Location &Where) {
  std::optional<StringRef> Line = line(Where);
  if (!Line || Where.Column == 0 || Where.Column > Line->size() + 1)
    return std::nullopt;
  return Line->data() - file(Where.File).Text->getBufferStart() + Where.Column -
         1;
}

static bool isNameCharacter(char C) {
  return isAlnum(C) || C == '_' || static_cast<unsigned char>(C) >= 0x80;
}

static size_t endOfName(StringRef Line, size_t At) {
  while (At < Line.size() && isNameCharacter(Line[At]))
    ++At;
  return At;
}

Span spanAt(StringRef Line, unsigned Column) {
  size_t Begin = std::min<size_t>(Column ? Column - 1 : 0, Line.size());
  size_t At = Begin;
  if (Line.substr(At).starts_with("::"))
    At += 2;
  if (Line.substr(At).starts_with("~"))
    ++At;
  size_t End = endOfName(Line, At);
  if (End == At)
    return {Begin, std::min(Begin + 1, Line.size())};
  while (true) {
    StringRef Rest = Line.substr(End);
    size_t Next = End;
    for (StringRef Joint : {"::~", "::", "->", "."})
      if (Rest.starts_with(Joint)) {
        Next = endOfName(Line, End + Joint.size());
        if (Next == End + Joint.size())
          Next = End;
        break;
      }
    if (Next == End)
      return {Begin, End};
    End = Next;
  }
}

unsigned utf16Column(SourceText &Sources, const Location &Where) {
  std::optional<StringRef> Line = Sources.line(Where);
  unsigned Column = std::max(Where.Column, 1u);
  if (!Line || Column > Line->size() + 1)
    return Column;
  return utf16Length(Line->take_front(Column - 1)) + 1;
}

Utf16Span utf16SpanAt(SourceText &Sources, const Location &Where) {
  unsigned Begin = utf16Column(Sources, Where), End = Begin;
  if (std::optional<StringRef> Line = Sources.line(Where)) {
    Span Marked = spanAt(*Line, Where.Column);
    End += utf16Length(Line->slice(Marked.Begin, Marked.End));
  }
  return {Begin, std::max(End, Begin + 1)};
}

} // namespace async_tidy
