/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta calibrate plane: a board, a ruler or known points → camera.json. */
#include <stdlib.h>
#include <string.h>

#include "calibrate/calibration_run.h"
#include "cli/failure.h"
#include "cli/files.h"
#include "cli/text.h"

/* Places in the picture, px, and how many were given. */
typedef struct given_places {
  double xy[4];
  int given;
} given_places;

typedef struct given_points {
  sagitta_plane_point point[SAGITTA_PLANE_POINTS_MOST];
  size_t count;
} given_points;

typedef struct plane_options {
  sagitta_board board;
  double ruler_cm, seconds;
  given_places from, to, plumb;
  given_points points;
  const char *camera, *output;
  bool standing, help, version;
} plane_options;

static bool parse_place(const char *option, const char *value, double place[2], char *why) {
  if (calibrate_parse_numbers(value, ",", place, 2)) return true;
  return options_refuse(why,
                        "--%s takes a place in the picture as X,Y in pixels from the top left, such as 640,410, not "
                        "'%.80s'.",
                        option, value);
}

static bool parse_from(void *at, const char *value, char *why) {
  given_places *from = at;
  from->given++;
  return parse_place("from", value, from->xy, why);
}

static bool parse_to(void *at, const char *value, char *why) {
  given_places *to = at;
  to->given++;
  return parse_place("to", value, to->xy, why);
}

static bool parse_plumb(void *at, const char *value, char *why) {
  given_places *plumb = at;
  if (plumb->given >= 2) {
    return options_refuse(why, "--plumb takes two places on the plumb line: --plumb X1,Y1 X2,Y2.");
  }
  return parse_place("plumb", value, plumb->xy + 2 * plumb->given++, why);
}

static bool parse_point(void *at, const char *value, char *why) {
  given_points *points = at;
  double n[4];
  if (!calibrate_parse_numbers(value, ",=,", n, 4)) {
    return options_refuse(why,
                          "--points takes X,Y=XCM,YCM: pixels from the top left, and cm to the right and up, such as "
                          "320,700=0,0 320,100=0,180, not '%.80s'.",
                          value);
  }
  if (points->count == SAGITTA_PLANE_POINTS_MOST) {
    return options_refuse(why, "At most %d points can be given.", SAGITTA_PLANE_POINTS_MOST);
  }
  points->point[points->count++] = (sagitta_plane_point){ n[0], n[1], n[2], n[3] };
  return true;
}

static const option_row rows[] = {
  BOARD_ROW(plane_options, board,
            "A chessboard held where the person will stand, one side upright: its inner corners."),
  SQUARE_ROW(plane_options, board),
  NUMBER_ROW(plane_options, ruler_cm, "ruler", "CM", 1, 10000,
             "Two places in the plane are CM apart: those of --from and --to, else the two yellow ruler marks, which "
             "are found."),
  CUSTOM_ROW(plane_options, from, "from", "X,Y", parse_from,
             "One end of the ruler, in pixels: the one nearer the soles."),
  CUSTOM_ROW(plane_options, to, "to", "X,Y", parse_to, "Its other end."),
  CUSTOM_ROW(plane_options, points, "points", "X,Y=XCM,YCM…", parse_point,
             "Points of which the place is known: pixels, and cm to the right and up. Two tell scale and level; four "
             "or more, the corners of an upright rectangle, the perspective too. More may follow."),
  CUSTOM_ROW(plane_options, plumb, "plumb", "X1,Y1 X2,Y2", parse_plumb,
             "Two places on a plumb line or a door frame: which way is up."),
  FLAG_ROW(plane_options, standing, "standing",
           "The person stands upright at the start, with markers on shoulder and knee: take from that which way is "
           "up."),
  CAMERA_ROW(plane_options, camera, "The camera file that calibrate lens wrote: its lens is used and kept."),
  CAMERA_OUTPUT_ROW(plane_options, output),
  SECONDS_ROW(plane_options, seconds, SECONDS_HELP),
  HELP_ROWS(plane_options)
};

