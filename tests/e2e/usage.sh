# SPDX-License-Identifier: Apache-2.0
# Protects: what users type wrongly gets exit status 2, a sentence that names cause and remedy, and leaves no file.
. "$HERE/lib.sh"
clip=$FIXTURES/clinic.mp4

misuse 'Usage|What' analyze
expect 2 "$SAGITTA"
misuse "Did you mean 'analyze'" analyse "$clip"
misuse 'There is no command' frobnicate
misuse 'command comes first' --json made/x.json "$clip"
misuse 'Did you mean --json' analyze "$clip" --jsno made/x.json
misuse 'Did you mean --overlay' analyze "$clip" --overly made/x.mp4
misuse 'no option --zoom' analyze "$clip" --zoom 2
misuse 'by the end of its name' analyze "$clip" --report made/r.txt
misuse 'two dashes' analyze "$clip" -x
misuse 'needs a value' analyze "$clip" --json
misuse 'needs a value' analyze "$clip" --json= made/x.json
misuse 'needs a value' analyze --json --tracks made/x.csv "$clip"
misuse 'takes no value' analyze "$clip" --timings=yes
misuse 'given twice' analyze "$clip" --json made/a.json --json made/b.json
misuse 'cannot both' analyze "$clip" --json - --tracks -
misuse 'cannot both' analyze "$clip" --angles=- --json=-
misuse 'overlay cannot go to standard output' analyze "$clip" --overlay -
misuse 'same file' analyze "$clip" --json made/a --tracks made/a
misuse 'same file' analyze "$clip" --json made/a --tracks "$PWD/made/../made/a"
misuse 'needs a number' analyze "$clip" --rate fast
misuse 'after a point, not a comma' analyze "$clip" --rate 29,97
misuse 'takes' analyze "$clip" --rate 0
misuse 'takes' analyze "$clip" --rate -5
misuse 'number' analyze "$clip" --rate nan
misuse 'takes' analyze "$clip" --seconds 0
misuse 'takes' analyze "$clip" --threads 0
misuse 'whole number' analyze "$clip" --threads 1.5
misuse 'does not run here. This machine has:.* c' analyze "$clip" --simd turbo
misuse 'There is no test .*Did you mean toe-touch' analyze "$clip" --test toe-tuch
misuse 'toe-touch' analyze "$clip" --test handstand
misuse 'no marker .elbow.*shoulder, hip, knee' analyze "$clip" --pick elbow=1,2
for bad in hip hip= hip=1 "hip=1," hip=a,b hip=1,2@ hip=1,2@x hip=1,2x hip=-1,2 hip=1,2@-1; do
  misuse 'pick does not understand|takes|needs' analyze "$clip" --pick "$bad" --json made/x.json
done
misuse 'How long' analyze /dev/video0
misuse 'alone' analyze - "$clip"
misuse 'alone' analyze a.csv b.csv
misuse 'overlay does not go with a tracks file' analyze a.csv --overlay made/x.mp4
misuse 'rate does not go with a tracks file' analyze a.csv --rate 25
misuse 'further words' cpu now
misuse 'no test' tests toe-tuch

# An output that is the input would destroy it, by whatever name.
cp "$clip" made/clip.mp4
ln made/clip.mp4 made/hard.mp4
ln -s clip.mp4 made/soft.mp4
for name in made/clip.mp4 made/./clip.mp4 made/hard.mp4 made/soft.mp4; do
  expect 2 "$SAGITTA" analyze made/clip.mp4 --overlay "$name"
  says 'overwrite the input'
done
same "$clip" made/clip.mp4

# Two dashes end the options.
expect 3 "$SAGITTA" analyze -- --no-such-file.mp4
