/* SPDX-License-Identifier: Apache-2.0 */
/* Left against right: the difference between the sides, of a client's own visits, and its limit. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/text.h"
#include "records/db.h"
#include "records/history.h"
#include "sagitta/tests.h"

change_limit change_limit_of_sides(const change_limit *left, const change_limit *right) {
  return (change_limit){ .mdc = sqrt((left->mdc * left->mdc + right->mdc * right->mdc) / 2),
                         .sem = sqrt((left->sem * left->sem + right->sem * right->sem) / 2),
                         .personal = left->personal && right->personal,
                         .df = left->df < right->df ? left->df : right->df };
}

static bool is_counted(const history_visit *v, size_t q, const char *until) {
  return v->cell[RECORDS_UNMARKED][q].results > 0 && (!until || strcmp(v->day, until) <= 0);
}

/* The latest pair of visits, one of each side, that lie near enough; of those with the same later day the nearest. */
static bool find_pair(const history_test *left, const history_test *right, size_t q, const char *until,
                      side_difference *d) {
  double latest = -INFINITY, nearest = INFINITY;
  for (size_t i = 0; i < left->visits; i++) {
    const history_visit *l = &left->visit[i];
    for (size_t k = 0; k < right->visits && is_counted(l, q, until); k++) {
      const history_visit *r = &right->visit[k];
      const double apart = fabs(l->days - r->days), later = fmax(l->days, r->days);
      if (!is_counted(r, q, until) || apart > SIDES_DAYS) continue;
      if (later < latest || (!(later > latest) && apart >= nearest)) continue;
      latest = later;
      nearest = apart;
      d->left = l;
      d->right = r;
    }
  }
  return isfinite(latest);
}

/* The same test with the same markers on the other side. */
static const history_test *other_side(const history *h, const history_test *t) {
  for (size_t i = 0; i < h->tests; i++) {
    const history_test *o = &h->test[i];
    if (o->side == SAGITTA_SIDE_RIGHT && o->set == t->set && strcmp(o->test, t->test) == 0) return o;
  }
  return NULL;
}

size_t history_differences(const history *h, const history_test *left, const char *until,
                           side_difference out[HISTORY_DIFFERENCES]) {
  const sagitta_test *test = sagitta_test_find(left->test);
  const history_test *right = left->side == SAGITTA_SIDE_LEFT ? other_side(h, left) : NULL;
  size_t count = 0;
  if (!test || !right) return 0;
  for (const char *const *key = test->quantities; *key; key++) {
    for (size_t q = 0; q < left->quantities && count < HISTORY_DIFFERENCES; q++) {
      side_difference *d = &out[count];
      *d = (side_difference){ .info = left->quantity[q].info };
      if (strcmp(d->info->key, *key) != 0) continue;
      d->limit = change_limit_of_sides(&left->quantity[q].limit, &right->quantity[q].limit);
      if (isnan(d->limit.mdc) || !find_pair(left, right, q, until, d)) continue;
      d->left_value = d->left->cell[RECORDS_UNMARKED][q].value;
      d->right_value = d->right->cell[RECORDS_UNMARKED][q].value;
      d->verdict = change_judge(d->left_value, d->right_value, d->limit.mdc);
      count++;
    }
  }
  return count;
}

/* "54°", "7.5 cm": in the shown unit and with it. */
static void put_value(char text[SHOWN_TEXT + 16], double value, const sagitta_quantity_info *info, const char *unit) {
  char number[SHOWN_TEXT];
  const bool close = !*unit || strncmp(unit, "°", strlen("°")) == 0;
  (void)snprintf(text, SHOWN_TEXT + 16, "%s%s%.12s", shown_value(number, value, info, false), close ? "" : " ", unit);
}

void shown_difference(char *text, size_t size, const side_difference *d, const char *left_day, const char *right_day,
                      const char *language) {
  char left[SHOWN_TEXT + 16], right[SHOWN_TEXT + 16], between[SHOWN_TEXT + 16], limit[SHOWN_TEXT + 16];
  const sagitta_quantity_info *info = d->info;
  /* Between two shares lie points, not per cent. */
  const char *unit = strcmp(info->unit, "%") == 0 ? say(language, "points") : info->unit;
  const char *label = say(language, info->label);
  put_value(left, d->left_value, info, info->unit);
  put_value(right, d->right_value, info, info->unit);
  put_value(between, fabs(d->right_value - d->left_value), info, unit);
  put_value(limit, d->limit.mdc, info, unit);
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
