/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/result_view.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/set_words.h"
#include "cli/side.h"
#include "cli/summary.h"
#include "cli/text.h"
#include "cli/verdict_words.h"
#include "records/history.h"

static json_t *number(double value) {
  return isfinite(value) ? json_real(value) : json_null();
}

/* In the shown unit; null where it is not known. */
static json_t *quantity(const sagitta_quantity *q, const sagitta_quantity_info *info) {
  if (!q || !q->known) return json_null();
  return json_pack("{s:o, s:o, s:o, s:o, s:o, s:b}", "value", number(q->value * info->factor), "low",
                   number(q->low * info->factor), "high", number(q->high * info->factor), "camera_low",
                   number(q->camera_low * info->factor), "camera_high", number(q->camera_high * info->factor),
                   "inferred", q->inferred);
}

static json_t *row(const sagitta_result *result, const sagitta_quantity_info *info, const char *language) {
  size_t count;
  bool any = false;
  const sagitta_repetition *rep = sagitta_result_repetitions(result, &count);
  const sagitta_quantity *mean = sagitta_summary_quantity(sagitta_result_summary(result), info->key);
  json_t *each = json_array();
  any = mean && mean->known;
  for (size_t i = 0; i < count; i++) {
    const sagitta_quantity *q = sagitta_repetition_quantity(&rep[i], info->key);
    any = any || (q && q->known);
    (void)json_array_append_new(each, quantity(q, info));
  }
  if (!any) {
    json_decref(each);
    return NULL;
  }
  return json_pack("{s:s, s:s, s:s, s:i, s:s, s:o, s:o}", "key", info->key, "label", say(language, info->label), "unit",
                   info->unit, "decimals", info->decimals, "meaning", say(language, info->meaning), "mean",
                   quantity(mean, info), "repetitions", each);
}

/* The test's own quantities first, the others after them. */
static json_t *rows(const sagitta_result *result, const char *language) {
  size_t count;
  json_t *all = json_array();
  const sagitta_test *test = sagitta_test_find(sagitta_result_test(result));
  const sagitta_quantity_info *info = sagitta_quantities(&count);
  for (const char *const *key = test ? test->quantities : NULL; key && *key; key++) {
    const sagitta_quantity_info *own = sagitta_quantity_find(*key);
    json_t *one = own ? row(result, own, language) : NULL;
    if (one) (void)json_object_set_new(one, "main", json_true());
    if (one) (void)json_array_append_new(all, one);
  }
  for (size_t i = 0; i < count; i++) {
    bool own = false;
    for (const char *const *key = test ? test->quantities : NULL; key && *key; key++) {
      own = own || strcmp(*key, info[i].key) == 0;
    }
    json_t *one = own ? NULL : row(result, &info[i], language);
    if (one) (void)json_array_append_new(all, one);
  }
  return all;
}

static json_t *repetitions(const sagitta_result *result, const char *language) {
  size_t count;
  json_t *all = json_array();
  const sagitta_repetition *rep = sagitta_result_repetitions(result, &count);
  for (size_t i = 0; i < count; i++) {
    json_t *flags = json_array();
    for (size_t k = 0; k < rep[i].flag_count; k++) {
      (void)json_array_append_new(flags, json_string(say(language, sagitta_warning_meaning(rep[i].flag[k]))));
    }
    (void)json_array_append_new(all, json_pack("{s:o, s:o, s:o, s:o, s:b, s:o}", "start_s", number(rep[i].start_s),
                                               "end_range_s", number(rep[i].end_range_s), "end_s", number(rep[i].end_s),
                                               "hold_s", number(rep[i].hold_s), "valid", rep[i].valid, "flags", flags));
  }
  return all;
}

