/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta: from a side-view video to a verdict. The table of its commands, which of them is meant, and one that is no
 * more than a table itself, sagitta cpu. */
#include <stdio.h>
#include <string.h>

#include "calibrate/calibrate.h"
#include "cli/failure.h"
#include "cli/sandbox.h"
#include "cli/system.h"
#include "cli/text.h"
#include "commands/commands.h"
#include "manual/manual.h"
#include "sagitta/cage.h"
#include "sheets/sheets.h"

static int run_cpu(const command *self, int count, char **arguments) {
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

static const command cpu_command = {
  .name = "cpu",
  .usage = "",
  .purpose = TRANSLATABLE("Which variant of each kernel runs on this machine."),
  .options = plain_options,
  .run = run_cpu,
};

static const command *const commands[] = { &analyze_command,   &live_command,    &cameras_command, &check_command,
                                           &calibrate_command, &sheets_command,  &records_command, &history_command,
                                           &compare_command,   &report_command,  &session_command, &agreement_command,
                                           &proof_command,     &dataset_command, &serve_command,   &simulate_command,
                                           &cpu_command,       &tests_command,   &formats_command, NULL };
#define COMMANDS (sizeof commands / sizeof *commands - 1)

/* What every command has beside its own table. */
static const option_row everywhere[] = {
  { .name = "no-sandbox",
    .kind = OPTION_FLAG,
    .help = TRANSLATABLE(
        "Decode videos in this process. Else they are decoded in one that can open no file, reach no network and "
        "start no program.") },
  { .name = NULL },
};

static const manual described = {
  .commands = commands,
  .everywhere = everywhere,
  .about = TRANSLATABLE(
      "Sagitta measures how a person bends forward, from side-view video, and says whether the bend comes from the "
      "hips or from the lower back."),
  .help_purpose = TRANSLATABLE("Help on a command: sagitta help COMMAND, or COMMAND --help."),
};

static void print_overview(FILE *to) {
  const char *language = text_language();
  text_wrap(to, say(language, described.about), 80, 0, 0);
  fputs(say(language, "\nUsage: sagitta COMMAND …\n\n"), to);
  for (size_t i = 0; i < COMMANDS; i++) {
    fputs("  ", to);
    text_pad(to, commands[i]->name, 10);
    text_wrap(to, say(language, commands[i]->purpose), 80, 12, 12);
  }
  fputs("  ", to);
  text_pad(to, "help", 10);
  text_wrap(to, say(language, described.help_purpose), 80, 12, 12);
  text_wrap(to,
            say(language,
                "\nVideos are decoded in a process that can open no file, reach no network and start no program; "
                "--no-sandbox, in any command, decodes them without."),
            80, 0, 0);
  fputs(say(language, "\nExample: sagitta analyze clip.mp4 --overlay seen.mp4\n"), to);
}

static int unknown_command(const char *name) {
  const char *names[COMMANDS + 2] = { NULL };
  for (size_t i = 0; i < COMMANDS; i++) names[i] = commands[i]->name;
  names[COMMANDS] = "help";
  const char *near = options_nearest(name, names);
  char why[OPTION_WHY];
  options_refuse(why, "There is no command '%.80s'.", name);
  if (near)
    options_add(why, " Did you mean '%s'?", near);
  else
    options_add(why, " A video is measured with: sagitta analyze VIDEO.");
  return command_misused(NULL, why);
}

/* help --manual FOLDER: what packages install, made from the table above. */
static int write_manual(int count, char **arguments) {
  sagitta_error error = error_at_terminal();
  if (count != 1)
    return command_misused(NULL, "Where shall the manual go? Name one folder: sagitta help --manual DIR.");
  return command_end(manual_write(&described, arguments[0], &error), &error);
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
  if (strcmp(arguments[0], "--manual") == 0) return write_manual(count - 1, arguments + 1);
  const command *which = command_find(commands, arguments[0]);
  if (!which) return unknown_command(arguments[0]);
  if (count > 1) {
    /* "help calibrate lens": the part knows its own. */
    static char help[] = "--help";
    return which->run(which, 2, (char *[]){ arguments[1], help });
  }
  command_help(which, stdout);
  return command_finish(EXIT_MEASURED);
}

/* --no-sandbox stands anywhere, in every command, and is taken out of the words. */
static int take_no_sandbox(int argc, char **argv) {
  int kept = 0;
  for (int i = 0; i < argc; i++) {
    if (i > 0 && strcmp(argv[i], "--no-sandbox") == 0)
      sandbox_leave();
    else
      argv[kept++] = argv[i];
  }
  argv[kept] = NULL;
  return kept;
}

int main(int argc, char **argv) {
  if (sagitta_decoder_is_meant(argc, argv)) return sagitta_decoder_main();
  if (drawer_is_meant(argc, argv)) return drawer_main();
  sandbox_is_program();
  interrupt_install();
  argc = take_no_sandbox(argc, argv);
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
    options_refuse(why, "The command comes first: sagitta analyze VIDEO %.80s.", name);
    return command_misused(NULL, why);
  }
  const command *which = command_find(commands, name);
  return which ? which->run(which, argc - 2, argv + 2) : unknown_command(name);
}
