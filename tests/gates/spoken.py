#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a user reads is a text of the catalogues: no sentence of the program or the library stands outside of them.

    python3 tests/gates/spoken.py

- Errors begin with a language and get their text in one place: nothing but cli/failure.c and base/error.c makes an
  error out of SAGITTA_ERROR_INIT or writes its text.
- A literal that reads as words is marked by one of the functions and macros of po/marks (the program) and
  po/library_marks (the library), or stands among the exceptions below, with the reason why nobody reads it or why it is
  English for everybody.
- What is marked is translated in every po/*.po.

Run from the top of the tree.
"""
import re
import sys
from pathlib import Path

TOKEN = re.compile(
    r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|[A-Za-z_]\w*|[(){}\[\],;]|^[ \t]*#[ \t]*\w+[^\n]*|\S",
    re.S | re.M,
)
CONVERSION = re.compile(r"%[-+ #0]*[\d*]*(?:\.[\d*]+)?(?:hh|h|ll|l|z|j|t)?[a-zA-Z%]|\\.")
WORDS = re.compile(r"[A-Za-z]{2,},? +[a-z]{2,}|[a-z]{3,}[.:] ?$")
PRINTING = {"printf", "fprintf", "puts", "fputs", "text_wrap", "text_print", "text_pad", "text_complain"}

# Files whose words are English for everybody.
FILES = {
    "app/manual/": "manual pages and completions are English",
    "app/agreement/figures.c": "names of methods in a table that programs read",
    "app/batch/columns.c": "heads and cells of a table that programs read",
    "app/batch/class.c": "cells of that table",
    "app/calibrate/lens_page.c": "a document without a language option",
    "app/cli/sanitize.c": "options of a sanitizer",
    "app/commands/formats.c": "names of formats",
    "app/commands/simulate.c": "heads of a table that programs read",
    "app/dataset/": "heads of tables that programs read",
    "app/decoder/decode.c": "said to whoever starts a program that is not for users",
    "app/measure/debug.c": "what --debug shows is for who works on the tracker",
    "app/overlay/moment_picture.c": "what --debug shows",
    "app/records/schema.c": "SQL",
    "app/report/html.c": "HTML",
    "app/serve/page_clinic.c": "keys of a file that --clinic reads",
    "cv/assess/messages.c": "tables that test_translate looks through",
    "cv/assess/tests.c": "tables that test_translate looks through",
    "cv/base/explanation.c": "what --debug shows",
    "cv/body/anatomy.h": "sources of figures",
    "cv/body/model.c": "sources of figures",
    "cv/camera/view.h": "sources of figures",
    "cv/export/": "words of formats that programs read",
    "cv/result/quantities.c": "a table that test_translate looks through",
    "cv/result/result.c": "a table that test_translate looks through",
    "cv/simulate/": "words of a table that programs read",
    "cv/video/formats.c": "names of formats",
}
# Who gets words that are no text for users: SQL, HTML, JSON, headers of HTTP, what is compared.
CALLEES = re.compile(
    r"db_\w+|sqlite3_\w+|html_put\w*|strn?cmp|strn?casecmp|strstr|memcmp|strdup|_Static_assert|MHD_\w+|http_\w+|calibrate_row"
)
# Texts, wherever they stand.
TEXTS = re.compile(
    r"^(records|dataset|calibrate) [a-z]+$"  # a command's name
    r"|^[,\w%]*,[,\w%.]*(\\n)?$"  # the head of a table
    r"|^ ?(SELECT|PRAGMA|FROM|CREATE|DROP|ALTER|BEGIN|SQLite) |^<!doctype|^\{\\\""  # SQL, HTML, JSON
    r"|^(sagitta: |sagitta %s\\n|progress %|saved %|already %|side %s\\n|points %s\\n|map %d %g\\n|open file://)"  # what a program reads
    r"|^#Kinovea Trajectory data export$|^#multi:$"  # how files of other programs begin
    r"|sagitta analyze VIDEO --camera|^kernel  |^(yes|help|Brown-Conrady|anything of this library)$"
    r"|^straight-leg-raise --side|^name = Sagitta\\nlogo = $|^\\xef|_low,%s|^(fx|cx), |^SAGITTA_SIMD|^(is no SIMD|this processor|\. Correct it)"
    r"|^it is not known where|^%\.300s is of version|^standard input$|^Picture size"
)
# Said to who writes a program with the library.
PROGRAMMERS = re.compile(
    r"^sagitta_\w+|needs? (a |to know|\w+, a )|or no (place|output|samples)|^No (place|name|text|bytes|camera|markers) \w*"
    r"|^There is (nothing to|no (output|frame|marker|view))|(was|were) given"
)
TIMINGS = ("app/cli/summary.c", re.compile(r"^(  kind|\\n  |, |  %8|full$|limited$| \(guessed\)|; of several)"))


def marks_of(name):
    marks = {}
    for line in Path(name).read_text("utf-8").split():
        match = re.match(r"-k(\w+)(?::(\d+))?$", line)
        marks[match[1]] = int(match[2] or 1)
    return marks


def literals(source):
    """(line, text, function, number of the argument) of every literal; neighbours are one."""
    stack, name, found, open_one = [], None, [], None
    for match in TOKEN.finditer(source):
        token = match[0]
        if token.startswith(("/*", "//")) or token == "\\" or re.match(r"PRI\w+$", token):
            continue
        if token.startswith('"'):
            if open_one:
                open_one[1] += token[1:-1]
            else:
                inside = stack[-1] if stack else [None, 0]
                open_one = [source.count("\n", 0, match.start()) + 1, token[1:-1], inside[0], inside[1]]
            name = None
            continue
        if open_one:
            found.append(tuple(open_one))
            open_one = None
        if re.match(r"\s*#", token):
            continue
        if token in "([{":
            stack.append([name if token == "(" else token, 1])
        elif token in ")]}":
            if stack:
                stack.pop()
        elif token == "," and stack:
            stack[-1][1] += 1
        name = token if re.match(r"[A-Za-z_]\w*$", token) else None
    return found


def unescaped(text):
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m[1], m[1]), text)


def catalogue(path):
    """The texts that have a translation."""
    found = set()
    for entry in re.split(r"\n(?=#,|msgid )", path.read_text("utf-8")):
        match = re.search(r'^msgid ((?:".*"\n?)+)msgstr ((?:".*"\n?)+)', entry, re.M)
        if match and re.sub(r'["\n]', "", match[2]):
            found.add(unescaped("".join(re.findall(r'"(.*)"', match[1]))))
    return found


def exempt(path, text, function):
    if any(path.startswith(file) for file in FILES) or TEXTS.search(text):
        return True
    if path == TIMINGS[0] and TIMINGS[1].search(text):
        return True
    return bool(function and CALLEES.fullmatch(function))


def wrong_errors(path, source):
    if path in ("app/cli/failure.c", "cv/base/error.c"):
        return
    for number, line in enumerate(source.split("\n"), 1):
        if "= SAGITTA_ERROR_INIT" in line and not re.search(r"\bunheard\b", line):
            yield f"{path}:{number}: an error without a language: error_at_terminal(), error_like() … (sg_error_like())"
        if re.search(r"printf\((\w+(->|\.))*(error|cause|why)(->|\.)text,", line):
            yield f"{path}:{number}: an error's text is written by fail_with() (sg_fail())"


def main():
    catalogues = {path.name: catalogue(path) for path in sorted(Path("po").glob("*.po"))}
    found = []
    for tops, marks in ((("app",), marks_of("po/marks")), (("cv", "calibration"), marks_of("po/library_marks"))):
        for path in sorted(p for top in tops for p in Path(top).rglob("*.[ch]")):
            source = path.read_text("utf-8")
            found += wrong_errors(str(path), source)
            for line, text, function, argument in literals(source):
                plain = CONVERSION.sub(" ", text)
                if marks.get(function) == argument:
                    if not re.search(r"[A-Za-z]{2}", plain) or PROGRAMMERS.search(text):
                        continue
                    lacking = [name for name, texts in catalogues.items() if unescaped(text) not in texts]
                    if lacking:
                        found.append(f"{path}:{line}: not in {', '.join(lacking)}: \"{text}\"")
                elif WORDS.search(plain) or (path.parts[0] == "app" and function in PRINTING and re.search("[A-Za-z]{3}", plain)):
                    if not exempt(str(path), text, function):
                        found.append(f"{path}:{line}: words that are marked for no translation: \"{text}\"")
    print("\n".join(found))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
