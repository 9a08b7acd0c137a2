/* SPDX-License-Identifier: Apache-2.0 */
/* The .mo format is that of GNU gettext's manual, "The Format of GNU MO Files". */
#include "base/translate.h"

#include <string.h>

#include "base/system.h"

#define MAGIC  0x950412deu
#define HEADER 28u

static uint32_t word_at(const uint8_t *bytes, size_t at) {
  return (uint32_t)bytes[at] | (uint32_t)bytes[at + 1] << 8 | (uint32_t)bytes[at + 2] << 16 |
         (uint32_t)bytes[at + 3] << 24;
}

/* Text `index` of the table at `table`, zero-terminated within the bytes; NULL where it is not. */
static const char *text_at(const uint8_t *bytes, size_t size, size_t table, size_t index) {
  const size_t row = table + 8 * index;
  if (row + 8 > size) return NULL;
  const size_t length = word_at(bytes, row), offset = word_at(bytes, row + 4);
  if (offset >= size || length >= size - offset || bytes[offset + length] != 0) return NULL;
  return (const char *)bytes + offset;
}

const char *sg_catalogue_find(const uint8_t *bytes, size_t size, const char *english) {
  if (size < HEADER || word_at(bytes, 0) != MAGIC || word_at(bytes, 4) >> 16 != 0) return NULL;
  const size_t count = word_at(bytes, 8), originals = word_at(bytes, 12), translations = word_at(bytes, 16);
  if (count > size / 16 || originals > size || translations > size) return NULL;
  size_t low = 0, high = count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    const char *text = text_at(bytes, size, originals, middle);
    if (!text) return NULL;
    const int order = strcmp(english, text);
    if (order == 0) return text_at(bytes, size, translations, middle);
    if (order < 0) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return NULL;
}

const sagitta_language *sagitta_languages(size_t *count) {
  if (count) *count = sg_language_count;
  return sg_language_rows;
}

const char *sagitta_translate(const char *language, const char *english) {
  if (!language || !english || !*english) return english;
  for (const sg_catalogue *c = sg_catalogues; c->code; c++) {
    if (strcmp(c->code, language) != 0) continue;
    const char *found = sg_catalogue_find(c->bytes, c->size, english);
    return found && *found ? found : english;
  }
  return english;
}

bool sg_language_known(const char *language) {
  for (size_t i = 0; i < sg_language_count; i++) {
    if (strcmp(sg_language_rows[i].code, language) == 0) return true;
  }
  return false;
}

const char *sg_say(const char *language, const char *english) {
  return sagitta_translate(language, english);
}

int sg_vprint(char *text, size_t size, const char *language, const char *format, va_list arguments) {
  return sg_system_print(text, size, sg_say(language, format), arguments);
}

int sg_print(char *text, size_t size, const char *language, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int length = sg_vprint(text, size, language, format, arguments);
  va_end(arguments);
  return length;
}
