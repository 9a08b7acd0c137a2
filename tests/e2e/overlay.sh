# SPDX-License-Identifier: Apache-2.0
# Protects: the overlay is an upright H.264 file in the video's own timing, one picture for each frame, and the head is
# hidden in every part of the bend while the legs are not.
. "$HERE/lib.sh"
need ffmpeg ffprobe python3
clip=$FIXTURES/phone.mp4

expect 0 "$SAGITTA" analyze "$clip" --overlay made/o.mp4 --tracks made/t.csv
made made/o.mp4
field() { ffprobe -v error -select_streams v:0 -show_entries "stream=$2" -of default=nw=1:nk=1 "$1"; }
[ "$(field made/o.mp4 codec_name)" = h264 ] || fail "not H.264"
[ "$(field made/o.mp4 pix_fmt)" = yuv420p ] || fail "not yuv420p"
width=$(field made/o.mp4 width)
height=$(field made/o.mp4 height)
[ "$width" -eq 540 ] || fail "$width px wide: not upright, or scaled"
[ "$height" -gt 960 ] || fail "$height px high: no room for the band"
[ $((height % 2)) -eq 0 ] || fail "$height px high: not even"
ffprobe -v error -show_entries stream_side_data=rotation -of csv made/o.mp4 | grep -q rotation && fail "turned once more"

stamps() { ffprobe -v error -select_streams v:0 -show_entries frame=best_effort_timestamp_time -of csv=p=0 "$1" | tr -d ,; }
stamps "$clip" >theirs
stamps made/o.mp4 >ours
python3 - theirs ours <<'END' || fail "the timing is another"
import sys
theirs, ours = ([float(line) for line in open(name) if line.strip()] for name in sys.argv[1:])
assert len(theirs) == len(ours), (len(theirs), len(ours))
worst = max(abs((a - theirs[0]) - (b - ours[0])) for a, b in zip(theirs, ours))
assert worst < 2e-4, worst
END

# A moov box before the mdat box: players can start before they have all.
python3 - made/o.mp4 <<'END' || fail "the index is at the end"
import sys
data = open(sys.argv[1], "rb").read()
assert 0 < data.find(b"moov") < data.find(b"mdat")
END

# Beyond the shoulder along the trunk nothing of the picture stays; below the knee all of it does.
grey() { ffmpeg -v error -i "$1" -vf "crop=540:960:0:0,format=gray" -f rawvideo "$2" || fail "ffmpeg on $1"; }
grey "$clip" theirs.grey
grey made/o.mp4 ours.grey
python3 - made/t.csv theirs.grey ours.grey <<'END' || fail "the head is not hidden"
import csv, math, sys
width, height = 540, 960
rows = list(csv.DictReader(line for line in open(sys.argv[1], encoding="utf-8") if not line.startswith("#")))
theirs, ours = (open(name, "rb").read() for name in sys.argv[2:])
def detail(frames, row, x, y, side):
    """Mean difference between neighbours in a square: what a face is made of."""
    total = count = 0
    for v in range(max(0, int(y - side)), min(height, int(y + side))):
        line = (row * height + v) * width
        for u in range(max(0, int(x - side)), min(width - 1, int(x + side))):
            total += abs(frames[line + u] - frames[line + u + 1])
            count += 1
    return total / count if count else 0.0
checked = 0
for number in range(0, len(rows), 9):
    row = rows[number]
    if not row["shoulder_x"] or not row["hip_x"]:
        continue
    sx, sy, hx, hy = (float(row[name]) for name in ("shoulder_x", "shoulder_y", "hip_x", "hip_y"))
    length = 0.24 * height
    lean = math.atan2(sx - hx, hy - sy) + 0.3
    x, y = sx + 0.42 * length * math.sin(lean), sy - 0.42 * length * math.cos(lean)
    before, after = detail(theirs, number, x, y, 0.2 * length), detail(ours, number, x, y, 0.2 * length)
    print(number, round(before, 2), round(after, 2))
    if before > 1.5:
        assert after < 0.6 * before, number
        checked += 1
assert checked > 3, checked
END
