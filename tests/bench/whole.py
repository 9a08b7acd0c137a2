#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Whole program against the decoder alone, in turns: wall time, processor time, peak memory.

usage: whole.py SAGITTA RENDERER FOLDER [PAIRS]
Renders a 1080p H.264 file of 20 s at 16 Mbit/s and one of 60 s into FOLDER (kept for the next run), then runs
`sagitta analyze --json` and `ffmpeg -threads 2 -f null` on the first one in turns and prints medians and the ratio
pair by pair; then the peak memory on the long one, which must not grow with the length.
"""
import os
import statistics
import subprocess
import sys
import time


def run(command):
    """(wall s, processor s, peak MiB) of one run."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    if status != 0:
        sys.exit(f"{' '.join(command)} failed with status {status}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def render(renderer, path, extra):
    if not os.path.exists(path):
        subprocess.run([renderer, "--preset", "sample", "-o", path, *extra], check=True, stdout=subprocess.DEVNULL)


def row(name, values, unit):
    print(f"  {name:<22} {min(values):9.3f} {statistics.median(values):9.3f} {max(values):9.3f} {unit}")


def main():
    sagitta, renderer, folder = sys.argv[1:4]
    pairs = int(sys.argv[4]) if len(sys.argv) > 4 else 9
    os.makedirs(folder, exist_ok=True)
    short, long = os.path.join(folder, "sample-20s.mp4"), os.path.join(folder, "sample-60s.mp4")
    render(renderer, short, [])
    render(renderer, long, ["--reps", "9", "--seconds", "60"])
    ours = [sagitta, "analyze", short, "--json", "/dev/null"]
    theirs = ["ffmpeg", "-v", "error", "-threads", "2", "-i", short, "-f", "null", "-"]
    run(ours), run(theirs)
    a, b = [], []
    for _ in range(pairs):
        a.append(run(ours))
        b.append(run(theirs))
    megabit = os.path.getsize(short) * 8 / 20 / 1e6
    print(f"1080p H.264, 20 s, {megabit:.1f} Mbit/s; {pairs} pairs in turns      min    median       max")
    row("analyze --json, wall", [x[0] for x in a], "s")
    row("ffmpeg -f null, wall", [x[0] for x in b], "s")
    row("ratio of wall times", [x[0] / y[0] for x, y in zip(a, b)], "")
    row("ratio of cpu times", [x[1] / y[1] for x, y in zip(a, b)], "")
    row("analyze --json, peak", [x[2] for x in a], "MiB")
    row("ffmpeg -f null, peak", [x[2] for x in b], "MiB")
    print(f"  peak on 60 s of video  {run([sagitta, 'analyze', long, '--json', '/dev/null'])[2]:9.3f} MiB")


main()
