/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta calibrate: which of its parts. */
#include "calibrate/calibrate.h"

#include <stdio.h>
#include <string.h>

#include "cli/command.h"

/* One row per part; the second word chooses. */
static const struct {
  const char *name;
  int (*run)(int count, char **arguments);
} parts[] = {
  { "lens", command_calibrate_lens },
  { "plane", command_calibrate_plane },
  { "colours", command_calibrate_colours },
};
#define PARTS (sizeof parts / sizeof *parts)

static int unknown_part(const char *name) {
  const char *names[PARTS + 1] = { NULL };
  for (size_t i = 0; i < PARTS; i++) names[i] = parts[i].name;
  const char *near = options_nearest(name, names);
  char why[OPTION_WHY];
  size_t at =
      near ? (size_t)snprintf(why, sizeof why, "There is no 'calibrate %.60s'. Did you mean %s? There are:", name, near)
           : (size_t)snprintf(why, sizeof why, "There is no 'calibrate %.60s'. There are:", name);
  for (size_t i = 0; i < PARTS; i++) {
    at += (size_t)snprintf(why + at, sizeof why - at, "%s calibrate %s", i ? "," : "", parts[i].name);
  }
  snprintf(why + at, sizeof why - at, ".");
  return command_misused(&calibrate_command, why);
}

static int run_calibrate(int count, char **arguments) {
  if (count > 0 && arguments[0][0] != '-') {
    for (size_t i = 0; i < PARTS; i++) {
      if (strcmp(arguments[0], parts[i].name) == 0) return parts[i].run(count - 1, arguments + 1);
    }
    return unknown_part(arguments[0]);
  }
  const int status = command_plain(&calibrate_command, count, arguments);
  return status >= 0 ? status : command_misused(&calibrate_command, "What is to be calibrated? Say which part first.");
}

const command calibrate_command = {
  .name = "calibrate",
  .usage = "lens|plane|colours …",
  .purpose = "Learn the lens, the plane of movement, the colours of the markers.",
  .about =
      " calibrate lens INPUT… --board 9x6 --square 25mm -o camera.json\n"
      "     what the lens does to the picture, from views of a chessboard: once for each camera and zoom\n"
      " calibrate plane INPUT --board|--ruler|--points … -o camera.json\n"
      "     scale, level and perspective: each time the camera has been moved\n"
      " calibrate colours INPUT -o markers.json   the markers' colours in this light\n\n"
      "Each part has its own help: sagitta calibrate colours --help.",
  .options = plain_options,
  .run = run_calibrate,
};
