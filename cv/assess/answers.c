/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/answers.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "assess/verdict.h"
#include "assess/words.h"
#include "base/translate.h"

#define LEAN_MOST 79.0 /* %: a lean is not rounded up to what a verdict needs */
#define BORDER    0.05 /* closer than this to a border between bands */

/* Another sentence. What does not fit is left out whole. */
static void say(sagitta_result *r, sg_word word, ...) {
  const size_t at = strlen(r->sentence);
  va_list arguments;
  va_start(arguments, word);
  const int length = sg_vprint(r->sentence + at, sizeof r->sentence - at, r->language, sg_words(NULL, word), arguments);
  va_end(arguments);
  if (length < 0 || (size_t)length >= sizeof r->sentence - at) r->sentence[at] = '\0';
}

/* "-0" is no number to say. */
static double plain(double value) {
  return fabs(value) < 0.05 ? 0 : value;
}

static void say_share(sagitta_result *r, const sg_rules *rules) {
  static const sg_word given[] = { SG_WORD_LED_BY_HIPS, SG_WORD_SHARED, SG_WORD_LED_BY_BACK };
  static const sg_word bands[] = { SG_WORD_BAND_HIPS, SG_WORD_BAND_BOTH, SG_WORD_BAND_LOWER_BACK };
  const sagitta_verdict *v = &r->verdict;
  const sagitta_quantity *share = &r->summary.lumbar_share;
  if (!v->given) {
    if (r->summary.hip_hinge.known) {
      say(r, SG_WORD_WITHHELD_SMALL, r->summary.hip_hinge.value + r->summary.lumbar_flexion.value,
          rules->small_bend_deg);
    } else {
      say(r, SG_WORD_WITHHELD_INVALID);
    }
    return;
  }
  const double low = 100 * fmax(0, share->low), high = 100 * fmin(1, share->high);
  if (v->label == SAGITTA_CANNOT_TELL) {
    say(r, SG_WORD_CANNOT_TELL, 100 * share->value, low, high, sg_words(r->language, bands[v->lean]),
        fmin(100 * v->probability[v->lean], LEAN_MOST));
  } else {
    say(r, given[v->label], 100 * share->value, low, high);
  }
  const bool border = fabs(share->value - SG_HIPS_BELOW) < BORDER || fabs(share->value - SG_BACK_ABOVE) < BORDER;
  if (border) say(r, SG_WORD_BORDER);
  say(r, SG_WORD_NO_NORM);
}

/* A length in cm that may lie on either side of zero: there, beyond, and short of it. */
static void say_length(sagitta_result *r, const sagitta_quantity *q, sg_word positive, sg_word negative,
                       sg_word about) {
  if (q->low < 0 && q->high > 0) {
    say(r, about, about == SG_WORD_REACH_AT ? -q->low : q->high, about == SG_WORD_REACH_AT ? q->high : -q->low);
  } else if (q->value >= 0) {
    say(r, positive, q->value, plain(q->low), q->high);
  } else {
    say(r, negative, -q->value, plain(-q->high), -q->low);
  }
}

static void say_percentile_interval(sagitta_result *r, const sagitta_norm *n) {
  if (isnan(n->low) && isnan(n->high)) {
    say(r, SG_WORD_PERCENTILE_OPEN_BOTH, n->least, n->most);
  } else if (isnan(n->low)) {
    say(r, SG_WORD_PERCENTILE_OPEN_LOW, n->least, n->high);
  } else if (isnan(n->high)) {
    say(r, SG_WORD_PERCENTILE_OPEN_HIGH, n->low, n->most);
  } else {
    say(r, SG_WORD_PERCENTILE_INTERVAL, n->low, n->high);
  }
}

static void say_norm(sagitta_result *r) {
  const sagitta_norm *n = &r->score.norm;
  double inches = NAN;
  for (size_t i = 0; i < r->score.protocols; i++) {
    if (strcmp(r->score.protocol[i].protocol, n->protocol) == 0) inches = r->score.protocol[i].value;
  }
  if (!n->given) return;
  if (n->beyond) {
    say(r, n->beyond < 0 ? SG_WORD_PERCENTILE_BELOW : SG_WORD_PERCENTILE_ABOVE, inches,
        n->beyond < 0 ? n->least : n->most);
    return;
  }
  const bool old = n->age_to == 0;
  const sg_word word = n->female ? (old ? SG_WORD_PERCENTILE_F_OLD : SG_WORD_PERCENTILE_F)
                                 : (old ? SG_WORD_PERCENTILE_M_OLD : SG_WORD_PERCENTILE_M);
  say(r, word, inches, n->percentile, n->age_from, n->age_to);
  say_percentile_interval(r, n);
}

