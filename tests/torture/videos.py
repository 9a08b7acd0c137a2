#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Damaged videos of a person who can be measured, through `sagitta analyze` in its cage, with tracks and overlay.

usage: videos.py SAGITTA RENDERER FOLDER [--count N] [--seed N] [--seconds S] [--megabytes M]
Each is one of a few rendered recordings (containers and codings that FFmpeg's program makes of one: Debian's ffmpeg; those
that it cannot make are left out) with bits turned, bytes set, pieces cut, repeated or exchanged, the head of another
one, or its sizes and times changed. Of each run these must hold:
  - it ended by itself within S seconds (60), with a status of DESIGN.md and by no signal; with another status than 0 it
    said why, and left no output; with 0 its outputs are there;
  - its decoder did not break down: a signal in the cage is contained, but it is a finding in what decodes;
  - all its processes together held no more than M MB (4096, the cage's own bound, beside 1024 of shared pictures).
Prints what came of them, the longest time and the most memory; a video that did not hold stays in FOLDER. Status 1 if any.
"""
import argparse
import collections
import os
import random
import re
import shutil
import subprocess
import sys
import threading
import time

CONTAINERS = {
    "h264.mp4": "-c copy", "h264.mkv": "-c copy", "h264.ts": "-c copy -f mpegts", "h264.avi": "-c copy -bsf:v h264_mp4toannexb",
    "frag.mp4": "-c copy -movflags frag_keyframe+empty_moov", "mjpeg.avi": "-c:v mjpeg -q:v 5", "mjpeg.nut": "-c:v mjpeg -q:v 5",
    "mpeg4.3gp": "-c:v mpeg4 -q:v 5", "vp8.webm": "-c:v libvpx -b:v 1M -deadline realtime", "mpeg2.mpg": "-c:v mpeg2video -q:v 5",
    "hevc.mov": "-c:v libx265 -preset ultrafast -tag:v hvc1 -x265-params log-level=none",
}
SOUGHT = (b"tkhd", b"mvhd", b"stsd", b"avc1", b"stsz", b"stts", b"ctts", b"stco", b"mdhd", b"trak", b"strh", b"strf", b"avih",
          b"idx1", b"moof", b"trun", b"\x00\x00\x01")
ODD = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x10000, 0x4000)


def turn_bits(data, rng, others):
    for _ in range(1 << rng.randrange(10)):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def set_bytes(data, rng, others):
    for _ in range(rng.randrange(1, 6)):
        at = rng.randrange(max(1, len(data) - 4))
        data[at:at + 4] = rng.choice(ODD).to_bytes(4, rng.choice(("big", "little")))


def change_boxes(data, rng, others):
    """Numbers in what a container says of sizes, times and places."""
    found = [m.start() for word in SOUGHT for m in re.finditer(re.escape(word), data)][:4000]
    for _ in range(rng.randrange(1, 5)):
        if found:
            at = rng.choice(found) + rng.randrange(-4, 64)
            if 0 <= at < len(data) - 4:
                data[at:at + 4] = rng.choice(ODD).to_bytes(4, "big")


def cut_off(data, rng, others):
    del data[rng.randrange(16, len(data)):]


def cut_out(data, rng, others):
    at = rng.randrange(len(data))
    del data[at:at + rng.randrange(1, 1 + len(data) // 4)]


def repeat(data, rng, others):
    at, length = rng.randrange(len(data)), rng.randrange(1, 1 + len(data) // 8)
    data[at:at] = data[at:at + length] * rng.randrange(1, 4)


def exchange(data, rng, others):
    a, b, length = rng.randrange(len(data)), rng.randrange(len(data)), rng.randrange(1, 1 + len(data) // 8)
    data[a:a + length], data[b:b + length] = data[b:b + length], data[a:a + length]


def other_head(data, rng, others):
    length = rng.randrange(4, 4096)
    data[:length] = rng.choice(others)[:length]


def splice(data, rng, others):
    other = rng.choice(others)
    at = rng.randrange(len(data))
    data[at:] = other[rng.randrange(len(other)):]


WAYS = (turn_bits, turn_bits, set_bytes, change_boxes, change_boxes, cut_off, cut_out, repeat, exchange, other_head, splice)


def make_seeds(options):
    at = os.path.join(options.folder, "seeds")
    os.makedirs(at, exist_ok=True)
    source = os.path.join(at, "h264.mp4")
    subprocess.run([options.renderer, "--size", "640x360", "--fps", "20", "--reps", "1", "--ankle", "-o", source], check=True,
                   stdout=subprocess.DEVNULL)
    seeds = {}
    for name, words in CONTAINERS.items():
        path = os.path.join(at, name)
        if path != source and subprocess.run(["ffmpeg", "-v", "quiet", "-y", "-i", source, *words.split(), path],
                                             stdin=subprocess.DEVNULL).returncode != 0:
            continue
        whole = subprocess.run([options.sagitta, "analyze", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if whole.returncode != 0:
            print(f"{name} is not measured as it is: left out")
            continue
        with open(path, "rb") as file:
            seeds[name] = file.read()
    return seeds


def memory_of(group):
    """kB that all processes of a group hold, shared memory counted once for each that has touched it."""
    whole = 0
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            if os.getpgid(int(name)) != group:
                continue
            with open(f"/proc/{name}/status", encoding="utf-8") as file:
                whole += sum(int(line.split()[1]) for line in file if line.startswith(("VmRSS", "VmSwap")))
        except OSError:
            continue
    return whole


class Run:
    def __init__(self, options, folder, video):
        words = [options.sagitta, "analyze", video, "--json", "r.json", "--tracks", "t.csv", "--overlay", "o.mp4"]
        began = time.monotonic()
        self.process = subprocess.Popen(words, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, start_new_session=True,
                                        env=dict(os.environ, LC_ALL="C.UTF-8"))
        self.most = 0
        watching = threading.Thread(target=self.watch, daemon=True)
        watching.start()
        try:
            self.said = self.process.communicate(timeout=options.seconds)[0].decode(errors="replace")
            self.hung = False
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, 9)
            self.said, self.hung = self.process.communicate()[0].decode(errors="replace"), True
        self.seconds = time.monotonic() - began
        self.status = self.process.returncode
        watching.join()

    def watch(self):
        while self.process.poll() is None:
            self.most = max(self.most, memory_of(self.process.pid))
            time.sleep(0.05)

    def wrong(self, options, folder):
        found = []
        outputs = [name for name in ("r.json", "t.csv", "o.mp4") if os.path.exists(os.path.join(folder, name))]
        if self.hung:
            return [f"not at its end after {options.seconds} s"]
        if not 0 <= self.status <= 4:
            found.append(f"status {self.status}")
        if self.status and not self.said.strip():
            found.append("no message")
        if self.status == 0 and len(outputs) != 3:
            found.append("an output is missing")
        if self.status > 1 and outputs:
            found.append(f"left {' '.join(outputs)}")
        if re.search(r"The\s+decoder\s+broke\s+down|Decoding\s+\".*\s+(stood|took)\s", self.said):
            found.append("the decoder broke down")
        if self.most > options.megabytes * 1024:
            found.append(f"{self.most // 1024} MB")
        return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("sagitta", type=os.path.abspath)
    parser.add_argument("renderer", type=os.path.abspath)
    parser.add_argument("folder", type=os.path.abspath)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--megabytes", type=int, default=5120)
    options = parser.parse_args()
    os.makedirs(options.folder, exist_ok=True)
    seeds = make_seeds(options)
    names, others = sorted(seeds), list(seeds.values())
    statuses, failed, longest, most = collections.Counter(), 0, 0.0, 0
    for number in range(options.count):
        rng = random.Random(f"{options.seed} {number}")
        name = names[number % len(names)]
        data, ways = bytearray(seeds[name]), [rng.choice(WAYS) for _ in range(rng.choice((1, 1, 2, 3)))]
        for way in ways:
            if data:
                way(data, rng, others)
        at = os.path.join(options.folder, f"video-{number}")
        os.makedirs(at, exist_ok=True)
        with open(os.path.join(at, name), "wb") as file:
            file.write(data)
        run = Run(options, at, name)
        wrong = run.wrong(options, at)
        statuses[run.status] += 1
        longest, most = max(longest, run.seconds), max(most, run.most)
        if wrong:
            failed += 1
            print(f"{number} {name} ({' '.join(way.__name__ for way in ways)}): {'; '.join(wrong)}\n    {run.said[-300:]}", flush=True)
        else:
            shutil.rmtree(at)
    print(f"{options.count} videos of {len(names)} kinds, {options.count - failed} as it should be; status "
          + ", ".join(f"{status}: {count}" for status, count in sorted(statuses.items()))
          + f"; longest {longest:.1f} s, most memory {most // 1024} MB")
    sys.exit(1 if failed else 0)


main()
