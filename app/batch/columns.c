/* SPDX-License-Identifier: Apache-2.0 */
/* A line of the table: its columns, as include/sagitta/FORMATS.md has them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "batch/batch_parts.h"
#include "cli/csv.h"

#define FLAGS_BYTES 1500

static const char *const protocols[][2] = {
  { "csep", "cm" },
  { "presidents", "cm" },
  { "eurofit", "cm" },
  { "ymca", "in" },
};
#define PROTOCOLS (sizeof protocols / sizeof *protocols)

static const char *const ends[] = { "least", "greatest" }; /* of a range */

static void put_number(FILE *to, double value, int decimals) {
  fputc(',', to);
  if (isfinite(value)) fprintf(to, "%.*f", decimals, value == 0 ? 0 : value);
}

static void put_text(FILE *to, const char *text) {
  fputc(',', to);
  csv_put(to, text);
}

/* Decimals as the result document keeps them. */
static int decimals_of(const char *key) {
  const char *unit = strrchr(key, '_');
  return unit && (strcmp(unit, "_deg") == 0 || strcmp(unit, "_cm") == 0) ? 2 : 4;
}

/* Quantities that a summary has. */
static const sagitta_quantity_info *next_quantity(size_t *i) {
  static const sagitta_summary empty;
  size_t count;
  const sagitta_quantity_info *rows = sagitta_quantities(&count);
  while (*i < count && !sagitta_summary_quantity(&empty, rows[*i].key)) ++*i;
  return *i < count ? &rows[(*i)++] : NULL;
}

static void put_names(FILE *to) {
  const sagitta_quantity_info *q;
  fputs("file,client,age_years,sex,exit,reason,test,marker_set,facing,side,repetitions,inferred", to);
  for (size_t i = 0; (q = next_quantity(&i));) fprintf(to, ",%s,%s_low,%s_high", q->key, q->key, q->key);
  fputs(
      ",verdict,lean,probability_hips,probability_both,probability_lower_back,probability_more_hips,"
      "probability_more_lower_back,rests_on_usual",
      to);
  for (size_t i = 0; i < PROTOCOLS; i++) fprintf(to, ",score_%s_%s", protocols[i][0], protocols[i][1]);
  fputs(",percentile,norm,flags,warnings,duration_s,frame_rate_hz", to);
  for (int a = 0; a < SAGITTA_ANGLES; a++) {
    const char *name = sagitta_angle_name((sagitta_angle)a);
    for (size_t k = 0; k < 2; k++) {
      fprintf(to, ",%s_%s_deg,%s_%s_deg_low,%s_%s_deg_high", name, ends[k], name, ends[k], name, ends[k]);
    }
  }
  fputs(",bytes,modified_s,settings,program", to);
}

char *columns_names(void) {
  char *line = NULL;
  size_t length = 0;
  FILE *to = open_memstream(&line, &length);
  if (!to) return NULL;
  put_names(to);
  if (fclose(to) == 0) return line;
  free(line);
  return NULL;
}

/* Keys of what was inferred and not measured. */
static void put_inferred(FILE *to, const sagitta_summary *summary) {
  char list[FLAGS_BYTES] = "";
  size_t at = 0;
  const sagitta_quantity_info *info;
  for (size_t i = 0; (info = next_quantity(&i));) {
    const sagitta_quantity *q = summary ? sagitta_summary_quantity(summary, info->key) : NULL;
    if (!q || !q->known || !q->inferred || at + strlen(info->key) + 2 >= sizeof list) continue;
    at += (size_t)snprintf(list + at, sizeof list - at, "%s%s", at ? " " : "", info->key);
  }
  put_text(to, list);
}

static void put_quantity(FILE *to, const sagitta_quantity *q, int decimals) {
  const bool known = q && q->known;
  put_number(to, known ? q->value : NAN, decimals);
  put_number(to, known ? q->low : NAN, decimals);
  put_number(to, known ? q->high : NAN, decimals);
}

static void put_summary(FILE *to, const sagitta_summary *summary) {
  const sagitta_quantity_info *info;
  for (size_t i = 0; (info = next_quantity(&i));) {
    put_quantity(to, summary ? sagitta_summary_quantity(summary, info->key) : NULL, decimals_of(info->key));
  }
}

/* Of a free movement the least and the greatest value of each angle. */
static void put_ranges(FILE *to, const sagitta_result *result) {
  for (int a = 0; a < SAGITTA_ANGLES; a++) {
    const sagitta_range *range = result ? sagitta_result_range(result, (sagitta_angle)a) : NULL;
    const bool known = range && range->known;
    put_quantity(to, known ? &range->least : NULL, 2);
    put_quantity(to, known ? &range->greatest : NULL, 2);
  }
}

static void put_verdict(FILE *to, const sagitta_verdict *v) {
  const bool given = v && v->applies && v->given;
  put_text(to, given ? sagitta_label_name(v->label) : "");
  put_text(to, given ? sagitta_label_name(v->lean) : "");
  for (int k = 0; k < SAGITTA_LABELS; k++) {
    if (k != SAGITTA_CANNOT_TELL) put_number(to, given ? v->probability[k] : NAN, 4);
  }
  put_text(to, !given || v->of_three ? "" : v->rests_on_usual ? "true" : "false");
}

