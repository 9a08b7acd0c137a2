/* SPDX-License-Identifier: Apache-2.0 */
/* Man pages in the macros of man(7). Without a date: the same table makes the same bytes. */
#include <string.h>

#include "manual/manual.h"
#include "sagitta/version.h"

/* Text of `length` bytes as roff takes it: no control lines, plain hyphens, no escapes. */
static void put_text(const char *text, size_t length, FILE *to) {
  bool beginning = true;
  for (size_t i = 0; i < length; i++) {
    const char c = text[i];
    if (beginning && (c == '.' || c == '\'')) fputs("\\&", to);
    beginning = c == '\n';
    if (c == '\\')
      fputs("\\e", to);
    else if (c == '-')
      fputs("\\-", to);
    else
      fputc(c, to);
  }
}

static void put(const char *text, FILE *to) {
  put_text(text, strlen(text), to);
}

static void head(const char *name, const char *purpose, FILE *to) {
  fputs(".\\\" Made by the program from its table of options.\n.TH ", to);
  for (const char *at = name; *at; at++) fputc(*at >= 'a' && *at <= 'z' ? *at - 'a' + 'A' : *at, to);
  fprintf(to, " 1 \"\" \"Sagitta %s\" \"User Commands\"\n.SH NAME\n%s \\- ", SAGITTA_VERSION, name);
  const size_t length = strlen(purpose);
  put_text(purpose, length - (length > 0 && purpose[length - 1] == '.'), to);
  fputc('\n', to);
}

static void synopsis(const command *c, FILE *to) {
  fputs("\\fBsagitta ", to);
  put(c->name, to);
  fputs("\\fR ", to);
  put(c->usage, to);
  fputc('\n', to);
}

static void about(const command *c, FILE *to) {
  size_t length;
  for (const char *at = c->about ? c->about : c->purpose, *next; at; at = next) {
    next = manual_paragraph(at, &length);
    const bool as_it_stands = *at == ' ' || memchr(at, '\n', length);
    fputs(as_it_stands ? ".PP\n.nf\n" : ".PP\n", to);
    put_text(at, length, to);
    fputs(as_it_stands ? "\n.fi\n" : "\n", to);
  }
}

static void options(const option_row *rows, FILE *to) {
  for (const option_row *row = rows; row->name; row++) {
    fputs(".TP\n\\fB\\-\\-", to);
    put(row->name, to);
    fputs("\\fR", to);
    if (strcmp(row->name, "output") == 0) fputs(", \\fB\\-o\\fR", to);
    if (row->argument) {
      fputs(" \\fI", to);
      put(row->argument, to);
      fputs("\\fR", to);
    }
    fputc('\n', to);
    put(row->help, to);
    fputc('\n', to);
  }
}

static void foot(const manual *m, const command *but, FILE *to) {
  fputs(".SH SEE ALSO\n", to);
  bool more = false;
  if (but) {
    fputs("\\fBsagitta\\fR(1)", to);
    more = true;
  }
  for (size_t i = 0; m->commands[i]; i++) {
    if (m->commands[i] == but) continue;
    fprintf(to, "%s\\fBsagitta\\-%s\\fR(1)", more ? ",\n" : "", m->commands[i]->name);
    more = true;
  }
  fputs("\n.PP\nMETHOD.md, FORMATS.md and OPTIONS.md in the documentation of the package.\n", to);
}

void manual_man_overview(const manual *m, FILE *to) {
  head("sagitta", "measures how a person bends forward, from side-view video", to);
  fputs(".SH SYNOPSIS\n\\fBsagitta\\fR \\fICOMMAND\\fR ...\n.SH DESCRIPTION\n", to);
  put(m->about, to);
  fputs("\n.SH COMMANDS\n", to);
  for (size_t i = 0; m->commands[i]; i++) {
    fprintf(to, ".TP\n\\fB%s\\fR\n", m->commands[i]->name);
    put(m->commands[i]->purpose, to);
    fputc('\n', to);
  }
  fputs(".TP\n\\fBhelp\\fR\n", to);
  put(m->help_purpose, to);
  fputs("\n.SH OPTIONS OF EVERY COMMAND\n", to);
  options(m->everywhere, to);
  foot(m, NULL, to);
}

void manual_man_command(const manual *m, const command *c, FILE *to) {
  char name[80];
  snprintf(name, sizeof name, "sagitta-%s", c->name);
  head(name, c->purpose, to);
  fputs(".SH SYNOPSIS\n", to);
  if (!c->parts) {
    synopsis(c, to);
  } else {
    for (size_t i = 0; c->parts[i]; i++) {
      if (i) fputs(".br\n", to);
      synopsis(c->parts[i], to);
    }
  }
  fputs(".SH DESCRIPTION\n", to);
  about(c, to);
  fputs(".SH OPTIONS\n", to);
  options(c->options, to);
  for (size_t i = 0; c->parts && c->parts[i]; i++) {
    fputs(".SH SAGITTA ", to);
    for (const char *at = c->parts[i]->name; *at; at++) fputc(*at >= 'a' && *at <= 'z' ? *at - 'a' + 'A' : *at, to);
    fputc('\n', to);
    about(c->parts[i], to);
    options(c->parts[i]->options, to);
  }
  fputs(".SH OPTIONS OF EVERY COMMAND\n", to);
  options(m->everywhere, to);
  foot(m, c, to);
}
