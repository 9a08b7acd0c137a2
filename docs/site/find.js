// SPDX-License-Identifier: Apache-2.0
// The field "find": pages, headings, options and names of the C API (index.js), as one types. Works from files.
"use strict";
const field = document.getElementById("find");
const found = document.getElementById("found");

function show() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  found.replaceChildren();
  if (!words.length) return;
  const fits = SAGITTA_INDEX.filter(([text, , kind]) => words.every((w) => (text + " " + kind).toLowerCase().includes(w)));
  // What begins with the word first, then what is short.
  const rank = ([text]) => (text.toLowerCase().startsWith(words[0]) ? 0 : 1000) + text.length;
  fits.sort((a, b) => rank(a) - rank(b));
  for (const [text, address, kind] of fits.slice(0, 15)) {
    const link = document.createElement("a");
    link.href = address;
    link.textContent = text;
    const from = document.createElement("small");
    from.textContent = kind;
    const line = document.createElement("li");
    line.append(link, " ", from);
    found.append(line);
  }
  if (!fits.length) {
    const line = document.createElement("li");
    line.textContent = "Nothing has this name.";
    found.append(line);
  }
}

field.addEventListener("input", show);
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && found.querySelector("a")) location.href = found.querySelector("a").href;
  if (event.key === "Escape") { field.value = ""; show(); }
});
found.addEventListener("click", () => { field.value = ""; setTimeout(show); });
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && event.target !== field) { event.preventDefault(); field.focus(); }
});
// On a narrow screen the list of pages is closed until it is asked for.
if (matchMedia("(max-width: 60rem)").matches) document.querySelector("nav details").open = false;
