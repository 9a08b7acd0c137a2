#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The page as people use it, in headless Chromium, with the keyboard alone: serve_eyes.py [FOLDER for pictures]. From the
first start to the printed page; nothing is fetched from elsewhere and nothing breaks the page's own rules; words have
contrast, everything that can be reached has a name and is reached in its order, and nothing jumps, on every screen, on a
telephone and wide, light and dark, in each language."""
import base64
import os
import subprocess
import sys
import tempfile
import time

import browser as chromium
from looks import looked, need, steady, tabbed, watch
from served import Served


def unkept(b, s):
    """Settings that cannot be kept: the page is there all the same, and says so."""
    os.makedirs(s.folder + "/config", exist_ok=True)
    with open(s.folder + "/config/sagitta", "w", encoding="utf-8") as file:
        file.write("in the way")
    used = s.secret()
    b.visit("file://" + s.page, "document.querySelector('main h1') && document.querySelector('.guide img').complete")
    b.until("!document.querySelector('.alarm').hidden && document.querySelector('.alarm').textContent.includes('page.json')")
    while s.secret() == used:  # the way in is made anew
        time.sleep(0.1)
    os.remove(s.folder + "/config/sagitta")


def journey(b, s, clip):
    """Journey of a first client; every key is one that is pressed. Returns the address of the result."""
    b.visit("file://" + s.page, "document.querySelector('main h1') && document.querySelector('.guide img').complete")
    b.press("Enter")
    b.until("location.hash === '#' || location.hash === ''")
    b.until("document.activeElement.type === 'search'")
    for letter in "Zoë Maier":
        b.press(letter)
    b.press("Enter")  # nobody is called so: a new client of that name
    b.until("document.querySelector('form') && document.activeElement.value === 'Zoë Maier'")
    b.press("Enter")
    b.until("location.hash.startsWith('#client/') && document.activeElement.matches('button.big')")
    b.press("m")
    b.until("location.hash.startsWith('#prepare/') && document.querySelector('.drop.shut')")
    need(b.ask("document.querySelectorAll('button.big').length === 1 && document.activeElement.matches('button.big.none')"), "two things are asked for at once")
    b.press("n")
    b.until("!document.querySelector('.drop.shut') && document.activeElement.matches('button.big')")
    b.press("1", "0")
    b.until("document.querySelector('.pain [aria-checked=true]').textContent === '10'")
    # From here: a key for the pain, the drop, P.
    b.press("3")
    b.until("document.querySelector('.pain [aria-checked=true]').textContent === '3'")
    drop(b, [clip])
    b.until("location.hash.startsWith('#result/') && document.querySelector('.verdict')", 900)
    b.until("document.querySelectorAll('.sheet img').length >= 2", 900)
    return b.ask("location.hash")


def drop(b, files):
    node = b.page("DOM.getDocument")["root"]["nodeId"]
    b.page("DOM.setFileInputFiles", files=files, nodeId=b.page("DOM.querySelector", nodeId=node, selector="main input[type=file]")["nodeId"])


def film(b):
    """One cursor: a key moves the film by a frame, and the chart with it."""
    b.until("document.querySelector('video').readyState >= 2 && document.querySelector('.cursor')")
    at = "[document.querySelector('.film input').value, document.querySelector('.cursor').style.left, document.querySelector('.clock').textContent]"
    b.until("document.querySelector('.film input').value > 0")
    before = b.ask(at)
    b.ask("document.activeElement.blur()")
    b.press("ArrowRight")
    b.until(f"document.querySelector('.film input').value == {int(before[0]) + 1}")
    b.press("Shift+ArrowRight")
    b.until(f"document.querySelector('.film input').value == {int(before[0]) + 11}")
    after = b.ask(at)
    need(before[1] != after[1] and before[2] != after[2], f"the chart's cursor does not follow: {before}, {after}")
    need(shown(b), "after a step the film is black")
    need(b.ask("(() => { const c = document.querySelector('.over'), d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
               "return d.some((v, i) => i % 4 === 3 && v > 0); })()"), "no marker is drawn over the film")


def light(b):
    """How light the film is that people see, 0 to 255: as the page is photographed, not as the film says that it is."""
    b.until("document.querySelector('.film .picture')?.getBoundingClientRect().width > 0")
    at = b.ask("(() => { const r = document.querySelector('.film .picture').getBoundingClientRect(); return [r.left + scrollX, r.top + scrollY, r.width, r.height]; })()")
    data = b.page("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip={"x": at[0], "y": at[1], "width": at[2], "height": at[3], "scale": 1})["data"]
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", "-", "-f", "rawvideo", "-pix_fmt", "gray", "-"], input=base64.b64decode(data), check=True, capture_output=True).stdout
    return sum(raw) / len(raw)


def shown(b):
    """Whether a picture stands in the film: looked for as long as a browser may take to decode the first one."""
    end = time.monotonic() + 30
    while light(b) <= 20:
        if time.monotonic() > end:
            return False
        time.sleep(.1)
    return True


def correct(b):
    """A marker by the loupe and the arrows. Escape closes the loupe alone; what is set can be taken back; and what became
    of the correction is said."""
    b.press("c")
    b.until("document.querySelector('.loupe')")
    b.press("Escape")
    b.until("!document.querySelector('.loupe') && document.querySelector('.cursor').offsetParent")
    need(b.ask("location.hash.startsWith('#result/')"), "Escape closes the loupe and leaves the result")
    b.ask("document.activeElement.blur()")
    b.press("c")
    b.until("document.querySelector('.loupe')")
    b.ask("document.querySelector('#role').value = 'hip', document.querySelector('#role').dispatchEvent(new Event('change')), document.querySelector('.loupe').focus()")
    place = "document.querySelector('section.card output').textContent"
    before = b.ask(place)
    b.press("ArrowRight", "ArrowDown", "ArrowLeft")
    need(b.ask(place) != before, "the arrows do not move the cross")
    before = b.ask(place)
    b.ask("(() => { const l = document.querySelector('.loupe'), r = l.getBoundingClientRect(); l.dispatchEvent(new MouseEvent('click', { bubbles: true, clientX: r.left + 180, clientY: r.top + 60 })); })()")
    need(b.ask(place) != before, "a click in the loupe does nothing")
    b.ask("(() => { const l = document.querySelector('.loupe'), r = l.getBoundingClientRect(); l.dispatchEvent(new MouseEvent('click', { bubbles: true, clientX: r.left + 60, clientY: r.top + 180 })); })()")
    b.press("ArrowUp", "Enter")
    b.until("document.activeElement.matches('button.big') && !document.activeElement.disabled && document.querySelectorAll('section.card li').length === 1")
    need(b.ask("document.querySelector('section.card li').textContent.includes('changes nothing')"), "a cross on the marker that was found is taken for a correction")
    b.ask("document.querySelector('section.card li button').click()")
    b.until("!document.querySelector('section.card li') && document.querySelector('section.card button.big').disabled")
    b.ask("document.querySelector('.loupe').focus()")
    b.press("Enter")
    b.until("document.activeElement.matches('button.big') && !document.activeElement.disabled")
    b.press("Enter")
    b.until("location.hash.startsWith('#working/')")
    b.until("location.hash.startsWith('#result/') && document.querySelector('.verdict')", 900)
    b.until("document.querySelector('.corrected li')")
    said = b.ask("document.querySelector('.corrected').textContent")
    need("s: " in said and ("as they were" in said or "Changed by the correction" in said), f"nobody says what became of the correction: {said}")
    need(shown(b), "after a correction the film is black")
    b.until("document.querySelectorAll('.sheet img').length >= 2", 900)


def nothing_lost(b, result):
    """Escape closes what is on top and nothing else; what was written stays until it is saved or dropped."""
    need(b.ask("[...document.querySelectorAll('main p')].some((p) => p.textContent.includes('recording is removed'))"), "nobody says that Done removes the recording")
    need(b.ask("document.querySelector('main').textContent.includes('Saved with Zoë Maier')"), "saved with a key, and not with a name")
    need(b.ask("document.querySelector('main').textContent.includes('clinic.mp4')"), "the recording has lost its name")
    b.ask("document.activeElement.blur()")
    b.press("k")
    b.until("document.querySelector('#agreed')")
    b.press("Escape")
    b.until("!document.querySelector('#agreed')")
    need(b.ask("location.hash") == result, "Escape closes the question and leaves the result")
    need(b.ask("fetch('/api/results/' + location.hash.split('/')[1] + '/video').then((r) => r.status)") == 200, "the recording is gone")
    b.ask("location.hash = '#client/' + 'zo%C3%AB-maier'")
    b.until("document.querySelector('main h1')?.textContent === 'Zoë Maier' && document.querySelector('main table')")
    b.ask("document.activeElement.blur()")
    b.press("e")
    b.until("document.activeElement.matches('textarea')")
    for letter in "knee":
        b.press(letter)
    b.press("Escape")
    b.until("!document.querySelector('.alarm').hidden")
    need(b.ask("document.querySelector('textarea').value") == "knee", "Escape throws away what was written")
    b.ask("location.hash = '#'")
    b.until("document.querySelector('#clients')")
    b.ask("location.hash = '#client/' + 'zo%C3%AB-maier'")
    b.until("document.querySelector('textarea')?.value === 'knee'")
    b.ask("[...document.querySelectorAll('form:not(.removal form) button')].pop().click()")
    b.until("!document.querySelector('form:not(.removal form)')")
    need(b.ask("[...document.querySelectorAll('main thead')].every((h) => !h.textContent.includes('Last'))"), "one visit has a first and a last")
    b.ask(f"location.hash = '{result}'")
    b.until("document.querySelector('.verdict') && document.querySelectorAll('.sheet img').length >= 2", 900)


def opened(b):
    """Whoever opens what was saved is not told that it is measured."""
    b.ask("window.heads = new Set(), new MutationObserver(() => heads.add(document.querySelector('main h1')?.textContent)).observe(document.body, { childList: true, subtree: true })")
    b.ask("location.hash = '#client/' + 'zo%C3%AB-maier'")
    b.until("document.querySelector('main h1')?.textContent === 'Zoë Maier' && document.querySelector('td button')")
    b.press("p")
    b.until("location.hash.startsWith('#result/') && document.querySelector('.verdict')", 900)
    heads = b.ask("[...heads]")
    need("Measuring" not in heads, f"opening is called measuring: {heads}")


def printed(b, folder):
    path = os.path.join(folder, "printed.pdf")
    sheets = b.ask("document.querySelectorAll('.sheet').length")
    b.printed(path)
    told = subprocess.run(["pdfinfo", path], stdout=subprocess.PIPE, text=True, check=True).stdout
    pages = int(next(l for l in told.splitlines() if l.startswith("Pages")).split()[1])
    need(pages == sheets, f"{sheets} sheets are printed on {pages} pages")


def series(b, clip, folder):
    b.ask("location.hash = '#series'")
    b.until("document.querySelector('table.series')")
    broken = os.path.join(folder, "no video.mp4")
    with open(broken, "wb") as file:
        file.write(b"nothing" * 100)
    b.ask("document.querySelector('select').value = 'toe-touch', document.querySelector('select').dispatchEvent(new Event('change'))")
    drop(b, [clip, broken])
    b.until("document.querySelectorAll('table.series tbody tr').length === 2 && document.querySelectorAll('table.series tbody a').length === 1 && "
            "document.querySelector('table.series tbody td > small')?.textContent.includes(' ') && !document.querySelector('table.series').textContent.includes('is measured')", 900)


# What a screen says while it measures, of a job that measures for ever.
MEASURING = """
window.own = window.own || fetch;
window.fetch = (path, more) => String(path).endsWith('/api/jobs/measuring') ? Promise.resolve(new Response(JSON.stringify({ id: 'measuring', state: 'running', kind: 'recording',
  client: '', name: 'a clip.mp4', fraction: 0.4, left_s: 12 }), { headers: { 'Content-Type': 'application/json' } })) : window.own(path, more);
