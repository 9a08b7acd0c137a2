/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta records add, list, edit. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/access.h"
#include "records/records.h"
#include "cli/text.h"

typedef struct client_options {
  records_place place;
  const char *id, *name, *sex, *notes, *json;
  int birth_year, result, pain;
  double height;
  bool before, after, unmarked, help, version;
} client_options;

#define AT(field) offsetof(client_options, field)
#define DETAILS                                                                                                       \
  { "name", "NAME", OPTION_TEXT, AT(name), 0, 0, NULL, "The client's name, in any script; - for none." },             \
      { "birth-year", "YEAR", OPTION_COUNT, AT(birth_year), 0, 9999, NULL, "Year of birth, for norms; 0 for none." }, \
      { "sex", "f|m", OPTION_TEXT, AT(sex), 0, 0, NULL, "The sex, for norms; - for none." },                          \
      { "height", "CM", OPTION_NUMBER, AT(height), 0, 280, NULL, "Stature in cm; 0 for none." }, {                    \
    "notes", "TEXT", OPTION_TEXT, AT(notes), 0, 0, NULL, "Notes; - for none."                                         \
  }
#define USUAL                                                                                     \
  ACCESS_ROWS(client_options), { "help", NULL, OPTION_FLAG, AT(help), 0, 0, NULL, "This help." }, \
      { "version", NULL, OPTION_FLAG, AT(version), 0, 0, NULL, "The version." }, {                \
    .name = NULL                                                                                  \
  }

static const option_row add_rows[] = { DETAILS, USUAL };
static const option_row list_rows[] = {
  { "json", "FILE", OPTION_TEXT, AT(json), 0, 0, NULL, "Write the list as JSON; - is standard output." }, USUAL
};
static const option_row edit_rows[] = {
  { "id", "NEW", OPTION_TEXT, AT(id), 0, 0, NULL, "Another ID for the client." },
  DETAILS,
  { "result", "N", OPTION_COUNT, AT(result), 1, 2e9, NULL, "Change result N instead of a client." },
  { "pain", "0-10", OPTION_COUNT, AT(pain), 0, 10, NULL, "With --result: the pain during the movement." },
  { "before", NULL, OPTION_FLAG, AT(before), 0, 0, NULL, "With --result: measured before a treatment." },
  { "after", NULL, OPTION_FLAG, AT(after), 0, 0, NULL, "With --result: measured after a treatment." },
  { "unmarked", NULL, OPTION_FLAG, AT(unmarked), 0, 0, NULL, "With --result: neither before nor after." },
  USUAL
};

static const command add_part = {
  .name = "records add",
  .usage = "ID [options]",
  .purpose = "Add a client.",
  .about =
      "Add a client under an ID that you choose: letters of any script, digits, '-', '_' and '.'. The records file "
      "is made where there is none, readable by you alone.",
  .options = add_rows,
};
static const command list_part = {
  .name = "records list", .usage = "[options]", .purpose = "List all clients.", .options = list_rows
};
static const command edit_part = {
  .name = "records edit",
  .usage = "ID [options] | --result N [options]",
  .purpose = "Change what is known of a client, or of a result.",
  .about = "Only what is given is changed. Measured values cannot be: they are what was measured.",
  .options = edit_rows,
};

static bool none(const char *text) {
  return strcmp(text, "-") == 0;
}

static bool too_long(const char *what, const char *value, size_t room, char *why) {
  if (!value || strlen(value) < room) return false;
  snprintf(why, OPTION_WHY, "%s is too long: %zu bytes are the most.", what, room - 1);
  return true;
}

/* The given details over those in `c`. */
static bool apply(const client_options *o, records_client *c, char *why) {
  if (too_long("The ID", o->id, sizeof c->code, why) || too_long("The name", o->name, sizeof c->name, why))
    return false;
  if (too_long("The notes' text", o->notes, sizeof c->notes, why)) return false;
  if (o->id) (void)snprintf(c->code, sizeof c->code, "%s", o->id);
  if (o->name) (void)snprintf(c->name, sizeof c->name, "%s", none(o->name) ? "" : o->name);
  if (o->notes) (void)snprintf(c->notes, sizeof c->notes, "%s", none(o->notes) ? "" : o->notes);
  if (o->birth_year >= 0) c->birth_year = o->birth_year;
  if (o->height >= 0) c->height_cm = o->height;
  if (!o->sex) return true;
  if (strcmp(o->sex, "f") != 0 && strcmp(o->sex, "m") != 0 && !none(o->sex)) {
    snprintf(why, OPTION_WHY, "--sex is f or m, not '%.40s'; - for none.", o->sex);
    return false;
  }
  c->sex = none(o->sex) ? 0 : o->sex[0];
  return true;
}

