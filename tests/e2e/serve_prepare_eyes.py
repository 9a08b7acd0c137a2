#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The screen Prepare in headless Chromium: serve_prepare_eyes.py. The test is that of the client's last result and not of
whoever came before; what was chosen stays whatever else is filled in, and is seen; no test is instructed with what its own
words rule out, in any language; another program's file is asked about once, and guesses are measured apart from clients."""
import os
import subprocess
import sys
import tempfile

import browser as chromium
from looks import looked, need, watch
from served import Served

CHOSEN = "document.querySelector('input[name=test]:checked')?.value"
SEEN = "document.querySelector('input[name=test]:checked').getClientRects().length > 0"


def saved(s, person, code, test):
    s.ask("POST", "/api/clients", {"id": code, "name": code.capitalize()}, 201)
    questions = s.ask("GET", f"/api/clients/{code}/pretest", expected=200)["questions"]
    s.ask("PUT", f"/api/clients/{code}/pretest", {"answers": {q["key"]: False for q in questions}}, 200)
    told = s.wait(s.measure(person, client=code, test=test))
    need(told["state"] == "done", f"not measured: {told}")


def prepare(b, code):
    b.ask(f"location.hash = '#prepare/{code}'")
    b.until(f"document.querySelector('h1')?.innerText === '{code.capitalize()}' && {CHOSEN}")


def remembered(s, b, shots):
    """That of their own last result; what is chosen then stays, here and when they are looked at again."""
    prepare(b, "ana")
    need(b.ask(CHOSEN) == "waiters-bow" and b.ask(SEEN), f"ana's last test is not chosen, or not seen: {b.ask(CHOSEN)}")
    prepare(b, "ben")
    need(b.ask(CHOSEN) == "toe-touch", f"ben gets {b.ask(CHOSEN)}")
    b.ask("document.querySelector('.choices summary').click()")
    b.until("document.querySelector('.choices details').open")
    b.ask("document.querySelector('input[value=standing-posture]').click()")
    for what in ("select", "input[type=number]"):
        b.ask(f"document.querySelectorAll('.columns {what}').forEach((e) => {{ e.selectedIndex !== undefined ? e.selectedIndex = 1 : e.value = 3; e.dispatchEvent(new Event('change')); }})")
    b.press("4")
    b.ask("document.querySelector('.choices summary').click()")
    b.until("document.querySelector('.choices details').open")
    need(b.ask(CHOSEN) == "standing-posture" and b.ask(SEEN), f"the choice jumps back, or is hidden: {b.ask(CHOSEN)}")
    looked(b, "prepare-more", 1280, "light", shots)
    prepare(b, "ana")
    prepare(b, "ben")
    need(b.ask(CHOSEN) == "standing-posture" and b.ask(SEEN), f"forgotten: {b.ask(CHOSEN)}")


def instructed(s):
    """Who folds the arms cannot be told to reach."""
    words = {"en": ("arms folded", ("reach",)), "de": ("arme verschränkt", ("greifen", "reichen")), "es": ("brazos cruzados", ("alcance", "alargue", "estire los brazos"))}
    for language, (folded, reach) in words.items():
        s.ask("PATCH", "/api/state", {"language": language}, 200)
        tests = s.ask("GET", "/api/state", expected=200)["tests"]
        of = [t for t in tests if folded in t["instructions"].lower()]
        need(of, f"no test folds the arms in {language}")
        for t in of:
            need(not any(w in t["instructions"].lower() for w in reach), f"{language}: {t['instructions']}")
    s.ask("PATCH", "/api/state", {"language": "en"}, 200)


