# SPDX-License-Identifier: Apache-2.0
# Protects the languages as users meet them: the option decides of documents and the environment of the terminal, the numbers are those of the
# English run, tables stay aligned, no text of the program lacks a translation, and an unknown language is refused
# before anything is measured.
. "$HERE/lib.sh"
need python3 pdftotext
clip=$FIXTURES/strip.mp4

expect 0 "$SAGITTA" analyze "$clip" --tracks t.csv
expect 0 "$SAGITTA" analyze t.csv --json made/en.json
for code in de es; do
  expect 0 env LC_ALL=C "$SAGITTA" analyze t.csv --language $code --json made/$code.json
  sentence=$(python3 "$HERE/result.py" get made/$code.json verdict.sentence)
  case $(tr '\n' ' ' <out | tr -s ' ') in "$sentence"*) ;; *) fail "$code: the summary does not start with the verdict" ;; esac
  cp out $code
  json equal made/en.json made/$code.json facing marker_set verdict.label verdict.probability summary.hip_hinge_deg \
    summary.lumbar_flexion_deg summary.lumbar_share repetitions
  json get made/$code.json settings.language >language
  [ "$(cat language)" = $code ] || fail "the document does not name its language"
  # The environment has no say.
  expect 0 env LC_ALL=fr_FR.UTF-8 LANG=fr_FR.UTF-8 LANGUAGE=fr "$SAGITTA" analyze t.csv --language $code --json made/again.json
  same made/$code.json made/again.json
  # Every row of the table is as wide as its head: columns, not bytes.
  python3 - $code <<'PYTHON' || fail "$code: the table is not aligned"
import sys
lines = open(sys.argv[1], encoding="utf-8").read().split("\n")
head = next(i for i, line in enumerate(lines) if line.startswith("        "))
rows = [line for line in lines[head:lines.index("", head)]]
assert len(rows) >= 4 and len({len(row) for row in rows}) == 1, rows
PYTHON
  expect 0 "$SAGITTA" tests toe-touch --language $code
  awk 'length > 160' out | grep -q . && fail "$code: overlong lines"
done
grep -Eq '^(Diese Beugung kam |Hüften und unterer Rücken |Wahrscheinlich )' de || fail "no German sentence"
grep -Eq '^(En esta flexión (trabaj|particip)|Esta flexión vino|Caderas y zona lumbar|Probablemente )' es || fail "no Spanish sentence"
grep -q '^Hüftbeugung ' de && grep -q '^Flexión de cadera ' es || fail "the table is not translated"
expect 0 env LC_ALL=de_DE.UTF-8 LANGUAGE=de "$SAGITTA" analyze t.csv --language en --json made/again.json
same made/again.json made/en.json
# The environment chooses the terminal's language and no document's; --language chooses both.
for code in de es; do
  cp $code asked
  expect 0 env LC_ALL= LC_MESSAGES=${code}_XX.UTF-8 LANG=en_US.UTF-8 "$SAGITTA" analyze t.csv --json made/again.json
  same made/en.json made/again.json
  sed 's/made\/again.json/made\/'$code'.json/' out >said
  cmp -s said asked || fail "LC_MESSAGES=$code: the terminal says something else than with --language $code"
done
expect 0 env LC_ALL=de_DE.UTF-8 "$SAGITTA" sheets made/sheets
grep -q 'Geschrieben nach' out || fail "the sheets' answer is not German"
pdftotext made/sheets/guide-a4.pdf - | grep -q 'Before you record' || fail "the environment chose the guide's language"
expect 0 "$SAGITTA" sheets made/sheets --language de
pdftotext made/sheets/guide-a4.pdf - | grep -q 'Vor dem Filmen' || fail "the guide is not German"
pdftotext made/sheets/markers-a4.pdf - | grep -q 'Schulter' || fail "the markers' sheet is not German"
expect 0 "$SAGITTA" sheets made/sheets --language es
pdftotext made/sheets/guide-a4.pdf - | grep -q 'Antes de grabar' || fail "the guide is not Spanish"
rm -rf made/*

expect 2 "$SAGITTA" analyze "$clip" --language xx --json made/r.json
says "language 'xx'" Deutsch Español
nothing_made
expect 2 "$SAGITTA" tests --language german
says "language 'german'"
expect 2 "$SAGITTA" tests --language

# The program's own texts, as they stand among its sources.
command -v xgettext >/dev/null 2>&1 || exit 0
# The gate "spoken" names what is marked for no translation; this compares as translators do.
# extracted FILE FOLDER [KEYWORD…]: the texts that a room says, but for bare arguments.
extracted() {
  file=$1 folder=$2
  shift 2
  find "$SOURCES/$folder" -name '*.c' -exec xgettext --from-code=UTF-8 -LC -ksg_warning:6 -ksg_say:2 -kSG_TRANSLATABLE "$@" \
    -o all.pot {} + && sed 's/=CHARSET/=UTF-8/' all.pot >utf8.pot &&
    msggrep --invert-match --msgid -E -e '^%s( %s)*$' utf8.pot >"$file" || fail "xgettext: $folder"
  grep -q '^msgid' "$file" || fail "$folder has no marked texts"
}
extracted video.pot cv/video
extracted track.pot cv/track
extracted body.pot cv/body -ksg_fail:3
for code in de es; do
  for room in video track body; do
    msgcmp "$SOURCES/po/$code.po" $room.pot 2>err || fail "po/$code.po lacks texts of cv/$room"
  done
done
# shellcheck disable=SC2046 # words are wanted
find "$SOURCES/app" -name '*.[ch]' -exec xgettext --from-code=UTF-8 -LC $(cat "$SOURCES/po/marks") -o all.pot {} + &&
  sed 's/=CHARSET/=UTF-8/' all.pot >utf8.pot &&
  msggrep --invert-match --msgid -E -e '^(\.|[ ":]*(%[.0-9]*s[ ":]*)+(\(%s\))?)$' utf8.pot >program.pot || fail "xgettext"
find "$SOURCES/app/web" -name '*.js' -exec xgettext --from-code=UTF-8 -LJavaScript -kt -o page.pot {} + || fail "xgettext: app/web"
[ "$(grep -c '^msgid' page.pot)" -gt 100 ] || fail "the page has no marked texts"
[ "$(grep -c '^msgid' program.pot)" -gt 20 ] || fail "the sources have no marked texts"
for code in de es; do
  for texts in program page; do
    msgcmp "$SOURCES/po/$code.po" $texts.pot 2>err || fail "po/$code.po lacks texts"
  done
done
