/* SPDX-License-Identifier: Apache-2.0 */
/* What probabilities say: the strongest label that holds, the side it names, and a probability in words. */
#include <math.h>
#include <stdio.h>

#include "base/translate.h"
#include "result/document.h"

const char *sagitta_label_name(sagitta_label label) {
  return sg_document_word(sg_label_names, (int)label);
}

sagitta_label sg_verdict_lean(const double probability[SAGITTA_LABELS]) {
  const bool back = probability[SAGITTA_MORE_LOWER_BACK] > probability[SAGITTA_MORE_HIPS];
  return back ? SAGITTA_MORE_LOWER_BACK : SAGITTA_MORE_HIPS;
}

sagitta_label sg_verdict_label(const double probability[SAGITTA_LABELS]) {
  static const sagitta_label strongest_first[] = { SAGITTA_HIPS, SAGITTA_BOTH, SAGITTA_LOWER_BACK, SAGITTA_MORE_HIPS,
                                                   SAGITTA_MORE_LOWER_BACK };
  for (size_t i = 0; i < sizeof strongest_first / sizeof *strongest_first; i++) {
    if (probability[strongest_first[i]] >= SAGITTA_SURE) return strongest_first[i];
  }
  return SAGITTA_CANNOT_TELL;
}

sagitta_label sagitta_verdict_side(const sagitta_verdict *v) {
  if (!v->given) return SAGITTA_CANNOT_TELL;
  switch (v->label) {
    case SAGITTA_HIPS:
    case SAGITTA_MORE_HIPS:
      return SAGITTA_MORE_HIPS;
    case SAGITTA_LOWER_BACK:
    case SAGITTA_MORE_LOWER_BACK:
      return SAGITTA_MORE_LOWER_BACK;
    case SAGITTA_BOTH:
      return !v->of_three && v->probability[v->lean] >= SAGITTA_SURE ? v->lean : SAGITTA_CANNOT_TELL;
    default:
      return SAGITTA_CANNOT_TELL;
  }
}

sagitta_label sagitta_verdict_said(const sagitta_verdict *v) {
  if (!v->given || v->label != SAGITTA_CANNOT_TELL || v->of_three) return v->label;
  if (v->probability[v->lean] >= SAGITTA_PROBABLY) return v->lean;
  return v->probability[SAGITTA_BOTH] >= SAGITTA_PROBABLY ? SAGITTA_BOTH : SAGITTA_CANNOT_TELL;
}

/* As a whole number, 0–100; never up to a limit that is not reached. */
static int whole_percent(double probability) {
  const int percent = (int)round(100 * probability);
  const bool up_to_probable = probability < SAGITTA_PROBABLY && percent >= round(100 * SAGITTA_PROBABLY);
  const bool up_to_sure = probability < SAGITTA_SURE && percent >= round(100 * SAGITTA_SURE);
  return up_to_probable || up_to_sure ? percent - 1 : percent;
}

const char *sagitta_probability_words(char text[SAGITTA_PROBABILITY_TEXT], double probability, const char *language) {
  const int percent = whole_percent(probability);
  if (percent >= 100) {
    (void)snprintf(text, SAGITTA_PROBABILITY_TEXT, "%s", sg_say(language, "more than 99 %"));
  } else if (percent <= 0) {
    (void)snprintf(text, SAGITTA_PROBABILITY_TEXT, "%s", sg_say(language, "less than 1 %"));
  } else {
    (void)snprintf(text, SAGITTA_PROBABILITY_TEXT, "%d %%", percent);
  }
  return text;
}
