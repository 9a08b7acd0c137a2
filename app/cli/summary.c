/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/summary.h"

#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "cli/side.h"
#include "cli/text.h"

#define LABEL_COLUMNS 16
#define CELL_COLUMNS  16
#define ROWS_MAX      16

/* What is shown: the test's own quantities, of which something is known. */
typedef struct summary_table {
  const sagitta_result *result;
  const char *language;
  const sagitta_quantity_info *row[ROWS_MAX];
  size_t rows, repetitions;
  size_t first; /* column 0 is the summary, the others the repetitions; the mean of one would only repeat it */
  int label;    /* columns that a row's name takes */
  int cell;     /* columns that a value takes */
  bool inferred;
} summary_table;

static const sagitta_quantity *cell(const summary_table *t, size_t column, const sagitta_quantity_info *row) {
  if (column == 0) return sagitta_summary_quantity(sagitta_result_summary(t->result), row->key);
  return sagitta_repetition_quantity(&sagitta_result_repetitions(t->result, NULL)[column - 1], row->key);
}

static const char *shown(char text[TEXT_NUMBER], double value, const sagitta_quantity_info *row, const char *language) {
  return text_number(text, value * row->factor, row->decimals, false, language);
}

bool summary_is_best(const sagitta_quantity_info *row) {
  return strstr(row->meaning, "; of several the ") != NULL;
}

/* `of_all`: of the summary, where there are several repetitions. */
static void write_cell(char *text, size_t size, const sagitta_quantity *q, const sagitta_quantity_info *row,
                       bool of_all, const char *language) {
  snprintf(text, size, "–");
  if (!q || !q->known) return;
  const char *best = of_all && summary_is_best(row) ? say(language, "best ") : "";
  char value[TEXT_NUMBER], low[TEXT_NUMBER], high[TEXT_NUMBER];
  shown(value, q->value, row, language);
  shown(low, q->low, row, language);
  shown(high, q->high, row, language);
  const bool minus = !isdigit((unsigned char)low[0]) || !isdigit((unsigned char)high[0]);
  snprintf(text, size, "%s%s%.24s (%.24s%s%.24s)", best, q->inferred ? "≈" : "", value, low,
           minus ? say(language, " to ") : "–", high);
}

static void write_label(char *text, size_t size, const sagitta_quantity_info *row, const char *language) {
  snprintf(text, size, "%s %s", say(language, row->label), row->unit);
}

static bool row_known(const summary_table *t, const sagitta_quantity_info *row) {
  for (size_t c = t->first; c <= t->repetitions; c++) {
    const sagitta_quantity *q = cell(t, c, row);
    if (q && q->known) return true;
  }
  return false;
}

static summary_table make_table(const sagitta_result *result) {
  summary_table t = {
    .result = result, .language = sagitta_result_language(result), .label = LABEL_COLUMNS, .cell = CELL_COLUMNS
  };
  const sagitta_test *test = sagitta_test_find(sagitta_result_test(result));
  sagitta_result_repetitions(result, &t.repetitions);
  t.first = sagitta_result_summary(result)->repetitions > 1 ? 0 : 1;
  for (size_t k = 0; test && test->quantities[k] && t.rows < ROWS_MAX; k++) {
    const sagitta_quantity_info *row = sagitta_quantity_find(test->quantities[k]);
    if (!row || !row_known(&t, row)) continue;
    char text[96];
    t.row[t.rows++] = row;
    write_label(text, sizeof text, row, t.language);
    if (text_width(text) + 1 > t.label) t.label = text_width(text) + 1;
    for (size_t c = t.first; c <= t.repetitions; c++) {
      const sagitta_quantity *q = cell(&t, c, row);
      write_cell(text, sizeof text, q, row, c == 0, t.language);
      t.inferred = t.inferred || (q && q->known && q->inferred);
      if (text_width(text) + 1 > t.cell) t.cell = text_width(text) + 1;
    }
  }
  return t;
}

static void print_heads(const summary_table *t, size_t from, size_t to_column, FILE *to) {
  const sagitta_repetition *repetitions = sagitta_result_repetitions(t->result, NULL);
  text_pad(to, "", t->label);
  for (size_t c = from; c < to_column; c++) {
    char head[64];
    if (c == 0) {
      snprintf(head, sizeof head, say(t->language, "Mean of %zu"), sagitta_result_summary(t->result)->repetitions);
    } else {
      double at = repetitions[c - 1].end_range_s;
      text_format(head, sizeof head, t->language, say(t->language, "Rep. %zu%s, %.*f s"), c,
                  repetitions[c - 1].valid ? "" : "*", at < 100 ? 1 : 0, at);
    }
    text_pad(to, head, -t->cell);
  }
  fputc('\n', to);
}

