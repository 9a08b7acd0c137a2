# SPDX-License-Identifier: Apache-2.0
# Protects: help, refusals of options and failures speak the terminal's language, whole: no sentence of any command's help
# is the English one, nor one of what is said of files that are missing, damaged or not to be written, of records and of
# tables; no line is too wide for its columns, options and their arguments are the same in every language; LC_ALL comes
# before LC_MESSAGES, an unknown language is English; the manual stays English.
. "$HERE/lib.sh"
need python3

python3 - "$SAGITTA" <<'PYTHON' || fail "a text is not translated, or does not fit"
import os, re, subprocess, sys

program = sys.argv[1]
plain = {k: v for k, v in os.environ.items() if k not in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE")}

def run(words, **locale):
    done = subprocess.run([program, *words], env={**plain, **locale}, capture_output=True, text=True)
    assert "Sanitizer" not in done.stderr and "runtime error" not in done.stderr, (words, done.stderr)
    return done.returncode, done.stdout, done.stderr

english_runs = {}

def plain_run(words):
    """In English, once."""
    key = tuple(words)
    if key not in english_runs:
        english_runs[key] = run(words, LC_ALL="C")
    return english_runs[key]

def flat(text):
    return " ".join(text.split())

def parts_of(text):
    """A help's texts: paragraphs, and the help of each option by its name."""
    head, _, options = text.partition("\n\n  --") if "\n  --" not in text else text.partition("\n  --")
    found = {"paragraph %d" % i: flat(p) for i, p in enumerate(head.split("\n\n"))}
    for row in re.split(r"^  --", options and "  --" + options, flags=re.M)[1:]:
        left, _, right = row.partition("\n") if re.match(r"\S+( \S+)*\n", row) else re.split(r"(  +)", row, maxsplit=1)
        found["--" + left.split()[0]] = flat(right)
    return found

def options_of(text):
    return re.findall(r"^  (--\S+(?: \S+)*)", text, flags=re.M)

overview = run(["help"], LC_ALL="C")[1]
commands = [[w] for w in re.findall(r"^  ([a-z]+) ", overview, flags=re.M) if w != "help"]
for command in list(commands):
    code, _, err = run([*command, "no-such-part"], LC_ALL="C")
    listed = re.search(r"There are: (.*?)\.", flat(err))
    if "no-such-part" in err and listed and command[0] in ("calibrate", "records", "dataset"):
        commands += [[command[0], name.split()[-1]] for name in listed[1].split(", ")]
assert len(commands) > 35, commands

for name, content in (("bad.mp4", "no video\n"), ("empty.mp4", ""), ("bad.csv", "a,b\n1,2\n"), ("empty.csv", ""),
                      ("bad.trc", "nothing\n"), ("bad.json", "{ \"schema\": \"x\" }\n"), ("broken.json", "{"),
                      ("tracks.csv", "# sagitta-tracks/1 width=640 height=480\ntime_s,hip_x\n0,x\n"),
                      ("roster.csv", "client,age\na,5\n")):
    with open(name, "w", encoding="utf-8") as file:
        file.write(content)
assert run(["records", "add", "ana", "--records", "r.db"], LC_ALL="C")[0] == 0
lens = ["calibrate", "lens", "--board", "9x6", "--square", "25mm", "-o", "c.json"]
kept = ["--records", "r.db"]

# What fails when it is done, in every room.
failures = (
    ["analyze", "nope.mp4"], ["analyze", "bad.mp4"], ["analyze", "empty.mp4"], ["analyze", "."],
    ["analyze", "empty.csv"], ["analyze", "tracks.csv"], ["analyze", "bad.trc"], ["analyze", "nope.csv"],
    ["analyze", "bad.csv", "--json", "no/such/r.json"], ["analyze", "bad.mp4", "--markers", "bad.json"],
    ["analyze", "bad.mp4", "--camera", "broken.json"], ["analyze", "bad.mp4", "--clinic", "bad.json", "--report", "r.pdf"],
    ["analyze", "bad.mp4", "--client", "nobody", *kept], ["analyze", "bad.mp4", "--table", "no/such/t.csv"],
    ["analyze", "bad.mp4", "--table", "t.csv", "--roster", "nope.csv"],
    ["analyze", "bad.mp4", "--table", "t.csv", "--roster", "roster.csv"], 
    ["check", "nope.mp4"], ["live", "nope.mp4"], ["proof", "bad.mp4"], lens + ["nope.mp4"],
    ["calibrate", "plane", "bad.mp4", "--ruler", "50", "-o", "c.json"], ["calibrate", "colours", "empty.mp4", "-o", "m.json"],
    ["records", "list", "--records", "nope.db"], ["records", "list", "--records", "bad.mp4"], ["records", "list", "--records", "."],
    ["records", "list", "--key-file", "nope", *kept], ["records", "add", "ana", *kept], ["records", "add", "a b", *kept],
    ["records", "add", "eva", "--birth-year", "2100", *kept], ["records", "show", "nobody", *kept],
    ["records", "show", "--result", "7", *kept], ["records", "edit", "ana", "--height", "20", *kept],
    ["records", "remove", "ana", *kept], ["records", "merge", "ana", "nobody", "--yes", *kept],
    ["records", "move", "7", "ana", "--yes", *kept], ["records", "undo", "--yes", *kept],
    ["records", "backup", "no/such/b.db", *kept], 
    ["records", "recover", "bad.mp4", "-o", "n.db"], ["records", "import", "bad.json", *kept],
    ["records", "repeatability", "ana", "--end", *kept],
    ["records", "export", "--all", "-o", "no/such/e.json", *kept],
    ["history", "nobody", *kept], ["session", "ana", *kept], ["compare", "ana@first", "ana@last", *kept],
    ["compare", "nope.json", "bad.json"], ["report", "nope.json", "-o", "r.pdf"],
    ["report", "broken.json", "-o", "r.pdf"], ["report", "ana@last", "-o", "r.pdf", *kept],
    ["agreement", "nope.csv"], ["agreement", "bad.csv"], ["dataset", "verify", "nope"],
    ["simulate", "--people", "1", "--set", "strip", "--seed", "1", "--test", "prayer", "-o", "d"], ["sheets", "bad.mp4"],
)

bad = []
for locale, usage in (("de_DE.UTF-8", "Aufruf: "), ("es_ES.UTF-8", "Uso: ")):
    for command in [[]] + commands:
        code, english, _ = run(["help", *command], LC_ALL="C")
        other_code, other, err = run(["help", *command], LC_ALL=locale)
        assert (code, other_code, err) == (0, 0, ""), (command, err)
        if usage not in other:
            bad.append((locale, command, "no usage line"))
        bad += [(locale, command, line) for line in other.split("\n") if len(line) > 80 and not line.startswith(usage)]
        if [o.split("  ")[0] for o in options_of(english)] != [o.split("  ")[0] for o in options_of(other)]:
            bad.append((locale, command, "other options"))
        ours, theirs = parts_of(english), parts_of(other)
        if ours.keys() != theirs.keys():
            bad.append((locale, command, sorted(ours.keys() ^ theirs.keys())))
        bad += [(locale, command, key, ours[key]) for key in ours.keys() & theirs.keys() if ours[key] == theirs[key]]

    # One refusal of each kind: what is wrong, what comes after it, and where help is.
    for words in (
        *failures,
        ["analyse"], ["nonsense"], ["--json"], ["analyze"], ["analyze", "--bogus"], ["analyze", "--jsn", "x"],
        ["analyze", "-x"], ["analyze", "--age"], ["analyze", "--age", "1,5"], ["analyze", "--age", "999"],
        ["analyze", "--age", "5", "--age", "6"], ["analyze", "--jobs", "1.5"], ["analyze", "--all-columns=1"],
        ["analyze", "a.mp4", "--test", "toe-tuch"], ["analyze", "a.mp4", "--language", "xx"],
        ["analyze", "a.mp4", "--pick", "hip"], ["analyze", "a.mp4", "--pick", "hop=1,2"], ["analyze", "t.csv", "--rate", "5"],
        ["analyze", "a.mp4", "--map", "hip"], ["analyze", "a.mp4", "--json", "-", "--tracks", "-"],
        ["analyze", "a.mp4", "--overlay", "-"], ["analyze", "a.mp4", "--c3d", "m.c3d"], ["analyze", "a.mp4", "--sex", "x"],
        ["analyze", "a.mp4", "--before"], ["analyze", "a.mp4", "--report", "r.doc"], ["analyze", "a.mp4", "--simd", "no"],
        ["analyze", "a.mp4", "--side", "up"], ["analyze", "a.mp4", "--debug", "d"], ["analyze", "/dev/video9"],
        ["records"], ["records", "lst"], ["records", "add"], ["records", "add", "a", "b"], ["records", "export"],
        ["records", "edit"], ["records", "add", "A", "--sex", "x"], ["records", "merge", "A"],
        ["calibrate"], ["calibrate", "plane"], ["calibrate", "lens"], ["calibrate", "lens", "x", "--board", "9"],
        ["calibrate", "plane", "x.png", "--board", "9x6"], ["check"], ["proof"], ["live"], ["live", "-"], ["compare"],
        ["compare", "a.json", "--paper", "a5", "-o", "x.pdf"], ["history"], ["history", "A", "--test", "no"], ["report"],
        ["report", "a.json"], ["session"], ["agreement"], ["dataset"], ["dataset", "pack"], ["simulate"],
        ["simulate", "--seed", "x"], ["serve", "--camera", "/no"], ["sheets"], ["tests", "toe"], ["cpu", "x"], ["help", "--manual"],
    ):
        code, _, english = plain_run(words)
        other_code, _, other = run(words, LC_ALL=locale)
        assert code == other_code and english, words
        ends = r"(?<=[.?!])\s+"
        ours, theirs = (set(re.split(ends, flat(t))) for t in (english, other))
        for same in ours & theirs:
            bad.append((locale, words, same))
for row in bad:
    print(*row)
assert not bad

german = run(["analyze", "--bogus"], LC_ALL="de_DE.UTF-8")[2]
assert "Eine Option --bogus gibt es nicht." in german
assert run(["analyze", "--bogus"], LC_MESSAGES="de_DE.UTF-8")[2] == german
assert run(["analyze", "--bogus"], LANG="de_DE.UTF-8")[2] == german
assert run(["analyze", "--bogus"], LANG="es_ES.UTF-8", LC_MESSAGES="de_DE.UTF-8")[2] == german
assert "There is no option" in run(["analyze", "--bogus"], LC_ALL="C", LC_MESSAGES="de_DE.UTF-8")[2]
assert "There is no option" in run(["analyze", "--bogus"], LC_ALL="fr_FR.UTF-8")[2]
PYTHON

expect 0 env LC_ALL=C "$SAGITTA" help --manual english
expect 0 env LC_ALL=de_DE.UTF-8 "$SAGITTA" help --manual german
diff -r english german >out 2>err || fail "the manual depends on the terminal's language"
