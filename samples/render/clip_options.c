/* SPDX-License-Identifier: Apache-2.0 */
/* Options: one table for names, parsing and help; and what AUTO means. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "render/clip_options.h"
#include "render/movements.h"

/* MOVEMENT: the words are the names of the movements. */
typedef enum kind {
  FLAG,
  WHOLE,
  REAL,
  CHOICE,
  MOVEMENT,
  TEXT,
  SIZE,
  RATE,
  RATIO,
  COLOUR,
  HIDE,
  FALL,
  ASIDE,
  HEADING
} kind;

typedef struct option {
  const char *name;
  kind kind;
  size_t at;
  const char *argument; /* for CHOICE: the words, in the order of their values */
  const char *help;
  double low, high;
} option;

#define AT(field) offsetof(sample_options, field)
#define ROLE_COLOUR(name, role, hint) \
  { name "-colour", COLOUR, AT(colour) + sizeof(sample_colour) * role, "RRGGBB", hint, 0, 0 }

static const option table[] = {
  { "Picture and time", HEADING, 0, NULL, NULL, 0, 0 },
  { "size", SIZE, AT(width), "WxH", "upright picture in px", 16, 16384 },
  { "fps", RATE, AT(fps_num), "N|N/D", "frames per second; 29.97 means 30000/1001", 0, 0 },
  { "seconds", REAL, AT(seconds), "S", "length; 0 = as long as the movement", 0, 1e5 },
  { "capture-fps", REAL, AT(capture_fps), "N", "slow motion: the rate of the camera; 0 = --fps", 0, 1e4 },
  { "rate", CHOICE, AT(rate), "constant|jitter|drop",
    "variable frame rate: uneven stamps, or a fifth of the frames missing", 0, 0 },
  { "clock", WHOLE, AT(clock), "HZ", "stamps are whole 1/HZ s; 0 = as exact as the file can", 0, 1000000 },
  { "seed", WHOLE, AT(seed), "N", "of noise, sway and everything random", 0, 2147483647 },
  { "Movement (degrees from start to end range, seconds)", HEADING, 0, NULL, NULL, 0, 0 },
  { "movement", MOVEMENT, AT(movement), NULL,
    "posture and movement; sets the angles below, --reps and --hold as suits it", 0, 0 },
  { "reps", WHOLE, AT(reps), "N", "repetitions", 0, 1000 },
  { "stand", REAL, AT(stand_s), "S", "quiet standing at the start", 0, 1000 },
  { "down", REAL, AT(down_s), "S", "bending down", 0.1, 1000 },
  { "bent", REAL, AT(bent_s), "S", "staying there first with the knee as at the start, which then straightens", 0,
    1000 },
  { "hold", REAL, AT(hold_s), "S", "staying there", 0, 1000 },
  { "up", REAL, AT(up_s), "S", "coming up", 0.1, 1000 },
  { "pause", REAL, AT(pause_s), "S", "standing after each repetition", 0, 1000 },
  { "pelvis", REAL, AT(pelvis), "DEG", "rotation of the pelvis in space", -60, 140 },
  { "lumbar", REAL, AT(lumbar), "DEG", "lumbar flexion: ribs strip minus pelvis", -40, 100 },
  { "thoracic", REAL, AT(thoracic), "DEG", "flexion above the ribs strip", -40, 80 },
  { "thigh", REAL, AT(thigh), "DEG", "rotation of the thigh; negative when the hips drift back or the leg is raised",
    -130, 60 },
  { "knee", REAL, AT(knee), "DEG", "knee flexion", -110, 150 },
  { "lag", REAL, AT(lag_s), "S", "the hips start this much after the back", -2, 2 },
  { "vary", REAL, AT(vary), "PART", "spread of the amplitude between repetitions", 0, 0.3 },
  { "sway", REAL, AT(sway), "DEG", "sway of pelvis, back and thigh", 0, 10 },
  { "aside", ASIDE, AT(aside), "arch|reach|step@FROM+FOR",
    "from FROM s for FOR s arch back, or reach overhead, going there and coming back included; or step forward "
    "(repeatable)",
    0, 0 },
  { "walk-in", REAL, AT(walk_in_s), "S", "walking in before the standing", 0, 60 },
  { "cut-in", REAL, AT(cut_in_s), "S", "the recording begins so much later", 0, 1000 },
  { "Person", HEADING, 0, NULL, NULL, 0, 0 },
  { "stature", REAL, AT(stature), "CM", "body height", 90, 230 },
  { "protraction", REAL, AT(protraction), "CM", "shoulder sliding forward at end range", 0, 12 },
  { "arms", REAL, AT(arms), "DEG", "upper arms forward of straight down when standing", -10, 90 },
  { "facing", CHOICE, AT(facing), "right|left", "the side the person looks to", 0, 0 },
  { "place", REAL, AT(place_x), "CM", "the person's place along the wall", -300, 300 },
  { "shirt", COLOUR, AT(shirt), "RRGGBB", "", 0, 0 },
  { "trousers", COLOUR, AT(trousers), "RRGGBB", "", 0, 0 },
  { "skin", COLOUR, AT(skin), "RRGGBB", "", 0, 0 },
  { "hair", COLOUR, AT(hair), "RRGGBB", "", 0, 0 },
  { "hide", HIDE, AT(hide), "ROLE@FROM+FOR", "the near hand lies on a marker from FROM s for FOR s (repeatable)", 0,
    0 },
  { "Markers", HEADING, 0, NULL, NULL, 0, 0 },
  { "set", CHOICE, AT(set), "discs|strip|clinic", "marker set", 0, 0 },
  { "ankle", FLAG, AT(ankle), NULL, "add the ankle disc (clinic has it)", 0, 0 },
  { "hand", FLAG, AT(hand), NULL, "add the fingertip disc", 0, 0 },
  { "ruler", REAL, AT(ruler), "CM", "two still marks this far apart, the first at the soles; 0 = none", 0, 200 },
  { "disc", REAL, AT(disc_cm), "CM", "diameter of a disc", 0.2, 30 },
  { "disc-px", REAL, AT(disc_px), "PX", "diameter of a disc in the picture; 0 = use --disc", 0, 500 },
  { "strip-length", REAL, AT(strip_length), "CM", "", 1, 60 },
  { "strip-width", REAL, AT(strip_width), "CM", "", 0.2, 30 },
  { "ring", REAL, AT(ring), "CM", "rim around each marker", 0, 5 },
  { "ring-colour", COLOUR, AT(ring_colour), "RRGGBB", "white, unless said: black makes white markers black-and-white",
    0, 0 },
  { "balls", FLAG, AT(balls), NULL, "discs are balls that throw the light back, darker towards their rim", 0, 0 },
  { "fall", FALL, AT(fall), "ROLE@FROM+FOR", "a marker comes off at FROM s and slides to the floor within FOR s", 0,
    0 },
  { "placement", REAL, AT(placement), "CM", "spread of where the markers are stuck (strips lean by 3 deg per cm)", 0,
    5 },
  { "skin-slide", REAL, AT(skin_slide), "CM", "markers slide over the bone, growing with the bend", -6, 6 },
  { "skin-turn", REAL, AT(skin_turn), "DEG", "strips lag behind the bone, growing with the bend", -20, 20 },
  { "one-colour", FLAG, AT(one_colour), NULL, "every marker has the hip's colour", 0, 0 },
  ROLE_COLOUR("shoulder", SAMPLE_SHOULDER, ""),
  ROLE_COLOUR("hip", SAMPLE_HIP, ""),
  ROLE_COLOUR("knee", SAMPLE_KNEE, ""),
  ROLE_COLOUR("ankle", SAMPLE_ANKLE, ""),
  ROLE_COLOUR("pelvis", SAMPLE_PELVIS, ""),
  ROLE_COLOUR("ribs", SAMPLE_RIBS, ""),
  ROLE_COLOUR("hand", SAMPLE_HAND, ""),
  ROLE_COLOUR("ruler", SAMPLE_RULER0, "both marks"),
  { "Camera", HEADING, 0, NULL, NULL, 0, 0 },
  { "distance", REAL, AT(distance), "CM", "from the plane of movement", 100, 5000 },
  { "camera-height", REAL, AT(camera_height), "CM", "looking at a point 100 cm high", 0, 500 },
  { "focal", REAL, AT(focal), "PX", "focal length; 0 = the person fills the picture", 0, 1e5 },
  { "yaw", REAL, AT(yaw), "DEG", "camera walked around the person", -60, 60 },
  { "roll", REAL, AT(roll), "DEG", "camera tilted", -45, 45 },
  { "k1", REAL, AT(k1), "K", "radial distortion", -0.6, 0.6 },
  { "k2", REAL, AT(k2), "K", "", -0.6, 0.6 },
  { "move", CHOICE, AT(move), "still|step|breathe|shake",
    "how the camera moves during the recording, by as much as follows", 0, 0 },
  { "move-at", REAL, AT(move_at), "S", "when it begins", 0, 1e5 },
  { "move-for", REAL, AT(move_for), "S", "how long a step takes, one breath, the shaking (0 = to the end)", 0, 1e5 },
  { "move-roll", REAL, AT(move_roll), "DEG", "the picture's content turns clockwise", -45, 45 },
  { "move-x", REAL, AT(move_x), "PX", "it shifts to the right", -2000, 2000 },
  { "move-y", REAL, AT(move_y), "PX", "it shifts down", -2000, 2000 },
  { "move-pan", REAL, AT(move_pan), "DEG", "the camera turns, so that it goes to the right", -20, 20 },
  { "move-tilt", REAL, AT(move_tilt), "DEG", "so that it goes down", -20, 20 },
  { "move-zoom", REAL, AT(move_zoom), "PART", "it grows", -0.5, 1 },
  { "move-aside", REAL, AT(move_aside), "CM", "the camera itself goes to the right", -200, 200 },
  { "board", CHOICE, AT(board), "none|lens|plane",
    "a chessboard (9x6 inner corners) instead of the person: carried about, or upright in the plane of movement", 0,
    0 },
  { "square", REAL, AT(square), "CM", "side of the board's squares", 0.5, 20 },
  { "Clutter", HEADING, 0, NULL, NULL, 0, 0 },
  { "plain", FLAG, AT(plain), NULL, "an empty room", 0, 0 },
  { "ball", FLAG, AT(ball), NULL, "a blue ball on a shelf", 0, 0 },
  { "plant", FLAG, AT(plant), NULL, "a green plant", 0, 0 },
  { "poster", FLAG, AT(poster), NULL, "a magenta poster", 0, 0 },
  { "chair", FLAG, AT(chair), NULL, "a blue chair", 0, 0 },
  { "stander", FLAG, AT(stander), NULL, "a second person standing still in a green shirt", 0, 0 },
  { "walker", FLAG, AT(walker), NULL, "somebody in a red shirt walking past behind", 0, 0 },
  { "decoys", WHOLE, AT(decoys), "N", "still stickers like the ruler's that are no part of it", 0, 4 },
  { "crossing", WHOLE, AT(crossing), "N", "balls in marker colours crossing in front", 0, 20 },
  { "Light and sensor", HEADING, 0, NULL, NULL, 0, 0 },
  { "kelvin", REAL, AT(kelvin), "K", "colour temperature; 6500 is neutral", 2000, 12000 },
  { "white-balance", REAL, AT(white_balance), "PART", "part of its cast that the camera removes", 0, 1 },
  { "ev", REAL, AT(ev), "EV", "exposure", -5, 3 },
  { "saturation", REAL, AT(saturation), "PART", "", 0, 2 },
  { "gradient", REAL, AT(gradient), "PART", "part of the light lost towards the right edge", 0, 0.95 },
  { "flicker", REAL, AT(flicker), "PART", "of the light", 0, 0.9 },
  { "flicker-hz", REAL, AT(flicker_hz), "HZ", "", 0, 200 },
  { "cast-at", REAL, AT(cast_at), "S", "when colours begin to change, as white balance and lamps do", 0, 1e5 },
  { "cast-over", REAL, AT(cast_over), "S", "how long they change; 0 = at once", 0, 1e5 },
  { "cast-red", REAL, AT(cast_red), "GAIN", "of red afterwards", 0, 4 },
  { "cast-blue", REAL, AT(cast_blue), "GAIN", "of blue afterwards", 0, 4 },
  { "cast-hue", REAL, AT(cast_hue), "DEG", "by which hues have turned afterwards", -180, 1e4 },
  { "blur", REAL, AT(blur), "PX", "sigma of the defocus", 0, 8 },
  { "shutter", REAL, AT(shutter), "PART", "part of the frame time the shutter is open (motion blur)", 0, 1 },
  { "shutter-steps", WHOLE, AT(shutter_steps), "N", "exposures mixed into one frame", 1, 64 },
  { "noise", REAL, AT(noise), "SIGMA", "per channel, 8-bit units", 0, 60 },
  { "File", HEADING, 0, NULL, NULL, 0, 0 },
  { "codec", TEXT, AT(codec), "NAME", "h264, hevc, mjpeg, ffv1, vp9, raw, png", 0, 0 },
  { "pixel", TEXT, AT(pixel), "NAME", "yuv420p, yuv422p, yuv444p, yuv420p10le, nv12, yuyv422, p010le, rgb24 ...", 0,
    0 },
  { "crf", REAL, AT(crf), "Q", "quality of h264, hevc, vp9; 2-31 for mjpeg; -1 = the codec's habit", -1, 63 },
  { "kbps", WHOLE, AT(kbps), "N", "bit rate instead of quality", 0, 1000000 },
  { "effort", CHOICE, AT(effort), "least|little|more|much", "the encoder's search (h264, hevc)", 0, 0 },
  { "gop", WHOLE, AT(gop), "N", "frames from one key frame to the next", 1, 10000 },
  { "siting", CHOICE, AT(siting), "auto|left|centre|topleft",
    "where chroma samples sit; auto: centre for mjpeg, otherwise left", 0, 0 },
  { "matrix", CHOICE, AT(matrix), "auto|601|709|2020", "", 0, 0 },
  { "range", CHOICE, AT(range), "auto|limited|full", "", 0, 0 },
  { "untagged", FLAG, AT(untagged), NULL, "leave the colour metadata unspecified", 0, 0 },
  { "rotation", WHOLE, AT(rotation), "DEG",
    "0, 90, 180, 270: a player must turn the coded picture clockwise (mp4, mov)", 0, 270 },
  { "mirror", FLAG, AT(mirror), NULL, "and flip it (mp4, mov)", 0, 0 },
  { "sar", RATIO, AT(sar_num), "N:D", "sample aspect ratio", 0, 0 },
};

