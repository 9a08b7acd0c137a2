// SPDX-License-Identifier: Apache-2.0
// Correct a marker: which one, and where it is in the frame that is shown; with the arrows on a loupe, or a click.
import { ask, complain, h, lay, number, t, tell } from "./dom.js";
import { COLOURS } from "./film.js";

const ZOOM = 4, LOUPE = 240;
// Nearer than this to what was found, px, it is the same spot.
const SAME = 3;

// The numbers before the last correction, to be set beside those after it.
const before = { id: "", means: {} };

const means = (view) => Object.fromEntries(view.rows.filter((r) => r.main && r.mean).map((r) => [r.label, `${number(r.mean.value, r.decimals)} ${r.unit}`]));

function rowAt(of, seconds) {
  let row = 0;
  while (row + 1 < of.times.length && of.times[row + 1] <= seconds + 1e-4) row++;
  return row;
}

export function roleNames() {
  return { shoulder: t("Shoulder"), hip: t("Hip"), knee: t("Knee"), ankle: t("Ankle"), pelvis: t("Pelvis"), ribs: t("Ribs"), hand: t("Hand") };
}

// What became of the corrections that a result was measured with: a notice, or nothing.
export function corrections(id, picks, of, view) {
  if (!picks.length) return [];
  const names = roleNames();
  const lines = picks.map((pick) => {
    const [, role, x, y, s] = /^(\w+)=([-\d.]+),([-\d.]+)@([\d.]+)$/.exec(pick) || [];
    if (!role) return null;
    const p = of.place(rowAt(of, Number(s)), role), what = { marker: names[role] || role, time: number(Number(s), 2) };
    if (!p || p.state === "lost") return t("{marker}, at {time} s: no marker was found where you pointed.", what);
    const off = Math.hypot(p.x - x, p.y - y);
    return off <= SAME ? t("{marker}, at {time} s: it is where you pointed.", what)
      : t("{marker}, at {time} s: the marker's middle was measured {n} px from where you pointed. You say which spot is the marker; its middle is measured.", { ...what, n: number(off, 0) });
  });
  const now = means(view), known = before.id === id;
  const moved = known ? Object.keys(now).filter((k) => before.means[k] && before.means[k] !== now[k]) : [];
  const change = !known ? null : moved.length ? t("Changed by the correction: {what}.", { what: moved.map((k) => `${k} ${before.means[k]} → ${now[k]}`).join("; ") })
    : t("The numbers are as they were: the marker had been found there before the correction.");
  return [h("section", { class: "notice corrected" }, h("h2", {}, t("Measured again")), h("ul", { class: "said" }, [...lines, change].filter(Boolean).map((l) => h("li", {}, l))))];
}

