/* SPDX-License-Identifier: Apache-2.0 */
/* What the records give out: JSON documents. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/side.h"
#include "cli/text.h"
#include "records/history.h"
#include "sagitta/tests.h"

/* ---- building a document ---- */

void build_put(json_build *b, json_t *object, const char *key, json_t *value) {
  if (!value || json_object_set_new(object, key, value) != 0) b->failed = true;
}

void build_append(json_build *b, json_t *array, json_t *value) {
  if (!value || json_array_append_new(array, value) != 0) b->failed = true;
}

void build_number(json_build *b, json_t *object, const char *key, double value) {
  if (!isfinite(value)) return;
  const double size = fabs(value) > 1e-200 ? pow(10, 5 - floor(log10(fabs(value)))) : 1;
  const double rounded = round(value * size) / size;
  build_put(b, object, key, json_real(isfinite(rounded) ? rounded : value));
}

void build_text(json_build *b, json_t *object, const char *key, const char *value) {
  if (value && *value) build_put(b, object, key, json_string(value));
}

char *build_print(json_build *b, json_t *root) {
  char *text = b->failed ? NULL : json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(12));
  json_decref(root);
  char *whole = text ? realloc(text, strlen(text) + 2) : NULL;
  if (!whole) {
    free(text);
    return NULL;
  }
  return strcat(whole, "\n");
}

/* ---- sagitta-history/1 ---- */

static void put_cells(json_build *b, json_t *object, const char *key, const history_test *t,
                      const history_cell *cells) {
  json_t *all = json_object();
  for (size_t i = 0; i < t->quantities; i++) {
    const history_cell *c = &cells[i];
    if (!c->results) continue;
    json_t *o = json_object();
    build_number(b, o, "value", c->value);
    build_number(b, o, "low", c->low);
    build_number(b, o, "high", c->high);
    if (c->inferred) build_put(b, o, "inferred", json_true());
    build_put(b, o, "results", json_integer(c->results));
    build_put(b, all, t->quantity[i].info->key, o);
  }
  if (json_object_size(all) > 0) {
    build_put(b, object, key, all);
  } else {
    json_decref(all);
  }
}

static void put_limit(json_build *b, json_t *object, const change_limit *limit) {
  if (isnan(limit->mdc)) return;
  json_t *o = json_object();
  build_number(b, o, "detectable_change", limit->mdc);
  build_number(b, o, "sem", limit->sem);
  build_put(b, o, "personal", json_boolean(limit->personal));
  if (limit->same_markers) build_put(b, o, "same_markers", json_true());
  if (limit->personal) build_put(b, o, "degrees_of_freedom", json_integer(limit->df));
  build_put(b, object, "limit", o);
}

/* What was compared within the visit; `t`: with the quantities of the series, NULL without. */
static void put_treatment(json_build *b, json_t *object, const history_treatment *of, const history_test *t) {
  static const char *const grounds[] = { NULL, "two_before", "rest" };
  if (!of->before || !of->after) return;
  json_t *o = json_object(), *quantities = json_object();
  build_put(b, o, "before_recordings", json_integer(of->before));
  build_put(b, o, "after_recordings", json_integer(of->after));
  build_put(b, o, "same_markers", json_boolean(of->same_markers));
  if (of->rest_min) build_put(b, o, "rest_min", json_integer(of->rest_min));
  build_put(b, o, "ground", of->ground ? json_string(grounds[of->ground]) : json_null());
  for (size_t i = 0; t && i < t->quantities; i++) {
    const history_change *c = &of->change[i];
    if (isnan(c->before) || isnan(c->after) || !change_is_told(t->quantity[i].info->key, t->set)) continue;
    json_t *q = json_object();
    build_number(b, q, "before", c->before);
    build_number(b, q, "after", c->after);
    build_number(b, q, "change", c->after - c->before);
    build_number(b, q, "loosened", c->loosened);
    put_limit(b, q, &c->limit);
    build_text(b, q, "verdict", change_word(c->verdict));
    build_put(b, quantities, t->quantity[i].info->key, q);
  }
  if (t) {
    build_put(b, o, "quantities", quantities);
  } else {
    json_decref(quantities);
  }
  build_put(b, object, "treatment", o);
}

