/* SPDX-License-Identifier: Apache-2.0 */
/* A renderer: when its frames are, what is drawn in which order, and where the markers then are. */
#include <stdlib.h>
#include <string.h>

#include "render_internal.h"

#define SIDE_POINTS   12
#define DISC_POINTS   64
#define MARKER_POINTS 64

typedef struct drawn_marker {
  sample_point p[MARKER_POINTS]; /* coded px */
  int n;
} drawn_marker;

struct sample_renderer {
  sample_options o;
  sample_camera camera;
  sample_canvas canvas;
  cairo_surface_t *room;
  sample_sensor *sensor;
  sample_packer *packer;
  int64_t *tick; /* stamp of each frame */
  int frames, tick_num, tick_den;
  double disc_cm, origin_x, facing;
  float *cover, *over; /* room for the coverage of one marker */
  size_t cover_room;
};

/* --- time --- */

/* Stamps in a unit the container keeps as it is: matroska counts milliseconds. */
static bool set_times(sample_renderer *r, char *error) {
  const sample_options *o = &r->o;
  double slow = o->capture_fps > 0 ? o->capture_fps * o->fps_den / o->fps_num : 1;
  double script = o->board ? sample_board_seconds(o) : sample_script_seconds(o);
  double seconds = o->seconds > 0 ? o->seconds : script * slow;
  double fps = (double)o->fps_num / o->fps_den;
  int wanted = (int)floor(seconds * fps + 0.5);
  if (wanted < 1) wanted = 1;
  if (wanted > 1000000) return sample_fail(error, "%d frames are too many: shorten --seconds", wanted);
  r->tick = malloc((size_t)wanted * sizeof *r->tick);
  if (!r->tick) return sample_fail(error, "not enough memory for %d frames", wanted);
  bool even = o->rate == SAMPLE_RATE_CONSTANT && o->clock == 0;
  r->tick_num = even ? o->fps_den : 1;
  r->tick_den = even ? o->fps_num : o->clock > 0 ? o->clock : 90000;
  uint64_t state = sample_hash((uint64_t)o->seed, 600);
  for (int i = 0; i < wanted; i++) {
    double chance = sample_uniform(&state);
    if (o->rate == SAMPLE_RATE_DROP && i > 0 && chance < 0.2) continue;
    double late = o->rate == SAMPLE_RATE_JITTER && i > 0 ? 0.5 * (chance - 0.5) : 0;
    r->tick[r->frames++] = even ? i : llround((i + late) / fps * r->tick_den);
  }
  return true;
}

int sample_renderer_frames(const sample_renderer *r) {
  return r->frames;
}

int64_t sample_renderer_ticks(const sample_renderer *r, int frame, int *num, int *den) {
  *num = r->tick_num;
  *den = r->tick_den;
  return r->tick[frame];
}

static double stamp(const sample_renderer *r, int frame) {
  return (double)r->tick[frame] * r->tick_num / r->tick_den;
}

static double slow_factor(const sample_options *o) {
  return o->capture_fps > 0 ? (double)o->fps_num / o->fps_den / o->capture_fps : 1;
}

/* --- markers --- */

static sample_colour colour_of(const sample_options *o, int role) {
  if (o->one_colour) return o->colour[SAMPLE_HIP];
  return o->colour[role == SAMPLE_RULER1 ? SAMPLE_RULER0 : role];
}

