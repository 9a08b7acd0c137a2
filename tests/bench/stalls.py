#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Recorders that stall, and people who hold still: which of them is told, through every codec.

usage: stalls.py SAGITTA RENDERER FOLDER [SEED [SEED…]]
A scene a set and seed, without loss, of which one picture is repeated (frozen) on the way down, at the deepest point,
on the way up, or nothing is; then coded by each codec, twice by some. What is not frozen stands, bends, holds for 2 s
and comes up: from a tripod, with and without a sensor's noise. Prints every case that is not right, then hits of the
frozen ones and false alarms of the others a codec and a moment.
A stall is told where the tracks say that pictures were repeated for at least half of the time that was frozen, and a
false alarm is a word of it anywhere where nothing was.
"""
import json
import os
import re
import subprocess
import sys

RATE = 30
SETS = ("discs", "strip", "clinic")
# 1 s of standing, 1.6 s down, hold, 1.6 s up, 0.6 s of standing
DOWN, UP = 1.6, 1.6
X264, X265 = ("-c:v", "libx264", "-preset", "veryfast"), ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none")
CODECS = {
    "x264 crf 6": [(*X264, "-crf", "6")], "x264 crf 10": [(*X264, "-crf", "10")], "x264 crf 18": [(*X264, "-crf", "18")],
    "x264 crf 23": [(*X264, "-crf", "23")], "x264 crf 28": [(*X264, "-crf", "28")], "x264 crf 35": [(*X264, "-crf", "35")],
    "x264 8 Mbit/s": [(*X264, "-b:v", "8M", "-g", "30")],
    "hevc crf 16": [(*X265, "-crf", "16")], "hevc crf 28": [(*X265, "-crf", "28")],
    "mjpeg q 2": [("-c:v", "mjpeg", "-q:v", "2")], "mjpeg q 8": [("-c:v", "mjpeg", "-q:v", "8")],
    "mjpeg, then x264 crf 10": [("-c:v", "mjpeg", "-q:v", "3"), (*X264, "-crf", "10")],
    "x264 crf 12, then 30": [(*X264, "-crf", "12"), (*X264, "-crf", "30")],
    "x264 crf 28, then 12": [(*X264, "-crf", "28"), (*X264, "-crf", "12")],
    "x264, then hevc": [(*X264, "-crf", "20"), (*X265, "-crf", "24")],
}
# moment: hold of the scene, frozen from and for, s
FROZEN = {"descent": (0.7, 1.45, 0.7), "deepest": (0.7, 2.35, 1.2), "deepest, brief": (0.4, 2.2, 1.0), "ascent": (0.7, 3.75, 0.7)}
STILL = {"still, no noise": ["--sway", "0", "--noise", "0"], "still, tripod": ["--sway", "0"], "holds": []}


def film(renderer, path, markers, seed, hold, extra):
    subprocess.run([renderer, "-o", path, "--set", markers, "--size", "640x360", "--fps", str(RATE), "--reps", "1",
                    "--stand", "1", "--down", str(DOWN), "--hold", str(hold), "--up", str(UP), "--pause", "0.6",
                    "--codec", "ffv1", "--seed", str(seed), *extra], check=True, stdout=subprocess.DEVNULL)


def convert(source, target, *options):
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", "-threads", "1", "-i", source, *options, target], check=True)


def code(source, path, passes, frozen):
    """As the last of `passes` writes it, through the ones before; what is frozen is frozen before the last."""
    for number, options in enumerate(passes):
        target = f"{path}-{number}.{'avi' if 'mjpeg' in options else 'mp4'}"
        stall = ()
        if frozen and number == len(passes) - 1:
            first, last = round(frozen[0] * RATE), round((frozen[0] + frozen[1]) * RATE)
            stall = ("-filter_complex", f"[0:v][0:v]freezeframes=first={first}:last={last}:replace={first - 1}")
        convert(source, target, *stall, *options)
        source = target
    return source


def told(sagitta, path):
    """Stretches of repeated pictures; s."""
    tracks = f"{path}.csv"
    if os.path.exists(tracks):
        os.remove(tracks)
    done = subprocess.run([sagitta, "analyze", path, "--tracks", tracks, "--json", "-"], capture_output=True, text=True, check=False)
    if not os.path.exists(tracks):
        return None, done
    with open(tracks, encoding="utf-8") as file:
        found = re.search(r"repeated=(\S+)", file.readline())
    numbers = [float(v) for v in re.findall(r"[0-9.]+", found.group(1))] if found else []
    return list(zip(numbers[::2], numbers[1::2])), done


def main():
    sagitta, renderer, folder = sys.argv[1:4]
    seeds = [int(s) for s in sys.argv[4:]] or [11]
    os.makedirs(folder, exist_ok=True)
    tally = {}
    for seed in seeds:
        for markers in SETS:
            for moment in [*FROZEN, *STILL]:
                hold, at, length = FROZEN.get(moment, (2, None, 0))
                plain = os.path.join(folder, f"{markers}-{seed}.mkv")
                film(renderer, plain, markers, seed, hold, STILL.get(moment, []))
                for name, passes in CODECS.items():
                    made = code(plain, os.path.join(folder, f"{markers}-{seed}-coded"), passes, (at, length) if at else None)
                    stretches, done = told(sagitta, made)
                    if stretches is None:
                        print(f"{moment}, {markers}, {seed}, {name}: no tracks: {' '.join(done.stderr.split())}", flush=True)
                        continue
                    covered = sum(max(0, min(b, at + length) - max(a, at)) for a, b in stretches) if at else 0
                    hit = covered >= 0.5 * length if at else bool(stretches)
                    count = tally.setdefault((moment, name), [0, 0])
                    count[0] += hit
                    count[1] += 1
                    if hit != bool(at):
                        print(f"{moment}, {markers}, {seed}, {name}: {'not told' if at else 'false'}: {stretches}", flush=True)
    moments = [*FROZEN, *STILL]
    print(f"{'':<26}" + "".join(f"{moment:>17}" for moment in moments))
    for name in CODECS:
        cells = [tally.get((moment, name), [0, 0]) for moment in moments]
        print(f"{name:<26}" + "".join(f"{hit:>13} of{of:>2}" for hit, of in cells))


main()
