/* SPDX-License-Identifier: Apache-2.0 */
/* The picture of a moment: the frame with the head hidden, the candidates on it, and a list beside it. */
#include <cairo.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/failure.h"
#include "drawing/lettering.h"
#include "drawing/shown_frame.h"
#include "overlay/overlay.h"

#define INK_TAKEN   ((ink){ 0.35, 1.00, 0.45, 1 })
#define INK_PALETTE ((ink){ 1.00, 0.72, 0.26, 1 }) /* refused, of the palette's colours */
#define INK_ANY     ((ink){ 0.60, 0.80, 1.00, 1 }) /* refused, of any colour */
#define LETTERS     12.0
#define LINE        16.0
#define INDENT      74.0
#define LIST_WIDTH  520 /* px */

/* ---- which candidates are shown ---- */

static bool measured(const sagitta_explained_candidate *c) {
  return isfinite(c->contrast);
}

/* Whether a candidate is what another step took for a marker: one of the palette, or of the ruler. */
static bool is_taken(const sagitta_explained_candidate *c) {
  return c->role >= 0 && c->by != SAGITTA_FOUND_ANY_COLOUR;
}

/* A thing that was met twice is shown once; as one of the palette, which has the last word, where it is that as well.
 */
static bool shown_otherwise(const sagitta_explained_moment *m, size_t index) {
  const sagitta_explained_candidate *c = &m->candidate[index];
  if (c->refused == SAGITTA_REFUSED_TWICE) return true;
  for (size_t i = 0; i < m->candidates; i++) {
    const sagitta_explained_candidate *o = &m->candidate[i];
    const bool over = o->by == c->by                 ? !measured(c) && is_taken(o)
                      : o->by == SAGITTA_FOUND_RULER ? o->role >= 0
                                                     : o->by > c->by;
    if (!over || !measured(o)) continue;
    const double near = measured(c) ? 0.25 * (o->width + c->width) : 0.5 * o->length;
    if (hypot(o->x - c->x, o->y - c->y) < near) return true;
  }
  return false;
}

static ink ink_of(const sagitta_explained_candidate *c) {
  if (is_taken(c)) return INK_TAKEN;
  if (!measured(c)) return INK_FAINT;
  return c->by == SAGITTA_FOUND_ANY_COLOUR ? INK_ANY : INK_PALETTE;
}

/* ---- on the picture ---- */

static void stroke(cairo_t *cr, ink colour, double width) {
  use_ink(cr, INK_GROUND, 0.6);
  cairo_set_line_width(cr, width + 2);
  cairo_stroke_preserve(cr);
  use_ink(cr, colour, 1);
  cairo_set_line_width(cr, width);
  cairo_stroke(cr);
}

static void draw_candidate(cairo_t *cr, const sagitta_explained_candidate *c, size_t number, const marks_view *view) {
  const double x = c->x * view->scale_x, y = c->y * view->scale_y;
  const double size = measured(c) ? fmax(c->length, c->diameter) * view->scale_y : 0;
  const double radius = measured(c) ? fmax(0.5 * size, 5) + (is_taken(c) ? 10 : 4) : 3;
  cairo_new_path(cr);
  if (is_taken(c))
    cairo_rectangle(cr, x - radius, y - radius, 2 * radius, 2 * radius);
  else
    cairo_arc(cr, x, y, radius, 0, 2 * M_PI);
  stroke(cr, ink_of(c), is_taken(c) ? 2.5 : measured(c) ? 1.5 : 1);
  if (!measured(c) && c->by == SAGITTA_FOUND_ANY_COLOUR) return; /* hundreds: the table has them */
  char text[48];
  snprintf(text, sizeof text, is_taken(c) ? "%zu %s" : "%zu", number,
           is_taken(c) ? sagitta_role_name((sagitta_role)c->role) : "");
  const lettering label = { .text = text,
                            .size = is_taken(c) ? LETTERS + 1 : LETTERS - 1,
                            .bold = is_taken(c),
                            .halo = true,
                            .colour = ink_of(c) };
  const lettering_size room = lettering_measure(cr, &label);
  const double left = x + radius + 2 + room.width < view->width ? x + radius + 2 : x - radius - 2 - room.width;
  lettering_draw(cr, left, fmin(fmax(y - radius - 2, 0), view->height - room.height), &label);
}

