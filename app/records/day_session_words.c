/* SPDX-License-Identifier: Apache-2.0 */
/* What a session says, in words: the same on the terminal, on paper and on the screen. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/text.h"
#include "records/day_session.h"
#include "sagitta/tests.h"

/* "93 %", "more than 99 %": never certain. */
static const char *percent(char text[40], double probability, const char *language) {
  const double shown = floor(100 * probability + 0.5);
  if (shown > 99) {
    (void)snprintf(text, 40, "%s", say(language, "more than 99 %"));
  } else {
    (void)snprintf(text, 40, "%.0f\u00a0%%", shown);
  }
  return text;
}

static const char *degrees(char text[16], double value) {
  const double shown = round(value);
  (void)snprintf(text, 16, "%s%.0f°", shown < 0 ? "−" : "", fabs(shown));
  return text;
}

/* How much further the hips go with the knees bent, between the two as they are shown: the reader subtracts them. */
static double gain_of(const day_session *s) {
  const sagitta_quantity_info *info;
  const sagitta_quantity *usual = session_quantity(s, SESSION_USUAL, &info),
                         *bent = session_quantity(s, SESSION_KNEES_BENT, &info);
  return usual && bent ? round(bent->value) - round(usual->value) : (double)NAN;
}

/* ---- the sentence that leads ---- */

/* What can be said of the hamstrings alone; false where nothing can. */
static bool say_hamstrings(const day_session *s, const char *language, char text[SESSION_TEXT]) {
  const session_finding *f = &s->findings.hamstrings;
  char sure[40], gain[16];
  degrees(gain, gain_of(s));
  if (f->answer == SESSION_YES) {
    (void)snprintf(
        text, SESSION_TEXT,
        say(language,
            "Bends further from the hips with the knees bent (by %s): hamstrings or nerve limit the bend, %s sure."),
        gain, percent(sure, f->probability, language));
  } else if (f->answer == SESSION_NO && gain_of(s) < 1) {
    (void)snprintf(
        text, SESSION_TEXT,
        say(language,
            "Bends no further from the hips with the knees bent: hamstrings and nerve do not limit the bend, %s sure."),
        percent(sure, 1 - f->probability, language));
  } else if (f->answer == SESSION_NO) {
    (void)snprintf(text, SESSION_TEXT,
                   say(language,
                       "Bends hardly further from the hips with the knees bent (by %s): hamstrings and nerve do not "
                       "limit the bend, %s sure."),
                   gain, percent(sure, 1 - f->probability, language));
  } else {
    return false;
  }
  return true;
}

static bool say_habit(const session_findings *f, const char *language, char text[SESSION_TEXT]) {
  char sure[40];
  if (f->habit.answer == SESSION_YES) {
    (void)snprintf(
        text, SESSION_TEXT,
        say(language, "Bends from the hips when asked to: bending more from the lower back is a habit, %s sure."),
        percent(sure, f->habit.probability, language));
  } else if (f->habit.answer == SESSION_NO && f->back.answer == SESSION_NO) {
    (void)snprintf(
        text, SESSION_TEXT,
        say(language, "The usual bend comes more from the hips, %s sure: there is no habit of the lower back."),
        percent(sure, 1 - f->back.probability, language));
  } else if (f->habit.answer == SESSION_NO && f->asked.answer == SESSION_NO) {
    (void)snprintf(text, SESSION_TEXT,
                   say(language,
                       "The lower back joins in also when it is asked to keep still: that is no matter of habit "
                       "alone, %s sure."),
                   percent(sure, 1 - f->asked.probability, language));
  } else if (f->habit.answer == SESSION_NO) {
    (void)snprintf(text, SESSION_TEXT, say(language, "A habit of the lower back is not what limits the bend, %s sure."),
                   percent(sure, 1 - f->habit.probability, language));
  } else {
    return false;
  }
  return true;
}

static void add(char text[SESSION_TEXT], const char *more) {
  const size_t at = strlen(text);
  (void)snprintf(text + at, SESSION_TEXT - at, "%s%s", at ? " " : "", more);
}

