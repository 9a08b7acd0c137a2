/* SPDX-License-Identifier: Apache-2.0 */
/* What a session says, in words: the same on the terminal, on paper and on the screen. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/text.h"
#include "records/day_session.h"

/* "93 %", "> 99 %": never certain. */
static const char *percent(char text[16], double probability) {
  const double shown = floor(100 * probability + 0.5);
  (void)snprintf(text, 16, shown > 99 ? "> 99 %%" : shown < 1 ? "< 1 %%" : "%.0f %%", shown);
  return text;
}

static void add(char text[SESSION_SENTENCES][SESSION_TEXT], size_t *count, const char *sentence) {
  if (*count < SESSION_SENTENCES) (void)snprintf(text[(*count)++], SESSION_TEXT, "%s", sentence);
}

static void add_hamstrings(const session_finding *f, const char *language, char text[SESSION_SENTENCES][SESSION_TEXT],
                           size_t *count) {
  char sentence[SESSION_TEXT], sure[16], gain[8];
  (void)snprintf(gain, sizeof gain, "%.0f", fmax(0, round(f->value)));
  if (f->answer == SESSION_YES) {
    (void)snprintf(
        sentence, sizeof sentence,
        say(language, "With the knees bent the hips go %s° further: the hamstrings limit the bend (%s sure)."), gain,
        percent(sure, f->probability));
  } else if (f->answer == SESSION_NO) {
    (void)snprintf(sentence, sizeof sentence,
                   say(language,
                       "With the knees bent the hips go %s° further, which is little: the hamstrings are not what "
                       "limits the bend (%s sure)."),
                   gain, percent(sure, 1 - f->probability));
  } else if (f->answer == SESSION_OPEN) {
    (void)snprintf(sentence, sizeof sentence,
                   say(language,
                       "With the knees bent the hips go %s° further: whether the hamstrings limit the bend cannot "
                       "be told (%s)."),
                   gain, percent(sure, f->probability));
  } else {
    return;
  }
  add(text, count, sentence);
}

static void add_habit(const session_findings *f, const char *language, char text[SESSION_SENTENCES][SESSION_TEXT],
                      size_t *count) {
  char sentence[SESSION_TEXT], sure[16], hinge[8];
  (void)snprintf(hinge, sizeof hinge, "%.0f", fmax(0, round(f->asked.value)));
  if (f->habit.answer == SESSION_YES) {
    (void)snprintf(sentence, sizeof sentence,
                   say(language,
                       "The usual bend comes more from the lower back, and asked to, the hips bend by %s° with the "
                       "lower back kept as it was: it is a habit (%s sure)."),
                   hinge, percent(sure, f->habit.probability));
  } else if (f->back.answer == SESSION_NO) {
    (void)snprintf(sentence, sizeof sentence,
                   say(language,
                       "The usual bend comes more from the hips than from the lower back (%s sure): it is no habit "
                       "of bending from the lower back."),
                   percent(sure, 1 - f->back.probability));
  } else if (f->asked.answer == SESSION_NO) {
    (void)snprintf(sentence, sizeof sentence,
                   say(language,
                       "Asked to bend from the hips, the lower back joins in before 50° (at about %s°; %s sure): it "
                       "is not a habit alone."),
                   hinge, percent(sure, 1 - f->asked.probability));
  } else if (isnan(f->habit.probability)) {
    return;
  } else {
    (void)snprintf(sentence, sizeof sentence, say(language, "Whether it is a habit cannot be told (%s)."),
                   percent(sure, f->habit.probability));
  }
  add(text, count, sentence);
}

