/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Protects the oracle of all other tests: what sagitta-render calls the truth
 * is what it draws.
 *
 * A marker is measured without knowing its surroundings: the scene is drawn
 * twice with two colours for that marker; the difference is its coverage.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "samples_help.h"

#define CENTRE_PX 0.02
#define AXIS_DEG  0.05

/* --- measuring --- */

typedef struct plane {
  int width, height;
  double *v;
} plane;

/* How a plane's samples lie in a picture's memory. */
typedef struct layout {
  int index, step, offset, depth, shift_x, shift_y;
} layout;

static plane take(const sample_picture *p, layout l) {
  plane out = { (p->width + (1 << l.shift_x) - 1) >> l.shift_x, (p->height + (1 << l.shift_y) - 1) >> l.shift_y, NULL };
  out.v = malloc((size_t)out.width * (size_t)out.height * sizeof *out.v);
  assert_non_null(out.v);
  for (int y = 0; y < out.height; y++)
    for (int x = 0; x < out.width; x++) {
      const uint8_t *at = p->data[l.index] + y * p->stride[l.index] + x * l.step + l.offset;
      out.v[y * out.width + x] = l.depth > 8 ? at[0] | at[1] << 8 : at[0];
    }
  return out;
}

typedef struct found {
  double x, y, axis, sum;
} found;

/* Centroid and axis of a - b in the coded picture; `ox`, `oy` are the place of the first sample in luma px. What the
 * chroma filter adds to the second moments, [1 2 1] / 4 on a sample or [1 1] / 2 between two, is taken off. */
static found difference(const plane *a, const plane *b, double step_x, double step_y, double ox, double oy) {
  double s = 0, sx = 0, sy = 0, xx = 0, yy = 0, xy = 0;
  for (int j = 0; j < a->height; j++)
    for (int i = 0; i < a->width; i++) {
      double w = fabs(a->v[j * a->width + i] - b->v[j * a->width + i]), x = ox + step_x * i, y = oy + step_y * j;
      s += w;
      sx += w * x;
      sy += w * y;
      xx += w * x * x;
      yy += w * y * y;
      xy += w * x * y;
    }
  found f = { sx / s, sy / s, 0, s };
  double added_x = step_x == 1 ? 0 : ox == 0.5 ? 0.5 : 0.25, added_y = step_y == 1 ? 0 : oy == 0.5 ? 0.5 : 0.25;
  double cxx = xx / s - f.x * f.x - added_x, cyy = yy / s - f.y * f.y - added_y, cxy = xy / s - f.x * f.y;
  f.axis = 0.5 * atan2(2 * cxy, cxx - cyy) * 180 / M_PI + 90;
  return f;
}

typedef struct seen {
  found found;
  sample_truth truth;
} seen;

static const layout red = { 0, 3, 0, 8, 0, 0 };

static plane draw(const sample_options *o, int frame, layout l, sample_truth *truth) {
  sample_renderer *r = new_renderer(o);
  sample_picture picture;
  assert_true(sample_renderer_draw(r, frame, &picture, truth));
  plane p = take(&picture, l);
  sample_renderer_free(&r);
  return p;
}

static seen measure(sample_options o, int role, int frame, layout l, double step_x, double step_y, double ox,
                    double oy) {
  seen out = { 0 };
  o.colour[role] = (sample_colour){ 210, 40, 40 };
  plane a = draw(&o, frame, l, &out.truth);
  o.colour[role] = (sample_colour){ 40, 40, 210 };
  plane b = draw(&o, frame, l, NULL);
  out.found = difference(&a, &b, step_x, step_y, ox, oy);
  free(a.v);
  free(b.v);
  return out;
}

static void assert_agrees(const seen *s, int role, const char *where) {
  const sample_marker_truth *t = &s->truth.marker[role];
  double dx = s->found.x - t->x, dy = s->found.y - t->y, da = remainder(s->found.axis - t->axis, 180);
  assert_true(t->present);
  if (fabs(dx) > CENTRE_PX || fabs(dy) > CENTRE_PX)
    fail_msg("%s, %s: drawn at (%.4f, %.4f), truth says (%.4f, %.4f)", where, sample_role_name(role), s->found.x,
             s->found.y, t->x, t->y);
  if (t->strip && fabs(da) > AXIS_DEG)
    fail_msg("%s, %s: drawn at %.4f deg, truth says %.4f", where, sample_role_name(role), s->found.axis, t->axis);
}

