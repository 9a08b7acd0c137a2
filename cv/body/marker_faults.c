/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What markers do that no body does: labels that change places, as when another program loses two markers and takes one
 * for the other, and a marker that falls off and lies on the floor from then on.
 *
 * Labels: from one row to the next, each of two or more labels is where another of them was. No two parts of a body
 * trade places. A fall: a marker drops fast, lies still to the end, and its distance from its neighbours is no longer
 * one that it had before; one that slides: marker_slides.c. Told from markers as they were seen, the camera's motion
 * undone, before anything is smoothed.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/math.h"
#include "base/translate.h"
#include "body/marker_faults.h"
#include "body/timeline.h"

#define SEEN_S    0.5  /* a place is compared with one seen so long ago at the most */
#define NEAR      0.25 /* of the distance of two markers: the place of one is that of the other */
#define TAKEN     0.15 /* … where that other one is gone */
#define APART     0.1  /* thighs: markers closer than this cannot be told to have changed places */
#define SAME_PX   1.0  /* two markers are farther apart */
#define ONE       0.02 /* thighs: two labels on one marker */
#define LEAP      8.0  /* thighs/s: no marker on a trunk or a leg goes so fast (3.4 m/s) */
#define FALL_S    1.5  /* a fall from the shoulder takes 0.55 s; it may roll on */
#define FALLS     1.5  /* thighs/s at some moment: a fall of 2 cm */
#define SETS_OUT  0.3  /* thighs/s: from here on it falls */
#define DROP      0.1  /* thighs: the way down, at least */
#define OFF_SHARE 0.7  /* of the rows after the fall, in which a neighbour is at no distance of before */
#define SHORTER   0.85 /* of the least distance before */
#define LONGER    1.1  /* of the greatest distance before */
#define FLEXIBLE  0.6  /* a distance that is no bone's may shorten to this of its median … */
#define STRETCHES 1.2  /* … and stretch to this */

/* ---- labels that change places ---- */

/* The last row before `row` in which the role was seen, not longer ago than SEEN_S; s->rows where there is none. */
static size_t last_seen(const sg_seen_markers *m, int role, size_t row) {
  for (size_t i = row; i > 0 && m->s->time[row] - m->s->time[i - 1] <= SEEN_S; i--) {
    if (m->s->unseen[i - 1] == SG_KNOCKED) break;
    if (sg_seen_in(m, role, i - 1)) return i - 1;
  }
  return m->s->rows;
}

/* Whose place of before label `a` has in `row`: −1 = nobody's. before[]: the rows in which each was seen last. */
static int place_of(const sg_seen_markers *m, int a, size_t row, const size_t before[SAGITTA_ROLES]) {
  const size_t none = m->s->rows;
  int found = -1;
  double nearest = INFINITY;
  for (int b = 0; b < SAGITTA_ROLES; b++) {
    if (b == a || before[b] == none) continue;
    const double dx = m->x[b][before[b]], dy = m->y[b][before[b]];
    const double between = hypot(m->x[a][before[a]] - dx, m->y[a][before[a]] - dy);
    const double away = hypot(m->x[a][row] - dx, m->y[a][row] - dy);
    if (between < APART * m->unit || away > NEAR * between || away >= nearest) continue;
    found = b;
    nearest = away;
  }
  return found;
}

/* Whether the label leapt to a place whose own marker is gone, or which two labels have then: one taken for the other.
 */
