#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A class on the page as people make one, in headless Chromium: serve_class_eyes.py. Recordings that are dropped on the first
screen become a class; the test that is chosen is the program's first; another one is offered to be measured; lines are
named, removed, and do not come back; nothing empty is printed; every number and word of a chart can be read in the dark; a
result and a client are removed after a second question; numbers have the language's decimal sign."""
import os
import subprocess
import sys
import tempfile

import browser as chromium
from looks import charted, looked, need, watch
from served import Served

ROWS = "document.querySelectorAll('table.series tbody tr').length"
TABLE = "document.querySelector('table.series')?.innerText || ''"
BUTTON = "[...document.querySelectorAll('main button')].find(b => b.textContent.startsWith('{}') && b.getClientRects().length)"


def button(text):
    return BUTTON.replace("{}", text)


def drop(b, files):
    """As a hand drops files anywhere on the page."""
    for kind in ("dragEnter", "dragOver", "drop"):
        b.page("Input.dispatchDragEvent", type=kind, x=600, y=500, data={"items": [], "files": files, "dragOperationsMask": 1})


def classed(b, people):
    b.until("document.querySelector('#clients')")
    drop(b, people)
    b.until("location.hash === '#series' && document.querySelector('table.series tbody tr')")
    need(b.ask("document.querySelector('main select').value") == "toe-touch", "the class begins with another test")
    b.until(f"{ROWS} === 3 && document.querySelectorAll('table.series tbody a').length === 3", 600)
    need(b.ask(TABLE).count("%") >= 3 and "is measured" not in b.ask(TABLE), f"no sentence in the table: {b.ask(TABLE)}")


def other_test(b):
    """As another test: said, offered, and one line a file all the same."""
    choose = "(() => {{ const s = document.querySelector('main select'); s.value = '{}'; s.dispatchEvent(new Event('change')); }})()"
    b.ask(choose.format("sit-and-reach"))
    b.until("document.querySelector('.notice').innerText.includes(': 3 of these files')")
    need(b.ask(f"{button('Cards')}.disabled && {button('Sheet')}.disabled && {button('Save')}.disabled"), "nothing is measured, and can be printed")
    b.ask(f"{button('Measure them as')}.click()")
    b.until(f"{ROWS} === 3 && (document.querySelector('table.series').innerText.match(/no hand marker.*Toe touch/g) || []).length === 3", 600)
    need("--" not in b.ask(TABLE), f"options on the page: {b.ask(TABLE)}")
    need(b.ask("[...document.querySelectorAll('.why')].every(e => e.getBoundingClientRect().right <= innerWidth)"), "a reason is cut at the edge")
    b.ask(choose.format("toe-touch"))
    b.until("document.querySelector('.notice').innerText.includes(': 3 of these files')")
    b.ask(f"{button('Measure them as')}.click()")
    b.until("document.querySelectorAll('table.series tbody a').length === 3", 600)


def taken_back(b):
    """A line that is removed by mistake is there again, where it stood, with its name and its result."""
    first = "document.querySelector('table.series input').value"
    b.ask("document.querySelector('table.series .acts button:last-child').click()")
    b.until(f"{ROWS} === 2 && document.querySelector('.toast')?.innerText.includes('Ben Ärmel')")
    need(b.ask(first) != "Ben Ärmel", "another line was removed")
    b.ask("document.querySelector('.toast button').click()")
    b.until(f"{ROWS} === 3 && !document.querySelector('.toast')")
    need(b.ask(first) == "Ben Ärmel" and b.ask("document.querySelectorAll('table.series tbody a').length") == 3, "it is not back as it was")


def named(b, shots):
    """Whose result it is stands on the screen, and on the page to print, which was made before the name was known."""
    b.ask("[...document.querySelectorAll('table.series tbody a')][0].click()")
    b.until("location.hash.startsWith('#result/') && document.querySelector('.whose') && document.querySelector('.sheet img')?.naturalWidth", 120)
    need(b.ask("document.querySelector('.whose').innerText") == "Result: Ben Ärmel" and b.ask("document.title").startswith("Result: Ben Ärmel"), f"whose result: {b.ask('document.title')}")
    looked(b, "class-result", 1280, "light", shots)
    b.press("Escape")
    b.until("location.hash === '#series' && document.querySelector('table.series')")


def points(b, folder):
    """Another program's file does not say what its points are: it is asked once, and guesses that were told are measured."""
    drop(b, [folder + "/files/sports2d-m.trc", folder + "/files/opencap.trc"])
    b.until("document.querySelector('form.points')?.innerText.includes('opencap.trc')")
    need(b.ask(ROWS) == 2 and b.ask("document.querySelector('form.points button').disabled"), "measured before it is said")
    b.ask("document.querySelector('form.points input[value=keypoints]').click()")
    b.ask("document.querySelector('form.points button').click()")
    b.until(f"!document.querySelector('form.points') && {ROWS} === 4 && document.querySelectorAll('table.series tbody a').length === 4", 120)


def lines(b, people):
    drop(b, people[:1])
    b.until("[...document.querySelectorAll('table.series tbody input')].at(-1).value === 'person-00001'")
    b.until("document.querySelectorAll('table.series tbody a').length === 3", 600)
    need(b.ask(ROWS) == 3, "the same file once more is another line")
    b.ask("(() => { const i = document.querySelector('table.series input'); i.value = 'Ben Ärmel'; for (const e of ['input', 'change']) i.dispatchEvent(new Event(e)); })()")
    taken_back(b)
    b.ask("[...document.querySelectorAll('table.series tbody tr')].at(-1).querySelector('.acts button:last-child').click()")
    b.until(f"{ROWS} === 2")
    b.ask("location.hash = '#'")
    b.until("document.querySelector('#clients')")
    b.ask("location.hash = '#series'")
    b.until(f"{ROWS} === 2 && document.querySelectorAll('table.series tbody a').length === 2")
    need(b.ask("document.querySelector('table.series input').value") == "Ben Ärmel", "the name is forgotten")