/* As many columns beside each other as fit, the others below. */
static void print_table(const summary_table *t, int width, FILE *to) {
  size_t columns = t->repetitions + 1, fit = (size_t)((width - t->label) / t->cell);
  if (fit < 1) fit = 1;
  for (size_t from = t->first; from < columns && t->rows > 0; from += fit) {
    size_t end = from + fit < columns ? from + fit : columns;
    print_heads(t, from, end, to);
    for (size_t r = 0; r < t->rows; r++) {
      char text[96];
      write_label(text, sizeof text, t->row[r], t->language);
      text_pad(to, text, t->label);
      for (size_t c = from; c < end; c++) {
        write_cell(text, sizeof text, cell(t, c, t->row[r]), t->row[r], c == 0, t->language);
        text_pad(to, text, -t->cell);
      }
      fputc('\n', to);
    }
    fputc('\n', to);
  }
}

void summary_score(char *text, size_t size, const sagitta_protocol_score *p, const char *language) {
  char value[TEXT_NUMBER], low[TEXT_NUMBER], high[TEXT_NUMBER];
  (void)snprintf(text, size, say(language, "%s: %s %s (%s–%s), repetition %zu, the best of the first %zu."),
                 sagitta_protocol_title(p->protocol), text_number(value, p->value, 1, false, language),
                 say(language, p->unit), text_number(low, p->low, 1, false, language),
                 text_number(high, p->high, 1, false, language), p->repetition, p->best_of);
}

/* The best reach on the scales of the protocols. */
static void print_score(const sagitta_result *result, int width, FILE *to) {
  const sagitta_score *score = sagitta_result_score(result);
  const char *language = sagitta_result_language(result);
  if (!score->given) return;
  for (size_t i = 0; i < score->protocols; i++) {
    const sagitta_protocol_score *p = &score->protocol[i];
    char text[300];
    summary_score(text, sizeof text, p, language);
    text_wrap(to, text, width, 0, 2);
  }
  if (score->norm.given) {
    char text[400];
    snprintf(text, sizeof text, say(language, "Percentile: %s."), say(language, score->norm.source));
    text_wrap(to, text, width, 0, 2);
  }
  fputc('\n', to);
}

static void print_note(const char *note, int width, FILE *to) {
  fputs("• ", to);
  text_wrap(to, note, width, 2, 2);
}

static void print_warning_list(const sagitta_warning *warnings, size_t count, const char *language, int width,
                               FILE *to) {
  for (size_t i = 0; i < count; i++) {
    const char *message = warnings[i].message;
    print_note(message[0] ? message : say(language, sagitta_warning_meaning(warnings[i].code)), width, to);
  }
}

static const char *title_of(const char *name) {
  const sagitta_test *test = sagitta_test_find(name);
  return test ? test->title : name;
}

/* The first sentence carries the answer: on lines of its own, and bold where there is bold. */
static void print_sentence(const char *sentence, int width, FILE *to) {
  char lead[512];
  const char *end = strstr(sentence, ". ");
  size_t bytes = end ? (size_t)(end - sentence) + 1 : strlen(sentence);
  if (bytes >= sizeof lead) bytes = 0;
  snprintf(lead, sizeof lead, "%.*s", (int)bytes, sentence);
  bool bold = text_styled(to);
  if (bytes) {
    if (bold) fputs("\033[1m", to);
    text_wrap(to, lead, width, 0, 0);
    if (bold) fputs("\033[0m", to);
  }
  if (sentence[bytes]) text_wrap(to, sentence + bytes, width, 0, 0);
}

static void print_verdict(const sagitta_result *result, int width, FILE *to) {
  const char *language = sagitta_result_language(result);
  const char *sentence = sagitta_result_verdict(result)->sentence;
  print_sentence(sentence && sentence[0] ? sentence : say(language, "No repetition could be counted."), width, to);
  fputc('\n', to);

  char line[256], title[128];
  const char *set = sagitta_marker_set_name(sagitta_result_set(result));
  const bool sided = side_matters(sagitta_result_test(result));
  snprintf(title, sizeof title, "%s%s%s", say(language, title_of(sagitta_result_test(result))), sided ? ", " : "",
           sided ? side_words(sagitta_result_side(result), language) : "");
  int at = sagitta_result_facing_right(result) ? snprintf(line, sizeof line, say(language, "%s, facing right"), title)
                                               : snprintf(line, sizeof line, say(language, "%s, facing left"), title);
  if (set && at >= 0 && (size_t)at < sizeof line) {
    snprintf(line + at, sizeof line - (size_t)at, say(language, ", marker set %s"), set);
  }
  text_wrap(to, line, width, 0, 0);
  fputc('\n', to);
}

