/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/verdict_words.h"

#include "cli/text.h"

bool verdict_gist(char text[VERDICT_GIST], const sagitta_verdict *v, const char *language) {
  static const char *const sure[SAGITTA_LABELS] = {
    [SAGITTA_HIPS] = TRANSLATABLE("Mostly the hips: %s sure"),
    [SAGITTA_BOTH] = TRANSLATABLE("Hips and lower back alike: %s sure"),
    [SAGITTA_LOWER_BACK] = TRANSLATABLE("Mostly the lower back: %s sure"),
    [SAGITTA_MORE_HIPS] = TRANSLATABLE("More from the hips: %s sure"),
    [SAGITTA_MORE_LOWER_BACK] = TRANSLATABLE("More from the lower back: %s sure"),
  };
  static const char *const probable[SAGITTA_LABELS] = {
    [SAGITTA_BOTH] = TRANSLATABLE("Probably hips and lower back alike: %s sure"),
    [SAGITTA_MORE_HIPS] = TRANSLATABLE("Probably more from the hips: %s sure"),
    [SAGITTA_MORE_LOWER_BACK] = TRANSLATABLE("Probably more from the lower back: %s sure"),
  };
  char percent[SAGITTA_PROBABILITY_TEXT];
  text[0] = '\0';
  if (!v->applies || !v->given) return false;
  const sagitta_label said = sagitta_verdict_said(v);
  if (said == SAGITTA_CANNOT_TELL || (unsigned)said >= SAGITTA_LABELS) {
    (void)snprintf(text, VERDICT_GIST, "%s", say(language, "Cannot tell"));
    return true;
  }
  sagitta_probability_words(percent, v->probability[said], language);
  (void)snprintf(text, VERDICT_GIST, say(language, v->label == said ? sure[said] : probable[said]), percent);
  return true;
}

int verdict_rows(verdict_row rows[VERDICT_ROWS], const sagitta_verdict *v, const char *language) {
  static const struct {
    sagitta_label label;
    const char *words, *question;
  } all[VERDICT_ROWS] = {
    { SAGITTA_MORE_HIPS, TRANSLATABLE("more from the hips (share below 50 %)"), TRANSLATABLE("Which did more") },
    { SAGITTA_MORE_LOWER_BACK, TRANSLATABLE("more from the lower back (above 50 %)"), NULL },
    { SAGITTA_HIPS, TRANSLATABLE("hips (share below 40 %)"), TRANSLATABLE("Which description fits") },
    { SAGITTA_BOTH, TRANSLATABLE("both (40–60 %)"), NULL },
    { SAGITTA_LOWER_BACK, TRANSLATABLE("lower back (above 60 %)"), NULL },
  };
  int count = 0;
  for (int i = 0; i < VERDICT_ROWS; i++) {
    if (v->of_three && all[i].label > SAGITTA_CANNOT_TELL) continue;
    rows[count++] = (verdict_row){ say(language, all[i].words), all[i].question ? say(language, all[i].question) : NULL,
                                   v->probability[all[i].label] };
  }
  return count;
}
