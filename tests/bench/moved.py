#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A camera that moves while it records, in every way, with every marker set, at every moment: what is said, what is
corrected, what is withheld, what is wrong.

usage: moved.py SAGITTA RENDERER FOLDER [SCENE [KIND…]]
SCENE is what stands still: background (default: a room), ruler (an empty room with a ruler), decoys (an empty room with
still stickers), nothing. Two bends; prints every case that is not right, then a table a kind and one of the quantities.
A case is right when every interval that held the truth from a camera that stands still holds it, the warning is there
with the moment at which it is far enough to count (to 0.3 s), and nothing is said of heels, feet or hips that drift. A
person who steps aside while the camera stands must not be told as a camera that moved.
"""
import json
import math
import os
import subprocess
import sys

QUANTITIES = {"hip_hinge_deg": "hip_hinge_deg", "lumbar_flexion_deg": "lumbar_flexion_deg",
              "lumbar_share": "lumbar_share", "pelvic_rotation_deg": "pelvis_deg", "reach_cm": "reach_cm"}
KINDS = {"rolled": ["step", "--move-roll", "7"], "shifted": ["step", "--move-x", "40", "--move-y", "18"],
         "zoomed": ["step", "--move-zoom", "0.08"],
         "knocked": ["step", "--move-roll", "4", "--move-x", "-30", "--move-y", "12", "--move-zoom", "-0.03"],
         "panned": ["step", "--move-pan", "5", "--move-tilt", "2"], "sagging": ["step", "--move-for", "3", "--move-roll", "6"],
         "breathing": ["breathe", "--move-for", "1.2", "--move-zoom", "0.04"],
         "shaken": ["shake", "--move-for", "1", "--move-roll", "2", "--move-x", "10", "--move-y", "10"]}
# by the person, in standing before the first bend and between the bends
STEPS = {"steps": 0.6, "hops": 0.4}
STEP_MOMENTS = {"standing": 0.15, "between": 5.05}
SETS = ("clinic", "strip", "discs")
# 1 s of standing, 1.5 s down, 1 s there, 1.5 s up, 0.6 s of standing, and again
MOMENTS = {"standing": 0.5, "descent": 1.8, "deepest": 3.0, "ascent": 4.3, "between": 5.3, "second descent": 6.4,
           "second deepest": 7.6}
SCENES = {"background": [], "ruler": ["--plain", "--ruler", "60", "--hand"], "decoys": ["--plain", "--decoys", "4"],
          "nothing": ["--plain"]}
# the picture is 640 px wide: what moves by so much, 184 px from its middle, counts as moved (cv/body)
LIMIT_PX, HALF_WAY_PX = 0.004 * 640, 184
NEVER = ("feet_moved", "hips_drifting", "implausible_body", "wrong_movement", "turned_away", "recording_joined")


def course(kind, since):
    """How much of the way a camera has gone (samples/render/camera_move.c)."""
    if kind == "sagging":
        part = min(since / 3, 1)
        return part * part * (3 - 2 * part)
    return min(since / 0.2, 1) * (0.5 * math.sin(2 * math.pi * 0.7 * since) + 0.3 * math.sin(2 * math.pi * 1.9 * since + 1))


def visible(kind, moment):
    """When a motion that begins at a moment counts as one: one that sets out slowly is not told before."""
    way = {"sagging": math.radians(6) * HALF_WAY_PX, "shaken": math.radians(2) * HALF_WAY_PX + math.hypot(10, 10)}.get(kind)
    frame = 0
    while way and abs(course(kind, frame / 20)) * way < LIMIT_PX:
        frame += 1
    return moment + frame / 20


def film(renderer, path, markers, scene, move):
    subprocess.run([renderer, "-o", f"{path}.mp4", "--set", markers, "--ankle", "--size", "640x360", "--fps", "20", "--reps",
                    "2", "--stand", "1", "--down", "1.5", "--hold", "1", "--up", "1.5", "--pause", "0.6", "--codec", "h264",
                    "--effort", "least", "--seed", "3", *SCENES[scene], "--truth-json", f"{path}.json", *move], check=True,
                   stdout=subprocess.DEVNULL)
    with open(f"{path}.json", encoding="utf-8") as file:
        return json.load(file)


def analyze(sagitta, path, scene):
    extra = ["--ruler", "60"] if scene == "ruler" else []
    done = subprocess.run([sagitta, "analyze", f"{path}.mp4", *extra, "--json", "-"], capture_output=True, text=True,
                          check=False)
    return done.returncode, json.loads(done.stdout) if done.stdout.startswith("{") else None, " ".join(done.stderr.split())


def within(quantity, value):
    return quantity["low"] <= value <= quantity["high"]


def judge(found, plain, truth, moment, tally):
    """What is not right in a case; `tally` counts the quantities of its repetitions."""
    status, result, text = found
    if status:
        tally["refused"] = tally.get("refused", 0) + 1
        if "camera moved" not in text:
            yield f"exit {status}: {text}"
        return
    told = [w for w in result["warnings"] if w["code"] == "camera_moved"]
    codes = {w["code"] for w in result["warnings"]}
    if moment is not None and not told:
        yield "not told"
    elif moment is not None and not any(w["from_s"] - 0.3 <= moment <= w["to_s"] + 0.3 for w in told):
        yield f"told at {[w['from_s'] for w in told]}"
    elif moment is None and told:
        yield "a camera that stood is said to move"
    for code in NEVER:
        if code in codes:
            yield code
    if len(result["repetitions"]) != len(truth["repetitions"]):
        yield f"{len(result['repetitions'])} repetitions"
        return
    for number, (rep, before, true) in enumerate(zip(result["repetitions"], plain["repetitions"], truth["repetitions"])):
        for name, of in QUANTITIES.items():
            if name not in before or not within(before[name], true[of]):
                continue
            kind = "withheld" if name not in rep else "corrected" if within(rep[name], true[of]) else "wrong"
            tally.setdefault(name, {}).setdefault(kind, 0)
            tally[name][kind] += 1
            if kind == "wrong":
                q = rep[name]
                yield f"repetition {number + 1}: {name} {q['value']} ({q['low']} to {q['high']}), true {true[of]}"
            elif kind == "withheld" and name in ("hip_hinge_deg", "lumbar_flexion_deg", "lumbar_share"):
                yield f"repetition {number + 1}: {name} withheld: {rep['flags']}"


def main():
    sagitta, renderer, folder = sys.argv[1:4]
    scene = sys.argv[4] if len(sys.argv) > 4 else "background"
    kinds = sys.argv[5:] or [*KINDS, *STEPS]
    os.makedirs(folder, exist_ok=True)
    path, tally, rights, plain = os.path.join(folder, f"moved-{scene}"), {}, {}, {}
    for markers in SETS:
        truth = film(renderer, path, markers, scene, [])
        found = analyze(sagitta, path, scene)
        plain[markers] = found[1]
        for fault in judge(found, found[1], truth, None, {}):
            print(f"{markers}, still: {fault}", flush=True)
    for kind in kinds:
        for markers in SETS:
            for moment, seconds in (STEP_MOMENTS if kind in STEPS else MOMENTS).items():
                move = ["--aside", f"step@{seconds}+{STEPS[kind]}"] if kind in STEPS else [
                    "--move", *KINDS[kind], "--move-at", str(seconds)]
                truth = film(renderer, path, markers, scene, move)
                faults = list(judge(analyze(sagitta, path, scene), plain[markers], truth,
                                    None if kind in STEPS else visible(kind, seconds), tally))
                rights.setdefault(kind, []).append(not faults)
                for fault in faults:
                    print(f"{kind}, {markers}, {moment}: {fault}", flush=True)
    cases = sum(len(r) for r in rights.values())
    print(f"{scene}: {sum(sum(r) for r in rights.values())} of {cases} cases right, {tally.pop('refused', 0)} refused")
    for kind, right in rights.items():
        print(f"  {kind:<12} {sum(right):3} of {len(right)}")
    print(f"  {'of repetitions':<22} {'corrected':>9} {'withheld':>9} {'wrong':>9}")
    for name, counts in tally.items():
        print(f"  {name:<22} {counts.get('corrected', 0):9} {counts.get('withheld', 0):9} {counts.get('wrong', 0):9}")


main()
