/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scripts.h"

posture stand(void) {
  return on_feet(figure_standing());
}

posture made(double thigh, double shank, double pelvis, double lumbar, double thoracic) {
  posture p = figure_standing();
  p.thigh = thigh;
  p.shank = shank;
  p.pelvis = pelvis;
  p.lumbar = lumbar;
  p.thoracic = thoracic;
  return on_feet(p);
}

static const double thigh_bent = -8, pelvis_bent = 58, lumbar_bent = 44;

posture bent(void) {
  return made(thigh_bent, 4, pelvis_bent, lumbar_bent, 10);
}

posture small_bend(void) {
  return made(-3, 2, 14, 16, 2);
}

/* Both arms up: the back hollows, the trunk leans back by about 8°. */
posture reach(void) {
  return made(4, 2, 3, -16, -6);
}

posture arch(void) {
  return made(9, 6, -12, -26, -5);
}

posture slight_arch(void) {
  return made(5, 3, -6, -14, -3);
}

script *begin(script *s, posture at) {
  *s = (script){ .count = 1 };
  s->key[0] = (script_key){ 0, at };
  return s;
}

/* Stay for so long; go somewhere in so long. */
void stay(script *s, double for_s) {
  assert_true(s->count < SCRIPT_KEYS);
  s->now += for_s;
  s->key[s->count] = (script_key){ s->now, s->key[s->count - 1].at };
  s->count++;
}

void go(script *s, posture to, double in_s) {
  assert_true(s->count < SCRIPT_KEYS);
  s->now += in_s;
  s->key[s->count++] = (script_key){ s->now, to };
}

/* Down, hold, up to `back_to`. */
void bend_to(script *s, posture back_to) {
  go(s, bent(), 1.8);
  stay(s, 1);
  go(s, back_to, 1.8);
}

void plain(script *s) {
  stay(begin(s, stand()), 1.5);
  for (int i = 0; i < 3; i++) {
    bend_to(s, stand());
    stay(s, 1);
  }
}

movement worn(sagitta_marker_set set, bool right) {
  movement m = movement_default(stand(), bent());
  m.set = set;
  m.right = right;
  m.middle_x = 0;
  m.middle_y = 90;
  return m;
}

sagitta_result *analysed(const movement *m, const script *s, double sway, const char *name) {
  sagitta_tracks *tracks = script_tracks(m, s->key, s->count, sway);
  sagitta_result *result = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  const sagitta_status status = sagitta_analyze(&result, tracks, NULL, &error);
  sagitta_tracks_free(&tracks);
  if (status)
    fail_msg("%s, %s, %s: %s", name, sagitta_marker_set_name(m->set), m->right ? "right" : "left", error.text);
  return result;
}

bool warns(const sagitta_result *result, sagitta_warning_code code) {
  size_t count = 0;
  const sagitta_warning *w = sagitta_result_warnings(result, &count);
  for (size_t i = 0; i < count; i++) {
    if (w[i].code == code) return true;
  }
  return false;
}
