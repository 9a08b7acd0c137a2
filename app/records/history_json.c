/* SPDX-License-Identifier: Apache-2.0 */
#include "records/history_json.h"

#include <math.h>

static void put_cells(build *b, json_t *object, const char *key, const history_test *t, const history_cell *cells) {
  json_t *all = json_object();
  for (size_t i = 0; i < t->quantities; i++) {
    const history_cell *c = &cells[i];
    if (!c->results) continue;
    json_t *o = json_object();
    build_number(b, o, "value", c->value);
    build_number(b, o, "low", c->low);
    build_number(b, o, "high", c->high);
    build_put(b, o, "results", json_integer(c->results));
    build_put(b, all, t->quantity[i].info->key, o);
  }
  if (json_object_size(all) > 0) {
    build_put(b, object, key, all);
  } else {
    json_decref(all);
  }
}

static json_t *visit_json(build *b, const history_test *t, const history_visit *v) {
  json_t *o = json_object();
  build_text(b, o, "day", v->day);
  build_number(b, o, "pain", v->pain[RECORDS_UNMARKED].value);
  put_cells(b, o, "quantities", t, v->cell[RECORDS_UNMARKED]);
  build_number(b, o, "pain_before", v->pain[RECORDS_BEFORE].value);
  put_cells(b, o, "before", t, v->cell[RECORDS_BEFORE]);
  build_number(b, o, "pain_after", v->pain[RECORDS_AFTER].value);
  put_cells(b, o, "after", t, v->cell[RECORDS_AFTER]);
  return o;
}

void history_limit_json(build *b, json_t *object, const change_limit *limit) {
  if (isnan(limit->mdc)) return;
  json_t *o = json_object();
  build_number(b, o, "detectable_change", limit->mdc);
  build_number(b, o, "sem", limit->sem);
  build_put(b, o, "personal", json_boolean(limit->personal));
  if (limit->personal) build_put(b, o, "degrees_of_freedom", json_integer(limit->df));
  build_put(b, object, "limit", o);
}

static void put_trend(build *b, json_t *object, const change_trend *trend) {
  if (!trend->known) return;
  json_t *o = json_object();
  build_number(b, o, "per_day", trend->per_day);
  build_number(b, o, "low", trend->low);
  build_number(b, o, "high", trend->high);
  build_put(b, o, "visits", json_integer(trend->visits));
  build_put(b, object, "trend", o);
}

static json_t *quantity_json(build *b, const history_quantity *q, size_t i) {
  const history_cell *first = &q->first->cell[RECORDS_UNMARKED][i], *last = &q->last->cell[RECORDS_UNMARKED][i];
  json_t *o = json_object();
  build_put(b, o, "visits", json_integer(q->visits));
  build_text(b, o, "first_day", q->first->day);
  build_number(b, o, "first", first->value);
  build_text(b, o, "last_day", q->last->day);
  build_number(b, o, "last", last->value);
  if (q->visits > 1) build_number(b, o, "change", last->value - first->value);
  build_text(b, o, "verdict", change_word(q->verdict));
  history_limit_json(b, o, &q->limit);
  put_trend(b, o, &q->trend);
  return o;
}

static json_t *test_json(build *b, const history_test *t) {
  json_t *o = json_object(), *visits = json_array(), *quantities = json_object();
  build_text(b, o, "test", t->test);
  build_text(b, o, "marker_set", sagitta_marker_set_name(t->set));
  for (size_t i = 0; i < t->quantities; i++) {
    if (t->quantity[i].visits) build_put(b, quantities, t->quantity[i].info->key, quantity_json(b, &t->quantity[i], i));
  }
  build_put(b, o, "quantities", quantities);
  for (size_t i = 0; i < t->visits; i++) build_append(b, visits, visit_json(b, t, &t->visit[i]));
  build_put(b, o, "visits", visits);
  build_put(b, o, "repeatability_recordings", json_integer(t->replicates));
  return o;
}

char *history_json(const history *h) {
  build b = { false };
  json_t *root = json_object(), *tests = json_array();
  build_text(&b, root, "schema", "sagitta-history/1");
  build_text(&b, root, "version", sagitta_version());
  build_text(&b, root, "client", h->client.code);
  build_text(&b, root, "name", h->client.name);
  for (size_t i = 0; i < h->tests; i++) build_append(&b, tests, test_json(&b, &h->test[i]));
  build_put(&b, root, "tests", tests);
  build_put(&b, root, "left_out",
            json_pack("{s:i, s:i, s:i}", "analysed_again", h->superseded, "only_after_treatment", h->only_after,
                      "unreadable", h->unreadable));
  return build_print(&b, root);
}
