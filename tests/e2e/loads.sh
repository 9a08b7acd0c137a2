# SPDX-License-Identifier: Apache-2.0
# Protects: a command starts with what it uses. Without a video to encode, to draw or to decode in this process it loads
# neither FFmpeg nor OpenCV, cairo, pango or a web server; and where a module is missing, its name and the remedy are
# said and nothing is left behind. Asked of the dynamic linker, not of a clock.
. "$HERE/lib.sh"
[ "$(uname -s)" = Linux ] || skip "LD_DEBUG is the GNU C library's"

# loads STATUS COMMAND…: run it; the names of the libraries that this process loads are in loaded.
loads() {
  wanted=$1
  shift
  rm -f trace.*
  LD_DEBUG=files LD_DEBUG_OUTPUT=$work/trace "$SAGITTA" "$@" >out 2>err &
  process=$!
  wait $process
  got=$?
  [ "$got" -eq "$wanted" ] || fail "exit status $got instead of $wanted: $*"
  sed -n 's|.*calling init: .*/||p' "trace.$process" | sort -u >loaded
  grep -q '^libsagitta' loaded || skip "the dynamic linker does not say what it loads"
}
heavy='^lib(av[a-z]+|sw[a-z]+|opencv_[a-z0-9]+|cairo|pango[a-z0-9]*|rsvg-2|microhttpd|gnutls|turbojpeg|seccomp)[-.]|^(decoding|opencv|pages|film|serve)\.so'
light() {
  loads "$@"
  if grep -E "$heavy" loaded; then fail "these were loaded for nothing: $*"; fi
}

clip=$FIXTURES/clinic.mp4
[ -s "$clip" ] || fail "there is no $clip"
light 0 --version
light 0 help
light 0 analyze --help
light 0 formats
light 0 tests
light 0 cpu
light 2 analyze --no-such-option
light 0 analyze "$clip" --json r.json --tracks t.csv # decoded in a cage
light 0 analyze t.csv --json again.json
light 0 records add A-1 --records all.db
light 0 analyze t.csv --client A-1 --records all.db
light 0 records list --records all.db
light 0 history A-1 --records all.db
light 0 compare r.json again.json

# What is asked for is there, and no more.
loads 0 report r.json -o r.svg
made r.svg
grep -q '^libcairo\.' loaded || fail "a report is drawn with cairo"
if grep -E '^libav|^libopencv|^libmicrohttpd' loaded; then fail "a report without photographs needs none of these"; fi
loads 0 analyze "$clip" --no-sandbox --json plain.json
grep -q '^libavcodec\.' loaded || fail "without a cage this process decodes"
if grep -E '^libopencv' loaded; then fail "decoding needs no OpenCV"; fi
same r.json plain.json

# A module that is not there.
folder=$(dirname "$SAGITTA")
mkdir bare
cp "$folder"/libsagitta-program.so "${LIBRARY:?}" bare/
missing() {
  wanted=$1
  part=$2
  shift 2
  LD_LIBRARY_PATH=$work/bare${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} expect "$wanted" "$SAGITTA" "$@"
  says "cannot be loaded: $work/bare/[a-z/]*$part.so" 'Install Sagitta again'
  nothing_made
}
missing 4 pages report r.json -o made/r.pdf
missing 4 pages analyze t.csv --report made/r.html --json made/r.json
missing 4 pages sheets made/sheets
missing 3 decoding analyze "$clip" --no-sandbox --json made/r.json
LD_LIBRARY_PATH=$work/bare${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} expect 0 "$SAGITTA" analyze "$clip" --json caged.json
same r.json caged.json
"$RENDER" -o board.mp4 --board plane >/dev/null 2>&1 || fail "the board is not rendered"
missing 3 opencv calibrate plane board.mp4 --board 9x6 --square 40mm -o made/camera.json