#define OPTIONS (sizeof table / sizeof *table)

sample_options sample_options_default(void) {
  sample_options o = {
    .width = 1920,
    .height = 1080,
    .fps_num = 30,
    .fps_den = 1,
    .seed = 1,
    .reps = 3,
    .stand_s = 1.4,
    .down_s = 2.2,
    .hold_s = 1.0,
    .up_s = 2.2,
    .pause_s = 0.8,
    .pelvis = 60,
    .lumbar = 40,
    .thoracic = 12,
    .thigh = -8,
    .lag_s = 0.12,
    .vary = 0.02,
    .sway = 0.1,
    .stature = 172,
    .protraction = 3,
    .arms = 36,
    .shirt = { 74, 78, 84 },
    .trousers = { 52, 54, 62 },
    .skin = { 216, 172, 146 },
    .hair = { 70, 54, 44 },
    .set = SAMPLE_SET_STRIP,
    .disc_cm = 4,
    .ring_colour = { 240, 240, 238 },
    .fall = { -1, 0, 0 },
    .strip_length = 14,
    .strip_width = 3,
    .colour = { [SAMPLE_SHOULDER] = { 44, 98, 224 },
                [SAMPLE_HIP] = { 48, 196, 80 },
                [SAMPLE_KNEE] = { 228, 40, 140 },
                [SAMPLE_ANKLE] = { 236, 204, 44 },
                [SAMPLE_PELVIS] = { 250, 130, 38 },
                [SAMPLE_RIBS] = { 54, 210, 230 },
                [SAMPLE_HAND] = { 216, 40, 44 },
                [SAMPLE_RULER0] = { 236, 204, 44 } },
    .distance = 400,
    .camera_height = 100,
    .square = 4,
    .kelvin = 6500,
    .white_balance = 0.5,
    .saturation = 1,
    .flicker_hz = 9,
    .cast_red = 1,
    .cast_blue = 1,
    .shutter_steps = 5,
    .noise = 2,
    .codec = "h264",
    .crf = -1,
    .effort = SAMPLE_EFFORT_LITTLE,
    .gop = 60,
    .sar_num = 1,
    .sar_den = 1,
  };
  return o;
}

