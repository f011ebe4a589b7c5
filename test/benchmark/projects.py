#!/usr/bin/env python3
#===- projects.py - What runs cost on projects of 10, 100 and 1,000 units --===#
#
# Generates projects and measures on each: the first run (cold), a second one
# (warm), one after an edit of a unit, and one after an edit of a header that
# one unit in ten includes. Beside them, what parsing all units costs
# `clang++-22 -fsyntax-only`, `clang-tidy-22` with its four coroutine checks,
# `run-clang-tidy-22 -j`, and a parse with all bodies skipped (floor.py). Those
# cost the same for each unit, so of a large project they get a sample, and
# the figure is what that makes for all units.
#
#===-----------------------------------------------------------------------===#

import argparse
import json
import os
import pathlib
import shutil
import sys
import tempfile

import run as single

SIZES = [10, 100, 1000]
SAMPLE = 20
FLAGS = ["-std=c++20", "-w"]
HEADERS = 40
STANDARD = ["algorithm", "chrono", "functional", "map", "memory", "mutex",
            "string", "thread", "vector"]
TASK = """#pragma once
#include <coroutine>
#include <exception>
struct task {
  struct promise_type {
    task get_return_object() { return {}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};
"""


def header(number):
    includes = "".join(f"#include <{STANDARD[(number + i) % len(STANDARD)]}>\n"
                       for i in range(3))
    return f"""#pragma once
#include "task.h"
{includes}
struct part{number} {{
  std::vector<int> values() const {{ return {{{number}, {number + 1}}}; }}
  int sum() const {{
    int all = 0;
    for (int each : values())
      all += each;
    return all;
  }}
}};
inline task turn{number}(int times) {{
  for (int i = 0; i < times; ++i)
    co_await std::suspend_always{{}};
}}
"""


def unit(number):
    """Includes four of the headers, one of which a tenth of the units does."""
    mine = [number % 10, 10 + number % 7, 20 + number % 9, 30 + number % 10]
    includes = "".join(f'#include "part{h}.h"\n' for h in sorted(mine))
    nap = ("  std::this_thread::sleep_for(std::chrono::seconds(1));\n"
           if number % 10 == 0 else "")
    return f"""// unit{number}.cpp
#include <chrono>
#include <string>
#include <thread>
#include <vector>
{includes}
static int weigh{number}(const std::string &text) {{
  part{mine[0]} part;
  return part.sum() + int(text.size());
}}
task run{number}(std::string text) {{
{nap}  for (int i = 0; i < weigh{number}(text); ++i)
    co_await std::suspend_always{{}};
}}
"""


def write_project(folder, count):
    folder.mkdir(parents=True)
    (folder / ".git").mkdir()  # the root of the project
    (folder / "task.h").write_text(TASK)
    for number in range(HEADERS):
        (folder / f"part{number}.h").write_text(header(number))
    units = []
    for number in range(count):
        file = folder / f"unit{number}.cpp"
        file.write_text(unit(number))
        units.append(file)
    (folder / "compile_commands.json").write_text(json.dumps([
        {"directory": str(folder), "file": str(u),
         "arguments": ["clang++-22", *FLAGS, "-c", str(u)]} for u in units]))
    return units


def edit(file):
    with open(file, "a") as text:
        text.write("inline int edited = 1;\n")


