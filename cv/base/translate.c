/* SPDX-License-Identifier: Apache-2.0 */
/* The .mo format is that of GNU gettext's manual, "The Format of GNU MO Files". */
#include "base/translate.h"

#include <stdlib.h>
#include <string.h>

#include "base/system.h"
#include "sagitta/printing.h"

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

/* ---- decimals ----
 * Nobody but printf knows which digits of a text a %f wrote: "0.2.0" may be a version beside it. So each is written
 * between two bytes that no UTF-8 text has, and these are taken out again. */
#define FROM ((char)0xfe)
#define TO   ((char)0xff)

/* The sign of that language's decimals: what stands in its half. */
static char decimal_sign(const char *language) {
  return sg_say(language, SG_TRANSLATABLE("0.5"))[1];
}

/* The end of the conversion at `format`, which begins with '%'. */
static const char *conversion_end(const char *format) {
  const char *end = format + 1 + strspn(format + 1, "0123456789$#-+ .*hlzjtL");
  return *end ? end + 1 : end;
}

/* The format with FROM and TO around its %f; NULL where memory is short. To be freed. */
static char *with_marks(const char *format) {
  char *marked = malloc(2 * strlen(format) + 1), *to = marked; /* "%f" becomes 4 bytes */
  while (marked && *format) {
    if (*format != '%') {
      *to++ = *format++;
      continue;
    }
    const char *end = conversion_end(format);
    const bool number = end[-1] == 'f';
    if (number) *to++ = FROM;
    memcpy(to, format, (size_t)(end - format));
    to += end - format;
    if (number) *to++ = TO;
    format = end;
  }
  if (marked) *to = '\0';
  return marked;
}

/* Copy up to `size` bytes of the text without its marks, '\0' included; returns how long it is without them. */
static int without_marks(char *out, size_t size, const char *text, char sign) {
  size_t length = 0;
  bool inside = false;
  for (char last = '\0'; *text; text++) {
    if (*text == FROM || *text == TO) {
      inside = *text == FROM && last != '@' && last != '=';
      continue;
    }
    last = *text;
    if (length + 1 < size) out[length] = inside && last == '.' ? sign : last;
    length++;
  }
  if (size > 0) out[length < size ? length : size - 1] = '\0';
  return (int)length;
}

int sagitta_vprint(char *text, size_t size, const char *language, const char *format, va_list arguments) {
  const char sign = decimal_sign(language);
  char *marked = sign != '.' && strchr(format, 'f') ? with_marks(format) : NULL;
  /* Short of memory, the point of the files says the same. */
  if (!marked) return sg_system_print(text, size, format, arguments);
  int length = -1;
  va_list again;
  va_copy(again, arguments);
  const int whole = sg_system_print(NULL, 0, marked, arguments);
  char *written = whole >= 0 ? malloc((size_t)whole + 1) : NULL;
  if (written) {
    (void)sg_system_print(written, (size_t)whole + 1, marked, again);
    length = without_marks(text, size, written, sign);
  } else {
    length = sg_system_print(text, size, format, again);
  }
  va_end(again);
  free(written);
  free(marked);
  return length;
}

int sg_vprint(char *text, size_t size, const char *language, const char *format, va_list arguments) {
  return sagitta_vprint(text, size, language, sg_say(language, format), arguments);
}

int sg_print(char *text, size_t size, const char *language, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int length = sg_vprint(text, size, language, format, arguments);
  va_end(arguments);
  return length;
}
