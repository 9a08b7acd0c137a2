/* SPDX-License-Identifier: Apache-2.0 */
/* Protects against a wrong cause, and a number that another cause would forbid: labels of markers that change places,
 * markers that fall off or are never seen again, steps between repetitions, stiff hips; flags that repeat are said
 * once. People of another law than the estimator's, all marker sets, several moments. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "assess/flag_text.h"
#include "base/math.h"
#include "regular_bends.h"
#include "sagitta/analysis.h"

/* A fault that sets in at a moment. */
typedef struct {
  enum { EXCHANGE, ONTO, FALL, DROP, SLIDE, SLIP, GONE, STEP, LATE } kind;
  unsigned roles; /* bits */
  double at_s;
} fault;

static sagitta_sample held[SAGITTA_ROLES];
static double true_hinge; /* deg, of whoever was recorded last */

static void lose(sagitta_sample *s) {
  *s = (sagitta_sample){ SAGITTA_LOST, NAN, NAN, NAN, NAN, NAN, NAN };
}

static void swap_places(sagitta_sample *a, sagitta_sample *b) {
  const sagitta_sample kept = *a;
  a->x = b->x;
  a->y = b->y;
  b->x = kept.x;
  b->y = kept.y;
}

/* From at_s on. A marker falls at 9.81 m/s², rolls a little aside, and lies, or is lost after 16 cm; or slides down
 * within 3 s, ever faster, and lies, or is lost on the way. */
static void spoil(sagitta_sample *s, double t, const fault *f, double px_per_cm, double floor_y) {
  int first = -1;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (!(f->roles >> r & 1u)) continue;
    if (t < f->at_s) {
      held[r] = s[r];
      continue;
    }
    const double since = t - f->at_s, down = 0.5 * 981 * since * since * px_per_cm;
    if (f->kind == GONE) lose(&s[r]);
    if (f->kind == STEP) s[r].x += 25 * px_per_cm * fmin(1, since / 0.3);
    if (f->kind == FALL || f->kind == DROP) {
      s[r].x = held[r].x + 30 * px_per_cm * fmin(since, 0.4);
      s[r].y = fmin(floor_y, held[r].y + down);
      if (f->kind == DROP && down > 16 * px_per_cm) lose(&s[r]);
    }
    if (f->kind == SLIDE || f->kind == SLIP) {
      const double share = fmin(1, since / 3);
      s[r].x = held[r].x;
      s[r].y = held[r].y + share * share * (floor_y - held[r].y);
      if (f->kind == SLIP && share > 0.7) lose(&s[r]);
    }
    if (f->kind == EXCHANGE && first >= 0) swap_places(&s[first], &s[r]);
    if (f->kind == ONTO && first >= 0) s[r].x = s[first].x, s[r].y = s[first].y;
    first = r;
  }
}

static person somebody(void) {
  person p = recording_person(42, 0);
  p.right = true;
  p.pelvis = 58;
  p.lumbar_flexion = 46;
  p.thigh_lean = -8;
  true_hinge = p.pelvis - p.thigh_lean;
  return p;
}

static sagitta_tracks *record(sagitta_marker_set set, const fault *f) {
  recording r = recording_default(set);
  const person p = somebody();
  const sagitta_tracks_info info = { .width = 1280, .height = 720 };
  sagitta_tracks *tracks = NULL;
  uint64_t noise = 5;
  double thigh = 0, floor_y = 0;
  r.ankle = true;
  r.repetitions = 3;
  assert_int_equal(sagitta_tracks_new(&tracks, &info, NULL), SAGITTA_OK);
  for (int i = 0; i < recording_length(&r) * r.rate; i++) {
    sagitta_sample samples[SAGITTA_ROLES];
    recording_samples(&r, &p, i / r.rate, &noise, samples);
    if (i == 0) {
      thigh = hypot(samples[SAGITTA_HIP].x - samples[SAGITTA_KNEE].x, samples[SAGITTA_HIP].y - samples[SAGITTA_KNEE].y);
      floor_y = samples[SAGITTA_ANKLE].y + 7 * thigh / 42;
    }
    if (f && f->kind == LATE && i / r.rate < f->at_s) continue; /* the recording begins there */
    if (f) spoil(samples, i / r.rate, f, thigh / 42, floor_y);
    assert_int_equal(sagitta_tracks_append(tracks, i / r.rate, samples, NULL), SAGITTA_OK);
  }
  return tracks;
}

