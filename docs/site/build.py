# SPDX-License-Identifier: Apache-2.0
"""build.py TREE OPTIONS.md OUT: the documentation as a site of plain files.

Pages are the tree's own Markdown (a page that is linked and not in the list below becomes a page too), the options of
the program, and the C API from its headers (headers.py). Links between them are made to fit; a file of the tree that is
no page is copied along, sources as text. The same tree gives the same bytes.
"""
import html
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import headers

# Heading of the menu: its pages, as (file of the tree, title). The first page is the site's index.
MENU = (
    ("Start", (("README.md", "Sagitta"), ("docs/tutorials/README.md", "Tutorials"),
               ("docs/tutorials/therapist.md", "For therapists"), ("docs/tutorials/coach.md", "For coaches"),
               ("docs/tutorials/researcher.md", "For researchers"), ("docs/tutorials/programmer.md", "For programmers"))),
    ("Evidence", (("docs/evidence.md", "What people say"), ("docs/protocol.md", "A protocol for anyone"),
                  ("docs/consent.md", "Consent"))),
    ("Reference", (("OPTIONS.md", "Options"), ("include/sagitta/FORMATS.md", "Files and formats"), ("cv/body/METHOD.md", "Method"),
                   ("SECURITY.md", "Security"), ("app/records/README.md", "Records"), ("app/report/README.md", "Reports"),
                   (headers.INDEX, "C API"))),
    ("Development", (("ARCHITECTURE.md", "Architecture"), ("CONTRIBUTING.md", "Contributing"), ("CHANGELOG.md", "Changes"))),
)
SOURCES = (".c", ".h", ".cpp", ".py", ".sh", ".json", ".cff", "", ".ini", ".in")  # copied as text, so that browsers show them
MARK = ".sagitta-site"  # stands in a folder that this program made and may remove

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="style.css">
<script src="index.js" defer></script>
<script src="find.js" defer></script>
</head>
<body>
<a class="skip" href="#text">To the text</a>
<header><a class="home" href="index.html">Sagitta</a><div class="find" role="search"><input type="search" id="find"
 placeholder="Find a page, an option, a function" aria-label="Find a page, an option, a function" autocomplete="off"><ul id="found"></ul></div></header>
<div class="frame">
<nav aria-label="Pages"><details open><summary>Pages</summary>
{menu}
</details></nav>
<main id="text">
{text}
</main>
</div>
<footer>{foot}</footer>
</body>
</html>
"""


def slug(text, taken):
    """A heading's anchor, as the usual forges make it."""
    anchor = re.sub(r"[^\w\- ]", "", html.unescape(re.sub(r"<[^>]*>", "", text)).lower()).replace(" ", "-")
    name, n = anchor, 0
    while name in taken:
        n += 1
        name = f"{anchor}-{n}"
    taken.add(name)
    return name


