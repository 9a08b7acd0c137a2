/* SPDX-License-Identifier: Apache-2.0 */
/* A logo's file as pixels: PNG and JPEG, and the lines of an SVG (librsvg, where the build found it). What is called in
 * a cage (logo_cage.c), and nowhere else where there is one. */
#include <math.h>
#include <stdint.h>
#include <string.h>
#include <turbojpeg.h>

#include "report/clinic.h"
#ifdef SAGITTA_RSVG
#include <librsvg/rsvg.h>
#endif

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

/* No more pixels than paper shows, with their own opacity. Takes the picture over. */
static cairo_surface_t *made_smaller(cairo_surface_t *picture) {
  const int width = cairo_image_surface_get_width(picture), height = cairo_image_surface_get_height(picture);
  const double scale = fmin(1, (double)LOGO_KEPT_SIDE / fmax(width, height));
  if (scale >= 1 && cairo_image_surface_get_format(picture) == CAIRO_FORMAT_ARGB32) return picture;
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

static logo_fault take_pixels(cairo_surface_t **out, cairo_surface_t *picture) {
  if (!picture || cairo_surface_status(picture) != CAIRO_STATUS_SUCCESS) {
    if (picture) cairo_surface_destroy(picture);
    return LOGO_PIXELS;
  }
  *out = made_smaller(picture);
  return LOGO_FINE;
}

/* ---- lines ---- */

#ifdef SAGITTA_RSVG
static bool is_shape(double width, double height) {
  return width > 0 && height > 0 && width / height <= 40 && height / width <= 10;
}

static void size_of(RsvgHandle *lines, double *width, double *height) {
  gboolean has_width, has_height, has_box;
  RsvgLength across, down;
  RsvgRectangle box;
  rsvg_handle_get_intrinsic_dimensions(lines, &has_width, &across, &has_height, &down, &has_box, &box);
  if (rsvg_handle_get_intrinsic_size_in_pixels(lines, width, height)) return;
  *width = has_box ? box.width : 0;
  *height = has_box ? box.height : 0;
}

/* Without an address of its own the document can load nothing from elsewhere. */
static logo_fault draw_lines(cairo_surface_t **out, const unsigned char *bytes, size_t length) {
  double width, height;
  RsvgHandle *lines = rsvg_handle_new_from_data(bytes, length, NULL);
  if (!lines) return LOGO_NO_SVG;
  rsvg_handle_set_dpi(lines, 96);
  size_of(lines, &width, &height);
  logo_fault fault = is_shape(width, height) ? LOGO_FINE : LOGO_NO_SIZE;
  if (!fault) {
    const double scale = LOGO_LINES_SIDE / fmax(width, height);
    const RsvgRectangle box = { 0, 0, fmax(1, round(width * scale)), fmax(1, round(height * scale)) };
    *out = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, (int)box.width, (int)box.height);
    cairo_t *cr = cairo_create(*out);
    const bool drawn = rsvg_handle_render_document(lines, cr, &box, NULL) && cairo_status(cr) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(cr);
    if (!drawn) {
      cairo_surface_destroy(*out);
      *out = NULL;
      fault = LOGO_BROKE;
    }
  }
  g_object_unref(lines);
  return fault;
}
#endif

static bool holds(const unsigned char *bytes, size_t length, const char *word) {
  return memmem(bytes, length, word, strlen(word)) != NULL;
}

static bool is_svg(const unsigned char *bytes, size_t length) {
  return holds(bytes, length < 4096 ? length : 4096, "<svg");
}

/* What would be drawn otherwise than it was meant is refused, and what blows a document up. A prefix of a name space
 * may stand before a name. */
static logo_fault look_through(const unsigned char *bytes, size_t length) {
  if (holds(bytes, length, "<text") || holds(bytes, length, ":text") || holds(bytes, length, "<foreignObject"))
    return LOGO_LETTERS;
  if (holds(bytes, length, "<image") || holds(bytes, length, ":image") || holds(bytes, length, "<feImage") ||
      holds(bytes, length, "<!ENTITY"))
    return LOGO_PICTURE;
  return LOGO_FINE;
}

static logo_fault take_svg(cairo_surface_t **out, const unsigned char *bytes, size_t length) {
  const logo_fault fault = look_through(bytes, length);
#ifdef SAGITTA_RSVG
  return fault ? fault : draw_lines(out, bytes, length);
#else
  (void)out;
  return fault ? fault : LOGO_NO_RSVG;
#endif
}

/* ---- */

logo_fault logo_pixels(cairo_surface_t **out, const void *bytes, size_t length) {
  const unsigned char *at = bytes;
  logo_fault fault = LOGO_NO_KIND;
  *out = NULL;
  if (length > 8 && memcmp(at, "\x89PNG\r\n\x1a\n", 8) == 0) {
    fault = take_pixels(out, read_png(at, length));
  } else if (length > 3 && memcmp(at, "\xFF\xD8\xFF", 3) == 0) {
    fault = take_pixels(out, read_jpeg(at, length));
  } else if (is_svg(at, length)) {
    fault = take_svg(out, at, length);
  }
  if (fault == LOGO_FINE && cairo_surface_status(*out) != CAIRO_STATUS_SUCCESS) {
    cairo_surface_destroy(*out);
    *out = NULL;
    fault = LOGO_MEMORY;
  }
  return fault;
}
