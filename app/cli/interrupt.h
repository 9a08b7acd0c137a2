/* SPDX-License-Identifier: Apache-2.0 */
/* What an interrupted program still has to do: remove the files it was writing. */
#ifndef APP_SIGNALS_H
#define APP_SIGNALS_H

#include <stdbool.h>

/* From now on SIGINT, SIGTERM and SIGHUP remove the registered files and end with 128 + the signal's number; a pipe
 * whose reader is gone is an ordinary write error. */
void signals_install(void);

/* A file to remove when interrupted; false when there is no room. The name is copied. */
bool signals_remember(const char *path);
/* It has been renamed or removed. */
void signals_forget(const char *path);

/* Hold such signals back, and let them through again, around making a file and remembering it. */
void signals_hold(void);
void signals_release(void);

#endif
