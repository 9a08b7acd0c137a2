/* SPDX-License-Identifier: Apache-2.0 */
#include "summary.h"

#include <math.h>
#include <string.h>

#include "text.h"

#define LABEL_COLUMNS 16
#define CELL_COLUMNS  16

typedef struct quantity_row {
  const char *label; /* with its unit */
  double scale;      /* from the file's unit to the printed one */
  int decimals;
  size_t in_repetition, in_summary;
} quantity_row;

#define ROW(label, scale, decimals, field) \
  { label, scale, decimals, offsetof(sagitta_repetition, field), offsetof(sagitta_summary, field) }

static const quantity_row rows[] = {
  ROW("Hip hinge °", 1, 0, hip_hinge),         ROW("Lumbar flexion °", 1, 0, lumbar_flexion),
  ROW("Lumbar share %", 100, 0, lumbar_share), ROW("Pelvis turned °", 1, 0, pelvic_rotation),
  ROW("Knee flexion °", 1, 0, knee_flexion),   ROW("Reach cm", 1, 1, reach),
};
#define ROWS (sizeof rows / sizeof *rows)

static const sagitta_quantity *quantity_at(const void *base, size_t offset) {
  return (const sagitta_quantity *)(const void *)((const char *)base + offset);
}

static const sagitta_quantity *cell(const sagitta_result *result, size_t column, const quantity_row *row) {
  if (column == 0) return quantity_at(sagitta_result_summary(result), row->in_summary);
  size_t count;
  const sagitta_repetition *repetitions = sagitta_result_repetitions(result, &count);
  return quantity_at(&repetitions[column - 1], row->in_repetition);
}

/* "-0" is no number to show. */
static double shown(double value, const quantity_row *row) {
  double unit = pow(10, row->decimals);
  double rounded = round(value * row->scale * unit) / unit;
  return rounded == 0 ? 0 : rounded;
}

static void print_cell(FILE *to, const sagitta_quantity *q, const quantity_row *row) {
  char text[64] = "–";
  if (q->known) {
    double low = shown(q->low, row);
    snprintf(text, sizeof text, "%s%.*f (%.*f%s%.*f)", q->inferred ? "≈" : "", row->decimals, shown(q->value, row),
             row->decimals, low, low < 0 ? " to " : "–", row->decimals, shown(q->high, row));
  }
  text_pad(to, text, -CELL_COLUMNS);
}

static bool row_known(const sagitta_result *result, const quantity_row *row, size_t columns) {
  for (size_t c = 0; c < columns; c++) {
    if (cell(result, c, row)->known) return true;
  }
  return false;
}

static void print_heads(const sagitta_result *result, size_t from, size_t to_column, FILE *to) {
  size_t count;
  const sagitta_repetition *repetitions = sagitta_result_repetitions(result, &count);
  text_pad(to, "", LABEL_COLUMNS);
  for (size_t c = from; c < to_column; c++) {
    char head[64];
    if (c == 0) {
      snprintf(head, sizeof head, "Mean of %zu", sagitta_result_summary(result)->repetitions);
    } else {
      double at = repetitions[c - 1].end_range_s;
      snprintf(head, sizeof head, "Rep. %zu%s, %.*f s", c, repetitions[c - 1].valid ? "" : "*", at < 100 ? 1 : 0, at);
    }
    text_pad(to, head, -CELL_COLUMNS);
  }
  fputc('\n', to);
}

/* Columns are the mean and the repetitions; as many beside each other as fit, the others below. */
static bool print_table(const sagitta_result *result, int width, FILE *to) {
  size_t repetitions;
  sagitta_result_repetitions(result, &repetitions);
  size_t columns = repetitions + 1, fit = (size_t)((width - LABEL_COLUMNS) / CELL_COLUMNS);
  if (fit < 1) fit = 1;
  bool inferred = false;
  /* The mean of one would only repeat that one's column. */
  size_t first = sagitta_result_summary(result)->repetitions > 1 ? 0 : 1;
  for (size_t from = first; from < columns; from += fit) {
    size_t end = from + fit < columns ? from + fit : columns;
    print_heads(result, from, end, to);
    for (size_t r = 0; r < ROWS; r++) {
      if (!row_known(result, &rows[r], columns)) continue;
      text_pad(to, rows[r].label, LABEL_COLUMNS);
      for (size_t c = from; c < end; c++) {
        const sagitta_quantity *q = cell(result, c, &rows[r]);
        inferred = inferred || (q->known && q->inferred);
        print_cell(to, q, &rows[r]);
      }
      fputc('\n', to);
    }
    fputc('\n', to);
  }
  return inferred;
}

