/* SPDX-License-Identifier: Apache-2.0 */
#include "modules/pages_module.h"

#include "sagitta/version.h"

__attribute__((visibility("default"))) extern const pages_module pages_module_here;
const pages_module pages_module_here = {
  .version = SAGITTA_VERSION,
  .overlay_make = overlay_make,
  .moment_pictures_open = moment_pictures_open,
  .moment_pictures_draw = moment_pictures_draw,
  .moment_pictures_close = moment_pictures_close,
  .report_new = report_new,
  .report_free = report_free,
  .report_analyze_again = report_analyze_again,
  .report_set_language = report_set_language,
  .report_set_name = report_set_name,
  .report_set_day = report_set_day,
  .report_has_day = report_has_day,
  .report_set_printed = report_set_printed,
  .report_set_mark = report_set_mark,
  .report_add_client = report_add_client,
  .report_add_pretest = report_add_pretest,
  .report_check_video = report_check_video,
  .report_keep_background = report_keep_background,
  .report_add_photographs = report_add_photographs,
  .report_keep = report_keep,
  .report_kept_free = report_kept_free,
  .report_set_pair = report_set_pair,
  .report_set_session = report_set_session,
  .report_set_paper = report_set_paper,
  .report_set_clinic = report_set_clinic,
  .report_ready = report_ready,
  .report_write = report_write,
  .report_remark = report_remark,
  .clinic_read = clinic_read,
  .clinic_free = clinic_free,
  .class_write = class_write,
  .agreement_page_write = agreement_page_write,
  .sheets_draw = sheets_draw,
  .sheets_guide_svg = sheets_guide_svg,
  .lens_page_draw = lens_page_draw,
};
