/* SPDX-License-Identifier: Apache-2.0 */
/* The clinic's logo: PNG and JPEG become pixels, an SVG stays lines (librsvg, where the build found it). */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <turbojpeg.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "report/clinic.h"
#include "report/report_data.h"
#ifdef SAGITTA_RSVG
#include <librsvg/rsvg.h>
#endif

struct logo {
  double width, height;
  cairo_surface_t *pixels; /* NULL: lines */
#ifdef SAGITTA_RSVG
  RsvgHandle *lines;
#endif
};

static sagitta_status logo_wrong(sagitta_error *error, const char *file, const char *english) {
  return fail_with(error, SAGITTA_ERROR_FORMAT, "The logo \"%.200s\" %s", file_name(file), error_say(error, english));
}

/* ---- pixels ---- */

static bool is_size(double width, double height) {
  return width >= 1 && height >= 1 && width <= LOGO_SIDE_MAX && height <= LOGO_SIDE_MAX && width / height <= 40 &&
         height / width <= 10;
}

typedef struct bytes_left {
  const unsigned char *at;
  size_t left;
} bytes_left;

static cairo_status_t next_bytes(void *from, unsigned char *to, unsigned length) {
  bytes_left *b = from;
  if (length > b->left) return CAIRO_STATUS_READ_ERROR;
  memcpy(to, b->at, length);
  b->at += length;
  b->left -= length;
  return CAIRO_STATUS_SUCCESS;
}

static uint32_t big_endian(const unsigned char *b) {
  return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

/* The size stands in the first chunk: it is looked at before room is made for the picture. */
static cairo_surface_t *read_png(const unsigned char *bytes, size_t length) {
  bytes_left from = { bytes, length };
  if (length < 24 || !is_size(big_endian(bytes + 16), big_endian(bytes + 20))) return NULL;
  return cairo_image_surface_create_from_png_stream(next_bytes, &from);
}

static cairo_surface_t *read_jpeg(const unsigned char *bytes, size_t length) {
  int width = 0, height = 0, sampling, space;
  cairo_surface_t *picture = NULL;
  const unsigned one = 1;
  const int layout = *(const unsigned char *)&one ? TJPF_BGRX : TJPF_XRGB; /* cairo's words are native */
  tjhandle handle = tjInitDecompress();
  if (handle && tjDecompressHeader3(handle, bytes, length, &width, &height, &sampling, &space) == 0 &&
      is_size(width, height)) {
    picture = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    if (cairo_surface_status(picture) == CAIRO_STATUS_SUCCESS) {
      const int made = tjDecompress2(handle, bytes, length, cairo_image_surface_get_data(picture), width,
                                     cairo_image_surface_get_stride(picture), height, layout, 0);
      cairo_surface_mark_dirty(picture);
      if (made != 0) {
        cairo_surface_destroy(picture);
        picture = NULL;
      }
    }
  }
  if (handle) tjDestroy(handle);
  return picture;
}

/* No more pixels than paper shows. Takes the picture over. */
static cairo_surface_t *made_smaller(cairo_surface_t *picture) {
  const int width = cairo_image_surface_get_width(picture), height = cairo_image_surface_get_height(picture);
  const double scale = (double)LOGO_KEPT_SIDE / fmax(width, height);
  if (scale >= 1) return picture;
  cairo_surface_t *small = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, (int)fmax(1, round(width * scale)),
                                                      (int)fmax(1, round(height * scale)));
  cairo_t *cr = cairo_create(small);
  cairo_scale(cr, (double)cairo_image_surface_get_width(small) / width,
              (double)cairo_image_surface_get_height(small) / height);
  cairo_set_source_surface(cr, picture, 0, 0);
  cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_BEST);
  cairo_paint(cr);
  cairo_destroy(cr);
  cairo_surface_destroy(picture);
  return small;
}

