// SPDX-License-Identifier: Apache-2.0
// A camera's picture with the markers that were seen in that very picture, and the last bend once more, slower, beside it.
import { COLOURS } from "./film.js";
import { h, t } from "./dom.js";

// What is kept of a bend: so much, so many pictures a second, so many bytes; the oldest goes first.
const KEPT_S = 12, KEPT_RATE = 15, KEPT_BYTES = 24 << 20, BEFORE_S = 0.7;
const SLOWER = 2;
const MOVES = ["down", "hold", "up"];

function line(c, points, k, wide, colour) {
  c.strokeStyle = colour;
  c.lineWidth = wide;
  c.beginPath();
  points.forEach((p, i) => (i ? c.lineTo(p.x * k, p.y * k) : c.moveTo(p.x * k, p.y * k)));
  c.stroke();
}

// Strips as lines along themselves, discs as circles, the body as a line through them; each on a dark edge.
export function marks(c, numbers, k) {
  const seen = Object.entries(numbers.markers || {});
  const of = Object.fromEntries(seen), wide = Math.max(2, c.canvas.height / 160);
  // Not through a marker that is looked for and hidden.
  const body = ["shoulder", "ribs", "pelvis", "hip", "knee", "ankle"].filter((r) => (numbers.wanted || []).includes(r));
  c.lineCap = "round";
  for (const [colour, more] of [["rgba(0,0,0,.55)", wide * 2], ["rgba(255,255,255,.95)", wide]]) {
    for (let i = 1; i < body.length; i++) if (of[body[i - 1]] && of[body[i]]) line(c, [of[body[i - 1]], of[body[i]]], k, more, colour);
  }
  for (const [role, p] of seen) {
    const strip = p.axis !== null && p.length !== null, turn = (p.axis * Math.PI) / 180, half = (p.length / 2) * 1.5;
    const ends = strip ? [{ x: p.x - half * Math.sin(turn), y: p.y + half * Math.cos(turn) }, { x: p.x + half * Math.sin(turn), y: p.y - half * Math.cos(turn) }] : [];
    for (const [colour, more] of [["#000", wide * 2.6], [COLOURS[role] || "#fff", wide * 1.4]]) {
      if (strip) line(c, ends, k, more, colour);
      c.strokeStyle = colour;
      c.lineWidth = more;
      c.beginPath();
      if (!strip) c.arc(p.x * k, p.y * k, Math.max(wide * 3, (p.size || 12) * 0.5 * k + wide * 2), 0, 2 * Math.PI);
      c.stroke();
    }
  }
}

async function paint(canvas, numbers, picture) {
  const bitmap = await createImageBitmap(picture);
  if (canvas.width !== bitmap.width || canvas.height !== bitmap.height) {
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
  }
  const c = canvas.getContext("2d");
  c.drawImage(bitmap, 0, 0);
  marks(c, numbers, bitmap.width / (numbers.width || bitmap.width));
  bitmap.close();
}

export function viewer() {
  const canvas = h("canvas", { width: 1280, height: 720, role: "img", "aria-label": t("What the camera sees, with the markers") });
  const again = h("canvas", { width: 320, height: 180, role: "img", "aria-label": t("The last bend once more") });
  const small = h("figure", { class: "again", hidden: true }, again, h("figcaption", {}, t("Last bend, slower")));
  const box = h("div", { class: "stage" }, canvas, small);
  let newest = null, busy = false, gone = false, shown = 0;
  let kept = [], last = [], turn = 0;

  // The newest wins: what came while one was being drawn is left out.
  async function draw() {
    if (busy || !newest) return;
    busy = true;
    const { numbers, picture } = newest;
    newest = null;
    try {
      await paint(canvas, numbers, picture);
      shown++;
    } catch {
      // a picture that was cut short; the next one comes
    }
    busy = false;
    if (!gone) draw();
  }
  function keep(numbers, picture) {
    const before = kept[kept.length - 1];
    if (before && numbers.time_s - before.numbers.time_s < 1 / KEPT_RATE - 0.005) return;
    kept.push({ numbers, picture });
    const most = MOVES.includes(numbers.state) ? KEPT_S : BEFORE_S;
    let bytes = kept.reduce((sum, k) => sum + k.picture.size, 0);
    while (kept.length > 1 && (numbers.time_s - kept[0].numbers.time_s > most || bytes > KEPT_BYTES)) bytes -= kept.shift().picture.size;
  }
  async function replay() {
    const mine = ++turn, bend = last;
    if (bend.length < 3) return;
    small.hidden = false;
    for (let i = 0; i < bend.length; i++) {
      const from = performance.now();
      await paint(again, bend[i].numbers, bend[i].picture).catch(() => {});
      const next = bend[i + 1], wait = next ? SLOWER * 1000 * (next.numbers.time_s - bend[i].numbers.time_s) : 1500;
      await new Promise((done) => setTimeout(done, Math.max(0, Math.min(1500, wait) - (performance.now() - from))));
      if (mine !== turn || gone) return;
    }
    hide();
  }
  function hide() {
    turn++;
    small.hidden = true;
    box.classList.remove("large");
  }
  let state = "";
  return {
    box,
    show(numbers, picture) {
      const moves = MOVES.includes(numbers.state), moved = MOVES.includes(state);
      if (moves && !moved && numbers.state === "down" && state !== "lost") hide();
      if (picture) {
        keep(numbers, picture);
        newest = { numbers, picture };
        draw();
      }
      if (moved && !moves && !["lost", "gone", "done"].includes(numbers.state)) {
        last = kept;
        kept = [];
        if (!matchMedia("(prefers-reduced-motion: reduce)").matches) replay();
      }
      state = numbers.state;
    },
    // The last bend in the place of the picture, or small again.
    enlarge() {
      if (last.length < 3) return false;
      const large = !box.classList.contains("large");
      hide();
      if (large) {
        box.classList.add("large");
        replay();
      }
      return true;
    },
    bytes: () => [...kept, ...last].reduce((sum, k) => sum + k.picture.size, 0),
    pictures: () => shown,
    forget() { hide(); kept = []; last = []; state = ""; },
    leave() { gone = true; hide(); kept = []; last = []; newest = null; },
  };
}
