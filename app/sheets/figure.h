/* SPDX-License-Identifier: Apache-2.0 */
/* A standing person, drawn from the side, from above and from behind. */
#ifndef APP_SHEETS_FIGURE_H
#define APP_SHEETS_FIGURE_H

#include "sheets/draw.h"

/* Places on a person of stature 1, x forward of the ankle, y up from the soles. */
typedef struct body_place {
  double x, y;
} body_place;

#define BODY_SHOULDER ((body_place){ -0.012, 0.815 })
#define BODY_HIP      ((body_place){ 0.0, 0.515 })
#define BODY_CREST    ((body_place){ -0.005, 0.61 })
#define BODY_RIBS     ((body_place){ -0.022, 0.70 })
#define BODY_KNEE     ((body_place){ 0.008, 0.285 })
#define BODY_ANKLE    ((body_place){ -0.015, 0.042 })

/* Where on the sheet a body place is: feet at (x, floor), mm, `stature` mm tall, looking right. */
body_place figure_at(double x, double floor, double stature, body_place place);

void figure_side(sheet *s, double x, double floor, double stature);
void figure_behind(sheet *s, double x, double floor, double stature);
/* From above, looking up the page; `size` is the width of the shoulders, mm. */
void figure_above(sheet *s, double x, double y, double size);
/* A camera on a stand, looking left; its lens is at (x, y). */
void figure_camera_side(sheet *s, double x, double y, double floor);
void figure_camera_above(sheet *s, double x, double y);

#endif
