# SPDX-License-Identifier: Apache-2.0
# Protects: simulated people who reach overhead, arch back (first, between bends, straight into them), walk in or are cut
# in within a bend are measured from their quiet standing, in every marker set. start_simulated.py says how closely.
. "$HERE/lib.sh"
need python3

expect 2 "$SAGITTA" simulate --people 1 --aside dancing -o made/no
says 'arch-between'
expect 2 "$SAGITTA" simulate --people 1 --repetitions 1 --aside cut-in -o made/no
says '2 repetitions'

for set in discs strip clinic; do
  for aside in reach arch-first arch-between arch-into walk-in cut-in; do
    to=made/$set-$aside
    expect 0 "$SAGITTA" simulate --people 3 --set $set --seed 21 --aside $aside --no-skin --flat-camera --camera-noise 0.2 \
      -o $to
    for i in 1 2 3; do
      expect 0 "$SAGITTA" analyze $to/person-0000$i.csv --json $to/result-$i.json
    done
    python3 "$HERE/start_simulated.py" $to $aside || fail "$set $aside"
  done
done
