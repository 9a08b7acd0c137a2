/* SPDX-License-Identifier: Apache-2.0 */
/* Recordings as they are named on a command line, and which one is meant. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "records/db.h"
#include "sagitta/tests.h"

bool records_is_number(const char *word) {
  const char *digits = word + (*word == '#');
  return *digits && strspn(digits, "0123456789") == strlen(digits) && strlen(digits) < 18;
}

bool records_is_name(const char *word) {
  return records_is_number(word) || strchr(word, '@') != NULL;
}

static sagitta_status no_name(const char *word, sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                   "\"%.100s\" is neither a file, nor the number of a result, nor a visit: a visit is written "
                   "CLIENT@2026-03-31, CLIENT@first or CLIENT@last.",
                   word);
}

/* One of the parts that follow the day. */
static void take_part(records_name *name, const char *part) {
  if (sagitta_side_from_name(part)) {
    name->side = sagitta_side_from_name(part);
  } else if (db_mark(part)) {
    name->mark = db_mark(part);
  } else {
    (void)snprintf(name->test, sizeof name->test, "%s", part);
  }
}

sagitta_status records_name_parse(records_name *name, const char *word, const char *test, sagitta_error *error) {
  memset(name, 0, sizeof *name);
  if (records_is_number(word)) {
    name->number = strtoll(word + (*word == '#'), NULL, 10);
    return SAGITTA_OK;
  }
  const char *at = strrchr(word, '@');
  const size_t code = at ? (size_t)(at - word) : sizeof name->code, day = at ? strcspn(at + 1, ":") : 0;
  if (code == 0 || code >= sizeof name->code || day == 0 || day >= sizeof name->day) return no_name(word, error);
  memcpy(name->code, word, code);
  memcpy(name->day, at + 1, day);
  if (strcmp(name->day, "today") == 0) records_today(name->day);
  if (test) (void)snprintf(name->test, sizeof name->test, "%s", test);
  for (const char *part = at + 1 + day; *part == ':'; part += 1 + strcspn(part + 1, ":")) {
    char text[32];
    (void)snprintf(text, sizeof text, "%.*s", (int)strcspn(part + 1, ":"), part + 1);
    take_part(name, text);
  }
  return SAGITTA_OK;
}

static bool fits(const records_name *name, const records_result *t) {
  return (!*name->test || strcmp(t->test, name->test) == 0) && (!name->side || t->side == name->side) &&
         (!name->mark || t->mark == name->mark);
}

/* Rows come by day, and within it in the order of saving. */
static const records_result *choose(const records_name *name, const records_result *rows, size_t count, int *others) {
  const bool first = strcmp(name->day, "first") == 0, last = strcmp(name->day, "last") == 0;
  const records_result *found = NULL;
  *others = 0;
  for (size_t i = 0; i < count; i++) {
    const records_result *t = &rows[i];
    if (!fits(name, t) || (!first && !last && strcmp(t->day, name->day) != 0)) continue;
    const bool same_day = found && strcmp(found->day, t->day) == 0;
    if (first && found && !same_day) continue;
    *others = same_day ? *others + 1 : 0;
    found = t;
  }
  return found;
}

sagitta_status records_name_find(records *r, const records_name *name, int64_t *id, int *others, sagitta_error *error) {
  records_client c;
  records_result *rows = NULL;
  size_t count = 0;
  int more = 0;
  *id = name->number;
  if (others) *others = 0;
  if (name->number) return SAGITTA_OK;
  sagitta_status status = records_client_find(r, name->code, &c, error);
  if (status == SAGITTA_OK) status = records_results(r, c.id, false, &rows, &count, error);
  if (status != SAGITTA_OK) return status;
  const records_result *found = choose(name, rows, count, &more);
  if (found) {
    *id = found->id;
    if (others) *others = more;
  } else {
    status = records_name_missing(name, error);
  }
  records_results_free(rows, count);
  return status;
}

sagitta_status records_name_missing(const records_name *name, sagitta_error *error) {
  const char *side = sagitta_side_name(name->side);
  return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                   "There is no such result of %s%s%s%s%s%s%s on %s. \"sagitta records show %s\" lists what there is.",
                   name->code, *name->test ? ", " : "", name->test, *side ? ", " : "", error_say(error, side),
                   name->mark ? ", " : "", name->mark ? error_say(error, records_mark_name(name->mark)) : "", name->day,
                   name->code);
}
