#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The camera's screen in headless Chromium, with the keyboard alone: serve_camera_eyes.py CLIP FRAMES [FOLDER for
pictures]. From the client to the printed page in four keys; letters for three metres; markers over their own picture;
sounds that are words; another tab takes the camera; Escape leaves nothing; a camera that is not there is said."""
import glob
import os
import sys
import tempfile
import time

import browser as chromium
from filmed import Phone, Stream
from looks import looked, need
from served import Served

CLIP, FRAMES = sys.argv[1], sys.argv[2]
SHOTS = sys.argv[3] if len(sys.argv) > 3 else None
CAMERA = "document.querySelector('.camera')"
STATE = CAMERA + "?.dataset.state"
# Counts what would be heard, and keeps what a screen reader is told.
EARS = """
(() => {
  window.heard = 0; window.told = [];
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...at) { window.heard++; return start.apply(this, at); };
  new MutationObserver(() => {
    const text = document.querySelector('p[role=status].unseen')?.textContent || '';
    if (text !== window.told[window.told.length - 1]) window.told.push(text);
  }).observe(document.documentElement, { subtree: true, childList: true, characterData: true });
})()
"""
# Heights in shares of the window's, of letters as they are set; and whether a text is cut.
SIZES = """
(() => {
  const size = q => parseFloat(getComputedStyle(document.querySelector('.camera ' + q)).fontSize) / innerHeight;
  const word = document.querySelector('.camera .word'), side = document.querySelector('.camera .side');
  return { word: size('.word'), sentence: size('.sentence'), value: size('.bar .value'), track: document.querySelector('.camera .track').offsetHeight / innerHeight,
    cut: word.scrollWidth > word.clientWidth + 1 || side.scrollHeight > side.clientHeight + 2 || side.scrollWidth > side.clientWidth + 2,
    scrolls: document.querySelector('.camera').scrollHeight > innerHeight + 1 };
})()
"""


def shot(b, name):
    if SHOTS:
        b.picture(os.path.join(SHOTS, name + ".png"))


def enter(b, s):
    """The browser, and then this test beside it: each by a secret of its own."""
    used = s.secret()
    b.visit("file://" + s.page, "document.querySelector('main h1')", width=1920, height=1080)
    b.ask("fetch('/api/state', { method: 'PATCH', headers: { 'X-Sagitta': '1' }, body: JSON.stringify({ language: 'en', welcomed: true }) }).then(r => r.status)")
    b.ask("window.before = true; location.hash = ''; location.reload()")
    b.until("!window.before && document.querySelector('main h1')")
    b.ask(EARS)
    while s.secret() == used:
        time.sleep(0.1)
    s.enter()
    s.ask("POST", "/api/clients", {"id": "ana", "name": "Ana"}, 201)


def journey(b):
    """Four keys from the client to the printed page: M, X, Enter, P."""
    b.ask("location.hash = '#client/ana'; window.print = () => { window.printed = true; }")
    b.until("document.activeElement.matches('button.big') && location.hash === '#client/ana'")
    b.press("m")
    b.until("document.querySelector('.drop.shut')")
    b.press("n")
    b.until("!document.querySelector('.drop.shut') && document.activeElement.closest('.film-now')")
    b.press("Enter")
    b.until(f"{STATE} === 'looking' || {STATE} === 'ready'")
    shot(b, "ready")
    b.until(f"{STATE} === 'hold'")
    seen = b.ask(SIZES)
    need(seen["word"] >= 0.139 and seen["value"] >= 0.08 and seen["sentence"] >= 0.049 and seen["track"] >= 0.099, f"too small for three metres: {seen}")
    need(not seen["cut"] and not seen["scrolls"], f"cut: {seen}")
    need(b.ask("[...document.querySelectorAll('.bar .value')].some(e => /^≈ \\d+°$/.test(e.textContent))"), "no provisional number")
    need(b.ask("(() => { const c = document.querySelector('.stage canvas'), d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
               "for (let i = 0; i < d.length; i += 4) if (d[i] < 80 && d[i + 1] > 180 && d[i + 2] < 130) return true; return false; })()"), "no marker is drawn over the picture")
    shot(b, "hold")
    b.until("!document.querySelector('.again').hidden")
    shot(b, "again")
    b.until("document.querySelector('.count')?.textContent.includes('2 of 3')")
    b.until("location.hash.startsWith('#result/') && document.querySelector('.verdict')", 900)
    b.press("p")
    b.until("window.printed", 900)
    told = b.ask("window.told.join('\\n')")
    for text in ("STILL. Stand still.", "BEND. Bend slowly.", "HOLD 1. Stay there.", "UP. Come up.", "1 of 3", "DONE. Done, thank you."):
        need(text in told, f"a screen reader is not told: {text}")
    need(told.count("\n") < 40, "a screen reader is told every frame")
    need(b.ask("window.heard") >= 5, "nothing was heard")
    rows = b.ask("fetch('/api/clients/ana/results').then(r => r.json())")["results"]
    need(len(rows) == 1, f"not saved with the client: {rows}")
    # Accepted: what was filmed goes.
    b.press("Escape")
    b.until("location.hash === '#client/ana'")


def film(b, client="ana"):
    b.ask(f"location.hash = '#prepare/{client}'")
    b.until("document.activeElement.closest('.film-now')")
    b.press("Enter")
    b.until(f"{STATE} === 'looking' || {STATE} === 'ready' || {STATE} === 'armed'")


def folders(s):
    return [p for p in glob.glob(os.path.dirname(s.page) + "/*/recording*")]


def nothing_left(s, what):
    deadline = time.monotonic() + 60
    while folders(s):
        need(time.monotonic() < deadline, f"{what}: left behind: {folders(s)}")
        time.sleep(0.1)


def keys(b, s):
    """Escape leaves nothing; S is silent and stays so; R begins anew; Space ends by hand; a tab that goes lets go."""
    nothing_left(s, "accepted")
    film(b)
    b.press("s")
    b.until("document.querySelector('.keys').textContent.includes('Sound is off')")
    heard = b.ask("window.heard")
    b.until(f"{STATE} === 'down'")
    need(b.ask("window.heard") == heard, "it is heard when it is silent")
    b.press("r")
    b.until(f"{STATE} === 'looking' || {STATE} === 'ready'")
    b.press("Escape")
    b.until("location.hash === '#prepare/ana'")
    nothing_left(s, "Escape")
    film(b)
    b.until("document.querySelector('.keys').textContent.includes('Sound is off')")
    b.press("s")
    b.until("document.querySelector('.keys').textContent.includes('Sound is on')")
    b.press(" ")
    b.until("document.querySelector('.hint').textContent.includes('By hand')")
    b.press(" ")
    b.until("location.hash.startsWith('#result/') && document.querySelector('.verdict')", 900)
    b.press("Escape")
    b.until("location.hash === '#client/ana'")
    film(b)
    b.ask("location.hash = ''")
    b.until("document.activeElement.type === 'search'")
    nothing_left(s, "another screen")


def taken(b, s):
    """Somebody else takes it: told, taken back; in use: asked."""
    film(b)
    other = s.ask("POST", "/api/live/take-over", {"camera": "given"}, 202)["id"]
    stream = Stream(s, other)
    b.until(f"{STATE} === 'taken'")
    need(b.ask("document.querySelector('.sentence').textContent").count(" ") > 6 and b.ask("document.activeElement.matches('.side button')"), "taken, and not said")
    shot(b, "taken")
    b.press("Enter")
    b.until(f"{STATE} === 'looking' || {STATE} === 'ready'")
    need([n["state"] for n, _ in stream][-1] == "taken", "it is not taken back")
    b.press("Escape")
    b.until("location.hash === '#prepare/ana'")
    nothing_left(s, "taken")
    session = s.ask("POST", "/api/live", {"camera": "given"}, 202)["id"]
    stream = Stream(s, session)
    b.until("document.activeElement.closest('.film-now')")
    b.press("Enter")
    b.until(f"{STATE} === 'taken' && document.querySelector('.word').textContent.includes('IN USE')")
    b.press("r")
    b.until(f"{STATE} === 'looking' || {STATE} === 'ready'")
    b.press("Escape")
    stream.close()


def looks(b, s):
    """On a telephone and wide, light and dark, in each language."""
    for width, height, mode, language in ((360, 740, "dark", "de"), (1280, 720, "dark", "es"), (1920, 1080, "light", "de"), (3840, 1600, "light", "es")):
        b.page("Emulation.setEmulatedMedia", media="screen", features=[{"name": "prefers-color-scheme", "value": mode}])
        b.page("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        b.ask(f"fetch('/api/state', {{ method: 'PATCH', headers: {{ 'X-Sagitta': '1' }}, body: JSON.stringify({{ language: '{language}' }}) }}).then(r => r.status)")
        b.ask("window.before = true; location.hash = '#prepare/ana'; location.reload()")
        b.until(f"!window.before && document.documentElement.lang == '{language}' && document.querySelector('.film-now')")
        looked(b, "prepare", width, mode, SHOTS)
        film(b)
        looked(b, "camera-" + language, width, mode, SHOTS)
        b.until(f"{STATE} === 'down' || {STATE} === 'hold'")
        looked(b, "bend-" + language, width, mode, SHOTS)
        seen = b.ask(SIZES)
        need(not seen["cut"] or width < 600, f"{width} px, {language}: cut: {seen}")
        need(width < 600 or not seen["scrolls"], f"{width} px, {language}: it scrolls: {seen}")
        b.press("Escape")
        b.until("location.hash === '#prepare/ana'")


def phone(b, folder):
    """A phone's pictures: filmed to the end, measured, and looked at frame by frame; the phone goes away, and that is said."""
    with Phone(FRAMES, folder + "/port", 20) as there, Served("--camera", there.address) as s:
        enter(b, s)
        b.ask("location.hash = '#prepare/ana'")
        b.until("document.querySelector('.drop.shut')")
        b.press("n")
        b.until("document.activeElement.closest('.film-now')")
        b.press("Enter")
        b.until("location.hash.startsWith('#result/') && document.querySelector('.verdict')", 900)
        b.until("document.querySelector('.still')?.readyState >= 2 && document.querySelector('.still').width === 640")
        at = int(b.ask("document.querySelector('.film input').value"))
        b.ask("document.activeElement.blur()")
        b.press("ArrowRight")
        b.until(f"document.querySelector('.film input').value == {at + 1}")
        b.ask("[...document.querySelectorAll('.film button')][0].click()")
        b.until(f"document.querySelector('.film input').value > {at + 2}")
        b.press("c")
        b.until("document.querySelector('.loupe')")
        shot(b, "phone-result")
        b.press("Escape")
        b.until("!document.querySelector('.loupe')")
        b.press("Escape")
        b.until("location.hash === '#client/ana'")
        nothing_left(s, "accepted")
        film(b)
        there.process.kill()
        b.until(f"{STATE} === 'gone' && document.querySelector('.word').textContent.includes('CAMERA')")
        need(len(b.ask("document.querySelector('.sentence').textContent").split()) > 4, "gone, and not said")
        shot(b, "gone")
        b.press("Escape")
        b.until("location.hash === '#prepare/ana'")


