#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What is shown live against what is kept, on rendered recordings: counts, provisional numbers, time of a frame.

    python3 tests/bench/live.py BENCH_LIVE RENDERER [--count N] [--only TEXT] [--work DIR]

Scenes: sets, tests, sizes and rates, reaches overhead, arches, walk-ins, recordings that are cut in, pauses, hidden
markers. Prints bench_live's line of each and a summary; asserts nothing.
"""
import argparse
import random
import re
import statistics
import subprocess
import tempfile
from pathlib import Path

SETS = ["strip", "clinic", "discs"]
ASIDES = [[], [], ["--aside", "reach@0.8+3"], ["--aside", "arch@0.6+2"], ["--walk-in", "1.5"], ["--cut-in", "1.0"],
          ["--hide", "hip@3.2+0.5"], ["--pause", "2.5"]]
MOVEMENTS = ["toe-touch"] * 6 + ["waiters-bow", "sit-and-reach", "straight-leg-raise", "knee-extension"]


def scenes(count):
    """Name, options of the renderer and the test's name; the same ones for the same count."""
    draw = random.Random(1)
    for i in range(count):
        movement = MOVEMENTS[i % len(MOVEMENTS)]
        options = ["--seed", str(i + 1), "--size", draw.choice(["640x360", "960x540"]), "--fps", draw.choice(["25", "30"]),
                   "--set", draw.choice(SETS), "--reps", str(draw.randint(1, 4)), "--ankle"]
        if movement == "toe-touch":
            options += ["--pelvis", str(draw.randint(25, 75)), "--lumbar", str(draw.randint(15, 60)),
                        "--hold", draw.choice(["0", "0.4", "1.2"]), "--down", draw.choice(["1.2", "2.0"])]
            options += ASIDES[(i // 2) % len(ASIDES)]
        if movement == "sit-and-reach":
            options.append("--hand")
        yield f"{i:03}-{movement}", ["--movement", movement] + options, movement


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench")
    parser.add_argument("renderer")
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--only", default="")
    parser.add_argument("--work", type=Path)
    a = parser.parse_args()
    folder = a.work or Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for name, options, test in scenes(a.count):
        clip = folder / f"{name}.mp4"
        if a.only not in name:
            continue
        if not clip.exists():
            made = subprocess.run([a.renderer, "-o", clip, *options], capture_output=True, text=True)
            if made.returncode != 0:
                print(f"{name}: the renderer: {made.stderr.strip()}")
                continue
        run = subprocess.run([a.bench, "--test", test, clip], capture_output=True, text=True)
        lines.append(run.stdout)
        print(run.stdout, end="", flush=True)
    refused = sum(", refused" in line for line in lines)
    different = sum("DIFFERENT" in line for line in lines)
    print(f"{len(lines)} recordings: {len(lines) - refused - different} counts equal, {different} different, "
          f"{refused} refused by the analysis")
    for what in ("hinge", "back"):
        sizes = sorted(abs(float(x)) for line in lines for x in re.findall(rf"\b{what} ([+-][\d.]+)", line))
        if sizes:
            print(f"{what}, provisional less final, {len(sizes)} repetitions: median {statistics.median(sizes):.2f} deg, "
                  f"95 % {sizes[int(0.95 * (len(sizes) - 1))]:.2f}, most {sizes[-1]:.2f}")


if __name__ == "__main__":
    main()