/* What the analysis says: the refusal, or the message of the first warning with the code; "" = neither. Whatever was
 * measured of a repetition that counts has the truth in its interval. */
static const char *said(sagitta_tracks *tracks, sagitta_warning_code code, double *at_s) {
  static char text[SAGITTA_ERROR_TEXT];
  sagitta_result *result = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  size_t count = 0;
  text[0] = 0;
  *at_s = NAN;
  if (sagitta_analyze(&result, tracks, NULL, &error)) {
    snprintf(text, sizeof text, "%s", error.text);
    const char *at = strstr(text, "t ");
    while (at && sscanf(at, "t %lf s", at_s) != 1) at = strstr(at + 1, "t ");
  } else {
    const sagitta_warning *w = sagitta_result_warnings(result, &count);
    for (size_t i = count; i-- > 0;) {
      if (w[i].code != code) continue;
      snprintf(text, sizeof text, "%s", w[i].message);
      *at_s = w[i].from_s;
    }
    const sagitta_repetition *rep = sagitta_result_repetitions(result, &count);
    for (size_t i = 0; i < count; i++) {
      if (!rep[i].valid) continue;
      if (true_hinge < rep[i].hip_hinge.low || true_hinge > rep[i].hip_hinge.high) {
        fail_msg("repetition %zu: %.1f to %.1f (%s)", i + 1, rep[i].hip_hinge.low, rep[i].hip_hinge.high, text);
      }
    }
  }
  sagitta_result_free(&result);
  sagitta_tracks_free(&tracks);
  return text;
}

static bool has(sagitta_marker_set set, unsigned roles) {
  const unsigned strips = 1u << SAGITTA_PELVIS | 1u << SAGITTA_RIBS;
  return set == SAGITTA_SET_CLINIC || !(roles & strips);
}

/* ---- labels that change places where two markers nearly touch ---- */

static double between(const sagitta_sample *s, int a, int b) {
  return hypot(s[a].x - s[b].x, s[a].y - s[b].y);
}

/* A hand that goes down along the leg, 4 cm before it, from the hip to the ankle. */
static void add_hand(sagitta_sample *s, double part, double px_per_cm) {
  const sagitta_sample *hip = &s[SAGITTA_HIP], *knee = &s[SAGITTA_KNEE], *ankle = &s[SAGITTA_ANKLE];
  const double at = 2 * part, share = at < 1 ? at : at - 1;
  const sagitta_sample *from = at < 1 ? hip : knee, *to = at < 1 ? knee : ankle;
  s[SAGITTA_HAND] = *knee;
  s[SAGITTA_HAND].x = from->x + share * (to->x - from->x) + 4 * px_per_cm;
  s[SAGITTA_HAND].y = from->y + share * (to->y - from->y);
}

/* Somebody so flexible that the shoulder comes to the knee. `pass`: the time that a and b come within a tenth of a
 * thigh of one another after which their labels are exchanged, 0 = never; *at_s: that moment. */
