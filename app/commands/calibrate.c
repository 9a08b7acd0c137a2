/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta calibrate: which of its parts. */
#include "calibrate/calibrate.h"

#include "commands/commands.h"

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
  .run = command_run_part,
  .parts =
      (const command *const[]){ &calibrate_lens_command, &calibrate_plane_command, &calibrate_colours_command, NULL },
  .which_part = "What is to be calibrated? Say which part first.",
  .list_in_full = true,
};