static const option *find(const char *name) {
  for (size_t i = 0; i < OPTIONS; i++)
    if (table[i].kind != HEADING && strcmp(table[i].name, name) == 0) return &table[i];
  return NULL;
}

/* What to write after the name, NULL = nothing; `words` has room for the names of all movements. */
static const char *argument_of(const option *o, char words[256]) {
  if (o->kind != MOVEMENT) return o->argument;
  words[0] = 0;
  for (int i = 0; i < SAMPLE_MOVES; i++) {
    if (i) strcat(words, "|");
    strcat(words, sample_movement_of(i)->name);
  }
  return words;
}

bool sample_option_is_flag(const char *name) {
  const option *o = find(name);
  return o && o->kind == FLAG;
}

static bool parse_real(const char *text, double *out) {
  char *end;
  errno = 0;
  *out = strtod(text, &end);
  return end != text && *end == 0 && errno == 0 && isfinite(*out);
}

static bool parse_choice(const char *words, const char *value, int *out) {
  size_t length = strlen(value);
  int index = 0;
  for (const char *w = words; w; index++) {
    const char *end = strchr(w, '|');
    size_t n = end ? (size_t)(end - w) : strlen(w);
    if (n == length && strncmp(w, value, n) == 0) {
      *out = index;
      return true;
    }
    w = end ? end + 1 : NULL;
  }
  return false;
}

