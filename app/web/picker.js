// SPDX-License-Identifier: Apache-2.0
// Correct a marker: which one, and where it is in the frame that is shown; with the arrows on a loupe, or a click.
import { ask, complain, h, t } from "./dom.js";
import { COLOURS } from "./film.js";

const ZOOM = 4, LOUPE = 240;

export function roleNames() {
  return { shoulder: t("Shoulder"), hip: t("Hip"), knee: t("Knee"), ankle: t("Ankle"), pelvis: t("Pelvis"), ribs: t("Ribs"), hand: t("Hand") };
}

export function picker(id, of, shown, done) {
  const names = roleNames(), order = Object.keys(names).sort((a, b) => of.roles.includes(b) - of.roles.includes(a));
  const role = h("select", { id: "role" }, order.map((r) => h("option", { value: r }, names[r])));
  const loupe = h("canvas", { class: "loupe", width: LOUPE, height: LOUPE, tabindex: 0, role: "application",
    "aria-label": t("Loupe: move the cross with the arrow keys, ten pixels with Shift; Enter sets the marker there") });
  const place = h("output", { class: "clock" });
  const list = h("ul", {});
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
    picks[role.value] = `${role.value}=${x.toFixed(1)},${y.toFixed(1)}@${of.times[shown.row()]}`;
    list.replaceChildren(...Object.keys(picks).map((r) => h("li", {}, `${names[r]}: ${picks[r].split("=")[1].replace("@", ", ")} s`)));
    measure.disabled = false;
    measure.focus();
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
  role.addEventListener("change", begin);
  shown.video.addEventListener("seeked", draw);
  const measure = h("button", { class: "big", disabled: true, onclick: async () => {
    measure.disabled = true;
    try {
      await ask("POST", `/api/results/${id}/picks`, { picks: Object.values(picks) });
      done();
    } catch (error) {
      measure.disabled = false;
      complain(error);
    }
  } }, t("Measure again"));
  const box = h("section", { class: "card", "aria-label": t("Correct a marker") }, h("h2", {}, t("Correct a marker")),
    h("p", {}, t("Go to a frame in which the marker is seen well, choose which one it is, and click on it in the picture. Then measure again.")),
    h("div", { class: "row" }, h("label", { for: "role" }, t("Marker")), role, place), loupe,
    h("p", { class: "row" }, h("button", { onclick: set }, t("The marker is here")), measure), list);
  requestAnimationFrame(begin);
  return { box, focus: role, leave: () => shown.video.parentElement && shown.video.parentElement.removeEventListener("click", onclick) };
}