/* Outline in coded px, grown by `more` cm all round. */
static void outline(const sample_renderer *r, const sample_spot *s, double more, drawn_marker *out) {
  out->n = 0;
  if (!s->strip) {
    double radius = s->width / 2 + more;
    for (int i = 0; i < DISC_POINTS; i++) {
      double a = 2 * M_PI * i / DISC_POINTS;
      sample_point p = { s->centre.x + radius * cos(a), s->centre.y + radius * sin(a) };
      out->p[out->n++] = sample_canvas_body(&r->canvas, p, 0);
    }
    return;
  }
  double w = s->width / 2 + more, l = s->length / 2 + more;
  sample_point corner[4] = { { -w, -l }, { w, -l }, { w, l }, { -w, l } };
  for (int side = 0; side < 4; side++)
    for (int k = 0; k < SIDE_POINTS; k++) {
      sample_point a = corner[side], b = corner[(side + 1) % 4];
      double t = (double)k / SIDE_POINTS;
      sample_point q = sample_turn((sample_point){ a.x + t * (b.x - a.x), a.y + t * (b.y - a.y) }, s->tilt);
      out->p[out->n++] = sample_canvas_body(&r->canvas, (sample_point){ s->centre.x + q.x, s->centre.y + q.y }, 0);
    }
}

static bool grow_cover(sample_renderer *r, size_t area) {
  if (area <= r->cover_room) return true;
  float *a = malloc(area * sizeof *a), *b = malloc(area * sizeof *b);
  if (!a || !b) {
    free(a);
    free(b);
    return false;
  }
  free(r->cover);
  free(r->over);
  r->cover = a;
  r->over = b;
  r->cover_room = area;
  return true;
}

/* Blends a polygon into the picture by its exact coverage. */
static bool paint(sample_renderer *r, const drawn_marker *m, sample_colour colour) {
  sample_box box = sample_polygon_box(m->p, m->n);
  int w = box.x1 - box.x0, h = box.y1 - box.y0;
  if (w > 4 * r->camera.width || h > 4 * r->camera.height) return true;
  if (!grow_cover(r, (size_t)w * (size_t)h)) return false;
  sample_coverage(m->p, m->n, box.x0, box.y0, w, h, r->cover);
  cairo_surface_flush(r->canvas.surface);
  uint8_t *data = cairo_image_surface_get_data(r->canvas.surface);
  int stride = cairo_image_surface_get_stride(r->canvas.surface);
  double ink[3] = { colour.b, colour.g, colour.r };
  for (int y = 0; y < h; y++) {
    int py = box.y0 + y;
    if (py < 0 || py >= r->camera.height) continue;
    for (int x = 0; x < w; x++) {
      int px = box.x0 + x;
      double a = r->cover[(size_t)y * (size_t)w + (size_t)x];
      if (a <= 0 || px < 0 || px >= r->camera.width) continue;
      uint8_t *d = data + (size_t)py * (size_t)stride + (size_t)px * 4;
      for (int i = 0; i < 3; i++) d[i] = (uint8_t)(int)floor(d[i] + a * (ink[i] - d[i]) + 0.5);
    }
  }
  cairo_surface_mark_dirty(r->canvas.surface);
  return true;
}

static bool paint_marker(sample_renderer *r, const sample_spot *spot, drawn_marker *out) {
  drawn_marker ring;
  if (r->o.ring > 0) {
    outline(r, spot, r->o.ring, &ring);
    if (!paint(r, &ring, (sample_colour){ 240, 240, 238 })) return false;
    sample_canvas_record(&r->canvas, ring.p, ring.n);
  }
  outline(r, spot, 0, out);
  sample_canvas_record(&r->canvas, out->p, out->n);
  return paint(r, out, colour_of(&r->o, spot->role));
}

