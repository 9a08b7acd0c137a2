/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of cv/body/METHOD.md, from the code that they describe. */
#ifndef SAGITTA_METHOD_TABLE_H
#define SAGITTA_METHOD_TABLE_H

#include <stdbool.h>

/*
 * `page` with every table between "<!-- table: NAME -->" and "<!-- end -->" as the code has it; NAME: priors, camera.
 * To be freed; NULL when memory is short, or a table's end or name is not known.
 */
char *method_renewed(const char *page);
/* `page` with `text` between "<!-- measured: NAME -->" and "<!-- end -->"; likewise. */
char *method_with(const char *page, const char *name, const char *text);
/* A whole file, zero-terminated; to be freed. NULL when it cannot be read. */
char *method_read(const char *path);

#endif
