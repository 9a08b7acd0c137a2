/* SPDX-License-Identifier: Apache-2.0 */
/* What a sample in TRACKS may be: shared by the store, which rounds and refuses, and by the reader, which says where.
 */
#ifndef SAGITTA_TRACKS_FORMAT_H
#define SAGITTA_TRACKS_FORMAT_H

#include "sagitta/tracks.h"

#define SG_TRACKS_SIGNATURE "# sagitta-tracks/" /* before the format's number, at the very start of the file */

#define SG_PX_DECIMALS   4
#define SG_AXIS_DECIMALS 2
#define SG_TIME_DECIMALS 4
#define SG_RATE_DECIMALS 4

#define SG_TIME_MAX    1e6 /* s, either sign */
#define SG_AXIS_MAX    1e6 /* deg, either sign */
#define SG_OUTSIDE_MAX 4   /* picture sizes: how far from the origin a position, or how large an extent may be */

/* In the order in which they are written. */
typedef enum sg_field {
  SG_FIELD_X = 0,
  SG_FIELD_Y = 1,
  SG_FIELD_AXIS = 2,
  SG_FIELD_LENGTH = 3,
  SG_FIELD_SIZE = 4,
  SG_FIELD_SIGMA = 5,
  SG_FIELD_NUMBERS = 6, /* the fields before this one are numbers */
  SG_FIELD_STATE = 6,
  SG_FIELDS = 7
} sg_field;

/* "x" … "state": the end of a column's name. */
const char *sg_field_name(sg_field field);
/* Decimal places that a number field keeps. */
int sg_field_decimals(sg_field field);
/* "lost", "seen", "filled"; NULL for a value outside the list. */
const char *sg_state_name(sagitta_state state);

double sg_sample_value(const sagitta_sample *sample, sg_field field);
void sg_sample_set_value(sagitta_sample *sample, sg_field field, double value);
/* LOST, NAN everywhere. */
sagitta_sample sg_sample_unknown(void);

/* NULL when the sample may stand in tracks of this picture size; else what is wrong with it, in words that follow the
 * name of *field. */
const char *sg_sample_fault(const sagitta_tracks_info *info, const sagitta_sample *sample, sg_field *field);

/* Whether the value of a field is known in any row in which the role is not lost. */
int sg_tracks_knows(const sagitta_tracks *tracks, sagitta_role role, sg_field field);

#endif
