#!/usr/bin/env python3
#===- link.py - What linking costs, by the size of the program ------------===#
#
# Runs link-benchmark (link.cpp says on what) for 10,000 and 100,000 functions,
# ten times as many calls, or for the numbers given, and prints a table.
# Needs a build in build/release; a million functions need 8 GiB of memory.
#
#===-----------------------------------------------------------------------===#

import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "build" / "release" / "bin" / "link-benchmark"


def main():
    if not PROGRAM.exists():
        sys.exit(f"error: {PROGRAM} is missing; build the target link-benchmark")
    sizes = [int(word) for word in sys.argv[1:]] or [10_000, 100_000]
    print("| functions | calls | read | link | check | memory | findings |")
    print("|--:|--:|--:|--:|--:|--:|--:|")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([PROGRAM, "write", folder, str(size)], check=True)
            run = subprocess.run([PROGRAM, "link", folder], check=True,
                                 stdout=subprocess.PIPE, text=True)
        said = json.loads(run.stdout)
        print(f"| {said['functions']:,} | {said['calls']:,} "
              f"| {said['read']:.2f} s | {said['link']:.2f} s "
              f"| {said['check']:.2f} s | {said['peak_mib']:,} MiB "
              f"| {said['findings']:,} |", flush=True)


if __name__ == "__main__":
    main()
