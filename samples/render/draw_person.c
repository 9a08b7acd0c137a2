/* SPDX-License-Identifier: Apache-2.0 */
/* The look of a person seen from the side. Widths are cm at a stature of 172 cm. */
#include "render/scene.h"

#define NORMAL_STATURE 172.0
#define BANDS          9
#define FAR_BANDS      4

static void station(sample_ribbon *r, sample_point c, double front, double back, double scale) {
  r->c[r->n] = c;
  r->front[r->n] = front * scale;
  r->back[r->n++] = back * scale;
}

static void draw_shoe(sample_canvas *canvas, const sample_pose *pose, int side, double z, double dark) {
  static const sample_point upper[] = { { -6.3, -1.5 }, { -6.6, 3.0 }, { -5.0, 7.0 }, { -4.6, 10 },  { 4.6, 10 },
                                        { 6.0, 6.8 },   { 11, 4.6 },   { 17, 3.2 },   { 20.4, 1.0 }, { 20.6, -1.6 } };
  static const sample_point sole[] = { { -6.5, 0.2 },  { -7.0, -1.5 }, { -6.2, -2.2 }, { 6, -2.2 }, { 17, -2.2 },
                                       { 20.6, -1.9 }, { 21.4, -0.8 }, { 20.4, 0.2 },  { 8, 0.2 } };
  double s = pose->stature / NORMAL_STATURE;
  sample_point p[10], ankle = pose->leg[side].tip;
  double drop = -4.6 * s;
  for (int part = 0; part < 2; part++) {
    const sample_point *shape = part ? sole : upper;
    int n = part ? 9 : 10;
    for (int i = 0; i < n; i++) {
      sample_point q = sample_turn((sample_point){ shape[i].x * s, shape[i].y * s + drop }, -pose->foot_tilt[side]);
      p[i] = (sample_point){ ankle.x + q.x, ankle.y + q.y };
    }
    sample_colour colour = part ? (sample_colour){ 205, 203, 198 } : (sample_colour){ 56, 58, 64 };
    sample_canvas_blob(canvas, p, n, z, sample_shade(colour, dark));
  }
}

static sample_point on_pelvis(const sample_pose *pose, double x, double y) {
  double s = pose->stature / NORMAL_STATURE;
  sample_point q = sample_turn((sample_point){ x * s, y * s }, pose->pelvis);
  return (sample_point){ pose->hip.x + q.x, pose->hip.y + q.y };
}

/* One trouser leg over its shoe; the near one carries the seat. */
static void draw_leg(sample_canvas *canvas, const sample_pose *pose, const sample_dress *dress, int side, double z,
                     int bands, double dark) {
  const sample_limb *leg = &pose->leg[side];
  double s = pose->stature / NORMAL_STATURE;
  sample_ribbon skin = { .cap0 = 0.5 };
  station(&skin, leg->tip, 3.6, 3.8, s);
  station(&skin, sample_between(leg->tip, leg->mid, 0.12), 3.7, 3.7, s);
  station(&skin, sample_between(leg->tip, leg->mid, 0.25), 4.0, 4.0, s);
  sample_canvas_ribbon(canvas, &skin, z, sample_shade(dress->skin, dark), 3);
  draw_shoe(canvas, pose, side, z, dark);
  sample_ribbon r = { .cap0 = 0.15, .cap1 = side ? 0.8 : 0.2 };
  static const double shank[][3] = {
    { 0.07, 5.6, 5.8 }, { 0.25, 5.6, 6.2 }, { 0.5, 6.0, 7.2 }, { 0.72, 6.2, 7.8 }, { 0.9, 6.7, 7.0 }
  };
  static const double thigh[][3] = { { 0.05, 7.2, 6.6 }, { 0.25, 8.0, 7.4 }, { 0.5, 9.0, 8.6 }, { 0.74, 9.7, 10.2 } };
  for (int i = 0; i < 5; i++) station(&r, sample_between(leg->tip, leg->mid, shank[i][0]), shank[i][1], shank[i][2], s);
  for (int i = 0; i < 4; i++)
    station(&r, sample_between(leg->mid, leg->root, thigh[i][0]), thigh[i][1], thigh[i][2], s);
  if (side) {
    station(&r, leg->root, 9.2, 11.0, s);
  } else {
    /* the seat, which turns half way between thigh and pelvis, and the waist */
    sample_point low = sample_turn((sample_point){ -0.2 * s, -5 * s }, 0.35 * pose->pelvis + 0.65 * pose->thigh);
    station(&r, (sample_point){ pose->hip.x + low.x, pose->hip.y + low.y }, 9.8, 12.0, s);
    station(&r, on_pelvis(pose, 0, 1.5), 10.0, 12.9, s);
    station(&r, on_pelvis(pose, 0, 6.5), 10.3, 12.0, s);
    station(&r, on_pelvis(pose, 0.2, 12), 10.2, 10.2, s);
  }
  sample_canvas_ribbon(canvas, &r, z, sample_shade(dress->trousers, dark), bands);
}

