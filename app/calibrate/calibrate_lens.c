/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta calibrate lens: views of a chessboard → camera.json; and the plot of its residuals, as SVG. */
#include <cairo-svg.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "calibrate/calibration_run.h"
#include "cli/files.h"
#include "cli/text.h"
#include "drawing/lettering.h"

/* ---- --residuals: where and by how much the corners miss the model ---- */

#define PAGE      900.0 /* px, wide */
#define MARGIN    30.0
#define HEADER    64.0
#define LINE      20.0
#define ARROW     18.0 /* px on the page of an error as large as the RMS */
#define NAMES     220.0
#define LETTERS   30  /* of a view's name, in bytes */
#define CROSS     7.0 /* half of it, px on the page */
#define PAPER     ((ink){ 1, 1, 1, 1 })
#define PEN       ((ink){ 0.13, 0.15, 0.18, 1 })
#define SOFT      ((ink){ 0.55, 0.58, 0.62, 1 })
#define BOARD_INK ((ink){ 0.16, 0.42, 0.74, 1 })
#define MISS_INK  ((ink){ 0.82, 0.34, 0.05, 1 })

static void write_text(cairo_t *cr, double x, double y, double size, ink colour, double align, const char *text) {
  const lettering what = { .text = text, .size = size, .align = align, .colour = colour };
  lettering_draw(cr, x, y, &what);
}

/* The outline of the board in one view, through its outer corners. */
static void draw_outline(cairo_t *cr, const sagitta_lens_report *r, const sagitta_lens_corner *c, double scale) {
  const size_t columns = (size_t)r->board.columns, last = columns * (size_t)r->board.rows - 1;
  const size_t outer[4] = { 0, columns - 1, last, last + 1 - columns };
  for (int i = 0; i < 4; i++) cairo_line_to(cr, c[outer[i]].x * scale, c[outer[i]].y * scale);
  cairo_close_path(cr);
  use_ink(cr, BOARD_INK, 0.05);
  cairo_fill_preserve(cr);
  use_ink(cr, BOARD_INK, 0.45);
  cairo_set_line_width(cr, 0.7);
  cairo_stroke(cr);
}

static void draw_picture(cairo_t *cr, const sagitta_lens_report *r, double scale, double magnified) {
  cairo_rectangle(cr, 0, 0, r->camera.width * scale, r->camera.height * scale);
  use_ink(cr, SOFT, 1);
  cairo_set_line_width(cr, 1);
  cairo_stroke_preserve(cr);
  cairo_clip(cr);
  for (size_t v = 0; v < r->view_count; v++) {
    if (r->views[v].state == SAGITTA_VIEW_USED) draw_outline(cr, r, r->corners + r->views[v].first_corner, scale);
  }
  use_ink(cr, MISS_INK, 0.9);
  cairo_set_line_width(cr, 0.8);
  for (size_t i = 0; i < r->corner_count; i++) {
    const sagitta_lens_corner *c = &r->corners[i];
    cairo_move_to(cr, c->x * scale, c->y * scale);
    cairo_rel_line_to(cr, c->dx * magnified, c->dy * magnified);
  }
  cairo_stroke(cr);
  const sagitta_lens *lens = &r->camera.lens;
  use_ink(cr, PEN, 0.9);
  cairo_set_line_width(cr, 1.2);
  cairo_move_to(cr, lens->cx * scale - CROSS, lens->cy * scale);
  cairo_rel_line_to(cr, 2 * CROSS, 0);
  cairo_move_to(cr, lens->cx * scale, lens->cy * scale - CROSS);
  cairo_rel_line_to(cr, 0, 2 * CROSS);
  cairo_stroke(cr);
}

/* The end of a long name, which tells the views apart. */
static const char *short_name(const char *name, char *shortened, size_t size) {
  const size_t length = strlen(name);
  if (length <= LETTERS) return name;
  const char *from = name + length - LETTERS;
  while ((*from & 0xC0) == 0x80) from++; /* not within a letter */
  snprintf(shortened, size, "\u2026%s", from);
  return shortened;
}

