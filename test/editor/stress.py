"""Random edits under a server: it must not end, nor grow without bound.

    stress.py EDITS SEED SERVER [FLAGS...] -- FILES...

Prints what the server's memory was on the way. Compare with the stock clangd:
a crash that both have is not ours.
"""

import random
import sys

import lsp


def megabytes(server):
    with open("/proc/%d/status" % server.process.pid) as status:
        for line in status:
            if line.startswith("VmRSS"):
                return int(line.split()[1]) // 1024
    return 0


def edited(text, pool):
    """`text` with something inserted, deleted or moved."""
    at = random.randrange(len(text) + 1)
    length = random.choice([1, 1, 2, 10, 80, 400])
    kind = random.random()
    if kind < 0.4:
        return text[:at] + text[at + length:]
    if kind < 0.7:
        start = random.randrange(len(pool))
        return text[:at] + pool[start:start + length] + text[at:]
    return text[:at] + random.choice(
        ["co_await ", "co_return;", "{", "}", "(", ")", ";", "//", "\"", "*/",
         "\U0001F600", "sleep(1);", "[&] {", "template <", "return"]) + text[at:]


def main():
    edits, seed = int(sys.argv[1]), int(sys.argv[2])
    split = sys.argv.index("--")
    command, files = sys.argv[3:split], sys.argv[split + 1:]
    random.seed(seed)
    server = lsp.Server(command + ["--log=error"])
    texts = {}
    for file in files:
        with open(file, encoding="utf-8") as source:
            texts[file] = [source.read()]
        server.open(file)
    for number in range(edits):
        file = random.choice(files)
        history = texts[file]
        if len(history) > 1 and random.random() < 0.45:
            history.pop()  # undo
        else:
            history.append(edited(history[-1], history[0]))
        server.change(file, history[-1])
        if number % 20 == 0:
            # An answer about the text as it is: the server has kept up.
            server.request("textDocument/documentSymbol", {
                "textDocument": {"uri": lsp.uri(file)}}, timeout=300)
        if number % max(1, edits // 10) == 0:
            print("%d edits, %d MB" % (number, megabytes(server)), flush=True)
    print("ended with", server.shutdown())


if __name__ == "__main__":
    main()
