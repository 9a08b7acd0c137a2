#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The whole analysis against decoding alone over sizes, rates and lengths, and on real phone clips without markers.

usage: speeds.py SAGITTA RENDERER FOLDER [PAIRS [PHONE_FOLDER]]
Renders strip-set clips into FOLDER (kept for the next run) at the bit rates that phones write, then runs
`sagitta analyze --json /dev/null` and `ffmpeg -threads 2 -f null -` on each in turns, and prints medians and the median
of the ratios pair by pair, of wall time and of processor time. Clips of PHONE_FOLDER shorter than 3 s or without video
are left out. A clip without markers ends with status 1, which is right; any other status but 0 is an error.
"""
import glob
import json
import os
import statistics
import subprocess
import sys
import time

# name, size, frames/s, seconds, Mbit/s, renderer's options
CLIPS = [
    ("portrait-5s", "720x1280", 60, 5, 12, ["--distance", "450"]),
    ("portrait-15s", "720x1280", 60, 15, 12, ["--distance", "450"]),
    ("portrait-30s", "720x1280", 60, 30, 12, ["--distance", "450"]),
    ("1080p-5s", "1920x1080", 30, 5, 16, []),
    ("1080p-15s", "1920x1080", 30, 15, 16, []),
    ("1080p-30s", "1920x1080", 30, 30, 16, []),
    ("4k60-5s", "3840x2160", 60, 5, 50, []),
    ("4k60-15s", "3840x2160", 60, 15, 50, []),
]


def run(command, fine):
    """(wall s, processor s) of one run."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    if os.waitstatus_to_exitcode(status) not in fine:
        sys.exit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return wall, usage.ru_utime + usage.ru_stime


def render(renderer, folder, clip):
    """The clip's path. 4K is rendered at half the size and enlarged: what is measured is the reading."""
    name, size, rate, seconds, megabit, options = clip
    path = os.path.join(folder, f"speed-{name}.mp4")
    if os.path.exists(path):
        return path
    width, height = map(int, size.split("x"))
    scale = 2 if width > 2000 else 1
    reps = max(1, seconds // 5)
    raw = path + ".mkv"
    subprocess.run([renderer, "--preset", "sample", "--size", f"{width // scale}x{height // scale}", "--fps", str(rate),
                    "--reps", str(reps), "--stand", "1.2", "--down", "1.3", "--hold", "0.6", "--up", "1.2", "--pause",
                    "0.5", "--seconds", str(seconds), *options, "-o", raw], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", raw, "-vf", f"scale={width}:{height}", "-c:v", "libx264",
                    "-preset", "veryfast", "-profile:v", "high", "-b:v", f"{megabit}M", "-g", str(rate), "-f", "mp4",
                    path + ".part"], check=True)
    os.remove(raw)
    os.rename(path + ".part", path)
    return path


def seconds_of(path):
    entries = "format=duration:stream=codec_name"
    probe = subprocess.run(["ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", entries, "-of", "json",
                            path], capture_output=True, text=True)
    try:
        found = json.loads(probe.stdout)
        return float(found["format"]["duration"]) if found.get("streams") else 0.0
    except (ValueError, KeyError):
        return 0.0


def main():
    sagitta, renderer, folder = sys.argv[1:4]
    pairs = int(sys.argv[4]) if len(sys.argv) > 4 else 7
    os.makedirs(folder, exist_ok=True)
    paths = [(clip[0], render(renderer, folder, clip)) for clip in CLIPS]
    if len(sys.argv) > 5:
        paths += [(os.path.basename(p)[:26], p) for p in sorted(glob.glob(os.path.join(sys.argv[5], "*")))
                  if p.endswith((".mp4", ".mov", ".webm")) and seconds_of(p) >= 3]
    print(f"{'medians of ' + str(pairs) + ' pairs':<28}{'analyze':>9}{'ffmpeg':>9}{'wall':>8}{'cpu':>8}")
    for name, path in paths:
        ours = [sagitta, "analyze", path, "--json", "/dev/null"]
        theirs = ["ffmpeg", "-v", "error", "-threads", "2", "-i", path, "-map", "0:v:0", "-f", "null", "-"]
        if subprocess.run(ours, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode not in (0, 1):
            continue
        a, b = [], []
        for _ in range(pairs):
            a.append(run(ours, (0, 1)))
            b.append(run(theirs, (0,)))
        print(f"{name:<28}{statistics.median(x[0] for x in a):9.3f}{statistics.median(x[0] for x in b):9.3f}"
              f"{statistics.median(x[0] / y[0] for x, y in zip(a, b)):8.2f}"
              f"{statistics.median(x[1] / y[1] for x, y in zip(a, b)):8.2f}", flush=True)


main()
