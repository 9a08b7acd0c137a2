/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sagitta calibrate: its parts lens and plane make a camera file, colours a markers file. In: views of a chessboard, a
 * picture of the plane, a recording of the markers. calibrate_lens.c, calibrate_plane.c and calibrate.c (colours) ask
 * the library (sagitta/calibration.h) and say what came out; calibration_run.c is what they share. The only header that
 * other rooms include.
 */
#ifndef SG_CALIBRATE_CALIBRATE_H
#define SG_CALIBRATE_CALIBRATE_H

#include "cli/command.h"

extern const command calibrate_command;

#endif
