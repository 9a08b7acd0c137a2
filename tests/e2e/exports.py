# SPDX-License-Identifier: Apache-2.0
"""Readers of the exported files, written from the formats' published descriptions and sharing no code with the program.

trc FILE                        as strict as OpenSim: keys, counts, a tab after every cell
markers A B TOLERANCE           two TRC files hold the same markers, within so many mm
mot FILE                        likewise
c3d FILE TRC                    the C3D holds the TRC's markers; −1 where those are blank
c3d_even FILE TRC               the same where the TRC's times are uneven: the C3D is on straight lines between
signs MOT ANGLES                the MOT is the angles file with OpenSim's names and signs
angles A B TOLERANCE            two angles files agree, and know and do not know the same
units FILE                      every column of a CSV names its unit
explained FILE PAGE             every column of a CSV or MOT is explained on the page of formats
fhir FILE [CLIENT]              the rules of FHIR R4 for what is used of it
"""
import csv
import json
import math
import re
import struct
import sys

KEYS = ["DataRate", "CameraRate", "NumFrames", "NumMarkers", "Units", "OrigDataRate", "OrigDataStartFrame",
        "OrigNumFrames"]


def check(condition, text):
    if not condition:
        sys.exit(text)


# ---- TRC and MOT ----

def tokens(line):
    """Cells end at tabs; what follows the last tab counts only if it is there."""
    parts = line.split("\t")
    return parts if parts[-1] else parts[:-1]


def read_trc(name):
    with open(name, encoding="utf-8", newline="") as file:
        text = file.read()
    check("\r" not in text and text.endswith("\n"), "line endings")
    lines = text.split("\n")
    check(lines[0].split("\t")[:3] == ["PathFileType", "4", "(X/Y/Z)"], "line 1")
    check(tokens(lines[1]) == KEYS, "line 2 has other keys")
    values = dict(zip(KEYS, tokens(lines[2])))
    check(len(tokens(lines[2])) == len(KEYS), "line 3 has another number of values")
    names = [cell for cell in tokens(lines[3]) if cell]
    check(names[:2] == ["Frame#", "Time"], "line 4")
    names = names[2:]
    check(len(names) == int(values["NumMarkers"]), "NumMarkers is not the number of names")
    labels = [cell for cell in tokens(lines[4]) if cell]
    check(labels == [f"{axis}{i + 1}" for i in range(len(names)) for axis in "XYZ"], "line 5")
    check(lines[5] == "", "line 6 is not empty")
    rows = []
    for number, line in enumerate(lines[6:-1], 1):
        row = tokens(line)
        check(len(row) == 3 * len(names) + 2, f"row {number} has {len(row)} cells")
        check(int(row[0]) == number, "frames are not numbered from 1")
        points = []
        for i in range(len(names)):
            cells = row[2 + 3 * i:5 + 3 * i]
            check(all(cells) or not any(cells), "a coordinate alone is missing")
            points.append(tuple(map(float, cells)) if all(cells) else None)
        rows.append((float(row[1]), points))
    check(len(rows) == int(values["NumFrames"]) == int(values["OrigNumFrames"]), "NumFrames is not that of the rows")
    check(all(a[0] < b[0] for a, b in zip(rows, rows[1:])), "times do not grow")
    return values, names, rows


def check_trc(name):
    values, names, rows = read_trc(name)
    check(values["Units"] == "mm", "Units")
    seen = [p for _, points in rows for p in points if p]
    check(seen and all(p[2] == 0 for p in seen), "Z is not 0")
    height = {n: [points[i][1] for _, points in rows if points[i]] for i, n in enumerate(names)}
    check(max(height["shoulder"]) > max(height["knee"]), "y does not point up")
    if len(rows) > 1:
        rate = (len(rows) - 1) / (rows[-1][0] - rows[0][0])
        check(abs(float(values["DataRate"]) - rate) < 0.01, "DataRate is not the mean rate")
    for strip in (n[:-2] for n in names if n.endswith("_a")):
        check(strip + "_b" in names, f"{strip} has one end")
        lower, upper = names.index(strip + "_a"), names.index(strip + "_b")
        first = next(points for _, points in rows if points[lower] and points[upper])
        check(first[upper][1] > first[lower][1], f"the upper end of {strip} is below")
    print(f"{len(rows)} rows of {len(names)} markers")


