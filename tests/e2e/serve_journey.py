#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the page's server does for whoever may come in: serve_journey.py, with FIXTURES. A recording is measured and saved
as the program does it; a marker corrected; before and after; what is broken off is told and can be started again."""
import glob
import json
import os
import signal
import stat
import subprocess
import time

from served import Served


def need(condition, text):
    if not condition:
        raise SystemExit(text)


def answer(s, client):
    questions = s.ask("GET", f"/api/clients/{client}/pretest", expected=200)
    need(not questions["answered"] and len(questions["questions"]) >= 3, "there are no questions")
    answers = {q["key"]: False for q in questions["questions"]}
    first = next(iter(answers))
    said = s.ask("PUT", f"/api/clients/{client}/pretest", {"answers": {**answers, first: True}}, 200)
    need(len(said["advice"].split()) > 5, "a yes has no consequence")
    clip = os.environ["FIXTURES"] + "/clinic.mp4"
    told = s.wait(s.measure(clip, client=client))
    need(told["state"] == "unmeasured" and not told["saved"], f"measured although an answer was yes: {told}")
    s.ask("PUT", f"/api/clients/{client}/pretest", {"answers": {**answers, first: None}}, 422)
    said = s.ask("PUT", f"/api/clients/{client}/pretest", {"answers": answers}, 200)
    need(said["advice"] == "", "no to all has a consequence")


def measured(s):
    clip = os.environ["FIXTURES"] + "/clinic.mp4"
    s.ask("POST", "/api/clients", {"id": "ana", "name": "Ana Müller", "birth_year": 1984}, 201)
    s.ask("POST", "/api/clients", {"id": "ANA"}, 422)
    s.ask("PATCH", "/api/clients/ana", {"notes": "left knee"}, 200)
    need(s.ask("GET", "/api/clients/ana", expected=200)["notes"] == "left knee", "notes are not kept")
    s.ask("GET", "/api/clients/nobody", expected=404)
    answer(s, "ana")
    job = s.measure(clip, client="ana", pain=3, mark="before")
    told = s.wait(job)
    need(told["state"] == "done" and told["saved"] > 0, f"not measured: {told}")
    # The same numbers as at a terminal.
    out = subprocess.run([os.environ["SAGITTA"], "analyze", clip, "--json", "-"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    terminal = json.loads(out.stdout)
    _, _, text = s.raw("GET", f"/api/results/{job}/file/result.json", s.own_headers())
    need(json.loads(text)["summary"] == terminal["summary"], "the page measures something else")
    view = s.ask("GET", "/api/results/" + job, expected=200)["result"]
    share = next(r for r in view["rows"] if r["key"] == "lumbar_share")
    need(abs(share["mean"]["value"] - 100 * terminal["summary"]["lumbar_share"]["value"]) < 0.01, "the page shows something else")
    need(view["sentence"] == terminal["verdict"]["sentence"], "the page says something else")
    # The recording, in parts.
    with open(clip, "rb") as file:
        whole = file.read()
    status, headers, part = s.raw("GET", f"/api/results/{job}/video", {**s.own_headers(), "Range": "bytes=10-19"})
    need((status, part, headers["content-range"]) == (206, whole[10:20], f"bytes 10-19/{len(whole)}"), "no range of the recording")
    status, headers, part = s.raw("GET", f"/api/results/{job}/video", s.own_headers())
    need(status == 200 and part == whole and headers["content-type"] == "video/mp4", "not the recording")
    deadline = time.monotonic() + 900
    while not s.ask("GET", "/api/jobs/" + job, expected=200)["pages"]:
        need(time.monotonic() < deadline, "no pages are made")
        time.sleep(0.2)
    need(s.raw("GET", f"/api/results/{job}/file/page.pdf", s.own_headers())[2].startswith(b"%PDF"), "no PDF")
    need(b"<svg" in s.raw("GET", f"/api/results/{job}/file/page.svg", s.own_headers())[2][:400], "no SVG")
    rows = s.ask("GET", "/api/clients/ana/results", expected=200)["results"]
    need([(r["mark"], r["pain"]) for r in rows] == [("before", 3)], f"saved otherwise: {rows}")
    need(rows[0]["name"] == "clinic.mp4", f"saved under another name: {rows}")
    corrected(s, job, terminal)
    once_more(s, clip)
    stopped(s, job)
    need(s.ask("DELETE", f"/api/results/{job}/video", expected=200) == {}, "the recording stays")
    need(s.raw("GET", f"/api/results/{job}/video", s.own_headers())[0] == 404, "the recording stays")
    need(not glob.glob(os.path.dirname(s.page) + f"/{job}/recording*"), "the recording lies about")
    after = s.wait(s.measure(os.environ["FIXTURES"] + "/clinic.mp4", client="ana", pain=2, mark="after", markers="same", rest=12))
    need(after["state"] == "done", f"not measured: {after}")
    return rows[0]["number"]


def corrected(s, job, terminal):
    """Where the markers truly are: measured again, and the pick is kept with the result."""
    tracks = s.raw("GET", f"/api/results/{job}/file/tracks.csv", s.own_headers())[2].decode().splitlines()
    names, first = tracks[1].split(","), tracks[2].split(",")
    x, y = (float(first[names.index("hip_" + a)]) for a in "xy")
    s.ask("POST", f"/api/results/{job}/picks", {"picks": [f"hip={x:.1f},{y:.1f}@{first[0]}"]}, 202)
    told = s.wait(job)
    need(told["state"] == "done", f"not measured again: {told}")
    again = json.loads(s.raw("GET", f"/api/results/{job}/file/result.json", s.own_headers())[2])
    was, now = terminal["summary"]["hip_hinge_deg"]["value"], again["summary"]["hip_hinge_deg"]["value"]
    need(abs(was - now) < 2, f"a pick where the marker is changes {was} to {now}")
    # A pick on nothing: not measured, and said.
    s.ask("POST", f"/api/results/{job}/picks", {"picks": ["hip=2.0,2.0@0"]}, 202)
    told = s.wait(job)
    need(told["state"] in ("unmeasured", "refused", "done"), f"a pick on nothing: {told}")
    s.ask("POST", f"/api/results/{job}/picks", {"picks": [f"hip={x:.1f},{y:.1f}@{first[0]}"]}, 202)
    need(s.wait(job)["state"] == "done", "not measured again")


def once_more(s, clip):
    """The same film a second time: said, its pain taken, nothing doubled, its mark as it was."""
    rows = s.ask("GET", "/api/clients/ana/results", expected=200)["results"]
    told = s.wait(s.measure(clip, client="ana", pain=7, mark="after"))
    need(told["already"] and told["saved"] == rows[0]["number"], f"nobody says that it is there: {told}")
    now = s.ask("GET", "/api/clients/ana/results", expected=200)["results"]
    need([(r["number"], r["mark"]) for r in now] == [(r["number"], r["mark"]) for r in rows], f"doubled, or marked anew: {now}")
    need(next(r for r in now if r["number"] == told["saved"])["pain"] == 7, f"the pain is dropped: {now}")
    # Put right afterwards, and the pages with it.
    s.ask("PATCH", f"/api/records/{told['saved']}", {"pain": 3}, 200)
    s.ask("POST", f"/api/results/{told['id']}/pages", b"", 202)
    deadline = time.monotonic() + 600
    while not s.ask("GET", "/api/jobs/" + told["id"], expected=200)["pages"]:
        need(time.monotonic() < deadline, "the pages are not made again")
        time.sleep(0.2)
    _, _, pdf = s.raw("GET", f"/api/results/{told['id']}/file/page.pdf", s.own_headers())
    text = subprocess.run(["pdftotext", "-", "-"], input=pdf, stdout=subprocess.PIPE, check=True).stdout.decode()
    need("3 of 10" in " ".join(text.split()), "the page has another pain")
    need("clinic.mp4" in text and "recording.mp4" not in text, "the page has another name of the file")


def stopped(s, job):
    """Measured again, and stopped: the result of before is there, and the recording."""
    before = s.raw("GET", f"/api/results/{job}/file/result.json", s.own_headers())[2]
    s.ask("POST", f"/api/results/{job}/picks", {"picks": ["hip=2.0,2.0@0"]}, 202)
    s.ask("DELETE", f"/api/jobs/{job}", expected=200)
    told = s.wait(job)
    need(told["state"] == "done" and told["film"], f"stopped, and lost: {told}")
    need(s.raw("GET", f"/api/results/{job}/file/result.json", s.own_headers())[2] == before, "stopped, and another result")
    need(s.ask("GET", f"/api/results/{job}", expected=200)["result"]["verdict"], "stopped, and no result")


def paired(s, number):
    """Before and after as a page, and what the result after says of them."""
    job = s.ask("POST", f"/api/jobs?kind=saved&record={number}", b"", 202)["id"]
    need(s.wait(job)["state"] == "done", "the result after cannot be opened")
    said = s.ask("GET", f"/api/results/{job}", expected=200)["treatment"]
    out = subprocess.run([os.environ["SAGITTA"], "compare", "ana@today", "--records", s.records, "--language", "en"], stdout=subprocess.PIPE, check=True).stdout.decode()
    for line in said["lines"]:
        need(" ".join(line.split()) in " ".join(out.split()), f"the program says something else than: {line}")
    need(len(said["lines"]) == 2 and len(said["words"].split()) > 8, f"nothing is said of the treatment: {said}")
    job = s.ask("POST", f"/api/jobs?kind=compare&record={number}", b"", 202)["id"]
    told = s.wait(job)
    need(told["state"] == "done" and told["pages"] and told["kind"] == "compare", f"no page of before and after: {told}")
    pdf = s.raw("GET", f"/api/results/{job}/file/page.pdf", s.own_headers())[2]
    text = " ".join(subprocess.run(["pdftotext", "-", "-"], input=pdf, stdout=subprocess.PIPE, check=True).stdout.decode().split())
    need("before and after" in text.lower() and "Ana" in text, f"another page: {text[:300]}")


def saved(s, number):
    job = s.ask("POST", f"/api/jobs?kind=saved&record={number}", b"", 202)["id"]
    told = s.wait(job)
    need(told["state"] == "done" and told["client"] == "ana", f"no pages of a saved result: {told}")
    need(s.ask("GET", "/api/results/" + job, expected=200)["result"]["verdict"], "no verdict of a saved result")
    s.ask("PATCH", f"/api/records/{number}", {"pain": 5}, 200)
    rows = {r["number"]: r for r in s.ask("GET", "/api/clients/ana/results", expected=200)["results"]}
    need(rows[number]["pain"] == 5 and rows[number]["mark"] == "before", "pain is not changed, or more than pain")


def session(s):
    """A client's day as one page; of nobody, and of whoever has none, there is none."""
    s.ask("POST", "/api/jobs?kind=session", b"", 400)
    need(s.raw("POST", "/api/jobs?kind=session&client=nobody", s.own_headers(True), b"")[0] in (404, 422), "a session of nobody")
    job = s.ask("POST", "/api/jobs?kind=session&client=ana", b"", 202)["id"]
    told = s.wait(job)
    need(told["state"] == "done" and told["pages"] and told["client"] == "ana", f"no session: {told}")
    need(s.raw("GET", f"/api/results/{job}/file/page.pdf", s.own_headers())[2].startswith(b"%PDF"), "no PDF of a session")
    need("result" not in s.ask("GET", "/api/results/" + job, expected=200), "a session has a result of its own")
    s.ask("POST", "/api/clients", {"id": "new"}, 201)
    told = s.wait(s.ask("POST", "/api/jobs?kind=session&client=new", b"", 202)["id"])
    need(told["state"] == "refused" and len(told["message"].split()) > 5, f"a session of nothing: {told}")
    subprocess.run([os.environ["SAGITTA"], "records", "remove", "new", "--yes", "--records", s.records], stdout=subprocess.DEVNULL, check=True)