static void draw_shirt(sample_canvas *canvas, const sample_pose *pose, const sample_dress *dress, double z) {
  static const struct {
    int vertebra;
    double forward, front, back;
  } ring[] = { { 2, 3.8, 10.4, 9.4 },   { 4, 4.0, 10.1, 9.2 },   { 6, 5.8, 10.4, 10.4 }, { 8, 7.2, 11.2, 11.6 },
               { 10, 8.0, 11.7, 12.3 }, { 12, 8.0, 11.3, 12.1 }, { 14, 7.0, 9.7, 10.9 }, { 15, 6.0, 7.9, 9.1 },
               { 16, 4.8, 6.2, 7.0 },   { 17, 3.4, 4.9, 5.4 } };
  double s = pose->stature / NORMAL_STATURE;
  sample_ribbon r = { .cap0 = 0.12, .cap1 = 0.35 };
  station(&r, on_pelvis(pose, 0, 5.5), 11.0, 12.8, s);
  station(&r, on_pelvis(pose, 0.2, 10.5), 10.8, 11.1, s);
  for (size_t i = 0; i < sizeof ring / sizeof *ring; i++) {
    sample_point at = pose->spine[ring[i].vertebra];
    sample_point q = sample_turn((sample_point){ ring[i].forward * s, 0 }, pose->tilt[ring[i].vertebra]);
    station(&r, (sample_point){ at.x + q.x, at.y + q.y }, ring[i].front, ring[i].back, s);
  }
  sample_canvas_ribbon(canvas, &r, z, dress->shirt, BANDS + 2);
}

static void head_shape(sample_canvas *canvas, const sample_pose *pose, const double (*shape)[2], int n, double z,
                       sample_colour colour) {
  sample_point p[32];
  double s = pose->stature / NORMAL_STATURE;
  for (int i = 0; i < n; i++) {
    sample_point q = sample_turn((sample_point){ shape[i][0] * s, shape[i][1] * s }, pose->head_tilt);
    p[i] = (sample_point){ pose->head.x + q.x, pose->head.y + q.y };
  }
  sample_canvas_blob(canvas, p, n, z, colour);
}

static void draw_head(sample_canvas *canvas, const sample_pose *pose, const sample_dress *dress, double z) {
  static const double face[][2] = { { 7.4, 7.2 },   { 8.9, 4.4 },   { 9.4, 2.2 },   { 8.9, 0.9 },   { 9.9, -0.9 },
                                    { 11.2, -2.5 }, { 10.4, -3.3 }, { 9.4, -3.6 },  { 9.9, -4.9 },  { 9.3, -5.5 },
                                    { 9.6, -6.4 },  { 8.9, -7.3 },  { 9.1, -8.8 },  { 7.6, -10.2 }, { 4.2, -9.4 },
                                    { 1.2, -7.2 },  { -2, -6.4 },   { -6.2, -5.6 }, { -9.2, -1 },   { -9.2, 5 },
                                    { -5.8, 9.6 },  { 0, 11.2 },    { 4.6, 10 } };
  static const double lit[][2] = { { 6.6, 5.6 },  { 8.2, 2.4 },  { 7.9, -1.6 }, { 8, -5.2 },
                                   { 7.0, -8.4 }, { 3.8, -7.4 }, { 1.4, -3.6 }, { 2.4, 3.4 } };
  static const double hair[][2] = { { 8.3, 6.6 },   { 5.8, 5.6 },   { 3.4, 4.6 },  { 2.6, 2.0 },
                                    { 1.4, -0.4 },  { 0, 1.6 },     { -1.8, 1.2 }, { -2.6, -2.6 },
                                    { -4.2, -5.8 }, { -7.4, -6.6 }, { -9.6, -3 },  { -10.4, 2.2 },
                                    { -8.6, 7.8 },  { -4.6, 11.2 }, { 0.6, 12.4 }, { 5.2, 11 } };
  static const double crown[][2] = { { 5.0, 8.6 },  { 0.4, 8.4 }, { -4.4, 7.2 }, { -7.6, 4.4 },
                                     { -6.2, 8.0 }, { -2, 10.8 }, { 2.4, 11 } };
  static const double ear[][2] = { { 0.9, 0.6 },   { 0.2, 1.6 },   { -1.2, 1.3 },
                                   { -1.5, -0.6 }, { -0.6, -2.4 }, { 0.5, -1.8 } };
  static const double eye[][2] = { { 6.9, 1.2 }, { 7.7, 1.5 }, { 8.3, 1.0 }, { 7.6, 0.6 } };
  static const double brow[][2] = { { 6.2, 2.7 }, { 7.8, 3.2 }, { 8.7, 2.7 }, { 7.6, 2.5 } };
  static const double mouth[][2] = { { 6.9, -5.5 }, { 8.4, -5.3 }, { 9.2, -5.5 }, { 8.3, -5.8 } };
  double s = pose->stature / NORMAL_STATURE;
  sample_ribbon neck = { .cap1 = 0.5 };
  station(&neck, sample_between(pose->spine[17], pose->neck, -0.8), 6.4, 3.6, s);
  station(&neck, sample_between(pose->spine[17], pose->neck, 0.3), 6.2, 4.9, s);
  station(&neck, sample_between(pose->spine[17], pose->head, 0.75), 6.2, 5.2, s);
  sample_canvas_ribbon(canvas, &neck, z, sample_shade(dress->skin, 0.94), 6);
#define SHAPE(s) s, (int)(sizeof s / sizeof *s)
  head_shape(canvas, pose, SHAPE(face), z, sample_shade(dress->skin, 0.93));
  head_shape(canvas, pose, SHAPE(lit), z, sample_shade(dress->skin, 1.0));
  head_shape(canvas, pose, SHAPE(hair), z, dress->hair);
  head_shape(canvas, pose, SHAPE(crown), z, sample_shade(dress->hair, 1.25));
  head_shape(canvas, pose, SHAPE(ear), z, sample_shade(dress->skin, 0.86));
  head_shape(canvas, pose, SHAPE(eye), z, (sample_colour){ 60, 50, 46 });
  head_shape(canvas, pose, SHAPE(brow), z, dress->hair);
  head_shape(canvas, pose, SHAPE(mouth), z, sample_shade(dress->skin, 0.72));
#undef SHAPE
}

