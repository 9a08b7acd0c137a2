# SPDX-License-Identifier: Apache-2.0
# Protects: a class or a cohort goes into one table, one line a file in the order of the names, whatever --jobs is and
# whatever single files do; what was measured is not measured again, even where the run was killed.
. "$HERE/lib.sh"
need python3

batch() {
  python3 "$HERE/batch.py" "$@" || fail "batch.py $*"
}

cell() {
  python3 "$HERE/batch.py" cell "$@" || fail "no cell $*"
}

# What is in the table already is told.
already() {
  grep -q "$1 were in the table already" out || fail "$1 files should have been in the table"
}

mkdir class
clip() {
  "$RENDER" -o "$1" --set "$2" --size 640x360 --fps 12 --reps 1 --stand 1 --down 1.6 --hold 0.7 --up 1.6 --pause 0.6 \
    >/dev/null 2>&1 || fail "$1 is not rendered"
}
clip class/anna.mp4 clinic
clip 'class/Ünal, b.mp4' strip
clip class/10.mp4 discs
"$SAGITTA" analyze class/anna.mp4 --tracks class/t.csv --json one.json >/dev/null 2>err || fail "clinic"
"$SAGITTA" analyze class/t.csv --height 170 --tracks class/t.trc >/dev/null 2>err || fail "TRC"
head -c 3000 class/anna.mp4 >class/broken.mp4
: >class/empty.mov
echo 'not a recording' >class/notes.txt
echo 'a,b' >class/table.csv

# A folder: videos and tracks; pictures, notes and other tables are none.
expect 0 "$SAGITTA" analyze class --table made/a.csv --jobs 1
[ -s err ] && fail "something is on standard error: no terminal, no progress"
grep -q '5 of 7 files could be measured' out || fail "the count"
grep -q '^broken .*Again, because: ' out || fail "a failure is not listed"
grep -q '^anna .*°.*%.*: ' out || fail "a line for anna"
batch whole made/a.csv class/10.mp4 class/anna.mp4 class/broken.mp4 class/empty.mov class/t.csv class/t.trc \
  'class/Ünal, b.mp4'
batch as made/a.csv class/anna.mp4 one.json
batch formats made/a.csv "$FORMATS"
[ "$(cell made/a.csv class/broken.mp4 exit)" = 3 ] && [ "$(cell made/a.csv class/empty.mov exit)" = 3 ] || fail "exits"
[ "$(ls made)" = a.csv ] || fail "left beside the table: $(ls made)"

# The same bytes at any number of jobs, in any order of the words and in any locale.
for jobs in 1 3; do
  expect 0 env LC_ALL=de_DE.UTF-8 "$SAGITTA" analyze class --jobs $jobs --table made/b.csv
  same made/a.csv made/b.csv
  rm made/b.csv
done
expect 0 "$SAGITTA" analyze class/t.trc class/t.csv class/anna.mp4 class/anna.mp4 --table made/c.csv
batch whole made/c.csv class/anna.mp4 class/t.csv class/t.trc
expect 0 "$SAGITTA" analyze class --table -
grep -q 'files could be measured' err || fail "the summary belongs on standard error"
same made/a.csv out

# Again: nothing is measured; another setting, or another file of that name, is; lines of other files stay.
expect 0 "$SAGITTA" analyze class --table made/a.csv
already 7
expect 0 "$SAGITTA" analyze class/t.csv class/anna.mp4 --table made/a.csv
already 2
batch whole made/a.csv class/10.mp4 class/anna.mp4 class/broken.mp4 class/empty.mov class/t.csv class/t.trc \
  'class/Ünal, b.mp4'
cp made/a.csv before.csv
expect 0 "$SAGITTA" analyze class/t.csv --table made/a.csv --seconds 5 --height 170
grep -q 'already' out && fail "another setting is another measurement"
expect 0 "$SAGITTA" analyze class/t.csv --table made/a.csv
cp class/anna.mp4 class/broken.mp4
expect 0 "$SAGITTA" analyze class --table made/a.csv
already 6
[ "$(cell made/a.csv class/broken.mp4 exit)" = 0 ] || fail "a repaired file is measured anew"

