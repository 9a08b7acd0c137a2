/* SPDX-License-Identifier: Apache-2.0 */
/* --markers: a marker set by its name, or a file of learnt markers. */
#ifndef APP_MARKER_OPTION_H
#define APP_MARKER_OPTION_H

#include "sagitta/sagitta.h"

/* Set what the option names (NULL: nothing). A file is read into *read, to which the settings then point. Errors: those
 * of sagitta_markers_read. */
sagitta_status marker_option(const char *given, sagitta_track_settings *settings, sagitta_markers *read,
                             sagitta_error *error);

#endif
