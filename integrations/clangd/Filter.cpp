//===- Filter.cpp - Between an editor and clangd --------------------------===//

#include "clangd/Filter.h"
#include "clangd/Actions.h"
#include "driver/Store.h"
#include "report/Report.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace async_tidy::editor {

/// Larger messages are none that we have to do with.
static constexpr size_t MostBody = 64 << 20;

static std::string textOf(const json::Value &Id) {
  std::string Text;
  raw_string_ostream(Text) << Id;
  return Text;
}

Filter::Filter(Knowledge &Knows, Write ToEditor, Write ToServer)
    : Knows(Knows), ToEditor(std::move(ToEditor)),
      ToServer(std::move(ToServer)) {}

void Filter::send(const Write &To, std::mutex &Lock, StringRef Bytes) {
  const std::lock_guard Guard(Lock);
  To(Bytes);
}

void Filter::sendToEditor(json::Value Message) {
  send(ToEditor, EditorLock, framed(textOf(Message)));
}

/// The message in \p F, if there is one that is an object.
static std::optional<json::Object> read(const Frame &F) {
  if (F.HeaderSize == 0 || F.body().size() > MostBody)
    return std::nullopt;
  Expected<json::Value> Message = json::parse(F.body());
  if (!Message) {
    consumeError(Message.takeError());
    return std::nullopt;
  }
  if (json::Object *O = Message->getAsObject())
    return std::move(*O);
  return std::nullopt;
}

void Filter::fromEditor(Frame F) {
  std::optional<json::Object> Message = read(F);
  bool Altered = false, Goes = true;
  if (Message) {
    const std::lock_guard Guard(Mutex);
    if (const auto Method = Message->getString("method"))
      Goes = request(Method->str(), *Message, Altered);
    else if (const auto Id = Message->getString("id"))
      Goes = !Id->starts_with(OwnIds); // an answer to a request of ours
  }
  if (Goes)
    send(ToServer, ServerLock,
         Altered ? framed(textOf(std::move(*Message))) : F.Bytes);
}

bool Filter::request(StringRef Method, Object &Message, bool &Altered) {
  Object None;
  Object *Params = Message.getObject("params");
  if (!Params)
    Params = &None;
  const json::Value *Id = Message.get("id");
  if (Method == "initialize") {
    ShowsDocuments =
        hasCapability(*Params, {"window", "showDocument", "support"});
    TakesActions = hasCapability(
        *Params, {"textDocument", "codeAction", "codeActionLiteralSupport"});
    if (const auto Root = Params->getString("rootUri"))
      if (const std::string Path = pathOf(*Root); !Path.empty())
        Knows.prepare(Path);
  } else if (Method == "workspace/executeCommand") {
    const StringRef Command = Params->getString("command").value_or("");
    if (!Command.starts_with(OwnCommands))
      return true;
    execute(Message);
    return false;
  } else if (Method == "textDocument/codeAction") {
    // clangd knows its diagnostics by their words.
    if (Object *Context = Params->getObject("context"))
      if (json::Array *Shown = Context->getArray("diagnostics"))
        Altered = undecorate(*Shown);
  }
  if (Id && is_contained({"initialize", "textDocument/codeAction",
                          "textDocument/hover", "textDocument/inlayHint"},
                         Method))
    Pending[textOf(*Id)] = {Method.str(), *Params};

  Open.follow(Method, *Params, Counts);
  if (const Object *Named = Params->getObject("textDocument")) {
    const std::string Path = pathOf(Named->getString("uri").value_or(""));
    if (Path.empty())
      return true;
    if (Method == "textDocument/didOpen")
      Knows.prepare(Path);
    else if (Method == "textDocument/didSave")
      Knows.saved(Path);
    else if (Method == "textDocument/didClose")
      Knows.closed(Path);
  }
  return true;
}

void Filter::execute(const Object &Message) {
  const Object &Params = *Message.getObject("params");
  const StringRef Command = *Params.getString("command");
  const json::Array *Given = Params.getArray("arguments");
  const StringRef First =
      Given && !Given->empty() ? (*Given)[0].getAsString().value_or("") : "";
  if (Command == ExplainCommand) {
    if (const Rule *R = findRule(First); R && ShowsDocuments)
      sendToEditor(Object{{"jsonrpc", "2.0"},
                          {"id", (OwnIds + std::to_string(++LastId)).str()},
                          {"method", "window/showDocument"},
                          {"params", Object{{"uri", pageOf(*R)},
                                            {"external", isOnline(*R)},
                                            {"takeFocus", true}}}});
  } else if (Command == RefreshCommand) {
    Knows.refresh(pathOf(First));
  }
  if (const json::Value *Id = Message.get("id"))
    sendToEditor(Object{{"jsonrpc", "2.0"}, {"id", *Id}, {"result", nullptr}});
}

