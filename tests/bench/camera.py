#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""People filmed by random cameras that nobody calibrated: is the truth within camera_low and camera_high?

usage: camera.py SAGITTA RENDERER FOLDER FIRST LAST [SET]
Yaw up to 12 degrees, roll up to 3, camera up to 25 cm too high or too low at 2.8 to 4.8 m, k1 from -0.2 to 0.05.
Prints every miss, then for each quantity that is measured: how often it lies within, bias, RMS error, mean width.
"""
import json
import math
import os
import random
import subprocess
import sys

QUANTITIES = {"hip_hinge_deg": "hip_hinge_deg", "lumbar_flexion_deg": "lumbar_flexion_deg",
              "lumbar_share": "lumbar_share", "pelvic_rotation_deg": "pelvis_deg", "knee_flexion_deg": "knee_deg"}


def camera_of(rng):
    return {"yaw": rng.uniform(-12, 12), "roll": rng.uniform(-3, 3), "camera-height": rng.uniform(75, 125),
            "k1": rng.uniform(-0.2, 0.05), "distance": rng.uniform(280, 480)}


def person_of(rng):
    return {"pelvis": rng.uniform(40, 75), "lumbar": rng.uniform(25, 60), "seed": rng.randrange(1, 10**6)}


def film(renderer, folder, markers, options):
    video, truth = os.path.join(folder, "camera.mp4"), os.path.join(folder, "camera.json")
    words = [word for key, value in options.items() for word in (f"--{key}", f"{value:.6g}")]
    subprocess.run([renderer, "-o", video, "--set", markers, "--ankle", "--size", "960x540", "--reps", "1", "--codec", "h264",
                    "--effort", "least", "--truth-json", truth, *words], check=True, stdout=subprocess.DEVNULL)
    with open(truth, encoding="utf-8") as file:
        return video, json.load(file)["summary"]


def main():
    sagitta, renderer, folder = sys.argv[1:4]
    first, last = int(sys.argv[4]), int(sys.argv[5])
    markers = sys.argv[6] if len(sys.argv) > 6 else "clinic"
    os.makedirs(folder, exist_ok=True)
    sums, failed = {}, 0
    for seed in range(first, last + 1):
        rng = random.Random(seed)
        options = {**camera_of(rng), **person_of(rng)}
        video, truth = film(renderer, folder, markers, options)
        run = subprocess.run([sagitta, "analyze", video, "--json", "-"], capture_output=True, text=True, check=False)
        if run.returncode:
            failed += 1
            print(f"camera {seed}: {run.stderr.strip()}", flush=True)
            continue
        for name, true_name in QUANTITIES.items():
            q = json.loads(run.stdout)["summary"].get(name)
            if not q or q["method"] != "measured":
                continue
            true = truth[true_name]
            within = q["camera_low"] <= true <= q["camera_high"]
            if not within:
                print(f"camera {seed}: {name} {q['camera_low']} to {q['camera_high']}, true {true}", flush=True)
            s = sums.setdefault(name, [0, 0, 0.0, 0.0, 0.0])
            for i, value in enumerate((1, within, q["value"] - true, (q["value"] - true) ** 2,
                                       q["camera_high"] - q["camera_low"])):
                s[i] += value
    print(f"{last - first + 1} cameras, {failed} not measured")
    for name, (count, within, error, square, width) in sums.items():
        print(f"{name:22} within {100 * within / count:5.1f} %  bias {error / count:7.3f}  "
              f"RMS {math.sqrt(square / count):6.3f}  width {width / count:6.3f}")


main()
