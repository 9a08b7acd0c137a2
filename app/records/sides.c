/* SPDX-License-Identifier: Apache-2.0 */
/* Left against right: the difference between the sides, of a client's own visits, and its limit. */
#include <math.h>
#include <string.h>

#include "records/history.h"
#include "sagitta/tests.h"

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
