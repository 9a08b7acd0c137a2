/* SPDX-License-Identifier: Apache-2.0 */
/* A renderer: when its frames are, what is drawn in which order, and where the markers then are. */
#include <stdlib.h>
#include <string.h>

#include "render/bone_truth.h"
#include "render/clip_options.h"
#include "render/scene.h"

struct sample_renderer {
  sample_options o;
  sample_camera camera; /* as it stands at the exposure that is drawn */
  sample_camera rest;   /* as it stands at first */
  sample_canvas canvas;
  cairo_surface_t *room; /* what never changes, drawn once for each place of the camera */
  sample_sensor *sensor;
  sample_packer *packer;
  sample_cover cover;
  int64_t *tick; /* stamp of each frame, in tick_num/tick_den s */
  int frames, tick_num, tick_den;
  double disc_cm;
};

/* --- time --- */

/* Stamps in a unit the container keeps as it is: matroska counts milliseconds. */
static bool set_times(sample_renderer *r, char *error) {
  const sample_options *o = &r->o;
  double slow = o->capture_fps > 0 ? o->capture_fps * o->fps_den / o->fps_num : 1;
  double script = o->board ? sample_chessboard_seconds(o) : sample_movement_seconds(o);
  double seconds = o->seconds > 0 ? o->seconds : fmax(0, script - o->cut_in_s) * slow;
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

/* --- one exposure --- */

static bool draw_room(sample_renderer *r) {
  sample_canvas room;
  if (!sample_canvas_open(&room, &r->camera)) {
    sample_canvas_close(&room);
    return false;
  }
  sample_draw_room(&room, &r->o);
  sample_draw_clutter(&room, &r->o);
  if (r->room) cairo_surface_destroy(r->room);
  r->room = cairo_surface_reference(room.surface);
  sample_canvas_close(&room);
  return true;
}

/* The camera where it stands at a time, and the room as it is seen from there. */
static bool move_camera(sample_renderer *r, double scene_s) {
  sample_camera now;
  sample_camera_moved(&r->o, &r->rest, scene_s, &now);
  if (memcmp(&now, &r->camera, sizeof now) == 0) return true;
  r->camera = now;
  return draw_room(r);
}

static void restore_room(sample_renderer *r) {
  cairo_t *cr = r->canvas.cr;
  cairo_set_operator(cr, CAIRO_OPERATOR_SOURCE);
  cairo_set_source_surface(cr, r->room, 0, 0);
  cairo_paint(cr);
  cairo_set_operator(cr, CAIRO_OPERATOR_OVER);
}

/* The room behind, the person, the markers, what crosses in front; and where the markers then are. */
static bool draw_scene(sample_renderer *r, double scene_s, sample_truth *truth) {
  const sample_options *o = &r->o;
  sample_canvas *c = &r->canvas;
  sample_dress dress = { o->shirt, o->trousers, o->skin, o->hair };
  sample_motion motion;
  sample_pose pose;
  sample_sticker sticker[SAMPLE_ROLES];
  sample_outline outline[SAMPLE_ROLES];
  sample_motion_at(o, scene_s, &motion);
  sample_pose_at(o, scene_s, &motion, &pose);
  int n = sample_stickers_worn(o, &pose, &motion, r->disc_cm, sticker);
  sample_stickers_fall(o, scene_s, r->disc_cm, sticker, n);
  n += sample_stickers_ruler(o, r->disc_cm, sticker + n);
  bool ok = true;

  sample_canvas_forget(c);
  c->recording = false;
  sample_draw_clutter_behind(c, o, scene_s);
  sample_draw_shadow(c, motion.bend);
  sample_draw_props(c, o);
  sample_draw_person(c, &pose, &dress, 0);
  c->recording = true;
  for (int pass = 0; pass < 2; pass++) {
    if (pass == 1) sample_draw_near_arm(c, &pose, &dress, 0);
    for (int i = 0; i < n && ok; i++) {
      if (sticker[i].over_arm != (pass == 1)) continue;
      ok = sample_draw_sticker(c, o, &r->cover, &sticker[i], &outline[i]);
    }
  }
  sample_draw_clutter_in_front(c, o, scene_s);
  cairo_surface_flush(c->surface);
  if (!ok || c->failed) return false;
  for (int i = 0; i < n; i++)
    sample_sticker_truth(c, &r->cover, &sticker[i], &outline[i], &truth->marker[sticker[i].role]);
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

/* For the truth alone outlines are enough: nothing is painted. */
static void clip_all(cairo_t *cr) {
  cairo_new_path(cr);
  cairo_rectangle(cr, 0, 0, 0, 0);
  cairo_clip(cr);
}

bool sample_renderer_draw(sample_renderer *r, int frame, sample_picture *picture, sample_truth *truth) {
  const sample_options *o = &r->o;
  sample_truth sum = { 0 };
  if (frame < 0 || frame >= r->frames) return false;
  sum.time_s = stamp(r, frame);
  sum.scene_s = sum.time_s * sample_slow_motion(o) + o->cut_in_s;
  int steps = o->shutter > 0 ? o->shutter_steps : 1;
  double open = o->shutter * sample_slow_motion(o) * o->fps_den / o->fps_num;
  if (picture) sample_sensor_begin(r->sensor, frame, sum.scene_s, steps);
  for (int i = 0; i < steps; i++) {
    sample_truth one = { 0 };
    double t = sum.scene_s + open * ((i + 0.5) / steps - 0.5);
    if (o->move != SAMPLE_CAMERA_STILL && !move_camera(r, t)) return false;
    if (picture) restore_room(r);
    cairo_save(r->canvas.cr);
    if (!picture) clip_all(r->canvas.cr);
    const bool drawn = o->board ? sample_chessboard_draw(&r->canvas, o, t) : draw_scene(r, t, &one);
    cairo_restore(r->canvas.cr);
    if (!drawn) return false;
    accumulate(&sum, &one, steps, steps / 2, i);
    if (picture) {
      sample_sensor_expose(r->sensor, cairo_image_surface_get_data(r->canvas.surface),
                           cairo_image_surface_get_stride(r->canvas.surface));
    }
  }
  if (picture) {
    sample_sensor_end(r->sensor);
    sample_packer_pack(r->packer, r->sensor, picture);
  }
  sample_bone_truth(o, sum.scene_s, &sum);
  if (truth) *truth = sum;
  return true;
}

bool sample_renderer_peak(const sample_renderer *r, int repetition, sample_peak *peak) {
  return sample_bone_peak(&r->o, repetition, peak);
}

/* --- making and freeing one --- */

sample_renderer *sample_renderer_new(const sample_options *options, char *error) {
  sample_renderer *r = calloc(1, sizeof *r);
  if (!r) {
    sample_fail(error, "not enough memory");
    return NULL;
  }
  r->o = *options;
  if (!sample_camera_set(&r->o, &r->camera, error) || !set_times(r, error)) goto fail;
  r->rest = r->camera;
  r->disc_cm = r->o.disc_px > 0 ? r->o.disc_px * r->o.distance / r->camera.f : r->o.disc_cm;
  if (!(r->packer = sample_packer_new(&r->o, &r->camera, error))) goto fail;
  r->sensor = sample_sensor_new(&r->o, &r->camera);
  bool drawable = sample_canvas_open(&r->canvas, &r->camera);
  if (!r->sensor || !drawable || !draw_room(r)) {
    sample_fail(error, "not enough memory for pictures of %dx%d px", r->camera.width, r->camera.height);
    goto fail;
  }
  r->canvas.facing = r->o.facing == SAMPLE_FACING_LEFT ? -1 : 1;
  r->canvas.origin_x = r->canvas.facing * sample_movement_of(r->o.movement)->framing.origin + r->o.place_x;
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
  sample_cover_free(&r->cover);
  free(r);
  *renderer = NULL;
}