static sagitta_tracks *touching(sagitta_marker_set set, int a, int b, int pass, double *at_s) {
  recording r = recording_default(set);
  person p = somebody();
  const sagitta_tracks_info info = { .width = 1280, .height = 720 };
  sagitta_tracks *tracks = NULL;
  uint64_t noise = 5;
  double unit = 0, before = INFINITY;
  bool near = false, exchanged = false;
  int passes = 0;
  r.ankle = true;
  r.repetitions = 2;
  *at_s = NAN;
  if (b == SAGITTA_KNEE && a == SAGITTA_SHOULDER) {
    p.pelvis = 105;
    p.lumbar_flexion = 62;
    p.thigh_lean = -14;
    true_hinge = p.pelvis - p.thigh_lean;
  }
  assert_int_equal(sagitta_tracks_new(&tracks, &info, NULL), SAGITTA_OK);
  for (int i = 0; i < recording_length(&r) * r.rate; i++) {
    sagitta_sample samples[SAGITTA_ROLES];
    const double t = i / r.rate;
    recording_samples(&r, &p, t, &noise, samples);
    if (i == 0) unit = between(samples, SAGITTA_HIP, SAGITTA_KNEE);
    add_hand(samples, recording_part(&r, t), unit / 42);
    const double distance = between(samples, a, b);
    if (distance < 0.24 * unit && distance >= before && !near) { /* the nearest approach */
      near = true;
      if (++passes == pass) {
        exchanged = true;
        *at_s = t;
      }
    }
    near = near && distance < 0.3 * unit;
    before = distance;
    if (exchanged) swap_places(&samples[a], &samples[b]);
    assert_int_equal(sagitta_tracks_append(tracks, t, samples, NULL), SAGITTA_OK);
  }
  assert_true(passes >= pass);
  return tracks;
}

static void labels_exchanged_in_touch(void **state) {
  (void)state;
  static const struct {
    int a, b, pass;
  } cases[] = {
    { SAGITTA_HAND, SAGITTA_KNEE, 1 },  { SAGITTA_HAND, SAGITTA_KNEE, 2 },  { SAGITTA_HAND, SAGITTA_KNEE, 3 },
    { SAGITTA_HAND, SAGITTA_ANKLE, 1 }, { SAGITTA_HAND, SAGITTA_ANKLE, 2 }, { SAGITTA_SHOULDER, SAGITTA_KNEE, 1 },
  };
  static const sagitta_marker_set all[] = { SAGITTA_SET_DISCS, SAGITTA_SET_STRIP, SAGITTA_SET_CLINIC };
  for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
    for (size_t s = 0; s < 3; s++) {
      double at_s, at;
      const char *text =
          said(touching(all[s], cases[k].a, cases[k].b, cases[k].pass, &at_s), SAGITTA_WARNING_LABELS_EXCHANGED, &at);
      if (!strstr(text, "change places")) fail_msg("case %zu, set %zu, at %.1f s: \"%s\"", k, s, at_s, text);
      if (at > at_s + 0.1 || at < at_s - 0.6) fail_msg("case %zu, set %zu: said at %.2f, true %.2f", k, s, at, at_s);
      text = said(touching(all[s], cases[k].a, cases[k].b, 0, &at_s), SAGITTA_WARNING_LABELS_EXCHANGED, &at);
      if (strstr(text, "change places")) fail_msg("case %zu, set %zu: made up: \"%s\"", k, s, text);
    }
  }
}

#define B(role) (1u << SAGITTA_##role)
static const sagitta_marker_set sets[] = { SAGITTA_SET_DISCS, SAGITTA_SET_STRIP, SAGITTA_SET_CLINIC };
static const double moments[] = { 0.4, 2.1, 4.3, 6.6, 9.0 };

/* `early`, `late`: s by which what is said may differ from what is true. */
static void each(const fault *kinds, size_t count, sagitta_warning_code code, const char *words, double early,
                 double late) {
  for (size_t k = 0; k < count; k++) {
    for (size_t s = 0; s < 3; s++) {
      for (size_t m = 0; m < sizeof moments / sizeof *moments; m++) {
        fault f = kinds[k];
        double at;
        f.at_s = moments[m];
        if (!has(sets[s], f.roles)) continue;
        const char *text = said(record(sets[s], &f), code, &at);
        if (!strstr(text, words)) fail_msg("roles %x at %.1f s, set %zu: \"%s\"", f.roles, f.at_s, s, text);
        if (at < f.at_s - early || at > f.at_s + late)
          fail_msg("roles %x at %.1f s: said at %.1f", f.roles, f.at_s, at);
      }
    }
  }
}