/* Whether the leg raise agrees: told beside, for it goes with the bend only loosely (SCIENCE.md, section 6). */
static void add_raises(const day_session *s, const char *language, char text[SESSION_SENTENCES][SESSION_TEXT],
                       size_t *count) {
  char sentence[SESSION_TEXT];
  const sagitta_quantity_info *info[SESSION_NUMBERS];
  const sagitta_quantity *left[SESSION_NUMBERS], *right[SESSION_NUMBERS];
  const size_t lefts = session_numbers(s, SESSION_RAISE_LEFT, info, left);
  const size_t rights = session_numbers(s, SESSION_RAISE_RIGHT, info, right);
  if (lefts && rights) {
    const sagitta_marker_set a = sagitta_result_set(s->result[SESSION_RAISE_LEFT]),
                             b = sagitta_result_set(s->result[SESSION_RAISE_RIGHT]);
    const double limit = fmax(change_default(info[0]->key, a), change_default(info[0]->key, b));
    const bool differ = fabs(round(left[0]->value) - round(right[0]->value)) > limit;
    (void)snprintf(sentence, sizeof sentence,
                   differ ? say(language,
                                "The straight leg rises by %.0f° on the left and %.0f° on the right: more of a "
                                "difference than the limit of %.0f°.")
                          : say(language,
                                "The straight leg rises by %.0f° on the left and %.0f° on the right: no difference "
                                "beyond the limit of %.0f°."),
                   round(left[0]->value), round(right[0]->value), limit);
    add(text, count, sentence);
  } else if (lefts || rights) {
    (void)snprintf(sentence, sizeof sentence,
                   lefts ? say(language, "The straight leg rises by %.0f° on the left.")
                         : say(language, "The straight leg rises by %.0f° on the right."),
                   round((lefts ? left : right)[0]->value));
    add(text, count, sentence);
  }
}

size_t session_sentences(const day_session *s, const char *language, char text[SESSION_SENTENCES][SESSION_TEXT]) {
  const session_findings *f = &s->findings;
  size_t count = 0;
  char sure[16], sentence[SESSION_TEXT];
  const bool habit_first = f->habit.answer == SESSION_YES && f->hamstrings.answer != SESSION_YES;
  if (f->neither.answer == SESSION_YES) {
    (void)snprintf(
        sentence, sizeof sentence,
        say(language, "Neither the hamstrings nor a habit of the lower back is what limits this bend (%s sure)."),
        percent(sure, f->neither.probability));
    add(text, &count, sentence);
  }
  if (habit_first) add_habit(f, language, text, &count);
  add_hamstrings(&f->hamstrings, language, text, &count);
  if (!habit_first) add_habit(f, language, text, &count);
  add_raises(s, language, text, &count);
  if (count == 0) add(text, &count, say(language, "These recordings do not tell yet what limits the bend."));
  return count;
}

size_t session_missing(const day_session *s, const char *language, char text[SESSION_SENTENCES][SESSION_TEXT]) {
  size_t count = 0;
  const bool usual = s->result[SESSION_USUAL], bent = s->result[SESSION_KNEES_BENT], bow = s->result[SESSION_BOW];
  if (!usual) {
    add(text, &count, say(language, "Film the usual bend too (toe-touch): the others are compared with it."));
  }
  if (!bent) {
    add(text, &count,
        say(language,
            "Film the bend with the knees bent too (toe-touch-knees-bent) to tell whether the hamstrings limit it."));
  }
  if (!bow) {
    add(text, &count, say(language, "Film the waiter's bow too (waiters-bow) to tell whether it is a habit."));
  }
  if (bow && s->findings.asked.answer == SESSION_UNKNOWN) {
    add(text, &count,
        say(language,
            "The waiter's bow does not show when the lower back joined in: strips on pelvis and lower ribs (the set "
            "clinic) would show it."));
  }
  if (usual && s->findings.back.answer == SESSION_UNKNOWN) {
    add(text, &count,
        say(language, "The usual bend was too small, or not seen well enough, to tell where it comes from."));
  }
  if (!s->result[SESSION_RAISE_LEFT] || !s->result[SESSION_RAISE_RIGHT]) {
    const bool both = !s->result[SESSION_RAISE_LEFT] && !s->result[SESSION_RAISE_RIGHT];
    add(text, &count,
        both ? say(language,
                   "The straight leg raise of both sides (straight-leg-raise) would show the hamstrings' length.")
             : say(language, "The straight leg raise of the other side would show whether left and right differ."));
  }
  return count;
}

const char *session_part_title(session_part part, const char *language, char *text, size_t size) {
  static const char *const titles[SESSION_PARTS] = {
    TRANSLATABLE("The usual bend"), TRANSLATABLE("With the knees bent"), TRANSLATABLE("From the hips, when asked to"),
    TRANSLATABLE("Straight leg raised, left"), TRANSLATABLE("Straight leg raised, right")
  };
  (void)snprintf(text, size, "%s", say(language, titles[part]));
  return text;
}

const char *session_how(const char *language) {
  return say(
      language,
      "The hamstrings are said to limit the bend where the hips go at least 10° further with the knees bent; a habit "
      "is said where more than half of the usual bend comes from the lower back and the hips bend by 50° with the "
      "lower back within 10° when asked to. Something is said from 80 % on, and its contrary below 20 %. This "
      "describes how the bend was done today; it names no injury and no disease.");
}
