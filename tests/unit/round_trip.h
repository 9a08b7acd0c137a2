/* SPDX-License-Identifier: Apache-2.0 */
/* A result printed, read and printed again. */
#ifndef SAGITTA_TESTS_ROUND_TRIP_H
#define SAGITTA_TESTS_ROUND_TRIP_H

#include "sagitta/result.h"

/* The document's text, to be freed with sagitta_free. Fails the test unless it reads back to the same bytes. */
char *round_trip(const sagitta_result *result);

#endif
