/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/assess.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "assess/messages.h"
#include "base/translate.h"

#define HOLD_LEAST 1.0  /* s: less is no hold */
#define BORDER     0.05 /* of lumbar share: what is closer to a border between bands is said to be near it */

/* A hyphen that begins a number becomes a minus, U+2212: it is easily overlooked. Not where there is no room. */
static void put_minus(char *text, size_t size) {
  static const char minus[] = "\u2212";
  for (char *p = text; *p; p++) {
    const bool begins = p == text || p[-1] == ' ' || p[-1] == '(';
    if (*p != '-' || !begins || p[1] < '0' || p[1] > '9' || strlen(text) + sizeof minus > size) continue;
    memmove(p + sizeof minus - 1, p + 1, strlen(p + 1) + 1);
    memcpy(p, minus, sizeof minus - 1);
  }
}

/* Append a sentence in the language of the result. What does not fit is left out whole. */
static void say(sagitta_result *r, sg_message word, ...) {
  const size_t at = strlen(r->sentence);
  va_list arguments;
  va_start(arguments, word);
  const int length =
      sg_vprint(r->sentence + at, sizeof r->sentence - at, r->language, sg_message_text(NULL, word), arguments);
  va_end(arguments);
  if (length < 0 || (size_t)length >= sizeof r->sentence - at) r->sentence[at] = '\0';
  put_minus(r->sentence + at, sizeof r->sentence - at);
}

/* What would be said as "-0" is 0. */
static double unsigned_zero(double value) {
  return fabs(value) < 0.05 ? 0 : value;
}

/* As a whole number; what would be said as "-0" is 0. */
static double whole_degrees(double value) {
  return fabs(value) < 0.5 ? 0 : value;
}

/* What can be said, and how sure it is: the strongest statement that holds, else what is probable, else what is open.
 */
static void say_verdict(sagitta_result *r) {
  static const sg_message sure[SAGITTA_LABELS] = { [SAGITTA_HIPS] = SG_MESSAGE_SAID_HIPS,
                                                   [SAGITTA_BOTH] = SG_MESSAGE_SAID_BOTH,
                                                   [SAGITTA_LOWER_BACK] = SG_MESSAGE_SAID_BACK,
                                                   [SAGITTA_MORE_HIPS] = SG_MESSAGE_SAID_MORE_HIPS,
                                                   [SAGITTA_MORE_LOWER_BACK] = SG_MESSAGE_SAID_MORE_BACK };
  const sagitta_verdict *v = &r->verdict;
  const bool hips = v->lean == SAGITTA_MORE_HIPS, told = v->label != SAGITTA_CANNOT_TELL;
  const sagitta_label said = sagitta_verdict_said(v);
  char percent[SAGITTA_PROBABILITY_TEXT], of_side[SAGITTA_PROBABILITY_TEXT];
  sg_message word = sure[said];
  if (told && said == SAGITTA_BOTH && sagitta_verdict_side(v) != SAGITTA_CANNOT_TELL) {
    word = hips ? SG_MESSAGE_SAID_BOTH_HIPS : SG_MESSAGE_SAID_BOTH_BACK;
  } else if (!told && said == SAGITTA_CANNOT_TELL) {
    word = hips ? SG_MESSAGE_OPEN_HIPS : SG_MESSAGE_OPEN_BACK;
  } else if (!told) {
    word = said == SAGITTA_BOTH ? SG_MESSAGE_PROBABLY_BOTH : hips ? SG_MESSAGE_PROBABLY_HIPS : SG_MESSAGE_PROBABLY_BACK;
  }
  say(r, word,
      sagitta_probability_words(percent, v->probability[said == SAGITTA_CANNOT_TELL ? v->lean : said], r->language),
      sagitta_probability_words(of_side, v->probability[v->lean], r->language));
  if (v->rests_on_usual) say(r, SG_MESSAGE_ON_USUAL);
}

/* Where a share lies beside what is usual, said as surely as its interval allows. */
static sg_message beside_usual(const sagitta_quantity *share) {
  const double low = SAGITTA_USUAL_SHARE_LOW, high = SAGITTA_USUAL_SHARE_HIGH;
  if (share->value < low) return share->high < low ? SG_MESSAGE_USUAL_LESS : SG_MESSAGE_USUAL_MAYBE_LESS;
  if (share->value > high) return share->low > high ? SG_MESSAGE_USUAL_MORE : SG_MESSAGE_USUAL_MAYBE_MORE;
  return share->low >= low && share->high <= high ? SG_MESSAGE_USUAL_WITHIN : SG_MESSAGE_USUAL_ABOUT;
}

