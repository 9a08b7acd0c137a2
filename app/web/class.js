// SPDX-License-Identifier: Apache-2.0
// Screen Class: the sheet of several recordings, or a card for each person, to be printed.
import { ask, h, t, tell } from "./dom.js";
import { print, sheets } from "./printing.js";

export async function classroom(page, id) {
  const { job } = await ask("GET", "/api/results/" + id);
  const title = (page.state.tests.find((x) => x.name === job.test) || { title: job.test }).title;
  const made = await sheets(id, page.state.settings.paper);
  const back = () => page.go("series"), out = () => { tell(t("Print")); print(made); };
  const printing = h("button", { class: "big", onclick: out }, t("Print"), h("kbd", {}, "P"));
  return {
    title: t("To print"),
    content: [
      h("h1", {}, title),
      h("p", { class: "row" }, printing, h("a", { class: "button", href: `/api/results/${id}/file/page.pdf`, target: "_blank", rel: "noopener" }, "PDF"),
        h("button", { onclick: back }, t("Back to the list"), h("kbd", {}, "Esc"))),
      h("section", { class: "paper", "aria-label": t("To print") }, h("h2", {}, t("To print")), made.box),
    ],
    focus: printing, keys: { p: out, Escape: back },
  };
}
