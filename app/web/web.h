/* SPDX-License-Identifier: Apache-2.0 */
/* What the page of `sagitta serve` is made of: the files of this folder, put into the program by the build
 * (embed.cmake). index.html names the others by /assets/VERSION/NAME, and VERSION changes with any byte of them. */
#ifndef SG_WEB_WEB_H
#define SG_WEB_WEB_H

#include <stddef.h>

typedef struct web_file {
  const char *name, *type; /* "main.js", "text/javascript; charset=utf-8" */
  const unsigned char *bytes;
  size_t size;
} web_file;

extern const web_file web_files[]; /* index.html first; a NULL name ends */
extern const char web_version[];   /* 16 hexadecimal digits */
/* Every text of the page, in English, as t("…") marks them in its scripts; NULL ends. */
extern const char *const web_texts[];

#endif
