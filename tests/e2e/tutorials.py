# SPDX-License-Identifier: Apache-2.0
"""tutorials.py PAGE.md FOLDER: run the page's blocks that are marked for it in that folder, see tutorials.sh."""
import os
import re
import subprocess
import sys

page, folder = sys.argv[1:]
with open(page, encoding="utf-8") as file:
    blocks = re.findall(r"^```(sh run|text shown)\n(.*?)^```$", file.read(), flags=re.M | re.S)


def plain(text):
    """Without what may differ: digits, signs, how wide a column is, a bar of a course."""
    text = re.sub(r"[▁▂▃▄▅▆▇█]+", "▄", text)
    return re.sub(r"[\s ]+", " ", re.sub(r"[-−+]?\d+(?:\.\d+)?", "0", text)).strip()


def with_tracks(command):
    """A video that is not there, but of which there are tracks, is replaced by them."""
    def tracks(m):
        csv = m[1] + ".csv"
        return csv if not os.path.exists(os.path.join(folder, m[0])) and os.path.exists(os.path.join(folder, csv)) else m[0]
    return re.sub(r"([\w/-]+)\.mp4", tracks, command)


answer, ran, shown = None, 0, 0
for kind, text in blocks:
    if kind == "sh run":
        done = subprocess.run(["sh", "-eu"], input=with_tracks(text), cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, encoding="utf-8")
        answer = done.stdout
        print(f"$ {text}{answer}")
        if done.returncode:
            sys.exit(f"exit status {done.returncode}: {text}")
        ran += 1
        continue
    shown += 1
    whole = plain(answer)
    for line in text.splitlines():
        if plain(line.rstrip("… ")) not in whole:
            sys.exit(f"not answered any more: {line}")
if ran < 3 or shown < 2:
    sys.exit(f"{ran} blocks to run and {shown} answers: are they marked?")
print(f"blocks run: {ran}, answers compared: {shown}")