/* Squares are what was taken, circles what was refused, small ones what could not be measured. */
static void draw_candidates(cairo_t *cr, const sagitta_explained_moment *m, const marks_view *view) {
  for (int pass = 0; pass < 3; pass++) {
    for (size_t i = 0; i < m->candidates; i++) {
      const sagitta_explained_candidate *c = &m->candidate[i];
      const int turn = is_taken(c) ? 2 : measured(c) ? 1 : 0;
      if (turn == pass && !shown_otherwise(m, i)) draw_candidate(cr, c, i + 1, view);
    }
  }
}

/* ---- the list ---- */

typedef struct list {
  cairo_t *cr;
  double y, height;
  size_t left_out;
} list;

/* A line; where there is no room it is counted. */
static void line(list *l, const char *head, const char *text, ink colour, bool bold) {
  if (l->y + 2 * LINE > l->height) {
    l->left_out++;
    return;
  }
  const lettering first = { .text = head, .size = LETTERS, .bold = bold, .colour = colour };
  const double indent = *head ? INDENT : 0;
  const lettering rest = {
    .text = text, .size = LETTERS, .bold = bold && !*head, .colour = colour, .width = LIST_WIDTH - 20 - indent
  };
  lettering_draw(l->cr, 10, l->y, &first);
  l->y += fmax(lettering_draw(l->cr, 10 + indent, l->y, &rest).height + 1, LINE);
}

static void swatch(list *l, const sagitta_explained_candidate *c) {
  if (!measured(c) || l->y + 2 * LINE > l->height) return;
  /* BT.709 at a middle luma */
  const double cb = (c->cb - 128) / 255, cr = (c->cr - 128) / 255, luma = 0.5;
  const double red = luma + 1.5748 * cr, green = luma - 0.1873 * cb - 0.4681 * cr, blue = luma + 1.8556 * cb;
  const ink colour = { fmin(fmax(red, 0), 1), fmin(fmax(green, 0), 1), fmin(fmax(blue, 0), 1), 1 };
  ink_box(l->cr, 10 + INDENT - 22, l->y + 3, 14, 10, colour);
}

/* The role's cheapest detection, or NULL. */
static const sagitta_explained_cost *nearest(const sagitta_explained_moment *m, int role) {
  const sagitta_explained_cost *best = NULL;
  for (size_t i = 0; i < m->costs; i++) {
    const sagitta_explained_cost *c = &m->cost[i];
    if ((int)c->role != role || !isfinite(c->total)) continue;
    if (!best || c->total < best->total) best = c;
  }
  return best;
}

static const sagitta_explained_candidate *taken_for(const sagitta_explained_moment *m, int role) {
  for (size_t i = 0; i < m->candidates; i++) {
    if (is_taken(&m->candidate[i]) && m->candidate[i].role == role) return &m->candidate[i];
  }
  return NULL;
}

/* "motion 12.3, size 0.2" of what is not nothing. */
static void parts(const sagitta_explained_cost *c, char *text, size_t size) {
  const struct {
    const char *name;
    double value;
  } all[] = { { "motion", c->motion },         { "size", c->size },      { "shape", c->shape }, { "colour", c->colour },
              { "distractor", c->distractor }, { "spacing", c->spacing } };
  size_t at = 0;
  *text = '\0';
  for (size_t i = 0; i < sizeof all / sizeof *all && at < size; i++) {
    if (!(all[i].value >= 0.05)) continue;
    at += (size_t)snprintf(text + at, size - at, "%s%s %.1f", at ? ", " : "", all[i].name, all[i].value);
  }
}

