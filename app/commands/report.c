/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta report: a result as a page for the client and one for the professional. */
#include "report/report.h"

#include <stdlib.h>
#include <string.h>

#include "measure/outputs.h"
#include "commands/access.h"
#include "records/records.h"
#include "cli/text.h"

typedef struct report_options {
  const char *output, *page;
  const char *tracks, *video, *camera, *overlay;
  double rate;
  const char *client, *name, *date, *pretest;
  records_place place;
  bool help, version;
} report_options;

#define AT(field) offsetof(report_options, field)
static const option_row rows[] = {
  { "output", "FILE", OPTION_TEXT, AT(output), 0, 0, NULL,
    "What to write, by the end of its name: .pdf, .html, .svg or .png; -o FILE for short." },
  { "page", "WHICH", OPTION_TEXT, AT(page), 0, 0, NULL, "client, professional or both (default)." },
  { "tracks", "FILE.csv", OPTION_TEXT, AT(tracks), 0, 0, NULL,
    "The tracks file that the result came from: gives the angles through time and the markers' picture." },
  { "video", "FILE", OPTION_TEXT, AT(video), 0, 0, NULL,
    "The video of these tracks, for photographs of start and deepest point; the head is hidden. Needs --tracks." },
  { "rate", "FPS", OPTION_NUMBER, AT(rate), 0.01, 100000, NULL, "The --rate that analyze was given for the video." },
  { "camera", "FILE", OPTION_TEXT, AT(camera), 0, 0, NULL, "The --camera that analyze was given. Goes with --tracks." },
  { "overlay", "FILE.mp4", OPTION_TEXT, AT(overlay), 0, 0, NULL,
    "HTML: the overlay video beside the chart. Up to 20 MB it is put into the page, a larger one is named by it." },
  { "client", "ID", OPTION_TEXT, AT(client), 0, 0, NULL,
    "Name, history and answers before the test from this client's records." },
  { "name", "TEXT", OPTION_TEXT, AT(name), 0, 0, NULL, "The name on the page, without or instead of the records'." },
  { "date", "YYYY-MM-DD", OPTION_TEXT, AT(date), 0, 0, NULL,
    "The day on the page (default: that of the visit in which the result was saved)." },
  { "pretest", "FILE", OPTION_TEXT, AT(pretest), 0, 0, NULL,
    "The answers to the questions before a test (see: sagitta records questions)." },
  ACCESS_ROWS(report_options),
  { "help", NULL, OPTION_FLAG, AT(help), 0, 0, NULL, "This help." },
  { "version", NULL, OPTION_FLAG, AT(version), 0, 0, NULL, "The version." },
  { .name = NULL }
};

/* Everything that one run owns. */
typedef struct job {
  report_options options;
  report_format format;
  report_pages pages;
  sagitta_result *result, *angles;
  sagitta_tracks *tracks;
  sagitta_source *source;
  records *records;
  report *report;
  sagitta_output *output;
  sagitta_error error;
} job;

static const char *base_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

static bool check_inputs(const report_options *o, const char *result, char *why) {
  const struct {
    const char *file, *option;
  } inputs[] = { { result, "the result" },    { o->tracks, "--tracks" },   { o->video, "--video" },
                 { o->overlay, "--overlay" }, { o->pretest, "--pretest" }, { o->camera, "--camera" } };
  for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
    if (!inputs[i].file || !output_same_file(o->output, inputs[i].file)) continue;
    snprintf(why, OPTION_WHY, "The report would overwrite %s, '%.200s': give it another name.", inputs[i].option,
             inputs[i].file);
    return false;
  }
  return true;
}

static bool check_options(job *j, const char *result, char *why) {
  const report_options *o = &j->options;
  j->pages = o->page ? report_pages_of(o->page) : REPORT_BOTH;
  if (!o->output) {
    snprintf(why, OPTION_WHY, "What shall the report be called? Add, for example, -o report.pdf.");
  } else if ((j->format = report_format_of(o->output)) == REPORT_NONE) {
    snprintf(why, OPTION_WHY, "A report is a .pdf, .html, .svg or .png by the end of its name, and '%.200s' is none.",
             o->output);
  } else if (!j->pages) {
    snprintf(why, OPTION_WHY, "--page is client, professional or both, and not '%.80s'.", o->page);
  } else if (o->video && !o->tracks) {
    snprintf(why, OPTION_WHY, "--video needs --tracks: without it nobody knows where the head is, to hide it.");
  } else if (o->rate > 0 && !o->video) {
    snprintf(why, OPTION_WHY, "--rate goes with --video: leave it out.");
  } else if (o->camera && !o->tracks) {
    snprintf(why, OPTION_WHY, "--camera goes with --tracks: leave it out.");
  } else if (o->overlay && j->format != REPORT_HTML) {
    snprintf(why, OPTION_WHY, "A video goes into HTML only: leave out --overlay, or write a report.html.");
  } else if (o->name && (!records_text_is_plain(o->name, false) || strlen(o->name) >= RECORDS_NAME)) {
    snprintf(why, OPTION_WHY, "The name is too long, or has control characters in it.");
  } else if (o->date && !records_is_day(o->date)) {
    snprintf(why, OPTION_WHY, "'%.40s' is no day. Write it as YYYY-MM-DD.", o->date);
  } else if (!o->client && (o->place.file || o->place.key_file)) {
    snprintf(why, OPTION_WHY, "Whose records? Add --client ID, or leave out %s.",
             o->place.file ? "--records" : "--key-file");
  } else {
    return check_inputs(o, result, why);
  }
  return false;
}

