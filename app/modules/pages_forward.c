/* SPDX-License-Identifier: Apache-2.0 */
/* The functions of modules/pages_module.h, each handed on to the module, which is loaded when the first is called. What
 * frees loads nothing where nothing was made. */
#include "modules/pages_module.h"

#include <pthread.h>

#include "cli/modules.h"

static const pages_module *loaded;

static void load(void) {
  loaded = module_table("pages");
}

static const pages_module *module(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  (void)pthread_once(&once, load);
  return loaded;
}

sagitta_status overlay_make(const sagitta_source *source, const sagitta_tracks *tracks, const sagitta_result *result,
                            bool keep_background, sagitta_output *to, sagitta_progress progress, void *user,
                            sagitta_error *error) {
  return module()->overlay_make(source, tracks, result, keep_background, to, progress, user, error);
}

sagitta_status moment_pictures_open(moment_pictures **out, const sagitta_source *source, const sagitta_tracks *tracks,
                                    const sagitta_result *result, bool keep_background, sagitta_error *error) {
  return module()->moment_pictures_open(out, source, tracks, result, keep_background, error);
}

sagitta_status moment_pictures_draw(moment_pictures *pictures, const sagitta_explained_moment *moment,
                                    sagitta_output *to, sagitta_error *error) {
  return module()->moment_pictures_draw(pictures, moment, to, error);
}

void moment_pictures_close(moment_pictures **pictures) {
  if (*pictures) module()->moment_pictures_close(pictures);
}

sagitta_status key_frames_write(const sagitta_source *source, const sagitta_tracks *tracks,
                                const sagitta_result *result, bool keep_background, const char *folder,
                                bool written[KEY_FRAMES], sagitta_error *error) {
  return module()->key_frames_write(source, tracks, result, keep_background, folder, written, error);
}

sagitta_status report_new(report **out, const sagitta_result *result, const sagitta_result *angles,
                          const sagitta_tracks *tracks, sagitta_error *error) {
  return module()->report_new(out, result, angles, tracks, error);
}

void report_free(report **r) {
  if (r && *r) module()->report_free(r);
}

sagitta_status report_analyze_again(sagitta_result **out, const sagitta_result *result, const sagitta_tracks *tracks,
                                    const char *camera, sagitta_error *error) {
  return module()->report_analyze_again(out, result, tracks, camera, error);
}

void report_set_language(report *r, const char *code) {
  module()->report_set_language(r, code);
}

void report_set_name(report *r, const char *name) {
  module()->report_set_name(r, name);
}

void report_set_day(report *r, const char *day) {
  module()->report_set_day(r, day);
}

bool report_has_day(const report *r) {
  return module()->report_has_day(r);
}

void report_set_printed(report *r, const char *day) {
  module()->report_set_printed(r, day);
}

void report_set_mark(report *r, records_mark mark, int pain) {
  module()->report_set_mark(r, mark, pain);
}

sagitta_status report_add_client(report *r, records *from, const records_client *client, sagitta_error *error) {
  return module()->report_add_client(r, from, client, error);
}

void report_add_pretest(report *r, const char *answers) {
  module()->report_add_pretest(r, answers);
}

sagitta_status report_check_video(const sagitta_tracks *tracks, const char *video, sagitta_error *error) {
  return module()->report_check_video(tracks, video, error);
}

void report_keep_background(report *r, bool kept) {
  module()->report_keep_background(r, kept);
}

sagitta_status report_add_photographs(report *r, const sagitta_source *source, sagitta_error *error) {
  return module()->report_add_photographs(r, source, error);
}

sagitta_status report_add_kept_frames(report *r, records *from, int64_t id, bool *added, sagitta_error *error) {
  return module()->report_add_kept_frames(r, from, id, added, error);
}

sagitta_status report_keep(report_kept *k, records *from, int64_t id, const report_found *found, sagitta_error *error) {
  return module()->report_keep(k, from, id, found, error);
}

void report_kept_free(report_kept *k) {
  if (k->report || k->source || k->result || k->angles || k->tracks) module()->report_kept_free(k);
}

void report_set_pair(report *r, const report *before, const comparison *both) {
  module()->report_set_pair(r, before, both);
}

void report_set_session(report *r, const day_session *session, const report *const part[SESSION_PARTS]) {
  module()->report_set_session(r, session, part);
}

void report_set_paper(report *r, report_paper paper) {
  module()->report_set_paper(r, paper);
}

void report_set_clinic(report *r, const clinic *from) {
  module()->report_set_clinic(r, from);
}

sagitta_status report_ready(sagitta_error *error) {
  return module()->report_ready(error);
}

sagitta_status report_write(const report *r, report_pages pages, report_format format, const report_video *video,
                            sagitta_output *to, sagitta_error *error) {
  return module()->report_write(r, pages, format, video, to, error);
}

const char *report_remark(const report *r, report_format format) {
  return module()->report_remark(r, format);
}

sagitta_status clinic_read(clinic **out, const char *path, sagitta_error *error) {
  return module()->clinic_read(out, path, error);
}

void clinic_free(clinic **c) {
  if (c && *c) module()->clinic_free(c);
}

int logo_drawer_main(void) {
  return module()->logo_drawer_main();
}

sagitta_status class_write(const class_sheet *s, report_format format, sagitta_output *to, sagitta_error *error) {
  return module()->class_write(s, format, to, error);
}

sagitta_status agreement_page_write(const agreement_page *page, report_format format, sagitta_output *to,
                                    sagitta_error *error) {
  return module()->agreement_page_write(page, format, to, error);
}

sagitta_status proof_page_write(const proof_page *page, report_format format, sagitta_output *to,
                                sagitta_error *error) {
  return module()->proof_page_write(page, format, to, error);
}

sagitta_status report_settings_of(const sagitta_result *result, sagitta_analysis_settings *settings, bool *calibrated,
                                  sagitta_error *error) {
  return module()->report_settings_of(result, settings, calibrated, error);
}

sagitta_status sheets_draw(sheets_kind kind, bool letter, const char *language, sagitta_output *output,
                           sagitta_error *error) {
  return module()->sheets_draw(kind, letter, language, output, error);
}

sagitta_status sheets_guide_svg(char **svg, const char *language, sagitta_error *error) {
  return module()->sheets_guide_svg(svg, language, error);
}

sagitta_status lens_page_draw(const sagitta_lens_report *lens, sagitta_output *output, sagitta_error *error) {
  return module()->lens_page_draw(lens, output, error);
}

void block_letters(FILE *to, const char *word, int columns, int rows) {
  module()->block_letters(to, word, columns, rows);
}
