/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta-proof/1. */
#include <math.h>

#include "base/base.h"
#include "base/json.h"
#include "calibration/proof/proof.h"
#include "sagitta/version.h"

/* It is only written. */
static const sg_json_kind proof_kind = { .schema = "sagitta-proof/1", .name = "proof" };

static json_t *facts_of(const sagitta_proof_facts *f, bool *whole) {
  json_t *to = json_object();
  const struct {
    const char *key;
    double value;
    int decimals;
  } rows[] = {
    { "px_per_mm", f->px_per_mm, 4 },
    { "disc_px", f->disc_px, 2 },
    { "strip_px", f->strip_px, 2 },
    { "centroid_px", f->centroid_px, 4 },
    { "centroid_noise_px", f->centroid_noise_px, 4 },
    { "angle_deg", f->angle_deg, 4 },
    { "angle_noise_deg", f->angle_noise_deg, 4 },
    { "geometry_deg", f->geometry_deg, 4 },
    { "lens_deg", f->lens_deg, 4 },
    { "paper_luma", f->paper_luma, 1 },
    { "unevenness", f->unevenness, 4 },
    { "clipped", f->clipped, 4 },
    { "luma_noise", f->luma_noise, 2 },
    { "flicker", f->flicker, 4 },
    { "separation", f->separation, 2 },
    { "frame_rate", f->frame_rate, 4 },
    { "interval_sd", f->interval_sd, 4 },
    { "longest_interval", f->longest, 4 },
  };
  sg_json_put(whole, to, "frames", json_integer(f->frames));
  sg_json_put(whole, to, "looked_at", json_integer(f->looked));
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    sg_json_put_number(whole, to, rows[i].key, rows[i].value, rows[i].decimals);
  if (isfinite(f->separation)) {
    sg_json_put(whole, to, "separation_marker", sg_json_text(sagitta_role_name(f->separation_role)));
  }
  return to;
}

sagitta_status sagitta_proof_print(const sagitta_proof *p, char **text, size_t *length, sagitta_error *error) {
  bool whole = true;
  json_t *root = json_object(), *quantities = json_object(), *lines = json_array();
  sg_json_put(&whole, root, "schema", sg_json_text(proof_kind.schema));
  sg_json_put(&whole, root, "version", sg_json_text(sagitta_version()));
  sg_json_put(&whole, root, "grade", sg_json_text(sagitta_proof_grade_name(p->grade)));
  sg_json_put(&whole, root, "facts", facts_of(&p->facts, &whole));
  for (int i = 0; i < SAGITTA_PROOF_QUANTITIES; i++) {
    const sagitta_proof_quantity *q = &p->quantity[i];
    json_t *one = json_object();
    sg_json_put_number(&whole, one, "instrument", q->instrument, 4);
    sg_json_put_number(&whole, one, "geometry", q->geometry, 4);
    sg_json_put_number(&whole, one, "both", q->both, 4);
    sg_json_put(&whole, quantities, q->key, one);
  }
  sg_json_put(&whole, root, "errors_95", quantities);
  for (size_t i = 0; i < p->lines; i++) {
    json_t *one = json_object();
    sg_json_put(&whole, one, "grade", sg_json_text(sagitta_proof_grade_name(p->line[i].grade)));
    sg_json_put(&whole, one, "message", sg_json_text(p->line[i].message));
    sg_json_append(&whole, lines, one);
  }
  sg_json_put(&whole, root, "lines", lines);
  if (!whole) {
    json_decref(root);
    root = NULL;
  }
  return sg_json_print(&proof_kind, root, text, length, error);
}
