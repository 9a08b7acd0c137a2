#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Whether programs go on working that were compiled with an earlier header of the same soname.

    python3 tests/consumer/abi.py FOLDER INCLUDE COMPILER [EARLIER INCLUDE]

A library is made of each set of headers alone: every declared function, with nothing in it, and the types as debugging
information. abidiff compares the two, and its report is read by the rules of include/sagitta/sagitta.h ("What can
grow"): its exit status says of a struct whose members have moved only that it is another one.

The rules are tried first, on copies of the headers that are changed in ways that must pass and must not; without EARLIER
that is all.
"""
import re
import shutil
import subprocess
import sys
from pathlib import Path

GROWS = set(re.findall(r"ROW\((sagitta_\w+), \d+, GROWS\)",
                       (Path(__file__).parents[1] / "unit/test_abi.c").read_text()))
BREAKS = (r"type size changed|type name changed|offset changed|from value|deletion|[1-9]\d* Removed|"
          r"parameter \d+ .*was (added|removed)|entity changed|return type changed:$.*void")

# What is changed in a copy of the headers, and whether programs go on: name, header, pattern, replacement.
TRIALS = [
    (True, "as it is", "cpu.h", r"\A", ""),
    (True, "a member out of the reserve", "track.h", r"uint64_t reserved\[8\];(?=[^}]*\} sagitta_track_settings)",
     "double later;\nuint64_t reserved[7];"),
    (True, "a struct that may grow", "result.h", r"\} sagitta_summary;", "sagitta_quantity later;\n} sagitta_summary;"),
    (True, "a name at the end of a list", "tracks.h", r"SAGITTA_FILLED = 2", "SAGITTA_FILLED = 2, SAGITTA_LATER = 3"),
    (True, "another function", "cpu.h", r"\Z", "\nSAGITTA_API int sagitta_later(void);\n"),
    (False, "a member at the front", "track.h", r"typedef struct sagitta_track_settings \{", r"\g<0>\nint later;"),
    (False, "a member at the end of what has a reserve", "track.h", r"\} sagitta_track_settings;", r"int later;\n\g<0>"),
    (False, "a closed struct that grows", "result.h", r"\} sagitta_quantity;", r"double later;\n\g<0>"),
    (False, "a member that is gone", "result.h", r"double low, high;(?=[^}]*\} sagitta_quantity)", "double low;"),
    (False, "a member of another type", "track.h", r"bool ruler;", "char ruler;"),
    (False, "a list numbered anew", "tracks.h", r"SAGITTA_SEEN = 1", "SAGITTA_SEEN = 5"),
    (False, "a function that is gone", "cpu.h", r"SAGITTA_API bool sagitta_simd_usable\(const char \*level\);", ""),
    (False, "an argument more", "cpu.h", r"sagitta_simd_usable\(const char \*level\)", r"sagitta_simd_usable(const char *level, int more)"),
]


def library(include, to, compiler):
    """The headers as a shared library, every function empty."""
    lines, functions = [], ""
    for header in sorted((include / "sagitta").glob("*.h")):
        lines.append(f'#include "sagitta/{header.name}"')
        functions += re.sub(r"/\*.*?\*/", " ", header.read_text(), flags=re.S)
    for declared in re.findall(r"^SAGITTA_API (.*?);", functions, flags=re.S | re.M):
        declared = " ".join(declared.split())
        kind = re.match(r"(.*?)\bsagitta_\w+\(", declared).group(1).strip()
        nothing = "" if kind == "void" else f"static {kind} nothing; return nothing;"
        lines.append(f"{declared} {{ {nothing} }}")
    to.with_suffix(".c").write_text("\n".join(lines) + "\n")
    subprocess.run([compiler, "-std=c11", "-g", "-O0", "-shared", "-fPIC", f"-I{include}", "-Wl,-soname,libsagitta.so",
                    "-o", to, to.with_suffix(".c")], check=True)
    return to


def broken(old, new):
    """The lines of abidiff's report that say that a program breaks."""
    done = subprocess.run(["abidiff", old, new], capture_output=True, text=True)
    if done.returncode & 3:
        sys.exit(f"abidiff failed: {done.stderr or done.stdout}")
    found, struct, reserve = [], "", None
    for line in done.stdout.splitlines():
        indent = len(line) - len(line.lstrip())
        struct = (re.findall(r"'struct (\w+)'", line) or [struct])[-1]
        if re.search(r"type of 'uint64_t reserved\[", line):
            reserve = indent
            continue
        if reserve is not None and (indent > reserve or line.lstrip().startswith("and offset changed")):
            continue
        reserve = None
        if not re.search(BREAKS, line):
            continue
        sizes = re.search(r"type size changed from (\d+) to (\d+)", line)
        if sizes and struct in GROWS and int(sizes.group(2)) > int(sizes.group(1)):
            continue
        found.append(f"{struct}: {line.strip()}")
    return found


def changed(include, to, header, pattern, replacement):
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(include, to)
    file = to / "sagitta" / header
    text, count = re.subn(pattern, replacement, file.read_text(), count=1)
    if not count:
        sys.exit(f"{header} has no {pattern}: the trial says nothing")
    file.write_text(text)
    return to


def main(folder, include, compiler, earlier=None):
    folder, include = Path(folder), Path(include)
    present = library(include, folder / "present.so", compiler)
    wrong = 0
    for goes_on, name, *change in TRIALS:
        tried = library(changed(include, folder / "trial", *change), folder / "trial.so", compiler)
        if bool(broken(present, tried)) == goes_on:
            print(f"{name}: taken for what {'breaks programs' if goes_on else 'does no harm'}")
            wrong = 1
    if wrong or not earlier:
        return wrong
    found = broken(library(Path(earlier), folder / "earlier.so", compiler), present)
    print("\n".join(found))
    return 1 if found else 0


sys.exit(main(*sys.argv[1:]))