/* Why nothing can be said. */
static void say_open(const day_session *s, const char *language, char text[SESSION_TEXT]) {
  const session_finding *h = &s->findings.hamstrings;
  char sure[40], gain[16], low[16], high[16];
  if (h->answer == SESSION_OPEN) {
    (void)snprintf(text, SESSION_TEXT,
                   say(language,
                       "Cannot be told: with the knees bent the hips go %s further, between %s and %s, and 10° would "
                       "count (that hamstrings or nerve limit the bend: %s)."),
                   degrees(gain, gain_of(s)), degrees(low, h->low), degrees(high, h->high),
                   percent(sure, h->probability, language));
  } else if (s->findings.habit.answer == SESSION_OPEN) {
    (void)snprintf(text, SESSION_TEXT,
                   say(language,
                       "Cannot be told: where the usual bend comes from, or how far the hips bend when asked to, lies "
                       "too near the limit (that bending more from the lower back is this person's habit: %s)."),
                   percent(sure, s->findings.habit.probability, language));
  } else if (!s->result[SESSION_USUAL]) {
    (void)snprintf(text, SESSION_TEXT, "%s",
                   say(language, "Cannot be told yet, because the usual bend is missing: film it as well."));
  } else if (!s->result[SESSION_KNEES_BENT]) {
    (void)snprintf(
        text, SESSION_TEXT, "%s",
        say(language, "Cannot be told yet, because the bend with the knees bent is missing: film it as well."));
  } else {
    (void)snprintf(text, SESSION_TEXT, "%s",
                   say(language, "Cannot be told: these recordings do not show how far the hips bent."));
  }
}

void session_lead(const day_session *s, const char *language, char text[SESSION_TEXT]) {
  const session_findings *f = &s->findings;
  char sure[2][40], hamstrings[SESSION_TEXT], habit[SESSION_TEXT];
  text[0] = '\0';
  if (f->hamstrings.answer == SESSION_YES && f->habit.answer == SESSION_YES) {
    (void)snprintf(text, SESSION_TEXT,
                   say(language,
                       "Both: bends further from the hips with the knees bent, so hamstrings or nerve limit the bend "
                       "(%s sure), and bends from the hips when asked to, so bending from the lower back is a habit "
                       "too (%s sure)."),
                   percent(sure[0], f->hamstrings.probability, language),
                   percent(sure[1], f->habit.probability, language));
    return;
  }
  if (f->neither.answer == SESSION_YES) {
    (void)snprintf(
        text, SESSION_TEXT,
        say(language,
            "Neither: hamstrings and nerve do not limit the bend, and no habit of the lower back does, %s sure."),
        percent(sure[0], f->neither.probability, language));
    return;
  }
  const bool tells = say_hamstrings(s, language, hamstrings), tells_too = say_habit(f, language, habit);
  const bool habit_first = f->habit.answer == SESSION_YES && f->hamstrings.answer != SESSION_YES;
  if (tells_too && habit_first) add(text, habit);
  if (tells) add(text, hamstrings);
  if (tells_too && !habit_first) add(text, habit);
  if (!tells && !tells_too) {
    say_open(s, language, text);
    return;
  }
  if (f->hamstrings.answer == SESSION_OPEN) {
    (void)snprintf(hamstrings, sizeof hamstrings,
                   say(language, "Whether hamstrings or nerve limit the bend cannot be told (that they do: %s)."),
                   percent(sure[0], f->hamstrings.probability, language));
    add(text, hamstrings);
  }
  if (f->habit.answer == SESSION_OPEN) {
    (void)snprintf(habit, sizeof habit,
                   say(language,
                       "Whether bending more from the lower back is this person's habit cannot be told (that it is: "
                       "%s)."),
                   percent(sure[0], f->habit.probability, language));
    add(text, habit);
  }
}

/* ---- the recordings ---- */

static void say_usual(const day_session *s, const char *language, session_row *row) {
  const session_finding *back = &s->findings.back;
  if (isnan(back->value)) {
    (void)snprintf(row->says, sizeof row->says, "%s",
                   say(language, "the bend was too small, or not seen well enough, to tell where it comes from"));
    return;
  }
  (void)snprintf(row->says, sizeof row->says, say(language, "%.0f %% of it from the lower back (%.0f to %.0f %%)"),
                 100 * back->value, 100 * back->low, 100 * back->high);
}