static json_t *visit_json(json_build *b, const history_test *t, const history_visit *v) {
  json_t *o = json_object();
  build_text(b, o, "day", v->day);
  build_number(b, o, "pain", v->pain[RECORDS_UNMARKED].value);
  put_cells(b, o, "quantities", t, v->cell[RECORDS_UNMARKED]);
  build_number(b, o, "pain_before", v->pain[RECORDS_BEFORE].value);
  put_cells(b, o, "before", t, v->cell[RECORDS_BEFORE]);
  build_number(b, o, "pain_after", v->pain[RECORDS_AFTER].value);
  put_cells(b, o, "after", t, v->cell[RECORDS_AFTER]);
  put_treatment(b, o, &v->treatment, t);
  return o;
}

static void put_trend(json_build *b, json_t *object, const change_trend *trend) {
  if (!trend->known) return;
  json_t *o = json_object();
  build_number(b, o, "per_day", trend->per_day);
  build_number(b, o, "low", trend->low);
  build_number(b, o, "high", trend->high);
  build_put(b, o, "visits", json_integer(trend->visits));
  build_put(b, object, "trend", o);
}

static json_t *quantity_json(json_build *b, const history_quantity *q, size_t i, sagitta_marker_set set) {
  const history_cell *first = &q->first->cell[RECORDS_UNMARKED][i], *last = &q->last->cell[RECORDS_UNMARKED][i];
  json_t *o = json_object();
  build_put(b, o, "visits", json_integer(q->visits));
  build_text(b, o, "first_day", q->first->day);
  build_number(b, o, "first", first->value);
  build_text(b, o, "last_day", q->last->day);
  build_number(b, o, "last", last->value);
  const bool told = q->visits > 1 && change_is_told(q->info->key, set);
  if (told) build_number(b, o, "change", last->value - first->value);
  build_text(b, o, "verdict", change_word(q->verdict));
  if (told) {
    const double previous = q->previous->cell[RECORDS_UNMARKED][i].value;
    build_text(b, o, "previous_day", q->previous->day);
    build_number(b, o, "change_since_previous", last->value - previous);
    build_text(b, o, "verdict_since_previous", change_word(q->since_previous));
  }
  put_limit(b, o, &q->limit);
  put_trend(b, o, &q->trend);
  return o;
}

/* null where it is not known; absent where the test has none. */
static void put_side(json_build *b, json_t *object, const char *test, sagitta_side side) {
  if (!side_matters(test)) return;
  build_put(b, object, "side", side ? json_string(sagitta_side_name(side)) : json_null());
}

static json_t *visit_value(json_build *b, const history_visit *v, double value) {
  json_t *o = json_object();
  build_text(b, o, "day", v->day);
  build_number(b, o, "value", value);
  return o;
}

static void put_differences(json_build *b, json_t *list, const history *h, const history_test *left) {
  side_difference all[HISTORY_DIFFERENCES];
  const size_t count = history_differences(h, left, NULL, all);
  for (size_t i = 0; i < count; i++) {
    const side_difference *d = &all[i];
    json_t *o = json_object();
    build_text(b, o, "test", left->test);
    build_text(b, o, "marker_set", sagitta_marker_set_name(left->set));
    build_text(b, o, "quantity", d->info->key);
    build_put(b, o, "left", visit_value(b, d->left, d->left_value));
    build_put(b, o, "right", visit_value(b, d->right, d->right_value));
    build_number(b, o, "difference", d->right_value - d->left_value);
    build_text(b, o, "verdict", change_word(d->verdict));
    put_limit(b, o, &d->limit);
    build_append(b, list, o);
  }
}

static json_t *test_json(json_build *b, const history_test *t) {
  json_t *o = json_object(), *visits = json_array(), *quantities = json_object();
  build_text(b, o, "test", t->test);
  build_text(b, o, "marker_set", sagitta_marker_set_name(t->set));
  put_side(b, o, t->test, t->side);
  for (size_t i = 0; i < t->quantities; i++) {
    if (!t->quantity[i].visits) continue;
    build_put(b, quantities, t->quantity[i].info->key, quantity_json(b, &t->quantity[i], i, t->set));
  }
  build_put(b, o, "quantities", quantities);
  for (size_t i = 0; i < t->visits; i++) build_append(b, visits, visit_json(b, t, &t->visit[i]));
  build_put(b, o, "visits", visits);
  build_put(b, o, "repeatability_recordings", json_integer(t->replicates));
  return o;
}

