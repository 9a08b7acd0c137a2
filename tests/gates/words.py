#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One word for each thing: words that were given up do not come back, and no two files of the product share a name for different things.

The glossary is in ARCHITECTURE.md. Run from the top of the tree.
"""
import collections
import re
import sys
from pathlib import Path

# Given up → what it is called now.
GIVEN_UP = {
    r"\bsg_sighting": "sg_detection (track), sg_observation (body)",
    r"\bbystander": "distractor",
    r"\bsg_mend\b": "repair",
    r"\bsg_speak\b": "a language that is passed (base/translate.h)",
    r"\bRAD\b": "SG_RADIANS (base/math.h)",
    r"1\.9599?6?4?\b": "SG_NORMAL (base/math.h)",
}
ROOMS = ("include", "cv", "calibration", "app")
# Two files may share a name where both are about the very same thing: a format that is read in one room and written in
# another; a command (app/commands) and the room that does its work; the seam to the system, of library and program.
ONE_THING = {"c3d", "csv", "trc", "mot", "system", "system_linux"}


def product():
    for room in ROOMS:
        yield from sorted(p for p in Path(room).rglob("*") if p.suffix in (".c", ".h", ".cpp"))


def main():
    found = []
    names = collections.defaultdict(set)
    for path in product():
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            for word, now in GIVEN_UP.items():
                if re.search(word, line) and str(path) != "cv/base/math.h":
                    found.append(f"{path}:{number}: {line.strip()[:80]}\n    is called now: {now}")
        if path.stem not in ONE_THING and path.parent != Path("app/commands"):
            names[path.stem].add(path.parent)
    for stem, folders in sorted(names.items()):
        rooms = {f for f in folders if not str(f).startswith("include")}
        if len(rooms) > 1:
            found.append(f"{stem}: a file of this name stands in {', '.join(map(str, sorted(rooms)))}")
    print("\n".join(found) or "one word for each thing")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
