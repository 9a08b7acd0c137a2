/* SPDX-License-Identifier: Apache-2.0 */
/* The picture that our own TRC files state. */
#include <math.h>

#include "base/base.h"
#include "sagitta/video.h"
#include "track/trc.h"

static const char mark[] = "sagitta-view/1 ";

typedef struct key {
  const char *name;
  double *value;
  double least, most;
  bool needed;
} key;

static bool take_pair(span word, const key *keys, size_t count) {
  const char *equals_at = memchr(word.at, '=', size_of(word));
  if (!equals_at) return false;
  const span name = { word.at, equals_at };
  const char *at = equals_at + 1;
  for (size_t i = 0; i < count; i++) {
    if (!equals(name, keys[i].name)) continue;
    return sg_parse_number(&at, word.end, keys[i].value) && at == word.end && *keys[i].value >= keys[i].least &&
           *keys[i].value <= keys[i].most;
  }
  return true; /* of a later version */
}

sg_trc_stated sg_trc_take_stated(span line) {
  sg_trc_stated s = { false, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN };
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
  const char *at = memmem(line.at, size_of(line), mark, sizeof mark - 1);
  if (!at) return s;
  for (at += sizeof mark - 1; at < line.end;) {
    const char *end = at;
    while (end < line.end && !is_blank(*end)) end++;
    if (end > at && !take_pair((span){ at, end }, keys, count)) return s;
    at = end < line.end ? end + 1 : end;
  }
  s.given = floor(s.width) == s.width && floor(s.height) == s.height && isnan(s.focal) == isnan(s.lens_sd);
  for (size_t i = 0; i < count; i++) s.given = s.given && !(keys[i].needed && isnan(*keys[i].value));
  return s;
}
