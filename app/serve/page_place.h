/* SPDX-License-Identifier: Apache-2.0 */
/* Where what is set on the page is kept. */
#ifndef SAGITTA_SERVE_PAGE_PLACE_H
#define SAGITTA_SERVE_PAGE_PLACE_H

#include <limits.h>
#include <stdbool.h>

/* The file of that name in the page's own folder, $XDG_CONFIG_HOME/sagitta or ~/.config/sagitta; "" the folder. False,
 * and "" in `path`, where there is none: neither variable names a folder, or its name is too long. */
bool page_place(const char *name, char path[PATH_MAX]);

#endif