# A recording that comes through a pipe keeps its worker waiting for as long as the test needs.
mkdir many
for i in 1 2 3 4 5 6; do cp class/t.csv many/$i.csv; done
cp class/t.csv tail.csv
expect 0 "$SAGITTA" analyze many tail.csv --table made/whole.csv

# waiting TABLE: runs until all but tail.csv are in the journal, and its worker waits; sets run and worker.
waiting() {
  rm -f tail.csv
  mkfifo tail.csv
  "$SAGITTA" analyze many tail.csv --jobs 2 --table "$1" >waited 2>&1 &
  run=$!
  for _ in $(seq 600); do
    [ "$(cat "$1.partial" 2>/dev/null | wc -l)" -eq 7 ] && break
    sleep 0.1
  done
  [ "$(wc -l <"$1.partial")" -eq 7 ] || fail "the journal does not fill"
  worker=$(ps -o pid= --ppid $run | tr -d ' ')
  [ -n "$worker" ] || fail "no worker waits"
}

# whole_again TABLE: with the recording in its place, only that one is measured.
whole_again() {
  rm -f tail.csv
  cp class/t.csv tail.csv
  expect 0 "$SAGITTA" analyze many tail.csv --table "$1"
  already 6
  python3 - "$1" made/whole.csv <<'END' || fail "$1 is another table"
import csv, sys
a, b = ([{k: v for k, v in row.items() if k != "modified_s"} for row in csv.DictReader(open(n, encoding="utf-8"))] for n in sys.argv[1:])
sys.exit(a != b)
END
  [ ! -e "$1.partial" ] || fail "the journal stays"
}

if command -v ps >/dev/null; then
  # A run that is killed goes on where it was; its workers end with it. Half a line at the end is none.
  waiting made/k.csv
  kill -9 $run
  wait $run 2>/dev/null
  [ ! -e made/k.csv ] || fail "half a table stands under its name"
  for _ in $(seq 100); do
    [ -d "/proc/$worker" ] || break
    sleep 0.1
  done
  [ ! -d "/proc/$worker" ] || fail "worker $worker goes on without the run"
  printf 'many/1.csv,half a li' >>made/k.csv.partial
  whole_again made/k.csv

  # Two at once would write over each other.
  waiting made/two.csv
  expect 2 "$SAGITTA" analyze many --table made/two.csv
  says 'Another run'
  # A worker that crashes takes its own line with it and no other; the next run tries again.
  kill -9 "$worker"
  wait $run || fail "a crash ends the batch"
  batch whole made/two.csv many/1.csv many/2.csv many/3.csv many/4.csv many/5.csv many/6.csv tail.csv
  [ "$(cell made/two.csv tail.csv exit)" = 137 ] || fail "the crash is not in its line"
  grep -q 'broke off' waited || fail "the crash is not told"
  whole_again made/two.csv

  # Interrupted by the keyboard, politely: the journal stays, nothing else.
  waiting made/int.csv
  kill -TERM $run
  wait $run
  [ $? -eq 143 ] || fail "an interrupted run ends otherwise"
  [ "$(find made -name 'int*' | wc -l)" -eq 1 ] || fail "left behind: $(ls made)"
  whole_again made/int.csv
fi

# The roster: age and sex for norms, by path, name or name without ending; spreadsheets' own ways of writing.
"$RENDER" --truth s.csv --movement sit-and-reach --set clinic --ankle --hand --ruler 40 --reps 1 --size 320x180 \
  --fps 15 >/dev/null 2>&1 || fail "sit-and-reach"
mkdir school
for name in ada bo cy dee; do python3 "$HERE/truth_tracks.py" s.csv school/$name.csv || fail "truth_tracks"; done
printf '\357\273\277File;client;Age;sex;group\r\nada;"K;1";34,5;F;x\r\nschool/bo.csv;K2;9;male;x\r\ncy.csv;;40;;x\r\nzoe.mp4;K9;3;f;x\r\n' \
  >roster.csv
expect 0 "$SAGITTA" analyze school --test sit-and-reach --ruler 40 --table made/s.csv --roster roster.csv
tr '\n' ' ' <err | grep -q 'zoe.mp4' || fail "a name that is no file is not told"
tr '\n' ' ' <err | grep -q 'dee.csv' || fail "a file that is not in the roster is not told"
grep -q 'group' err || fail "a column that is not used is not told"
batch whole made/s.csv school/ada.csv school/bo.csv school/cy.csv school/dee.csv
[ "$(cell made/s.csv school/ada.csv client)" = 'K;1' ] && [ "$(cell made/s.csv school/ada.csv age_years)" = 34.50 ] &&
  [ "$(cell made/s.csv school/ada.csv sex)" = f ] || fail "the roster's columns"
