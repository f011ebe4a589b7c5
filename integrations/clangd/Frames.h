//===- Frames.h - Messages of the language server protocol ----------------===//
//
// A message is a header (`Content-Length: 12` and an empty line) and a body.
// Bytes come in pieces of any size; what is no message goes through as it is.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_INTEGRATIONS_CLANGD_FRAMES_H
#define ASYNC_TIDY_INTEGRATIONS_CLANGD_FRAMES_H

#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>

namespace async_tidy::editor {

/// What stood in a stream: a message with its header, or anything else.
struct Frame {
  std::string Bytes;
  size_t HeaderSize = 0; ///< 0 for what is no message

  llvm::StringRef body() const {
    return llvm::StringRef(Bytes).drop_front(HeaderSize);
  }
};

/// Cuts a stream into frames. Put together again they are the stream.
class FrameReader {
public:
  void add(llvm::StringRef Bytes) { Waiting += Bytes; }
  /// The next frame, if all of it is there.
  std::optional<Frame> next();
  /// What is left at the end of the stream.
  std::string rest() { return std::exchange(Waiting, {}); }

private:
  std::string Waiting;
  /// Something came that is no message: nothing after it is taken for one.
  bool Foreign = false;
};

/// \p Body as a message.
std::string framed(llvm::StringRef Body);

} // namespace async_tidy::editor

#endif // ASYNC_TIDY_INTEGRATIONS_CLANGD_FRAMES_H
