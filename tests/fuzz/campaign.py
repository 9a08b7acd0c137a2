#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the fuzzers one after the other, in slices of a minute, and says what came of it.

usage: campaign.py BUILD FOLDER [--minutes N] [--only NAME,…] [--heavy NAME,…] [--pause FILE]
BUILD is a build of the preset fuzz (sh tests/fuzz/run.sh makes it). FOLDER keeps what was learnt: one corpus a target,
beside which tests/fuzz/corpus is read, the findings, and campaign.json with the sums of all runs so far.
--minutes N: processor minutes in all (60). --heavy: targets that get three times as many slices.
--pause FILE: while that file is there, nothing runs.

A finding is an input on which the target alone ends badly, or takes more than 10 s. Prints one line a target: processor
minutes, executions, executions a second, edges and features covered, inputs in the corpus, findings. Status 1 if any.
"""
import argparse
import json
import os
import re
import resource
import signal
import subprocess
import sys
import time

SLICE = 60  # seconds of a run, of which on a busy machine fewer are processor time
HERE = os.path.dirname(os.path.abspath(__file__))
PATHS = {"ASAN_OPTIONS": "detect_leaks=1:allocator_may_return_null=1", "UBSAN_OPTIONS": "print_stacktrace=1"}


def targets(build):
    folder = os.path.join(build, "tests", "fuzz")
    return sorted(name[5:] for name in os.listdir(folder)
                  if name.startswith("fuzz_") and os.access(os.path.join(folder, name), os.X_OK)
                  and os.path.isfile(os.path.join(folder, name)))


class Campaign:
    def __init__(self, options):
        self.o = options
        self.sums = {}
        self.file = os.path.join(options.folder, "campaign.json")
        if os.path.exists(self.file):
            with open(self.file, encoding="utf-8") as file:
                self.sums = json.load(file)
        self.env = dict(os.environ, LC_ALL="C.UTF-8", **PATHS)

    def wait(self, process):
        """To its end; held while the machine is asked to be quiet. The processor seconds that it took."""
        held = False
        while True:
            pid, _, used = os.wait4(process.pid, os.WNOHANG)
            if pid:
                return used.ru_utime + used.ru_stime
            wanted = bool(self.o.pause) and os.path.exists(self.o.pause)
            if wanted != held:
                os.killpg(process.pid, signal.SIGSTOP if wanted else signal.SIGCONT)
                held = wanted
            time.sleep(0.5)

    def start(self, arguments, out):
        limit = 1 << 32
        return subprocess.Popen(arguments, env=self.env, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                cwd=self.o.folder, start_new_session=True,
                                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))

    def is_finding(self, program, path):
        """Alone, and with time enough: a run that was held is no hang."""
        with subprocess.Popen([program, "-timeout=10", path], env=self.env, cwd=self.o.folder, stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as alone:
            return alone.wait() != 0

    def run(self, name):
        """One slice of a target."""
        program = os.path.join(self.o.build, "tests", "fuzz", "fuzz_" + name)
        own, found = (os.path.join(self.o.folder, kind, name) for kind in ("corpus", "findings"))
        os.makedirs(own, exist_ok=True)
        os.makedirs(found, exist_ok=True)
        log = os.path.join(self.o.folder, name + ".log")
        known = set(os.listdir(found))
        with open(log, "wb") as out:
            used = self.wait(self.start(
                [program, f"-max_total_time={SLICE}", "-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1",
                 "-use_value_profile=1", f"-artifact_prefix={found}/", own, os.path.join(HERE, "corpus", name)], out))
        for new in sorted(set(os.listdir(found)) - known):
            if new.startswith("slow-unit") or not self.is_finding(program, os.path.join(found, new)):
                os.remove(os.path.join(found, new))
        with open(log, encoding="utf-8", errors="replace") as file:
            text = file.read()
        sums = self.sums.setdefault(name, {"seconds": 0.0, "slices": 0, "executions": 0, "edges": 0, "features": 0})
        sums["seconds"] += used
        sums["slices"] += 1
        done = re.findall(r"^#(\d+)\s", text, re.M)
        sums["executions"] += int(done[-1]) if done else 0
        for key, word in (("edges", "cov"), ("features", "ft")):
            sums[key] = max([sums[key]] + [int(n) for n in re.findall(rf" {word}: (\d+)", text)])
        sums["corpus"] = len(os.listdir(own))
        sums["findings"] = len(os.listdir(found))
        with open(self.file, "w", encoding="utf-8") as file:
            json.dump(self.sums, file, indent=1, sort_keys=True)

    def go(self):
        names = targets(self.o.build)
        if self.o.only:
            names = [name for name in names if name in self.o.only.split(",")]
        heavy = set((self.o.heavy or "").split(","))
        weight = {name: 3 if name in heavy else 1 for name in names}
        begun = sum(sums["seconds"] for sums in self.sums.values())
        while sum(sums["seconds"] for sums in self.sums.values()) - begun < 60 * self.o.minutes:
            # Whoever is furthest behind its share: of runs, since some targets mostly wait.
            self.run(min(names, key=lambda name: self.sums.get(name, {"slices": 0})["slices"] / weight[name]))
        return self.tell(names)

    def tell(self, names):
        print("target           cpu min  executions   a second   edges  features  corpus  findings")
        total, bad = 0.0, 0
        for name in names:
            sums = self.sums.get(name)
            if not sums:
                continue
            total += sums["seconds"]
            bad += sums["findings"]
            print("%-16s %7.1f %11d %10.0f %7d %9d %7d %9d" %
                  (name, sums["seconds"] / 60, sums["executions"], sums["executions"] / max(sums["seconds"], 0.1),
                   sums["edges"], sums["features"], sums["corpus"], sums["findings"]))
        print("%.2f processor hours, %d findings" % (total / 3600, bad))
        return 1 if bad else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=os.path.abspath)
    parser.add_argument("folder", type=os.path.abspath)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--only")
    parser.add_argument("--heavy")
    parser.add_argument("--pause")
    options = parser.parse_args()
    os.makedirs(options.folder, exist_ok=True)
    sys.exit(Campaign(options).go())


main()