/* A role that has no marker in this frame, although it is tracked. */
static void list_lost(list *l, const sagitta_explained_moment *m, const sagitta_tracks *tracks, size_t row, int role) {
  char head[32], text[256], why[160];
  const sagitta_explained_candidate *c = taken_for(m, role);
  const sagitta_state state = sagitta_tracks_get(tracks, row, (sagitta_role)role).state;
  if (state == SAGITTA_SEEN && c) return;
  snprintf(head, sizeof head, "%s", sagitta_role_name((sagitta_role)role));
  const char *outcome = state == SAGITTA_FILLED ? "filled" : "LOST";
  const sagitta_explained_cost *best = nearest(m, role);
  if (c && c->refused) {
    snprintf(text, sizeof text, "%s: %zu is %s", outcome, (size_t)(c - m->candidate) + 1,
             sagitta_refusal_text(c->refused));
  } else if (best) {
    parts(best, why, sizeof why);
    snprintf(text, sizeof text, "%s: nearest is %zu, cost %.1f of %.0f (%s): %s", outcome, best->candidate + 1,
             best->total, best->hidden, why, sagitta_refusal_text(best->refused));
  } else {
    snprintf(text, sizeof text, "%s: nothing of its colour that could be a marker", outcome);
  }
  line(l, head, text, (ink){ 1.0, 0.5, 0.45, 1 }, true);
}

static void list_candidate(list *l, const sagitta_explained_moment *m, size_t index) {
  const sagitta_explained_candidate *c = &m->candidate[index];
  char head[24], text[256], cost[64] = "";
  snprintf(head, sizeof head, "%zu", index + 1);
  if (is_taken(c)) {
    for (size_t i = 0; i < m->costs; i++) {
      if (m->cost[i].candidate == index && m->cost[i].taken)
        snprintf(cost, sizeof cost, ", cost %.1f", m->cost[i].total);
    }
    snprintf(text, sizeof text, "%s%s%s%s", sagitta_role_name((sagitta_role)c->role), cost, c->refused ? ", " : "",
             sagitta_refusal_text(c->refused));
  } else {
    if (isfinite(c->since_s)) snprintf(cost, sizeof cost, " since %.2f s", c->since_s);
    const char *alone = c->by == SAGITTA_FOUND_ANY_COLOUR && c->role >= 0 ? "in the first look's body" : "";
    snprintf(text, sizeof text, "%s%s%s", *alone ? alone : sagitta_refusal_text(c->refused), cost,
             c->by == SAGITTA_FOUND_ANY_COLOUR ? " (any colour)" : "");
  }
  swatch(l, c);
  line(l, head, text, ink_of(c), is_taken(c));
}

/* What was taken, then what was refused of the palette's colours, then of any colour. */
static void list_candidates(list *l, const sagitta_explained_moment *m) {
  for (int pass = 0; pass < 3; pass++) {
    for (size_t i = 0; i < m->candidates; i++) {
      const sagitta_explained_candidate *c = &m->candidate[i];
      const int turn = is_taken(c) ? 0 : c->by != SAGITTA_FOUND_ANY_COLOUR ? 1 : 2;
      if (turn != pass || (pass == 2 && !measured(c)) || shown_otherwise(m, i)) continue;
      list_candidate(l, m, i);
    }
  }
}

