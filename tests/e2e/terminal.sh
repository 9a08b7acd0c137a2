# SPDX-License-Identifier: Apache-2.0
# Protects: the progress bar and bold text are for terminals; a pipe, NO_COLOR and the C locale get plain text.
. "$HERE/lib.sh"
need script
escape=$(printf '\033')
clip=$FIXTURES/strip.mp4

expect 0 "$SAGITTA" analyze "$clip" --tracks t.csv
grep -q "$escape" out err && fail "control codes in a pipe"
[ -s err ] && fail "progress in a pipe"
expect 0 env LC_ALL=C "$SAGITTA" analyze t.csv
cp out plain
expect 0 "$SAGITTA" analyze t.csv
same out plain

# NO_COLOR comes from whoever runs the tests, too.
unset NO_COLOR
# on_terminal TERM INPUT: what a terminal of that kind gets to see, in the file screen.
on_terminal() {
  TERM=$1 script -qec "'$SAGITTA' analyze '$2'" /dev/null >screen </dev/null || fail "fails on a terminal"
}
on_terminal xterm "$clip"
grep -q "$escape\[1m" screen || fail "the verdict is not bold on a terminal"
grep -Eq "$escape\[0m(About|The angles)" screen || fail "more than the first sentence is bold"
grep -q '%' screen || fail "no progress on a terminal"
on_terminal dumb t.csv
grep -q "$escape\[1m" screen && fail "bold on a dumb terminal"
export NO_COLOR=1
on_terminal xterm t.csv
grep -q "$escape\[1m" screen && fail "NO_COLOR is not honoured"
exit 0