/* --- the oracle's tests --- */

/* Truth is the centroid and the axis of what is drawn, at start, on the way and at end range. */
static void test_markers_are_where_truth_says(void **state) {
  (void)state;
  static const int roles[] = { SAMPLE_SHOULDER, SAMPLE_HIP, SAMPLE_KNEE, SAMPLE_ANKLE, SAMPLE_PELVIS, SAMPLE_RIBS };
  static const int frames[] = { 3, 72, 115 };
  for (int facing = 0; facing < 2; facing++)
    for (size_t k = 0; k < 3; k++)
      for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        sample_options o = quiet_scene();
        o.set = SAMPLE_SET_CLINIC;
        o.strip_length = 14;
        o.strip_width = 3;
        o.facing = facing;
        seen s = measure(o, roles[i], frames[k], red, 1, 1, 0.5, 0.5);
        assert_agrees(&s, roles[i], facing ? "facing left" : "facing right");
      }
}

static void test_markers_through_a_bad_camera(void **state) {
  (void)state;
  sample_options o = quiet_scene();
  o.yaw = 17;
  o.roll = 3;
  o.k1 = -0.2;
  o.distance = 260;
  o.camera_height = 150;
  o.blur = 0.8;
  for (int frame = 5; frame < 120; frame += 50)
    for (int role = SAMPLE_SHOULDER; role <= SAMPLE_KNEE; role++) {
      seen s = measure(o, role, frame, red, 1, 1, 0.5, 0.5);
      assert_agrees(&s, role, "bad camera");
    }
}

/* Motion blur moves the picture's centroid to the mean over the shutter time, and truth with it. */
static void test_motion_blur(void **state) {
  (void)state;
  sample_options o = quiet_scene();
  o.shutter = 0.8;
  o.down_s = 0.8;
  seen s = measure(o, SAMPLE_SHOULDER, 54, red, 1, 1, 0.5, 0.5);
  assert_agrees(&s, SAMPLE_SHOULDER, "motion blur");
}

