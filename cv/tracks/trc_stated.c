/* SPDX-License-Identifier: Apache-2.0 */
/* The picture that our own TRC files state. */
#include <math.h>

#include "base/base.h"
#include "sagitta/video.h"
#include "tracks/trc.h"

static const char mark[] = "sagitta-view/1 ";

typedef struct key {
  const char *name;
  double *value;
  double least, most;
  bool needed;
} key;

static bool take_value(const char *at, const char *end, double *value, double least, double most) {
  return sg_parse_number(&at, end, value) && at == end && *value >= least && *value <= most;
}

/* "hip_sigma": of that role; −1 for other names. */
static int sigma_of(span name) {
  static const char ending[] = "_sigma";
  const size_t tail = sizeof ending - 1;
  if (size_of(name) <= tail || memcmp(name.end - tail, ending, tail) != 0) return -1;
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    if (equals((span){ name.at, name.end - tail }, sagitta_role_name((sagitta_role)role))) return role;
  }
  return -1;
}

static bool take_pair(span word, const key *keys, size_t count, double sigma[SAGITTA_ROLES]) {
  const char *equals_at = memchr(word.at, '=', size_of(word));
  if (!equals_at) return false;
  const span name = { word.at, equals_at };
  const int role = sigma_of(name);
  if (role >= 0) return take_value(equals_at + 1, word.end, &sigma[role], 0, 100);
  for (size_t i = 0; i < count; i++) {
    if (!equals(name, keys[i].name)) continue;
    return take_value(equals_at + 1, word.end, keys[i].value, keys[i].least, keys[i].most);
  }
  return true; /* of a later version */
}

sg_trc_stated sg_trc_take_stated(span line) {
  sg_trc_stated s = { .given = false };
  for (int role = 0; role < SAGITTA_ROLES; role++) s.sigma[role] = NAN;
  const key keys[] = {
    { "width", &s.width, 1, SAGITTA_PICTURE_MAX, true },
    { "height", &s.height, 1, SAGITTA_PICTURE_MAX, true },
    { "left", &s.left, -1e6, 1e6, true },
    { "top", &s.top, -1e6, 1e6, true },
    { "mm_per_px", &s.mm_per_px, 1e-2, 100, true },
    { "scale_sd", &s.scale_sd, 0, 1, true },
    { "level_sd", &s.level_sd, 0, 90, false },
    { "tilt_sd", &s.tilt_sd, 0, 90, false },
    { "focal", &s.focal, 1, 1e6, false },
    { "lens_sd", &s.lens_sd, 0, 10, false },
  };
  const size_t count = sizeof keys / sizeof *keys;
  for (size_t i = 0; i < count; i++) *keys[i].value = NAN;
  const char *at = memmem(line.at, size_of(line), mark, sizeof mark - 1);
  if (!at) return s;
  for (at += sizeof mark - 1; at < line.end;) {
    const char *end = at;
    while (end < line.end && !is_blank(*end)) end++;
    if (end > at && !take_pair((span){ at, end }, keys, count, s.sigma)) return s;
    at = end < line.end ? end + 1 : end;
  }
  s.given = floor(s.width) == s.width && floor(s.height) == s.height && isnan(s.focal) == isnan(s.lens_sd);
  for (size_t i = 0; i < count; i++) s.given = s.given && !(keys[i].needed && isnan(*keys[i].value));
  return s;
}