def absent(b):
    """A camera that does not answer: said with its cause, and tried again."""
    with Served("--camera", "http://127.0.0.1:1/video") as s:
        enter(b, s)
        b.ask("location.hash = '#prepare/ana'")
        b.until("document.querySelector('.drop.shut')")
        b.press("n")
        b.until("document.activeElement.closest('.film-now')")
        b.press("Enter")
        b.until(f"{STATE} === 'refused' && document.querySelector('.sentence').textContent.includes('does not answer')")
        shot(b, "refused")
        need(not b.ask(SIZES)["cut"], "the sentence is cut")
        b.press("r")
        b.until(f"{STATE} === 'opening'")
        b.until(f"{STATE} === 'refused'")
        b.press("Escape")
        b.until("location.hash === '#prepare/ana'")


def main():
    if not chromium.program():
        print("skipped: no Chromium")
        sys.exit(77)
    with Served("--camera", CLIP) as s, chromium.Browser() as b:
        enter(b, s)
        journey(b)
        keys(b, s)
        taken(b, s)
        looks(b, s)
        b.ask("window.before = true")
        outside = [r for r in b.requests if not r.startswith((f"http://127.0.0.1:{s.port}/", "file://" + os.path.dirname(s.page), f"blob:http://127.0.0.1:{s.port}/"))]
        need(not outside, f"asked for from elsewhere: {outside}")
        # What is refused is said as an error by the browser as well: a camera in use.
        loud = [c for c in b.complaints if "409" not in c]
        need(not loud, f"the browser complains: {loud}")
        need(s.end() == 0, "it does not end cleanly")
        with tempfile.TemporaryDirectory() as folder:
            phone(b, folder)
        absent(b)


main()
