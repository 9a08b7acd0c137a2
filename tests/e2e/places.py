#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tracks against the exact truth: is every marker that is reported where it truly is, and how many are missed?

usage: places.py TRUTH.csv TRACKS.csv SHARE WITHIN_PX [ROLE…]
Of the samples in view (of these roles, or of all worn) at least SHARE must be seen, and every one that is seen must lie
within WITHIN_PX of the truth. A role that nobody wears must not be seen. Exit status 1 otherwise.
"""
import csv
import sys


def rows_of(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def main():
    true, found = rows_of(sys.argv[1]), rows_of(sys.argv[2])
    share, within = float(sys.argv[3]), float(sys.argv[4])
    worn = [k[:-2] for k in true[0] if k.endswith("_x") and not k.endswith("_end_x") and not k.startswith("ruler")]
    roles = sys.argv[5:] or worn
    shown = right = wrong = 0
    farthest = 0.0
    for t, f in zip(true, found):
        for role in roles:
            visible = role in worn and t[role + "_visible"] == "1"
            shown += visible
            if f.get(role + "_state") != "seen":
                continue
            if role not in worn:
                wrong += 1
                continue
            off = ((float(t[role + "_x"]) - float(f[role + "_x"])) ** 2
                   + (float(t[role + "_y"]) - float(f[role + "_y"])) ** 2) ** 0.5
            farthest = max(farthest, off)
            wrong += off >= within
            right += visible and off < within
    print(f"{right} of {shown} in view seen where they are, {wrong} elsewhere, farthest {farthest:.2f} px")
    sys.exit(wrong > 0 or len(found) != len(true) or right < share * shown)


main()
