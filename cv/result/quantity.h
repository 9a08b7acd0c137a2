/* SPDX-License-Identifier: Apache-2.0 */
/* A quantity put together from its interval and the camera's part of it. Stateless, thread-safe. */
#ifndef SAGITTA_QUANTITY_H
#define SAGITTA_QUANTITY_H

#include "sagitta/result.h"

/* Unknown where `value` is NAN. `camera`: standard error of the instrument alone; its band is kept inside low–high. */
sagitta_quantity sg_quantity_of(double value, double low, double high, double camera, bool inferred);

#endif
