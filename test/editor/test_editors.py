"""Real editors with async-clangd.

    test_editors.py ASYNC_CLANGD CLANGD [unittest's arguments]
"""

import os
import subprocess
import sys
import unittest

import test_clangd

HERE = os.path.dirname(os.path.abspath(__file__))


class Editors(test_clangd.Case):
    def edited(self, command):
        """What `command` says and leaves of a file with two findings."""
        # Columns before a smiley differ for each editor; they are tested with
        # the protocol.
        self.write("main.cpp", test_clangd.TASK_WITH_FIX.replace(
            "/* \U0001F600 */ ", ""))
        env = dict(os.environ, HOME=self.folder, XDG_CACHE_HOME=self.path("c"),
                   ASYNC_CLANGD=test_clangd.ASYNC_CLANGD
                   + " --background-index=0 --log=error")
        done = subprocess.run(command, cwd=self.folder, env=env, timeout=300,
                              stdin=subprocess.DEVNULL, capture_output=True)
        said = done.stdout.decode() + done.stderr.decode()
        self.assertEqual(done.returncode, 0, said)
        with open(self.path("main.cpp"), encoding="utf-8") as source:
            return said, source.read()

    def check_fixed(self, command):
        said, text = self.edited(command)
        self.assertIn("found async-sync-wait in line 5", said)
        self.assertIn("left: 0", said)
        self.assertEqual(text.count("co_return co_await child();"), 2, said)
        self.assertNotIn("sync_wait(", text)

    def test_neovim(self):
        self.check_fixed(["nvim", "--headless", "-u", "NONE", "-n", "main.cpp",
                          "-c", "luafile " + HERE + "/neovim.lua"])

    def test_emacs(self):
        self.check_fixed(["emacs", "--batch", "-l", HERE + "/eglot.el"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
