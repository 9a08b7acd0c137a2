/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/translate.h"
#include "track/ruler.h"

#define SEEN_SHARE 0.25 /* of the frames, that a mark is seen in its place: what moves is not */
#define WORN_SHARE 0.3  /* of the frames in which both show, that a thing and a marker are one */
#define STRIP      2.2  /* elongation */

/* Shares of stature: Drillis and Contini's proportions, and how far off the leg's middle a sticker sits on it. */
#define THIGH      0.245
#define ON_LEG     0.035
#define ON_TRUNK   0.060
#define BESIDE     0.065 /* from where the ankle must be: what is farther was no ankle */
#define BESIDE_YES 0.035 /* the same where the user says that there is a ruler */

/* Marks are no smaller or larger than this against the stickers on the body. */
#define SMALLEST 0.4
#define LARGEST  2.5

/* Where the body was at the start. */
typedef struct body {
  bool known;
  double shoulder[2], hip[2], knee[2], foot[2]; /* px; the foot where the straight leg ends */
  bool has_shoulder;
  double stature, disc; /* px */
} body;

typedef struct judging {
  const sg_ruler_watch *watch;
  const sg_sightings *sightings;
  int *chosen;
  body body;
  bool mark[SG_RULER_THINGS];  /* what is left after each thing was looked at */
  bool ankle[SG_RULER_THINGS]; /* followed as the ankle until now */
} judging;

static const sg_sighting *thing_in(const judging *j, size_t frame, int thing) {
  const sg_sighting *s = j->watch->seen + frame * (size_t)j->watch->things + (size_t)thing;
  return s->diameter > 0.0f ? s : NULL;
}

