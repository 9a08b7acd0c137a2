/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta calibrate lens: views of a chessboard → camera.json. */
#include <stdio.h>
#include <string.h>

#include "calibrate/calibration_run.h"
#include "calibrate/lens_page.h"
#include "cli/failure.h"
#include "cli/files.h"
#include "cli/text.h"

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
    return options_refuse(why, "Where is the board to be seen? Give pictures, a folder or a video of it.");
  }
  if (!o->board.columns || !(o->board.square_cm > 0)) {
    return options_refuse(why,
                          "Which board is it? Add its inner corners and the side of a square, for example --board "
                          "9x6 --square 25mm.");
  }
  if (!calibrate_check_words(o->output, "camera.json", inputs, count, o->seconds, 30, why)) return false;
  if (o->residuals && (strcmp(o->residuals, o->output) == 0 || files_same(o->residuals, o->output))) {
    return options_refuse(why, "-o and --residuals name the same file: give each its own.");
  }
  return !o->residuals || calibrate_check_overwriting(o->residuals, inputs, count, why);
}

/* ---- what is said ---- */

static void print_views(const sagitta_lens_report *r, FILE *to) {
  size_t seen = 0;
  for (size_t v = 0; v < r->view_count; v++) {
    const sagitta_lens_view *view = &r->views[v];
    if (view->state != SAGITTA_VIEW_USED) continue;
    calibrate_row(seen++ ? "" : TRANSLATABLE("used"), to);
    text_pad(to, view->name, 26);
    text_put(to, text_language(), say(text_language(), " %6.3f px   tilt %4.1f deg   edges %.1f px\n"), view->rms,
             view->tilt_deg, view->edge_px);
  }
  seen = 0;
  for (size_t v = 0; v < r->view_count; v++) {
    const sagitta_lens_view *view = &r->views[v];
    if (view->state == SAGITTA_VIEW_USED) continue;
    char line[SAGITTA_VIEW_TEXT + SAGITTA_NAME_TEXT + 4];
    snprintf(line, sizeof line, "%s: %s", view->name, view->reason);
    calibrate_row(seen++ ? "" : TRANSLATABLE("dropped"), to);
    text_wrap(to, line, text_columns(to), CALIBRATE_COLUMN, CALIBRATE_COLUMN + 2);
  }
}

static void print_terms(const sagitta_lens *lens, FILE *to) {
  static const char *const names[2][5] = { { "k1", "k2", "p1", "p2", "k3" }, { "k1", "k2", "k3", "k4", NULL } };
  const int fisheye = lens->model == SAGITTA_LENS_FISHEYE;
  calibrate_row("fx, fy", to);
  text_put(to, text_language(), "%.2f ± %.2f, %.2f ± %.2f px\n", lens->fx, lens->fx_sd, lens->fy, lens->fy_sd);
  calibrate_row("cx, cy", to);
  text_put(to, text_language(), "%.2f ± %.2f, %.2f ± %.2f px\n", lens->cx, lens->cx_sd, lens->cy, lens->cy_sd);
  calibrate_row(TRANSLATABLE("distortion"), to);
  for (int i = 0; i < 5 && names[fisheye][i]; i++) {
    fprintf(to, "%s ", names[fisheye][i]);
    /* High-order terms that the views do not determine are left out of the model. */
    if (lens->k[i] == 0 && lens->k_sd[i] == 0) {
      fputs(say(text_language(), "left out"), to);
    } else {
      text_put(to, text_language(), "%.4f ± %.4f", lens->k[i], lens->k_sd[i]);
    }
    fputc(i == 2 ? '\n' : ' ', to);
    if (i == 2) calibrate_row("", to);
  }
  fputc('\n', to);
}

static void print_report(const sagitta_lens_report *r, FILE *to) {
  const char *language = text_language();
  calibrate_row(TRANSLATABLE("lens"), to);
  fprintf(to, say(language, "%s, %d x %d px, %d views of %zu\n"),
          r->camera.lens.model == SAGITTA_LENS_FISHEYE ? say(language, "fisheye") : "Brown-Conrady", r->camera.width,
          r->camera.height, r->camera.lens.views, r->view_count);
  print_terms(&r->camera.lens, to);
  calibrate_row("RMS", to);
  text_put(to, language, "%.3f px\n", r->camera.lens.rms);
  calibrate_row(TRANSLATABLE("coverage"), to);
  fprintf(to, say(language, "%.0f %% of the picture, tilts up to %.0f deg apart\n"), 100 * r->coverage,
          r->tilt_most_deg);
  print_views(r, to);
  calibrate_row(TRANSLATABLE("verdict"), to);
  text_wrap(to, r->verdict, text_columns(to), CALIBRATE_COLUMN, CALIBRATE_COLUMN);
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
  sagitta_error error = error_at_terminal();
  sagitta_output *output = NULL, *plot = NULL;
  sagitta_lens_report *report = NULL;
  progress p;
  progress_begin(&p);
  sagitta_status status = output_begin(&output, o->output, &error);
  if (status == SAGITTA_OK && o->residuals) status = output_begin(&plot, o->residuals, &error);
  if (status == SAGITTA_OK) status = measure(o, inputs, count, &p, &report, &error);
  progress_clear(&p);
  if (status == SAGITTA_OK && plot) status = lens_page_draw(report, plot, &error);
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
  .purpose = TRANSLATABLE("What the lens does to the picture, from views of a chessboard."),
  .about = TRANSLATABLE(
      "INPUT is pictures, a folder of them, or a video in which a chessboard is held still in 10 to 20 places: in the "
      "middle and in every corner of the picture, and turned by 30 to 45 degrees each way. Blurred and repeated views "
      "are left out, and it is said which. \"sagitta sheets\" prints a board.\n\n"
      "Zoom, focus and picture size must be those of the later recordings; a size of the same shape will do.\n\n"
      " Exit status: 0 calibrated · 1 the views do not tell the lens\n"
      "              2 wrong usage · 3 input cannot be read\n"
      "              4 an output cannot be written"),
  .options = rows,
  .run = run,
};
