// SPDX-License-Identifier: Apache-2.0
// Screen Several files: thirty recordings at once, measured one after the other into one table.
import { ask, complain, field, h, number, send, t, tell } from "./dom.js";
import { roleNames } from "./picker.js";

// What was dropped, for as long as the page is open.
const rows = [];
let test = "sit-and-reach", busy = false;

const states = () => ({ sending: t("is read"), waiting: t("waits"), running: t("is measured"), done: t("measured"), unmeasured: t("not measured"), refused: t("cannot be used"), broken: t("broken off"), cancelled: t("cancelled"), queued: t("waits") });

function cell(text) {
  return /[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

export async function series(page) {
  void roleNames;
  const body = h("tbody", {}), heads = h("tr", {}), status = h("p", { class: "faint", role: "status" });
  const choose = h("select", { onchange: () => { test = choose.value; } }, page.state.tests.map((x) => h("option", { value: x.name }, x.title)));
  choose.value = test;
  const input = h("input", { type: "file", multiple: true, class: "unseen", tabindex: -1, "aria-label": t("Choose recordings"), onchange: () => add([...input.files]) });
  const pick = h("button", { class: "big", onclick: () => input.click() }, t("Choose recordings"));
  const place = h("section", { class: "drop" }, h("p", { class: "lead" }, t("Drop the recordings here")), pick, input);
  let timer = 0, gone = false;
  const columns = () => {
    const seen = new Map();
    for (const r of rows) for (const q of (r.view && r.view.rows) || []) if (q.main && q.mean) seen.set(q.key, q);
    return [...seen.values()];
  };
  function draw() {
    const c = columns(), words = states();
    heads.replaceChildren(...[t("File"), t("State"), ...c.map((q) => `${q.label} ${q.unit}`), t("Page")].map((x) => h("th", { scope: "col" }, x)));
    body.replaceChildren(...rows.map((r) => h("tr", {}, h("th", { scope: "row" }, r.name), h("td", {}, words[r.state] || r.state, r.message ? h("small", {}, r.message.split("\n")[0]) : null),
      c.map((q) => { const v = r.view && r.view.rows.find((x) => x.key === q.key); return h("td", {}, v && v.mean ? [number(v.mean.value, q.decimals), h("small", {}, `${number(v.mean.low, q.decimals)} … ${number(v.mean.high, q.decimals)}`)] : "–"); }),
      h("td", {}, r.state === "done" ? h("a", { href: "#result/" + r.id }, t("Open")) : r.state === "broken" ? h("button", { class: "small", onclick: () => again(r) }, t("Measure again")) : null))));
    const ready = rows.filter((r) => r.state === "done").length;
    const text = rows.length ? t("{ready} of {all} measured", { ready, all: rows.length }) : "";
    if (status.textContent !== text) { status.textContent = text; tell(text); }
  }
  async function again(r) {
    await ask("POST", `/api/jobs/${r.id}/again`);
    r.state = "waiting";
    watch();
  }
  async function add(files) {
    for (const file of files) rows.push({ name: file.name, file, state: "queued" });
    draw();
    if (busy) return;
    busy = true;
    for (let r = rows.find((x) => x.state === "queued"); r; r = rows.find((x) => x.state === "queued")) {
      r.state = "sending";
      draw();
      try {
        r.id = (await send("/api/jobs?" + new URLSearchParams({ kind: "recording", test, name: r.name, set: page.state.settings.markers }), r.file).answer).id;
        r.state = "waiting";
      } catch (error) {
        r.state = "refused";
        r.message = error.message;
      }
      r.file = null;
      draw();
      watch();
    }
    busy = false;
  }
  async function watch() {
    clearTimeout(timer);
    if (gone) return;
    try {
      const jobs = new Map((await ask("GET", "/api/jobs")).jobs.map((j) => [j.id, j]));
      for (const r of rows) {
        const j = r.id && jobs.get(r.id);
        if (!j) continue;
        r.state = j.state;
        r.message = j.state === "done" ? "" : j.message;
        if (j.state === "done" && !r.view) r.view = (await ask("GET", "/api/results/" + r.id)).result;
      }
      draw();
    } catch (error) {
      complain(error);
    }
    if (rows.some((r) => ["waiting", "running", "sending", "queued"].includes(r.state))) timer = setTimeout(watch, 700);
  }
  function save() {
    const c = columns();
    const lines = [["file", "state", ...c.flatMap((q) => [q.key, q.key + "_low", q.key + "_high"])].join(",")];
    for (const r of rows) {
      lines.push([cell(r.name), r.state, ...c.flatMap((q) => { const v = r.view && r.view.rows.find((x) => x.key === q.key); return v && v.mean ? [v.mean.value, v.mean.low, v.mean.high].map((n) => n.toFixed(q.decimals + 2)) : ["", "", ""]; })].join(","));
    }
    const address = URL.createObjectURL(new Blob([lines.join("\n") + "\n"], { type: "text/csv" }));
    h("a", { href: address, download: "sagitta.csv" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }
  const over = () => place.classList.add("over");
  const drop = (e) => { place.classList.remove("over"); if (e.dataTransfer.files.length) add([...e.dataTransfer.files]); };
  document.addEventListener("dragover", over);
  document.addEventListener("drop", drop);
  return {
    title: t("Several files"),
    content: [h("h1", {}, t("Several files")), h("p", {}, t("For a class or a group: every file is measured in turn, and all stand in one table. Nothing is saved in the records.")),
      field(t("Test"), choose), place, status,
      h("div", { class: "wide", role: "group", "aria-label": t("Several files") }, h("table", { class: "series" }, h("thead", {}, heads), body)),
      h("p", { class: "row" }, h("button", { onclick: save }, t("Save the table (CSV)")), h("button", { onclick: () => window.print() }, t("Print the table")))],
    focus: pick, shown: () => { draw(); watch(); },
    leave: () => { gone = true; clearTimeout(timer); document.removeEventListener("dragover", over); document.removeEventListener("drop", drop); },
    keys: { Escape: () => page.go("") },
  };
}
