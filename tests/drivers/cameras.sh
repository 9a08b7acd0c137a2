# SPDX-License-Identifier: Apache-2.0
# What every test with drivers uses, in the guest: the end-to-end tests' own words, and cameras. GIVEN/frames holds
# pictures of somebody who stands and bends three times, 480 x 360 px, 10 a second.
. "$HERE/lib.sh"
: "${DRIVERS:?}" "${GIVEN:?}"
# shellcheck disable=SC2154 # lib.sh makes it
XDG_STATE_HOME=$work/state
export XDG_STATE_HOME

# wait_for SECONDS COMMAND…: until it is true. The guest may be emulated on a machine that is busy.
wait_for() {
  tries=$(($1 * 5))
  shift
  while ! "$@" >/dev/null 2>&1; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || return 1
    sleep 0.2
  done
}

# film NAME ARGUMENT…: sagitta live in the background; $filming is its process, NAME.err what it says.
film() {
  name=$1
  shift
  "$SAGITTA" live "$@" >"$name.out" 2>"$name.err" &
  filming=$!
}

# reaches NAME STATE: it says so by and by.
reaches() {
  wait_for 120 grep -q " s  $2" "$1.err" || {
    cat "$1.err" >&2
    fail "$1 never came to '$2'"
  }
}

# comes_back NAME: after it was gone it looks for somebody again.
comes_back() {
  # shellcheck disable=SC2016 # $0 is the inner shell's
  wait_for 120 sh -c 'sed "1,/ s  gone/d" "$0" | grep -q " s  looking"' "$1.err" || {
    cat "$1.err" >&2
    fail "$1 did not come back"
  }
}

# ends NAME: its exit status in $got; nothing may crash.
ends() {
  wait $filming
  got=$?
  if grep -Eq 'Sanitizer|runtime error:' "$1.err"; then cat "$1.err" >&2; fail "$1: a sanitizer complains"; fi
  [ "$got" -lt 128 ] || { cat "$1.err" >&2; fail "$1 was ended by signal $((got - 128))"; }
}

# rows FILE: how many frames a table of markers holds.
rows() {
  grep -vc '^[#t]' "$1"
}

# same_measurement RECORDING MARKERS.csv RESULT.json: analyze says of the recording what live wrote.
same_measurement() {
  "$SAGITTA" analyze "$1" --tracks again.csv --json again.json >again.out 2>again.err
  sed 's/ source=.*//' "$2" >one.csv
  sed 's/ source=.*//' again.csv >other.csv
  same one.csv other.csv
  [ ! -e "$3" ] || python3 - "$3" again.json <<'END' || fail "live and analyze differ"
import json, sys
one, other = (json.load(open(path)) for path in sys.argv[1:])
one.pop("input"), other.pop("input")
sys.exit(one != other)
END
  rm -f again.csv again.json
}

# start_webcam [OPTION…]: the camera of usb_camera.py, once; `order WORD…` tells it what to do.
start_webcam() {
  modprobe vhci-hcd || fail "no virtual USB"
  modprobe uvcvideo || fail "no uvcvideo"
  mkfifo orders
  : >webcam
  python3 "$DRIVERS/usb_camera.py" "$GIVEN/frames" orders webcam --rate 10 --repeat "$@" >webcam.err 2>&1 &
  order plug
  wait_for 60 test -e /dev/video0 || fail "the webcam does not appear: $(cat webcam.err)"
}

order() {
  echo "$*" >orders
}

# control NAME [DEVICE]: what the driver says of it.
control() {
  v4l2-ctl -d "${2:-/dev/video0}" -C "$1" | sed 's/.*: *\(-*[0-9]*\).*/\1/'
}

# becomes NAME VALUE: within half a minute.
has_value() { [ "$(control "$1")" = "$2" ]; }
becomes() {
  wait_for 30 has_value "$1" "$2" || fail "$1 is $(control "$1") instead of $2; set were: $(tr '\n' ';' <webcam)"
}

# put_back DEVICE WHEN: the webcam is as its maker set it.
put_back() {
  [ "$(control auto_exposure "$1")" = 3 ] || fail "exposure was not put back ($2)"
  [ "$(control white_balance_automatic "$1")" = 1 ] || fail "white balance was not put back ($2)"
  [ "$(control exposure_dynamic_framerate "$1")" = 1 ] || fail "the rate was not put back ($2)"
  [ -z "$(ls state/sagitta)" ] || fail "left behind ($2): $(ls state/sagitta)"
}
