// SPDX-License-Identifier: Apache-2.0
// Screens Session and Compare: what the recordings of a client's day say together, or before and after a treatment, as
// the page to hand over.
import { ask, h, t, tell } from "./dom.js";
import { print, sheets } from "./printing.js";

export async function session(page, id) {
  const { job } = await ask("GET", "/api/results/" + id);
  if (job.state !== "done" || !job.pages) { page.go("working", id); return { title: "", content: [] }; }
  const pair = job.kind === "compare", title = pair ? t("Before and after treatment") : t("The tests of one day together");
  const made = await sheets(id, page.state.settings.paper);
  const back = () => page.go("client", job.client), out = () => { tell(t("Print")); print(made); };
  const printing = h("button", { class: "big", onclick: out }, t("Print"), h("kbd", {}, "P"));
  return {
    title,
    content: [
      h("h1", {}, title), h("p", {}, pair ? t("The recordings before and after the treatment, side by side.") : t("What the recordings of the last day say together, and what is missing.")),
      h("p", { class: "row" }, printing, h("a", { class: "button", href: `/api/results/${id}/file/page.pdf`, target: "_blank", rel: "noopener" }, "PDF"),
        h("button", { onclick: back }, t("Done"), h("kbd", {}, "Esc"))),
      h("section", { class: "paper", "aria-label": t("The page to hand over") }, h("h2", {}, t("The page to hand over")), made.box),
    ],
    focus: printing, keys: { p: out, Escape: back },
  };
}