/* Part of the marker that lies in the picture and under none of the outlines drawn after it. */
static double visible_part(sample_renderer *r, const drawn_marker *m, size_t first_outline) {
  sample_box box = sample_polygon_box(m->p, m->n);
  int w = box.x1 - box.x0, h = box.y1 - box.y0;
  size_t area = (size_t)w * (size_t)h;
  if (w > 4 * r->camera.width || h > 4 * r->camera.height || !grow_cover(r, 2 * area)) return 0;
  float *left = r->cover + area;
  sample_coverage(m->p, m->n, box.x0, box.y0, w, h, r->cover);
  for (size_t i = 0; i < area; i++) {
    int x = box.x0 + (int)(i % (size_t)w), y = box.y0 + (int)(i / (size_t)w);
    left[i] = x >= 0 && y >= 0 && x < r->camera.width && y < r->camera.height ? 1.0f : 0.0f;
  }
  const sample_canvas *c = &r->canvas;
  for (size_t k = first_outline; k < c->starts; k++) {
    int from = c->start[k], to = k + 1 < c->starts ? c->start[k + 1] : (int)c->points;
    sample_box o = sample_polygon_box(c->point + from, to - from);
    if (o.x1 < box.x0 || o.x0 > box.x1 || o.y1 < box.y0 || o.y0 > box.y1) continue;
    sample_coverage(c->point + from, to - from, box.x0, box.y0, w, h, r->over);
    for (size_t i = 0; i < area; i++) left[i] = fminf(left[i], 1.0f - r->over[i]);
  }
  double seen = 0, all = 0;
  for (size_t i = 0; i < area; i++) {
    all += r->cover[i];
    seen += r->cover[i] * left[i];
  }
  return all > 0 ? seen / all : 0;
}

/* What the drawn outline says about a marker, in upright px. */
static void measure(const sample_renderer *r, const sample_spot *s, const drawn_marker *m, sample_marker_truth *t) {
  sample_point p[MARKER_POINTS], centroid;
  double direction;
  for (int i = 0; i < m->n; i++) p[i] = sample_to_upright(&r->camera, m->p[i]);
  sample_polygon_moments(p, m->n, &centroid, &direction);
  *t = (sample_marker_truth){ .present = true, .strip = s->strip, .x = centroid.x, .y = centroid.y };
  if (!s->strip) {
    t->size =
        0.5 * (hypot(p[0].x - p[DISC_POINTS / 2].x, p[0].y - p[DISC_POINTS / 2].y) +
               hypot(p[DISC_POINTS / 4].x - p[3 * DISC_POINTS / 4].x, p[DISC_POINTS / 4].y - p[3 * DISC_POINTS / 4].y));
    return;
  }
  /* corners at multiples of SIDE_POINTS: lower two, upper two */
  sample_point low = { 0.5 * (p[0].x + p[SIDE_POINTS].x), 0.5 * (p[0].y + p[SIDE_POINTS].y) };
  sample_point high = { 0.5 * (p[2 * SIDE_POINTS].x + p[3 * SIDE_POINTS].x),
                        0.5 * (p[2 * SIDE_POINTS].y + p[3 * SIDE_POINTS].y) };
  double rough = atan2(high.x - low.x, low.y - high.y) * 180 / M_PI;
  double axis = direction * 180 / M_PI + 90;
  t->axis = axis - 180 * round((axis - rough) / 180);
  t->end_x = low.x;
  t->end_y = low.y;
  t->length = hypot(high.x - low.x, high.y - low.y);
  t->size = hypot(p[0].x - p[SIDE_POINTS].x, p[0].y - p[SIDE_POINTS].y);
}

/* --- one exposure --- */

static int ruler_spots(const sample_renderer *r, sample_spot *spots, int n) {
  for (int i = 0; i < 2 && r->o.ruler > 0; i++)
    spots[n++] = (sample_spot){ .role = SAMPLE_RULER0 + i,
                                .centre = sample_ruler_mark(&r->o, i, NULL),
                                .width = fmin(r->disc_cm, 4.0) };
  return n;
}

