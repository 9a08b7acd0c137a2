/* SPDX-License-Identifier: Apache-2.0 */
/* Saving what analyze measures: whose it is, the questions before the test, the result. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/failure.h"
#include "cli/options.h"
#include "cli/text.h"
#include "records/records.h"

bool keep_mark(bool before, bool after, records_mark *mark, char *why) {
  *mark = before ? RECORDS_BEFORE : after ? RECORDS_AFTER : RECORDS_UNMARKED;
  if (!before || !after) return true;
  return options_refuse(why, "--before and --after cannot both hold: give the one that does.");
}

bool keep_check(const keep_options *o, char *why) {
  records_mark mark;
  const struct {
    bool given;
    const char *option;
  } needing[] = {
    { o->pain >= 0, "--pain" },
    { o->before, "--before" },
    { o->after, "--after" },
    { o->pretest != NULL, "--pretest" },
    { o->date != NULL, "--date" },
    { o->place.file != NULL, "--records" },
    { o->force, "--force" },
    { o->place.key_file != NULL, "--key-file" },
    { o->same_markers, "--same-markers" },
    { o->new_markers, "--new-markers" },
    { o->rest > 0, "--rest" },
  };
  for (size_t i = 0; i < sizeof needing / sizeof *needing && !o->client; i++) {
    if (!needing[i].given) continue;
    return options_refuse(why, "%s goes with --client ID: whose result is it?", needing[i].option);
  }
  if (o->date && !records_is_day(o->date)) {
    return options_refuse(why, "--date is written YYYY-MM-DD, as 2026-03-31, and is not in the future; got '%.40s'.",
                          o->date);
  }
  if (o->same_markers && o->new_markers) {
    return options_refuse(why, "--same-markers and --new-markers cannot both hold: give the one that does.");
  }
  return keep_mark(o->before, o->after, &mark, why);
}

static sagitta_status judge(keep *k, const char *answers, bool cleared, bool force, sagitta_error *error) {
  char advice[1200];
  if (!pretest_has_yes(answers) || cleared || force) return SAGITTA_OK;
  pretest_advice(answers, k->language, advice, sizeof advice);
  return fail_with(error, SAGITTA_NO_MEASUREMENT,
                   "%s Nothing was measured or saved but these answers. Once a clinician has cleared %s: --force.",
                   advice, k->client.code);
}

/* The answers of this visit: from the file, from earlier, or asked now. */
static sagitta_status pretest(keep *k, const keep_options *o, bool ask, sagitta_error *error) {
  char *answers = NULL;
  bool cleared = false, new_ones = false;
  sagitta_status status = SAGITTA_OK;
  if (o->pretest) {
    status = pretest_read(&answers, o->pretest, error);
    new_ones = true;
  } else {
    status = records_visit_pretest(k->r, k->client.id, k->day, &answers, &cleared, error);
    if (status == SAGITTA_OK && !answers && ask) {
      status = pretest_ask(&answers, k->language, stdin, stderr, error);
      new_ones = true;
    }
  }
  k->unasked = !answers;
  const bool clears = o->force && !cleared && answers && pretest_has_yes(answers);
  if (status == SAGITTA_OK && answers && (new_ones || clears)) {
    status = records_visit_set(k->r, k->client.id, k->day, answers, clears, NULL, error);
  }
  if (status == SAGITTA_OK && answers) status = judge(k, answers, cleared, o->force, error);
  free(answers);
  return status;
}

/* What the visit says already: whether there is something before a treatment, and whether it was asked. */
static sagitta_status look_before(keep *k, bool *has_before, sagitta_error *error) {
  records_result *rows = NULL;
  size_t count = 0;
  *has_before = false;
  const sagitta_status status = records_results(k->r, k->client.id, false, &rows, &count, error);
  for (size_t i = 0; status == SAGITTA_OK && i < count; i++) {
    if (strcmp(rows[i].day, k->day) != 0) continue;
    *has_before = *has_before || rows[i].mark == RECORDS_BEFORE;
    if (rows[i].mark != RECORDS_AFTER || !rows[i].markers || k->markers) continue;
    k->markers = rows[i].markers;
    if (!k->rest_min) k->rest_min = rows[i].rest_min;
  }
  records_results_free(rows, count);
  return status;
}

static bool ask_line(const char *question, const char *hint, const char *language, char line[64]) {
  text_wrap(stderr, say(language, question), text_columns(stderr), 0, 0);
  fprintf(stderr, "  %s ", say(language, hint));
  fflush(stderr);
  return fgets(line, 64, stdin) != NULL;
}

static void ask_change(keep *k) {
  char line[64];
  int answer = -1;
  while (!k->markers && answer < 0) {
    if (!ask_line(TRANSLATABLE("Are the markers still where they were for the recording before the treatment?"),
                  TRANSLATABLE("(yes/no)"), k->language, line)) {
      return;
    }
    answer = answer_yes_or_no(line);
    if (answer >= 0) k->markers = answer ? RECORDS_MARKERS_SAME : RECORDS_MARKERS_NEW;
  }
  while (!k->rest_min) {
    if (!ask_line(TRANSLATABLE("For how many minutes has the client not bent forward?"),
                  TRANSLATABLE("(minutes; nothing: not known)"), k->language, line)) {
      return;
    }
    char *end;
    const long minutes = strtol(line, &end, 10);
    if (end == line && strspn(line, " \t\r\n") == strlen(line)) return;
    if (end != line && minutes >= 0 && minutes <= RECORDS_REST_MAX) {
      k->rest_min = (int)minutes;
      return;
    }
  }
}

