# SPDX-License-Identifier: Apache-2.0
"""Every command that writes, what it is given, and what must hold of the folder afterwards: torture.py lets calls fail in
them, ../bench/kills.py kills them. A command that is missing here is told by `missing` (kills.py --list).

After a run these must hold:
  - it ended with a status of DESIGN.md (0 to 4), by no signal (unless killed);
  - with another status than 0 it said why, and with 0 it left what the run without failure leaves;
  - under a name asked for is the whole new thing or what was there before, never a part, and nothing else was left: but
    for SQLite's own journal, and of a table that was broken off its journal, by which the next run goes on;
  - the records are sound (PRAGMA integrity_check) and hold all that they held before; where the run succeeded, also
    what it added.
"""
import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

DATABASE = "x.db"
HERE = os.path.dirname(os.path.abspath(__file__))


class Command:
    """`old`: outputs under whose names something is already. `slow`: each run takes that many times as long as others,
    so that so many fewer points are tried. `fresh`: records files that it makes, judged as SQLite files. `needs`: what of
    the folder it needs that cannot be made everywhere. `tells`: what it says where it succeeds without a part of what it
    was given, which it names."""

    def __init__(self, name, arguments, outputs=(), old=(), slow=1, fresh=(), needs=None, tells=None):
        self.name, self.arguments, self.outputs, self.old = name, arguments, list(outputs), list(old)
        self.slow, self.fresh, self.needs, self.tells = slow, list(fresh), needs, tells


COMMANDS = [
    Command("analyze video", "analyze clip.mp4 --json r.json --tracks t2.csv --angles a.csv --overlay o.mp4 --report p.pdf "
            "--client ana --records x.db", ["r.json", "t2.csv", "a.csv", "o.mp4", "p.pdf"], ["p.pdf"], slow=3),
    Command("analyze tracks", "analyze t.csv --height 175 --json r.json --fhir f.json --c3d c.c3d --report p.html --client ana "
            "--records x.db", ["r.json", "f.json", "c.c3d", "p.html"], ["r.json"]),
    Command("analyze formats", "analyze t.csv --height 175 --tracks t.trc --angles a.mot --report p.svg", ["t.trc", "a.mot", "p.svg"]),
    Command("analyze pictures", "analyze clip.mp4 --key-frames keys --debug seen --debug-at 1 --client ana --records x.db"),
    Command("table", "analyze t.csv u.csv --table all.csv --jobs 2", ["all.csv"], tells="Again, because"),
    Command("table of a class", "analyze v.csv u.csv --table all.csv --jobs 1 --roster roster.csv --report class.pdf",
            ["all.csv", "class.pdf"], tells="Again, because"),
    Command("check", "check clip.mp4 --json check.json", ["check.json"]),
    Command("calibrate lens", "calibrate lens views --board 9x6 --square 25mm -o camera.json --residuals left.svg",
            ["camera.json", "left.svg"], slow=2, needs="views", tells="dropped"),
    Command("calibrate plane", "calibrate plane clip.mp4 --points 100,100=0,0 300,100=50,0 -o camera.json", ["camera.json"]),
    Command("calibrate colours", "calibrate colours clip.mp4 -o markers.json", ["markers.json"]),
    Command("report", "report r1.json --tracks t.csv -o p.pdf", ["p.pdf"], ["p.pdf"]),
    Command("report html", "report ana@last --records x.db -o p.html", ["p.html"]),
    Command("report png", "report r1.json -o p.png", ["p.png"]),
    Command("history", "history ana --records x.db --json h.json", ["h.json"]),
    Command("records first", "records add eva --name Eva --records first.db", fresh=["first.db"]),
    Command("records add", "records add ben --name Ben --records x.db"),
    Command("records import", "records import r2.json --client ana --date 2026-01-02 --records x.db"),
    Command("records import all", "records import all.json --records first.db", fresh=["first.db"]),
    Command("records export", "records export ana -o e2.json --records x.db", ["e2.json"], ["e2.json"]),
    Command("records backup", "records backup b2.db --records x.db", ["b2.db"]),
    Command("records recover", "records recover damaged.db -o n.db", ["n.db"]),
    Command("records remove", "records remove bob --yes --records x.db"),
    Command("records remove result", "records remove --result 1 --yes --records x.db"),
    Command("records merge", "records merge ana bob --yes --records x.db"),
    Command("records move", "records move 3 bob --yes --records x.db"),
    Command("records undo", "records undo --yes --records x.db"),
    Command("records vacuum", "records vacuum --records x.db"),
    Command("records edit", "records edit ana --height 171 --records x.db"),
    Command("records edit result", "records edit --result 1 --pain 3 --records x.db"),
    Command("records repeatability", "records repeatability ana --start --records x.db"),
    Command("records questions", "records questions -o q.json", ["q.json"]),
    Command("sheets", "sheets s", []),
    Command("simulate", "simulate --people 3 -o people", []),
    Command("agreement", "agreement ours.csv --with reference.csv --csv figures.csv -o g.pdf", ["figures.csv", "g.pdf"]),
    Command("dataset pack", "dataset pack t.csv u.csv -o set --licence CC0-1.0"),
    Command("dataset analyze", "dataset analyze shared --table again.csv", ["again.csv"]),
    Command("session", "session ana --records x.db -o day.pdf --json day.json", ["day.pdf", "day.json"]),
    Command("compare", "compare r1.json r2.json -o pair.svg --json pair.json", ["pair.svg", "pair.json"]),
    Command("proof", "proof sheet.ppm --date 2026-01-05 --json proof.json -o proof.pdf", ["proof.json", "proof.pdf"], slow=2,
            needs="sheet.ppm"),
    Command("live", "live clip.mp4 --json r.json --tracks t2.csv --report p.pdf --client ana --records x.db",
            ["r.json", "t2.csv", "p.pdf"], ["p.pdf"], slow=2),
]
# Those that write nothing: they print. serve is killed by tests/e2e/serve_kills.py.
READERS = {"cameras", "cpu", "tests", "formats", "help", "serve", "records list", "records show", "records verify", "dataset verify"}


