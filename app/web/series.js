// SPDX-License-Identifier: Apache-2.0
// Screen Several files: a class, measured one after the other into one table; its sheet, and a card for each person.
import { ask, complain, field, h, number, send, t, tell } from "./dom.js";
import { pointsQuestion, unstated } from "./points.js";
import { undoable } from "./removal.js";

// What was dropped, for as long as the page is open, and the jobs of what was removed; `busy`: somebody is sending it.
const rows = [], left = new Set();
let test = "", busy = false, draw = () => {}, look = () => {};
// Files that are not sent yet, for it is not said what their points are: [file, line that it takes the place of].
let unsaid = [];

const states = () => ({ sending: t("is being read"), waiting: t("waits"), running: t("is being measured …"), done: t("measured"), unmeasured: t("not measured"), refused: t("cannot be used"), broken: t("broken off"), cancelled: t("cancelled"), queued: t("waits") });
const OPEN = ["waiting", "running", "sending", "queued"];
const is = (r, ...list) => list.includes(r.state);
const without = (name) => name.replace(/(.)\.[^.]*$/, "$1");

function cell(text) {
  return /[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

async function forget(r) {
  r.gone = true;
  left.add(r.id);
  if (r.id) await ask("DELETE", "/api/jobs/" + r.id).catch(() => {});
}

async function leave(r) {
  rows.splice(rows.indexOf(r), 1);
  await forget(r);
}

// Off the list at once, and gone when nobody has taken it back.
function removeLines(list, text) {
  const before = [...rows];
  for (const r of list) { rows.splice(rows.indexOf(r), 1); leavers.add(r); }
  draw();
  undoable(text, () => {
    for (const r of list) leavers.delete(r);
    // Where they stood; what has come since stands below.
    rows.splice(0, rows.length, ...before.filter((r) => list.includes(r) || rows.includes(r)), ...rows.filter((r) => !before.includes(r)));
    draw();
  }, () => Promise.all(list.map((r) => { leavers.delete(r); return forget(r); })));
}

async function transmit(r, set) {
  r.state = "sending";
  r.message = "";
  r.view = null;
  draw();
  try {
    r.id = (await send("/api/jobs?" + new URLSearchParams({ kind: "recording", test: r.test, name: r.name, person: person(r), set, ...(r.points && { points: r.points }) }), r.file).answer).id;
    r.told = person(r);
    r.state = "waiting";
    if (r.gone) left.add(r.id);
    if (r.gone) await ask("DELETE", "/api/jobs/" + r.id).catch(() => {});
  } catch (error) {
    r.state = "refused";
    r.message = error.message;
  }
  draw();
}

const person = (r) => r.shown.trim() || without(r.name);
// The name on the pages of one line; those that are made already are made again when they are opened.
async function rename(r) {
  if (!r.id || r.told === person(r)) return;
  r.told = person(r);
  await ask("PATCH", "/api/jobs/" + r.id, { person: r.told }).catch(complain);
}

// The same file once more stands in the place of its line. `points`: what those of other programs' files are, where it
// was said; `as`: the test.
export async function take(page, files, points, as) {
  test = as || test || page.state.tests[0].name;
  const ask_ = points ? [] : (await Promise.all(files.map(async (f) => await unstated(f) && f))).filter(Boolean);
  if (ask_.length) unsaid = [...unsaid, ...ask_];
  for (const file of files.filter((f) => !ask_.includes(f))) {
    const old = rows.find((r) => r.name === file.name && (!r.file || r.file.size === file.size));
    const shown = old ? old.shown : without(file.name);
    if (old) await leave(old);
    rows.push({ name: file.name, shown, file, state: "queued", message: "", view: null, test, points: points || (old && old.points) || "" });
  }
  draw();
  look();
  if (busy) return;
  busy = true;
  for (let r = rows.find((x) => is(x, "queued")); r; r = rows.find((x) => is(x, "queued"))) await transmit(r, page.state.settings.markers);
  busy = false;
}

// Measured again, as the test that was chosen then; where the recording is here no more, from the file.
async function again(page, r, as) {
  if (r.id) {
    try {
      await ask("POST", `/api/jobs/${r.id}/again`, { test: as });
      Object.assign(r, { state: "waiting", message: "", view: null, test: as });
      return;
    } catch (error) {
      if (!r.file) throw error;
    }
  }
  await take(page, [r.file], r.points);
}

// Taken off the list, and not gone yet.
const leavers = new Set();

// What an earlier page of this server left: a recording of nobody's is of a class.
function adopt(jobs) {
  for (const j of jobs) {
    if (j.kind !== "recording" || j.client || j.state === "cancelled" || j.state === "coming" || left.has(j.id)) continue;
    // One whose answer is on its way has no number yet.
    if ([...rows, ...leavers].some((r) => r.id === j.id || (r.state === "sending" && r.name === j.name))) continue;
    rows.push({ id: j.id, name: j.name, shown: j.person || without(j.name), told: j.person, file: null, state: j.state, message: "", view: null, test: j.test, points: j.points });
  }
}

// The columns of those that were measured as the test that is chosen.
function columns() {
  const seen = new Map();
  for (const r of rows) for (const q of (r.test === test && r.view && r.view.rows) || []) if (q.main && q.mean) seen.set(q.key, q);
  return [...seen.values()];
}
const value = (r, q) => { const v = r.test === test && r.view && r.view.rows.find((x) => x.key === q.key); return (v && v.mean) || null; };
const shownValue = (q, v) => [(v.inferred ? "≈" : "") + number(v.value, q.decimals), h("small", {}, `${number(v.low, q.decimals)} … ${number(v.high, q.decimals)}`)];

function csv() {
  const c = columns();
  const lines = [["name", "file", "test", "state", ...c.flatMap((q) => [q.key, q.key + "_low", q.key + "_high"]), "inferred"].join(",")];
  for (const r of rows) {
    lines.push([cell(r.shown), cell(r.name), r.test, r.state, ...c.flatMap((q) => { const v = value(r, q); return v ? [v.value, v.low, v.high].map((n) => n.toFixed(q.decimals + 2)) : ["", "", ""]; }),
      c.filter((q) => value(r, q)?.inferred).map((q) => q.key).join(" ")].join(","));
  }
  const address = URL.createObjectURL(new Blob([lines.join("\n") + "\n"], { type: "text/csv" }));
  h("a", { href: address, download: "sagitta.csv" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

// A line, made once: who writes a name is not interrupted by what is measured meanwhile.
function line(page, r, watch) {
  const name = h("input", { value: r.shown, maxlength: 100, autocomplete: "off", "aria-label": t("Name of {file}", { file: r.name }), oninput: () => { r.shown = name.value; }, onchange: () => rename(r) });
  const of = (text, act) => h("button", { class: "small", type: "button", "aria-label": `${text}: ${r.name}`, onclick: act }, text);
  const redo = of(t("Measure again"), () => again(page, r, test).then(watch, complain));
  const drop = of(t("Remove"), () => removeLines([r], t("{name} is removed from the list.", { name: person(r) })));
  const said = h("td", {}), page_ = h("td", {}), open = h("a", { onclick: () => rename(r) }, t("Open"));
  r.line = { row: h("tr", {}), said, acts: h("td", { class: "acts" }, redo, drop), first: h("th", { scope: "row" }, name, h("small", {}, r.name)), page: page_, redo, open };
}

function fill(page, r, c, words, watch) {
  if (!r.line) line(page, r, watch);
  const l = r.line, titleOf = (x) => (page.state.tests.find((y) => y.name === x) || { title: x }).title;
  const other = r.test !== test && !is(r, ...OPEN);
  l.said.replaceChildren(is(r, "done") ? (other ? t("measured as “{test}”", { test: titleOf(r.test) }) : r.view ? r.view.gist || words.done : words.done) : words[r.state] || r.state,
    ...(r.message ? [h("small", { class: "why" }, r.message.split("\n").join(" "))] : []));
  l.redo.hidden = !(is(r, "unmeasured", "broken") || (is(r, "refused") && !r.id) || (other && (r.id || r.file)));
  l.open.href = "#result/" + r.id;
  l.page.replaceChildren(...(is(r, "done") ? [l.open] : []));
  const cells = [l.first, l.said, ...c.map((q) => { const v = value(r, q); return h("td", {}, v ? shownValue(q, v) : "–"); }), l.page, l.acts];
  // What has the focus stays where it is.
  if (l.count !== c.length || !l.row.firstChild) l.row.replaceChildren(...cells);
  else cells.forEach((e, i) => { if (l.row.children[i] !== e) l.row.children[i].replaceWith(e); });
  l.count = c.length;
}

export async function series(page) {
  test = test || page.state.tests[0].name;
  const body = h("tbody", {}), heads = h("tr", {}), status = h("p", { class: "faint", role: "status" }), told = h("p", { class: "faint" });
  const choose = h("select", { onchange: () => { test = choose.value; draw(); } }, page.state.tests.map((x) => h("option", { value: x.name }, x.title)));
  choose.value = test;
  const other = h("p", { class: "notice", hidden: true }), otherText = h("span", {}), otherGo = h("button", { onclick: () => anew(rows.filter((r) => r.test !== test && !is(r, ...OPEN))) });
  other.append(otherText, otherGo);
  const input = h("input", { type: "file", multiple: true, class: "unseen", tabindex: -1, "aria-label": t("Choose recordings"), onchange: () => { add([...input.files]); input.value = ""; } });
  const pick = h("button", { class: "big", onclick: () => input.click() }, t("Choose recordings"));
  const place = h("section", { class: "drop" }, h("p", { class: "lead" }, t("Drop the recordings here")), pick, input);
  const out = (cards) => async () => {
    const people = rows.filter((r) => r.test === test && is(r, "done", "unmeasured", "refused") && r.id).map((r) => ({ job: r.id, name: r.shown.trim() || r.name }));
    try {
      page.go("class", (await ask("POST", "/api/class", { test, cards, people })).id);
    } catch (error) {
      complain(error);
    }
  };
  const cards = h("button", { onclick: out(true) }, t("Cards to hand over")), sheet = h("button", { onclick: out(false) }, t("Sheet of the class")), save = h("button", { onclick: csv }, t("Save the table (CSV)"));
  const failed = h("button", { onclick: () => anew(rows.filter((r) => is(r, "unmeasured", "broken"))) }, t("Measure again what failed"));
  const clear = h("button", { onclick: () => removeLines([...rows], t("The list is cleared.")) }, t("Clear the list"));
  const table = h("div", { class: "wide", role: "group", "aria-label": t("Several files") }, h("table", { class: "series" }, h("thead", {}, heads), body));
  const tools = h("p", { class: "row" }, cards, sheet, save, failed, clear);
  const asking = h("div", {});
  let timer = 0, gone = false;

  // Of several files that do not say it, one answer for all.
  function drawQuestion() {
    if (!unsaid.length) { asking.replaceChildren(); return; }
    if (asking.dataset.of === unsaid.map((f) => f.name).join("/") && asking.firstChild) return;
    asking.dataset.of = unsaid.map((f) => f.name).join("/");
    const done = () => { const files = unsaid; unsaid = []; draw(); return files; };
    asking.replaceChildren(pointsQuestion(unsaid.map((f) => f.name), (points) => { take(page, done(), points).catch(complain); watch(); }, done, false));
    asking.querySelector("input").focus();
  }
  draw = () => {
    if (gone) return;
    drawQuestion();
    const c = columns(), words = states(), ready = rows.filter((r) => is(r, "done") && r.test === test).length, away = rows.filter((r) => r.test !== test && !is(r, ...OPEN));
    heads.replaceChildren(...[t("Name"), t("In words"), ...c.map((q) => `${q.label} ${q.unit}`), t("Page"), t("List")].map((x) => h("th", { scope: "col" }, x)));
    for (const r of rows) fill(page, r, c, words, watch);
    const lines = rows.map((r) => r.line.row);
    if (lines.length !== body.children.length || lines.some((e, i) => body.children[i] !== e)) body.replaceChildren(...lines);
    other.hidden = !away.length;
    const title = page.state.tests.find((x) => x.name === test).title;
    otherText.textContent = t("Measured as another test: {count} of these files.", { count: away.length });
    otherGo.textContent = t("Measure them as “{test}”", { test: title });
    told.textContent = [c.length ? t("Small, below a number: with 95 % certainty the true value lies between these two.") : "",
      rows.some((r) => c.some((q) => value(r, q)?.inferred)) ? t("≈: inferred, not measured.") : ""].filter(Boolean).join(" ");
    for (const b of [cards, sheet]) b.disabled = !ready;
    save.disabled = !ready;
    failed.hidden = !rows.some((r) => is(r, "unmeasured", "broken"));
    table.hidden = clear.hidden = !rows.length;
    const text = !rows.length ? "" : rows.some((r) => is(r, ...OPEN)) ? t("{ready} of {all} measured; the others are on their way.", { ready, all: rows.length }) : t("{ready} of {all} measured", { ready, all: rows.length });
    if (status.textContent !== text) { status.textContent = text; tell(text); }
  };
  const add = (files) => { take(page, files).catch(complain); watch(); };
  const anew = async (list) => {
    const as = test;
    try {
      for (const r of list) await again(page, r, as);
    } catch (error) {
      complain(error);
    }
    watch();
  };
  async function watch() {
    clearTimeout(timer);
    if (gone) return;
    try {
      const all = (await ask("GET", "/api/jobs")).jobs, jobs = new Map(all.map((j) => [j.id, j]));
      adopt(all);
      for (const r of rows) {
        const j = r.id && jobs.get(r.id);
        if (!j || is(r, "sending", "queued")) continue;
        r.state = j.state;
        r.message = j.state === "done" ? "" : j.message;
        if (j.state === "done" && !r.view) r.view = (await ask("GET", "/api/results/" + r.id)).result;
      }
      draw();
    } catch (error) {
      complain(error);
    }
    if (!gone && rows.some((r) => is(r, ...OPEN))) timer = setTimeout(watch, 700);
  }
  const over = () => place.classList.add("over");
  const drop = (e) => { place.classList.remove("over"); if (e.dataTransfer.files.length) add([...e.dataTransfer.files]); };
  document.addEventListener("dragover", over);
  document.addEventListener("drop", drop);
  for (const r of rows) r.line = null;
  look = watch;
  // Before it is shown, so that nothing jumps.
  draw();
  await watch();
  return {
    title: t("Several files"),
    content: [h("h1", {}, t("Several files")), h("p", {}, t("For a class or a group: every file is measured in turn, and all stand in one table. Nothing is saved in the records; to save a result, measure it from its client.")),
      field(t("Test that was filmed"), choose), other, place, asking, status, table, told, tools],
    focus: pick,
    leave: () => { gone = true; draw = look = () => {}; clearTimeout(timer); document.removeEventListener("dragover", over); document.removeEventListener("drop", drop); },
    keys: { Escape: () => page.go("") },
  };
}
