"""A language client for tests: starts a server and talks to it."""

import json
import os
import queue
import subprocess
import threading
import urllib.parse


def uri(path):
    return "file://" + urllib.parse.quote(os.path.abspath(path))


def path(uri):
    return urllib.parse.unquote(uri[len("file://"):])


class Server:
    """A server and what it has said. Positions are those of the protocol."""

    def __init__(self, command, cwd=None, env=None, capabilities=None,
                 root=None, options=None):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, cwd=cwd, env=env)
        self.errors = b""
        self.inbox = queue.Queue()
        self.requests = []  # of the server
        self.said = []  # everything, in order
        self.versions = {}
        self.next = 0
        threading.Thread(target=self._read, daemon=True).start()
        threading.Thread(target=self._read_errors, daemon=True).start()
        self.initialized = self.request("initialize", {
            "processId": os.getpid(),
            "rootUri": uri(root) if root else None,
            "capabilities": capabilities if capabilities is not None
            else CAPABILITIES,
            "initializationOptions": options or {},
        })
        self.notify("initialized", {})

    def _read(self):
        out = self.process.stdout
        while True:
            length = None
            while True:
                line = out.readline()
                if not line:
                    self.inbox.put(None)
                    return
                if line == b"\r\n":
                    break
                name, _, value = line.decode("ascii").partition(":")
                if name.lower() == "content-length":
                    length = int(value)
            self.inbox.put(json.loads(out.read(length).decode("utf-8")))

    def _read_errors(self):
        for chunk in self.process.stderr:
            self.errors += chunk

    def write(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message):
        body = json.dumps(dict(message, jsonrpc="2.0")).encode("utf-8")
        self.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def notify(self, method, params):
        self.send({"method": method, "params": params})

    def receive(self, timeout=60):
        message = self.inbox.get(timeout=timeout)
        if message is None:
            raise EOFError("the server has ended: "
                           + self.errors.decode(errors="replace")[-2000:])
        self.said.append(message)
        if "method" in message and "id" in message:
            self.requests.append(message)
            self.send({"id": message["id"], "result": None})
        return message

    def request(self, method, params, timeout=60):
        self.next += 1
        number = self.next
        self.send({"id": number, "method": method, "params": params})
        while True:
            message = self.receive(timeout)
            if message.get("id") == number and "method" not in message:
                if "error" in message:
                    raise RuntimeError(method + ": " + str(message["error"]))
                return message["result"]

    def open(self, file, text=None):
        if text is None:
            with open(file, encoding="utf-8") as source:
                text = source.read()
        self.versions[file] = 1
        self.notify("textDocument/didOpen", {"textDocument": {
            "uri": uri(file), "languageId": "cpp", "version": 1,
            "text": text}})

    def change(self, file, changes):
        """`changes`: a text, or the changes as the protocol has them."""
        if isinstance(changes, str):
            changes = [{"text": changes}]
        self.versions[file] += 1
        self.notify("textDocument/didChange", {
            "textDocument": {"uri": uri(file),
                             "version": self.versions[file]},
            "contentChanges": changes})

    def save(self, file):
        self.notify("textDocument/didSave",
                    {"textDocument": {"uri": uri(file)}})

    def close(self, file):
        self.notify("textDocument/didClose",
                    {"textDocument": {"uri": uri(file)}})

    def diagnostics(self, file, until=lambda found: True, timeout=60):
        """What is published next for `file` of which `until` says yes."""
        while True:
            message = self.receive(timeout)
            if (message.get("method") == "textDocument/publishDiagnostics"
                    and path(message["params"]["uri"]) ==
                    os.path.abspath(file)
                    and until(message["params"]["diagnostics"])):
                return message["params"]["diagnostics"]

    def actions(self, file, diagnostics, only=None, range=None):
        context = {"diagnostics": diagnostics}
        if only:
            context["only"] = only
        return self.request("textDocument/codeAction", {
            "textDocument": {"uri": uri(file)},
            "range": range or diagnostics[0]["range"], "context": context})

    def shutdown(self):
        """Ends the server as the protocol asks; its exit code."""
        self.request("shutdown", None)
        self.notify("exit", None)
        code = self.process.wait(timeout=60)
        self.process.stdin.close()
        return code


CAPABILITIES = {
    "window": {"showDocument": {"support": True},
               "workDoneProgress": False},
    "workspace": {"workspaceEdit": {"documentChanges": True},
                  "applyEdit": True},
    "textDocument": {
        "publishDiagnostics": {"relatedInformation": True,
                               "versionSupport": True,
                               "codeDescriptionSupport": True,
                               "codeActionsInline": False},
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": [
                "quickfix", "refactor", "source", "source.fixAll"]}},
            "dataSupport": True},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "completion": {"completionItem": {"snippetSupport": True}},
    },
}


def apply(text, edits):
    """`text` after the protocol's `edits`; columns count UTF-16."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)

    def offset(position):
        if position["line"] >= len(lines):
            return len(text)
        line = lines[position["line"]]
        units = 0
        for index, character in enumerate(line):
            if units >= position["character"]:
                return starts[position["line"]] + index
            units += 2 if ord(character) > 0xFFFF else 1
        return starts[position["line"]] + len(line)

    for edit in sorted(edits, key=lambda e: offset(e["range"]["start"]),
                       reverse=True):
        text = (text[:offset(edit["range"]["start"])] + edit["newText"]
                + text[offset(edit["range"]["end"]):])
    return text
