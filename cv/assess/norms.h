/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to cv/assess. How published protocols of sit-and-reach count a reach, and where it stands among people.
 * Stateless, thread-safe. */
#ifndef SG_ASSESS_NORMS_H
#define SG_ASSESS_NORMS_H

#include "sagitta/result.h"

/* Fill the protocols' scores from the valid repetitions' reaches. Nothing is given when there is none. */
void sg_score(sagitta_score *score, const sagitta_repetition *repetitions, size_t count);

/* Why there is no norm. */
typedef enum sg_norm_gap { SG_NORM_GIVEN, SG_NORM_NOT_ASKED, SG_NORM_AGE_OR_SEX, SG_NORM_TOO_YOUNG } sg_norm_gap;

/* The percentile of a score that has been filled; sex 'f', 'm' or 0; age in years, 0 = not given. */
sg_norm_gap sg_norm_find(sagitta_score *score, char sex, double age_years);

#endif
