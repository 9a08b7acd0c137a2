/* SPDX-License-Identifier: Apache-2.0 */
/* What the recordings of a day say together, as a document: sagitta-session/1. */
#include <math.h>

#include "records/day_session.h"

static const char *const part_keys[SESSION_PARTS] = { "usual", "knees_bent", "bow", "raise_left", "raise_right" };

static void put_interval(json_build *b, json_t *object, const char *key, double value, double low, double high) {
  json_t *o = json_object();
  build_number(b, o, "value", value);
  build_number(b, o, "low", low);
  build_number(b, o, "high", high);
  build_put(b, object, key, o);
}

static json_t *part_json(json_build *b, const day_session *s, session_part part) {
  const sagitta_quantity_info *info;
  const sagitta_quantity *q = session_quantity(s, part, &info);
  json_t *o = json_object();
  build_put(b, o, "result", json_integer(s->id[part]));
  build_text(b, o, "test", sagitta_result_test(s->result[part]));
  build_text(b, o, "marker_set", sagitta_marker_set_name(sagitta_result_set(s->result[part])));
  if (q) put_interval(b, o, info->key, q->value, q->low, q->high);
  return o;
}

static void put_finding(json_build *b, json_t *object, const char *key, const session_finding *f, const char *unit) {
  static const char *const answers[] = { "unknown", "yes", "no", "cannot_tell" };
  json_t *o = json_object();
  build_text(b, o, "answer", answers[f->answer]);
  if (!isnan(f->probability)) build_put(b, o, "probability", json_real(round(1e4 * f->probability) / 1e4));
  if (unit && !isnan(f->value)) put_interval(b, o, unit, f->value, f->low, f->high);
  build_put(b, object, key, o);
}

static void put_findings(json_build *b, json_t *root, const session_findings *f) {
  json_t *findings = json_object();
  put_finding(b, findings, "more_lower_back", &f->back, "lumbar_share");
  put_finding(b, findings, "hips_when_asked", &f->asked, "neutral_hinge_deg");
  put_finding(b, findings, "hamstrings", &f->hamstrings, "gain_deg");
  put_finding(b, findings, "habit", &f->habit, NULL);
  put_finding(b, findings, "neither", &f->neither, NULL);
  build_put(b, root, "findings", findings);
}

static void put_sides(json_build *b, json_t *root, const session_sides *sides) {
  if (!sides->known) return;
  json_t *o = json_object();
  build_number(b, o, "left", sides->left);
  build_number(b, o, "right", sides->right);
  build_number(b, o, "difference", sides->right - sides->left);
  build_number(b, o, "limit", sides->limit);
  build_put(b, o, "differ", json_boolean(sides->differ));
  build_put(b, root, "leg_raise_deg", o);
}

char *day_session_json(const day_session *s, const char *language) {
  json_build b = { false };
  char lead[SESSION_TEXT];
  json_t *root = json_object(), *parts = json_object(), *missing = json_array();
  session_lead(s, language, lead);
  build_text(&b, root, "schema", "sagitta-session/1");
  build_text(&b, root, "version", sagitta_version());
  build_text(&b, root, "client", s->client.code);
  build_text(&b, root, "name", s->client.name);
  build_text(&b, root, "day", s->day);
  build_text(&b, root, "language", language);
  build_text(&b, root, "sentence", lead);
  build_put(&b, root, "same_markers", json_boolean(s->limits.same_markers));
  for (int p = 0; p < SESSION_PARTS; p++) {
    if (s->result[p]) {
      build_put(&b, parts, part_keys[p], part_json(&b, s, (session_part)p));
    } else {
      build_append(&b, missing, json_string(part_keys[p]));
    }
  }
  build_put(&b, root, "recordings", parts);
  build_put(&b, root, "missing", missing);
  put_findings(&b, root, &s->findings);
  put_sides(&b, root, &s->sides);
  return build_print(&b, root);
}
