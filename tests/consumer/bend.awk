# SPDX-License-Identifier: Apache-2.0
# Writes the tracks of a person in the set `clinic`, facing right, who bends three times: 50 degrees of the pelvis, 25 of
# the lumbar spine, the thigh leaning 5 degrees back. Half turns of the cosine lead in and out of a hold of one second.
function rad(degrees) { return degrees * 3.14159265358979 / 180 }
function point(x, y) { return sprintf("%.4f,%.4f", x, y) }
function disc(x, y) { return "," point(x, y) ",20,0.03,seen" }
function strip(x, y, axis) { return sprintf(",%s,%.2f,90,20,0.03,seen", point(x, y), axis) }
function share_of_bend(t) {
  t = t % 8
  if (t < 1 || t > 7) return 0
  if (t < 3) return (1 - cos(rad(90 * (t - 1)))) / 2
  if (t < 5) return 1
  return (1 + cos(rad(90 * (t - 5)))) / 2
}
BEGIN {
  print "# sagitta-tracks/1 width=1280 height=720 set=clinic rate=25 source=\"three bends.mp4\""
  printf "time_s"
  split("shoulder hip knee ankle pelvis ribs", role, " ")
  for (i = 1; i <= 6; i++) {
    split(i > 4 ? "x y axis length size sigma state" : "x y size sigma state", field, " ")
    for (f = 1; f <= (i > 4 ? 7 : 5); f++) printf ",%s_%s", role[i], field[f]
  }
  printf "\n"
  for (frame = 0; frame <= 24 * 25; frame++) {
    s = share_of_bend(frame / 25)
    thigh = rad(-5 * s); pelvis = rad(50 * s); middle = rad(62.5 * s); ribs = rad(75 * s); chest = rad(85 * s)
    knee_x = 600; knee_y = 500
    hip_x = knee_x + 200 * sin(thigh); hip_y = knee_y - 200 * cos(thigh)
    crest_x = hip_x + 70 * sin(pelvis); crest_y = hip_y - 70 * cos(pelvis)
    ribs_x = crest_x + 60 * sin(middle); ribs_y = crest_y - 60 * cos(middle)
    shoulder_x = ribs_x + 120 * sin(chest); shoulder_y = ribs_y - 120 * cos(chest)
    printf "%.4f%s%s%s%s%s%s\n", frame / 25, disc(shoulder_x, shoulder_y), disc(hip_x, hip_y), disc(knee_x, knee_y),
           disc(600, 680), strip(hip_x + 50 * sin(pelvis), hip_y - 50 * cos(pelvis), 50 * s), strip(ribs_x, ribs_y, 75 * s)
  }
}
