# SPDX-License-Identifier: Apache-2.0
"""Questions of faces.sh about pixels.

video TRACKS WIDTH HEIGHT CLIP SOFT KEEP   grey frames, row by row of the tracks
photographs SOFT KEEP                      the photographs of two HTML pages
keyframes TRACKS RESULT WIDTH HEIGHT CLIP SOFT KEEP   grey: the clip's frames; start, middle and deepest one after the other
"""
import base64
import csv
import json
import re
import sys


def detail(frame, width, x0, y0, x1, y1):
    """Mean difference between neighbours: what a face is made of."""
    total = count = 0
    for y in range(max(y0, 0), y1):
        line = frame[y * width:(y + 1) * width]
        for x in range(max(x0, 0), min(x1, width - 1)):
            total += abs(line[x] - line[x + 1])
            count += 1
    return total / max(count, 1)


def difference(a, b, width, x, y, side):
    total = count = 0
    for v in range(int(y - side), int(y + side)):
        for u in range(int(x - side), int(x + side)):
            total += abs(a[v * width + u] - b[v * width + u])
            count += 1
    return total / count


def video(tracks, width, height, *names):
    width, height = int(width), int(height)
    rows = list(csv.DictReader(line for line in open(tracks, encoding="utf-8") if not line.startswith("#")))
    frames = [open(name, "rb").read() for name in names]
    size = width * height
    checked = 0
    for number in range(0, len(rows), 4):
        clip, soft, keep = (f[number * size:(number + 1) * size] for f in frames)
        row = {k: float(v) for k, v in rows[number].items() if v and k.endswith(("_x", "_y"))}
        if "shoulder_x" not in row or "hip_x" not in row:
            continue
        trunk = 1.15 * max(abs(row["hip_y"] - row["shoulder_y"]), 60)
        xs = [row[k] for k in row if k.endswith("_x")]
        for x0, x1 in ((0, int(min(xs) - 2.0 * trunk)), (int(max(xs) + 2.0 * trunk), width)):
            if x1 - x0 < 20:
                continue
            was, now, kept = (detail(f, width, x0, 10, x1, height - 10) for f in (clip, soft, keep))
            print(number, x0, x1, round(was, 2), round(now, 2), round(kept, 2))
            if was > 1.0:
                assert now < 0.35 * was and kept > 0.6 * was, (number, was, now, kept)
                checked += 1
        # The head goes in either; the back's middle, the hip and the knee are what was filmed.
        middle = ((row["shoulder_x"] + row["hip_x"]) / 2, (row["shoulder_y"] + row["hip_y"]) / 2)
        for x, y in (middle, (row["knee_x"], row["knee_y"]), (row["hip_x"], row["hip_y"])):
            away = difference(soft, keep, width, x, y, 5)
            assert away < 12, (number, x, y, away)  # what two encodings of one picture differ in
    assert checked >= 4, checked


def photographs(soft, keep):
    found = []
    for name in (soft, keep):
        text = open(name, encoding="utf-8").read()
        pages = [base64.b64decode(b) for b in re.findall(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)", text)]
        found.append([m for page in pages for m in re.findall(rb"data:image/jpeg;base64,([A-Za-z0-9+/=\s]+)", page)])
    assert len(found[0]) == len(found[1]) >= 2, [len(f) for f in found]
    # The same size in pixels, and of the same quality: fewer bytes are less to be seen.
    for a, b in zip(*found):
        print(len(a), len(b))
        assert len(a) < 0.88 * len(b), (len(a), len(b))


def keyframes(tracks, result, width, height, clip, soft, keep):
    width, height = int(width), int(height)
    rows = list(csv.DictReader(line for line in open(tracks, encoding="utf-8") if not line.startswith("#")))
    with open(result, encoding="utf-8") as file:
        rep = next(r for r in json.load(file)["repetitions"] if r["valid"])
    size = width * height
    clip, soft, keep = (open(name, "rb").read() for name in (clip, soft, keep))
    assert len(soft) == len(keep) == 3 * size, (len(soft), len(keep))
    times = [rep["start_s"], (rep["start_s"] + rep["end_range_s"]) / 2, rep["end_range_s"]]
    for i, time_s in enumerate(times):
        number = max(n for n, r in enumerate(rows) if float(r["time_s"]) <= time_s + 1e-4)
        now, kept = soft[i * size:(i + 1) * size], keep[i * size:(i + 1) * size]
        while not (rows[number]["shoulder_x"] and rows[number]["hip_x"]):
            number += 1 if i else -1
        was = clip[number * size:(number + 1) * size]
        row = {k: float(v) for k, v in rows[number].items() if v and k.endswith(("_x", "_y"))}
        trunk = (row["shoulder_x"] - row["hip_x"], row["shoulder_y"] - row["hip_y"])
        side = 0.14 * (trunk[0] ** 2 + trunk[1] ** 2) ** 0.5
        x, y = row["shoulder_x"] + 0.38 * trunk[0], row["shoulder_y"] + 0.38 * trunk[1]
        head = [detail(f, width, int(x - side), int(y - side), int(x + side), int(y + side)) for f in (was, now, kept)]
        edge = [detail(f, width, 0, 10, width // 8, height - 10) for f in (was, now, kept)]
        print(i, number, [round(v, 2) for v in head], [round(v, 2) for v in edge])
        # What is not hidden keeps all of it; the edges of shoulder and arm are in the square as well.
        assert head[1] < 0.75 * head[0] and head[2] < 0.75 * head[0], (i, head)
        assert edge[0] < 1 or (edge[1] < 0.5 * edge[0] and edge[2] > 0.6 * edge[0]), (i, edge)
        # The very frame: the thigh is where it was.
        middle = ((row["knee_x"] + row["hip_x"]) / 2 + 6, (row["knee_y"] + row["hip_y"]) / 2)
        assert difference(was, kept, width, *middle, 4) < 30, (i, "another frame")


{"keyframes": keyframes, "video": video, "photographs": photographs}[sys.argv[1]](*sys.argv[2:])