def asked(s, b, files, shots):
    """What the points of a foreign file are; guesses become nobody's."""
    prepare(b, "ben")
    b.ask("document.querySelector('input[value=toe-touch]').click()")
    drop(b, files + "/kinovea.txt")
    b.until("document.querySelector('form.points')")
    need(b.ask("document.activeElement.name") == "points", "the question is not where the hands are")
    looked(b, "prepare-points", 1280, "light", shots)
    b.press("Escape")
    b.until("!document.querySelector('form.points') && location.hash === '#prepare/ben'")
    drop(b, files + "/kinovea.txt")
    b.until("document.querySelector('form.points')")
    b.ask("document.querySelector('form.points input[value=clicked]').click()")
    b.ask("document.querySelector('form.points button').click()")
    b.until("location.hash.startsWith('#result/') && document.querySelector('.verdict')", 120)
    job = b.ask("location.hash.slice(8)")
    told = s.ask("GET", "/api/jobs/" + job, expected=200)
    need(told["points"] == "clicked" and told["client"] == "ben" and told["saved"], f"not measured as clicked: {told}")
    prepare(b, "ben")
    drop(b, files + "/sports2d-m.trc")
    b.until("document.querySelector('form.points')")
    b.ask("document.querySelector('form.points input[value=keypoints]').click()")
    need(b.ask("!!document.querySelector('form.points .notice').getClientRects().length"), "nobody says that guesses are not kept")
    b.ask("document.querySelector('form.points button').click()")
    b.until("location.hash === '#series' && document.querySelectorAll('table.series tbody a').length === 1", 120)
    need(len(s.ask("GET", "/api/clients/ben/results", expected=200)["results"]) == 2, "guesses are among the client's results")


def refused(s, files):
    """Without a word on them such a file is refused, in words of the page; then it is measured as what is said."""
    with open(files + "/sports2d-m.trc", "rb") as file:
        status, _, text = s.raw("POST", "/api/jobs?kind=recording&name=a.trc&client=ben&points=keypoints", s.own_headers(True), file.read())
    need(status == 422 and b"Several files" in text, f"guesses for a client: {status} {text}")
    job = s.measure(files + "/sports2d-m.trc")
    told = s.wait(job)
    need(told["state"] == "refused" and told["message"].endswith("Choose what its points are, and have it measured again.") and "--" not in told["message"], f"said: {told['message']}")
    need(s.raw("POST", f"/api/jobs/{job}/again", s.own_headers(True), b'{"points": "guessed"}')[0] == 422, "a word that is none")
    s.ask("POST", f"/api/jobs/{job}/again", {"points": "keypoints"}, 202)
    need(s.wait(job)["state"] == "done", "not measured with the word")
    need(s.ask("GET", f"/api/results/{job}/file/result.json", expected=200)["input"]["points"] == "keypoints", "the word is not in the result")


def drop(b, path):
    for kind in ("dragEnter", "dragOver", "drop"):
        b.page("Input.dispatchDragEvent", type=kind, x=600, y=300, data={"items": [], "files": [path], "dragOperationsMask": 1})


def simulated(folder, *words):
    subprocess.run([os.environ["SAGITTA"], "simulate", "--people", "1", *words, "-o", folder], stdout=subprocess.DEVNULL, check=True)
    return folder + "/person-00001.csv"


def main():
    if not chromium.program():
        print("skipped: no Chromium")
        sys.exit(77)
    shots = sys.argv[1] if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as folder, Served() as s, chromium.Browser() as b:
        watch(b)
        guessed = simulated(folder + "/guessed", "--set", "discs", "--ankle", "--seed", "5", "--points", "keypoints")
        subprocess.run([sys.executable, os.path.join(os.environ["HERE"], "peers.py"), guessed, folder + "/files"], check=True)
        b.visit("file://" + s.page, "document.querySelector('main h1')")
        need(b.ask("location.search") == "", "the secret stays in the address")
        s.enter()
        s.ask("PATCH", "/api/state", {"language": "en", "welcomed": True}, 200)
        b.ask("window.before = true; location.hash = '#'; location.reload()")
        b.until("!window.before && document.querySelector('#clients')")
        saved(s, simulated(folder + "/a", "--set", "clinic", "--seed", "3"), "ana", "waiters-bow")
        saved(s, simulated(folder + "/b", "--set", "strip", "--seed", "4"), "ben", "toe-touch")
        remembered(s, b, shots)
        asked(s, b, folder + "/files", shots)
        refused(s, folder + "/files")
        instructed(s)
        need(not b.complaints, f"the browser complains: {b.complaints}")


main()
