# SPDX-License-Identifier: Apache-2.0
"""unfilmed.py simulated|rendered PROGRAM FOLDER SET [FIXTURES]: takes time out of recordings, at each moment of a bend
and in each way in which recorders lose it, also so that nothing but the picture tells, and looks at what is said of them. Prints what is wrong.

A quantity whose interval held the truth must still hold it; the cause is named; a repetition whose deepest point was
not filmed from before it was reached until it was left is not measured; speeds, onsets and the time at end range are
those of the whole recording, or left out; what is refused is refused for that. FOLDER is where files are made; truth of simulated people is in it already."""
import csv
import json
import math
import os
import subprocess
import sys

QUANTITIES = ("hip_hinge_deg", "lumbar_flexion_deg", "lumbar_share", "pelvic_rotation_deg")
TIMES = ("peak_velocity_deg_s", "hip_velocity_deg_s", "lumbar_velocity_deg_s", "hip_lag_s", "smoothness")
CAUSES = ("not_filmed", "pictures_repeated", "recording_joined")
MOMENTS = ("standing", "descent", "deepest", "ascent", "between")


def centre(moment, bend, following):
    start, deepest, end = bend["start_s"], bend["end_range_s"], bend["end_s"]
    return {"standing": start - 0.6, "descent": (start + deepest) / 2, "deepest": deepest, "ascent": (deepest + end) / 2,
            "between": (end + following) / 2}[moment]


# ---- tracks ----

def read_tracks(name):
    with open(name, encoding="utf-8") as file:
        lines = file.read().splitlines()
    return lines[:2], [line.split(",", 1) for line in lines[2:]]


def write_tracks(name, head, rows):
    with open(name, "w", encoding="utf-8", newline="\n") as file:
        file.write("\n".join(head + [f"{time},{rest}" for time, rest in rows]) + "\n")


def missing(rows, a, b):
    return [row for row in rows if not a < float(row[0]) < b]


def joined(rows, a, b):
    """Paused from a to b: the stamps run on as if nothing was missing."""
    before = [row for row in rows if float(row[0]) <= a]
    after = [row for row in rows if float(row[0]) >= b]
    step = float(rows[1][0]) - float(rows[0][0])
    missing_s = float(after[0][0]) - float(before[-1][0]) - step
    return before + [(f"{float(time) - missing_s:.4f}", rest) for time, rest in after]


def repeated(rows, a, b):
    """The last row before a, again and again."""
    out, shown = [], rows[0][1]
    for time, rest in rows:
        shown = shown if a < float(time) < b else rest
        out.append((time, shown))
    return out


def write_trc(name, head, rows):
    """Discs as points, strips as their two ends; px as mm, y up."""
    columns = head[1].split(",")[1:]
    roles = [column[:-2] for column in columns if column.endswith("_x")]
    strips = [role for role in roles if f"{role}_axis" in columns]
    names = [f"{role}_{end}" for role in strips for end in "ab"] + [role for role in roles if role not in strips]
    lines = []
    for i, (time, rest) in enumerate(rows):
        cell = dict(zip(columns, rest.split(",")))
        points = []
        for point in names:
            role, sign = (point[:-2], 1 if point.endswith("a") else -1) if point not in roles else (point, 0)
            x, y = cell[f"{role}_x"], cell[f"{role}_y"]
            if not x:
                points += ["", "", ""]
                continue
            half = sign * float(cell[f"{role}_length"]) / 2 if sign else 0
            turn = math.radians(float(cell[f"{role}_axis"])) if sign else 0
            points += [f"{float(x) + half * math.sin(turn):.4f}", f"{2000 - float(y) + half * math.cos(turn):.4f}", "0"]
        lines.append(f"{i + 1}\t{time}\t" + "\t".join(points))
    with open(name, "w", encoding="utf-8", newline="") as file:
        file.write(f"PathFileType\t4\t(X/Y/Z)\t{name}\r\nDataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\t"
                   "OrigDataRate\tOrigDataStartFrame\tOrigNumFrames\r\n"
                   f"30\t30\t{len(lines)}\t{len(names)}\tmm\t30\t1\t{len(lines)}\r\nFrame#\tTime\t"
                   + "\t\t\t".join(names) + "\t\t\t\r\n\t\t"
                   + "\t".join(f"{axis}{i + 1}" for i in range(len(names)) for axis in "XYZ") + "\r\n\r\n"
                   + "\r\n".join(lines) + "\r\n")
    pairs = [part for role in strips for part in (f"{role}_a={role}_a", f"{role}_b={role}_b")]
    return ["--map", ",".join(pairs + [f"{role}={role}" for role in roles if role not in strips])]


