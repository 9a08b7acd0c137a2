/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta tests: the movement tests explained. */
#include <stdio.h>

#include "cli/option_values.h"
#include "cli/options.h"
#include "cli/text.h"
#include "commands/commands.h"

typedef struct tests_settings {
  bool help, version;
  const char *language;
} tests_settings;

static const option_row rows[] = { LANGUAGE_ROW(tests_settings, language,
                                                "The language of the texts: en (default), de or es."),
                                   HELP_ROWS(tests_settings) };

/* What a test tells of itself, under one word each. */
typedef enum test_field { FOR, START, SIDE, SAY, MARKERS, MEASURES, COUNTS, COMPARE, LIMITS, PAIR, FIELDS } test_field;
static const char *const field_names[FIELDS] = {
  [FOR] = TRANSLATABLE("what for"),  [START] = TRANSLATABLE("start"),     [SIDE] = TRANSLATABLE("side"),
  [SAY] = TRANSLATABLE("say"),       [MARKERS] = TRANSLATABLE("markers"), [MEASURES] = TRANSLATABLE("measures"),
  [COUNTS] = TRANSLATABLE("counts"), [COMPARE] = TRANSLATABLE("compare"), [LIMITS] = TRANSLATABLE("limits"),
  [PAIR] = TRANSLATABLE("pair"),
};

/* Columns up to the texts: the longest word and two blanks. */
static int field_columns(const char *language) {
  int columns = 0;
  for (int i = 0; i < FIELDS; i++) {
    const int width = text_width(say(language, field_names[i]));
    if (width > columns) columns = width;
  }
  return columns + 2;
}

/* `text` is in that language already. */
static void print_said(const char *language, test_field which, const char *text) {
  const int columns = field_columns(language);
  fputs("  ", stdout);
  text_pad(stdout, say(language, field_names[which]), columns);
  text_wrap(stdout, text, text_columns(stdout), columns + 2, columns + 2);
}

static void print_field(const char *language, test_field which, const char *english) {
  if (english && *english) print_said(language, which, say(language, english));
}

static void print_title(const char *language, const sagitta_test *test) {
  bool bold = text_styled(stdout);
  printf("%s%s%s (%s)\n", bold ? "\033[1m" : "", test->name, bold ? "\033[0m" : "", say(language, test->title));
}

static void print_pair(const char *language, const sagitta_test *test) {
  char text[200];
  if (!test->pair) return;
  snprintf(text, sizeof text, say(language, "Read beside --test %s, in a recording of its own."), test->pair);
  print_said(language, PAIR, text);
}

static void print_side(const char *language, const sagitta_test *test) {
  char text[200];
  if (!test->side) return;
  snprintf(text, sizeof text, say(language, "That of %s: --side left, right or both."), say(language, test->side));
  print_said(language, SIDE, text);
}

static void print_whole(const char *language, const sagitta_test *test) {
  print_title(language, test);
  print_field(language, FOR, test->purpose);
  print_field(language, START, test->start);
  print_side(language, test);
  print_field(language, SAY, test->instructions);
  print_field(language, MARKERS, test->markers);
  print_field(language, MEASURES, test->measures);
  print_field(language, COUNTS, test->counts);
  print_field(language, COMPARE, test->norms);
  print_field(language, LIMITS, test->limits);
  print_pair(language, test);
}

static void print_precaution(const char *language) {
  const sagitta_precaution *first = sagitta_before_testing();
  int width = text_columns(stdout);
  text_wrap(stdout, say(language, first->heading), width, 0, 0);
  for (size_t i = 0; first->items[i]; i++) {
    fputs("  • ", stdout);
    text_wrap(stdout, say(language, first->items[i]), width, 4, 4);
  }
  text_wrap(stdout, say(language, first->advice), width, 0, 0);
  putchar('\n');
  text_wrap(stdout, say(language, sagitta_disclaimer()), width, 0, 0);
}

static int print_list(const char *language) {
  size_t tests;
  const sagitta_test *test = sagitta_tests(&tests);
  for (size_t i = 0; i < tests; i++) {
    print_title(language, &test[i]);
    print_field(language, FOR, test[i].purpose);
    print_field(language, START, test[i].start);
    print_field(language, MARKERS, test[i].markers);
    putchar('\n');
  }
  text_wrap(stdout,
            say(language,
                "\"sagitta tests NAME\" tells one in full: what to say to the client, what counts, what it may be "
                "compared with. \"sagitta analyze VIDEO --test NAME\" measures it."),
            text_columns(stdout), 0, 0);
  putchar('\n');
  print_precaution(language);
  return command_finish(EXIT_MEASURED);
}

static int misnamed(const command *self, const char *name) {
  char why[OPTION_WHY];
  const char *near = test_nearest(name);
  options_refuse(why, "There is no test '%.80s'.", name);
  if (near)
    options_add(why, " Did you mean %s?", near);
  else
    options_add(why, " See: sagitta tests.");
  return command_misused(self, why);
}

static int run(const command *self, int count, char **arguments) {
  tests_settings settings = { .language = NULL };
  char why[OPTION_WHY];
  int names;
  const int done = command_begin(self, &settings, count, arguments, &names);
  if (done >= 0) return done;
  if (settings.language && !language_check(settings.language, why)) return command_misused(self, why);
  for (int i = 0; i < names; i++) {
    if (!sagitta_test_find(arguments[i])) return misnamed(self, arguments[i]);
  }
  settings.language = text_language_or(settings.language, "en");
  if (names == 0) return print_list(settings.language);
  for (int i = 0; i < names; i++) {
    if (i) putchar('\n');
    print_whole(settings.language, sagitta_test_find(arguments[i]));
  }
  putchar('\n');
  print_precaution(settings.language);
  return command_finish(EXIT_MEASURED);
}

const command tests_command = {
  .name = "tests",
  .usage = "[NAME…]",
  .purpose = TRANSLATABLE("The movement tests explained: what to say, what comes out."),
  .about = TRANSLATABLE(
      "Without a name all tests are listed. With names each is told in full: the posture it starts from, what to say "
      "to the client, which markers it needs, what is measured, when a repetition counts, what the numbers may be "
      "compared with, and what they do not say."),
  .options = rows,
  .run = run,
};
