#!/usr/bin/env python3
"""Runs async-tidy in a job of GitHub Actions; installed as async-tidy-github.

On a pull request and in a merge queue only what the change did makes it fail;
elsewhere every finding that is not in the baseline. It annotates, writes the
summary of the step, the SARIF report and the step's outputs, and ends with
async-tidy's exit code. Input is the environment: ASYNC_TIDY_* below, and what
the runner sets. A job that cannot be checked fails and says what to do.
"""

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile

MODES = ("auto", "new", "all")
LEVELS = ("default", "strict", "hint")
SEVERITIES = ("error", "warning", "note", "never")
NO_COMMIT = re.compile("0+")


class Mistake(Exception):
    """Something that the user can mend; the text says how."""


def escaped(text, is_property=False):
    """TEXT as the runner reads it in a workflow command."""
    for what in "%\r\n" + (":," if is_property else ""):
        text = text.replace(what, "%%%02X" % ord(what))
    return text


def given(name, default=""):
    """An input; blank ones count as not given."""
    return os.environ.get("ASYNC_TIDY_" + name, "").strip() or default


def chosen(name, choices, default=""):
    value = given(name, default)
    if value and value not in choices:
        raise Mistake(f"{name.lower().replace('_', '-')}: {value!r} is not one"
                      f" of {', '.join(choices)}")
    return value


def path_given(name, default=""):
    value = given(name, default)
    if value.startswith("-") or not value.isprintable():
        raise Mistake(f"{name.lower().replace('_', '-')}: {value!r} is no path")
    return value


def more_arguments():
    """One a line: no shell reads them."""
    lines = [line.strip() for line in given("ARGS").splitlines()]
    for line in lines:
        if re.match("--?output(=[^:]*)?$", line):
            raise Mistake(f"args: {line}: standard output has the annotations;"
                          " name a file, --output=FORMAT:FILE")
    return [line for line in lines if line]


def program():
    name = path_given("PROGRAM", "async-tidy")
    found = shutil.which(name)
    if not found:
        raise Mistake(
            f"{name} is not installed here: run the job in an image that has"
            " it (integrations/docker), or install it in a step before")
    return found


def database():
    folder = path_given("BUILD_DIRECTORY", "build")
    if not any(os.path.isfile(os.path.join(folder, name)) for name in
               ("compile_commands.json", "compile_flags.txt")):
        raise Mistake(
            f"there is no compile_commands.json in {folder!r}: configure in a"
            " step before this one, with CMake by `cmake -B build"
            " -DCMAKE_EXPORT_COMPILE_COMMANDS=ON`, and name the folder in"
            " build-directory")
    return folder


def event():
    path = os.environ.get("GITHUB_EVENT_PATH", "")
    if not path:
        return {}
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError) as why:
        raise Mistake(f"the event cannot be read: {why}") from why


def base_of(mode):
    """The revision before the change; none if all findings count."""
    if mode == "all":
        return None
    base = given("BASE")
    if not base:
        what = event()
        base = ((what.get("pull_request") or {}).get("base") or {}).get("sha") \
            or (what.get("merge_group") or {}).get("base_sha") or ""
        if not base and mode == "new":
            base = what.get("before") or ""
            if not base or NO_COMMIT.fullmatch(base):
                raise Mistake("mode: the event has no commit that was there"
                              " before; name one in base")
    if not base:
        return None
    if not re.fullmatch(r"[A-Za-z0-9_][\w./~^@{}-]*", base):
        raise Mistake(f"base: {base!r} is no revision")
    return base


def git(*words):
    return subprocess.run(("git",) + words, capture_output=True, text=True,
                          check=False)


def check_history(base):
    """async-tidy would find out too; here it is known what to write where."""
    if git("merge-base", base + "^{commit}", "HEAD").returncode == 0:
        return
    shallow = git("rev-parse", "--is-shallow-repository").stdout.strip()
    if shallow == "true":
        raise Mistake(
            f"the clone is too shallow to compare with {base}: give"
            " actions/checkout `with: fetch-depth: 0`")
    why = git("rev-parse", "--verify", base + "^{commit}").stderr.strip()
    raise Mistake(f"git knows nothing in common of {base} and HEAD: {why}")


def append(variable, text):
    path = os.environ.get(variable)
    if path:
        with open(path, "a", encoding="utf-8") as file:
            file.write(text)


def open_findings(sarif):
    """How many findings of the report somebody is to look at."""
    try:
        with open(sarif, encoding="utf-8") as file:
            results = json.load(file)["runs"][0].get("results", [])
    except (OSError, ValueError, LookupError):
        return ""
    return sum(1 for result in results
               if not result.get("suppressions")
               and result.get("baselineState") not in ("unchanged", "absent"))


def show(path):
    """The report for people, in which no line is a command for the runner."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            text = file.read()
    except OSError:
        return
    token = secrets.token_hex(16)
    print(f"::stop-commands::{token}\n{text}\n::{token}::", flush=True)


def run():
    mode = chosen("MODE", MODES, "auto")
    level = chosen("LEVEL", LEVELS)
    fail_on = chosen("FAIL_ON", SEVERITIES)
    sarif = path_given("SARIF_FILE", "async-tidy.sarif")
    category = given("CATEGORY")
    arguments = more_arguments()
    tool, folder = program(), database()
    # The work tree may belong to another user than a container's.
    os.environ.update(GIT_CONFIG_COUNT="1", GIT_CONFIG_KEY_0="safe.directory",
                      GIT_CONFIG_VALUE_0="*")
    base = base_of(mode)
    if base:
        check_history(base)

    print("::group::async-tidy self-test", flush=True)
    alive = subprocess.run([tool, "self-test"], check=False)
    print("::endgroup::", flush=True)
    if alive.returncode:
        raise Mistake("no rule is active, or one that is on says nothing: look"
                      " at .clang-tidy, and at the self-test above")

    if os.path.exists(sarif):
        os.remove(sarif)  # that of an earlier step is not this one's
    with tempfile.TemporaryDirectory(
            dir=os.environ.get("RUNNER_TEMP")) as temporary:
        text = os.path.join(temporary, "report.txt")
        summary = os.path.join(temporary, "summary.md")
        command = [tool, "check", "-p", folder, "--color=never",
                   "--output=github", "--output=text:" + text,
                   "--output=github-summary:" + summary,
                   "--output=sarif:" + sarif]
        for option, value in (("level", level), ("fail-on", fail_on),
                              ("category", category), ("since", base)):
            if value:
                command.append(f"--{option}={value}")
        code = subprocess.run(command + arguments, check=False).returncode
        show(text)
        if os.path.exists(summary):
            with open(summary, encoding="utf-8", errors="replace") as file:
                append("GITHUB_STEP_SUMMARY", file.read())
    append("GITHUB_OUTPUT",
           f"exit-code={code}\nfindings={open_findings(sarif)}\n"
           f"sarif-file={sarif if os.path.exists(sarif) else ''}\n")
    return code if code >= 0 else 2


def main():
    try:
        return run()
    except Mistake as why:
        print(f"::error title=async-tidy::{escaped(str(why))}", flush=True)
        append("GITHUB_STEP_SUMMARY",
               "### async-tidy\n\nNothing was checked, see the log.\n")
        append("GITHUB_OUTPUT", "exit-code=2\nfindings=\nsarif-file=\n")
        return 2


if __name__ == "__main__":
    sys.exit(main())
