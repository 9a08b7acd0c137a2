/* SPDX-License-Identifier: Apache-2.0 */
/* Merely reading bytes, as fast as plain loads go: the floor under any scan. */
#ifndef READ_PLAIN_H
#define READ_PLAIN_H

#include <stddef.h>
#include <stdint.h>

typedef struct plain_reader {
  const char *name;
  /* Read two planes of `size` bytes, a multiple of 256. The sum keeps the compiler from leaving it out. */
  uint64_t (*read)(const uint8_t *a, const uint8_t *b, size_t size);
} plain_reader;

/* Those that run on this machine. */
const plain_reader *plain_readers(size_t *count);

#endif