def settings(state):
    """What is set is there for the next server; what cannot be is refused, and nothing of it is done."""
    chosen = {"language": "es", "look": "dark", "paper": "letter", "markers": "clinic", "camera": "phone", "mode": "1280x720@60",
              "address": "http://me:secret@192.168.1.20:8080/video", "silent": True, "unlocked": True}
    with Served(state=state) as s:
        s.enter()
        s.ask("PATCH", "/api/state", chosen, 200)
        for wrong in ({"language": "xx"}, {"look": "red"}, {"paper": "a9"}, {"camera": "/etc/passwd"}, {"mode": "1x"}, {"mode": "9x9@0"},
                      {"address": "file:///etc/passwd"}, {"address": "http://"}, {"address": "http://a b"}, {"address": "rtsp://" + "a" * 300},
                      {"silent": "yes"}, {"other": 1}, {"look": "light", "silent": 3}):
            need(s.raw("PATCH", "/api/state", s.own_headers(True), json.dumps(wrong).encode())[0] == 422, f"set: {wrong}")
        shown = s.ask("GET", "/api/cameras", expected=200)["cameras"]
        need(shown[0]["camera"] == "phone" and shown[0]["name"] == "192.168.1.20:8080/video", f"the phone is no camera: {shown}")
        s.end()
    with Served(state=state) as s:
        s.enter()
        now = s.ask("GET", "/api/state", expected=200)["settings"]
        need({k: now[k] for k in chosen} == chosen, f"not kept: {now}")
        s.ask("PATCH", "/api/state", {"language": "en", "address": "", "camera": "", "unlocked": False}, 200)
        need(not [c for c in s.ask("GET", "/api/cameras", expected=200)["cameras"] if c["camera"] == "phone"], "a phone without an address")
        s.end()