static bool parse_rate(const char *value, int *num, int *den) {
  double v;
  char rest;
  if (sscanf(value, "%d/%d%c", num, den, &rest) == 2) return *num > 0 && *den > 0;
  if (!parse_real(value, &v) || v <= 0 || v > 10000) return false;
  double ntsc = v * 1.001;
  bool whole = fabs(v - round(v)) < 1e-9;
  bool fits = fabs(ntsc - round(ntsc)) < 0.002;
  *num = whole ? (int)round(v) : fits ? (int)round(ntsc) * 1000 : (int)round(v * 1000);
  *den = whole ? 1 : fits ? 1001 : 1000;
  return *num > 0;
}

static bool parse_colour(const char *value, sample_colour *out) {
  unsigned code;
  char rest;
  if (strlen(value) != 6 || sscanf(value, "%6x%c", &code, &rest) != 1) return false;
  *out = (sample_colour){ code >> 16 & 255, code >> 8 & 255, code & 255 };
  return true;
}

static bool parse_hide(sample_options *o, const char *value) {
  char name[16];
  double from, length;
  char rest;
  if (sscanf(value, "%15[a-z0-9]@%lf+%lf%c", name, &from, &length, &rest) != 3) return false;
  if (o->hides == SAMPLE_HIDES) return false;
  for (int i = 0; i < SAMPLE_ROLES; i++)
    if (strcmp(name, sample_role_name(i)) == 0) {
      o->hide[o->hides++] = (sample_hide){ i, from, length };
      return true;
    }
  return false;
}

