# SPDX-License-Identifier: Apache-2.0
"""site.py SITE TREE: every link of the site leads to a file and a place that are there, nothing is fetched from outside,
every page can be reached from the first one, every function, type and option is found by its name, and what says how to
cite is of this version."""
import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

site, tree = Path(sys.argv[1]), Path(sys.argv[2])
bad = []


class Page(HTMLParser):
    EMPTY = {"meta", "link", "img", "input", "br", "hr"}

    def __init__(self, path):
        super().__init__()
        self.ids, self.links, self.open = set(), [], []
        self.feed(path.read_text(encoding="utf-8"))
        if self.open:
            bad.append(f"{path.name}: <{self.open[-1]}> is not closed")

    def handle_starttag(self, tag, attributes):
        if tag not in self.EMPTY:
            self.open.append(tag)
        for name, value in attributes:
            if name == "id":
                if value in self.ids:
                    bad.append(f"the anchor {value} stands twice")
                self.ids.add(value)
            if name in ("href", "src"):
                self.links.append((tag, unquote(value)))
            if name == "style" or name.startswith("on"):
                bad.append(f"<{tag} {name}>")
        if tag == "img" and not dict(attributes).get("alt"):
            bad.append(f"a picture without words: {dict(attributes).get('src')}")

    def handle_endtag(self, tag):
        if tag in self.EMPTY:
            return
        while self.open and self.open[-1] != tag and self.open[-1] in ("p", "li"):
            self.open.pop()
        if not self.open or self.open.pop() != tag:
            bad.append(f"</{tag}> closes nothing")


pages = {path.name: Page(path) for path in sorted(site.glob("*.html"))}
links = outside = 0
reached, waiting = set(), ["index.html"]
while waiting:
    name = waiting.pop()
    if name in reached:
        continue
    reached.add(name)
    for tag, link in pages[name].links:
        if re.match(r"[a-z]+:|//", link):
            outside += 1
            if tag != "a":
                bad.append(f"{name} fetches {link}")
            continue
        links += 1
        file, _, anchor = link.partition("#")
        file = file or name
        if not (site / file).is_file():
            bad.append(f"{name}: {link} leads nowhere")
        elif file in pages:
            if anchor and anchor not in pages[file].ids:
                bad.append(f"{name}: {link} leads to no place of that page")
            waiting.append(file)
bad += [f"{name} cannot be reached" for name in pages.keys() - reached]
for path in [*site.glob("*.css"), *site.glob("*.js")]:
    if re.search(r"https?://|@import|url\(", re.sub(r'"[^"\n]*"', "", path.read_text(encoding="utf-8"))):
        bad.append(f"{path.name} fetches something")

# Names of the API, by another way than the site's own: the preprocessor's token, and what stands before the bracket.
index = json.loads((site / "index.js").read_text(encoding="utf-8").split("=", 1)[1].rstrip(";\n"))
found = {text: address for text, address, _ in index}
functions, types = set(), set()
for header in (tree / "include" / "sagitta").glob("*.h"):
    text = re.sub(r"/\*.*?\*/", " ", header.read_text(encoding="utf-8"), flags=re.S)
    functions |= set(re.findall(r"\b(sagitta_[a-z0-9_]+)\s*\(", " ".join(re.findall(r"\bSAGITTA_API\b(?!\s*$|\s*__)[^;]*;", text))))
    types |= set(re.findall(r"\btypedef\s+(?:struct|enum)\s+(sagitta_[a-z0-9_]+)", text))
if len(functions) < 100 or len(types) < 30:
    bad.append(f"the headers were not read: {len(functions)} functions, {len(types)} types")
for name in sorted(functions | types):
    file, _, anchor = found.get(name, "").partition("#")
    if anchor != name or name not in pages[file].ids:
        bad.append(f"{name} is not found")
manual = (site / "options.html").read_text(encoding="utf-8")
for option in ("--markers", "--same-markers", "--with", "--licence", "--population"):
    if not re.search(rf"<code[^>]*>{option}\b", manual):
        bad.append(f"{option} is no option of the page")
for page in ("method", "formats", "security", "evidence", "tutorials-therapist", "tutorials-coach", "tutorials-researcher",
             "tutorials-programmer"):
    if not any(name.endswith(page + ".html") for name in pages):
        bad.append(f"there is no page {page}")

# How to cite: the version is that of the headers; what the paper cites is in its list, and the other way about.
version = re.search(r'SAGITTA_VERSION "([^"]+)"', (tree / "include/sagitta/version.h").read_text(encoding="utf-8"))[1]
if f"\nversion: {version}\n" not in (tree / "CITATION.cff").read_text(encoding="utf-8"):
    bad.append(f"CITATION.cff is not of version {version}")
cited = set(re.findall(r"@(\w+)", (tree / "paper.md").read_text(encoding="utf-8")))
listed = set(re.findall(r"^@\w+\{(\w+),", (tree / "paper.bib").read_text(encoding="utf-8"), flags=re.M))
bad += [f"paper: {key} is cited or listed alone" for key in cited ^ listed]
for line in bad[:40]:
    print(line)
print(f"{len(pages)} pages, {links} links inside, {outside} outside, {len(functions)} functions, {len(types)} types")
sys.exit(bool(bad))
