// SPDX-License-Identifier: Apache-2.0
// Screen Settings: language, look, paper; which camera films and how; the records as a whole.
import { ask, complain, field, h, send, t, tell } from "./dom.js";
import { modesOf } from "./prepare.js";

// Which camera films, how, and a phone's address.
function filming(page, cameras) {
  const s = page.state.settings;
  const save = (what) => page.set(what).then(() => true, (error) => { complain(error); return false; });
  const camera = h("select", {}, h("option", { value: "" }, cameras.length ? t("the first that there is") : t("none is plugged in")), cameras.map((c) => h("option", { value: c.camera }, c.name)));
  const mode = h("select", { onchange: () => save({ mode: mode.value }) });
  const modes = () => {
    const c = cameras.find((x) => x.camera === camera.value) || cameras[0];
    mode.replaceChildren(h("option", { value: "" }, t("the largest and fastest that the camera offers")), ...modesOf(c).map((m) => h("option", { value: m }, m)));
  };
  camera.value = cameras.some((c) => c.camera === s.camera) ? s.camera : "";
  modes();
  if ([...mode.options].some((o) => o.value === s.mode)) mode.value = s.mode;
  camera.addEventListener("change", () => { modes(); save({ camera: camera.value, mode: "" }); });
  const address = h("input", { type: "url", value: s.address, maxlength: 199, autocomplete: "off", spellcheck: "false", placeholder: "http://192.168.1.20:8080/video" });
  const phone = async (e) => {
    e.preventDefault();
    const text = address.value.trim();
    if (!(await save({ address: text, ...(text && { camera: "phone", mode: "" }) }))) return;
    await page.show();
    tell(text ? t("The phone films from now on.") : t("No phone is used any more."));
  };
  const flag = (name, on, text) => {
    const e = h("input", { type: "checkbox", id: name, checked: on(s), onchange: () => save(name === "sounds" ? { silent: !e.checked } : { unlocked: !e.checked }) });
    return h("p", {}, e, " ", h("label", { for: name }, text));
  };
  return h("section", { class: "card" }, h("h2", {}, t("Filming here")), h("div", { class: "row tops" }, field(t("Camera"), camera), field(t("Picture size and rate"), mode)),
    flag("lock", (x) => !x.unlocked, t("Hold exposure and white balance while the client bends")), flag("sounds", (x) => !x.silent, t("Sounds while it films")),
    h("form", { onsubmit: phone, novalidate: true, "aria-label": t("A phone as camera") }, h("div", { class: "row ends-low" }, field(t("A phone's address"), address, t("As the phone's camera app shows it, in the same network. Empty: no phone.")), h("button", {}, t("Use it")))));
}

// Whose pages they are: on everything that is printed.
function clinic(page) {
  const s = page.state.settings, given = page.state.clinic_given;
  const name = h("input", { value: s.clinic_name, maxlength: 100, autocomplete: "organization", disabled: given });
  const address = h("textarea", { rows: 4, maxlength: 400, value: s.clinic_address, disabled: given });
  const save = async (e) => {
    e.preventDefault();
    try {
      await page.set({ clinic_name: name.value.trim(), clinic_address: address.value.replace(/\s+$/, "") });
      tell(t("Saved."));
      said.textContent = t("Saved.");
    } catch (error) {
      complain(error);
    }
  };
  const said = h("span", { class: "faint" }), logo = h("input", { type: "file", accept: ".png,.jpg,.jpeg,.svg", disabled: given, onchange: async () => {
    if (!logo.files.length) return;
    try {
      await send("/api/clinic/logo", logo.files[0]).answer;
      page.state = await ask("GET", "/api/state");
      page.show();
    } catch (error) {
      complain(error);
    }
    logo.value = "";
  } });
  const gone = async () => {
    try {
      await ask("DELETE", "/api/clinic/logo");
      page.state = await ask("GET", "/api/state");
      page.show();
    } catch (error) {
      complain(error);
    }
  };
  return h("section", { class: "card" }, h("h2", {}, t("Your clinic, practice or club")),
    given ? h("p", { class: "notice" }, t("Sagitta was started with a clinic's file: that one stands on every page, and cannot be changed here.")) : null,
    h("form", { onsubmit: save, "aria-label": t("Your clinic, practice or club") }, field(t("Name"), name, t("Stands at the head of every page that is printed. Empty: nothing.")),
      field(t("Address"), address, t("Up to four lines.")), h("p", { class: "row" }, h("button", { disabled: given }, t("Save")), said)),
    field(t("Logo"), logo, page.state.clinic_logo ? t("There is one; another file takes its place.") : t("A PNG, JPEG or SVG file. It is printed with the name.")),
    page.state.clinic_logo ? h("p", {}, h("button", { onclick: gone, disabled: given }, t("Remove the logo"))) : null);
}

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
  const cameras = (await ask("GET", "/api/cameras")).cameras;
  return {
    title: t("Settings"),
    content: [
      h("h1", {}, t("Settings")),
      h("section", { class: "card" }, field(t("Language"), language),
        field(t("Colours"), pick("look", [["auto", t("light or dark, as this computer is set")], ["light", t("light")], ["dark", t("dark")]])),
        field(t("Paper"), pick("paper", [["a4", "A4"], ["letter", "Letter"]])),
        field(t("Which stickers"), pick("markers", [["", t("recognised by itself")], ...page.state.sets.map((x) => [x.name, x.title])]))),
      clinic(page),
      filming(page, cameras),
      h("section", { class: "card" }, h("h2", {}, t("What is kept")),
        h("p", {}, t("Results, the places of the markers, pain, notes: in the records on this machine, until you remove them. Of each result three pictures with the head hidden. Recordings: only those that you kept with the client's consent (K on a result), until you remove them, their result or their client. Every other one is removed when its result is left with Done, at the latest when Sagitta ends or starts again. Pictures and recordings are not in backups.")),
        h("p", {}, h("a", { class: "button", href: "/api/backup", download: "sagitta-records.db" }, t("Save a backup"))),
        field(t("Take in a backup, or an export"), input, t("Adds what is missing here; nothing that is here is changed.")), done),
      h("p", { class: "faint" }, "Sagitta " + page.state.version), h("p", { class: "faint" }, page.state.disclaimer),
    ],
    focus: language,
    keys: { Escape: () => page.go("") },
  };
}