/* With its top left corner at (0, 0). `tracks` may be NULL; `row` is the moment's. */
static void draw_list(cairo_t *cr, const sagitta_explained_moment *m, const sagitta_tracks *tracks, size_t row,
                      int height) {
  list l = { .cr = cr, .y = 8, .height = height };
  char text[160];
  ink_box(cr, 0, 0, LIST_WIDTH, height, INK_GROUND);
  snprintf(text, sizeof text, "%.3f s, frame %zu%s", m->time_s, m->frame,
           m->surest ? ": the surest body, association begins here" : "");
  line(&l, "", text, INK_TEXT, true);
  if (isfinite(m->body_score))
    snprintf(text, sizeof text, "Best fit of a body to this frame alone: %.1f (%s)", m->body_score,
             m->body_score > 0 ? "a body" : "no body: above 0 it would be");
  else
    snprintf(text, sizeof text, "No three candidates of this frame make a body.");
  line(&l, "", text, INK_TEXT, false);
  line(&l, "", tracks ? "Squares were taken, circles refused." : "Nothing was tracked.", INK_FAINT, false);
  l.y += 6;
  for (int role = 0; tracks && role < SAGITTA_ROLES; role++) {
    if (sagitta_tracks_has(tracks, (sagitta_role)role)) list_lost(&l, m, tracks, row, role);
  }
  list_candidates(&l, m);
  if (l.left_out == 0) return;
  snprintf(text, sizeof text, "… and %zu more: see the table.", l.left_out);
  l.height += 2 * LINE;
  line(&l, "", text, INK_FAINT, false);
}

/* ---- the picture ---- */

#define LONGEST_SIDE 1280 /* px of the picture */
#define LARGEST      3.0  /* times: small pictures are drawn larger */

struct moment_pictures {
  const sagitta_tracks *tracks;
  sagitta_tracks *nothing; /* in place of tracks: no rows, so that all is hidden */
  sagitta_video *video;
  size_t next; /* number of the frame that is read next */
  upright *upright;
  head_plan *heads[2]; /* the second where nobody knows which way the person faces */
  marks_view view;
  int width, height; /* px of the picture on the canvas */
};

static sagitta_status no_memory(sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_MEMORY,
                   "There is not enough memory to draw the moments: close other programs.");
}

static sagitta_status prepare(moment_pictures *p, const sagitta_result *result, sagitta_error *error) {
  const sagitta_input_info *info = sagitta_video_info(p->video);
  const sagitta_tracks_info size = { .width = info->width, .height = info->height };
  const sagitta_status status = p->tracks ? SAGITTA_OK : sagitta_tracks_new(&p->nothing, &size, error);
  if (status != SAGITTA_OK) return status;
  const double scale = fmin(LONGEST_SIDE / fmax(info->width, info->height), LARGEST);
  p->width = (int)fmax(info->width * scale + 0.5, 2);
  p->height = (int)fmax(info->height * scale + 0.5, 2);
  const bool right = result ? sagitta_result_facing_right(result) : true;
  p->view = (marks_view){ .scale_x = (double)p->width / info->width,
                          .scale_y = (double)p->height / info->height,
                          .unit = 15,
                          .width = p->width,
                          .height = p->height,
                          .facing_right = right };
  const sagitta_tracks *tracks = p->tracks ? p->tracks : p->nothing;
  p->upright = upright_new(p->width, p->height);
  p->heads[0] = head_plan_new(tracks, right);
  p->heads[1] = head_plan_new(tracks, result ? right : !right);
  return p->upright && p->heads[0] && p->heads[1] ? SAGITTA_OK : no_memory(error);
}

sagitta_status moment_pictures_open(moment_pictures **out, const sagitta_source *source, const sagitta_tracks *tracks,
                                    const sagitta_result *result, bool keep_background, sagitta_error *error) {
  moment_pictures *p = *out = calloc(1, sizeof *p);
  if (!p) return no_memory(error);
  p->tracks = tracks;
  sagitta_status status = sagitta_video_open(&p->video, source, error);
  if (status == SAGITTA_OK) status = prepare(p, result, error);
  for (int i = 0; i < 2 && status == SAGITTA_OK && keep_background; i++) head_plan_keep_background(p->heads[i]);
  if (status != SAGITTA_OK) moment_pictures_close(out);
  return status;
}

void moment_pictures_close(moment_pictures **pictures) {
  moment_pictures *p = *pictures;
  *pictures = NULL;
  if (!p) return;
  head_plan_free(&p->heads[0]);
  head_plan_free(&p->heads[1]);
  upright_free(&p->upright);
  sagitta_tracks_free(&p->nothing);
  sagitta_video_close(&p->video);
  free(p);
}

