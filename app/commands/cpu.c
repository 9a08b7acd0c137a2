/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta cpu: which variant of each kernel runs on this machine. */
#include <stdio.h>

#include "commands/commands.h"

static int run(const command *self, int count, char **arguments) {
  const int done = command_begin_plain(self, count, arguments);
  if (done >= 0) return done;
  size_t kernels;
  const sagitta_kernel *kernel = sagitta_kernels(&kernels);
  puts("kernel            level     usable  chosen");
  for (size_t i = 0; i < kernels; i++) {
    printf("%-16s  %-8s  %-6s  %s\n", kernel[i].kernel, kernel[i].level, kernel[i].usable ? "yes" : "no",
           kernel[i].chosen ? "yes" : "-");
  }
  return command_finish(EXIT_MEASURED);
}

const command cpu_command = {
  .name = "cpu",
  .usage = "",
  .purpose = "Which variant of each kernel runs on this machine.",
  .options = plain_options,
  .run = run,
};
