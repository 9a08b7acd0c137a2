#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The house as it is built: data goes down, no circles, and no room reads another room's private headers.

    python3 tests/gates/rooms.py BUILD

Includes are read from the sources, calls from the object files in BUILD (which file defines what another one needs), so
that a circle through functions is found as well as one through headers. Run from the top of the tree.
"""
import collections
import re
import subprocess
import sys
from pathlib import Path

# Of each room: the rooms it may include, and the headers of it that others may include ("*" = all of them). Rooms of
# the program see include/ and nothing of cv/.
CV = {
    "base": ((), "*"),
    "video": (("base",), ("video/video.h", "video/packets.h")),
    "scan": (("base",), ("scan/scan.h",)),
    "tracks": (("base",), ("tracks/tracks.h",)),
    "track": (("base", "video", "scan", "tracks"), ("track/track.h", "track/online.h")),
    "camera": (("base",), ("camera/view.h",)),
    "body": (("base", "tracks", "camera"), ("body/body.h", "body/anatomy.h")),
    "result": (("base",), ("result/result.h",)),
    "assess": (("base", "tracks", "camera", "body", "result"), ("assess/tests.h", "assess/messages.h", "assess/count.h")),
    "live": (("base", "video", "tracks", "track", "assess", "body", "result"), ()),
    "export": (("base", "tracks", "camera", "result"), ()),
    "simulate": (("base", "tracks"), ()),
    "opencv": (("base",), ("opencv/opencv_c.h",)),
    "calibration": (("base", "video", "track", "tracks", "camera", "opencv"), ()),
}


def room_of(path):
    parts = path.parts
    return parts[1] if parts[0] == "cv" else parts[0]


def sources():
    for top in ("include", "cv", "calibration", "app", "samples"):
        yield from sorted(p for p in Path(top).rglob("*") if p.suffix in (".c", ".h", ".cpp"))


def target_of(path, included):
    """The file that an include names, or None outside of the tree."""
    for base in (path.parent, Path("include"), Path("cv"), Path("."), Path("app"), Path("samples")):
        if (base / included).is_file():
            return base / included
    return None


def includes():
    graph = collections.defaultdict(set)
    for path in sources():
        for included in re.findall(r'^\s*#\s*include\s+"([^"]+)"', path.read_text("utf-8"), re.M):
            target = target_of(path, included)
            if target:
                graph[path].add(target)
    return graph


def calls(build):
    """Object file → object files that define what it needs; by source path."""
    defined, needed = {}, {}
    for line in subprocess.run(["find", build, "-name", "*.o"], stdout=subprocess.PIPE, text=True, check=True).stdout.split():
        match = re.search(r"(?:^|/)(cv|calibration|app|samples)/(?:[^/]+/)*?CMakeFiles/[^/]+\.dir/(.+)\.o$", line)
        if not match:
            continue
        folder = line.split("/CMakeFiles/")[0]
        source = Path(str(Path(folder).relative_to(build))) / match.group(2)
        source = Path(*[p for p in source.parts if p != ".."])
        # Where a module is loaded, its functions are handed on to it; the calls are those of the functions themselves.
        if not source.is_file() or source.stem.endswith(("_forward", "_loaded")):
            continue
        symbols = subprocess.run(["nm", "-P", line], stdout=subprocess.PIPE, text=True, check=True).stdout
        for symbol in symbols.splitlines():
            name, kind = symbol.split()[:2]
            if kind in "TDBRVW":
                defined.setdefault(name, source)
            elif kind == "U":
                needed.setdefault(source, set()).add(name)
    return {source: {defined[n] for n in names if n in defined and defined[n] != source} for source, names in needed.items()}


def circles(graph):
    """Groups of files that reach each other."""
    order, low, stack, on, groups = {}, {}, [], set(), []

    def visit(node):
        order[node] = low[node] = len(order)
        stack.append(node)
        on.add(node)
        for other in graph.get(node, ()):
            if other not in order:
                visit(other)
            if other in on:
                low[node] = min(low[node], low[other])
        if low[node] == order[node]:
            group = []
            while True:
                last = stack.pop()
                on.discard(last)
                group.append(last)
                if last == node:
                    break
            if len(group) > 1:
                groups.append(sorted(group))

    sys.setrecursionlimit(10000)
    for node in sorted(graph):
        if node not in order:
            visit(node)
    return groups


def wrong_includes(graph):
    for path, targets in sorted(graph.items()):
        room = room_of(path)
        for target in sorted(targets):
            other = room_of(target)
            if other == "include" or other == room:
                continue
            if path.parts[0] in ("app", "samples", "include"):
                if target.parts[0] != path.parts[0]:
                    yield f"{path} includes {target}: it may see include/ alone"
                continue
            allowed, faces = CV[room][0], CV[other][1]
            inside = str(Path(*target.parts[1:])) if target.parts[0] == "cv" else str(target)
            if other not in allowed:
                yield f"{path} includes {target}: {room} may not know {other}"
            elif faces != "*" and inside not in faces:
                yield f"{path} includes {target}, which is private to {other}"


def main():
    found = list(wrong_includes(includes()))
    for group in circles(includes()):
        found.append("a circle of includes: " + ", ".join(map(str, group)))
    graph = calls(sys.argv[1])
    if len(graph) < 50:
        found.append(f"{sys.argv[1]} holds the objects of {len(graph)} files only: build everything first")
    for group in circles(graph):
        found.append("a circle of calls: " + ", ".join(map(str, group)))
    print("\n".join(found) or f"{len(graph)} files, no circle, no private header across rooms")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
