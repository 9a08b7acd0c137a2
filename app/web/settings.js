// SPDX-License-Identifier: Apache-2.0
// Screen Settings: language, look, paper; the records as a whole.
import { complain, field, h, send, t, tell } from "./dom.js";

export async function settings(page) {
  const s = page.state.settings;
  const pick = (key, options) => {
    const e = h("select", { onchange: async () => { try { await page.set({ [key]: e.value }); page.show(); } catch (error) { complain(error); } } }, options.map(([value, text]) => h("option", { value }, text)));
    e.value = s[key];
    return e;
  };
  const language = pick("language", page.state.languages.map((l) => [l.code, l.name]));
  const input = h("input", { type: "file", accept: ".db,.json", onchange: async () => {
    if (!input.files.length) return;
    try {
      await send("/api/restore", input.files[0]).answer;
      done.textContent = t("Taken in. What was there already was left as it is.");
      tell(done.textContent);
    } catch (error) {
      complain(error);
    }
    input.value = "";
  } });
  const done = h("p", { role: "status" });
  return {
    title: t("Settings"),
    content: [
      h("h1", {}, t("Settings")),
      h("section", { class: "card" }, field(t("Language"), language),
        field(t("Look"), pick("look", [["auto", t("as the system")], ["light", t("light")], ["dark", t("dark")]])),
        field(t("Paper"), pick("paper", [["a4", "A4"], ["letter", "Letter"]])),
        field(t("Which stickers"), pick("markers", [["", t("recognised by itself")], ["strip", "strip"], ["clinic", "clinic"], ["discs", "discs"]]))),
      h("section", { class: "card" }, h("h2", {}, t("What is kept")),
        h("p", {}, t("Results, the places of the markers, pain, notes: in the records on this machine, until you remove them. Recordings: nowhere. What was filmed here is removed when its result is left with Done, everything else when Sagitta ends, at the latest when it starts again.")),
        h("p", {}, h("a", { class: "button", href: "/api/backup", download: "sagitta-records.db" }, t("Save a backup"))),
        field(t("Take in a backup, or an export"), input, t("Adds what is missing here; nothing that is here is changed.")), done),
      h("p", { class: "faint" }, "Sagitta " + page.state.version), h("p", { class: "faint" }, page.state.disclaimer),
    ],
    focus: language,
    keys: { Escape: () => page.go("") },
  };
}
