/* SPDX-License-Identifier: Apache-2.0 */
/* Letters as large as a terminal, for who reads it from three metres away. */
#ifndef SG_DRAWING_BLOCK_LETTERS_H
#define SG_DRAWING_BLOCK_LETTERS_H

#include <stdio.h>

/* A word (UTF-8) as block letters, `columns` characters wide at the most and `rows` high, each line ended; where it
 * cannot be drawn, the word itself. Any thread. */
void block_letters(FILE *to, const char *word, int columns, int rows);

#endif
