"""Looks at a report as a reader does: clicks, types, presses keys.

check_report.py SCENARIO REPORT.html

A scenario that fails says what it expected. Nothing that comes from outside may
run, whatever the report is; every scenario ends with that.
"""
import sys

from browser import Browser


def expect(value, wanted, what):
    if value != wanted:
        raise SystemExit(f"{what}: expected {wanted!r}, got {value!r}")


def texts(page, selector):
    return page.run(f"[...document.querySelectorAll({selector!r})].map((e) => e.textContent)")


def visible(page):
    return page.run("[...document.querySelectorAll('main > section')].filter((e) => !e.hidden).map((e) => e.id)")


def shown(page):
    return page.run("document.getElementById('shown').textContent")


def walk(page):
    """The report of a few findings that Html.cpp's test writes."""
    expect(visible(page), ["overview"], "the first view")
    expect(texts(page, ".tile b")[:3], ["1", "3", "0"], "errors, warnings, notes")
    expect(texts(page, ".cause header b")[0], "2", "findings of the worst place")
    page.click(".cause .more")
    expect(visible(page), ["findings"], "the view after a click at a cause")
    expect(shown(page), "2 of 4 findings", "findings of that cause")
    page.key("x")
    expect(shown(page), "4 findings", "without filters")

    first = texts(page, ".row[aria-selected=true] .title")
    page.key("j")
    second = texts(page, ".row[aria-selected=true] .title")
    if first == second:
        raise SystemExit("j does not go to the next finding")
    page.key("k")
    expect(texts(page, ".row[aria-selected=true] .title"), first, "k goes back")

    expect(texts(page, "#detail [aria-current=step] mark"), ["connect"], "what is marked first")
    page.key("Enter")
    expect(texts(page, "#detail [aria-current=step] > p"), ["serve calls lookup"], "the first step")
    page.key("Enter")
    expect(texts(page, "#detail [aria-current=step] mark"), ["::getaddrinfo"], "the end of the path")
    page.key("Enter", shift=True)
    expect(texts(page, "#detail [aria-current=step] mark"), ["lookup"], "and back")

    page.key("/")
    page.type("sleep")
    page.wait("document.getElementById('shown').textContent === '1 of 4 findings'")
    page.key("Escape")
    expect(page.run("document.getElementById('query').value"), "sleep", "what was searched for")
    page.key("j")
    expect(shown(page), "1 of 4 findings", "findings after leaving the search")
    page.key("x")
    expect(page.run("document.getElementById('query').value"), "", "the search without filters")
    page.run("(() => { const e = document.getElementById('rule'); e.value = 'async-other-sample';"
             " e.dispatchEvent(new Event('change')); })()")
    expect(shown(page), "1 of 4 findings", "one rule")
    page.key("x")
    page.click("#severities .warning")
    expect(shown(page), "1 of 4 findings", "without warnings")
    page.click("#show-hidden")
    expect(shown(page), "1 of 5 findings", "with what is suppressed")
    page.key("w")
    expect(shown(page), "5 findings", "all")

    page.key("3")
    expect(visible(page), ["graph"], "the third view")
    expect(sorted(texts(page, ".node.entry text")), ["client", "serve"], "entry points")
    expect(texts(page, ".node.leaf text"), ["getaddrinfo"], "leaves")
    expect(page.run("document.querySelectorAll('.edge').length"), 3, "calls")
    page.run("[...document.querySelectorAll('.node')].find((e) => e.textContent.includes('client'))"
             ".dispatchEvent(new MouseEvent('click', {bubbles: true}))")
    expect(page.run("document.querySelectorAll('.edge.lit').length"), 2, "calls of client that are lit")
    expect(len(texts(page, ".node.faded")), 1, "functions that it does not reach")
    page.click("#graph-side .more")
    expect(visible(page), ["findings"], "the view of the findings through client")
    expect(shown(page), "1 of 5 findings", "findings through client")

    expect(page.run("document.documentElement.dataset.theme"), "light", "the system's theme")
    page.key("t")
    expect(page.run("document.documentElement.dataset.theme"), "dark", "the other theme")
    page.key("?")
    expect(page.run("document.getElementById('keys').open"), True, "the keys")


def trend(page):
    expect(texts(page, ".tile b")[-2:], ["+1", "-1"], "new and gone")
    page.click(".tile:nth-last-child(2)")
    expect(shown(page), "1 of 2 findings", "the new one")
    expect(texts(page, ".row .badge"), ["new"], "its badge")


def hostile(page):
    names = page.run("[...document.querySelectorAll('*')].map((e) => e.localName)")
    for name in ("img", "iframe", "object", "embed", "link", "form", "base"):
        expect(name in names, False, f"an element {name}")
    expect(page.run("document.querySelectorAll('script').length"), 2, "scripts")
    for view in "123":
        page.key(view)
    page.key("2")
    for _ in range(40):
        page.key("j")
        page.key("Enter")
    page.run("document.querySelectorAll('details').forEach((e) => { e.open = true; })")
    body = page.run("document.body.textContent")
    for text in ("<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>.cpp"):
        expect(text in body, True, f"{text} as text")
    # What the policy does if the page were tricked all the same.
    page.run("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.owned = 1\">')")
    page.run("(() => { const s = document.createElement('script'); s.textContent = 'window.owned = 1';"
             " document.body.append(s); })()")
    page.run("new Promise((done) => setTimeout(done, 200))")
    expect(page.run("typeof window.owned"), "undefined", "a script that the policy allows")
    blocked = [error for error in page.errors if "Content Security Policy" in error]
    if not blocked:
        raise SystemExit("the policy blocked nothing")
    page.errors = [error for error in page.errors if error not in blocked]


def large(page):
    """10 000 findings: only what is in sight is drawn, wherever one goes."""
    page.key("2")
    most = 0
    for place in ("0", "list.scrollHeight / 2", "list.scrollHeight"):
        page.run(f"(() => {{ const list = document.getElementById('list'); list.scrollTop = {place}; }})()")
        page.run("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        rows = page.run("document.querySelectorAll('.row').length")
        expect(rows > 5, True, "rows in sight")
        most = max(most, rows)
    expect(most < 60, True, "no row that is out of sight")
    page.key("/")
    page.type("session_77::")
    page.wait("document.getElementById('shown').textContent.startsWith('3 of ')")
    page.key("Escape")
    page.key("End")
    expect(texts(page, ".row[aria-selected=true] .title") != [], True, "the last one is chosen")
    page.key("3")
    expect(page.run("document.querySelectorAll('.node').length") <= 130, True, "a graph that can be looked at")
    expect("more findings" in page.run("document.getElementById('graph-info').textContent"), True,
           "what is not drawn is told")


def main(scenario, file):
    with Browser() as page:
        page.open(file)
        {"walk": walk, "trend": trend, "hostile": hostile, "large": large}[scenario](page)
        expect(page.errors, [], "errors of the page")
        expect(page.dialogs, [], "dialogs")
        expect([url for url in page.requests if not url.startswith("file://")], [], "connections")
        if scenario != "hostile":  # which tries to load an image itself
            expect(len(page.requests), 1, "requests")


main(*sys.argv[1:])
