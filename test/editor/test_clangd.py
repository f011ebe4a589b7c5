"""async-clangd, as an editor sees it.

    test_clangd.py ASYNC_CLANGD CLANGD [unittest's arguments]
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

import lsp

ASYNC_CLANGD, CLANGD = sys.argv[1:3]
STUBS = os.path.abspath(os.path.join(__file__, "../../stubs"))
ASYNC_TIDY = os.path.join(os.path.dirname(ASYNC_CLANGD), "async-tidy")

TASK = """#pragma once
#include <coroutine>
struct task {
  struct promise_type {
    task get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};
extern "C" unsigned sleep(unsigned);
extern "C" int getpid();
void far();
void near();
inline void in_header() { sleep(3); }
"""
FAR = """#include "task.hpp"
void far() { sleep(1); }
"""
HARMLESS = """#include "task.hpp"
void far() { getpid(); }
"""
NEAR = """#include "task.hpp"
void near() { far(); }
"""
# The name is one of 16-bit units, the comment before it of others.
MAIN = """#include "task.hpp"
task run() {
  /* \U0001F600 */ near();
  co_return;
}
"""


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = os.path.realpath(tempfile.mkdtemp(prefix="editor-test"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.store = os.path.join(self.folder, "facts.sqlite")
        self.servers = []
        self.addCleanup(self.end)
        self.project({"task.hpp": TASK, "far.cpp": FAR, "near.cpp": NEAR,
                      "main.cpp": MAIN})

    def end(self):
        for server in self.servers:
            if server.process.poll() is None:
                server.process.kill()
            server.process.wait()
            for stream in (server.process.stdin, server.process.stdout,
                           server.process.stderr):
                stream.close()

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as out:
            out.write(text)

    def project(self, files):
        for name, text in files.items():
            self.write(name, text)
        self.write("compile_commands.json", json.dumps([
            {"directory": self.folder, "file": name,
             "arguments": ["clang++-22", "-std=c++20", "-I" + STUBS, "-c",
                           name]}
            for name in files if name.endswith(".cpp")]))

    def check(self, *names):
        """What async-tidy itself says, and its facts for the editor."""
        done = subprocess.run(
            [ASYNC_TIDY, "-p", self.folder, "--store=" + self.store,
             "--fail-on=never", "--output=sarif", "--quiet", *names],
            cwd=self.folder, capture_output=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        return json.loads(done.stdout)["runs"][0]["results"]

    def server(self, *flags, command=ASYNC_CLANGD, **more):
        # The index is nothing of ours, and clangd waits for it at the end.
        flags = ("--background-index=0", "--log=error") + flags
        if command == ASYNC_CLANGD:
            flags += ("--async-store=" + self.store,)
        env = dict(os.environ, XDG_CACHE_HOME=self.path("cache"))
        server = lsp.Server([command, *flags], cwd=self.folder, env=env,
                            root=self.folder, **more)
        self.servers.append(server)
        return server

    def ours(self, diagnostics):
        return [d for d in diagnostics if d.get("source") == "async-tidy"]

    def wait_for(self, server, name, until):
        return self.ours(server.diagnostics(
            self.path(name), lambda found: until(self.ours(found))))


class Facts(Case):
    def test_a_defect_three_files_away(self):
        self.check()
        server = self.server()
        server.open(self.path("main.cpp"))
        [found] = self.wait_for(server, "main.cpp", bool)
        self.assertEqual(found["code"], "async-blocking-call")
        self.assertEqual(found["severity"], 2)
        self.assertIn("async-blocking-call", found["codeDescription"]["href"])
        self.assertNotIn("clang.llvm.org", found["codeDescription"]["href"])
        # As UTF-16: the smiley is two.
        self.assertEqual(found["range"]["start"], {"line": 2, "character": 11})
        [line] = [r for r in self.check()
                  if r["ruleId"] == "async-blocking-call"]
        self.assertTrue(line["message"]["text"].startswith(found["message"]))
        steps = [(os.path.basename(lsp.path(r["location"]["uri"])),
                  r["location"]["range"]["start"]["line"] + 1, r["message"])
                 for r in found["relatedInformation"]]
        flow = line["codeFlows"][0]["threadFlows"][0]["locations"]
        told = [(os.path.basename(l["location"]["physicalLocation"]
                                  ["artifactLocation"]["uri"]),
                 l["location"]["physicalLocation"]["region"]["startLine"],
                 l["location"]["message"]["text"]) for l in flow]
        self.assertEqual([s for s in told if s in steps], steps)
        self.assertIn("far.cpp", {file for file, *_ in steps})

    def test_without_a_store_there_is_less_and_no_complaint(self):
        server = self.server()
        server.open(self.path("main.cpp"))
        self.assertEqual(self.ours(
            server.diagnostics(self.path("main.cpp"))), [])
        self.assertEqual([m for m in server.said
                          if m.get("method", "").startswith("window/")], [])

    def test_a_damaged_store_is_left_alone(self):
        for text in ["", "not a store", "SQLite format 3\0" + "x" * 5000]:
            self.write("facts.sqlite", text)
            server = self.server()
            server.open(self.path("main.cpp"))
            self.assertEqual(self.ours(
                server.diagnostics(self.path("main.cpp"))), [])
            with open(self.store, encoding="utf-8") as kept:
                self.assertEqual(kept.read(), text)

    def test_a_callee_that_was_saved(self):
        self.check()
        server = self.server()
        server.open(self.path("main.cpp"))
        self.wait_for(server, "main.cpp", bool)
        server.open(self.path("far.cpp"))
        server.change(self.path("far.cpp"), HARMLESS)
        self.write("far.cpp", HARMLESS)
        server.save(self.path("far.cpp"))
        self.wait_for(server, "main.cpp", lambda found: not found)
        server.change(self.path("far.cpp"), FAR)
        self.write("far.cpp", FAR)
        server.save(self.path("far.cpp"))
        self.wait_for(server, "main.cpp", bool)

    def test_a_callee_that_changed_behind_our_back(self):
        self.check()
        time.sleep(0.05)
        self.write("far.cpp", HARMLESS)
        server = self.server()
        server.open(self.path("main.cpp"))
        self.assertEqual(self.ours(
            server.diagnostics(self.path("main.cpp"))), [])

    def test_a_store_that_comes_and_goes(self):
        server = self.server()
        server.open(self.path("main.cpp"))
        self.assertEqual(self.ours(
            server.diagnostics(self.path("main.cpp"))), [])
        self.check()
        self.wait_for(server, "main.cpp", bool)
        for end in ["", "-wal", "-shm"]:
            if os.path.exists(self.store + end):
                os.remove(self.store + end)
        self.wait_for(server, "main.cpp", lambda found: not found)

    def test_bodies_in_headers(self):
        self.write("main.cpp", MAIN.replace("near()", "in_header()"))
        self.check()
        server = self.server()
        server.open(self.path("main.cpp"))
        [found] = self.wait_for(server, "main.cpp", bool)
        self.assertEqual(os.path.basename(lsp.path(
            found["relatedInformation"][-1]["location"]["uri"])), "task.hpp")

    def test_the_text_being_typed_wins(self):
        self.check()
        server = self.server()
        server.open(self.path("main.cpp"))
        self.wait_for(server, "main.cpp", bool)
        # `near()` goes, by an incremental change behind the smiley.
        server.change(self.path("main.cpp"), [{
            "range": {"start": {"line": 2, "character": 11},
                      "end": {"line": 2, "character": 17}}, "text": ""}])
        self.wait_for(server, "main.cpp", lambda found: not found)
        server.change(self.path("main.cpp"), MAIN.replace("near", "sleep(2); "
                                                          "near"))
        self.wait_for(server, "main.cpp", lambda found: len(found) == 2)


class Knowledge(Case):
    def test_hover_and_hint(self):
        self.check()
        server = self.server()
        server.open(self.path("main.cpp"))
        self.wait_for(server, "main.cpp", bool)
        here = {"textDocument": {"uri": lsp.uri(self.path("main.cpp"))}}
        for character, known in [(11, True), (14, True), (15, False),
                                 (10, False)]:
            shown = server.request("textDocument/hover", dict(
                here, position={"line": 2, "character": character}))
            text = shown["contents"]["value"] if shown else ""
            self.assertEqual("async-tidy" in text, known, text)
        text = server.request("textDocument/hover", dict(
            here, position={"line": 2, "character": 12}))["contents"]["value"]
        self.assertIn("reaches `sleep`", text)
        self.assertIn("Tier: waits", text)
        self.assertIn("far.cpp:2: `far` calls `sleep`", text)
        hints = server.request("textDocument/inlayHint", dict(here, range={
            "start": {"line": 0, "character": 0},
            "end": {"line": 9, "character": 0}}))
        self.assertIn(({"line": 1, "character": 12},
                       "may block: sleep via near, 3 calls away"),
                      [(h["position"], h["label"]) for h in hints])


class Actions(Case):
    def setUp(self):
        super().setUp()
        self.check()

    def opened(self, **more):
        server = self.server(**more)
        server.open(self.path("main.cpp"))
        return server, self.wait_for(server, "main.cpp", bool)

    def test_suppress_here(self):
        server, found = self.opened()
        actions = server.actions(self.path("main.cpp"), found)
        [action] = [a for a in actions if a["title"].startswith("suppress")]
        [(name, edits)] = action["edit"]["changes"].items()
        text = lsp.apply(MAIN, edits)
        self.assertIn("\n  // NOLINTNEXTLINE(async-blocking-call)\n", text)
        server.change(self.path("main.cpp"), text)
        self.wait_for(server, "main.cpp", lambda found: not found)

    def test_explain(self):
        server, found = self.opened()
        actions = server.actions(self.path("main.cpp"), found)
        [action] = [a for a in actions if a["title"].startswith("explain")]
        command = action["command"]
        self.assertIn(command["command"], server.initialized["capabilities"][
            "executeCommandProvider"]["commands"])
        server.request("workspace/executeCommand", command)
        # Either order will do.
        if not server.requests:
            server.request("textDocument/hover", {
                "textDocument": {"uri": lsp.uri(self.path("main.cpp"))},
                "position": {"line": 0, "character": 0}})
        [shown] = server.requests
        self.assertEqual(shown["method"], "window/showDocument")
        self.assertIn("async-blocking-call", shown["params"]["uri"])

    def test_fixes(self):
        text = TASK_WITH_FIX
        self.write("main.cpp", text)
        self.check()
        server = self.server()
        server.open(self.path("main.cpp"))
        found = self.wait_for(server, "main.cpp", bool)
        quick = [a for a in server.actions(self.path("main.cpp"), found)
                 if a.get("kind") == "quickfix" and a.get("edit")
                 and not a["title"].startswith("suppress")]
        self.assertTrue(quick, "no quick fix for " + str(found))
        self.assertEqual(quick[0]["diagnostics"][0]["source"], "async-tidy")
        [all_] = server.actions(self.path("main.cpp"), found,
                                only=["source.fixAll"])
        self.assertEqual(all_["kind"], "source.fixAll.asyncTidy")
        [edits] = all_["edit"]["changes"].values()
        server.change(self.path("main.cpp"), lsp.apply(text, edits))
        self.wait_for(server, "main.cpp", lambda found: not found)


TASK_WITH_FIX = """#include <cppcoro/sync_wait.hpp>
#include <cppcoro/task.hpp>
static cppcoro::task<int> child();
cppcoro::task<int> parent() {
  co_return cppcoro::sync_wait(child());
}
cppcoro::task<int> other() {
  /* 😀 */ co_return cppcoro::sync_wait(child());
}
"""


class Clangd(Case):
    """What clangd does by itself, it does with us as well."""

    TEXT = """#include "task.hpp"
#include <cstdio>
struct   point { int x; int y; };
int  sum(point p) { return p.x + p.y; }
int main() { point p{1, 2}; return sum(p); }
"""

    def test_its_own_features(self):
        self.write("main.cpp", self.TEXT)
        here = {"textDocument": {"uri": lsp.uri(self.path("main.cpp"))}}
        call = dict(here, position={"line": 4, "character": 36})
        asked = [
            ("textDocument/hover", call),
            ("textDocument/definition", call),
            ("textDocument/completion",
             dict(here, position={"line": 3, "character": 29})),
            ("textDocument/rename", dict(call, newName="total")),
            ("textDocument/formatting",
             dict(here, options={"tabSize": 2, "insertSpaces": True})),
            ("textDocument/documentSymbol", here),
            ("textDocument/semanticTokens/full", here),
            ("textDocument/foldingRange", here),
            ("textDocument/signatureHelp", call),
            ("textDocument/prepareCallHierarchy", call),
            ("textDocument/inlayHint", dict(here, range={
                "start": {"line": 0, "character": 0},
                "end": {"line": 5, "character": 0}})),
        ]
        answers = []
        for command in (ASYNC_CLANGD, CLANGD):
            server = self.server(command=command)
            server.open(self.path("main.cpp"))
            shown = server.diagnostics(self.path("main.cpp"))
            said = [(d.get("code"), d["range"], d["message"]) for d in shown]
            self.assertIn("unused-includes", [code for code, *_ in said])
            for method, params in asked:
                said.append((method, server.request(method, params)))
            answers.append(said)
            self.assertEqual(server.shutdown(), 0)
        for ours, theirs in zip(*answers):
            self.assertEqual(ours, theirs)

    def test_the_configuration_counts(self):
        self.check()
        for file, text in [
                (".clang-tidy", "Checks: '-async-*'"),
                (".clang-tidy", "Checks: '-*'"),
                (".clangd", "Diagnostics: {ClangTidy: "
                            "{Remove: [async-blocking-call]}}"),
                (".clangd", "Diagnostics: {Suppress: [async-blocking-call]}")]:
            self.write(file, text)
            server = self.server()
            server.open(self.path("main.cpp"))
            self.assertEqual(self.ours(
                server.diagnostics(self.path("main.cpp"))), [], text)
            os.remove(self.path(file))
        # A list that does not speak of us is none against us.
        self.write(".clang-tidy", "Checks: '-*,bugprone-*'")
        server = self.server()
        server.open(self.path("main.cpp"))
        self.wait_for(server, "main.cpp", bool)

    def test_version(self):
        done = subprocess.run([ASYNC_CLANGD, "--version"],
                              capture_output=True, timeout=60)
        said = done.stdout.decode()
        self.assertIn("async-tidy", said)
        self.assertIn("clangd version 22.", said)

    def test_pieces_of_messages(self):
        server = self.server()
        body = json.dumps({"jsonrpc": "2.0", "id": 77,
                           "method": "textDocument/hover",
                           "params": {"textDocument": {"uri": lsp.uri(
                               self.path("main.cpp"))},
                               "position": {"line": 0, "character": 0}}})
        server.open(self.path("main.cpp"))
        message = ("Content-Length: %d\r\nContent-Type: application/"
                   "vscode-jsonrpc; charset=utf-8\r\n\r\n%s"
                   % (len(body), body)).encode()
        for at in range(0, len(message), 7):
            server.write(message[at:at + 7])
            time.sleep(0.001)
        while True:
            if server.receive().get("id") == 77:
                break


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
