/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of sagitta calibrate: each takes the words after its own name and returns the exit status. */
#ifndef APP_CALIBRATE_H
#define APP_CALIBRATE_H

int command_calibrate_lens(int count, char **arguments);
int command_calibrate_plane(int count, char **arguments);
int command_calibrate_colours(int count, char **arguments);

#endif