static bool check_ways(const plane_options *o, char *why) {
  const bool board = o->board.columns > 0, ruler = o->ruler_cm > 0;
  if (board + ruler + (o->points.count > 0) != 1) {
    return options_refuse(
        why,
        "The plane is calibrated in one of three ways: --board 9x6 --square 25mm, or --ruler CM, or --points "
        "X,Y=XCM,YCM. Give one of them.");
  } else if (board != (o->board.square_cm > 0)) {
    return options_refuse(why, "--board and --square go together, for example --board 9x6 --square 25mm.");
  } else if (!ruler && (o->from.given || o->to.given)) {
    return options_refuse(why, "--from and --to are the ends of a ruler: give its length with --ruler CM.");
  } else if (o->from.given != o->to.given || o->from.given > 1) {
    return options_refuse(why, "--from and --to are the two ends of the ruler: give each once, or neither.");
  } else if (o->plumb.given == 1) {
    return options_refuse(why, "--plumb takes two places on the plumb line: --plumb X1,Y1 X2,Y2.");
  } else if (o->plumb.given && o->standing) {
    return options_refuse(
        why, "Level is taken from a plumb line (--plumb) or from the standing person (--standing): give one of them.");
  } else if (o->points.count == 1) {
    return options_refuse(why, "One point tells no scale: give two or more after --points.");
  }
  return true;
}

static bool check(const plane_options *o, char *const *inputs, int count, char *why) {
  if (count == 0) {
    return options_refuse(why, "What does the camera see? Give a picture or a video, as the camera stands now.");
  }
  if (count > 1) {
    return options_refuse(why,
                          "The plane is calibrated from one input: a picture or a video, as the camera stands now.");
  }
  return check_ways(o, why) && calibrate_check_words(o->output, "camera.json", inputs, count, o->seconds, 3, why);
}

static void print_report(const sagitta_plane_report *r, FILE *to) {
  const sagitta_plane *p = &r->camera.plane;
  const char *language = text_language();
  calibrate_row(TRANSLATABLE("plane"), to);
  fprintf(to, "%d x %d px%s\n", r->camera.width, r->camera.height,
          r->camera.has_lens ? say(language, ", lens straightened") : "");
  if (r->marks[0] > 0) {
    calibrate_row(TRANSLATABLE("ruler marks"), to);
    fprintf(to, say(language, "(%.0f, %.0f) and (%.0f, %.0f)\n"), r->marks[0], r->marks[1], r->marks[2], r->marks[3]);
  }
  calibrate_row(TRANSLATABLE("scale"), to);
  text_put(to, language, "%.5f cm/px ± %.2f %%\n", r->cm_per_px, 100 * p->scale_share);
  calibrate_row(TRANSLATABLE("level"), to);
  if (p->level_known) {
    text_put(to, language,
             r->level_deg < 0 ? say(language, "up leans %.2f ± %.2f deg to the left\n")
                              : say(language, "up leans %.2f ± %.2f deg to the right\n"),
             r->level_deg < 0 ? -r->level_deg : r->level_deg, p->level_sd_deg);
  } else {
    fprintf(to, say(language, "not known: the picture's, ± %.0f deg\n"), p->level_sd_deg);
  }
  calibrate_row(TRANSLATABLE("square-on"), to);
  if (p->perspective_known) {
    text_put(to, language, say(language, "off by %.1f ± %.1f deg%s\n"), r->tilt_deg, p->tilt_sd_deg,
             r->focal_assumed ? say(language, ", for an ordinary lens") : "");
  } else {
    fprintf(to, say(language, "not known, ± %.0f deg\n"), p->tilt_sd_deg);
  }
  if (r->fit_px > 0) {
    calibrate_row(TRANSLATABLE("fit"), to);
    text_put(to, language, "%.3f px\n", r->fit_px);
  }
  if (!r->note[0]) return;
  calibrate_row(TRANSLATABLE("note"), to);
  text_wrap(to, r->note, text_columns(to), CALIBRATE_COLUMN, CALIBRATE_COLUMN);
}

static sagitta_plane_settings settings_of(const plane_options *o, const sagitta_camera *camera, progress *p,
                                          sagitta_plane_point ends[2]) {
  ends[0] = (sagitta_plane_point){ .x = o->from.xy[0], .y = o->from.xy[1] };
  ends[1] = (sagitta_plane_point){ .x = o->to.xy[0], .y = o->to.xy[1] };
  const bool ruler = o->ruler_cm > 0;
  sagitta_plane_settings s = {
    .kind = o->board.columns ? SAGITTA_PLANE_BOARD
            : !ruler         ? SAGITTA_PLANE_POINTS
            : o->from.given  ? SAGITTA_PLANE_RULER
                             : SAGITTA_PLANE_MARKS,
    .board = o->board,
    .ruler_cm = o->ruler_cm,
    .points = ruler ? ends : o->points.point,
    .point_count = ruler ? 2 : o->points.count,
    .has_plumb = o->plumb.given == 2,
    .standing = o->standing,
    .camera = camera,
    .progress = progress_report,
    .progress_user = p,
  };
  memcpy(s.plumb, o->plumb.xy, sizeof s.plumb);
  return s;
}

