# SPDX-License-Identifier: Apache-2.0
# tutorials.sh NAME: docs/tutorials/NAME.md is true. Its blocks marked `sh run` work one after the other, as they are
# printed, and the lines of a block `text shown` stand in what the block before it answers, whatever the digits.
# clip.mp4 is the clip that docs/tutorials/README.md has its reader copy; of the other videos that a tutorial names there are simulated tracks, and these are taken.
. "$HERE/lib.sh"
: "${SOURCES:?}"
need python3
name=$1

# person RECORDING TEST: the first simulated person's tracks of a test, on the same or on another day.
person() {
  expect 0 "$SAGITTA" simulate --people 1 --set "$markers" --ankle --test "$2" --seed "$seed" -o simulated --recording "$1"
  mv simulated/person-00001.csv "$3"
  rm -r simulated
}

mkdir bin work
printf '#!/bin/sh\nexec %s "$@"\n' "$SAGITTA" >bin/sagitta
chmod +x bin/sagitta
PATH=$work/bin:$PATH
XDG_DATA_HOME=$work/data
export PATH XDG_DATA_HOME
cp "$SOURCES/$(sed -n 's/^cp \(.*\) clip.mp4$/\1/p' "$SOURCES/docs/tutorials/README.md")" work/clip.mp4
seed=5
markers='clinic'
case $name in
therapist)
  person 0 toe-touch work/bend.csv
  person 1 toe-touch-knees-bent work/knees-bent.csv
  person 2 waiters-bow work/bow.csv
  person 3 toe-touch work/next.csv
  ;;
coach)
  markers='strip'
  seed=3
  mkdir work/class
  expect 0 "$SAGITTA" simulate --people 6 --set strip --ankle --seed 3 -o simulated
  for i in 1 2 3 4 5 6; do mv simulated/person-0000$i.csv work/class/p$i.csv; done
  rm -r simulated
  person 3 toe-touch work/later.csv
  ;;
esac

python3 "$HERE/tutorials.py" "$SOURCES/docs/tutorials/$name.md" work >out 2>err || fail "docs/tutorials/$name.md"
if grep -Eq 'Sanitizer|runtime error:' out err; then fail "a sanitizer complains"; fi
grep '^blocks' out