int records_add(int count, char **arguments) {
  client_options o = { .birth_year = -1, .height = -1 };
  int words;
  char why[OPTION_WHY];
  const int parsed = access_parse(&add_part, &o, count, arguments, 1, 1, "Which ID shall the client have?", &o.help,
                                  &o.version, &words);
  if (parsed >= 0) return parsed;
  records *r = NULL;
  records_client c = { .id = 0 };
  sagitta_error error = SAGITTA_ERROR_INIT;
  o.id = arguments[0];
  if (!apply(&o, &c, why)) return command_misused(&add_part, why);
  sagitta_status status = records_client_check(&c, &error);
  if (status == SAGITTA_OK) status = records_open(&r, &o.place, RECORDS_MAKE, &error);
  if (status == SAGITTA_OK) status = records_client_add(r, &c, &error);
  if (status == SAGITTA_OK) printf("Added %s to \"%s\".\n", c.code, records_path(r));
  records_close(&r);
  return status == SAGITTA_OK ? command_finish(EXIT_MEASURED) : command_fail(&error);
}

static void print_list(const records_client_row *rows, size_t count) {
  int widest = 4;
  for (size_t i = 0; i < count; i++) {
    const int width = text_width(rows[i].code);
    if (width > widest && width <= 24) widest = width;
  }
  text_pad(stdout, "ID", widest + 2);
  puts("born  visits  results  last visit  name");
  for (size_t i = 0; i < count; i++) {
    char year[16] = "–";
    if (rows[i].birth_year) (void)snprintf(year, sizeof year, "%d", rows[i].birth_year);
    text_pad(stdout, rows[i].code, widest + 2);
    text_pad(stdout, year, 4);
    printf("  %6lld  %7lld  ", (long long)rows[i].visits, (long long)rows[i].results);
    text_pad(stdout, *rows[i].last_day ? rows[i].last_day : "–", 12);
    printf("%s\n", rows[i].name);
  }
  printf("%zu client%s\n", count, count == 1 ? "" : "s");
}

int records_list(int count, char **arguments) {
  client_options o = { .birth_year = -1 };
  int words;
  const int parsed = access_parse(&list_part, &o, count, arguments, 0, 0, "", &o.help, &o.version, &words);
  if (parsed >= 0) return parsed;
  records *r = NULL;
  records_client_row *rows = NULL;
  size_t n = 0;
  sagitta_error error = SAGITTA_ERROR_INIT;
  sagitta_status status = records_open(&r, &o.place, RECORDS_READ, &error);
  if (status == SAGITTA_OK) status = records_clients(r, &rows, &n, &error);
  if (status == SAGITTA_OK && o.json) {
    char *text = records_clients_json(rows, n);
    status = text ? access_write(o.json, text, &error)
                  : records_fail(&error, SAGITTA_ERROR_MEMORY, "Not enough memory for the list of clients.");
    free(text);
  } else if (status == SAGITTA_OK) {
    print_list(rows, n);
  }
  free(rows);
  records_close(&r);
  return status == SAGITTA_OK ? command_finish(EXIT_MEASURED) : command_fail(&error);
}

static sagitta_status edit_result(records *r, const client_options *o, records_mark mark, sagitta_error *error) {
  records_result *result = NULL;
  sagitta_status status = records_result_get(r, o->result, &result, error);
  if (status != SAGITTA_OK) return status;
  const bool marked = o->before || o->after || o->unmarked;
  status =
      records_result_update(r, result->id, marked ? mark : result->mark, o->pain >= 0 ? o->pain : result->pain, error);
  if (status == SAGITTA_OK) printf("Changed result %d of %s.\n", o->result, result->code);
  records_results_free(result, 1);
  return status;
}

static sagitta_status edit_client(records *r, const client_options *o, const char *code, sagitta_error *error) {
  records_client c;
  char why[OPTION_WHY];
  sagitta_status status = records_client_find(r, code, &c, error);
  if (status == SAGITTA_OK && !apply(o, &c, why)) return records_fail(error, SAGITTA_ERROR_ARGUMENT, "%s", why);
  if (status == SAGITTA_OK) status = records_client_update(r, &c, error);
  if (status == SAGITTA_OK) printf("Changed %s.\n", c.code);
  return status;
}

int records_edit(int count, char **arguments) {
  client_options o = { .birth_year = -1, .height = -1, .pain = -1 };
  int words;
  char why[OPTION_WHY];
  const int parsed = access_parse(&edit_part, &o, count, arguments, 0, 1, "", &o.help, &o.version, &words);
  if (parsed >= 0) return parsed;
  const bool details = o.id || o.name || o.sex || o.notes || o.birth_year >= 0 || o.height >= 0;
  const bool measured = o.pain >= 0 || o.before || o.after || o.unmarked;
  records_mark mark;
  if (!keep_mark(o.before, o.after, &mark, why)) return command_misused(&edit_part, why);
  if ((words == 1) == (o.result > 0))
    return command_misused(&edit_part, "What is to be changed? Give a client's ID, or --result N.");
  if (o.result ? details || !measured : measured || !details) {
    return command_misused(&edit_part,
                           o.result ? "Of a result --pain and one of --before, --after, --unmarked can be changed."
                                    : "Say what is to be changed, for example --name NAME.");
  }
  records *r = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  sagitta_status status = records_open(&r, &o.place, RECORDS_WRITE, &error);
  if (status == SAGITTA_OK) {
    status = o.result ? edit_result(r, &o, mark, &error) : edit_client(r, &o, arguments[0], &error);
  }
  records_close(&r);
  return status == SAGITTA_OK ? command_finish(EXIT_MEASURED) : command_fail(&error);
}
