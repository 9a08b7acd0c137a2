/* SPDX-License-Identifier: Apache-2.0 */
/* Protects: a recording that was paused and joined, so that the stamps run on over time of unknown length, is
 * recognised at the very picture, by any marker set, rate and moment; no number spans it; and fast movements, low
 * rates, frames that are missing, cameras that move and labels that are exchanged are no joint. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "body/joints.h"
#include "regular_bends.h"
#include "sagitta/analysis.h"

#define LENGTH(of) (sizeof(of) / sizeof *(of))

/* How a recording comes about. */
typedef struct film {
  recording r;
  double pause_s, missing_s;  /* paused at a moment of the recording, for so long; 0 = not */
  unsigned drop;              /* one frame of so many is left out; 0 = none */
  int filled;                 /* rows after the pause in which the shoulder is not seen, and was filled in */
  bool even;                  /* stamps hide it */
  double knock_px, knock_deg; /* the camera is knocked at pause_s … */
  bool ruler;                 /* … which the ruler's marks show */
  double swap_s;              /* labels of shoulder and hip are exchanged from then on; 0 = not */
} film;

static person somebody(void) {
  person p = recording_person(42, 0);
  p.right = true;
  p.pelvis = 58;
  p.lumbar_flexion = 46;
  p.thigh_lean = -8;
  return p;
}

static film plain(sagitta_marker_set set, double rate) {
  film f = { .r = recording_default(set) };
  f.r.rate = rate;
  f.r.repetitions = 3;
  return f;
}

static void knock(sagitta_sample *s, const film *f) {
  if (s->state == SAGITTA_LOST) return;
  const double turn = f->knock_deg * 3.14159265358979 / 180, x = s->x - 640, y = s->y - 360;
  s->x = 640 + cos(turn) * x - sin(turn) * y + f->knock_px;
  s->y = 360 + sin(turn) * x + cos(turn) * y + f->knock_px / 2;
  if (!isnan(s->axis)) s->axis += f->knock_deg;
}

static void spoil(sagitta_sample *s, const film *f, double time) {
  const bool after = f->pause_s > 0 && time > f->pause_s;
  for (int k = 0; f->ruler && k < 2; k++) {
    s[SAGITTA_RULER0 + k] = (sagitta_sample){ SAGITTA_SEEN, 900, 600 - 300.0 * k, NAN, NAN, 10, 0.05 };
  }
  for (int role = 0; after && role < SAGITTA_ROLES; role++) knock(&s[role], f);
  if (f->swap_s > 0 && time > f->swap_s) {
    const sagitta_sample kept = s[SAGITTA_SHOULDER];
    s[SAGITTA_SHOULDER].x = s[SAGITTA_HIP].x;
    s[SAGITTA_SHOULDER].y = s[SAGITTA_HIP].y;
    s[SAGITTA_HIP].x = kept.x;
    s[SAGITTA_HIP].y = kept.y;
  }
}

static sagitta_tracks *make(const film *f) {
  const person p = somebody();
  const sagitta_tracks_info info = { .width = 1280, .height = 720 };
  sagitta_tracks *tracks = NULL;
  sagitta_sample last = { .state = SAGITTA_LOST };
  uint64_t noise = 5;
  size_t rows = 0;
  int filled = 0;
  assert_int_equal(sagitta_tracks_new(&tracks, &info, NULL), SAGITTA_OK);
  for (unsigned i = 0; i < (unsigned)(recording_length(&f->r) * f->r.rate); i++) {
    const double time = i / f->r.rate;
    const bool paused = f->missing_s > 0 && time > f->pause_s && time < f->pause_s + f->missing_s;
    if (paused || (f->drop && (i * 7919u + i / 3) % f->drop == 1)) continue;
    sagitta_sample s[SAGITTA_ROLES];
    recording_samples(&f->r, &p, time, &noise, s);
    spoil(s, f, time);
    if (f->missing_s > 0 && time > f->pause_s && filled++ < f->filled) {
      s[SAGITTA_SHOULDER].state = SAGITTA_FILLED;
      s[SAGITTA_SHOULDER].x = (s[SAGITTA_SHOULDER].x + last.x) / 2;
      s[SAGITTA_SHOULDER].y = (s[SAGITTA_SHOULDER].y + last.y) / 2;
    } else {
      last = s[SAGITTA_SHOULDER];
    }
    const double stamp = f->even || f->missing_s > 0 ? (double)rows / f->r.rate : time;
    assert_int_equal(sagitta_tracks_append(tracks, stamp, s, NULL), SAGITTA_OK);
    rows++;
  }
  return tracks;
}

/* How many joints there are, and the stamp of the row before the first. */
static size_t joints_of(const film *f, double *at_s) {
  sagitta_tracks *tracks = make(f);
  const size_t rows = sagitta_tracks_rows(tracks);
  unsigned char *stalled = calloc(rows, 1), *joint = malloc(rows);
  size_t count = 0;
  assert_non_null(stalled);
  assert_non_null(joint);
  assert_int_equal(sg_find_joints(tracks, stalled, joint), 1);
  for (size_t i = rows; i-- > 0;) {
    if (joint[i] != SG_JOINT_AFTER) continue;
    *at_s = sagitta_tracks_time(tracks, i);
    count++;
  }
  free(joint);
  free(stalled);
  sagitta_tracks_free(&tracks);
  return count;
}

static const sagitta_marker_set sets[] = { SAGITTA_SET_DISCS, SAGITTA_SET_STRIP, SAGITTA_SET_CLINIC };
static const double rates[] = { 20, 30, 60 };

