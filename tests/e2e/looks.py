# SPDX-License-Identifier: Apache-2.0
"""How a screen of the page looks, for the tests: words have contrast and a size, nothing is beyond the edge, everything
that can be reached has a name."""
import os

# Texts with their colours; and what can be reached without a name.
WORDS = r"""
(() => {
  const out = [];
  const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor.match(/[\d.]+/g).map(Number);
    if (c.length < 4 || c[3] > 0.5) return c.slice(0, 3); } return [255, 255, 255]; };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const e = node.parentElement, style = getComputedStyle(e);
    if (!node.data.trim() || e.closest('.unseen, .skip, [hidden], .chart, option, :disabled') || !e.getClientRects().length) continue;
    const range = document.createRange(); range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width < 1) continue;
    out.push({ text: node.data.trim().slice(0, 40), right: box.right, left: box.left, wide: !!e.closest('.wide'), size: parseFloat(style.fontSize),
      ink: style.color.match(/[\d.]+/g).map(Number).slice(0, 3), ground: ground(e) });
  }
  return out;
})()
"""
RUNS = "[...document.images].every(i => i.alt) && document.querySelectorAll('main').length === 1 && document.querySelectorAll('h1').length === 1"


def need(condition, text):
    if not condition:
        raise SystemExit(text)


def contrast(a, b):
    def luminance(colour):
        parts = [c / 255 / 12.92 if c / 255 <= 0.03928 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def looked(b, name, width, mode, folder):
    where = f"{name}, {width} px, {mode}"
    seen = b.ask(WORDS)
    need(len(seen) > 5, f"{where}: there is hardly a word")
    for w in seen:
        need(contrast(w["ink"], w["ground"]) >= 4.5, f"{where}: '{w['text']}' has a contrast of {contrast(w['ink'], w['ground']):.1f}")
        need(w["size"] >= 12, f"{where}: '{w['text']}' is {w['size']} px small")
        need(w["wide"] or (w["left"] >= -0.5 and w["right"] <= width + 0.5), f"{where}: '{w['text']}' is beyond the edge")
    need(b.ask("document.documentElement.scrollWidth") <= width, f"{where}: wider than the window")
    need(b.ask(RUNS), f"{where}: a picture without words, or no one heading")
    b.page("Accessibility.enable")
    for node in b.page("Accessibility.getFullAXTree")["nodes"]:
        told = {p["name"]: p["value"].get("value") for p in node.get("properties", [])}
        role = node["role"]["value"] if "role" in node else ""
        if node.get("ignored") or not told.get("focusable") or role in ("RootWebArea", "main"):
            continue
        need(node.get("name", {}).get("value", "").strip(), f"{where}: a {role} without a name")
    if folder:
        b.picture(os.path.join(folder, f"{name}-{width}-{mode}.png"))
