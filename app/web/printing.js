// SPDX-License-Identifier: Apache-2.0
// The report's own pages, on the screen and on paper: the sheets stand one below the other in one drawing, and each is
// shown through a window of its own.
import { h, t } from "./dom.js";

const RATIO = { a4: 297 / 210, letter: 279.4 / 215.9 };

// The size of the drawing, from its first bytes.
async function sizeOf(address) {
  const answer = await fetch(address, { headers: { Range: "bytes=0-600" } });
  const text = await answer.text();
  const box = /viewBox="[\d.]+ [\d.]+ ([\d.]+) ([\d.]+)"/.exec(text);
  return box ? { width: Number(box[1]), height: Number(box[2]) } : null;
}

// Sheets of paper; to print is to print these alone.
export async function sheets(id, paper) {
  const address = `/api/results/${id}/file/page.svg`, size = await sizeOf(address);
  const box = h("div", { class: "sheets " + paper });
  if (!size) return { box, count: 0 };
  const tall = size.width * RATIO[paper], count = Math.max(1, Math.round(size.height / tall));
  let loaded = [];
  for (let i = 0; i < count; i++) {
    const picture = h("img", { src: address,
      alt: t("Sheet {n} of {count} of the page to hand over", { n: i + 1, count }) });
    picture.style.top = `${-100 * i}%`;
    loaded.push(picture.decode().catch(() => {}));
    box.append(h("div", { class: "sheet" }, picture));
  }
  return { box, count, loaded: Promise.all(loaded) };
}

export async function print(made) {
  await made.loaded;
  window.print();
}