/* Percentile, and the norm table that it is from, or why there is none; beyond a table's ends there is none. */
static void put_norm(FILE *to, const sagitta_result *result, const sagitta_score *score) {
  char text[SAGITTA_WARNING_TEXT + 16] = "";
  double percentile = NAN;
  if (score && score->given && score->norm.given) {
    const sagitta_norm *n = &score->norm;
    size_t at = (size_t)snprintf(text, sizeof text, "%s, %s, ", sagitta_protocol_title(n->protocol),
                                 n->female ? "women" : "men");
    at += (size_t)(n->age_to ? snprintf(text + at, sizeof text - at, "%d to %d years", n->age_from, n->age_to)
                             : snprintf(text + at, sizeof text - at, "%d years and older", n->age_from));
    if (n->beyond) {
      snprintf(text + at, sizeof text - at,
               n->beyond < 0 ? ": below its lowest row, %.0f %%" : ": above its highest row, %.0f %%",
               n->beyond < 0 ? n->least : n->most);
    } else {
      percentile = n->percentile;
    }
  }
  size_t count = 0;
  const sagitta_warning *w = result ? sagitta_result_warnings(result, &count) : NULL;
  for (size_t i = 0; i < count && !*text; i++) {
    if (w[i].code == SAGITTA_WARNING_NO_NORM) snprintf(text, sizeof text, "none: %s", w[i].message);
  }
  put_number(to, percentile, 1);
  put_text(to, text);
}

static void put_scores(FILE *to, const sagitta_result *result) {
  const sagitta_score *score = result ? sagitta_result_score(result) : NULL;
  for (size_t i = 0; i < PROTOCOLS; i++) {
    double value = NAN;
    for (size_t k = 0; score && score->given && k < score->protocols; k++) {
      if (strcmp(score->protocol[k].protocol, protocols[i][0]) == 0) value = score->protocol[k].value;
    }
    put_number(to, value, 2);
  }
  put_norm(to, result, score);
}

static void add_name(char list[FLAGS_BYTES], sagitta_warning_code code) {
  const char *name = sagitta_warning_name(code);
  const size_t at = strlen(list);
  if (name && at + strlen(name) + 2 < FLAGS_BYTES) snprintf(list + at, FLAGS_BYTES - at, "%s%s", at ? " " : "", name);
}

/* Names of the codes that are set, each once, in the order of the list. */
static void put_codes(FILE *to, const bool set[SAGITTA_WARNINGS]) {
  char list[FLAGS_BYTES] = "";
  for (int code = 0; code < SAGITTA_WARNINGS; code++) {
    if (set[code]) add_name(list, (sagitta_warning_code)code);
  }
  put_text(to, list);
}

static void put_flags(FILE *to, const sagitta_result *result) {
  bool flags[SAGITTA_WARNINGS] = { false }, warnings[SAGITTA_WARNINGS] = { false };
  size_t count = 0;
  const sagitta_repetition *r = result ? sagitta_result_repetitions(result, &count) : NULL;
  for (size_t i = 0; i < count; i++) {
    for (size_t k = 0; k < r[i].flag_count; k++) {
      if ((int)r[i].flag[k] >= 0 && r[i].flag[k] < SAGITTA_WARNINGS) flags[r[i].flag[k]] = true;
    }
  }
  count = 0;
  const sagitta_warning *w = result ? sagitta_result_warnings(result, &count) : NULL;
  for (size_t i = 0; i < count; i++) {
    if ((int)w[i].code >= 0 && w[i].code < SAGITTA_WARNINGS && !flags[w[i].code]) warnings[w[i].code] = true;
  }
  put_codes(to, flags);
  put_codes(to, warnings);
}

void columns_measured(FILE *to, int exit_code, const char *reason, const sagitta_result *result) {
  const char *set = result ? sagitta_marker_set_name(sagitta_result_set(result)) : NULL;
  const sagitta_input_info *input = result ? sagitta_result_input(result) : NULL;
  fprintf(to, "%d", exit_code);
  put_text(to, reason);
  put_text(to, result ? sagitta_result_test(result) : "");
  put_text(to, set ? set : "");
  put_text(to, !result ? "" : sagitta_result_facing_right(result) ? "right" : "left");
  put_text(to, result ? sagitta_side_name(sagitta_result_side(result)) : "");
  fputc(',', to);
  if (result) fprintf(to, "%zu", sagitta_result_summary(result)->repetitions);
  put_inferred(to, result ? sagitta_result_summary(result) : NULL);
  put_summary(to, result ? sagitta_result_summary(result) : NULL);
  put_verdict(to, result ? sagitta_result_verdict(result) : NULL);
  put_scores(to, result);
  put_flags(to, result);
  put_number(to, input ? input->duration_s : NAN, 4);
  put_number(to, input ? input->frame_rate : NAN, 4);
  put_ranges(to, result);
  fputc('\n', to);
}

bool columns_always(size_t column) {
  return column == 0 || column == COLUMN_EXIT;
}

char *columns_line(const batch_item *item, const char *measured) {
  char *line = NULL;
  size_t length = 0;
  FILE *to = open_memstream(&line, &length);
  if (!to) return NULL;
  csv_put(to, item->path);
  put_text(to, item->client);
  put_number(to, item->age > 0 ? item->age : NAN, item->age == floor(item->age) ? 0 : 2);
  put_text(to, item->sex == 'f' ? "f" : item->sex == 'm' ? "m" : "");
  fputc(',', to);
  fwrite(measured, 1, strcspn(measured, "\n"), to);
  fputc(',', to);
  if (*item->modified) fprintf(to, "%llu", item->bytes);
  put_text(to, item->modified);
  put_text(to, item->settings);
  put_text(to, sagitta_version());
  const bool bad = ferror(to);
  if (fclose(to) == 0 && !bad) return line;
  free(line);
  return NULL;
}
