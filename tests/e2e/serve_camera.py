#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The camera of `sagitta serve` by its routes: serve_camera.py CLIP FRAMES. Refused for everybody else; the count is the
analysis'; one owner, taken over, let go; what is dropped leaves nothing; a reader that stands still costs no memory; a
phone's own pictures come through; what was filmed when the server is killed is there."""
import glob
import json
import os
import signal
import socket
import subprocess
import sys
import time

from filmed import Phone, Stream
from served import Served

CLIP, FRAMES = sys.argv[1], sys.argv[2]


def need(condition, text):
    if not condition:
        raise SystemExit(text)


def left_over(s):
    """Recordings, and folders of jobs, that lie in the server's own folder."""
    return [p for p in glob.glob(os.path.dirname(s.page) + "/*") if os.path.isdir(p)]


def gone(s, what):
    deadline = time.monotonic() + 60
    while left_over(s):
        need(time.monotonic() < deadline, f"{what}: left behind: {left_over(s)}")
        time.sleep(0.1)


def begin(s, expected=202, **words):
    return s.ask("POST", "/api/live", {"camera": "given", "test": "toe-touch", **words}, expected)


def until(stream, states):
    """Read on to the first record in one of those states."""
    for numbers, _ in stream:
        if numbers["state"] in states:
            return numbers
    raise SystemExit(f"never: {states}")


def refused(s):
    """The new routes let nobody in who is not the page, and take no nonsense."""
    session = begin(s)["id"]
    own, body = s.own_headers(True), json.dumps({"camera": "given", "id": session}).encode()
    writes = ["/api/live"] + ["/api/live/" + w for w in ("take-over", "start", "stop", "again", "cancel")]
    for method, path in [("POST", p) for p in writes] + [("GET", "/api/cameras"), ("GET", "/api/live/stream?id=" + session)]:
        data = body if method == "POST" else None
        need(s.raw(method, path, own, data, host="sagitta.example:80")[0] == 421, f"{path}: another host is answered")
        need(s.raw(method, path, {**own, "Sec-Fetch-Site": "cross-site"}, data)[0] == 403, f"{path}: another site is answered")
        need(s.raw(method, path, {k: v for k, v in own.items() if k != "Cookie"}, data)[0] == 401, f"{path}: a stranger is answered")
        if method == "POST":
            need(s.raw(method, path, {**own, "Origin": "http://127.0.0.1:1"}, data)[0] == 403, f"{path}: another origin may write")
            need(s.raw(method, path, {k: v for k, v in own.items() if k != "X-Sagitta"}, data)[0] == 403, f"{path}: a form may write")
    need(s.raw("GET", "/api/live/stream?id=" + 32 * "0", s.own_headers())[0] == 404, "a session that is none has a stream")
    for path in writes[2:]:
        s.ask("POST", path, {"id": 32 * "0"}, 404)
        s.ask("POST", path, b"nonsense", 422)
    s.ask("POST", "/api/live/cancel", {"id": session}, 200)
    gone(s, "cancelled before anybody looked")
    for words in ({"test": "nonsense"}, {"mode": "1x"}, {"mode": "-3x4"}, {"set": "none"}, {"kind": "sample"}):
        begin(s, 422, **words)
    begin(s, 422, client="nobody")
    begin(s, 404, camera="/dev/video99")
    begin(s, 404, camera="../../etc/passwd")
    s.ask("POST", "/api/live", b"[]", 422)
    s.ask("POST", "/api/live", b"", 422)


