// SPDX-License-Identifier: Apache-2.0
// Screen Client: how it goes through the visits, what was saved, what is known; and the button that everything is for.
import { ask, calm, complain, day, field, h, lay, number, t } from "./dom.js";
import { forget, megabytes } from "./keeping.js";
import { trend } from "./charts.js";
import { removeClient, removeResult } from "./removal.js";

// The tests that a session is made of.
const SESSION = ["toe-touch", "fingertip-to-floor", "toe-touch-knees-bent", "waiters-bow", "straight-leg-raise"];

// The quantities that are told first.
const FIRST = ["lumbar_share", "hip_hinge_deg", "lumbar_flexion_deg", "reach_cm", "leg_raise_deg", "knee_angle_deg", "neutral_hold_s", "pelvis_tilt_deg"];

function series(test, key) {
  return test.visits.filter((v) => v.quantities && v.quantities[key]).map((v) => ({ day: v.day, ...v.quantities[key] }));
}

// What was written and is not saved, of each client: it is there again when the client is.
const drafts = new Map();
addEventListener("beforeunload", (e) => drafts.size && e.preventDefault());

// Of one visit there is nothing to compare: its values.
function values(rows, when) {
  if (!rows.length) return null;
  return h("div", { class: "wide", role: "group", "aria-label": when }, h("table", {}, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("Quantity")), h("th", { scope: "col" }, when))),
    h("tbody", {}, rows.map((c) => h("tr", {}, h("th", { scope: "row" }, c.label), h("td", {}, c.to))))));
}

// What is said of the changes comes from the program, which says it in the report and on the terminal likewise.
function table(rows, from, to) {
  if (!rows.length) return null;
  return h("div", { class: "wide", role: "group", "aria-label": `${from} – ${to}` }, h("table", {}, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("Quantity")), h("th", { scope: "col" }, from),
    h("th", { scope: "col" }, to), h("th", { scope: "col" }, t("Change")), h("th", { scope: "col" }, t("Error band")), h("th", { scope: "col" }, t("Judgement")))),
  h("tbody", {}, rows.map((c) => h("tr", {}, h("th", { scope: "row" }, c.label), h("td", {}, c.from), h("td", {}, c.to), h("td", {}, c.change),
    h("td", {}, c.limit === "–" ? c.limit : "±" + c.limit), h("td", {}, c.words))))));
}

// Which of the results is one after the treatment of that day.
const afterOf = (test, when, results) => results.find((r) => r.mark === "after" && r.day === when && r.test === test.test && (r.side || "") === (test.side || ""));

// `pair` opens the page of before and after, of a result after.
function treatments(test, results, pair) {
  if (!test.told_treatments.length) return null;
  return h("div", {}, h("h3", {}, t("Before and after treatment")), test.told_treatments.flatMap((v) => {
    const after = afterOf(test, v.day, results);
    return [h("h4", {}, day(v.day)), table(v.changes, t("Before"), t("After")), h("p", {}, v.words),
      after ? h("p", { class: "row" }, h("button", { onclick: () => pair(after.number), "aria-label": t("Before/after page of {day}", { day: day(v.day) }) }, t("Before/after page"))) : null].filter(Boolean);
  }));
}

// The visits of a test, and beside them what was measured after treatments: a trend counts only what was before them.
function changes(test, results, pair) {
  const seen = test.visits.filter((v) => v.quantities && Object.keys(v.quantities).length).map((v) => v.day), first = seen[0], last = seen[seen.length - 1];
  const named = (word, when) => `${word}, ${day(when)}`;
  const onlyAfter = !seen.length && results.some((r) => r.test === test.test && (r.side || "") === (test.side || "") && r.mark === "after");
  if (onlyAfter && !test.told_treatments.length) return [h("p", { class: "faint" }, t("Measured after a treatment only: no point of the course. Its page is below, under Recordings."))];
  return [seen.length > 1 ? table(test.told_changes, named(t("First"), first), named(t("Last"), last)) : values(test.told_changes, first ? day(first) : t("Value")),
    test.told_treatments.length ? h("p", { class: "faint" }, t("What was measured after a treatment is not in this table: it stands below.")) : null, treatments(test, results, pair)].filter(Boolean);
}

