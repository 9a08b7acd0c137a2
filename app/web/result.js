// SPDX-License-Identifier: Apache-2.0
// Screen Result: the sentence, hips and back with their intervals, the recording beside its chart, what was noticed, and
// the report's own pages to print.
import { ask, complain, h, number, t, tell } from "./dom.js";
import { angles } from "./charts.js";
import { film, tracks } from "./film.js";
import { saving } from "./saving.js";
import { keeping, opening } from "./keeping.js";
import { corrections, picker } from "./picker.js";
import { lately, visit } from "./prepare.js";
import { print, sheets } from "./printing.js";

function interval(q, row) {
  return `${q.inferred ? "≈ " : ""}${number(q.value, row.decimals)}${row.unit === "°" ? "" : " "}${row.unit}`;
}

function cards(view) {
  const main = view.rows.filter((r) => r.main && r.mean).slice(0, 3);
  return h("div", { class: "cards" }, main.map((r) => h("div", { class: "figure" }, h("p", { class: "name" }, h("span", { class: "sign " + (r.key.startsWith("lumbar") ? "back" : "hips"), "aria-hidden": "true" }), r.label),
    h("p", { class: "value" }, interval(r.mean, r)), h("p", { class: "between" }, t("between {low} and {high}", { low: number(r.mean.low, r.decimals), high: number(r.mean.high, r.decimals) })), h("p", { class: "faint" }, r.meaning))));
}

const span = (q, decimals) => h("small", {}, `${number(q.low, decimals)} … ${number(q.high, decimals)}`);

// A heading's row, and rows of cells: [name, …].
function grid(heads, rows) {
  return h("div", { class: "wide", role: "group", "aria-label": heads[0] }, h("table", {}, h("thead", {}, h("tr", {}, heads.map((x) => h("th", { scope: "col" }, x)))),
    h("tbody", {}, rows.map(([name, ...cells]) => h("tr", {}, h("th", { scope: "row" }, name), cells.map((c) => h("td", {}, c === null ? "–" : c)))))));
}

// Everything that the report's professional page has as a number.
function numbers(view) {
  const reps = view.repetitions.map((r, i) => t("Rep. {n}", { n: i + 1 }) + (r.valid ? "" : "*"));
  const cell = (q, r) => q && [interval(q, r), span(q, r.decimals)];
  const rows = view.rows.map((r) => [`${r.label} ${r.unit}`, cell(r.mean, r), r.mean && r.mean.camera_low !== null ? `${number(r.mean.camera_low, r.decimals)} … ${number(r.mean.camera_high, r.decimals)}` : null, ...r.repetitions.map((q) => cell(q, r))]);
  const holds = view.repetitions.some((r) => r.hold_s > 0) ? [[t("Held, s"), null, null, ...view.repetitions.map((r) => number(r.hold_s, 1))]] : [];
  const share = view.rows.find((r) => r.key === "lumbar_share");
  const parts = share ? view.phases.map((part, k) => [t("Part {n} of the bend", { n: k + 1 }), ...part.map((p) => p && p.share && [interval(p.share, share), span(p.share, share.decimals),
    h("small", {}, `${number(p.from_deg, 0)}–${number(p.to_deg, 0)}°`)])]) : [];
  const at = (q, seconds) => [`${number(q.value, 0)}°`, span(q, 0), h("small", {}, `${number(seconds, 1)} s`)];
  return h("details", {}, h("summary", {}, t("Every number, with its 95 % interval")),
    rows.length ? grid([t("Quantity"), t("Mean"), t("Camera alone"), ...reps], rows.concat(holds)) : null,
    parts.length ? [h("h3", {}, t("Lumbar share on the way down")), grid([t("Part of the bend"), ...reps], parts)] : null,
    view.ranges.length ? grid([t("Angle"), t("Least"), t("Greatest")], view.ranges.map((r) => [r.label, at(r.least, r.least_s), at(r.greatest, r.greatest_s)])) : null,
    view.repetitions.some((r) => !r.valid) ? h("p", { class: "faint" }, t("* not counted: {why}", { why: view.repetitions.flatMap((r) => (r.valid ? [] : r.flags)).join("; ") })) : null);
}

