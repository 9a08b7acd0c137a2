/* SPDX-License-Identifier: Apache-2.0 */
/* What the times and the counts of a TRC file say beside its rows. Internal to the room. Thread-safe. */
#ifndef SG_TRACKS_TRC_TIMES_H
#define SG_TRACKS_TRC_TIMES_H

#include "tracks/space.h"

/*
 * Bring the times of the space, as they stand in the file, into seconds by comparing them with its rate: milliseconds
 * are read as such, and times that are printed with too few decimals, but agree with the rate within their rounding,
 * are made from it. Both are told by a warning, as is a rate that the times do not have. `unit` is the last decimal
 * place that is printed (0.01); 0 = every one that there is. Errors: FORMAT (times and rate contradict each other, and
 * nothing says which is wrong), MEMORY.
 */
sagitta_status sg_trc_settle_times(sg_space *space, double unit, sagitta_error *error);

/* The first row whose time, rounded as tracks keep it, does not come after that of the row before, or cannot be;
 * space->rows when there is none. Rounds the times. */
size_t sg_trc_round_times(sg_space *space);

/* Warn where the file breaks off: within a row (`cut`), or before it has so many frames as it promises (0 = it does not
 * say). Rows that are missing in the middle do not count: there the last time tells that the end was reached. */
void sg_trc_check_end(sg_space *space, double promised, bool cut, const sagitta_error *error);

#endif
