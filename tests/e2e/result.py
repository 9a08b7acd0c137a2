# SPDX-License-Identifier: Apache-2.0
"""Questions about JSON documents, asked by the shell tests.

get FILE PATH              print a value ("verdict.label", "repetitions.0.start_s")
equal A B PATH…            the same value at each path of both files
warns FILE CODE            there is such a warning
near FILE PATH VALUE TOL   the quantity there is within TOL of VALUE and its interval holds it
truth RESULT TRUTH TOL     the result's summary is within TOL degrees of the renderer's truth and its interval holds it
bends RESULT TRUTH         each repetition's intervals hold what the renderer says of it, in the same bend
schema FILE SCHEMA         the document keeps to its schema (exit 77 without python3-jsonschema)
"""
import json
import sys


def load(name):
    with open(name, encoding="utf-8") as file:
        return json.load(file, parse_constant=lambda word: sys.exit(f"{name}: {word} is no JSON number"))


def at(document, path):
    for part in path.split("."):
        document = document[int(part)] if isinstance(document, list) else document[part]
    return document


def check_truth(result, truth, tolerance):
    for name in ("hip_hinge_deg", "lumbar_flexion_deg"):
        found, wanted = result["summary"].get(name), truth["summary"][name]
        if found is None:
            sys.exit(f"summary.{name} is missing")
        within = found["low"] <= wanted <= found["high"]
        near = abs(found["value"] - wanted) <= tolerance
        print(f"{name}: {found['value']} [{found['low']}, {found['high']}], true {wanted}")
        if not (within and near):
            sys.exit(f"{name} is off by {found['value'] - wanted:.2f} (allowed: {tolerance}), inside: {within}")
    if result["facing"] != truth["facing"]:
        sys.exit(f"facing {result['facing']} instead of {truth['facing']}")
    if result["marker_set"] != truth["marker_set"]:
        sys.exit(f"marker set {result['marker_set']} instead of {truth['marker_set']}")
    label, share = result["verdict"]["label"], truth["summary"]["lumbar_share"]
    share = share["value"] if isinstance(share, dict) else share
    so = {"hips": share < 0.4, "both": 0.4 <= share <= 0.6, "lower_back": share > 0.6, "more_hips": share < 0.5,
          "more_lower_back": share > 0.5, "cannot_tell": True}
    if not so[label]:
        sys.exit(f"verdict {label}, but the share was {share}")


def check_bends(result, truth):
    found, wanted = result["repetitions"], truth["repetitions"]
    if len(found) != len(wanted):
        sys.exit(f"{len(found)} repetitions instead of {len(wanted)}")
    for n, (a, b) in enumerate(zip(found, wanted), 1):
        for name in ("hip_hinge_deg", "lumbar_flexion_deg", "lumbar_share"):
            if not a[name]["low"] <= b[name] <= a[name]["high"]:
                sys.exit(f"repetition {n}: {name} is {b[name]}, not in [{a[name]['low']}, {a[name]['high']}]")
        if not a["start_s"] <= b["end_range_s"] <= a["end_s"]:
            sys.exit(f"repetition {n} is from {a['start_s']} s to {a['end_s']} s, its end range at {b['end_range_s']} s")


def check_near(found, wanted, tolerance, name):
    print(f"{name}: {found['value']} [{found['low']}, {found['high']}], true {wanted}")
    if abs(found["value"] - wanted) > tolerance:
        sys.exit(f"{name} is off by {found['value'] - wanted:.2f} (allowed: {tolerance})")
    if not found["low"] <= wanted <= found["high"]:
        sys.exit(f"{name}: the truth is not within the interval")


def check_schema(document, schema):
    try:
        import jsonschema
    except ImportError:
        print("skipped: python3-jsonschema is not installed")
        sys.exit(77)
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    faults = list(validator(schema).iter_errors(document))
    for fault in faults:
        print("/".join(str(part) for part in fault.absolute_path), fault.message)
    sys.exit(1 if faults else 0)


def main():
    command, *words = sys.argv[1:]
    if command == "get":
        print(at(load(words[0]), words[1]))
    elif command == "equal":
        one, two = load(words[0]), load(words[1])
        for path in words[2:]:
            a, b = (json.dumps(at(document, path)) for document in (one, two))
            if a != b:
                sys.exit(f"{path} differs:\n{a}\n{b}")
    elif command == "warns":
        codes = [warning["code"] for warning in load(words[0])["warnings"]]
        if words[1] not in codes:
            sys.exit(f"no warning {words[1]} among {codes}")
    elif command == "near":
        check_near(at(load(words[0]), words[1]), float(words[2]), float(words[3]), words[1])
    elif command == "truth":
        check_truth(load(words[0]), load(words[1]), float(words[2]))
    elif command == "bends":
        check_bends(load(words[0]), load(words[1]))
    elif command == "schema":
        check_schema(load(words[0]), load(words[1]))
    else:
        sys.exit(f"unknown question {command}")


main()
