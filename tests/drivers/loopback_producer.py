#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Gives a v4l2loopback device its pictures: python3 loopback_producer.py DEVICE FOURCC WIDTHxHEIGHT RATE FILE…

Each FILE is a picture, its bytes handed over as they are, RATE a second, again and again until the process is ended. A raw picture's size must be that of the format.
"""
import fcntl
import struct
import sys
import time

VIDIOC_S_FMT, OUTPUT = 0xC0D05605, 2


def main():
    device, coding, size, rate, files = sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4]), sys.argv[5:]
    width, height = map(int, size.split("x"))
    pictures = [open(name, "rb").read() for name in files]
    raw = {"YUYV": 2 * width, "NV12": width}.get(coding, 0)
    most = max(map(len, pictures))
    with open(device, "wb", buffering=0) as out:
        # struct v4l2_format: type, then at 8 the pix_format: width, height, pixelformat, field (none), bytesperline,
        # sizeimage, colorspace (sRGB)
        form = bytearray(208)
        struct.pack_into("<I", form, 0, OUTPUT)
        struct.pack_into("<II4sIIII", form, 8, width, height, coding.encode(), 1, raw, most, 8)
        fcntl.ioctl(out, VIDIOC_S_FMT, form)
        due = time.monotonic()
        for i in range(1 << 30):
            out.write(pictures[i % len(pictures)])
            due += 1 / rate
            time.sleep(max(0, due - time.monotonic()))


if __name__ == "__main__":
    main()