static void say_share(sagitta_result *r, const sg_test *test) {
  const sagitta_verdict *v = &r->verdict;
  const sagitta_quantity *share = &r->summary.lumbar_share;
  if (!v->given) {
    if (r->summary.hip_hinge.known) {
      say(r, SG_MESSAGE_WITHHELD_SMALL, r->summary.hip_hinge.value + r->summary.lumbar_flexion.value,
          test->small_bend_deg);
    } else {
      say(r, SG_MESSAGE_WITHHELD_INVALID);
    }
    return;
  }
  say_verdict(r);
  say(r, SG_MESSAGE_SHARE, 100 * share->value, 100 * fmax(0, share->low), 100 * fmin(1, share->high));
  if (test->text->usual_share) {
    say(r, beside_usual(share), 100 * SAGITTA_USUAL_SHARE_LOW, 100 * SAGITTA_USUAL_SHARE_HIGH);
  }
  const bool border = fabs(share->value - SG_HIPS_BELOW) < BORDER || fabs(share->value - SG_BACK_ABOVE) < BORDER;
  if (border && v->label < SAGITTA_CANNOT_TELL) say(r, SG_MESSAGE_BORDER);
  say(r, SG_MESSAGE_NO_NORM);
}

/* A length in cm: `about` where its interval contains 0, else the message of its sign. */
static void say_length(sagitta_result *r, const sagitta_quantity *q, sg_message positive, sg_message negative,
                       sg_message about) {
  if (q->low < 0 && q->high > 0) {
    say(r, about, about == SG_MESSAGE_REACH_AT ? -q->low : q->high, about == SG_MESSAGE_REACH_AT ? q->high : -q->low);
  } else if (q->value >= 0) {
    say(r, positive, q->value, unsigned_zero(q->low), q->high);
  } else {
    say(r, negative, -q->value, unsigned_zero(-q->high), -q->low);
  }
}

static void say_percentile_interval(sagitta_result *r, const sagitta_norm *n) {
  if (isnan(n->low) && isnan(n->high)) {
    say(r, SG_MESSAGE_PERCENTILE_OPEN_BOTH, n->least, n->most);
  } else if (isnan(n->low)) {
    say(r, SG_MESSAGE_PERCENTILE_OPEN_LOW, n->least, n->high);
  } else if (isnan(n->high)) {
    say(r, SG_MESSAGE_PERCENTILE_OPEN_HIGH, n->low, n->most);
  } else {
    say(r, SG_MESSAGE_PERCENTILE_INTERVAL, n->low, n->high);
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
    say(r, n->beyond < 0 ? SG_MESSAGE_PERCENTILE_BELOW : SG_MESSAGE_PERCENTILE_ABOVE, inches,
        n->beyond < 0 ? n->least : n->most);
    return;
  }
  const bool old = n->age_to == 0;
  const sg_message word = n->female ? (old ? SG_MESSAGE_PERCENTILE_F_OLD : SG_MESSAGE_PERCENTILE_F)
                                    : (old ? SG_MESSAGE_PERCENTILE_M_OLD : SG_MESSAGE_PERCENTILE_M);
  say(r, word, inches, n->percentile, n->age_from, n->age_to);
  say_percentile_interval(r, n);
}

static void say_reach(sagitta_result *r, const sg_test *test) {
  const sagitta_quantity *share = &r->summary.lumbar_share;
  (void)test;
  if (!r->summary.reach.known) {
    say(r, SG_MESSAGE_REACH_UNKNOWN);
  } else {
    say_length(r, &r->summary.reach, SG_MESSAGE_REACH_BEYOND, SG_MESSAGE_REACH_SHORT, SG_MESSAGE_REACH_AT);
    say_norm(r);
  }
  if (share->known) {
    say(r, SG_MESSAGE_SITTING_SHARE, 100 * share->value, 100 * fmax(0, share->low), 100 * fmin(1, share->high));
  }
  say(r, SG_MESSAGE_DESCRIBES);
}

