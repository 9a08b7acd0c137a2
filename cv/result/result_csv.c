/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "result/result.h"
#include "base/base.h"

#define NUMBER_ROOM 32

typedef struct {
  char *text;
  size_t length, room;
  int whole;
} builder;

static char *room_for(builder *b, size_t more) {
  void *text = b->text;
  b->whole = b->whole && sg_reserve(&text, &b->room, b->length + more + 1, 1);
  b->text = text;
  return b->whole ? b->text + b->length : NULL;
}

static void add(builder *b, const char *text) {
  const size_t n = strlen(text);
  char *at = room_for(b, n);
  if (!at) return;
  memcpy(at, text, n + 1);
  b->length += n;
}

static void add_number(builder *b, double value, int decimals) {
  char *at = room_for(b, NUMBER_ROOM);
  if (at && !isnan(value)) b->length += sg_print_fixed(at, value, decimals);
}

sagitta_status sagitta_result_print_angles(const sagitta_result *result, char **text, size_t *length,
                                           sagitta_error *error) {
  *text = NULL;
  if (result->rows == 0) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                   "This result holds no angles through time: analyse the tracks again.");
  }
  builder b = { NULL, 0, 0, 1 };
  add(&b, "time_s");
  for (int a = 0; a < SAGITTA_ANGLES; a++) {
    static const char *const ends[] = { "_deg", "_low", "_high" };
    for (int k = 0; k < 3; k++) {
      add(&b, ",");
      add(&b, sagitta_angle_name((sagitta_angle)a));
      add(&b, ends[k]);
    }
  }
  add(&b, ",repetition\n");
  for (size_t i = 0; b.whole && i < result->rows; i++) {
    add_number(&b, result->time[i], 4);
    for (int a = 0; a < SAGITTA_ANGLES; a++) {
      const sagitta_angle_value v = result->angle[i * SAGITTA_ANGLES + (size_t)a];
      const bool known = !isnan(v.value);
      add(&b, ",");
      add_number(&b, v.value, 2);
      add(&b, ",");
      add_number(&b, known ? v.low : NAN, 2);
      add(&b, ",");
      add_number(&b, known ? v.high : NAN, 2);
    }
    add(&b, ",");
    if (result->in_repetition[i]) add_number(&b, result->in_repetition[i], 0);
    add(&b, "\n");
  }
  if (!b.whole) {
    free(b.text);
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to write the angles of %zu frames.", result->rows);
  }
  *text = b.text;
  if (length) *length = b.length;
  return SAGITTA_OK;
}
