// SPDX-License-Identifier: Apache-2.0
// Charts, drawn by dygraphs: a trend through the visits, and angles through a recording with one cursor.
import { h, number, numeral, t } from "./dom.js";

let library = null;

// Its legend, which no chart here has, sets a style in a way that the page's rules do not allow.
function plain(library) {
  if (library) library.PLUGINS = library.PLUGINS.filter((plugin) => plugin !== library.Plugins.Legend);
  return library || null;
}

// The chart library is fetched when the first chart is drawn.
async function dygraphs() {
  if (!library) {
    const base = new URL(".", import.meta.url).pathname;
    library = new Promise((done) => {
      document.head.append(h("link", { rel: "stylesheet", href: base + "dygraphs.css" }));
      document.head.append(h("script", { src: base + "dygraphs.js", onload: () => done(plain(window.Dygraph)), onerror: () => done(null) }));
    });
  }
  return library;
}

function colours() {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(name).trim();
  return { hips: of("--hips"), back: of("--back"), line: of("--line"), faint: of("--faint"), band: of("--band") };
}

const axis = (c) => ({ axisLineColor: c.faint, gridLineColor: c.line, axisLabelWidth: 60, axisLabelFontSize: 14 });
const numbers = (c) => ({ ...axis(c), axisLabelFormatter: (v) => numeral(String(Math.round(v * 1000) / 1000)).replace("-", "−") });

// `points`: { day, value, low, high } in the document's unit.
export async function trend(at, points, info, limit, day) {
  const Dygraph = await dygraphs();
  if (!Dygraph || !at.isConnected) return;
  const c = colours(), k = info.factor;
  const rows = points.map((p) => [new Date(p.day + "T12:00:00"), [(p.low ?? p.value) * k, p.value * k, (p.high ?? p.value) * k]]);
  const first = points[0].value * k, mdc = limit ? limit.detectable_change * k : null;
  const values = rows.flatMap((r) => r[1]).concat(mdc === null ? [] : [first - mdc, first + mdc]);
  const span = Math.max(...values) - Math.min(...values) || 1;
  at.setAttribute("role", "img");
  at.setAttribute("aria-label", points.map((p) => `${day(p.day)}: ${number(p.value * k, info.decimals)} ${info.unit}`).join(", "));
  new Dygraph(at, rows, {
    labels: ["day", info.label], customBars: true, legend: "never", drawPoints: true, pointSize: 5, strokeWidth: 2, colors: [c.hips],
    valueRange: [Math.min(...values) - 0.05 * span, Math.max(...values) + 0.05 * span], highlightCircleSize: 7,
    axes: { x: axis(c), y: numbers(c) },
    underlayCallback(canvas, area, g) {
      if (mdc === null) return;
      const top = g.toDomYCoord(first + mdc), bottom = g.toDomYCoord(first - mdc);
      canvas.fillStyle = c.band;
      canvas.fillRect(area.x, top, area.w, bottom - top);
    },
  });
}

// Angles through time, with a cursor that follows and leads. Answers with { show(seconds) }.
export async function angles(at, table, names, repetitions, onseek) {
  const Dygraph = await dygraphs();
  const nothing = { show() {} };
  if (!Dygraph || !at.isConnected || !table.length) return nothing;
  const c = colours();
  let now = null;
  const g = new Dygraph(at, table, {
    labels: [t("Time, s"), ...names], customBars: true, legend: "never", colors: [c.hips, c.back], strokeWidth: 2, axes: { x: numbers(c), y: numbers(c) },
    strokePattern: null, highlightCircleSize: 0, animatedZooms: false, interactionModel: {},
    series: { [names[1]]: { strokePattern: [7, 4] } },
    xlabel: t("Time, s"), ylabel: "°",
    clickCallback: undefined,
    underlayCallback(canvas, area, graph) {
      canvas.fillStyle = c.band;
      for (const r of repetitions) {
        if (!r.valid) continue;
        const left = graph.toDomXCoord(r.start_s), right = graph.toDomXCoord(r.end_s);
        canvas.fillRect(left, area.y, right - left, area.h);
      }
    },
    drawCallback: () => place(),
  });
  const line = h("div", { class: "cursor", "aria-hidden": "true" });
  at.append(line);
  function place() {
    if (now === null || !line) return;
    line.style.left = g.toDomXCoord(now) + "px";
  }
  let held = false;
  const seek = (e) => onseek(g.toDataXCoord(e.clientX - at.getBoundingClientRect().left));
  at.addEventListener("pointerdown", (e) => { held = true; at.setPointerCapture(e.pointerId); seek(e); });
  at.addEventListener("pointermove", (e) => held && seek(e));
  at.addEventListener("pointerup", () => { held = false; });
  return { show(seconds) { now = seconds; place(); } };
}
