/* SPDX-License-Identifier: Apache-2.0 */
#include "commands/compare_page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/sandbox.h"
#include "cli/files.h"

bool pair_files_parse(void *at, const char *value, char *why) {
  pair_files *files = at;
  if (files->count < 2 && *value) {
    files->file[files->count++] = value;
    return true;
  }
  if (!*value) return options_refuse(why, "The name of a file is empty.");
  return options_refuse(why, "There are two sides, and a third file, '%.200s'. Leave one out.", value);
}

/* An output is never one of the inputs. */
static bool overwrites(const compare_options *o, char *const *words, int count, char *why) {
  const char *inputs[] = { count > 0 ? words[0] : NULL,
                           count > 1 ? words[1] : NULL,
                           o->tracks.file[0],
                           o->tracks.file[1],
                           o->video.file[0],
                           o->video.file[1],
                           o->clinic };
  for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
    if (!inputs[i] || !files_same(o->output, inputs[i])) continue;
    options_refuse(why, "The page would overwrite '%.200s': give it another name.", inputs[i]);
    return true;
  }
  return false;
}

bool compare_options_check(compare_options *o, char *const *words, int count, char *why) {
  report_paper paper;
  const bool look = o->clinic || o->paper || o->tracks.count || o->video.count;
  if (o->output && o->report) {
    return options_refuse(why, "--output and --report are the same: give one of them.");
  }
  if (o->report) o->output = o->report;
  if (!o->output && look) {
    options_refuse(why, "%s is for the page: add -o page.pdf, or leave it out.",
                   o->clinic         ? "--clinic"
                   : o->paper        ? "--paper"
                   : o->tracks.count ? "--tracks"
                                     : "--video");
  } else if (o->output && report_format_of(o->output) == REPORT_NONE) {
    options_refuse(why, "A page is a .pdf, .html, .svg or .png by the end of its name, and '%.200s' is none.",
                   o->output);
  } else if (o->paper && !report_paper_of(o->paper, &paper)) {
    options_refuse(why, "--paper is a4 or letter, and not '%.80s'.", o->paper);
  } else if (o->tracks.count == 1 || (o->video.count && o->video.count != 2)) {
    options_refuse(why, "%s is given twice, for A and for B.", o->tracks.count == 1 ? "--tracks" : "--video");
  } else if (o->video.count && !o->tracks.count) {
    options_refuse(why, "--video needs --tracks: without it nobody knows where the head is, to hide it.");
  } else {
    return !o->output || !overwrites(o, words, count, why);
  }
  return false;
}

/* One side: its report, and what it was made from. */
typedef struct page_side {
  report *report;
  sagitta_tracks *tracks;
  sagitta_result *angles;
  sagitta_source *source;
} page_side;

static void release(page_side *s) {
  report_free(&s->report);
  sagitta_result_free(&s->angles);
  sagitta_tracks_free(&s->tracks);
  sagitta_source_close(&s->source);
}

static sagitta_status add_photographs(page_side *s, const char *video, sagitta_error *error) {
  sagitta_source_settings settings = sandbox_source_settings();
  sagitta_status status = report_check_video(s->tracks, video, error);
  if (status == SAGITTA_OK) status = sagitta_source_open(&s->source, &video, 1, &settings, error);
  return status == SAGITTA_OK ? report_add_photographs(s->report, s->source, error) : status;
}

/* Of a result of the records with which key frames are kept: its tracks, for the photographs out of these. What cannot
 * be had is left out. */
static void take_kept(page_side *s, records *r, const comparison_side *from) {
  char *text = NULL;
  records_result *row = NULL;
  records_kept kept = { 0, "" };
  sagitta_error unheard = SAGITTA_ERROR_INIT;
  if (!r || !from->number || records_result_get(r, from->number, &row, &unheard) != SAGITTA_OK) return;
  records_pictures_look(r, row, RECORDS_FRAMES, &kept);
  records_results_free(row, 1);
  if (!kept.bytes || records_result_tracks(r, from->number, &text, &unheard) != SAGITTA_OK || !text) return;
  if (sagitta_tracks_parse(&s->tracks, text, strlen(text), &unheard) == SAGITTA_OK &&
      report_analyze_again(&s->angles, from->result, s->tracks, NULL, &unheard) != SAGITTA_OK) {
    sagitta_tracks_free(&s->tracks);
  }
  free(text);
}

/* The tracks have to give the result's own angles again: those of another recording are refused. */
static sagitta_status make_side(page_side *s, records *r, const comparison_side *from, const char *tracks,
                                const char *video, bool keep_background, sagitta_error *error) {
  sagitta_status status = SAGITTA_OK;
  bool added;
  if (!tracks) take_kept(s, r, from);
  if (tracks) status = sagitta_tracks_read(&s->tracks, tracks, error);
  if (status == SAGITTA_OK && tracks) {
    status = report_analyze_again(&s->angles, from->result, s->tracks, NULL, error);
  }
  if (status == SAGITTA_OK) status = report_new(&s->report, from->result, s->angles, s->tracks, error);
  if (status == SAGITTA_OK) report_keep_background(s->report, keep_background);
  if (status == SAGITTA_OK && !tracks && s->tracks) {
    status = report_add_kept_frames(s->report, r, from->number, &added, error);
  }
  return status == SAGITTA_OK && video ? add_photographs(s, video, error) : status;
}

/* Whose and when: the later of the two days. */
static void tell_whose(report *r, const comparison *both) {
  char today[RECORDS_DAY];
  const history *h = both->a.h ? both->a.h : both->b.h;
  if (h) report_set_name(r, *h->client.name ? h->client.name : h->client.code);
  records_today(today);
  const char *a = both->a.day, *b = both->b.day;
  if (!*a && !*b) {
    report_set_printed(r, today);
  } else {
    report_set_day(r, strcmp(a, b) > 0 ? a : b);
  }
}

static sagitta_status write_page(const report *r, const compare_options *o, sagitta_error *error) {
  sagitta_output *to = NULL;
  sagitta_status status = output_begin(&to, o->output, error);
  if (status == SAGITTA_OK) {
    status = report_write(r, REPORT_PAIR, report_format_of(o->output), NULL, to, error);
  }
  if (status == SAGITTA_OK) return output_end(&to, error);
  output_drop(&to);
  return status;
}

sagitta_status compare_write_page(comparison *both, const compare_options *o, sagitta_error *error) {
  page_side side[2] = { { .report = NULL }, { .report = NULL } };
  clinic *head = NULL;
  report_paper paper = report_paper_usual();
  if (o->paper) (void)report_paper_of(o->paper, &paper);
  const comparison_side *const from[2] = { &both->a, &both->b };
  sagitta_status status = o->clinic ? clinic_read(&head, o->clinic, error) : SAGITTA_OK;
  if (status == SAGITTA_OK) status = comparison_documents(both, error);
  for (int i = 0; i < 2 && status == SAGITTA_OK; i++) {
    status = make_side(&side[i], both->r, from[i], o->tracks.file[i], o->video.file[i], o->keep_background, error);
  }
  if (status == SAGITTA_OK) {
    report *r = side[1].report;
    if (o->change.language) report_set_language(r, o->change.language);
    report_set_paper(r, paper);
    report_set_clinic(r, head);
    tell_whose(r, both);
    report_set_pair(r, side[0].report, both);
    status = write_page(r, o, error);
  }
  for (int i = 0; i < 2; i++) release(&side[i]);
  clinic_free(&head);
  return status;
}
