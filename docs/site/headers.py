# SPDX-License-Identifier: Apache-2.0
"""The C API as pages, from the public headers: what stands before a declaration is said above it, names lead to where
they are declared. Nothing but the form of these headers is understood: a comment, then what it is about, up to an empty
line or the next comment.
"""
import html
import re

INDEX = "C API"  # stands for the page of contents where files of the tree are named
WORD = re.compile(r"\b(?:sagitta|SAGITTA)_\w+")


def page_name(header):
    return "api-" + header[:-2].replace("_", "-") + ".html"


def comment_text(comment):
    """The lines of a comment without its stars, indentation kept."""
    inner = comment.strip()[2:-2]
    lines = [re.sub(r"^\s*\* ?", "", line) if n else line.strip() for n, line in enumerate(inner.split("\n"))]
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def declared(code):
    """The names that a piece of code declares: functions, types, macros, and the values of an enum."""
    functions = re.findall(r"SAGITTA_API[^;]*?\b(sagitta_\w+)\(", code)
    types = re.findall(r"}\s*(sagitta_\w+);", code) + re.findall(r"^typedef [^{;(]*\b(sagitta_\w+);", code, re.M)
    types += re.findall(r"^typedef [^{;]*\(\*(sagitta_\w+)\)", code, re.M)
    macros = re.findall(r"^#define (SAGITTA_\w+)", code, re.M)
    values = re.findall(r"^\s+(SAGITTA_\w+)(?: =|,|$| /)", code, re.M) if "enum" in code else []
    return functions, types, macros, values


class Header:
    def __init__(self, path):
        self.name, self.page = path.name, page_name(path.name)
        self.pieces = []  # (comment or "", code or "")
        self.functions, self.types, self.macros, self.values = [], [], [], []
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"^/\* SPDX.*?\*/\n", "", text)
        self.about, text = self.first_comment(text)
        text = re.sub(r"^#ifndef SAGITTA_\w+_H\n#define SAGITTA_\w+_H\n", "", text.lstrip("\n"), flags=re.M)
        text = re.sub(r"#endif\n*\Z", "", text)
        text = re.sub(r'#ifdef __cplusplus\n(?:extern "C" \{|\})\n#endif\n', "", text)
        for block in re.split(r"\n[ \t]*\n", text):
            self.block(block.strip("\n"))
        for _, code in self.pieces:
            for kept, found in zip((self.functions, self.types, self.macros, self.values), declared(code)):
                kept += [name for name in found if name not in kept]

    @staticmethod
    def first_comment(text):
        found = re.match(r"\s*(/\*.*?\*/)\n", text, re.S)
        return (comment_text(found[1]), text[found.end():]) if found else ("", text)

    def block(self, block):
        """Lines without an empty one between them: comments at the left edge part them."""
        parts = re.split(r"^(/\*(?:(?!\*/).)*?\*/)\n?", block, flags=re.M | re.S)
        code = parts[0].strip("\n")
        if code:
            self.piece("", code)
        for comment, code in zip(parts[1::2], parts[2::2]):
            self.piece(comment_text(comment), code.strip("\n"))

    def piece(self, comment, code):
        # An empty line inside a struct is no end of it: what has more { than } before goes on.
        if self.pieces and self.pieces[-1][1].count("{") > self.pieces[-1][1].count("}"):
            before = self.pieces.pop()
            inside = "".join(f"/* {line} */\n" for line in comment.split("\n")) if comment else ""
            self.pieces.append((before[0], f"{before[1]}\n\n{inside}{code}".rstrip("\n")))
        elif self.pieces and not comment and code.startswith("#include") and self.pieces[-1][1].startswith("#include"):
            self.pieces[-1] = (self.pieces[-1][0], self.pieces[-1][1] + "\n" + code)
        elif comment or code:
            self.pieces.append((comment, code))


