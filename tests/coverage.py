# SPDX-License-Identifier: Apache-2.0
"""coverage.py SOURCES BUILD: of the product's lines, how many the tests of a build with --coverage have run. A line that
is compiled more than once counts as run where any of them was."""
import concurrent.futures
import json
import os
import subprocess
import sys

ROOMS = ("include", "cv", "calibration", "app")
root, build = (os.path.realpath(path) for path in sys.argv[1:3])


def lines_of(notes):
    """(file, line, times) of one object, by gcov."""
    text = subprocess.run(["gcov", "--json-format", "--stdout", notes], capture_output=True, cwd=build).stdout
    for document in filter(None, text.splitlines()):
        document = json.loads(document)
        for file in document["files"]:
            name = os.path.relpath(os.path.join(document["current_working_directory"], file["file"]), root)
            if name.split("/")[0] in ROOMS:
                for line in file["lines"]:
                    yield name, line["line_number"], line["count"]


notes = [os.path.join(folder, name) for folder, _, names in os.walk(build) for name in names if name.endswith(".gcda")
         and not os.path.relpath(folder, build).startswith(("tests", "samples"))]
times = {}
with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    for found in pool.map(lambda path: list(lines_of(path)), notes):
        for name, line, count in found:
            times[name, line] = max(times.get((name, line), 0), count)
for room in ROOMS + ("",):
    here = [count > 0 for (name, _), count in times.items() if name.startswith(room)]
    if here:
        print(f"{room or 'all':12} {sum(here):6} of {len(here):6} lines  {100 * sum(here) / len(here):.1f} %")
