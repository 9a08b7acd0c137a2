#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Centroids and strip axes against the renderer's exact truth, for every chroma siting and pixel format.

usage: accuracy.py SAGITTA RENDERER FOLDER [clips]
The scene is the quickstart's (1080p, 20 px discs, noise of 2 units of 8 bits). With a folder of clips and their
NAME.truth.json as the last argument, those are measured as well.
"""
import csv
import glob
import json
import math
import os
import subprocess
import sys

FORMATS = [
    ("h264 yuv420p left", ".mp4", ["--pixel", "yuv420p", "--siting", "left"]),
    ("h264 yuv420p centre", ".mp4", ["--pixel", "yuv420p", "--siting", "centre"]),
    ("h264 yuv420p topleft", ".mp4", ["--pixel", "yuv420p", "--siting", "topleft"]),
    ("h264 yuv422p", ".mp4", ["--pixel", "yuv422p"]),
    ("h264 yuv444p", ".mp4", ["--pixel", "yuv444p"]),
    ("h264 full range 601", ".mp4", ["--pixel", "yuv420p", "--range", "full", "--matrix", "601"]),
    ("h264 untagged", ".mp4", ["--untagged"]),
    ("hevc 10 bit 2020", ".mp4", ["--codec", "hevc", "--pixel", "yuv420p10le", "--matrix", "2020"]),
    ("mjpeg 4:2:0", ".avi", ["--codec", "mjpeg", "--pixel", "yuv420p", "--crf", "4"]),
    ("mjpeg 4:2:2", ".avi", ["--codec", "mjpeg", "--pixel", "yuv422p", "--crf", "4"]),
    ("raw nv12", ".nut", ["--codec", "raw", "--pixel", "nv12"]),
    ("raw yuyv422", ".nut", ["--codec", "raw", "--pixel", "yuyv422"]),
    ("ffv1 yuv420p", ".mkv", ["--codec", "ffv1", "--pixel", "yuv420p"]),
    ("turned 90, mirrored", ".mp4", ["--rotation", "90", "--mirror"]),
]


def rows_of(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def rms(values):
    return math.sqrt(sum(v * v for v in values) / len(values))


def report(name, errors, axes):
    """errors: role → list of (dx, dy)."""
    out = []
    for role, pairs in errors.items():
        n = len(pairs)
        mean = [sum(p[k] for p in pairs) / n for k in (0, 1)]
        spread = [rms([p[k] - mean[k] for p in pairs]) for k in (0, 1)]
        text = f"{role} bias {mean[0]:+.3f} {mean[1]:+.3f} rms {spread[0]:.3f} {spread[1]:.3f} px"
        if role in axes:
            middle = sum(axes[role]) / len(axes[role])
            text += f" axis {rms([a - middle for a in axes[role]]):.3f} deg"
        out.append(text)
    print(f"{name:<22} " + " | ".join(out), flush=True)


def compare(tracks, truth_of, roles):
    errors, axes = {}, {}
    for index, row in enumerate(tracks):
        for role in roles:
            if row.get(role + "_state") != "seen":
                continue
            x, y, axis = truth_of(index, float(row["time_s"]), role)
            errors.setdefault(role, []).append((float(row[role + "_x"]) - x, float(row[role + "_y"]) - y))
            if axis is not None and row.get(role + "_axis"):
                axes.setdefault(role, []).append(float(row[role + "_axis"]) - axis)
    return errors, axes


def measure(sagitta, video, tracks):
    subprocess.run([sagitta, "analyze", video, "--tracks", tracks], stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, check=False)
    return rows_of(tracks)


def rendered(sagitta, renderer, folder):
    for number, (name, suffix, options) in enumerate(FORMATS):
        base = os.path.join(folder, f"format{number}")
        video, truth = base + suffix, base + ".truth.csv"
        if not os.path.exists(video):
            subprocess.run([renderer, "--preset", "sample", "--reps", "1", "--seconds", "7", "--fps", "15", "-o", video,
                            "--truth", truth, *options], check=True, stdout=subprocess.DEVNULL)
        true = rows_of(truth)

        def truth_of(_, time_s, role):
            row = min(true, key=lambda r: abs(float(r["time_s"]) - time_s))
            axis = row.get(role + "_axis")
            return float(row[role + "_x"]), float(row[role + "_y"]), float(axis) if axis else None

        report(name, *compare(measure(sagitta, video, base + ".csv"), truth_of, ["shoulder", "hip", "knee"]))


def clips(sagitta, folder, source):
    for path in sorted(glob.glob(os.path.join(source, "*.truth.json"))):
        name = os.path.basename(path)[: -len(".truth.json")]
        with open(path, encoding="utf-8") as file:
            truth = json.load(file)

        def truth_of(index, _, role):
            frame = truth["frames"][index]
            x, y = frame["markers"][role]
            axis = truth["axes"].get(role)
            return x, y, frame[axis] * truth["facing"] if axis else None

        tracks = measure(sagitta, os.path.join(source, name + ".mp4"), os.path.join(folder, name + ".csv"))
        report("clip " + name, *compare(tracks, truth_of, truth["roles"]))


def main():
    sagitta, renderer, folder = sys.argv[1:4]
    os.makedirs(folder, exist_ok=True)
    rendered(sagitta, renderer, folder)
    if len(sys.argv) > 4:
        clips(sagitta, folder, sys.argv[4])


main()
