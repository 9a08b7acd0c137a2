// SPDX-License-Identifier: Apache-2.0
// The first start: three sentences, how to film, a sample to try.
import { ask, complain, h, t } from "./dom.js";

export async function welcome(page) {
  const begin = h("button", { class: "big", onclick: async () => { await page.set({ welcomed: true }).catch(complain); page.go(""); } }, t("To the clients"));
  const sample = async () => {
    try {
      await page.set({ welcomed: true });
      page.go("working", (await ask("POST", "/api/jobs?kind=sample", {})).id);
    } catch (error) {
      complain(error);
    }
  };
  const sheet = (name, text) => h("a", { class: "button", href: "/api/sheets/" + name, target: "_blank", rel: "noopener" }, text);
  const guide = h("img", { width: 595, height: 842, alt: t("How to film: where the stickers go on the side of the body, the person side-on and whole in the picture, the camera on a stand three metres away at hip height, room to bend into.") });
  return {
    title: t("How to film"),
    content: [
      h("h1", {}, t("How much of a bend comes from the hips, and how much from the lower back?")),
      h("ol", { class: "steps" },
        h("li", {}, t("Put the stickers on as the picture shows, and film the client from the side while they bend forward three times.")),
        h("li", {}, t("Choose or add the client, press Measure, and film there with a camera that is plugged in, or drop the recording; then wait some seconds.")),
        h("li", {}, t("Print the page and go through it together; at the next visit it shows what has really changed."))),
      h("p", { class: "row" }, begin, h("button", { onclick: sample }, t("Try it with a sample"))),
      h("p", {}, h("strong", {}, t("Which stickers? Take the strip on the hip, with the ankle: the first of the three sets in the picture.")), " ", t("Two strips tell more and take longer; discs only are quick and tell little.")),
      h("p", { class: "row" }, sheet("guide.pdf", t("Print this guide")), sheet("markers.pdf", t("Print the stickers")), sheet("ruler.pdf", t("Print the ruler"))),
      h("figure", { class: "guide" }, guide),
    ],
    focus: begin,
    // A large drawing: the words are there before it.
    shown: () => requestAnimationFrame(() => setTimeout(() => { guide.src = "/api/guide.svg"; })),
    keys: { Escape: () => page.go("") },
  };
}
