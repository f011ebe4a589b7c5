#!/usr/bin/env python3
"""Run async-tidy over labelled cases and score what it says.

    score.py --tool PATH/TO/async-tidy [--cases DIR] [--level strict] [--only CATEGORY ...] [--jobs N] [--verbose]

Each case is one program: the files of a category that share their two-digit number. The tool is called once a case as
    async-tidy -p DIR --level=LEVEL --output=sarif:FILE SOURCE...
and judged by the SARIF that it writes (exit codes 0 and 1 are answers; 2 and 3 are failures of the case).

    // EXPECT: cat    must be reported: a result whose rule stands for the category has its primary location, or a step of
                      its path (codeFlows, relatedLocations), on that line
    // MAY: cat       either verdict is accepted
    // OK             nothing may be reported here
    NN_ok_*           nothing may be reported in the whole file
    elsewhere         a result of one of the file's own categories is a false alarm; of another one it is unlabelled
"""
import argparse, collections, concurrent.futures, json, os, pathlib, re, shlex, subprocess, sys, tempfile
from urllib.parse import unquote, urlparse

LEVEL = "strict"
HERE = pathlib.Path(__file__).resolve().parent
STANDS_FOR = {
    "async-blocking-call": {"blocking-call", "blocking-call-transitive"},
    "async-sync-wait": {"sync-wait-in-coroutine"},
    "async-nested-event-loop": {"nested-event-loop"},
    "async-busy-wait": {"busy-wait"},
    "async-unyielding-loop": {"cpu-heavy"},
    "async-lock-across-suspension": {"lock-across-suspend"},
    "async-unbounded-queue": {"unbounded-queue"},
    "async-unbounded-spawn": {"unbounded-spawn"},
    "async-uncancellable-loop": {"missing-cancellation"},
    "async-cancellation-not-forwarded": {"cancellation-not-forwarded"},
    "async-swallowed-cancellation": {"cancellation-swallowed"},
    "async-missing-timeout": {"missing-timeout"},
    "async-retry-without-backoff": {"retry-without-backoff"},
    "async-discarded-task": {"discarded-task"},
    "async-detached-task": {"detached-task"},
    "async-lost-exception": {"lost-exception"},
    "async-dangling-argument": {"reference-parameter", "dangling-across-suspend"},
    "async-reference-parameter": {"reference-parameter"},
    "async-capturing-lambda": {"capturing-lambda"},
    "async-callback-capture": {"capturing-lambda", "detached-task", "dangling-across-suspend"},
    "async-dangling-across-suspension": {"dangling-across-suspend"},
    "async-local-outlived": {"dangling-across-suspend"},
    "async-thread-state-across-suspension": {"thread-local-across-suspend"},
}
RELATED = [
    {"blocking-call", "blocking-call-transitive", "sync-wait-in-coroutine", "nested-event-loop"},
    {"detached-task", "discarded-task", "lost-exception", "unbounded-spawn"},
    {"reference-parameter", "capturing-lambda", "dangling-across-suspend", "detached-task"},
    {"missing-cancellation", "cancellation-not-forwarded", "cancellation-swallowed"},
    {"busy-wait", "retry-without-backoff", "missing-cancellation", "cpu-heavy"},
    {"unbounded-queue", "unbounded-spawn"},
    {"lock-across-suspend", "thread-local-across-suspend"},
]
TAG = re.compile(r"\b(EXPECT|MAY):\s*([a-z-]+(?:\s*,\s*[a-z-]+)*)")
LOCAL = {"async-mutex-guard-across-suspension", "async-blocking-under-lock", "async-await-in-loop", "async-large-frame",
         "async-task-without-suspension", "async-task-reused", "async-unused-suppression"}  # no labels in this corpus


def related(a, b):
    return any(a in group and b in group for group in RELATED)


def labels(path):
    expect, may, ok = set(), set(), set()
    for number, line in enumerate(path.read_text().splitlines(), 1):
        at = line.find("//")
        if at < 0 or not line[:at].strip():
            continue
        for kind, names in TAG.findall(line[at:]):
            for name in re.split(r"\s*,\s*", names):
                (expect if kind == "EXPECT" else may).add((path, number, name))
        if re.search(r"//\s*OK\b", line[at:]):
            ok.add((path, number))
    return expect, may, ok


def command(path):
    flags = [f for f in (HERE.parent / "compile_flags.txt").read_text().splitlines() if f.strip()]
    extra = []
    for line in path.read_text().splitlines()[:8]:
        if m := re.match(r"//\s*FLAGS:\s*(.*)", line):
            extra += shlex.split(m.group(1))
    if any(e.startswith("-std=") for e in extra):
        flags = [f for f in flags if not f.startswith("-std=")]
    absolute = []
    for f in flags:
        for p in ("-isystem", "-I"):
            if f.startswith(p) and not f[len(p):].startswith("/"):
                f = p + str(HERE.parent / f[len(p):])
        absolute.append(f)
    return ["clang++-22", *absolute, *extra, "-c", str(path)]


