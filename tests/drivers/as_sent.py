#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Whether a recording holds a camera's JPEG pictures byte for byte: python3 as_sent.py FRAMES RECORDING LEAST

FRAMES is the folder of what was shown, again and again, from any picture on. Every JPEG in RECORDING must be one of
them, whole, in their order; at least LEAST of them must be there. How many are missing between them is said.
"""
import glob
import os
import sys


def main():
    folder, recording, least = sys.argv[1], sys.argv[2], int(sys.argv[3])
    given = [open(name, "rb").read() for name in sorted(glob.glob(os.path.join(folder, "*.jpg")))]
    with open(recording, "rb") as file:
        data = file.read()
    at, last, count, missing = data.find(b"\xff\xd8\xff"), None, 0, 0
    while at >= 0:
        found = [i for i, picture in enumerate(given) if data.startswith(picture, at)]
        if not found:
            sys.exit("at byte %d is a picture that was not sent" % at)
        if last is not None:
            missing += min((i - last - 1) % len(given) for i in found)
            last = min(found, key=lambda i: (i - last - 1) % len(given))
        else:
            last = found[0]
        count += 1
        at = data.find(b"\xff\xd8\xff", at + len(given[last]))
    print(count, "pictures as they were sent,", missing, "missing between them")
    sys.exit(count < least)


if __name__ == "__main__":
    main()