static void say_gain(const day_session *s, const char *language, session_row *row) {
  const session_finding *f = &s->findings.hamstrings;
  char gain[16], low[16], high[16], knees[16];
  const sagitta_quantity *bent =
      sagitta_summary_quantity(sagitta_result_summary(s->result[SESSION_KNEES_BENT]), "knee_flexion_deg");
  if (isnan(f->value)) return;
  (void)snprintf(row->says, sizeof row->says, say(language, "%s%s against straight knees (%s to %s)"),
                 gain_of(s) > 0 ? "+" : "", degrees(gain, gain_of(s)), degrees(low, f->low), degrees(high, f->high));
  const size_t at = strlen(row->says);
  if (bent && bent->known) {
    (void)snprintf(row->says + at, sizeof row->says - at, say(language, "; the knees were bent by %s"),
                   degrees(knees, bent->value));
  }
}

/* From where on it counts, and whether it is further than in the usual bend. */
static void say_bow(const day_session *s, const sagitta_quantity *bow, const char *language, session_row *row) {
  const sagitta_quantity_info *info;
  const sagitta_quantity *usual = session_quantity(s, SESSION_USUAL, &info);
  char standing[16], usually[16], more[16];
  (void)snprintf(row->says, sizeof row->says,
                 say(language, "with the lower back within 10° of standing; %s or more is bending from the hips"),
                 degrees(standing, SESSION_BOW_DEG));
  const size_t at = strlen(row->says);
  const double further = usual ? round(bow->value) - round(usual->value) : 0;
  if (further < 1) return;
  (void)snprintf(row->says + at, sizeof row->says - at, say(language, "; by %s further than in the usual bend (%s)"),
                 degrees(more, further), degrees(usually, usual->value));
}

/* What one leg is raised for. */
static void say_raise(const day_session *s, const char *language, session_row *row) {
  const sagitta_quantity_info *info;
  const sagitta_quantity *usual = session_quantity(s, SESSION_USUAL, &info);
  char usually[16];
  if (usual) {
    (void)snprintf(row->says, sizeof row->says,
                   say(language,
                       "how far hamstrings and nerve let the leg go while the back rests; the hips bent by "
                       "%s in the usual bend"),
                   degrees(usually, usual->value));
  } else {
    (void)snprintf(row->says, sizeof row->says, "%s",
                   say(language, "how far hamstrings and nerve let the leg go while the back rests"));
  }
}

static void say_sides(const day_session *s, const char *language, session_row *row) {
  const session_sides *sides = &s->sides;
  char between[16], limit[16];
  if (!sides->known) return;
  degrees(between, fabs(round(sides->right) - round(sides->left)));
  degrees(limit, sides->limit);
  (void)snprintf(
      row->says, sizeof row->says,
      sides->differ
          ? say(language, "left and right differ by %s, more than the limit of %s")
          : say(language, "left and right: no difference can be told (%s; up to %s may be measurement error)"),
      between, limit);
}

/* How the part is asked for. */
static void say_missing(session_part part, const char *language, session_row *row) {
  (void)snprintf(row->says, sizeof row->says, say(language, "not filmed (--test %s)"), session_test(part));
}

static const char *title_of(session_part part, const char *language) {
  static const char *const titles[SESSION_PARTS] = { TRANSLATABLE("Usual bend"), TRANSLATABLE("With the knees bent"),
                                                     TRANSLATABLE("Asked to bend from the hips"),
                                                     TRANSLATABLE("Straight leg raised, left"),
                                                     TRANSLATABLE("Straight leg raised, right") };
  return say(language, titles[part]);
}

bool session_has_no_raise(const day_session *s) {
  return !s->result[SESSION_RAISE_LEFT] && !s->result[SESSION_RAISE_RIGHT];
}