/* The share in each part of the bend, for every repetition. */
static json_t *phases(const sagitta_result *result) {
  size_t count, parts = 0;
  json_t *all = json_array();
  const sagitta_quantity_info *info = sagitta_quantity_find("lumbar_share");
  const sagitta_repetition *rep = sagitta_result_repetitions(result, &count);
  for (size_t i = 0; i < count; i++) parts = rep[i].phase_count > parts ? rep[i].phase_count : parts;
  for (size_t k = 0; k < parts; k++) {
    json_t *each = json_array();
    for (size_t i = 0; i < count; i++) {
      const sagitta_phase *part = k < rep[i].phase_count ? &rep[i].phase[k] : NULL;
      json_t *one = quantity(part ? &part->lumbar_share : NULL, info);
      if (part)
        one = json_pack("{s:o, s:o, s:o}", "from_deg", number(part->from_deg), "to_deg", number(part->to_deg), "share",
                        one);
      (void)json_array_append_new(each, one);
    }
    (void)json_array_append_new(all, each);
  }
  return all;
}

/* Of a free movement: between what each angle went, and when. */
static json_t *ranges(const sagitta_result *result, const char *language) {
  static const sagitta_quantity_info degrees = { .unit = "°", .factor = 1 };
  json_t *all = json_array();
  for (int angle = 0; angle < SAGITTA_ANGLES; angle++) {
    const sagitta_range *range = sagitta_result_range(result, (sagitta_angle)angle);
    if (!range || !range->known) continue;
    (void)json_array_append_new(
        all, json_pack("{s:s, s:o, s:o, s:o, s:o}", "label", say(language, sagitta_angle_title((sagitta_angle)angle)),
                       "least", quantity(&range->least, &degrees), "least_s", number(range->least_s), "greatest",
                       quantity(&range->greatest, &degrees), "greatest_s", number(range->greatest_s)));
  }
  return all;
}

static json_t *notes(const sagitta_result *result, const char *language) {
  size_t count;
  json_t *all = json_array();
  const sagitta_warning *w = sagitta_result_warnings(result, &count);
  for (size_t i = 0; i < count; i++) {
    const char *role = w[i].role >= 0 ? sagitta_role_name((sagitta_role)w[i].role) : "";
    (void)json_array_append_new(
        all, json_pack("{s:s, s:s, s:o, s:o}", "text",
                       w[i].message[0] ? w[i].message : say(language, sagitta_warning_meaning(w[i].code)), "role",
                       role ? role : "", "from_s", number(w[i].from_s), "to_s", number(w[i].to_s)));
  }
  return all;
}

static json_t *score(const sagitta_result *result, const char *language) {
  json_t *all = json_array();
  const sagitta_score *of = sagitta_result_score(result);
  for (size_t i = 0; of->given && i < of->protocols; i++) {
    const sagitta_protocol_score *p = &of->protocol[i];
    char text[300];
    summary_score(text, sizeof text, p, language);
    (void)json_array_append_new(all, json_string(text));
  }
  return all;
}

json_t *result_view(const sagitta_result *result) {
  char title[200], gist[VERDICT_GIST];
  const char *language = sagitta_result_language(result), *test = sagitta_result_test(result);
  const sagitta_verdict *verdict = sagitta_result_verdict(result);
  const sagitta_input_info *input = sagitta_result_input(result);
  (void)verdict_gist(gist, verdict, language);
  return json_pack(
      "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:o, s:o, s:o, s:o, s:o, s:o, s:i, s:i, s:s}", "test", test, "title",
      shown_test_of_side(title, sizeof title, test, sagitta_result_side(result), language), "markers",
      marker_set_words(sagitta_result_set(result), language), "language", language, "sentence",
      verdict->sentence && *verdict->sentence ? verdict->sentence : say(language, "No repetition could be counted."),
      "gist", gist, "side", sagitta_side_name(sagitta_result_side(result)), "verdict",
      verdict->given && verdict->applies, "rows", rows(result, language), "repetitions", repetitions(result, language),
      "phases", phases(result), "ranges", ranges(result, language), "notes", notes(result, language), "score",
      score(result, language), "width", input->width, "height", input->height, "disclaimer",
      say(language, sagitta_disclaimer()));
}