# Columns that differ from run to run.
CHANCE = {"saved_at", "added_at", "uid", "video"}


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def contents(path):
    """The clients and results of a records file, or None where it is not sound."""
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as base:
            if base.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return None
            found = {}
            for table in ("clients", "results"):
                rows = base.execute(f"SELECT * FROM {table} ORDER BY 1")
                names = [column[0] for column in rows.description]
                found[table] = [[value for name, value in zip(names, row) if name not in CHANCE] for row in rows]
            return found
    except sqlite3.Error:
        return None


def is_whole(path):
    """Of a file whose bytes differ from run to run: it ends as such a file does."""
    with open(path, "rb") as file:
        data = file.read()
    if path.endswith(".json"):
        try:
            return bool(json.loads(data))
        except ValueError:
            return False
    return data.rstrip().endswith(b"%%EOF") if path.endswith(".pdf") else bool(data)


def is_sound(path):
    """A database that SQLite finds whole, and nothing beside it that it would need."""
    try:
        with sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True) as base:
            return base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    except sqlite3.Error:
        return False


def is_new(path):
    """No records yet: no file, an empty one, or one of which no table was saved."""
    if not os.path.exists(path) or os.path.getsize(path) == 0:
        return True
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as base:
            return base.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    except sqlite3.Error:
        return False


# Outputs of which something is there before, where a command says so.
OLD = ("p.pdf", "r.json", "e2.json")


