# SPDX-License-Identifier: Apache-2.0
"""class_sheet.py TABLE PAGE name|score AGAIN: the class on the HTML page is the table's: everyone stands on it once and
in that order, every number with its interval is the table's, rounded, and who was not measured has the reason."""
import csv
import html
import os
import re
import sys

table, page, order, again = sys.argv[1:]
with open(table, encoding="utf-8") as file:
    rows = list(csv.DictReader(file))
with open(page, encoding="utf-8") as file:
    text = file.read()
assert "<b>" not in text, "a name is markup"
lines = []
for line in re.findall(r'<tr role="row"><th scope="row".*?</tr>', text, re.S):
    cells = re.findall(r"<t[hd].*?>(.*?)</t[hd]>", line, re.S)
    lines.append([html.unescape(re.sub("<[^>]*>", "", cell)) for cell in cells])


def name(row):
    return row.get("client") or os.path.basename(row["file"]).rsplit(".", 1)[0]


def shown(value, factor, decimals):
    # As the program rounds: half away from zero is never hit by values of two decimals and these units but for 5.
    return f"{float(value) * factor:.{decimals}f}".replace("-", "−")


if order == "name":
    rows.sort(key=lambda row: (name(row).lower(), name(row)))
else:
    rows.sort(key=lambda row: (-float(row["reach_cm"]) if row["reach_cm"] else 1e9, name(row).lower()))
assert [line[0] for line in lines] == [name(row) for row in rows], [line[0] for line in lines]
measured = 0
for row, line in zip(rows, lines):
    if row["exit"] != "0":
        # Beside the numbers, which are empty; the page says what a person does, not an option.
        assert line[-1].startswith(again) and "--" not in line[-1], line
        assert "--" in row["reason"] or line[-1].endswith(row["reason"]), line
        assert not any(cell.strip() for cell in line[1:-1]), line
        continue
    measured += 1
    for cell, key, factor, decimals in ((line[1], "reach_cm", 1, 1), (line[2], "lumbar_share", 100, 0)):
        if not row.get(key):
            assert cell.strip() == "–", cell
            continue
        numbers = re.findall(r"−?\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d)", ".", cell))
        wanted = [shown(row[key + end], factor, decimals) for end in ("", "_low", "_high")]
        close = all(abs(float(a.replace("−", "-")) - float(b.replace("−", "-"))) <= 1.01 * 10 ** -decimals
                    for a, b in zip(numbers, wanted))
        assert len(numbers) == 3 and close, (numbers, wanted)
        assert ("≈" in cell) == (key in row.get("inferred", "").split()), cell
    if row.get("percentile"):
        assert line[3].strip() == f"{float(row['percentile']):.0f}", line
assert 0 < measured < len(rows), "a class of whom one was not measured"
