# SPDX-License-Identifier: Apache-2.0
# Protects: sheets have the size of their paper and print at true size: check bar, disc, strip and squares are measured;
# all twelve files or none.
. "$HERE/lib.sh"

expect 2 "$SAGITTA" sheets
expect 2 "$SAGITTA" sheets one two
says 'folder'
touch made/file
expect 4 "$SAGITTA" sheets made/file
says_something
expect 4 "$SAGITTA" sheets made/no/such/place
says_something
rm made/file
nothing_made

expect 0 "$SAGITTA" sheets "made/a übung"
for document in guide markers boards ruler proof questions; do
  made "made/a übung/$document-a4.pdf" "made/a übung/$document-letter.pdf"
  grep -q "$document-a4.pdf" out || fail "the answer does not name $document-a4.pdf"
done
[ "$(ls -A "made/a übung" | wc -l)" -eq 12 ] || fail "other files than the twelve were left"

# The same bytes again, in place of the old ones.
cp -r "made/a übung" before
expect 0 "$SAGITTA" sheets "made/a übung"
for file in before/*; do same "$file" "made/a übung/${file#before/}"; done

# The questions before a test, each with a yes and a no, in three languages.
need python3 pdftoppm pdftotext
questions() {
  expect 0 "$SAGITTA" sheets "made/$1" --language "$1"
  pdftotext -layout "made/$1/questions-a4.pdf" - | tr -s ' \n' '  ' >text
  for words in "$2" "$3" "$4"; do grep -qF -- "$words" text || fail "$words is not in the questions ($1)"; done
  pdffonts "made/$1/questions-letter.pdf" >out || fail "no PDF"
}
questions en 'Before the test' 'Pregnant?' 'yes no'
questions de 'Vor dem Test' 'Schwanger?' 'ja nein'
questions es 'Antes de la prueba' 'Embarazo?' 'sí no'
cmp -s made/en/guide-a4.pdf "made/a übung/guide-a4.pdf" || fail "another guide"
for document in guide markers boards ruler; do
  cmp -s "made/en/$document-a4.pdf" "made/de/$document-a4.pdf" && fail "the $document is English in German"
  cmp -s "made/en/$document-a4.pdf" "made/es/$document-a4.pdf" && fail "the $document is English in Spanish"
done
rm -r made/en made/de made/es
wrong 2 'no language .xx' "$SAGITTA" sheets made/x --language xx
python3 "$HERE/sheets.py" "made/a übung" >out 2>err || fail "sheets.py"
