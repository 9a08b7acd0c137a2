/* SPDX-License-Identifier: Apache-2.0 */
/* JPEG, so that a photograph takes little room in a page. */
#ifndef APP_REPORT_JPEG_H
#define APP_REPORT_JPEG_H

#include <cairo.h>
#include <stdbool.h>

/* Compress an RGB24 image surface and attach the JPEG to it: cairo then puts that into PDF and SVG as it is. False when
 * memory is short. */
bool jpeg_attach(cairo_surface_t *photo);

#endif
