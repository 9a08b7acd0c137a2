#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Two builds of the program, the same bytes: for changes of structure, which must change nothing else.

    python3 tests/e2e/two_builds.py OLD NEW --render RENDERER [--work DIR] [--only TEXT] [--jobs N] [--keep-old]

Makes inputs (rendered, simulated, the corpora of the fuzz targets, ../shared/data where it is), runs every command on
them with both programs, and compares exit status, standard output, standard error and every file: PDFs by their text
and pictures, videos and everything else by their bytes. Prints each difference; exit status 1 if there is one.
"""
import argparse
import concurrent.futures
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parent / "fuzz" / "corpus"
TESTS = ["toe-touch", "toe-touch-knees-bent", "sit-and-reach", "fingertip-to-floor", "straight-leg-raise",
         "knee-extension", "supported-stretch", "standing-posture"]
ALL_FILES = ["--json", "r.json", "--tracks", "t.csv", "--angles", "a.csv", "--fhir", "f.json"]
SCALED = ["--c3d", "p.c3d"]


def make_inputs(old, render, to):
    """Rendered videos, simulated people. Made once, by the old program."""
    if (to / "done").exists():
        return
    to.mkdir(parents=True, exist_ok=True)
    shutil.copytree(CORPUS, to / "corpus", dirs_exist_ok=True)
    small = ["--size", "640x360", "--fps", "20"]
    short = ["--reps", "2", "--stand", "1", "--down", "1.4", "--hold", "0.6", "--up", "1.4", "--pause", "0.6"]

    def video(name, *options):
        subprocess.run([render, "-o", to / name, *small, *options], check=True, stdout=subprocess.DEVNULL)

    for kind in ("discs", "strip", "clinic"):
        video(f"{kind}.mp4", "--set", kind, *short, "--ankle", "--hand", "--ruler", "40", "--seed", "3")
    video("left.mp4", "--set", "strip", *short, "--facing", "left", "--ball", "--walker")
    video("hidden.mp4", "--set", "clinic", *short, "--hide", "hip@1.6+0.6", "--hide", "knee@2+0.3")
    video("phone.mov", "--set", "strip", *short, "--rotation", "90", "--codec", "hevc", "--pixel", "yuv420p10le",
          "--rate", "jitter")
    video("one-colour.mkv", "--set", "discs", *short, "--one-colour", "--plain")
    for movement in ("sit-and-reach", "straight-leg-raise", "knee-extension", "supported-stretch", "squat", "sit-up"):
        video(f"{movement}.mp4", "--movement", movement, "--set", "clinic", "--ankle", "--hand", "--ruler", "40",
              "--reps", "1")
    for shuffle in range(6):
        video(f"shuffle-{shuffle}.mp4", "--shuffle", str(shuffle))
    for kind in ("discs", "strip", "clinic"):
        for seed in ("1", "2"):
            subprocess.run([old, "simulate", "--people", "6", "--set", kind, "--seed", seed, "--hand", "--ankle",
                            "--through-time", "-o", to / f"people-{kind}-{seed}"], check=True,
                           stdout=subprocess.DEVNULL)
    # People whose tracks have the picture size of the cameras in the corpus.
    for size in ("1088x1920", "640x480"):
        (to / f"people-{size}").mkdir()
        source = to / "people-strip-1" / "person-00001.csv"
        width, height = (int(v) for v in size.split("x"))
        text = source.read_text()
        head, rest = text.split("\n", 1)
        words = [f"width={width}" if w.startswith("width=") else f"height={height}" if w.startswith("height=") else w
                 for w in head.split(" ")]
        (to / f"people-{size}" / "person-00001.csv").write_text(" ".join(words) + "\n" + rest)
    (to / "done").touch()


def all_cases(inputs, shared):
    """Rows of name and commands; a command is words, the program left out; {…} of a name is its input's folder."""
    cases = []
    corpus = inputs / "corpus"

    def add(name, *commands):
        cases.append((name, [[str(word) for word in command] for command in commands]))

    def analyze(name, source, *options, files=ALL_FILES):
        add(name, ["analyze", source, *files, *options])

    for command in ("", "help", "--version", "cpu", "formats", "tests"):
        add(f"say {command}", command.split())
    for command in ("analyze", "check", "calibrate", "sheets", "records", "history", "compare", "report", "simulate",
                    "cpu", "tests", "records add", "records list", "records show", "records edit", "records export",
                    "records recover", "records repeatability", "records questions", "calibrate lens",
                    "calibrate plane", "calibrate colours"):
        add(f"help {command}", [*command.split(), "--help"])
    for test in TESTS:
        add(f"tests {test}", ["tests", test])
    add("wrong usage", ["analyse"], ["analyze"], ["analyze", "--jsn"], ["analyze", "x", "--json", "-", "--tracks", "-"],
        ["tests", "toe-toch"], ["records", "ad"], ["report", "x"], ["compare", "a"], ["sheets"], ["analyze", "nowhere.mp4"],
        ["analyze", "x.mp4", "--language", "fr"], ["analyze", "x.mp4", "--rate", "-3"], ["analyze", "x", "--map", "hip=a"])

    for video in sorted(inputs.glob("*.m*")):
        name = video.stem
        scale = ["--ruler", "40"] if name in ("discs", "strip", "clinic") else ["--height", "172"]
        test = name if name in TESTS else "toe-touch"
        analyze(f"video {name}", video, "--test", test, "--overlay", "o.mp4", *SCALED, *scale)
        analyze(f"video report {name}", video, "--test", test, "--report", "r.html", *scale)
        add(f"video pdf {name}", ["analyze", video, "--test", test, "--report", "r.pdf", "--language", "de", *scale])
        add(f"check {name}", ["check", video, "--json", "c.json"])
    for language in ("de", "es"):
        analyze(f"video {language}", inputs / "strip.mp4", "--language", language, "--report", "r.pdf", "--ruler", "40")
        analyze(f"hidden {language}", inputs / "hidden.mp4", "--language", language, "--report", "r.html")
    analyze("picked", inputs / "clinic.mp4", "--pick", "hip=320,180", "--pick", "knee=330,250@0.5")
    analyze("named set", inputs / "strip.mp4", "--markers", "strip", "--simd", "c", "--threads", "1")
    analyze("seconds", inputs / "clinic.mp4", "--seconds", "3", "--rate", "30")
    add("trc out", ["analyze", inputs / "clinic.mp4", "--tracks", "t.trc", "--angles", "a.mot", "--ruler", "40"],
        ["analyze", "t.trc", "--json", "again.json"])
    add("norms", ["analyze", inputs / "sit-and-reach.mp4", "--test", "sit-and-reach", "--ruler", "40", "--age", "34", "--sex",
                  "f", "--report", "r.svg", "--json", "r.json"])
    for test in TESTS:
        analyze(f"as {test}", inputs / "clinic.mp4", "--test", test, "--ruler", "40")

    for folder in sorted(inputs.glob("people-*")):
        for person in sorted(folder.glob("person-*[0-9].csv")):
            analyze(f"{folder.name} {person.stem}", person, "--ruler", "20", *SCALED)
        first = folder / "person-00001.csv"
        for language in ("en", "de", "es"):
            add(f"pages {folder.name} {language}",
                ["analyze", first, "--json", "r.json", "--tracks", "t.csv", "--language", language, "--ruler", "20"],
                *[["report", "r.json", "--tracks", "t.csv", "-o", f"page.{kind}"]
                  for kind in ("pdf", "html", "svg", "png")],
                ["report", "r.json", "-o", "client.pdf", "--page", "client"],
                ["report", "r.json", "-o", "professional.html", "--page", "professional", "--name", "Zoë Müller"])
        add(f"table {folder.name}", ["analyze", folder, "--table", "table.csv", "--jobs", "2"])
    add("simulate", ["simulate", "--people", "3", "--set", "clinic", "--seed", "9", "-o", "out", "--through-time", "--hand"],
        ["simulate", "--people", "3", "--no-skin", "--flat-camera", "--camera-noise", "0", "-o", "out2"])

    for kind in ("analysis", "tracks", "trc"):
        for file in sorted((corpus / kind).iterdir()):
            analyze(f"corpus {kind} {file.name}", file)
    for file in sorted((corpus / "camera").iterdir()):
        analyze(f"corpus camera {file.name}", corpus / "analysis" / "clinic.csv", "--camera", file)
        size = next((m for m in ("1088x1920", "640x480") if f'"width": {m.split("x")[0]}' in file.read_text("utf-8", "replace")), None)
        if size:
            add(f"camera of the size {file.name}", ["analyze", inputs / f"people-{size}" / "person-00001.csv", "--camera",
                                                    file, *ALL_FILES])
    for file in sorted((corpus / "markers").iterdir()):
        analyze(f"corpus markers {file.name}", inputs / "discs.mp4", "--markers", file, "--seconds", "2")
    for file in sorted((corpus / "result").iterdir()):
        add(f"corpus result {file.name}", ["report", file, "-o", "r.html"], ["report", file, "-o", "r.pdf"],
            ["compare", file, corpus / "result" / "clinic.json", "--json", "c.json"])

    clinic, strip = corpus / "analysis" / "clinic.csv", corpus / "analysis" / "strip.csv"
    visit = lambda file, day, *more: ["analyze", file, "--client", "zm-01", "--date", day, *more]
    add("records",
        ["records", "list"], ["records", "add", "zm-01", "--name", "Zoë Müller", "--birth-year", "1980", "--sex", "f", "--height", "171"],
        ["records", "add", "b2"], ["records", "add", "ZM-01"], ["records", "questions"],
        ["records", "questions", "--language", "de"], visit(clinic, "2024-01-05", "--pain", "6", "--json", "one.json"),
        visit(strip, "2024-02-05", "--before"), visit(clinic, "2024-03-05", "--after", "--pain", "2"),
        visit(clinic, "2024-03-05"), ["records", "list"], ["records", "show", "zm-01"], ["records", "show", "--result", "1"],
        ["history", "zm-01"], ["history", "zm-01", "--language", "de", "--json", "history.json"],
        ["compare", "zm-01@first", "zm-01@last"], ["compare", "1", "2", "--language", "es", "--json", "c.json"],
        ["report", "one.json", "--client", "zm-01", "-o", "r.pdf"], ["report", "one.json", "--client", "zm-01", "-o", "r.html"],
        ["records", "repeatability", "zm-01"], ["records", "verify"], ["records", "edit", "--result", "2", "--pain", "4"],
        ["records", "edit", "b2", "--name", "B"], ["records", "backup", "kept.db"], ["records", "remove", "b2", "--yes"],
        ["records", "list"], ["records", "recover", "kept.db", "-o", "new.db"], ["records", "list", "--records", "new.db"])

    add("sheets", ["sheets", "made"])
    boards = shared / "calibration" / "pose2sim-cam01"
    if boards.exists():
        pictures = sorted(boards.glob("*.jpg"))
        add("calibrate lens", ["calibrate", "lens", *pictures, "--board", "4x7", "--square", "60mm", "-o", "camera.json"])
    add("calibrate colours", ["calibrate", "colours", inputs / "clinic.mp4", "-o", "markers.json"],
        ["analyze", inputs / "clinic.mp4", "--markers", "markers.json", "--json", "r.json"])
    for family in ("clips", "faults", "real", "motion"):
        for file in sorted((shared / family).rglob("*")) if (shared / family).exists() else []:
            if not file.is_file() or file.suffix in (".md", ".txt", ".json") or file.name.startswith("trajectory"):
                continue
            options = ["--ruler", "20"] if file.name == "e_roll.csv" else []
            if file.name.startswith("STS"):
                options = ["--map", "shoulder=R_Shoulder,hip=R_HJC,knee=r_knee,ankle=r_ankle", "--map",
                           "pelvis_a=r.PSIS,pelvis_b=r.ASIS,ribs_a=C7,ribs_b=R_Sternum", "--test", "standing-posture"]
            analyze(f"shared {file.relative_to(shared)}", file, *options)
            add(f"shared check {file.relative_to(shared)}", ["check", file])
    for file, picks in (("20200222180349", ["knee=250,260", "ankle=250,400", "hand=330,250"]),):
        for video in shared.rglob(f"*{file}*.avi"):
            analyze("bands picked", video, *[w for p in picks for w in ("--pick", p)])
    return cases


