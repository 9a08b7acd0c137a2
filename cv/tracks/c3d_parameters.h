/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parameter section of a C3D file in Intel order, as "The C3D File Format User Guide" (c3d.org) describes it:
 * records of groups and of parameters in any order, each pointing to the next. Internal to the room. It is read in
 * place, and nothing outside of [at, end) is touched, whatever stands there. Stateless, thread-safe.
 */
#ifndef SG_TRACKS_C3D_PARAMETERS_H
#define SG_TRACKS_C3D_PARAMETERS_H

#include <stdint.h>

#include "tracks/tracks_file.h"

#define SG_C3D_BLOCK ((size_t)512) /* bytes: what a file is counted in, from 1 */

typedef enum sg_c3d_type { SG_C3D_TEXT = -1, SG_C3D_BYTES = 1, SG_C3D_INTEGERS = 2, SG_C3D_REALS = 4 } sg_c3d_type;

/* Values of one parameter; they lie in the section. */
typedef struct sg_c3d_parameter {
  sg_c3d_type type;
  size_t width; /* bytes of one value; of text, of one line of it */
  size_t count; /* of values, or of lines */
  const char *data;
} sg_c3d_parameter;

/* The 16-bit and the 32-bit words of Intel order. */
unsigned sg_c3d_word(const char *at);
int sg_c3d_signed_word(const char *at);
float sg_c3d_real(const char *at);

/* Find a parameter of a group, both in capitals. `section` begins with the first record. False where there is none, or
 * its values do not lie in the section. */
bool sg_c3d_find(sg_span section, const char *group, const char *name, sg_c3d_parameter *found);
/* One number; integers count from 0 to 65535. NAN beyond the last, and of text. */
double sg_c3d_number(const sg_c3d_parameter *parameter, size_t number);
/* One line of text without the blanks and zeros that fill it; empty beyond the last, and of numbers. */
sg_span sg_c3d_line(const sg_c3d_parameter *parameter, size_t line);

#endif
