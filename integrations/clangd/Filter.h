//===- Filter.h - Between an editor and clangd ----------------------------===//
//
// Reads the conversation and adds what clangd's classes do not let us say: the
// source, severity and page of our diagnostics, actions of our own, and what is
// known of calls. All else goes through as it came, byte for byte.
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_INTEGRATIONS_CLANGD_FILTER_H
#define ASYNC_TIDY_INTEGRATIONS_CLANGD_FILTER_H

#include "clangd/Documents.h"
#include "clangd/Frames.h"
#include "clangd/Knowledge.h"

namespace async_tidy::editor {

class Filter {
public:
  using Write = std::function<void(llvm::StringRef Bytes)>;

  /// \p ToEditor and \p ToServer are called by one thread at a time.
  Filter(Knowledge &Knows, Write ToEditor, Write ToServer);

  /// Takes what the editor sent, or the server, and hands it on.
  void fromEditor(Frame F);
  void fromServer(Frame F);

  /// Has the server look at \p File again, whose text is the same.
  void touch(const std::string &File);

private:
  using Object = llvm::json::Object;

  /// What the editor asked and the server is to answer.
  struct Asked {
    std::string Method;
    Object Params;
  };

  // Both give whether the message is to be handed on; it may be another then.
  bool request(llvm::StringRef Method, Object &Message, bool &Altered);
  bool answer(const Asked &To, Object &Message);

  void send(const Write &To, std::mutex &Lock, llvm::StringRef Bytes);
  void sendToEditor(llvm::json::Value Message);
  void initialized(Object &Result);
  void execute(const Object &Message);
  bool decorate(llvm::json::Array &Diagnostics, llvm::StringRef Uri);
  void addActions(const Object &Params, llvm::json::Value &Result);

  Knowledge &Knows;
  const Write ToEditor, ToServer;
  std::mutex EditorLock, ServerLock;

  std::mutex Mutex; ///< of what follows
  Documents Open;
  Columns Counts = Columns::Utf16;
  std::map<std::string, Asked> Pending; ///< by the text of the id
  bool ShowsDocuments = false, TakesActions = false;
  unsigned LastId = 0;
};

} // namespace async_tidy::editor

#endif // ASYNC_TIDY_INTEGRATIONS_CLANGD_FILTER_H
