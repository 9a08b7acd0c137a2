/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/options.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "cli/text.h"

#define NAME_MAX_LENGTH 40

/* Optimal string alignment distance: insertions, deletions, replacements and swaps of neighbours. */
static size_t distance(const char *a, const char *b) {
  size_t la = strlen(a), lb = strlen(b);
  if (la >= NAME_MAX_LENGTH || lb >= NAME_MAX_LENGTH) return NAME_MAX_LENGTH;
  size_t cost[NAME_MAX_LENGTH][NAME_MAX_LENGTH];
  for (size_t i = 0; i <= la; i++) cost[i][0] = i;
  for (size_t j = 0; j <= lb; j++) cost[0][j] = j;
  for (size_t i = 1; i <= la; i++) {
    for (size_t j = 1; j <= lb; j++) {
      size_t best = cost[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
      if (cost[i - 1][j] + 1 < best) best = cost[i - 1][j] + 1;
      if (cost[i][j - 1] + 1 < best) best = cost[i][j - 1] + 1;
      bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped && cost[i - 2][j - 2] + 1 < best) best = cost[i - 2][j - 2] + 1;
      cost[i][j] = best;
    }
  }
  return cost[la][lb];
}

const char *options_nearest(const char *typed, const char *const *names) {
  size_t length = strlen(typed);
  size_t limit = length / 3 > 2 ? length / 3 : 2;
  const char *best = NULL;
  for (const char *const *name = names; *name; name++) {
    if (length >= 2 && strncmp(*name, typed, length) == 0) return *name;
    size_t d = distance(typed, *name);
    if (d <= limit && d < strlen(*name)) {
      best = *name;
      limit = d - (d > 0);
    }
  }
  return best;
}

bool options_refuse(char *why, const char *english, ...) {
  va_list arguments;
  va_start(arguments, english);
  (void)vsnprintf(why, OPTION_WHY, say(text_language(), english), arguments);
  va_end(arguments);
  return false;
}

void options_add(char *why, const char *english, ...) {
  const size_t at = strlen(why);
  va_list arguments;
  va_start(arguments, english);
  (void)vsnprintf(why + at, OPTION_WHY - at, say(text_language(), english), arguments);
  va_end(arguments);
}

static bool fail_unknown(const option_row *rows, const char *typed, size_t length, char *why) {
  char name[NAME_MAX_LENGTH] = "";
  if (length < sizeof name) memcpy(name, typed, length);
  const char *names[OPTIONS_MAX + 1] = { NULL };
  size_t count = 0;
  for (const option_row *row = rows; row->name && count < OPTIONS_MAX; row++) names[count++] = row->name;
  const char *near = options_nearest(name, names);
  options_refuse(why, "There is no option --%.*s.", (int)(length > 80 ? 80 : length), typed);
  if (near)
    options_add(why, " Did you mean --%s?", near);
  else
    options_add(why, " Add --help to see which there are.");
  return false;
}

static bool parse_number(const char *text, double *value) {
  if (strspn(text, "0123456789.+-eE/") != strlen(text)) return false;
  char *end;
  double number = strtod(text, &end);
  if (end == text) return false;
  if (*end == '/') {
    const char *divisor_at = end + 1;
    double divisor = strtod(divisor_at, &end);
    if (end == divisor_at || divisor <= 0) return false;
    number /= divisor;
  }
  if (*end != '\0' || !isfinite(number)) return false;
  *value = number;
  return true;
}

