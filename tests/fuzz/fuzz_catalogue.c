/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes as a catalogue of translations (.mo): whatever is found lies within them and ends there; what is looked for is
 * one of the originals that the bytes themselves name, or a text that is in none. */
#include <string.h>

#include "base/translate.h"
#include "fuzz.h"

#define LOOKED_FOR 16

static uint32_t word_at(const uint8_t *data, size_t at) {
  return (uint32_t)data[at] | (uint32_t)data[at + 1] << 8 | (uint32_t)data[at + 2] << 16 | (uint32_t)data[at + 3] << 24;
}

static void look_for(const uint8_t *data, size_t size, const char *english) {
  const char *found = sg_catalogue_find(data, size, english);
  if (!found) return;
  const uint8_t *at = (const uint8_t *)found;
  CHECK(at >= data && at < data + size && memchr(at, 0, size - (size_t)(at - data)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  look_for(data, size, "");
  look_for(data, size, "Reach");
  if (size < 20) return 0;
  const size_t table = word_at(data, 12);
  for (size_t i = 0; i < LOOKED_FOR; i++) {
    if (table >= size || size - table < 8 * (i + 1)) return 0;
    const size_t length = word_at(data, table + 8 * i), at = word_at(data, table + 8 * i + 4);
    if (at >= size || length >= size - at) continue;
    char *english = strndup((const char *)data + at, length);
    CHECK(english);
    look_for(data, size, english);
    free(english);
  }
  return 0;
}
