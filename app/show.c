/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta cpu and sagitta tests: what this build and this machine offer. */
#include <stdio.h>

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

static void print_title(const sagitta_test *test) {
  bool bold = text_styled(stdout);
  printf("%s%s%s (%s)\n", bold ? "\033[1m" : "", test->name, bold ? "\033[0m" : "", test->title);
}

static void print_pair(const sagitta_test *test) {
  char text[160];
  if (!test->pair) return;
  snprintf(text, sizeof text, "Read beside --test %s, in a recording of its own.", test->pair);
  print_field("pair", text);
}

static void print_whole(const sagitta_test *test) {
  print_title(test);
  print_field("what for", test->purpose);
  print_field("start", test->start);
  print_field("say", test->instructions);
  print_field("markers", test->markers);
  print_field("measures", test->measures);
  print_field("counts", test->counts);
  print_field("compare", test->norms);
  print_field("limits", test->limits);
  print_pair(test);
}

static void print_precaution(void) {
  const sagitta_precaution *first = sagitta_before_testing();
  int width = text_columns(stdout);
  text_wrap(stdout, first->heading, width, 0, 0);
  for (size_t i = 0; first->items[i]; i++) {
    fputs("  • ", stdout);
    text_wrap(stdout, first->items[i], width, 4, 4);
  }
  text_wrap(stdout, first->advice, width, 0, 0);
  putchar('\n');
  text_wrap(stdout, sagitta_disclaimer(), width, 0, 0);
}

static int print_list(void) {
  size_t tests;
  const sagitta_test *test = sagitta_tests(&tests);
  for (size_t i = 0; i < tests; i++) {
    print_title(&test[i]);
    print_field("what for", test[i].purpose);
    print_field("start", test[i].start);
    print_field("markers", test[i].markers);
    putchar('\n');
  }
  text_wrap(stdout,
            "\"sagitta tests NAME\" tells one in full: what to say to the client, what counts, what it may be compared "
            "with. \"sagitta analyze VIDEO --test NAME\" measures it.",
            text_columns(stdout), 0, 0);
  putchar('\n');
  print_precaution();
  return command_finish(EXIT_MEASURED);
}

static int misnamed(const char *name) {
  size_t tests;
  const sagitta_test *test = sagitta_tests(&tests);
  const char *names[OPTIONS_MAX + 1] = { NULL };
  char why[OPTION_WHY];
  for (size_t i = 0; i < tests && i < OPTIONS_MAX; i++) names[i] = test[i].name;
  const char *near = options_nearest(name, names);
  if (near) {
    snprintf(why, sizeof why, "There is no test '%.80s'. Did you mean %s?", name, near);
  } else {
    snprintf(why, sizeof why, "There is no test '%.80s'. \"sagitta tests\" lists those there are.", name);
  }
  return command_misused(&tests_command, why);
}

static int run_tests(int count, char **arguments) {
  if (count == 0 || arguments[0][0] == '-') {
    int status = command_plain(&tests_command, count, arguments);
    return status >= 0 ? status : print_list();
  }
  for (int i = 0; i < count; i++) {
    int status = arguments[i][0] == '-' ? command_plain(&tests_command, 1, &arguments[i]) : -1;
    if (status >= 0) return status;
    if (!sagitta_test_find(arguments[i])) return misnamed(arguments[i]);
  }
  for (int i = 0; i < count; i++) {
    if (i) putchar('\n');
    print_whole(sagitta_test_find(arguments[i]));
  }
  putchar('\n');
  print_precaution();
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
  .usage = "[NAME…]",
  .purpose = "The movement tests explained: what to say, what comes out.",
  .about =
      "Without a name all tests are listed. With names each is told in full: the posture it starts from, what to say "
      "to the client, which markers it needs, what is measured, when a repetition counts, what the numbers may be "
      "compared with, and what they do not say.",
  .options = plain_options,
  .run = run_tests,
};
