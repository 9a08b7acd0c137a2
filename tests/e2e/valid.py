#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""valid.py SCHEMA FILE [CONDITION…]: the document fits its schema, and each condition holds of it (as `d`)."""
import json
import sys

with open(sys.argv[2], encoding="utf-8") as file:
    document = json.load(file)
try:
    import jsonschema
except ImportError:
    print("jsonschema is not installed: the schema itself was not checked")
else:
    with open(sys.argv[1], encoding="utf-8") as file:
        jsonschema.validate(document, json.load(file))
for condition in sys.argv[3:]:
    if not eval(condition, {"d": document, "grade": {line["topic"]: line["grade"] for line in document.get("lines", [])}}):
        sys.exit(f"{sys.argv[2]}: not so: {condition}\n{json.dumps(document, indent=1)[:3000]}")
