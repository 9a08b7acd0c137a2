#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Faults of recordings, each kind with every marker set at several moments: is there a number that excludes the truth
without a word about its cause?

usage: faults.py SAGITTA RENDERER FOLDER [SEED [KIND…]]
Renders two bends and spoils them. A case is measured (every interval that held the truth without the fault holds it),
told (one does not, but a warning of the kind's is there), refused (with a word of the kind's), or wrong: silent, or
refused for another reason. Prints what is wrong, then a table a kind.
"""
import csv
import json
import os
import subprocess
import sys

SETS = ("discs", "strip", "clinic")
QUANTITIES = {"hip_hinge_deg": "hip_hinge_deg", "lumbar_flexion_deg": "lumbar_flexion_deg",
              "lumbar_share": "lumbar_share", "pelvic_rotation_deg": "pelvis_deg"}
# 1 s of standing, 1.5 s down, 0.8 s there, 1.5 s up, 0.8 s of standing, and again
MOMENTS = {"standing": 0.5, "descent": 1.8, "deepest": 2.9, "ascent": 4.0, "second": 7.5}
BODY = {"discs": ("shoulder", "hip", "knee"), "strip": ("shoulder", "hip", "knee"),
        "clinic": ("shoulder", "hip", "pelvis", "ribs")}
HERE = os.path.dirname(os.path.abspath(__file__))
TRACKS = os.path.join(HERE, "..", "e2e", "truth_tracks.py")


def run(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


# ---- spoiled while it is filmed: options of the renderer ----

def hidden(markers, at):
    return [["--hide", f"{BODY[markers][int(at * 10) % len(BODY[markers])]}@{at}+1"]]


def covered_to_the_end(markers, at):
    return [["--hide", f"{BODY[markers][int(at * 10) % len(BODY[markers])]}@{at}+60"]]


def falls(markers, at):
    return [["--fall", f"{role}@{at}+0.8"] for role in BODY[markers]]


def knocked(_markers, at):
    return [["--move", "step", "--move-roll", "6", "--move-x", "20", "--move-at", str(at)],
            ["--plain", "--move", "step", "--move-roll", "-5", "--move-zoom", "0.06", "--move-at", str(at)]]


def cast(_markers, at):
    return [["--cast-at", str(at), "--cast-red", "0.75", "--cast-blue", "1.25"],
            ["--cast-at", str(at), "--cast-over", "2", "--cast-hue", "30"]]


def crossing(_markers, at):
    return [["--crossing", "2", "--seed", str(int(at * 100))]]


def steps_aside(_markers, at):
    return [["--aside", f"step@{0.2 if at < 3 else 4.9}+0.6"]]


def dark(_markers, at):
    return [["--ev", "-2", "--noise", "6", "--flicker", "0.2", "--seed", str(int(at * 100))]]


FILMED = {
    "hidden": (hidden, ("marker_hidden", "hidden", "lost_at")),
    "covered": (covered_to_the_end, ("not seen again", "hidden", "not found")),
    "falls": (falls, ("came off", "not seen again")), "knocked": (knocked, ("camera moved", "camera was")),
    "cast": (cast, ("colours changed",)), "crossing": (crossing, ("hidden", "not seen again", "more than one")),
    "steps aside": (steps_aside, ()), "dark": (dark, ("marker", "dark", "noise")),
}


# ---- spoiled afterwards: the tracks of a perfect tracker ----

def read(name):
    with open(name, encoding="utf-8") as file:
        head = file.readline()
        return head, list(csv.DictReader(file))


def write(name, head, rows):
    with open(name, "w", encoding="utf-8", newline="\n") as file:
        file.write(head + ",".join(rows[0]) + "\n" + "".join(",".join(row.values()) + "\n" for row in rows))


def labels_exchanged(_markers, at, rows):
    for row in rows:
        if float(row["time_s"]) < at:
            continue
        for axis in "xy":
            row[f"shoulder_{axis}"], row[f"knee_{axis}"] = row[f"knee_{axis}"], row[f"shoulder_{axis}"]
    return rows


def rows_missing(_markers, at, rows):
    return [row for row in rows if not at - 0.6 < float(row["time_s"]) < at + 0.6]


def rows_repeated(_markers, at, rows):
    shown = None
    for row in rows:
        if at - 0.5 < float(row["time_s"]) < at + 0.5:
            row.update({name: value for name, value in (shown or row).items() if name != "time_s"})
        else:
            shown = dict(row)
    return rows


def joined(_markers, at, rows):
    gone = 1.1
    kept = [row for row in rows if not at - gone / 2 < float(row["time_s"]) < at + gone / 2]
    for row in kept:
        if float(row["time_s"]) > at:
            row["time_s"] = f"{float(row['time_s']) - gone:.4f}"
    return kept


def ends(_markers, at, rows):
    return [row for row in rows if float(row["time_s"]) < at]


def begins(_markers, at, rows):
    return [row for row in rows if float(row["time_s"]) >= at]


def upside_down(_markers, _at, rows):
    for row in rows:
        for name in row:
            if name.endswith("_y") and row[name]:
                row[name] = f"{720 - float(row[name]):.4f}"
    return rows


def milliseconds(_markers, _at, rows):
    for row in rows:
        row["time_s"] = f"{1000 * float(row['time_s']):.1f}"
    return rows


def knee_for_ankle(_markers, at, rows):
    """The hip's label on the knee's marker for a while, as where a tracker takes one for the other."""
    for row in rows:
        if at - 0.4 < float(row["time_s"]) < at + 0.4:
            row["hip_x"], row["hip_y"] = row["knee_x"], row["knee_y"]
    return rows


SPOILED = {
    "labels exchanged": (labels_exchanged, ("exchanged", "change places", "changed places")),
    "rows missing": (rows_missing, ("filmed", "not_filmed")), "rows repeated": (rows_repeated, ("stood still", "repeat")),
    "joined": (joined, ("paused",)), "ends early": (ends, ("starts or ends", "whole", "never", "ends")),
    "begins late": (begins, ("starts or ends", "upright", "begins", "whole", "starts")),
    "upside down": (upside_down, ("upside", "upright")), "milliseconds": (milliseconds, ("millisecond", "time", "ms")),
    "one for the other": (knee_for_ankle, ("exchanged", "places", "hidden", "implausible", "fit", "came off")),
}


def analyze(sagitta, name):
    done = subprocess.run([sagitta, "analyze", name, "--json", "-"], capture_output=True, text=True, check=False)
    return (json.loads(done.stdout) if done.returncode == 0 else None), " ".join(done.stderr.split())


def excluded(found, plain, truth, shift):
    """Quantities of repetitions that count whose intervals held the truth and no longer do."""
    for rep in found["repetitions"]:
        if not rep["valid"]:
            continue
        true = min(truth["repetitions"], key=lambda r: abs(r["end_range_s"] - shift - rep["end_range_s"]))
        before = min(plain["repetitions"], key=lambda r: abs(r["end_range_s"] - shift - rep["end_range_s"]))
        for name, of in QUANTITIES.items():
            if name not in rep or name not in before or not before[name]["low"] <= true[of] <= before[name]["high"]:
                continue
            if not rep[name]["low"] <= true[of] <= rep[name]["high"]:
                yield f"{name} {rep[name]['value']:.2f} ({rep[name]['low']:.2f} to {rep[name]['high']:.2f}), true {true[of]:.2f}"


def judge(answer, plain, truth, words, shift):
    result, text = answer
    if result is None:
        return ("refused", "") if any(word in text for word in words) else ("wrong", f"refused: {text[:160]}")
    off = list(excluded(result, plain, truth, shift))
    if not off:
        return "measured", ""
    said = " ".join(w["code"] + " " + w["message"] for w in result["warnings"])
    return ("told", "") if any(word in said for word in words) else ("wrong", "; ".join(off))


class Bench:
    def __init__(self, sagitta, renderer, folder, seed):
        self.sagitta, self.renderer, self.seed, self.table = sagitta, renderer, seed, {}
        self.path = os.path.join(folder, "fault")

    def scene(self, markers, target, options):
        run(self.renderer, *target, "--truth-json", f"{self.path}.json", "--set", markers, "--ankle", "--size", "640x360",
            "--fps", "25", "--reps", "2", "--stand", "1", "--down", "1.5", "--hold", "0.8", "--up", "1.5", "--pause", "0.8",
            "--effort", "least", "--seed", str(self.seed), *options)
        with open(f"{self.path}.json", encoding="utf-8") as file:
            return json.load(file)

    def count(self, kind, markers, moment, verdict, why):
        row = self.table.setdefault(kind, dict.fromkeys(("measured", "told", "refused", "wrong"), 0))
        row[verdict] += 1
        if verdict == "wrong":
            print(f"{kind}, {markers}, {moment}: {why}", flush=True)

    def filmed(self, kind, markers, plain):
        make, words = FILMED[kind]
        for moment, at in MOMENTS.items():
            for options in make(markers, at):
                truth = self.scene(markers, ["-o", f"{self.path}.mp4"], options)
                verdict = judge(analyze(self.sagitta, f"{self.path}.mp4"), plain, truth, words, 0)
                self.count(kind, markers, f"{moment} {' '.join(options)}", *verdict)

    def spoiled(self, kind, markers, plain, truth):
        make, words = SPOILED[kind]
        for moment, at in MOMENTS.items():
            head, rows = read(f"{self.path}-plain.csv")
            write(f"{self.path}.csv", head, make(markers, at, rows))
            shift = 1.1 if kind == "joined" and at < 2 else 0
            self.count(kind, markers, moment, *judge(analyze(self.sagitta, f"{self.path}.csv"), plain, truth, words, shift))


def main():
    sagitta, renderer, folder = sys.argv[1:4]
    seed, kinds = int(sys.argv[4]) if len(sys.argv) > 4 else 5, sys.argv[5:] or [*SPOILED, *FILMED]
    os.makedirs(folder, exist_ok=True)
    bench = Bench(sagitta, renderer, folder, seed)
    for markers in SETS:
        truth = bench.scene(markers, ["--truth", f"{bench.path}.truth"], ["--size", "1280x720"])
        run(sys.executable, TRACKS, f"{bench.path}.truth", f"{bench.path}-plain.csv")
        plain = analyze(sagitta, f"{bench.path}-plain.csv")[0]
        for kind in kinds:
            if kind in SPOILED:
                bench.spoiled(kind, markers, plain, truth)
        bench.scene(markers, ["-o", f"{bench.path}.mp4"], [])
        plain = analyze(sagitta, f"{bench.path}.mp4")[0]
        for kind in kinds:
            if kind in FILMED:
                bench.filmed(kind, markers, plain)
    cases = sum(sum(row.values()) for row in bench.table.values())
    print(f"{cases} cases, {sum(row['wrong'] for row in bench.table.values())} wrong")
    print(f"{'':<18}" + "".join(f"{name:>10}" for name in ("measured", "told", "refused", "wrong")))
    for kind, row in bench.table.items():
        print(f"{kind:<18}" + "".join(f"{n:10}" for n in row.values()))


main()
