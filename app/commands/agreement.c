/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta agreement: our measurements beside a reference's, a rater's beside another's, or beside themselves. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agreement/words.h"
#include "cli/failure.h"
#include "cli/files.h"
#include "cli/option_values.h"
#include "cli/text.h"
#include "commands/commands.h"
#include "report/report.h"

typedef struct quantity_list {
  const char *name[AGREEMENT_QUANTITIES];
  size_t count;
} quantity_list;

typedef struct agreement_options {
  const char *with, *between, *columns, *rater, *csv, *output, *clinic, *paper, *language, *date;
  quantity_list quantity;
  bool help, version;
} agreement_options;

static bool quantity_parse(void *at, const char *value, char *why) {
  quantity_list *list = at;
  if (list->count == AGREEMENT_QUANTITIES) {
    return options_refuse(why, "--quantity names at most %d quantities.", AGREEMENT_QUANTITIES);
  }
  list->name[list->count++] = value;
  return true;
}

static const option_row rows[] = {
  TEXT_ROW(agreement_options, with, "with", "REFERENCE.csv",
           "The reference: matched by its column file, or by client and trial. Raters are told apart by the column "
           "rater; their mean is taken."),
  TEXT_ROW(agreement_options, rater, "rater", "NAME", "Of the reference this rater alone."),
  TEXT_ROW(agreement_options, between, "between", "COLUMN",
           "In one table: between what this column tells apart (rater, placement, device, trial)."),
  TEXT_ROW(agreement_options, columns, "columns", "NAME,NAME", "In one table: between these two columns."),
  CUSTOM_ROW(agreement_options, quantity, "quantity", "NAME", quantity_parse,
             "Only this quantity (a column's name, as hip_hinge_deg); repeatable. Default: all that there are."),
  TEXT_ROW(agreement_options, csv, "csv", "FILE", "The figures as a table; - is standard output."),
  OUTPUT_ROW(agreement_options, output, "FILE",
             "A page with plots, by the end of its name: .pdf, .svg or .png; -o FILE for short."),
  CLINIC_ROW(agreement_options, clinic),
  PAPER_ROW(agreement_options, paper),
  DATE_ROW(agreement_options, date, "The day on the page (default: none)."),
  LANGUAGE_ROW(agreement_options, language, "The language: en (default), de or es."),
  HELP_ROWS(agreement_options)
};

/* What can be wrong with the words themselves. */
static bool check(const agreement_options *o, const char *table, char *why) {
  report_paper paper;
  const report_format format = o->output ? report_format_of(o->output) : REPORT_NONE;
  const char *const written[] = { o->csv, o->output }, *const given[] = { table, o->with, o->clinic };
  if (o->language && !language_check(o->language, why)) return false;
  if (!!o->with + !!o->between + !!o->columns > 1) {
    options_refuse(why, "--with, --between and --columns are three ways to compare: name one of them.");
  } else if (o->rater && !o->with) {
    options_refuse(why, "--rater picks one of the reference's: add --with REFERENCE.csv, or leave it out.");
  } else if (o->quantity.count && o->columns) {
    options_refuse(why, "--columns says already what is compared: leave out --quantity.");
  } else if (o->output && (format == REPORT_NONE || format == REPORT_HTML)) {
    options_refuse(why, "The page is a .pdf, .svg or .png by the end of its name, and '%.200s' is none.", o->output);
  } else if (!o->output && (o->clinic || o->paper || o->date)) {
    options_refuse(why, "%s is for the page: add -o page.pdf, or leave it out.",
                   o->clinic  ? "--clinic"
                   : o->paper ? "--paper"
                              : "--date");
  } else if (o->paper && !report_paper_of(o->paper, &paper)) {
    options_refuse(why, "--paper is a4 or letter, and not '%.80s'.", o->paper);
  } else if (o->date && !records_is_day(o->date)) {
    options_refuse(why, "'%.40s' is no day. Write it as YYYY-MM-DD.", o->date);
  } else {
    for (size_t w = 0; w < 2; w++) {
      for (size_t g = 0; g < 3; g++) {
        if (!written[w] || !given[g] || strcmp(written[w], "-") == 0 || !files_same(written[w], given[g])) continue;
        return options_refuse(why, "'%.200s' would be overwritten: give the output another name.", given[g]);
      }
    }
    return true;
  }
  return false;
}

/* ---- on the terminal ---- */

