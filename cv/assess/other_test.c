/* SPDX-License-Identifier: Apache-2.0 */
/* The wrong test was chosen: markers are missing for it, and those that are there are enough for another one. */
#include <stdio.h>
#include <string.h>

#include "assess/assess.h"
#include "base/base.h"
#include "base/translate.h"

static bool has_all(const sg_signals *s, unsigned roles) {
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    if ((roles >> role & 1u) && !s->value[role][SG_CHANNEL_X]) return false;
  }
  return true;
}

static bool has_strip(const sg_signals *s) {
  return s->value[SAGITTA_PELVIS][SG_CHANNEL_AXIS] || s->value[SAGITTA_HIP][SG_CHANNEL_AXIS] ||
         s->value[SAGITTA_RIBS][SG_CHANNEL_AXIS];
}

void sg_name_other_test(const sg_signals *s, const sg_test *test, sagitta_error *error) {
  size_t count;
  const sagitta_test *all = sagitta_tests(&count);
  if (has_all(s, test->opening.roles)) return;
  for (size_t i = 0; i < count; i++) {
    const sg_test *other = sg_test_find(all[i].name);
    /* A free movement fits whatever is worn: nobody filmed that by mistake. */
    if (!other || !other->text->repetitions || !has_all(s, other->opening.roles)) continue;
    if (other->opening.quiet && !has_strip(s)) continue;
    char words[SAGITTA_ERROR_TEXT];
    const size_t at = strlen(error->text);
    const int length =
        snprintf(words, sizeof words,
                 sg_say(sg_error_language(error),
                        " The markers that are there are enough for --test %s: choose it, if that is what was filmed."),
                 all[i].name);
    if (length > 0 && at + (size_t)length < sizeof error->text) memcpy(error->text + at, words, (size_t)length + 1);
    return;
  }
}
