/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to the report: what it is made of, the result and whatever else there is beside it. Charts and pages show
 * what is in here and leave out what is not; nothing is measured here. Values are in the document's own units. A report
 * owns its curves, photographs and series; result, angles and tracks are the caller's.
 */
#ifndef SG_REPORT_REPORT_DATA_H
#define SG_REPORT_REPORT_DATA_H

#include <cairo.h>
#include <stdbool.h>
#include <stddef.h>

#include "records/history.h"
#include "report/report.h"
#include "sagitta/sagitta.h"

/* What the test is about. */
typedef enum report_subject {
  REPORT_OF_BEND = 0,  /* where a bend comes from, or how far it reaches */
  REPORT_OF_RAISE = 1, /* how far the straight leg rises from lying: the thigh's turn counts upward */
  REPORT_OF_KNEE = 2,  /* what is missing to a straight knee: less is further */
  REPORT_OF_HOLD = 3,  /* how long a stretch was held */
  REPORT_OF_TILT = 4   /* how the strips lean in quiet standing: nobody moves */
} report_subject;

/* The two lines of the chart: what bends at the hips, and what bends in the back; in tests of the leg, thigh and knee.
 */
#define CURVES           2
#define CURVE_POINTS_MAX 1500

typedef struct report_curves {
  size_t count; /* instants; 0: there is no chart */
  double *time_s;
  sagitta_angle angle[CURVES];
  sagitta_angle_value *value[CURVES]; /* NAN where unknown */
} report_curves;

typedef enum report_instant { REPORT_START = 0, REPORT_DEEPEST = 1, REPORT_INSTANTS = 2 } report_instant;

/* One key frame. */
typedef struct report_moment {
  bool there; /* the markers are known then */
  size_t row; /* of the tracks */
  double time_s;
  cairo_surface_t *photo; /* what the crop shows, the head hidden, its JPEG attached; NULL: markers alone */
} report_moment;

typedef struct report_crop {
  double x, y, width, height; /* px of the tracks' picture */
} report_crop;

typedef struct report_point {
  char day[RECORDS_DAY];
  double days; /* since 1970-01-01 */
  double value, low, high;
} report_point;

/* One quantity through the visits. */
typedef struct report_series {
  const sagitta_quantity_info *info;
  report_point *point; /* by day */
  size_t points;
  double mdc;             /* smallest change that counts; NAN = not known */
  bool personal;          /* from the person's own repeatability */
  change_verdict verdict; /* last against first */
} report_series;

/* As many quantities as a test is about, and pain. */
#define REPORT_SERIES 7
extern const sagitta_quantity_info report_pain_scale; /* of 0 to 10: there is no limit of a change */

/* Pain through the visits, 0–10. */
typedef struct report_pain {
  char day[RECORDS_DAY];
  double days, value;
} report_pain;

/* What the drawn person shows: today, and at an earlier recording. NAN = not known. */
typedef enum report_when { REPORT_TODAY = 0, REPORT_EARLIER = 1, REPORT_WHENS = 2 } report_when;
typedef struct report_figure {
  double hips, back;            /* deg */
  double share_low, share_high; /* fraction: where the border between the two may lie */
  double knees;                 /* deg: how far they are bent, in a bend */
  double leg;                   /* deg: the leg's rise, or what is missing to a straight knee */
  bool hips_inferred, back_inferred;
  char caption[128]; /* "" = none: that it is today is plain */
} report_figure;

typedef struct report_marker {
  char role[16];
  double seen, longest_gap_s; /* fraction of the frames; s */
} report_marker;

struct report {
  const sagitta_result *result; /* the caller's, as the angles and the tracks */
  const sagitta_result *angles; /* where the angles through time are: the same recording's */
  const sagitta_tracks *tracks; /* NULL = none */
  const sagitta_test *test;     /* never NULL */
  const char *language;         /* code, static: the result's where there is such a language, else English */
  report_subject subject;
  bool sided;                       /* the test has a side: */
  sagitta_side side;                /* UNKNOWN = not said */
  bool from_standing, from_sitting; /* how the test begins; neither: from lying, or not said */
  double cutoff_hz;                 /* NAN = not known, as all that follows where it is empty or 0 */
  char camera[256];
  report_marker marker[SAGITTA_ROLES];
  size_t markers;
  report_curves curves;
  size_t repetition; /* the one whose moments are shown, from 0 */
  int ranged;        /* of a free movement the sagitta_angle whose least and greatest moment are shown instead; −1 */
  report_moment moment[REPORT_INSTANTS];
  report_crop crop;
  bool keep_background; /* of photographs */
  char name[RECORDS_NAME], code[RECORDS_CODE], day[RECORDS_DAY];
  bool printed; /* `day` is that of printing */
  report_paper paper;
  const clinic *clinic; /* NULL = none; the caller's */
  records_mark mark;
  int pain;             /* −1 = not given */
  char clinician[1500]; /* "see a clinician first", where the answers before the test say so */
  report_series series[REPORT_SERIES];
  size_t series_count;
  report_pain *pains; /* by day; of the visits at which it was said */
  size_t pain_count;
  report_figure figure[REPORT_WHENS];
  const report *before; /* of a pair the first recording, else NULL; the caller's, as `both` */
  const comparison *both;
  const day_session *session;        /* of a day's recordings, else NULL; the caller's, as what follows */
  const report *part[SESSION_PARTS]; /* NULL = not filmed */
  char sides[1200];                  /* left against right, a sentence a line; "" = there is nothing to say */
};

/* The series of a quantity; NULL when there is none. */
const report_series *report_series_of(const report *r, const char *key);
/* Whether it is among what the test is about. */
bool report_asks(const report *r, const char *key);
/* Of the summary, or of a repetition (from 0); NULL when there is no such quantity or it is not known. */
const sagitta_quantity *report_mean(const report *r, const char *key);
const sagitta_quantity *report_of(const report *r, size_t repetition, const char *key);
/* The smallest change that counts: the person's own where the history knows it, else the default of the markers; NAN
 * where none is known. */
double report_limit(const report *r, const char *key);
#define REPORT_NO_MEMORY "Not enough memory for the report: close other programs."

/* The angles of r->angles, thinned out for the chart (report_curves.c). Errors: MEMORY. */
sagitta_status report_take_curves(report *r, sagitta_error *error);
/* Whether that line of the chart has any value. */
bool report_curve_known(const report_curves *curves, int k);

/* Which instants of r->repetition are shown, and what of the picture: the person in both, with room for the head, the
 * feet and the words (report_keyframes.c). Nothing without tracks. */
void report_choose_keyframes(report *r);
/* Whether the head can be hidden at that moment: shoulder and hip are seen. */
bool report_can_show(const report *r, report_instant which);
/* The moment's photograph out of the whole picture, in which the head is hidden, of `scale` px of the tracks' picture.
 */
sagitta_status report_cut_photo(report *r, report_instant which, cairo_surface_t *whole, double scale,
                                sagitta_error *error);

#endif
