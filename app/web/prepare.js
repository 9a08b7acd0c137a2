// SPDX-License-Identifier: Apache-2.0
// Screen Prepare: which test, how much pain, the questions before a test, and the recording.
import { ask, complain, field, h, lay, send, t, tell } from "./dom.js";
import { pointsQuestion, unstated } from "./points.js";

const TEN_MS = 1500;
const USUAL = ["toe-touch", "straight-leg-raise", "sit-and-reach"];

// Somebody goes on to treat and measure again: what the next recording is linked to; and what is to be filmed next.
export const visit = { client: "", mark: "", markers: "", test: "", order: null };

// The test that was chosen last for each client, for as long as the page is open; then it is that of their last result.
export const lately = new Map();

// The questions, a yes of which ends the measurement, unless a clinician has cleared the client.
function questions(client, asked, answered) {
  const path = `/api/clients/${encodeURIComponent(client)}/pretest`, box = h("section", { class: "card" });
  const cleared = h("input", { type: "checkbox", id: "cleared" });
  async function save(answers) {
    const said = await ask("PUT", path, answers ? { answers, cleared: cleared.checked } : { cleared: cleared.checked });
    if (said.advice && !cleared.checked) advice(said.advice, answers);
    else { box.remove(); answered(cleared.checked); }
  }
  function advice(text, answers) {
    cleared.checked = false;
    box.replaceChildren(h("h2", {}, t("See a clinician first")), h("p", { class: "notice" }, text),
      h("p", {}, cleared, " ", h("label", { for: "cleared" }, t("A clinician has cleared the client: measure all the same"))),
      h("button", { onclick: () => cleared.checked && save(answers).catch(complain) }, t("Go on")));
    tell(text);
  }
  const answers = () => Object.fromEntries(asked.questions.map((q) => [q.key, box.querySelector(`input[name="${q.key}"]:checked`)?.value === "yes"]));
  const all = () => asked.questions.every((q) => box.querySelector(`input[name="${q.key}"]:checked`));
  const whole = (e) => { e.preventDefault(); all() ? save(answers()).catch(complain) : complain(t("Answer every question with yes or no.")); };
  const none = () => save(Object.fromEntries(asked.questions.map((q) => [q.key, false]))).catch(complain);
  const each = h("details", {}, h("summary", {}, t("One by one")), h("form", { onsubmit: whole }, asked.questions.map((q) => h("fieldset", {}, h("legend", {}, q.text),
    ["yes", "no"].map((v) => h("label", { class: "choice" }, h("input", { type: "radio", name: q.key, value: v }), " ", v === "yes" ? t("yes") : t("no"))))), h("button", {}, t("Save answers"))));
  if (asked.advice && !asked.cleared) advice(asked.advice, null);
  else {
    box.append(h("h2", {}, t("Before the first test of today")), h("ul", {}, asked.questions.map((q) => h("li", {}, q.text))),
      h("p", { class: "row" }, h("button", { onclick: none, class: "big none" }, t("No to all of them"), h("kbd", {}, "N"))), each);
  }
  return { box, none };
}

// "1280x720@60" for each that a camera has, once.
export function modesOf(camera) {
  return [...new Set((camera ? camera.modes : []).map((m) => `${m.width}x${m.height}${m.rate ? "@" + Math.round(m.rate) : ""}`))];
}

// Which camera, which of its modes, and the button that films. Nothing where there is none.
function filmingOf(page, cameras, start) {
  const camera = h("select", {}, cameras.map((c) => h("option", { value: c.camera }, c.name)));
  const mode = h("select", {}), trouble = h("p", { class: "notice", hidden: true });
  const modes = () => {
    const c = cameras.find((x) => x.camera === camera.value);
    mode.replaceChildren(h("option", { value: "" }, t("the largest and fastest that the camera offers")), ...modesOf(c).map((m) => h("option", { value: m }, m)));
    if (c.camera === page.state.settings.camera && modesOf(c).includes(page.state.settings.mode)) mode.value = page.state.settings.mode;
    trouble.textContent = c.trouble;
    trouble.hidden = !c.trouble;
  };
  if (!cameras.length) return { box: h("p", { class: "faint" }, t("To film here, plug in a camera, or name a phone under Settings.")), film: null, camera: () => "", mode: () => "" };
  if (cameras.some((c) => c.camera === page.state.settings.camera)) camera.value = page.state.settings.camera;
  camera.addEventListener("change", () => {
    modes();
    ask("PATCH", "/api/state", { camera: camera.value, mode: "" }).then((state) => { page.state = state; }).catch(() => {});
  });
  mode.addEventListener("change", () => {
    ask("PATCH", "/api/state", { camera: camera.value, mode: mode.value }).then((state) => { page.state = state; }).catch(() => {});
  });
  modes();
  const film = h("button", { class: "big", onclick: start }, t("Film now"), h("kbd", {}, "⏎"));
  const which = h("details", {}, h("summary", {}, t("Camera: {name}", { name: cameras.find((c) => c.camera === camera.value).name })), h("div", { class: "row" }, field(t("Camera"), camera), field(t("Picture size and rate"), mode)));
  return { box: h("div", { class: "film-now" }, film, trouble, which), film, camera: () => camera.value, mode: () => mode.value };
}

