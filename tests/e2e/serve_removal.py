#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Removed on the page, and gone: serve_removal.py, with FIXTURES. A result with its pictures and its kept recording; a client
with everything of theirs, once their ID is typed; nobody else's; and what the page's own folder had of them."""
import glob
import os

from served import Served


def need(condition, text):
    if not condition:
        raise SystemExit(text)


def measured(s, code, clip):
    job = s.measure(clip, client=code)
    told = s.wait(job)
    need(told["state"] == "done" and told["saved"], f"not measured: {told}")
    s.keep(job)
    return job, told["saved"]


def pictures(s):
    return sorted(os.path.basename(p) for p in glob.glob(s.records + ".pictures/*"))


def numbers(s, code):
    return [r["number"] for r in s.ask("GET", f"/api/clients/{code}/results", expected=200)["results"]]


def folder_of(s, job):
    return os.path.join(os.path.dirname(s.page), job)


def main():
    fixtures = os.environ["FIXTURES"]
    with Served() as s:
        s.enter()
        s.add_client("ana", notes="a secret of " + "ana")
        s.add_client("bob", notes="a secret of " + "bob")
        first, one = measured(s, "ana", fixtures + "/clinic.mp4")
        second, two = measured(s, "ana", fixtures + "/strip.mp4")
        third, three = measured(s, "bob", fixtures + "/clinic.mp4")
        before = pictures(s)
        # A result: its pictures go; the recording is bob's as well, and stays.
        need(s.ask("DELETE", f"/api/records/{two}", expected=200) == {"remark": ""}, "there are traces")
        need(numbers(s, "ana") == [one] and numbers(s, "bob") == [three], "another result is removed")
        need(len(pictures(s)) == len(before) - 2, f"pictures of the removed result stay: {before} → {pictures(s)}")
        need(not os.path.exists(folder_of(s, second)) and os.path.exists(folder_of(s, first)), "its job's folder stays, or another's went")
        s.ask("GET", "/api/results/" + second, expected=404)
        need(s.raw("DELETE", f"/api/records/{two}", s.own_headers(True), b"")[0] in (404, 422), "removed twice")
        # A client: only whose ID was typed.
        for wrong in ({}, {"id": "bob"}, {"id": ""}, {"id": 3}):
            s.ask("DELETE", "/api/clients/ana", wrong, 422)
        need(numbers(s, "ana") == [one], "removed without the ID")
        s.ask("DELETE", "/api/clients/nobody", {"id": "nobody"}, 404)
        s.ask("DELETE", "/api/clients/ana", {"id": "ana"}, 200)
        s.ask("GET", "/api/clients/ana", expected=404)
        need(numbers(s, "bob") == [three] and s.ask("GET", "/api/clients/bob", expected=200)["notes"], "bob went with ana")
        need(not os.path.exists(folder_of(s, first)) and os.path.exists(folder_of(s, third)), "ana's recording lies in the page's folder, or bob's does not")
        need(not [j for j in s.ask("GET", "/api/jobs", expected=200)["jobs"] if j["client"] == "ana"], "her jobs are still told")
        need(len([p for p in pictures(s) if p.endswith(".recording")]) == 1, f"bob's recording: {pictures(s)}")
        with open(s.records, "rb") as file:
            need(b"a secret of ana" not in file.read(), "her notes are still in the file")
        s.ask("DELETE", "/api/clients/bob", {"id": "bob"}, 200)
        need(pictures(s) == [], f"pictures of nobody's: {pictures(s)}")
        s.end()


main()