def check_markers(first, second, tolerance):
    a, b = read_trc(first), read_trc(second)
    check(a[1] == b[1] and [time for time, _ in a[2]] == [time for time, _ in b[2]], "other markers or times")
    for (time, row), (_, other) in zip(a[2], b[2]):
        for name, p, q in zip(a[1], row, other):
            check((p is None) == (q is None), f"{name} at {time} is missing in one")
            check(p is None or math.dist(p, q) <= tolerance, f"{name} at {time}: {p}, {q}")


def read_mot(name):
    with open(name, encoding="utf-8", newline="") as file:
        head, body = file.read().split("\nendheader\n")
    keys = dict(line.split("=") for line in head.split("\n")[1:] if "=" in line)
    check(keys.get("inDegrees") == "yes" and keys.get("version") == "1", "header")
    lines = body.rstrip("\n").split("\n")
    names = lines[0].split("\t")
    check(names[0] == "time" and len(names) == int(keys["nColumns"]) == len(set(names)), "columns")
    rows = [list(map(float, line.split("\t"))) for line in lines[1:]]
    check(len(rows) == int(keys["nRows"]), "nRows")
    check(all(len(row) == len(names) and all(map(math.isfinite, row)) for row in rows), "a gap")
    check(all(a[0] < b[0] for a, b in zip(rows, rows[1:])), "times do not grow")
    return names, rows


SIGNS = {"pelvis_tilt": ("pelvic_rotation", -1), "hip_flexion": ("hip_hinge", 1),
         "lumbar_extension": ("lumbar_flexion", -1), "knee_angle": ("knee_flexion", 1),
         "thigh_tilt": ("thigh_rotation", -1), "ribs_tilt": ("ribs_rotation", -1),
         "trunk_thigh_flexion": ("trunk_thigh", 1)}


