/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta calibrate: which of its parts; and calibrate colours: learn the markers' colours under this light →
 * markers.json. */
#include "calibrate/calibrate.h"

#include <stdlib.h>
#include <string.h>

#include "calibrate/calibration_run.h"
#include "cli/failure.h"
#include "cli/files.h"
#include "cli/option_values.h"
#include "cli/text.h"

typedef struct colours_options {
  pick_list picks;
  const char *markers, *light, *output;
  double seconds;
  bool help, version;
} colours_options;

static const option_row rows[] = {
  OUTPUT_ROW(colours_options, output, "FILE.json",
             "Where to write the colours; -o FILE.json for short, - for standard output."),
  PICK_ROW(colours_options, picks,
           "The marker ROLE is at pixel X,Y of the upright picture, S seconds from the start: learn its colour there. "
           "May be repeated."),
  TEXT_ROW(colours_options, markers, "markers", "SET", "Which set to expect: strip, discs or clinic."),
  TEXT_ROW(colours_options, light, "light", "TEXT",
           "What light it is, in your words (\"ceiling lamps, blinds down\"): kept in the file."),
  SECONDS_ROW(colours_options, seconds, SECONDS_HELP),
  HELP_ROWS(colours_options)
};

static const char *neighbour_name(const sagitta_marker_colour *c, const char *language, char *text, size_t size) {
  switch (c->neighbour) {
    case SAGITTA_NEAR_MARKER:
      snprintf(text, size, say(language, "the %s marker"),
               say(language, sagitta_role_name((sagitta_role)c->neighbour_role)));
      return text;
    case SAGITTA_NEAR_SKIN:
      return say(language, "skin");
    case SAGITTA_NEAR_CLOTHES:
      return say(language, "clothes");
    case SAGITTA_NEAR_ROOM:
      return say(language, "the room");
    case SAGITTA_NEAR_NOTHING:
      break;
  }
  return say(language, "nothing near");
}

static void print_table(const sagitta_colours *colours, FILE *to) {
  const char *language = text_language();
  const char *separation = say(language, "separation");
  const int wide = text_width(separation) < 10 ? 10 : text_width(separation);
  text_pad(to, say(language, "marker"), 10);
  text_pad(to, say(language, "shape"), 8);
  fputs(" Cb     Cr   ", to);
  text_pad(to, separation, -wide);
  fprintf(to, "  %s\n", say(language, "nearest"));
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const sagitta_marker_colour *c = &colours->role[r];
    if (!c->found) continue;
    char other[64];
    text_pad(to, say(language, sagitta_role_name((sagitta_role)r)), 10);
    text_pad(to, say(language, sagitta_shape_name(c->marker.shape)), 8);
    fprintf(to, "%3.0f  %5.0f   %*.1f  %s%s", c->marker.colour.cb, c->marker.colour.cr, wide, c->separation,
            neighbour_name(c, language, other, sizeof other), c->separation < SAGITTA_SEPARATION_LEAST ? "  (!)" : "");
    if (c->marker.by_luma) fprintf(to, say(language, "  known by its luma, %.0f"), c->marker.luma);
    fputc('\n', to);
  }
}

static void print_report(const sagitta_colours *colours, const char *output, FILE *to) {
  print_table(colours, to);
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    char advice[400];
    if (!*sagitta_colours_advice(colours, (sagitta_role)r, advice, sizeof advice)) continue;
    fputc('\n', to);
    text_wrap(to, advice, text_columns(to), 0, 0);
  }
  if (strcmp(output, "-") == 0) return;
  const char *quote = calibrate_quote(output);
  fprintf(to, say(text_language(), "\nColours: %s\nUse them: sagitta analyze VIDEO --markers %s%s%s\n"), output, quote,
          output, quote);
}

static sagitta_status learn(const colours_options *o, char *const *inputs, int count, sagitta_colours *colours,
                            progress *bar, sagitta_error *error) {
  sagitta_source *source = NULL;
  sagitta_status status = calibrate_open(&source, inputs, count, o->seconds, bar, error);
  if (status != SAGITTA_OK) return status;
  sagitta_track_settings settings = sagitta_track_default_settings();
  if (o->markers) settings.set = sagitta_marker_set_from_name(o->markers);
  settings.picks = o->picks.pick;
  settings.pick_count = o->picks.count;
  settings.progress = progress_report;
  settings.progress_user = bar;
  status = sagitta_colours_learn(colours, source, &settings, error);
  sagitta_source_close(&source);
  return status;
}

