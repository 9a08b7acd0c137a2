#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What is kept of a recording: serve_kept.py, with FIXTURES. Pictures with the head hidden always; the recording itself
only with consent, for its owner alone, with its client and nobody else, out of backups, until it is removed."""
import glob
import os
import signal
import stat
import subprocess
import time

from served import Served


def need(condition, text):
    if not condition:
        raise SystemExit(text)


def measured(s, code, clip):
    job = s.measure(clip, client=code)
    told = s.wait(job)
    need(told["state"] == "done" and told["saved"], f"not measured: {told}")
    return job, told["saved"]


def listed(s, code):
    return {r["number"]: r["recording"] for r in s.ask("GET", f"/api/clients/{code}/results", expected=200)["results"]}


def pictures(s):
    return sorted(os.path.basename(p) for p in glob.glob(s.records + ".pictures/*"))


def asked(s, number):
    """A saved result is to be opened."""
    return s.ask("POST", f"/api/jobs?kind=saved&record={number}", b"", 202)["id"]


def arrived(s, job):
    """Its job, once no recording is on its way any more."""
    deadline = time.monotonic() + 300
    while "opening" in (told := s.ask("GET", "/api/jobs/" + job, expected=200)):
        need(0 <= told["opening"] <= 1 and not told["film"], f"half a recording is told as one: {told}")
        need(time.monotonic() < deadline, "the recording never comes")
        time.sleep(0.02)
    return told


def opened(s, number):
    """The page of a saved result, once its pages are made, and its recording is here."""
    job = asked(s, number)
    deadline = time.monotonic() + 300
    while not s.ask("GET", "/api/jobs/" + job, expected=200)["pages"]:
        need(time.monotonic() < deadline, "no pages are made")
        time.sleep(0.2)
    arrived(s, job)
    return job


def film(s, job):
    return s.raw("GET", f"/api/results/{job}/video", s.own_headers())


def consented(s, job, number, clip):
    path = f"/api/results/{job}/kept"
    for body in (b"", b"{}", b'{"agreed": "yes"}', b'{"agreed": false}', b"nonsense"):
        need(s.raw("PUT", path, s.own_headers(True), body)[0] == 422, f"kept without consent: {body}")
    need(not [n for n in pictures(s) if n.endswith(".recording")], "kept without consent")
    s.ask("PUT", "/api/results/" + "0" * 32 + "/kept", {"agreed": True}, 404)
    s.keep(job)
    s.keep(job)
    need(s.ask("GET", "/api/jobs/" + job, expected=200)["kept"], "kept, and not said")
    kept = [p for p in glob.glob(s.records + ".pictures/*.recording")]
    need(len(kept) == 1, f"kept otherwise: {pictures(s)}")
    for name, mode in ((kept[0], 0o600), (os.path.dirname(kept[0]), 0o700)):
        need(stat.S_IMODE(os.stat(name).st_mode) == mode, f"{name} can be read by others")
    told = listed(s, "ana")[number]
    need(told and told["bytes"] > os.path.getsize(clip) and len(told["day"]) == 10, f"it is not in the client's list: {told}")


def beside_others(s, clip):
    """A large one is kept while others are answered, says how far it is, and can be given up, which leaves nothing."""
    large = s.folder + "/large.mp4"
    with open(clip, "rb") as file, open(large, "wb") as to:
        to.write(file.read())
        to.write((150 << 20).to_bytes(4, "big") + b"free" + os.urandom(1 << 20) * 150)
        to.truncate(os.path.getsize(clip) + (150 << 20))
    job, number = measured(s, "bea", large)
    s.ask("PUT", f"/api/results/{job}/kept", {"agreed": True}, 202)
    told = s.ask("GET", "/api/jobs/" + job, expected=200)
    need(0 <= told.get("keeping", 0) <= 1 and s.ask("GET", "/api/clients", expected=200), "others wait for it")
    s.ask("DELETE", f"/api/results/{job}/kept", expected=200)
    while "keeping" in (told := s.ask("GET", "/api/jobs/" + job, expected=200)):
        time.sleep(0.05)
    need(told["kept"] or not [n for n in pictures(s) if n.endswith(".recording")], "given up, and something is left")
    need("film_failed" not in told, f"given up, and something is wrong: {told}")
    # Left while it is kept: it is kept whole all the same, and then goes from here.
    s.ask("PUT", f"/api/results/{job}/kept", {"agreed": True}, 202)
    s.ask("DELETE", f"/api/results/{job}/video", expected=200)
    while "keeping" in (told := s.ask("GET", "/api/jobs/" + job, expected=200)):
        time.sleep(0.05)
    need(told["kept"] and not told["film"], f"left while it was kept: {told}")
    need(listed(s, "bea")[number]["bytes"] > os.path.getsize(large), "not kept whole")
    opening(s, number, large)
    os.unlink(large)


def folder_of(s, job):
    return os.path.join(os.path.dirname(s.page), job)


def opening(s, number, large):
    """A large one is opened while others are answered: whole or not at all, and not once its result is left or removed."""
    job = asked(s, number)
    need(s.ask("GET", "/api/clients", expected=200) and film(s, job)[0] in (200, 404), "others wait for it")
    told = arrived(s, job)
    need(told["film"] and told["kept"] and "film_failed" not in told, f"not opened: {told}")
    with open(large, "rb") as file:
        need(film(s, job)[2] == file.read(), "what is opened is another recording")
    left, kept_off, gone = asked(s, number), asked(s, number), asked(s, number)
    s.ask("DELETE", f"/api/results/{left}/video", expected=200)
    told = arrived(s, left)
    need(not told["film"] and told["kept"] and "film_failed" not in told, f"left while it was opened: {told}")
    need(not glob.glob(folder_of(s, left) + "/recording*"), "left, and a part of it lies about")
    need(listed(s, "bea")[number], "left, and not kept any more")
    # Both are waited for until their pages are there: then nothing but the opening has their folders.
    for other in (kept_off, gone):
        s.wait(other)
    s.ask("DELETE", "/api/jobs/" + kept_off, expected=200)
    s.ask("DELETE", f"/api/records/{number}", expected=200)
    s.ask("GET", "/api/jobs/" + gone, expected=404)
    need(not [n for n in pictures(s) if n.endswith(".recording")], "removed, and kept")
    deadline = time.monotonic() + 60
    while any(os.path.exists(folder_of(s, j)) for j in (kept_off, gone, job)):
        need(time.monotonic() < deadline, "removed while it was opened, and something lies about")
        time.sleep(0.05)


def killed_while_opening(clip):
    """Of what a server had opened when it was killed nothing is left, and nobody is told that something was broken off."""
    with Served() as s:
        s.enter()
        s.add_client("ana")
        job, number = measured(s, "ana", clip)
        s.keep(job)
        asked(s, number)
        s.end(signal.SIGKILL)
        with Served(state=s.folder) as t:
            t.enter()
            need(t.ask("GET", "/api/jobs", expected=200)["jobs"] == [], "what was only opened is told as broken off")
            need([n for n in os.listdir(os.path.dirname(t.page)) if len(n) == 32] == [] and len(os.listdir(t.folder + "/state/sagitta")) == 1, "something is left behind")
            need(listed(t, "ana")[number], "opened, killed, and not kept any more")
            asked(t, number)
            need(t.end() == 0 and os.listdir(t.folder + "/state/sagitta") == [], "an end while something is opened leaves it")


def served_to_its_client(s, number, clip):
    """Out of the records again, also by the next server; never to somebody else's result."""
    with open(clip, "rb") as file:
        whole = file.read()
    job = opened(s, number)
    status, _, bytes_ = film(s, job)
    need(status == 200 and bytes_ == whole, "the recording that was kept is another one")
    need(b"image/jpeg" in s.raw("GET", f"/api/results/{job}/file/page.svg", s.own_headers())[2], "the page has no photographs")
    need(s.raw("POST", f"/api/results/{job}/picks", s.own_headers(True), b'{"picks": ["hip=1,1@0"]}')[0] == 404, "a saved result is measured again")
    s.ask("DELETE", f"/api/results/{job}/video", expected=200)
    need(film(s, job)[0] == 404 and listed(s, "ana")[number], "left, and still here, or not kept any more")


