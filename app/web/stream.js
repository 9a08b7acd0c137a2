// SPDX-License-Identifier: Apache-2.0
// The camera's records as they come: u32 size, u32 json_size, json, jpeg (app/serve/camera_record.h).
import { gone, Refusal } from "./dom.js";

const HEAD = 8;

// Takes records off the front of what has come so far; answers with the rest.
function take(bytes, onrecord) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), words = new TextDecoder();
  let at = 0;
  while (bytes.length - at >= HEAD) {
    const end = at + 4 + view.getUint32(at, true), picture = at + HEAD + view.getUint32(at + 4, true);
    if (bytes.length < end) break;
    onrecord(JSON.parse(words.decode(bytes.subarray(at + HEAD, picture))), end > picture ? new Blob([bytes.subarray(picture, end)], { type: "image/jpeg" }) : null);
    at = end;
  }
  return bytes.subarray(at);
}

// Reads to the stream's end. onrecord(numbers, picture): a Blob, or null.
export async function records(path, signal, onrecord) {
  let answer;
  try {
    answer = await fetch(path, { signal });
  } catch {
    throw new Refusal(0, gone());
  }
  if (!answer.ok) throw new Refusal(answer.status, (await answer.json()).error || gone());
  const reader = answer.body.getReader();
  let rest = new Uint8Array(0);
  for (;;) {
    const { done, value } = await reader.read().catch(() => { throw new Refusal(0, gone()); });
    if (done) return;
    const all = new Uint8Array(rest.length + value.length);
    all.set(rest);
    all.set(value, rest.length);
    rest = take(all, onrecord).slice();
  }
}