// The head is hidden in them: they stay with the result.
function keyFrames(base, frames) {
  const words = { "start.jpg": t("Start"), "middle.jpg": t("Half way"), "deepest.jpg": t("Deepest point") };
  if (!frames.length) return null;
  return h("section", { class: "frames", "aria-label": t("Key frames") }, frames.map((f) => h("figure", {},
    h("img", { src: base + "file/" + f, alt: t("{moment} of the first repetition that counts, the head hidden", { moment: words[f] }) }), h("figcaption", {}, words[f]))));
}

// The two lines of the chart, [time, [low, value, high], …], thinned to what a screen shows.
function curves(text) {
  const lines = text.split("\n").filter((l) => l && l[0] !== "#"), names = lines[0].split(",");
  const pairs = [["hip_hinge", "lumbar_flexion"], ["thigh_rotation", "knee_flexion"], ["trunk_thigh", "knee_flexion"]];
  const rows = lines.slice(1).map((l) => l.split(",")), step = Math.max(1, Math.floor(rows.length / 1500));
  const value = (row, name) => { const v = row[names.indexOf(name)]; return v === "" || v === undefined ? null : Number(v); };
  const has = (name) => rows.some((r) => value(r, name + "_deg") !== null);
  const pair = pairs.find((p) => p.every(has));
  if (!pair) return null;
  return { pair, rows: rows.filter((r, i) => i % step === 0).map((r) => [Number(r[0]), ...pair.map((n) => [value(r, n + "_low"), value(r, n + "_deg"), value(r, n + "_high")])]) };
}

// What changed through a treatment, in the words of the program, and the page of both.
function compared(treatment, open) {
  if (!treatment) return null;
  return h("section", { class: "treatment" }, h("h2", {}, t("Before and after treatment")), treatment.lines.map((l) => h("p", { class: "lead" }, l)), h("p", { class: "faint" }, treatment.words),
    h("p", { class: "row" }, h("button", { onclick: open }, t("Before/after page"), h("kbd", {}, "A"))));
}

