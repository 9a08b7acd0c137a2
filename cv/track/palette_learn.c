/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta/colours.h: the palette of a recording as it measures there, how far each colour is from its nearest rival,
 * and which sticker would be farther. */
#include "sagitta/colours.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/math.h"
#include "base/translate.h"
#include "track/palette.h"
#include "track/survey.h"

#define ALONG         0.12 /* shares of the saturation by which light and shade move a colour */
#define ACROSS        0.06
#define NOISE         2.25   /* variance that is always there, squared units */
#define LUMA_NOISE    16.0   /* the same of luma */
#define SHARE         0.25   /* of a marker's area: a smaller area of a colour is no rival */
#define VARIANCE_MOST 4096.0 /* that a markers file holds */
#define STEPS         120    /* of the distances that are told apart */
#define SAME_HUE      40.0   /* degrees: a marker of this hue is the default one, seen in this light */
#define USED_HUE      12.0   /* degrees: a sticker of this hue is the one that is worn */
#define WORTH_WHILE   1.0    /* a better sticker is better by at least this */

static const sagitta_sticker stickers[] = {
  { "blue", 35, 80, 220 },    { "green", 30, 170, 70 }, { "magenta", 225, 35, 135 }, { "yellow", 240, 205, 30 },
  { "orange", 245, 115, 25 }, { "cyan", 40, 200, 220 }, { "red", 215, 30, 35 },      { "violet", 120, 60, 200 },
};
#define STICKERS (sizeof stickers / sizeof *stickers)

const sagitta_sticker *sagitta_stickers(size_t *count) {
  if (count) *count = STICKERS;
  return stickers;
}

/* Full-range BT.709. */
static sg_chroma chroma_of(const sagitta_sticker *s) {
  const double luma = 0.2126 * s->red + 0.7152 * s->green + 0.0722 * s->blue;
  return (sg_chroma){ (s->blue - luma) / 1.8556, (s->red - luma) / 1.5748 };
}

/* A colour with the spread that light and shade give it, and the covariance given. */
static sagitta_colour spread_of(sg_chroma c, double bb, double br, double rr) {
  const double saturation = fmax(sg_saturation(c), 1.0), ub = c.b / saturation, ur = c.r / saturation;
  const double along = ALONG * ALONG * saturation * saturation, across = ACROSS * ACROSS * saturation * saturation;
  return (sagitta_colour){ .cb = 128.0 + c.b,
                           .cr = 128.0 + c.r,
                           .spread_bb = along * ub * ub + across * ur * ur + NOISE + bb,
                           .spread_br = (along - across) * ub * ur + br,
                           .spread_rr = along * ur * ur + across * ub * ub + NOISE + rr };
}

/* The nearest other colour in the picture. */
typedef struct rival {
  double distance;  /* standard deviations */
  int zone;         /* of the survey */
  sg_chroma colour; /* of what is there, on average */
} rival;

/* How near the nearest even patches of another colour come, `area` px² of them taken together. */
static rival find_rival(const sg_survey *s, const sagitta_colour *colour, double area) {
  double within[SG_SURVEY_ZONES][STEPS + 1] = { { 0.0 } };
  sg_chroma sum[SG_SURVEY_ZONES][STEPS + 1];
  memset(sum, 0, sizeof sum);
  for (int zone = 0; zone < SG_SURVEY_ZONES; zone++) {
    for (int bin = 0; bin < SG_SURVEY_BINS * SG_SURVEY_BINS; bin++) {
      if (s->area[zone][bin] <= 0.0) continue;
      const sg_chroma there = sg_survey_colour(bin);
      const double distance = sg_colour_distance(colour, there);
      if (!(distance < SAGITTA_SEPARATION_MOST)) continue;
      const int step = (int)(distance * STEPS / SAGITTA_SEPARATION_MOST);
      within[zone][step] += s->area[zone][bin];
      sum[zone][step].b += s->area[zone][bin] * there.b;
      sum[zone][step].r += s->area[zone][bin] * there.r;
    }
  }
  double met[SG_SURVEY_ZONES] = { 0.0 };
  sg_chroma mean[SG_SURVEY_ZONES];
  memset(mean, 0, sizeof mean);
  for (int step = 0; step < STEPS; step++) {
    for (int zone = 0; zone < SG_SURVEY_ZONES; zone++) {
      met[zone] += within[zone][step];
      mean[zone].b += sum[zone][step].b;
      mean[zone].r += sum[zone][step].r;
    }
    if (met[0] + met[1] < area) continue;
    const int zone = met[SG_SURVEY_PERSON] >= met[SG_SURVEY_ROOM] ? SG_SURVEY_PERSON : SG_SURVEY_ROOM;
    return (rival){ (step + 0.5) * SAGITTA_SEPARATION_MOST / STEPS,
                    zone,
                    { mean[zone].b / met[zone], mean[zone].r / met[zone] } };
  }
  return (rival){ SAGITTA_SEPARATION_MOST, SG_SURVEY_ROOM, { 0.0, 0.0 } };
}

