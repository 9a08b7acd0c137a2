/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256, of OpenSSL's libcrypto: packaged and maintained everywhere, fast on every processor (a video is hashed while
 * it is being read from the cache), and already in the process, because FFmpeg and SQLCipher use it. */
#ifndef APP_RECORDS_HASH_H
#define APP_RECORDS_HASH_H

#include <stdbool.h>
#include <stddef.h>

#define HASH_TEXT 65 /* 64 hexadecimal digits and a zero */

/* False when memory is short. */
bool hash_text(const void *bytes, size_t length, char hash[HASH_TEXT]);
/* Of the bytes of the files one after the other. False when one is no regular file, or cannot be read; `hash` is "". */
bool hash_files(char *const *paths, int count, char hash[HASH_TEXT]);

#endif
