# SPDX-License-Identifier: Apache-2.0
"""Real motion capture as TRC, and what its angles are.

bend POINTS TURN UP TRC TRUTH   joint positions (cm, y up), turned by TURN degrees about up, as a TRC in metres with UP
                                up; TRUTH: angles of its lines in the plane of the legs
check TRUTH RESULT ANGLES       the program found the same
sit TRC MOT CUT TRUTH           cut a sit-to-stand to one sitting down and rising, from standing to standing; TRUTH: its
                                inverse kinematics over that time
compare TRUTH MOT               the program's MOT keeps to that: pelvis, hip and knee
"""
import csv
import json
import math
import sys

JOINTS = {"RSHO": "r_shoulder", "RHIP": "r_hip", "RKNE": "r_knee", "RANK": "r_ankle", "ROOT": "pelvis_root",
          "T12": "L5_T12", "T6": "thorax_mid"}


def turned(point, degrees):
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x, y, z = point
    return (c * x + s * z, y, c * z - s * x)


def write_trc(name, names, times, rows):
    with open(name, "w", encoding="utf-8", newline="") as file:
        file.write(f"PathFileType\t4\t(X/Y/Z)\t{name}\r\nDataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\t"
                   "OrigDataRate\tOrigDataStartFrame\tOrigNumFrames\r\n"
                   f"120\t120\t{len(rows)}\t{len(names)}\tm\t120\t1\t{len(rows)}\r\nFrame#\tTime\t"
                   + "\t\t\t".join("Subject1:" + n for n in names) + "\t\t\t\r\n\t\t"
                   + "\t".join(f"{a}{i + 1}" for i in range(len(names)) for a in "XYZ") + "\r\n\r\n")
        for i, (time, row) in enumerate(zip(times, rows)):
            cells = "\t".join(f"{v:.6f}" for point in row for v in point)
            file.write(f"{i + 1}\t{time}\t{cells}\r\n")


def bend(points, turn, up, trc, truth):
    with open(points, encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    places = [{name: tuple(float(row[f"{joint}_{a}_cm"]) / 100 for a in "xyz") for name, joint in JOINTS.items()}
              for row in table]
    rows = []
    for place in places:
        row = [turned(place[name], float(turn)) for name in JOINTS]
        rows.append([(x, -z, y) for x, y, z in row] if up == "z" else row)
    write_trc(trc, list(JOINTS), [row["time_s"] for row in table], rows)
    # The plane, by the direction in which the shoulder leaves the hip at its deepest: another way than the program's.
    lean = [(p["RSHO"][0] - p["RHIP"][0], p["RSHO"][2] - p["RHIP"][2]) for p in places]
    deep = max(range(len(places)), key=lambda i: places[i]["RHIP"][1] - places[i]["RSHO"][1])
    along = math.hypot(*(lean[deep][k] - lean[0][k] for k in (0, 1)))
    ahead = [(lean[deep][k] - lean[0][k]) / along for k in (0, 1)]

    def tilt(place, lower, upper):
        d = [place[upper][k] - place[lower][k] for k in range(3)]
        return math.degrees(math.atan2(ahead[0] * d[0] + ahead[1] * d[2], d[1]))

    angles = {"pelvic_rotation": ("RHIP", "ROOT"), "ribs_rotation": ("T12", "T6"), "thigh_rotation": ("RKNE", "RHIP")}
    with open(truth, "w", encoding="utf-8") as file:
        json.dump({name: [tilt(p, *line) for p in places] for name, line in angles.items()}, file)


def unwrapped(values):
    out = [values[0]]
    for v in values[1:]:
        out.append(v - 360 * round((v - out[-1]) / 360))
    return out


def check(truth, result, angles):
    with open(truth, encoding="utf-8") as file:
        wanted = json.load(file)
    with open(result, encoding="utf-8") as file:
        document = json.load(file)
    with open(angles, encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    for name, values in wanted.items():
        values = unwrapped(values)
        pairs = [(float(row[name + "_deg"]), v) for row, v in zip(table, values) if row[name + "_deg"]]
        # Both count from a start of their own: what is left is how they change.
        off = sorted(a - b for a, b in pairs)[len(pairs) // 2]
        rms = math.sqrt(sum((a - b - off) ** 2 for a, b in pairs) / len(pairs))
        span = max(b for _, b in pairs) - min(b for _, b in pairs)
        print(f"{name}: RMS {rms:.2f} of {span:.0f} degrees, {len(pairs)} of {len(table)} rows")
        if len(pairs) < 0.9 * len(table) or rms > 0.5 or span < 24:
            sys.exit(f"{name} differs")
    share = document["summary"]["lumbar_share"]["value"]
    if document["marker_set"] != "clinic" or document["summary"]["repetitions"] < 2 or not 0.2 < share < 0.8:
        sys.exit("the result is not that of this movement")


FROM_S, TO_S = 4.95, 8.75
COLUMNS = {"pelvis_tilt": "pelvis_tilt", "hip_flexion_r": "hip_flexion_r", "knee_angle_r": "knee_angle_r"}


def read_mot(name):
    with open(name, encoding="utf-8") as file:
        lines = file.read().split("endheader\n")[1].strip("\n").split("\n")
    names = lines[0].split()
    return [dict(zip(names, map(float, line.split()))) for line in lines[1:]]


def sit(trc, mot, cut, truth):
    with open(trc, encoding="utf-8") as file:
        lines = file.read().split("\n")
    kept = [line for line in lines[5:] if line.strip() and FROM_S <= float(line.split("\t")[1]) <= TO_S]
    with open(cut, "w", encoding="utf-8", newline="") as file:
        file.write("\n".join(lines[:5] + [""] + kept) + "\n")
    with open(truth, "w", encoding="utf-8") as file:
        json.dump([row for row in read_mot(mot) if FROM_S <= row["time"] <= TO_S], file)


def compare(truth, mot):
    with open(truth, encoding="utf-8") as file:
        wanted = {round(row["time"], 2): row for row in json.load(file)}
    rows = [row for row in read_mot(mot) if round(row["time"], 2) in wanted]
    for ours, theirs in COLUMNS.items():
        if ours not in rows[0]:
            sys.exit(f"there is no {ours}: {list(rows[0])}")
        off = sorted(row[ours] - wanted[round(row["time"], 2)][theirs] for row in rows)[len(rows) // 2]
        rms = math.sqrt(sum((row[ours] - wanted[round(row["time"], 2)][theirs] - off) ** 2 for row in rows) / len(rows))
        span = max(row[ours] for row in rows) - min(row[ours] for row in rows)
        print(f"{ours}: RMS {rms:.1f} degrees over {span:.0f}")
        # Another model of the body, fitted to 51 markers in space: alike in course and in sign.
        if rms > 0.15 * span or span < 20:
            sys.exit(f"{ours} differs from the laboratory's")


commands = {"bend": bend, "check": check, "sit": sit, "compare": compare}
commands[sys.argv[1]](*sys.argv[2:])