export async function prepare(page, id) {
  const path = "/api/clients/" + encodeURIComponent(id);
  const [c, asked, { cameras }, { results }] = await Promise.all([ask("GET", path), ask("GET", path + "/pretest"), ask("GET", "/api/cameras"), ask("GET", path + "/results")]);
  const tests = page.state.tests, again = visit.client === id;
  const last = results.length ? results[results.length - 1].test : "";
  let chosen = lately.get(id) || (again && visit.test) || last || page.state.settings.test || "toe-touch", pain = -1, cleared = asked.cleared, open = asked.answered && (!asked.advice || asked.cleared);
  const todays = results.filter((r) => r.day === page.state.today), later = todays.length > 0;
  // What was filmed last of a treatment's visit goes on, until it is chosen otherwise.
  let mark = again && visit.mark ? visit.mark : (todays.length && todays[todays.length - 1].mark) || "";

  const about = h("div", { class: "about" });
  const choices = h("div", { class: "choices", role: "radiogroup", "aria-label": t("Test") });
  const shownTests = USUAL.map((n) => tests.find((x) => x.name === n)), rest = tests.filter((x) => !shownTests.includes(x));
  const hidden = () => rest.some((x) => x.name === chosen);
  // What is chosen is always seen.
  const more = h("details", { ontoggle: () => { more.open = more.open || hidden(); } }, h("summary", {}, t("More tests")));
  const side = h("select", {}, h("option", { value: "left" }, t("left")), h("option", { value: "right" }, t("right")), h("option", { value: "both" }, t("both sides")));
  const sideField = field(t("Side"), side);
  const choose = (name) => {
    chosen = name;
    const test = tests.find((x) => x.name === name);
    about.replaceChildren(h("p", {}, h("strong", {}, t("Say: ")), test.instructions), h("p", { class: "faint" }, test.markers));
    sideField.hidden = !test.side;
    if (hidden()) more.open = true;
    for (const input of document.querySelectorAll("input[name=test]")) input.checked = input.value === name;
  };
  const radio = (test) => h("label", { class: "choice" }, h("input", { type: "radio", name: "test", value: test.name, checked: test.name === chosen, onchange: () => { lately.set(id, test.name); choose(test.name); } }), " ", test.title);
  more.append(...rest.map(radio));
  choices.append(...shownTests.map(radio), more);

  const scale = h("div", { class: "pain", role: "radiogroup", "aria-label": t("Pain during the movement, 0 to 10") });
  // One stop of the Tab key, in which arrows choose.
  const hurt = (n) => {
    pain = n;
    [...scale.children].forEach((b, i) => { b.setAttribute("aria-checked", i === n); b.tabIndex = i === n ? 0 : -1; });
    tell(t("Pain {n}", { n }));
  };
  for (let n = 0; n <= 10; n++) scale.append(h("button", { type: "button", role: "radio", "aria-checked": "false", tabindex: n ? -1 : 0, onclick: () => hurt(n) }, String(n)));
  scale.addEventListener("keydown", (e) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[e.key];
    if (!by) return;
    hurt((Math.max(pain, 0) + (pain < 0 ? 0 : by) + 11) % 11);
    scale.children[pain].focus();
    e.preventDefault();
  });

  const markers = h("select", {}, h("option", { value: "" }, t("not said")), h("option", { value: "new" }, t("put on anew")), h("option", { value: "same" }, t("left on")));
  markers.value = (again && visit.markers) || (mark === "after" ? "same" : "");
  const rested = h("input", { type: "number", min: 0, max: 1440, value: 0, inputmode: "numeric" });
  const treated = h("select", {}, h("option", { value: "" }, t("no treatment")), h("option", { value: "before" }, t("before treatment")), h("option", { value: "after" }, t("after treatment")));
  treated.value = mark;
  const restField = field(t("Minutes without bending"), rested, t("Bending loosens by itself. After ten minutes without it, or two recordings before the treatment, a difference is the treatment's; else it may be the bending's."));
  const since = h("div", {}, h("h2", {}, t("Since the recording before")), field(t("The stickers were"), markers), restField);
  const asTreated = () => {
    since.hidden = !later && mark !== "after";
    restField.hidden = mark !== "after";
    if (mark === "after" && !markers.value) markers.value = "same";
  };
  treated.addEventListener("change", () => { mark = treated.value; if (again) visit.mark = mark; asTreated(); });
  asTreated();
  const set = h("select", {}, h("option", { value: "" }, t("recognised by itself")), page.state.sets.map((s) => h("option", { value: s.name }, s.title)));
  set.value = page.state.settings.markers;

  const input = h("input", { type: "file", class: "unseen", id: "file", tabindex: -1, multiple: true, "aria-label": t("Choose a recording"), onchange: () => input.files.length && take([...input.files]) });
  const filmed = filmingOf(page, cameras, () => { visit.order = { ...words(), camera: filmed.camera(), mode: filmed.mode(), name: "" }; if (ready()) page.go("camera", id); });
  const pick = h("button", { class: cameras.length ? "" : "big", onclick: () => input.click() }, t("Choose a recording"), cameras.length ? null : h("kbd", {}, "⏎"));
  const place = h("section", { class: "drop" }, filmed.box, h("p", { class: cameras.length ? "" : "lead" }, cameras.length ? t("Or drop a recording here") : t("Drop the recording here")), pick, input,
    h("p", { class: "faint" }, t("Any video of a phone or camera, or a tracks file. It stays on this machine, and is removed when its result is left, unless you keep it.")));
  const bar = h("progress", { max: 1, value: 0, hidden: true, "aria-label": t("The recording is read") });
  let sending = null;

  // What is asked for, of a file as of a camera.
  const words = () => ({
    kind: "recording", client: id, test: chosen, set: set.value,
    ...(pain >= 0 && { pain }), ...(cleared && { cleared: 1 }), ...(mark && { mark }), ...(!sideField.hidden && { side: side.value }),
    ...((later || mark === "after") && markers.value && { markers: markers.value }), ...(mark === "after" && { rest: Number(rested.value) || 0 }),
  });
  function ready() {
    if (!open) { complain(t("First the questions: answer them above, or press N when the answer to all of them is no.")); return false; }
    if (again) visit.test = chosen;
    ask("PATCH", "/api/state", { test: chosen, markers: set.value }).then((state) => { page.state = state; }).catch(() => {});
    return true;
  }
  // Another program's file: what its points are goes along with it.
  async function take(files, points = "") {
    if (files.length > 1) { complain(t("One recording at a time here. Many files at once: Several files, at the top.")); return; }
    // Not to be dropped twice: it is taken when the questions are answered.
    if (!open) pending = files;
    if (!ready()) return;
    if (!points && await unstated(files[0])) {
      const answered = (word) => { asking.replaceChildren(); word === "keypoints" ? apart(files, word) : take(files, word); };
      asking.replaceChildren(lay(pointsQuestion([files[0].name], answered, stop, true), stop));
      asking.querySelector("input").focus();
      return;
    }
    place.classList.add("busy");
    bar.hidden = false;
    tell(t("The recording is read"));
    sending = send("/api/jobs?" + new URLSearchParams({ ...words(), name: files[0].name, ...(points && { points }) }), files[0], (share) => { bar.value = share; });
    try {
      const job = await sending.answer;
      page.go("working", job.id);
    } catch (error) {
      complain(error);
    }
    sending = null;
    bar.hidden = true;
    place.classList.remove("busy");
    input.value = "";
  }
  const asking = h("div", {}), stop = () => { asking.replaceChildren(); input.value = ""; };
  // Guesses are no part of a client's records: measured as the test that is chosen, and nobody's.
  const apart = (files, points) => import("./series.js").then((m) => { page.go("series"); return m.take(page, files, points, chosen); }).catch(complain);
  const over = (e) => { e.preventDefault(); place.classList.add("over"); };
  const drop = (e) => { e.preventDefault(); place.classList.remove("over"); if (e.dataTransfer.files.length) take([...e.dataTransfer.files]); };
  document.addEventListener("dragover", over);
  document.addEventListener("drop", drop);

  const first = filmed.film || pick;
  let pending = null;
  const q = open ? null : questions(id, asked, (was) => {
    open = true;
    cleared = was;
    place.classList.remove("shut");
    first.classList.add("big");
    first.focus();
    if (pending) take(pending);
  });
  // One thing to do at a time.
  if (q) first.classList.remove("big");
  if (q) place.classList.add("shut");
  choose(chosen);
  // 1 and then 0 is ten.
  let one = -TEN_MS;
  const digit = (n, now) => {
    const ten = n === 0 && pain === 1 && now - one < TEN_MS;
    one = n === 1 ? now : -TEN_MS;
    hurt(ten ? 10 : n);
  };
  const digits = Object.fromEntries([..."0123456789"].map((d) => [d, (e) => digit(Number(d), e.timeStamp)]));
  return {
    title: t("Prepare"),
    content: [
      h("h1", {}, c.name || c.id),
      q && q.box,
      place, asking, bar,
      h("div", { class: "columns" },
        h("section", {}, h("h2", {}, t("Test")), choices, sideField, about),
        h("section", {}, h("h2", {}, t("Pain during the movement"), h("kbd", {}, "0–10")), h("div", { class: "scale" }, scale, h("div", { class: "row ends" }, h("span", {}, t("none")), h("span", {}, t("worst")))),
          field(t("Treatment"), treated), since,
          h("details", {}, h("summary", {}, t("Stickers")), field(t("Which stickers"), set), h("p", {}, h("a", { href: "#welcome" }, t("Where they go"))))))
    ].filter(Boolean),
    focus: q ? q.box.querySelector("button") : first,
    shown: () => choose(chosen),
    leave: () => { document.removeEventListener("dragover", over); document.removeEventListener("drop", drop); if (sending) sending.stop(); },
    keys: { ...digits, f: () => (filmed.film ? filmed.film.click() : false), n: () => (q && !open ? q.none() : false), Escape: () => (sending ? sending.stop() : page.go("client", id)) },
  };
}