static void print_legend(const summary_table *t, int width, FILE *to) {
  char text[2048];
  size_t at = 0;
  const sagitta_test *test = sagitta_test_find(sagitta_result_test(t->result));
  text[0] = '\0';
  for (size_t r = 0; r < t->rows && at < sizeof text; r++) {
    at += (size_t)snprintf(text + at, sizeof text - at, "%s%s", r ? " " : "", say(t->language, t->row[r]->meaning));
  }
  if (test && test->verdict && at < sizeof text) {
    snprintf(text + at, sizeof text - at, "%s",
             say(t->language, " All at the deepest point, as change from the person's own standing."));
  }
  if (t->rows == 0) return;
  text_wrap(to, text, width, 0, 0);
  text_wrap(to,
            say(t->language,
                "In brackets: the 95 % interval for the person (camera, skin, marker placement and anatomy together)."),
            width, 0, 0);
  if (t->inferred) {
    text_wrap(to, say(t->language, "≈ inferred from the other markers, not measured by a marker of its own."), width, 0,
              0);
  }
  const sagitta_repetition *repetitions = sagitta_result_repetitions(t->result, NULL);
  bool left_out = false;
  for (size_t i = 0; i < t->repetitions; i++) left_out = left_out || !repetitions[i].valid;
  if (left_out) text_wrap(to, say(t->language, "* not counted; the notes below say why."), width, 0, 0);
}

/* What would narrow an interval too wide for a verdict; in English. */
static const char *narrower(const sagitta_result *result) {
  const sagitta_verdict *verdict = sagitta_result_verdict(result);
  if (!verdict->given || (verdict->label != SAGITTA_CANNOT_TELL && !verdict->rests_on_usual)) return NULL;
  switch (sagitta_result_set(result)) {
    case SAGITTA_SET_DISCS:
      return TRANSLATABLE(
          "Three discs seldom tell hips from lower back. A strip of tape on the hip (marker set strip) tells more, "
          "strips on pelvis and lower ribs (marker set clinic) tell most.");
    case SAGITTA_SET_STRIP:
      return TRANSLATABLE(
          "Strips of tape on pelvis and lower ribs (marker set clinic) tell hips from lower back more surely.");
    default:
      return NULL;
  }
}

#define RANGE_COLUMNS 17
#define TIME_COLUMNS  8

static void print_end(const sagitta_quantity *q, double time_s, const char *language, FILE *to) {
  char text[96];
  write_cell(text, sizeof text, q, sagitta_quantity_find("hip_hinge_deg"), false, language);
  text_pad(to, text, -RANGE_COLUMNS);
  text_format(text, sizeof text, language, "%.1f s", time_s);
  text_pad(to, text, -TIME_COLUMNS);
}

/* Of a free movement: the least and the greatest value of each angle, with its interval and its moment. */
static void print_ranges(const sagitta_result *result, int width, FILE *to) {
  const char *language = sagitta_result_language(result);
  bool any = false, inferred = false;
  int label = LABEL_COLUMNS;
  char name[96];
  for (int a = 0; a < SAGITTA_ANGLES; a++) {
    snprintf(name, sizeof name, "%s °", say(language, sagitta_angle_title((sagitta_angle)a)));
    if (sagitta_result_range(result, (sagitta_angle)a)->known && text_width(name) + 1 > label)
      label = text_width(name) + 1;
  }
  for (int a = 0; a < SAGITTA_ANGLES; a++) {
    const sagitta_range *range = sagitta_result_range(result, (sagitta_angle)a);
    if (!range->known) continue;
    if (!any) {
      text_pad(to, "", label);
      text_pad(to, say(language, "Least"), -RANGE_COLUMNS);
      text_pad(to, say(language, "at"), -TIME_COLUMNS);
      text_pad(to, say(language, "Greatest"), -RANGE_COLUMNS);
      text_pad(to, say(language, "at"), -TIME_COLUMNS);
      fputc('\n', to);
    }
    snprintf(name, sizeof name, "%s °", say(language, sagitta_angle_title((sagitta_angle)a)));
    text_pad(to, name, label);
    print_end(&range->least, range->least_s, language, to);
    print_end(&range->greatest, range->greatest_s, language, to);
    fputc('\n', to);
    any = true;
    inferred = inferred || range->least.inferred;
  }
  if (!any) return;
  fputc('\n', to);
  text_wrap(to,
            say(language,
                "In brackets: the 95 % interval for the person (camera, skin, marker placement and anatomy together)."),
            width, 0, 0);
  if (inferred) {
    text_wrap(to, say(language, "≈ inferred from the other markers, not measured by a marker of its own."), width, 0,
              0);
  }
}

