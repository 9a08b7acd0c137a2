/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta cameras: which cameras there are, and how they can film. */
#include <stdio.h>

#include "cli/failure.h"
#include "cli/text.h"
#include "commands/commands.h"
#include "sagitta/cameras.h"

static void print_camera(const sagitta_camera_found *c) {
  printf("%s  %s\n", c->device, c->trouble[0] ? say(text_language(), c->trouble) : c->name);
  for (size_t i = 0; i < c->modes; i++) {
    const sagitta_camera_mode *m = &c->mode[i];
    printf("  %s  %d x %d px", m->coding, m->width, m->height);
    if (m->rate > 0) text_put(stdout, text_language(), say(text_language(), ", %.4g frames/s"), m->rate);
    puts("");
  }
}

static int run(const command *self, int count, char **arguments) {
  sagitta_error error = error_at_terminal();
  sagitta_camera_found *found = NULL;
  size_t cameras = 0;
  const int done = command_begin_plain(self, count, arguments);
  if (done >= 0) return done;
  if (sagitta_cameras_find(&found, &cameras, &error) != SAGITTA_OK) return command_fail(&error);
  for (size_t i = 0; i < cameras; i++) print_camera(&found[i]);
  if (cameras == 0)
    text_wrap(
        stdout,
        say(text_language(),
            "There is no camera. Plug one in; or use a phone: an app that gives Motion JPEG shows an address, which "
            "sagitta live takes: sagitta live http://192.168.1.20:8080/video"),
        text_columns(stdout), 0, 0);
  sagitta_cameras_free(&found, cameras);
  return command_finish(EXIT_MEASURED);
}

const command cameras_command = {
  .name = "cameras",
  .usage = "",
  .purpose = TRANSLATABLE("Cameras of this machine and how they can film."),
  .about = TRANSLATABLE(
      "The cameras of this machine with the pictures that they can give: coding, size and rate. A bend is best filmed "
      "with 1280 x 720 px at 60 frames/s in Motion JPEG (MJPG), which sagitta live asks for by itself; --mode asks for "
      "another."),
  .options = plain_options,
  .run = run,
};
