// SPDX-License-Identifier: Apache-2.0
// Screen Working: how far it is; and what to do where nothing came of it.
import { ask, complain, h, t, tell } from "./dom.js";
import { pointsQuestion } from "./points.js";

const POLL_MS = 400;

export async function working(page, id) {
  const path = "/api/jobs/" + id;
  let job = await ask("GET", path), timer = 0, gone = false;
  // A page that is only made: nobody is to think that something is measured.
  const paged = ["saved", "session", "compare"].includes(job.kind), doing = paged ? t("Opening") : t("Measuring");
  const title = h("h1", {}, doing), left = h("p", { class: "lead" }), bar = h("progress", { max: 1, "aria-label": t("How far the work has come") });
  const box = h("div", {}), client = () => page.go(...(job.client ? ["client", job.client] : [""]));
  // What is measured again has its result of before.
  const back = () => (job.measured ? page.go("result", id) : client());
  let sure = false;
  const cancel = async () => {
    if (job.filmed && !job.measured && !sure && ["waiting", "running"].includes(job.state)) {
      sure = true;
      complain(t("This was filmed here, and there is no other copy: cancel once more to drop it."));
      return;
    }
    if (["waiting", "running"].includes(job.state)) await ask("DELETE", path).catch(complain);
    back();
  };
  const without = h("button", { class: "big", onclick: () => ask("POST", `/api/results/${id}/picks`, { picks: [] }).then(() => page.show()).catch(complain) }, t("As it was, without the correction"));
  const stop = h("p", {}, h("button", { onclick: cancel }, t("Cancel"), h("kbd", {}, "Esc")));
  const again = h("button", { class: "big", onclick: async () => { await ask("POST", path + "/again"); job.state = "waiting"; poll(); } }, t("Measure again"));
  const other = h("button", { class: "big", onclick: () => (job.client ? page.go("prepare", job.client) : page.go("series")) }, t("Another recording"));
  const lines = (text) => h("ul", { class: "said" }, (text || "").split("\n").filter(Boolean).map((l) => h("li", {}, l.replace(/^• /, ""))));

  const as = async (points) => {
    try {
      await ask("POST", path + "/again", { points });
      page.show();
    } catch (error) {
      complain(error);
    }
  };
  function ended(heading, buttons) {
    title.textContent = heading;
    left.textContent = job.name;
    bar.hidden = true;
    box.replaceChildren(lines(job.message), h("p", { class: "row" }, buttons, h("button", { onclick: client }, t("Back"))));
    tell(heading + ". " + job.message);
    buttons[0].focus();
  }
  function draw() {
    if (job.state === "waiting" || job.state === "running") {
      bar.hidden = false;
      if (job.fraction === undefined) bar.removeAttribute("value");
      else bar.value = job.fraction;
      left.textContent = job.state === "waiting" ? t("Waiting for its turn.") : paged ? "" : job.left_s > 1 ? t("About {n} s. You can step away.", { n: Math.ceil(job.left_s) }) : t("You can step away.");
      if (stop.parentNode !== box) box.replaceChildren(stop);
      return true;
    }
    if (job.state === "done" && (!paged || job.pages)) { page.go(["session", "compare"].includes(job.kind) ? "session" : "result", id); return false; }
    if (job.state === "done") return true;
    const others = job.picks.length && ["unmeasured", "refused"].includes(job.state) ? [without, other] : [other];
    if (job.state === "unmeasured") ended(t("This could not be measured"), others);
    else if (job.state === "broken") ended(t("Broken off"), [again]);
    else if (job.state === "cancelled") back();
    else {
      ended(t("This file cannot be used"), others);
      // The words ask for it; there may be another reason as well.
      if (job.table && !job.points) box.insertBefore(pointsQuestion([job.name], as, null, false), box.lastChild);
    }
    return false;
  }
  async function poll() {
    if (gone) return;
    try {
      job = await ask("GET", path);
      if (draw()) timer = setTimeout(poll, POLL_MS);
    } catch (error) {
      complain(error);
      if (error.status === 0) timer = setTimeout(poll, 3000);
    }
  }
  return {
    title: doing, content: [h("section", { class: "middle" }, title, left, bar, box)],
    shown: () => { if (draw()) poll(); },
    leave: () => { gone = true; clearTimeout(timer); },
    keys: { Escape: cancel },
  };
}