static bool store(const option_row *row, void *settings, const char *value, char *why) {
  void *at = (char *)settings + row->offset;
  double number = 0;
  switch (row->kind) {
    case OPTION_FLAG:
      *(bool *)at = true;
      return true;
    case OPTION_TEXT:
      *(const char **)at = value;
      return true;
    case OPTION_CUSTOM:
      return row->parse(at, value, why);
    case OPTION_NUMBER:
    case OPTION_COUNT:
      break;
  }
  bool whole = row->kind == OPTION_COUNT;
  if (!parse_number(value, &number) || (whole && number != floor(number))) {
    if (whole)
      options_refuse(why, "--%s needs a whole number, not '%.80s'.", row->name, value);
    else
      options_refuse(why, "--%s needs a number, not '%.80s'.", row->name, value);
    if (strchr(value, ',')) options_add(why, " Write the decimals after a point, not a comma.");
    return false;
  }
  if (number < row->least || number > row->most) {
    return options_refuse(why, "--%s takes %g to %g, not %.80s.", row->name, row->least, row->most, value);
  }
  if (whole) {
    *(int *)at = (int)number;
  } else {
    *(double *)at = number;
  }
  return true;
}

static const option_row *find(const option_row *rows, const char *name, size_t length) {
  for (const option_row *row = rows; row->name; row++) {
    if (strlen(row->name) == length && strncmp(row->name, name, length) == 0) return row;
  }
  return NULL;
}

/* One option at arguments[*at], which starts with "--"; moves *at to its last word. */
static bool parse_one(const option_row *rows, void *settings, char **arguments, int count, int *at, bool *given,
                      char *why) {
  const char *name = arguments[*at] + 2;
  const char *equals = strchr(name, '=');
  size_t length = equals ? (size_t)(equals - name) : strlen(name);
  const option_row *row = find(rows, name, length);
  if (!row) return fail_unknown(rows, name, length, why);

  const char *value = equals ? equals + 1 : NULL;
  if (!row->argument) {
    if (value) {
      return options_refuse(why, "--%s takes no value: leave out '=%.80s'.", row->name, value);
    }
  } else {
    const char *next = *at + 1 < count ? arguments[*at + 1] : "--";
    const bool option = strncmp(next, "--", 2) == 0 || (strcmp(next, "-o") == 0 && find(rows, "output", 6));
    if (!value && !option) value = arguments[++*at];
    if (!value || !*value) {
      return options_refuse(why, "--%s needs a value: --%s %s.", row->name, row->name, row->argument);
    }
  }
  if (given[row - rows] && row->kind != OPTION_CUSTOM && row->kind != OPTION_FLAG) {
    return options_refuse(why, "--%s is given twice. Give it once.", row->name);
  }
  given[row - rows] = true;
  return store(row, settings, value, why);
}

bool options_parse(const option_row *rows, void *settings, char **arguments, int count, int *positional, char *why) {
  bool given[OPTIONS_MAX] = { false };
  bool ended = false;
  *positional = 0;
  for (int at = 0; at < count; at++) {
    char *word = arguments[at];
    if (ended || word[0] != '-' || word[1] == '\0') {
      arguments[(*positional)++] = word;
    } else if (strcmp(word, "--") == 0) {
      ended = true;
    } else if (word[1] == '-') {
      if (!parse_one(rows, settings, arguments, count, &at, given, why)) return false;
    } else if (strcmp(word, "-h") == 0 && find(rows, "help", 4)) {
      store(find(rows, "help", 4), settings, NULL, why);
    } else if (strcmp(word, "-o") == 0 && find(rows, "output", 6)) {
      static char output[] = "--output";
      arguments[at--] = output;
    } else {
      return options_refuse(
          why,
          "There is no option %.80s: options start with two dashes. A file whose name starts with a dash goes "
          "after a lone --.",
          word);
    }
  }
  return true;
}

bool options_flag(const option_row *rows, const void *settings, const char *name) {
  const option_row *row = find(rows, name, strlen(name));
  return row && row->kind == OPTION_FLAG && *(const bool *)((const char *)settings + row->offset);
}

void options_help(const option_row *rows, FILE *to) {
  const char *language = text_language();
  const int column = 27;
  for (const option_row *row = rows; row->name; row++) {
    char left[80];
    snprintf(left, sizeof left, "  --%s%s%s", row->name, row->argument ? " " : "", row->argument ? row->argument : "");
    fputs(left, to);
    int width = text_width(left);
    if (width >= column) {
      fputc('\n', to);
      width = 0;
    }
    text_wrap(to, say(language, row->help), 80, width, column);
  }
}