def run_case(program, case, folder):
    name, commands = case
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    environment = {**os.environ, "XDG_DATA_HOME": str(folder / "data"), "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    with open(folder / "said.txt", "wb") as said:
        for command in commands:
            ran = subprocess.run([program, *command], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=600, check=False)
            text = f"$ {' '.join(command)}\nexit {ran.returncode}\n".encode() + ran.stdout + b"--- stderr\n" + ran.stderr
            said.write(text.replace(str(folder.parent).encode(), b"DIR"))


def digest(path):
    """What counts of a file."""
    if path.suffix == ".pdf":
        text = subprocess.run(["pdftotext", "-layout", path, "-"], stdout=subprocess.PIPE, check=False).stdout
        picture = subprocess.run(["pdftoppm", "-r", "50", path], stdout=subprocess.PIPE, check=False).stdout
        return hashlib.sha256(text + picture).hexdigest()
    if path.suffix == ".db" or "data" in path.parts[-3:-1]:
        return "a records file"
    whole = re.sub(rb'"date": "[^"]*T[^"]*"', b'"date": now', path.read_bytes())
    return hashlib.sha256(whole).hexdigest()


def digests(folder):
    return {str(p.relative_to(folder)): digest(p) for p in sorted(folder.rglob("*")) if p.is_file()}


def compare_case(old, new, case, work, made, keep_old):
    slot = "".join(c if c.isalnum() or c in "-._" else "_" for c in case[0])
    kept = work / "old" / (slot + ".sums")
    if keep_old and kept.exists():
        before = dict(line.rsplit("\t", 1) for line in kept.read_text().splitlines())
    else:
        run_case(old, case, work / "old" / slot)
        before = digests(work / "old" / slot)
        kept.write_text("".join(f"{k}\t{v}\n" for k, v in before.items()))
    run_case(new, case, made / slot)
    after = digests(made / slot)
    return [(slot, name) for name in sorted(set(before) | set(after)) if before.get(name) != after.get(name)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("--render", required=True)
    parser.add_argument("--work", default="build/two-builds")
    parser.add_argument("--new", dest="made", help="where the new program's outputs go (default: WORK/new)")
    parser.add_argument("--shared", default=HERE.parents[2] / "shared" / "data", help="recordings, where they are")
    parser.add_argument("--only", default="", help="cases whose name contains this; several with |")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--keep-old", action="store_true", help="what the old program did before still stands")
    asked = parser.parse_args()
    old, new, render = (str(Path(p).resolve()) for p in (asked.old, asked.new, asked.render))
    work = Path(asked.work).resolve()
    make_inputs(old, render, work / "inputs")
    made = Path(asked.made).resolve() if asked.made else work / "new"
    wanted = re.compile(asked.only)
    cases = [case for case in all_cases(work / "inputs", Path(asked.shared).resolve()) if wanted.search(case[0])]
    differences = []
    with concurrent.futures.ThreadPoolExecutor(asked.jobs) as pool:
        for found in pool.map(lambda case: compare_case(old, new, case, work, made, asked.keep_old), cases):
            differences += found
            for slot, name in found:
                print(f"differs: {slot}/{name}", flush=True)
    print(f"in {work}/old and {made}: {len(cases)} cases, {len(differences)} files differ")
    return 1 if differences or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