/* Chroma is filtered about where its samples sit. */
static void test_chroma_siting(void **state) {
  (void)state;
  static const struct {
    const char *pixel, *name;
    int siting;
    double x, y;
    layout cr;
  } cases[] = {
    { "yuv444p", "444", SAMPLE_SITING_LEFT, 0.5, 0.5, { 2, 1, 0, 8, 0, 0 } },
    { "yuv420p", "420 left", SAMPLE_SITING_LEFT, 0.5, 1.0, { 2, 1, 0, 8, 1, 1 } },
    { "yuv420p", "420 centre", SAMPLE_SITING_CENTRE, 1.0, 1.0, { 2, 1, 0, 8, 1, 1 } },
    { "yuv420p", "420 topleft", SAMPLE_SITING_TOPLEFT, 0.5, 0.5, { 2, 1, 0, 8, 1, 1 } },
    { "yuv420p10le", "420 10 bit", SAMPLE_SITING_LEFT, 0.5, 1.0, { 2, 2, 0, 10, 1, 1 } },
    { "yuv422p", "422 left", SAMPLE_SITING_LEFT, 0.5, 0.5, { 2, 1, 0, 8, 1, 0 } },
    { "yuv422p", "422 centre", SAMPLE_SITING_CENTRE, 1.0, 0.5, { 2, 1, 0, 8, 1, 0 } },
    { "nv12", "nv12", SAMPLE_SITING_LEFT, 0.5, 1.0, { 1, 2, 1, 8, 1, 1 } },
    { "p010le", "p010", SAMPLE_SITING_LEFT, 0.5, 1.0, { 1, 4, 2, 16, 1, 1 } },
    { "yuyv422", "yuyv", SAMPLE_SITING_LEFT, 0.5, 0.5, { 0, 4, 3, 8, 1, 0 } },
    { "uyvy422", "uyvy", SAMPLE_SITING_LEFT, 0.5, 0.5, { 0, 4, 2, 8, 1, 0 } },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    for (int role = SAMPLE_SHOULDER; role <= SAMPLE_KNEE; role++) {
      sample_options o = quiet_scene();
      strcpy(o.pixel, cases[i].pixel);
      o.siting = cases[i].siting;
      seen s =
          measure(o, role, 80, cases[i].cr, 1 << cases[i].cr.shift_x, 1 << cases[i].cr.shift_y, cases[i].x, cases[i].y);
      assert_agrees(&s, role, cases[i].name);
    }
}

/* Y'CbCr is that of the standard's own formula, from the 8-bit RGB of the same picture. */
static void test_colour_matrices(void **state) {
  (void)state;
  static const double k[][2] = { { 0, 0 }, { 0.299, 0.114 }, { 0.2126, 0.0722 }, { 0.2627, 0.0593 } };
  for (int matrix = SAMPLE_MATRIX_601; matrix <= SAMPLE_MATRIX_2020; matrix++)
    for (int range = SAMPLE_RANGE_LIMITED; range <= SAMPLE_RANGE_FULL; range++) {
      sample_options o = quiet_scene();
      plane rgb[3], yuv[3];
      for (int c = 0; c < 3; c++) rgb[c] = draw(&o, 0, (layout){ 0, 3, c, 8, 0, 0 }, NULL);
      strcpy(o.pixel, "yuv444p");
      o.matrix = matrix;
      o.range = range;
      for (int c = 0; c < 3; c++) yuv[c] = draw(&o, 0, (layout){ c, 1, 0, 8, 0, 0 }, NULL);
      double kr = k[matrix][0], kb = k[matrix][1], scale_y = range == SAMPLE_RANGE_FULL ? 1 : 219 / 255.0;
      double scale_c = range == SAMPLE_RANGE_FULL ? 1 : 224 / 255.0, black = range == SAMPLE_RANGE_FULL ? 0 : 16;
      for (int i = 0; i < rgb[0].width * rgb[0].height; i += 7) {
        double r = rgb[0].v[i], g = rgb[1].v[i], b = rgb[2].v[i], y = kr * r + (1 - kr - kb) * g + kb * b;
        assert_near(yuv[0].v[i], black + scale_y * y, 0.501);
        assert_near(yuv[1].v[i], 128 + scale_c * (b - y) / (2 - 2 * kb), 0.501);
        assert_near(yuv[2].v[i], 128 + scale_c * (r - y) / (2 - 2 * kr), 0.501);
      }
      for (int c = 0; c < 3; c++) {
        free(rgb[c].v);
        free(yuv[c].v);
      }
    }
}

/* A turned, flipped or stretched coded picture holds the markers where the upright one has them. */
static void test_coded_grid(void **state) {
  (void)state;
  for (int rotation = 0; rotation < 360; rotation += 90)
    for (int mirror = 0; mirror < 2; mirror++) {
      sample_options o = quiet_scene();
      o.rotation = rotation;
      o.mirror = mirror != 0;
      o.sar_num = rotation == 0 ? 4 : 1;
      o.sar_den = rotation == 0 ? 3 : 1;
      seen s = measure(o, SAMPLE_KNEE, 60, red, 1, 1, 0.5, 0.5);
      double x = s.found.x, y = s.found.y, w = o.width, h = o.height, turned[2] = { x, y };
      if (rotation == 0) turned[0] = x * 4 / 3;
      if (rotation == 90) turned[0] = w - y, turned[1] = x;
      if (rotation == 180) turned[0] = w - x, turned[1] = h - y;
      if (rotation == 270) turned[0] = y, turned[1] = h - x;
      if (mirror) turned[0] = w - turned[0];
      assert_near(turned[0], s.truth.marker[SAMPLE_KNEE].x, CENTRE_PX);
      assert_near(turned[1], s.truth.marker[SAMPLE_KNEE].y, CENTRE_PX);
    }
}

static double line_lean(const sample_marker_truth *low, const sample_marker_truth *high) {
  return atan2(high->x - low->x, low->y - high->y) * 180 / M_PI;
}

/* The angles in the truth are those of the markers, by the definitions: H = P - F, L = T - P. */
static void test_angles_follow_their_definitions(void **state) {
  (void)state;
  for (int facing = 0; facing < 2; facing++) {
    sample_options o = quiet_scene();
    o.set = SAMPLE_SET_CLINIC;
    o.facing = facing;
    o.knee = 9;
    sample_renderer *r = new_renderer(&o);
    sample_truth start, now;
    assert_true(sample_renderer_draw(r, 0, NULL, &start));
    double sign = facing ? -1 : 1;
    for (int frame = 0; frame < sample_renderer_frames(r); frame += 9) {
      assert_true(sample_renderer_draw(r, frame, NULL, &now));
      const sample_marker_truth *m = now.marker, *m0 = start.marker;
      double pelvis = sign * (m[SAMPLE_PELVIS].axis - m0[SAMPLE_PELVIS].axis);
      double ribs = sign * (m[SAMPLE_RIBS].axis - m0[SAMPLE_RIBS].axis);
      double thigh = sign * (line_lean(&m[SAMPLE_KNEE], &m[SAMPLE_HIP]) - line_lean(&m0[SAMPLE_KNEE], &m0[SAMPLE_HIP]));
      double shank =
          sign * (line_lean(&m[SAMPLE_ANKLE], &m[SAMPLE_KNEE]) - line_lean(&m0[SAMPLE_ANKLE], &m0[SAMPLE_KNEE]));
      assert_near(now.pelvis, pelvis, 1e-3);
      assert_near(now.ribs, ribs, 1e-3);
      assert_near(now.thigh, thigh, 1e-3);
      assert_near(now.knee, shank - thigh, 1e-3);
      assert_near(now.hinge, now.pelvis - now.thigh, 1e-9);
      assert_near(now.lumbar, now.ribs - now.pelvis, 1e-9);
      if (now.hinge + now.lumbar > 1) assert_near(now.share, now.lumbar / (now.hinge + now.lumbar), 1e-9);
    }
    sample_peak peak;
    assert_true(sample_renderer_peak(r, o.reps, &peak));
    assert_near(peak.hinge, o.pelvis - o.thigh, 0.01);
    assert_near(peak.lumbar, o.lumbar, 0.01);
    assert_near(peak.share, o.lumbar / (o.pelvis - o.thigh + o.lumbar), 1e-4);
    assert_string_equal(peak.label, "hips");
    sample_renderer_free(&r);
  }
}

/* The strip's lower end is the hip: it stays where the disc of the other sets is. */
static void test_strip_ends_at_the_hip(void **state) {
  (void)state;
  sample_options strip = quiet_scene(), disc = quiet_scene();
  disc.set = SAMPLE_SET_DISCS;
  sample_renderer *a = new_renderer(&strip), *b = new_renderer(&disc);
  for (int frame = 0; frame < sample_renderer_frames(a); frame += 30) {
    sample_truth s, d;
    assert_true(sample_renderer_draw(a, frame, NULL, &s) && sample_renderer_draw(b, frame, NULL, &d));
    assert_near(s.marker[SAMPLE_HIP].end_x, d.marker[SAMPLE_HIP].x, 1e-3);
    assert_near(s.marker[SAMPLE_HIP].end_y, d.marker[SAMPLE_HIP].y, 1e-3);
  }
  sample_renderer_free(&a);
  sample_renderer_free(&b);
}

/* `visible` is the part of the marker that is left to see. */
static void test_visible_part(void **state) {
  (void)state;
  int hidden = 0, partly = 0;
  for (int frame = 18; frame < 60; frame++) {
    sample_options o = quiet_scene();
    o.set = SAMPLE_SET_DISCS;
    o.disc_px = 10;
    assert_true(sample_options_set(&o, "hide", "hip@1.0+0.4", (char[SAMPLE_ERROR]){ 0 }));
    seen s = measure(o, SAMPLE_HIP, frame, red, 1, 1, 0.5, 0.5);
    double whole = M_PI / 4 * pow(s.truth.marker[SAMPLE_HIP].size, 2) * 170;
    double left = s.found.sum > 0 ? s.found.sum / whole : 0;
    assert_near(s.truth.marker[SAMPLE_HIP].visible, left, 0.03);
    hidden += left < 0.01;
    partly += left > 0.05 && left < 0.95;
  }
  assert_true(hidden > 2);
  assert_true(partly > 0);
}

/* Drawing a frame leaves no trace in another. */
static void test_frames_in_any_order(void **state) {
  (void)state;
  sample_options o = quiet_scene();
  o.width = 320;
  o.height = 180;
  o.noise = 2;
  o.walker = true;
  sample_renderer *r = new_renderer(&o);
  sample_picture p;
  assert_true(sample_renderer_draw(r, 11, &p, NULL));
  plane first = take(&p, red);
  assert_true(sample_renderer_draw(r, 20, &p, NULL) && sample_renderer_draw(r, 11, &p, NULL));
  plane again = take(&p, red);
  assert_memory_equal(first.v, again.v, (size_t)first.width * (size_t)first.height * sizeof *first.v);
  free(first.v);
  free(again.v);
  sample_renderer_free(&r);
}

/* Every preset and many random scenes can be drawn, with every marker of the set at the start in sight. */
static void test_presets_and_random_scenes(void **state) {
  (void)state;
  const sample_preset *presets;
  size_t n = sample_presets(&presets);
  for (size_t i = 0; i < n + 60; i++) {
    char error[SAMPLE_ERROR] = "";
    sample_options o = sample_options_default();
    if (i >= n)
      sample_options_shuffle(&o, (int)(i - n));
    else if (!sample_options_preset(&o, presets[i].name, error))
      fail_msg("%s", error);
    o.width /= 4;
    o.height /= 4;
    sample_renderer *r = new_renderer(&o);
    sample_picture p;
    sample_truth t;
    assert_true(sample_renderer_draw(r, 5, &p, &t));
    for (int role = 0; role < SAMPLE_ROLES; role++) {
      const sample_marker_truth *m = &t.marker[role];
      if (m->present && o.crossing == 0 && o.walk_in_s == 0 && m->visible < 0.995)
        fail_msg("%s %d: %.3f of %s can be seen at the start", i < n ? presets[i].name : "random scene",
                 (int)i - (int)n, m->visible, sample_role_name(role));
    }
    sample_renderer_free(&r);
  }
}

static void test_wrong_options_are_told(void **state) {
  (void)state;
  static const char *const wrong[][2] = { { "nonsense", "1" },   { "yaw", "a lot" },     { "yaw", "200" },
                                          { "size", "10" },      { "facing", "up" },     { "rotation", "45" },
                                          { "hip-colour", "x" }, { "hide", "nose@1+1" }, { "fps", "0" } };
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    sample_options o = sample_options_default();
    char error[SAMPLE_ERROR] = "";
    assert_false(sample_options_set(&o, wrong[i][0], wrong[i][1], error));
    assert_non_null(strstr(error, wrong[i][0]));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_markers_are_where_truth_says),
    cmocka_unit_test(test_markers_through_a_bad_camera),
    cmocka_unit_test(test_motion_blur),
    cmocka_unit_test(test_chroma_siting),
    cmocka_unit_test(test_colour_matrices),
    cmocka_unit_test(test_coded_grid),
    cmocka_unit_test(test_angles_follow_their_definitions),
    cmocka_unit_test(test_strip_ends_at_the_hip),
    cmocka_unit_test(test_visible_part),
    cmocka_unit_test(test_frames_in_any_order),
    cmocka_unit_test(test_presets_and_random_scenes),
    cmocka_unit_test(test_wrong_options_are_told),
  };
  return cmocka_run_group_tests_name("samples", tests, NULL, NULL);
}