/* Within the way down, from there over the deepest point into the way up, within the way up, from it to standing. */
static const struct {
  double pause_s, missing_s;
} pauses[] = { { 1.8, 0.7 }, { 1.9, 2.6 }, { 2.2, 2.9 }, { 4.4, 0.6 }, { 4.6, 1.6 } };

static void joints_are_found(void **unused) {
  (void)unused;
  for (size_t s = 0; s < LENGTH(sets); s++) {
    for (size_t r = 0; r < LENGTH(rates); r++) {
      for (size_t k = 0; k < LENGTH(pauses); k++) {
        film f = plain(sets[s], rates[r]);
        double at = NAN;
        f.pause_s = pauses[k].pause_s;
        f.missing_s = pauses[k].missing_s;
        const size_t count = joints_of(&f, &at);
        if (count != 1 || fabs(at - f.pause_s) > 1.01 / f.r.rate) {
          fail_msg("set %zu, %.0f frames/s, paused at %.1f s: %zu, at %.3f s", s, rates[r], f.pause_s, count, at);
        }
      }
    }
  }
}

static void none(const film *f, const char *what) {
  double at = NAN;
  const size_t count = joints_of(f, &at);
  if (count) fail_msg("%s, %.0f frames/s: %zu joints, the first at %.3f s", what, f->r.rate, count, at);
}

static void movements_are_no_joint(void **unused) {
  static const double all[] = { 5, 8, 10, 15, 30, 60, 120 };
  (void)unused;
  for (size_t r = 0; r < LENGTH(all); r++) {
    film f = plain(SAGITTA_SET_CLINIC, all[r]);
    none(&f, "plain");
    f.r.down_s = f.r.up_s = 0.8;
    f.r.hold_s = 0.2;
    none(&f, "fast");
    f.drop = 3;
    none(&f, "dropped");
    f.r = plain(SAGITTA_SET_CLINIC, all[r]).r;
    f.even = true; /* one frame at a time: there is no hole of the length of a gap */
    f.drop = 4;
    if (all[r] >= 10) none(&f, "dropped, and stamps that hide it");
  }
}

static void other_faults_are_no_joint(void **unused) {
  (void)unused;
  for (size_t s = 0; s < LENGTH(sets); s++) {
    film f = plain(sets[s], 30);
    f.pause_s = 2.2;
    f.knock_px = 30;
    f.knock_deg = 5;
    f.ruler = true;
    none(&f, "knocked");
    f = plain(sets[s], 30);
    f.swap_s = 0.8;
    none(&f, "exchanged");
  }
}

/* ---- what is measured of it ---- */

static sagitta_result *analyze(const film *f) {
  sagitta_tracks *tracks = make(f);
  sagitta_result *result = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  if (sagitta_analyze(&result, tracks, NULL, &error)) fail_msg("%s", error.text);
  sagitta_tracks_free(&tracks);
  return result;
}

static const sagitta_warning *warning_of(const sagitta_result *result, sagitta_warning_code code) {
  size_t count = 0;
  const sagitta_warning *w = sagitta_result_warnings(result, &count);
  for (size_t i = 0; i < count; i++) {
    if (w[i].code == code) return &w[i];
  }
  return NULL;
}

static void is_within(const char *what, sagitta_quantity q, sagitta_quantity truth) {
  if (!isnan(q.value) && (q.value < truth.low || q.value > truth.high)) {
    fail_msg("%s: %.2f, and %.2f to %.2f without the pause", what, q.value, truth.low, truth.high);
  }
}

static void nothing_spans_a_joint(void **unused) {
  (void)unused;
  for (size_t s = 0; s < LENGTH(sets); s++) {
    const film whole = plain(sets[s], 30);
    sagitta_result *truth = analyze(&whole);
    size_t count = 0;
    const sagitta_repetition *first = sagitta_result_repetitions(truth, &count);
    assert_int_equal(count, 3);
    assert_null(warning_of(truth, SAGITTA_WARNING_RECORDING_JOINED));
    for (size_t k = 0; k < LENGTH(pauses); k++) {
      for (int filled = 0; filled < 3; filled += 2) {
        film f = whole;
        f.pause_s = pauses[k].pause_s;
        f.missing_s = pauses[k].missing_s;
        f.filled = filled;
        sagitta_result *found = analyze(&f);
        const sagitta_repetition *rep = sagitta_result_repetitions(found, &count);
        const sagitta_warning *w = warning_of(found, SAGITTA_WARNING_RECORDING_JOINED);
        assert_int_equal(count, 3);
        assert_non_null(w);
        assert_true(fabs(w->from_s - f.pause_s) < 0.05);
        const bool deepest = f.pause_s < recording_hold(&f.r, 0) && f.pause_s + f.missing_s > recording_hold(&f.r, 0);
        assert_int_equal(rep[0].valid, !deepest);
        assert_true(rep[1].valid && rep[2].valid);
        is_within("peak velocity", rep[0].peak_velocity, first[0].peak_velocity);
        is_within("hip lag", rep[0].hip_lag, first[0].hip_lag);
        if (rep[0].valid) {
          is_within("hinge", rep[0].hip_hinge, first[0].hip_hinge);
          is_within("lumbar flexion", rep[0].lumbar_flexion, first[0].lumbar_flexion);
          assert_true(fabs(rep[0].hold_s - first[0].hold_s) < 0.1);
        }
        /* on the way down: neither its speed nor all of its thirds are known */
        if (k == 0) assert_true(isnan(rep[0].peak_velocity.value) && rep[0].phase_count < first[0].phase_count);
        sagitta_result_free(&found);
      }
    }
    sagitta_result_free(&truth);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(joints_are_found),
    cmocka_unit_test(movements_are_no_joint),
    cmocka_unit_test(other_faults_are_no_joint),
    cmocka_unit_test(nothing_spans_a_joint),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