typedef struct learning {
  const sg_survey *survey;
  sagitta_colours *out;
  sg_chroma centre[SAGITTA_ROLES];
  sagitta_colour spread[SAGITTA_ROLES];
  double light_scale;  /* saturation in this light over that of the default colours */
  sg_chroma light_add; /* the light's cast, standard chroma */
} learning;

/* The luma of a marker that is known by it, and how far it is from what is right beside it. */
static void learn_luma(const sg_survey_marker *m, sagitta_marker_colour *c) {
  const double inside = m->l / m->n, inside_spread = fmax(0.0, m->ll / m->n - inside * inside);
  c->marker.luma = inside;
  c->marker.luma_spread = fmin(c->marker.luma_spread + inside_spread, VARIANCE_MOST);
  c->separation = 0.0;
  c->neighbour = SAGITTA_NEAR_CLOTHES;
  if (m->beside_n < 1.0) return;
  const double beside = m->beside_l / m->beside_n, spread = m->beside_ll / m->beside_n - beside * beside;
  const double deviation = sqrt(fmax(0.0, spread) + inside_spread + LUMA_NOISE);
  c->separation = sg_round(fmin(fabs(inside - beside) / deviation, SAGITTA_SEPARATION_MOST), 1);
  if (c->separation >= SAGITTA_SEPARATION_MOST) c->neighbour = SAGITTA_NEAR_NOTHING;
}

static void learn_role(learning *l, int role, const sagitta_tracks *tracks, const sagitta_marker *found) {
  const sg_survey_marker *m = &l->survey->marker[role];
  sagitta_marker_colour *c = &l->out->role[role];
  c->found = sagitta_tracks_has(tracks, (sagitta_role)role) && m->n > 0.0;
  c->neighbour_role = c->better = -1;
  if (!c->found) return;
  const sg_chroma mean = { m->b / m->n, m->r / m->n };
  const double bb = fmax(0.0, m->bb / m->n - mean.b * mean.b), rr = fmax(0.0, m->rr / m->n - mean.r * mean.r);
  const double limit = sqrt(bb * rr), br = fmin(limit, fmax(-limit, m->br / m->n - mean.b * mean.r));
  const sagitta_track_note note = sagitta_tracks_note(tracks, (sagitta_role)role);
  c->marker = *found;
  c->marker.wanted = true;
  if (c->marker.shape == SAGITTA_SHAPE_ANY && note.known) c->marker.shape = note.shape;
  c->marker.colour.cb = 128.0 + mean.b;
  c->marker.colour.cr = 128.0 + mean.r;
  c->marker.colour.spread_bb += bb;
  c->marker.colour.spread_br += br;
  c->marker.colour.spread_rr += rr;
  l->centre[role] = mean;
  l->spread[role] = spread_of(mean, bb, br, rr);
}

static bool is_ruler(int role) {
  return role == SAGITTA_RULER0 || role == SAGITTA_RULER1;
}

static void judge_role(learning *l, int role) {
  sagitta_marker_colour *c = &l->out->role[role];
  if (c->marker.by_luma) {
    learn_luma(&l->survey->marker[role], c);
    return;
  }
  const rival nearest = find_rival(l->survey, &l->spread[role], SHARE * l->survey->marker[role].area);
  c->separation = nearest.distance;
  if (nearest.distance < SAGITTA_SEPARATION_MOST) {
    c->neighbour = nearest.zone == SG_SURVEY_ROOM ? SAGITTA_NEAR_ROOM
                   : sg_like_skin(nearest.colour) ? SAGITTA_NEAR_SKIN
                                                  : SAGITTA_NEAR_CLOTHES;
  }
  for (int other = 0; other < SAGITTA_ROLES; other++) {
    if (other == role || !l->out->role[other].found || (is_ruler(role) && is_ruler(other))) continue;
    const double distance = sg_colour_distance(&l->spread[role], l->centre[other]);
    if (!(distance < c->separation)) continue;
    c->separation = distance;
    c->neighbour = SAGITTA_NEAR_MARKER;
    c->neighbour_role = other;
  }
  c->separation = sg_round(c->separation, 1);
}