static void draw_bars(cairo_t *cr, const sagitta_lens_report *r, double width) {
  double most = r->camera.lens.rms, y = 0;
  for (size_t v = 0; v < r->view_count; v++) most = fmax(most, r->views[v].rms);
  for (size_t v = 0; v < r->view_count; v++) {
    const sagitta_lens_view *view = &r->views[v];
    if (view->state != SAGITTA_VIEW_USED) continue;
    char figure[32], name[LETTERS + 8];
    const double length = (width - NAMES - 70) * (most > 0 ? view->rms / most : 0);
    write_text(cr, NAMES - 8, y, 12, PEN, 1, short_name(view->name, name, sizeof name));
    cairo_rectangle(cr, NAMES, y + 3, length, LINE - 8);
    use_ink(cr, BOARD_INK, 0.7);
    cairo_fill(cr);
    snprintf(figure, sizeof figure, "%.3f px", view->rms);
    write_text(cr, NAMES + length + 6, y, 12, PEN, 0, figure);
    y += LINE;
  }
}

static void draw_page(cairo_t *cr, const sagitta_lens_report *r, double scale, double page_height) {
  const sagitta_lens *lens = &r->camera.lens;
  const double magnified = lens->rms > 0 ? ARROW / lens->rms : 1;
  char line[200];
  ink_box(cr, 0, 0, PAGE, page_height, PAPER);
  snprintf(line, sizeof line, "Lens: %d views, %zu corners, RMS %.3f px", lens->views, r->corner_count, lens->rms);
  write_text(cr, MARGIN, 16, 18, PEN, 0, line);
  snprintf(
      line, sizeof line,
      "Lines: found less expected, %.0f times as long as in the picture. Board over %.0f %% of the picture. Cross: "
      "the middle of the lens.",
      magnified / scale, 100 * r->coverage);
  write_text(cr, MARGIN, 41, 12, SOFT, 0, line);
  cairo_save(cr);
  cairo_translate(cr, MARGIN, HEADER);
  draw_picture(cr, r, scale, magnified);
  cairo_restore(cr);
  cairo_translate(cr, MARGIN, HEADER + r->camera.height * scale + LINE);
  draw_bars(cr, r, PAGE - 2 * MARGIN);
}

/* Into an output that is open; it is neither committed nor discarded. Errors: WRITE, MEMORY. */
static sagitta_status residual_plot(const sagitta_lens_report *report, sagitta_output *output, sagitta_error *error) {
  const double room = PAGE - 2 * MARGIN;
  const double scale = fmin(room / report->camera.width, room / report->camera.height);
  const double height = HEADER + report->camera.height * scale + LINE * (report->camera.lens.views + 1) + MARGIN;
  cairo_sink s = { output, error, SAGITTA_OK };
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream(cairo_sink_write, &s, PAGE, height);
  cairo_t *cr = cairo_create(surface);
  draw_page(cr, report, scale, height);
  cairo_destroy(cr);
  cairo_surface_finish(surface);
  const cairo_status_t drawn = cairo_surface_status(surface);
  cairo_surface_destroy(surface);
  if (s.status != SAGITTA_OK || drawn == CAIRO_STATUS_SUCCESS) return s.status;
  if (error) {
    error->status = SAGITTA_ERROR_MEMORY;
    snprintf(error->text, sizeof error->text, "The plot of the residuals cannot be drawn: %s.",
             cairo_status_to_string(drawn));
  }
  return SAGITTA_ERROR_MEMORY;
}

/* ---- the command ---- */

typedef struct lens_options {
  sagitta_board board;
  const char *output, *residuals;
  double seconds;
  int views;
  bool fisheye, help, version;
} lens_options;

