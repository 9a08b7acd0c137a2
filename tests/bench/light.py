#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Light swept from 2,700 to 7,500 K, exposure by ±1.5 EV, saturation from 60 to 130 %: is every marker found, and
nothing else?

usage: light.py SAGITTA RENDERER FOLDER SEED N [cluttered]
N random people (marker set, clothes, white balance, side faced) standing for 1.2 s. A scene is right when every marker
worn is tracked within 6 px of where it is in at least 80 % of the frames, and no other role is reported. `cluttered`
puts balls, plants and posters of marker colours into the room. Prints each scene that is not right with its options,
then the totals.
"""
import csv
import os
import random
import subprocess
import sys

WORN = {"discs": ("shoulder", "hip", "knee"), "strip": ("shoulder", "hip", "knee"),
        "clinic": ("shoulder", "hip", "knee", "ankle", "pelvis", "ribs")}
CLOTHES = (("30343c", "2a2e3a"), ("c8c8c8", "303848"), ("1c2c50", "777777"), ("8a2a2a", "202020"),
           ("e8e4da", "c0b090"), ("2a5a3a", "404040"), ("4a4e54", "34363e"), ("6a5a7a", "50483c"))
SKINS = ("d8ac92", "e2baa2", "9e7054", "684838")
WHITE_BALANCE = (0, 0.3, 0.5, 0.6, 0.8, 1)
FURNITURE = ("ball", "plant", "poster", "chair", "stander")


def rows_of(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def draw(chance, cluttered):
    shirt, trousers = chance.choice(CLOTHES)
    options = {"set": chance.choice(tuple(WORN)), "kelvin": chance.randint(2700, 7500),
               "ev": round(chance.uniform(-1.5, 1.5), 2), "saturation": round(chance.uniform(0.6, 1.3), 2),
               "white-balance": chance.choice(WHITE_BALANCE), "shirt": shirt, "trousers": trousers,
               "skin": chance.choice(SKINS), "facing": chance.choice(("left", "right")),
               "seed": chance.randint(1, 1000000)}
    return options, [name for name in FURNITURE if cluttered and chance.random() < 0.4]


def remarks(truth, tracks, worn):
    found = {name[:-2] for name in tracks[0] if name.endswith("_x")}
    wrong = [f"{role} not found" for role in worn if role not in found]
    wrong += [f"{role} reported, nobody wears it" for role in sorted(found - set(worn))]
    for role in worn:
        if role not in found:
            continue
        errors = [((float(a[role + "_x"]) - float(b[role + "_x"])) ** 2
                   + (float(a[role + "_y"]) - float(b[role + "_y"])) ** 2) ** 0.5
                  for a, b in zip(tracks, truth) if a[role + "_state"] == "seen"]
        if errors and max(errors) > 6:
            wrong.append(f"{role} elsewhere by {max(errors):.1f} px")
        elif len(errors) < 0.8 * len(tracks):
            wrong.append(f"{role} seen in {len(errors)} of {len(tracks)} frames")
    return wrong


def main():
    sagitta, renderer, folder = sys.argv[1:4]
    seed, count = int(sys.argv[4]), int(sys.argv[5])
    cluttered = "cluttered" in sys.argv[6:]
    os.makedirs(folder, exist_ok=True)
    chance = random.Random(seed)
    bad = 0
    for number in range(count):
        options, furniture = draw(chance, cluttered)
        video, truth, tracks = (os.path.join(folder, name) for name in ("light.mp4", "light.truth.csv", "light.csv"))
        for path in (video, truth, tracks):
            if os.path.exists(path):
                os.remove(path)
        words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
        words += [f"--{name}" for name in furniture]
        subprocess.run([renderer, "--size", "1280x720", "--fps", "10", "--seconds", "1.2", "--reps", "0", "--effort",
                        "least", *words, "-o", video, "--truth", truth], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([sagitta, "analyze", video, "--tracks", tracks], stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, check=False)
        worn = WORN[options["set"]]
        wrong = remarks(rows_of(truth), rows_of(tracks), worn) if os.path.exists(tracks) else ["no markers found"]
        if wrong:
            bad += 1
            print(f"scene {number}: {'; '.join(wrong)}\n  {' '.join(words)}", flush=True)
    print(f"{count - bad} of {count} scenes right ({100 * (count - bad) / count:.1f} %)")


main()