def read_table(name):
    with open(name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def check_signs(mot, angles):
    names, rows = read_mot(mot)
    table = {row["time_s"]: row for row in read_table(angles)}
    for column, name in enumerate(names[1:], 1):
        ours, sign = SIGNS[re.sub("_[rl]$", "", name)]
        check((name[-2:] in ("_r", "_l")) == (ours in ("hip_hinge", "knee_flexion", "thigh_rotation", "trunk_thigh")),
              f"the side of {name}")
        for row in rows:
            value = float(table[f"{row[0]:.4f}"][ours + "_deg"])
            check(abs(row[column] - sign * value) < 1e-9, f"{name} at {row[0]}: {row[column]}, {ours} {value}")
    least = min(row[names.index("pelvis_tilt")] for row in rows)
    check(least < -20, "a forward tilt is not negative")


def check_angles(first, second, tolerance):
    worst = {}
    a, b = read_table(first), read_table(second)
    check(len(a) == len(b), "another number of rows")
    for x, y in zip(a, b):
        for name in x:
            if not name.endswith("_deg"):
                continue
            check((x[name] == "") == (y[name] == ""), f"{name} at {x['time_s']} is known to one alone")
            if x[name]:
                worst[name] = max(worst.get(name, 0), abs(float(x[name]) - float(y[name])))
    print(worst)
    check(worst and max(worst.values()) <= tolerance, f"angles differ by {max(worst.values())}")


def check_units(name):
    with open(name, encoding="utf-8", newline="") as file:
        line = file.readline()
        if line.startswith("#"):
            line = file.readline()
    for column in line.strip().split(","):
        check(re.search("_(s|deg|low|high|x|y|axis|length|size|sigma|state|cm)$", column) or column == "repetition",
              f"{column} names no unit")


def check_explained(name, page):
    with open(page, encoding="utf-8") as file:
        text = file.read()
    with open(name, encoding="utf-8", newline="") as file:
        lines = file.read().split("\n")
    names = read_mot(name)[0] if name.endswith(".mot") else lines[1 if lines[0].startswith("#") else 0].split(",")
    for column in names:
        base = re.sub("_(deg|low|high)$", "", column)
        role = re.sub("^[a-z]+[01]?_", "ROLE_", column)
        check(any(f"`{word}`" in text for word in (column, base, role)), f"{column} is not explained in {page}")


# ---- C3D: "The C3D File Format User Guide", c3d.org ----

def read_c3d(name):
    with open(name, "rb") as file:
        data = file.read()
    check(len(data) % 512 == 0, "no whole number of blocks")
    block, key = data[0], data[1]
    check(key == 0x50, "no C3D")
    points, analogue, first, last = struct.unpack_from("<4H", data, 2)
    scale, start = struct.unpack_from("<fH", data, 12)
    rate = struct.unpack_from("<f", data, 20)[0]
    at = (block - 1) * 512
    blocks, processor = data[at + 2], data[at + 3]
    check(processor == 84, "not Intel")
    check(start == block + blocks, "the frames do not follow the parameters")
    groups, parameters = {}, {}
    at += 4
    while True:
        length, group = struct.unpack_from("bb", data, at)
        check(length > 0 and group != 0, "a record without a name")
        name = data[at + 2:at + 2 + length].decode("ascii")
        at += 2 + length
        following = struct.unpack_from("<h", data, at)[0]
        if group < 0:
            groups[-group] = name
            text = data[at + 3:at + 3 + data[at + 2]].decode("ascii")
            end = at + 3 + len(text)
        else:
            kind, dimensions = struct.unpack_from("bB", data, at + 2)
            sizes = list(data[at + 4:at + 4 + dimensions])
            count = math.prod(sizes)
            values = at + 4 + dimensions
            end = values + count * abs(kind)
            parameters[(group, name)] = (kind, sizes, data[values:end])
            end += 1 + data[end]
        if following == 0:
            break
        check(at + following == end, f"the offset after {name} is wrong")
        at += following
    check(end <= (block - 1 + blocks) * 512, "parameters run into the frames")

    def value(group, name):
        number = next(k for k, v in groups.items() if v == group)
        kind, sizes, raw = parameters[(number, name)]
        if kind == -1:
            words = [raw[i:i + sizes[0]].decode("utf-8").rstrip() for i in range(0, len(raw), sizes[0])]
            return words if len(sizes) > 1 else words[0]
        found = struct.unpack("<" + {1: "b", 2: "H", 4: "f"}[kind] * (len(raw) // abs(kind)), raw)
        return found[0] if not sizes else found

    check(value("POINT", "USED") == points and value("POINT", "RATE") == rate, "header and parameters differ")
    check(value("POINT", "SCALE") == scale < 0 and value("POINT", "DATA_START") == start, "header and parameters differ")
    check(value("ANALOG", "USED") == analogue == 0, "analogue channels")
    low, high = value("TRIAL", "ACTUAL_END_FIELD")
    frames = low + 65536 * high
    check(first == 1 and last == min(frames, 65535) == value("POINT", "FRAMES"), "the number of frames")
    check(value("POINT", "UNITS") == "mm" and value("POINT", "Y_SCREEN") == "+Y", "units and screen")
    check(value("MANUFACTURER", "SOFTWARE") == "Sagitta", "the manufacturer")
    words = struct.unpack_from(f"<{4 * points * frames}f", data, (start - 1) * 512)
    rows = [[words[4 * (f * points + p):4 * (f * points + p) + 4] for p in range(points)] for f in range(frames)]
    return value("POINT", "LABELS"), rate, -scale, rows


def table(name):
    with open(name, encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def check_beside(both, markers, angles):
    """One table holds the markers' cells as they are without, and in every row the angles of the same time; rows of
    which there are no angles have empty cells."""
    joined, places = table(both), table(markers)
    at = {row["time_s"]: row for row in table(angles)}
    check(len(joined) == len(places), "rows differ")
    known = 0
    for row, place in zip(joined, places):
        check(all(row[name] == cell for name, cell in place.items()), f"markers differ at {row['time_s']} s")
        of = at.get(f"{float(row['time_s']):.4f}")
        for name in (n for n in next(iter(at.values())) if n != "time_s"):
            check(row[name] == (of[name] if of else ""), f"{name} differs at {row['time_s']} s")
        known += bool(of and of["hip_hinge_deg"])
    check(known > 0.9 * len(joined), "hardly any row has angles")


def check_quality(word, scale):
    """The state of a point by its fourth word, as readers of either kind take it: a floating-point number that is
    rounded, or two 16-bit integers, mask of cameras and residual."""
    mask, residual = struct.unpack("<Hh", struct.pack("<f", word))
    check(round(word) in (-1, 0) and (word < 0) == (residual < 0), "readers differ about a point")
    if word < 0:
        return "lost"
    if residual == 0:
        check(mask == 0, "the camera of a filled marker")
        return "filled"
    check(mask == 1 and residual * scale < 50, "the residual of a seen marker")
    return "seen"


def check_c3d(name, trc, even):
    labels, rate, scale, rows = read_c3d(name)
    values, names, wanted = read_trc(trc)
    check(labels == names and len(rows) == len(wanted), "markers or frames differ")
    check(abs(rate - float(values["DataRate"])) < 1e-3, "rate")
    states = {"lost": 0, "filled": 0, "seen": 0}
    times = [time for time, _ in wanted]
    for frame, row in enumerate(rows):
        at = times[0] + frame / rate
        near = min(range(len(times)), key=lambda i: abs(times[i] - at))
        for point, word in enumerate(row):
            state = check_quality(word[3], scale)
            states[state] += 1
            check(word[2] == 0, "z is not 0")
            if even or abs(times[near] - at) < 0.0009:
                place = wanted[frame if even else near][1][point]
                check((place is None) == (state == "lost"), f"{labels[point]}, frame {frame}: {state}, {place}")
                if place:
                    check(math.dist(place[:2], word[:2]) < 1e-3, f"{labels[point]}, frame {frame}")
                continue
            check(state != "seen", f"{labels[point]}, frame {frame}, lies between two frames and counts as seen")
            after = next(i for i, time in enumerate(times) if time > at)
            a, b = wanted[after - 1][1][point], wanted[after][1][point]
            if state == "filled":
                part = (at - times[after - 1]) / (times[after] - times[after - 1])
                line = [u + part * (v - u) for u, v in zip(a, b)]
                check(math.dist(line[:2], word[:2]) < 0.01, f"{labels[point]}, frame {frame}, is off the line")
    print(states)
    check(states["seen"] > 0 or not even, "nothing is seen")


# ---- FHIR R4 ----

URN = re.compile(r"^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")
DATE = re.compile(r"^\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?)?)?$")
UCUM = {"deg", "%", "cm", "s", "deg/s", "1", "[in_i]", "{score}"}
ALLOWED = {
    "Observation": {"resourceType", "status", "category", "code", "subject", "effectiveDateTime", "valueQuantity",
                    "valueCodeableConcept", "dataAbsentReason", "note", "method", "device", "hasMember", "component",
                    "bodySite"},
    "Patient": {"resourceType", "identifier", "name", "gender", "birthDate"},
    "Device": {"resourceType", "deviceName", "version"},
    "CodeSystem": {"resourceType", "url", "version", "name", "title", "status", "caseSensitive", "content", "concept"},
}
# Structure of left and right lower limb, lower limb; left, right, right and left.
SNOMED = {"32153003", "62175007", "61685007", "7771000", "24028007", "51440002"}
LOINC = {"72514-3": "{score}", "8302-2": "cm"}


def check_concept(concept, codes):
    check(set(concept) <= {"coding", "text"} and concept.get("coding"), "a concept without coding")
    for coding in concept["coding"]:
        check(set(coding) <= {"system", "code", "display"}, "a coding with unknown keys")
        check(re.match(r"^[^\s]+$", coding["code"]), f"{coding['code']} is no code")
        if coding["system"] == codes["url"]:
            defined = next((c for c in codes["concept"] if c["code"] == coding["code"]), None)
            check(defined, f"{coding['code']} is not in the code system")
            check(coding.get("display") == defined["display"], f"the display of {coding['code']}")
        elif coding["system"] == "http://loinc.org":
            check(coding["code"] in LOINC, f"LOINC {coding['code']} was not looked up")
        elif coding["system"] == "http://snomed.info/sct":
            check(coding["code"] in SNOMED, f"SNOMED CT {coding['code']} was not looked up")
        else:
            check(coding["system"].startswith("http://terminology.hl7.org/CodeSystem/"), coding["system"])


def check_quantity(quantity):
    check(set(quantity) <= {"value", "comparator", "unit", "system", "code"}, "a quantity with unknown keys")
    check(isinstance(quantity["value"], (int, float)) and math.isfinite(quantity["value"]), "a value")
    check(quantity["system"] == "http://unitsofmeasure.org" and quantity["code"] in UCUM, f"unit {quantity['code']}")
    check(quantity.get("comparator", "<") in ("<", "<=", ">=", ">"), "a comparator")


def check_value(holder, codes):
    values = [key for key in holder if key.startswith("value")]
    check(len(values) <= 1, "two values")
    for key in values:
        if key == "valueQuantity":
            check_quantity(holder[key])
        elif key == "valueCodeableConcept":
            check_concept(holder[key], codes)
        else:
            check(key in ("valueInteger", "valueBoolean", "valueString"), key)
    return bool(values)


def check_observation(o, codes, entries):
    check(o["status"] == "final", "status")
    check_concept(o["code"], codes)
    for category in o["category"]:
        check_concept(category, codes)
        check(category["coding"][0]["code"] in ("exam", "survey", "vital-signs"), "category")
    for reference in [o.get("subject"), o.get("device")] + o.get("hasMember", []):
        check(reference is None or reference["reference"] in entries, "a reference to nothing")
    if "subject" in o:
        check(entries[o["subject"]["reference"]]["resourceType"] == "Patient", "the subject is no Patient")
    check("effectiveDateTime" not in o or DATE.match(o["effectiveDateTime"]), "effectiveDateTime")
    for key in ("method", "bodySite"):
        if key in o:
            check_concept(o[key], codes)
    check(all(set(note) == {"text"} and note["text"] for note in o.get("note", [])), "note")
    valued = check_value(o, codes)
    check(not (valued and "dataAbsentReason" in o), "a value and a reason for none")
    components = o.get("component", [])
    for component in components:
        check(set(component) - {"code"}, "a component without a value")
        check_concept(component["code"], codes)
        check(check_value(component, codes), "a component without a value")
    check(valued or components or "hasMember" in o or "dataAbsentReason" in o, "an Observation that says nothing")
    code = o["code"]["coding"][0]
    if code["system"] == "http://loinc.org":
        check(o["valueQuantity"]["code"] == LOINC[code["code"]], "the unit of a LOINC code")
    if o["category"][0]["coding"][0]["code"] == "vital-signs":
        check("subject" in o and "effectiveDateTime" in o, "vital signs need whose and when")


def check_fhir(name, client):
    with open(name, encoding="utf-8") as file:
        bundle = json.load(file, parse_constant=lambda word: sys.exit(f"{word} is no JSON number"))
    check(bundle["resourceType"] == "Bundle" and bundle["type"] == "collection", "no collection")
    check(set(bundle) == {"resourceType", "type", "entry"}, "keys of the bundle")
    entries = {}
    for entry in bundle["entry"]:
        check(set(entry) == {"fullUrl", "resource"} and URN.match(entry["fullUrl"]), "an entry's name")
        check(entry["fullUrl"] not in entries, "two entries of one name")
        entries[entry["fullUrl"]] = entry["resource"]
    kinds = [resource["resourceType"] for resource in entries.values()]
    check(kinds.count("CodeSystem") == 1 and kinds.count("Device") == 1, "code system and device")
    codes = next(r for r in entries.values() if r["resourceType"] == "CodeSystem")
    check(codes["status"] == "active" and codes["content"] == "complete" and URN.match(codes["url"]), "code system")
    defined = [c["code"] for c in codes["concept"]]
    check(len(defined) == len(set(defined)), "a code is defined twice")
    check(all(c["display"] and c["definition"] for c in codes["concept"]), "a code is not explained")
    for resource in entries.values():
        kind = resource["resourceType"]
        check(set(resource) <= ALLOWED[kind], f"{kind} has {set(resource) - ALLOWED[kind]}")
        if kind == "Observation":
            check_observation(resource, codes, entries)
    patients = [r for r in entries.values() if r["resourceType"] == "Patient"]
    check(len(patients) == (1 if client else 0), "a Patient")
    if client:
        check(patients[0]["identifier"][0]["value"] == client, "the client's identifier")
        check(patients[0].get("gender", "male") in ("male", "female", "other", "unknown"), "gender")
        check(DATE.match(patients[0].get("birthDate", "2000")), "birthDate")
    panels = [o for o in entries.values() if "hasMember" in o]
    check(len(panels) == 1, "one Observation has all others as members")
    others = {urn for urn, o in entries.items() if o["resourceType"] == "Observation" and "hasMember" not in o}
    check({m["reference"] for m in panels[0]["hasMember"]} == others, "members")
    print(f"{len(others)} observations")


def main(command, *words):
    if command == "trc":
        check_trc(*words)
    elif command == "markers":
        check_markers(words[0], words[1], float(words[2]))
    elif command == "mot":
        read_mot(*words)
    elif command in ("c3d", "c3d_even"):
        check_c3d(*words, command == "c3d")
    elif command == "signs":
        check_signs(*words)
    elif command == "angles":
        check_angles(words[0], words[1], float(words[2]))
    elif command == "beside":
        check_beside(*words)
    elif command == "units":
        check_units(*words)
    elif command == "explained":
        check_explained(*words)
    elif command == "fhir":
        check_fhir(words[0], words[1] if len(words) > 1 else None)
    else:
        sys.exit(__doc__)


main(*sys.argv[1:])
