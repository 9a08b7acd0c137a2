/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta report: a result as a page for the client and one for the professional. */
#include "report/report.h"

#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/sandbox.h"
#include "cli/files.h"
#include "cli/option_values.h"
#include "cli/options.h"
#include "cli/text.h"
#include "commands/commands.h"
#include "records/history.h"
#include "records/records.h"

typedef struct report_options {
  const char *output, *page;
  const char *tracks, *video, *camera, *overlay;
  double rate;
  const char *client, *name, *date, *pretest, *clinic, *paper;
  records_place place;
  bool keep_background, help, version;
} report_options;

static const option_row rows[] = {
  OUTPUT_ROW(report_options, output, "FILE",
             "What to write, by the end of its name: .pdf, .html, .svg or .png; -o FILE for short."),
  TEXT_ROW(report_options, page, "page", "WHICH", "client, professional or both (default)."),
  TEXT_ROW(report_options, tracks, "tracks", "FILE.csv",
           "The tracks file that the result came from: gives the angles through time and the markers' picture."),
  TEXT_ROW(
      report_options, video, "video", "FILE",
      "The video of these tracks, for photographs of start and deepest point; the head is hidden. Needs --tracks, or a "
      "recording of the records."),
  RATE_ROW(report_options, rate, "The --rate that analyze was given for the video."),
  CAMERA_ROW(report_options, camera, "The --camera that analyze was given. Goes with --tracks."),
  TEXT_ROW(
      report_options, overlay, "overlay", "FILE.mp4",
      "HTML: the overlay video beside the chart. Up to 20 MB it is put into the page, a larger one is named by it."),
  CLINIC_ROW(report_options, clinic),
  PAPER_ROW(report_options, paper),
  BACKGROUND_ROW(report_options, keep_background),
  TEXT_ROW(report_options, client, "client", "ID",
           "Name, history and answers before the test from this client's records."),
  TEXT_ROW(report_options, name, "name", "TEXT", "The name on the page, without or instead of the records'."),
  DATE_ROW(report_options, date,
           "The day on the page (default: that of the visit in which the result was saved, else that of printing)."),
  PRETEST_ROW(report_options, pretest, "The answers to the questions before a test (see: sagitta records questions)."),
  RECORDS_ROWS(report_options, place),
  HELP_ROWS(report_options)
};

/* Everything that one run owns. */
typedef struct report_run {
  report_options options;
  report_format format;
  report_pages pages;
  sagitta_result *result, *angles;
  sagitta_tracks *tracks;
  sagitta_source *source;
  records *records;
  report *report;
  report_kept kept; /* of a recording in the records: owns its report */
  clinic *clinic;
  report_paper paper;
  sagitta_output *output;
  sagitta_error error;
} report_run;

static bool check_inputs(const report_options *o, const char *result, char *why) {
  const struct {
    const char *file, *option;
  } inputs[] = { { result, say(text_language(), "the result") },
                 { o->tracks, "--tracks" },
                 { o->video, "--video" },
                 { o->overlay, "--overlay" },
                 { o->pretest, "--pretest" },
                 { o->camera, "--camera" },
                 { o->clinic, "--clinic" } };
  for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
    if (!inputs[i].file || !files_same(o->output, inputs[i].file)) continue;
    return options_refuse(why, "The report would overwrite %s, '%.200s': give it another name.", inputs[i].option,
                          inputs[i].file);
  }
  return true;
}

/* Of a recording that the records name, they have the rest. */
static bool check_kept(const report_options *o, char *why) {
  const struct {
    const char *given, *option;
  } misfits[] = {
    { o->tracks, "--tracks" }, { o->client, "--client" }, { o->pretest, "--pretest" }, { o->date, "--date" }
  };
  for (size_t i = 0; i < sizeof misfits / sizeof *misfits; i++) {
    if (!misfits[i].given) continue;
    return options_refuse(why, "%s is in the records already: leave it out.", misfits[i].option);
  }
  if (!o->overlay || report_format_of(o->output) == REPORT_HTML) return true;
  return options_refuse(why, "A video goes into HTML only: leave out --overlay, or write a report.html.");
}