static bool leapt(const sg_seen_markers *m, int a, int b, size_t row, const size_t before[SAGITTA_ROLES]) {
  if (a >= SAGITTA_HAND || b >= SAGITTA_HAND || before[b] + 1 != row) return false;
  if (sg_seen_in(m, b, row)) {
    const double between = hypot(m->x[a][row] - m->x[b][row], m->y[a][row] - m->y[b][row]);
    return between < ONE * m->unit && before[a] + 1 == row &&
           hypot(m->x[a][row] - m->x[a][row - 1], m->y[a][row] - m->y[a][row - 1]) > 2 * APART * m->unit;
  }
  const double way = hypot(m->x[a][row] - m->x[a][before[a]], m->y[a][row] - m->y[a][before[a]]);
  const double away = hypot(m->x[a][row] - m->x[b][before[b]], m->y[a][row] - m->y[b][before[b]]);
  return way > LEAP * m->unit * (m->s->time[row] - m->s->time[before[a]]) && way > 2 * APART * m->unit &&
         away < TAKEN * way;
}

/* The labels that change places in a row, as bits of roles. */
static unsigned exchanged_in(const sg_seen_markers *m, size_t row) {
  size_t before[SAGITTA_ROLES];
  int to[SAGITTA_ROLES];
  for (int r = 0; r < SAGITTA_ROLES; r++) before[r] = m->x[r] ? last_seen(m, r, row) : m->s->rows;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    to[r] = sg_seen_in(m, r, row) && before[r] != m->s->rows ? place_of(m, r, row, before) : -1;
  }
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    unsigned cycle = 1u << r;
    int next = to[r];
    for (; next >= 0 && next != r && !(cycle >> next & 1u); next = to[next]) cycle |= 1u << next;
    if (next == r) return cycle;
    if (to[r] >= 0 && leapt(m, r, to[r], row, before)) return 1u << r | 1u << to[r];
  }
  return 0;
}

static void find_exchange(sg_seen_markers *m) {
  sg_signals *s = m->s;
  for (size_t i = 1; i < s->rows; i++) {
    const unsigned roles = exchanged_in(m, i);
    if (!roles) continue;
    s->exchange_row = i;
    s->exchanged = roles;
    break;
  }
  unsigned touching = 0;
  const size_t row = sg_find_exchange_in_touch(m, &touching);
  if (row >= s->exchange_row) return;
  s->exchange_row = row;
  s->exchanged = touching;
}

/* ---- a marker that falls off ---- */

/* Whether a link is at no distance that it had before row `fell`, in most rows from `lies` on. */
static bool link_broken(const sg_seen_markers *m, size_t k, size_t fell, size_t lies) {
  const sagitta_role a = sg_marker_links[k].a, b = sg_marker_links[k].b;
  if (!m->x[a] || !m->x[b]) return false;
  double low = INFINITY, high = 0, off = 0, count = 0;
  for (size_t i = 0; i <= fell; i++) {
    const double d = sg_seen_apart(m, a, b, i);
    if (isnan(d)) continue;
    low = fmin(low, d);
    high = fmax(high, d);
  }
  const double median = sg_median_apart(m, a, b, 0, fell + 1);
  low *= SHORTER;
  high *= LONGER;
  if (!sg_marker_links[k].bone) {
    low = sg_marker_links[k].grows ? 0 : fmin(low, FLEXIBLE * median);
    high = fmax(high, STRETCHES * median);
  }
  for (size_t i = lies; i < m->s->rows; i++) {
    const double d = sg_seen_apart(m, a, b, i);
    if (isnan(d)) continue;
    off += d < low || d > high;
    count += 1;
  }
  return median > 0 && count > 0 && off >= OFF_SHARE * count;
}

/* thighs/s downwards, between two rows in which it is seen. */
static double falling(const sg_seen_markers *m, int role, size_t from, size_t to) {
  return (m->y[role][to] - m->y[role][from]) / m->unit / (m->s->time[to] - m->s->time[from]);
}

/* Whether the recording is paused, or the camera knocked, between two rows. */
static bool is_parted(const sg_signals *s, size_t from, size_t to) {
  for (size_t i = from; i < to; i++) {
    if (sg_unseen_parts(s->unseen[i])) return true;
  }
  return false;
}

/* The last row in which the marker sat where it belongs, before it lies from row `lies` on; rows where it did not fall.
 */