void session_row_of(const day_session *s, session_part part, const char *language, session_row *row) {
  static const char *const labels[SESSION_PARTS] = { TRANSLATABLE("Hips"), TRANSLATABLE("Hips"),
                                                     TRANSLATABLE("Hips, back straight"), TRANSLATABLE("Leg"),
                                                     TRANSLATABLE("Leg") };
  const sagitta_quantity_info *info;
  const sagitta_quantity *q = session_quantity(s, part, &info);
  char low[16], high[16], value[16];
  *row = (session_row){ .filmed = s->result[part] != NULL };
  (void)snprintf(row->title, sizeof row->title, "%s", title_of(part, language));
  (void)snprintf(row->label, sizeof row->label, "%s", say(language, labels[part]));
  (void)snprintf(row->value, sizeof row->value, "–");
  if (q) {
    (void)snprintf(row->value, sizeof row->value, "%s%s", q->inferred ? "≈" : "", degrees(value, q->value));
    (void)snprintf(row->between, sizeof row->between, say(language, "%s to %s"), degrees(low, q->low),
                   degrees(high, q->high));
  }
  if (session_has_no_raise(s) && part >= SESSION_RAISE_LEFT) {
    (void)snprintf(row->title, sizeof row->title, "%s", say(language, "Straight leg raised"));
    (void)snprintf(row->says, sizeof row->says, say(language, "not filmed (--test %s)"), "straight-leg-raise");
  } else if (!row->filmed) {
    say_missing(part, language, row);
  } else if (part == SESSION_USUAL) {
    say_usual(s, language, row);
  } else if (part == SESSION_KNEES_BENT) {
    say_gain(s, language, row);
  } else if (part == SESSION_BOW && q) {
    say_bow(s, q, language, row);
  } else if (part == SESSION_BOW) {
    (void)snprintf(row->says, sizeof row->says, "%s", say(language, "does not show when the lower back joined in"));
  } else if (part == SESSION_RAISE_RIGHT && s->sides.known) {
    say_sides(s, language, row);
  } else {
    say_raise(s, language, row);
  }
}

/* ---- what is missing ---- */

static void put(char text[SESSION_SENTENCES][SESSION_TEXT], size_t *count, const char *sentence) {
  if (*count < SESSION_SENTENCES) (void)snprintf(text[(*count)++], SESSION_TEXT, "%s", sentence);
}

/* What it would tell. */
static const char *reason_of(session_part part, const char *language) {
  static const char *const reasons[SESSION_PARTS] = {
    TRANSLATABLE("the others are compared with it."),
    TRANSLATABLE("it tells whether hamstrings or nerve limit the bend."),
    TRANSLATABLE("it tells whether bending from the lower back is a habit."),
    TRANSLATABLE("it shows how far hamstrings and nerve let the leg go, and left against right."),
    TRANSLATABLE("it shows how far hamstrings and nerve let the leg go, and left against right.")
  };
  return say(language, reasons[part]);
}

size_t session_missing(const day_session *s, const char *language, char text[SESSION_SENTENCES][SESSION_TEXT]) {
  size_t count = 0;
  char sentence[SESSION_TEXT];
  for (int p = 0; p < SESSION_PARTS; p++) {
    const session_part part = (session_part)p;
    if (s->result[p]) continue;
    if (part == SESSION_KNEES_BENT && s->treated_between) {
      put(text, &count,
          say(language,
              "The bend with the knees bent was filmed after the treatment and the usual one before it, or the other "
              "way "
              "round: what lies between them may be the treatment. Film the one that is missing on the same side of "
              "it."));
      continue;
    }
    const bool both_legs = part >= SESSION_RAISE_LEFT && session_has_no_raise(s);
    if (both_legs && part == SESSION_RAISE_RIGHT) continue;
    char name[32];
    (void)snprintf(name, sizeof name, "%.*s", (int)strcspn(session_test(part), " "), session_test(part));
    const sagitta_test *test = sagitta_test_find(name);
    (void)snprintf(sentence, sizeof sentence, say(language, "%s (test “%s”): %s"),
                   both_legs ? say(language, "Straight leg raised, left and right") : title_of(part, language),
                   test ? say(language, test->title) : name, reason_of(part, language));
    add(sentence, test ? say(language, test->instructions) : "");
    put(text, &count, sentence);
  }
  if (s->result[SESSION_BOW] && s->findings.asked.answer == SESSION_UNKNOWN) {
    put(text, &count,
        say(language,
            "Strips of tape on pelvis and lower ribs for the waiter's bow: without them it does not show when the "
            "lower "
            "back joins in."));
  }
  if (!s->limits.same_markers && s->findings.hamstrings.answer == SESSION_OPEN) {
    put(text, &count,
        say(language,
            "If the markers stayed on between the recordings, have that noted in the records: then a smaller "
            "difference counts."));
  }
  return count;
}