static bool check_options(report_run *r, const char *result, char *why) {
  const report_options *o = &r->options;
  r->paper = report_paper_usual();
  r->pages = o->page ? report_pages_of(o->page) : REPORT_BOTH;
  if (!o->output) {
    options_refuse(why, "What shall the report be called? Add, for example, -o report.pdf.");
  } else if ((r->format = report_format_of(o->output)) == REPORT_NONE) {
    options_refuse(why, "A report is a .pdf, .html, .svg or .png by the end of its name, and '%.200s' is none.",
                   o->output);
  } else if (!r->pages) {
    options_refuse(why, "--page is client, professional or both, and not '%.80s'.", o->page);
  } else if (o->paper && !report_paper_of(o->paper, &r->paper)) {
    options_refuse(why, "--paper is a4 or letter, and not '%.80s'.", o->paper);
  } else if (!comparison_is_file(result) && !records_is_name(result)) {
    options_refuse(
        why, "'%.100s' is neither a result file nor a recording of the records: CLIENT@last, CLIENT@2026-03-31, #12.",
        result);
  } else if (!comparison_is_file(result)) {
    return check_kept(o, why) && check_inputs(o, NULL, why);
  } else if (o->video && !o->tracks) {
    options_refuse(why, "--video needs --tracks: without it nobody knows where the head is, to hide it.");
  } else if (o->rate > 0 && !o->video) {
    options_refuse(why, "--rate goes with --video: leave it out.");
  } else if (o->camera && !o->tracks) {
    options_refuse(why, "--camera goes with --tracks: leave it out.");
  } else if (o->overlay && r->format != REPORT_HTML) {
    options_refuse(why, "A video goes into HTML only: leave out --overlay, or write a report.html.");
  } else if (o->name && (!records_text_is_plain(o->name, false) || strlen(o->name) >= RECORDS_NAME)) {
    options_refuse(why, "The name is too long, or has control characters in it.");
  } else if (o->date && !records_is_day(o->date)) {
    options_refuse(why, "'%.40s' is no day. Write it as YYYY-MM-DD.", o->date);
  } else if (!o->client && (o->place.file || o->place.key_file) && comparison_is_file(result)) {
    options_refuse(why, "Whose records? Add --client ID, or leave out %s.", o->place.file ? "--records" : "--key-file");
  } else {
    return check_inputs(o, result, why);
  }
  return false;
}

static sagitta_status open_video(report_run *r) {
  const sagitta_status right = report_check_video(r->tracks, r->options.video, &r->error);
  if (right != SAGITTA_OK) return right;
  sagitta_source_settings settings = sandbox_source_settings();
  settings.rate = r->options.rate;
  return sagitta_source_open(&r->source, &r->options.video, 1, &settings, &r->error);
}

/* The result with its angles, from the tracks where they are given. */
static sagitta_status load(report_run *r, const char *file) {
  const report_options *o = &r->options;
  sagitta_status status = sagitta_result_read(&r->result, file, &r->error);
  if (status != SAGITTA_OK || !o->tracks) return status;
  status = sagitta_tracks_read(&r->tracks, o->tracks, &r->error);
  if (status == SAGITTA_OK) status = report_analyze_again(&r->angles, r->result, r->tracks, o->camera, &r->error);
  if (status == SAGITTA_OK && o->video) status = open_video(r);
  return status;
}

static sagitta_status add_client(report_run *r) {
  records_client client;
  const report_options *o = &r->options;
  sagitta_status status = records_open(&r->records, &o->place, RECORDS_READ, &r->error);
  if (status == SAGITTA_OK) status = records_client_find(r->records, o->client, &client, &r->error);
  if (status == SAGITTA_OK) status = report_add_client(r->report, r->records, &client, &r->error);
  return status;
}

static sagitta_status add_words(report_run *r) {
  const report_options *o = &r->options;
  if (o->name) report_set_name(r->report, o->name);
  if (o->date) report_set_day(r->report, o->date);
  if (!o->pretest) return SAGITTA_OK;
  char *answers = NULL;
  const sagitta_status status = pretest_read(&answers, o->pretest, &r->error);
  if (status == SAGITTA_OK) report_add_pretest(r->report, answers);
  free(answers);
  return status;
}

/* How it looks on paper, whichever way the report came to be. */
static void settle_paper(report_run *r, report *made) {
  report_set_paper(made, r->paper);
  report_set_clinic(made, r->clinic);
  report_keep_background(made, r->options.keep_background);
}

/* A page without a day says nothing to whoever finds it later. */
static void settle_day(report_run *r) {
  char today[RECORDS_DAY];
  if (report_has_day(r->report)) return;
  records_today(today);
  report_set_printed(r->report, today);
}

static sagitta_status make(report_run *r, const char *file) {
  const report_options *o = &r->options;
  const report_video video = { .file = o->overlay, .name = o->overlay, .page = o->output };
  sagitta_status status = load(r, file);
  if (status == SAGITTA_OK) status = report_new(&r->report, r->result, r->angles, r->tracks, &r->error);
  /* The day given goes before the history, which ends with it. */
  if (status == SAGITTA_OK) status = add_words(r);
  if (status == SAGITTA_OK && o->client) status = add_client(r);
  if (status == SAGITTA_OK) status = add_words(r);
  if (status == SAGITTA_OK) settle_paper(r, r->report);
  if (status == SAGITTA_OK) settle_day(r);
  if (status == SAGITTA_OK && r->source) status = report_add_photographs(r->report, r->source, &r->error);
  if (status == SAGITTA_OK) {
    status = report_write(r->report, r->pages, r->format, o->overlay ? &video : NULL, r->output, &r->error);
  }
  return status;
}

