# SPDX-License-Identifier: Apache-2.0
# Protects: the pages and the result document do not contradict one another. Every number with a unit on both pages, on
# paper and as HTML, in three languages, is the document's, rounded as it is shown; without and with a history, of which
# the limits and changes are those of its own document.
. "$HERE/lib.sh"
need python3 pdftotext

"$SAGITTA" simulate --people 1 --set strip --ankle --hand --seed 5 -o bend >/dev/null || fail "simulate"
"$SAGITTA" simulate --people 1 --set clinic --test sit-and-reach --hand --seed 3 -o reach >/dev/null || fail "simulate"

# pages NAME INPUT OPTION…: the pages of one recording in every language, and their numbers.
pages() {
  name=$1 input=$2
  shift 2
  for code in en de es; do
    expect 0 "$SAGITTA" analyze "$input" "$@" --language $code --json $name.json --tracks $name.csv --angles $name.angles.csv \
      --report $name.html
    expect 0 "$SAGITTA" report $name.json --tracks $name.csv -o $name.pdf
    expect 0 "$SAGITTA" compare $name.json $name.json --json $name.limits.json
    pdftotext -layout $name.pdf $name.txt || fail "pdftotext"
    [ $code = es ] && catalogue=es || catalogue=de # English is the other half of either
    python3 "$HERE/page_numbers.py" "$SOURCES/po/$catalogue.po" $name.csv $name.angles.csv $name.json $name.html $name.txt + \
      $name.limits.json || fail "$name in $code"
  done
}
pages bend bend/person-00001.csv
pages reach reach/person-00001.csv --test sit-and-reach --ruler 20 --age 30 --sex f

# The best is called so, and is no mean.
grep -q 'El mejor alcance' reach.txt || fail "the client's best reach is not called the best"
tr -s ' \n' '  ' <reach.txt | grep -q 'el mejor [−≈]' || fail "the table's best reach is called a mean"
exit 0
