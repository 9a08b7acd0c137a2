#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random rendered scenes (people, sets, light, clutter, crossings, cameras): is any marker ever taken for another?

usage: identity.py SAGITTA RENDERER FOLDER FIRST LAST
A swap: a marker reported as seen at more than 0.6 of its length (or diameter) from where it truly is, or a marker
reported that nobody wears. Prints every scene that is not right, then the totals.
"""
import csv
import os
import subprocess
import sys


def rows_of(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def roles_of(row):
    return {k[:-2] for k in row if k.endswith("_x") and not k.endswith("_end_x") and not k.startswith("ruler")}


def size_of(row, role):
    return float(row.get(role + "_length") or row[role + "_size"])


def judge(true, found):
    """(swapped samples, missed samples, samples in view, remarks)."""
    swapped = missed = shown = 0
    remarks = []
    worn, reported = roles_of(true[0]), roles_of(found[0])
    for role in sorted(worn | reported):
        if role not in worn:
            swapped += sum(r[role + "_state"] == "seen" for r in found)
            remarks.append(f"{role}: nobody wears it")
            continue
        wrong = lost = view = 0
        for index, row in enumerate(true):
            visible = row[role + "_visible"] == "1"
            view += visible
            if role not in reported or found[index][role + "_state"] != "seen":
                lost += visible
                continue
            dx = float(found[index][role + "_x"]) - float(row[role + "_x"])
            dy = float(found[index][role + "_y"]) - float(row[role + "_y"])
            wrong += (dx * dx + dy * dy) ** 0.5 > 0.6 * size_of(row, role)
        swapped, missed, shown = swapped + wrong, missed + lost, shown + view
        if wrong:
            remarks.append(f"{role}: {wrong} frames elsewhere")
        if lost > 0.1 * view:
            remarks.append(f"{role}: missed in {lost} of {view}")
    return swapped, missed, shown, remarks


def main():
    sagitta, renderer, folder = sys.argv[1:4]
    first, last = int(sys.argv[4]), int(sys.argv[5])
    os.makedirs(folder, exist_ok=True)
    bad = swaps = misses = shows = untracked = 0
    for seed in range(first, last + 1):
        video, truth, tracks = (os.path.join(folder, n) for n in ("scene.mp4", "scene.truth.csv", "scene.csv"))
        for path in (video, truth, tracks):
            if os.path.exists(path):
                os.remove(path)
        subprocess.run([renderer, "--shuffle", str(seed), "--size", "960x540", "--fps", "20", "--reps", "1", "--codec",
                        "h264", "--pixel", "yuv420p", "--effort", "least", "-o", video, "--truth", truth],
                       check=True, stdout=subprocess.DEVNULL)
        subprocess.run([sagitta, "analyze", video, "--tracks", tracks], stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, check=False)
        if not os.path.exists(tracks):
            untracked += 1
            print(f"scene {seed}: no markers found", flush=True)
            continue
        swapped, missed, shown, remarks = judge(rows_of(truth), rows_of(tracks))
        bad += swapped > 0
        swaps, misses, shows = swaps + swapped, misses + missed, shows + shown
        if remarks:
            print(f"scene {seed}: " + "; ".join(remarks), flush=True)
    print(f"{last - first + 1} scenes: {bad} with a swap ({swaps} samples), {untracked} without tracks, "
          f"{misses} of {shows} samples in view missed")


main()