static void draw_shadow(sample_renderer *r, double bend) {
  sample_canvas *c = &r->canvas;
  sample_point mid = sample_canvas_body(c, (sample_point){ 5 + 14 * bend, 0 }, -12);
  sample_point side = sample_canvas_body(c, (sample_point){ 42 + 38 * bend, 0 }, -12);
  sample_point front = sample_canvas_body(c, (sample_point){ 5 + 14 * bend, 0 }, 14);
  cairo_pattern_t *soft = cairo_pattern_create_radial(0, 0, 0.05, 0, 0, 1);
  cairo_pattern_add_color_stop_rgba(soft, 0, 0.10, 0.09, 0.08, 0.48);
  cairo_pattern_add_color_stop_rgba(soft, 0.5, 0.10, 0.09, 0.08, 0.22);
  cairo_pattern_add_color_stop_rgba(soft, 1, 0.10, 0.09, 0.08, 0);
  cairo_matrix_t place;
  cairo_matrix_init(&place, side.x - mid.x, side.y - mid.y, front.x - mid.x, front.y - mid.y, mid.x, mid.y);
  cairo_save(c->cr);
  cairo_transform(c->cr, &place);
  cairo_set_source(c->cr, soft);
  cairo_rectangle(c->cr, -1, -1, 2, 2);
  cairo_fill(c->cr);
  cairo_restore(c->cr);
  cairo_pattern_destroy(soft);
}

static void restore_room(sample_renderer *r) {
  cairo_t *cr = r->canvas.cr;
  cairo_set_operator(cr, CAIRO_OPERATOR_SOURCE);
  cairo_set_source_surface(cr, r->room, 0, 0);
  cairo_paint(cr);
  cairo_set_operator(cr, CAIRO_OPERATOR_OVER);
}

static bool draw_board(sample_renderer *r, double scene_s) {
  restore_room(r);
  return sample_board_draw(&r->canvas, &r->o, scene_s);
}

static bool draw_scene(sample_renderer *r, double scene_s, sample_truth *truth) {
  const sample_options *o = &r->o;
  sample_canvas *c = &r->canvas;
  sample_dress dress = { o->shirt, o->trousers, o->skin, o->hair };
  sample_motion motion;
  sample_pose pose;
  sample_spot spots[SAMPLE_ROLES];
  drawn_marker drawn[SAMPLE_ROLES];
  size_t above[SAMPLE_ROLES];
  sample_motion_at(o, scene_s, &motion);
  sample_pose_at(o, scene_s, &motion, &pose);
  int n = ruler_spots(r, spots, sample_spots(o, &pose, &motion, r->disc_cm, spots));
  bool ok = true;

  restore_room(r);
  sample_canvas_forget(c);
  c->recording = false;
  sample_room_behind(c, o, scene_s);
  draw_shadow(r, motion.bend);
  sample_props_draw(c, o);
  sample_figure_body(c, &pose, &dress, 0);
  c->recording = true;
  for (int pass = 0; pass < 2; pass++) {
    if (pass == 1) sample_figure_near_arm(c, &pose, &dress, 0);
    for (int i = 0; i < n && ok; i++) {
      if (spots[i].over_arm != (pass == 1)) continue;
      ok = paint_marker(r, &spots[i], &drawn[i]);
      above[i] = c->starts;
    }
  }
  sample_room_front(c, o, scene_s);
  cairo_surface_flush(c->surface);
  if (!ok || c->failed) return false;
  for (int i = 0; i < n; i++) {
    sample_marker_truth *t = &truth->marker[spots[i].role];
    measure(r, &spots[i], &drawn[i], t);
    t->visible = visible_part(r, &drawn[i], above[i]);
  }
  truth->reach = sample_reach(o, &pose);
  return cairo_status(c->cr) == CAIRO_STATUS_SUCCESS;
}

/* Adds the positions of one exposure to the mean over the shutter time. */
static void accumulate(sample_truth *sum, const sample_truth *one, int steps, int middle, int step) {
  for (int i = 0; i < SAMPLE_ROLES; i++) {
    const sample_marker_truth *t = &one->marker[i];
    sample_marker_truth *s = &sum->marker[i];
    double x = s->x + t->x / steps, y = s->y + t->y / steps, ex = s->end_x + t->end_x / steps;
    double ey = s->end_y + t->end_y / steps, axis = s->axis + t->axis / steps, seen = s->visible + t->visible / steps;
    if (step == middle) *s = *t;
    s->x = x, s->y = y, s->end_x = ex, s->end_y = ey, s->axis = axis, s->visible = seen;
  }
  if (step == middle) sum->reach = one->reach;
}

