#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A class on the page: serve_class.py, with FIXTURES. Several recordings become one sheet, or a card for each person, with
the numbers and words of `analyze --table --report`; a wrong test is said by naming the other, and is measured again as
that one; what is said names no option of the program. Whose pages they are is set on the page, and --clinic wins."""
import os
import subprocess
import time

from served import Served


def need(condition, text):
    if not condition:
        raise SystemExit(text)


def run(*words):
    return subprocess.run([os.environ["SAGITTA"], *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)


def text_of(pdf, folder, *how):
    path = folder + "/page.pdf"
    with open(path, "wb") as file:
        file.write(pdf)
    return subprocess.run(["pdftotext", *how, path, "-"], stdout=subprocess.PIPE, check=True).stdout.decode()


def words_of(text):
    return " ".join(text.split())


def page(s, body, expected=201):
    said = s.ask("POST", "/api/class", body, expected)
    if expected != 201:
        return said
    told = s.ask("GET", "/api/results/" + said["id"], expected=200)
    need(told["job"]["kind"] == "class" and told["job"]["pages"] and "result" not in told, f"a class is told as {told}")
    need(b"<svg" in s.raw("GET", f"/api/results/{said['id']}/file/page.svg", s.own_headers())[2][:400], "no SVG of a class")
    return text_of(s.raw("GET", f"/api/results/{said['id']}/file/page.pdf", s.own_headers())[2], s.folder)


def wrong_test(s, people):
    """The markers are enough for another test: that one is named, in words, and it is measured again as that."""
    s.ask("PATCH", "/api/state", {"language": "de"}, 200)
    job = s.measure(people[0], test="sit-and-reach")
    told = s.wait(job)
    need(told["state"] == "unmeasured", f"measured without a hand marker: {told}")
    need("Marker Hand fehlt" in told["message"] and "Test „Rumpfbeuge zu den Zehen“" in told["message"], f"no other test is named: {told['message']}")
    need("--" not in told["message"] and told["message"].rstrip().endswith("."), f"an option, or a sentence cut short: {told['message']}")
    for wrong in ({"test": "no-test"}, ):
        need(s.raw("POST", f"/api/jobs/{job}/again", s.own_headers(True), str(wrong).replace("'", '"').encode())[0] == 422, "measured as no test")
    s.ask("POST", f"/api/jobs/{job}/again", {"test": "toe-touch"}, 202)
    told = s.wait(job)
    need((told["state"], told["test"]) == ("done", "toe-touch"), f"not measured as the other test: {told}")
    s.ask("PATCH", "/api/state", {"language": "en"}, 200)
    said = s.wait(s.measure(people[0], test="sit-and-reach"))["message"]
    need("there is no hand marker. Put it on. The markers that are there are enough for the test “Toe touch”: choose it" in said, f"said: {said}")
    return job


def sheet(s, people, first):
    jobs = [first] + [s.measure(p) for p in people[1:]]
    need(all(s.wait(j)["state"] == "done" for j in jobs), "the class is not measured")
    lost = s.measure(s.folder + "/people/person-00001.csv", test="sit-and-reach")
    s.wait(lost)
    names = ["Ben Ärmel", "Carla", "David"]
    whole = {"test": "toe-touch", "people": [{"job": j, "name": n} for j, n in zip(jobs, names)]}
    told = page(s, whole)
    # The same as the program makes of the same recordings.
    for path, name in zip(people, names):
        os.rename(path, f"{s.folder}/people/{name}.csv")
    run("analyze", *[f"{s.folder}/people/{n}.csv" for n in names], "--table", s.folder + "/class.csv", "--report", s.folder + "/class.pdf")
    with open(s.folder + "/class.pdf", "rb") as file:
        terminal = text_of(file.read(), s.folder)
    need(words_of(told) == words_of(terminal), f"the page's class is another one:\n{told}\n{terminal}")
    cards = page(s, {**whole, "cards": True})
    for name in names:
        need(cards.count(name) == 1, f"{name} has no card, or two:\n{cards}")
    need(cards.count("between ") == 6 and cards.count("95 %") == 3 and "%" in cards, f"no numbers on the cards:\n{cards}")
    need("All 3 could" not in cards, "the cards are the sheet")
    for wrong in ({"test": "toe-touch", "people": []}, {"test": "toe-touch"}, {"test": "none", "people": whole["people"]}, {**whole, "test": "sit-and-reach"},
                  {"test": "toe-touch", "people": [{"job": "0" * 32, "name": "x"}]}, {"test": "toe-touch", "people": [{"job": jobs[0], "name": ""}]},
                  {"test": "toe-touch", "people": [{"job": jobs[0], "name": "a\nb"}]}):
        page(s, wrong, 422)
    return whole


def named(s, people):
    """Whose it is stands on the result's page; a name that is put right is there when it is opened again."""
    job = s.measure(people[0], person="Ben Ärmel")
    s.wait(job)
    need("Ben Ärmel" in result_page(s, job), "the page does not say whose it is")
    for wrong in (b"{}", b'{"person": 3}', b'{"person": "a\\nb"}', b'{"person": "' + b"x" * 400 + b'"}'):
        need(s.raw("PATCH", "/api/jobs/" + job, s.own_headers(True), wrong)[0] == 422, f"called {wrong[:30]}")
    s.ask("PATCH", "/api/jobs/" + job, {"person": "Bea Ärmel"}, 200)
    told = s.ask("GET", "/api/jobs/" + job, expected=200)
    need(told["person"] == "Bea Ärmel" and told["stale"], f"not renamed: {told}")
    s.ask("POST", f"/api/results/{job}/pages", {}, 202)
    s.wait(job)
    text = result_page(s, job)
    need("Bea Ärmel" in text and "Ben Ärmel" not in text and not s.ask("GET", "/api/jobs/" + job, expected=200)["stale"], f"the page is of the old name:\n{text}")
    s.ask("DELETE", "/api/jobs/" + job, expected=200)


