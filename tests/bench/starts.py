#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""People who do something else before they bend: random scripts of every kind, both facings, every set. Is the start
found, or is it said that it was not?

usage: starts.py SAGITTA RENDERER FOLDER [FIRST LAST [TEST…]]
Draws scripts FIRST to LAST (default 1 200), a kind and a set after the other, of each TEST (default: every test of
TESTS), and analyzes what a perfect tracker would have seen of them. Of a repetition that counts, hip hinge and lumbar flexion have to be within 3 degrees where they are
measured, and inside their intervals; else it must be said that the start is uncertain, or the recording refused.
Prints every one that is silently wrong, then a table of the kinds.
"""
import json
import os
import random
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TRACKS = os.path.join(HERE, "..", "e2e", "truth_tracks.py")
SETS = ("discs", "strip", "clinic")
NEAR = 3
WORDS = ("start_uncertain", "start_not_still", "not_still")
QUANTITIES = ("hip_hinge_deg", "lumbar_flexion_deg")
# What each needs beside the script. Nobody walks in or steps who sits.
TESTS = {"toe-touch": [], "toe-touch-knees-bent": ["--knee", "30", "--ankle"], "waiters-bow": ["--lumbar", "6"],
         "fingertip-to-floor": ["--hand", "--ankle", "--ruler", "60"], "sit-and-reach": ["--hand", "--ruler", "60"]}
STANDING = ("walks_in", "steps")


def times(rng, standing=(0.5, 3), pause=(0.3, 2.5)):
    """Of two bends, s: when they begin, and options."""
    t = {"stand": rng.uniform(*standing), "down": rng.uniform(1.1, 2.4), "hold": rng.uniform(0, 1.5),
         "up": rng.uniform(1.1, 2.4), "pause": rng.uniform(*pause)}
    t = {name: round(seconds, 2) for name, seconds in t.items()}
    return t, t["down"] + t["hold"] + t["up"] + t["pause"]


def aside(what, at, seconds):
    return ["--aside", f"{what}@{at:.2f}+{seconds:.2f}"]


def plain(rng):
    return times(rng)[0], []


def reach_first(rng):
    seconds = rng.uniform(1, 4)
    t, _ = times(rng, (seconds + 0.8, seconds + 2.5))
    return t, aside("reach", rng.uniform(-0.5, 0.6), seconds)


def arch_first(rng):
    seconds = rng.choice([rng.uniform(0.6, 1.4), rng.uniform(1.5, 5)])
    t, _ = times(rng, (seconds + 0.6, seconds + 2.5))
    return t, aside("arch", rng.uniform(0, 0.5), seconds)


def arch_between(rng):
    seconds = rng.choice([rng.uniform(0.6, 1.4), rng.uniform(1.5, 4)])
    t, bend = times(rng, pause=(seconds + 0.3, seconds + 2))
    return t, aside("arch", t["stand"] + bend - t["pause"] + rng.uniform(0, 0.3), seconds)


def arch_into(rng):
    """Straight into the bend."""
    seconds = rng.uniform(0.8, 2)
    t, bend = times(rng, (seconds + 0.5, seconds + 2), (seconds, seconds + 1.5))
    both = [t["stand"]] + ([t["stand"] + bend] if rng.random() < 0.5 else [])
    return t, [word for at in both for word in aside("arch", at - seconds + rng.uniform(0, 0.5), seconds)]


def sways(rng):
    return times(rng)[0], ["--sway", f"{rng.uniform(0.8, 2.5):.2f}"]


def still_at_end(rng):
    """Arched until the bend; stands only after it."""
    t, bend = times(rng, (0.6, 2), (1.2, 3))
    return t, aside("arch", -1.0, t["stand"] + 1.0 + rng.uniform(0, 0.4)) + ["--reps", "1"]


def cut_in(rng):
    t, _ = times(rng, pause=(0.8, 2.5))
    at = t["stand"] + rng.uniform(0.15, 0.9) * (t["down"] + t["hold"] + t["up"])
    return t, ["--cut-in", f"{at:.2f}"]


def starts_arched(rng):
    arched = rng.uniform(0.6, 3)
    t, _ = times(rng, (arched + 0.5, arched + 2.5))
    return t, aside("arch", -1.0, arched + 1.0)


def starts_bent(rng):
    t, _ = times(rng, pause=(0.7, 2.5))
    return t, ["--cut-in", f"{t['stand'] + t['down'] + 0.5 * t['hold']:.2f}"]


def walks_in(rng):
    t, _ = times(rng, (0.4, 2.5))
    return t, ["--walk-in", f"{rng.uniform(1, 3):.2f}"]


def steps(rng):
    t, bend = times(rng, (1.5, 3), (1.2, 2.5))
    at = rng.choice([0.2, t["stand"] + bend - t["pause"] + 0.2])
    return t, aside("step", at, rng.uniform(0.5, 0.9))


KINDS = [plain, reach_first, arch_first, arch_between, arch_into, sways, still_at_end, cut_in, starts_arched, starts_bent,
         walks_in, steps]


def script(number, test):
    rng = random.Random(number)
    kind = KINDS[number % len(KINDS)]
    markers = SETS[number // len(KINDS) % len(SETS)]
    t, beside = kind(rng)
    # lumbar shares as most people's: three discs do not tell who is beyond
    pelvis, thigh, share = rng.uniform(35, 70), rng.uniform(-12, -2), rng.uniform(0.33, 0.5)
    options = ["--set", markers, "--facing", rng.choice(["left", "right"]), "--fps", str(rng.choice([15, 20, 25, 30, 50])),
               "--size", "1280x720", "--seed", str(number), "--reps", "2", "--pelvis", f"{pelvis:.1f}",
               "--lumbar", f"{share / (1 - share) * (pelvis - thigh):.1f}", "--thigh", f"{thigh:.1f}"]
    options += [word for name, seconds in t.items() for word in (f"--{name}", str(seconds))]
    if rng.random() < 0.5 and markers != "clinic":
        options.append("--ankle")
    if test == "sit-and-reach":  # its own angles: who sits turns the pelvis little
        options = ["--movement", test, *options[:options.index("--pelvis")], *options[options.index("--thigh") + 2:]]
    return kind.__name__, markers, options + beside + TESTS[test]


def cut_of(options):
    return float(options[options.index("--cut-in") + 1]) if "--cut-in" in options else 0


def faults(result, truth, cut):
    """(what is off, whether it is silent) of each repetition that counts."""
    told = any(w["code"] in WORDS for w in result["warnings"])
    for rep in result["repetitions"]:
        if not rep["valid"]:
            continue
        true = min(truth["repetitions"], key=lambda r: abs(r["end_range_s"] - cut - rep["end_range_s"]))
        off = []
        for name in QUANTITIES:
            q, t = rep.get(name), true[name]
            if not q:
                continue
            outside = not q["low"] <= t <= q["high"]
            if outside or (q["method"] == "measured" and abs(q["value"] - t) > NEAR):
                off.append(f"{name} {q['value']:.1f} ({q['low']:.1f} to {q['high']:.1f}), true {t:.1f}")
        yield off, bool(off) and not told


class Bench:
    def __init__(self, sagitta, renderer, folder):
        self.sagitta, self.renderer, self.path, self.table = sagitta, renderer, os.path.join(folder, "start"), {}

    def judge(self, number, test):
        kind, markers, options = script(number, test)
        if test == "sit-and-reach" and kind in STANDING:
            return
        count = self.table.setdefault((test, kind), {"scripts": 0, "refused": 0, "bends": 0, "told": 0, "silent": 0})
        count["scripts"] += 1
        subprocess.run([self.renderer, "--truth", f"{self.path}.truth", "--truth-json", f"{self.path}.json", *options],
                       check=True, stdout=subprocess.DEVNULL)
        subprocess.run([sys.executable, TRACKS, f"{self.path}.truth", f"{self.path}.csv"], check=True)
        asked = ["--test", test] + (["--ruler", "60"] if "--ruler" in TESTS[test] else [])
        done = subprocess.run([self.sagitta, "analyze", f"{self.path}.csv", *asked, "--json", "-"], capture_output=True,
                              text=True, check=False)
        name = f"{test} {number} {kind} {markers}"
        if done.returncode:
            count["refused"] += 1
            print(f"{name}: refused: {' '.join(done.stderr.split())[:150]}", flush=True)
            return
        with open(f"{self.path}.json", encoding="utf-8") as file:
            truth = json.load(file)
        for off, silent in faults(json.loads(done.stdout), truth, cut_of(options)):
            count["bends"] += 1
            count["told"] += bool(off) and not silent
            count["silent"] += silent
            if silent:
                print(f"{name}: {'; '.join(off)}: {' '.join(options)}", flush=True)


def main():
    sagitta, renderer, folder = sys.argv[1:4]
    first, last = (int(n) for n in sys.argv[4:6]) if len(sys.argv) > 5 else (1, 200)
    os.makedirs(folder, exist_ok=True)
    bench = Bench(sagitta, renderer, folder)
    for test in sys.argv[6:] or TESTS:
        for number in range(first, last + 1):
            bench.judge(number, test)
    columns = ("scripts", "refused", "bends", "told", "silent")
    print(f"{'':<38}" + "".join(f"{name:>9}" for name in columns))
    for (test, kind), count in bench.table.items():
        print(f"{test:<22}{kind:<16}" + "".join(f"{count[name]:9}" for name in columns))
    print(f"{'all':<38}" + "".join(f"{sum(c[name] for c in bench.table.values()):9}" for name in columns))


main()
