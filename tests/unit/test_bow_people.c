/* SPDX-License-Identifier: Apache-2.0 */
/* Protects the waiter's bow on people who are not the estimator's own: what is told of the lower back is right for nine
 * in ten, and intervals hold the truth. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bows.h"

#define PEOPLE 24

static void test_people(void **state) {
  (void)state;
  for (int set = SAGITTA_SET_DISCS; set <= SAGITTA_SET_CLINIC; set++) {
    sagitta_simulation_settings settings = sagitta_simulation_default_settings();
    bows b = { 0 };
    settings.set = (sagitta_marker_set)set;
    settings.ankle = true;
    assert_true(bows_add(&b, settings, PEOPLE));
    if (b.bows < 2 * PEOPLE || b.refused > 1) fail_msg("set %d: %zu bows, %zu refused", set, b.bows, b.refused);
    if ((double)b.right < 0.85 * (double)b.told || (double)b.hinge_holds < 0.8 * (double)b.hinge ||
        (double)b.at_50_holds < 0.9 * (double)b.at_50) {
      fail_msg("set %d: of %zu told %zu are right; %zu of %zu hinges, %zu of %zu flexions are within", set, b.told,
               b.right, b.hinge_holds, b.hinge, b.at_50_holds, b.at_50);
    }
    if (set == SAGITTA_SET_CLINIC) assert_true(b.told > b.bows / 4); /* silence is no answer */
    bows_free(&b);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = { cmocka_unit_test(test_people) };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
