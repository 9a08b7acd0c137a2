/* SPDX-License-Identifier: Apache-2.0 */
#include "calibrate/calibration_run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "cli/sandbox.h"
#include "cli/files.h"
#include "cli/text.h"

bool calibrate_parse_numbers(const char *text, const char *between, double *numbers, size_t count) {
  for (size_t i = 0; i < count; i++) {
    char *end;
    if (!*text || !strchr("0123456789.+-", *text)) return false;
    numbers[i] = strtod(text, &end);
    if (end == text || !isfinite(numbers[i])) return false;
    if (i + 1 == count) return *end == '\0';
    if (*end != between[i]) return false;
    text = end + 1;
  }
  return false;
}

/* "9x6" into two numbers. */
static bool split_board(const char *value, long *columns, long *rows) {
  static const char *const times[] = { "x", "X", "\u00d7" };
  char *end;
  *columns = strtol(value, &end, 10);
  for (size_t i = 0; end != value && i < sizeof times / sizeof *times; i++) {
    if (strncmp(end, times[i], strlen(times[i])) != 0) continue;
    const char *second = end + strlen(times[i]);
    *rows = strtol(second, &end, 10);
    return end != second && *end == '\0';
  }
  return false;
}

bool calibrate_parse_board(void *at, const char *value, char *why) {
  sagitta_board *board = at;
  long columns = 0, rows = 0;
  if (split_board(value, &columns, &rows) && columns >= SAGITTA_BOARD_LEAST && columns <= SAGITTA_BOARD_MOST &&
      rows >= SAGITTA_BOARD_LEAST && rows <= SAGITTA_BOARD_MOST) {
    board->columns = (int)columns;
    board->rows = (int)rows;
    return true;
  }
  if (strncasecmp(value, "charuco", strlen("charuco")) == 0) {
    return options_refuse(
        why,
        "The codes of a ChArUco board cannot be read: the parts of OpenCV that Sagitta uses find chessboards only. "
        "Seen in full, such a board does as one: give its inner corners, 9x6 for 10 x 7 squares. A plain one, as "
        "\"sagitta sheets\" prints it, is measured more exactly.");
  }
  return options_refuse(
      why,
      "--board takes the inner corners, %d to %d either way, such as 9x6 for a board of 10 x 7 squares, not "
      "'%.80s'.",
      SAGITTA_BOARD_LEAST, SAGITTA_BOARD_MOST, value);
}

bool calibrate_parse_square(void *at, const char *value, char *why) {
  double *cm = at;
  static const struct {
    const char *name;
    double cm;
  } units[] = { { "mm", 0.1 }, { "cm", 1.0 }, { "m", 100.0 }, { "in", 2.54 } };
  char *end;
  const double size = strtod(value, &end);
  while (*end == ' ') end++;
  for (size_t i = 0; end != value && i < sizeof units / sizeof *units; i++) {
    if (strcmp(end, units[i].name) != 0) continue;
    *cm = size * units[i].cm;
    if (*cm >= 0.1 && *cm <= 200) return true;
  }
  options_refuse(why,
                 "--square takes the side of one square with its unit, 1mm to 2m, such as 25mm or 2.5cm, not '%.80s'.",
                 value);
  if (strchr(value, ',')) options_add(why, " Write the decimals after a point, not a comma.");
  return false;
}

bool calibrate_check_overwriting(const char *output, char *const *inputs, int count, char *why) {
  for (int i = 0; i < count; i++) {
    if (strcmp(output, "-") == 0 || strcmp(inputs[i], "-") == 0 || !files_same(output, inputs[i])) continue;
    return options_refuse(why, "'%.200s' would overwrite the input: give it another name.", output);
  }
  return true;
}

bool calibrate_check_words(const char *output, const char *example, char *const *inputs, int count, double seconds,
                           int usual_seconds, char *why) {
  for (int i = 0; i < count; i++) {
    if (*inputs[i]) continue;
    return options_refuse(why, "The name of an input is empty.");
  }
  if (file_is_camera(inputs[0]) && !(seconds > 0)) {
    return options_refuse(why, "How long shall the camera record? Add, for example, --seconds %d.", usual_seconds);
  }
  if (!output) {
    return options_refuse(why, "Where shall the calibration go? Add, for example, -o %s.", example);
  }
  return calibrate_check_overwriting(output, inputs, count, why);
}

sagitta_status calibrate_open(sagitta_source **source, char *const *inputs, int count, double seconds, progress *p,
                              sagitta_error *error) {
  sagitta_source_settings settings = sandbox_source_settings();
  settings.seconds = seconds;
  settings.progress = progress_report;
  settings.progress_user = p;
  return sagitta_source_open(source, (const char *const *)inputs, (size_t)count, &settings, error);
}

const char *calibrate_quote(const char *name) {
  return strpbrk(name, " \t'()&;*?") ? "\"" : "";
}

void calibrate_row(const char *english, FILE *to) {
  text_pad(to, say(text_language(), english), CALIBRATE_COLUMN);
}

void calibrate_say_where(const char *output, FILE *to) {
  if (strcmp(output, "-") == 0) return;
  const char *quote = calibrate_quote(output);
  calibrate_row(TRANSLATABLE("camera"), to);
  fprintf(to, "%s\n", output);
  calibrate_row(TRANSLATABLE("use it"), to);
  fprintf(to, "sagitta analyze VIDEO --camera %s%s%s\n", quote, output, quote);
}

static void set_date(sagitta_camera *camera) {
  const time_t now = time(NULL);
  struct tm utc;
  camera->date[0] = '\0';
  if (gmtime_r(&now, &utc)) strftime(camera->date, sizeof camera->date, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

sagitta_status calibrate_write(sagitta_camera *camera, sagitta_output **output, sagitta_error *error) {
  char *text = NULL;
  size_t length = 0;
  set_date(camera);
  sagitta_status status = sagitta_camera_print(camera, &text, &length, error);
  if (status == SAGITTA_OK) status = sagitta_output_write(*output, text, length, error);
  if (status == SAGITTA_OK) status = output_end(output, error);
  sagitta_free(text);
  return status;
}
