/* SPDX-License-Identifier: Apache-2.0 */
/* Which results are of one series: the same test, with the same markers, of the same side. */
#include <string.h>

#include "records/history.h"

bool series_is_of(const history_test *t, const char *test, sagitta_marker_set set, sagitta_side side) {
  return t->set == set && t->side == side && strcmp(t->test, test) == 0;
}

bool series_has(const history_test *t, const records_result *row, const sagitta_result *result, const char *day) {
  return result && series_is_of(t, row->test, sagitta_result_set(result), row->side) &&
         (!day || strcmp(row->day, day) == 0);
}
