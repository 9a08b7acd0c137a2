/* SPDX-License-Identifier: Apache-2.0 */
/* Where videos are decoded: in a cage (sagitta/cage.h), by sagitta-decode or, where that is not installed, by
 * this program once more, unless it was left with --no-sandbox. Not thread-safe before the first source. */
#ifndef SG_CLI_SANDBOX_H
#define SG_CLI_SANDBOX_H

#include "sagitta/video.h"

/* Decode in this process from now on. */
void sandbox_leave(void);
/* The settings that every source starts from. Where the kernel has nothing that a cage is made of, standard error says
 * so once. */
sagitta_source_settings sandbox_source_settings(void);

/* This process is the program, whose main knows the names that a caged process is started under. */
void sandbox_is_program(void);
/* What is started to take other hostile bytes apart in a cage: the program once more; NULL where the cage was left, or
 * this process is another one (a test): then they are taken apart here. */
const char *sandbox_program(void);

#endif
