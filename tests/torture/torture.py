#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Lets every allocation and every call that writes fail once, in turn, in each command that keeps something; and kills
each at many moments.

usage: torture.py SAGITTA LAYER RENDERER FOLDER [--every K] [--only TEXT] [--kills N] [--jobs N]
SAGITTA is a build without sanitizers, LAYER is fail_layer.so beside it. Needs strace for the calls.
--every K tries every K-th point (1: all). --kills N: SIGKILL at N moments a command.

After each run these must hold:
  - it ended with a status of DESIGN.md (0 to 4), by no signal (unless killed);
  - with another status than 0 it said why, and with 0 it left what the run without failure leaves;
  - under a name asked for is the whole new thing or what was there before, never a part, and nothing else was left;
  - the records are sound (PRAGMA integrity_check) and hold all that they held before; where the run succeeded, also
    what it added;
  - own memory: nothing is held at the end that the run without failure does not hold.
Prints one line a command: points tried, passed; and each point that did not hold, with its call. Status 1 if any.
"""
import argparse
import concurrent.futures
import hashlib
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

ERRORS = {"write": "ENOSPC", "pwrite64": "ENOSPC", "writev": "ENOSPC", "pwritev": "ENOSPC"}  # of others: EIO
WRITES = ["write", "pwrite64", "writev", "pwritev", "fsync", "fdatasync", "ftruncate", "fallocate", "rename",
          "renameat2", "linkat", "fchmod"]
DATABASE = "x.db"


class Command:
    """`slow`: each run takes that many times as long as others, so that so many fewer points are tried."""

    def __init__(self, name, arguments, outputs=(), old=(), slow=1):
        self.name, self.arguments, self.outputs, self.old = name, arguments, list(outputs), list(old)
        self.slow = slow


COMMANDS = [
    Command("analyze video", "analyze clip.mp4 --json r.json --tracks t2.csv --angles a.csv --overlay o.mp4 --report p.pdf "
            "--client ana --records x.db", ["r.json", "t2.csv", "a.csv", "o.mp4", "p.pdf"], ["p.pdf"]),
    Command("analyze tracks", "analyze t.csv --height 175 --json r.json --fhir f.json --c3d c.c3d --report p.html --client ana "
            "--records x.db", ["r.json", "f.json", "c.c3d", "p.html"], ["r.json"]),
    Command("table", "analyze t.csv u.csv --table all.csv --jobs 2", ["all.csv"]),
    Command("report", "report r1.json -o p.pdf", ["p.pdf"], ["p.pdf"]),
    Command("records add", "records add ben --name Ben --records x.db"),
    Command("records import", "records import r1.json --client ana --date 2026-01-02 --records x.db"),
    Command("records export", "records export ana -o e2.json --records x.db", ["e2.json"], ["e2.json"]),
    Command("records backup", "records backup b2.db --records x.db", ["b2.db"]),
    Command("records recover", "records recover damaged.db -o n.db", ["n.db"]),
    Command("records remove", "records remove bob --yes --records x.db"),
    Command("records merge", "records merge ana bob --yes --records x.db"),
    Command("records edit", "records edit ana --height 171 --records x.db"),
    Command("sheets", "sheets s", []),
    Command("agreement", "agreement ours.csv --with reference.csv --csv figures.csv -o g.pdf", ["figures.csv", "g.pdf"]),
    Command("dataset pack", "dataset pack t.csv u.csv -o set --licence CC0-1.0"),
    Command("dataset analyze", "dataset analyze shared --table again.csv", ["again.csv"]),
    Command("session", "session ana --records x.db -o day.pdf --json day.json", ["day.pdf", "day.json"]),
    Command("compare", "compare r1.json r2.json -o pair.svg --json pair.json", ["pair.svg", "pair.json"]),
    Command("proof", "proof sheet.ppm --date 2026-01-05 --json proof.json -o proof.pdf", ["proof.json", "proof.pdf"], slow=2),
    Command("live", "live clip.mp4 --json r.json --tracks t2.csv --report p.pdf --client ana --records x.db",
            ["r.json", "t2.csv", "p.pdf"], ["p.pdf"], slow=2),
]


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def contents(path):
    """Every row of a records file that is not about the file itself, or None where it is not sound."""
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as base:
            if base.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return None
            found = {}
            for table in ("clients", "results"):
                found[table] = {row[0]: hashlib.sha256(repr(row).encode()).hexdigest()
                                for row in base.execute(f"SELECT * FROM {table} ORDER BY 1")}
            return found
    except sqlite3.Error:
        return None


class Torture:
    def __init__(self, options):
        self.o = options
        self.template = os.path.join(options.folder, "template")
        self.env = dict(os.environ, LC_ALL="C.UTF-8", TZ="UTC", SAGITTA_LIVE_PACE="0")
        self.failed = 0
        self.prepare()

    def sagitta(self, arguments, folder, **more):
        return subprocess.run([self.o.sagitta] + arguments.split(), cwd=folder, env=self.env, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, **more)

    def prepare(self):
        shutil.rmtree(self.template, ignore_errors=True)
        os.makedirs(self.template)
        at = self.template
        subprocess.run([self.o.renderer, "--size", "640x360", "--fps", "20", "--reps", "1", "--ankle", "-o",
                        os.path.join(at, "clip.mp4")], check=True, stdout=subprocess.DEVNULL)
        for line in ("analyze clip.mp4 --tracks t.csv --json r1.json", "records add ana --name Ana --records x.db",
                     "records add bob --name Bob --records x.db",
                     "records import r1.json --client ana --date 2026-01-01 --records x.db",
                     "records import r1.json --client bob --date 2026-01-03 --records x.db"):
            done = self.sagitta(line, at)
            if done.returncode != 0:
                sys.exit(f"sagitta {line}: {done.stderr.decode()}")
        shutil.copy(os.path.join(at, "t.csv"), os.path.join(at, "u.csv"))
        shutil.copy(os.path.join(at, DATABASE), os.path.join(at, "damaged.db"))
        with open(os.path.join(at, "damaged.db"), "r+b") as file:
            file.seek(-2048, 2)
            file.write(b"\xa5" * 512)
        self.prepare_tables(at)
        for line in ("dataset pack t.csv -o shared --licence CC0-1.0", "sheets print",
                     "analyze u.csv --json r2.json"):
            done = self.sagitta(line, at)
            if done.returncode != 0:
                sys.exit(f"sagitta {line}: {done.stderr.decode()}")
        self.prepare_proof(at)
        for name in ("p.pdf", "r.json", "e2.json"):
            with open(os.path.join(at, name), "w", encoding="utf-8") as file:
                file.write("what was there before\n")

    def prepare_tables(self, at):
        """Ours and a reference of eight people, as analyze --table and a data sheet have them."""
        for name, shift in (("ours.csv", 0.0), ("reference.csv", 1.5)):
            with open(os.path.join(at, name), "w", encoding="utf-8") as file:
                file.write("client,trial,hip_hinge_deg,lumbar_flexion_deg\n")
                for i in range(8):
                    file.write(f"P{i},1,{40 + 5 * i + shift * (i % 3):.1f},{30 + 2 * i - shift * (i % 2):.1f}\n")

    def prepare_proof(self, at):
        """A picture of the printed sheet with a grey wall around it; without poppler there is no proof."""
        self.has_proof = bool(shutil.which("pdftoppm"))
        if self.has_proof:
            sheet = subprocess.run(["pdftoppm", "-r", "50", "-singlefile", os.path.join(at, "print", "proof-a4.pdf")],
                                   check=True, stdout=subprocess.PIPE).stdout
            head, size, deep, pixels = sheet.split(b"\n", 3)
            width, height = map(int, size.split())
            across, down = 2 * width, 2 * height
            picture = bytearray(b"\xb0" * (3 * across * down))
            for y in range(height):
                start = 3 * (across * (y + height // 2) + width // 2)
                picture[start:start + 3 * width] = pixels[3 * width * y:3 * width * (y + 1)]
            with open(os.path.join(at, "sheet.ppm"), "wb") as file:
                file.write(b"%s\n%d %d\n%s\n" % (head, across, down, deep) + picture)
        shutil.rmtree(os.path.join(at, "print"))

    def folder(self, command):
        at = tempfile.mkdtemp(dir=self.o.folder)
        for name in os.listdir(self.template):
            if name in ("p.pdf", "r.json", "e2.json") and name not in command.old:
                continue
            path = os.path.join(self.template, name)
            if os.path.isdir(path):
                shutil.copytree(path, os.path.join(at, name))
            else:
                shutil.copy2(path, at)
        return at

    def state(self, at, command):
        """Digests of what lies in a folder, but for a database and its journals, which are judged by their rows."""
        found = {}
        for base, _, names in os.walk(at):
            for name in names:
                path = os.path.join(base, name)
                key = os.path.relpath(path, at)
                if key.startswith(DATABASE) or key.startswith("report."):
                    continue
                found[key] = digest(path)
        return found

    def reference(self, command):
        """What a run without failure leaves; names whose bytes differ from run to run are held by their presence."""
        states, rows, live = [], None, 0
        for _ in range(2):
            at = self.folder(command)
            env = dict(self.env, LD_PRELOAD=self.o.layer, TORTURE_REPORT=os.path.join(at, "report.txt"))
            before = self.state(at, command)
            done = subprocess.run([self.o.sagitta] + command.arguments.split(), cwd=at, env=env, stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
            if done.returncode != 0:
                sys.exit(f"{command.name}: {done.returncode} {done.stderr.decode()}")
            with open(os.path.join(at, "report.txt"), encoding="utf-8") as file:
                counts = [tuple(map(int, line.split())) for line in file]
            states.append(self.state(at, command))
            rows = contents(os.path.join(at, DATABASE))
            shutil.rmtree(at)
        command.before, command.after, command.rows = before, states[0], rows
        command.unsteady = {k for k in states[0] if states[0][k] != states[1].get(k)}
        command.allocations = max(count for count, _ in counts)
        command.live = max(held for _, held in counts)

    def judge(self, command, at, status, said, killed=False, silent=False, held=None):
        """What does not hold after a run, as a list of words."""
        wrong = []
        if not killed:
            if status < 0 or status > 4:
                wrong.append(f"status {status}")
            if status != 0 and not said.strip() and not silent:
                wrong.append("no message")
        after = self.state(at, command)
        asked = {k for k in command.after if k not in command.before or k in command.old}
        asked |= {name for name in command.outputs}
        for key, value in after.items():
            if key in command.unsteady or value in (command.before.get(key), command.after.get(key)):
                continue
            wrong.append(f"{key} is {'something else' if key in asked or key in command.before else 'left over'}")
        for key in command.before:
            if key not in after and not (status == 0 and key not in command.after):
                wrong.append(f"{key} is gone")
        if status == 0 and not killed:
            wrong += [f"{k} is missing" for k in command.after
                      if after.get(k) != command.after[k] and k not in command.unsteady]
        rows = contents(os.path.join(at, DATABASE))
        if rows is None:
            wrong.append("the records are damaged")
        else:
            wrong += self.judge_rows(command, rows, status)
        if held is not None and held > command.live:
            wrong.append(f"{held - command.live} allocations held at the end")
        return wrong

    def judge_rows(self, command, rows, status):
        base = contents(os.path.join(self.template, DATABASE))
        for table in rows:
            for now in (base, command.rows):
                if set(rows[table]) == set(now[table]):
                    break
            else:
                return [f"{table}: neither as before nor as after"]
        if status == 0 and any(set(rows[t]) != set(command.rows[t]) for t in rows):
            return ["reported success without saving"]
        return []

    def run_alloc(self, command, number):
        at = self.folder(command)
        report = os.path.join(at, "report.txt")
        env = dict(self.env, LD_PRELOAD=self.o.layer, TORTURE_REPORT=report, TORTURE_FAIL=str(number))
        done = subprocess.run([self.o.sagitta] + command.arguments.split(), cwd=at, env=env, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, timeout=120)
        held = None
        if os.path.exists(report):
            with open(report, encoding="utf-8") as file:
                held = max(int(line.split()[1]) for line in file)
        wrong = self.judge(command, at, done.returncode, done.stderr.decode(errors="replace"), held=held)
        shutil.rmtree(at)
        return wrong, done

    def strace(self, command, at, extra, log):
        line = ["strace", "-f", "-qq", "-o", log, *extra, self.o.sagitta] + command.arguments.split()
        return subprocess.run(line, cwd=at, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              stdin=subprocess.DEVNULL, timeout=300)

    def count_calls(self, command):
        at = self.folder(command)
        log = at + ".log"
        self.strace(command, at, ["-e", "trace=" + ",".join(WRITES)], log)
        counts = {}
        with open(log, encoding="utf-8", errors="replace") as file:
            for line in file:
                match = re.match(r"(\d+)\s+(\w+)\(", line)
                if match:
                    key = (match.group(2), match.group(1))
                    counts[key] = counts.get(key, 0) + 1
        os.remove(log)
        shutil.rmtree(at)
        return {name: max(n for (call, _), n in counts.items() if call == name) for name in {c for c, _ in counts}}

    def run_call(self, command, call, number):
        at = self.folder(command)
        log = at + ".log"
        error = ERRORS.get(call, "EIO")
        done = self.strace(command, at, ["-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={number}"], log)
        with open(log, encoding="utf-8", errors="replace") as file:
            hit = [line.strip() for line in file if "(INJECTED)" in line]
        os.remove(log)
        silent = any(re.search(r"write(v)?\(2,", line) for line in hit)
        wrong = self.judge(command, at, done.returncode, done.stderr.decode(errors="replace"), silent=silent)
        shutil.rmtree(at)
        return [w + f" [{hit[0][:110] if hit else 'not reached'}]" for w in wrong], done

    def run_kill(self, command, delay):
        at = self.folder(command)
        process = subprocess.Popen([self.o.sagitta] + command.arguments.split(), cwd=at, env=self.env,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        try:
            out, err = process.communicate(timeout=delay)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            out, err = process.communicate()
        killed = process.returncode == -signal.SIGKILL
        wrong = self.judge(command, at, process.returncode, err.decode(errors="replace"), killed=killed)
        shutil.rmtree(at)
        return wrong, process

    def all_of(self, command, kind, points, run):
        bad, reached = [], 0
        with concurrent.futures.ThreadPoolExecutor(self.o.jobs) as pool:
            for point, (wrong, done) in zip(points, pool.map(lambda p: run(*p), points)):
                reached += 1
                if wrong:
                    bad.append(f"    {kind} {point[1:]}: status {done.returncode}, {'; '.join(wrong)}")
        print(f"{command.name:<18} {kind:<12} {reached:6} points, {reached - len(bad):6} passed", flush=True)
        for line in bad[:12]:
            print(line)
        if len(bad) > 12:
            print(f"    … and {len(bad) - 12} more")
        self.failed += len(bad)

    def go(self):
        for command in COMMANDS:
            if self.o.only and self.o.only not in command.name:
                continue
            if command.name == "proof" and not self.has_proof:
                print("proof              needs pdftoppm (Debian: poppler-utils): left out")
                continue
            self.reference(command)
            every = self.o.every * command.slow if self.o.every > 1 else 1
            numbers = range(1 + (every // 2 if every > 1 else 0), command.allocations + 1, every)
            if not self.o.no_memory:
                self.all_of(command, "memory", [(command, n) for n in numbers], self.run_alloc)
            if not self.o.no_calls and shutil.which("strace"):
                for call, count in sorted(self.count_calls(command).items()):
                    step = max(1, min(every, count // 4))
                    self.all_of(command, call, [(command, call, n) for n in range(1, count + 1, step)], self.run_call)
            if self.o.kills:
                rng, start = random.Random(command.name), time.monotonic()
                self.run_kill(command, 1000)
                whole = time.monotonic() - start
                self.all_of(command, "kill -9", [(command, rng.random() * whole * 1.1) for _ in range(max(1, self.o.kills // command.slow))],
                            self.run_kill)
        return 1 if self.failed else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("sagitta", type=os.path.abspath)
    parser.add_argument("layer", type=os.path.abspath)
    parser.add_argument("renderer", type=os.path.abspath)
    parser.add_argument("folder", type=os.path.abspath)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--only")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--no-memory", action="store_true")
    parser.add_argument("--no-calls", action="store_true")
    options = parser.parse_args()
    os.makedirs(options.folder, exist_ok=True)
    sys.exit(Torture(options).go())


main()
