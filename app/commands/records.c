/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta records: which of its parts. */
#include <stdio.h>
#include <string.h>

#include "commands/access.h"

static const struct {
  const char *name;
  int (*run)(int count, char **arguments);
} parts[] = {
  { "add", records_add },
  { "list", records_list },
  { "show", records_show },
  { "edit", records_edit },
  { "remove", records_remove },
  { "export", records_export },
  { "import", records_import },
  { "backup", records_backup },
  { "verify", records_verify },
  { "recover", records_recover },
  { "repeatability", records_repeatability },
  { "questions", records_questions },
};
#define PARTS (sizeof parts / sizeof *parts)

static int unknown_part(const char *name) {
  const char *names[PARTS + 1] = { NULL };
  char why[OPTION_WHY];
  for (size_t i = 0; i < PARTS; i++) names[i] = parts[i].name;
  const char *near = options_nearest(name, names);
  size_t at = (size_t)snprintf(why, sizeof why, "There is no 'records %.60s'.%s%s%s There are:", name,
                               near ? " Did you mean " : "", near ? near : "", near ? "?" : "");
  for (size_t i = 0; i < PARTS; i++) {
    at += (size_t)snprintf(why + at, sizeof why - at, "%s %s", i ? "," : "", parts[i].name);
  }
  snprintf(why + at, sizeof why - at, ".");
  return command_misused(&records_command, why);
}

static int run_records(int count, char **arguments) {
  if (count > 0 && arguments[0][0] != '-') {
    for (size_t i = 0; i < PARTS; i++) {
      if (strcmp(arguments[0], parts[i].name) == 0) return parts[i].run(count - 1, arguments + 1);
    }
    return unknown_part(arguments[0]);
  }
  const int status = command_plain(&records_command, count, arguments);
  return status >= 0 ? status : command_misused(&records_command, "What about the records? Say which part first.");
}

const command records_command = {
  .name = "records",
  .usage = "add|list|show|edit|remove|… …",
  .purpose = "Clients, their visits and results.",
  .about =
      " records add ID --name NAME …       a new client\n"
      " records list                       all clients\n"
      " records show ID                    one client: visits and results\n"
      " records edit ID …                  change what is known of a client\n"
      " records edit --result N …          pain or treatment mark of a result\n"
      " records remove ID                  a client and everything of theirs, for good\n"
      " records export ID -o FILE.json     to take along; records import FILE.json\n"
      " records backup FILE                the whole file, checked\n"
      " records verify                     look at every page and document\n"
      " records recover FILE -o NEW        what can be read of a damaged file\n"
      " records repeatability ID           a personal detectable change\n"
      " records questions                  the questions before a test, as a form\n\n"
      "Results are saved by: sagitta analyze VIDEO --client ID. Each part has its own help: sagitta records add "
      "--help.",
  .options = plain_options,
  .run = run_records,
};
