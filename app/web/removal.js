// SPDX-License-Identifier: Apache-2.0
// A result, or a client with everything of theirs, removed for good: after it was said what goes, and asked once more.
import { ask, complain, field, h, t, tell, toast } from "./dom.js";

function removed(said) {
  tell(said.remark || t("Removed."));
  if (said.remark) complain(said.remark);
}

const UNDO_MS = 10000;
let open = null;
// What is off a list can be taken back for some seconds; then `away` has it go for good, as when the page is closed or
// the next thing is taken off.
export function undoable(text, back, away) {
  if (open) open();
  const close = toast(text, t("Undo"), () => { clearTimeout(timer); open = null; close(); back(); tell(t("It is back.")); });
  const settle = () => { clearTimeout(timer); open = null; close(); Promise.resolve(away()).catch(complain); };
  const timer = setTimeout(settle, UNDO_MS);
  open = settle;
}
addEventListener("pagehide", () => open && open());

// A question in `box`; `what` is "Toe touch, 3 May 2026".
export function removeResult(box, number, what, done) {
  const close = () => box.replaceChildren();
  const away = async () => {
    try {
      removed(await ask("DELETE", "/api/records/" + number));
      done();
    } catch (error) {
      complain(error);
    }
  };
  const stay = h("button", { type: "button", onclick: close }, t("Keep it"));
  box.replaceChildren(h("section", { class: "card", "aria-label": t("Remove a result") }, h("h2", {}, t("Remove this result: {what}?", { what })),
    h("p", {}, t("Its numbers, the places of its markers, pain, its pictures, and its recording where that was kept go for good. Backups and pages that were printed or saved before are not reached.")),
    h("p", { class: "row" }, h("button", { type: "button", class: "remove", onclick: away }, t("Remove for good")), stay)));
  stay.focus();
}

// What the client's page ends with.
export function removeClient(page, c, results) {
  const typed = h("input", { autocomplete: "off", spellcheck: "false", maxlength: 64 });
  const button = h("button", { class: "remove", disabled: true }, t("Remove {client} for good", { client: c.name || c.id }));
  const kept = results.filter((r) => r.recording).length, days = new Set(results.map((r) => r.day)).size;
  typed.addEventListener("input", () => { button.disabled = typed.value.trim() !== c.id; });
  const away = async (e) => {
    e.preventDefault();
    try {
      removed(await ask("DELETE", "/api/clients/" + encodeURIComponent(c.id), { id: typed.value.trim() }));
      page.go("");
    } catch (error) {
      complain(error);
    }
  };
  return h("details", { class: "removal" }, h("summary", {}, t("Remove this client")), h("form", { class: "card", onsubmit: away, "aria-label": t("Remove this client") },
    h("p", {}, t("For good go: name, details, notes and answers; results with their pictures: {results}, of days: {days}; recordings that were kept: {kept}. Backups and pages that were printed or saved before are not reached.", { results: results.length, days, kept })),
    field(t("To remove, type the ID: {id}", { id: c.id }), typed), h("p", {}, button)));
}
