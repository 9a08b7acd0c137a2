/* SPDX-License-Identifier: Apache-2.0 */
/* Letters as large as a terminal: drawn with the machine's own font, in any script, and put together from half blocks.
 */
#include "drawing/block_letters.h"

#include <cairo.h>
#include <stdlib.h>
#include <string.h>

#include "drawing/lettering.h"

#define SIZE      64   /* px, of the font that is drawn first, to see how wide the word is */
#define COVERED   110  /* of 255: a half block that is covered so far is set */
#define LETTER_UP 0.72 /* height of a capital, times the font's size */

/* The word's width at SIZE px, in px; 0 when it cannot be drawn. */
static double width_of(const char *word) {
  cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
  cairo_t *cr = cairo_create(surface);
  const lettering what = { .text = word, .size = SIZE, .bold = true, .colour = { 0, 0, 0, 1 } };
  const double width = lettering_measure(cr, &what).width;
  cairo_destroy(cr);
  cairo_surface_destroy(surface);
  return width;
}

/* The word, `size` px high in letters, on a picture of width × height px. */
static cairo_surface_t *draw(const char *word, double size, int width, int height) {
  cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, width, height);
  cairo_t *cr = cairo_create(surface);
  const lettering what = { .text = word, .size = size, .bold = true, .colour = { 0, 0, 0, 1 } };
  lettering_draw_middle(cr, 0, 0.5 * height, &what);
  cairo_destroy(cr);
  cairo_surface_flush(surface);
  return surface;
}

static bool set_at(cairo_surface_t *surface, int x, int y) {
  const unsigned char *data = cairo_image_surface_get_data(surface);
  return data && data[y * cairo_image_surface_get_stride(surface) + x] > COVERED;
}

static bool any_in_row(cairo_surface_t *surface, int y) {
  for (int x = 0; x < cairo_image_surface_get_width(surface); x++) {
    if (set_at(surface, x, y)) return true;
  }
  return false;
}

/* A row of characters, of two rows of px. */
static void print_row(FILE *to, cairo_surface_t *surface, int y) {
  static const char *const blocks[] = { " ", "▀", "▄", "█" };
  int last = -1;
  const int width = cairo_image_surface_get_width(surface);
  for (int x = 0; x < width; x++) {
    if (set_at(surface, x, y) || set_at(surface, x, y + 1)) last = x;
  }
  for (int x = 0; x <= last; x++) fputs(blocks[set_at(surface, x, y) + 2 * set_at(surface, x, y + 1)], to);
  fputs("\033[K\n", to);
}

void block_letters(FILE *to, const char *word, int columns, int rows) {
  const double wide = word[0] ? width_of(word) : 0;
  double size = 2.0 * rows / LETTER_UP;
  if (wide > 0 && wide * size / SIZE > columns) size = SIZE * columns / wide;
  if (!(wide > 0) || size < 8) {
    fprintf(to, "%s\033[K\n", word);
    return;
  }
  const int height = (int)(1.6 * size) / 2 * 2 + 2;
  cairo_surface_t *surface = draw(word, size, columns, height);
  int first = 0, last = height - 1;
  while (first < last && !any_in_row(surface, first)) first++;
  while (last > first && !any_in_row(surface, last)) last--;
  first -= first % 2;
  for (int y = first; y <= last && y + 1 < height; y += 2) print_row(to, surface, y);
  cairo_surface_destroy(surface);
}
