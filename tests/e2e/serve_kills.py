#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The server is killed at many moments: serve_kills.py [ROUNDS [SEED]], with FIXTURES. While a recording comes, waits, is
measured and saved, corrected, kept: what the page was told is saved is there, once; what was taken and not measured yet is
told by the next server as broken off, can be started again or removed, and nothing else lies about. The browser is killed:
what it had sent is measured and saved, what it had not sent whole is gone."""
import glob
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.parse

import browser as chromium
from served import Served

WORK = ("coming", "queue", "measuring", "saving", "pages", "correcting", "keeping", "notes")


def need(condition, text):
    if not condition:
        raise SystemExit(text)


class Told:
    """What the page was told until the server was killed: it has to be true afterwards."""

    def __init__(self):
        self.notes = self.trying = None  # told as kept; on its way
        self.before = set()   # results that there were
        self.results = set()  # saved, by their numbers
        self.taken = set()    # jobs that were answered with 202 and have not ended
        self.kept = set()     # results whose recording is kept


def ask(s, *words):
    """As the page does; None: the server is gone."""
    try:
        return s.ask(*words)
    except (OSError, EOFError, ValueError):
        return None
    except Exception as error:  # http.client's: the answer was cut
        if type(error).__module__ == "http.client":
            return None
        raise


def follow(s, told, job):
    """Until it has ended, or the server has."""
    while True:
        now = ask(s, "GET", "/api/jobs/" + job)
        if not isinstance(now, dict) or "state" not in now:
            return None
        if now.get("saved"):
            told.results.add(now["saved"])
        if now["state"] not in ("waiting", "running", "coming"):
            told.taken.discard(job)
            return now
        time.sleep(0.01)


def send(s, told, clip):
    with open(clip, "rb") as file:
        data = file.read()
    path = "/api/jobs?" + urllib.parse.urlencode({"kind": "recording", "name": "clip.csv" if clip.endswith("csv") else "clip.mp4", "client": "ana"})
    answer = ask(s, "POST", path, data)
    if not isinstance(answer, dict) or "id" not in answer:
        return None
    told.taken.add(answer["id"])
    return answer["id"]


def work(s, told, kind, clips, rng):
    """What somebody does on the page; ends when it is done, or the server is."""
    if kind == "notes":
        for _ in range(200):
            told.trying = text = f"{rng.random()}"
            answer = ask(s, "PATCH", "/api/clients/ana", {"notes": text})
            if not answer:
                return
            told.notes = text
        return
    count = 4 if kind == "queue" else 1
    jobs = [send(s, told, rng.choice(clips)) for _ in range(count)]
    ended = [follow(s, told, j) for j in jobs if j]
    if not ended or not ended[0] or ended[0]["state"] != "done":
        return
    job = jobs[0]
    if kind == "correcting":
        tracks = ask(s, "GET", f"/api/results/{job}/file/tracks.csv")
        if not tracks:
            return
        lines = tracks.decode().splitlines()
        names, first = lines[1].split(","), lines[2].split(",")
        x, y = (float(first[names.index("hip_" + a)]) for a in "xy")
        told.taken.add(job)
        answer = ask(s, "POST", f"/api/results/{job}/picks", {"picks": [f"hip={x:.1f},{y:.1f}@{first[0]}"]})
        if isinstance(answer, dict) and "id" in answer:
            follow(s, told, job)
        else:
            told.taken.discard(job)
    elif kind == "keeping":
        for _ in range(20):
            answer = ask(s, "PUT", f"/api/results/{job}/kept", {"agreed": True})
            if answer != {"id": job}:
                return
            while isinstance(now := ask(s, "GET", f"/api/jobs/{job}"), dict) and "keeping" in now:
                time.sleep(0.01)
            if not (isinstance(now, dict) and now["kept"]):
                return
            told.kept.add(ended[0]["saved"])


def reckon(s, told, kind):
    """The next server: nothing that was told is missing."""
    rows = s.ask("GET", "/api/clients/ana/results", expected=200)["results"]
    numbers = {r["number"]: r for r in rows}
    need(told.results <= set(numbers), f"{kind}: told as saved, and missing: {told.results - set(numbers)}")
    need(told.notes is None or s.ask("GET", "/api/clients/ana", expected=200)["notes"] in (told.notes, told.trying), f"{kind}: notes that were told as kept are others")
    need(all(numbers[n]["recording"] for n in told.kept), f"{kind}: told as kept, and missing")
    jobs = s.ask("GET", "/api/jobs", expected=200)["jobs"]
    need({j["state"] for j in jobs} <= {"broken"}, f"{kind}: {jobs}")
    found = {j["id"]: j for j in jobs}
    # Measured and saved, and the page had not asked yet; a marker that is corrected to where it was gives the same result.
    untold = len(set(numbers) - told.before - told.results) + (kind == "correcting" and bool(told.results))
    missing = told.taken - set(found)
    need(len(missing) <= untold, f"{kind}: taken, not measured, and not told as broken off: {missing}")
    need(all(j["client"] == "ana" and len(j["message"].split()) > 4 for j in jobs), f"{kind}: {jobs}")
    folders = {d for d in os.listdir(os.path.dirname(s.page)) if len(d) == 32}
    need(folders == set(found), f"{kind}: lies about: {folders ^ set(found)}")
    need(len(os.listdir(s.folder + "/state/sagitta")) == 1, f"{kind}: the folder of the killed one lies about")
    return jobs


def browser_killed(state, rng, rounds):
    """Somebody drops a recording, and the browser dies."""
    for _ in range(rounds):
        with Served(state=state) as s:
            used = s.secret()
            before = len(os.listdir(os.path.dirname(s.page)))
            with chromium.Browser() as b:
                b.visit("file://" + s.page, "document.querySelector('main h1')")
                while s.secret() == used:
                    time.sleep(0.05)
                s.enter()
                rows = s.ask("GET", "/api/clients/ana/results", expected=200)["results"]
                b.ask("location.hash = '#prepare/ana'")
                b.until("document.querySelector('main input[type=file]')")
                node = b.page("DOM.getDocument")["root"]["nodeId"]
                place = b.page("DOM.querySelector", nodeId=node, selector="main input[type=file]")["nodeId"]
                b.page("DOM.setFileInputFiles", files=[os.environ["FIXTURES"] + "/clinic.mp4"], nodeId=place)
                time.sleep(rng.uniform(0, 1.5))
                os.kill(b.process.pid, signal.SIGKILL)
            deadline = time.monotonic() + 60
            while [j for j in s.ask("GET", "/api/jobs", expected=200)["jobs"] if j["state"] == "coming"]:
                need(time.monotonic() < deadline, "what will never come whole is waited for")
                time.sleep(0.1)
            for job in s.ask("GET", "/api/jobs", expected=200)["jobs"]:
                now = s.wait(job["id"])
                need(now["state"] == "done" and now["saved"], f"the browser is gone, and so is what it had sent: {now}")
            folders = len(os.listdir(os.path.dirname(s.page))) - before
            need(folders == len(s.ask("GET", "/api/jobs", expected=200)["jobs"]), "something lies about")
            need(len(s.ask("GET", "/api/clients/ana/results", expected=200)["results"]) >= len(rows), "a result is gone")
            need(s.end() == 0, "it does not end cleanly")


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 20261130)
    clip = os.environ["FIXTURES"] + "/clinic.mp4"
    with Served() as first:
        state = first.folder
        first.enter()
        first.add_client("ana")
        began = time.monotonic()
        need(first.wait(first.measure(clip, client="ana"))["state"] == "done", "not measured")
        usual = time.monotonic() - began
        first.end()
        broken = again = saved = 0
        for i in range(rounds):
            # Another movement for each, so that none is taken for one that was saved before.
            subprocess.run([os.environ["SAGITTA"], "simulate", "--people", "2", "--set", "clinic", "--seed", str(1000 + i), "-o", f"{state}/p{i}"],
                           stdout=subprocess.DEVNULL, check=True)
            kind, told = WORK[i % len(WORK)], Told()
            clips = [clip] if kind in ("keeping", "coming", "measuring", "correcting") else sorted(glob.glob(f"{state}/p{i}/person-*.csv"))
            with Served(state=state) as s:
                s.enter()
                told.before = {r["number"] for r in s.ask("GET", "/api/clients/ana/results", expected=200)["results"]}
                user = threading.Thread(target=work, args=(s, told, kind, clips, rng), daemon=True)
                user.start()
                longest = {"coming": 0.06, "notes": 0.5, "correcting": 2.2 * usual, "keeping": 1.5 * usual, "queue": 1.5 * usual}.get(kind, usual)
                time.sleep(rng.uniform(0, longest))
                os.kill(s.process.pid, signal.SIGKILL)
                s.end(signal.SIGKILL)
                user.join(60)
                need(not user.is_alive(), f"{kind}: the page waits for ever")
            saved += len(told.results)
            verified = subprocess.run([os.environ["SAGITTA"], "records", "verify", "--records", s.records], stdout=subprocess.PIPE,
                                      stderr=subprocess.STDOUT, text=True, check=False)
            need(verified.returncode == 0, f"{kind}: {verified.stdout}")
            with Served(state=state) as s:
                s.enter()
                jobs = reckon(s, told, kind)
                broken += len(jobs)
                for n, j in enumerate(jobs):
                    if n == 0 and i % 2 == 0:
                        s.ask("POST", f"/api/jobs/{j['id']}/again", b"", 202)
                        now = s.wait(j["id"])
                        need(now["state"] == "done" and now["saved"], f"{kind}: started again: {now}")
                        again += 1
                    else:
                        s.ask("DELETE", "/api/jobs/" + j["id"], expected=200)
                need(s.end() == 0, f"{kind}: it does not end cleanly")
                need(os.listdir(state + "/state/sagitta") == [], f"{kind}: something is left behind")
        if chromium.program():
            browser_killed(state, rng, max(3, rounds // 8))
        print(json.dumps({"kills": rounds, "told as saved": saved, "broken off": broken, "started again": again}))
        need(broken > rounds // 8 and again > 0 and saved > 0, f"the moments were badly chosen: {broken} {again} {saved}")


main()
