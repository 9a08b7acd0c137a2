// SPDX-License-Identifier: Apache-2.0
// Keep a recording, in which somebody can be recognised: with their consent, and no other way; and remove it again.
import { ask, calm, complain, day, h, lay, number, t, tell } from "./dom.js";

const POLL_MS = 300;
export const megabytes = (bytes) => `${number(bytes / 1e6, bytes < 1e7 ? 1 : 0)} MB`;

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
  // It may be GiB, and other things go on meanwhile.
  async function follow() {
    const bar = h("progress", { max: 1, value: 0, "aria-label": t("The recording is being kept") });
    const stop = h("button", { type: "button", onclick: () => ask("DELETE", `/api/results/${id}/kept`).catch(complain) }, t("Cancel"));
    box.replaceChildren(h("section", { class: "card" }, h("p", {}, t("The recording is being kept. You can go on meanwhile.")), h("p", { class: "row" }, bar, stop)));
    for (;;) {
      const now = await ask("GET", "/api/jobs/" + id);
      if (gone) return;
      if (now.keeping === undefined) {
        changed(now.kept);
        if (now.keep_failed) complain(now.keep_failed);
        else tell(now.kept ? t("The recording is kept.") : t("The recording is not kept."));
        return;
      }
      bar.value = now.keeping;
      await new Promise((done) => setTimeout(done, POLL_MS));
    }
  }
  async function keep(e) {
    e.preventDefault();
    if (!agreed.checked) { complain(t("A recording is kept when the client has agreed to it.")); agreed.focus(); return; }
    try {
      await ask("PUT", `/api/results/${id}/kept`, { agreed: true });
      await follow();
    } catch (error) {
      complain(error);
    }
  }
  function draw() {
    leaving.hidden = job.kept || !job.video || !job.saved;
    if (job.kept && job.video && job.saved) {
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
  if (job.keeping !== undefined) follow().catch(complain);
  return { box, question, leaving, leave: () => { gone = true; }, can: () => job.video && job.saved > 0 && !job.kept };
}