static sagitta_status write_markers(const sagitta_colours *colours, const char *light, sagitta_output **output,
                                    sagitta_error *error) {
  const sagitta_markers markers = sagitta_colours_markers(colours, light);
  char *text = NULL;
  size_t length = 0;
  sagitta_status status = sagitta_markers_print(&markers, &text, &length, error);
  if (status == SAGITTA_OK) status = sagitta_output_write(*output, text, length, error);
  if (status == SAGITTA_OK) status = output_end(output, error);
  sagitta_free(text);
  return status;
}

static int execute(const colours_options *o, char *const *inputs, int count) {
  sagitta_error error = error_at_terminal();
  sagitta_output *output = NULL;
  sagitta_colours colours;
  progress bar;
  sagitta_status status = output_begin(&output, o->output, &error);
  progress_begin(&bar);
  if (status == SAGITTA_OK) status = learn(o, inputs, count, &colours, &bar, &error);
  progress_clear(&bar);
  if (status == SAGITTA_OK) status = write_markers(&colours, o->light, &output, &error);
  output_drop(&output);
  if (status != SAGITTA_OK) return command_fail(&error);
  print_report(&colours, o->output, strcmp(o->output, "-") == 0 ? stderr : stdout);
  return command_finish(EXIT_MEASURED);
}

static bool check(const colours_options *o, char *const *inputs, int count, char *why) {
  if (count == 0 || !*inputs[0]) {
    return options_refuse(why, "Which recording shows the markers? sagitta calibrate colours VIDEO -o markers.json.");
  }
  if (o->markers && sagitta_marker_set_from_name(o->markers) == SAGITTA_SET_UNKNOWN) {
    return options_refuse(why, "--markers takes strip, discs or clinic here, not '%.80s'.", o->markers);
  }
  return calibrate_check_words(o->output, "markers.json", inputs, count, o->seconds, 3, why);
}

static int run(const command *self, int count, char **arguments) {
  colours_options o = { .output = NULL };
  char why[OPTION_WHY];
  int inputs;
  int code = command_begin(self, &o, count, arguments, &inputs);
  if (code < 0 && !check(&o, arguments, inputs, why)) code = command_misused(self, why);
  if (code < 0) code = execute(&o, arguments, inputs);
  free(o.picks.pick);
  return code;
}

static const command colours_command = {
  .name = "calibrate colours",
  .usage = "INPUT… -o markers.json [options]",
  .purpose = TRANSLATABLE("Learn the colours of the markers in this light."),
  .about = TRANSLATABLE(
      "Learn each marker's colour under this light, from a video or pictures of the person wearing the markers, and "
      "say how far each is from every other colour in the picture. The file then goes with the recordings made "
      "under the same light: sagitta analyze VIDEO --markers markers.json. Roles that it names are then tracked "
      "whatever they sit on.\n\n"
      "The separation is the distance to the nearest other colour in standard deviations of the marker's own: below "
      "4 a better sticker colour is named."),
  .options = rows,
  .run = run,
};

const command calibrate_command = {
  .name = "calibrate",
  .usage = "lens|plane|colours …",
  .purpose = TRANSLATABLE("Learn the lens, the plane of movement, the colours of the markers."),
  .about =
      TRANSLATABLE(" calibrate lens INPUT… --board 9x6 --square 25mm -o camera.json\n"
                   "     what the lens does to the picture, from views of a chessboard: once for each camera and zoom\n"
                   " calibrate plane INPUT --board|--ruler|--points … -o camera.json\n"
                   "     scale, level and perspective: each time the camera has been moved\n"
                   " calibrate colours INPUT -o markers.json   the markers' colours in this light\n\n"
                   "Each part has its own help: sagitta calibrate colours --help."),
  .options = plain_options,
  .run = command_run_part,
  .parts = (const command *const[]){ &calibrate_lens_command, &calibrate_plane_command, &colours_command, NULL },
  .which_part = TRANSLATABLE("What is to be calibrated? Say which part first."),
  .list_in_full = true,
};
