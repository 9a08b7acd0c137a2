/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/options.h"
#include "cli/system.h"
#include "cli/text.h"

const option_row plain_options[] = { HELP_ROWS(plain_settings) };

int exit_of(sagitta_status status) {
  switch (status) {
    case SAGITTA_OK:
      return EXIT_MEASURED;
    case SAGITTA_END:
    case SAGITTA_NO_MEASUREMENT:
      return EXIT_NO_MEASUREMENT;
    case SAGITTA_CANCELLED:
      return EXIT_INTERRUPTED;
    case SAGITTA_ERROR_ARGUMENT:
      return EXIT_USAGE;
    case SAGITTA_ERROR_WRITE:
      return EXIT_UNWRITABLE;
    case SAGITTA_ERROR_MEMORY:
    case SAGITTA_ERROR_MISSING:
    case SAGITTA_ERROR_NOT_VIDEO:
    case SAGITTA_ERROR_NO_STREAM:
    case SAGITTA_ERROR_NO_DECODER:
    case SAGITTA_ERROR_ENCRYPTED:
    case SAGITTA_ERROR_DAMAGED:
    case SAGITTA_ERROR_TOO_LARGE:
    case SAGITTA_ERROR_FORMAT:
    case SAGITTA_ERROR_BROKE_OFF:
      break;
  }
  return EXIT_UNREADABLE;
}

int command_fail(const sagitta_error *error) {
  text_complain(error->text[0] ? error->text : sagitta_status_name(error->status));
  return exit_of(error->status);
}

int command_misused(const command *which, const char *why) {
  const char *language = text_language();
  text_complain(say(language, why));
  fprintf(stderr, say(language, "         Help: sagitta %s%s--help\n"), which ? which->name : "", which ? " " : "");
  return EXIT_USAGE;
}

void command_version(FILE *to) {
  fprintf(to, "sagitta %s\n", sagitta_version());
}

int command_finish(int status) {
  errno = 0;
  if (fflush(stdout) == 0 && !ferror(stdout)) return status;
  if (errno == EPIPE) return status == EXIT_MEASURED ? EXIT_UNWRITABLE : status; /* who read has seen enough (| head) */
  char message[512];
  const char *language = text_language();
  snprintf(message, sizeof message,
           say(language, "The answer could not be printed: %s. Free some space, or print to another place."),
           errno ? say(language, strerror(errno)) : say(language, "standard output is closed"));
  text_complain(message);
  return status == EXIT_MEASURED ? EXIT_UNWRITABLE : status;
}

int command_end(sagitta_status status, const sagitta_error *error) {
  return status == SAGITTA_OK ? command_finish(EXIT_MEASURED) : command_fail(error);
}

/* Paragraphs are separated by "\n\n"; a paragraph that starts with a blank is printed as it stands. */
static void print_paragraphs(const char *text, FILE *to) {
  while (*text) {
    const char *end = strstr(text, "\n\n");
    int length = (int)(end ? (size_t)(end - text) : strlen(text));
    char paragraph[2000];
    snprintf(paragraph, sizeof paragraph, "%.*s", length, text);
    if (paragraph[0] == ' ') {
      fprintf(to, "%s\n", paragraph);
    } else {
      text_wrap(to, paragraph, 80, 0, 0);
    }
    fputc('\n', to);
    text = end ? end + 2 : text + length;
  }
}

/* What follows a command's name. Its words are the same in every language, but for what stands for the options. */
static void print_usage(const char *usage, const char *language, FILE *to) {
  static const char options[] = TRANSLATABLE("[options]");
  for (const char *at; (at = strstr(usage, options)); usage = at + strlen(options)) {
    fprintf(to, "%.*s%s", (int)(at - usage), usage, say(language, options));
  }
  fputs(usage, to);
}

void command_help(const command *which, FILE *to) {
  const char *language = text_language();
  fprintf(to, say(language, "Usage: sagitta %s%s"), which->name, which->usage[0] ? " " : "");
  print_usage(which->usage, language, to);
  fputs("\n\n", to);
  print_paragraphs(say(language, which->about ? which->about : which->purpose), to);
  fputs(say(language, "Options:\n"), to);
  options_help(which->options, to);
}

