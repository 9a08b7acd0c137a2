# SPDX-License-Identifier: Apache-2.0
# Protects: what a table of ours and a reference say together: the lines that belong together are found, by file or by
# client and trial, whatever spreadsheet wrote them; the readings of inclinometers become our quantities; the figures
# are those of the papers' own data; a line that could be another's is refused; pages are whole, in each language.
. "$HERE/lib.sh"
need python3 pdftotext

# figure QUANTITY NAME: value, low and high in the table of figures.
figure() { grep "^$1,$2," figures.csv | cut -d, -f3-5; }
# is QUANTITY NAME VALUES: value, low, high, or the first of them.
is() {
  got=$(figure "$1" "$2")
  case "$got," in
  "$3,"*) ;;
  *) fail "$1 $2 is $got instead of $3" ;;
  esac
}
told() { tr -s '\n ' ' ' <out | grep -Eq -- "$1" || fail "'$1' is not told"; }

python3 - <<'END'
# Peak flow: Bland & Altman 1986, table 1, first readings.
large = [494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427]
mini = [512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451]
with open("flow.csv", "w") as flow:
    flow.write("subject,large,mini\n")
    for i, pair in enumerate(zip(large, mini)):
        flow.write(f"{i},{pair[0]},{pair[1]}\n")
# A reference in a German spreadsheet, two raters a recording, by file; readings of two inclinometers.
comma = lambda value: f"{value:.1f}".replace(".", ",")
with open("ours.csv", "w", encoding="utf-8") as ours, open("reference.csv", "w", encoding="cp1252") as reference:
    ours.write("file,client,exit,pelvic_rotation_deg,pelvic_rotation_deg_low,pelvic_rotation_deg_high,lumbar_share,verdict,lean\n")
    reference.write("file;rater;t12_start_deg;t12_end_deg;s1_start_deg;s1_end_deg;thigh_start_deg;thigh_end_deg;Prüfer\n")
    for client in range(10):
        for trial in range(2):
            pelvis, back = 50 + 3 * client + trial, 55 - 2 * client
            share = back / (back + pelvis)
            label = "more_hips" if share < 0.5 else "more_lower_back"
            low = pelvis - 4 + 8 * (client == 1)
            ours.write(f"/films/c{client} {trial}.MP4,c{client},{int((client, trial) == (3, 1))},{pelvis + 2},{low},"
                       f"{pelvis + 8},{share:.4f},{label},{label}\n")
            for rater, off in (("A", 1), ("B", -1)):
                reference.write(f"c{client} {trial};{rater};{comma(3)};{comma(3 + pelvis + back + off)};{comma(-10)};"
                                f"{comma(-10 + pelvis + off)};0;0;ä\n")
END
expect 0 "$SAGITTA" agreement flow.csv --columns large,mini --csv figures.csv -o flow.pdf
is large bias -2.11765
is large sd_of_difference 38.7651
pdftotext -layout flow.pdf - | grep -q '17 pairs of 17 people' || fail "the page does not count the pairs"
if grep -Eq 'Statements|Kappa' out; then fail "figures of statements where nothing states"; fi
[ -z "$(figure verdict kappa)" ] || fail "a kappa of no statements"
expect 0 "$SAGITTA" agreement flow.csv --columns large,mini --csv -
head -1 out | grep -q '^quantity,figure,value,low,high,n,method$' || fail "the figures do not go to standard output"

expect 0 "$SAGITTA" agreement ours.csv --with reference.csv --csv figures.csv -o page.pdf --date 2026-03-15
is pelvic_rotation_deg bias 2,2,2
is pelvic_rotation_deg limit_lower 2,2,2
is pelvic_rotation_deg reference_sem_consistency 0,0,0
is pelvic_rotation_deg coverage 0.894737
is pelvic_rotation_deg reference_below_interval 2
is lean kappa 1
is verdict borne_out 1
told '19 pairs of 10 people'
told 'with their reasons in the table: 1\.'
told 'mean of its 2 raters'
pdftotext page.pdf - | tr -s '[:space:]' ' ' >text # whatever the font and where lines end
for part in 2026-03-15 'Pelvis tilted' 'ICC(A,1)' 'Zou 2013' Statements; do
  grep -q "$part" text || fail "the page does not say $part"