void Filter::fromServer(Frame F) {
  const bool Published = F.body().contains("textDocument/publishDiagnostics");
  std::optional<json::Object> Message;
  bool Altered = false;
  {
    const std::lock_guard Guard(Mutex);
    if (Published || !Pending.empty())
      Message = read(F);
    if (Message && Published) {
      Object *Params = Message->getObject("params");
      json::Array *Shown = Params ? Params->getArray("diagnostics") : nullptr;
      if (Shown)
        Altered = decorate(*Shown, Params->getString("uri").value_or(""));
    } else if (Message && Message->get("id") && !Message->get("method")) {
      const auto It = Pending.find(textOf(*Message->get("id")));
      if (It != Pending.end()) {
        const Asked To = std::move(It->second);
        Pending.erase(It);
        Altered = answer(To, *Message);
      }
    }
  }
  send(ToEditor, EditorLock,
       Altered ? framed(textOf(std::move(*Message))) : F.Bytes);
}

bool Filter::answer(const Asked &To, Object &Message) {
  json::Value *Result = Message.get("result");
  if (!Result)
    return false;
  if (To.Method == "initialize") {
    if (Object *O = Result->getAsObject())
      initialized(*O);
    return true;
  }
  if (To.Method == "textDocument/codeAction") {
    addActions(To.Params, *Result);
    return true;
  }
  const Object *Named = To.Params.getObject("textDocument");
  const std::string Path =
      pathOf(Named ? Named->getString("uri").value_or("") : "");
  const Document *Text = Open.find(Path);
  if (!Text)
    return false;
  const Hints Known = Knows.hints(Path);
  return To.Method == "textDocument/hover"
             ? addHover(To.Params, *Text, Counts, Known.Calls, *Result)
             : addInlays(To.Params, *Text, Counts, Known.Functions, *Result);
}

void Filter::initialized(Object &Result) {
  Object *Able = Result.getObject("capabilities");
  if (!Able)
    return;
  for (const auto Encoding : {Result.getString("offsetEncoding"),
                              Able->getString("positionEncoding")})
    if (Encoding)
      Counts = columnsNamed(*Encoding);
  if (Object *Actions = Able->getObject("codeActionProvider"))
    if (json::Array *Kinds = Actions->getArray("codeActionKinds"))
      Kinds->push_back(FixAllKind);
  if (!Able->get("executeCommandProvider"))
    (*Able)["executeCommandProvider"] = Object{{"commands", json::Array()}};
  if (Object *Execute = Able->getObject("executeCommandProvider"))
    if (json::Array *Commands = Execute->getArray("commands"))
      for (StringRef Command : {ExplainCommand, RefreshCommand})
        Commands->push_back(Command);
}

bool Filter::decorate(json::Array &Diagnostics, StringRef Uri) {
  if (none_of(Diagnostics, isOurs))
    return false;
  const auto Found = Knows.inFile(pathOf(Uri));
  for (json::Value &D : Diagnostics)
    if (isOurs(D))
      editor::decorate(*D.getAsObject(), Found ? &*Found : nullptr);
  return true;
}

void Filter::addActions(const Object &Params, json::Value &Result) {
  const Object *Named = Params.getObject("textDocument");
  const StringRef Uri = Named ? Named->getString("uri").value_or("") : "";
  const std::string Path = pathOf(Uri);
  const auto Found = Knows.inFile(Path);
  if (Result.getAsNull())
    Result = json::Array();
  json::Array *Actions = Result.getAsArray();
  if (!Actions)
    return;
  for (json::Value &Action : *Actions)
    if (Object *O = Action.getAsObject())
      if (json::Array *Of = O->getArray("diagnostics"))
        for (json::Value &D : *Of)
          if (isOurs(D))
            editor::decorate(*D.getAsObject(), Found ? &*Found : nullptr);
  const Document *Text = Open.find(Path);
  if (TakesActions && Text)
    append_range(*Actions,
                 actionsFor(Params, *Text, Counts, Found ? &*Found : nullptr));
}

void Filter::touch(const std::string &File) {
  std::string Bytes;
  {
    const std::lock_guard Guard(Mutex);
    const Document *D = Open.find(File);
    if (!D)
      return;
    // A text that is the same is not looked at: one comes in between.
    for (const std::string &Text : {D->Text + "\n", D->Text})
      Bytes += framed(textOf(Object{
          {"jsonrpc", "2.0"},
          {"method", "textDocument/didChange"},
          {"params",
           Object{{"textDocument",
                   Object{{"uri", D->Uri}, {"version", D->Version}}},
                  {"contentChanges", json::Array{Object{{"text", Text}}}},
                  {"wantDiagnostics", true}}}}));
    // Before the next change of the editor's, which is relative to this text.
    send(ToServer, ServerLock, Bytes);
  }
}

} // namespace async_tidy::editor
