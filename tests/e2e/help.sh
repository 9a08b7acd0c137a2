# SPDX-License-Identifier: Apache-2.0
# Protects: help and options cannot drift apart; every option of the agreement is there, those of later work are not.
. "$HERE/lib.sh"

options="markers pick test side rate seconds camera ruler height age sex language json tracks with-angles angles overlay timings threads simd client date pain before after same-markers new-markers rest pretest force records key-file c3d fhir map report report-video clinic paper table jobs roster strict all-columns sort background progress points called name key-frames debug debug-at"
expect 0 "$SAGITTA" analyze --help
[ -s err ] && fail "help belongs on standard output"
cp out analyze.txt
for option in $options help version; do
  grep -Eq -- "^  --$option( |$)" analyze.txt || fail "--$option is not in the help"
done
sed -n 's/^  --\([a-z0-9-]*\).*/\1/p' analyze.txt >listed
for option in $(cat listed); do
  case " $options help version " in *" $option "*) ;; *) fail "--$option is listed but not agreed on" ;; esac
  # The parser knows each: it misses a value, or a file, but never the option.
  "$SAGITTA" analyze "--$option" >out 2>err
  grep -q 'no option' err && fail "--$option is listed but unknown"
done
[ "$(awk 'length > 100' analyze.txt | wc -l)" -eq 0 ] || fail "help has lines over 100 bytes"

expect 0 "$SAGITTA" help analyze
same out analyze.txt
expect 0 "$SAGITTA" --help
cp out overview.txt
for command in analyze live cameras check calibrate sheets simulate cpu formats tests records history compare report session serve agreement proof dataset; do
  grep -q "^  $command " overview.txt || fail "$command is not in the overview"
  expect 0 "$SAGITTA" "$command" --help
  grep -q "^Usage: sagitta $command" out || fail "no usage line for $command"
  expect 0 "$SAGITTA" help "$command"
  expect 0 "$SAGITTA" "$command" --version
  grep -Eqx 'sagitta [0-9]+\.[0-9]+\.[0-9]+' out || fail "no version from $command"
done
expect 0 "$SAGITTA" help
same out overview.txt
expect 0 "$SAGITTA" --version
expect 2 "$SAGITTA" help nonsense

expect 0 "$SAGITTA" cpu
grep -Eq '^kernel +level +usable +chosen' out || fail "cpu prints no table"
awk 'NR > 1 && $4 == "yes" && $3 != "yes" { exit 1 }' out || fail "cpu chooses what is not usable"
awk 'NR > 1 && $4 == "yes" { n++ } END { exit n > 0 ? 0 : 1 }' out || fail "cpu chooses nothing"
awk 'NR > 1 && $2 == "c" && $3 == "yes" { n++ } END { exit n > 0 ? 0 : 1 }' out || fail "there is no C kernel"

expect 0 "$SAGITTA" tests
grep -q '^toe-touch ' out || fail "tests does not explain toe-touch"

# The same bytes in any locale, and none that style the text.
for locale in C C.UTF-8 POSIX; do
  LC_ALL=$locale "$SAGITTA" tests >tests.$locale
  same out tests.$locale
done
if LC_ALL=C grep -q "$(printf '\033')" out; then fail "control codes in a pipe"; fi
if "$SAGITTA" tests >/dev/full 2>err; then fail "an answer that cannot be printed is not a success"; fi
