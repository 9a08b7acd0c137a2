/* SPDX-License-Identifier: Apache-2.0 */
/* The printable sheets: each function draws all pages of one file. */
#ifndef APP_SHEETS_PAGES_H
#define APP_SHEETS_PAGES_H

#include "sagitta/markers.h"
#include "sheets/draw.h"

void sheets_draw_guide(sheet *s);
void sheets_draw_markers(sheet *s);
void sheets_draw_boards(sheet *s);
void sheets_draw_ruler(sheet *s);

/* The sRGB colour that a role's marker is printed in: those that sagitta_markers_default() stands for. */
sheet_colour sheets_marker_colour(sagitta_role role);
/* A disc around (x, y), and a strip with this middle and its long side at `turn_deg` clockwise from straight up. */
void sheets_disc(sheet *s, double x, double y, double diameter, sagitta_role role, bool cut);
void sheets_strip(sheet *s, double x, double y, double length, double width, double turn_deg, sagitta_role role,
                  bool cut);

#endif