export async function client(page, id) {
  const path = "/api/clients/" + encodeURIComponent(id);
  const [c, history, results] = await Promise.all([ask("GET", path), ask("GET", path + "/history"), ask("GET", path + "/results")]);
  const measure = () => page.go("prepare", id);
  const title = c.name || c.id;
  const charts = [];
  const pair = async (n) => {
    try {
      page.go("working", (await ask("POST", `/api/jobs?kind=compare&record=${n}`, {})).id);
    } catch (error) {
      complain(error);
    }
  };
  const treated = [...history.tests].flatMap((test) => test.told_treatments.map((v) => afterOf(test, v.day, results.results))).filter(Boolean).sort((a, b) => b.number - a.number)[0];
  const parts = history.tests.map((test) => {
    const key = FIRST.find((k) => series(test, k).length) || null;
    const info = key && page.state.quantities[key];
    const plot = h("div", { class: "chart" });
    if (info && series(test, key).length > 1) charts.push(() => trend(plot, series(test, key), info, test.quantities[key] && test.quantities[key].limit, day));
    const name = (page.state.tests.find((x) => x.name === test.test) || { title: test.test }).title;
    const side = test.side ? ", " + ({ left: t("left"), right: t("right"), both: t("both sides") })[test.side] : "";
    return h("section", {}, h("h2", {}, `${name}${side}`),
      info && series(test, key).length > 1 ? h("figure", {}, h("figcaption", {}, t("{quantity} through the visits. Inside of the grey band nothing has changed for certain.", { quantity: info.label })), plot) : null,
      changes(test, results.results, pair));
  });
  const open = async (n) => {
    const job = await ask("POST", `/api/jobs?kind=saved&record=${n}`, {});
    page.go("working", job.id);
  };
  const together = async () => page.go("working", (await ask("POST", "/api/jobs?" + new URLSearchParams({ kind: "session", client: id }), {})).id);
  const rows = [...results.results].reverse();
  const last = rows[0], lastSession = rows.find((r) => SESSION.includes(r.test));
  // Of one test alone there is nothing to set side by side.
  const several = lastSession && new Set(rows.filter((r) => r.day === lastSession.day && SESSION.includes(r.test)).map((r) => r.test + r.side)).size > 1;
  const sessionName = several && (lastSession.day === page.state.today ? t("Page of today's tests together") : t("Page of the tests of {day} together", { day: day(lastSession.day) }));
  const edit = h("div", {});
  const details = () => {
    const notes = h("textarea", { rows: 4, maxlength: 4000 }, c.notes), name = h("input", { value: c.name, maxlength: 200 });
    const year = h("input", { type: "number", min: 0, max: 2100, value: c.birth_year || "" }), height = h("input", { type: "number", min: 0, max: 280, value: c.height_cm || "" });
    const sex = h("select", {}, ["", "f", "m"].map((s) => h("option", { value: s }, s === "f" ? t("female") : s === "m" ? t("male") : "–")));
    sex.value = c.sex;
    const fields = { notes, name, year, height, sex }, written = () => Object.fromEntries(Object.entries(fields).map(([k, e]) => [k, e.value]));
    const saved = JSON.stringify(written());
    if (drafts.has(id)) for (const [k, text] of Object.entries(drafts.get(id))) fields[k].value = text;
    const draft = () => (JSON.stringify(written()) === saved ? drafts.delete(id) : drafts.set(id, written()));
    const drop = () => { drafts.delete(id); edit.replaceChildren(); calm(); };
    const close = () => (drafts.has(id) ? complain(t("Not saved yet: press Save, or Cancel to drop what was written.")) : drop());
    const save = async (e) => {
      e.preventDefault();
      try {
        await ask("PATCH", path, { name: name.value.trim(), notes: notes.value, birth_year: Number(year.value) || 0, height_cm: Number(height.value) || 0, sex: sex.value });
        drafts.delete(id);
        page.show();
      } catch (error) {
        complain(error);
      }
    };
    edit.replaceChildren(lay(h("form", { class: "card", onsubmit: save, oninput: draft, "aria-label": t("Details and notes") }, field(t("Name"), name), field(t("Notes on the client"), notes),
      h("div", { class: "row" }, field(t("Year of birth"), year), field(t("Stature, cm"), height), field(t("Sex"), sex)),
      h("p", { class: "row" }, h("button", { class: "big" }, t("Save")), h("button", { type: "button", onclick: drop }, t("Cancel")))), close));
    notes.focus();
  };
  const go = h("button", { class: "big", onclick: measure }, t("Measure"), h("kbd", {}, "M"));
  const known = [c.id, c.birth_year ? t("born {year}", { year: c.birth_year }) : "", c.height_cm ? number(c.height_cm, 0) + " cm" : ""].filter(Boolean).join(" · ");
  const marks = { before: t("before treatment"), after: t("after treatment") };
  return {
    title,
    content: [
      h("div", { class: "row between" }, h("div", {}, h("h1", {}, title), h("p", { class: "faint" }, known)), go),
      c.notes ? h("p", { class: "notes" }, c.notes) : null,
      h("p", { class: "row" }, h("button", { onclick: details }, t("Details and notes"), h("kbd", {}, "E")),
        last ? h("button", { onclick: () => open(last.number) }, t("Last page"), h("kbd", {}, "P")) : null,
        treated ? h("button", { onclick: () => pair(treated.number) }, t("Before/after page"), h("kbd", {}, "A")) : null,
        several ? h("button", { onclick: together }, sessionName, h("kbd", {}, "S")) : null),
      edit,
      parts.length ? parts : h("p", {}, t("Nothing has been measured yet. Press M, or the button, and drop the first recording.")),
      rows.length ? h("section", {}, h("h2", {}, t("Recordings")), h("div", { class: "wide", role: "group", "aria-label": t("Recordings") }, h("table", {}, h("thead", {}, h("tr", {},
        h("th", { scope: "col" }, t("Day")), h("th", { scope: "col" }, t("Test")), h("th", { scope: "col" }, t("Pain")), h("th", { scope: "col" }, t("Page")), h("th", { scope: "col" }, t("Recording")), h("th", { scope: "col" }, t("Result")))),
        h("tbody", {}, rows.slice(0, 200).map((r) => h("tr", {}, h("td", {}, day(r.day)), h("td", {}, r.title + (r.mark ? " · " + marks[r.mark] : "")),
          h("td", {}, r.pain < 0 ? "–" : String(r.pain)), h("td", {}, h("button", { class: "small", onclick: () => open(r.number), "aria-label": t("Page of {what}", { what: `${r.title}, ${day(r.day)}` }) }, t("Open"))),
          h("td", {}, r.recording ? [t("kept since {day}, {size}", { day: day(r.recording.day), size: megabytes(r.recording.bytes) }), " ",
            h("button", { class: "small", onclick: () => forget(r.number, () => page.show()), "aria-label": t("Remove the recording of {what}", { what: `${r.title}, ${day(r.day)}` }) }, t("Remove"))] : "–"),
          h("td", {}, h("button", { class: "small", onclick: () => removeResult(edit, r.number, `${r.title}, ${day(r.day)}`, () => page.show()), "aria-label": t("Remove the result of {what}", { what: `${r.title}, ${day(r.day)}` }) }, t("Remove …"))))))))) : null,
      removeClient(page, c, results.results),
    ].flat().filter(Boolean),
    focus: go,
    shown: () => {
      charts.forEach((draw) => draw());
      if (drafts.has(id)) details();
    },
    keys: { a: () => (treated ? pair(treated.number) : false), m: measure, e: details, p: () => last && open(last.number), s: () => (several ? together() : false), Escape: () => page.go("") },
  };
}
