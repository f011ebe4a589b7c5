#!/usr/bin/env python3
#===- run.py - What a run costs, beside the compiler's own ----------------===#
#
# Measures user CPU and peak memory of async-tidy over units of Boost.Asio,
# beside `clang++-22 -fsyntax-only` and `clang-tidy-22` with its four coroutine
# checks: the same units, in the same run, one after the other, so that a busy
# machine is busy for all of them. Compares the findings with those of a run
# that skips nothing, without which a figure does not count.
#
# With --all, also what shared.py and projects.py measure.
#
# The units are examples of Debian's libasio-doc and test/projects/echo-service,
# written for Boost.Asio instead of Asio. Only Python's library is needed.
#
#===-----------------------------------------------------------------------===#

import argparse
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLES = pathlib.Path("/usr/share/doc/libasio-dev/examples")
# Coroutines, completion handlers, futures, timers, composed operations.
UNITS = [
    "cpp11/chat/chat_server.cpp",
    "cpp11/echo/async_tcp_echo_server.cpp",
    "cpp11/futures/daytime_client.cpp",
    "cpp11/http/server/connection.cpp",
    "cpp11/operations/composed_5.cpp",
    "cpp11/timeouts/async_tcp_client.cpp",
    "cpp14/executors/pipeline.cpp",
    "cpp17/coroutines_ts/chat_server.cpp",
    "cpp17/coroutines_ts/echo_server.cpp",
    "cpp17/coroutines_ts/range_based_for.cpp",
    "cpp17/coroutines_ts/refactored_echo_server.cpp",
    "cpp17/coroutines_ts/echo_server_with_default.cpp",
]
FLAGS = ["-std=c++20", "-w"]
TIDY_CHECKS = ",".join([
    "-*",
    "misc-coroutine-hostile-raii",
    "cppcoreguidelines-no-suspend-with-lock",
    "cppcoreguidelines-avoid-reference-coroutine-parameters",
    "cppcoreguidelines-avoid-capturing-lambda-coroutines",
])
TARGETS = {"clang": 0.75, "clang-tidy": 0.60}  # of their user CPU


def for_boost(text):
    """A source that uses Asio, made to use Boost.Asio."""
    text = re.sub(r'(#\s*include\s*)["<]asio(\.hpp|/[^">]*)[">]',
                  r"\1<boost/asio\2>", text)
    text = text.replace("std::error_code", "boost::system::error_code")
    text = re.sub(r"(?<![\w:])asio::(error_code|system_error|error_category)\b",
                  r"boost::system::\1", text)
    text = re.sub(r"namespace (\w+) = asio;", r"namespace \1 = boost::asio;",
                  text)
    text = re.sub(r"(?<![\w:])(::)?asio::", "boost::asio::", text)
    return text


def write_units(folder):
    """Writes the units below folder; gives them as paths."""
    if not EXAMPLES.is_dir():
        sys.exit(f"error: {EXAMPLES} is missing; install libasio-doc")
    sources = [(EXAMPLES / u, folder / "examples" / u) for u in UNITS]
    service = ROOT / "test" / "projects" / "echo-service"
    sources += [(f, folder / "echo-service" / f.name)
                for f in sorted(service.glob("*.cpp"))]
    units = []
    for source, target in sources:
        target.parent.mkdir(parents=True, exist_ok=True)
        for header in source.parent.glob("*.hpp"):
            (target.parent / header.name).write_text(
                for_boost(header.read_text()))
        target.write_text(for_boost(source.read_text()))
        units.append(target)
    database = [{"directory": str(u.parent), "file": str(u),
                 "arguments": ["clang++-22", *FLAGS, "-c", str(u)]}
                for u in units]
    (folder / "compile_commands.json").write_text(json.dumps(database))
    return units


class Cost:
    """User CPU of processes, that of the system for them, the time on the
    clock, and the memory of the largest process."""

    def __init__(self, seconds=0.0, kibibytes=0, system=0.0, wall=0.0):
        self.seconds, self.kibibytes = seconds, kibibytes
        self.system, self.wall = system, wall

    def add(self, other):
        self.seconds += other.seconds
        self.system += other.system
        self.wall += other.wall
        self.kibibytes = max(self.kibibytes, other.kibibytes)

    def total(self):
        return self.seconds + self.system


def run(command, environment, accepted=(0,)):
    """Runs a command and gives its Cost, that of its children included."""
    start = time.monotonic()
    with tempfile.TemporaryFile() as output:
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL,
                                 stdout=output, stderr=output, env=environment)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in accepted:
            output.seek(0)
            sys.stderr.buffer.write(output.read()[-4000:])
            sys.exit(f"error: exit code {child.returncode} of "
                     + " ".join(map(str, command)))
    return Cost(usage.ru_utime, usage.ru_maxrss, usage.ru_stime,
                time.monotonic() - start)


def each_unit(command, units, environment):
    total = Cost()
    for unit in units:
        total.add(run(command(unit), environment))
    return total


