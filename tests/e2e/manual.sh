# SPDX-License-Identifier: Apache-2.0
# Protects: the manual says what the parser knows. Man pages, completions and OPTIONS.md are made from the table that
# --help prints: each option of each command stands in all of them and none beside; shells and groff take them; the same
# program makes the same bytes; and the tree's own documents name no option that there is not.
. "$HERE/lib.sh"
: "${SOURCES:?}"
need python3

expect 0 "$SAGITTA" help --manual m
expect 0 "$SAGITTA" help --manual again
diff -r m again >out 2>err || fail "two manuals differ"
misuse 'Where shall the manual go' help --manual
expect 4 "$SAGITTA" help --manual /proc/no
says_something

# What --help says of every command and part.
"$SAGITTA" help | sed -n 's/^  \([a-z]*\) .*/\1/p' | grep -v '^help$' >commands
for command in $(cat commands); do
  "$SAGITTA" "$command" --help >"help.$command" || fail "no help on $command"
  parts=$(sed -n "s/^complete -c sagitta -f -n '__fish_seen_subcommand_from $command; and test .* -a \([a-z]*\) -d.*/\1/p" m/fish/sagitta.fish)
  for part in $parts; do "$SAGITTA" "$command" "$part" --help >"help.$command $part" || fail "no help on $command $part"; done
done
python3 - m "$SOURCES" <<'PYTHON' || fail "the manual and the help disagree"
import glob, re, sys
from pathlib import Path
folder, tree = Path(sys.argv[1]), Path(sys.argv[2])
good = True
def wrong(*words):
    global good
    good = False
    print(*words)
helped = {p[5:]: set(re.findall(r"^  --([a-z0-9-]+)", Path(p).read_text(), re.M)) for p in glob.glob("help.*")}
if len(helped) < 20 or any(not {"help", "version"} <= options for options in helped.values()):
    wrong("the help was not read:", {k: len(v) for k, v in helped.items()})
markdown = {}
for block in re.split(r"^#(?=##? )", (folder / "OPTIONS.md").read_text(), flags=re.M)[1:]:
    name = re.match(r"# `sagitta ([a-z]+)" if block[1] == " " else r"## `sagitta ([a-z]+ [a-z]+)", block).group(1)
    markdown[name] = set(re.findall(r"^\| `--([a-z0-9-]+)", block, re.M))
if markdown != helped:
    wrong("OPTIONS.md:", {k: helped.get(k, set()) ^ markdown.get(k, set()) for k in set(helped) | set(markdown)})
bash, zsh, fish = ((folder / p).read_text() for p in ("bash/sagitta", "zsh/_sagitta", "fish/sagitta.fish"))
for name, options in helped.items():
    command, _, part = name.partition(" ")
    page = (folder / f"man1/sagitta-{command}.1").read_text().replace("\\-", "-")
    for option in options:
        if f".TP\n\\fB--{option}\\fR" not in page:
            wrong("man page of", name, "lacks", option)
    own = re.search(rf"^ +'{name}'\)\n +options='([^']*)'", bash, re.M)
    in_zsh = re.search(rf"^ +\('{name}'\)\n(.*?);;", zsh, re.M | re.S)
    if not own:  # a command of parts has no options of its own but help
        if not any(k.startswith(name + " ") for k in helped):
            wrong("bash knows nothing of", name)
        continue
    if set(own.group(1).split()) != {f"--{o}" for o in options | {"no-sandbox"}}:
        wrong("bash:", name, own.group(1))
    if set(re.findall(r"'\*?--([a-z0-9-]+)\[", in_zsh.group(1))) != options | {"no-sandbox"}:
        wrong("zsh:", name)
    seen = rf"__fish_seen_subcommand_from {command}" + (rf"; and __fish_seen_subcommand_from {part}" if part else "")
    if set(re.findall(rf"^complete -c sagitta -n '{seen}' -l ([a-z0-9-]+)", fish, re.M)) - {"no-sandbox"} != options:
        wrong("fish:", name)
# The tree's documents: an option in a line that is about sagitta.
known = set().union(*helped.values()) | {"no-sandbox", "manual"}
for path in [tree / "README.md", tree / "SECURITY.md", *(tree / "app").rglob("*.md"), *(tree / "include").rglob("*.md"),
             tree / "cv/body/METHOD.md", *(tree / "docs").rglob("*.md")]:
    for option in re.findall(r"(?<![\w-])--([a-z][a-z0-9-]*)",
                             re.sub(r"^.*(?:cmake |pkg-config ).*$", "", path.read_text(), flags=re.M)):
        if option not in known | {"nonsense"}:
            wrong(path, "names --" + option)
sys.exit(not good)
PYTHON

bash -n m/bash/sagitta || fail "bash does not take its completion"
bash -c '. m/bash/sagitta; COMP_WORDS=(sagitta analyze --backg); COMP_CWORD=2; _sagitta; printf "%s\n" "${COMPREPLY[@]}"' >out
grep -qx -- --background out || fail "bash completes nothing"
bash -c '. m/bash/sagitta; COMP_WORDS=(sagitta records add --key); COMP_CWORD=3; _sagitta; printf "%s\n" "${COMPREPLY[@]}"' >out
grep -qx -- --key-file out || fail "bash does not complete a part"
if command -v zsh >/dev/null; then zsh -n m/zsh/_sagitta || fail "zsh does not take its completion"; fi
if command -v fish >/dev/null; then
  fish -n m/fish/sagitta.fish || fail "fish does not take its completion"
  HOME=$work XDG_CONFIG_HOME=$work/config fish -c "source m/fish/sagitta.fish; complete -C 'sagitta analyze --backg'" >out
  grep -q -- '--background' out || fail "fish completes nothing"
fi
if command -v groff >/dev/null; then
  for page in m/man1/*.1; do
    groff -man -Tutf8 -K utf8 -ww "$page" >out 2>err || fail "groff does not take $page"
    if [ -s err ]; then fail "groff complains of $page"; fi
  done
fi