static bool parse_fall(sample_options *o, const char *value) {
  char name[16], rest;
  double from, length;
  if (sscanf(value, "%15[a-z0-9]@%lf+%lf%c", name, &from, &length, &rest) != 3 || !(length > 0)) return false;
  for (int i = 0; i < SAMPLE_RULER0; i++) {
    if (strcmp(name, sample_role_name(i)) != 0) continue;
    o->fall = (sample_hide){ i, from, length };
    return true;
  }
  return false;
}

static bool parse_aside(sample_options *o, const char *value) {
  static const char *const kinds[SAMPLE_ASIDE_KINDS] = { "arch", "reach", "step" };
  char name[16], rest;
  double from, length;
  if (sscanf(value, "%15[a-z]@%lf+%lf%c", name, &from, &length, &rest) != 3) return false;
  for (int i = 0; i < SAMPLE_ASIDE_KINDS && o->asides < SAMPLE_ASIDES && length > 0; i++) {
    if (strcmp(name, kinds[i]) != 0) continue;
    o->aside[o->asides++] = (sample_aside){ i, from, length };
    return true;
  }
  return false;
}

static bool parse(sample_options *o, const option *opt, const char *value) {
  void *at = (char *)o + opt->at;
  int *whole = at;
  double v;
  char rest, words[256];
  switch (opt->kind) {
    case FLAG:
      if (value && strcmp(value, "1") != 0 && strcmp(value, "0") != 0) return false;
      *(bool *)at = !value || *value == '1';
      return true;
    case WHOLE:
      if (!parse_real(value, &v) || v != floor(v) || v < opt->low || v > opt->high) return false;
      *whole = (int)v;
      return opt->at != AT(rotation) || *whole % 90 == 0;
    case REAL:
      if (!parse_real(value, &v) || v < opt->low || v > opt->high) return false;
      *(double *)at = v;
      return true;
    case CHOICE:
    case MOVEMENT:
      return parse_choice(argument_of(opt, words), value, whole);
    case TEXT:
      if (strlen(value) >= SAMPLE_NAME) return false;
      strcpy(at, value);
      return true;
    case SIZE:
      return sscanf(value, "%dx%d%c", whole, whole + 1, &rest) == 2 && whole[0] >= opt->low && whole[1] >= opt->low &&
             whole[0] <= opt->high && whole[1] <= opt->high;
    case RATE:
      return parse_rate(value, whole, whole + 1);
    case RATIO:
      return sscanf(value, "%d:%d%c", whole, whole + 1, &rest) == 2 && whole[0] > 0 && whole[1] > 0;
    case COLOUR:
      return parse_colour(value, at);
    case HIDE:
      return parse_hide(o, value);
    case FALL:
      return parse_fall(o, value);
    case ASIDE:
      return parse_aside(o, value);
    case HEADING:
      break;
  }
  return false;
}