cell made/s.csv school/ada.csv norm | grep -q 'YMCA, women' || fail "no norm for ada"
cell made/s.csv school/bo.csv norm | grep -q '^none: ' || fail "nothing says that there is no norm at nine"
[ -z "$(cell made/s.csv school/bo.csv percentile)" ] || fail "a percentile without a norm"
for name in ada bo cy dee; do
  [ -n "$(cell made/s.csv school/$name.csv score_ymca_in)" ] && [ -n "$(cell made/s.csv school/$name.csv reach_cm)" ] ||
    fail "no score for $name"
done
"$SAGITTA" analyze school/ada.csv --test sit-and-reach --ruler 40 --age 34.5 --sex f --json ada.json >/dev/null 2>&1
batch as made/s.csv school/ada.csv ada.json
# Another age is another measurement, for that file alone.
printf 'file,client,age,sex\nada,"K;1",34.5,f\nbo,K2,10,m\ncy,,40,\n' >roster.csv
expect 0 "$SAGITTA" analyze school --test sit-and-reach --ruler 40 --table made/s.csv --roster roster.csv
already 3

bad_roster() {
  printf "$1" >roster.csv
  expect 3 "$SAGITTA" analyze school --table made/r.csv --roster roster.csv
  shift
  says "$@"
  [ -e made/r.csv ] || [ -e made/r.csv.partial ] && fail "something was begun"
}
bad_roster '' 'empty'
bad_roster 'name,age\nada,3\n' 'column "file"'
bad_roster 'file,age\nada,young\n' 'line 2' 'young'
bad_roster 'file,age,sex\nada,34,x\n' 'line 2' 'f or m'
bad_roster 'file,age\nada,34\nschool/ada.csv,35\n' 'line 3' 'twice'
bad_roster 'file,age,file\n' 'twice'
bad_roster 'file,age\n"ada,34\n' 'quotation'
bad_roster 'file,client,height_cm,age\nada,K,163,5,34\n' 'line 2' '5 cells' '4 columns'
bad_roster 'file,height_cm\nada,163 cm\n' 'line 2' '163 cm'
bad_roster 'file,map\nada,hip=RGTRO\n' 'line 2' 'another program'
bad_roster 'PK\003\004\000\000' 'CSV UTF-8'
bad_roster 'file;age\nM\201ller.csv;34\n' 'CSV UTF-8'                  # a code page of DOS
bad_roster 'file;age\nM\237ller.csv;34\nada;35\n' 'line 2' 'Windows-1252' # and one of the Macintosh
bad_roster '\357\273\277file;age\nM\374ller.csv;34\n' 'CSV UTF-8'
expect 3 "$SAGITTA" analyze school --table made/r.csv --roster nowhere.csv
says 'nowhere.csv'

# As spreadsheets of other countries save it: every coding gives the same, or is refused by its name.
mkdir anders
cp school/ada.csv "anders/Müller.csv"
cp school/bo.csv "anders/Łukasz Ğ.csv"
roster='file;client;age;sex;height_cm\r\nMüller.csv;Käthe;34,5;f;163,5\r\n'
for coding in WINDOWS-1252 UTF-8 UTF-16LE UTF-16BE; do
  for mark in '' '\357\273\277'; do
    [ "$mark" ] && [ $coding = WINDOWS-1252 ] && continue
    printf "$mark$roster" | iconv -f UTF-8 -t $coding >roster.csv || fail "iconv"
    rm -f made/u.csv
    expect 0 "$SAGITTA" analyze anders --test sit-and-reach --ruler 40 --table made/u.csv --roster roster.csv
    [ "$(cell made/u.csv anders/Müller.csv client)" = 'Käthe' ] && [ "$(cell made/u.csv anders/Müller.csv sex)" = f ] &&
      [ "$(cell made/u.csv anders/Müller.csv age_years)" = 34.50 ] || fail "the roster in $coding"
    grep -q 'Windows-1252' err && [ $coding != WINDOWS-1252 ] && fail "taken for another coding"
    [ $coding = WINDOWS-1252 ] && ! grep -q 'Windows-1252' err && fail "nothing says how it was read"
  done