def measure(options, folder):
    units = write_units(folder)
    # Nothing that an earlier round has left may help a later one.
    environment = dict(os.environ)

    def fresh():
        cache = folder / "cache"
        shutil.rmtree(cache, ignore_errors=True)
        environment["XDG_CACHE_HOME"] = str(cache)
        return environment

    def tidy(output, *more):
        return run([options.async_tidy, "-p", folder, "--jobs=1",
                    "--stats", "--fail-on=never", f"--output=json:{output}", *more],
                   fresh())

    skipping, whole = folder / "findings.json", folder / "whole.json"
    tools = {
        "async-tidy": lambda: tidy(skipping),
        "clang": lambda: each_unit(
            lambda u: [options.clang, *FLAGS, "-fsyntax-only", u], units,
            fresh()),
        "clang-tidy": lambda: each_unit(
            lambda u: [options.clang_tidy, "--quiet", "-p", folder,
                       f"--checks={TIDY_CHECKS}", u], units, fresh()),
    }
    names = list(tools)
    costs = {name: [] for name in names}
    for unit in units:  # warms the file cache, and finds what does not compile
        run([options.clang, *FLAGS, "-fsyntax-only", unit], fresh())
    for number in range(options.rounds):
        # Another one is first in each round.
        for name in names[number % 3:] + names[:number % 3]:
            costs[name].append(tools[name]())
        print(f"round {number + 1} of {options.rounds}: " + ", ".join(
            f"{n} {costs[n][-1].seconds:.2f} s" for n in names),
            file=sys.stderr)
    return units, costs, skipping, whole, tidy(whole, "--no-skip")


def compare(skipping, whole):
    """What both runs found, and how much each of them analysed."""
    a, b = (json.loads(f.read_text()) for f in (skipping, whole))
    assert not a["units"]["notAnalysed"], a["units"]["notAnalysed"]
    same = all(json.dumps(a[k]) == json.dumps(b[k])
               for k in ("findings", "units", "notes", "rules"))
    return {
        "findings": len(a["findings"]),
        "equalWithNoSkip": same,
        "bodiesAnalysed": a["cost"]["bodiesAnalysed"],
        "bodiesSkipped": a["cost"]["bodiesSkipped"],
        "bodiesAnalysedNoSkip": b["cost"]["bodiesAnalysed"],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    binary = ROOT / "build" / "release" / "bin" / "async-tidy"
    parser.add_argument("--async-tidy", default=binary, type=pathlib.Path)
    parser.add_argument("--clang", default="clang++-22")
    parser.add_argument("--clang-tidy", default="clang-tidy-22")
    parser.add_argument("--rounds", default=5, type=int)
    parser.add_argument("--json", default="benchmark.json", type=pathlib.Path,
                        help="where the figures go")
    parser.add_argument("--keep", type=pathlib.Path,
                        help="write the units there and keep them")
    parser.add_argument("--all", action="store_true",
                        help="then shared.py and projects.py, with the figures "
                        "next to those of this one")
    options = parser.parse_args()
    if not options.async_tidy.exists():
        parser.error(f"{options.async_tidy} is missing; build it first")
    code = measure_units(options)
    if options.all:
        for name in ("shared", "projects"):
            print(flush=True)
            code |= subprocess.call([
                sys.executable, pathlib.Path(__file__).with_name(f"{name}.py"),
                "--async-tidy", options.async_tidy,
                "--json", options.json.with_name(f"{options.json.stem}-{name}.json"),
            ])
    return code


def measure_units(options):
    with tempfile.TemporaryDirectory(prefix="async-tidy-benchmark-") as folder:
        folder = options.keep or pathlib.Path(folder)
        units, costs, skipping, whole, unskipped = measure(options, folder)
        comparison = compare(skipping, whole)

    seconds = {n: statistics.median(c.seconds for c in cs)
               for n, cs in costs.items()}
    memory = {n: statistics.median(c.kibibytes for c in cs) / 1024
              for n, cs in costs.items()}
    print(f"{len(units)} units of Boost.Asio, medians of {options.rounds} "
          "rounds\n")
    print(f"{'':12}{'user CPU':>10}{'ratio':>8}{'peak memory':>14}{'ratio':>8}")
    for name in costs:
        print(f"{name:12}{seconds[name]:8.2f} s"
              f"{seconds['async-tidy'] / seconds[name]:8.2f}"
              f"{memory[name]:10.0f} MiB"
              f"{memory['async-tidy'] / memory[name]:8.2f}")
    print("\nthe ratios are async-tidy's cost in that of the tool in the row")
    print(f"bodies analysed: {comparison['bodiesAnalysed']}, skipped: "
          f"{comparison['bodiesSkipped']}")
    print(f"with --no-skip: {unskipped.seconds:.2f} s, bodies analysed: "
          f"{comparison['bodiesAnalysedNoSkip']}")
    print(f"findings: {comparison['findings']}, "
          + ("the same" if comparison["equalWithNoSkip"] else "OTHERS")
          + " with --no-skip")

    missed = [f"user CPU is above {limit} of {name}"
              for name, limit in TARGETS.items()
              if seconds["async-tidy"] > limit * seconds[name]]
    if memory["async-tidy"] >= memory["clang"]:
        missed.append("peak memory is not below clang's")
    if not comparison["equalWithNoSkip"]:
        missed.append("the findings depend on what is skipped")
    for text in missed:
        print("missed:", text)
    options.json.write_text(json.dumps({
        "units": [str(u.relative_to(folder)) for u in units],
        "rounds": options.rounds,
        "userSeconds": {n: [c.seconds for c in cs] for n, cs in costs.items()},
        "peakKibibytes": {n: [c.kibibytes for c in cs]
                          for n, cs in costs.items()},
        "medianUserSeconds": seconds,
        "medianPeakMebibytes": memory,
        "userSecondsNoSkip": unskipped.seconds,
        "comparison": comparison,
        "missed": missed,
    }, indent=2) + "\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
