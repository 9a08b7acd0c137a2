// SPDX-License-Identifier: Apache-2.0
// Screen Camera: what whoever is filmed reads from three metres away, one thing at a time; nothing to click after the
// start. The server says what to do (sagitta/live.h); here it gets its size, its shape, its sound.
import { ask, complain, h, number, t, tell } from "./dom.js";
import { visit } from "./prepare.js";
import { play } from "./sounds.js";
import { records } from "./stream.js";
import { viewer } from "./viewer.js";

const FULL_DEG = 100; // of a bar
const TOLD_MS = 200; // between two changes of a number that moves: faster ones cannot be read
const LIVE = ["down", "hold", "up", "lost"];

function checks() {
  const names = { light: t("Light"), markers: t("Markers"), whole_body: t("Whole body in the picture"), posture: t("Posture at the start") };
  const rows = Object.entries(names).map(([key, text]) => {
    const row = h("li", { "data-met": "no" }, h("span", { class: "tick", "aria-hidden": "true" }), text, h("span", { class: "unseen" }, ""));
    return [key, row];
  });
  return {
    box: h("ul", { class: "checks", "aria-label": t("What is looked at before the start") }, rows.map(([, row]) => row)),
    show(met) {
      for (const [key, row] of rows) {
        row.dataset.met = met[key] ? "yes" : "no";
        row.lastChild.textContent = met[key] ? t("fine") : t("not yet");
      }
    },
  };
}

// Two bars with their numbers: what moves now while the person moves, else those of the last repetition. All of them
// are provisional, and say so.
function bars() {
  const bar = (kind) => {
    const name = h("span", { class: "name" }), fill = h("span", { class: "fill" }), tick = h("span", { class: "mark", hidden: true }), value = h("span", { class: "value" }, "–");
    return { name, fill, tick, value, box: h("div", { class: "bar " + kind }, h("span", { class: "sign " + kind, "aria-hidden": "true" }), name, h("span", { class: "track", "aria-hidden": "true" }, fill, tick), value) };
  };
  const hips = bar("hips"), back = bar("back");
  let told = 0;
  const set = (b, name, degrees, mark) => {
    b.box.classList.toggle("empty", name === "");
    b.name.textContent = name;
    b.fill.style.width = `${Math.max(0, Math.min(100, (100 * (degrees || 0)) / FULL_DEG))}%`;
    b.tick.hidden = mark === null || mark === undefined;
    if (!b.tick.hidden) b.tick.style.left = `${Math.max(0, Math.min(100, (100 * mark) / FULL_DEG))}%`;
    const text = degrees === null || degrees === undefined ? "–" : `≈ ${number(degrees, 0)}°`;
    if (b.value.textContent !== text) b.value.textContent = text;
  };
  return {
    box: h("div", { class: "bars", role: "group", "aria-label": t("Provisional numbers") }, hips.box, back.box),
    show(n, strips) {
      const moves = LIVE.includes(n.state), p = n.provisional, now = performance.now();
      if (moves && now - told < TOLD_MS) return;
      told = now;
      if (moves && !strips) {
        set(hips, t("Movement"), n.angle_deg, null);
        set(back, "", null, null);
      } else {
        set(hips, t("Hips"), moves ? n.hip_hinge_deg : p && p.hip_hinge_deg, p && p.hip_hinge_deg);
        // Fewer strips show the lower back only when a whole repetition is measured.
        if (moves && n.lumbar_flexion_deg === null) set(back, "", null, null);
        else set(back, t("Lower back"), moves ? n.lumbar_flexion_deg : p && p.lumbar_flexion_deg, p && p.lumbar_flexion_deg);
      }
    },
  };
}

function wordOf(n) {
  if (n.state !== "hold") return n.word;
  // Of a stretch the clock is what is looked for; else the second that is being stayed.
  return n.hold_asked_s > 5 ? `${Math.floor(n.hold_s)} / ${Math.round(n.hold_asked_s)}` : `${n.word} ${Math.min(Math.floor(n.hold_s) + 1, Math.max(1, Math.ceil(n.hold_asked_s)))}`;
}

