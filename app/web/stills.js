// SPDX-License-Identifier: Apache-2.0
// A camera's own recording, which browsers do not play: one JPEG picture after the other, found by their marks. To the
// screen it is a video: currentTime, play, pause, and the events loadeddata, seeked, play, pause, error.
import { h, t } from "./dom.js";

const BEGIN = 0xd8, END = 0xd9, SCAN = 0xda; // JPEG's marks, each behind 0xff

// Where each picture lies in the file: [from, to], …
export function pictures(bytes) {
  const found = [], word = (at) => (bytes[at] << 8) | bytes[at + 1];
  for (let from = bytes.indexOf(0xff); from >= 0 && from + 4 < bytes.length; from = bytes.indexOf(0xff, from)) {
    if (bytes[from + 1] !== BEGIN || bytes[from + 2] !== 0xff) { from++; continue; }
    // Segments say how long they are; a thumbnail inside of one is not looked at.
    let at = from + 2;
    while (at + 4 < bytes.length && bytes[at] === 0xff && bytes[at + 1] !== SCAN && bytes[at + 1] >= 0xc0) at += 2 + word(at + 2);
    if (bytes[at] !== 0xff || bytes[at + 1] !== SCAN) { from++; continue; }
    for (at = bytes.indexOf(0xff, at + 2); at >= 0 && bytes[at + 1] !== END; at = bytes.indexOf(0xff, at + 1)) continue;
    if (at < 0) break;
    found.push([from, at + 2]);
    from = at + 2;
  }
  return found;
}

// `times` of its frames, s.
export function stills(path, times) {
  const canvas = h("canvas", { class: "still", role: "img", "aria-label": t("The recording") });
  let file = null, places = [], at = 0, began = 0, wanted = -1, busy = false;
  const last = () => times[times.length - 1] || 0;
  const now = () => (canvas.paused ? at : Math.min(last(), at + (performance.now() - began) / 1000));
  const row = (seconds) => {
    let i = 0;
    while (i + 1 < times.length && times[i + 1] <= seconds + 1e-4) i++;
    return i;
  };
  // The newest wins.
  async function paint(i) {
    wanted = i;
    if (busy || !places.length) return;
    busy = true;
    while (wanted >= 0) {
      const [from, to] = places[wanted];
      wanted = -1;
      const picture = await createImageBitmap(file.slice(from, to, "image/jpeg")).catch(() => null);
      if (!picture) continue;
      if (canvas.width !== picture.width) canvas.width = picture.width;
      if (canvas.height !== picture.height) canvas.height = picture.height;
      canvas.getContext("2d").drawImage(picture, 0, 0);
      picture.close();
    }
    busy = false;
    canvas.dispatchEvent(new Event("seeked"));
  }
  function go() {
    if (canvas.paused || !canvas.isConnected) return;
    paint(row(now()));
    if (now() >= last()) canvas.pause();
    else requestAnimationFrame(go);
  }
  Object.defineProperties(canvas, {
    currentTime: { get: now, set: (seconds) => { at = seconds; began = performance.now(); paint(row(seconds)); } },
    videoWidth: { get: () => canvas.width },
  });
  canvas.paused = true;
  canvas.readyState = 0;
  canvas.play = async () => {
    if (now() >= last()) at = 0;
    began = performance.now();
    canvas.paused = false;
    canvas.dispatchEvent(new Event("play"));
    go();
  };
  canvas.pause = () => {
    if (canvas.paused) return;
    at = now();
    canvas.paused = true;
    canvas.dispatchEvent(new Event("pause"));
  };
  (async () => {
    const answer = await fetch(path);
    file = await answer.blob();
    places = answer.ok ? pictures(new Uint8Array(await file.arrayBuffer())) : [];
    if (!places.length || places.length !== times.length) throw new Error("other pictures");
    await paint(row(at));
    canvas.readyState = HTMLMediaElement.HAVE_ENOUGH_DATA;
    canvas.dispatchEvent(new Event("loadeddata"));
  })().catch(() => { places = []; canvas.dispatchEvent(new Event("error")); });
  return canvas;
}