static void print_agreement(FILE *to, const agreement *a, const char *output, const char *language) {
  char text[AGREEMENT_TEXT], label[AGREEMENT_LABEL], note[AGREEMENT_NOTES][AGREEMENT_TEXT];
  text_row row[AGREEMENT_ROWS];
  agreement_title(a, language, text);
  text_print(to, text);
  fputc('\n', to);
  for (size_t i = 0; i < a->quantities; i++) {
    const agreement_quantity *q = &a->quantity[i];
    agreement_quantity_label(q, language, label);
    fputc('\n', to);
    text_print(to, label);
    agreement_counts(a, q, language, label);
    fprintf(to, " · %s\n", label);
    text_rows(to, row, agreement_rows(a, q, language, row));
  }
  const size_t statements = agreement_statement_rows(a, language, row);
  if (statements) {
    fprintf(to, "\n%s\n", say(language, "Statements"));
    text_rows(to, row, statements);
  }
  fputc('\n', to);
  const size_t notes = agreement_notes(a, language, note);
  for (size_t i = 0; i < notes; i++) text_wrap(to, note[i], text_columns(to), 0, 0);
  if (!output) return;
  const int at = fprintf(to, "%s: ", say(language, "Report"));
  text_wrap(to, output, text_columns(to), at, 0);
}

/* ---- as files ---- */

static sagitta_status write_page(const agreement *a, const agreement_options *o, const char *language,
                                 sagitta_error *error) {
  clinic *head = NULL;
  sagitta_output *to = NULL;
  agreement_page page = { a, language, o->date ? o->date : "", NULL, report_paper_usual() };
  if (o->paper) (void)report_paper_of(o->paper, &page.paper);
  sagitta_status status = o->clinic ? clinic_read(&head, o->clinic, error) : SAGITTA_OK;
  page.clinic = head;
  if (status == SAGITTA_OK) status = output_begin(&to, o->output, error);
  if (status == SAGITTA_OK) status = agreement_page_write(&page, report_format_of(o->output), to, error);
  if (status == SAGITTA_OK) status = output_end(&to, error);
  output_drop(&to);
  clinic_free(&head);
  return status;
}

static sagitta_status write_figures(const agreement *a, const char *path, sagitta_error *error) {
  char *text = agreement_figures(a);
  const sagitta_status status = text ? file_write(path, text, error)
                                     : fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the figures.");
  free(text);
  return status;
}

static int run(const command *self, int count, char **arguments) {
  agreement_options o = { .with = NULL };
  int words;
  char why[OPTION_WHY];
  const int done = command_begin_words(self, &o, count, arguments, 1, 1,
                                       "Which table? Name the one that analyze --table wrote.", &words);
  if (done >= 0) return done;
  if (!check(&o, arguments[0], why)) return command_misused(self, why);
  const char *language = o.language ? o.language : "en";
  agreement_request request = { .table = arguments[0],
                                .with = o.with,
                                .between = o.between,
                                .columns = o.columns,
                                .rater = o.rater,
                                .quantities = o.quantity.count };
  memcpy(request.quantity, o.quantity.name, sizeof request.quantity);
  sagitta_error error = error_in(text_language_or(o.language, "en"));
  agreement *a = calloc(1, sizeof *a);
  sagitta_status status = a ? agreement_make(a, &request, &error)
                            : fail_with(&error, SAGITTA_ERROR_MEMORY, "Not enough memory to compare the measurements.");
  if (status == SAGITTA_OK && o.output) status = write_page(a, &o, language, &error);
  if (status == SAGITTA_OK && o.csv) status = write_figures(a, o.csv, &error);
  if (status == SAGITTA_OK) {
    print_agreement(o.csv && strcmp(o.csv, "-") == 0 ? stderr : stdout, a, o.output,
                    text_language_or(o.language, "en"));
  }
  if (a) agreement_free(a);
  free(a);
  return command_end(status, &error);
}

const command agreement_command = {
  .name = "agreement",
  .usage = "TABLE.csv [--with REFERENCE.csv] [options]",
  .purpose = TRANSLATABLE("How far measurements agree: with a reference, between raters, with themselves."),
  .about = TRANSLATABLE(
      "Bland and Altman's limits of agreement (with several measurements a person), intraclass correlation, standard "
      "error of measurement, detectable change, how often a reference lies in our 95 % intervals, and kappa of what "
      "was "
      "said; each with its 95 % interval and with its method named.\n\n"
      "TABLE.csv is what analyze --table writes, or any table whose first line names the columns. A reference needs "
      "the "
      "column file, or client and trial, and its values under the same names (hip_hinge_deg …); or the readings of two "
      "inclinometers: t12_start_deg, t12_end_deg, s1_start_deg, s1_end_deg. Decimal commas are understood.\n\n"
      "Without --with, --between and --columns, a client's lines are repeats: how well do we agree with ourselves?\n\n"
      " Exit status: 0 compared · 2 wrong usage, or nothing to compare · 3 a table cannot be read\n"
      "              4 an output cannot be written"),
  .options = rows,
  .run = run,
};
