// SPDX-License-Identifier: Apache-2.0
// The recording with its markers drawn over it, frame by frame.
import { h, number, t } from "./dom.js";
import { stills } from "./stills.js";

export const COLOURS = { shoulder: "#3d7bff", hip: "#2fd06a", knee: "#ff4fd8", ankle: "#ffe14a", pelvis: "#ff9a3d", ribs: "#3de3ff", hand: "#ff5555", ruler0: "#fff3a0", ruler1: "#fff3a0" };

// A tracks file: its picture's size, its times, and where each role is in each row.
export function tracks(text) {
  const lines = text.split("\n").filter((l) => l);
  const size = /width=(\d+) height=(\d+)/.exec(lines[0] || "");
  const names = (lines[1] || "").split(","), column = Object.fromEntries(names.map((n, i) => [n, i]));
  const roles = names.filter((n) => n.endsWith("_state")).map((n) => n.slice(0, -6));
  const rows = lines.slice(2).map((l) => l.split(","));
  const at = (row, name) => (column[name] === undefined || row[column[name]] === "" ? null : Number(row[column[name]]));
  return {
    width: size ? Number(size[1]) : 0, height: size ? Number(size[2]) : 0, roles,
    times: rows.map((r) => Number(r[0])),
    place: (i, role) => {
      const row = rows[i];
      if (!row) return null;
      const x = at(row, role + "_x"), y = at(row, role + "_y");
      return x === null || y === null ? null : { x, y, state: row[column[role + "_state"]], size: at(row, role + "_size") || 12, axis: at(row, role + "_axis"), length: at(row, role + "_length") };
    },
  };
}

export function draw(canvas, of, row, width) {
  const c = canvas.getContext("2d");
  c.clearRect(0, 0, canvas.width, canvas.height);
  const k = canvas.width / of.width, points = {};
  c.lineWidth = Math.max(2, width / 250);
  for (const role of of.roles) {
    const p = of.place(row, role);
    if (!p || p.state === "lost") continue;
    points[role] = p;
  }
  c.strokeStyle = "rgba(255,255,255,.85)";
  for (const chain of [["shoulder", "ribs", "pelvis", "hip", "knee", "ankle"]]) {
    const seen = chain.filter((r) => points[r]);
    c.beginPath();
    seen.forEach((r, i) => (i ? c.lineTo(points[r].x * k, points[r].y * k) : c.moveTo(points[r].x * k, points[r].y * k)));
    c.stroke();
  }
  for (const [role, p] of Object.entries(points)) {
    const radius = Math.max(5, (p.size / 2) * k + 3);
    for (const [colour, wide] of [["#000", 5], [COLOURS[role] || "#fff", 2.5]]) {
      c.strokeStyle = colour;
      c.lineWidth = wide;
      c.setLineDash(p.state === "filled" ? [4, 3] : []);
      c.beginPath();
      c.arc(p.x * k, p.y * k, radius, 0, 2 * Math.PI);
      c.stroke();
    }
    c.setLineDash([]);
  }
}

// `id` of the result, its tracks; `onframe(seconds)` follows the film; `own`: it is a camera's own recording.
export function film(id, of, onframe, own) {
  const video = own ? stills(`/api/results/${id}/video`, of.times) : h("video", { src: `/api/results/${id}/video`, muted: true, playsinline: true, preload: "auto", "aria-label": t("The recording") });
  video.muted = true;
  // What is seen is painted: a film that stands still is shown black by some browsers until it has been played.
  const seen = own ? null : h("canvas", { class: "seen", "aria-hidden": "true" });
  const over = h("canvas", { class: "over", "aria-hidden": "true" });
  const clock = h("output", { class: "clock" });
  const play = h("button", { "aria-pressed": "false", onclick: () => toggle() }, t("Play"));
  const bar = h("input", { type: "range", min: 0, max: Math.max(0, of.times.length - 1), step: 1, value: 0, "aria-label": t("Frame"), oninput: () => show(Number(bar.value)) });
  const box = h("div", { class: "film" }, h("div", { class: "picture" }, video, seen, over),
    h("div", { class: "row" }, play, h("button", { onclick: () => step(-1), "aria-label": t("One frame back") }, "‹"), h("button", { onclick: () => step(1), "aria-label": t("One frame on") }, "›"), bar, clock));
  let row = 0;

  function paint() {
    if (!seen || !video.videoWidth || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
    if (seen.width !== video.videoWidth) seen.width = video.videoWidth;
    if (seen.height !== video.videoHeight) seen.height = video.videoHeight;
    seen.getContext("2d").drawImage(video, 0, 0, seen.width, seen.height);
  }
  function mark() {
    const width = video.clientWidth || 640;
    const ratio = Math.min(2, devicePixelRatio || 1);
    paint();
    over.width = width * ratio;
    over.height = ((width * of.height) / of.width) * ratio;
    draw(over, of, row, width);
    bar.value = row;
    clock.textContent = `${number(of.times[row], 2)} s`;
    onframe(of.times[row]);
  }
  function nearest(seconds) {
    let low = 0, high = of.times.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (of.times[middle] <= seconds + 1e-4) low = middle;
      else high = middle - 1;
    }
    return low;
  }
  // The middle of the frame, so that rounding does not show the one before.
  function show(i) {
    row = Math.max(0, Math.min(of.times.length - 1, i));
    const next = of.times[row + 1];
    video.currentTime = next === undefined ? of.times[row] : (of.times[row] + next) / 2;
    mark();
  }
  function step(by) {
    video.pause();
    show(row + by);
  }
  function toggle() {
    video.paused ? video.play().catch(() => {}) : video.pause();
  }
  video.addEventListener("play", () => { play.textContent = t("Pause"); play.setAttribute("aria-pressed", "true"); follow(); });
  video.addEventListener("pause", () => { play.textContent = t("Play"); play.setAttribute("aria-pressed", "false"); });
  function follow() {
    if (video.paused || !video.isConnected) return;
    row = nearest(video.currentTime);
    mark();
    requestAnimationFrame(follow);
  }
  video.addEventListener("loadeddata", mark);
  video.addEventListener("seeked", paint);
  video.addEventListener("error", () => box.replaceChildren(h("p", { class: "notice" }, t("This browser cannot play this kind of recording. It was measured all the same; the page below shows start and deepest point."))));
  // The first picture may be there before anybody asks for another one: the chart is made in between.
  function begin(seconds) {
    const there = () => show(nearest(seconds));
    video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA ? there() : video.addEventListener("loadeddata", there, { once: true });
  }
  // Nothing more of it is asked for.
  function leave() {
    resized.disconnect();
    video.pause();
    if (own) return;
    video.removeAttribute("src");
    video.load();
  }
  const resized = new ResizeObserver(() => video.isConnected && mark());
  resized.observe(video);
  return { box, video, begin, step, toggle, show, row: () => row, seek: (seconds) => { video.pause(); show(nearest(seconds)); }, leave };
}
