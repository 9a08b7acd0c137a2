// SPDX-License-Identifier: Apache-2.0
// The little that every screen needs: elements, words, requests, messages.

let words = {};

// A text of the page in its language; {name} is replaced.
export function t(english, values) {
  const text = words[english] || english;
  return values ? text.replace(/\{(\w+)\}/g, (all, key) => (key in values ? values[key] : all)) : text;
}

// `known`: its words, where they are here already.
export async function learn(language, known) {
  words = language === "en" ? {} : known || await ask("GET", "/api/words/" + language);
  document.documentElement.lang = language;
}

// An element: h("button", { class: "big", onclick: f }, "Measure").
export function h(tag, given, ...children) {
  const e = document.createElement(tag);
  for (const [key, value] of Object.entries(given || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) e.addEventListener(key.slice(2), value);
    else if (key === "value" || key === "checked" || key === "disabled" || key === "hidden") e[key] = value;
    else e.setAttribute(key, value === true ? "" : value);
  }
  e.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== false).map(whole));
  return e;
}

// No line ends between a number and its "%".
function whole(child) {
  return typeof child === "string" ? child.replace(/(\d) (?=%)/g, "$1\u00a0") : child;
}

let serial = 0;
// A field with its label.
export function field(label, input, hint) {
  input.id = input.id || "f" + ++serial;
  if (hint) input.setAttribute("aria-describedby", input.id + "h");
  return h("p", { class: "field" }, h("label", { for: input.id }, label), input,
    hint && h("small", { id: input.id + "h" }, hint));
}

export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

// A request to this server. What it refuses comes as a sentence.
export async function ask(method, path, body) {
  const headers = method === "GET" ? {} : { "X-Sagitta": "1", "Content-Type": "application/json" };
  let answer;
  try {
    answer = await fetch(path, { method, headers, keepalive: method === "DELETE", body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw new Refusal(0, gone());
  }
  const type = answer.headers.get("Content-Type") || "";
  const document = type.startsWith("application/json") ? await answer.json() : await answer.text();
  if (!answer.ok) throw new Refusal(answer.status, document.error || gone());
  return document;
}

export function gone() {
  return t("Sagitta does not answer: it was ended. Start it again; what was saved is there.");
}

// A file on its way, with its progress (0–1).
export function send(path, file, onprogress) {
  const request = new XMLHttpRequest();
  const answer = new Promise((done, failed) => {
    request.open("POST", path);
    request.setRequestHeader("X-Sagitta", "1");
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = (e) => onprogress && onprogress(e.total ? e.loaded / e.total : 0);
    request.onload = () => {
      let document = {};
      try {
        document = JSON.parse(request.responseText);
      } catch {
        // what is no JSON has no sentence in it
      }
      if (request.status >= 200 && request.status < 300) done(document);
      else failed(new Refusal(request.status, document.error || gone()));
    };
    request.onerror = () => failed(new Refusal(0, gone()));
    request.onabort = () => failed(new Refusal(-1, t("Cancelled.")));
    request.send(file);
  });
  return { answer, stop: () => request.abort() };
}

const live = h("p", { class: "unseen", "aria-live": "polite", role: "status" });
const alarm = h("p", { class: "alarm", role: "alert", hidden: true });

const notes = h("div", { class: "toasts" });
export function frame(main) {
  document.body.replaceChildren(main, notes, alarm, live);
}

// A line at the foot of the window with a button, whichever screen is shown; the function takes it away.
export function toast(text, button, act) {
  const note = h("p", { class: "toast" }, h("span", {}, text), " ", h("button", { type: "button", onclick: act }, button));
  notes.replaceChildren(note);
  tell(text);
  return () => note.remove();
}

// Said by a screen reader, seen by nobody.
export function tell(text) {
  live.textContent = text;
}

export function complain(error) {
  alarm.textContent = error instanceof Refusal || typeof error === "string" ? String(error.message || error) : t("Something went wrong on this page: load it again.");
  if (!(error instanceof Refusal) && typeof error !== "string") console.error(error);
  alarm.hidden = false;
}

export function calm() {
  alarm.hidden = true;
}

// What lies over a screen until it is closed: a form, a question. Escape closes the newest one, and that alone.
const layers = [];
export function lay(box, close) {
  layers.push({ box, close });
  return box;
}
export function topmost() {
  while (layers.length && !layers[layers.length - 1].box.isConnected) layers.pop();
  return layers[layers.length - 1] || null;
}

let days = null;
// A day as people of that language write it.
export function day(text) {
  if (!text) return "–";
  const language = document.documentElement.lang;
  if (!days || days.language !== language) days = { language, format: new Intl.DateTimeFormat(language, { year: "numeric", month: "short", day: "numeric" }) };
  return days.format.format(new Date(text + "T12:00:00"));
}

// Numbers in a text of the program's, with the decimal sign of the page's language.
export function numeral(text) {
  return document.documentElement.lang === "en" ? text : text.replace(/(\d)\.(?=\d)/g, "$1,");
}

// A value: the language's decimal sign, a real minus.
export function number(value, decimals) {
  if (value === null || value === undefined || !isFinite(value)) return "–";
  const text = value.toFixed(decimals);
  return numeral(/^-0\.?0*$/.test(text) ? text.slice(1) : text.replace("-", "−"));
}

// An ID for lists and files, of a name.
export function idOf(name) {
  return name.trim().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").toLowerCase();
}