static void exchanged_labels(void **state) {
  (void)state;
  static const fault kinds[] = {
    { EXCHANGE, B(HIP) | B(KNEE), 0 },      { EXCHANGE, B(SHOULDER) | B(HIP), 0 },
    { EXCHANGE, B(SHOULDER) | B(KNEE), 0 }, { EXCHANGE, B(KNEE) | B(ANKLE), 0 },
    { EXCHANGE, B(PELVIS) | B(RIBS), 0 },   { EXCHANGE, B(SHOULDER) | B(HIP) | B(KNEE), 0 }
  };
  each(kinds, sizeof kinds / sizeof *kinds, SAGITTA_WARNING_LABELS_EXCHANGED, "change places", 0.2, 0.2);
}

static void fallen_markers(void **state) {
  (void)state;
  static const fault kinds[] = { { FALL, B(SHOULDER), 0 }, { FALL, B(HIP), 0 },    { FALL, B(KNEE), 0 },
                                 { FALL, B(ANKLE), 0 },    { FALL, B(PELVIS), 0 }, { FALL, B(RIBS), 0 } };
  each(kinds, sizeof kinds / sizeof *kinds, SAGITTA_WARNING_MARKER_FELL_OFF, "came off at", 0.2, 0.2);
}

/* One label on another's marker, as where a tracker takes one for the other. */
static void two_labels_on_one_marker(void **state) {
  (void)state;
  static const fault kinds[] = { { ONTO, B(HIP) | B(KNEE), 0 },
                                 { ONTO, B(SHOULDER) | B(HIP), 0 },
                                 { ONTO, B(SHOULDER) | B(KNEE), 0 } };
  each(kinds, sizeof kinds / sizeof *kinds, SAGITTA_WARNING_LABELS_EXCHANGED, "change places", 0.2, 0.2);
}

static void markers_lost_while_they_fall(void **state) {
  (void)state;
  static const fault kinds[] = {
    { DROP, B(HIP), 0 }, { DROP, B(KNEE), 0 }, { DROP, B(PELVIS), 0 }, { DROP, B(RIBS), 0 }
  };
  each(kinds, sizeof kinds / sizeof *kinds, SAGITTA_WARNING_MARKER_FELL_OFF, "came off at", 0.2, 0.2);
}

/* Somebody who stands up is longer than when the recording began: the knee stays where it is. */
static void recordings_that_begin_bent(void **state) {
  (void)state;
  double at;
  for (size_t s = 0; s < 3; s++) {
    for (double from_s = 2.0; from_s < 6.0; from_s += 0.5) {
      const fault f = { LATE, 0, from_s };
      const char *text = said(record(sets[s], &f), SAGITTA_WARNING_MARKER_FELL_OFF, &at);
      if (strstr(text, "came off")) fail_msg("from %.1f s, set %zu: \"%s\"", from_s, s, text);
    }
  }
}

/* Slowly, or out of sight before it lies: no number may hang on a marker that is on its way. When it set out can be
 * told where a bone says it; where the spine bends meanwhile, only to the bend. */
static void sliding_markers(void **state) {
  (void)state;
  static const fault kinds[] = { { SLIDE, B(SHOULDER), 0 }, { SLIDE, B(HIP), 0 },  { SLIDE, B(KNEE), 0 },
                                 { SLIDE, B(PELVIS), 0 },   { SLIDE, B(RIBS), 0 }, { SLIP, B(HIP), 0 },
                                 { SLIP, B(KNEE), 0 },      { SLIP, B(PELVIS), 0 } };
  each(kinds, sizeof kinds / sizeof *kinds, SAGITTA_WARNING_MARKER_FELL_OFF, "came off at", 2.6, 1.1);
}