# ---- videos ----

def convert(source, target, *options):
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", "-i", source, *options, target], check=True)


def video_hole(source, target, a, b):
    """As a phone writes it that was short of time: no frames, the stamps go on."""
    convert(source, target, "-vf", f"select='not(between(t,{a},{b}))'", "-fps_mode", "vfr", "-c:v", "libx264", "-preset",
            "ultrafast", "-crf", "18")


def video_joined(source, target, a, b):
    """As a phone writes it that was paused: the stamps go on from where they stood."""
    convert(source, target, "-vf", f"select='not(between(t,{a},{b}))',setpts=N/20/TB", "-r", "20", "-c:v", "libx264",
            "-preset", "ultrafast", "-crf", "18")


def freeze(rate, a, b):
    first, last = int(a * rate), int(b * rate)
    return f"[0:v][0:v]freezeframes=first={first}:last={last}:replace={first - 1}"


def video_frozen_avi(source, target, a, b):
    """A webcam's recorder that fills up with the picture it has."""
    convert(source, target, "-filter_complex", freeze(20, a, b), "-c:v", "mjpeg", "-q:v", "3")


def video_frozen_mp4(source, target, a, b):
    convert(source, target, "-filter_complex", freeze(20, a, b), "-c:v", "libx264", "-preset", "veryfast", "-crf", "23")


# ---- judging ----

def analyze(program, name, options=()):
    done = subprocess.run([program, "analyze", name, *options, "--json", "-"], capture_output=True, text=True)
    text = " ".join(done.stderr.split())
    return done.returncode, json.loads(done.stdout) if done.stdout.startswith("{") else None, text


def holds(quantity, value):
    return quantity["low"] <= value <= quantity["high"]


def nearest(items, key, moment):
    return min(items, key=lambda item: abs(item[key] - moment))


def judge_repetition(found, before, truth, covered):
    bend = nearest(truth, "end_range_s", found["end_range_s"])
    plain = nearest(before["repetitions"], "end_range_s", found["end_range_s"])
    for name in QUANTITIES:
        if name not in found or name not in plain or not holds(plain[name], bend[name]):
            continue
        if not holds(found[name], bend[name]):
            yield f"{name} {found[name]['value']} excludes {bend[name]} (was {plain[name]['value']})"
    for name in TIMES:
        if name in found and name in plain and not holds(plain[name], found[name]["value"]):
            yield f"{name} {found[name]['value']}, was {plain[name]['value']}"
    if found["hold_s"] > plain["hold_s"] + 0.3:
        yield f"hold_s {found['hold_s']}, was {plain['hold_s']}"
    if covered and covered[0] < plain["end_range_s"] < covered[1] and covered[1] - covered[0] > 1.5 * plain["hold_s"] + 0.2:
        yield "measured although its deepest point was not filmed"


def judge(result, before, truth, covered, cause):
    status, document, text = result
    if status == 1:
        if not any(cause in text for cause in ("othing was filmed", "stood still", "was paused")):
            yield f"refused for another reason: {text}"
        return
    if status != 0:
        yield f"exit {status}: {text}"
        return
    codes = [w["code"] for w in document["warnings"]]
    if document["input"]["variable_frame_rate"] != ("variable_frame_rate" in codes):
        yield "variable_frame_rate and its warning differ"
    if cause and not any(code in CAUSES for code in codes):
        yield f"no word about it: {codes}"
    for found in document["repetitions"]:
        if found["valid"]:
            yield from judge_repetition(found, before, truth, covered)


