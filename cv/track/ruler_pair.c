/* SPDX-License-Identifier: Apache-2.0 */
/* Which two candidates are the ruler's marks: still, of one colour and size, and off the body; or why none are. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/translate.h"
#include "track/body_fit.h"
#include "track/ruler.h"

#define SEEN_SHARE 0.25 /* least share of the frames in which a mark is seen in its place: what moves is not */
#define WORN_SHARE 0.3  /* share of the frames in which both show from which a candidate is a body's marker */
#define STRIP      2.2  /* elongation */

/* Shares of stature: how far off the middle of leg and trunk a sticker sits on them. */
#define ON_LEG     0.035
#define ON_TRUNK   0.060
#define BESIDE     0.065 /* from where the ankle must be: a candidate farther off is no ankle */
#define BESIDE_YES 0.035 /* the same where the user says that there is a ruler */

/* A mark's diameter is within these shares of the knee marker's. */
#define SMALLEST 0.4
#define LARGEST  2.5

/* Where the body was in the anchor frame. */
typedef struct body {
  bool known;
  size_t frame;
  double shoulder[2], hip[2], knee[2], foot[2]; /* px; the foot where the straight leg ends */
  bool has_shoulder;
  double stature, disc; /* px */
} body;

typedef struct judging {
  const sg_ruler_watch *watch;
  const sg_detections *detections;
  int *chosen;
  body body;
  bool *mark;  /* per candidate: it can be a mark */
  bool *ankle; /* per candidate: it was tracked as the ankle */
} judging;

/* A candidate in a frame, NULL where it is not in its place. */
static const sg_detection *candidate_in(const judging *j, size_t frame, int candidate) {
  const sg_detection *s = j->watch->seen + frame * (size_t)j->watch->count + (size_t)candidate;
  return s->diameter > 0.0f ? s : NULL;
}

/* A candidate where it stands in the picture that shows the body, whose camera may have moved since the candidates were
 * found; as it was found where that picture does not show it. */
static sg_blob beside_body(const judging *j, int candidate) {
  const sg_detection *seen = j->body.known ? candidate_in(j, j->body.frame, candidate) : NULL;
  return seen ? sg_detection_blob(seen) : j->watch->ruler->candidate[candidate].blob;
}

static bool role_in(const judging *j, size_t frame, int role, sg_blob *blob) {
  const sg_detection *seen = sg_detections_chosen(j->detections, j->chosen, frame, role);
  if (!seen) return false;
  *blob = sg_detection_blob(seen);
  return true;
}

static double distance(double ax, double ay, double bx, double by) {
  return sqrt((ax - bx) * (ax - bx) + (ay - by) * (ay - by));
}

/* The hip point: a strip reaches down to it. */
static void hip_point(const sg_blob *hip, const sg_blob *knee, double *at) {
  const double dx = knee->x - hip->x, dy = knee->y - hip->y, length = fmax(1.0, sqrt(dx * dx + dy * dy));
  const double half = hip->elongation > STRIP ? 0.5 * hip->length : 0.0;
  at[0] = hip->x + dx / length * half;
  at[1] = hip->y + dy / length * half;
}

static void find_body(judging *j, const sg_association *association) {
  body *b = &j->body;
  memset(b, 0, sizeof *b);
  for (size_t f = 0; f < j->detections->frames && !b->known; f++) {
    sg_blob hip, knee, shoulder;
    if (!isnan(association->anchor_s) && j->detections->time_s[f] < association->anchor_s) continue;
    if (!role_in(j, f, SAGITTA_HIP, &hip) || !role_in(j, f, SAGITTA_KNEE, &knee)) continue;
    b->known = true;
    b->frame = f;
    hip_point(&hip, &knee, b->hip);
    b->knee[0] = knee.x;
    b->knee[1] = knee.y;
    /* without a posture the leg is taken to be straight */
    b->foot[0] = isnan(association->foot_x) ? 2.0 * b->knee[0] - b->hip[0] : association->foot_x;
    b->foot[1] = isnan(association->foot_y) ? 2.0 * b->knee[1] - b->hip[1] : association->foot_y;
    b->stature = distance(b->hip[0], b->hip[1], knee.x, knee.y) / SG_THIGH;
    b->disc = knee.diameter;
    b->has_shoulder = role_in(j, f, SAGITTA_SHOULDER, &shoulder);
    if (b->has_shoulder) {
      b->shoulder[0] = shoulder.x;
      b->shoulder[1] = shoulder.y;
    }
  }
}

/* Distance of a point from the line between two others. */
static double from_line(double x, double y, const double *a, const double *b) {
  const double dx = b[0] - a[0], dy = b[1] - a[1], squared = fmax(1e-9, dx * dx + dy * dy);
  const double along = fmax(0.0, fmin(1.0, ((x - a[0]) * dx + (y - a[1]) * dy) / squared));
  return distance(x, y, a[0] + along * dx, a[1] + along * dy);
}