def troubled(folder):
    """An account in which nothing has been made yet; settings that cannot be written, or read: the page is there, does
    what it is told, and says what is wrong."""
    fresh = folder + "/fresh/home"
    os.makedirs(fresh)
    with Served(home=fresh) as s:
        s.enter()
        now = s.ask("PATCH", "/api/state", {"language": "de"}, 200)
        need(now["trouble"] == "" and os.path.exists(fresh + "/.config/sagitta/page.json"), f"nothing is kept on a new account: {now['trouble']}")
        for made in (".config", ".config/sagitta", ".local", ".local/state", ".local/state/sagitta"):
            need(stat.S_IMODE(os.stat(f"{fresh}/{made}").st_mode) == 0o700, f"others may look into {made}")
        with open(fresh + "/.config/sagitta/page.json", "w", encoding="utf-8") as file:
            file.write("nonsense")
        s.end()
    with Served(home=fresh) as s:
        s.enter()
        told = s.ask("GET", "/api/state", expected=200)["trouble"]
        need("page.json" in told and len(told.split()) > 8, f"settings that are no settings: {told!r}")
        os.remove(fresh + "/.config/sagitta/page.json")
        os.rmdir(fresh + "/.config/sagitta")
        with open(fresh + "/.config/sagitta", "w", encoding="utf-8") as file:
            file.write("in the way")
        now = s.ask("PATCH", "/api/state", {"language": "es", "look": "dark"}, 200)
        need((now["settings"]["language"], now["settings"]["look"]) == ("es", "dark") and "page.json" in now["trouble"], f"not done, or not said: {now['trouble']!r}")
        need(s.ask("GET", "/api/state", expected=200)["settings"]["look"] == "dark", "done, and undone")
        os.remove(fresh + "/.config/sagitta")
        need(s.ask("PATCH", "/api/state", {"look": "light"}, 200)["trouble"] == "", "it is kept, and something is wrong still")
        s.end()