static size_t sets_out(const sg_seen_markers *m, int role, size_t lies) {
  const sg_signals *s = m->s;
  size_t fastest = s->rows;
  double most = FALLS;
  for (size_t to = lies, from; (from = sg_seen_before(m, role, to)) != s->rows; to = from) {
    if (s->time[lies] - s->time[from] > FALL_S || is_parted(s, from, to)) break;
    const double speed = falling(m, role, from, to);
    if (speed <= most) continue;
    most = speed;
    fastest = from;
  }
  for (size_t from; fastest != s->rows && (from = sg_seen_before(m, role, fastest)) != s->rows; fastest = from) {
    if (is_parted(s, from, fastest)) break;
    if (falling(m, role, from, fastest) < SETS_OUT) break;
  }
  if (fastest == s->rows || m->y[role][lies] - m->y[role][fastest] < DROP * m->unit) return s->rows;
  return fastest;
}

static void find_fall(sg_seen_markers *m, int role) {
  sg_signals *s = m->s;
  if (!m->x[role]) return;
  const size_t lies = sg_lies_from(m, role);
  const size_t from = lies == s->rows ? s->rows : sets_out(m, role, lies);
  if (from == s->rows) return;
  for (size_t k = 0; k < SG_MARKER_LINKS; k++) {
    if ((int)sg_marker_links[k].a != role && (int)sg_marker_links[k].b != role) continue;
    if (link_broken(m, k, from, lies)) {
      s->fell_row[role] = from + 1;
      return;
    }
  }
}

/* ---- both ---- */

/* px: the thigh, of all rows in which hip and knee are not one marker. */
static double unit_of(const sg_seen_markers *m) {
  size_t count = 0;
  if (!m->x[SAGITTA_HIP] || !m->x[SAGITTA_KNEE]) return 0;
  for (size_t i = 0; i < m->s->rows; i++) {
    const double thigh = sg_seen_apart(m, SAGITTA_HIP, SAGITTA_KNEE, i);
    if (thigh > SAME_PX) m->scratch[count++] = thigh;
  }
  return count ? sg_median(m->scratch, count) : 0;
}

int sg_find_marker_faults(sg_signals *s, const sagitta_tracks *tracks) {
  sg_seen_markers m = { .s = s };
  int whole = 0;
  s->exchange_row = s->rows;
  for (int role = 0; role < SAGITTA_ROLES; role++) s->fell_row[role] = s->rows;
  if (!sg_seen_markers_take(&m, tracks)) goto end;
  m.unit = unit_of(&m);
  whole = 1;
  if (!(m.unit > 0)) goto end;
  find_exchange(&m);
  for (int role = 0; role <= SAGITTA_HAND && s->exchange_row == s->rows; role++) {
    find_fall(&m, role);
    if (role < SAGITTA_HAND && s->fell_row[role] == s->rows) sg_find_slide(&m, role);
  }
end:
  sg_seen_markers_free(&m);
  return whole;
}

bool sg_marker_is_off(const sg_signals *s, sagitta_role role, size_t row) {
  return row >= s->fell_row[role] || (s->exchanged >> role & 1u && row >= s->exchange_row);
}

int sg_first_fallen(const sg_signals *s, unsigned roles) {
  int first = -1;
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    if (!(roles >> role & 1u) || s->fell_row[role] >= s->rows) continue;
    if (first < 0 || s->fell_row[role] < s->fell_row[first]) first = role;
  }
  return first;
}

void sg_name_roles(char *text, size_t size, unsigned roles, const char *language) {
  size_t length = 0;
  text[0] = 0;
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    if (!(roles >> role & 1u)) continue;
    const char *name = sg_say(language, sagitta_role_name((sagitta_role)role));
    const char *between = length == 0 ? "" : roles >> (role + 1) ? ", " : sg_say(language, " and ");
    if (length + strlen(between) + strlen(name) >= size) return;
    length += (size_t)snprintf(text + length, size - length, "%s%s", between, name);
  }
}