/* Of a recording in the records. */
static sagitta_status make_kept(report_run *r, const char *word) {
  const report_options *o = &r->options;
  const report_found found = { o->video, o->camera, o->rate, o->keep_background };
  const report_video video = { .file = o->overlay, .name = o->overlay, .page = o->output };
  records_name name;
  int64_t id = 0;
  int others = 0;
  sagitta_status status = records_name_parse(&name, word, NULL, &r->error);
  if (status == SAGITTA_OK) status = records_open(&r->records, &o->place, RECORDS_READ, &r->error);
  if (status == SAGITTA_OK) status = records_name_find(r->records, &name, &id, &others, &r->error);
  if (status == SAGITTA_OK) status = report_keep(&r->kept, r->records, id, &found, &r->error);
  if (status != SAGITTA_OK) return status;
  settle_paper(r, r->kept.report);
  if (o->name) report_set_name(r->kept.report, o->name);
  if (others) {
    char note[200];
    snprintf(note, sizeof note,
             error_say(&r->error, "Of %d recordings that fit, this is the last that was saved: result %lld."),
             others + 1, (long long)id);
    text_complain(note);
  }
  if (*r->kept.remark) text_complain(r->kept.remark);
  return report_write(r->kept.report, r->pages, r->format, o->overlay ? &video : NULL, r->output, &r->error);
}

static int execute(report_run *r, const char *file) {
  const bool kept = !comparison_is_file(file);
  const char *clinic_file = r->options.clinic;
  sagitta_status status = clinic_file ? clinic_read(&r->clinic, clinic_file, &r->error) : SAGITTA_OK;
  if (status == SAGITTA_OK) status = output_begin(&r->output, r->options.output, &r->error);
  if (status == SAGITTA_OK) status = kept ? make_kept(r, file) : make(r, file);
  if (status == SAGITTA_OK) {
    status = output_end(&r->output, &r->error);
  } else {
    output_drop(&r->output);
  }
  if (status != SAGITTA_OK) return command_fail(&r->error);
  const char *remark = report_remark(kept ? r->kept.report : r->report, report_format_of(r->options.output));
  if (remark) text_complain(error_say(&r->error, remark));
  const char *title = error_say(&r->error, "Report");
  printf("%s: ", title);
  text_wrap(stdout, r->options.output, text_columns(stdout), text_width(title) + 2, 0);
  return command_finish(EXIT_MEASURED);
}

static void release(report_run *r) {
  report_kept_free(&r->kept);
  report_free(&r->report);
  clinic_free(&r->clinic);
  records_close(&r->records);
  sagitta_source_close(&r->source);
  sagitta_result_free(&r->angles);
  sagitta_result_free(&r->result);
  sagitta_tracks_free(&r->tracks);
}

static int run(const command *self, int count, char **arguments) {
  report_run r = { .error = error_at_terminal() };
  char why[OPTION_WHY];
  int inputs;
  const int done = command_begin(self, &r.options, count, arguments, &inputs);
  if (done >= 0) return done;
  if (inputs != 1 || !*arguments[0]) {
    return command_misused(
        self, inputs > 1 ? TRANSLATABLE("One result makes one report: name one file.")
                         : TRANSLATABLE("Which result? Name the file that analyze --json wrote, or a recording of "
                                        "the records: sagitta report result.json -o report.pdf, sagitta report "
                                        "CLIENT@last -o report.pdf."));
  }
  if (!check_options(&r, arguments[0], why)) return command_misused(self, why);
  const int code = execute(&r, arguments[0]);
  release(&r);
  return code;
}

const command report_command = {
  .name = "report",
  .usage = "RESULT.json|RECORDING -o FILE [options]",
  .purpose = TRANSLATABLE("A result as a page to hand over (PDF, HTML, SVG, PNG)."),
  .about = TRANSLATABLE(
      "Make a page for the client and one for the professional from a result that analyze --json wrote. With the "
      "tracks file there are also the angles through time, with its video photographs, from --client the history with "
      "the change that counts. What is not given is left out.\n\n"
      "Of a recording that was saved for a client (CLIENT@last, CLIENT@2026-03-31, CLIENT@2026-03-31:after, or its "
      "number, "
      "N or #N) the records have all of this; photographs are made where its video is still there and still the same "
      "file. "
      "Where the video has been moved, --video says where it is now.\n\n"
      "The HTML page is one file for telephone, screen and printer. SVG and PNG show the pages one below the "
      "other.\n\n"
      " Exit status: 0 written · 2 wrong usage · 3 an input cannot be read\n"
      "              4 the report cannot be written"),
  .options = rows,
  .run = run,
};
