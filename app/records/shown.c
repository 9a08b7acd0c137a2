/* SPDX-License-Identifier: Apache-2.0 */
#include "records/shown.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/language.h"
#include "sagitta/tests.h"

static const char *print(char text[SHOWN_TEXT], double value, int decimals, bool sign) {
  if (isnan(value)) return strcpy(text, "–");
  const double unit = pow(10, decimals), rounded = round(value * unit) / unit;
  const double shown = fabs(rounded) > 0 ? rounded : 0;
  (void)snprintf(text, SHOWN_TEXT, sign && shown > 0 ? "+%.*f" : "%.*f", decimals, shown);
  return text;
}

const char *shown_value(char text[SHOWN_TEXT], double value, const sagitta_quantity_info *info, bool sign) {
  return print(text, value * info->factor, info->decimals, sign);
}

const char *shown_slope(char text[SHOWN_TEXT], double value, const sagitta_quantity_info *info) {
  return print(text, value * info->factor, info->decimals + 1, true);
}

const char *shown_label(char *text, size_t size, const sagitta_quantity_info *info, const char *language) {
  (void)snprintf(text, size, "%s %s", say(language, info->label), info->unit);
  return text;
}

const char *shown_test(const char *name, const char *language) {
  const sagitta_test *test = sagitta_test_find(name);
  return test ? say(language, test->title) : name;
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