class Site:
    def __init__(self, tree, options, out):
        self.tree, self.options, self.out = tree, options, out
        self.name = {}  # file of the tree → file of the site
        self.waiting = []  # pages to be made
        self.copied = {}  # file of the tree → copy
        self.find = []  # [words, address, kind] for the field "find"
        self.menu = [(group, [(self.page(path), title) for path, title in pages]) for group, pages in MENU]
        self.titles = {path: title for _, pages in MENU for path, title in pages}

    def page(self, path):
        """The site's name of a page of the tree, which is made if nobody has asked for it yet."""
        if path not in self.name:
            if path in ("README.md", headers.INDEX):
                name = "index.html" if path == "README.md" else "api.html"
            else:
                parts = Path(path).with_suffix("").parts
                parts = [p for p in parts if p not in ("docs", "include", "sagitta")]
                name = "-".join(p for p in parts if p != "README" or len(parts) == 1).lower() + ".html"
            assert name not in self.name.values(), f"two pages are called {name}"
            self.name[path] = name
            self.waiting.append(path)
        return self.name[path]

    def copy(self, path):
        if path not in self.copied:
            name = "files/" + path + (".txt" if Path(path).suffix in SOURCES else "")
            target = self.out / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.tree / path, target)
            self.copied[path] = name
        return self.copied[path]

    def address(self, page, link):
        """Where a link of a page of the tree leads on the site."""
        if re.match(r"[a-z][a-z0-9+.-]*:", link) or link.startswith("#"):
            return link
        file, _, anchor = link.partition("#")
        path = os.path.normpath(os.path.join(os.path.dirname(page), file))
        anchor = "#" + anchor if anchor else ""
        if path == "include/sagitta":
            return self.page(headers.INDEX) + anchor
        if path.startswith("include/sagitta/") and path.endswith(".h"):
            return headers.page_name(Path(path).name) + anchor
        if (self.tree / path).is_dir():
            path += "/README.md"
        if not (self.tree / path).is_file():
            raise SystemExit(f"{page}: there is no {link}")
        return (self.page(path) if path.endswith(".md") else self.copy(path)) + anchor

    def markdown(self, page, text):
        """HTML of a page, its links and headings; headings are remembered for the field "find"."""
        text = re.sub(r"^```(\w+) (run|shown)$", r"```\1", text, flags=re.M)  # marks for the tests
        body = subprocess.run(["cmark-gfm", "--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough"], input=text,
                              stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True).stdout
        body = re.sub(r'(<(?:a|img)\b[^>]*?\b(?:href|src)=")([^"]*)(")',
                      lambda m: m[1] + html.escape(self.address(page, html.unescape(m[2])), quote=True) + m[3], body)
        taken = set()

        def heading(m):
            anchor = slug(m[2], taken)
            if m[1] in "123":
                plain = html.unescape(re.sub(r"<[^>]*>", "", m[2]))
                self.find.append([plain, self.name[page] + ("" if m[1] == "1" else "#" + anchor), self.titles.get(page, "")])
            return f'<h{m[1]} id="{anchor}">{m[2]}<a class="here" href="#{anchor}" aria-label="Link to this heading">#</a></h{m[1]}>'

        body = re.sub(r"<h([1-6])>(.*?)</h\1>", heading, body, flags=re.S)
        section = ("", "")
        for m in re.finditer(r'<h[23] id="([^"]*)">(.*?)<a class|<tr>\n<td><code>(--[a-z0-9-]+)', body, flags=re.S):
            if m[1]:
                section = (m[1], html.unescape(re.sub(r"<[^>]*>", "", m[2])))
            elif page == "OPTIONS.md":
                self.find.append([m[3], f"{self.name[page]}#{section[0]}", section[1]])
        wide = "wide stack" if page == "OPTIONS.md" else "wide"  # stack: one cell below the other where it is narrow
        body = re.sub(r"<table>(.*?)</table>", rf'<div class="{wide}"><table>\1</table></div>', body, flags=re.S)
        return re.sub(r"(?<!<pre>)<code>([^<\n]{1,28})</code>", r'<code class="short">\1</code>', body)

    def write(self, name, title, text, foot, of=None):
        """`of`: the page of the menu that this one belongs to, where it has no place of its own."""
        lines = []
        for group, pages in self.menu:
            lines.append(f"<h2>{group}</h2>\n<ul>")
            for address, shown in pages:
                here = ' aria-current="page"' if address == name else ' aria-current="true"' if address == of else ""
                inside = self.contents(text) if here and address != "index.html" else ""
                lines.append(f'<li><a href="{address}"{here}>{html.escape(shown)}</a>{inside}</li>')
            lines.append("</ul>")
        (self.out / name).write_text(
            PAGE.format(title=html.escape(title), menu="\n".join(lines), text=text, foot=foot), encoding="utf-8")

    @staticmethod
    def contents(text):
        """The headings of the page that is open, in the menu."""
        found = re.findall(r'<h2 id="([^"]*)">(.*?)<a class="here"', text, flags=re.S)
        found = found or [(name, name) for name in re.findall(r'<b id="(sagitta_\w+)">(?=\w+</b>\()', text)]
        lines = ""
        for anchor, title in found:
            plain = re.sub(r"^sagitta (\w+) ?.*$", r"\1", re.sub("<[^>]*>", "", title))  # of a command its name is enough
            lines += f'<li><a href="#{anchor}">{plain}</a></li>'
        return f"<ul>{lines}</ul>" if lines else ""

    def make(self):
        api = headers.Api(self.tree / "include" / "sagitta")
        while self.waiting:
            path = self.waiting.pop(0)
            if path == headers.INDEX:
                title, text = api.index()
                foot = "Made from the public headers in <code>include/sagitta</code>."
            else:
                file = self.options if path == "OPTIONS.md" else self.tree / path
                text = self.markdown(path, file.read_text(encoding="utf-8"))
                first = re.search(r"<h1[^>]*>(.*?)<a class", text, flags=re.S)
                title = html.unescape(re.sub("<[^>]*>", "", first[1])) if first else path
                title += "" if title == "Sagitta" else " · Sagitta"
                foot = "Made by the program." if path == "OPTIONS.md" else f"Made from <code>{path}</code>."
            self.write(self.name[path], title, text, foot)
        for header in api.headers:
            self.write(header.page, f"{header.name} · Sagitta", api.page(header),
                       f"Made from <code>include/sagitta/{header.name}</code>.", of=self.name[headers.INDEX])
        self.find += api.find()
        here = Path(__file__).parent
        for name in ("style.css", "find.js"):
            shutil.copyfile(here / name, self.out / name)
        (self.out / "index.js").write_text("const SAGITTA_INDEX = " + json.dumps(self.find, ensure_ascii=False, separators=(",", ":"))
                                           + ";\n", encoding="utf-8")


def main():
    tree, options, out = (Path(a) for a in sys.argv[1:])
    if out.exists() and any(out.iterdir()):
        if not (out / MARK).is_file():
            sys.exit(f"{out} has files in it that are not of an earlier site: name a new folder.")
        shutil.rmtree(out)
    out.mkdir(parents=True, exist_ok=True)
    (out / MARK).touch()
    Site(tree, options, out).make()
    print(f"{len(list(out.glob('*.html')))} pages: {out}/index.html")


main()
