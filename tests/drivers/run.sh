#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Tests with real drivers: sh tests/drivers/run.sh TEST…, in the environment of the end-to-end tests (CTest gives it)
# and with BOOT, the folder that prepare.sh made. A guest is booted that sees this system's files, read only, and
# drivers of its own; in it the tests run one after the other as they would outside. By KVM where it works, else
# emulated, several times slower. SAGITTA_DRIVERS_TRACE=1 tells each step (sh -x). 77 where there is no qemu or nothing was prepared.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
: "${BOOT:?}" "${SAGITTA:?}" "${RENDERER:?}" "${FIXTURES:?}"
skip() {
  echo "skipped: $*"
  exit 77
}
command -v qemu-system-x86_64 >/dev/null || skip "qemu is not installed"
[ -s "$BOOT/initramfs" ] || skip "no kernel: sh tests/drivers/prepare.sh $BOOT"
results=$(mktemp -d "${TMPDIR:-/tmp}/sagitta-drivers.XXXXXX")
guest=
trap '[ -z "$guest" ] || kill "$guest" 2>/dev/null || true; rm -rf "$results"' EXIT
trap 'exit 130' INT TERM

# What the cameras show, made out here, where it is fast: somebody who stands and bends three times.
command -v ffmpeg >/dev/null || skip "ffmpeg is not installed"
mkdir "$results/frames"
"$RENDERER" -o "$results/clip.mp4" --set strip --size 480x360 --fps 10 --reps 3 --stand 4 --down 1.5 --hold 1.2 \
  --up 1.5 --pause 1.2 >/dev/null
ffmpeg -v error -i "$results/clip.mp4" -q:v 2 -huffman default "$results/frames/%04d.jpg"

# Names as they are here: the guest sees the same files under the same names.
{
  for name in SAGITTA RENDERER RENDER HERE FIXTURES SCHEMA CLIPS; do
    eval "value=\${$name:-}"
    # shellcheck disable=SC2154 # by eval
    echo "export $name='$value'"
  done
  echo "export DRIVERS='$here' GIVEN=/run/results TMPDIR=/tmp HOME=/tmp LC_ALL=C.UTF-8"
  for test in "$@"; do
    echo "sh ${SAGITTA_DRIVERS_TRACE:+-x} '$here/$test.sh' >/run/results/$test.out 2>/run/results/$test.err; echo \$? >/run/results/$test.status"
  done
} >"$results/order"

# boot ACCELERATOR…: *guest is its process.
boot() {
  rm -f "$results/up"
  qemu-system-x86_64 "$@" -smp 2 -m 2560 -nodefaults -no-user-config -display none -no-reboot \
    -kernel "$BOOT/vmlinuz" -initrd "$BOOT/initramfs" -append "console=ttyS0 quiet panic=-1" \
    -serial "file:$results/console" \
    -virtfs "local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap" \
    -virtfs "local,path=$results,mount_tag=results,security_model=none,multidevs=remap" </dev/null &
  guest=$!
}

# is_up SECONDS: whether the guest is there within them.
is_up() {
  for _ in $(seq "$1"); do
    [ ! -e "$results/up" ] || return 0
    kill -0 "$guest" 2>/dev/null || return 1
    sleep 1
  done
  return 1
}

up=no
if [ -w /dev/kvm ]; then
  boot -accel kvm -cpu host 2>/dev/null
  if is_up 10; then up=yes; else kill "$guest" 2>/dev/null || true; wait "$guest" || true; fi
fi
if [ "$up" = no ]; then
  boot -accel tcg,thread=multi -cpu Nehalem
  is_up 180 || { tail -n 40 "$results/console" >&2; echo "FAIL: the guest does not start" >&2; exit 1; }
fi
wait "$guest" || true
guest=
code=77
for test in "$@"; do
  echo "--- $test"
  cat "$results/$test.out" 2>/dev/null || true
  cat "$results/$test.err" >&2 2>/dev/null || true
  if [ ! -s "$results/$test.status" ]; then
    tail -n 40 "$results/console" >&2
    echo "FAIL: the guest broke off" >&2
    exit 1
  fi
  status=$(cat "$results/$test.status")
  case $status in
  0) [ "$code" -ne 77 ] || code=0 ;;
  77) ;;
  *) code=1 ;;
  esac
done
if grep -E 'BUG:|Oops|general protection|WARNING:' "$results/console"; then echo "(the guest's kernel complained)"; fi
exit "$code"
