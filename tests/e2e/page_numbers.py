# SPDX-License-Identifier: Apache-2.0
"""numbers.py CATALOGUE TRACKS ANGLES RESULT PAGE… [+ LIMITS.json…]: every number with a unit on the pages (HTML, or the text of a
PDF) is in the result document, rounded as it is shown, or in a fixed text of the catalogue (limits of a band, "95 %").
What the document does not hold are instants, which the tracks have, how far a curve goes, which the angles have, and limits
of change, which the documents after + have (history, comparison)."""
import csv
import html
import json
import re
import sys

UNITS = r"°/s|°|%|cm|inches|in|s|px|frames/s|frames|points"
NUMBER = re.compile(rf"(?<![\w.])([−-]?\d+(?:\.\d+)?)(?:\s*[–]\s*([−-]?\d+(?:\.\d+)?)| (?:to|bis|a|and|und|y) ([−-]?\d+(?:\.\d+)?))?[ \u00a0]?({UNITS})(?![\w/])")


def plain(text):
    return re.sub(r"(?<=\d),(?=\d)", ".", text.replace("−", "-").replace("\u00a0", " "))


def of_html(text):
    text = re.sub(r"<(style|script)\b.*?</\1>", " ", text, flags=re.S)
    alts = re.findall(r'alt="([^"]*)"', text)
    return plain(html.unescape(re.sub(r"<[^>]+>", " ", text) + " ".join(alts)))


def numbers(text):
    for first, to, until, unit in NUMBER.findall(text):
        for number in (first, to, until):
            if number:
                yield number, unit


# A change and its limit, in each language: no two numbers that read alike, or the wrong way round.
JUDGED = [(re.compile(rf"([+-]?\d+(?:\.\d+)?) ?(?:°|cm|s|points|Punkte|puntos)\)?{between}(\d+(?:\.\d+)?)"), real)
          for between, real in (
              (r": a real change, more than the ", True), (r": eine echte Veränderung, mehr als der Messfehler von ", True),
              (r": un cambio real, más que el error de medida de ", True),
              (r"; up to ", False),
              (r"; bis ", False), (r"; hasta ", False),
              (r", (?:further|less far|more|less)\. A real change: it is more than the ", True),
              (r"\. No real change can be told: up to ", False))]


def told_apart(text):
    """How many changes are told; their numbers agree with the verdict."""
    told = 0
    text = re.sub(r"\s+", " ", text)
    for pattern, real in JUDGED:
        for change, limit in pattern.findall(text):
            told += 1
            assert (abs(float(change)) > float(limit)) == real and abs(float(change)) != float(limit), (change, limit, real)
    return told


def is_q(node):
    return isinstance(node, dict) and {"value", "low", "high"} <= node.keys()


SCALE = {"°": [("_deg", 1)], "°/s": [("_deg_s", 1)], "%": [("_share", 100), ("weight_shift", 100), ("percentile", 1)],
         "points": [("_share", 100)], "cm": [("_cm", 1)], "s": [("_s", 1)], "inches": [("in", 1)], "in": [("in", 1)]}


ENDINGS = [ending for endings in SCALE.values() for ending in endings if ending[0] != "in"]


class Known:
    """Values by kind, each with the decimals in which it may be shown."""

    def __init__(self):
        self.values = {unit: [] for unit in ("°", "°/s", "%", "points", "cm", "s", "inches", "in", "px", "frames",
                                            "frames/s")}

    def add(self, unit, value):
        self.values[unit].append(float(value))

    def has(self, text, unit):
        decimals = len(text.partition(".")[2])
        value, half = float(text), 0.5 * 10 ** -decimals + 1e-6
        # "short of the soles" says a reach below 0 without its sign.
        return any(abs(abs(value) - abs(v)) <= half for v in self.values[unit])


def add_all(known, node, key=""):
    if is_q(node) and "protocol" not in node:
        for part in ("value", "low", "high", "camera_low", "camera_high"):
            if part in node:
                add_value(known, key, node[part])
    elif isinstance(node, dict):
        for name, below in node.items():
            add_all(known, below, name)
        if "protocol" in node and "unit" in node:
            for part in ("value", "low", "high"):
                if part in node:
                    for unit in ("in", "inches") if node["unit"] == "in" else (node["unit"],):
                        known.add(unit, node[part])
    elif isinstance(node, list):
        for below in node:
            add_all(known, below, key)
    elif isinstance(node, (int, float)) and not isinstance(node, bool):
        add_value(known, key, node)


def add_value(known, key, value):
    for unit, endings in SCALE.items():
        for ending, factor in endings:
            if key.endswith(ending):
                known.add(unit, value * factor)
    if key in ("frames", "width", "height"):
        known.add("frames" if key == "frames" else "px", value)
    if key == "frame_rate":
        known.add("frames/s", value)
    if key == "seen" and value is not None:
        known.add("%", 100 * value)


def add_limits(known, node, key=""):
    """Limits and changes, under the key of their quantity."""
    if isinstance(node, list):
        for below in node:
            add_limits(known, below, key)
    elif isinstance(node, dict):
        for name, below in node.items():
            add_limits(known, below, name if any(name.endswith(e) for e, _ in ENDINGS) else key)
    elif isinstance(node, (int, float)) and not isinstance(node, bool):
        add_value(known, key, node)


def fixed_texts(catalogue):
    """Numbers of the texts that a translator sees: those that no value is put into."""
    with open(catalogue, encoding="utf-8") as file:
        texts = re.findall(r'^msg(?:id|str) "(.*)"$', file.read(), re.M)
    return {(number, unit) for text in texts for number, unit in numbers(plain(text.replace("%%", "%")))}


def main():
    words = sys.argv[1:]
    limits = words[words.index("+") + 1:] if "+" in words else []
    catalogue, tracks, angles, result, *pages = words[:words.index("+")] if "+" in words else words
    with open(result, encoding="utf-8") as file:
        document = json.load(file)
    known = Known()
    add_all(known, document)
    verdict = document["verdict"].get("probability", {})
    for p in verdict.values():
        known.add("%", 100 * p)
        # Never rounded up to a limit: 65 % where it is 65.7 %.
        known.add("%", int(100 * p))
    with open(tracks, encoding="utf-8") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            known.add("s", row["time_s"])
    with open(angles, encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for name in rows[0]:
        values = [float(row[name]) for row in rows if name.endswith("_deg") and row[name]]
        if values:
            known.add("°", max(values, key=abs))
    for r in document["repetitions"]:
        for phase in r.get("phases", []):
            known.add("°", phase["from_deg"])
            known.add("°", phase["to_deg"])
    for name in limits:
        with open(name, encoding="utf-8") as file:
            text = json.load(file)
        add_limits(known, text)
    fixed = fixed_texts(catalogue)
    wrong, seen = [], 0
    for page in pages:
        with open(page, encoding="utf-8") as file:
            text = file.read()
        text = of_html(text) if page.endswith(".html") else plain(text)
        told_apart(text)
        for number, unit in numbers(text):
            seen += 1
            axis = not page.endswith(".html") and "." not in number and int(number) % (5 if unit in "°%" else 1) == 0
            if not known.has(number, unit) and (number, unit) not in fixed and not axis:
                wrong.append((page, number, unit))
    assert seen > 20 * len(pages), f"only {seen} numbers were found"
    assert not wrong, "\n".join(f"{page}: {number} {unit} is in no document" for page, number, unit in wrong)
    print(f"{seen} numbers")


main()
