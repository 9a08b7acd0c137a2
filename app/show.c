/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta cpu and sagitta tests: what this build and this machine offer. */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "text.h"

static int run_cpu(int count, char **arguments) {
  int status = command_plain(&cpu_command, count, arguments);
  if (status >= 0) return status;
  size_t kernels;
  const sagitta_kernel *kernel = sagitta_kernels(&kernels);
  puts("kernel            level     usable  chosen");
  for (size_t i = 0; i < kernels; i++) {
    printf("%-16s  %-8s  %-6s  %s\n", kernel[i].kernel, kernel[i].level, kernel[i].usable ? "yes" : "no",
           kernel[i].chosen ? "yes" : "-");
  }
  return command_finish(EXIT_MEASURED);
}

static void print_field(const char *name, const char *text) {
  if (!text || !*text) return;
  fputs("  ", stdout);
  text_pad(stdout, name, 10);
  text_wrap(stdout, text, text_columns(stdout), 12, 12);
}

static int run_tests(int count, char **arguments) {
  int status = command_plain(&tests_command, count, arguments);
  if (status >= 0) return status;
  size_t tests;
  const sagitta_test *test = sagitta_tests(&tests);
  for (size_t i = 0; i < tests; i++) {
    printf("%s%s (%s)\n", i ? "\n" : "", test[i].name, test[i].title);
    print_field("what for", test[i].purpose);
    print_field("say", test[i].instructions);
    print_field("markers", test[i].markers);
    print_field("measures", test[i].measures);
  }
  return command_finish(EXIT_MEASURED);
}

const command cpu_command = {
  .name = "cpu",
  .usage = "",
  .purpose = "Which variant of each kernel runs on this machine.",
  .options = plain_options,
  .run = run_cpu,
};

const command tests_command = {
  .name = "tests",
  .usage = "",
  .purpose = "The movement tests explained: what to say, what comes out.",
  .options = plain_options,
  .run = run_tests,
};
