/* SPDX-License-Identifier: Apache-2.0 */
/* The client's two numbers. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/phrases.h"

static const struct {
  const char *key, *title, *meaning;
  int part;
  const char *test; /* this one alone; NULL: every other */
} plain[] = {
  { "hip_hinge_deg", TRANSLATABLE("Of that, the hip bent by"),
    TRANSLATABLE("The rest is the pelvis, which rolls along."), -1, "straight-leg-raise" },
  { "hip_hinge_deg", TRANSLATABLE("Your hips bent by"),
    TRANSLATABLE("How far the pelvis tips forward over the thighs."), 0, NULL },
  { "lumbar_flexion_deg", TRANSLATABLE("Your lower back rounded by"),
    TRANSLATABLE("How far the spine between pelvis and lower ribs bends."), 1, NULL },
  { "reach_cm", TRANSLATABLE("You reached"), TRANSLATABLE("Beyond the soles of the feet; below zero: short of them."),
    -1, NULL },
  { "fingertip_to_floor_cm", TRANSLATABLE("Fingertips above the floor"),
    TRANSLATABLE("Below zero: below the level of the soles."), -1, NULL },
  { "leg_raise_deg", TRANSLATABLE("Your leg rose by"), TRANSLATABLE("How far the straight leg lifts from lying."), -1,
    NULL },
  { "knee_angle_deg", TRANSLATABLE("Missing to a straight knee"), TRANSLATABLE("0° is a straight knee."), -1, NULL },
  { "hip_angle_deg", TRANSLATABLE("Between thigh and trunk"), TRANSLATABLE("90° is a right angle."), -1, NULL },
  { "neutral_hold_s", TRANSLATABLE("You held the stretch for"),
    TRANSLATABLE("With the lower back flat and the hips doing the bending."), -1, NULL },
  { "pelvis_tilt_deg", TRANSLATABLE("Pelvis strip leaned by"),
    TRANSLATABLE("Forward is positive. Compare it with your own other days alone."), -1, NULL },
  { "ribs_tilt_deg", TRANSLATABLE("Ribs strip leaned by"),
    TRANSLATABLE("Forward is positive. Compare it with your own other days alone."), -1, NULL },
};

#define ROWS (sizeof plain / sizeof *plain)

/* ROWS: said in the sentence already, or no number for a client. */
static size_t row_of(const report *r, const char *key) {
  for (size_t i = 0; i < ROWS; i++) {
    const bool test = !plain[i].test || strcmp(plain[i].test, r->test->name) == 0;
    if (test && strcmp(plain[i].key, key) == 0) return i;
  }
  return ROWS;
}

static void fill(card *c, const report *r, const char *key, const sagitta_quantity *q) {
  const sagitta_quantity_info *info = sagitta_quantity_find(key);
  char value[PHRASE_SHORT], between[2 * PHRASE_SHORT];
  const size_t row = row_of(r, key);
  *c = (card){ .part = plain[row].part };
  (void)snprintf(c->title, sizeof c->title, "%s", phrase(plain[row].title));
  (void)snprintf(c->meaning, sizeof c->meaning, "%s%s", phrase(plain[row].meaning),
                 q->inferred ? phrase(" Worked out from the other markers.") : "");
  phrase_value(value, q->value, info, false);
  (void)snprintf(c->value, sizeof c->value, "%s%.50s", q->inferred ? "≈" : "", value);
  (void)snprintf(c->between, sizeof c->between, "%s", phrase_between(between, q->low, q->high, info));
  if (c->between[0] >= 'a' && c->between[0] <= 'z') c->between[0] = (char)(c->between[0] - 'a' + 'A');
  if (!phrase_change(c->change, sizeof c->change, report_series_of(r, key))) c->change[0] = '\0';
}

/* Where the score stands, in place of a second number. */
static bool fill_percentile(card *c, const report *r) {
  const sagitta_norm *n = &sagitta_result_score(r->result)->norm;
  if (!n->given || !isfinite(n->percentile)) return false;
  *c = (card){ .part = -1 };
  char people[80];
  if (n->age_to > 0) {
    (void)snprintf(people, sizeof people, n->female ? phrase("women aged %d to %d") : phrase("men aged %d to %d"),
                   n->age_from, n->age_to);
  } else {
    (void)snprintf(people, sizeof people,
                   n->female ? phrase("women aged %d and older") : phrase("men aged %d and older"), n->age_from);
  }
  (void)snprintf(c->title, sizeof c->title, phrase("That is further than"));
  (void)snprintf(c->value, sizeof c->value, "%.0f\u00a0%%", n->percentile);
  (void)snprintf(c->meaning, sizeof c->meaning, phrase("Of %s, by the %s table."), people,
                 sagitta_protocol_title(n->protocol));
  if (isfinite(n->low) && isfinite(n->high)) {
    (void)snprintf(c->between, sizeof c->between, phrase("Between %.0f %% and %.0f %%"), n->low, n->high);
  } else {
    (void)snprintf(c->between, sizeof c->between, phrase("The range goes beyond the table."));
  }
  return true;
}

int phrase_cards(const report *r, card out[2]) {
  int count = 0;
  for (const char *const *key = r->test->quantities; *key && count < 2; key++) {
    const sagitta_quantity *q = report_mean(r, *key);
    if (!q || row_of(r, *key) == ROWS) continue;
    fill(&out[count++], r, *key, q);
    if (count == 1 && fill_percentile(&out[1], r)) return 2;
  }
  return count;
}
