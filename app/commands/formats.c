/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta formats: what is read. */
#include <stdio.h>

#include "cli/text.h"
#include "commands/commands.h"

static const char *const headings[] = {
  [SAGITTA_FORMAT_CONTAINER] = "Containers and pictures",
  [SAGITTA_FORMAT_CODING] = "Codings",
  [SAGITTA_FORMAT_PIXELS] = "Pixel formats (8 bits unless they say otherwise)",
};

static int run(const command *self, int count, char **arguments) {
  const int done = command_begin_plain(self, count, arguments);
  if (done >= 0) return done;
  size_t formats;
  const sagitta_format *format = sagitta_formats(&formats);
  for (size_t i = 0; i < formats; i++) {
    if (i == 0 || format[i].kind != format[i - 1].kind) printf("%s%s\n", i ? "\n" : "", headings[format[i].kind]);
    fputs("  ", stdout);
    text_pad(stdout, format[i].name, 14);
    puts(format[i].what);
  }
  return command_finish(EXIT_MEASURED);
}

const command formats_command = {
  .name = "formats",
  .usage = "",
  .purpose = TRANSLATABLE("Containers, codings and pixel formats that are read."),
  .about = TRANSLATABLE(
      "Containers, codings and pixel formats that are read, each by FFmpeg's name and the name that people know it by. "
      "Everything else is refused by its name: convert it with `ffmpeg -i IN -c:v libx264 OUT.mp4`."),
  .options = plain_options,
  .run = run,
};
