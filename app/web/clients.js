// SPDX-License-Identifier: Apache-2.0
// Screen Clients: type two letters, Enter.
import { ask, complain, day, field, h, idOf, t, tell } from "./dom.js";

const SHOWN = 200;

function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

export async function clients(page) {
  const [known, jobs] = await Promise.all([ask("GET", "/api/clients"), ask("GET", "/api/jobs")]);
  const all = known.clients, waiting = jobs.jobs.filter((j) => j.state === "broken");
  // Whoever came last is looked for first.
  all.sort((a, b) => (b.last_visit || "").localeCompare(a.last_visit || "") || a.id.localeCompare(b.id));
  for (const c of all) c.found = plain(c.id + " " + (c.name || ""));
  let shown = [], at = 0;
  const list = h("ul", { class: "list", id: "clients", role: "listbox", "aria-label": t("Clients") });
  const search = h("input", { type: "search", autocomplete: "off", spellcheck: "false", role: "combobox",
    "aria-controls": "clients", "aria-expanded": "true", "aria-autocomplete": "list", placeholder: t("Name or ID") });
  const count = h("p", { class: "faint" });

  function mark() {
    [...list.children].forEach((e, i) => e.setAttribute("aria-selected", i === at));
    const chosen = list.children[at];
    if (chosen) search.setAttribute("aria-activedescendant", chosen.id);
    else search.removeAttribute("aria-activedescendant");
    if (chosen) chosen.scrollIntoView({ block: "nearest" });
  }

  function draw() {
    const parts = plain(search.value.trim()).split(/\s+/);
    const found = all.filter((c) => parts.every((p) => c.found.includes(p)));
    shown = found.slice(0, SHOWN);
    at = 0;
    list.replaceChildren(...shown.map((c, i) => h("li", { id: "c" + i, role: "option", onclick: () => page.go("client", c.id) },
      h("strong", {}, c.name || c.id), c.name ? h("span", { class: "faint" }, c.id) : null,
      h("span", { class: "end faint" }, c.last_visit ? t("last visit {day}", { day: day(c.last_visit) }) : t("no visit yet")))));
    count.textContent = !all.length ? t("No client yet. Type a name and press Enter, or press the button, to add the first one.")
      : found.length === 1 ? t("1 client") : t("{count} clients", { count: found.length });
    tell(count.textContent);
    mark();
  }

  const move = (by) => {
    at = Math.max(0, Math.min(shown.length - 1, at + by));
    mark();
  };
  search.addEventListener("input", draw);
  search.addEventListener("keydown", (e) => {
    if (e.key === "ArrowDown") move(1);
    else if (e.key === "ArrowUp") move(-1);
    else if (e.key === "Enter" && shown[at]) page.go("client", shown[at].id);
    else if (e.key === "Enter" && search.value.trim()) add(search.value.trim());
    else return;
    e.preventDefault();
  });

  const form = h("div", {});
  function add(name) {
    const id = h("input", { maxlength: 64, autocomplete: "off" }), full = h("input", { maxlength: 200, autocomplete: "off", value: name || "" });
    const year = h("input", { type: "number", min: 1900, max: 2100, inputmode: "numeric" });
    const height = h("input", { type: "number", min: 50, max: 280, inputmode: "numeric" });
    const sex = h("select", {}, h("option", { value: "" }, "–"), h("option", { value: "f" }, t("female")), h("option", { value: "m" }, t("male")));
    const save = async (e) => {
      e.preventDefault();
      const code = id.value.trim() || idOf(full.value);
      const c = { id: code, name: full.value.trim(), birth_year: Number(year.value) || 0, height_cm: Number(height.value) || 0, sex: sex.value };
      try {
        const made = await ask("POST", "/api/clients", c);
        page.go("client", made.id);
      } catch (error) {
        complain(error);
      }
    };
    form.replaceChildren(h("form", { class: "card", onsubmit: save, "aria-label": t("New client") }, h("h2", {}, t("New client")),
      field(t("Name"), full), field(t("ID"), id, t("For lists and files. Left empty, it is made from the name.")),
      h("div", { class: "row" }, field(t("Year of birth"), year), field(t("Stature, cm"), height), field(t("Sex"), sex)),
      h("p", { class: "faint" }, t("Year, stature and sex are for norms; they may stay empty.")),
      h("p", { class: "row" }, h("button", { class: "big" }, t("Add")),
        h("button", { type: "button", onclick: () => { form.replaceChildren(); search.focus(); } }, t("Cancel")))));
    full.focus();
  }

  draw();
  return {
    title: t("Clients"),
    content: [
      h("h1", {}, t("Clients")),
      ...waiting.map((j) => h("p", { class: "notice" }, h("span", {}, t("Measuring {name} was broken off.", { name: j.name || j.client })),
        h("button", { onclick: async () => { await ask("POST", `/api/jobs/${j.id}/again`); page.go("working", j.id); } }, t("Measure again")),
        h("button", { onclick: async () => { await ask("DELETE", `/api/jobs/${j.id}`); page.show(); } }, t("Remove")))),
      h("div", { class: "row search" }, field(t("Find a client"), search, t("Names and IDs are searched, notes are not.")),
        h("button", { onclick: () => add("") }, t("New client"), h("kbd", {}, "N"))),
      form, count, list,
    ],
    focus: search,
    keys: { n: () => add(""), "/": () => search.focus(), Escape: () => { form.replaceChildren(); search.focus(); } },
  };
}
