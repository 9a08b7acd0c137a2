#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How fast the records answer: 10,000 visits of 500 clients, and how large their file is.

    python3 tests/bench/records.py SAGITTA RESULT.json FOLDER [CLIENTS VISITS]

RESULT.json is any result document, from which the others are varied. Times are of the whole program, from its start
to its end; the program's own start (`sagitta --version`) is printed beside them.
"""
import hashlib
import json
import os
import random
import subprocess
import sys
import time
from datetime import date, timedelta

QUANTITY = ("value", "low", "high", "camera_low", "camera_high")


def varied(document, rng):
    """The same document with every quantity moved; what belongs together is moved together."""
    share = document["summary"].get("lumbar_share")
    shifts = {}

    def move(name, quantity, decimals):
        if name not in shifts:
            shifts[name] = round(rng.gauss(0, 4) * (0.002 if decimals == 4 else 1), 2)
        for key in QUANTITY:
            quantity[key] = round(quantity[key] + shifts[name], decimals)

    document = json.loads(json.dumps(document))
    for part in document["repetitions"] + [document["summary"]]:
        for name, quantity in part.items():
            if isinstance(quantity, dict) and "camera_low" in quantity:
                move(name, quantity, 4 if name in ("lumbar_share", "hip_lag_s") else 2)
    assert share is None or "lumbar_share" in shifts
    return document


def export(document, clients, visits, seed):
    rng = random.Random(seed)
    for number in range(clients):
        day = date(2024, 1, 1) + timedelta(days=rng.randrange(200))
        client = {"uid": "%032x" % rng.getrandbits(128), "id": "client-%04d" % number,
                  "name": rng.choice(["Zoë", "Ana", "李", "Omar", "Иван"]) + " %d" % number, "birth_year": 1940 + number % 70,
                  "added_at": "2024-01-01T08:00:00Z", "sessions": [], "visits": []}
        for _ in range(visits):
            day += timedelta(days=1 + rng.randrange(20))
            text = json.dumps(varied(document, rng), indent=2, ensure_ascii=False) + "\n"
            client["visits"].append({"day": day.isoformat(), "results": [{
                "uid": "%032x" % rng.getrandbits(128), "saved_at": "2024-01-01T08:00:00Z", "pain": rng.randrange(11),
                "input_sha256": "%064x" % rng.getrandbits(256),
                "document_sha256": hashlib.sha256(text.encode()).hexdigest(), "settings": {"test": "toe-touch"},
                "document": json.loads(text)}]})
        yield client


def run(*command):
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return 1e3 * (time.perf_counter() - began)


def best(times):
    times = sorted(times)
    return "%6.1f ms (median %.1f, worst %.1f of %d)" % (times[0], times[len(times) // 2], times[-1], len(times))


def main():
    sagitta, source, folder = sys.argv[1:4]
    clients, visits = (int(word) for word in sys.argv[4:6]) if len(sys.argv) > 4 else (500, 20)
    with open(source, encoding="utf-8") as file:
        document = json.load(file)
    os.makedirs(folder, exist_ok=True)
    database, dump = os.path.join(folder, "bench.db"), os.path.join(folder, "bench.json")
    for name in (database, database + "-wal", database + "-shm"):
        if os.path.exists(name):
            os.remove(name)
    with open(dump, "w", encoding="utf-8") as file:
        json.dump({"schema": "sagitta-records/1", "clients": list(export(document, clients, visits, 1))}, file,
                  ensure_ascii=False)
    place = ("--records", database)
    print("import of %d visits of %d clients: %.1f s" % (clients * visits, clients,
                                                      run(sagitta, "records", "import", dump, *place) / 1e3))
    os.remove(dump)
    size = os.path.getsize(database)
    print("file: %.1f MB, %.1f kB a visit" % (size / 1e6, size / 1e3 / (clients * visits)))
    print("program's start:", best([run(sagitta, "--version") for _ in range(20)]))
    rng = random.Random(2)
    print("history of one client:", best([run(sagitta, "history", "client-%04d" % rng.randrange(clients), *place)
                                          for _ in range(40)]))
    print("list of clients:", best([run(sagitta, "records", "list", *place) for _ in range(20)]))
    print("verify: %.1f s" % (run(sagitta, "records", "verify", *place) / 1e3))


if __name__ == "__main__":
    main()
