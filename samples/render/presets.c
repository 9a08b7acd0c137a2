/* SPDX-License-Identifier: Apache-2.0 */
/* Named scenes, and scenes at random. */
#include <string.h>

#include "render/clip_options.h"

/* Options as on the command line, without dashes, separated by blanks. */
static const sample_preset presets[] = {
  { "sample", "set strip, three repetitions, 1080p, H.264", "set=strip kbps=16000" },
  { "clinic", "all markers, fingertip and ruler", "set=clinic hand ruler=50" },
  { "discs", "three discs", "set=discs" },
  { "left", "facing left", "facing=left" },
  { "lower-back", "the lower back does most of the bending",
    "pelvis=28 lumbar=56 thoracic=18 thigh=-4 lag=0.3 set=clinic" },
  { "hips", "the hips do most of the bending", "pelvis=82 lumbar=28 thoracic=6 thigh=-12 set=clinic" },
  { "stiff", "a bend too small for a verdict", "pelvis=24 lumbar=18 thoracic=8 thigh=-2" },
  { "bent-knees", "the knees give way", "set=clinic knee=28 thigh=-14" },
  { "overhead", "reaches overhead before bending, the hands passing hip and pelvis",
    "set=clinic stand=4.4 aside=reach@0.8+3" },
  { "arches", "arches back first, and straight into each later bend",
    "set=clinic stand=3.4 pause=1.6 aside=arch@0.6+2 aside=arch@9.5+1.8 aside=arch@16.5+1.8" },
  { "walks-in", "walks into the picture", "set=clinic walk-in=3 stand=1.6" },
  { "still", "a person who never bends", "reps=0 seconds=4" },
  { "discs-shared-colour", "three discs of one colour", "set=discs one-colour" },
  { "cluttered", "coloured things, a bystander, somebody walking past", "ball plant poster chair stander walker" },
  { "lamp", "a warm, dim lamp from the left",
    "kelvin=2800 white-balance=0.65 ev=-0.7 saturation=0.85 gradient=0.5 flicker=0.05 noise=4" },
  { "occluded", "the hand passes over hip and pelvis",
    "set=clinic hide=hip@2.0+0.5 hide=pelvis@7.6+0.6 hide=ribs@13.6+0.4" },
  { "yaw", "the camera stands 15 degrees aside, high and tilted, with a wide lens",
    "set=clinic yaw=15 camera-height=140 roll=1.5 distance=280 k1=-0.12" },
  { "phone", "held upright: turned 90 degrees, HEVC 10 bit, variable frame rate",
    "size=1080x1920 rotation=90 codec=hevc pixel=yuv420p10le rate=jitter fps=29.97 shutter=0.4 shutter-steps=3 "
    "blur=0.6" },
  { "mjpeg-webcam", "a cheap webcam: 640x480 MJPEG, noisy, soft, dark",
    "size=640x480 codec=mjpeg pixel=yuv422p siting=centre fps=15 noise=6 blur=0.8 ev=-0.7 saturation=0.8 crf=5" },
  { "crossing", "balls in marker colours cross in front", "crossing=5" },
  { "slow-motion", "captured at 120, played at 30 frames per second", "capture-fps=120 reps=1 size=1280x720" },
};

#define PRESETS (sizeof presets / sizeof *presets)

size_t sample_presets(const sample_preset **out) {
  *out = presets;
  return PRESETS;
}

bool sample_options_preset(sample_options *options, const char *name, char *error) {
  for (size_t i = 0; i < PRESETS; i++)
    if (strcmp(presets[i].name, name) == 0) return sample_options_apply(options, presets[i].options, error);
  return sample_fail(error, "there is no preset \"%s\": see --help", name);
}

/* --- at random --- */

static double between(uint64_t *state, double low, double high) {
  return low + (high - low) * sample_uniform(state);
}

static bool chance(uint64_t *state, double part) {
  return sample_uniform(state) < part;
}

static void shuffle_person(sample_options *o, uint64_t *s) {
  static const sample_colour clothes[] = { { 74, 78, 84 }, { 200, 198, 194 }, { 96, 60, 60 },
                                           { 46, 60, 88 }, { 60, 84, 66 },    { 120, 112, 100 } };
  static const sample_colour skins[] = { { 226, 186, 162 }, { 204, 156, 126 }, { 158, 112, 84 }, { 104, 72, 56 } };
  o->stature = between(s, 152, 194);
  o->facing = chance(s, 0.5);
  o->pelvis = between(s, 30, 85);
  o->lumbar = between(s, 15, 60);
  o->thoracic = between(s, 0, 25);
  o->thigh = between(s, -14, 0);
  o->knee = chance(s, 0.3) ? between(s, 0, 20) : 0;
  o->lag_s = between(s, -0.2, 0.4);
  o->protraction = between(s, 0, 5);
  o->place_x = between(s, -12, 12);
  o->skin = skins[(int)(4 * sample_uniform(s))];
  o->shirt = clothes[(int)(6 * sample_uniform(s))];
  o->trousers = sample_shade(clothes[(int)(6 * sample_uniform(s))], 0.8);
  o->set = (int)(3 * sample_uniform(s));
  o->disc_cm = between(s, 2.8, 4.2);
  o->strip_length = fmin(14, 0.075 * o->stature);
  o->placement = between(s, 0, 0.6);
  o->skin_slide = between(s, 0, 2);
  o->skin_turn = between(s, -3, 3);
  o->ring = chance(s, 0.2) ? 0.4 : 0;
}

static void shuffle_room(sample_options *o, uint64_t *s) {
  o->ball = chance(s, 0.35);
  o->plant = chance(s, 0.35);
  o->poster = chance(s, 0.3);
  o->chair = chance(s, 0.3);
  o->stander = chance(s, 0.2);
  o->walker = chance(s, 0.25);
  o->crossing = chance(s, 0.35) ? 1 + (int)(3 * sample_uniform(s)) : 0;
  if (chance(s, 0.3)) {
    int role = chance(s, 0.5) || o->set != SAMPLE_SET_CLINIC ? SAMPLE_HIP : SAMPLE_PELVIS;
    double mid = o->stand_s + 0.2 * o->down_s + 0.3 * o->down_s * sample_uniform(s);
    o->hide[o->hides++] = (sample_hide){ role, mid, between(s, 0.05, 0.3) };
  }
}

void sample_options_shuffle(sample_options *o, int seed) {
  uint64_t s = sample_hash((uint64_t)seed, 31337);
  o->seed = seed;
  o->hides = 0;
  shuffle_person(o, &s);
  shuffle_room(o, &s);
  o->yaw = between(&s, -12, 12);
  o->roll = between(&s, -2, 2);
  o->distance = between(&s, 280, 480);
  o->camera_height = between(&s, 70, 140);
  o->k1 = chance(&s, 0.4) ? between(&s, -0.15, 0.05) : 0;
  o->kelvin = between(&s, 2900, 7500);
  o->white_balance = between(&s, 0.5, 1);
  o->ev = between(&s, -1, 0.3);
  o->saturation = between(&s, 0.8, 1.2);
  o->gradient = chance(&s, 0.4) ? between(&s, 0, 0.5) : 0;
  o->flicker = chance(&s, 0.2) ? between(&s, 0, 0.08) : 0;
  o->blur = chance(&s, 0.5) ? between(&s, 0.3, 1.0) : 0;
  o->noise = between(&s, 1, 4);
}
