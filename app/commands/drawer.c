/* SPDX-License-Identifier: Apache-2.0 */
/* The program, started once more to draw a clinic's logo in a cage. */
#include <string.h>

#include "commands/commands.h"
#include "report/report.h"

bool drawer_is_meant(int argc, char *const *argv) {
  return argc == 1 && strcmp(argv[0], LOGO_DRAWER) == 0;
}

int drawer_main(void) {
  return logo_drawer_main();
}