static void say_floor(sagitta_result *r, const sg_test *test) {
  if (!r->summary.fingertip_to_floor.known) {
    say(r, SG_MESSAGE_FLOOR_UNKNOWN);
  } else {
    say_length(r, &r->summary.fingertip_to_floor, SG_MESSAGE_FLOOR_ABOVE, SG_MESSAGE_FLOOR_BELOW, SG_MESSAGE_FLOOR_AT);
  }
  say_share(r, test);
}

static void say_leg(sagitta_result *r, const sg_test *test) {
  const sagitta_quantity *leg = &r->summary.leg_raise, *hip = &r->summary.hip_hinge;
  (void)test;
  say(r, SG_MESSAGE_LEG, leg->value, leg->low, leg->high);
  const sagitta_quantity *pelvis = &r->summary.pelvic_rotation;
  const bool rolled = pelvis->known ? pelvis->low > 0 || pelvis->high < 0 : hip->high < leg->low;
  if (hip->known) say(r, rolled ? SG_MESSAGE_LEG_HIP : SG_MESSAGE_LEG_HIP_OPEN, hip->value, hip->low, hip->high);
  say(r, SG_MESSAGE_LEG_ABOUT);
  say(r, SG_MESSAGE_DESCRIBES);
}

static void say_knee(sagitta_result *r, const sg_test *test) {
  const sagitta_quantity *knee = &r->summary.knee_angle, *hip = &r->summary.hip_angle;
  (void)test;
  if (knee->low <= 0) {
    say(r, SG_MESSAGE_KNEE_STRAIGHT, knee->low, knee->high);
  } else {
    say(r, SG_MESSAGE_KNEE, knee->value, knee->low, knee->high);
  }
  say(r, hip->inferred ? SG_MESSAGE_KNEE_HIP_LEVEL : SG_MESSAGE_KNEE_HIP, hip->value);
  say(r, SG_MESSAGE_DESCRIBES);
}

/* Of the time held: how much with a bent knee, how much with a straight one. */
static void say_knees(sagitta_result *r) {
  const sagitta_quantity *bent = &r->summary.bent_knee_hold, *straight = &r->summary.straight_knee_hold;
  if (!bent->known || !straight->known) return;
  if (bent->value < HOLD_LEAST && straight->value < HOLD_LEAST) return;
  if (straight->value < HOLD_LEAST) {
    say(r, SG_MESSAGE_HOLD_KNEE_BENT);
  } else if (bent->value < HOLD_LEAST) {
    say(r, SG_MESSAGE_HOLD_KNEE_STRAIGHT);
  } else {
    say(r, SG_MESSAGE_HOLD_KNEES, bent->value, straight->value);
  }
}

static void say_hold(sagitta_result *r, const sg_test *test) {
  const sagitta_quantity *held = &r->summary.neutral_hold;
  if (!held->known) {
    say(r, SG_MESSAGE_HOLD_UNTOLD, test->hold_s);
  } else if (held->value < HOLD_LEAST) {
    say(r, held->high < 2 * HOLD_LEAST ? SG_MESSAGE_HOLD_NONE : SG_MESSAGE_HOLD_PROBABLY_NONE, held->high,
        test->hold_s);
  } else {
    say(r, held->low < HOLD_LEAST ? SG_MESSAGE_HOLD_PROBABLY : SG_MESSAGE_HOLD, held->value, held->low, held->high,
        test->hold_s);
    say_knees(r);
  }
  if (r->summary.hip_hinge.known) {
    say(r, SG_MESSAGE_HOLD_BEND, r->summary.hip_hinge.value, r->summary.lumbar_flexion.value);
  }
  say(r, SG_MESSAGE_DESCRIBES);
}

/* How many repetitions that count have the flag. */
static size_t count_flagged(const sagitta_result *r, sagitta_warning_code code) {
  size_t count = 0;
  for (size_t i = 0; i < r->repetitions; i++) {
    bool has = false;
    for (size_t k = 0; k < r->repetition[i].flag_count; k++) has = has || r->repetition[i].flag[k] == code;
    count += has && r->repetition[i].valid;
  }
  return count;
}