static const option_row rows[] = {
  BOARD_ROW(lens_options, board,
            "The board's inner corners: where four squares meet. A board of 10 x 7 squares has 9x6."),
  SQUARE_ROW(lens_options, board),
  CAMERA_OUTPUT_ROW(lens_options, output),
  FLAG_ROW(lens_options, fisheye, "fisheye",
           "The lens is a fisheye (action camera, more than about 110 degrees): use the fisheye model."),
  TEXT_ROW(lens_options, residuals, "residuals", "FILE.svg",
           "Draw by how much each corner misses the model, and the RMS of each view."),
  COUNT_ROW(lens_options, views, "views", "N", 3, 200, "Use at most N views (default 40)."),
  SECONDS_ROW(lens_options, seconds, SECONDS_HELP),
  HELP_ROWS(lens_options)
};

static bool check(const lens_options *o, char *const *inputs, int count, char *why) {
  if (count == 0) {
    snprintf(why, OPTION_WHY, "Where is the board to be seen? Give pictures, a folder or a video of it.");
    return false;
  }
  if (!o->board.columns || !(o->board.square_cm > 0)) {
    snprintf(why, OPTION_WHY,
             "Which board is it? Add its inner corners and the side of a square, for example --board "
             "9x6 --square 25mm.");
    return false;
  }
  if (!calibrate_check_words(o->output, "camera.json", inputs, count, o->seconds, 30, why)) return false;
  if (o->residuals && (strcmp(o->residuals, o->output) == 0 || files_same(o->residuals, o->output))) {
    snprintf(why, OPTION_WHY, "-o and --residuals name the same file: give each its own.");
    return false;
  }
  return !o->residuals || calibrate_check_overwriting(o->residuals, inputs, count, why);
}

/* ---- what is said ---- */

static void print_views(const sagitta_lens_report *r, FILE *to) {
  size_t seen = 0;
  for (size_t v = 0; v < r->view_count; v++) {
    const sagitta_lens_view *view = &r->views[v];
    if (view->state != SAGITTA_VIEW_USED) continue;
    fputs(seen++ ? "             " : "used         ", to);
    text_pad(to, view->name, 26);
    fprintf(to, " %6.3f px   tilt %4.1f deg   edges %.1f px\n", view->rms, view->tilt_deg, view->edge_px);
  }
  seen = 0;
  for (size_t v = 0; v < r->view_count; v++) {
    const sagitta_lens_view *view = &r->views[v];
    if (view->state == SAGITTA_VIEW_USED) continue;
    char line[SAGITTA_VIEW_TEXT + SAGITTA_NAME_TEXT + 4];
    snprintf(line, sizeof line, "%s: %s", view->name, view->reason);
    fputs(seen++ ? "             " : "dropped      ", to);
    text_wrap(to, line, text_columns(to), 13, 15);
  }
}

static void print_terms(const sagitta_lens *lens, FILE *to) {
  static const char *const names[2][5] = { { "k1", "k2", "p1", "p2", "k3" }, { "k1", "k2", "k3", "k4", NULL } };
  const int fisheye = lens->model == SAGITTA_LENS_FISHEYE;
  fprintf(to, "fx, fy       %.2f ± %.2f, %.2f ± %.2f px\n", lens->fx, lens->fx_sd, lens->fy, lens->fy_sd);
  fprintf(to, "cx, cy       %.2f ± %.2f, %.2f ± %.2f px\n", lens->cx, lens->cx_sd, lens->cy, lens->cy_sd);
  fprintf(to, "distortion  ");
  for (int i = 0; i < 5 && names[fisheye][i]; i++) {
    fprintf(to, " %s ", names[fisheye][i]);
    /* High-order terms that the views do not determine are left out of the model. */
    if (lens->k[i] == 0 && lens->k_sd[i] == 0) {
      fputs("left out", to);
    } else {
      fprintf(to, "%.4f ± %.4f", lens->k[i], lens->k_sd[i]);
    }
    if (i == 2) fputs("\n            ", to);
  }
  fputc('\n', to);
}

