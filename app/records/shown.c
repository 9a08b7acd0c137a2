/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers as text, for terminal and report. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/side.h"
#include "cli/text.h"
#include "records/history.h"
#include "sagitta/tests.h"

_Static_assert(SHOWN_TEXT >= TEXT_NUMBER, "a number has room");

const char *shown_value(char text[SHOWN_TEXT], double value, const sagitta_quantity_info *info, bool sign,
                        const char *language) {
  return text_number(text, value * info->factor, info->decimals, sign, language);
}

const char *shown_marked(char text[SHOWN_TEXT], double value, bool inferred, const sagitta_quantity_info *info,
                         const char *language) {
  char number[SHOWN_TEXT];
  (void)snprintf(text, SHOWN_TEXT, "%s%.24s", inferred && isfinite(value) ? "≈" : "",
                 shown_value(number, value, info, false, language));
  return text;
}

/* As it is shown, in the document's unit. */
static double as_shown(double value, const sagitta_quantity_info *info) {
  const double unit = pow(10, info->decimals) * info->factor;
  return round(value * unit) / unit;
}

sagitta_quantity_info shown_apart(const sagitta_quantity_info *info, double a, double b, double limit) {
  sagitta_quantity_info apart = *info;
  const bool more = fabs(b - a) > limit;
  for (; apart.decimals < info->decimals + SHOWN_DECIMALS_MORE && isfinite(limit); apart.decimals++) {
    /* The same steps as comparison_difference's; half of the last decimal parts what is equal from what is not. */
    const double between = fabs(as_shown(b, &apart) - as_shown(a, &apart)), least = as_shown(limit, &apart);
    const double half = 0.5 / (pow(10, apart.decimals) * info->factor);
    if (more ? between > least + half : between < least - half) break;
  }
  return apart;
}

const char *shown_direction(const sagitta_quantity_info *info, double change, const char *language) {
  static const char *const further[] = { "hip_hinge_deg",    "lumbar_flexion_deg", "pelvic_rotation_deg",
                                         "trunk_thigh_deg",  "reach_cm",           "leg_raise_deg",
                                         "neutral_hinge_deg" };
  static const char *const short_of[] = { "fingertip_to_floor_cm", "knee_angle_deg" }; /* less is further */
  for (size_t i = 0; i < sizeof short_of / sizeof *short_of; i++) {
    if (strcmp(info->key, short_of[i]) == 0) return change < 0 ? say(language, "further") : say(language, "less far");
  }
  for (size_t i = 0; i < sizeof further / sizeof *further; i++) {
    if (strcmp(info->key, further[i]) == 0) return change > 0 ? say(language, "further") : say(language, "less far");
  }
  return change > 0 ? say(language, "more") : say(language, "less");
}

const char *shown_slope(char text[SHOWN_TEXT], double value, const sagitta_quantity_info *info, const char *language) {
  return text_number(text, value * info->factor, info->decimals + 1, true, language);
}

/* "54°", "7.5 cm": in the shown unit and with it. */
static void with_unit(char text[SHOWN_TEXT + 16], double value, const sagitta_quantity_info *info, const char *unit,
                      const char *language) {
  char number[SHOWN_TEXT];
  const bool close = !*unit || strncmp(unit, "°", strlen("°")) == 0;
  (void)snprintf(text, SHOWN_TEXT + 16, "%s%s%.12s", shown_value(number, value, info, false, language),
                 close ? "" : " ", unit);
}

void shown_difference(char *text, size_t size, const side_difference *d, const char *left_day, const char *right_day,
                      const char *language) {
  char left[SHOWN_TEXT + 16], right[SHOWN_TEXT + 16], between[SHOWN_TEXT + 16], limit[SHOWN_TEXT + 16];
  const sagitta_quantity_info apart = shown_apart(d->info, d->left_value, d->right_value, d->limit.mdc), *info = &apart;
  /* Between two shares lie points, not per cent. */
  const char *unit = strcmp(info->unit, "%") == 0 ? say(language, "points") : info->unit;
  const char *label = say(language, info->label);
  with_unit(left, d->left_value, info, info->unit, language);
  with_unit(right, d->right_value, info, info->unit, language);
  /* Of the two as they stand beside it: the reader subtracts them. */
  with_unit(between, fabs(as_shown(d->right_value, info) - as_shown(d->left_value, info)), info, unit, language);
  with_unit(limit, d->limit.mdc, info, unit, language);
  const bool real = d->verdict == CHANGE_REAL;
  if (strcmp(d->left->day, d->right->day) == 0) {
    (void)snprintf(text, size,
                   real ? say(language, "%s on %s, left %s, right %s: %s difference, larger than the limit of %s.")
                        : say(language, "%s on %s, left %s, right %s: %s difference, within the limit of %s."),
                   label, left_day, left, right, between, limit);
  } else {
    (void)snprintf(text, size,
                   real ? say(language, "%s, left %s (%s), right %s (%s): %s difference, larger than the limit of %s.")
                        : say(language, "%s, left %s (%s), right %s (%s): %s difference, within the limit of %s."),
                   label, left, left_day, right, right_day, between, limit);
  }
}

const char *shown_label(char *text, size_t size, const sagitta_quantity_info *info, const char *language) {
  (void)snprintf(text, size, "%s %s", say(language, info->label), info->unit);
  return text;
}

const char *shown_test(const char *name, const char *language) {
  const sagitta_test *test = sagitta_test_find(name);
  return test ? say(language, test->title) : name;
}

const char *shown_test_of_side(char *text, size_t size, const char *name, sagitta_side side, const char *language) {
  const bool sided = side_matters(name);
  (void)snprintf(text, size, "%s%s%s", shown_test(name, language), sided ? ", " : "",
                 sided ? side_words(side, language) : "");
  return text;
}

void shown_spark(char *text, size_t size, const double *values, size_t count, double least) {
  static const char *const steps[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
  double low = INFINITY, high = -INFINITY;
  for (size_t i = 0; i < count; i++) {
    if (isnan(values[i])) continue;
    low = fmin(low, values[i]);
    high = fmax(high, values[i]);
  }
  if (high - low < least) {
    const double middle = (low + high) / 2;
    low = middle - least / 2;
    high = middle + least / 2;
  }
  size_t at = 0;
  text[0] = '\0';
  for (size_t i = 0; i < count; i++) {
    const double share = high > low ? (values[i] - low) / (high - low) : 0.5;
    const char *step = isnan(values[i]) ? "·" : steps[(int)fmin(7, floor(share * 8))];
    const size_t length = strlen(step);
    if (at + length >= size) return;
    memcpy(text + at, step, length + 1);
    at += length;
  }
}
