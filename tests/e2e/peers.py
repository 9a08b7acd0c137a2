# SPDX-License-Identifier: Apache-2.0
"""peers.py TRACKS.csv FOLDER: the same points as other programs write them, each in its own units and axes.

kinovea-old.txt     Kinovea to 0.9.5: blocks without names, times by the clock, decimal commas, y down the picture
kinovea.txt         later: names, milliseconds, calibrated centimetres, y up
kinovea.csv         2023.1: quoted cells, semicolons, decimal commas
tracker.txt         Tracker 6: several tracks with tabs, metres, y up
tracker-px.csv      the same in pixels, commas
sports2d-px.trc     Sports2D: pixels, y down, under "Units m"
sports2d-m.trc      Sports2D: metres, y up, both sides
opencap.trc         OpenCap: metres, its first line without tabs, with the markers of its second network
"""
import csv
import os
import sys

source, folder = sys.argv[1:]
os.makedirs(folder, exist_ok=True)
with open(source, encoding="utf-8") as file:
    rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
roles = ["shoulder", "hip", "knee", "ankle"]
times = [float(row["time_s"]) for row in rows]
places = {role: [(float(row[role + "_x"]), float(row[role + "_y"])) for row in rows] for role in roles}


def write(name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as to:
        to.write(text)


def comma(text):
    return text.replace(".", ",")


def clock(seconds):
    hundredths = round(100 * seconds)
    return f"0:{hundredths // 6000:02d}:{hundredths // 100 % 60:02d}:{hundredths % 100:02d}"


def blocks(head, row, between):
    return "".join(head(role) + "".join(row(t, x, y) for t, (x, y) in zip(times, places[role])) + between for role in roles)


title = "#Kinovea Trajectory data export\n#T X Y\n"
write("kinovea-old.txt",
      title + blocks(lambda role: "", lambda t, x, y: f"{clock(t)} " + comma(f"{x:.2f} {y:.2f} \n"), "\n\n"))
write("kinovea.txt", (title + "\n" + blocks(lambda role: f"# {role}\n",
                                            lambda t, x, y: f"{1000 * t:.1f} {(x - 400) / 4:.7g} {(600 - y) / 4:.7g}\n",
                                            "\n")).replace("\n", "\r\n"))
table = [["Time"] + [f"{role}/0/{axis}" for role in roles for axis in "XY"]]
table += [[comma(f"{t:.4f}")] + [comma(f"{v:.4f}") for role in roles for v in places[role][i]] for i, t in enumerate(times)]
write("kinovea.csv", "".join(";".join(f'"{cell}"' for cell in line) + "\r\n" for line in table))


def tracker(separator, columns, cells):
    lines = ["#multi:", separator + "".join(role + separator * len(columns) for role in roles),
             "t" + separator + (separator.join(columns) + separator) * len(roles)]
    lines += [f"{t:.9E}" + separator + "".join(cells(*places[role][i]) for role in roles) for i, t in enumerate(times)]
    return "\n".join(lines) + "\n"


write("tracker.txt", tracker("\t", ["x", "y"], lambda x, y: f"{x / 400:.9E}\t{-y / 400:.9E}\t"))
write("tracker-px.csv", tracker(",", ["frame", "pixelx", "pixely"], lambda x, y: f"0,{x:.4f},{y:.4f},"))


def trc(name, first, names, scale, up):
    lines = [first, "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames",
             f"30\t30\t{len(times)}\t{len(names)}\tm\t30\t0\t{len(times)}",
             "Frame#\tTime\t" + "\t\t\t".join(marker for marker, _ in names) + "\t\t",
             "\t\t" + "\t".join(f"X{i}\tY{i}\tZ{i}" for i in range(1, len(names) + 1))]
    for i, t in enumerate(times):
        cells = "\t".join(f"{scale * places[role][i][0]:.7f}\t{up * scale * places[role][i][1]:.7f}\t0.0" for _, role in names)
        lines.append(f"{i}\t{t:.6f}\t{cells}")
    write(name, "\n".join(lines) + "\n")


joints = [("Hip", "hip"), ("Knee", "knee"), ("Ankle", "ankle"), ("Shoulder", "shoulder")]
both = [(side + joint, role) for side in "RL" for joint, role in joints] + [("Neck", "shoulder"), ("RBigToe", "ankle")]
study = [("RHJC_study", "ankle"), ("r_knee_study", "ankle"), ("r_shoulder_study", "ankle"), ("C7_study", "shoulder")]
trc("sports2d-px.trc", "PathFileType\t4\t(X/Y/Z)\t/a/clip_Sports2D/clip_Sports2D_px_person00.trc", both, 1, 1)
trc("sports2d-m.trc", "PathFileType\t4\t(X/Y/Z)\t/a/clip_Sports2D/clip_Sports2D_m_person00.trc", both, 0.0025, -1)
trc("opencap.trc", "PathFileType  4\t(X/Y/Z) /code", both + study, 0.0025, -1)