def places(result):
    def one(location):
        physical = location.get("physicalLocation", {})
        uri, region = physical.get("artifactLocation", {}).get("uri", ""), physical.get("region", {})
        path = unquote(urlparse(uri).path if uri.startswith("file:") else uri)
        return (pathlib.Path(path).name, region.get("startLine", 0))
    primary = [one(l) for l in result.get("locations", [])]
    steps = [one(l) for l in result.get("relatedLocations", [])]
    for flow in result.get("codeFlows", []):
        for thread in flow.get("threadFlows", []):
            steps += [one(l.get("location", {})) for l in thread.get("locations", [])]
    return primary, steps


def run(tool, files, extra):
    with tempfile.TemporaryDirectory() as folder:
        sources = [f for f in files if f.suffix == ".cpp"]
        db = [{"directory": str(f.parent), "file": str(f), "arguments": command(f)} for f in sources]
        pathlib.Path(folder, "compile_commands.json").write_text(json.dumps(db))
        out = pathlib.Path(folder, "out.sarif")
        call = [tool, "--no-store", "-p", folder, f"--level={LEVEL}", f"--output=sarif:{out}", *extra, *map(str, sources)]
        done = subprocess.run(call, cwd=folder, capture_output=True, text=True, timeout=300)
        if done.returncode not in (0, 1) or not out.exists():
            return None, f"exit {done.returncode}: {done.stderr.strip()[-300:]}"
        results = [r for one in json.loads(out.read_text())["runs"] for r in one.get("results", [])]
        return [(r["ruleId"], *places(r)) for r in results if not r.get("suppressions")], ""


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--tool", required=True)
    ap.add_argument("--cases", default=str(HERE))
    ap.add_argument("--only", nargs="*", default=[])
    ap.add_argument("--level", default="strict")
    ap.add_argument("--jobs", type=int, default=os.cpu_count())
    ap.add_argument("--verbose", action="store_true", help="name every miss and false alarm")
    ap.add_argument("--min-recall", type=float, default=0.0)
    ap.add_argument("--max-false", type=int, default=10**9)
    ap.add_argument("--extra", nargs="*", default=[])
    a = ap.parse_args()
    global LEVEL
    LEVEL = a.level
    tool = str(pathlib.Path(a.tool).resolve())
    root = pathlib.Path(a.cases).resolve()
    groups = collections.OrderedDict()
    for f in sorted(root.glob("*/*")):
        if f.suffix in (".cpp", ".hpp", ".h") and f.parent.name != "mocks" and (not a.only or f.parent.name in a.only):
            groups.setdefault((f.parent.name, f.name[:2]), []).append(f)
    with concurrent.futures.ThreadPoolExecutor(a.jobs) as pool:
        answers = list(pool.map(lambda files: run(tool, files, a.extra), groups.values()))

    want, got, false, misses, alarms, broken, unlabelled = (collections.Counter(), collections.Counter(),
                                                            collections.Counter(), [], [], [], 0)
    for (category, _), files, (results, why) in zip(groups, groups.values(), answers):
        by_name = {f.name: f for f in files}
        expect, may, ok = (set().union(*s) for s in zip(*map(labels, files)))
        own = {category} | {c for _, _, c in expect}
        for _, _, c in expect:
            want[c] += 1
        if results is None:
            broken.append(f"{files[0].parent.name}/{files[0].name}: {why}")
            misses += [f"{p.parent.name}/{p.name}:{n} {c}" for p, n, c in sorted(expect)]
            continue
        hit = set()
        for rule, primary, steps in results:
            cats = STANDS_FOR.get(rule, set())
            here = [(by_name[n], l) for n, l in primary if n in by_name]
            there = here + [(by_name[n], l) for n, l in steps if n in by_name]
            direct = {e for e in expect if (e[0], e[1]) in there and e[2] in cats}
            hit |= direct
            if direct or rule in LOCAL or not here:
                continue
            p, n = here[0]
            if any((p, n, c) in may for c in cats) or any(e[:2] == (p, n) and any(related(e[2], c) for c in cats) for e in expect):
                continue
            if (p, n) in ok or "_ok_" in p.name or cats & own:
                false[min(cats) if cats else rule] += 1
                alarms.append(f"{p.parent.name}/{p.name}:{n} {rule}")
            else:
                unlabelled += 1
        for _, _, c in hit:
            got[c] += 1
        misses += [f"{p.parent.name}/{p.name}:{n} {c}" for p, n, c in sorted(expect - hit)]
    for c in sorted(set(want) | set(false)):
        print(f"{c:32} expected {want[c]:4}  found {got[c]:4}  false alarms {false[c]:3}")
    total, found, wrong = sum(want.values()), sum(got.values()), sum(false.values())
    if a.verbose:
        print(*(f"missed       {m}" for m in misses), *(f"false alarm  {f}" for f in alarms), sep="\n")
    print(*(f"BROKEN {b}" for b in broken), sep="\n") if broken else None
    recall = found / total if total else 1.0
    print(f"cases {len(groups)}  expected {total}  found {found}  recall {recall:.3f}  false alarms {wrong}  broken {len(broken)}  unlabelled {unlabelled}")
    sys.exit(0 if recall >= a.min_recall and wrong <= a.max_false and not broken else 1)


if __name__ == "__main__":
    main()
