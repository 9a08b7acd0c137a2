#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Looks at an HTML report.
  report_html.py structure FILE [TEXT…]   well formed, accessible in its structure, nothing from elsewhere; says TEXT
  report_html.py screen FILE [film]       in headless Chromium: narrow and wide, with scripts and without; 77 = no
                                          Chromium here"""
import html.parser
import re
import sys
import time

VOID = {"meta", "img", "input", "source", "br", "hr", "link"}


def need(condition, text):
    if not condition:
        sys.exit(text)


class Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.headings, self.text, self.ids, self.scripts = [], [], [], {}, 0
        self.attributes, self.tables, self.labels, self.inputs = [], [], set(), set()

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        need(len(given) == len(attributes), f"<{tag}> has an attribute twice")
        self.attributes += [(tag, name, value or "") for name, value in attributes]
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if "id" in given:
            need(given["id"] not in self.ids, f"the id {given['id']} is there twice")
            self.ids[given["id"]] = tag
        if tag == "img":
            need(len(given.get("alt", "")) > (10 if given.get("class") == "logo" else 20), "a picture has no words")
            need(given.get("width") and given.get("height"), "a picture has no size: the page jumps while it loads")
        if tag == "th":
            need(given.get("scope") in ("col", "row", "rowgroup"), "a table's head has no scope")
        if tag == "table":
            self.tables.append(False)
        if tag == "caption":
            self.tables[-1] = True
        if tag == "script":
            self.scripts += 1
        if tag == "html":
            need(given.get("lang"), "the page does not say its language")
        if tag == "label":
            self.labels.add(given.get("for"))
        if tag == "input":
            self.inputs.add(given.get("id"))

    def handle_endtag(self, tag):
        need(self.open and self.open[-1] == tag, f"</{tag}> closes <{self.open[-1] if self.open else 'nothing'}>")
        self.open.pop()

    def handle_data(self, data):
        if not self.open or self.open[-1] not in ("script", "style"):
            self.text.append(data)


def structure(path, texts):
    with open(path, encoding="utf-8") as file:
        source = file.read()
    need(source.startswith("<!DOCTYPE html>"), "no document type")
    reader = Reader()
    reader.feed(source)
    reader.close()
    need(not reader.open, f"left open: {reader.open}")
    need(all(reader.tables), "a table has no caption")
    need(reader.inputs <= reader.labels, "an input has no label")
    need(reader.headings and reader.headings[0] in (1, 2), "no heading at the start")
    for a, b in zip(reader.headings, reader.headings[1:]):
        need(b <= a + 1, f"a heading of level {b} follows one of level {a}")
    for tag, name, value in reader.attributes:
        need(not name.startswith("on"), f"<{tag}> has {name}: a script in an attribute")
        if name in ("src", "srcset", "href", "data", "action", "poster"):
            need(re.match(r"data:(image/svg\+xml|video/mp4);base64,|#|[\w%./-]+\.mp4$", value),
                 f"<{tag}> loads something from elsewhere: {value[:80]}")
    for style in re.findall(r"<style>(.*?)</style>", source, re.S):
        need("url(" not in style and "@import" not in style, "the style loads something")
    need(reader.scripts in (0, 3), f"{reader.scripts} scripts: one of them is not ours")
    said = " ".join("".join(reader.text).split())
    for text in texts:
        need(" ".join(text.split()) in said, f"{path}: it does not say '{text}'")


# What is on the screen: each line of text with its box, colours and element.
LOOK = r"""
(() => {
  const seen = [];
  const visible = e => { const s = getComputedStyle(e); return s.visibility !== 'hidden' && s.display !== 'none'; };
  const ground = e => {
    for (; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor.match(/[\d.]+/g).map(Number);
      if (colour.length < 4 || colour[3] > 0.5) return colour.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const e = node.parentElement;
    if (!node.data.trim() || ['SCRIPT', 'STYLE'].includes(e.tagName) || !visible(e)) continue;
    if (e.closest('.unseen') || e.closest('.skip')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const scrolled = !!e.closest('.scroll');
    for (const box of range.getClientRects()) {
      if (box.width < 1 || box.height < 1) continue;
      const style = getComputedStyle(e);
      seen.push({ text: node.data.trim().slice(0, 40), x0: box.left + scrollX, y0: box.top + scrollY,
        x1: box.right + scrollX, y1: box.bottom + scrollY, scrolled, node: seen.length,
        ink: style.color.match(/[\d.]+/g).map(Number).slice(0, 3), ground: ground(e), size: parseFloat(style.fontSize) });
    }
  }
  return seen;
})()
"""


def luminance(colour):
    parts = [c / 255 / 12.92 if c / 255 <= 0.03928 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(a, b):
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def check_text(seen, width):
    need(len(seen) > 20, f"at {width} px there is hardly a word")
    for item in seen:
        need(contrast(item["ink"], item["ground"]) >= 4.5, f"'{item['text']}' has too little contrast")
        need(item["size"] >= 11, f"'{item['text']}' is {item['size']} px small")
        need(item["scrolled"] or (item["x0"] >= -0.5 and item["x1"] <= width + 0.5),
             f"at {width} px '{item['text']}' is beyond the edge")
    flat = sorted((i for i in seen if not i["scrolled"]), key=lambda i: i["y0"])
    for i, a in enumerate(flat):
        for b in flat[i + 1:]:
            if b["y0"] >= a["y1"]:
                break
            across = min(a["x1"], b["x1"]) - max(a["x0"], b["x0"])
            down = min(a["y1"], b["y1"]) - max(a["y0"], b["y0"])
            need(across < 1 or down < 0.35 * min(a["y1"] - a["y0"], b["y1"] - b["y0"]),
                 f"at {width} px '{a['text']}' and '{b['text']}' overlap")


def check_pictures(browser, width):
    sizes = browser.ask("[...document.images].filter(i => i.offsetParent).map(i => [i.naturalWidth, i.width, "
                        "i.alt.slice(0, 30)])")
    need(sizes, "no picture is shown")
    for natural, shown, alt in sizes:
        need(natural > 0, f"the picture '{alt}' cannot be drawn")
        need(0 < shown <= width, f"at {width} px the picture '{alt}' is {shown} px wide")


def check_quiet(browser, path):
    own = [r for r in browser.requests if not r.startswith("data:") and not r.endswith(path.rsplit("/", 1)[-1])]
    need(not [r for r in own if not r.endswith(".mp4")], f"it asks for {own}")
    need(not browser.complaints, f"the browser complains: {browser.complaints}")


def wait_for(browser, expression, text):
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if browser.ask(expression):
            return
        time.sleep(0.05)
    sys.exit(text)


def check_chart(browser, film):
    """The cursor follows pointer, slider and film; its words say what is there."""
    if not browser.ask("!!document.getElementById('chart') && typeof Dygraph !== 'undefined'"):
        need(browser.ask("!document.getElementById('chart')"), "there is a chart that nothing draws")
        return
    need(browser.ask("document.querySelector('#chart canvas').width > 100"), "the chart is not drawn")
    need(browser.ask("getComputedStyle(document.querySelector('.still')).display") == "none", "two charts at once")
    before = browser.ask("document.getElementById('now').textContent")
    need(re.match(r"At [\d.]+ s: ", before), f"the chart says '{before}'")
    browser.ask("(() => { const box = document.getElementById('chart').getBoundingClientRect(); const e = new "
                "MouseEvent('mousemove', { clientX: box.left + 0.9 * box.width, clientY: box.top + 40, bubbles: true });"
                "document.querySelector('#chart canvas:last-of-type').dispatchEvent(e); })()")
    moved = browser.ask("document.getElementById('now').textContent")
    need(moved != before, "the cursor does not follow the pointer")
    browser.ask("(() => { const s = document.getElementById('moment'); s.value = s.min; "
                "s.dispatchEvent(new Event('input')); })()")
    need(browser.ask("document.getElementById('now').textContent") != moved, "the cursor does not follow the slider")
    if not film:
        return
    wait_for(browser, "document.getElementById('film').readyState >= 2", "the film cannot be shown")
    browser.ask("document.getElementById('film').currentTime = 2")
    wait_for(browser, "/^At 2\\.0 s/.test(document.getElementById('now').textContent)", "the cursor does not follow the film")
    browser.ask("(() => { const s = document.getElementById('moment'); s.value = 1; "
                "s.dispatchEvent(new Event('input')); })()")
    wait_for(browser, "Math.abs(document.getElementById('film').currentTime - 1) < 0.06",
             "the film does not follow the slider")


def screen(path, film):
    import browser as chromium
    if not chromium.program():
        print("skipped: no Chromium")
        sys.exit(77)
    with chromium.Browser() as browser:
        for width, scripts in ((360, True), (1280, True), (360, False), (1280, False)):
            browser.open(path, width, scripts=scripts)
            need(browser.ask("document.documentElement.scrollWidth") <= width, f"at {width} px it is wider than that")
            check_text(browser.ask(LOOK), width)
            check_pictures(browser, width)
            if scripts:
                check_chart(browser, film)
            else:
                need(browser.ask("!document.querySelector('.still') || getComputedStyle(document.querySelector("
                                 "'.still')).display !== 'none'"), "without scripts there is no chart")
            check_quiet(browser, path)
        browser.open(path, 1000)
        browser.resize(360)
        need(browser.ask("document.documentElement.scrollWidth") <= 360, "turned, it is wider than the telephone")
        need(browser.ask("Array.from(document.querySelectorAll('#chart canvas, .live p')).every(part => "
                         "part.getBoundingClientRect().right <= 361)"), "turned, the chart is cut off")
        browser.printed(path + ".pdf")


def main():
    if sys.argv[1] == "structure":
        structure(sys.argv[2], sys.argv[3:])
    else:
        screen(sys.argv[2], "film" in sys.argv[3:])


main()
