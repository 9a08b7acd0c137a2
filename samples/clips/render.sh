#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Renders the sample clips of this folder anew: sh samples/clips/render.sh RENDERER FOLDER [NAME…]
# Needs ffmpeg, whose encoder makes files of less than 200 kB of them. Beside each NAME.mp4 is what is true in it,
# NAME.json, and SHA256SUMS says of all which bytes they are. They are rendered people: nobody was filmed.
set -eu
[ $# -ge 2 ] || { echo "usage: sh samples/clips/render.sh RENDERER FOLDER [NAME…]" >&2; exit 2; }
renderer=$1 folder=$2
shift 2
wanted=$*
mkdir -p "$folder"
raw=$(mktemp -d)
trap 'rm -rf "$raw"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# clip NAME OPTION…
clip() {
  name=$1
  shift
  case " ${wanted:-$name} " in *" $name "*) ;; *) return 0 ;; esac
  "$renderer" --size 960x720 --fps 25 --noise 0.4 --stand 1.2 --pause 0.6 --codec h264 --crf 8 --effort little "$@" \
    -o "$raw/$name.mkv" --truth-json "$folder/$name.json"
  ffmpeg -v error -nostdin -y -i "$raw/$name.mkv" -c:v libx264 -preset veryslow -tune animation -crf 31 -threads 1 \
    -pix_fmt yuv420p -movflags +faststart "$folder/$name.mp4"
}

clip hips --preset sample --ankle --pelvis 78 --lumbar 26 --thoracic 8 --thigh -10 --seed 11
clip lower-back --preset sample --ankle --pelvis 36 --lumbar 56 --thoracic 14 --thigh -4 --seed 12 --facing left \
  --shirt 5a6b62 --trousers 3a3f52
clip clinic --preset clinic --pelvis 58 --lumbar 44 --thoracic 12 --thigh -8 --seed 13 --shirt 6a5f58
clip covered --preset sample --ankle --seed 15 --shirt 4f5a6d --hide hip@2+2.8 --hide hip@8+2.8 --hide hip@14+2.8
[ -n "$wanted" ] || (cd "$folder" && sha256sum -- *.mp4 *.json >SHA256SUMS)
