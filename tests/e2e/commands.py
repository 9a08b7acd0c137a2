# SPDX-License-Identifier: Apache-2.0
"""commands.py TREE READY TRUTH.csv: every command of the program that a page of the site prints and that is not marked to
be run by tutorials.py; each page's are run one after the other in a copy of READY. See commands.sh."""
import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import mean

tree, ready, truth = (Path(a) for a in sys.argv[1:])

# Commands that cannot be run as they are printed: the test that runs them, and what stands in it.
ELSEWHERE = {
    "sagitta analyze /usr/share/sagitta/sample.mp4 ": ("packages/use.sh", r"sagitta analyze [^#]*usr[^#]*share"),
    "sagitta live /dev/video0": ("e2e/live.sh", r'"\$SAGITTA" live '),
    "sagitta live http://": ("e2e/live_address.sh", r"live"),
    "sagitta serve": ("e2e/served.py", r'"serve"'),
    "sagitta calibrate colours clip.mp4 --pick hip=": ("e2e/colours.sh", r"calibrate colours"),
    "sagitta proof sheet.mp4": ("e2e/proof.sh", r"proof "),
    "sagitta analyze bend.txt --points clicked": ("e2e/peers.sh", r"kinovea.txt --points clicked --map units=cm"),
    "sagitta analyze trajectories.csv --points clicked": ("e2e/peers.sh", r"kinovea.csv tracker.txt"),
    "sagitta analyze person00.trc --points keypoints": ("e2e/peers.sh", r"sports2d-px.trc"),
    "sagitta analyze clip_Sports2D_px_person00.trc": ("e2e/peers.sh", r"--points keypoints --map side=left"),
}
STATUS = {"sagitta session ana": (0, 1)}  # one recording of a day says little of habits


def pages():
    """The files of the site: those of its menu and what they link to."""
    waiting = re.findall(r'\("([\w/.-]+\.md)", ', (tree / "docs/site/build.py").read_text(encoding="utf-8"))
    seen = []
    while waiting:
        page = waiting.pop(0)
        if page in seen or not (tree / page).is_file():
            continue
        seen.append(page)
        for link in re.findall(r"\]\(([^)#:]+)", (tree / page).read_text(encoding="utf-8")):
            to = os.path.normpath(os.path.join(os.path.dirname(page), link))
            to += "/README.md" if (tree / to).is_dir() else ""
            if to.endswith(".md"):
                waiting.append(to)
    return seen


def commands(text):
    for kind, block in re.findall(r"^```([^\n]*)\n(.*?)^```$", text, flags=re.M | re.S):
        if kind in ("sh run", "text shown"):
            continue
        for line in block.splitlines():
            if re.match(r"sagitta(-render)? [a-z-]", line):
                yield re.sub(r"\s+# .*$", "", line).strip()


def elsewhere(command):
    for start, (file, pattern) in ELSEWHERE.items():
        if command.startswith(start):
            if not re.search(pattern, (tree / "tests" / file).read_text(encoding="utf-8")):
                sys.exit(f"{file} does not run it any more: {command}")
            return True
    return False


def run(command, folder):
    if command.startswith("sagitta-render -o"):
        command += " --size 320x180 --reps 1"  # the same, sooner
    env = {**os.environ, "XDG_DATA_HOME": str(folder / "data")}
    return subprocess.run(["sh", "-euc", command], cwd=folder, env=env, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, encoding="utf-8")


def tables(folder):
    """What a study has: its table, a reference by the truth, a sheet of two raters' readings."""
    done = run("sagitta analyze videos --table ours.csv", folder)
    if done.returncode:
        sys.exit(done.stdout)
    people = {}
    with open(truth, encoding="utf-8") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            people.setdefault(row["file"], []).append(row)
    quantities = ("hip_hinge_deg", "lumbar_flexion_deg", "lumbar_share")
    with open(folder / "reference.csv", "w", encoding="utf-8") as file:
        print("file", *quantities, sep=",", file=file)
        for name, bends in people.items():
            print(name, *(f"{mean(float(b[q]) for b in bends):.4f}" for q in quantities), sep=",", file=file)
    head = (tree / "docs/data-sheet.csv").read_text(encoding="utf-8").splitlines()[0]
    with open(folder / "data-sheet.csv", "w", encoding="utf-8") as file:
        print(head, file=file)
        for n, (name, bends) in enumerate(people.items()):
            for rater, off in (("A", 0.0), ("B", 1.0 if n % 2 else -1.5)):
                pelvis = mean(float(b["pelvic_rotation_deg"]) for b in bends) + off
                ribs = pelvis + mean(float(b["lumbar_flexion_deg"]) for b in bends) + off / 2
                cells = {"file": name, "client": name, "trial": 1, "rater": rater, "placement": 1, "t12_start_deg": -4,
                         "t12_end_deg": f"{ribs - 4:.1f}", "s1_start_deg": 14, "s1_end_deg": f"{pelvis + 14:.1f}"}
                print(*(cells.get(column, "") for column in head.split(",")), sep=",", file=file)
    with open(folder / "roster.csv", "w", encoding="utf-8") as file:
        print("file,client,age,sex,height_cm", file=file)
        for n, name in enumerate(people):
            print(f"{name},{name},{30 + n},{'fm'[n % 2]},{165 + n}", file=file)


ran = named = 0
with_commands = 0
for page in pages():
    found = list(commands((tree / page).read_text(encoding="utf-8")))
    if not found:
        continue
    with_commands += 1
    folder = Path("site") / str(with_commands)
    shutil.copytree(ready, folder)
    folder = folder.resolve()
    if any("ours.csv" in c or "roster.csv" in c for c in found):
        tables(folder)
    for command in found:
        if elsewhere(command):
            named += 1
            continue
        done = run(command, folder)
        print(f"{page}: $ {command}\n{done.stdout}")
        allowed = next((s for start, s in STATUS.items() if command.startswith(start)), (0,))
        if done.returncode not in allowed:
            sys.exit(f"{page}: exit status {done.returncode}: {command}\n{done.stdout}")
        ran += 1
if ran < 30 or named < 5:
    sys.exit(f"{ran} commands run, {named} named: are they found?")
print(f"pages with commands: {with_commands}, commands run: {ran}, run by other tests: {named}")
