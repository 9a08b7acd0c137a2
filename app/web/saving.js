// SPDX-License-Identifier: Apache-2.0
// Under whose name a result is saved: said, put right, or chosen afterwards.
import { ask, calm, complain, day, field, h, idOf, lay, t } from "./dom.js";

// A result that is nobody's: the recording is measured once more as a client's, one that is known or a new one.
function choosing(page, job) {
  const box = h("div", {}), open = h("button", { onclick: () => question().catch(complain) }, t("Save with a client"));
  const draw = () => { box.replaceChildren(h("p", { class: "row" }, h("span", { class: "faint" }, t("Not saved: no client was chosen.")), open)); calm(); };
  async function question() {
    const { clients } = await ask("GET", "/api/clients");
    const who = h("select", {}, h("option", { value: "" }, t("a new client")), clients.map((c) => h("option", { value: c.id }, c.name || c.id)));
    const name = h("input", { maxlength: 200, autocomplete: "off" }), named = field(t("Name"), name);
    who.addEventListener("change", () => { named.hidden = !!who.value; });
    const save = async (e) => {
      e.preventDefault();
      try {
        const client = who.value || (await ask("POST", "/api/clients", { id: idOf(name.value), name: name.value.trim(), birth_year: 0, height_cm: 0, sex: "" })).id;
        await ask("POST", `/api/jobs/${job.id}/again`, { client });
        page.go("working", job.id);
      } catch (error) {
        complain(error);
      }
    };
    box.replaceChildren(lay(h("form", { class: "card", onsubmit: save, "aria-label": t("Save with a client") }, h("h2", {}, t("Save with a client")),
      h("div", { class: "row" }, field(t("Client"), who), named), h("p", { class: "row" }, h("button", { class: "big" }, t("Save")), h("button", { type: "button", onclick: draw }, t("Cancel"), h("kbd", {}, "Esc")))), draw));
    who.focus();
  }
  draw();
  return box;
}

// Under whose name it is saved, and the pain, which can be put right.
export function saving(page, job, row, who, changed) {
  if (!job.saved) return job.client || job.kind !== "recording" || !job.film ? h("p", { class: "faint" }, t("Not saved: no client was chosen.")) : choosing(page, job);
  const before = row && job.already && !job.measured ? h("p", { class: "notice" }, t("This recording was measured before and stands under {day}: nothing was saved a second time. The pain given now holds for it; before or after a treatment it stays what it was.", { day: day(row.day) })) : null;
  if (!row) return h("p", { class: "faint" }, t("Saved with {client}.", { client: who }));
  const pain = h("select", {}, h("option", { value: -1 }, "–"), [...Array(11).keys()].map((n) => h("option", { value: n }, String(n))));
  pain.value = row.pain;
  const save = (e) => { e.preventDefault(); changed(Number(pain.value)); };
  return h("div", {}, before, h("p", { class: "faint" }, t("Saved with {client}.", { client: who })),
    h("details", {}, h("summary", {}, row.pain < 0 ? t("Pain during the movement: not asked") : t("Pain during the movement: {n} of 10", { n: row.pain })),
      h("form", { class: "row ends-low", onsubmit: save, "aria-label": t("Pain during the movement, 0 to 10") }, field(t("Pain during the movement, 0 to 10"), pain), h("button", {}, t("Save")))));
}