static const char *meaning(sagitta_warning_code code) {
  static const char *const meanings[] = {
#define MEANING(upper, lower, text) text,
    SAGITTA_WARNING_LIST(MEANING)
#undef MEANING
  };
  return (int)code >= 0 && code < SAGITTA_WARNINGS ? meanings[code] : "unknown";
}

static void print_note(const char *note, int width, FILE *to) {
  fputs("• ", to);
  text_wrap(to, note, width, 2, 2);
}

static void print_warning_list(const sagitta_warning *warnings, size_t count, int width, FILE *to) {
  for (size_t i = 0; i < count; i++) {
    print_note(warnings[i].message[0] ? warnings[i].message : meaning(warnings[i].code), width, to);
  }
}

static const char *title_of(const char *test) {
  size_t count;
  const sagitta_test *tests = sagitta_tests(&count);
  for (size_t i = 0; i < count; i++) {
    if (strcmp(tests[i].name, test) == 0) return tests[i].title;
  }
  return test;
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
  const char *sentence = sagitta_result_verdict(result)->sentence;
  print_sentence(sentence && sentence[0] ? sentence : "No verdict: no bend could be counted.", width, to);
  fputc('\n', to);

  char line[256];
  const char *set = sagitta_marker_set_name(sagitta_result_set(result));
  snprintf(line, sizeof line, "%s, facing %s%s%s", title_of(sagitta_result_test(result)),
           sagitta_result_facing_right(result) ? "right" : "left", set ? ", marker set " : "", set ? set : "");
  text_wrap(to, line, width, 0, 0);
  fputc('\n', to);
}

static void print_legend(const sagitta_result *result, bool inferred, int width, FILE *to) {
  text_wrap(to,
            "Hip hinge: the pelvis turns on the thighs. Lumbar flexion: the lower back rounds. Lumbar share: lumbar "
            "flexion's part of the two. All at the deepest point, as change from the person's own standing.",
            width, 0, 0);
  text_wrap(to, "In brackets: the 95 % interval for the person (camera, skin, marker placement and anatomy together).",
            width, 0, 0);
  if (inferred) text_wrap(to, "≈ inferred from the other markers, not measured by a marker of its own.", width, 0, 0);
  size_t count;
  const sagitta_repetition *repetitions = sagitta_result_repetitions(result, &count);
  bool left_out = false;
  for (size_t i = 0; i < count; i++) left_out = left_out || !repetitions[i].valid;
  if (left_out) text_wrap(to, "* not counted; the notes below say why.", width, 0, 0);
}

/* What would narrow an interval too wide for a verdict. */
static const char *narrower(const sagitta_result *result) {
  const sagitta_verdict *verdict = sagitta_result_verdict(result);
  if (!verdict->given || verdict->label != SAGITTA_CANNOT_TELL) return NULL;
  switch (sagitta_result_set(result)) {
    case SAGITTA_SET_DISCS:
      return "Three discs seldom tell hips from lower back. A strip of tape on the hip (marker set strip) tells more, "
             "strips on pelvis and lower ribs (marker set clinic) tell most.";
    case SAGITTA_SET_STRIP:
      return "Strips of tape on pelvis and lower ribs (marker set clinic) tell hips from lower back more surely.";
    default:
      return NULL;
  }
}

static void print_places(const outputs *written, int width, FILE *to) {
  static const char *const names[OUTPUTS] = { "Result", "Tracks", "Angles", "Overlay video" };
  for (int k = 0; k < OUTPUTS; k++) {
    if (!written->asked[k] || strcmp(written->asked[k], "-") == 0) continue;
    fputs(names[k], to);
    fputs(": ", to);
    /* A place is printed in one piece, so that it can be copied. */
    text_wrap(to, written->asked[k], width, text_width(names[k]) + 2, 0);
  }
}

void summary_print(const sagitta_result *result, const outputs *written, FILE *to) {
  int width = text_columns(to);
  print_verdict(result, width, to);
  print_legend(result, print_table(result, width, to), width, to);

  size_t count;
  const sagitta_warning *warnings = sagitta_result_warnings(result, &count);
  const char *hint = narrower(result);
  if (count > 0 || hint) fputc('\n', to);
  print_warning_list(warnings, count, width, to);
  if (hint) print_note(hint, width, to);
  bool any = false;
  for (int k = 0; k < OUTPUTS; k++) any = any || (written->asked[k] && strcmp(written->asked[k], "-") != 0);
  if (any) fputc('\n', to);
  print_places(written, width, to);
}

void summary_warnings(const sagitta_tracks *tracks, FILE *to) {
  size_t count;
  const sagitta_warning *warnings = sagitta_tracks_warnings(tracks, &count);
  print_warning_list(warnings, count, text_columns(to), to);
}
