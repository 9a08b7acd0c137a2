/* SPDX-License-Identifier: Apache-2.0 */
/* The client's two numbers. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "phrases.h"

static const struct {
  const char *key, *title, *meaning;
  int part;
} plain[] = {
  { "hip_hinge_deg", "Your hips bent by", "How far the pelvis tips forward over the thighs.", 0 },
  { "lumbar_flexion_deg", "Your lower back rounded by", "How far the spine between pelvis and lower ribs bends.", 1 },
  { "reach_cm", "You reached", "Beyond the soles of the feet; below zero: short of them.", -1 },
  { "fingertip_to_floor_cm", "Fingertips above the floor", "Below zero: below the level of the soles.", -1 },
  { "leg_raise_deg", "Your leg rose by", "How far the straight leg lifts from lying.", 0 },
  { "knee_angle_deg", "Missing to a straight knee", "0° is a straight knee.", -1 },
  { "hip_angle_deg", "Between thigh and trunk", "90° is a right angle.", -1 },
  { "neutral_hold_s", "You held the stretch for", "With the lower back flat and the hips doing the bending.", -1 },
  { "pelvis_tilt_deg", "Pelvis strip leaned by", "Forward is positive. Compare it with your own other days alone.", 0 },
  { "ribs_tilt_deg", "Ribs strip leaned by", "Forward is positive. Compare it with your own other days alone.", 1 },
};

/* Said in the sentence already, or no number for a client. */
static bool is_for_client(const char *key) {
  for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
    if (strcmp(plain[i].key, key) == 0) return true;
  }
  return false;
}

static void fill(card *c, const report *r, const char *key, const sagitta_quantity *q) {
  const sagitta_quantity_info *info = sagitta_quantity_find(key);
  char value[PHRASE_SHORT], between[2 * PHRASE_SHORT];
  *c = (card){ .part = -1 };
  for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
    if (strcmp(plain[i].key, key) != 0) continue;
    c->part = plain[i].part;
    (void)snprintf(c->title, sizeof c->title, "%s", plain[i].title);
    (void)snprintf(c->meaning, sizeof c->meaning, "%s%s", plain[i].meaning,
                   q->inferred ? " Worked out from the other markers." : "");
  }
  phrase_value(value, q->value, info, false);
  (void)snprintf(c->value, sizeof c->value, "%s%.50s", q->inferred ? "≈\u2009" : "", value);
  (void)snprintf(c->between, sizeof c->between, "With 95 %% certainty it is %s.",
                 phrase_between(between, q->low, q->high, info));
  if (!phrase_change(c->change, sizeof c->change, report_series_of(r, key))) c->change[0] = '\0';
}

/* Where the score stands, in place of a second number. */
static bool fill_percentile(card *c, const report *r) {
  const sagitta_norm *n = &sagitta_result_score(r->result)->norm;
  if (!n->given || !isfinite(n->percentile)) return false;
  *c = (card){ .part = -1 };
  char people[60];
  if (n->age_to > 0) {
    (void)snprintf(people, sizeof people, "%s aged %d to %d", n->female ? "women" : "men", n->age_from, n->age_to);
  } else {
    (void)snprintf(people, sizeof people, "%s aged %d and older", n->female ? "women" : "men", n->age_from);
  }
  (void)snprintf(c->title, sizeof c->title, "That is further than");
  (void)snprintf(c->value, sizeof c->value, "%.0f\u00a0%%", n->percentile);
  (void)snprintf(c->meaning, sizeof c->meaning, "Of %s, by the %s table.", people,
                 sagitta_protocol_title(n->protocol));
  if (isfinite(n->low) && isfinite(n->high)) {
    (void)snprintf(c->between, sizeof c->between, "With 95 %% certainty it is between %.0f\u00a0%% and %.0f\u00a0%%.",
                   n->low, n->high);
  } else {
    (void)snprintf(c->between, sizeof c->between, "The interval of it goes beyond the table.");
  }
  return true;
}

int phrase_cards(const report *r, card out[2]) {
  int count = 0;
  for (const char *const *key = r->test->quantities; *key && count < 2; key++) {
    const sagitta_quantity *q = report_mean(r, *key);
    if (!q || !is_for_client(*key)) continue;
    fill(&out[count++], r, *key, q);
    if (count == 1 && fill_percentile(&out[1], r)) return 2;
  }
  return count;
}