/* ---- what to do next ---- */

size_t session_next(const day_session *s, const char *language, char text[SESSION_SENTENCES][SESSION_TEXT]) {
  const session_findings *f = &s->findings;
  size_t count = 0;
  if (f->hamstrings.answer == SESSION_YES) {
    /* 30 s, five days a week, six weeks: Bandy & Irion, Phys Ther 1994;74:845-850; once a day as good as three times:
     * Bandy, Irion & Briggler, Phys Ther 1997;77:1090-1096. A nerve that is tense is not stretched. */
    put(text, &count,
        say(language,
            "First ask a clinician to tell muscle from nerve (the slump test: sitting bent, the knee is straightened, "
            "then the head is lifted). If it is the nerve, do not stretch."));
    put(text, &count,
        say(language,
            "If it is the muscle, stretch the hamstrings, if that is wanted: 30 seconds once a day, five days a week, "
            "for six weeks is what studies did, and the range grew (Bandy 1994, 1997). That the everyday bend changes "
            "with it is not shown, so measure again."));
  }
  if (f->habit.answer == SESSION_YES) {
    put(text, &count,
        say(language,
            "Practise the bow from the hips slowly, for example with a stick along the back, where bending from the "
            "hips is wanted. Whether it becomes a habit only a new recording of the usual bend tells."));
  } else if (f->back.answer != SESSION_NO && f->asked.answer == SESSION_NO) {
    put(text, &count,
        say(language,
            "Learn the bow from the hips first with the knees a little bent, or sitting, where keeping the back still "
            "is easier."));
  }
  if (f->neither.answer == SESSION_YES) {
    put(text, &count,
        say(language,
            "Nothing in these recordings asks for stretching the hamstrings or for practising another bend. People "
            "bend in different ways, and no single one is right."));
  }
  if (s->sides.known && s->sides.differ) {
    put(text, &count,
        say(language, "Measure the leg raise of both sides once more on another day before much is made of it."));
  }
  put(text, &count,
      say(language,
          "Film the same recordings again in six weeks, at the same time of day and warmed up alike, and set them "
          "beside "
          "these."));
  return count;
}

/* ---- how ---- */

/* What is known of the markers between the two bends that are set side by side; nothing where one is missing. */
static const char *markers_of(const day_session *s, const char *language) {
  if (!s->result[SESSION_USUAL] || !s->result[SESSION_KNEES_BENT]) return "";
  if (s->limits.same_markers)
    return say(language, "The markers stayed on between the two bends, so that a smaller difference counts.");
  return s->limits.new_markers
             ? say(language,
                   "The markers were put on anew between the two bends: the difference has the limit for that.")
             : say(language,
                   "Nobody said that the markers stayed on: the difference has the limit of markers put on anew.");
}

void session_how(const day_session *s, const char *language, char text[2 * SESSION_TEXT]) {
  const char *markers = markers_of(s, language);
  (void)snprintf(
      text, 2 * SESSION_TEXT, "%s%s%s",
      say(language,
          "Hamstrings or nerve are said to limit the bend where the hips go at least 10° further with the knees bent; "
          "bent "
          "knees slacken the hamstrings and the nerve beside them alike, and which of the two it is no video tells. A "
          "habit is said where more than half of the usual bend comes from the lower back and the hips bend by 50° "
          "with the lower back within 10° when asked to. Something is said from 80 % on. It describes how the bend was "
          "done that day, and names no injury and no disease."),
      *markers ? " " : "", markers);
}
