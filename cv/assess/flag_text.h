/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to cv/assess: the sentences of flags, and one sentence for those that repetitions have in common. */
#ifndef SG_ASSESS_FLAG_TEXT_H
#define SG_ASSESS_FLAG_TEXT_H

#include "assess/messages.h"
#include "result/result.h"

#define SG_FLAG_NUMBERS 3

/* One flag of one repetition. */
typedef struct sg_flag_note {
  sagitta_warning_code code;
  int role; /* -1 = none in particular */
  double from_s, to_s;
  sg_message message;
  size_t number;                 /* of the repetition, from 1 */
  double value[SG_FLAG_NUMBERS]; /* what the message's conversions, all of them %.Nf, are given */
  size_t warning;                /* its index in the result */
} sg_flag_note;

/* Starts zeroed. */
typedef struct sg_flag_notes {
  sg_flag_note *note;
  size_t count, room;
} sg_flag_notes;

/* What `count` flags that have code, role and message in common say, in the order of their repetitions. */
sagitta_warning sg_flag_warning(const char *language, const sg_flag_note *note, size_t count);

/* Append. 0 when memory is short. */
int sg_note_flag(sg_flag_notes *notes, const sg_flag_note *note);
void sg_flag_notes_free(sg_flag_notes *notes);

/* Leave one warning of those that repetitions have in common, where the first of them was, and one of those that say
 * the very same. index[indices]: warnings, from 1 (0 = none), which are then where they have gone. 0 when memory is
 * short. */
int sg_group_flags(sagitta_result *result, const sg_flag_notes *notes, size_t *index, size_t indices);

#endif
