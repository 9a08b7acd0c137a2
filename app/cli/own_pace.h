/* SPDX-License-Identifier: Apache-2.0 */
/* The pace at which a file is played as if it were a camera. */
#ifndef SG_CLI_OWN_PACE_H
#define SG_CLI_OWN_PACE_H

/* How many times faster than its own: 1, or for tests what SAGITTA_LIVE_PACE says; 0 = as fast as it can be looked at.
 */
double pace_asked(void);
/* Wait until a frame at `time_s` is due, of what began at `began` of the monotonic clock, s. */
void pace_wait(double began, double time_s, double pace);

#endif
