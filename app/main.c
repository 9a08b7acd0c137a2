/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta: from a side-view video to a verdict. The commands, and what is common to them. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/text.h"

static const command *const commands[] = { &analyze_command,  &check_command,   &calibrate_command, &sheets_command,
                                           &records_command,  &history_command, &compare_command,   &report_command,
                                           &simulate_command, &cpu_command,     &tests_command };
#define COMMANDS (sizeof commands / sizeof *commands)

typedef struct plain_settings {
  bool help, version;
} plain_settings;

const option_row plain_options[] = {
  { .name = "help", .kind = OPTION_FLAG, .offset = offsetof(plain_settings, help), .help = "This help." },
  { .name = "version", .kind = OPTION_FLAG, .offset = offsetof(plain_settings, version), .help = "The version." },
  { .name = NULL }
};

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
      break;
  }
  return EXIT_UNREADABLE;
}

int command_fail(const sagitta_error *error) {
  text_complain(error->text[0] ? error->text : sagitta_status_name(error->status));
  return exit_of(error->status);
}

int command_misused(const command *which, const char *why) {
  char message[OPTION_WHY + 80];
  snprintf(message, sizeof message, "%s", why);
  text_complain(message);
  fprintf(stderr, "         Help: sagitta %s%s--help\n", which ? which->name : "", which ? " " : "");
  return EXIT_USAGE;
}

void command_version(FILE *to) {
  fprintf(to, "sagitta %s\n", sagitta_version());
}

int command_finish(int status) {
  errno = 0;
  if (fflush(stdout) == 0 && !ferror(stdout)) return status;
  char message[256];
  snprintf(message, sizeof message, "The answer could not be printed: %s. Free some space, or print to another place.",
           errno ? strerror(errno) : "standard output is closed");
  text_complain(message);
  return status == EXIT_MEASURED ? EXIT_UNWRITABLE : status;
}

/* Paragraphs are separated by "\n\n"; a paragraph that starts with a blank is printed as it stands. */
static void print_paragraphs(const char *text, FILE *to) {
  while (*text) {
    const char *end = strstr(text, "\n\n");
    int length = (int)(end ? (size_t)(end - text) : strlen(text));
    char paragraph[1500];
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

void command_help(const command *which, FILE *to) {
  fprintf(to, "Usage: sagitta %s%s%s\n\n", which->name, which->usage[0] ? " " : "", which->usage);
  print_paragraphs(which->about ? which->about : which->purpose, to);
  fputs("Options:\n", to);
  options_help(which->options, to);
}

static void print_overview(FILE *to) {
  text_wrap(
      to,
      "Sagitta measures how a person bends forward, from side-view video, and says whether the bend comes from the "
      "hips or from the lower back.",
      80, 0, 0);
  fputs("\nUsage: sagitta COMMAND …\n\n", to);
  for (size_t i = 0; i < COMMANDS; i++) {
    fputs("  ", to);
    text_pad(to, commands[i]->name, 10);
    text_wrap(to, commands[i]->purpose, 80, 12, 12);
  }
  fputs("  ", to);
  text_pad(to, "help", 10);
  text_wrap(to, "Help on a command: sagitta help COMMAND, or COMMAND --help.", 80, 12, 12);
  fputs("\nExample: sagitta analyze clip.mp4 --overlay seen.mp4\n", to);
}

static const command *find_command(const char *name) {
  for (size_t i = 0; i < COMMANDS; i++) {
    if (strcmp(commands[i]->name, name) == 0) return commands[i];
  }
  return NULL;
}

static int unknown_command(const char *name) {
  const char *names[COMMANDS + 2] = { NULL };
  for (size_t i = 0; i < COMMANDS; i++) names[i] = commands[i]->name;
  names[COMMANDS] = "help";
  const char *near = options_nearest(name, names);
  char why[OPTION_WHY];
  snprintf(why, sizeof why, "There is no command '%.80s'.%s%s%s", name, near ? " Did you mean '" : "", near ? near : "",
           near ? "'?" : " A video is measured with: sagitta analyze VIDEO.");
  return command_misused(NULL, why);
}

int command_begin(const command *which, void *settings, const bool *help, const bool *version, int count,
                  char **arguments, int *inputs) {
  char why[OPTION_WHY];
  if (!options_parse(which->options, settings, arguments, count, inputs, why)) return command_misused(which, why);
  if (!*help && !*version) return -1;
  *help ? command_help(which, stdout) : command_version(stdout);
  return command_finish(EXIT_MEASURED);
}

int command_plain(const command *which, int count, char **arguments) {
  plain_settings settings = { false, false };
  int positional;
  const int done = command_begin(which, &settings, &settings.help, &settings.version, count, arguments, &positional);
  if (done >= 0) return done;
  if (positional > 0) {
    char why[OPTION_WHY];
    snprintf(why, sizeof why, "'sagitta %s' takes no further words, but got '%.80s'.", which->name, arguments[0]);
    return command_misused(which, why);
  }
  return -1;
}

static int run_help(int count, char **arguments) {
  if (count == 0 || strcmp(arguments[0], "help") == 0 || strcmp(arguments[0], "--help") == 0) {
    print_overview(stdout);
    return command_finish(EXIT_MEASURED);
  }
  if (strcmp(arguments[0], "--version") == 0) {
    command_version(stdout);
    return command_finish(EXIT_MEASURED);
  }
  const command *which = find_command(arguments[0]);
  if (!which) return unknown_command(arguments[0]);
  if (count > 1) {
    /* "help calibrate lens": the part knows its own. */
    static char help[] = "--help";
    return which->run(2, (char *[]){ arguments[1], help });
  }
  command_help(which, stdout);
  return command_finish(EXIT_MEASURED);
}

int main(int argc, char **argv) {
  signals_install();
  if (argc < 2) {
    print_overview(stderr);
    return EXIT_USAGE;
  }
  const char *name = argv[1];
  if (strcmp(name, "--version") == 0) return run_help(1, argv + 1);
  if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) return run_help(0, NULL);
  if (strcmp(name, "help") == 0) return run_help(argc - 2, argv + 2);
  if (name[0] == '-' && name[1] == '-') {
    char why[OPTION_WHY];
    snprintf(why, sizeof why, "The command comes first: sagitta analyze VIDEO %.80s.", name);
    return command_misused(NULL, why);
  }
  const command *which = find_command(name);
  return which ? which->run(argc - 2, argv + 2) : unknown_command(name);
}
