/* SPDX-License-Identifier: Apache-2.0 */
/* bench_bow [PEOPLE [SEED [POPULATION]]]: the waiter's bow of simulated people, set by set. */
#include <stdio.h>
#include <stdlib.h>

#include "base/math.h"
#include "bows.h"

static double part(size_t of, size_t all) {
  return all ? 100.0 * (double)of / (double)all : 0;
}

int main(int argc, char **argv) {
  sagitta_simulation_settings settings = sagitta_simulation_default_settings();
  const int people = argc > 1 ? atoi(argv[1]) : 200;
  if (argc > 2) settings.seed = strtoull(argv[2], NULL, 10);
  if (argc > 3) settings.population = argv[3];
  settings.ankle = true;
  for (int set = SAGITTA_SET_DISCS; set <= SAGITTA_SET_CLINIC; set++) {
    bows b = { 0 };
    settings.set = (sagitta_marker_set)set;
    if (!bows_add(&b, settings, people)) return 1;
    qsort(b.width, b.hinge, sizeof *b.width, sg_compare_doubles);
    printf(
        "%-6s  %zu people (%zu refused), %zu bows, %.0f %% left the band; told %.1f %%, right %.1f %%; hinge holds "
        "%.1f %%, median width %.1f deg; lumbar at 50 deg holds %.1f %% of %zu\n",
        sagitta_marker_set_name(settings.set), b.people, b.refused, b.bows, part(b.left, b.bows), part(b.told, b.bows),
        part(b.right, b.told), part(b.hinge_holds, b.hinge), b.hinge ? sg_median(b.width, b.hinge) : 0,
        part(b.at_50_holds, b.at_50), b.at_50);
    bows_free(&b);
  }
  return 0;
}