// `to.done` goes on when it is measured again, `to.close` takes the box away.
export function picker(id, of, shown, view, to) {
  const names = roleNames(), order = Object.keys(names).sort((a, b) => of.roles.includes(b) - of.roles.includes(a));
  const role = h("select", { id: "role" }, order.map((r) => h("option", { value: r }, names[r])));
  const loupe = h("canvas", { class: "loupe", width: LOUPE, height: LOUPE, tabindex: 0, role: "application",
    "aria-label": t("Loupe: move the cross with the arrow keys, ten pixels with Shift; Enter sets the marker there") });
  const place = h("output", { class: "clock" });
  const list = h("ul", { class: "said" });
  const picks = {};
  let x = of.width / 2, y = of.height / 2;

  function begin() {
    const p = of.place(shown.row(), role.value);
    if (p) { x = p.x; y = p.y; }
    draw();
  }
  function draw() {
    const c = loupe.getContext("2d"), v = shown.video, k = v.videoWidth / of.width || 1, side = LOUPE / ZOOM;
    c.fillStyle = "#000";
    c.fillRect(0, 0, LOUPE, LOUPE);
    c.imageSmoothingEnabled = false;
    c.drawImage(v, (x - side / 2) * k, (y - side / 2) * k, side * k, side * k, 0, 0, LOUPE, LOUPE);
    for (const [colour, wide] of [["#000", 4], [COLOURS[role.value] || "#fff", 2]]) {
      c.strokeStyle = colour;
      c.lineWidth = wide;
      c.beginPath();
      c.moveTo(LOUPE / 2 - 30, LOUPE / 2); c.lineTo(LOUPE / 2 - 6, LOUPE / 2);
      c.moveTo(LOUPE / 2 + 6, LOUPE / 2); c.lineTo(LOUPE / 2 + 30, LOUPE / 2);
      c.moveTo(LOUPE / 2, LOUPE / 2 - 30); c.lineTo(LOUPE / 2, LOUPE / 2 - 6);
      c.moveTo(LOUPE / 2, LOUPE / 2 + 6); c.lineTo(LOUPE / 2, LOUPE / 2 + 30);
      c.stroke();
    }
    place.textContent = `${Math.round(x)}, ${Math.round(y)}`;
  }
  function set() {
    const found = of.place(shown.row(), role.value), off = found && found.state !== "lost" ? Math.hypot(found.x - x, found.y - y) : null;
    picks[role.value] = { pick: `${role.value}=${x.toFixed(1)},${y.toFixed(1)}@${of.times[shown.row()]}`, time: of.times[shown.row()], off, inside: off !== null && off <= Math.max(SAME, found.size / 2) };
    told();
    measure.focus();
  }
  // What is set so far, in words, each with its way back.
  function told() {
    const line = (r) => {
      const p = picks[r], what = { marker: names[r], time: number(p.time, 2), n: p.off === null ? "" : number(p.off, 0) };
      const text = p.off === null ? t("{marker}, at {time} s: at the cross; it was not found there.", what)
        : p.inside ? t("{marker}, at {time} s: on the marker that was found already, {n} px from its middle. That changes nothing: the middle is measured.", what)
          : t("{marker}, at {time} s: {n} px from where it was found.", what);
      return h("li", {}, text, " ", h("button", { class: "small", onclick: () => { delete picks[r]; told(); role.focus(); } }, t("Remove")));
    };
    list.replaceChildren(...Object.keys(picks).map(line));
    measure.disabled = !Object.keys(picks).length;
    tell([...list.children].map((l) => l.firstChild.textContent).join(" "));
  }
  loupe.addEventListener("keydown", (e) => {
    const by = e.shiftKey ? 10 : 1;
    if (e.key === "ArrowLeft") x -= by;
    else if (e.key === "ArrowRight") x += by;
    else if (e.key === "ArrowUp") y -= by;
    else if (e.key === "ArrowDown") y += by;
    else if (e.key === "Enter") set();
    else return;
    e.preventDefault();
    e.stopPropagation();
    x = Math.max(0, Math.min(of.width, x));
    y = Math.max(0, Math.min(of.height, y));
    draw();
  });
  const onclick = (e) => {
    const b = shown.video.getBoundingClientRect();
    x = ((e.clientX - b.left) / b.width) * of.width;
    y = ((e.clientY - b.top) / b.height) * of.height;
    draw();
    loupe.focus();
  };
  shown.video.parentElement.addEventListener("click", onclick);
  loupe.addEventListener("click", (e) => {
    const b = loupe.getBoundingClientRect();
    x = Math.max(0, Math.min(of.width, x + ((e.clientX - b.left) / b.width - 0.5) * (LOUPE / ZOOM)));
    y = Math.max(0, Math.min(of.height, y + ((e.clientY - b.top) / b.height - 0.5) * (LOUPE / ZOOM)));
    draw();
    loupe.focus();
  });
  role.addEventListener("change", begin);
  shown.video.addEventListener("seeked", draw);
  const measure = h("button", { class: "big", disabled: true, onclick: async () => {
    measure.disabled = true;
    try {
      await ask("POST", `/api/results/${id}/picks`, { picks: Object.values(picks).map((p) => p.pick) });
      Object.assign(before, { id, means: means(view) });
      to.done();
    } catch (error) {
      measure.disabled = false;
      complain(error);
    }
  } }, t("Measure again"));
  const box = h("section", { class: "card", "aria-label": t("Correct a marker") }, h("h2", {}, t("Correct a marker")),
    h("p", {}, t("For a marker that was missed, or something else that was taken for it. Go to a frame in which it is seen well (← → outside of the loupe), choose which one it is, and click on it, in the film or in the loupe. The arrow keys move the cross, with Shift by ten; Enter sets it. Then measure again.")),
    h("div", { class: "row" }, h("label", { for: "role" }, t("Marker")), role, place), loupe,
    h("p", { class: "row" }, h("button", { onclick: set }, t("The marker is here"), h("kbd", {}, "⏎")), measure, h("button", { onclick: to.close }, t("Cancel"), h("kbd", {}, "Esc"))), list);
  lay(box, to.close);
  requestAnimationFrame(begin);
  return { box, focus: role, leave: () => {
    shown.video.removeEventListener("seeked", draw);
    if (shown.video.parentElement) shown.video.parentElement.removeEventListener("click", onclick);
  } };
}