def frames(s, number):
    """Three pictures of every saved video, in which the head is hidden (report_eyes.py looks at that), and no recording."""
    job = opened(s, number)
    told = s.ask("GET", "/api/results/" + job, expected=200)
    need(told["frames"] == ["start.jpg", "middle.jpg", "deepest.jpg"], f"key frames: {told['frames']}")
    for name in told["frames"]:
        status, headers, picture = s.raw("GET", f"/api/results/{job}/file/{name}", s.own_headers())
        need(status == 200 and picture[:2] == b"\xff\xd8" and headers["content-type"] == "image/jpeg", f"{name} is no picture")
    # The page that is made of it now shows them, as it did while the recording was there.
    need(b"image/jpeg" in page_of(s, job), "the page has no photographs, though pictures are kept")
    return told["job"]


def page_of(s, job):
    return s.raw("GET", f"/api/results/{job}/file/page.svg", s.own_headers())[2]


def removed(s, number):
    s.ask("DELETE", f"/api/records/{number}/recording", expected=200)
    need(listed(s, "ana")[number] is None and not [n for n in pictures(s) if n.endswith(".recording")], "removed, and still there")
    s.ask("DELETE", f"/api/records/{number}/recording", expected=200)
    need(s.raw("DELETE", "/api/records/9999/recording", s.own_headers(True))[0] in (404, 422), "a record that is not there")
    need(s.raw("DELETE", f"/api/records/{number}/recording", s.own_headers())[0] == 403, "another page may remove it")