done
expect 0 "$SAGITTA" agreement ours.csv --with reference.csv --rater A --csv figures.csv
is pelvic_rotation_deg bias 1,1,1

# Between the raters of one table, by client and trial; repeats.
cat >raters.csv <<'END'
client,trial,rater,hip_hinge_deg
a,1,X,50
a,1,Y,52
a,2,X,55
a,2,Y,56
b,1,X,61
b,1,Y,60
c,1,X,70
c,1,Y,73
END
expect 0 "$SAGITTA" agreement raters.csv --between rater --csv figures.csv
told 'Agreement of X and Y'
is hip_hinge_deg bias -1.25
expect 0 "$SAGITTA" agreement raters.csv --csv figures.csv -o repeats.png
told Repeatability
[ -n "$(figure hip_hinge_deg icc_1)" ] && [ -z "$(figure hip_hinge_deg bias)" ] || fail "repeats have no two methods"

for language in de es; do
  expect 0 "$SAGITTA" agreement ours.csv --with reference.csv --language "$language" -o "$language.pdf"
  if grep -Eq 'Mean difference|Detectable|Statements|reference' out; then fail "$language: English is left"; fi
  pdftotext -layout "$language.pdf" - >text
  grep -Eq 'Differenz|Diferencia' text || fail "$language: the page is not"
  grep -Eq '[0-9],[0-9]' text out || fail "$language: no decimals"
  if grep -Ev 'Sagitta [0-9.]+' text out | grep -Eq '[0-9]\.[0-9]'; then fail "$language: decimals of another language: $(grep -E '[0-9]\.[0-9]' text out | head -3)"; fi
done

# Recordings of one name in the folders of participants are told apart by the folder, however the reference writes them.
printf 'file,hip_hinge_deg\n' >folders.csv
printf 'file,hip_hinge_deg\n' >by_folder.csv
for n in 1 2 3 4 5; do
  echo "study/P$n/bend.mp4,$((50 + n * n))" >>folders.csv
  echo "P$((6 - n))/bend,$((48 + (6 - n) * (6 - n)))" >>by_folder.csv
done
expect 0 "$SAGITTA" agreement folders.csv --with by_folder.csv --csv figures.csv
is hip_hinge_deg bias 2,2,2
printf 'file,hip_hinge_deg\nbend.mp4,50\n' >several.csv
wrong 2 'with its folder' "$SAGITTA" agreement folders.csv --with several.csv

# What cannot be told apart, is not there, or would be overwritten.
sed 's/,trial//; s/^\([abc]\),[12]/\1/' raters.csv >untold.csv
wrong 2 'several lines .*trial' "$SAGITTA" agreement untold.csv --between rater
printf 'client,hip_hinge_deg\na,50\nb,60\nc,70\n' >one.csv
wrong 2 'several lines .*trial' "$SAGITTA" agreement one.csv --with raters.csv
printf 'client,hip_hinge_deg\nx,50\ny,60\nz,70\n' >others.csv
wrong 2 'No line .*client' "$SAGITTA" agreement one.csv --with others.csv
printf 'client,reach_cm\na,5\nb,6\nc,7\n' >reach.csv
wrong 2 'nothing to compare' "$SAGITTA" agreement one.csv --with reach.csv
wrong 2 'no column nose' "$SAGITTA" agreement raters.csv --between nose
wrong 2 'no column nose_deg' "$SAGITTA" agreement raters.csv --quantity nose_deg
wrong 2 'do not say which' "$SAGITTA" agreement flow.csv --with reference.csv
printf 'a,b\n1,"2\n' >open.csv
wrong 3 'quotation mark' "$SAGITTA" agreement open.csv
wrong 3 'cannot be read' "$SAGITTA" agreement absent.csv
expect 2 "$SAGITTA" agreement raters.csv --between rater --csv raters.csv
says overwritten
grep -q 'c,1,Y,73' raters.csv || fail "the table was overwritten"
misuse 'name one of them' agreement raters.csv --between rater --columns a,b
misuse 'pdf, .svg or .png' agreement raters.csv -o page.html
misuse 'Which table' agreement
expect 4 "$SAGITTA" agreement raters.csv --csv nowhere/figures.csv