static int execute(const plane_options *o, char *const *inputs) {
  sagitta_error error = error_at_terminal();
  sagitta_output *output = NULL;
  sagitta_source *source = NULL;
  sagitta_camera camera;
  sagitta_plane_report report;
  sagitta_plane_point ends[2];
  progress p;
  progress_begin(&p);
  const sagitta_plane_settings settings = settings_of(o, o->camera ? &camera : NULL, &p, ends);
  sagitta_status status = o->camera ? sagitta_camera_read(&camera, o->camera, &error) : SAGITTA_OK;
  if (status == SAGITTA_OK) status = output_begin(&output, o->output, &error);
  if (status == SAGITTA_OK) status = calibrate_open(&source, inputs, 1, o->seconds, &p, &error);
  if (status == SAGITTA_OK) status = sagitta_calibrate_plane(&report, source, &settings, &error);
  progress_clear(&p);
  if (status == SAGITTA_OK) status = calibrate_write(&report.camera, &output, &error);
  if (status == SAGITTA_OK) {
    print_report(&report, strcmp(o->output, "-") == 0 ? stderr : stdout);
    calibrate_say_where(o->output, stdout);
  }
  const int code = status == SAGITTA_OK ? EXIT_MEASURED : command_fail(&error);
  output_drop(&output);
  sagitta_source_close(&source);
  return command_finish(code);
}

/* Repeat --points and --plumb before each further word that has the form of their values: the parser takes one value
 * an option. `expanded` has room for 2 * count words; returns their number. */
static size_t expand(int count, char *const *arguments, char **expanded) {
  static char points[] = "--points", plumb[] = "--plumb";
  double n[4];
  size_t to = 0;
  char *last = NULL;
  for (int i = 0; i < count; i++) {
    char *word = arguments[i];
    const bool value = i > 0 && last && expanded[to - 1] == arguments[i - 1];
    if (strcmp(word, "--") == 0) {
      while (i < count) expanded[to++] = arguments[i++];
      break;
    }
    if (strcmp(word, points) == 0 || strcmp(word, plumb) == 0) {
      last = strcmp(word, points) == 0 ? points : plumb;
      expanded[to++] = word;
      continue;
    }
    const bool fits = last && calibrate_parse_numbers(word, last == points ? ",=," : ",", n, last == points ? 4 : 2);
    const bool first = value && (strcmp(arguments[i - 1], points) == 0 || strcmp(arguments[i - 1], plumb) == 0);
    if (fits && !first) expanded[to++] = last;
    if (!fits && !first) last = NULL;
    expanded[to++] = word;
  }
  return to;
}

static int run_expanded(const command *self, plane_options *o, int count, char **arguments) {
  char why[OPTION_WHY];
  int inputs;
  const int done = command_begin(self, o, count, arguments, &inputs);
  if (done >= 0) return done;
  return check(o, arguments, inputs, why) ? execute(o, arguments) : command_misused(self, why);
}

static int run(const command *self, int count, char **arguments) {
  plane_options *o = calloc(1, sizeof *o);
  char **expanded = calloc(2 * (size_t)count + 1, sizeof *expanded);
  int code = EXIT_UNREADABLE;
  if (o && expanded) {
    code = run_expanded(self, o, (int)expand(count, arguments, expanded), expanded);
  } else {
    text_complain(say(text_language(), "Not enough memory."));
  }
  free(expanded);
  free(o);
  return code;
}

const command calibrate_plane_command = {
  .name = "calibrate plane",
  .usage = "INPUT --board|--ruler|--points … -o FILE [options]",
  .purpose = TRANSLATABLE("Scale, level and perspective of the plane in which the person moves."),
  .about = TRANSLATABLE(
      "INPUT is a picture or a video, with the camera as it will stand. Whatever is measured must be in the plane in "
      "which the person will move: 10 cm nearer the camera, at 3 m, makes everything 3 % larger.\n\n"
      " Exit status: 0 calibrated · 1 the plane cannot be told\n"
      "              2 wrong usage · 3 input cannot be read\n"
      "              4 an output cannot be written"),
  .options = rows,
  .run = run,
};
