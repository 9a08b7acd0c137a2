#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Public structs grow only where nobody's memory depends on their size (include/sagitta/sagitta.h, "What can grow").

Every struct that the public headers lay open stands in the table of tests/unit/test_abi.c as one of

    FIXED     its meaning is closed: it stays as large as it is
    RESERVED  ends in uint64_t reserved[N], out of which new members are taken: it stays as large as it is
    GROWS     made by the library alone and read where it stands, one at a time: may grow at its end

and this gate finds a settings struct without a reserve, and a struct that may grow in an array, in another struct, handed
over as a value or filled in for a caller. Run from the top of the tree.
"""
import re
import sys
from pathlib import Path

problems = []
structs = {}
text = ""
for header in sorted(Path("include/sagitta").glob("*.h")):
    source = re.sub(r"/\*.*?\*/", " ", header.read_text(), flags=re.S)
    text += source
    for name, body in re.findall(r"^typedef struct (sagitta_\w+) \{(.*?)^\} \1;", source, flags=re.S | re.M):
        structs[name] = [" ".join(line.split()) for line in body.split(";") if line.strip()]

table = dict(re.findall(r"^  ROW\((sagitta_\w+), \d+, (FIXED|RESERVED|GROWS)\)", Path("tests/unit/test_abi.c").read_text(), re.M))
for name in sorted(set(structs) | set(table)):
    if name not in table:
        problems.append(f"{name} is missing in the table of tests/unit/test_abi.c")
    elif name not in structs:
        problems.append(f"{name} stands in the table of tests/unit/test_abi.c and in no header")
grows = {name for name, kind in table.items() if kind == "GROWS"}

for name, members in structs.items():
    kind = table.get(name)
    reserve = bool(re.match(r"uint64_t reserved\[\d+\]$", members[-1]))
    if reserve != (kind == "RESERVED"):
        problems.append(f"{name} is {kind} and {'ends' if reserve else 'does not end'} in a reserve")
    if name.endswith("_settings") and kind != "RESERVED":
        problems.append(f"{name} has no reserve: settings must be able to grow")
    for at, member in enumerate(members):
        held = re.match(r"(?:const )?(sagitta_\w+) (\*?)", member)
        last_of_growing = at == len(members) - 1 and kind == "GROWS" and not held.group(2) if held else False
        if held and held.group(1) in grows and not last_of_growing:
            problems.append(f"{name} holds {held.group(1)}, which may grow: {member}")

for returned, star, function, arguments in re.findall(r"SAGITTA_API (?:const )?(sagitta_\w+) (\*?)(\w+)\((.*?)\);", text, re.S):
    if returned in grows and (not star or "size_t *count" in arguments):
        problems.append(f"{function} gives {returned}, which may grow, as {'an array' if star else 'a value'}")
    for argument in arguments.split(","):
        taken = re.match(r"\s*(const )?(sagitta_\w+) (\**)", argument)
        if taken and taken.group(2) in grows and (not taken.group(3) or (not taken.group(1) and taken.group(3) == "*")):
            problems.append(f"{function} takes {taken.group(2)}, which may grow, from its caller's memory")

print("\n".join(problems) or f"{len(structs)} structs: {len(grows)} may grow, where nobody depends on their size")
sys.exit(1 if problems else 0)
