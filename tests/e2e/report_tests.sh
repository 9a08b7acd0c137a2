# SPDX-License-Identifier: Apache-2.0
# Protects: every movement test has a report that can be handed over: its sentence, its picture, its numbers, its norms;
# for whoever faces left, bends little, bends once or twelve times; with a history where there is one.
. "$HERE/lib.sh"
need python3 pdftotext pdffonts

pdf() { python3 "$HERE/report_pdf.py" "$@" >out 2>err || fail "report_pdf.py $1"; }
html() { python3 "$HERE/report_html.py" structure "$@" >out 2>err || fail "report_html.py $1"; }

# recorded NAME [OPTION…]: NAME.csv, tracks as a perfect tracker would have them.
recorded() {
  name=$1
  shift
  "$RENDER" --truth "$name.truth.csv" --set clinic --ankle --hand --ruler 40 --size 320x180 --fps 25 "$@" \
    >/dev/null 2>&1 || fail "$name is not rendered"
  python3 "$HERE/truth_tracks.py" "$name.truth.csv" "$name.csv" || fail "$name has no tracks"
}

# reported NAME PAGES TEXT… -- OPTION…: its result, and the reports that say TEXT.
reported() {
  name=$1 pages=$2
  shift 2
  count=$#
  texts=
  for word in "$@"; do
    [ "$word" = -- ] && break
    texts="$texts$word|"
    count=$((count - 1))
  done
  shift $(($# - count + 1))
  expect 0 "$SAGITTA" analyze "$name.csv" --json "$name.json" --report "$name.html" "$@"
  expect 0 "$SAGITTA" report "$name.json" --tracks "$name.csv" -o "$name.pdf"
  sentence=$(python3 "$HERE/result.py" get "$name.json" verdict.sentence)
  oldifs=$IFS
  IFS='|'
  # shellcheck disable=SC2086 # parts are wanted
  set -- $texts
  IFS=$oldifs
  pdf "$name.pdf" 2 "$pages" "$sentence" "$@"
  html "$name.html" "$sentence" "$@"
}

recorded sit --movement sit-and-reach --reps 1
reported sit 2 'You reached' 'That is further than' 'YMCA' "ACSM's Guidelines" -- --test sit-and-reach --ruler 40 --age 30 --sex f
recorded raise --movement straight-leg-raise --reps 1
reported raise 2 'Your leg rose by' 'Leg raised' -- --test straight-leg-raise
recorded knee --movement knee-extension --reps 1
reported knee 2 'Missing to a straight knee' -- --test knee-extension
recorded hold --movement supported-stretch --reps 1
reported hold 2 'You held the stretch for' -- --test supported-stretch
recorded stages --movement supported-stretch --reps 1 --bent 10
reported stages 2 'You held the stretch for' 'with the knee bent' 'knee straight' -- --test supported-stretch
recorded open --movement supported-stretch --reps 1 --set discs --pelvis 24 --lumbar 26
reported open 2 'cannot be told' 'strips of tape' -- --test supported-stretch
recorded bow --movement waiters-bow
reported bow 2 'With the back straight your hips bent by' 'lower back probably stayed' 'At 50° of the hips' -- --test waiters-bow
recorded freely --movement squat
reported freely 2 'Knee flexion' 'Ribs turned' 'Greatest °' 'Least angle' -- --test free
recorded left --facing left --reps 1 --pelvis 60 --lumbar 70
reported left 2 'Facing left' 'Your lower back rounded by' 'with 3 the mean is steadier' --
recorded small --reps 1 --pelvis 25 --lumbar 12
reported small 2 'too small to say' 'Bend further' --
recorded many --reps 12 --stand 1 --down 0.8 --hold 0.3 --up 0.8 --pause 0.5
reported many 4 'Mean of 12' 'Repetition 12' 'Move more slowly' --
cp many.csv floor.csv
reported floor 4 'Fingertips above the floor' 'Above floor' -- --test fingertip-to-floor --ruler 40
# Three repetitions with the reach as well are still one page for the client and one for the professional; of a test of
# the leg the chart shows the leg.
recorded three --reps 3
reported three 3 'Mean of 3' 'Reach' 'Hips went back' 'How to read it' -- --ruler 40
expect 0 "$SAGITTA" report raise.json --tracks raise.csv -o raise.html
grep -q 'Leg raised, the solid line, reaches' raise.html || fail "the chart of a leg raise does not show the leg"
recorded still --reps 1 --stand 8 --pause 8
reported still 2 'Pelvis strip leaned by' 'Stood quietly' -- --test standing-posture

# Four visits: the history with what counts as a change, pain, and the words to see a clinician first.
XDG_DATA_HOME=$work/data
export XDG_DATA_HOME
expect 0 "$SAGITTA" records add ana --name 'Ana <b>Müller</b>' --birth-year 1984
expect 0 "$SAGITTA" records questions
sed 's/null/false/' out >no.json
sed '0,/null/s//true/; s/null/false/' out >yes.json
n=0
for pelvis in 50 56 62 74; do
  n=$((n + 1))
  recorded "v$n" --reps 1 --pelvis "$pelvis" --lumbar 45
  expect 0 "$SAGITTA" analyze "v$n.csv" --client ana --date "2026-0$n-15" --pretest no.json --json "v$n.json"
done
recorded v5 --reps 1 --pelvis 73 --lumbar 44
expect 0 "$SAGITTA" analyze v5.csv --client ana --date 2026-05-15 --pretest yes.json --force --pain 4 --before \
  --report visit.html --json visit.json
html visit.html 'Ana <b>Müller</b>' 'Through the visits' 'Since 15 January 2026' 'a real change' \
  'may be measurement error' 'See a clinician first' 'before the treatment' 'Pain during the movement: 4 of 10'
expect 0 "$SAGITTA" report v4.json --tracks v4.csv --client ana -o visit.pdf
pdf visit.pdf 2 3 'Ana <b>Müller</b> (ana)' '15 April 2026' 'Since 15 January 2026' 'a real change'
# A report of the second visit knows nothing of the later ones, and none of another person's.
expect 0 "$SAGITTA" report v2.json --client ana -o second.pdf
pdf second.pdf 2 3 '15 February 2026'
pdftotext second.pdf - | grep -q 'a real change' && fail "a report knows the future"
expect 2 "$SAGITTA" report v2.json --client nobody -o none.pdf
says_something
[ -e none.pdf ] && fail "a report of nobody"
expect 0 "$SAGITTA" report v2.json -o warned.pdf --pretest yes.json
pdf warned.pdf 2 3 'See a clinician first'

# What a client takes home is one page, on either paper, in the languages with longer words.
for language in de es; do
  expect 0 "$SAGITTA" records add $language --name 'Ana Müller' --birth-year 1984
  for n in 1 2 3; do
    expect 0 "$SAGITTA" analyze "v$n.csv" --client $language --date "2025-0$n-15" --pretest no.json --pain $((8 - n)) --language $language
  done
  for paper in a4 letter; do
    expect 0 "$SAGITTA" report $language@last -o visits.pdf --page client --paper $paper
    [ "$(pdfinfo visits.pdf | sed -n 's/^Pages: *//p')" = 1 ] || fail "the client's page has several pages: $language, $paper"
  done
done
