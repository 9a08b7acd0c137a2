/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/marker_option.h"

sagitta_status marker_option(const char *given, sagitta_track_settings *settings, sagitta_markers *read,
                             sagitta_error *error) {
  if (!given) return SAGITTA_OK;
  settings->set = sagitta_marker_set_from_name(given);
  if (settings->set != SAGITTA_SET_UNKNOWN) return SAGITTA_OK;
  settings->markers = read;
  return sagitta_markers_read(read, given, error);
}
