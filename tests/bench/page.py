#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How fast the page of `sagitta serve` is there, how large it is, and how it does with 10,000 visits of 500 clients.

    python3 tests/bench/page.py SAGITTA RESULT.json FOLDER [--runs N]

RESULT.json is any result document (records.py makes the others from it). Needs Chromium, which runs already when the
server is started, as on a machine that is in use. Asserts nothing; the page's promises are 300 ms, 150 kB without the
chart library, 100 ms.
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "e2e"))
CLIENTS, VISITS = 500, 20

PAINTED = "performance.getEntriesByName('first-contentful-paint').map(e => performance.timeOrigin + e.startTime)[0]"
# Everything that was sent for what is shown, with its heads: [name, bytes].
SENT = ("[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
        ".map(e => [new URL(e.name).pathname, e.transferSize])")
# From a change of the address to the frame in which that is on the screen, ms.
SHOWN = """
new Promise((done) => {
  const began = performance.now();
  const look = () => (%s) ? requestAnimationFrame(() => setTimeout(() => done(performance.now() - began))) : setTimeout(look, 1);
  location.hash = %r;
  look();
})
"""


def told(times, limit):
    times = sorted(times)
    return f"median {statistics.median(times):.0f} ms (best {times[0]:.0f}, worst {times[-1]:.0f} of {len(times)}; limit {limit} ms)"


def first_paint(b, runs):
    """Starts of a new server, and of one that has been welcomed: its client list."""
    from served import Served
    shown, size = [], None
    for _ in range(runs):
        began = time.time()
        with Served() as s:
            b.visit("file://" + s.page, "document.querySelector('main h1') && " + PAINTED, seconds=30)
            shown.append(b.ask(PAINTED) - 1e3 * began)
            b.until("document.querySelector('.guide img').complete")
            size = dict(b.ask(SENT))
    print(f"page shown after the server's start, {told(shown, 300)}; load {os.getloadavg()[0]:.1f}")
    return size


def weigh(size):
    code = {k: v for k, v in size.items() if not k.startswith("/api/guide")}
    print(f"sent for the first page: {sum(code.values()) / 1e3:.1f} kB in {len(code)} answers (limit 150 kB), and {sum(size.values()) / 1e3 - sum(code.values()) / 1e3:.1f} kB of the guide's picture")
    for name, sent in sorted(code.items(), key=lambda one: -one[1])[:5]:
        print(f"  {sent / 1e3:6.1f} kB {name.rsplit('/', 1)[1] or name}")


def many(b, records, runs):
    from served import Served
    folder = records.parent / "page-state"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copyfile(records, folder / "records.db")
    with Served(state=str(folder)) as s:
        used = s.secret()
        b.visit("file://" + s.page, "document.querySelector('main h1')")
        b.ask("fetch('/api/state', { method: 'PATCH', headers: { 'X-Sagitta': '1' }, body: JSON.stringify({ welcomed: true, language: 'en' }) }).then(r => r.status)")
        while s.secret() == used:
            time.sleep(0.1)
        s.enter()
        for name, path in (("list of clients", "/api/clients"), ("history", "/api/clients/client-%04d/history"), ("results", "/api/clients/client-%04d/results")):
            answers = []
            for i in range(runs):
                began = time.perf_counter()
                s.ask("GET", path % (37 * i % CLIENTS) if "%" in path else path, expected=200)
                answers.append(1e3 * (time.perf_counter() - began))
            print(f"{name}, answered: {told(answers, 100)}")
        b.ask("location.hash = '#settings'")
        lists, clients = [], []
        for i in range(runs):
            b.until("!document.querySelector('#clients')")
            lists.append(b.ask(SHOWN % ("document.querySelector('#clients')?.children.length === 200", "#")))
            code = f"client-{37 * i % CLIENTS:04d}"
            clients.append(b.ask(SHOWN % (f"document.querySelector('main p.faint')?.textContent.startsWith({code!r}) && document.querySelector('.chart canvas')", "#client/" + code)))
        print(f"list of clients, on the screen: {told(lists, 100)}")
        print(f"client with history and chart, on the screen: {told(clients, 100)}")
        s.end()
    shutil.rmtree(folder, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("result")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=15)
    a = parser.parse_args()
    os.environ.update(SAGITTA=str(Path(a.program).resolve()), HERE=str(HERE.parent / "e2e"))
    import browser as chromium
    if not chromium.program():
        sys.exit("no Chromium")
    records = a.folder / "bench.db"
    if not records.exists():
        subprocess.run([sys.executable, HERE / "records.py", a.program, a.result, a.folder, str(CLIENTS), str(VISITS)], check=True,
                       stdout=subprocess.DEVNULL)
    with chromium.Browser() as b:
        weigh(first_paint(b, a.runs))
        many(b, records, a.runs)


if __name__ == "__main__":
    main()
