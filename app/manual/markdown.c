/* SPDX-License-Identifier: Apache-2.0 */
/* Every command with its options, as tables of Markdown. */
#include <string.h>

#include "manual/manual.h"
#include "sagitta/version.h"

/* A bar would end the cell. */
static void put_cell(const char *text, FILE *to) {
  for (; *text; text++) {
    if (*text == '|') fputc('\\', to);
    fputc(*text, to);
  }
}

static void put_options(const option_row *rows, FILE *to) {
  fputs("\n| option | meaning |\n|---|---|\n", to);
  for (const option_row *row = rows; row->name; row++) {
    fprintf(to, "| `--%s", row->name);
    if (row->argument) {
      fputc(' ', to);
      put_cell(row->argument, to);
    }
    fputs("` | ", to);
    put_cell(row->help, to);
    fputs(" |\n", to);
  }
}

static void put_command(const command *c, const char *level, FILE *to) {
  size_t length;
  fprintf(to, "\n%s `sagitta %s%s%s`\n", level, c->name, c->usage[0] ? " " : "", c->usage);
  for (const char *at = c->about ? c->about : c->purpose, *next; at; at = next) {
    next = manual_paragraph(at, &length);
    const char *fence = *at == ' ' || memchr(at, '\n', length) ? "```\n" : "";
    fprintf(to, "\n%s%.*s\n%s", fence, (int)length, at, fence);
  }
  put_options(c->options, to);
  for (size_t i = 0; c->parts && c->parts[i]; i++) put_command(c->parts[i], "###", to);
}

void manual_markdown(const manual *m, FILE *to) {
  fprintf(to, "# Sagitta %s: commands and options\n\n%s\n\nOptions of every command:\n", SAGITTA_VERSION, m->about);
  put_options(m->everywhere, to);
  for (size_t i = 0; m->commands[i]; i++) put_command(m->commands[i], "##", to);
}