/* On trunk, thigh or leg in the anchor frame, where no mark of a ruler is. */
static bool on_body(const body *b, const sg_blob *candidate) {
  if (!b->known) return false;
  if (from_line(candidate->x, candidate->y, b->hip, b->knee) < ON_TRUNK * b->stature) return true;
  if (b->has_shoulder && from_line(candidate->x, candidate->y, b->hip, b->shoulder) < ON_TRUNK * b->stature)
    return true;
  return from_line(candidate->x, candidate->y, b->knee, b->foot) < ON_LEG * b->stature;
}

/* Share of the frames with both in view in which a candidate is the marker of a role. */
static double same_as(const judging *j, int candidate, int role) {
  size_t both = 0, same = 0;
  for (size_t f = 0; f < j->detections->frames; f++) {
    const sg_detection *s = candidate_in(j, f, candidate);
    sg_blob marker;
    if (!s || !role_in(j, f, role, &marker)) continue;
    const sg_blob b = sg_detection_blob(s);
    both++;
    same += distance(b.x, b.y, marker.x, marker.y) < 0.5 * b.diameter;
  }
  return both > 0 ? (double)same / (double)both : 0.0;
}

/* Share of all frames in which a candidate is in its place. */
static double share_seen(const judging *j, int candidate) {
  size_t n = 0;
  for (size_t f = 0; f < j->detections->frames; f++) n += candidate_in(j, f, candidate) != NULL;
  return n > 0 ? (double)n / (double)j->detections->frames : 0.0;
}

/* Whether a candidate is a marker on the body. A candidate that was tracked as the ankle but stands beside the foot is
 * not. */
static bool is_worn(judging *j, int candidate) {
  for (int r = 0; r < SAGITTA_HAND; r++) {
    if (same_as(j, candidate, r) < WORN_SHARE) continue;
    if (r != SAGITTA_ANKLE) return true;
    const sg_blob b = beside_body(j, candidate);
    const double limit = j->watch->ruler->said ? BESIDE_YES : BESIDE;
    if (!j->body.known || distance(b.x, b.y, j->body.foot[0], j->body.foot[1]) < limit * j->body.stature) return true;
    j->ankle[candidate] = true;
  }
  return false;
}

static bool of_sticker_size(const body *b, const sg_blob *candidate) {
  return !b->known || (candidate->diameter > SMALLEST * b->disc && candidate->diameter < LARGEST * b->disc);
}

/* Which candidates can be marks. */
static void sift(judging *j) {
  for (int i = 0; i < j->watch->count; i++) {
    const sg_ruler_candidate *candidate = &j->watch->ruler->candidate[i];
    if (candidate->role >= 0) {
      j->mark[i] = share_seen(j, i) > 0.0;
    } else if (share_seen(j, i) >= SEEN_SHARE && !is_worn(j, i) && of_sticker_size(&j->body, &candidate->blob)) {
      const sg_blob blob = beside_body(j, i);
      j->mark[i] = j->ankle[i] || !on_body(&j->body, &blob);
    }
  }
}

/* Ruler0 is nearer the soles: the lower one of an upright ruler, else the one nearer the foot; with nobody there the
 * lower one, or of two side by side the left. */
static bool swapped(const body *b, const sg_blob *first, const sg_blob *second) {
  const double dx = fabs(first->x - second->x), dy = fabs(first->y - second->y);
  if (b->known && dy <= dx) {
    return distance(second->x, second->y, b->foot[0], b->foot[1]) <
           distance(first->x, first->y, b->foot[0], b->foot[1]);
  }
  return dy > 0.2 * dx ? second->y > first->y : second->x < first->x;
}

/* What the user pointed at is the ruler whatever else there is; a single picked mark takes the one other candidate. */
static bool take_picked(const judging *j, sg_ruler_pair *pair) {
  int others = 0, other = -1, picked = 0;
  for (int n = 0; n < j->watch->count; n++) {
    const int role = j->watch->ruler->candidate[n].role;
    if (!j->mark[n]) continue;
    if (role >= 0) {
      pair->mark[role - SAGITTA_RULER0] = n;
      picked++;
    } else {
      other = n;
      others++;
    }
  }
  if (picked == 0) return false;
  pair->cause = picked == 2 || others == 1 ? SG_RULER_FOUND : others == 0 ? SG_RULER_ONE : SG_RULER_MANY;
  if (picked == 1 && others == 1) pair->mark[pair->mark[0] < 0 ? 0 : 1] = other;
  return true;
}

/* The one pair of equal candidates, or why there is none. */
static void take_pair(const judging *j, sg_ruler_pair *pair) {
  const sg_ruler_candidate *candidate = j->watch->ruler->candidate;
  int pairs = 0;
  for (int n = 0; n < j->watch->count; n++) {
    for (int m = 0; j->mark[n] && m < n; m++) {
      if (!j->mark[m] || !sg_ruler_alike(&candidate[n], &candidate[m])) continue;
      pairs++;
      pair->mark[0] = m;
      pair->mark[1] = n;
    }
  }
  pair->cause = pairs == 1            ? SG_RULER_FOUND
                : pairs > 1           ? SG_RULER_MANY
                : pair->possible > 1  ? SG_RULER_UNLIKE
                : pair->possible == 1 ? SG_RULER_ONE
                                      : SG_RULER_NONE;
  if (pairs != 1) {
    pair->mark[0] = pair->mark[1] = -1;
    return;
  }
  const sg_blob first = beside_body(j, pair->mark[0]), second = beside_body(j, pair->mark[1]);
  if (swapped(&j->body, &first, &second)) {
    const int lower = pair->mark[1];
    pair->mark[1] = pair->mark[0];
    pair->mark[0] = lower;
  }
}

