/* SPDX-License-Identifier: Apache-2.0 */
/* Which chart stands for what in a report, and a chart as SVG. */
#include "report/charts.h"

#include <cairo-svg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/text.h"
#include "report/clinic.h"

/* What the test is about comes first: where it bends, or how far it reaches. NULL: there is none. */
static const chart *picture_of(const report *r, bool main) {
  if (leg_figure_chart.possible(r, REPORT_TODAY)) return main ? &leg_figure_chart : NULL;
  const bool bend_first = r->test->verdict || !number_line_chart.possible(r, 0);
  const bool arc = (bend_first && bend_arc_chart.possible(r, 0)) == main;
  return arc ? &bend_arc_chart : &number_line_chart;
}

static const chart *chart_of(const report *r, chart_kind kind, int *which) {
  *which = 0;
  switch (kind) {
    case CHART_MAIN:
    case CHART_SECOND:
      return picture_of(r, kind == CHART_MAIN);
    case CHART_PERSON_START:
    case CHART_PERSON_DEEPEST:
      *which = REPORT_INSTANTS + (kind == CHART_PERSON_START ? REPORT_START : REPORT_DEEPEST);
      return &keyframe_chart;
    case CHART_EARLIER:
      *which = REPORT_EARLIER;
      return leg_figure_chart.possible(r, REPORT_EARLIER) ? &leg_figure_chart : &bend_arc_chart;
    case CHART_PROGRESS:
      return &progress_chart;
    case CHART_ANGLES:
      return &angle_chart;
    case CHART_THIRDS:
      return &thirds_chart;
    case CHART_START:
    case CHART_DEEPEST:
      *which = kind == CHART_START ? REPORT_START : REPORT_DEEPEST;
      return &keyframe_chart;
    default:
      *which = (int)(kind - CHART_TREND);
      return &trend_chart;
  }
}

bool chart_possible(const report *r, chart_kind kind) {
  int which;
  const chart *c = chart_of(r, kind, &which);
  return c && c->possible(r, which);
}

bool chart_is_keyframe(chart_kind kind) {
  return kind >= CHART_START && kind <= CHART_PERSON_DEEPEST;
}

void chart_draw(cairo_t *cr, const report *r, chart_kind kind, chart_box box) {
  int which;
  const chart *c = chart_of(r, kind, &which);
  if (c && c->possible(r, which)) c->draw(cr, r, which, box);
}

void chart_words(const report *r, chart_kind kind, char title[CHART_WORDS], char alt[CHART_WORDS]) {
  int which;
  const chart *c = chart_of(r, kind, &which);
  title[0] = alt[0] = '\0';
  if (!c || !c->possible(r, which)) return;
  if (c->title) (void)snprintf(title, CHART_WORDS, "%s", say(r->language, c->title));
  if (c->title_of) c->title_of(r, which, title);
  c->words(r, which, alt);
}

double chart_aspect(const report *r, chart_kind kind) {
  int which;
  const chart *c = chart_of(r, kind, &which);
  return !c ? 0 : c->aspect_of ? c->aspect_of(r) : c->aspect;
}

double chart_height(const report *r, chart_kind kind, double width, double text) {
  int which;
  const chart *c = chart_of(r, kind, &which);
  if (!c) return 0;
  if (c->narrow > 0 && width < 32 * text) return width / c->narrow;
  return c->lines ? c->lines(r) * text : width / chart_aspect(r, kind);
}

bool chart_is_flat(const report *r, chart_kind kind) {
  const double aspect = chart_aspect(r, kind);
  return aspect <= 0 || aspect > 1.4;
}

typedef struct svg_text {
  char *bytes;
  size_t length, room;
  bool short_of; /* memory */
} svg_text;

static cairo_status_t keep_bytes(void *user, const unsigned char *data, unsigned length) {
  svg_text *m = user;
  if (m->length + length + 1 > m->room) {
    const size_t room = 2 * (m->length + length) + 4096;
    char *bytes = m->short_of ? NULL : realloc(m->bytes, room);
    m->short_of = !bytes;
    if (!bytes) return CAIRO_STATUS_SUCCESS;
    m->bytes = bytes;
    m->room = room;
  }
  memcpy(m->bytes + m->length, data, length);
  m->length += length;
  m->bytes[m->length] = '\0';
  return CAIRO_STATUS_SUCCESS;
}

typedef struct svg_sheet {
  svg_text text;
  cairo_surface_t *surface;
  cairo_t *cr;
} svg_sheet;

static void begin_svg(svg_sheet *s, double width, double height) {
  s->text = (svg_text){ NULL, 0, 0, false };
  s->surface = cairo_svg_surface_create_for_stream(keep_bytes, &s->text, width, height);
  cairo_svg_surface_set_document_unit(s->surface, CAIRO_SVG_UNIT_PX);
  s->cr = cairo_create(s->surface);
}

static bool end_svg(svg_sheet *s, char **svg, size_t *length) {
  const cairo_status_t drawn = cairo_status(s->cr);
  cairo_destroy(s->cr);
  cairo_surface_finish(s->surface);
  const bool whole = drawn == CAIRO_STATUS_SUCCESS && cairo_surface_status(s->surface) == CAIRO_STATUS_SUCCESS &&
                     s->text.bytes && !s->text.short_of;
  cairo_surface_destroy(s->surface);
  if (!whole) {
    free(s->text.bytes);
    s->text = (svg_text){ NULL, 0, 0, true };
  }
  *svg = s->text.bytes;
  *length = s->text.length;
  return whole;
}

bool chart_svg(const report *r, chart_kind kind, chart_box box, char **svg, size_t *length) {
  svg_sheet s;
  begin_svg(&s, box.width, box.height);
  chart_draw(s.cr, r, kind, box);
  return end_svg(&s, svg, length);
}

bool chart_logo_svg(const clinic *c, double width, double height, char **svg, size_t *length) {
  svg_sheet s;
  begin_svg(&s, width, height);
  logo_draw(s.cr, c->logo, 0, 0, width, height);
  return end_svg(&s, svg, length);
}
