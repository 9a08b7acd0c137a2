#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tries to get into the page of `sagitta serve`, and to bring it down: serve_attacks.py. Each line of SECURITY.md that is
about it has its attack here."""
import os
import signal
import socket
import stat
import time

from served import Served


def need(condition, text):
    if not condition:
        raise SystemExit(text)


def doors(s):
    """What is read by nobody else, and what lets in once."""
    mode = os.stat(s.page)
    need(stat.S_IMODE(mode.st_mode) == 0o600, f"the file that opens the page can be read by others: {oct(mode.st_mode)}")
    need(stat.S_IMODE(os.stat(os.path.dirname(s.page)).st_mode) == 0o700, "the folder can be read by others")
    with open(f"/proc/{s.process.pid}/cmdline", "rb") as file:
        need(s.secret().encode() not in file.read(), "the secret stands on the command line")
    with open("/proc/net/tcp", encoding="ascii") as file:
        listening = [l.split()[1] for l in file if f":{s.port:04X} " in l and " 0A " in l]
    need(listening == [f"0100007F:{s.port:04X}"], f"it listens elsewhere: {listening}")
    used = s.secret()
    headers = s.enter()
    cookie = headers["set-cookie"]
    for word in ("HttpOnly", "SameSite=Strict", "Path=/", f"sagitta-{s.port}="):
        need(word in cookie, f"the cookie lacks {word}")
    need("Domain" not in cookie, "the cookie has a domain")
    status, headers, _ = s.raw("GET", "/?t=" + used, {"Sec-Fetch-Site": "cross-site"})
    need(status == 401 and "set-cookie" not in headers, f"a secret works twice: {status}")
    for wrong in ("", "0" * 64, used[:-1], used + "0"):
        status, headers, _ = s.raw("GET", "/?t=" + wrong)
        need(status == 401 and "set-cookie" not in headers, f"a wrong secret: {status}")
    deadline = time.monotonic() + 20
    while s.secret() == used and time.monotonic() < deadline:
        time.sleep(0.1)
    need(s.secret() != used, "the file keeps a used secret")


def gates(s):
    own, write = s.own_headers(), s.own_headers(True)
    need(s.raw("GET", "/api/state", own)[0] == 200, "the page's own request is refused")
    need(s.raw("HEAD", "/", own)[0] == 200, "HEAD is refused")
    body = b'{"id":"eve"}'
    refused = [
        ("no cookie", 401, "GET", "/api/state", {}, None, None),
        ("another's cookie", 401, "GET", "/api/state", {"Cookie": f"sagitta-{s.port}={'0' * 64}"}, None, None),
        ("the page without a cookie", 401, "GET", "/", {}, None, None),
        ("assets without a cookie", 401, "GET", "/assets/0000000000000000/main.js", {}, None, None),
        ("rebinding", 421, "GET", "/api/state", own, None, f"evil.example:{s.port}"),
        ("localhost", 421, "GET", "/api/state", own, None, f"localhost:{s.port}"),
        ("another port", 421, "GET", "/api/state", own, None, "127.0.0.1:1"),
        ("no port", 421, "GET", "/api/state", own, None, "127.0.0.1"),
        ("a secret by rebinding", 421, "GET", "/?t=" + s.secret(), {}, None, f"evil.example:{s.port}"),
        ("cross-site GET", 403, "GET", "/api/clients", {**own, "Sec-Fetch-Site": "cross-site"}, None, None),
        ("same-site GET", 403, "GET", "/api/clients", {**own, "Sec-Fetch-Site": "same-site"}, None, None),
        ("cross-site POST", 403, "POST", "/api/clients", {**write, "Origin": "http://evil.example"}, body, None),
        ("a POST of another port", 403, "POST", "/api/clients", {**write, "Origin": f"http://127.0.0.1:{s.port + 1}"}, body, None),
        ("a POST of a file's page", 403, "POST", "/api/clients", {**write, "Origin": "null"}, body, None),
        ("a form's POST", 403, "POST", "/api/clients", {k: v for k, v in write.items() if k != "X-Sagitta"}, body, None),
        ("a POST without origin", 403, "POST", "/api/clients", {k: v for k, v in write.items() if k != "Origin"}, body, None),
        ("a POST without a cookie", 401, "POST", "/api/clients", {k: v for k, v in write.items() if k != "Cookie"}, body, None),
        ("DELETE of another page", 403, "DELETE", "/api/jobs/" + "0" * 32, own, None, None),
        ("OPTIONS", 405, "OPTIONS", "/api/clients", own, None, None),
        ("TRACE", 405, "TRACE", "/", own, None, None),
        ("a method that the path has not", 405, "PUT", "/api/state", write, b"{}", None),
    ]
    for what, wanted, method, path, headers, data, host in refused:
        status, got, text = s.raw(method, path, headers, data, host)
        need(status == wanted, f"{what}: {status} instead of {wanted}")
        policy = got["content-security-policy"]
        need("default-src 'none'" in policy and not any(w in policy for w in ("unsafe", "data:", "http", "*", "nonce", "sha256")), f"{what}: the policy has exceptions: {policy}")
        need(got["x-content-type-options"] == "nosniff",
             f"{what}: answered without the headers")
        need("access-control-allow-origin" not in got, f"{what}: it is told to others")
        need(method == "HEAD" or b"error" in text or b"<p>" in text, f"{what}: nothing is said")
    need(s.ask("GET", "/api/clients", expected=200)["clients"] == [], "a refused request was done")


def paths(s):
    own = s.own_headers()
    none = "0" * 32
    for path in ("/../../etc/passwd", "/assets/../../../etc/passwd", "/assets/x/..%2f..%2fetc%2fpasswd", "/%2e%2e/%2e%2e/etc/passwd",
                 f"/api/results/{none}", f"/api/results/{none}/video", f"/api/results/{none}/file/page.pdf", "/api/results/..",
                 "/api/results/../file/job.json", "/api/results/%2e%2e/file/lock", f"/api/results/{none}/file/..%2fjob.json",
                 f"/api/jobs/{none}", "/api/jobs/' OR 1=1", "/api/clients/' OR 1=1 --", "/api/clients/" + "a" * 300,
                 "/api/clients/%00", "/api/sheets/..", "/api/sheets/..%2f..%2fetc%2fpasswd", "//etc/passwd", "/api/words/../../etc/passwd", "/" + "a" * 4000):
        status, _, text = s.raw("GET", path.replace(" ", "%20"), own)
        need(status in (400, 404, 414), f"GET {path[:60]}: {status}")
        need(b"root:" not in text, f"GET {path}: a file of the system")
    job = s.ask("POST", "/api/jobs?kind=sample", b"", 202)["id"]
    need(s.wait(job)["state"] == "done", "the sample is not measured")
    for name in ("job.json", "sample", "lock", "..", "page.html", "recording.mp4", "%2e%2e%2flock"):
        status, _, _ = s.raw("GET", f"/api/results/{job}/file/{name}", own)
        need(status == 404, f"a file that is not offered: {name}: {status}")
    for method, path in (("DELETE", "/api/records/../recording"), ("DELETE", "/api/records/%2e%2e/recording"), ("DELETE", "/api/records/x/recording"),
                         ("DELETE", "/api/records/99999999999999999999/recording"), ("PUT", f"/api/results/{none}/kept"), ("PUT", "/api/results/../kept"),
                         ("POST", f"/api/results/{none}/pages"), ("POST", f"/api/results/{job}/pages"), ("POST", "/api/results/../pages"),
                         ("DELETE", "/api/records/.."), ("DELETE", "/api/records/x"), ("DELETE", "/api/records/99999999999999999999"), ("DELETE", "/api/clients/.."),
                         ("DELETE", "/api/clients/%2e%2e"), ("POST", "/api/class"), ("POST", f"/api/jobs/{none}/again"),
                         ("PATCH", f"/api/jobs/{none}"), ("PATCH", f"/api/jobs/{job}"), ("DELETE", f"/api/results/{none}/kept"), ("DELETE", "/api/results/../kept")):
        status, _, _ = s.raw(method, path, s.own_headers(True), b'{"agreed": true}')
        need(status in (404, 422), f"{method} {path}: {status}")
    # What is set stands in the page, and is no part of its HTML.
    s.ask("PATCH", "/api/state", {"clinic_name": "</script><script>alert(1)</script><!--"}, 200)
    status, _, page = s.raw("GET", "/", own)
    need(status == 200 and b"alert(1)" in page and page.count(b"<script") == 2 and page.count(b"<!--") == 0, "a setting becomes HTML")
    s.ask("PATCH", "/api/state", {"clinic_name": ""}, 200)
    for words in ("kind=evil", "test=nope", "side=up", "client=" + "a" * 100, "client=-x", "pain=11", "pain=-1", "rest=99999",
                  "set=/etc/passwd", "mark=x", "kind=saved", "kind=saved&record=x", "kind=compare", "kind=compare&record=-1", "kind=compare&client=ana&day=2026-01-01", "points=guessed", "person=a%0Ab", "person=" + "a" * 300):
        status, _, _ = s.raw("POST", "/api/jobs?" + words, s.own_headers(True), b"x")
        need(status == 400, f"POST /api/jobs?{words}: {status}")
    need(s.raw("POST", "/api/jobs?kind=saved&record=77", s.own_headers(True), b"")[0] in (404, 422), "a record that is not there")
    need(s.raw("POST", "/api/jobs?kind=compare&record=77", s.own_headers(True), b"")[0] in (404, 422), "a record that is not there")
    for picks in (["--records=x"], ["hip=1,2; rm"], ["nose=1,2"], ["hip=nan,1"], ["hip=" + "1" * 80 + ",2"], "x", [1], ["hip=1,2"] * 99):
        status, _, _ = s.raw("POST", f"/api/results/{job}/picks", s.own_headers(True), __import__("json").dumps({"picks": picks}).encode())
        need(status == 422, f"picks {picks!r:.60}: {status}")


def jobs_left(s):
    return [d for d in os.listdir(os.path.dirname(s.page)) if len(d) == 32]


def uploads(s):
    write = s.own_headers(True)
    before = len(jobs_left(s))
    status, _, _ = s.raw("POST", "/api/jobs?name=a.mp4", {**write, "Content-Length": str(5 << 30)}, b"")
    need(status == 413, f"5 GiB are announced: {status}")
    status, _, _ = s.raw("POST", "/api/jobs?name=a.mp4", {**write, "Content-Length": str((1 << 20) + 1)}, b"")
    need(status == 413, f"more than --largest is announced: {status}")
    status, _, _ = s.raw("POST", "/api/clients", {**write, "Content-Length": str(1 << 30)}, b"")
    need(status == 413, f"a gigabyte of JSON is announced: {status}")
    # Without a length, for ever: it is cut off.
    with socket.create_connection(("127.0.0.1", s.port), timeout=60) as to:
        to.sendall(head(s, "POST", "/api/jobs?name=a.mp4", {**write, "Transfer-Encoding": "chunked"}))
        sent = 0
        try:
            while sent < 64 << 20:
                to.sendall(b"10000\r\n" + bytes(65536) + b"\r\n")
                sent += 65536
        except OSError:
            pass
        need(sent < 64 << 20, "an endless upload is taken for ever")
    # Broken off: nothing of it stays.
    with socket.create_connection(("127.0.0.1", s.port), timeout=60) as to:
        to.sendall(head(s, "POST", "/api/jobs?name=a.mp4", {**write, "Content-Length": "100000"}) + b"x" * 1000)
        time.sleep(0.3)
        status, _, _ = s.raw("POST", "/api/jobs?name=b.mp4", write, b"second")
        need(status == 409, f"a second upload at once: {status}")
    # Slower than anything on one machine.
    with socket.create_connection(("127.0.0.1", s.port), timeout=60) as to:
        for _ in range(200):
            to.sendall(b"")
            try:
                to.sendall(head(s, "POST", "/api/jobs?name=a.mp4", {**write, "Content-Length": "100000"}))
                break
            except OSError:
                time.sleep(0.1)
        began = time.monotonic()
        closed = False
        try:
            while time.monotonic() - began < 45 and not closed:
                to.sendall(b"x")
                time.sleep(0.5)
                to.setblocking(False)
                try:
                    closed = to.recv(4096) == b""
                except BlockingIOError:
                    pass
                to.setblocking(True)
        except OSError:
            closed = True
        need(closed, "a slow upload is waited for")
    deadline = time.monotonic() + 20
    while len(jobs_left(s)) > before and time.monotonic() < deadline:
        time.sleep(0.2)
    need(len(jobs_left(s)) == before, "what was broken off lies about")
    status, _, _ = s.raw("POST", "/api/jobs?name=a.mp4", write, b"")
    need(status == 422, f"an empty file: {status}")
    # No video: said by its name, and gone.
    job = s.ask("POST", "/api/jobs?name=..%2f..%2fa.mp4", b"this is no video " * 100, 202)["id"]
    told = s.wait(job)
    need(told["state"] == "refused" and len(told["message"].split()) > 5, f"no video: {told}")
    need("/" + os.path.basename(s.folder) not in told["message"], f"a path is told: {told['message']}")


def head(s, method, path, headers):
    lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{s.port}"] + [f"{k}: {v}" for k, v in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def crowds(s):
    """200 connections that say nothing, or not all that they have to say; it answers while they are held, and afterwards."""
    all_ = []
    for i in range(200):
        try:
            one = socket.create_connection(("127.0.0.1", s.port), timeout=2)
            all_.append(one)
            one.sendall((b"", b"GET / HTTP/1.1\r\n", head(s, "POST", "/api/clients", {**s.own_headers(True), "Content-Length": "9"}))[i % 3])
        except OSError:
            continue
    answers(s, 90, "while 200 connections are held")
    for one in all_:
        one.close()
    answers(s, 30, "after a crowd")


def answers(s, seconds, when):
    deadline = time.monotonic() + seconds
    while True:
        try:
            need(s.raw("GET", "/api/state", s.own_headers(), timeout=10)[0] == 200, f"it does not answer {when}")
            break
        except OSError as error:
            need(time.monotonic() < deadline, f"it does not answer {when}: {error}")
            time.sleep(0.5)


def malformed(s):
    host = f"Host: 127.0.0.1:{s.port}\r\n".encode()
    cookie = f"Cookie: {s.cookie}\r\n".encode()
    for request in (b"\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\n" + host + host + cookie + b"\r\n",
                    b"GET / HTTP/1.1\r\nHost: evil\r\n" + host + cookie + b"\r\n", bytes(range(256)) * 20, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),
                    b"GET / HTTP/1.1\r\n" + host + b"A: " + b"x" * 200000 + b"\r\n\r\n", b"GET /" + b"x" * 200000 + b" HTTP/1.1\r\n\r\n",
                    b"POST /api/clients HTTP/1.1\r\n" + host + cookie + b"Content-Length: -1\r\n\r\n",
                    b"POST /api/clients HTTP/1.1\r\n" + host + cookie + b"Content-Length: 99999999999999999999999\r\n\r\n",
                    b"POST /api/clients HTTP/1.1\r\n" + host + cookie + b"Content-Length: 3\r\nContent-Length: 5\r\n\r\nabc",
                    b"POST /api/clients HTTP/1.1\r\n" + host + cookie + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n",
                    b"GET / HTTP/1.1\r\n" + host + b"Cookie: " + b"a=b; " * 3000 + b"\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", s.port), timeout=30) as to:
            got = b""
            try:
                to.sendall(request)
                to.shutdown(socket.SHUT_WR)
                while True:
                    part = to.recv(65536)
                    if not part:
                        break
                    got += part
            except OSError:
                pass
            need(not got.startswith(b"HTTP/1.1 2") and not got.startswith(b"HTTP/1.0 2"), f"{request[:60]!r} is answered: {got[:80]!r}")
    write = s.own_headers(True)
    for body in (b"", b"{", b"[]", b"null", b'{"id":1}', b'{"id":"a","id":"b"}', b"\xff\xfe", b'{"id":"' + b"a" * 5000 + b'"}', b"[" * 100000,
                 b'{"id":"a","name":"\\u0000"}', b'{"id":"../x"}', b'{"id":"a","birth_year":1e99}', b'{"id":"a","height_cm":"x"}', b'{"id":"a","sex":"xx"}'):
        status, _, _ = s.raw("POST", "/api/clients", write, body)
        need(400 <= status < 500, f"POST /api/clients {body[:40]!r}: {status}")
    need(s.ask("GET", "/api/state", expected=200)["version"], "it does not answer any more")


def overnight():
    """A page that was left open: the machine slept, and it goes on; the server was ended, and another one has its port."""
    with Served() as s:
        s.enter()
        used = s.secret()
        os.kill(s.process.pid, signal.SIGSTOP)
        time.sleep(20)
        os.kill(s.process.pid, signal.SIGCONT)
        need(s.ask("GET", "/api/state", expected=200)["version"], "it does not go on after a sleep")
        deadline = time.monotonic() + 60
        while s.secret() == used and time.monotonic() < deadline:
            time.sleep(0.2)
        need(s.secret() != used, "the way in is as old as the night")
        status, headers, _ = s.raw("GET", "/?t=" + used)
        need(status == 401 and "set-cookie" not in headers, "yesterday's way in is open")
        port, old = s.port, s.own_headers(True)
        s.ask("POST", "/api/clients", {"id": "ana"}, 201)
        need(s.end() == 0, "it does not end cleanly")
    with Served("--port", str(port)) as s:
        need(s.port == port, "another port")
        for method, path in (("GET", "/api/clients"), ("GET", "/"), ("POST", "/api/clients"), ("GET", "/api/backup")):
            status, _, text = s.raw(method, path, old, b"{}" if method == "POST" else None)
            need(status == 401 and b"opened anew" in text, f"yesterday's page is let in: {method} {path}: {status} {text[:80]!r}")
        s.end()


def main():
    with Served("--largest", "1") as s:
        doors(s)
        gates(s)
        paths(s)
        uploads(s)
        crowds(s)
        malformed(s)
        page = s.page
        status = s.end()
        need(status == 0, f"it ends with {status}: {s.complaints()}")
        need(not os.path.exists(page), "the file that opens the page is left")
        left = [n for n in os.listdir(s.folder + "/state/sagitta")]
        need(not left, f"left behind: {left}")
    # Two servers, two cookies, and none opens the other.
    with Served() as a, Served() as b:
        a.enter()
        b.enter()
        need(a.port != b.port and os.path.dirname(a.page) != os.path.dirname(b.page), "two servers share something")
        need(b.raw("GET", "/api/state", {"Cookie": a.cookie})[0] == 401, "one server's cookie opens another")
        renamed = a.cookie.replace(str(a.port), str(b.port), 1)
        need(b.raw("GET", "/api/state", {"Cookie": renamed})[0] == 401, "one server's secret opens another")
        need(a.end() == 0 and b.ask("GET", "/api/state", expected=200), "the end of one ends the other")
    overnight()


main()
