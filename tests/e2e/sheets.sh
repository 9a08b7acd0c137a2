# SPDX-License-Identifier: Apache-2.0
# Protects: sheets have the size of their paper and print at true size: check bar, disc, strip and squares are measured;
# all eight files or none.
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
for document in guide markers boards ruler; do
  made "made/a übung/$document-a4.pdf" "made/a übung/$document-letter.pdf"
  grep -q "$document-a4.pdf" out || fail "the answer does not name $document-a4.pdf"
done
[ "$(ls -A "made/a übung" | wc -l)" -eq 8 ] || fail "other files than the eight were left"

# The same bytes again, in place of the old ones.
cp -r "made/a übung" before
expect 0 "$SAGITTA" sheets "made/a übung"
for file in before/*; do same "$file" "made/a übung/${file#before/}"; done

need python3 pdftoppm
python3 "$HERE/sheets.py" "made/a übung" >out 2>err || fail "sheets.py"