"""


def every_screen(b, result):
    """(name, address, what is pressed there, what is there then): each in each of its states."""
    client = "#client/" + "zo%C3%AB-maier"
    b.until("window.refused || (fetch('/api/jobs').then(r => r.json()).then(d => { window.refused = d.jobs.some(j => j.state === 'refused'); }), false)")
    refused = b.ask("fetch('/api/jobs').then(r => r.json()).then(d => d.jobs.find(j => j.state === 'refused').id)")
    b.ask("fetch('/api/clients', { method: 'POST', headers: { 'X-Sagitta': '1' }, body: JSON.stringify({ id: 'new', name: 'Änne Ünal' }) }).then(r => r.status)")
    return [("welcome", "#welcome", "", "document.querySelector('.guide img').complete && document.querySelector('.guide img').naturalWidth"),
            ("clients", "#", "", "document.querySelector('#clients li')"),
            ("new-client", "#", "n", "document.querySelector('form')"),
            ("client", client, "", "document.querySelector('table')"),
            ("details", client, "e", "document.querySelector('form:not(.removal form)')"),
            ("session", client, "s", "location.hash.startsWith('#session/') && document.querySelector('.sheet img')"),
            ("unmeasured-client", "#client/new", "", "document.querySelector('main h1')"),
            ("questions", "#prepare/new", "", "document.querySelector('.drop.shut')"),
            ("prepare", client.replace("client", "prepare", 1), "", "document.querySelector('.drop')"),
            ("measuring", "#working/measuring", "", "document.querySelector('progress[value]')"),
            ("refused", "#working/" + refused, "", "document.querySelector('.said li')"),
            ("result", result, "", "document.querySelectorAll('.sheet img').length > 1 && document.querySelector('video').readyState >= 2 && document.querySelector('.cursor') && document.querySelectorAll('.frames img').length === 3"),
            ("keep", result, "k", "document.querySelector('#agreed') && document.querySelector('.cursor')"),
            ("correct", result, "", "document.querySelector('video').readyState >= 2 && document.querySelector('.cursor')"),
            ("series", "#series", "", "document.querySelector('table.series')"),
            ("settings", "#settings", "", "document.querySelector('main h1')")]


def second_test(s, folder):
    """Of one test alone there is no page of several."""
    subprocess.run([os.environ["SAGITTA"], "simulate", "--people", "1", "--set", "strip", "--ankle", "--test", "toe-touch-knees-bent", "--seed", "3", "-o", folder + "/bent"],
                   stdout=subprocess.DEVNULL, check=True)
    subprocess.run([os.environ["SAGITTA"], "analyze", folder + "/bent/person-00001.csv", "--test", "toe-touch-knees-bent", "--client", "zoë-maier",
                    "--same-markers", "--records", s.records], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, check=True)


def looks(b, result, shots):
    screens = every_screen(b, result)
    for width, mode, language in ((360, "light", "de"), (360, "dark", "es"), (1280, "light", "en"), (1440, "dark", "de"), (2200, "light", "es")):
        b.page("Emulation.setEmulatedMedia", media="screen", features=[{"name": "prefers-color-scheme", "value": mode}])
        b.resize(width)
        b.ask(f"fetch('/api/state', {{ method: 'PATCH', headers: {{ 'X-Sagitta': '1' }}, body: JSON.stringify({{ language: '{language}' }}) }})")
        b.ask("window.before = true; location.reload()")
        b.until(f"!window.before && document.documentElement.lang == '{language}' && document.querySelector('main h1')")
        b.ask(MEASURING + "0")
        for name, address, key, there in screens:
            where = f"{name}, {width} px, {mode}, {language}"
            b.ask("location.hash = '#nowhere'")
            b.until("document.querySelector('#clients')")
            b.ask(f"window.was = document.querySelector('main').firstElementChild; location.hash = '{address}'")
            b.until("document.querySelector('main').firstElementChild !== window.was && document.querySelector('main h1')")
            b.until(there if not key else "document.querySelector('main button')")
            if key:
                # A screen hears its keys once all of it is there; who is too early presses again.
                for _ in range(10):
                    b.ask("document.activeElement.blur()")
                    b.press(key)
                    try:
                        b.until(there, 6)
                        break
                    except TimeoutError:
                        continue
            if name == "correct":
                b.ask("document.activeElement.blur()")
                b.press("c")
                b.until("document.querySelector('.loupe')")
            b.until(there)
            time.sleep(0.7)
            need(b.ask("document.documentElement.lang") == language, f"{where}: another language")
            looked(b, name, width, mode, shots)
            steady(b, where)
            if width in (360, 1280):
                tabbed(b, where)


def main():
    if not chromium.program():
        print("skipped: no Chromium")
        sys.exit(77)
    clip = os.environ["FIXTURES"] + "/clinic.mp4"
    shots = sys.argv[1] if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as folder, Served() as s, chromium.Browser() as b:
        watch(b)
        unkept(b, s)
        result = journey(b, s, clip)
        steady(b, "the journey")
        film(b)
        nothing_lost(b, result)
        correct(b)
        printed(b, folder)
        opened(b)
        series(b, clip, folder)
        second_test(s, folder)
        looks(b, result, shots)
        outside = [r for r in b.requests if not r.startswith((f"http://127.0.0.1:{s.port}/", "file://" + os.path.dirname(s.page), f"blob:http://127.0.0.1:{s.port}/"))]
        need(not outside, f"asked for from elsewhere: {outside}")
        need(not b.complaints, f"the browser complains: {b.complaints}")


main()