done
printf 'sep=;\nfile;age;sex\nŁukasz Ğ;34,5;m\n' | iconv -f UTF-8 -t UTF-16LE >roster.csv
rm -f made/u.csv
expect 0 "$SAGITTA" analyze anders --test sit-and-reach --ruler 40 --table made/u.csv --roster roster.csv
[ "$(cell made/u.csv 'anders/Łukasz Ğ.csv' sex)" = m ] || fail "a roster that begins with sep="

# The markers of files of other systems, each by its own names.
mkdir labor
"$SAGITTA" analyze "$FIXTURES/strip.mp4" --height 172 --tracks labor/a.trc --c3d labor/b.c3d >/dev/null 2>&1 || fail "markers in mm"
sed '4s/shoulder/RSHO/; 4s/knee/RKNE/; 4s/hip_a/RTRO/; 4s/hip_b/RILC/' labor/a.trc >labor/c.trc
printf 'file,map\nc.trc,"shoulder=RSHO,knee=RKNE,hip_a=RTRO,hip_b=RILC"\nb,"shoulder=shoulder,hip=hip_a,knee=knee"\n' >roster.csv
expect 0 "$SAGITTA" analyze labor --table made/m.csv --roster roster.csv
for name in a.trc b.c3d c.trc; do [ "$(cell made/m.csv labor/$name exit)" = 0 ] || fail "$name: not measured"; done
[ "$(cell made/m.csv labor/c.trc hip_hinge_deg)" = "$(cell made/m.csv labor/a.trc hip_hinge_deg)" ] || fail "the map of the roster"
[ "$(cell made/m.csv labor/b.c3d marker_set)" = discs ] && [ "$(cell made/m.csv labor/c.trc marker_set)" = strip ] ||
  fail "each file has its own map"
printf 'file,map\nc.trc,neck=RSHO\n' >roster.csv
expect 3 "$SAGITTA" analyze labor --table made/n.csv --roster roster.csv
says 'line 2' 'neck'

# Pictures of a folder are one sequence; with videos they are a mistake.
mkdir frames mixed nothing
"$RENDER" -o frames/%03d.png --set strip --codec png --size 320x180 --fps 10 --reps 1 >/dev/null 2>&1 || fail "pictures"
expect 0 "$SAGITTA" analyze frames class/t.csv --rate 10 --table made/p.csv
batch whole made/p.csv class/t.csv frames
cp frames/001.png class/anna.mp4 mixed 2>/dev/null || cp frames/000.png class/anna.mp4 mixed
expect 2 "$SAGITTA" analyze mixed --table made/m.csv
says 'pictures and videos'
expect 3 "$SAGITTA" analyze nothing --table made/m.csv
says 'no videos'
expect 0 "$SAGITTA" analyze nowhere.mp4 class/t.csv --table made/m.csv
[ "$(cell made/m.csv nowhere.mp4 exit)" = 3 ] || fail "a file that is not there"

# What does not go together, and a file that is not ours: nothing is touched.
expect 2 "$SAGITTA" analyze class --jobs 2
says '--table'
expect 2 "$SAGITTA" analyze class --roster roster.csv
says '--table'
for option in json tracks angles c3d fhir overlay; do
  expect 2 "$SAGITTA" analyze class --table made/x.csv --$option made/x.$option
  says "--$option"
done
expect 2 "$SAGITTA" analyze - --table made/x.csv
expect 2 "$SAGITTA" analyze class/t.csv --table class/t.csv
says 'overwrite'
cp class/table.csv mine.csv
expect 2 "$SAGITTA" analyze class --table mine.csv
says 'mine.csv' 'another name'
same class/table.csv mine.csv
expect 4 "$SAGITTA" analyze class/t.csv --table nowhere/x.csv
says 'nowhere'
expect 4 "$SAGITTA" analyze class/t.csv --table made
says 'folder'
expect 4 "$SAGITTA" analyze class/t.csv --table /dev/full
# A disk that fills up: what was measured before stays, and is not measured again.
(ulimit -f 8 2>/dev/null && "$SAGITTA" analyze many tail.csv --table made/full.csv --jobs 1 >out 2>err)
[ $? -eq 4 ] || fail "a full disk"
says 'partial'
[ -e made/full.csv ] && fail "half a table"
expect 0 "$SAGITTA" analyze many tail.csv --table made/full.csv
grep -q 'already' out || fail "what was measured before the disk was full is measured again"