static void draw_arm(sample_canvas *canvas, const sample_pose *pose, const sample_dress *dress, int side, double z,
                     int bands, double dark) {
  const sample_limb *arm = &pose->arm[side];
  double s = pose->stature / NORMAL_STATURE;
  sample_colour skin = sample_shade(dress->skin, dark);
  sample_point knuckles = sample_between(arm->tip, arm->end, 0.5);
  sample_point across = { (arm->end.y - arm->tip.y) * 0.26, -(arm->end.x - arm->tip.x) * 0.26 };
  sample_point thumb_tip = sample_between(arm->tip, arm->end, 0.62);
  sample_ribbon thumb = { .cap0 = 1, .cap1 = 1 };
  station(&thumb, (sample_point){ thumb_tip.x - across.x, thumb_tip.y - across.y }, 1.2, 1.2, s);
  station(&thumb,
          (sample_point){ sample_between(arm->tip, arm->end, 0.4).x - 0.9 * across.x,
                          sample_between(arm->tip, arm->end, 0.4).y - 0.9 * across.y },
          1.5, 1.5, s);
  station(&thumb, sample_between(arm->tip, arm->end, 0.15), 1.8, 1.6, s);
  sample_canvas_ribbon(canvas, &thumb, z, sample_shade(skin, 0.95), 3);
  sample_ribbon r = { .cap0 = 0.9 };
  station(&r, sample_between(arm->tip, arm->end, 0.98), 1.6, 1.6, s);
  station(&r, sample_between(arm->tip, arm->end, 0.8), 2.9, 2.8, s);
  station(&r, knuckles, 3.7, 3.7, s);
  station(&r, sample_between(arm->tip, arm->end, 0.25), 3.6, 3.4, s);
  station(&r, arm->tip, 2.8, 2.7, s);
  station(&r, sample_between(arm->tip, arm->mid, 0.3), 3.1, 3.1, s);
  station(&r, sample_between(arm->tip, arm->mid, 0.7), 4.2, 4.1, s);
  station(&r, arm->mid, 4.2, 4.2, s);
  station(&r, sample_between(arm->mid, arm->root, 0.3), 4.3, 4.3, s);
  station(&r, sample_between(arm->mid, arm->root, 0.6), 4.8, 4.8, s);
  sample_canvas_ribbon(canvas, &r, z, skin, bands);
  sample_ribbon sleeve = { .cap0 = 0.1, .cap1 = 0.9 };
  station(&sleeve, sample_between(arm->mid, arm->root, 0.34), 5.7, 5.7, s);
  station(&sleeve, sample_between(arm->mid, arm->root, 0.6), 5.9, 5.9, s);
  station(&sleeve, sample_between(arm->mid, arm->root, 0.85), 6.4, 6.3, s);
  station(&sleeve, arm->root, 6.2, 6.2, s);
  sample_canvas_ribbon(canvas, &sleeve, z, sample_shade(dress->shirt, 1.06 * dark), bands);
}

void sample_draw_person(sample_canvas *canvas, const sample_pose *pose, const sample_dress *dress, double z) {
  draw_arm(canvas, pose, dress, 1, z - 34, FAR_BANDS, 0.72);
  draw_leg(canvas, pose, dress, 1, z - 20, FAR_BANDS, 0.70);
  draw_head(canvas, pose, dress, z - 8);
  draw_leg(canvas, pose, dress, 0, z, BANDS, 1);
  draw_shirt(canvas, pose, dress, z);
}

void sample_draw_near_arm(sample_canvas *canvas, const sample_pose *pose, const sample_dress *dress, double z) {
  draw_arm(canvas, pose, dress, 0, z, BANDS, 1);
}
