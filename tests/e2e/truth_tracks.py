# SPDX-License-Identifier: Apache-2.0
"""truth_tracks.py TRUTH.csv TRACKS.csv: what a perfect tracker would have written of a rendered sample."""
import csv
import sys

ROLES = ("shoulder", "hip", "knee", "ankle", "pelvis", "ribs", "hand", "ruler0", "ruler1")


def upper_end(rows, role):
    """Tracks have the first direction in (-90, 90]: towards the end that is higher in the picture."""
    first = next((float(row[f"{role}_axis"]) for row in rows if row[f"{role}_axis"]), 0)
    return -180 * round(first / 180)


def main(source, target):
    with open(source, encoding="utf-8") as file:
        head = dict(word.split("=", 1) for word in file.readline().split() if "=" in word)
        rows = list(csv.DictReader(file))
    roles = [role for role in ROLES if f"{role}_x" in rows[0]]
    strips = [role for role in roles if f"{role}_axis" in rows[0]]
    turned = {role: upper_end(rows, role) for role in strips}
    names = ["time_s"]
    for role in roles:
        names += [f"{role}_x", f"{role}_y"] + ([f"{role}_axis", f"{role}_length"] if role in strips else [])
        names += [f"{role}_sigma", f"{role}_state"]
    with open(target, "w", encoding="utf-8", newline="\n") as file:
        file.write(f"# sagitta-tracks/1 width={head['width']} height={head['height']}\n" + ",".join(names) + "\n")
        for row in rows:
            cells = [row["time_s"]]
            for role in roles:
                there = row[f"{role}_x"] != ""
                cells += [row[f"{role}_x"], row[f"{role}_y"]]
                if role in strips:
                    axis = row[f"{role}_axis"]
                    cells += [f"{float(axis) + turned[role]:.4f}" if axis else "", row[f"{role}_length"]]
                cells += ["0.02", "seen"] if there else ["", "lost"]
            file.write(",".join(cells) + "\n")


main(*sys.argv[1:])