/* Markers and rest, of what is measured after a treatment. */
static sagitta_status settle_change(keep *k, const keep_options *o, bool ask, sagitta_error *error) {
  bool has_before = false;
  k->markers = o->same_markers ? RECORDS_MARKERS_SAME : o->new_markers ? RECORDS_MARKERS_NEW : RECORDS_MARKERS_UNKNOWN;
  k->rest_min = o->rest;
  if (k->mark != RECORDS_AFTER || k->markers) return SAGITTA_OK;
  const sagitta_status status = look_before(k, &has_before, error);
  if (status == SAGITTA_OK && has_before && !k->markers && ask) ask_change(k);
  return status;
}

sagitta_status keep_begin(keep *k, const keep_options *o, bool ask, sagitta_error *error) {
  char why[OPTION_WHY];
  if (o->date) {
    (void)snprintf(k->day, sizeof k->day, "%s", o->date);
  } else {
    records_today(k->day);
  }
  k->pain = o->pain;
  if (!keep_mark(o->before, o->after, &k->mark, why)) return fail_with(error, SAGITTA_ERROR_ARGUMENT, "%s", why);
  sagitta_status status = records_open(&k->r, &o->place, RECORDS_WRITE, error);
  if (status == SAGITTA_OK) status = records_client_find(k->r, o->client, &k->client, error);
  if (status == SAGITTA_OK) status = pretest(k, o, ask, error);
  return status == SAGITTA_OK ? settle_change(k, o, ask, error) : status;
}

double keep_age(const keep *k) {
  const int age = k->client.birth_year ? atoi(k->day) - k->client.birth_year : 0;
  return age > 0 ? age : 0;
}

/* Where a page finds its photographs again: one video's path from the root; NULL for anything else. To be freed. */
static char *video_path(const keep_recording *what) {
  struct stat about;
  if (!what->is_video || what->inputs != 1 || stat(what->input[0], &about) != 0 || !S_ISREG(about.st_mode)) return NULL;
  return realpath(what->input[0], NULL);
}

/* The very same result is there: what is said of the pain now holds for it; its mark stays, for one file is not both
 * before and after. */
static sagitta_status renew_pain(keep *k, sagitta_error *error) {
  records_result *row = NULL;
  sagitta_status status = records_result_get(k->r, k->id, &row, error);
  k->repained = status == SAGITTA_OK && k->pain >= 0 && k->pain != row->pain;
  if (k->repained) status = records_result_update(k->r, k->id, row->mark, k->pain, error);
  records_results_free(row, row ? 1 : 0);
  return status;
}

sagitta_status keep_save(keep *k, const keep_recording *what, sagitta_error *error) {
  char *document = NULL, *tracks = NULL, hash[RECORDS_HASH];
  sagitta_status status = sagitta_result_print(what->result, &document, NULL, error);
  if (status == SAGITTA_OK && what->tracks) status = sagitta_tracks_print(what->tracks, &tracks, NULL, error);
  if (status != SAGITTA_OK) goto done;
  (void)hash_files(what->input, what->inputs, hash); /* a camera or a folder has none */
  char *video = video_path(what);
  const records_new_result n = { .client = k->client.id,
                                 .day = k->day,
                                 .document = document,
                                 .settings = what->settings,
                                 .input_sha256 = hash,
                                 .mark = k->mark,
                                 .markers = k->markers,
                                 .rest_min = k->rest_min,
                                 .pain = k->pain,
                                 .tracks = tracks,
                                 .video = video };
  status = records_result_save(k->r, &n, &k->id, &k->already, error);
  free(video);
  if (status == SAGITTA_OK && k->already) status = renew_pain(k, error);
done:
  sagitta_free(tracks);
  sagitta_free(document);
  return status;
}

void keep_report(const keep *k, FILE *to) {
  char *line = NULL;
  const int made =
      k->already
          ? asprintf(&line,
                     say(k->language,
                         "This very result is in the records already: result %lld of %s. Nothing was saved "
                         "twice%s; side, pain and marks are changed with: sagitta records edit --result %lld."),
                     (long long)k->id, k->client.code,
                     k->repained ? say(k->language, ", and its pain is what was said now") : "", (long long)k->id)
          : asprintf(&line, say(k->language, "Saved as result %lld of %s, visit of %s.%s"), (long long)k->id,
                     k->client.code, k->day,
                     k->unasked ? say(k->language, " The pre-test questions are unanswered: sagitta records questions.")
                                : "");
  if (made >= 0) text_wrap(to, line, text_columns(to), 0, 0);
  free(line);
}

void keep_end(keep *k) {
  records_close(&k->r);
}