class Writers:
    """The folder in which each command is run, anew for each run, and what is found in it afterwards."""

    def __init__(self, sagitta, renderer, place):
        self.sagitta_path, self.renderer, self.place = sagitta, renderer, place
        self.template = os.path.join(place, "template")
        self.env = dict(os.environ, LC_ALL="C.UTF-8", TZ="UTC", SAGITTA_LIVE_PACE="0")
        os.makedirs(place, exist_ok=True)
        self.prepare()

    def all(self, only=None):
        """The commands that can be run here."""
        for command in COMMANDS:
            if only and only not in command.name:
                continue
            if command.needs and not os.path.exists(os.path.join(self.template, command.needs)):
                print(f"{command.name:<22} needs {command.needs}, which cannot be made here: left out")
                continue
            yield command

    def sagitta(self, arguments, folder, **more):
        return subprocess.run([self.sagitta_path] + arguments.split(), cwd=folder, env=self.env, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, **more)

    def missing(self):
        """Commands of the program that are not in this list: names, of which the help of sagitta and of its parts tells."""
        told = set()
        for group, pattern in (("", r"^  (\w+) +\S"), ("records", r"^ records (\w+)"), ("calibrate", r"^ calibrate (\w+)"),
                               ("dataset", r"^ dataset (\w+)")):
            said = subprocess.run([self.sagitta_path, *group.split(), "--help"], env=dict(self.env, COLUMNS="100"), check=True,
                                  stdout=subprocess.PIPE, text=True).stdout
            told |= {f"{group} {name}".strip() for name in re.findall(pattern, said, re.M)}
        told -= {"records", "calibrate", "dataset"}
        return sorted(name for name in told - READERS
                      if not any((command.arguments + " ").startswith(name + " ") for command in COMMANDS))

    def prepare(self):
        shutil.rmtree(self.template, ignore_errors=True)
        os.makedirs(self.template)
        at = self.template
        subprocess.run([self.renderer, "--size", "640x360", "--fps", "20", "--reps", "1", "--ankle", "-o",
                        os.path.join(at, "clip.mp4")], check=True, stdout=subprocess.DEVNULL)
        self.lines(at, "analyze clip.mp4 --tracks t.csv --json r1.json", "simulate --people 2 --set strip --ankle -o other",
                   "analyze other/person-00001.csv --json r2.json", "analyze other/person-00002.csv --json r3.json",
                   "records add ana --name Ana --records x.db", "records add bob --name Bob --records x.db",
                   "records import r1.json --client ana --date 2026-01-01 --records x.db",
                   "records import r1.json --client bob --date 2026-01-03 --records x.db",
                   "records import r3.json --client bob --date 2026-01-04 --records x.db",
                   "records export --all -o all.json --records x.db", "records move 3 ana --yes --records x.db",
                   "dataset pack t.csv -o shared --licence CC0-1.0", "sheets print")
        shutil.copy(os.path.join(at, "t.csv"), os.path.join(at, "u.csv"))
        shutil.move(os.path.join(at, "other", "person-00001.csv"), os.path.join(at, "v.csv"))
        shutil.rmtree(os.path.join(at, "other"))
        shutil.copy(os.path.join(at, DATABASE), os.path.join(at, "damaged.db"))
        with open(os.path.join(at, "damaged.db"), "r+b") as file:
            file.seek(-2048, 2)
            file.write(b"\xa5" * 512)
        self.prepare_tables(at)
        self.prepare_views(at)
        self.prepare_proof(at)
        for name in OLD:
            with open(os.path.join(at, name), "w", encoding="utf-8") as file:
                file.write("what was there before\n")

    def lines(self, at, *lines):
        for line in lines:
            done = self.sagitta(line, at)
            if done.returncode != 0:
                sys.exit(f"sagitta {line}: {done.stderr.decode()}")

    def prepare_views(self, at):
        """Chessboards as a lens shows them; without a compiler there is no calibration."""
        tests = os.path.dirname(HERE)
        program = os.path.join(self.place, "draw_board")
        if not shutil.which("cc"):
            return
        subprocess.run(["cc", "-O1", "-D_GNU_SOURCE", "-I", os.path.join(tests, "unit"), "-I", os.path.join(tests, "..", "include"),
                        os.path.join(tests, "e2e", "draw_board.c"), os.path.join(tests, "unit", "boards.c"), "-lm", "-o", program],
                       check=True)
        os.mkdir(os.path.join(at, "views"))
        subprocess.run([program, os.path.join(at, "views"), "10"], check=True)

    def prepare_tables(self, at):
        """Ours and a reference of eight people, as analyze --table and a data sheet have them; and a class."""
        with open(os.path.join(at, "roster.csv"), "w", encoding="utf-8") as file:
            file.write("file,client\nv.csv,ana\nu.csv,bob\n")
        for name, shift in (("ours.csv", 0.0), ("reference.csv", 1.5)):
            with open(os.path.join(at, name), "w", encoding="utf-8") as file:
                file.write("client,trial,hip_hinge_deg,lumbar_flexion_deg\n")
                for i in range(8):
                    file.write(f"P{i},1,{40 + 5 * i + shift * (i % 3):.1f},{30 + 2 * i - shift * (i % 2):.1f}\n")

    def prepare_proof(self, at):
        """A picture of the printed sheet with a grey wall around it; without poppler there is no proof."""
        if shutil.which("pdftoppm"):
            sheet = subprocess.run(["pdftoppm", "-r", "50", "-singlefile", os.path.join(at, "print", "proof-a4.pdf")],
                                   check=True, stdout=subprocess.PIPE).stdout
            head, size, deep, pixels = sheet.split(b"\n", 3)
            width, height = map(int, size.split())
            across, down = 2 * width, 2 * height
            picture = bytearray(b"\xb0" * (3 * across * down))
            for y in range(height):
                start = 3 * (across * (y + height // 2) + width // 2)
                picture[start:start + 3 * width] = pixels[3 * width * y:3 * width * (y + 1)]
            with open(os.path.join(at, "sheet.ppm"), "wb") as file:
                file.write(b"%s\n%d %d\n%s\n" % (head, across, down, deep) + picture)
        shutil.rmtree(os.path.join(at, "print"))

    def folder(self, command):
        at = tempfile.mkdtemp(dir=self.place)
        for name in os.listdir(self.template):
            if name in OLD and name not in command.old:
                continue
            path = os.path.join(self.template, name)
            if os.path.isdir(path):
                shutil.copytree(path, os.path.join(at, name))
            else:
                shutil.copy2(path, at)
        return at

    def state(self, at, command):
        """Digests of what lies in a folder. Of records there are their journals, which are left out, and their pictures,
        which must be sound databases; the rows of the database are judged by themselves."""
        own = {base + more for base in [DATABASE, *command.fresh] for more in ("", "-wal", "-shm")}
        found = {}
        for base, _, names in os.walk(at):
            for name in names:
                path = os.path.join(base, name)
                key = os.path.relpath(path, at)
                if key in own or key == "report.txt":
                    continue
                picture = re.fullmatch(re.escape(DATABASE) + r"\.pictures/[0-9a-f]+\.frames", key)
                if picture and not os.path.exists(path + "-wal"):
                    found[DATABASE + ".pictures/*"] = "whole" if is_sound(path) else "damaged"
                    continue
                found[key] = digest(path)
        return found

    def reference(self, command, layer=None):
        """What a run without failure leaves; names whose bytes differ from run to run are held by their presence. With a
        layer (fail_layer.so), how many allocations there are too."""
        states, counts, command.said = [], [(0, 0)], []
        for _ in range(2):
            at = self.folder(command)
            env = dict(self.env, LD_PRELOAD=layer, TORTURE_REPORT=os.path.join(at, "report.txt")) if layer else self.env
            before = self.state(at, command)
            done = subprocess.run([self.sagitta_path] + command.arguments.split(), cwd=at, env=env, stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
            if done.returncode != 0:
                sys.exit(f"{command.name}: {done.returncode} {done.stderr.decode()}")
            if layer:
                with open(os.path.join(at, "report.txt"), encoding="utf-8") as file:
                    counts = [tuple(map(int, line.split())) for line in file]
            states.append(self.state(at, command))
            time.sleep(1.1)  # what has the second in it differs
            command.said.append(done.stdout)
            rows = contents(os.path.join(at, DATABASE))
            fresh = [contents(os.path.join(at, name)) for name in command.fresh]
            shutil.rmtree(at)
        command.before, command.after, command.rows, command.fresh_rows = before, states[0], rows, fresh
        command.unsteady = {k for k in states[0] if states[0][k] != states[1].get(k)}
        command.allocations = max(count for count, _ in counts)
        command.live = max(held for _, held in counts)

    def is_half_way(self, command, key):
        """What a killed process may leave, and the next writer of the same name takes away: the link by which a name
        that was there is replaced, a folder that was to be whole, and the journal of a table."""
        link = re.fullmatch(r"(.*/)?\.(.+)-[A-Za-z0-9]{6}(\.[^.]*)?", key)
        folder = re.match(r"\.(.+)-[A-Za-z0-9]{6}/", key)
        if folder and any(name.startswith(folder.group(1) + "/") for name in command.after):
            return True
        return any(key == name + ".partial" for name in command.outputs) or \
            bool(link) and (link.group(1) or "") + link.group(2) in set(command.after)

    def judge(self, command, at, status, why, shown="", killed=False, silent=False, held=None):
        """What does not hold after a run, as a list of words."""
        wrong, told = [], bool(command.tells) and command.tells in why + shown
        if not killed:
            if status < 0 or status > 4:
                wrong.append(f"status {status}")
            if status != 0 and not why.strip() and not silent:
                wrong.append("no message")
        after = self.state(at, command)
        asked = {k for k in command.after if k not in command.before or k in command.old}
        asked |= {name for name in command.outputs}
        for key, value in after.items():
            if value in (command.before.get(key), command.after.get(key)):
                continue
            if key in command.unsteady and is_whole(os.path.join(at, key)):
                continue
            if (killed or status != 0 and key.endswith(".partial")) and self.is_half_way(command, key):
                continue
            if status == 0 and told and key in command.outputs and is_whole(os.path.join(at, key)):
                continue
            wrong.append(f"{key} is {'something else' if key in asked or key in command.before else 'left over'}")
        for key in command.before:
            if key not in after and not (status == 0 and key not in command.after):
                wrong.append(f"{key} is gone")
        if status == 0 and not killed:
            wrong += [f"{k} is missing" for k in command.after
                      if k not in after or after[k] != command.after[k] and k not in command.unsteady
                      and not (told and k in command.outputs)]
        wrong += self.judge_records(command, at, status)
        if held is not None and held > command.live:
            wrong.append(f"{held - command.live} allocations held at the end")
        return wrong

    def judge_records(self, command, at, status):
        wrong = []
        base = contents(os.path.join(self.template, DATABASE))
        for name, before, after in [(DATABASE, base, command.rows),
                                    *((n, None, rows) for n, rows in zip(command.fresh, command.fresh_rows))]:
            path = os.path.join(at, name)
            if before is None and status != 0 and is_new(path):
                continue
            rows = contents(path)
            if rows is None:
                wrong.append(f"the records in {name} are damaged")
            elif rows not in (before, after) and not (before is None and not any(rows.values())):
                wrong.append(f"the records in {name} are neither as before nor as after")
            elif status == 0 and rows != after:
                wrong.append(f"success, and nothing saved in {name}")
        return wrong

    def strace(self, command, at, extra, log, env=None):
        line = ["strace", "-f", "-qq", "-o", log, *extra, self.sagitta_path] + command.arguments.split()
        return subprocess.run(line, cwd=at, env=env or self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              stdin=subprocess.DEVNULL, timeout=300)

    def count_calls(self, command, calls):
        """How often a run makes each of these calls: the most that one thread of it does."""
        at = self.folder(command)
        log = at + ".log"
        self.strace(command, at, ["-e", "trace=" + ",".join(calls)], log)
        counts = {}
        with open(log, encoding="utf-8", errors="replace") as file:
            for line in file:
                match = re.match(r"(\d+)\s+(\w+)\(", line)
                if match:
                    key = (match.group(2), match.group(1))
                    counts[key] = counts.get(key, 0) + 1
        os.remove(log)
        shutil.rmtree(at)
        return {name: max(n for (call, _), n in counts.items() if call == name) for name in {c for c, _ in counts}}