def measure_project(options, folder, count):
    units = write_project(folder, count)
    environment = dict(os.environ, XDG_CACHE_HOME=str(folder / "cache"))
    jobs = f"-j{options.jobs}"

    def tidy(*more):
        return single.run([options.async_tidy, "-p", folder, jobs,
                           "--fail-on=never", *more], environment)

    def report(name, *more):
        file = folder / name
        tidy(f"--output=json:{file}", *more)
        return json.loads(file.read_text())

    costs = {"cold": tidy(), "warm": tidy()}
    edit(units[count // 2])
    costs["one unit edited"] = tidy()
    edit(folder / "part3.h")
    costs["one header edited"] = tidy()
    # What the store says must be what a run without it does.
    same = (report("kept.json")["findings"]
            == report("fresh.json", "--no-store", "--no-skip")["findings"]
            if count <= 100 else None)
    sample = units[::max(1, count // SAMPLE)][:SAMPLE]

    def scaled(cost):
        part = count / len(sample)
        return single.Cost(cost.seconds * part, cost.kibibytes,
                           cost.system * part, cost.wall * part)

    names = [str(u) for u in sample]
    costs["clang -fsyntax-only"] = scaled(single.each_unit(
        lambda u: [options.clang, *FLAGS, "-fsyntax-only", u], sample,
        environment))
    costs["clang-tidy"] = scaled(single.each_unit(
        lambda u: [options.clang_tidy, "--quiet", "-p", folder,
                   f"--checks={single.TIDY_CHECKS}", u], sample, environment))
    costs["run-clang-tidy " + jobs] = scaled(single.run(
        [options.run_clang_tidy, "-quiet", "-p", folder, jobs,
         "-clang-tidy-binary", shutil.which(options.clang_tidy),
         f"-checks={single.TIDY_CHECKS}",
         *(f"/{n.rsplit('/', 1)[1]}$" for n in names)], environment))
    costs["parse, no bodies"] = scaled(single.each_unit(
        lambda u: [sys.executable, pathlib.Path(__file__).with_name("floor.py"),
                   u, "--", *FLAGS], sample, environment))
    return {"units": count, "sample": len(sample), "sameAsWithoutStore": same,
            "costs": {n: {"cpuSeconds": c.total(), "wallSeconds": c.wall,
                          "peakMebibytes": c.kibibytes / 1024}
                      for n, c in costs.items()}}


def missed_by(result):
    costs = {n: c["cpuSeconds"] for n, c in result["costs"].items()}
    missed = []
    if result["units"] == 1000:
        if costs["warm"] > 0.01 * costs["cold"]:
            missed.append("a warm run takes more than 1 % of a cold one's CPU")
        if result["costs"]["warm"]["wallSeconds"] > 0.5:
            missed.append("a warm run takes more than half a second")
    if costs["cold"] > costs["clang -fsyntax-only"]:
        missed.append("a cold run costs more than the syntax check")
    if result["sameAsWithoutStore"] is False:
        missed.append("the findings depend on the store")
    return [f"{result['units']} units: {m}" for m in missed]


def chart(results):
    """The CPU time of each, for a unit, as bars."""
    rows = [(n, [(r["units"], r["costs"][n]["cpuSeconds"] / r["units"])
                 for r in results]) for n in results[0]["costs"]]
    widest = max(v for _, values in rows for _, v in values)
    left, width, bar = 190, 420, 11
    out, y = [], 34
    for name, values in rows:
        out.append(f'<text x="{left - 8}" y="{y + bar * len(values) / 2 + 4}" '
                   f'text-anchor="end">{name}</text>')
        for shade, (units, value) in enumerate(values):
            length = max(1, width * value / widest)
            fill = ["#9ecae1", "#4292c6", "#084594"][shade % 3]
            out.append(f'<rect x="{left}" y="{y}" width="{length:.1f}" '
                       f'height="{bar - 2}" fill="{fill}"/>')
            out.append(f'<text x="{left + length + 5:.1f}" y="{y + bar - 3}" '
                       f'font-size="9">{value * 1000:.1f} ms</text>')
            y += bar
        y += 9
    sizes = ", ".join(f"{r['units']:,}" for r in results)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="700" height="{y}" '
            'font-family="sans-serif" font-size="12">\n'
            f'<rect width="700" height="{y}" fill="white"/>\n'
            '<text x="8" y="18">CPU time for each unit of the project; from '
            f'light to dark: {sizes} units</text>\n'
            + "\n".join(out) + "\n</svg>\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    binary = single.ROOT / "build" / "release" / "bin" / "async-tidy"
    parser.add_argument("--async-tidy", default=binary, type=pathlib.Path)
    parser.add_argument("--clang", default="clang++-22")
    parser.add_argument("--clang-tidy", default="clang-tidy-22")
    parser.add_argument("--run-clang-tidy", default="run-clang-tidy-22")
    parser.add_argument("--jobs", default=os.cpu_count(), type=int)
    parser.add_argument("--sizes", default=SIZES, nargs="+", type=int)
    parser.add_argument("--json", default="benchmark-projects.json",
                        type=pathlib.Path, help="where the figures go")
    parser.add_argument("--chart", type=pathlib.Path,
                        help="draw them there, as SVG")
    options = parser.parse_args()
    results = []
    for count in options.sizes:
        with tempfile.TemporaryDirectory(
                prefix="async-tidy-benchmark-") as folder:
            result = measure_project(options, pathlib.Path(folder) / "project",
                                     count)
        results.append(result)
        print(f"{count} units (other tools: {result['sample']} of them)\n")
        print(f"{'':22}{'CPU':>11}{'wall':>11}{'peak memory':>14}")
        for name, cost in result["costs"].items():
            print(f"{name:22}{cost['cpuSeconds']:9.2f} s"
                  f"{cost['wallSeconds']:9.2f} s"
                  f"{cost['peakMebibytes']:10.0f} MiB")
        print(flush=True)
    missed = [m for r in results for m in missed_by(r)]
    for text in missed:
        print("missed:", text)
    options.json.write_text(json.dumps(
        {"jobs": options.jobs, "processors": os.cpu_count(),
         "projects": results, "missed": missed}, indent=2) + "\n")
    if options.chart:
        options.chart.write_text(chart(results))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
