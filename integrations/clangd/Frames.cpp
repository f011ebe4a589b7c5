//===- Frames.cpp - Messages of the language server protocol --------------===//

#include "clangd/Frames.h"

using namespace llvm;

namespace async_tidy::editor {

/// More than any header; a stream that goes on longer without an empty line is
/// none of messages.
static constexpr size_t MostHeader = 4096;

static constexpr StringLiteral Names[] = {"Content-Length:", "Content-Type:"};

/// \p Line, perhaps not all of it, is one of a header.
static bool mayBeHeader(StringRef Line) {
  for (StringRef Name : Names)
    if (Line.take_front(Name.size())
            .equals_insensitive(Name.take_front(Line.size())))
      return true;
  return false;
}

/// The length that \p Header gives, if it is one.
static std::optional<size_t> lengthIn(StringRef Header) {
  std::optional<size_t> Length;
  while (!Header.empty()) {
    const auto [Line, Rest] = Header.split('\n');
    Header = Rest;
    if (Line.trim().empty())
      continue;
    if (!mayBeHeader(Line))
      return std::nullopt;
    size_t Number = 0;
    if (Line.starts_with_insensitive(Names[0])) {
      if (Line.drop_front(Names[0].size()).trim().getAsInteger(10, Number))
        return std::nullopt;
      Length = Number;
    }
  }
  return Length;
}

std::optional<Frame> FrameReader::next() {
  if (Waiting.empty())
    return std::nullopt;
  if (!Foreign) {
    const size_t End = Waiting.find("\r\n\r\n");
    if (End == std::string::npos && Waiting.size() < MostHeader &&
        mayBeHeader(Waiting))
      return std::nullopt;
    const size_t HeaderSize = End + 4;
    const auto Length = End == std::string::npos || End > MostHeader
                            ? std::nullopt
                            : lengthIn(StringRef(Waiting).take_front(End));
    if (Length) {
      if (Waiting.size() - HeaderSize < *Length)
        return std::nullopt;
      Frame F{Waiting.substr(0, HeaderSize + *Length), HeaderSize};
      Waiting.erase(0, F.Bytes.size());
      return F;
    }
    Foreign = true;
  }
  return Frame{rest(), 0};
}

std::string framed(StringRef Body) {
  return "Content-Length: " + std::to_string(Body.size()) + "\r\n\r\n" +
         Body.str();
}

} // namespace async_tidy::editor