int command_begin(const command *self, void *settings, int count, char **arguments, int *words) {
  char why[OPTION_WHY];
  if (!options_parse(self->options, settings, arguments, count, words, why)) return command_misused(self, why);
  const bool help = options_flag(self->options, settings, "help");
  if (!help && !options_flag(self->options, settings, "version")) return -1;
  help ? command_help(self, stdout) : command_version(stdout);
  return command_finish(EXIT_MEASURED);
}

int command_begin_words(const command *self, void *settings, int count, char **arguments, int least, int most,
                        const char *wants, int *words) {
  char why[OPTION_WHY];
  const int done = command_begin(self, settings, count, arguments, words);
  if (done >= 0) return done;
  if (*words < least) {
    options_refuse(why, "%s Write: sagitta %s %s.", say(text_language(), wants), self->name, self->usage);
    return command_misused(self, why);
  }
  if (*words > most) {
    options_refuse(why,
                   "'sagitta %s' takes no further words, but got '%.80s'. Words with blanks go between "
                   "quotes.",
                   self->name, arguments[most]);
    return command_misused(self, why);
  }
  return -1;
}

int command_begin_plain(const command *self, int count, char **arguments) {
  plain_settings settings = { false, false };
  int words;
  const int done = command_begin(self, &settings, count, arguments, &words);
  if (done >= 0) return done;
  if (words > 0) {
    char why[OPTION_WHY];
    options_refuse(why, "'sagitta %s' takes no further words, but got '%.80s'.", self->name, arguments[0]);
    return command_misused(self, why);
  }
  return -1;
}

const command *command_find(const command *const *commands, const char *name) {
  for (; *commands; commands++) {
    if (strcmp((*commands)->name, name) == 0) return *commands;
  }
  return NULL;
}

/* "lens" of "calibrate lens". */
static const char *own_word(const command *part) {
  return strrchr(part->name, ' ') + 1;
}

static int unknown_part(const command *self, const char *name) {
  const char *names[OPTIONS_MAX + 1] = { NULL };
  char why[OPTION_WHY];
  for (size_t i = 0; self->parts[i] && i < OPTIONS_MAX; i++) names[i] = own_word(self->parts[i]);
  const char *near = options_nearest(name, names);
  options_refuse(why, "There is no '%s %.60s'.", self->name, name);
  if (near) options_add(why, " Did you mean %s?", near);
  options_add(why, " There are:");
  for (size_t i = 0; self->parts[i]; i++) {
    options_add(why, "%s %s", i ? "," : "", self->list_in_full ? self->parts[i]->name : own_word(self->parts[i]));
  }
  options_add(why, ".");
  return command_misused(self, why);
}

int command_run_part(const command *self, int count, char **arguments) {
  if (count > 0 && arguments[0][0] != '-') {
    for (const command *const *part = self->parts; *part; part++) {
      if (strcmp(arguments[0], own_word(*part)) == 0) return (*part)->run(*part, count - 1, arguments + 1);
    }
    return unknown_part(self, arguments[0]);
  }
  const int done = command_begin_plain(self, count, arguments);
  return done >= 0 ? done : command_misused(self, self->which_part);
}

sagitta_status command_confirm(bool yes, const char *question, const char *expected, const char *refused,
                               sagitta_error *error) {
  char line[128];
  if (yes) return SAGITTA_OK;
  const bool can_ask = system_can_ask();
  if (can_ask) {
    text_wrap(stderr, say(text_language(), question), text_columns(stderr), 0, 0);
    fprintf(stderr, say(text_language(), "Type \"%s\" to go on: "), expected);
    fflush(stderr);
    if (fgets(line, sizeof line, stdin)) {
      line[strcspn(line, "\r\n")] = '\0';
      if (strcmp(line, expected) == 0) return SAGITTA_OK;
    }
  }
  return fail_with(error, SAGITTA_ERROR_ARGUMENT, "%s%s", error_say(error, refused),
                   can_ask ? "" : error_say(error, " Add --yes where nobody can be asked whether it is meant."));
}