/* The row of the tracks that is shown at a time; past the end where there is none. */
static size_t row_at(const sagitta_tracks *tracks, double time_s) {
  const size_t rows = sagitta_tracks_rows(tracks);
  for (size_t row = 0; row < rows; row++) {
    if (fabs(sagitta_tracks_time(tracks, row) - time_s) <= 1e-3) return row;
  }
  return rows;
}

/* The frame with the head hidden. */
static sagitta_status show_frame(moment_pictures *p, const sagitta_frame *frame, size_t row, cairo_surface_t *canvas,
                                 sagitta_error *error) {
  uint8_t *pixels = cairo_image_surface_get_data(canvas);
  const int stride = cairo_image_surface_get_stride(canvas);
  cairo_surface_flush(canvas);
  const sagitta_status status =
      upright_take(p->upright, frame, sagitta_video_info(p->video)->upright, pixels, stride, error);
  if (status != SAGITTA_OK) return status;
  for (int i = 0; i < 2; i++) {
    if (!head_hide(p->heads[i], row, pixels, p->width, p->height, stride, p->view.scale_x, p->view.scale_y))
      return no_memory(error);
  }
  cairo_surface_mark_dirty(canvas);
  return SAGITTA_OK;
}

static sagitta_status draw(moment_pictures *p, const sagitta_frame *frame, const sagitta_explained_moment *moment,
                           cairo_surface_t *canvas, sagitta_error *error) {
  const size_t row = p->tracks ? row_at(p->tracks, frame->time_s) : 0;
  const sagitta_status status = show_frame(p, frame, row, canvas, error);
  if (status != SAGITTA_OK) return status;
  const bool tracked = p->tracks && row < sagitta_tracks_rows(p->tracks);
  cairo_t *cr = cairo_create(canvas);
  cairo_save(cr);
  cairo_rectangle(cr, 0, 0, p->width, p->height);
  cairo_clip(cr);
  marks_places names = { { 0 } };
  if (tracked) marks_draw(cr, p->tracks, row, &p->view, &names);
  draw_candidates(cr, moment, &p->view);
  cairo_restore(cr);
  cairo_translate(cr, p->width, 0);
  draw_list(cr, moment, tracked ? p->tracks : NULL, row, p->height);
  const bool drawn = cairo_status(cr) == CAIRO_STATUS_SUCCESS;
  cairo_destroy(cr);
  return drawn ? SAGITTA_OK : no_memory(error);
}

sagitta_status moment_pictures_draw(moment_pictures *p, const sagitta_explained_moment *moment, sagitta_output *to,
                                    sagitta_error *error) {
  sagitta_frame frame;
  sagitta_status status = SAGITTA_OK;
  while (status == SAGITTA_OK && p->next <= moment->frame) {
    status = sagitta_video_read(p->video, &frame, error);
    p->next++;
  }
  if (status == SAGITTA_END) {
    return fail_with(error, SAGITTA_ERROR_FORMAT, "The input cannot be read as far as before: has it changed?");
  }
  if (status != SAGITTA_OK) return status;
  cairo_surface_t *canvas = cairo_image_surface_create(CAIRO_FORMAT_RGB24, p->width + LIST_WIDTH, p->height);
  if (cairo_surface_status(canvas) != CAIRO_STATUS_SUCCESS) status = no_memory(error);
  if (status == SAGITTA_OK) status = draw(p, &frame, moment, canvas, error);
  if (status == SAGITTA_OK) {
    cairo_sink sink = { .output = to, .error = error };
    const bool written = cairo_surface_write_to_png_stream(canvas, cairo_sink_write, &sink) == CAIRO_STATUS_SUCCESS;
    status = sink.status != SAGITTA_OK ? sink.status : written ? SAGITTA_OK : no_memory(error);
  }
  cairo_surface_destroy(canvas);
  return status;
}
