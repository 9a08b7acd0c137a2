/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the sheets: what is drawn on them. */
#ifndef SG_SHEETS_SHEET_PAGES_H
#define SG_SHEETS_SHEET_PAGES_H

#include "sagitta/markers.h"
#include "sheets/true_size.h"

/* All pages of one file each. */
void sheets_draw_guide(sheet *s);
void sheets_draw_markers(sheet *s);
void sheets_draw_boards(sheet *s);
void sheets_draw_ruler(sheet *s);

/* ---- markers ---- */

/* The sRGB colour that a role's marker is printed in: those that sagitta_markers_default() stands for. */
ink sheets_marker_colour(sagitta_role role);
/* A disc around (x, y), and a strip with this middle and its long side at `turn_deg` clockwise from straight up. */
void sheets_disc(sheet *s, double x, double y, double diameter, sagitta_role role, bool cut);
void sheets_strip(sheet *s, double x, double y, double length, double width, double turn_deg, sagitta_role role,
                  bool cut);

/* ---- a standing person, and a camera ---- */

/* Places on a person of stature 1, x forward of the ankle, y up from the soles. */
typedef struct person_place {
  double x, y;
} person_place;

#define PERSON_SHOULDER ((person_place){ -0.012, 0.815 })
#define PERSON_HIP      ((person_place){ 0.0, 0.515 })
#define PERSON_RIBS     ((person_place){ -0.022, 0.70 })
#define PERSON_KNEE     ((person_place){ 0.008, 0.285 })
#define PERSON_ANKLE    ((person_place){ -0.015, 0.042 })

/* Where on the sheet a place is: feet at (x, floor), mm, `stature` mm tall, looking right. */
person_place person_at(double x, double floor, double stature, person_place place);

void person_side(sheet *s, double x, double floor, double stature);
void person_behind(sheet *s, double x, double floor, double stature);
/* From above, looking up the page; `size` is the width of the shoulders, mm. */
void person_above(sheet *s, double x, double y, double size);
/* A camera on a stand, looking left; its lens is at (x, y). */
void camera_side(sheet *s, double x, double y, double floor);
void camera_above(sheet *s, double x, double y);

#endif
