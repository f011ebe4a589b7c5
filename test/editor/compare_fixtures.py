"""What an editor shows of each fixture is what async-tidy says, or less.

    compare_fixtures.py ASYNC_CLANGD [NAMES...]

Takes many minutes; run it when something changes between them. Prints what is
shown and not said, and how much is said and not shown.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

import lsp

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ASYNC_CLANGD = sys.argv[1]
ASYNC_TIDY = os.path.join(os.path.dirname(ASYNC_CLANGD), "async-tidy")


def fixtures():
    """Lists of files, each a program."""
    for folder, folders, files in sorted(os.walk(TESTS + "/rules")):
        depth = os.path.relpath(folder, TESTS + "/rules").count(os.sep)
        paths = [os.path.join(folder, f) for f in sorted(files)]
        if depth:
            yield paths
            continue
        for path in paths:
            if path.endswith(".cpp") and (folder != TESTS + "/rules" or
                                          "async-" in path):
                yield [path]


def header(text, key):
    found = []
    for line in text.split("\n"):
        if line and not line.startswith("//"):
            break
        match = re.match(r"//\s*" + key + r":\s*(.*)", line)
        if match:
            found.append(match[1])
    return found


def default_flags():
    flags = []
    with open(TESTS + "/compile_flags.txt", encoding="utf-8") as lines:
        for flag in lines.read().split("\n"):
            flag = flag.strip()
            match = re.match("(-I|-isystem)([^/].*)", flag)
            if match:
                flag = match[1] + os.path.join(TESTS, match[2])
            if flag:
                flags.append(flag)
    return flags


def project(folder, files):
    """Copies a fixture; gives its sources."""
    level, options, flags = "default", {}, default_flags()
    sources = []
    for file in files:
        with open(file, encoding="utf-8") as source:
            text = source.read()
        shutil.copy(file, folder)
        for value in header(text, "flags"):
            flags += shlex.split(value)
        for value in header(text, "level"):
            level = value.strip()
        for value in header(text, "options"):
            name, _, setting = value.partition("=")
            options[name.strip()] = setting.strip()
        if file.endswith(".cpp"):
            sources.append(os.path.join(folder, os.path.basename(file)))
    with open(folder + "/.clang-tidy", "w", encoding="utf-8") as out:
        out.write("Checks: '-*,async-*'\nCheckOptions:\n  async.Level: '%s'\n"
                  % level)
        for name, value in options.items():
            out.write("  %s: '%s'\n" % (name, value))
    with open(folder + "/compile_commands.json", "w", encoding="utf-8") as out:
        json.dump([{"directory": folder, "file": s,
                    "arguments": ["clang++-22", *flags, "-c", s]}
                   for s in sources], out)
    return sources


def said(folder, store):
    """What async-tidy says: places and words, with the steps."""
    done = subprocess.run([ASYNC_TIDY, "-p", folder, "--store=" + store,
                           "--fail-on=never", "--output=sarif", "--quiet"],
                          cwd=folder, capture_output=True)
    results = json.loads(done.stdout)["runs"][0]["results"]
    found = {}
    for result in results:
        if result.get("suppressions"):
            continue
        place = result["locations"][0]["physicalLocation"]
        flows = result.get("codeFlows", [])
        steps = [s["location"]["message"]["text"] for s in
                 flows[0]["threadFlows"][0]["locations"]] if flows else []
        key = (os.path.basename(place["artifactLocation"]["uri"]),
               place["region"]["startLine"], result["ruleId"],
               result["message"]["text"].split("\n")[0])
        found[key] = steps
    return found


def shown(folder, store, sources):
    server = lsp.Server([ASYNC_CLANGD, "--background-index=0", "--log=error",
                         "--async-store=" + store], cwd=folder, root=folder)
    found = {}
    for source in sources:
        server.open(source)
        last = server.diagnostics(source, timeout=120)
        # Facts that come late are shown late.
        try:
            while True:
                last = server.diagnostics(source, timeout=2)
        except Exception:  # pylint: disable=broad-except
            pass
        for d in last:
            if d.get("source") == "async-tidy":
                found[(os.path.basename(source),
                       d["range"]["start"]["line"] + 1, d["code"],
                       d["message"])] = [
                           r["message"]
                           for r in d.get("relatedInformation", [])]
    server.process.kill()
    return found


def main():
    wrong = missing = together = 0
    for files in fixtures():
        name = os.path.relpath(files[0], TESTS)
        if sys.argv[2:] and not any(n in name for n in sys.argv[2:]):
            continue
        folder = os.path.realpath(tempfile.mkdtemp(prefix="fixture"))
        store = os.path.join(folder, "facts.sqlite")
        try:
            sources = project(folder, files)
            program = said(folder, store)
            editor = shown(folder, store, sources)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        for key, steps in editor.items():
            if key not in program:
                wrong += 1
                print(name, "shows what is not said:", key)
            elif [s for s in program[key] if s in steps] != steps:
                wrong += 1
                print(name, "shows other steps:", key, steps, program[key])
        less = [k for k in program
                if k not in editor and k[2] != "async-unused-suppression"
                and k[0].endswith(".cpp")]
        for key in less:
            print(name, "does not show:", key)
        print(name, len(editor), "of", len(program), flush=True)
        missing += len(less)
        together += len(editor)
        sys.stdout.flush()
    print("%d shown, %d not shown, %d wrong" % (together, missing, wrong))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