/* How this light changes colours, from the markers that have about their default colour. */
static void learn_light(learning *l) {
  const sagitta_markers start = sagitta_markers_default();
  double scale[SAGITTA_ROLES];
  sg_chroma known[SAGITTA_ROLES], seen[SAGITTA_ROLES];
  size_t count = 0;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const sg_chroma neutral = sg_colour_centre(&start.role[r].colour);
    if (!l->out->role[r].found || sg_hue_difference(neutral, l->centre[r]) > SAME_HUE) continue;
    known[count] = neutral;
    seen[count] = l->centre[r];
    scale[count++] = sg_saturation(l->centre[r]) / sg_saturation(neutral);
  }
  l->light_scale = 1.0;
  l->light_add = (sg_chroma){ 0.0, 0.0 };
  if (count == 0) return;
  l->light_scale = sg_upper_median(scale, count);
  /* a mean drawn towards no cast: one marker says hardly anything of it */
  for (size_t i = 0; i < count; i++) {
    l->light_add.b += (seen[i].b - l->light_scale * known[i].b) / (double)(count + 2);
    l->light_add.r += (seen[i].r - l->light_scale * known[i].r) / (double)(count + 2);
  }
}

/* The separation that a sticker would have in place of the role's present one. */
static double separation_of_sticker(const learning *l, int role, const sagitta_sticker *sticker) {
  const sg_chroma neutral = chroma_of(sticker);
  const sg_chroma c = { l->light_scale * neutral.b + l->light_add.b, l->light_scale * neutral.r + l->light_add.r };
  if (sg_hue_difference(c, l->centre[role]) < USED_HUE) return 0.0;
  const sagitta_colour spread = spread_of(c, 0.0, 0.0, 0.0);
  double least = find_rival(l->survey, &spread, SHARE * l->survey->marker[role].area).distance;
  for (int other = 0; other < SAGITTA_ROLES; other++) {
    if (other == role || !l->out->role[other].found) continue;
    least = fmin(least, sg_colour_distance(&spread, l->centre[other]));
    least = fmin(least, sg_colour_distance(&l->spread[other], c));
  }
  return least;
}

static void find_better(learning *l, int role, bool taken[STICKERS]) {
  sagitta_marker_colour *c = &l->out->role[role];
  double best = fmax(c->separation + WORTH_WHILE, SAGITTA_SEPARATION_LEAST);
  for (size_t i = 0; i < STICKERS; i++) {
    const double separation = taken[i] ? 0.0 : separation_of_sticker(l, role, &stickers[i]);
    if (!(separation > best)) continue;
    best = separation;
    c->better = (int)i;
    c->better_separation = sg_round(separation, 1);
  }
  if (c->better >= 0 && c->separation < SAGITTA_SEPARATION_LEAST) taken[c->better] = true;
}

/* The marker with the least separation chooses first, so that no sticker is named for two markers that need one. */
static void find_all_better(learning *l) {
  bool taken[STICKERS] = { false }, done[SAGITTA_ROLES] = { false };
  for (;;) {
    int worst = -1;
    for (int r = 0; r < SAGITTA_ROLES; r++) {
      if (done[r] || !l->out->role[r].found) continue;
      if (worst < 0 || l->out->role[r].separation < l->out->role[worst].separation) worst = r;
    }
    if (worst < 0) return;
    done[worst] = true;
    find_better(l, worst, taken);
  }
}

sagitta_status sagitta_colours_measure(sagitta_colours *out, const sagitta_source *source, const sagitta_tracks *tracks,
                                       const sagitta_markers *found, sagitta_error *error) {
  if (!out || !source || !tracks || !found) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "There are no tracked markers whose colours could be measured.");
  }
  memset(out, 0, sizeof *out);
  out->language = sg_error_language(error);
  sg_survey *survey = malloc(sizeof *survey);
  if (!survey) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  const sagitta_status status = sg_survey_take(survey, source, tracks, error);
  learning l = { .survey = survey, .out = out };
  if (status == SAGITTA_OK) {
    for (int r = 0; r < SAGITTA_ROLES; r++) learn_role(&l, r, tracks, &found->role[r]);
    learn_light(&l);
    for (int r = 0; r < SAGITTA_ROLES; r++) {
      if (out->role[r].found) judge_role(&l, r);
    }
    find_all_better(&l);
  }
  free(survey);
  return status;
}

