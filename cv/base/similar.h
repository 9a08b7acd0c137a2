/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The similarity (shift, turn, size) that brings places nearest to others: least squares in closed form, as Umeyama
 * (1991) has it for two dimensions. No libm but sqrt. Stateless, thread-safe.
 */
#ifndef SG_BASE_SIMILAR_H
#define SG_BASE_SIMILAR_H

#include <stdbool.h>
#include <stddef.h>

#define SG_SIMILAR_MOST 32 /* places */

typedef struct sg_similar_places {
  size_t n;
  double from[SG_SIMILAR_MOST][2], to[SG_SIMILAR_MOST][2]; /* px */
} sg_similar_places;

/* p → (a −b; b a) (p − from) + to. */
typedef struct sg_similar {
  double a, b;
  double from[2], to[2]; /* means of the places, px */
  double went, off;      /* px, root mean squares: how far the places went, and what the similarity leaves over */
} sg_similar;

/* False where fewer than three places, or all in one, tell nothing of it. */
bool sg_similar_fit(const sg_similar_places *places, sg_similar *out);
/* Where it brings a place, px. */
void sg_similar_move(const sg_similar *similar, double x, double y, double to[2]);

#endif
