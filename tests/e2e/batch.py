# SPDX-License-Identifier: Apache-2.0
"""Questions about the table of a batch, asked by batch.sh.

whole TABLE FILE…          a line for each file and no other, in the order of their names, every line with all columns
cell TABLE FILE COLUMN     print a cell
as TABLE FILE RESULT       the line holds what the result document of that file does
formats TABLE PAGE         every column is explained on the page of formats
"""
import csv
import json
import sys
from collections import defaultdict


def check(condition, text):
    if not condition:
        sys.exit(text)


def read(name):
    with open(name, encoding="utf-8", newline="") as file:
        text = file.read()
    check(text.endswith("\n") and "\r" not in text, "line endings")
    rows = list(csv.reader(text.splitlines()))
    check(len(set(rows[0])) == len(rows[0]), "a column stands twice")
    check(all(len(row) == len(rows[0]) for row in rows), "lines have another number of columns than the first")
    # Columns that are empty in every line are not in the file.
    return rows[0], [defaultdict(str, zip(rows[0], row)) for row in rows[1:]]


def line_of(table, file):
    found = [row for row in read(table)[1] if row["file"] == file]
    check(len(found) == 1, f"{len(found)} lines for {file}")
    return found[0]


def whole(table, *files):
    names, rows = read(table)
    check([row["file"] for row in rows] == sorted(files, key=str.encode), [row["file"] for row in rows])
    for row in rows:
        check(row["exit"].isdigit(), f"{row['file']}: no exit status")
        check((row["exit"] == "0") == (row["reason"] == "") == (row["test"] != ""), f"{row['file']}: {row['reason']}")
        check(row["exit"] == "0" or len(row["reason"].split()) >= 6, f"{row['file']}: no reason to go by")
        if row["exit"] == "0":
            check(row["repetitions"].isdigit() and row["facing"] in ("left", "right"), f"{row['file']}: {row}")
        for name in names:
            if name.endswith("_low") and row[name]:
                value, high = float(row[name[:-4]]), float(row[name[:-4] + "_high"])
                check(float(row[name]) <= value <= high, f"{row['file']}: {name}")


def same_as(table, file, result):
    row = line_of(table, file)
    with open(result, encoding="utf-8") as stream:
        document = json.load(stream)
    for key in ("test", "marker_set", "facing"):
        check(row[key] == document[key], key)
    check(row["side"] == (document["side"] or ""), "side")
    known = 0
    for key, q in document["summary"].items():
        if not isinstance(q, dict) or "value" not in q:
            continue
        for ending, part in (("", "value"), ("_low", "low"), ("_high", "high")):
            check(abs(float(row[key + ending]) - q[part]) < 1e-9, f"{key}{ending}: {row[key + ending]}, {q[part]}")
        known += 1
    check(known > 0, "nothing to compare")
    verdict = document["verdict"]
    if "label" in verdict:
        check(row["verdict"] == verdict["label"] and row["lean"] == verdict["lean"], "verdict")
        for band, p in verdict["probability"].items():
            check(abs(float(row[f"probability_{band}"]) - p) < 1e-9, f"probability of {band}")
        check(row["rests_on_usual"] == str(verdict["rests_on_usual"]).lower(), "rests on the usual")
    flags = {flag for r in document["repetitions"] for flag in r["flags"]}
    check(set(row["flags"].split()) == flags, f"flags {row['flags']}, {flags}")
    warned = {w["code"] for w in document["warnings"]} - flags
    check(set(row["warnings"].split()) == warned, f"warnings {row['warnings']}, {warned}")
    score = document["summary"].get("score", {})
    for value in score.get("protocols", []):
        column = f"score_{value['protocol']}_{value['unit']}"
        check(abs(float(row[column]) - value["value"]) < 1e-9, column)
    if "percentile" in score.get("norm", {}):
        check(abs(float(row["percentile"]) - score["norm"]["percentile"]) < 0.051, "percentile")


def formats(table, page):
    with open(page, encoding="utf-8") as file:
        text = file.read()
    for name in read(table)[0]:
        base = name.removesuffix("_low").removesuffix("_high")
        check(f"`{name}`" in text or f"`{base}`" in text, f"{name} is not explained in {page}")


commands = {"whole": whole, "as": same_as, "formats": formats,
            "cell": lambda table, file, column: print(line_of(table, file)[column])}
commands[sys.argv[1]](*sys.argv[2:])