static void markers_never_seen_again(void **state) {
  (void)state;
  double at;
  for (size_t s = 0; s < 3; s++) {
    const fault f = { GONE, B(HIP), 4.3 };
    const char *text = said(record(sets[s], &f), SAGITTA_WARNING_MARKER_LOST_AT_END_RANGE, &at);
    if (!strstr(text, "not seen again after 4.3 s")) fail_msg("set %zu: \"%s\"", s, text);
  }
}

/* Upright before and after, and out of sight in between: it is not said that nobody bends. */
static void hidden_while_bending(void **state) {
  (void)state;
  static const sagitta_role away[] = { SAGITTA_SHOULDER, SAGITTA_HIP };
  for (size_t s = 0; s < 3; s++) {
    for (size_t k = 0; k < sizeof away / sizeof *away; k++) {
      recording r = recording_default(sets[s]);
      const person p = somebody();
      const fault f = { GONE, 1u << away[k], r.stand_s };
      sagitta_tracks *tracks = NULL;
      uint64_t noise = 5;
      double at;
      r.repetitions = 1;
      const double last_s = recording_length(&r);
      const sagitta_tracks_info info = { .width = 1280, .height = 720 };
      assert_int_equal(sagitta_tracks_new(&tracks, &info, NULL), SAGITTA_OK);
      for (double t = 0; t < last_s + 2; t += 1 / r.rate) {
        sagitta_sample samples[SAGITTA_ROLES];
        recording_samples(&r, &p, t < last_s ? t : 0, &noise, samples);
        if (t < last_s) spoil(samples, t, &f, 1, 0);
        assert_int_equal(sagitta_tracks_append(tracks, t, samples, NULL), SAGITTA_OK);
      }
      const char *text = said(tracks, SAGITTA_WARNING_MARKER_HIDDEN, &at);
      if (!strstr(text, "marker was hidden") || !strstr(text, sagitta_role_name(away[k])))
        fail_msg("set %zu, %s: \"%s\"", s, sagitta_role_name(away[k]), text);
    }
  }
}

static void nothing_is_made_up(void **state) {
  (void)state;
  static const sagitta_warning_code codes[] = { SAGITTA_WARNING_LABELS_EXCHANGED, SAGITTA_WARNING_MARKER_FELL_OFF };
  double at;
  for (size_t s = 0; s < 3; s++) {
    for (size_t k = 0; k < 2; k++) assert_string_equal(said(record(sets[s], NULL), codes[k], &at), "");
  }
}

/* ---- people ---- */

static char *warning_of(const person *p, const recording *r, sagitta_warning_code code, size_t *times) {
  static char text[SAGITTA_ERROR_TEXT];
  uint64_t noise = 5;
  sagitta_tracks *tracks = recording_tracks(r, p, &noise);
  sagitta_result *result = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  size_t count = 0;
  *times = 0;
  text[0] = 0;
  if (sagitta_analyze(&result, tracks, NULL, &error)) snprintf(text, sizeof text, "%s", error.text);
  const sagitta_warning *w = result ? sagitta_result_warnings(result, &count) : NULL;
  for (size_t i = 0; i < count; i++) {
    if (w[i].code != code) continue;
    snprintf(text, sizeof text, "%s", w[i].message);
    (*times)++;
  }
  sagitta_result_free(&result);
  sagitta_tracks_free(&tracks);
  return text;
}

/* Short hamstrings and a stiff back: thighs lean back by a third of the trunk's lean, as in a bend backwards. */
static void stiff_hips_bend_forward(void **state) {
  (void)state;
  for (size_t s = 0; s < 3; s++) {
    person p = somebody();
    recording r = recording_default(sets[s]);
    size_t times;
    p.pelvis = 18;
    p.lumbar_flexion = 34;
    p.thigh_lean = -15;
    assert_string_equal(warning_of(&p, &r, SAGITTA_WARNING_WRONG_MOVEMENT, &times), "");
  }
}

