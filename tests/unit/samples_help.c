/* SPDX-License-Identifier: Apache-2.0 */
#include "samples_help.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

sample_options quiet_scene(void) {
  sample_options o = sample_options_default();
  o.width = 960;
  o.height = 540;
  o.noise = 0;
  o.disc_px = 20;
  o.strip_width = 5;
  o.strip_length = 18;
  o.reps = 1;
  o.vary = 0;
  o.sway = 0;
  strcpy(o.pixel, "rgb24");
  return o;
}

sample_renderer *new_renderer(const sample_options *o) {
  char error[SAMPLE_ERROR] = "";
  sample_renderer *r = sample_renderer_new(o, error);
  if (!r) fail_msg("%s", error);
  return r;
}

void assert_within(double got, double wanted, double tolerance, const char *what, int line) {
  if (!(fabs(got - wanted) <= tolerance)) fail_msg("line %d: %s is %.6f, not %.6f", line, what, got, wanted);
}
