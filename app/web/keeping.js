// SPDX-License-Identifier: Apache-2.0
// Keep a recording, in which somebody can be recognised: with their consent, and no other way; open one that is kept; and
// remove it again.
import { ask, calm, complain, day, h, lay, number, t, tell } from "./dom.js";

const POLL_MS = 300;
export const megabytes = (bytes) => `${number(bytes / 1e6, bytes < 1e7 ? 1 : 0)} MB`;

// A recording may be GiB, and other things go on while it is kept, or opened: its job says how far that is (`key`), until
// it has ended: that job; null where nobody waits any more.
async function follow(id, key, left, told) {
  for (;;) {
    const now = await ask("GET", "/api/jobs/" + id);
    if (left()) return null;
    if (now[key] === undefined) return now;
    told(now[key]);
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
}

// In the place of a film of those tracks, whose recording is opened: how far that is, and then `arrived` with the job.
export function opening(id, of, arrived) {
  const bar = h("progress", { max: 1, value: 0, "aria-label": t("The recording is being opened") }), said = h("p", {});
  const stop = h("button", { type: "button", class: "small", onclick: () => ask("DELETE", `/api/results/${id}/video`).catch(complain) }, t("Cancel"));
  const place = h("div", { class: "picture coming" }, said, bar, stop), box = h("div", { class: "film" }, place);
  let gone = false;
  place.style.aspectRatio = `${of.width} / ${of.height}`;
  const show = (part) => {
    bar.value = part;
    said.replaceChildren(h("span", {}, t("The recording is being opened… {percent} %", { percent: Math.floor(100 * part) })));
  };
  show(0);
  follow(id, "opening", () => gone, show).then((now) => {
    if (!now) return;
    tell(now.film ? t("The recording is there.") : t("The recording is not opened."));
    if (now.film) { arrived(now); return; }
    place.replaceChildren(h("p", {}, now.film_failed || t("The recording is not opened. Open the result once more to see it.")));
  }).catch(complain);
  return { box, leave: () => { gone = true; } };
}

// `changed` is called with whether it is kept.
export async function forget(record, changed) {
  try {
    await ask("DELETE", `/api/records/${record}/recording`);
    tell(t("The recording is removed."));
    changed(false);
  } catch (error) {
    complain(error);
  }
}

// What stands below a result: whether its recording is kept, the question before it is, the way back; and beside Done
// what becomes of one that is not.
export function keeping(id, job, who) {
  const box = h("div", { class: "keeping" });
  const agreed = h("input", { type: "checkbox", id: "agreed" });
  const leaving = h("p", { class: "faint" }, t("Whichever way this result is left (Done, the next recording, a treatment), its recording is removed; the results and the three pictures stay. K keeps the recording."));
  const changed = (kept) => { job.kept = kept; draw(); };
  let gone = false;
  async function wait() {
    const bar = h("progress", { max: 1, value: 0, "aria-label": t("The recording is being kept") });
    const stop = h("button", { type: "button", onclick: () => ask("DELETE", `/api/results/${id}/kept`).catch(complain) }, t("Cancel"));
    box.replaceChildren(h("section", { class: "card" }, h("p", {}, t("The recording is being kept. You can go on meanwhile.")), h("p", { class: "row" }, bar, stop)));
    const now = await follow(id, "keeping", () => gone, (part) => { bar.value = part; });
    if (!now) return;
    changed(now.kept);
    if (now.film_failed) complain(now.film_failed);
    else tell(now.kept ? t("The recording is kept.") : t("The recording is not kept."));
  }
  async function keep(e) {
    e.preventDefault();
    if (!agreed.checked) { complain(t("A recording is kept when the client has agreed to it.")); agreed.focus(); return; }
    try {
      await ask("PUT", `/api/results/${id}/kept`, { agreed: true });
      await wait();
    } catch (error) {
      complain(error);
    }
  }
  function draw() {
    leaving.hidden = job.kept || !job.video || !job.saved;
    if (job.kept && job.saved && (job.video || job.opening !== undefined)) {
      box.replaceChildren(h("p", { class: "row" }, h("span", {}, t("The recording is kept with {client}.", { client: who })),
        h("button", { class: "small", onclick: () => forget(job.saved, changed) }, t("Remove the recording"))));
      return;
    }
    box.replaceChildren();
    calm();
  }
  function question() {
    if (job.kept || !job.video || !job.saved || box.querySelector("form")) return;
    agreed.checked = false;
    box.replaceChildren(lay(h("form", { class: "card", onsubmit: keep, "aria-label": t("Keep the recording") }, h("h2", {}, t("Keep the recording")),
      h("p", {}, t("The client can be recognised in it. It stays on this machine with their records, for their owner alone, and is not in backups. It can be removed at any time.")),
      h("p", {}, agreed, " ", h("label", { for: "agreed" }, t("The client has agreed to it today, {day}", { day: day(new Date().toLocaleDateString("sv")) }))),
      h("p", { class: "row" }, h("button", { class: "big" }, t("Keep")), h("button", { type: "button", onclick: draw }, t("Cancel"), h("kbd", {}, "Esc")))), draw));
    agreed.focus();
  }
  draw();
  if (job.keeping !== undefined) wait().catch(complain);
  return { box, question, leaving, leave: () => { gone = true; }, can: () => job.video && job.saved > 0 && !job.kept };
}