# Columns that are empty in every line are left out, and a table without them is gone on with.
head -1 made/c.csv | grep -q reason && fail "all were measured: there is nothing to give a reason for"
head -1 made/s.csv | grep -q hip_angle_deg && fail "an empty column"
rm made/c.csv
expect 0 "$SAGITTA" analyze class/t.csv class/anna.mp4 --table made/c.csv --all-columns
head -1 made/c.csv | grep -q ',reason,.*hip_angle_deg,' || fail "--all-columns"
expect 0 "$SAGITTA" analyze class/t.csv class/anna.mp4 --table made/c.csv
already 2
head -1 made/c.csv | grep -q reason && fail "empty columns of an older table stay"

# One that could not be measured: the exit status says it where that is asked for, and the table is whole.
expect 1 "$SAGITTA" analyze class/t.csv nowhere.mp4 --table made/strict.csv --strict
batch whole made/strict.csv class/t.csv nowhere.mp4
expect 0 "$SAGITTA" analyze class/t.csv --table made/strict.csv --strict

# The class on a sheet, and on the terminal in the same order: by name, or the furthest first.
printf 'file,client,age,sex\nada,Zoë <b>,34.5,f\nbo,Bo,9,m\ncy,,40,\ndee,Dee,40,f\n' >roster.csv
python3 - <<'END' || fail "a shorter reach"
rows = open("school/cy.csv", encoding="utf-8").read().splitlines()
names = rows[1].split(",")
at = names.index("hand_x")
out = rows[:2]
for row in rows[2:]:
    cells = row.split(",")
    if cells[at]:
        cells[at] = f"{float(cells[at]) - 6:.3f}"
    out.append(",".join(cells))
open("school/dee.csv", "w", encoding="utf-8").write("\n".join(out) + "\n")
END
head -c 200 school/bo.csv >school/bad.csv
for language in en de es; do
  case $language in
    en) again='Again, because' ;;
    de) again='Noch einmal, weil' ;;
    es) again='Otra vez, porque' ;;
  esac
  for sort in name score; do
    expect 0 env LC_ALL=C LC_MESSAGES= "$SAGITTA" analyze school --test sit-and-reach --ruler 40 --table made/k.$language.csv \
      --roster roster.csv --report made/$sort.$language.html --sort $sort --language $language
    python3 "$HERE/class_sheet.py" made/k.$language.csv made/$sort.$language.html $sort "$again" ||
      fail "the sheet in $language, by $sort"
  done
  expect 0 "$SAGITTA" analyze school --test sit-and-reach --ruler 40 --table made/k.$language.csv --roster roster.csv \
    --report made/k.$language.pdf --sort score --language $language --paper letter
  if command -v pdftotext >/dev/null; then
    pdftotext -layout made/k.$language.pdf sheet.txt
    grep -q "$again" sheet.txt && grep -q 'Zoë <b>' sheet.txt || fail "the sheet on paper in $language"
  fi
done
[ "$(grep -n '^Dee ' out | cut -d: -f1)" -gt "$(grep -n '^cy ' out | cut -d: -f1)" ] || fail "the shorter reach comes later"
expect 2 "$SAGITTA" analyze school --sort name
says '--table'
expect 2 "$SAGITTA" analyze school --table made/x.csv --sort age
says 'name or score'
expect 2 "$SAGITTA" analyze school --table made/x.csv --report made/x.docx
expect 2 "$SAGITTA" analyze school --table made/x.csv --report made/x.csv
expect 4 "$SAGITTA" analyze school --table made/x.csv --report nowhere/x.pdf
[ -e made/x.csv ] && fail "measured for a sheet that cannot be written"

# On a terminal there is a bar with the time left.
if command -v script >/dev/null; then
  TERM=xterm script -qec "'$SAGITTA' analyze many --table made/term.csv --jobs 1" /dev/null >screen </dev/null ||
    fail "on a terminal"
  grep -q 'Measuring' screen && grep -q '%' screen || fail "no progress on a terminal"
fi
exit 0
