#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Looks at HTML pages as people do: report_eyes.py FILE… in headless Chromium, on a telephone (400 px) and wide
(1440 px), light and dark. Nothing is cut off and nothing has to be pushed aside to be read; words and charts stand out
from their ground; whoever has no pointer and whoever sees nothing reaches everything, by its name. 77 = no Chromium."""
import collections
import os
import subprocess
import sys
import tempfile

import browser as chromium

TELEPHONE, DESK = 400, 1440


def need(condition, text):
    if not condition:
        sys.exit(text)


def luminance(colour):
    parts = [c / 255 / 12.92 if c / 255 <= 0.03928 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(a, b):
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


# Lines of text with box, colour and ground; what follows from a style's content counts as text of its element.
WORDS = r"""
(() => {
  const out = [];
  const ground = e => {
    for (; e; e = e.parentElement) {
      const c = getComputedStyle(e).backgroundColor.match(/[\d.]+/g).map(Number);
      if (c.length < 4 || c[3] > 0.5) return c.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const unseen = e => e.closest('.unseen, .skip') || (matchMedia('(max-width: 640px)').matches && e.closest('thead'));
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const e = node.parentElement, style = getComputedStyle(e);
    if (!node.data.trim() || ['SCRIPT', 'STYLE'].includes(e.tagName) || unseen(e)) continue;
    if (style.display === 'none' || style.visibility === 'hidden') continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width < 1 || box.height < 1) continue;
      out.push({ text: node.data.trim().slice(0, 40), left: box.left + scrollX, right: box.right + scrollX,
        ink: style.color.match(/[\d.]+/g).map(Number).slice(0, 3), ground: ground(e), size: parseFloat(style.fontSize) });
    }
  }
  for (const e of document.querySelectorAll('.figures td')) {
    const before = getComputedStyle(e, '::before');
    if (!before.content || before.content === 'none' || getComputedStyle(e).display === 'none') continue;
    const box = e.getBoundingClientRect();
    out.push({ text: before.content, left: box.left, right: box.right, size: parseFloat(before.fontSize),
      ink: before.color.match(/[\d.]+/g).map(Number).slice(0, 3), ground: ground(e) });
  }
  return out;
})()
"""

# Boxes whose inside is wider than they are: what is in them is cut off, or has to be pushed aside to be read.
PUSHED = r"""
[...document.querySelectorAll('body *')].filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1 &&
  !e.closest('.unseen, .skip, #chart, thead') && getComputedStyle(e).display !== 'inline')
  .map(e => e.tagName + '.' + e.className + ' ' + e.scrollWidth + ' > ' + e.clientWidth)
"""

PICTURES = r"""
[...document.images].filter(i => i.offsetParent).map(i => { const b = i.getBoundingClientRect();
  return { alt: i.alt, drawn: !!i.closest('figure.drawn'), x: b.left + scrollX, y: b.top + scrollY, width: b.width,
    height: b.height, ok: i.naturalWidth > 0 }; })
