// SPDX-License-Identifier: Apache-2.0
// Five sounds, each of which is a word on the screen as well: [Hz, from s, for s], …
const TONES = {
  armed: [[1047, 0, 0.2]],
  tick: [[660, 0, 0.06]],
  up: [[660, 0, 0.12], [990, 0.15, 0.18]],
  done: [[523, 0, 0.6], [659, 0, 0.6], [784, 0, 0.6]],
  lost: [[130, 0, 0.5], [138, 0, 0.5]],
};

let context = null;

export function play(cue) {
  const tones = TONES[cue];
  if (!tones || !window.AudioContext) return;
  context = context || new AudioContext();
  context.resume().catch(() => {});
  for (const [pitch, from, long] of tones) {
    const tone = context.createOscillator(), loud = context.createGain(), begin = context.currentTime + from;
    tone.type = cue === "lost" ? "sawtooth" : "sine";
    tone.frequency.value = pitch;
    // Without these ramps it clicks.
    loud.gain.setValueAtTime(0, begin);
    loud.gain.linearRampToValueAtTime(0.3 / Math.sqrt(tones.length), begin + 0.01);
    loud.gain.setValueAtTime(0.3 / Math.sqrt(tones.length), begin + long - 0.03);
    loud.gain.linearRampToValueAtTime(0, begin + long);
    tone.connect(loud).connect(context.destination);
    tone.start(begin);
    tone.stop(begin + long);
  }
}
