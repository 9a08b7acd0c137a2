// SPDX-License-Identifier: Apache-2.0
// Screens Session, Compare and Class: what several recordings say together, as the sheets to hand over.
import { ask, h, t, tell } from "./dom.js";
import { print, sheets } from "./printing.js";

// What leads the sheets of each kind of job, and the list that it came from.
const kinds = {
  session: () => ({ title: t("The tests of one day together"), lead: t("What the recordings of the last day say together, and what is missing."), sheets: t("The page to hand over"), back: t("Done") }),
  compare: () => ({ title: t("Before and after treatment"), lead: t("The recordings before and after the treatment, side by side."), sheets: t("The page to hand over"), back: t("Done") }),
  class: (page, job) => ({ title: (page.state.tests.find((x) => x.name === job.test) || { title: job.test }).title, sheets: t("To print"), back: t("Back to the list"), list: "series" }),
};

export async function session(page, id) {
  const { job } = await ask("GET", "/api/results/" + id);
  if (job.state !== "done" || !job.pages) { page.go("working", id); return { title: "", content: [] }; }
  const said = kinds[job.kind](page, job), made = await sheets(id, page.state.settings.paper);
  const back = () => said.list ? page.go(said.list) : page.go("client", job.client), out = () => { tell(t("Print")); print(made); };
  const printing = h("button", { class: "big", onclick: out }, t("Print"), h("kbd", {}, "P"));
  return {
    title: said.title,
    content: [
      h("h1", {}, said.title), said.lead && h("p", {}, said.lead),
      h("p", { class: "row" }, printing, h("a", { class: "button", href: `/api/results/${id}/file/page.pdf`, target: "_blank", rel: "noopener" }, "PDF"),
        h("button", { onclick: back }, said.back, h("kbd", {}, "Esc"))),
      h("section", { class: "paper", "aria-label": said.sheets }, h("h2", {}, said.sheets), made.box),
    ].filter(Boolean),
    focus: printing, keys: { p: out, Escape: back },
  };
}
