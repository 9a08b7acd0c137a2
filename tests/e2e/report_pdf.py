#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Looks at a report on paper: report_pdf.py FILE.pdf LEAST MOST [TEXT…]. A4; from LEAST to MOST pages, none of them
empty; no two words one over the other; nothing beyond the margins; every font inside; every TEXT on it."""
import re
import subprocess
import sys
import xml.etree.ElementTree as tree

A4 = (595.276, 841.89)
EDGE = 12  # points that printers leave white


def need(condition, text):
    if not condition:
        sys.exit(text)


def output(*command):
    return subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8", "replace")


def words_of(path):
    """Per page a list of (x0, y0, x1, y1, word)."""
    text = output("pdftotext", "-bbox-layout", path, "-")
    text = re.sub(r"<!DOCTYPE[^>]*>", "", text)
    root = tree.fromstring(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", text))
    space = "{http://www.w3.org/1999/xhtml}"
    pages = []
    for page in root.iter(space + "page"):
        size = (float(page.get("width")), float(page.get("height")))
        need(all(abs(a - b) < 0.5 for a, b in zip(size, A4)), f"{path}: a page of {size} points")
        pages.append([(*(float(word.get(k)) for k in ("xMin", "yMin", "xMax", "yMax")), word.text or "")
                      for word in page.iter(space + "word")])
    return pages


def overlap(a, b):
    """Whether the letters themselves meet: boxes hold the font's room above and below as well."""
    across = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3] - a[1], b[3] - b[1])
    down = min(a[3], b[3]) - max(a[1], b[1])
    return across > 0.6 and down > 0.35 * height


def check_page(path, number, words):
    need(len(words) > 5, f"{path}: page {number} is nearly empty")
    for word in words:
        need(word[0] > EDGE and word[2] < A4[0] - EDGE and word[1] > EDGE and word[3] < A4[1] - EDGE,
             f"{path}, page {number}: '{word[4]}' is beyond the margin: {word[:4]}")
    words.sort()
    for i, a in enumerate(words):
        for b in words[i + 1:]:
            if b[0] >= a[2]:
                break
            need(not overlap(a, b), f"{path}, page {number}: '{a[4]}' {a[:4]} and '{b[4]}' {b[:4]} overlap")


def main():
    path, least, most = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    pages = words_of(path)
    need(least <= len(pages) <= most, f"{path}: {len(pages)} pages")
    for number, words in enumerate(pages, 1):
        check_page(path, number, words)
    for line in output("pdffonts", path).splitlines()[2:]:
        need(line.split()[-5:-4] == ["yes"], f"{path}: a font is not inside: {line}")
    plain = " ".join(output("pdftotext", path, "-").split())
    for text in sys.argv[4:]:
        need(" ".join(text.split()) in plain, f"{path}: it does not say '{text}'")


main()