class Api:
    def __init__(self, folder):
        self.headers = [Header(path) for path in sorted(folder.glob("*.h"))]
        self.headers.sort(key=lambda header: header.name != "sagitta.h")
        self.place = {}
        for header in self.headers:
            for name in header.functions + header.types + header.macros + header.values:
                self.place.setdefault(name, f"{header.page}#{name}")

    def linked(self, text, here=()):
        """Text as HTML, with names that lead to their declaration; of those in `here` this is the declaration."""
        left = set(here)

        def name(m):
            word = m[0]
            if word in left:
                left.discard(word)
                return f'<b id="{word}">{word}</b>'
            return f'<a href="{self.place[word]}">{word}</a>' if word in self.place else word

        out = []
        for part in re.split(r"(&lt;|&gt;|&amp;|&quot;|&#x27;)", html.escape(text)):
            out.append(part if part.startswith("&") else WORD.sub(name, part))
        return "".join(out)

    def words(self, text):
        """A sentence of a comment: `names of parameters` as code."""
        return re.sub(r"`([^`]+)`", r"<code>\1</code>", self.linked(text))

    def prose(self, comment):
        """Paragraphs; lines that stand further in than the rest are shown as they are."""
        out = []
        for paragraph in re.split(r"\n\s*\n", comment):
            lines = paragraph.split("\n")
            if all(line.startswith("  ") or not line for line in lines):
                out.append(f"<pre>{self.linked(paragraph)}</pre>")
            elif lines[0].startswith("- "):
                points = re.split(r"^- ", paragraph, flags=re.M)[1:]
                out.append("<ul>" + "".join(f"<li>{self.words(' '.join(p.split()))}</li>" for p in points) + "</ul>")
            else:
                out.append(f"<p>{self.words(' '.join(line.strip() for line in lines))}</p>")
        return "\n".join(out)

    def page(self, header):
        out = [f'<h1 id="{header.name[:-2]}">sagitta/{header.name}</h1>', self.prose(header.about)]
        for comment, code in header.pieces:
            names = [name for found in declared(code) for name in found if self.place[name].startswith(header.page)]
            shown = self.linked(code, names)
            shown = re.sub(r"(/\*.*?\*/)", r"<i>\1</i>", shown, flags=re.S)
            shown = re.sub(r'#include &quot;sagitta/(\w+\.h)&quot;',
                           lambda m: f'#include &quot;<a href="{page_name(m[1])}">sagitta/{m[1]}</a>&quot;', shown)
            about = self.prose(comment) if comment else ""
            out.append(f'<section class="declared">{about}' + (f"<pre><code>{shown}</code></pre>" if code else "") + "</section>")
        return "\n".join(out)

    def index(self):
        out = ['<h1 id="c-api">C API</h1>',
               "<p>Every public header, as it is, and where each name stands. <code>#include &lt;sagitta/sagitta.h&gt;</code> has most "
               "of them; <code>pkg-config --cflags --libs sagitta</code> says the rest. How to begin: "
               '<a href="tutorials-programmer.html">for programmers</a>.</p>',
               '<h2 id="headers">Headers<a class="here" href="#headers" aria-label="Link to this heading">#</a></h2>',
               '<div class="wide"><table><thead><tr><th>header</th><th>what it is about</th></tr></thead><tbody>']
        for header in self.headers:
            about = header.about or next(comment for comment, _ in header.pieces if comment)
            first = re.split(r"(?<=\.)\s|\n\s*\n", about)[0].replace("\n", " ")
            out.append(f'<tr><td><a href="{header.page}">{header.name}</a></td><td>{self.words(first)}</td></tr>')
        out.append("</tbody></table></div>")
        for title, kind in (("Functions", "functions"), ("Types", "types")):
            anchor = title.lower()
            out.append(f'<h2 id="{anchor}">{title}<a class="here" href="#{anchor}" aria-label="Link to this heading">#</a></h2>')
            names = sorted({name for header in self.headers for name in getattr(header, kind)})
            out.append('<ul class="names">' + "".join(f'<li><a href="{self.place[n]}">{n}</a></li>' for n in names) + "</ul>")
        return "C API · Sagitta", "\n".join(out)

    def find(self):
        for header in self.headers:
            yield [header.name, header.page, "C API"]
            for name in header.functions + header.types + header.macros:
                yield [name, self.place[name], header.name]
