#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures printed sheets: sheets.py FOLDER. Page sizes from the PDF, the rest from pages drawn at 300 dpi by pdftoppm."""
import os
import re
import subprocess
import sys

DPI = 300
MM = DPI / 25.4
PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
PAGES = {"guide": 1, "markers": 3, "boards": 3, "ruler": 1}


def need(condition, text):
    if not condition:
        sys.exit(text)


def boxes(path):
    with open(path, "rb") as file:
        found = re.findall(rb"/MediaBox\s*\[\s*([-\d. ]+)\]", file.read())
    return [[float(v) * 25.4 / 72 for v in box.split()] for box in found]


def draw(path, page):
    """(width, height, RGB bytes) of one page."""
    picture = subprocess.run(["pdftoppm", "-r", str(DPI), "-f", str(page), "-l", str(page), path], check=True,
                             capture_output=True).stdout
    header = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", picture)
    return int(header[1]), int(header[2]), picture[header.end():]


def line(picture, y):
    width, _, data = picture
    return data[3 * width * y:3 * width * (y + 1)]


def longest(bits):
    return max((len(run) for run in re.findall(rb"\x01+", bits)), default=0) / MM


def near(row, colour, far=60):
    return bytes(sum(abs(row[i + k] - colour[k]) for k in range(3)) < far for i in range(0, len(row), 3))


def check_page(name, picture, number):
    width, height, _ = picture
    bar = longest(near(line(picture, height - round(12 * MM)), (0, 0, 0)))
    need(abs(bar - 100) <= 0.2, f"{name}, page {number}: the check bar is {bar:.2f} mm long")
    edge = round(2.5 * MM)
    for y in (*range(0, edge, 5), *range(height - edge, height, 5)):
        need(min(line(picture, y)) > 200, f"{name}, page {number}: something is drawn where printers cannot print")
    for y in range(0, height, 10):
        row = line(picture, y)
        need(min(row[:3 * edge]) > 200 and min(row[-3 * edge:]) > 200, f"{name}, page {number}: drawn into the margin")


def check_markers(name, picture):
    blue, green = (35, 80, 220), (30, 170, 70)
    rows = [line(picture, y) for y in range(0, picture[1], 2)]
    disc = max(longest(near(row, blue)) for row in rows)
    strip = max(longest(near(row, green)) for row in rows)
    need(abs(disc - 32) <= 0.2, f"{name}: the shoulder disc is {disc:.2f} mm wide, or not in its colour")
    need(abs(strip - 140) <= 0.3, f"{name}: the hip strip is {strip:.2f} mm long, or not in its colour")


def check_board(name, picture, square):
    rows = [near(line(picture, y), (0, 0, 0)) for y in range(0, picture[1] - round(25 * MM), 20)]
    sizes = {round(len(run) / MM, 1) for row in rows for run in re.findall(rb"\x01+", row) if len(run) > 15 * MM}
    need(sizes and all(abs(size - square) <= 0.2 for size in sizes), f"{name}: squares of {sorted(sizes)} mm")


def main():
    folder = sys.argv[1]
    for name, pages in PAGES.items():
        for paper, (width, height) in PAPERS.items():
            path = os.path.join(folder, f"{name}-{paper}.pdf")
            sizes = boxes(path)
            need(len(sizes) >= pages, f"{path}: {len(sizes)} pages")
            for box in sizes:
                sides = sorted((box[2] - box[0], box[3] - box[1]))
                need(all(abs(a - b) < 0.1 for a, b in zip(sides, (width, height))), f"{path}: a page of {sides} mm")
            for page in range(1, pages + 1):
                picture = draw(path, page)
                check_page(path, picture, page)
                if name == "markers" and page == 1:
                    check_markers(path, picture)
                if name == "boards":
                    check_board(path, picture, 25 if page == 1 else 35)


main()