def adopted(s):
    """A recording of the class becomes a client's: it is measured once more, saved with them, and nobody else's."""
    job = s.measure(s.folder + "/people/David.csv")
    need(s.wait(job)["state"] == "done", "it is not measured")
    s.ask("POST", "/api/clients", {"id": "ben", "name": "Ben Ärmel", "birth_year": 0, "height_cm": 0, "sex": ""}, 201)
    need(s.raw("POST", f"/api/jobs/{job}/again", s.own_headers(True), b'{"client": "nobody"}')[0] >= 400, "a client that there is not")
    s.ask("POST", f"/api/jobs/{job}/again", {"client": "ben"}, 202)
    done = s.wait(job)
    need(done["state"] == "done" and done["client"] == "ben" and done["saved"] > 0, f"not saved with the client: {done}")
    results = s.ask("GET", "/api/clients/ben/results", expected=200)["results"]
    need([r["number"] for r in results] == [done["saved"]], f"not among the client's results: {results}")
    need(s.raw("POST", f"/api/jobs/{job}/again", s.own_headers(True), b'{"client": "ben"}')[0] == 404, "a client's recording changes hands")


def clinic(s, whole, state):
    """Name and address on what is printed; --clinic of the start wins."""
    s.ask("PATCH", "/api/state", {"clinic_name": "Turnverein Süd", "clinic_address": "Am Platz 1\n\n80331 München"}, 200)
    for wrong in ({"clinic_name": "a\nb"}, {"clinic_name": "x" * 200}, {"clinic_address": "1\n2\n3\n4\n5"}, {"clinic_address": "x" * 130}):
        need(s.raw("PATCH", "/api/state", s.own_headers(True), str(wrong).replace("'", '"').replace("\n", "\\n").encode())[0] == 422, f"set: {wrong}")
    need("Turnverein Süd" in page(s, whole) and "Turnverein Süd" in page(s, {**whole, "cards": True}), "the class is nobody's")
    job = s.measure(s.folder + "/people/Carla.csv")
    s.wait(job)
    text = result_page(s, job)
    need("Turnverein Süd" in text and "80331 München" in text, f"the result's page is nobody's:\n{text}")
    need(s.raw("POST", "/api/clinic/logo", s.own_headers(True), b"no picture")[0] in (400, 415, 422), "no picture is taken as a logo")
    s.ask("POST", "/api/clinic/logo", b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle cx="20" cy="20" r="19"/></svg>'
          if with_svg(s.folder) else PNG, 200)
    need(s.ask("GET", "/api/state", expected=200)["clinic_logo"], "there is no logo")
    need("Turnverein Süd" in page(s, whole), "nobody's with a logo")
    s.ask("DELETE", "/api/clinic/logo", expected=200)
    need(not s.ask("GET", "/api/state", expected=200)["clinic_logo"], "the logo stays")
    s.end()
    given = state + "/given.ini"
    with open(given, "w", encoding="utf-8") as file:
        file.write("name = Praxis Nord\n")
    with Served("--clinic", given, state=state) as t:
        t.enter()
        need(t.ask("GET", "/api/state", expected=200)["clinic_given"], "the page does not know of --clinic")
        job = t.measure(state + "/people/Carla.csv")
        t.wait(job)
        text = result_page(t, job)
        need("Praxis Nord" in text and "Turnverein" not in text, f"--clinic does not win:\n{text}")
        t.end()


PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763606060000000040001f61738550000000049454e44ae426082")


def with_svg(folder):
    """Whether this build draws a logo in SVG."""
    with open(folder + "/l.svg", "w", encoding="ascii") as file:
        file.write('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>')
    with open(folder + "/l.ini", "w", encoding="ascii") as file:
        file.write("name = x\nlogo = l.svg\n")
    done = subprocess.run([os.environ["SAGITTA"], "analyze", folder + "/people/Carla.csv", "--report", folder + "/l.pdf", "--clinic", folder + "/l.ini"],
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return done.returncode == 0


def result_page(s, job):
    deadline = time.monotonic() + 600
    while not s.ask("GET", "/api/jobs/" + job, expected=200)["pages"]:
        need(time.monotonic() < deadline, "no pages are made")
        time.sleep(0.2)
    return text_of(s.raw("GET", f"/api/results/{job}/file/page.pdf", s.own_headers())[2], s.folder)


def sheets(s):
    for name in ("guide.pdf", "markers.pdf", "ruler.pdf", "questions.pdf"):
        status, headers, pdf = s.raw("GET", "/api/sheets/" + name, s.own_headers())
        need(status == 200 and headers["content-type"] == "application/pdf" and pdf.startswith(b"%PDF"), f"no {name}: {status}")
    need(s.raw("GET", "/api/sheets/none.pdf", s.own_headers())[0] == 404, "a sheet that there is not")
    guide = words_of(text_of(s.raw("GET", "/api/sheets/guide.pdf", s.own_headers())[2], s.folder))
    instructions = next(t for t in s.ask("GET", "/api/state", expected=200)["tests"] if t["name"] == "toe-touch")["instructions"]
    for said in ("feet together", "olded or held away from the hip"):
        need(said in guide and said in instructions, f"guide and test do not both say '{said}':\n{guide}\n{instructions}")
    need("sagitta " not in guide, f"a command line on the guide:\n{guide}")


def main():
    with Served() as s:
        s.enter()
        run("simulate", "--people", "3", "--set", "strip", "--seed", "4", "-o", s.folder + "/people")
        people = [f"{s.folder}/people/person-{i:05d}.csv" for i in (1, 2, 3)]
        named(s, people)
        first = wrong_test(s, people)
        whole = sheet(s, people, first)
        sheets(s)
        adopted(s)
        clinic(s, whole, s.folder)


main()
