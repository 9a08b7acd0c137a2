#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Kills the program while it saves, and looks for what it had reported saved.

    python3 tests/bench/kills.py SAGITTA RESULT.json FOLDER [KILLS]

Each of KILLS (500) times the program saves one result (records import) and is killed (SIGKILL) at a random moment, three
of four times within the time that such a save takes. What it had printed as saved must be in the records, under that
number, and `records verify` must find nothing. Every fifth time two programs save at once.
"""
import json
import os
import random
import re
import subprocess
import sys
import time


def main():
    sagitta, source, folder = sys.argv[1:4]
    kills = int(sys.argv[4]) if len(sys.argv) > 4 else 500
    os.makedirs(folder, exist_ok=True)
    database = os.path.join(folder, "kills.db")
    for suffix in ("", "-wal", "-shm"):
        if os.path.exists(database + suffix):
            os.remove(database + suffix)
    place = ["--records", database]
    subprocess.run([sagitta, "records", "add", "a", *place], check=True, stdout=subprocess.DEVNULL)
    with open(source, encoding="utf-8") as file:
        document = json.load(file)
    rng = random.Random(1)
    reported, killed, durations, number = {}, 0, [0.3], 0

    def start():
        nonlocal number
        number += 1
        document["settings"]["seed"] = number
        text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
        name = os.path.join(folder, "result-%d.json" % (number % 4))
        with open(name, "w", encoding="utf-8") as out:
            out.write(text)
        command = [sagitta, "records", "import", name, "--client", "a", "--date", "2024-01-01", *place]
        return subprocess.Popen(["stdbuf", "-oL"] + command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL), number, \
            time.perf_counter()

    for i in range(kills):
        running = [start() for _ in range(2 if i % 5 == 4 else 1)]
        median = sorted(durations)[len(durations) // 2]
        if i % 4:
            time.sleep(rng.uniform(0, 1.2 * median))
        else:
            running[0][0].wait()
            durations.append(time.perf_counter() - running[0][2])
        for process, seed, _ in running:
            killed += process.poll() is None
            process.kill()
            said = re.search(rb"Saved as result (\d+)", process.communicate()[0])
            if said:
                reported[int(said.group(1))] = seed
        verified = subprocess.run([sagitta, "records", "verify", *place], capture_output=True, text=True)
        if verified.returncode != 0:
            sys.exit("after kill %d: %s%s" % (i + 1, verified.stdout, verified.stderr))
    for result, seed in reported.items():
        shown = subprocess.run([sagitta, "records", "show", "--result", str(result), *place], capture_output=True, text=True)
        if shown.returncode != 0 or json.loads(shown.stdout)["settings"]["seed"] != seed:
            sys.exit("result %d was reported saved, and is lost" % result)
    print("%d runs, %d killed before their end, %d results reported saved: all there, verified each time"
          % (number, killed, len(reported)))


if __name__ == "__main__":
    main()