bool sample_options_set(sample_options *options, const char *name, const char *value, char *error) {
  const option *o = find(name);
  if (!o) return sample_fail(error, "there is no option --%s: see --help", name);
  char words[256];
  const char *argument = argument_of(o, words);
  if (!value && o->kind != FLAG) return sample_fail(error, "--%s needs a value: %s", name, argument);
  sample_options copy = *options;
  if (!parse(&copy, o, value)) {
    if (o->kind == REAL || o->kind == WHOLE)
      return sample_fail(error, "--%s %s: give a number from %g to %g", name, value, o->low, o->high);
    return sample_fail(error, "--%s %s: give it as %s", name, value ? value : "", argument ? argument : "1 or 0");
  }
  *options = copy;
  return o->kind != MOVEMENT || sample_options_apply(options, sample_movement_of(options->movement)->defaults, error);
}

bool sample_options_apply(sample_options *o, const char *text, char *error) {
  char copy[512], *save = NULL;
  if (strlen(text) >= sizeof copy) return sample_fail(error, "too many options in one line");
  strcpy(copy, text);
  for (char *word = strtok_r(copy, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
    char *value = strchr(word, '=');
    if (value) *value++ = 0;
    if (!sample_options_set(o, word, value, error)) return false;
  }
  return true;
}

void sample_options_help(FILE *out) {
  for (size_t i = 0; i < OPTIONS; i++) {
    const option *o = &table[i];
    char left[64], words[256];
    const char *argument = argument_of(o, words);
    if (o->kind == HEADING) {
      fprintf(out, "\n%s\n", o->name);
      continue;
    }
    snprintf(left, sizeof left, "--%s%s%s", o->name, argument ? " " : "", argument ? argument : "");
    fprintf(out, "  %-36s %s\n", left, o->help);
  }
}

/* --- what AUTO means, and words --- */

static bool is_jpeg(const sample_options *o) {
  return strcmp(o->codec, "mjpeg") == 0;
}

int sample_matrix_of(const sample_options *o) {
  if (o->matrix != SAMPLE_MATRIX_AUTO) return o->matrix;
  if (is_jpeg(o)) return SAMPLE_MATRIX_601;
  return o->width >= 1280 || o->height > 576 ? SAMPLE_MATRIX_709 : SAMPLE_MATRIX_601;
}

int sample_siting_of(const sample_options *o) {
  if (o->siting != SAMPLE_SITING_AUTO) return o->siting;
  return is_jpeg(o) ? SAMPLE_SITING_CENTRE : SAMPLE_SITING_LEFT;
}

bool sample_full_range(const sample_options *o) {
  if (o->range != SAMPLE_RANGE_AUTO) return o->range == SAMPLE_RANGE_FULL;
  return is_jpeg(o);
}

const char *sample_pixel_of(const sample_options *o) {
  if (o->pixel[0]) return o->pixel;
  return strcmp(o->codec, "png") == 0 ? "rgb24" : "yuv420p";
}

double sample_slow_motion(const sample_options *o) {
  return o->capture_fps > 0 ? (double)o->fps_num / o->fps_den / o->capture_fps : 1;
}

const char *sample_set_name(int set) {
  static const char *const names[] = { "discs", "strip", "clinic" };
  return names[set];
}

const char *sample_facing_name(int facing) {
  return facing == SAMPLE_FACING_LEFT ? "left" : "right";
}

const char *sample_role_name(int role) {
  static const char *const names[SAMPLE_ROLES] = { "shoulder", "hip",  "knee",   "ankle", "pelvis",
                                                   "ribs",     "hand", "ruler0", "ruler1" };
  return role >= 0 && role < SAMPLE_ROLES ? names[role] : NULL;
}
