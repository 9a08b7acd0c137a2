#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Lets allocations and calls that write fail once, in turn, in `sagitta serve` while a recording is sent, measured, saved and
printed on its page.

usage: serve.py SAGITTA LAYER FOLDER [--most N]
SAGITTA and LAYER as for torture.py. --most N: at most N points of a kind (60), evenly spread. Needs strace for the calls.

After each run these must hold: the server did not die, and ends when it is asked to with a status of DESIGN.md; what the page
was told is saved is in the records, which are sound; the next server starts, tells nothing but what was taken and not
measured, takes the same recording and measures it; and when that one is gone nothing lies in its folder.
The processes that measure for it have the same failure: what becomes of them is told on the page.
"""
import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "e2e"))
from served import Served  # noqa: E402

ENDED = ("done", "unmeasured", "refused", "broken", "cancelled")
CALLS = {"write": "ENOSPC", "pwrite64": "ENOSPC", "fsync": "EIO", "fdatasync": "EIO", "ftruncate": "EIO", "rename": "EIO",
         "linkat": "EIO", "mkdir": "ENOSPC", "fchmod": "EIO"}


class Page:
    """What somebody does on the page, and what it was told."""

    def __init__(self, tracks):
        self.tracks = tracks
        self.saved, self.taken = set(), set()

    def ask(self, s, *words):
        """An answer that is no refusal; None where there is none."""
        try:
            answer = s.ask(*words)
        except Exception as error:  # the connection was cut, or what came is no answer
            if isinstance(error, AssertionError):
                raise
            return None
        return answer if isinstance(answer, (dict, bytes)) else None

    def work(self, s):
        try:
            s.enter()
        except (SystemExit, Exception):  # noqa: B014: it may be the very thing that fails
            return
        self.ask(s, "POST", "/api/clients", {"id": "ana"})
        asked = self.ask(s, "GET", "/api/clients/ana/pretest")
        if isinstance(asked, dict) and "questions" in asked:
            self.ask(s, "PUT", "/api/clients/ana/pretest", {"answers": {q["key"]: False for q in asked["questions"]}})
        with open(self.tracks, "rb") as file:
            job = self.ask(s, "POST", "/api/jobs?kind=recording&name=clip.csv&client=ana", file.read())
        if not isinstance(job, dict) or "id" not in job:
            return
        self.taken.add(job["id"])
        for _ in range(600):
            now = self.ask(s, "GET", "/api/jobs/" + job["id"])
            if isinstance(now, dict) and now.get("saved"):
                self.saved.add(now["saved"])
            if s.process.poll() is not None:
                return
            if isinstance(now, dict) and now.get("state") in ENDED:
                self.taken.discard(job["id"])
                break
            time.sleep(0.05)
        self.ask(s, "GET", f"/api/results/{job['id']}/file/report.pdf")
        self.ask(s, "PATCH", "/api/clients/ana", {"notes": "stiff"})


class Torture:
    def __init__(self, options):
        self.o = options
        self.tracks = os.path.join(options.folder, "clip.csv")
        self.bad = 0
        shutil.rmtree(options.folder, ignore_errors=True)
        os.makedirs(options.folder)
        os.environ.update(LC_ALL="C.UTF-8", TZ="UTC")
        subprocess.run([options.sagitta, "simulate", "--people", "1", "--set", "clinic", "-o", options.folder + "/one"], check=True,
                       stdout=subprocess.DEVNULL)
        shutil.move(options.folder + "/one/person-00001.csv", self.tracks)

    def server(self, state, program=None, **more):
        """With the environment, and in the place of the program, that are given."""
        before = dict(os.environ)
        os.environ.update(SAGITTA=program or self.o.sagitta, **more)
        try:
            return Served(state=state)
        finally:
            os.environ.clear()
            os.environ.update(before)

    def run(self, program=None, **more):
        """One run with a failure, and the next without: what does not hold."""
        state, wrong, page = tempfile.mkdtemp(dir=self.o.folder), [], Page(self.tracks)
        try:
            s = self.server(state, program, **more)
        except SystemExit as error:  # it says why it does not start
            if "sagitta:" not in str(error) and "None" not in str(error):
                wrong.append(f"it does not start: {error}")
            s = None
        if s:
            page.work(s)
            status = s.process.poll()
            if status is not None:
                wrong.append(f"the server has ended with {status}: {s.complaints()[-200:]}")
            elif not -1 <= s.end() <= 4:
                wrong.append("it ends badly")
            s.errors.close()
        wrong += self.next(state, page)
        shutil.rmtree(state, ignore_errors=True)
        return wrong

    def next(self, state, page):
        wrong = []
        records = state + "/records.db"
        if os.path.exists(records):
            done = subprocess.run([self.o.sagitta, "records", "verify", "--records", records], stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, text=True)
            if done.returncode != 0:
                wrong.append(done.stdout)
        with self.server(state) as s:
            s.enter()
            answer = s.ask("GET", "/api/clients/ana/results")
            rows = answer.get("results", []) if isinstance(answer, dict) else []
            lost = page.saved - {row["number"] for row in rows}
            if lost:
                wrong.append(f"told as saved, and missing: {lost}")
            for job in s.ask("GET", "/api/jobs", None, 200)["jobs"]:
                if job["state"] not in ("broken", "refused", "unmeasured"):
                    wrong.append(f"a job is {job['state']}")
                s.ask("DELETE", "/api/jobs/" + job["id"])
            again = Page(self.tracks)
            again.work(s)
            if not again.saved:
                wrong.append("the next server does not measure it")
            if s.end() != 0:
                wrong.append("the next server ends badly")
        left = os.listdir(state + "/state/sagitta") if os.path.isdir(state + "/state/sagitta") else []
        if left:
            wrong.append(f"left behind: {left}")
        return wrong

    def some(self, count, kind):
        step = max(1, count / self.o.most)
        first = random.Random(kind).random()
        return sorted({min(count, int(1 + (k + first) * step)) for k in range(int(count / step))})

    def tell(self, kind, count, points, run):
        failed = [(n, wrong) for n, wrong in ((n, run(n)) for n in points) if wrong]
        print(f"serve {kind:<10} {len(points):5} of {count:6} points tried, {len(points) - len(failed):5} passed", flush=True)
        for n, wrong in failed[:12]:
            print(f"    {n}: {'; '.join(wrong)[:400]}")
        self.bad += len(failed)

    def strace(self, *more):
        """A program that is the server under strace."""
        path = os.path.join(self.o.folder, "traced")
        words = " ".join(f"'{word}'" for word in more)
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"#!/bin/sh\nexec strace -D -f -qq -o '{path}.log' {words} '{self.o.sagitta}' \"$@\"\n")
        os.chmod(path, 0o700)
        return path

    def go(self):
        report = os.path.join(self.o.folder, "report.txt")
        need = self.run(LD_PRELOAD=self.o.layer, TORTURE_REPORT=report)
        if need:
            sys.exit(f"without any failure: {need}")
        with open(report, encoding="utf-8") as file:
            count = max(int(line.split()[0]) for line in file)
        self.tell("memory", count, self.some(count, "memory"), lambda n: self.run(LD_PRELOAD=self.o.layer, TORTURE_FAIL=str(n)))
        if shutil.which("strace"):
            self.run(self.strace("-e", "trace=" + ",".join(CALLS)))
            with open(self.o.folder + "/traced.log", encoding="utf-8", errors="replace") as file:
                lines = re.findall(r"^(\d+)\s+(\w+)\(", file.read(), re.M)
            for call, error in CALLS.items():
                counts = [lines.count(key) for key in set(lines) if key[1] == call]
                if counts:
                    self.tell(call, max(counts), self.some(max(counts), call), lambda n, call=call, error=error: self.run(
                        self.strace("-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={n}")))
        return 1 if self.bad else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("sagitta", type=os.path.abspath)
    parser.add_argument("layer", type=os.path.abspath)
    parser.add_argument("folder", type=os.path.abspath)
    parser.add_argument("--most", type=int, default=60)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    sys.exit(Torture(parser.parse_args()).go())


main()
