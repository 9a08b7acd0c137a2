/* SPDX-License-Identifier: Apache-2.0 */
/* The clinic's logo: its pixels, taken out of its file in a cage (logo_cage.c), and what can be wrong with it in words.
 */
#include <stdlib.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "cli/sandbox.h"
#include "cli/text.h"
#include "report/clinic.h"
#include "report/report_data.h"

struct logo {
  double width, height;
  cairo_surface_t *pixels;
};

static const char *const faults[LOGO_FAULTS] = {
  [LOGO_PIXELS] =
      TRANSLATABLE("is damaged, larger than 8000 px, or a mere line. Save it again, a few hundred px high."),
  [LOGO_NO_SVG] = TRANSLATABLE("is no SVG that can be read. Save it again as plain SVG, or as PNG."),
  [LOGO_NO_SIZE] = TRANSLATABLE("does not say how large it is. Give it a width and a height, or a viewBox."),
  [LOGO_NO_RSVG] = TRANSLATABLE("is an SVG, which this build cannot read (librsvg). Save it as PNG."),
  [LOGO_LETTERS] =
      TRANSLATABLE("is an SVG with text, which each computer draws otherwise. Turn it into paths, or save it as PNG."),
  [LOGO_PICTURE] = TRANSLATABLE("is an SVG with a picture or entities in it, which are not drawn. Save it as PNG."),
  [LOGO_NO_KIND] = TRANSLATABLE("is neither PNG nor JPEG nor SVG. Save it as one of them."),
  [LOGO_BROKE] = TRANSLATABLE("cannot be drawn, or not within a few seconds. Save it simpler, or as PNG."),
};

sagitta_status logo_parse(logo **out, const void *bytes, size_t length, const char *file, sagitta_error *error) {
  const char *program = sandbox_program();
  *out = NULL;
  if (length > LOGO_MAX) {
    return fail_with(error, SAGITTA_ERROR_FORMAT, "The logo \"%.200s\" %s", file_name(file),
                     error_say(error, "is larger than 4 MB. Save it smaller: it stands an inch high."));
  }
  cairo_surface_t *pixels = NULL;
  logo_fault fault = program ? logo_pixels_caged(&pixels, bytes, length, program) : logo_pixels(&pixels, bytes, length);
  logo *l = fault == LOGO_FINE ? calloc(1, sizeof *l) : NULL;
  if (l) {
    *l = (logo){ cairo_image_surface_get_width(pixels), cairo_image_surface_get_height(pixels), pixels };
    *out = l;
    return SAGITTA_OK;
  }
  if (pixels) cairo_surface_destroy(pixels);
  if (fault == LOGO_FINE || fault == LOGO_MEMORY) return fail_with(error, SAGITTA_ERROR_MEMORY, REPORT_NO_MEMORY);
  return fail_with(error, SAGITTA_ERROR_FORMAT, "The logo \"%.200s\" %s", file_name(file),
                   error_say(error, faults[fault]));
}

void logo_free(logo **l) {
  if (!l || !*l) return;
  cairo_surface_destroy((*l)->pixels);
  free(*l);
  *l = NULL;
}

double logo_aspect(const logo *l) {
  return l->width / l->height;
}

void logo_draw(cairo_t *cr, const logo *l, double x, double y, double width, double height) {
  cairo_save(cr);
  cairo_translate(cr, x, y);
  cairo_scale(cr, width / l->width, height / l->height);
  cairo_set_source_surface(cr, l->pixels, 0, 0);
  cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_GOOD);
  cairo_paint(cr);
  cairo_restore(cr);
}