def counted(s):
    """To the end: the states in their order, provisional numbers, the count of the analysis; measured like any file."""
    stream = Stream(s, begin(s, client="ana", pain="2", mark="before")["id"])
    states, last, pictures, cues = [], None, 0, []
    for numbers, picture in stream:
        if not states or states[-1] != numbers["state"]:
            states.append(numbers["state"])
        if "repetitions" in numbers:
            last = numbers
            need(not picture or picture[:2] == b"\xff\xd8", "no JPEG")
            pictures += bool(picture)
            if numbers["cues"] != len(cues):
                cues.append(numbers["cue"])
        ending = numbers
    bend = ["down", "hold", "up", "armed"]
    need(states == ["opening", "looking", "ready", "armed"] + bend + bend + bend[:3] + ["done", "measuring"], f"states: {states}")
    # The newest wins, so that a slow machine may have missed a sound's own record; never its number.
    need(last["cues"] >= 5 and "armed" in cues, f"cues: {last['cues']} {cues}")
    need(pictures > 20 and last["width"] == 640 and "hip" in last["markers"], f"{pictures} pictures")
    told = s.wait(ending["job"])
    need(told["state"] == "done" and told["saved"] and told["filmed"] and told["film"], f"not measured: {told}")
    _, _, text = s.raw("GET", f"/api/results/{ending['job']}/file/result.json", s.own_headers())
    final = json.loads(text)
    out = subprocess.run([os.environ["SAGITTA"], "analyze", CLIP, "--json", "-"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    need(final["summary"] == json.loads(out.stdout)["summary"], "filmed, the result is another one")
    need(last["repetitions"] == len(final["repetitions"]) == 3, f"{last['repetitions']} counted live, {len(final['repetitions'])} in the result")
    shown = last["provisional"]["hip_hinge_deg"]
    need(abs(shown - final["repetitions"][2]["hip_hinge_deg"]["value"]) < 1.5, f"provisional {shown}")
    rows = s.ask("GET", "/api/clients/ana/results", expected=200)["results"]
    need(rows[-1]["pain"] == 2 and rows[-1]["mark"] == "before", f"saved otherwise: {rows}")
    s.ask("DELETE", f"/api/results/{ending['job']}/video", expected=200)
    need(not glob.glob(os.path.dirname(s.page) + "/*/recording*"), "seen, and the recording lies about")
    s.ask("DELETE", "/api/jobs/" + ending["job"], expected=200)


def owned(s):
    """A second page is asked, takes over, and the first is told; nothing of the first is left."""
    first = Stream(s, begin(s)["id"])
    until(first, ("looking", "ready"))
    told = begin(s, 409)
    need(told["in_use"] and len(told["error"].split()) > 5, f"in use, and not said: {told}")
    second = s.ask("POST", "/api/live/take-over", {"camera": "given"}, 202)["id"]
    states = [n["state"] for n, _ in first]
    need(states[-1] == "taken", f"the first is told {states[-1:]}")
    stream = Stream(s, second)
    need(s.raw("GET", "/api/live/stream?id=" + second, s.own_headers())[0] == 409, "one session has two readers")
    # Begun anew, and cancelled: nothing is left.
    until(stream, ("ready", "armed"))
    s.ask("POST", "/api/live/again", {"id": second}, 200)
    again = until(stream, ("opening",))
    need(until(stream, ("looking",))["take"] == 2 and again["take"] == 1, "it is not begun anew")
    s.ask("POST", "/api/live/cancel", {"id": second}, 200)
    need([n["state"] for n, _ in stream][-1] == "ended", "cancelled, and not said")
    gone(s, "cancelled")
    s.ask("POST", "/api/live/stop", {"id": second}, 404)


def by_hand(s):
    """Ended by hand: measured, whatever the states said."""
    session = begin(s)["id"]
    stream = Stream(s, session)
    until(stream, ("ready",))
    s.ask("POST", "/api/live/start", {"id": session}, 200)
    for numbers, _ in stream:
        if numbers.get("by_hand"):
            break
    s.ask("POST", "/api/live/stop", {"id": session}, 200)
    ending = [n for n, _ in stream][-1]
    need(ending["state"] == "measuring" and s.wait(ending["job"])["state"] == "done", f"by hand: {ending}")
    s.ask("DELETE", "/api/jobs/" + ending["job"], expected=200)
    gone(s, "a job that was removed")


def free(s, text):
    """Wait until the camera is let go, and have it; the session."""
    deadline = time.monotonic() + 60
    while True:
        status, _, body = s.raw("POST", "/api/live", s.own_headers(True), b'{"camera": "given"}')
        if status == 202:
            return json.loads(body)["id"]
        need(time.monotonic() < deadline, text)
        time.sleep(0.2)


def closed(s):
    """A tab that is closed lets the camera go, and leaves nothing."""
    stream = Stream(s, begin(s)["id"])
    until(stream, ("looking",))
    stream.close()
    s.ask("POST", "/api/live/cancel", {"id": free(s, "a closed tab keeps the camera")}, 200)
    gone(s, "closed")


def resident(s):
    """KiB of memory that the server has."""
    with open(f"/proc/{s.process.pid}/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))


def phone(folder):
    """Its own pictures, byte for byte; a reader that stands still; a phone that goes."""
    heavy, own = folder + "/heavy", set()
    os.mkdir(heavy)
    for path in sorted(glob.glob(FRAMES + "/*.jpg")):
        with open(path, "rb") as file:
            data = file.read()
        # A comment makes it as large as those of good cameras.
        data = data[:2] + 4 * (b"\xff\xfe\xea\x60" + bytes(0xea60 - 2)) + data[2:]
        own.add(data)
        with open(heavy + "/" + os.path.basename(path), "wb") as file:
            file.write(data)
    with Phone(heavy, folder + "/port", 20) as there, Served("--camera", there.address) as s:
        s.enter()
        told = s.ask("GET", "/api/cameras", expected=200)["cameras"][0]
        need("secret" not in json.dumps(told) and told["name"].startswith("127.0.0.1:"), f"the password is shown: {told}")
        stalled = begin(s)["id"]
        with socket.socket() as reader:
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            reader.connect(("127.0.0.1", s.port))
            head = "".join(f"{k}: {v}\r\n" for k, v in s.own_headers().items())
            reader.sendall(f"GET /api/live/stream?id={stalled} HTTP/1.1\r\nHost: 127.0.0.1:{s.port}\r\n{head}\r\n".encode())
            time.sleep(4)
            before = resident(s)
            time.sleep(8)
            grown = resident(s) - before
        need(grown < 12 << 10, f"a reader that stands still costs {grown} KiB")
        session = free(s, "who reads nothing keeps the camera")
        stream, seen = Stream(s, session), 0
        for numbers, picture in stream:
            need(not picture or picture in own, "another picture than the phone's")
            need(not picture or time.clock_gettime(time.CLOCK_MONOTONIC) - numbers["came_us"] / 1e6 < 30, "the stamp is no time")
            seen += bool(picture)
            if seen == 20:
                there.process.kill()
            if numbers["state"] == "gone":
                break
        need("phone" in numbers["prompt"], f"gone, and not said: {numbers}")
        # What was filmed until then is measured when somebody says so.
        s.ask("POST", "/api/live/stop", {"id": session}, 200)
        ending = [n for n, _ in stream][-1]
        need(ending["state"] == "measuring", f"what was filmed is dropped: {ending}")
        told = s.wait(ending["job"])
        need(told["state"] in ("done", "unmeasured") and told["film"], f"it is not read: {told}")
        status, _, film = s.raw("GET", f"/api/results/{ending['job']}/video", s.own_headers())
        need(status == 200 and film.count(b"\xff\xd8") >= 20, "the recording is not what the phone sent")
        refusal = [n for n, _ in Stream(s, begin(s)["id"])][-1]
        need(refusal["state"] == "refused" and "does not answer" in refusal["error"], f"no phone: {refusal}")
        need(s.end() == 0, "it does not end cleanly")


def empty(folder):
    """An empty room is looked at and not recorded, until somebody says so."""
    with Phone("empty", folder + "/port", 20) as there, Served("--camera", there.address) as s:
        s.enter()
        for by_hand in (False, True):
            session = begin(s)["id"]
            stream = Stream(s, session)
            if by_hand:
                until(stream, ("looking",))
                s.ask("POST", "/api/live/start", {"id": session}, 200)
            for numbers, _ in stream:
                if numbers.get("time_s", 0) > 3:
                    break
            need(numbers["state"] == "looking" and len(numbers["prompt"].split()) > 4, f"an empty room: {numbers}")
            size = sum(os.path.getsize(p) for p in glob.glob(os.path.dirname(s.page) + "/*/recording.nut"))
            need((size > 20000) == by_hand, f"{size} bytes are recorded")
            s.ask("POST", "/api/live/stop", {"id": session}, 200)
            ending = [n for n, _ in stream][-1]
            need(ending["state"] == ("measuring" if by_hand else "ended"), f"an empty room: {ending}")


def killed(state):
    """The server is killed while it films: the next one offers what there is."""
    with Phone(FRAMES, state + "/port", 20) as there:
        with Served("--camera", there.address, state=state) as s:
            s.enter()
            stream = Stream(s, begin(s)["id"])
            until(stream, ("down",))
            s.end(signal.SIGKILL)
        with Served(state=state) as s:
            s.enter()
            told = s.ask("GET", "/api/jobs", expected=200)["jobs"]
            need([j["state"] for j in told] == ["broken"], f"the next one knows nothing of it: {told}")
            s.ask("POST", f"/api/jobs/{told[0]['id']}/again", b"", 202)
            need(s.wait(told[0]["id"])["state"] in ("done", "unmeasured"), "what was filmed cannot be read")


def main():
    # Freed memory is not to be held back for the sanitizer's sake.
    os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=1"
    os.environ["SAGITTA_LIVE_PACE"] = "2"
    with Served("--camera", CLIP) as s:
        s.enter()
        s.ask("POST", "/api/clients", {"id": "ana"}, 201)
        refused(s)
        owned(s)
        closed(s)
        by_hand(s)
        counted(s)
        # Ended while it films: nothing hangs.
        until(Stream(s, begin(s)["id"]), ("looking",))
        need(s.end() == 0, "it does not end cleanly")
    with Served() as s:
        folder = s.folder
        phone(folder)
        empty(folder)
        s.end()
        killed(folder)


main()