def children(s):
    with open(f"/proc/{s.process.pid}/task/{s.process.pid}/children", encoding="ascii") as file:
        return [int(p) for p in file.read().split()]


def running(s, job):
    deadline = time.monotonic() + 600
    while not (s.ask("GET", "/api/jobs/" + job, expected=200)["state"] == "running" and children(s)):
        need(time.monotonic() < deadline, "it is not begun")


def broken(s):
    """Its process is killed: told, and started again. It is cancelled: gone."""
    clip = os.environ["FIXTURES"] + "/strip.mp4"
    job = s.measure(clip)
    running(s, job)
    for process in children(s):
        os.kill(process, signal.SIGKILL)
    told = s.wait(job)
    need(told["state"] == "broken" and len(told["message"].split()) > 5, f"its process is killed: {told}")
    s.ask("POST", f"/api/jobs/{job}/again", b"", 202)
    need(s.wait(job)["state"] == "done", "it is not started again")
    first, second = s.measure(clip), s.measure(clip)
    s.ask("DELETE", "/api/jobs/" + second, expected=200)
    running(s, first)
    s.ask("DELETE", "/api/jobs/" + first, expected=200)
    need(s.wait(first)["state"] == "cancelled" and s.wait(second)["state"] == "cancelled", "it is not cancelled")
    deadline = time.monotonic() + 60
    while glob.glob(os.path.dirname(s.page) + f"/{first}") + glob.glob(os.path.dirname(s.page) + f"/{second}"):
        need(time.monotonic() < deadline, "what was cancelled lies about")
        time.sleep(0.1)