class Bench:
    def __init__(self, program):
        self.program, self.runs, self.measured, self.wrong = program, 0, 0, []

    def look(self, what, name, options, before, truth, covered, cause):
        result = analyze(self.program, name, options)
        self.runs += 1
        self.measured += result[0] == 0
        self.wrong += [f"{what}: {fault}" for fault in judge(result, before, truth, covered, cause)]
        os.remove(name)


def numbers(row):
    return {key: float(value) for key, value in row.items() if key.endswith(("_s", "_deg", "_share"))}


def simulated(bench, folder):
    with open(f"{folder}/truth.csv", encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(line for line in file if not line.startswith("#")))
    for name in sorted({row["file"] for row in table}):
        truth = [numbers(row) for row in table if row["file"] == name]
        head, rows = read_tracks(f"{folder}/{name}")
        trc = f"{folder}/plain.trc"
        options = write_trc(trc, head, rows)
        before = {"csv": analyze(bench.program, f"{folder}/{name}")[1], "trc": analyze(bench.program, trc, options)[1]}
        for moment in MOMENTS:
            middle = centre(moment, truth[0], truth[1]["start_s"])
            for length in (0.8, 2.0):
                a, b = middle - length / 2, middle + length / 2
                covered = (a, b) if moment == "deepest" else None
                what = f"{folder}/{name} {moment} {length} s"
                for way, cut in (("missing", missing), ("repeated", repeated), ("joined", joined)):
                    made = f"{folder}/made.csv"
                    write_tracks(made, head, cut(rows, a, b))
                    moving = moment in ("descent", "ascent")
                    # who is slow has hardly moved in a short pause, and nothing jumps
                    told = {"missing": True, "repeated": moving, "joined": moving and length > 1}[way]
                    bench.look(f"{what} {way}", made, [], before["csv"], truth, covered, told)
                made = f"{folder}/made.trc"
                write_trc(made, head, missing(rows, a, b))
                bench.look(f"{what} TRC", made, options, before["trc"], truth, covered, True)


def rendered(bench, folder, marker_set, fixtures):
    source = f"{fixtures}/{marker_set}.mp4"
    with open(f"{fixtures}/{marker_set}.json", encoding="utf-8") as file:
        found = json.load(file)["repetitions"]
    # fixtures.sh: 1 s of standing, 1.6 s down, 0.7 s there, 1.6 s up, 0.6 s of standing
    truth = [{**numbers(r), "pelvic_rotation_deg": r["pelvis_deg"], "start_s": 1 + 4.5 * i, "end_range_s": 2.95 + 4.5 * i,
              "end_s": 4.9 + 4.5 * i} for i, r in enumerate(found)]
    before = analyze(bench.program, source)[1]
    for moment in MOMENTS:
        middle = centre(moment, truth[0], truth[0]["end_s"] + 0.6)
        length = 1.2 if moment == "deepest" else 0.7
        a, b = middle - length / 2, middle + length / 2
        covered = (a, b) if moment == "deepest" else None
        moving = moment in ("descent", "ascent", "deepest")
        for way, make, told in (("hole.mp4", video_hole, moment != "between"), ("frozen.avi", video_frozen_avi, moving),
                                ("frozen.mp4", video_frozen_mp4, moving), ("joined.mp4", video_joined, moving)):
            made = f"{folder}/{marker_set}-{way}"
            # with as much of the way down as of the way up, both postures are alike
            early = 0.9 if way == "joined.mp4" and moment == "deepest" else 0
            make(source, made, a - early, b)
            bench.look(f"{marker_set} {moment} {way}", made, [], before, truth, covered, told)


def main(kind, program, folder, *rest):
    bench = Bench(program)
    {"simulated": simulated, "rendered": rendered}[kind](bench, folder, *rest)
    print("\n".join(bench.wrong))
    print(f"{bench.runs} recordings, {bench.measured} of them measured, {len(bench.wrong)} faults")
    sys.exit(bool(bench.wrong) or bench.runs == 0)


main(*sys.argv[1:])
