/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to the report: whose page it is. clinic.c reads the file (an INI: name, address, logo), clinic_logo.c the
 * picture. Texts are plain UTF-8 without control characters. Immutable once read: any thread may draw it.
 */
#ifndef SG_REPORT_CLINIC_H
#define SG_REPORT_CLINIC_H

#include <cairo.h>
#include <stddef.h>
#include <stdint.h>

#include "report/report.h"

#define CLINIC_NAME     121
#define CLINIC_LINE     121
#define CLINIC_LINES    4    /* of the address */
#define CLINIC_PATH     1024 /* of the logo, as it is written */
#define CLINIC_MAX      (16u << 10)
#define LOGO_MAX        (4u << 20) /* bytes of its file */
#define LOGO_SIDE_MAX   8000       /* px of its picture */
#define LOGO_KEPT_SIDE  640        /* px: a larger one is made smaller, for it stands an inch high at most */
#define LOGO_LINES_SIDE 1600       /* px of one of lines, drawn in the cage */

typedef struct logo logo;

struct clinic {
  char name[CLINIC_NAME]; /* never "" */
  char address[CLINIC_LINES][CLINIC_LINE];
  size_t lines;
  logo *logo; /* NULL = none */
};

/*
 * The words of a file alone: `out` is filled, its logo NULL and the logo's name, as it is written, in `picture` ("" =
 * none). `file` is named in what is wrong. Errors: FORMAT.
 */
sagitta_status clinic_parse(clinic *out, char picture[CLINIC_PATH], const char *text, size_t length, const char *file,
                            sagitta_error *error);

/* What can be wrong with a logo; a status of the process that draws it. */
typedef enum logo_fault {
  LOGO_FINE = 0,
  LOGO_PIXELS,  /* damaged, too large, or a mere line */
  LOGO_NO_SVG,  /* cannot be read as such */
  LOGO_NO_SIZE, /* an SVG that does not say how large it is */
  LOGO_NO_RSVG, /* an SVG, which this build draws none of */
  LOGO_LETTERS, /* an SVG with text, for which there are no fonts in the cage, and others on each machine */
  LOGO_PICTURE, /* an SVG with a picture in it, or with entities */
  LOGO_NO_KIND, /* neither of the three */
  LOGO_BROKE,   /* drawing it takes too much time or memory, or breaks down */
  LOGO_MEMORY,
  LOGO_FAULTS
} logo_fault;

/* ARGB32 pixels of cairo as a logo's file is drawn: the longer side at most LOGO_KEPT_SIDE, of lines LOGO_LINES_SIDE.
 * On success the caller destroys *out. */
logo_fault logo_pixels(cairo_surface_t **out, const void *bytes, size_t length);
/* The same by the program, which is started once more for it, in a cage (logo_cage.c). */
logo_fault logo_pixels_caged(cairo_surface_t **out, const void *bytes, size_t length, const char *program);

/* A picture from the bytes of its file, told apart by what they begin with, taken apart in a cage where there is one.
 * On success *out is the caller's. Errors: FORMAT (none of the three kinds, damaged, too large), MEMORY. */
sagitta_status logo_parse(logo **out, const void *bytes, size_t length, const char *file, sagitta_error *error);
/* NULL-safe; sets *l to NULL. */
void logo_free(logo **l);
/* Width over height, > 0. */
double logo_aspect(const logo *l);
/* Into a box whose top left corner is (x, y). */
void logo_draw(cairo_t *cr, const logo *l, double x, double y, double width, double height);

#endif
