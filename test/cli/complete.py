#!/usr/bin/env python3
"""Types lines, each with a tab at its end, into an interactive shell, and prints
what becomes of each: SHELL SCRIPT LINE... In the shell, `async-tidy` is a
function that prints its words, so what is printed is what would have been run."""

import os
import pty
import re
import select
import sys
import time

SETUP = {
    "bash": (["bash", "--norc", "--noprofile", "-i"],
             "bind 'set bell-style none'; source {}; PS1='ready> '; "
             "async-tidy() {{ echo; printf '<%s>\\n' \"$*\"; }}"),
    "zsh": (["zsh", "-f", "-i"],
            "autoload -U compinit; compinit -u -D; source {}; "
            "unsetopt beep; setopt no_auto_menu no_list_ambiguous; "
            "PS1='ready> '; PS2=; function async-tidy {{ "
            "print; print -r -- \"<$*>\" }}"),
    "fish": (["fish", "--no-config", "--private", "-i"],
             "source {}; function fish_prompt; echo 'ready> '; end; "
             "function async-tidy; echo; echo \"<$argv>\"; end"),
}
SECONDS = 60


def read_until(terminal, pattern):
    text = b""
    end = time.monotonic() + SECONDS
    while not re.search(pattern, text):
        if time.monotonic() > end:
            sys.exit(f"no {pattern!r} in {text!r}")
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                text += os.read(terminal, 65536)
            except OSError:
                sys.exit(f"the shell ended: {text!r}")
    return text


def main():
    shell, script, *lines = sys.argv[1:]
    command, setup = SETUP[shell]
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(TERM="dumb", HISTFILE="/dev/null")
        os.execvp(command[0], command)
    os.write(terminal, setup.format(script).encode() + b"\n")
    # The echo of the line has the prompt in quotes.
    read_until(terminal, rb"[\r\n]ready> ")
    for line in lines:
        os.write(terminal, line.encode() + b"\t")
        time.sleep(0.2)  # what comes after a tab at once is pasted text for some
        os.write(terminal, b"\n")
        text = read_until(terminal, rb"\n<[^\r\n]*>\r?\n")
        words = re.findall(rb"\n<([^\r\n]*)>\r?\n", text)[-1].decode()
        print("async-tidy " + words.rstrip(" "), flush=True)
    os.close(terminal)


if __name__ == "__main__":
    main()
