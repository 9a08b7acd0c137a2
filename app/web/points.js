// SPDX-License-Identifier: Apache-2.0
// What the points of another program's file are: asked once, since the file does not say it, and how sure the result can
// be hangs on it.
import { h, t } from "./dom.js";

const HEAD = 4096;

// Whether such a file has to be asked about: a table of points that does not say itself what they are.
export async function unstated(file) {
  if (!/\.(csv|txt|trc|c3d)$/i.test(file.name)) return false;
  const head = await file.slice(0, HEAD).text().catch(() => "");
  return !head.replace(/^\uFEFF/, "").startsWith("# sagitta-tracks");
}

const answers = () => [["markers", t("Markers or stickers on the skin that cameras found, as in a movement laboratory")],
  ["clicked", t("Stickers on the skin that somebody clicked in the video, and Kinovea or Tracker followed from there")],
  ["keypoints", t("Joints that a program or a person guessed, without anything on the skin (Sports2D, OpenCap)")]];

// A form that asks it of the files of these names; `answered` gets the word. `without`: nothing is saved of guesses.
export function pointsQuestion(names, answered, dropped, without) {
  const chosen = () => form.querySelector("input[name=points]:checked");
  const note = h("p", { class: "notice", hidden: true }, t("Of guessed joints no result is kept with a client: what changes from day to day cannot be told from them. It is measured under Several files."));
  const go = h("button", { class: "big", disabled: true }, t("Measure"));
  const form = h("form", { class: "card points", "aria-label": t("What are the points in it?"), onsubmit: (e) => { e.preventDefault(); if (chosen()) answered(chosen().value); } },
    h("h2", {}, t("What are the points in it?")), h("p", {}, names.join(", ")),
    h("fieldset", {}, h("legend", { class: "unseen" }, t("What are the points in it?")), answers().map(([value, text]) => h("label", { class: "choice" },
      h("input", { type: "radio", name: "points", value, onchange: () => { go.disabled = false; note.hidden = !(without && value === "keypoints"); } }), " ", text))),
    note, h("p", { class: "row" }, go, dropped ? h("button", { type: "button", onclick: dropped }, t("Cancel")) : null));
  return form;
}