"""

# What should be reached with the Tab key, and what is reached now.
STOPS = """[...document.querySelectorAll('a[href], input, [tabindex="0"], [contenteditable]')]
  .filter(e => e.offsetParent).length"""
HERE = r"""
(() => {
  const e = document.activeElement, style = getComputedStyle(e);
  return { what: e.tagName + '.' + e.className + '#' + e.id, body: e === document.body,
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || e.matches('.skip') };
})()
"""


def words(page, width, mode):
    seen = page.ask(WORDS)
    need(len(seen) > 20, f"{mode}: there is hardly a word")
    for w in seen:
        need(contrast(w["ink"], w["ground"]) >= 4.5,
             f"{mode}: '{w['text']}' has a contrast of {contrast(w['ink'], w['ground']):.1f}")
        need(w["size"] >= 11, f"{mode}: '{w['text']}' is {w['size']} px small")
        need(w["left"] >= -0.5 and w["right"] <= width + 0.5, f"{mode}: '{w['text']}' is beyond the edge")
    need(page.ask("document.documentElement.scrollWidth") <= width, f"{mode}: the page is wider than the window")
    pushed = page.ask(PUSHED)
    need(not pushed, f"{mode}: has to be pushed aside to be read: {pushed}")


def pixels(path):
    """Width, height and RGB of a picture."""
    size = subprocess.run(["ffprobe", "-v", "error", "-show_entries", "stream=width,height", "-of", "csv=p=0", path],
                          check=True, capture_output=True, text=True).stdout.strip().split(",")
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"], check=True,
                         capture_output=True).stdout
    return int(size[0]), int(size[1]), raw


def charts(page, width, mode, folder):
    """Every drawn picture has letters that stand out from its ground, as it is shown, its filter included."""
    shot = os.path.join(folder, "page.png")
    page.picture(shot)
    across, down, raw = pixels(shot)
    for picture in page.ask(PICTURES):
        name = picture["alt"][:50]
        need(picture["ok"], f"{mode}: the picture '{name}' cannot be drawn")
        need(len(picture["alt"]) > 10, f"{mode}: a picture without words")
        need(picture["x"] >= -0.5 and picture["x"] + picture["width"] <= width + 0.5, f"{mode}: '{name}' is cut off")
        if not picture["drawn"]:
            continue
        need(picture["width"] >= 0.55 * min(width, 300), f"{mode}: '{name}' is {picture['width']:.0f} px small")
        colours = collections.Counter()
        for y in range(max(0, int(picture["y"])), min(down, int(picture["y"] + picture["height"]))):
            for x in range(max(0, int(picture["x"])), min(across, int(picture["x"] + picture["width"]))):
                at = 3 * (y * across + x)
                colours[raw[at:at + 3]] += 1
        ground = colours.most_common(1)[0][0]
        strongest = max(contrast(ground, c) for c in colours)
        need(strongest >= 7, f"{mode}: nothing in '{name}' stands out from its ground: {strongest:.1f}")
        hips = [c for c in colours if c[2] > c[0] + 60 and colours[c] > 8]
        if hips:
            need(max(contrast(ground, c) for c in hips) >= 3, f"{mode}: the blue of '{name}' is lost")


def names(page, mode):
    """What a screen reader says: everything that can be reached has a name, and there is a way through the page."""
    page.page("Accessibility.enable")
    nodes = page.page("Accessibility.getFullAXTree")["nodes"]
    roles = collections.Counter(n["role"]["value"] for n in nodes if not n.get("ignored"))
    for node in nodes:
        if node.get("ignored"):
            continue
        told = {p["name"]: p["value"].get("value") for p in node.get("properties", [])}
        name = node.get("name", {}).get("value", "")
        role = node["role"]["value"]
        if (told.get("focusable") and role not in ("RootWebArea",)) or role in ("image", "table", "textbox", "slider"):
            need(name.strip(), f"{mode}: a {role} without a name")
    need(roles["main"] == 1 and roles["heading"] >= 2, f"{mode}: no way through the page: {dict(roles)}")
    if page.ask("!!document.querySelector('.figures')"):
        need(roles["table"] and roles["rowheader"] and roles["columnheader"] and roles["cell"],
             f"{mode}: the tables are none to a screen reader: {dict(roles)}")
    reached = set()
    wanted = page.ask(STOPS)
    for _ in range(wanted + 12):  # a film's own buttons are stops, too
        for kind in ("rawKeyDown", "keyUp"):
            page.page("Input.dispatchKeyEvent", type=kind, key="Tab", code="Tab", windowsVirtualKeyCode=9)
        here = page.ask(HERE)
        if here["body"]:
            break
        need(here["ring"], f"{mode}: {here['what']} does not show that the keyboard is there")
        reached.add(here["what"])
    need(len(reached) >= min(wanted, 3), f"{mode}: with the keyboard {reached} are reached, of {wanted}")


def main():
    if not chromium.program():
        print("skipped: no Chromium")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder, chromium.Browser() as page:
        for path in sys.argv[1:]:
            for width in (TELEPHONE, DESK):
                for dark in (False, True):
                    mode = f"{os.path.basename(path)}, {width} px, {'dark' if dark else 'light'}"
                    page.open(path, width, dark=dark)
                    words(page, width, mode)
                    charts(page, width, mode, folder)
                    names(page, mode)
                    need(not page.complaints, f"{mode}: the browser complains: {page.complaints}")


main()