sagitta_status sagitta_colours_learn(sagitta_colours *out, const sagitta_source *source,
                                     const sagitta_track_settings *settings, sagitta_error *error) {
  if (!out || !source) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "There is nothing to learn colours from.");
  sagitta_markers found;
  sagitta_tracks *tracks = NULL;
  sagitta_error cause = sg_error_like(error);
  sagitta_status status = sagitta_track_source(&tracks, source, settings, &found, NULL, &cause);
  /* Where the user points, or on a single picture, colours can be learnt though no bend can be measured. */
  const bool pointed = settings && settings->pick_count > 0;
  const bool enough =
      tracks && (pointed || (sagitta_tracks_rows(tracks) == 1 && sagitta_tracks_has(tracks, SAGITTA_SHOULDER) &&
                             sagitta_tracks_has(tracks, SAGITTA_HIP) && sagitta_tracks_has(tracks, SAGITTA_KNEE)));
  if (status == SAGITTA_NO_MEASUREMENT && enough) status = SAGITTA_OK;
  if (status != SAGITTA_OK) {
    (void)sg_fail(error, status, "%s", cause.text);
  } else {
    status = sagitta_colours_measure(out, source, tracks, &found, error);
  }
  sagitta_tracks_free(&tracks);
  return status;
}

const char *sagitta_colours_advice(const sagitta_colours *colours, sagitta_role role, char *text, size_t size) {
  if (!text || size == 0) return "";
  text[0] = '\0';
  if (!colours || (unsigned)role >= SAGITTA_ROLES) return text;
  const sagitta_marker_colour *c = &colours->role[role];
  if (!c->found || c->separation >= SAGITTA_SEPARATION_LEAST) return text;
  const char *language = colours->language, *name = sg_say(language, sagitta_role_name(role));
  static const char *const remedy[] = {
    [SAGITTA_NEAR_NOTHING] = "",
    [SAGITTA_NEAR_MARKER] = "",
    [SAGITTA_NEAR_SKIN] = "",
    [SAGITTA_NEAR_CLOTHES] = SG_TRANSLATABLE("Wear plain grey, black or white, or "),
    [SAGITTA_NEAR_ROOM] = SG_TRANSLATABLE("Take it out of the picture, or "),
  };
  static const char *const what[] = {
    [SAGITTA_NEAR_NOTHING] = "",
    [SAGITTA_NEAR_MARKER] = SG_TRANSLATABLE("another marker"),
    [SAGITTA_NEAR_SKIN] = SG_TRANSLATABLE("skin"),
    [SAGITTA_NEAR_CLOTHES] = SG_TRANSLATABLE("the clothes, or what is right behind the person"),
    [SAGITTA_NEAR_ROOM] = SG_TRANSLATABLE("something else in the picture"),
  };
  char other[64] = "", use[160];
  if (c->neighbour_role >= 0)
    (void)sg_print(other, sizeof other, language, "the %s marker",
                   sg_say(language, sagitta_role_name((sagitta_role)c->neighbour_role)));
  if (c->better >= 0) {
    (void)sg_print(use, sizeof use, language, "use a sticker in %s there (separation about %.1f).",
                   sg_say(language, stickers[c->better].name), c->better_separation);
  } else {
    (void)sg_print(use, sizeof use, language, "try other light: no sticker colour is freer in this picture.");
  }
  if (c->marker.by_luma) {
    (void)sg_print(text, size, language,
                   "The %s marker is hardly brighter or darker than what is right beside it (separation %.1f; %.1f is "
                   "safe). Wear dark clothes under white markers and light ones under black, or %s",
                   name, c->separation, SAGITTA_SEPARATION_LEAST, use);
    return text;
  }
  (void)sg_print(text, size, language,
                 "The %s marker has nearly the colour of %s (separation %.1f; %.1f is safe). %s%s", name,
                 c->neighbour == SAGITTA_NEAR_MARKER ? other : sg_say(language, what[c->neighbour]), c->separation,
                 SAGITTA_SEPARATION_LEAST, sg_say(language, remedy[c->neighbour]), use);
  char *sentence = strstr(text, "). ");
  if (sentence && sentence[3] >= 'a' && sentence[3] <= 'z') sentence[3] = (char)(sentence[3] - 'a' + 'A');
  return text;
}

sagitta_markers sagitta_colours_markers(const sagitta_colours *colours, const char *light) {
  sagitta_markers markers;
  memset(&markers, 0, sizeof markers);
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (colours->role[r].found) markers.role[r] = colours->role[r].marker;
  }
  if (light) {
    size_t length = strlen(light);
    if (length >= sizeof markers.light) length = sizeof markers.light - 1;
    /* not in the middle of a character */
    while (length > 0 && length < strlen(light) && ((unsigned char)light[length] & 0xc0) == 0x80) length--;
    memcpy(markers.light, light, length);
  }
  return markers;
}
