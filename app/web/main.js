// SPDX-License-Identifier: Apache-2.0
// The page: which screen is shown, and the keys that every screen has. A screen is a function that fills the main part
// and answers with its own keys; the address after # says which one it is, so that Back works.
import { ask, calm, complain, frame, h, learn, t, tell, topmost } from "./dom.js";

export const page = { state: null, keys: {}, leave: null };

// Each is fetched when it is first shown, or when there is nothing else to do; then it is here, whatever becomes of the
// server.
const screens = {
  "": () => import("./clients.js").then((m) => m.clients), client: () => import("./client.js").then((m) => m.client),
  prepare: () => import("./prepare.js").then((m) => m.prepare), camera: () => import("./camera.js").then((m) => m.camera),
  working: () => import("./working.js").then((m) => m.working), result: () => import("./result.js").then((m) => m.result),
  session: () => import("./session.js").then((m) => m.session), settings: () => import("./settings.js").then((m) => m.settings), series: () => import("./series.js").then((m) => m.series),
  welcome: () => import("./welcome.js").then((m) => m.welcome), class: () => import("./session.js").then((m) => m.session),
};
const main = h("main", { id: "main", tabindex: "-1" });

function look() {
  const chosen = page.state.settings.look || "auto";
  document.documentElement.dataset.look = chosen;
}

function head() {
  const dark = h("nav", { "aria-label": t("Sagitta") },
    h("a", { href: "#", class: "home" }, "Sagitta"),
    h("a", { href: "#" }, t("Clients")),
    h("a", { href: "#series" }, t("Several files")),
    h("a", { href: "#welcome" }, t("How to film")),
    h("a", { href: "#settings" }, t("Settings")));
  return h("header", {}, h("a", { class: "skip", href: "#", onclick: (e) => { e.preventDefault(); main.focus(); } }, t("To the content")), dark);
}

function where() {
  const parts = location.hash.slice(1).split("/").map(decodeURIComponent);
  return { name: parts[0], words: parts.slice(1) };
}

let turn = 0, told = "";
// That settings cannot be kept is said once.
function nag() {
  if (page.state.trouble && page.state.trouble !== told) complain(page.state.trouble);
}

export async function show() {
  const at = where(), mine = ++turn;
  const fetched = screens[at.name] || screens[""];
  calm();
  if (page.leave) page.leave();
  page.leave = null;
  page.keys = {};
  try {
    const screen = await fetched();
    const made = await screen(page, ...at.words);
    if (mine !== turn) return;
    page.keys = made.keys || {};
    page.leave = made.leave || null;
    frame(h("div", { class: "page" }, head(), main));
    document.body.classList.toggle("whole", !!made.whole);
    main.replaceChildren(...made.content);
    document.title = made.title + " – Sagitta";
    for (const link of document.querySelectorAll("nav a")) {
      if (link.getAttribute("href") === "#" + at.name) link.setAttribute("aria-current", "page");
    }
    scrollTo(0, 0);
    (made.focus || main).focus();
    if (made.shown) made.shown();
    tell(made.title);
    nag();
    told = page.state.trouble;
  } catch (error) {
    if (mine !== turn) return;
    document.body.classList.remove("whole");
    frame(h("div", { class: "page" }, head(), main));
    main.replaceChildren(h("h1", {}, "Sagitta"), h("p", {}, h("a", { href: "#" }, t("To the clients"))));
    complain(error);
  }
}

export function go(...words) {
  const hash = "#" + words.map(encodeURIComponent).join("/");
  if (location.hash === hash || (hash === "#" && !location.hash)) show();
  else location.hash = hash;
}
page.go = go;
page.show = show;

page.set = async (what) => {
  page.state = await ask("PATCH", "/api/state", what);
  await learn(page.state.settings.language || "en");
  look();
  nag();
};

// Letters are keys of the screen, unless somebody is writing.
addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.altKey || e.metaKey) return;
  const writing = e.target.matches && e.target.matches("textarea, select, input:not([type=radio]):not([type=checkbox]):not([type=file])");
  if (writing && e.key !== "Escape") return;
  const over = e.key === "Escape" && topmost();
  if (over) {
    e.preventDefault();
    over.close();
    return;
  }
  const act = page.keys[e.key.length === 1 ? e.key.toLowerCase() : (e.shiftKey ? "Shift+" : "") + e.key];
  if (!act) return;
  if (act(e) !== false) e.preventDefault();
});
// A file that is dropped beside its place must not replace the page; where no screen waits for one, recordings are a class.
addEventListener("dragover", (e) => e.preventDefault());
addEventListener("drop", (e) => {
  e.preventDefault();
  const files = [...e.dataTransfer.files], at = where();
  if (!files.length || ["prepare", "series", "camera"].includes(at.name)) return;
  if (at.name === "client") {
    page.go("prepare", ...at.words);
    tell(t("Choose test and pain, then drop the recording here."));
  } else if (["", "welcome", "settings"].includes(at.name) || !screens[at.name]) {
    import("./series.js").then((m) => { page.go("series"); return m.take(page, files); }).catch(complain);
  } else {
    complain(t("Nothing can be dropped here. A recording of a client: press Measure on their page. Others: Several files, at the top."));
  }
});
addEventListener("hashchange", show);
addEventListener("unhandledrejection", (e) => complain(e.reason));

async function start() {
  // What the server knows when it sends the page stands in it.
  const first = JSON.parse(document.getElementById("first").textContent);
  page.state = first.state;
  const known = page.state.languages.map((l) => l.code);
  const own = (navigator.languages || ["en"]).map((l) => l.slice(0, 2)).find((l) => known.includes(l)) || "en";
  // Whatever cannot be set: the page is shown.
  if (page.state.settings.language) await learn(page.state.settings.language, first.words);
  else if (own === "en") page.set({ language: own }).catch(() => {});
  else await page.set({ language: own }).catch(() => learn(own));
  look();
  if (!page.state.settings.welcomed && !location.hash) history.replaceState(null, "", "#welcome");
  await show();
  requestIdleCallback(() => Object.values(screens).forEach((fetched) => fetched().catch(() => {})));
  // So that a server that is to end with its last page knows of this one.
  setInterval(() => ask("GET", "/api/jobs").catch(() => {}), 120000);
}

// The secret that let this page in is used: it goes out of the address.
if (location.search) history.replaceState(null, "", "/" + location.hash);
start().catch((error) => {
  frame(main);
  main.replaceChildren(h("h1", {}, "Sagitta"));
  complain(error);
});