def printed(b, folder):
    b.ask(f"{button('Cards')}.click()")
    b.until("location.hash.startsWith('#class/') && document.querySelector('.sheet img')?.naturalWidth")
    path = os.path.join(folder, "cards.pdf")
    b.printed(path)
    told = subprocess.run(["pdfinfo", path], stdout=subprocess.PIPE, text=True, check=True).stdout
    need("Pages:           1" in told, f"two cards on {told}")
    b.press("Escape")
    b.until("location.hash === '#series' && document.querySelector('table.series')")


def cleared(b):
    b.ask(f"{button('Clear')}.click()")
    b.until(f"{ROWS} === 0")
    need(b.ask(f"{button('Cards')}.disabled && {button('Sheet')}.disabled"), "an empty list can be printed")
    b.ask("window.before = true; location.reload()")
    b.until("!window.before && document.querySelector('.drop')")
    b.until("!document.querySelector('table.series tbody tr')")


def client(s, b, people, shots):
    """Two results on two days, a chart in the dark, and both removed."""
    s.ask("POST", "/api/clients", {"id": "ana", "name": "Ana"}, 201)
    for person, day in zip(people, ("2026-03-01", "2026-04-01")):
        subprocess.run([os.environ["SAGITTA"], "analyze", person, "--client", "ana", "--date", day, "--records", s.records, "--force"],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, check=True)
    for mode in ("dark", "light"):
        s.ask("PATCH", "/api/state", {"look": mode}, 200)
        b.ask("window.before = true; location.hash = '#client/ana'; location.reload()")
        b.until("!window.before && document.querySelector('.dygraph-axis-label')")
        charted(b, f"client, {mode}")
        looked(b, "client-chart", 1280, mode, shots)
    rows = "[...document.querySelectorAll('main tbody tr')].filter(r => r.querySelector('button')).length"
    need(not b.ask("[...document.querySelectorAll('main button')].some(b => b.textContent.includes('together'))"), "one test, and a page of several")
    b.ask(f"{button('Remove …')}.click()")
    b.until("document.activeElement.textContent === 'Keep it'")
    b.press("Enter")
    need(b.ask(rows) == 2, "kept, and removed")
    b.ask(f"{button('Remove …')}.click()")
    b.ask(f"{button('Remove for good')}.click()")
    b.until(f"{rows} === 1")
    b.ask("document.querySelector('.removal summary').click()")
    need("pictures: 1, of days: 1" in b.ask("document.querySelector('.removal').innerText"), "what goes is not said")
    need(b.ask("document.querySelector('.removal button').disabled"), "removed without a word")
    b.ask("document.querySelector('.removal input').focus()")
    for letter in "ana":
        b.press(letter)
    b.until("!document.querySelector('.removal button').disabled")
    b.press("Enter")
    b.until("document.querySelector('#clients') && !document.querySelector('#clients li')")


def words(s, b):
    """A number with the language's decimal sign; sets of stickers in words."""
    s.ask("PATCH", "/api/state", {"language": "de"}, 200)
    b.ask("window.before = true; location.hash = '#settings'; location.reload()")
    b.until("!window.before && document.documentElement.lang === 'de' && document.querySelector('main form')")
    text = b.ask("document.querySelector('main').innerText")
    need("Streifen an der Hüfte" in text and not any(w in text for w in ("strip", "clinic", "discs")), f"code words: {text}")
    shown = b.ask("import(document.querySelector('script[type=module]').src.replace('main.js', 'dom.js')).then(m => [m.number(3.034, 2), m.number(-1.5, 1), m.numeral('von 1.5 bis 2.25 s.')])")
    need(shown == ["3,03", "−1,5", "von 1,5 bis 2,25 s."], f"numbers in German: {shown}")


def guesses(folder):
    subprocess.run([os.environ["SAGITTA"], "simulate", "--people", "1", "--set", "discs", "--ankle", "--seed", "5", "--points", "keypoints", "-o", folder + "/guessed"],
                   stdout=subprocess.DEVNULL, check=True)
    return folder + "/guessed/person-00001.csv", folder + "/files"


def main():
    if not chromium.program():
        print("skipped: no Chromium")
        sys.exit(77)
    shots = sys.argv[1] if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as folder, Served() as s, chromium.Browser() as b:
        watch(b)
        subprocess.run([os.environ["SAGITTA"], "simulate", "--people", "3", "--set", "strip", "--seed", "4", "-o", folder + "/people"],
                       stdout=subprocess.DEVNULL, check=True)
        subprocess.run([sys.executable, os.path.join(os.environ["HERE"], "peers.py"), *guesses(folder)], check=True)
        people = [f"{folder}/people/person-{i:05d}.csv" for i in (1, 2, 3)]
        b.visit("file://" + s.page, "document.querySelector('main h1')")
        s.enter()
        s.ask("PATCH", "/api/state", {"language": "en", "welcomed": True}, 200)
        b.ask("window.before = true; location.hash = '#'; location.reload()")
        b.until("!window.before && document.querySelector('#clients')")
        classed(b, people)
        other_test(b)
        lines(b, people)
        named(b, shots)
        points(b, folder)
        printed(b, folder)
        cleared(b)
        client(s, b, people, shots)
        words(s, b)
        need(not b.complaints, f"the browser complains: {b.complaints}")


main()