static bool role_in(const judging *j, size_t frame, int role, sg_blob *blob) {
  const int index = j->chosen[frame * SAGITTA_ROLES + (size_t)role];
  size_t count;
  const sg_sighting *seen = sg_sightings_of(j->sightings, frame, &count);
  if (index < 0) return false;
  *blob = sg_sighting_blob(&seen[index]);
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

static void find_body(judging *j, const sg_follow_result *followed) {
  body *b = &j->body;
  memset(b, 0, sizeof *b);
  for (size_t f = 0; f < j->sightings->frames && !b->known; f++) {
    sg_blob hip, knee, shoulder;
    if (!isnan(followed->anchor_s) && j->sightings->time_s[f] < followed->anchor_s) continue;
    if (!role_in(j, f, SAGITTA_HIP, &hip) || !role_in(j, f, SAGITTA_KNEE, &knee)) continue;
    b->known = true;
    hip_point(&hip, &knee, b->hip);
    b->knee[0] = knee.x;
    b->knee[1] = knee.y;
    /* without a posture the leg is taken to be straight */
    b->foot[0] = isnan(followed->foot_x) ? 2.0 * b->knee[0] - b->hip[0] : followed->foot_x;
    b->foot[1] = isnan(followed->foot_y) ? 2.0 * b->knee[1] - b->hip[1] : followed->foot_y;
    b->stature = distance(b->hip[0], b->hip[1], knee.x, knee.y) / THIGH;
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

/* On trunk, thigh or leg at the start, where no mark of a ruler is. */
static bool on_body(const body *b, const sg_blob *thing) {
  if (!b->known) return false;
  if (from_line(thing->x, thing->y, b->hip, b->knee) < ON_TRUNK * b->stature) return true;
  if (b->has_shoulder && from_line(thing->x, thing->y, b->hip, b->shoulder) < ON_TRUNK * b->stature) return true;
  return from_line(thing->x, thing->y, b->knee, b->foot) < ON_LEG * b->stature;
}

/* Share of the frames with both in view in which a thing is the marker of a role. */
static double same_as(const judging *j, int thing, int role) {
  size_t both = 0, same = 0;
  for (size_t f = 0; f < j->sightings->frames; f++) {
    const sg_sighting *s = thing_in(j, f, thing);
    sg_blob marker;
    if (!s || !role_in(j, f, role, &marker)) continue;
    const sg_blob b = sg_sighting_blob(s);
    both++;
    same += distance(b.x, b.y, marker.x, marker.y) < 0.5 * b.diameter;
  }
  return both > 0 ? (double)same / (double)both : 0.0;
}

/* Share of all frames in which a thing is in its place. */
static double share_seen(const judging *j, int thing) {
  size_t n = 0;
  for (size_t f = 0; f < j->sightings->frames; f++) n += thing_in(j, f, thing) != NULL;
  return n > 0 ? (double)n / (double)j->sightings->frames : 0.0;
}

static bool is_worn(judging *j, int thing) {
  for (int r = 0; r < SAGITTA_HAND; r++) {
    if (same_as(j, thing, r) < WORN_SHARE) continue;
    if (r != SAGITTA_ANKLE) return true;
    const sg_blob *b = &j->watch->ruler->thing[thing].blob;
    const double limit = j->watch->ruler->said ? BESIDE_YES : BESIDE;
    if (!j->body.known || distance(b->x, b->y, j->body.foot[0], j->body.foot[1]) < limit * j->body.stature) return true;
    j->ankle[thing] = true;
  }
  return false;
}

static bool of_sticker_size(const body *b, const sg_blob *thing) {
  return !b->known || (thing->diameter > SMALLEST * b->disc && thing->diameter < LARGEST * b->disc);
}

/* Which things can be marks. */
static void sift(judging *j) {
  for (int i = 0; i < j->watch->things; i++) {
    const sg_ruler_thing *thing = &j->watch->ruler->thing[i];
    if (thing->role >= 0) {
      j->mark[i] = share_seen(j, i) > 0.0;
    } else if (share_seen(j, i) >= SEEN_SHARE && !is_worn(j, i) && of_sticker_size(&j->body, &thing->blob)) {
      j->mark[i] = j->ankle[i] || !on_body(&j->body, &thing->blob);
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

/* What the user pointed at is the ruler whatever else there is; one mark alone takes the one other thing. */
static bool take_picked(const judging *j, sg_ruler_verdict *v) {
  int others = 0, other = -1, picked = 0;
  for (int n = 0; n < v->things; n++) {
    const int role = j->watch->ruler->thing[v->at[n]].role;
    if (role >= 0) {
      v->mark[role - SAGITTA_RULER0] = v->at[n];
      picked++;
    } else {
      other = v->at[n];
      others++;
    }
  }
  if (picked == 0) return false;
  v->cause = picked == 2 || others == 1 ? SG_RULER_FOUND : others == 0 ? SG_RULER_ONE : SG_RULER_MANY;
  if (picked == 1 && others == 1) v->mark[v->mark[0] < 0 ? 0 : 1] = other;
  return true;
}

/* The one sound pair, or why there is none. */
static void take_pair(const judging *j, sg_ruler_verdict *v) {
  const sg_ruler_thing *thing = j->watch->ruler->thing;
  int pairs = 0;
  for (int n = 0; n < v->things; n++) {
    for (int m = 0; m < n; m++) {
      if (!sg_ruler_alike(&thing[v->at[n]], &thing[v->at[m]])) continue;
      pairs++;
      v->mark[0] = v->at[m];
      v->mark[1] = v->at[n];
    }
  }
  v->cause = pairs == 1       ? SG_RULER_FOUND
             : pairs > 1      ? SG_RULER_MANY
             : v->things > 1  ? SG_RULER_UNLIKE
             : v->things == 1 ? SG_RULER_ONE
                              : SG_RULER_NONE;
  if (pairs != 1) {
    v->mark[0] = v->mark[1] = -1;
  } else if (swapped(&j->body, &thing[v->mark[0]].blob, &thing[v->mark[1]].blob)) {
    const int second = v->mark[0];
    v->mark[0] = v->mark[1];
    v->mark[1] = second;
  }
}

/* What was followed as the ankle stands beside the foot and is a mark. */
static void release_ankle(judging *j, const sg_ruler_verdict *v) {
  if (!((v->mark[0] >= 0 && j->ankle[v->mark[0]]) || (v->mark[1] >= 0 && j->ankle[v->mark[1]]))) return;
  for (size_t f = 0; f < j->sightings->frames; f++) j->chosen[f * SAGITTA_ROLES + SAGITTA_ANKLE] = -1;
}

void sg_ruler_judge(const sg_ruler_watch *watch, const sg_sightings *sightings, int *chosen,
                    const sg_follow_result *followed, sg_ruler_verdict *verdict) {
  *verdict = (sg_ruler_verdict){ .cause = SG_RULER_NONE, .mark = { -1, -1 } };
  judging j = { .watch = watch, .sightings = sightings, .chosen = chosen };
  find_body(&j, followed);
  sift(&j);
  for (int i = 0; i < watch->things; i++) {
    if (j.mark[i]) verdict->at[verdict->things++] = i;
  }
  if (!take_picked(&j, verdict)) take_pair(&j, verdict);
  release_ankle(&j, verdict);
}

const sg_sighting *sg_ruler_mark(const sg_ruler_watch *watch, const sg_ruler_verdict *verdict, size_t frame, int mark) {
  const int thing = verdict->mark[mark];
  if (thing < 0) return NULL;
  const sg_sighting *s = watch->seen + frame * (size_t)watch->things + (size_t)thing;
  return s->diameter > 0.0f ? s : NULL;
}

/* "(12, 34), (56, 78) and (90, 12)" of at most six things. */
static void list_places(const char *language, const sg_ruler *ruler, const sg_ruler_verdict *v, char *text,
                        size_t size) {
  const int count = v->things < 6 ? v->things : 6;
  size_t length = 0;
  *text = '\0';
  for (int i = 0; i < count; i++) {
    const sg_blob *b = &ruler->thing[v->at[i]].blob;
    const char *before = i == 0 ? "" : i + 1 < count ? ", " : sg_say(language, " and ");
    const int added = sg_print(text + length, size - length, NULL, "%s(%.0f, %.0f)", before, b->x, b->y);
    if (added < 0 || (size_t)added >= size - length) return;
    length += (size_t)added;
  }
}

void sg_ruler_explain(const char *language, const sg_ruler *ruler, const sg_ruler_verdict *v, sg_ruler_words *words) {
  char *text = words->why, places[160];
  const size_t size = sizeof words->why;
  const char *otherwise = sg_say(language, words->otherwise);
  list_places(language, ruler, v, places, sizeof places);
  switch (v->cause) {
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