static void say_bow(sagitta_result *r, const sg_test *test) {
  const sagitta_quantity *hinge = &r->summary.neutral_hinge, *at = &r->summary.lumbar_at_50;
  const size_t told = r->summary.repetitions - count_flagged(r, SAGITTA_WARNING_NEUTRAL_NOT_TOLD);
  const size_t left = count_flagged(r, SAGITTA_WARNING_BACK_ROUNDED);
  const double band = test->neutral_deg;
  if (!hinge->known) {
    say(r, SG_MESSAGE_BOW_UNTOLD, band);
  } else if (left > 0 && left < told) {
    say(r, SG_MESSAGE_BOW_MIXED, hinge->value, hinge->low, hinge->high, left, told, band);
  } else {
    say(r, left ? SG_MESSAGE_BOW_LEFT : SG_MESSAGE_BOW_STAYED, hinge->value, hinge->low, hinge->high, band);
  }
  if (at->known && at->low < 0 && at->high > 0) {
    say(r, SG_MESSAGE_BOW_AT_OPEN, whole_degrees(at->value), whole_degrees(at->low), whole_degrees(at->high));
  } else if (at->known && at->value >= 0) {
    say(r, SG_MESSAGE_BOW_ROUNDED, whole_degrees(at->value), whole_degrees(at->low), at->high);
  } else if (at->known) {
    say(r, SG_MESSAGE_BOW_HOLLOWED, whole_degrees(-at->value), whole_degrees(-at->high), -at->low);
  }
  say(r, SG_MESSAGE_DESCRIBES);
}

static void say_tilt(sagitta_result *r, const sg_test *test) {
  const sagitta_quantity *pelvis = &r->summary.pelvis_tilt, *ribs = &r->summary.ribs_tilt;
  (void)test;
  if (pelvis->known && ribs->known) {
    say(r, SG_MESSAGE_TILT_BOTH, unsigned_zero(pelvis->value), unsigned_zero(pelvis->low), unsigned_zero(pelvis->high),
        unsigned_zero(ribs->value), unsigned_zero(ribs->low), unsigned_zero(ribs->high));
  } else {
    const sagitta_quantity *q = pelvis->known ? pelvis : ribs;
    say(r, pelvis->known ? SG_MESSAGE_TILT_PELVIS : SG_MESSAGE_TILT_RIBS, unsigned_zero(q->value),
        unsigned_zero(q->low), unsigned_zero(q->high));
  }
  say(r, SG_MESSAGE_TILT_OWN_DAYS);
}

static void say_ranges(sagitta_result *r, const sg_test *test) {
  static const sagitta_angle shown[] = { SAGITTA_ANGLE_HIP_HINGE, SAGITTA_ANGLE_LUMBAR_FLEXION,
                                         SAGITTA_ANGLE_TRUNK_THIGH, SAGITTA_ANGLE_KNEE_FLEXION };
  (void)test;
  say(r, r->in_space ? SG_MESSAGE_RANGES_IN_SPACE : SG_MESSAGE_RANGES);
  for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
    const sagitta_range *range = &r->range[shown[i]];
    if (!range->known) continue;
    say(r, SG_MESSAGE_RANGE, sg_say(r->language, sagitta_angle_title(shown[i])), whole_degrees(range->least.value),
        whole_degrees(range->greatest.value));
  }
  const size_t end = strlen(r->sentence);
  if (end > 0 && (r->sentence[end - 1] == ';' || r->sentence[end - 1] == ':')) r->sentence[end - 1] = '.';
  say(r, SG_MESSAGE_DESCRIBES);
}

void sg_sentence_say(sagitta_result *r, const sg_test *test) {
  static void (*const about[SG_TOPICS])(sagitta_result *, const sg_test *) = {
    [SG_TOPIC_SHARE] = say_share, [SG_TOPIC_REACH] = say_reach, [SG_TOPIC_FLOOR] = say_floor,
    [SG_TOPIC_LEG] = say_leg,     [SG_TOPIC_KNEE] = say_knee,   [SG_TOPIC_HOLD] = say_hold,
    [SG_TOPIC_TILT] = say_tilt,   [SG_TOPIC_BOW] = say_bow,     [SG_TOPIC_RANGES] = say_ranges,
  };
  r->sentence[0] = '\0';
  if (r->summary.repetitions == 0 && !r->verdict.applies && test->event != SG_EVENT_NONE) {
    say(r, SG_MESSAGE_NONE_VALID);
  } else {
    about[test->topic](r, test);
  }
}