export async function camera(page, id) {
  const order = visit.order;
  if (!order || order.client !== id) { page.go("prepare", id); return { title: "", content: [] }; }
  const back = () => page.go("prepare", id);
  const view = viewer(), check = checks(), numbers = bars();
  const word = h("p", { class: "word" }, h("span", { class: "shape", "aria-hidden": "true" }), h("span", {}, ""));
  const sentence = h("p", { class: "sentence" }), count = h("p", { class: "count" }), dots = h("span", { class: "dots", "aria-hidden": "true" }), said = h("span", {});
  count.append(dots, said);
  const choice = h("div", { class: "row" });
  const side = h("div", { class: "side" }, check.box, sentence, count, choice);
  const hint = h("span", { class: "hint" });
  const key = (act, text, name) => h("button", { class: "small", onclick: act }, text, h("kbd", {}, name));
  const byHand = key(() => hand(), t("Start by hand"), t("Space")), sound = key(() => mute(), "", "S"), large = key(() => view.enlarge(), t("Last bend"), "V");
  const foot = h("div", { class: "keys" }, byHand, key(() => again(), t("Again"), "R"), sound, large, key(() => cancel(), t("Cancel"), "Esc"), hint);
  const box = h("section", { class: "camera", "data-state": "opening", "aria-label": t("Camera") },
    h("h1", { class: "unseen" }, t("Camera")), side, view.box, word, numbers.box, foot);
  let session = null, stop = null, over = "", cues = 0, take = 0, strips = false, last = null, gone = false, silent = page.state.settings.silent;

  // Said when it changes: not for every frame.
  function say(state, text, what) {
    const other = box.dataset.state !== state || sentence.textContent !== what;
    box.dataset.state = state;
    if (word.lastChild.textContent !== text) {
      word.lastChild.textContent = text;
      word.style.setProperty("--letters", Math.max(4, [...text].length));
    }
    if (sentence.textContent !== what) {
      sentence.textContent = what;
      sentence.style.setProperty("--size", what.length > 70 ? 5 : what.length > 40 ? 6.2 : 8);
    }
    if (other) tell(`${text}. ${what}`);
  }
  function drawCount(n) {
    const text = n.asked > 0 ? t("{n} of {all}", { n: n.repetitions, all: n.asked }) : n.repetitions > 0 ? String(n.repetitions) : "";
    if (said.textContent === text) return;
    said.textContent = text;
    dots.textContent = n.asked > 0 && n.asked < 6 ? "●".repeat(Math.min(n.asked, n.repetitions)) + "○".repeat(Math.max(0, n.asked - n.repetitions)) : "";
    if (n.repetitions > 0) tell(text);
  }
  function drawKeys() {
    const moving = last && (last.repetitions > 0 || LIVE.includes(last.state)), stops = last && (last.by_hand || moving);
    byHand.firstChild.textContent = stops ? t("Stop and measure") : t("Start by hand");
    sound.firstChild.textContent = silent ? t("Sound is off") : t("Sound is on");
    sound.setAttribute("aria-pressed", !silent);
    const text = last && last.by_hand ? t("By hand: press Space when all is done.") : last && last.lag_s ? t("≈ provisional, {n} ms behind the picture", { n: Math.round(1000 * last.lag_s) }) : "";
    if (hint.textContent !== text) hint.textContent = text;
  }
  // What is left to do when nothing is filmed any more.
  function ended(state, title, what, buttons) {
    over = state;
    last = null;
    box.classList.add("over");
    say(state, title, what);
    choice.replaceChildren(...buttons);
    if (buttons[0]) buttons[0].focus();
  }
  const retry = () => h("button", { class: "big", onclick: () => open(false) }, t("Film again"), h("kbd", {}, "R"));
  const leave = () => h("button", { onclick: back }, t("Back"), h("kbd", {}, "Esc"));

  function on(n, picture) {
    if (gone) return;
    if (n.state === "measuring") { over = "measuring"; page.go("working", n.job); return; }
    if (n.state === "refused") { ended("refused", t("CAMERA"), n.error, [retry(), leave()]); return; }
    if (n.state === "taken") { ended("taken", t("TAKEN"), t("Another tab has the camera now. What was being filmed here was dropped."), [h("button", { class: "big", onclick: () => open(true) }, t("Take it back"), h("kbd", {}, "R")), leave()]); return; }
    if (n.state === "ended") { over = "ended"; back(); return; }
    if (n.take !== take) { take = n.take; strips = false; view.forget(); }
    if (n.state === "opening") { say("opening", t("CAMERA"), t("The camera is being opened.")); return; }
    last = n;
    view.show(n, picture);
    if (n.cues > cues && !silent) play(n.cue);
    if (n.cues > cues) box.dataset.cue = n.cue;
    cues = n.cues;
    strips = strips || Object.values(n.markers).some((m) => m.axis !== null);
    say(n.state, wordOf(n), n.prompt);
    check.show(n.met);
    check.box.hidden = n.state !== "looking" && n.state !== "ready";
    drawCount(n);
    numbers.show(n, strips);
    drawKeys();
  }

  async function open(takeOver) {
    over = "";
    cues = 0;
    box.classList.remove("over");
    choice.replaceChildren();
    document.getElementById("main").focus();
    say("opening", t("CAMERA"), t("The camera is being opened."));
    drawKeys();
    try {
      const words = Object.fromEntries(Object.entries(order).map(([k, v]) => [k, String(v)]));
      session = await ask("POST", takeOver ? "/api/live/take-over" : "/api/live", words);
      if (gone) { drop(); return; }
      stop = new AbortController();
      await records("/api/live/stream?id=" + session.id, stop.signal, on);
      if (!over && !gone) ended("refused", t("CAMERA"), t("The camera's pictures do not come any more."), [retry(), leave()]);
    } catch (error) {
      if (gone) return;
      if (error.status === 409) ended("taken", t("IN USE"), error.message, [h("button", { class: "big", onclick: () => open(true) }, t("Take over"), h("kbd", {}, "R")), leave()]);
      else ended("refused", t("CAMERA"), String(error.message), [retry(), leave()]);
    }
  }
  const wish = (what) => session && ask("POST", "/api/live/" + what, { id: session.id }).catch(complain);
  function hand() {
    if (over || !last) return;
    const ends = last.by_hand || last.repetitions > 0 || LIVE.includes(last.state);
    wish(ends ? "stop" : "start");
    tell(ends ? t("Stop and measure") : t("Filming by hand"));
  }
  // Also when the page itself goes away.
  function drop() {
    if (!session) return;
    fetch("/api/live/cancel", { method: "POST", keepalive: true, headers: { "X-Sagitta": "1" }, body: JSON.stringify({ id: session.id }) }).catch(() => {});
  }
  const hidden = () => { if (!over) drop(); };
  addEventListener("pagehide", hidden);
  function again() {
    if (over === "taken") open(true);
    else if (over) open(false);
    else wish("again");
  }
  function cancel() {
    if (!over) drop();
    over = over || "cancelled";
    back();
  }
  async function mute() {
    silent = !silent;
    drawKeys();
    tell(silent ? t("Sound is off") : t("Sound is on"));
    page.state = await ask("PATCH", "/api/state", { silent }).catch(() => page.state);
  }
  // A button has its own Space.
  const onButton = (e) => e.target.matches && e.target.matches("button");
  return {
    title: t("Camera"), content: [box], whole: true,
    shown: () => { open(false); },
    leave: () => {
      gone = true;
      removeEventListener("pagehide", hidden);
      if (!over) drop();
      if (stop) stop.abort();
      view.leave();
    },
    keys: { " ": (e) => (onButton(e) ? false : hand()), r: again, s: () => { mute(); }, v: () => view.enlarge(), Escape: cancel },
  };
}
