# SPDX-License-Identifier: Apache-2.0
"""broken_off.py TABLE.csv: names the recordings whose analysis broke off; exit status 1 if there are any."""
import csv
import sys

with open(sys.argv[1], encoding="utf-8", newline="") as file:
    broken = [row["file"] for row in csv.DictReader(file) if int(row["exit"]) >= 128]
for name in broken:
    print(f"The analysis of {name} broke off. It is tried again; give more memory_mb if it stays so.")
sys.exit(bool(broken))
