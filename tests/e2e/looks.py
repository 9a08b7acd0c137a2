# SPDX-License-Identifier: Apache-2.0
"""How a screen of the page looks, for the tests: words have contrast and a size, nothing is beyond the edge, everything
that can be reached has a name, the Tab key goes through it in the order in which it is read, nothing jumps, and the
page's own rules (CSP) are never broken."""
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
    if (!node.data.trim() || e.closest('.unseen, .skip, [hidden], option, :disabled') || !e.getClientRects().length) continue;
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


# Seen from a page's first moment on: what jumped without anybody's doing, and which of its own rules it broke.
WATCH = """
window.jumped = []; window.broken = [];
new PerformanceObserver((list) => list.getEntries().forEach((e) => e.hadRecentInput || window.jumped.push([e.value,
  e.sources.map((s) => (s.node && (s.node.className || s.node.nodeName || '')) + ' ' + Math.round(s.previousRect.y) + '→' + Math.round(s.currentRect.y))]))).observe({ type: 'layout-shift', buffered: true });
document.addEventListener('securitypolicyviolation', (e) => window.broken.push(e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sourceFile));
"""
# What Tab should reach, in the order of the document: one of each group of radio buttons, nothing that is hidden.
STOPS = r"""
(() => {
  const seen = e => e.getClientRects().length && e.checkVisibility({ visibilityProperty: true });
  const groups = new Set(), all = [];
  const inner = 'a[href], button, input, select, textarea, summary, video[controls], [tabindex]';
  for (const e of document.querySelectorAll(inner + ', .wide')) {
    // What can be scrolled and has nothing in it to go to is gone to itself.
    const scrolls = e.matches('.wide') && e.scrollWidth > e.clientWidth + 1 && ![...e.querySelectorAll(inner)].some(x => !x.disabled);
    if (!seen(e) || e.disabled || (e.tabIndex < 0 && !scrolls) || (e.matches('.wide') && !scrolls)) continue;
    // Of a group the one that is chosen, wherever in it that stands; else the first.
    const chosen = e.type === 'radio' && [...document.querySelectorAll(`input[name="${e.name}"]:checked`)].find(seen);
    if (chosen && chosen !== e) continue;
    if (e.type === 'radio') { if (groups.has(e.name)) continue; groups.add(e.name); }
    all.push(e);
  }
  window.stops = all;
  return all.length;
})()
"""
# Which of them has the focus now (−1: another), whether that can be seen, and whether it is in the window.
STOP = r"""
(() => {
  const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  const at = window.stops.findIndex(s => s === e || (s.type === 'radio' && s.name === e.name));
  return { at, what: e.outerHTML.slice(0, 90), seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth };
})()
"""


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


# What a chart is drawn with on its canvas: the inks that dygraphs is given, and the grounds that they stand on.
INKS = r"""
(() => {
  const style = getComputedStyle(document.documentElement), of = name => { const e = document.createElement('i'); e.style.color = style.getPropertyValue(name);
    document.body.append(e); const c = getComputedStyle(e).color.match(/[\d.]+/g).map(Number).slice(0, 3); e.remove(); return c; };
  return { inks: { hips: of('--hips'), back: of('--back'), axes: of('--faint') }, grounds: [of('--sheet'), of('--band')] };
})()
"""


def charted(b, where):
    """Lines and axes of the charts have a contrast, and on the canvas is what they are said to be drawn with."""
    told = b.ask(INKS)
    for name, ink in told["inks"].items():
        for ground in told["grounds"]:
            need(contrast(ink, ground) >= 3, f"{where}: {name} of a chart has a contrast of {contrast(ink, ground):.1f}")
    drawn = b.ask("(() => { const all = new Set(); for (const c of document.querySelectorAll('.chart canvas')) { const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
                  "for (let i = 0; i < d.length; i += 4) if (d[i + 3] === 255) all.add([d[i], d[i + 1], d[i + 2]].join()); } return [...all]; })()")
    need(",".join(str(round(v)) for v in told["inks"]["hips"]) in drawn, f"{where}: the chart is drawn with other inks")
    sizes = b.ask("[...document.querySelectorAll('.chart .dygraph-axis-label')].length")
    need(sizes > 1, f"{where}: the chart has no numbers")


def watch(b):
    """From the next page on."""
    b.page("Page.addScriptToEvaluateOnNewDocument", source=WATCH)


def steady(b, where):
    """Since the last time nothing jumped, and no rule was broken."""
    jumped, broken = b.ask("[window.jumped.splice(0), window.broken.splice(0)]")
    need(sum(j[0] for j in jumped) < 0.02, f"{where}: it jumps: {jumped}")
    need(not broken, f"{where}: it breaks its own rules: {broken}")


def tabbed(b, where):
    """The Tab key goes to everything that can be reached, in the order in which it stands, and shows where it is."""
    count = b.ask(STOPS)
    need(count >= 3, f"{where}: there is nothing to reach")
    b.ask("(() => { const first = document.createElement('span'); first.tabIndex = -1; document.body.prepend(first); first.focus(); scrollTo(0, 0); first.remove(); })()")
    for i in range(count):
        b.press("Tab")
        now = b.ask(STOP)
        need(now["at"] == i, f"{where}: Tab no. {i + 1} of {count} goes to no. {now['at'] + 1}: {now['what']}")
        need(now["seen"], f"{where}: it cannot be seen where the focus is: {now['what']}")
        need(now["inside"], f"{where}: the focus is outside of the window: {now['what']}")