static void say_reach(sagitta_result *r, const sg_rules *rules) {
  const sagitta_quantity *share = &r->summary.lumbar_share;
  (void)rules;
  if (!r->summary.reach.known) {
    say(r, SG_WORD_REACH_UNKNOWN);
  } else {
    say_length(r, &r->summary.reach, SG_WORD_REACH_BEYOND, SG_WORD_REACH_SHORT, SG_WORD_REACH_AT);
    say_norm(r);
  }
  if (share->known) {
    say(r, SG_WORD_SITTING_SHARE, 100 * share->value, 100 * fmax(0, share->low), 100 * fmin(1, share->high));
  }
  say(r, SG_WORD_DESCRIBES);
}

static void say_floor(sagitta_result *r, const sg_rules *rules) {
  if (!r->summary.fingertip_to_floor.known) {
    say(r, SG_WORD_FLOOR_UNKNOWN);
  } else {
    say_length(r, &r->summary.fingertip_to_floor, SG_WORD_FLOOR_ABOVE, SG_WORD_FLOOR_BELOW, SG_WORD_FLOOR_AT);
  }
  say_share(r, rules);
}

static void say_leg(sagitta_result *r, const sg_rules *rules) {
  const sagitta_quantity *leg = &r->summary.leg_raise, *hip = &r->summary.hip_hinge;
  (void)rules;
  say(r, SG_WORD_LEG, leg->value, leg->low, leg->high);
  if (hip->known) say(r, SG_WORD_LEG_HIP, hip->value, hip->low, hip->high);
  say(r, SG_WORD_LEG_ABOUT);
  say(r, SG_WORD_DESCRIBES);
}

static void say_knee(sagitta_result *r, const sg_rules *rules) {
  const sagitta_quantity *knee = &r->summary.knee_angle, *hip = &r->summary.hip_angle;
  (void)rules;
  if (knee->low <= 0) {
    say(r, SG_WORD_KNEE_STRAIGHT, knee->low, knee->high);
  } else {
    say(r, SG_WORD_KNEE, knee->value, knee->low, knee->high);
  }
  say(r, hip->inferred ? SG_WORD_KNEE_HIP_LEVEL : SG_WORD_KNEE_HIP, hip->value);
  say(r, SG_WORD_DESCRIBES);
}

static void say_hold(sagitta_result *r, const sg_rules *rules) {
  const sagitta_quantity *held = &r->summary.neutral_hold;
  say(r, SG_WORD_HOLD, held->value, held->low, held->high, rules->hold_s);
  if (r->summary.hip_hinge.known) {
    say(r, SG_WORD_HOLD_BEND, r->summary.hip_hinge.value, r->summary.lumbar_flexion.value);
  }
  say(r, SG_WORD_DESCRIBES);
}

static void say_tilt(sagitta_result *r, const sg_rules *rules) {
  const sagitta_quantity *pelvis = &r->summary.pelvis_tilt, *ribs = &r->summary.ribs_tilt;
  (void)rules;
  if (pelvis->known && ribs->known) {
    say(r, SG_WORD_TILT_BOTH, plain(pelvis->value), plain(pelvis->low), plain(pelvis->high), plain(ribs->value),
        plain(ribs->low), plain(ribs->high));
  } else {
    const sagitta_quantity *q = pelvis->known ? pelvis : ribs;
    say(r, pelvis->known ? SG_WORD_TILT_PELVIS : SG_WORD_TILT_RIBS, plain(q->value), plain(q->low), plain(q->high));
  }
  say(r, SG_WORD_TILT_OWN_DAYS);
}

void sg_answer_say(sagitta_result *r, const sg_rules *rules) {
  static void (*const answers[SG_ANSWERS])(sagitta_result *, const sg_rules *) = {
    [SG_ANSWER_SHARE] = say_share, [SG_ANSWER_REACH] = say_reach, [SG_ANSWER_FLOOR] = say_floor,
    [SG_ANSWER_LEG] = say_leg,     [SG_ANSWER_KNEE] = say_knee,   [SG_ANSWER_HOLD] = say_hold,
    [SG_ANSWER_TILT] = say_tilt,
  };
  r->sentence[0] = '\0';
  if (r->summary.repetitions == 0 && !r->verdict.applies) {
    say(r, SG_WORD_NONE_VALID);
  } else {
    answers[rules->answer](r, rules);
  }
}