/* Where what was tracked as the ankle is a mark beside the foot, there is no ankle. */
static void release_ankle(judging *j, const sg_ruler_pair *pair) {
  if (!((pair->mark[0] >= 0 && j->ankle[pair->mark[0]]) || (pair->mark[1] >= 0 && j->ankle[pair->mark[1]]))) return;
  for (size_t f = 0; f < j->detections->frames; f++) j->chosen[f * SAGITTA_ROLES + SAGITTA_ANKLE] = -1;
}

int sg_ruler_find_pair(const sg_ruler_watch *watch, const sg_detections *detections, int *chosen,
                       const sg_association *association, sg_ruler_pair *pair) {
  *pair = (sg_ruler_pair){ .cause = SG_RULER_NONE, .mark = { -1, -1 } };
  bool *flags = calloc(2 * (size_t)watch->count + 1, sizeof *flags);
  if (!flags) return 0;
  judging j = {
    .watch = watch, .detections = detections, .chosen = chosen, .mark = flags, .ankle = flags + watch->count
  };
  find_body(&j, association);
  sift(&j);
  for (int i = 0; i < watch->count; i++) {
    if (!j.mark[i]) continue;
    if (pair->possible < SG_RULER_PLACES) pair->at[pair->possible] = i;
    pair->possible++;
  }
  if (!take_picked(&j, pair)) take_pair(&j, pair);
  release_ankle(&j, pair);
  free(flags);
  return 1;
}

const sg_detection *sg_ruler_mark(const sg_ruler_watch *watch, const sg_ruler_pair *pair, size_t frame, int mark) {
  const int candidate = pair->mark[mark];
  if (candidate < 0) return NULL;
  const sg_detection *s = watch->seen + frame * (size_t)watch->count + (size_t)candidate;
  return s->diameter > 0.0f ? s : NULL;
}

/* "(12, 34), (56, 78) and (90, 12)" of the first few candidates. */
static void list_places(const char *language, const sg_ruler *ruler, const sg_ruler_pair *pair, char *text,
                        size_t size) {
  const int count = pair->possible < SG_RULER_PLACES ? pair->possible : SG_RULER_PLACES;
  size_t length = 0;
  *text = '\0';
  for (int i = 0; i < count; i++) {
    const sg_blob *b = &ruler->candidate[pair->at[i]].blob;
    const char *before = i == 0 ? "" : i + 1 < count ? ", " : sg_say(language, " and ");
    const int added = sg_print(text + length, size - length, NULL, "%s(%.0f, %.0f)", before, b->x, b->y);
    if (added < 0 || (size_t)added >= size - length) return;
    length += (size_t)added;
  }
}

void sg_ruler_explain(const char *language, const sg_ruler *ruler, const sg_ruler_pair *pair, sg_ruler_words *words) {
  char *text = words->why, places[160];
  const size_t size = sizeof words->why;
  const char *otherwise = sg_say(language, words->otherwise);
  list_places(language, ruler, pair, places, sizeof places);
  switch (pair->cause) {
    case SG_RULER_FOUND:
      *text = '\0';
      return;
    case SG_RULER_NONE:
      (void)snprintf(text, size,
                     ruler->named ? sg_say(language,
                                           "No ruler marks were found: two still stickers of the ruler's colour and of "
                                           "one size, off the body and in full view all the time. Put them up, or %s.")
                                  : sg_say(language,
                                           "No ruler marks were found: two still yellow stickers of one size, off the "
                                           "body and in full view all the time. Put them up, or %s."),
                     otherwise);
      return;
    case SG_RULER_ONE:
      (void)snprintf(text, size,
                     sg_say(language,
                            "Only one of the two ruler marks was found, at %s: the other one is out of the picture, "
                            "covered, or differs in colour or size. Show both all the time, or %s."),
                     places, otherwise);
      return;
    case SG_RULER_UNLIKE:
      (void)snprintf(text, size,
                     ruler->named ? sg_say(language,
                                           "No two of the still things at %s have one colour and size, so they are no "
                                           "ruler marks. Use two equal stickers, or %s.")
                                  : sg_say(language,
                                           "No two of the still yellow things at %s have one colour and size, so they "
                                           "are no ruler marks. Use two equal stickers, or %s."),
                     places, otherwise);
      return;
    case SG_RULER_MANY:
      (void)snprintf(text, size,
                     ruler->named ? sg_say(language,
                                           "More than two still things could be the ruler marks: those at %s. Take the "
                                           "others out of the picture, or %s.")
                                  : sg_say(language,
                                           "More than two still yellow things could be the ruler marks: those at %s. "
                                           "Take the others out of the picture, or %s."),
                     places, otherwise);
      return;
  }
}
