/* SPDX-License-Identifier: Apache-2.0 */
/* What draws, as the rest of the program calls it: a module of its own (cli/modules.h), for it brings cairo and pango.
 * A function that rooms below call gets a row here, one in pages_table.c and one in pages_forward.c. */
#ifndef SG_MODULES_PAGES_MODULE_H
#define SG_MODULES_PAGES_MODULE_H

#include "calibrate/lens_page.h"
#include "drawing/block_letters.h"
#include "overlay/overlay.h"
#include "report/report.h"
#include "sheets/sheet_files.h"

typedef struct pages_module {
  const char *version; /* SAGITTA_VERSION of its build */
  __typeof__(overlay_make) *overlay_make;
  __typeof__(moment_pictures_open) *moment_pictures_open;
  __typeof__(moment_pictures_draw) *moment_pictures_draw;
  __typeof__(moment_pictures_close) *moment_pictures_close;
  __typeof__(key_frames_write) *key_frames_write;
  __typeof__(report_new) *report_new;
  __typeof__(report_free) *report_free;
  __typeof__(report_analyze_again) *report_analyze_again;
  __typeof__(report_set_language) *report_set_language;
  __typeof__(report_set_name) *report_set_name;
  __typeof__(report_set_day) *report_set_day;
  __typeof__(report_has_day) *report_has_day;
  __typeof__(report_set_printed) *report_set_printed;
  __typeof__(report_set_mark) *report_set_mark;
  __typeof__(report_add_client) *report_add_client;
  __typeof__(report_add_pretest) *report_add_pretest;
  __typeof__(report_check_video) *report_check_video;
  __typeof__(report_keep_background) *report_keep_background;
  __typeof__(report_add_photographs) *report_add_photographs;
  __typeof__(report_add_kept_frames) *report_add_kept_frames;
  __typeof__(report_keep) *report_keep;
  __typeof__(report_kept_free) *report_kept_free;
  __typeof__(report_set_pair) *report_set_pair;
  __typeof__(report_set_session) *report_set_session;
  __typeof__(report_set_paper) *report_set_paper;
  __typeof__(report_set_clinic) *report_set_clinic;
  __typeof__(report_ready) *report_ready;
  __typeof__(report_write) *report_write;
  __typeof__(report_remark) *report_remark;
  __typeof__(clinic_read) *clinic_read;
  __typeof__(clinic_free) *clinic_free;
  __typeof__(logo_drawer_main) *logo_drawer_main;
  __typeof__(class_write) *class_write;
  __typeof__(agreement_page_write) *agreement_page_write;
  __typeof__(proof_page_write) *proof_page_write;
  __typeof__(report_settings_of) *report_settings_of;
  __typeof__(sheets_draw) *sheets_draw;
  __typeof__(sheets_guide_svg) *sheets_guide_svg;
  __typeof__(lens_page_draw) *lens_page_draw;
  __typeof__(block_letters) *block_letters;
} pages_module;

#endif
