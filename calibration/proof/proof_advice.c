/* SPDX-License-Identifier: Apache-2.0 */
/* What the errors do to each quantity, whether that matters, and what to change. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/base.h"
#include "base/math.h"
#include "base/translate.h"
#include "calibration/proof/proof.h"

#define OF_95 1.96

/* A bend as people make it, for the share; and what lies between two discs of a segment, mm. */
#define LUMBAR_DEG 45.0
#define BEND_DEG   105.0 /* both together */
#define SEGMENT_MM 400.0
#define REACH_CM   30.0

/* Of a change that counts (app/records/change.c, of the clinic set): up to a quarter passes, above half fails. */
#define PASSES 0.25
#define FAILS  0.5

typedef struct quantity_row {
  const char *key;
  double change; /* that counts */
} quantity_row;

static const quantity_row rows[SAGITTA_PROOF_QUANTITIES] = {
  { "hip_hinge_deg", 10 },       { "lumbar_flexion_deg", 12 }, { "lumbar_share", 0.12 },
  { "pelvic_rotation_deg", 10 }, { "knee_flexion_deg", 10 },   { "reach_cm", 4 },
};

/* Each is a change between two instants: every direction counts twice. `strip` and `line`: standard deviations of a
 * strip's direction and of a line between two discs, deg; `askew`: of what geometry does to a direction. */
static void figure_quantities(sagitta_proof *p) {
  const sagitta_proof_facts *f = &p->facts;
  const double strip = f->angle_deg, askew = f->geometry_deg;
  const double line = sqrt(2) * f->centroid_px / (f->px_per_mm * SEGMENT_MM) * SG_DEGREES;
  /* The share's derivatives by the ribs', the pelvis's and the thigh's direction, 1 / deg. */
  const double ribs = 1 / BEND_DEG - LUMBAR_DEG / (BEND_DEG * BEND_DEG), pelvis = -1 / BEND_DEG;
  const double thigh = LUMBAR_DEG / (BEND_DEG * BEND_DEG), root2 = sqrt(2);
  const double instrument[SAGITTA_PROOF_QUANTITIES] = {
    root2 * hypot(strip, line),
    2 * strip,
    root2 * sqrt((ribs * ribs + pelvis * pelvis) * strip * strip + thigh * thigh * line * line),
    root2 * strip,
    2 * line,
    root2 * f->centroid_px / (f->px_per_mm * 10),
  };
  const double geometry[SAGITTA_PROOF_QUANTITIES] = {
    root2 * askew, root2 * askew, root2 * sqrt(ribs * ribs + pelvis * pelvis + thigh * thigh) * askew,
    root2 * askew, root2 * askew, REACH_CM * askew / SG_DEGREES,
  };
  for (int i = 0; i < SAGITTA_PROOF_QUANTITIES; i++) {
    p->quantity[i] = (sagitta_proof_quantity){ .key = rows[i].key,
                                               .instrument = OF_95 * instrument[i],
                                               .geometry = OF_95 * geometry[i],
                                               .both = OF_95 * hypot(instrument[i], geometry[i]) };
  }
}

static sagitta_proof_grade grade_of(double part) {
  return part <= PASSES ? SAGITTA_PROOF_PASS : part <= FAILS ? SAGITTA_PROOF_ADVICE : SAGITTA_PROOF_FAIL;
}

/* The worst of the quantities, of what makes them so: 0 both, 1 the instrument, 2 the geometry. */
static double worst_part(const sagitta_proof *p, int of) {
  double worst = 0;
  for (int i = 0; i < SAGITTA_PROOF_QUANTITIES; i++) {
    const sagitta_proof_quantity *q = &p->quantity[i];
    worst = fmax(worst, (of == 0 ? q->both : of == 1 ? q->instrument : q->geometry) / rows[i].change);
  }
  return worst;
}

__attribute__((format(printf, 3, 4))) static void add(sagitta_proof *p, sagitta_proof_grade grade, const char *format,
                                                      ...) {
  if (p->lines == SAGITTA_PROOF_LINES) return;
  va_list arguments;
  va_start(arguments, format);
  p->line[p->lines].grade = grade;
  (void)vsnprintf(p->line[p->lines++].message, SAGITTA_PROOF_TEXT, format, arguments);
  va_end(arguments);
}

#define TOO_SMALL 8.0  /* px, of a disc */
#define DARK      70.0 /* of 255, of white paper */
#define WASHED    0.02
#define UNEVEN    0.35
#define FLICKERS  0.05
#define PALE      3.0 /* standard deviations */
#define JITTER    0.2 /* of the frame interval */
#define SKIPPED   2.5

