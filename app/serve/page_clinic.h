/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to serve: whose pages they are, as it was typed on the screen Settings: kept as a clinic's file (--clinic)
 * in the folder of the page's settings, with its logo beside it. What --clinic names at the start wins. */
#ifndef SG_SERVE_PAGE_CLINIC_H
#define SG_SERVE_PAGE_CLINIC_H

#include <limits.h>
#include <stdbool.h>

#include "sagitta/status.h"
#include "serve/serve.h"

#define PAGE_CLINIC_NAME    121
#define PAGE_CLINIC_ADDRESS 488 /* four lines, parted by line feeds */
#define PAGE_CLINIC_LOGO    "clinic-logo"

/* Whether it can stand in a clinic's file. */
bool page_clinic_is_name(const char *text);
bool page_clinic_is_address(const char *text);
/* Write the file into the folder, whole or not at all, with the logo that is beside it; without a name it goes. Errors:
 * WRITE. */
sagitta_status page_clinic_write(const char *folder, const char *name, const char *address, sagitta_error *error);
/* Whether there is a logo beside it. */
bool page_clinic_has_logo(void);
/* Of the settings at the start or, where they have none, of the page; NULL: nobody's. May point into `path`. */
const char *page_clinic_file(const serve_settings *s, char path[PATH_MAX]);

#endif