/* A video of the same name, or none: the head is where these tracks say, and nowhere else. */
static sagitta_status check_video(job *j) {
  const char *made_from = sagitta_tracks_get_info(j->tracks)->source, *given = base_name(j->options.video);
  if (!made_from[0] || strcmp(base_name(made_from), given) == 0) return SAGITTA_OK;
  return records_fail(&j->error, SAGITTA_ERROR_ARGUMENT,
                      "The tracks were made from \"%.300s\" and not from \"%.300s\": the head could not be hidden in "
                      "another video. Give that video, under that name.",
                      made_from, given);
}

static sagitta_status open_video(job *j) {
  const sagitta_status right = check_video(j);
  if (right != SAGITTA_OK) return right;
  sagitta_source_settings settings = sagitta_source_default_settings();
  settings.rate = j->options.rate;
  return sagitta_source_open(&j->source, &j->options.video, 1, &settings, &j->error);
}

/* The result with its angles, from the tracks where they are given. */
static sagitta_status load(job *j, const char *file) {
  const report_options *o = &j->options;
  sagitta_status status = sagitta_result_read(&j->result, file, &j->error);
  if (status != SAGITTA_OK || !o->tracks) return status;
  status = sagitta_tracks_read(&j->tracks, o->tracks, &j->error);
  if (status == SAGITTA_OK) status = report_analyze_again(&j->angles, j->result, j->tracks, o->camera, &j->error);
  if (status == SAGITTA_OK && o->video) status = open_video(j);
  return status;
}

static sagitta_status add_client(job *j) {
  records_client client;
  const report_options *o = &j->options;
  sagitta_status status = records_open(&j->records, &o->place, RECORDS_READ, &j->error);
  if (status == SAGITTA_OK) status = records_client_find(j->records, o->client, &client, &j->error);
  if (status == SAGITTA_OK) status = report_add_client(j->report, j->records, &client, &j->error);
  return status;
}

static sagitta_status add_words(job *j) {
  const report_options *o = &j->options;
  if (o->name) report_set_name(j->report, o->name);
  if (o->date) report_set_day(j->report, o->date);
  if (!o->pretest) return SAGITTA_OK;
  char *answers = NULL;
  const sagitta_status status = pretest_read(&answers, o->pretest, &j->error);
  if (status == SAGITTA_OK) report_add_pretest(j->report, answers);
  free(answers);
  return status;
}

static sagitta_status make(job *j, const char *file) {
  const report_options *o = &j->options;
  const report_video video = { .file = o->overlay, .name = o->overlay, .page = o->output };
  sagitta_status status = load(j, file);
  if (status == SAGITTA_OK) status = report_new(&j->report, j->result, j->angles, j->tracks, &j->error);
  /* The day given goes before the history, which ends with it. */
  if (status == SAGITTA_OK) status = add_words(j);
  if (status == SAGITTA_OK && o->client) status = add_client(j);
  if (status == SAGITTA_OK) status = add_words(j);
  if (status == SAGITTA_OK && j->source) status = report_add_photographs(j->report, j->source, &j->error);
  if (status == SAGITTA_OK) {
    status = report_write(j->report, j->pages, j->format, o->overlay ? &video : NULL, j->output, &j->error);
  }
  return status;
}

static int execute(job *j, const char *file) {
  sagitta_status status = output_begin(&j->output, j->options.output, &j->error);
  if (status == SAGITTA_OK) status = make(j, file);
  if (status == SAGITTA_OK) {
    status = output_end(&j->output, &j->error);
  } else {
    output_drop(&j->output);
  }
  if (status != SAGITTA_OK) return command_fail(&j->error);
  const char *remark = report_remark(j->report, report_format_of(j->options.output));
  if (remark) text_complain(remark);
  fputs("Report: ", stdout);
  text_wrap(stdout, j->options.output, text_columns(stdout), 8, 0);
  return command_finish(EXIT_MEASURED);
}

static void release(job *j) {
  report_free(&j->report);
  records_close(&j->records);
  sagitta_source_close(&j->source);
  sagitta_result_free(&j->angles);
  sagitta_result_free(&j->result);
  sagitta_tracks_free(&j->tracks);
}

static int run_report(int count, char **arguments) {
  static char output[] = "--output";
  job j = { .error = SAGITTA_ERROR_INIT };
  char why[OPTION_WHY];
  int inputs;
  for (int i = 0; i < count; i++) {
    if (strcmp(arguments[i], "-o") == 0) arguments[i] = output;
  }
  const int done =
      command_begin(&report_command, &j.options, &j.options.help, &j.options.version, count, arguments, &inputs);
  if (done >= 0) return done;
  if (inputs != 1 || !*arguments[0]) {
    return command_misused(&report_command,
                           inputs > 1 ? "One result makes one report: name one file."
                                      : "Which result? Name the file that analyze --json wrote: sagitta report "
                                        "result.json -o report.pdf.");
  }
  if (!check_options(&j, arguments[0], why)) return command_misused(&report_command, why);
  const int code = execute(&j, arguments[0]);
  release(&j);
  return code;
}

const command report_command = {
  .name = "report",
  .usage = "RESULT.json -o FILE [options]",
  .purpose = "A result as a page to hand over (PDF, HTML, SVG, PNG).",
  .about =
      "Make a page for the client and one for the professional from a result that analyze --json wrote. With the "
      "tracks file there are also the angles through time, with its video photographs, from --client the history with "
      "the change that counts. What is not given is left out.\n\n"
      "The HTML page is one file for telephone, screen and printer. SVG and PNG show the pages one below the "
      "other.\n\n"
      " Exit status: 0 written · 2 wrong usage · 3 an input cannot be read\n"
      "              4 the report cannot be written",
  .options = rows,
  .run = run_report,
};
