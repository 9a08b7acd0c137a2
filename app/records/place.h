/* SPDX-License-Identifier: Apache-2.0 */
/* Where the records are, and what opens them. */
#ifndef APP_RECORDS_PLACE_H
#define APP_RECORDS_PLACE_H

#include "records/records.h"

/* The file's name in *path, to be freed: as given, or $XDG_DATA_HOME/sagitta/records.db, or
 * ~/.local/share/sagitta/records.db. Errors: MISSING (nowhere to be), MEMORY. */
sagitta_status place_path(char **path, const char *given, sagitta_error *error);
/* Make an empty file for its owner's eyes alone where there is none, and its folder where the name was not given.
 * Errors: WRITE. */
sagitta_status place_make(const char *path, bool with_folder, sagitta_error *error);
/* MISSING when there is no file, FORMAT when it is no regular one. */
sagitta_status place_check(const char *path, sagitta_error *error);

/* Whether this build encrypts. */
bool key_is_used(void);
/*
 * The key in *key, to be wiped and freed with key_free; NULL in a build that does not encrypt. From the key file (its
 * bytes without the line feed at the end), from SAGITTA_PASSPHRASE, or asked for at the terminal, twice for a new file.
 * Errors: ARGUMENT (none given, too short, a key file in a build without encryption), MISSING (no such key file).
 */
sagitta_status key_get(char **key, const char *key_file, bool is_new, sagitta_error *error);
void key_free(char **key);

#endif
