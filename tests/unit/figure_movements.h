/* SPDX-License-Identifier: Apache-2.0 */
/* Movements of the jointed figure, with a hand marker: those of the battery's tests and some that are none. */
#ifndef SAGITTA_TESTS_FIGURE_MOVEMENTS_H
#define SAGITTA_TESTS_FIGURE_MOVEMENTS_H

#include "figure.h"

typedef movement (*figure_maker)(void);

movement figure_toe_touch(void);
movement figure_squat(void);
movement figure_upright_squat(void);
/* Hips forward, knees a little bent, lower back hollow; and with legs that stay nearly straight. */
movement figure_bend_back(void);
movement figure_bend_back_straight(void);
movement figure_sit_and_reach(void);
movement figure_sit_up(void);
movement figure_leg_raise(void);
movement figure_extension(void); /* of the knee, lying with the thigh upright */
movement figure_chair(void);     /* sitting on one, leaning forward */

#endif
