#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Lets every allocation and every call that writes fail once, in turn, in each command that keeps something.

usage: torture.py SAGITTA LAYER RENDERER FOLDER [--every K] [--most N] [--only TEXT] [--jobs N]
SAGITTA is a build without sanitizers, LAYER is fail_layer.so beside it. Needs strace for the calls.
--every K tries every K-th point (1: all), --most N at most N of each kind of a command, evenly spread.

What must hold after each run is in writers.py; and of own memory nothing is held at the end that the run without failure
does not hold.
Prints one line a command: points tried, passed; and each point that did not hold, with its call. Status 1 if any.
"""
import argparse
import concurrent.futures
import os
import random
import re
import shutil
import subprocess
import sys

from writers import Writers

ERRORS = {"write": "ENOSPC", "pwrite64": "ENOSPC", "writev": "ENOSPC", "pwritev": "ENOSPC"}  # of others: EIO
WRITES = ["write", "pwrite64", "writev", "pwritev", "fsync", "fdatasync", "ftruncate", "fallocate", "rename",
          "renameat2", "linkat", "fchmod", "mkdir"]


class Torture(Writers):
    def __init__(self, options):
        super().__init__(options.sagitta, options.renderer, options.folder)
        self.o = options
        self.failed = self.tried = self.total = 0

    def run_alloc(self, command, number):
        at = self.folder(command)
        report = os.path.join(at, "report.txt")
        env = dict(self.env, LD_PRELOAD=self.o.layer, TORTURE_REPORT=report, TORTURE_FAIL=str(number))
        done = subprocess.run([self.sagitta_path] + command.arguments.split(), cwd=at, env=env, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, timeout=120)
        held = None
        if os.path.exists(report):
            with open(report, encoding="utf-8") as file:
                held = max(int(line.split()[1]) for line in file)
        wrong = self.judge(command, at, done.returncode, done.stderr.decode(errors="replace"),
                           done.stdout.decode(errors="replace"), held=held)
        shutil.rmtree(at)
        return wrong, done

    def run_call(self, command, call, number):
        at = self.folder(command)
        log = at + ".log"
        error = ERRORS.get(call, "EIO")
        done = self.strace(command, at, ["-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={number}"], log)
        with open(log, encoding="utf-8", errors="replace") as file:
            hit = [line.strip() for line in file if "(INJECTED)" in line]
        os.remove(log)
        silent = any(re.search(r"write(v)?\(2,", line) for line in hit)
        wrong = self.judge(command, at, done.returncode, done.stderr.decode(errors="replace"),
                           done.stdout.decode(errors="replace"), silent=silent)
        shutil.rmtree(at)
        return [w + f" [{hit[0][:110] if hit else 'not reached'}]" for w in wrong], done

    def all_of(self, command, kind, points, total, run):
        bad, reached = [], 0
        with concurrent.futures.ThreadPoolExecutor(self.o.jobs) as pool:
            for point, (wrong, done) in zip(points, pool.map(lambda p: run(*p), points)):
                reached += 1
                if wrong:
                    bad.append(f"    {kind} {point[1:]}: status {done.returncode}, {'; '.join(wrong)}")
        print(f"{command.name:<22} {kind:<10} {reached:6} of {total:6} points tried, {reached - len(bad):6} passed", flush=True)
        for line in bad[:12]:
            print(line)
        if len(bad) > 12:
            print(f"    … and {len(bad) - 12} more")
        self.failed += len(bad)
        self.tried += reached
        self.total += total

    def some(self, command, count):
        """Which of `count` points are tried: evenly spread, another first one for each command."""
        step = self.o.every * command.slow if self.o.every > 1 else 1
        if self.o.most:
            step = max(step, count * command.slow / self.o.most)
        return sorted({int(1 + (k + random.Random(command.name).random()) * step) for k in range(int(count / step) + 1)}
                      & set(range(1, count + 1))) or list(range(1, min(count, 1) + 1))

    def go(self):
        for command in self.all(self.o.only):
            self.reference(command, self.o.layer)
            if not self.o.no_memory:
                points = [(command, n) for n in self.some(command, command.allocations)]
                self.all_of(command, "memory", points, command.allocations, self.run_alloc)
            if not self.o.no_calls and shutil.which("strace"):
                for call, count in sorted(self.count_calls(command, WRITES).items()):
                    points = [(command, call, n) for n in self.some(command, count)]
                    self.all_of(command, call, points, count, self.run_call)
        print(f"{self.tried} of {self.total} points tried, {self.failed} failed")
        return 1 if self.failed else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("sagitta", type=os.path.abspath)
    parser.add_argument("layer", type=os.path.abspath)
    parser.add_argument("renderer", type=os.path.abspath)
    parser.add_argument("folder", type=os.path.abspath)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--most", type=int)
    parser.add_argument("--only")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--no-memory", action="store_true")
    parser.add_argument("--no-calls", action="store_true")
    options = parser.parse_args()
    sys.exit(Torture(options).go())


main()