char *history_json(const history *h) {
  json_build b = { false };
  json_t *root = json_object(), *tests = json_array(), *sides = json_array();
  build_text(&b, root, "schema", "sagitta-history/1");
  build_text(&b, root, "version", sagitta_version());
  build_text(&b, root, "client", h->client.code);
  build_text(&b, root, "name", h->client.name);
  for (size_t i = 0; i < h->tests; i++) build_append(&b, tests, test_json(&b, &h->test[i]));
  build_put(&b, root, "tests", tests);
  for (size_t i = 0; i < h->tests; i++) put_differences(&b, sides, h, &h->test[i]);
  build_put(&b, root, "sides", sides);
  build_put(&b, root, "left_out",
            json_pack("{s:i, s:i, s:i, s:i, s:i}", "analysed_again", h->superseded, "only_after_treatment",
                      h->only_after, "without_usable_repetition", h->unusable, "without_quantities", h->unfollowed,
                      "unreadable", h->unreadable));
  return build_print(&b, root);
}

/* ---- sagitta-comparison/1 ---- */

static json_t *side_json(json_build *b, const comparison_side *s) {
  json_t *o = json_object();
  build_text(b, o, "label", s->label);
  build_text(b, o, "day", s->day);
  build_text(b, o, "test", s->test);
  build_text(b, o, "marker_set", sagitta_marker_set_name(s->set));
  put_side(b, o, s->test, s->side);
  build_number(b, o, "pain", s->pain);
  return o;
}

static json_t *row_json(json_build *b, const comparison *c, size_t i, const char *key) {
  const history_cell *from = &c->a.cell[i], *to = &c->b.cell[i];
  const change_limit limit = comparison_limit(c, key);
  json_t *o = json_object();
  build_number(b, o, "a", from->value);
  build_number(b, o, "b", to->value);
  if (comparison_is_told(c, key))
    build_number(b, o, comparison_is_side_pair(c) ? "difference" : "change", to->value - from->value);
  put_limit(b, o, &limit);
  build_text(b, o, "verdict", change_word(comparison_judge(c, i, limit.mdc)));
  return o;
}

char *comparison_json(const comparison *c) {
  json_build b = { false };
  size_t count;
  const sagitta_quantity_info *info = sagitta_quantities(&count);
  json_t *root = json_object(), *quantities = json_object();
  const history *h = c->a.h ? c->a.h : c->b.h;
  build_text(&b, root, "schema", "sagitta-comparison/1");
  build_text(&b, root, "version", sagitta_version());
  build_text(&b, root, "client", h ? h->client.code : NULL);
  build_put(&b, root, "a", side_json(&b, &c->a));
  build_put(&b, root, "b", side_json(&b, &c->b));
  for (size_t i = 0; i < count && i < HISTORY_QUANTITIES; i++) {
    if (c->a.cell[i].results || c->b.cell[i].results) {
      build_put(&b, quantities, info[i].key, row_json(&b, c, i, info[i].key));
    }
  }
  build_put(&b, root, "quantities", quantities);
  if (comparison_treatment(c)) put_treatment(&b, root, comparison_treatment(c), NULL);
  return build_print(&b, root);
}

/* ---- sagitta-clients/1 ---- */

char *records_clients_json(const records_client_row *rows, size_t count) {
  json_build b = { false };
  json_t *root = json_object(), *list = json_array();
  for (size_t i = 0; i < count; i++) {
    json_t *o = json_object();
    build_text(&b, o, "id", rows[i].code);
    build_text(&b, o, "name", rows[i].name);
    if (rows[i].birth_year) build_put(&b, o, "birth_year", json_integer(rows[i].birth_year));
    build_put(&b, o, "visits", json_integer(rows[i].visits));
    build_put(&b, o, "results", json_integer(rows[i].results));
    build_text(&b, o, "last_visit", rows[i].last_day);
    build_append(&b, list, o);
  }
  build_text(&b, root, "schema", "sagitta-clients/1");
  build_put(&b, root, "clients", list);
  return build_print(&b, root);
}