def records(s, *words):
    subprocess.run([os.environ["SAGITTA"], "records", *words, "--records", s.records], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)


def unwritable(s):
    """The file that opens the page cannot be written for a while: who is in goes on, and later others come in again."""
    used = s.secret()
    s.enter()  # waits for a secret that is good, and uses it
    deadline = time.monotonic() + 60
    while s.secret() == used:
        need(time.monotonic() < deadline, "no new secret is written")
        time.sleep(0.1)
    time.sleep(1)  # the one that is written now
    os.mkdir(s.page + ".new")
    s.enter()
    used = s.secret()
    time.sleep(1.5)
    need(s.process.poll() is None and "jobs" in s.ask("GET", "/api/jobs", expected=200), "the server ends where it cannot write")
    need(s.complaints().count("cannot be written") == 1, f"not told once: {s.complaints()}")
    os.rmdir(s.page + ".new")
    deadline = time.monotonic() + 60
    while s.secret() == used:
        need(time.monotonic() < deadline, "nobody is let in again")
        time.sleep(0.1)
    s.enter()


def main():
    clip, other = os.environ["FIXTURES"] + "/clinic.mp4", os.environ["FIXTURES"] + "/facing-right.mp4"
    with Served() as s:
        s.enter()
        for code in ("ana", "bea"):
            s.add_client(code)
        killed_while_opening(clip)
        beside_others(s, clip)
        job, number = measured(s, "ana", clip)
        hers, her_number = measured(s, "bea", other)
        consented(s, job, number, clip)
        backup = s.raw("GET", "/api/backup", s.own_headers())[2]
        with open(clip, "rb") as file:
            need(file.read()[2000:2400] not in backup, "the backup holds the recording")
        need(s.end() == 0, "it does not end cleanly")
        state = s.folder
        need(os.listdir(state + "/state/sagitta") == [], "something is left behind")
        with Served(state=state) as t:
            t.enter()
            unwritable(t)
            served_to_its_client(t, number, clip)
            told = frames(t, her_number)
            need(not told["film"] and not told["kept"] and listed(t, "bea")[her_number] is None, f"a recording that nobody kept: {told}")
            need(t.raw("GET", f"/api/results/{hers}/video", t.own_headers())[0] == 404, "the recording of a server that has ended")
            removed(t, number)
            # Kept again, and gone with its client; another client's pictures stay.
            again = t.wait(t.measure(clip, client="ana"))
            t.keep(again["id"])
            need(len(pictures(t)) == 3, f"two results and a recording: {pictures(t)}")
            records(t, "remove", "ana", "--yes")
            need(len(pictures(t)) == 1 and pictures(t)[0].endswith(".frames"), f"with the client everything goes, and nothing else: {pictures(t)}")
            need(t.end() == 0, "it does not end cleanly")


main()
