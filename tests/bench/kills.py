#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Kills (SIGKILL) every command that writes, at many moments, and looks for what is missing or left behind.

    python3 tests/bench/kills.py SAGITTA RENDERER FOLDER [--kills N] [--saves N] [--only TEXT] [--seed N] [--jobs N]

--kills N (1000): kills of commands, spread over those of tests/torture/writers.py: half of them at random moments, half,
where there is strace, before one of the calls by which a file is made, written, named or removed, and before the end of the
process. After each what writers.py says must hold; and what was reported must be done. Then the command is run again, to
its end: it says that all is done already or does it, and nothing of the killed run is left.
--saves N (500): as often one result is saved (records import) and the program killed, three of four times within the time
that such a save takes; every fifth time two save at once. What was printed as saved must be in the records, under that
number, and `records verify` must find nothing.

Prints a line a command: kills, how many of them hit a run that had not ended, how often something half-way was left that the
next run took away. Status 1 where something does not hold, or where the program has a command that is in no list.
"""
import argparse
import concurrent.futures
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "torture"))
from writers import Writers, contents  # noqa: E402

CALLS = ["openat", "write", "pwrite64", "writev", "pwritev", "fsync", "fdatasync", "ftruncate", "rename", "renameat2", "linkat",
         "unlink", "unlinkat", "mkdir", "fchmod", "exit_group"]
LINES = "/usr/libexec/coreutils/libstdbuf.so"  # what stdbuf loads: what is said is said at once


class Kills(Writers):
    def __init__(self, options):
        super().__init__(options.sagitta, options.renderer, options.folder)
        self.o = options
        self.killed_env = dict(self.env, LD_PRELOAD=LINES, _STDBUF_O="L") if os.path.exists(LINES) else self.env

    def at_moment(self, command, at, delay):
        process = subprocess.Popen([self.sagitta_path] + command.arguments.split(), cwd=at, env=self.killed_env,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        try:
            said, why = process.communicate(timeout=delay)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            said, why = process.communicate()
        return process.returncode, said, why

    def at_call(self, command, at, call, number):
        log = at + ".log"
        done = self.strace(command, at, ["-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={number}"], log,
                           self.killed_env)
        os.remove(log)
        return done.returncode, done.stdout, done.stderr

    def kill(self, command, kind, *where):
        """One kill. What does not hold; whether it came before the end; whether something half-way was left."""
        at = self.folder(command)
        status, said, why = self.at_moment(command, at, *where) if kind == "moment" else self.at_call(command, at, *where)
        # strace ends as what it ran did; of a decoder that was killed alone the program tells.
        killed = status in (-signal.SIGKILL, 128 + signal.SIGKILL)
        wrong = self.judge(command, at, status, why.decode(errors="replace"), said.decode(errors="replace"), killed=killed)
        state = self.state(at, command)
        half = [key for key in state if key not in command.after and key not in command.before]
        if killed and said and said in command.said and not self.is_done(command, at, state):
            wrong.append("reported, and not done")
        if not wrong:
            again = self.sagitta(command.arguments, at, stdin=subprocess.DEVNULL)
            state = self.state(at, command)
            left = [key for key in state if key not in command.after]
            if left:
                wrong.append(f"the next run leaves {left}")
            if not self.is_done(command, at, state):
                wrong.append(f"run again ({again.returncode}: {again.stderr.decode(errors='replace')[:200]!r}) it is not done")
        shutil.rmtree(at)
        return wrong, killed, bool(half)

    def is_done(self, command, at, state):
        files = all(key in state and (key in command.unsteady or state[key] == value) for key, value in command.after.items())
        return files and contents(os.path.join(at, "x.db")) == command.rows and \
            all(contents(os.path.join(at, name)) == rows for name, rows in zip(command.fresh, command.fresh_rows))

    def points(self, command, count, rng):
        at = self.folder(command)
        began = time.monotonic()
        self.sagitta(command.arguments, at, stdin=subprocess.DEVNULL)
        whole = time.monotonic() - began
        shutil.rmtree(at)
        calls = []
        if shutil.which("strace"):
            calls = [("call", call, n + 1) for call, most in sorted(self.count_calls(command, CALLS).items()) for n in range(most)]
            # Opening files to read them is not what is looked for: mostly it is libraries.
            calls = [point for point in calls if point[1] != "openat" or rng.random() < 0.1]
            calls = rng.sample(calls, min(len(calls), (count + 1) // 2))
        return calls + [("moment", rng.random() * whole) for _ in range(count - len(calls))]

    def go(self):
        bad, sums = 0, [0, 0, 0]
        commands = list(self.all(self.o.only))
        shares = sum(1 / command.slow for command in commands)
        for command in commands:
            rng = random.Random(f"{self.o.seed} {command.name}")
            self.reference(command)
            points = self.points(command, max(2, round(self.o.kills / shares / command.slow)), rng)
            with concurrent.futures.ThreadPoolExecutor(self.o.jobs) as pool:
                found = list(pool.map(lambda point: self.kill(command, *point), points))
            failed = [(point, wrong) for point, (wrong, _, _) in zip(points, found) if wrong]
            counts = [len(found), sum(killed for _, killed, _ in found), sum(half for _, _, half in found)]
            sums = [a + b for a, b in zip(sums, counts)]
            print("%-22s %4d kills, %4d before the end, %3d left something half-way, %d failed" % (command.name, *counts, len(failed)),
                  flush=True)
            for point, wrong in failed[:12]:
                print(f"    {point}: {'; '.join(wrong)}")
            bad += len(failed)
        print("%d commands: %d kills, %d before the end, %d left something half-way that the next run took away, %d failed"
              % (len(commands), *sums, bad))
        return bad

    # ---- what was reported saved ----

    def saves(self, count):
        database = os.path.join(self.place, "kills.db")
        for suffix in ("", "-wal", "-shm"):
            if os.path.exists(database + suffix):
                os.remove(database + suffix)
        place = ["--records", database]
        subprocess.run([self.sagitta_path, "records", "add", "a", *place], check=True, stdout=subprocess.DEVNULL)
        with open(os.path.join(self.template, "r1.json"), encoding="utf-8") as file:
            document = json.load(file)
        rng = random.Random(1)
        reported, killed, durations, number = {}, 0, [0.3], 0

        def start():
            nonlocal number
            number += 1
            document["settings"]["seed"] = number
            text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
            name = os.path.join(self.place, "result-%d.json" % (number % 4))
            with open(name, "w", encoding="utf-8") as out:
                out.write(text)
            command = [self.sagitta_path, "records", "import", name, "--client", "a", "--date", "2024-01-01", *place]
            return subprocess.Popen(command, env=self.killed_env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL), number, \
                time.perf_counter()

        for i in range(count):
            running = [start() for _ in range(2 if i % 5 == 4 else 1)]
            median = sorted(durations)[len(durations) // 2]
            if i % 4:
                time.sleep(rng.uniform(0, 1.2 * median))
            else:
                running[0][0].wait()
                durations.append(time.perf_counter() - running[0][2])
            for process, seed, _ in running:
                killed += process.poll() is None
                process.kill()
                said = re.search(rb"Saved as result (\d+)", process.communicate()[0])
                if said:
                    reported[int(said.group(1))] = seed
            verified = subprocess.run([self.sagitta_path, "records", "verify", *place], capture_output=True, text=True)
            if verified.returncode != 0:
                sys.exit("after kill %d: %s%s" % (i + 1, verified.stdout, verified.stderr))
        for result, seed in reported.items():
            shown = subprocess.run([self.sagitta_path, "records", "show", "--result", str(result), *place], capture_output=True, text=True)
            if shown.returncode != 0 or json.loads(shown.stdout)["settings"]["seed"] != seed:
                sys.exit("result %d was reported saved, and is lost" % result)
        print("%d saves, %d killed before their end, %d results reported saved: all there, verified each time"
              % (number, killed, len(reported)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("sagitta", type=os.path.abspath)
    parser.add_argument("renderer", type=os.path.abspath)
    parser.add_argument("folder", type=os.path.abspath)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--saves", type=int, default=500)
    parser.add_argument("--only")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    kills = Kills(options)
    missing = kills.missing()
    if missing:
        print("In no list of tests/torture/writers.py: " + ", ".join(missing))
    bad = kills.go() if options.kills else 0
    if options.saves:
        kills.saves(options.saves)
    sys.exit(1 if bad or missing else 0)


main()