void summary_print(const sagitta_result *result, FILE *to) {
  const char *language = sagitta_result_language(result);
  int width = text_columns(to);
  print_verdict(result, width, to);
  summary_table t = make_table(result);
  print_table(&t, width, to);
  print_ranges(result, width, to);
  print_score(result, width, to);
  print_legend(&t, width, to);

  size_t count;
  const sagitta_warning *warnings = sagitta_result_warnings(result, &count);
  const char *hint = narrower(result);
  if (count > 0 || hint) fputc('\n', to);
  print_warning_list(warnings, count, language, width, to);
  if (hint) print_note(say(language, hint), width, to);
}

void summary_warnings(const sagitta_tracks *tracks, FILE *to) {
  size_t count;
  const sagitta_warning *warnings = sagitta_tracks_warnings(tracks, &count);
  print_warning_list(warnings, count, NULL, text_columns(to), to);
}

/* ---- --timings ---- */

static void print_input(const sagitta_input_info *info, FILE *to) {
  static const char *const matrices[] = { "BT.601", "BT.709", "BT.2020" };
  static const char *const kinds[] = { "video", "pictures", "camera", "tracks" };
  text_wrap(to, info->source, 10000, 0, 0);
  fprintf(to, "  kind      %s", kinds[info->kind]);
  if (info->codec[0]) fprintf(to, ", %s, %s", info->codec, info->pixel_format);
  fprintf(to, "\n  size      %d × %d px upright", info->width, info->height);
  bool turned = info->coded_width != info->width || info->coded_height != info->height;
  if (info->coded_width > 0 && turned) fprintf(to, ", %d × %d px coded", info->coded_width, info->coded_height);
  fprintf(to, "\n  rotation  %d°%s", info->rotation_deg, info->mirrored ? ", mirrored" : "");
  if (info->sample_aspect > 0 && info->sample_aspect != 1) fprintf(to, ", sample aspect %.4g", info->sample_aspect);
  fprintf(to, "\n  rate      %.3f frames/s%s", info->frame_rate, info->variable_frame_rate ? ", variable" : "");
  if (info->slow_motion) fputs(", slow motion", to);
  if (info->capture_rate > 0) fprintf(to, ", captured at %.3f", info->capture_rate);
  fprintf(to, "\n  length    %.3f s, %lld frames", info->duration_s, (long long)info->frames);
  if (info->frames_damaged > 0) fprintf(to, ", %lld damaged", (long long)info->frames_damaged);
  if (info->kind != SAGITTA_INPUT_TRACKS) {
    fprintf(to, "\n  colour    %s, %s range%s", matrices[info->matrix], info->full_range ? "full" : "limited",
            info->colour_guessed ? " (guessed)" : "");
  }
  fputc('\n', to);
}

/* Counts and rates are final only at the end of the stream. */
static bool print_source(const sagitta_source *source, FILE *to) {
  sagitta_video *video = NULL;
  if (!source || sagitta_video_open(&video, source, NULL) != SAGITTA_OK) return false;
  sagitta_frame frame;
  while (sagitta_video_read(video, &frame, NULL) == SAGITTA_OK) {
  }
  print_input(sagitta_video_info(video), to);
  sagitta_video_close(&video);
  return true;
}

static void print_stage(const char *name, double ms, double frames, FILE *to) {
  if (!(ms > 0)) return;
  fprintf(to, "  %-9s %9.1f ms", name, ms);
  if (frames > 0) fprintf(to, "  %8.3f ms/frame  %9.1f frames/s", ms / frames, 1e3 * frames / ms);
  fputc('\n', to);
}

void timings_print(const run_timings *timings, const sagitta_source *source, const sagitta_tracks *tracks, FILE *to) {
  const sagitta_timings *t = &timings->library;
  const sagitta_input_info *info = tracks ? sagitta_tracks_input(tracks) : NULL;
  fputc('\n', to);
  if (info && info->width > 0) {
    print_input(info, to);
  } else {
    print_source(source, to);
  }
  double frames = (double)t->frames;
  print_stage("open", t->open_ms, 0, to);
  print_stage("look", t->look_ms, 0, to);
  print_stage("decode", t->decode_ms, frames, to);
  print_stage("scan", t->scan_ms, frames, to);
  print_stage("track", t->track_ms, frames, to);
  print_stage("body", t->body_ms, 0, to);
  print_stage("overlay", timings->overlay_ms, frames, to);
  print_stage("total", timings->total_ms, frames, to);
}