static void print_report(const sagitta_lens_report *r, FILE *to) {
  fprintf(to, "lens         %s, %d x %d px, %d views of %zu\n",
          r->camera.lens.model == SAGITTA_LENS_FISHEYE ? "fisheye" : "Brown-Conrady", r->camera.width, r->camera.height,
          r->camera.lens.views, r->view_count);
  print_terms(&r->camera.lens, to);
  fprintf(to, "RMS          %.3f px\n", r->camera.lens.rms);
  fprintf(to, "coverage     %.0f %% of the picture, tilts up to %.0f deg apart\n", 100 * r->coverage, r->tilt_most_deg);
  print_views(r, to);
  fputs("verdict      ", to);
  text_wrap(to, r->verdict, text_columns(to), 13, 13);
}

/* ---- the run ---- */

static sagitta_status measure(const lens_options *o, char *const *inputs, int count, progress *p,
                              sagitta_lens_report **report, sagitta_error *error) {
  sagitta_source *source = NULL;
  sagitta_status status = calibrate_open(&source, inputs, count, o->seconds, p, error);
  if (status == SAGITTA_OK) {
    const sagitta_lens_settings settings = {
      .board = o->board,
      .model = o->fisheye ? SAGITTA_LENS_FISHEYE : SAGITTA_LENS_BROWN,
      .views_most = o->views,
      .progress = progress_report,
      .progress_user = p,
    };
    status = sagitta_calibrate_lens(report, source, &settings, error);
  }
  sagitta_source_close(&source);
  return status;
}

static int execute(const lens_options *o, char *const *inputs, int count) {
  sagitta_error error = SAGITTA_ERROR_INIT;
  sagitta_output *output = NULL, *plot = NULL;
  sagitta_lens_report *report = NULL;
  progress p;
  progress_begin(&p);
  sagitta_status status = output_begin(&output, o->output, &error);
  if (status == SAGITTA_OK && o->residuals) status = output_begin(&plot, o->residuals, &error);
  if (status == SAGITTA_OK) status = measure(o, inputs, count, &p, &report, &error);
  progress_clear(&p);
  if (status == SAGITTA_OK && plot) status = residual_plot(report, plot, &error);
  if (status == SAGITTA_OK && plot) status = output_end(&plot, &error);
  if (status == SAGITTA_OK) status = calibrate_write(&report->camera, &output, &error);
  const bool dash = strcmp(o->output, "-") == 0 || (o->residuals && strcmp(o->residuals, "-") == 0);
  if (status == SAGITTA_OK) {
    print_report(report, dash ? stderr : stdout);
    calibrate_say_where(o->output, dash ? stderr : stdout);
  }
  const int code = status == SAGITTA_OK ? EXIT_MEASURED : command_fail(&error);
  output_drop(&output);
  output_drop(&plot);
  sagitta_lens_report_free(&report);
  return command_finish(code);
}

static int run(const command *self, int count, char **arguments) {
  lens_options o = { .output = NULL };
  char why[OPTION_WHY];
  int inputs;
  const int done = command_begin(self, &o, count, arguments, &inputs);
  if (done >= 0) return done;
  return check(&o, arguments, inputs, why) ? execute(&o, arguments, inputs) : command_misused(self, why);
}

const command calibrate_lens_command = {
  .name = "calibrate lens",
  .usage = "INPUT… --board 9x6 --square 25mm -o FILE [options]",
  .purpose = "What the lens does to the picture, from views of a chessboard.",
  .about =
      "INPUT is pictures, a folder of them, or a video in which a chessboard is held still in 10 to 20 places: in the "
      "middle and in every corner of the picture, and turned by 30 to 45 degrees each way. Blurred and repeated views "
      "are left out, and it is said which. \"sagitta sheets\" prints a board.\n\n"
      "Zoom, focus and picture size must be those of the later recordings; a size of the same shape will do.\n\n"
      " Exit status: 0 calibrated · 1 the views do not tell the lens\n"
      "              2 wrong usage · 3 input cannot be read\n"
      "              4 an output cannot be written",
  .options = rows,
  .run = run,
};