def killed(state):
    """The server is killed in the middle: the next one tells of it, and measures it."""
    with Served(state=state) as s:
        s.enter()
        job = s.measure(os.environ["FIXTURES"] + "/strip.mp4", client="ana")
        running(s, job)
        left = children(s)
        s.end(signal.SIGKILL)
        deadline = time.monotonic() + 60
        while any(os.path.exists(f"/proc/{p}") for p in left):
            need(time.monotonic() < deadline, "what it had started goes on without it")
            time.sleep(0.1)
    with Served(state=state) as s:
        s.enter()
        told = [j for j in s.ask("GET", "/api/jobs", expected=200)["jobs"]]
        need([(j["id"], j["state"], j["client"]) for j in told] == [(job, "broken", "ana")], f"the next one knows nothing of it: {told}")
        need(len(os.listdir(state + "/state/sagitta")) == 1, "the folder of the killed one lies about")
        s.ask("POST", f"/api/jobs/{job}/again", b"", 202)
        told = s.wait(job)
        need(told["state"] == "done" and told["saved"], f"it is not measured: {told}")
        backup = s.raw("GET", "/api/backup", s.own_headers())[2]
        need(backup[:15] == b"SQLite format 3" or len(backup) > 4096, "no backup")
        return backup


def restored(backup):
    with Served() as s:
        s.enter()
        s.ask("POST", "/api/restore", b"no backup at all", 422)
        s.ask("POST", "/api/restore", backup, 200)
        need([c["id"] for c in s.ask("GET", "/api/clients", expected=200)["clients"]] == ["ana"], "nothing is restored")
        before = s.ask("GET", "/api/clients/ana/results", expected=200)
        s.ask("POST", "/api/restore", backup, 200)
        need(s.ask("GET", "/api/clients/ana/results", expected=200) == before, "restored twice, and doubled")


def main():
    with Served() as s:
        s.enter()
        number = measured(s)
        saved(s, number)
        session(s)
        broken(s)
        # Another recording: the same one once more would be left out of what is compared.
        subprocess.run([os.environ["SAGITTA"], "simulate", "--people", "1", "--set", "clinic", "--seed", "5", "-o", s.folder + "/people"],
                       stdout=subprocess.DEVNULL, check=True)
        told = s.wait(s.measure(s.folder + "/people/person-00001.csv", client="ana", mark="after", markers="same"))
        need(told["state"] == "done" and told["saved"] > 0, f"not measured after the treatment: {told}")
        paired(s, told["saved"])
        history = s.ask("GET", "/api/clients/ana/history", expected=200)
        need(history["tests"][0]["visits"][0].get("treatment", {}).get("same_markers"), f"before and after are not compared: {history}")
        told = subprocess.run([os.environ["SAGITTA"], "history", "ana", "--records", s.records, "--json", "-"], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, check=True)
        worded = [(test.pop("told_changes"), test.pop("told_treatments")) for test in history["tests"]]
        need(json.loads(told.stdout) == history, "the page tells another history than the program")
        need(any(treatments for _, treatments in worded), f"nothing is said of the treatment: {worded}")
        need(s.end() == 0, "it does not end cleanly")
        need(os.listdir(s.folder + "/state/sagitta") == [], "something is left behind")
        settings(s.folder)
        troubled(s.folder)
        restored(killed(s.folder))


main()
