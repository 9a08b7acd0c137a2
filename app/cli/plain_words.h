/* SPDX-License-Identifier: Apache-2.0 */
/* What is said at a terminal, for people who have none: on sheets and on the page. */
#ifndef SG_CLI_PLAIN_WORDS_H
#define SG_CLI_PLAIN_WORDS_H

#include <stddef.h>

/* In place, in a text of `size` bytes (with room for titles in the place of names): "--test NAME" becomes the test by
 * its title in that language (a code; NULL = English), and what else names an option of the program falls away with its
 * clause. */
void plain_words(char *text, size_t size, const char *language);

#endif