static sagitta_status take_pixels(logo *l, cairo_surface_t *picture, const char *file, sagitta_error *error) {
  if (!picture || cairo_surface_status(picture) != CAIRO_STATUS_SUCCESS) {
    if (picture) cairo_surface_destroy(picture);
    return logo_wrong(error, file,
                      "is damaged, larger than 8000 px, or a mere line. Save it again, a few hundred px high.");
  }
  l->pixels = made_smaller(picture);
  l->width = cairo_image_surface_get_width(l->pixels);
  l->height = cairo_image_surface_get_height(l->pixels);
  return cairo_surface_status(l->pixels) == CAIRO_STATUS_SUCCESS
             ? SAGITTA_OK
             : fail_with(error, SAGITTA_ERROR_MEMORY, REPORT_NO_MEMORY);
}

/* ---- lines ---- */

#ifdef SAGITTA_RSVG
/* Without an address of its own the document can load nothing from elsewhere. */
static sagitta_status take_lines(logo *l, const unsigned char *bytes, size_t length, const char *file,
                                 sagitta_error *error) {
  gboolean has_width, has_height, has_box;
  RsvgLength width, height;
  RsvgRectangle box;
  l->lines = rsvg_handle_new_from_data(bytes, length, NULL);
  if (!l->lines) return logo_wrong(error, file, "is no SVG that can be read. Save it again as plain SVG, or as PNG.");
  rsvg_handle_set_dpi(l->lines, 96);
  rsvg_handle_get_intrinsic_dimensions(l->lines, &has_width, &width, &has_height, &height, &has_box, &box);
  if (!rsvg_handle_get_intrinsic_size_in_pixels(l->lines, &l->width, &l->height)) {
    l->width = has_box ? box.width : 0;
    l->height = has_box ? box.height : 0;
  }
  if (l->width > 0 && l->height > 0 && l->width / l->height <= 40 && l->height / l->width <= 10) return SAGITTA_OK;
  return logo_wrong(error, file, "does not say how large it is. Give it a width and a height, or a viewBox.");
}
#endif

static bool is_svg(const unsigned char *bytes, size_t length) {
  const size_t looked = length < 4096 ? length : 4096;
  return memmem(bytes, looked, "<svg", 4) != NULL;
}

/* ---- */

sagitta_status logo_parse(logo **out, const void *bytes, size_t length, const char *file, sagitta_error *error) {
  const unsigned char *at = bytes;
  *out = NULL;
  if (length > LOGO_MAX)
    return logo_wrong(error, file, "is larger than 4 MB. Save it smaller: it stands an inch high.");
  logo *l = calloc(1, sizeof *l);
  if (!l) return fail_with(error, SAGITTA_ERROR_MEMORY, REPORT_NO_MEMORY);
  sagitta_status status;
  if (length > 8 && memcmp(at, "\x89PNG\r\n\x1a\n", 8) == 0) {
    status = take_pixels(l, read_png(at, length), file, error);
  } else if (length > 3 && memcmp(at, "\xFF\xD8\xFF", 3) == 0) {
    status = take_pixels(l, read_jpeg(at, length), file, error);
  } else if (is_svg(at, length)) {
#ifdef SAGITTA_RSVG
    status = take_lines(l, at, length, file, error);
#else
    status = logo_wrong(error, file, "is an SVG, which this build cannot read (librsvg). Save it as PNG.");
#endif
  } else {
    status = logo_wrong(error, file, "is neither PNG nor JPEG nor SVG. Save it as one of them.");
  }
  if (status == SAGITTA_OK) {
    *out = l;
  } else {
    logo_free(&l);
  }
  return status;
}

void logo_free(logo **l) {
  if (!l || !*l) return;
  if ((*l)->pixels) cairo_surface_destroy((*l)->pixels);
#ifdef SAGITTA_RSVG
  if ((*l)->lines) g_object_unref((*l)->lines);
#endif
  free(*l);
  *l = NULL;
}

double logo_aspect(const logo *l) {
  return l->width / l->height;
}

void logo_draw(cairo_t *cr, const logo *l, double x, double y, double width, double height) {
  cairo_save(cr);
#ifdef SAGITTA_RSVG
  if (l->lines) {
    const RsvgRectangle box = { x, y, width, height };
    (void)rsvg_handle_render_document(l->lines, cr, &box, NULL);
  }
#endif
  if (l->pixels) {
    cairo_translate(cr, x, y);
    cairo_scale(cr, width / l->width, height / l->height);
    cairo_set_source_surface(cr, l->pixels, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_GOOD);
    cairo_paint(cr);
  }
  cairo_restore(cr);
}
