# SPDX-License-Identifier: Apache-2.0
"""`sagitta serve` for the tests: started in a folder of its own, entered as a browser enters, asked as its page asks."""
import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.parse


class Served:
    def __init__(self, *options, state=None, home=None):
        self.folder = state or tempfile.mkdtemp(prefix="served.")
        self.own = state is None
        environment = dict(os.environ, XDG_STATE_HOME=self.folder + "/state", XDG_DATA_HOME=self.folder + "/data",
                           XDG_CONFIG_HOME=self.folder + "/config")
        if home:  # somebody's, who has set nothing else
            environment = {k: v for k, v in os.environ.items() if not k.startswith("XDG_")} | {"HOME": home}
        self.records = self.folder + "/records.db"
        self.errors = open(self.folder + "/errors", "a+b")
        self.process = subprocess.Popen([os.environ["SAGITTA"], "serve", "--no-browser", "--records", self.records, *options],
                                        env=environment, stdout=subprocess.PIPE, stderr=self.errors)
        line = self.process.stdout.readline().decode()
        match = re.fullmatch(r"open file://(/\S+)\n", line)
        if not match:
            raise SystemExit(f"it does not say what to open: {line!r} {self.complaints()}")
        self.page = urllib.parse.unquote(match.group(1))
        self.port = int(re.search(r"127\.0\.0\.1:(\d+)/", self.redirect()).group(1))
        self.cookie = None

    def complaints(self):
        self.errors.seek(0)
        return self.errors.read().decode()

    def redirect(self):
        with open(self.page, encoding="utf-8") as file:
            return file.read()

    def secret(self):
        return re.search(r"t=([0-9a-f]{64})", self.redirect()).group(1)

    def raw(self, method, path, headers=None, body=None, host=None, timeout=60):
        """Nothing is added but what is given: status, headers, body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            connection.putheader("Host", host or f"127.0.0.1:{self.port}")
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            if body is not None and "Content-Length" not in (headers or {}):
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders()
            if body is not None:
                connection.send(body)
            answer = connection.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def enter(self):
        # A secret is good once, and the server takes a moment to write the next one: who comes right after another
        # reads the old one.
        for _ in range(50):
            status, headers, _ = self.raw("GET", "/?t=" + self.secret(), {"Sec-Fetch-Site": "cross-site"})
            if status == 200:
                break
            time.sleep(.1)
        if status != 200:
            raise SystemExit(f"not let in: {status}")
        self.cookie = headers["set-cookie"].split(";")[0]
        return headers

    def own_headers(self, write=False):
        headers = {"Cookie": self.cookie, "Sec-Fetch-Site": "same-origin"}
        if write:
            headers.update({"Origin": f"http://127.0.0.1:{self.port}", "X-Sagitta": "1"})
        return headers

    def ask(self, method, path, body=None, expected=None):
        data = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        if method not in ("GET", "HEAD") and data is None:
            data = b""
        status, headers, text = self.raw(method, path, self.own_headers(method not in ("GET", "HEAD")), data)
        if expected is not None and status != expected:
            raise SystemExit(f"{method} {path}: {status} instead of {expected}: {text[:500]!r}")
        return json.loads(text) if headers.get("content-type", "").startswith("application/json") and text else text

    def wait(self, job, states=("done", "unmeasured", "refused", "broken", "cancelled"), seconds=900):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            told = self.ask("GET", "/api/jobs/" + job, expected=200)
            if told["state"] in states:
                return told
            time.sleep(0.1)
        raise SystemExit(f"job {job} is {told}")

    def measure(self, path, **words):
        words = {"kind": "recording", "name": os.path.basename(path), **words}
        with open(path, "rb") as file:
            return self.ask("POST", "/api/jobs?" + urllib.parse.urlencode(words), file.read(), 202)["id"]

    def keep(self, job):
        """Keep its recording, and wait until it is."""
        self.ask("PUT", f"/api/results/{job}/kept", {"agreed": True}, 202)
        deadline = time.monotonic() + 300
        while "keeping" in (told := self.ask("GET", "/api/jobs/" + job, expected=200)):
            if time.monotonic() > deadline:
                raise SystemExit(f"it is not kept: {told}")
            time.sleep(0.05)
        if not told["kept"]:
            raise SystemExit(f"it is not kept: {told}")

    def add_client(self, code, **details):
        """Who may be measured: every question before a test is answered with no."""
        self.ask("POST", "/api/clients", {"id": code, **details}, 201)
        questions = self.ask("GET", f"/api/clients/{code}/pretest", expected=200)["questions"]
        self.ask("PUT", f"/api/clients/{code}/pretest", {"answers": {q["key"]: False for q in questions}}, 200)

    def end(self, number=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            status = self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise SystemExit("it does not end")
        self.process.stdout.close()
        return status

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        said = self.complaints()
        self.errors.close()
        if self.own:
            shutil.rmtree(self.folder, ignore_errors=True)
        if "Sanitizer" in said or "runtime error" in said:
            raise SystemExit(said[:4000])
