/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the strips and the thigh's markers say by themselves, strip now − strip at the start, with nothing believed
 * about bodies. Where a quantity is measured this is its value; the posterior says how far the bones may be from it.
 * Stateless, thread-safe.
 */
#ifndef SAGITTA_PLAIN_H
#define SAGITTA_PLAIN_H

#include <stddef.h>

#include "body/posterior.h"

/* Units of the quantities; NAN where the markers do not measure it. */
typedef struct sg_plain {
  double value[SG_QUANTITIES];
  double camera[SG_QUANTITIES]; /* standard error: noise, and the camera's errors */
} sg_plain;

/* The rotation of something that is seen to have turned by `deg` from upright, shortened across the picture. */
double sg_lengthened(double deg, double across);

/* `disturbed`: the sighting as other cameras would have shown it, [error][down, up]; may be NULL. */
void sg_plain_geometry(const sg_sighting *seen, const sg_sighting (*disturbed)[2], size_t errors, sg_plain *out);

/* Measured values take the place of inferred ones; an interval is widened where it does not hold them. */
void sg_prefer_plain(const sg_plain *plain, sg_estimate estimate[SG_QUANTITIES]);

#endif
