/* SPDX-License-Identifier: Apache-2.0 */
/* The proof sheet: the marks of sagitta/proof.h, by which sagitta proof tells what a camera does. */
#include "cli/text.h"
#include "sagitta/proof.h"
#include "sheets/sheet_pages.h"

void sheets_draw_proof(sheet *s) {
  const sagitta_proof_mark *mark = sagitta_proof_marks();
  const double x = s->paper_width / 2, y = s->paper_height / 2;
  sheet_begin(s, false);
  sheet_heading(
      s, say(s->language, "Proof sheet: what does my camera do?"),
      say(s->language,
          "Measure the bar below. Fix the sheet flat where the person will stand, the camera where it will be, "
          "or nearer: the sheet takes about half of the picture's height. Film it for 5 seconds, the camera "
          "or the sheet moving a little. Then: sagitta proof VIDEO"));
  for (int i = 0; i < SAGITTA_PROOF_MARKS; i++) {
    const sagitta_proof_mark *m = &mark[i];
    if (m->width_mm > 0) {
      sheets_strip(s, x + m->x_mm, y + m->y_mm, m->length_mm, m->width_mm, m->axis_deg, m->role, false);
    } else {
      sheets_disc(s, x + m->x_mm, y + m->y_mm, m->length_mm, m->role, false);
    }
  }
  sheet_end(s);
}