bool sample_renderer_draw(sample_renderer *r, int frame, sample_picture *picture, sample_truth *truth) {
  const sample_options *o = &r->o;
  sample_truth sum = { 0 };
  if (frame < 0 || frame >= r->frames) return false;
  sum.time_s = stamp(r, frame);
  sum.scene_s = sum.time_s * slow_factor(o);
  int steps = o->shutter > 0 ? o->shutter_steps : 1;
  double open = o->shutter * slow_factor(o) * o->fps_den / o->fps_num;
  sample_sensor_begin(r->sensor, frame, sum.scene_s, steps);
  for (int i = 0; i < steps; i++) {
    sample_truth one = { 0 };
    double t = sum.scene_s + open * ((i + 0.5) / steps - 0.5);
    if (!(o->board ? draw_board(r, t) : draw_scene(r, t, &one))) return false;
    accumulate(&sum, &one, steps, steps / 2, i);
    sample_sensor_expose(r->sensor, cairo_image_surface_get_data(r->canvas.surface),
                         cairo_image_surface_get_stride(r->canvas.surface));
  }
  if (picture) {
    sample_sensor_end(r->sensor);
    sample_packer_pack(r->packer, r->sensor, picture);
  }
  sample_truth_angles(o, sum.scene_s, &sum);
  if (truth) *truth = sum;
  return true;
}

/* --- life --- */

static bool draw_room(sample_renderer *r) {
  sample_canvas room;
  if (!sample_canvas_open(&room, &r->camera)) {
    sample_canvas_close(&room);
    return false;
  }
  sample_room_draw(&room, &r->o);
  r->room = cairo_surface_reference(room.surface);
  sample_canvas_close(&room);
  return true;
}

sample_renderer *sample_renderer_new(const sample_options *options, char *error) {
  sample_renderer *r = calloc(1, sizeof *r);
  if (!r) {
    sample_fail(error, "not enough memory");
    return NULL;
  }
  r->o = *options;
  if (!sample_camera_set(&r->o, &r->camera, error) || !set_times(r, error)) goto fail;
  r->facing = r->o.facing == SAMPLE_FACING_LEFT ? -1 : 1;
  r->origin_x = r->facing * sample_move_of(&r->o)->view.origin + r->o.place_x;
  r->disc_cm = r->o.disc_px > 0 ? r->o.disc_px * r->o.distance / r->camera.f : r->o.disc_cm;
  if (!(r->packer = sample_packer_new(&r->o, &r->camera, error))) goto fail;
  r->sensor = sample_sensor_new(&r->o, &r->camera);
  bool drawable = sample_canvas_open(&r->canvas, &r->camera);
  if (!r->sensor || !drawable || !draw_room(r)) {
    sample_fail(error, "not enough memory for pictures of %dx%d px", r->camera.width, r->camera.height);
    goto fail;
  }
  r->canvas.origin_x = r->origin_x;
  r->canvas.facing = r->facing;
  return r;
fail:
  sample_renderer_free(&r);
  return NULL;
}

void sample_renderer_free(sample_renderer **renderer) {
  sample_renderer *r = *renderer;
  if (!r) return;
  sample_canvas_close(&r->canvas);
  if (r->room) cairo_surface_destroy(r->room);
  sample_sensor_free(r->sensor);
  sample_packer_free(r->packer);
  free(r->tick);
  free(r->cover);
  free(r->over);
  free(r);
  *renderer = NULL;
}

const sample_options *sample_renderer_options(const sample_renderer *r) {
  return &r->o;
}