export async function result(page, id) {
  const told = await ask("GET", "/api/results/" + id), view = told.result;
  let job = told.job;
  if (!view) { page.go("working", id); return { title: "", content: [] }; }
  // The name on the pages has changed since they were made.
  if (job.stale) { await ask("POST", `/api/results/${id}/pages`, {}); page.go("working", id); return { title: "", content: [] }; }
  const base = `/api/results/${id}/`, names = { hip_hinge: t("Hip hinge"), lumbar_flexion: t("Lumbar flexion"), thigh_rotation: t("Thigh"), knee_flexion: t("Knee"), trunk_thigh: t("Trunk to thigh") };
  // Seen and accepted: a recording has a face in it, and there is no need of it here any more.
  const accept = () => {
    if (!job.client || !(job.film || job.opening !== undefined)) return;
    gone = true;
    if (shown) shown.leave();
    ask("DELETE", base + "video").catch(() => {});
  };
  const back = () => { accept(); leave(); };
  // Nobody's recordings are a class, whose list they came from.
  const leave = () => page.go(...(job.client ? ["client", job.client] : [job.kind === "recording" ? "series" : ""]));
  const studio = h("section", { class: "studio" }), plot = h("div", { class: "chart" }), paper = h("section", { class: "paper", "aria-label": t("The page to hand over") });
  const own = "/api/clients/" + encodeURIComponent(job.client);
  const [person, saved] = job.client ? await Promise.all([ask("GET", own).catch(() => null), job.saved ? ask("GET", own + "/results").catch(() => null) : null]) : [null, null];
  const who = (person && person.name) || job.client || job.person, row = saved && saved.results.find((r) => r.number === job.saved);
  const kept = keeping(id, job, who);
  // Before the screen is there: nothing is to jump.
  const places = job.picks.length ? await ask("GET", base + "file/tracks.csv").catch(() => null) : null;
  const again = h("div", {}, places ? corrections(id, job.picks, tracks(places), view) : []);
  const pair = async () => {
    try {
      page.go("working", (await ask("POST", "/api/jobs?" + new URLSearchParams({ kind: "compare", record: job.saved }), {})).id);
    } catch (error) {
      complain(error);
    }
  };
  const repain = async (pain) => {
    try {
      await ask("PATCH", "/api/records/" + job.saved, { pain });
      await ask("POST", base + "pages", {});
      page.go("working", id);
    } catch (error) {
      complain(error);
    }
  };
  let made = null, shown = null, comes = null, line = { show() {} }, chosen = null, gone = false, wanted = false;

  async function studioOf() {
    const [places, values] = await Promise.all([ask("GET", base + "file/tracks.csv").catch(() => null), job.kind === "saved" ? null : ask("GET", base + "file/angles.csv").catch(() => null)]);
    if (gone) return;
    const of = places && tracks(places), c = values && curves(values);
    const jump = (seconds) => (shown ? shown.seek(seconds) : line.show(seconds));
    const jumps = view.repetitions.flatMap((r, i) => [h("button", { class: "small", onclick: () => jump(r.start_s) }, t("Start {n}", { n: i + 1 })), h("button", { class: "small", onclick: () => jump(r.end_range_s) }, t("Deepest {n}", { n: i + 1 }))]);
    const filmed = () => {
      shown = film(id, of, (seconds) => line.show(seconds), job.stills);
      for (const b of jumps) b.disabled = false;
    };
    if (of && job.video) {
      filmed();
      studio.append(shown.box);
    } else if (of && job.opening !== undefined) {
      comes = opening(id, of, (now) => {
        job = now;
        filmed();
        comes.box.replaceWith(shown.box);
        if (view.repetitions.length) shown.begin(view.repetitions[0].end_range_s);
      });
      studio.append(comes.box);
      for (const b of jumps) b.disabled = !c;
    }
    if (c) studio.append(h("figure", {}, h("figcaption", {}, h("span", { class: "sign hips" }), names[c.pair[0]], " ", h("span", { class: "sign back" }), names[c.pair[1]], ", °. ", t("Grey: repetitions. The pale bands are the 95 % intervals.")), plot));
    if (c || studio.hasChildNodes()) studio.append(h("p", { class: "row" }, jumps));
    if (c) line = await angles(plot, c.rows, c.pair.map((n) => names[n]), view.repetitions, jump);
    line.show(view.repetitions.length ? view.repetitions[0].end_range_s : 0);
    if (shown && view.repetitions.length) shown.begin(view.repetitions[0].end_range_s);
  }
  async function pages() {
    while (!job.pages && !job.pages_failed && !gone && job.state === "done") {
      await new Promise((done) => setTimeout(done, 400));
      job = await ask("GET", "/api/jobs/" + id);
      if (job.state !== "done") return;
    }
    if (gone) return;
    if (!job.pages) {
      paper.replaceChildren(h("p", {}, t("The page to hand over could not be made: make room on the disk, and measure again.")));
      return;
    }
    made = await sheets(id, page.state.settings.paper);
    paper.replaceChildren(h("h2", {}, t("The page to hand over")), made.box);
    if (wanted) paperOut();
  }
  function paperOut() {
    if (!made) { wanted = true; tell(t("The page is being made; it is printed as soon as it is there.")); return; }
    print(made);
  }
  function correctMarker() {
    if (chosen || !shown || job.kind !== "recording") return;
    ask("GET", base + "file/tracks.csv").then((text) => {
      const chart = plot.parentElement;
      const close = () => {
        if (!chosen) return;
        chosen.leave();
        chosen.box.remove();
        chosen = null;
        if (chart) chart.hidden = false;
      };
      chosen = picker(id, tracks(text), shown, view, { done: () => page.go("working", id), close });
      // Beside the film, in the place of the chart.
      if (chart) chart.hidden = true;
      shown.box.after(chosen.box);
      shown.box.scrollIntoView({ block: "start" });
      chosen.focus.focus();
    }).catch(complain);
  }
  async function after() {
    if (!job.client) return;
    accept();
    if (job.saved && !job.mark) await ask("PATCH", "/api/records/" + job.saved, { mark: "before" });
    lately.set(job.client, view.test);
    Object.assign(visit, { client: job.client, mark: "after", markers: "same", test: view.test });
    page.go("prepare", job.client);
  }
  function next() {
    if (!job.client) return;
    accept();
    page.go("prepare", job.client);
  }
  const printing = h("button", { class: "big", onclick: paperOut }, t("Print"), h("kbd", {}, "P"));
  const flags = view.notes.map((n) => h("li", {}, n.text));
  return {
    title: who ? t("Result: {name}", { name: who }) : view.title,
    content: [
      who ? h("p", { class: "whose" }, t("Result: {name}", { name: who })) : null,
      h("p", { class: "faint" }, [view.title, t("stickers: {set}", { set: view.markers }), job.name].filter(Boolean).join(" · ")),
      h("h1", { class: "verdict" }, view.sentence.split(/(?<=\.) /)[0]),
      h("p", { class: "lead" }, view.sentence.split(/(?<=\.) /).slice(1).join(" ")),
      again, compared(told.treatment, pair), cards(view), view.score.length ? h("ul", {}, view.score.map((s) => h("li", {}, s))) : null,
      h("p", { class: "row" }, printing, h("a", { class: "button", href: base + "file/page.pdf", target: "_blank", rel: "noopener" }, "PDF"),
        job.client && job.kind === "recording" ? h("button", { onclick: after }, t("Treat, then measure again"), h("kbd", {}, "B")) : null,
        job.video && job.kind === "recording" ? h("button", { onclick: correctMarker }, t("Correct a marker"), h("kbd", {}, "C")) : null,
        kept.can() ? h("button", { onclick: kept.question }, t("Keep the recording"), h("kbd", {}, "K")) : null,
        job.client ? h("button", { onclick: next }, t("Next recording"), h("kbd", {}, "M")) : null,
        h("button", { onclick: back }, t("Done"), h("kbd", {}, "Esc"))),
      job.kind === "recording" ? kept.leaving : null, kept.box, saving(page, job, row, who, repain), keyFrames(base, told.frames),
      flags.length ? h("section", {}, h("h2", {}, t("What was noticed")), h("ul", {}, flags)) : null,
      studio, numbers(view),
      h("p", { class: "row" }, ["result.json", "tracks.csv", "angles.csv"].filter((f) => job.kind !== "saved" || f !== "angles.csv").map((f) => h("a", { href: base + "file/" + f, download: f }, f))),
      paper, h("p", { class: "faint" }, view.disclaimer),
    ].filter(Boolean),
    focus: printing,
    shown: () => { studioOf().catch(complain); pages().catch(complain); },
    leave: () => {
      gone = true;
      kept.leave();
      if (chosen) chosen.leave();
      if (comes) comes.leave();
      if (shown) shown.leave();
    },
    keys: {
      p: paperOut, a: () => (told.treatment ? pair() : false), b: after, c: correctMarker, k: () => (kept.can() ? kept.question() : false), m: next, Escape: back,
      ArrowLeft: () => (shown ? shown.step(-1) : false), ArrowRight: () => (shown ? shown.step(1) : false),
      "Shift+ArrowLeft": () => (shown ? shown.step(-10) : false), "Shift+ArrowRight": () => (shown ? shown.step(10) : false),
    },
  };
}