/* What makes the instrument as good or bad as it is. */
static void advise_on_picture(sagitta_proof *p, const char *language, sagitta_proof_grade grade) {
  const sagitta_proof_facts *f = &p->facts;
  const sagitta_proof_grade some = grade > SAGITTA_PROOF_ADVICE ? grade : SAGITTA_PROOF_ADVICE;
  if (f->disc_px < TOO_SMALL) {
    add(p, some, sg_say(language, "A disc of the sheet is only %.0f px wide: go nearer, or film with more pixels."),
        f->disc_px);
  }
  if (f->paper_luma < DARK) {
    add(p, some, sg_say(language, "White paper comes out dark (%.0f of 255): more light from the front."),
        f->paper_luma);
  }
  if (f->clipped > WASHED) {
    add(p, some, sg_say(language, "The paper is washed out in %.0f %% of its places: less exposure, or no direct sun."),
        100 * f->clipped);
  }
  if (f->unevenness > UNEVEN) {
    add(p, some,
        sg_say(language,
               "The light falls from one side: across the sheet it differs by %.0f %%. Light from the front, or "
               "turn away from the window."),
        100 * f->unevenness);
  }
  if (f->flicker > FLICKERS) {
    add(p, some,
        sg_say(language,
               "The light changes by %.0f %% from picture to picture: other lamps, or daylight; fix the "
               "exposure."),
        100 * f->flicker);
  }
  if (f->separation < PALE) {
    add(p, some,
        sg_say(language,
               "The colour of the %s marks hardly stands out: print on matt paper with full ink, or "
               "light them better."),
        sg_say(language, sagitta_role_name(f->separation_role)));
  }
  if (grade > SAGITTA_PROOF_PASS && f->angle_noise_deg > 0.7 * f->angle_deg) {
    add(p, grade,
        sg_say(language,
               "Most of the error is noise that changes from picture to picture: more light, and hold "
               "still while measuring."));
  }
}

static void advise_on_geometry(sagitta_proof *p, const char *language) {
  const sagitta_proof_facts *f = &p->facts;
  const sagitta_proof_grade grade = grade_of(worst_part(p, 2));
  if (grade == SAGITTA_PROOF_PASS) return;
  if (f->lens_deg > f->geometry_deg) {
    add(p, grade,
        sg_say(language,
               "The lens bends lines: by up to %.1f° where the sheet was. Calibrate it (sagitta "
               "calibrate lens), or film from farther away without wide angle."),
        f->lens_deg);
  } else {
    add(p, grade,
        sg_say(language,
               "Directions are off by %.1f° since the camera does not look at the sheet square-on: "
               "turn one of them, or calibrate the plane (sagitta calibrate plane)."),
        f->geometry_deg);
  }
}

static void advise_on_times(sagitta_proof *p, const char *language) {
  const sagitta_proof_facts *f = &p->facts;
  if (f->interval_sd > JITTER) {
    add(p, SAGITTA_PROOF_ADVICE,
        sg_say(language,
               "Pictures come at uneven times (by %.0f %%). They are measured at their true times; speeds and "
               "delays are better from a recording at a fixed rate."),
        100 * f->interval_sd);
  }
  if (f->longest > SKIPPED) {
    add(p, SAGITTA_PROOF_ADVICE,
        sg_say(language,
               "Pictures are missing: once %.1f times the usual time went by. Close other programs, or record "
               "with the phone's own camera."),
        f->longest);
  }
}

/* The worst first; those of one grade stay in their order. */
static void sort_lines(sagitta_proof *p) {
  for (size_t i = 1; i < p->lines; i++) {
    const sagitta_proof_line line = p->line[i];
    size_t at = i;
    for (; at > 0 && p->line[at - 1].grade < line.grade; at--) p->line[at] = p->line[at - 1];
    p->line[at] = line;
  }
}

void sg_proof_advise(sagitta_proof *p, const char *language) {
  p->lines = 0;
  figure_quantities(p);
  p->grade = grade_of(worst_part(p, 0));
  advise_on_picture(p, language, grade_of(worst_part(p, 1)));
  advise_on_geometry(p, language);
  advise_on_times(p, language);
  sort_lines(p);
  for (size_t i = 0; i < p->lines; i++) {
    if (p->line[i].grade > p->grade) p->grade = p->line[i].grade;
  }
  if (p->grade == SAGITTA_PROOF_PASS) {
    add(p, SAGITTA_PROOF_PASS,
        sg_say(language,
               "Nothing to change: what this camera adds is less than a quarter of a "
               "change that counts, in every quantity."));
  } else if (p->lines == 0) {
    add(p, p->grade,
        sg_say(language,
               "What this camera adds is more than a quarter of a change that counts: go nearer, "
               "use more light and more pixels."));
  }
}

const char *sagitta_proof_grade_name(sagitta_proof_grade grade) {
  static const char *const names[] = { "pass", "advice", "fail" };
  return (int)grade >= 0 && grade <= SAGITTA_PROOF_FAIL ? names[grade] : NULL;
}