static void bent_knees_name_their_test(void **state) {
  (void)state;
  for (double knee = 25; knee <= 65; knee += 20) {
    person p = somebody();
    recording r = recording_default(SAGITTA_SET_CLINIC);
    size_t times;
    p.knee = knee;
    p.thigh_lean = -0.6 * knee;
    const char *text = warning_of(&p, &r, SAGITTA_WARNING_KNEES_BENT, &times);
    if (!strstr(text, "--test toe-touch-knees-bent")) fail_msg("%.0f°: %s", knee, text);
  }
}

static void repeated_flags_are_said_once(void **state) {
  (void)state;
  const person p = somebody();
  recording r = recording_default(SAGITTA_SET_STRIP);
  size_t times;
  r.repetitions = 3;
  r.down_s = 0.8;
  const char *text = warning_of(&p, &r, SAGITTA_WARNING_TOO_FAST, &times);
  assert_int_equal(times, 1);
  if (strncmp(text, "Repetitions 1, 2 and 3: the way out took 0.", 43) != 0) fail_msg("%s", text);
}

static void several_flags_in_one_sentence(void **state) {
  (void)state;
  sg_flag_note note[] = {
    { SAGITTA_WARNING_KNEES_BENT, SAGITTA_KNEE, 1, 2, SG_MESSAGE_KNEES_BENT, 1, { 21.4, 15 }, 0 },
    { SAGITTA_WARNING_KNEES_BENT, SAGITTA_KNEE, 5, 6, SG_MESSAGE_KNEES_BENT, 4, { 18.2, 15 }, 1 },
  };
  const sagitta_warning one = sg_flag_warning("en", note, 1), both = sg_flag_warning("en", note, 2);
  assert_string_equal(one.message,
                      "Repetition 1 was not used: the knees bent by 21°, more than 15°. Keep them straight.");
  assert_string_equal(
      both.message,
      "Repetitions 1 and 4 were not used: the knees bent by 18 to 21°, more than 15°. Keep them straight.");
  assert_true(both.from_s == 1 && both.to_s == 6);
  const sagitta_warning german = sg_flag_warning("de", note, 2);
  assert_non_null(
      strstr(german.message, "Wiederholungen 1 und 4 wurden nicht verwendet: Die Knie beugten sich um 18 bis 21°"));
}

/* Walking a step aside between two bends moves no feet in a bend. */
static void a_step_between_bends(void **state) {
  (void)state;
  for (size_t s = 0; s < 3; s++) {
    const recording r = recording_default(sets[s]);
    const double length = r.stand_s + r.down_s + r.hold_s + r.up_s;
    const fault f = { STEP, (1u << SAGITTA_RULER0) - 1, length + 0.4 * r.stand_s };
    double at;
    assert_string_equal(said(record(sets[s], &f), SAGITTA_WARNING_FEET_MOVED, &at), "");
    assert_string_equal(said(record(sets[s], &f), SAGITTA_WARNING_HIPS_DRIFTING, &at), "");
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(exchanged_labels),
    cmocka_unit_test(labels_exchanged_in_touch),
    cmocka_unit_test(two_labels_on_one_marker),
    cmocka_unit_test(fallen_markers),
    cmocka_unit_test(markers_lost_while_they_fall),
    cmocka_unit_test(recordings_that_begin_bent),
    cmocka_unit_test(sliding_markers),
    cmocka_unit_test(markers_never_seen_again),
    cmocka_unit_test(hidden_while_bending),
    cmocka_unit_test(nothing_is_made_up),
    cmocka_unit_test(stiff_hips_bend_forward),
    cmocka_unit_test(bent_knees_name_their_test),
    cmocka_unit_test(repeated_flags_are_said_once),
    cmocka_unit_test(several_flags_in_one_sentence),
    cmocka_unit_test(a_step_between_bends),
  };
  return cmocka_run_group_tests_name("causes", tests, NULL, NULL);
}
