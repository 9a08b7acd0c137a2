/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "checkasm.h"

static uint64_t state;

void seed_random(uint64_t seed) {
  state = seed;
}

/* splitmix64 */
uint32_t random_bits(void) {
  uint64_t z = state += 0x9e3779b97f4a7c15U;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
  z = (z ^ z >> 27) * 0x94d049bb133111ebU;
  return (uint32_t)(z >> 32);
}

uint32_t random_below(uint32_t below) {
  return (uint32_t)((uint64_t)random_bits() * below >> 32);
}

void random_bytes(uint8_t *bytes, size_t count) {
  for (size_t i = 0; i < count; i++) bytes[i] = (uint8_t)random_bits();
}

guarded guarded_new(size_t room) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  room = (room + page - 1) / page * page;
  guarded g = { NULL, room + 2 * page, NULL, room };
  g.map = mmap(NULL, g.mapped, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (g.map == MAP_FAILED || mprotect(g.map + page, room, PROT_READ | PROT_WRITE) != 0) {
    perror("checkasm: no memory");
    exit(1);
  }
  g.first = g.map + page;
  return g;
}

void guarded_free(guarded *memory) {
  munmap(memory->map, memory->mapped);
}

uint8_t *guarded_place(const guarded *memory, size_t size, int at_end) {
  return at_end ? memory->first + memory->room - size : memory->first;
}

size_t check_width(size_t index) {
  static const size_t large[CHECK_WIDTHS - 130] = { 191, 255, 321, 577, 961, 1023, 1921, CHECK_WIDTH_MAX };
  return index < 130 ? index + 1 : large[index - 130];
}

static double fraction(double value, double one) {
  return floor(value * one) / one;
}

static sg_region random_region(void) {
  double radius = 0.5 + random_below(8) * (1 + random_below(12));
  double stretch = 1 + random_below(4);
  sg_region r = { random_below(1024) / 4.0, random_below(1024) / 4.0, 0, 0, 0 };
  r.inverse_bb = fraction(1 / (radius * radius), 65536);
  r.inverse_rr = fraction(1 / (radius * radius * stretch * stretch), 65536);
  r.inverse_br = fraction(sqrt(r.inverse_bb * r.inverse_rr) * ((int)random_below(19) - 9) / 10.0, 65536);
  switch (random_below(12)) {
    case 0:
      r.inverse_bb = 0;
      break;
    case 1:
      r.inverse_br = 2 * (r.inverse_bb + r.inverse_rr);
      break;
    case 2:
      r.inverse_rr = NAN;
      break;
    case 3:
      r.cb = -40;
      break;
    case 4:
      r.cr = 300;
      break;
    case 5:
      r.cb = 5000;
      break;
    default:
      break;
  }
  return r;
}

size_t random_palette(sg_region regions[SG_SCAN_COLOURS]) {
  size_t count = random_below(SG_SCAN_COLOURS + 1);
  for (size_t i = 0; i < count; i++) {
    regions[i] = random_region();
    if (i > 0 && random_below(4) == 0) {
      regions[i] = regions[i - 1];
      if (random_below(2)) regions[i].cb += 2;
    }
  }
  return count;
}

/* A pair of codes of which the palette holds (inside) or does not hold; random when none turns up. */
static void random_pair(uint8_t pair[2], const sg_scan_table *table, int inside) {
  for (int i = 0; i < 400; i++) {
    random_bytes(pair, 2);
    if ((table->label[pair[0] << 8 | pair[1]] != 0) == inside) return;
  }
}

/* One code away from a border of the palette. */
static void border_pair(uint8_t pair[2], const sg_scan_table *table) {
  random_pair(pair, table, 1);
  int axis = (int)random_below(2), step = random_below(2) ? 1 : -1;
  while (table->label[pair[0] << 8 | pair[1]] && pair[axis] != 0 && pair[axis] != 255) {
    pair[axis] = (uint8_t)(pair[axis] + step);
  }
  if (random_below(2)) pair[axis] = (uint8_t)(pair[axis] - step);
}

void random_content(uint8_t *cb, uint8_t *cr, size_t count, const sg_scan_table *table) {
  uint8_t in[2] = { 0 }, out[2] = { 0 }, pair[2];
  random_pair(in, table, 1);
  random_pair(out, table, 0);
  uint32_t kind = random_below(8);
  for (size_t i = 0; i < count; i++) {
    switch (kind) {
      case 0:
        random_bytes(pair, 2);
        break;
      case 1:
        memcpy(pair, in, 2);
        break;
      case 2:
        memcpy(pair, i & 1 ? in : out, 2);
        break;
      case 3:
        border_pair(pair, table);
        break;
      case 4:
        memcpy(pair, random_below(100) ? out : in, 2);
        break;
      case 5:
        pair[0] = pair[1] = (uint8_t)(random_below(2) ? 255 : 0);
        break;
      case 6:
        random_pair(pair, table, 1);
        break;
      default:
        if (random_below(20) == 0) random_pair(in, table, (int)random_below(2));
        memcpy(pair, in, 2);
    }
    cb[i] = pair[0];
    cr[i] = pair[1];
  }
}

int check_fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  printf("  ");
  vprintf(format, arguments);
  printf("\n");
  va_end(arguments);
  return 0;
}
