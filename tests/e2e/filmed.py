# SPDX-License-Identifier: Apache-2.0
"""The camera of `sagitta serve` for the tests: a page's session and its stream, and a phone that gives pictures."""
import http.client
import json
import os
import struct
import subprocess
import sys
import time


class Stream:
    """What a page reads: records one after the other, as (numbers, picture)."""

    def __init__(self, served, session):
        self.connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=120)
        self.connection.request("GET", "/api/live/stream?id=" + session, headers=served.own_headers())
        self.answer = self.connection.getresponse()
        if self.answer.status != 200:
            raise SystemExit(f"no stream: {self.answer.status} {self.answer.read()!r}")

    def __iter__(self):
        while True:
            head = self.whole(4)
            if not head:
                return
            body = self.whole(struct.unpack("<I", head)[0])
            size = struct.unpack("<I", body[:4])[0]
            yield json.loads(body[4:4 + size]), body[4 + size:]

    def whole(self, size):
        got = b""
        while len(got) < size:
            part = self.answer.read(size - len(got))
            if not part:
                return b""
            got += part
        return got

    def close(self):
        self.answer.close()
        self.connection.close()


class Phone:
    """Pictures of a folder as Motion JPEG, over and over."""

    def __init__(self, folder, port, rate):
        self.process = subprocess.Popen([sys.executable, os.environ["HERE"] + "/mjpeg_server.py", folder, port, str(rate)],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while not os.path.exists(port):
            if time.monotonic() > deadline:
                raise SystemExit("the phone does not begin")
            time.sleep(0.05)
        with open(port, encoding="ascii") as file:
            self.address = f"http://ann:secret@127.0.0.1:{file.read()}/video"
        os.unlink(port)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
