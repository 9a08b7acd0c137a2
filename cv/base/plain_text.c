/* SPDX-License-Identifier: Apache-2.0 */
/* Text that does not depend on the locale: numbers printed and read, and UTF-8 that is safe to show. */
#include "base/base.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/math.h"

/* ---- numbers ---- */

static size_t print_digits(char *buffer, uint64_t value, int minimum) {
  char reversed[24];
  size_t count = 0;
  do {
    reversed[count++] = (char)('0' + (int)(value % 10));
    value /= 10;
  } while (value > 0 || (int)count < minimum);
  for (size_t i = 0; i < count; i++) buffer[i] = reversed[count - 1 - i];
  return count;
}

size_t sg_print_fixed(char *buffer, double value, int decimals) {
  buffer[0] = '\0';
  if (isnan(value) || fabs(value) >= 1e12) return 0;
  const double scale = sg_powers_of_ten[decimals];
  const uint64_t whole = (uint64_t)floor(fabs(value) * scale + 0.5);
  const uint64_t unit = (uint64_t)scale;
  size_t at = 0;
  if (value < 0.0 && whole > 0) buffer[at++] = '-';
  at += print_digits(buffer + at, whole / unit, 1);
  if (decimals > 0) {
    buffer[at++] = '.';
    at += print_digits(buffer + at, whole % unit, decimals);
  }
  buffer[at] = '\0';
  return at;
}

size_t sg_print_short(char *buffer, double value, int decimals) {
  size_t length = sg_print_fixed(buffer, value, decimals);
  if (decimals > 0 && length > 0) {
    while (buffer[length - 1] == '0') length--;
    if (buffer[length - 1] == '.') length--;
    buffer[length] = '\0';
  }
  return length;
}

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/* 10^exponent by squaring; exact up to 10^22. */
static double power_of_ten(int exponent) {
  double power = 1.0, base = 10.0;
  for (int e = exponent < 0 ? -exponent : exponent; e > 0; e >>= 1) {
    if (e & 1) power *= base;
    base *= base;
  }
  return power;
}

static const char *parse_exponent(const char *p, const char *end, int *exponent) {
  if (p >= end || (*p != 'e' && *p != 'E')) return p;
  const char *q = p + 1;
  bool negative = false;
  if (q < end && (*q == '+' || *q == '-')) negative = *q++ == '-';
  if (q >= end || !is_digit(*q)) return p;
  int value = 0;
  for (; q < end && is_digit(*q); q++) {
    if (value < 1000) value = value * 10 + (*q - '0');
  }
  *exponent += negative ? -value : value;
  return q;
}

/* Up to 18 digits are taken exactly; further ones only move the exponent. */
int sg_parse_number(const char **at, const char *end, double *value) {
  const char *p = *at;
  bool negative = false, any = false;
  uint64_t mantissa = 0;
  int exponent = 0, digits = 0;
  if (p < end && (*p == '+' || *p == '-')) negative = *p++ == '-';
  for (bool fraction = false; p < end; p++) {
    if (*p == '.' && !fraction) {
      fraction = true;
      continue;
    }
    if (!is_digit(*p)) break;
    any = true;
    if (digits < 18) {
      mantissa = mantissa * 10 + (uint64_t)(*p - '0');
      if (mantissa > 0) digits++;
      if (fraction) exponent--;
    } else if (!fraction) {
      exponent++;
    }
  }
  if (!any) return 0;
  p = parse_exponent(p, end, &exponent);
  double result = (double)mantissa;
  if (mantissa > 0 && exponent != 0) {
    if (exponent > 400 || exponent < -400) return 0;
    result = exponent > 0 ? result * power_of_ten(exponent) : result / power_of_ten(exponent);
  }
  if (!isfinite(result)) return 0;
  *value = negative ? -result : result;
  *at = p;
  return 1;
}

/* ---- UTF-8 ---- */

size_t sg_utf8_length(const char *at, size_t left) {
  const unsigned char *text = (const unsigned char *)at;
  if (text[0] < 0x80) return text[0] >= 0x20 && text[0] != 0x7F;
  const size_t length = text[0] >= 0xF0 ? 4 : text[0] >= 0xE0 ? 3 : 2;
  if (text[0] < 0xC2 || text[0] > 0xF4 || length > left) return 0;
  for (size_t i = 1; i < length; i++) {
    if ((text[i] & 0xC0) != 0x80) return 0;
  }
  const unsigned second = text[1];
  if (text[0] == 0xE0 && second < 0xA0) return 0;
  if (text[0] == 0xED && second > 0x9F) return 0;
  if (text[0] == 0xF0 && second < 0x90) return 0;
  if (text[0] == 0xF4 && second > 0x8F) return 0;
  return length;
}

void sg_clean_text(char *text, size_t size) {
  text[size - 1] = '\0';
  const size_t length = strlen(text);
  for (size_t at = 0; at < length;) {
    const size_t step = sg_utf8_length(text + at, length - at);
    if (!step) text[at] = '?';
    at += step ? step : 1;
  }
}

/* ---- the bytes of a file while it is put together ---- */

void sg_buffer_free(sg_buffer *buffer) {
  free(buffer->data);
  *buffer = (sg_buffer){ NULL, 0, 0, false };
}

void sg_buffer_bytes(sg_buffer *buffer, const void *bytes, size_t length) {
  void *data = buffer->data;
  if (buffer->failed || !sg_reserve(&data, &buffer->capacity, buffer->length + length + 1, 1)) {
    buffer->failed = true;
    return;
  }
  buffer->data = data;
  memcpy(buffer->data + buffer->length, bytes, length);
  buffer->length += length;
  buffer->data[buffer->length] = '\0';
}

void sg_buffer_text(sg_buffer *buffer, const char *text) {
  sg_buffer_bytes(buffer, text, strlen(text));
}

void sg_buffer_fixed(sg_buffer *buffer, double value, int decimals) {
  char number[32];
  sg_buffer_bytes(buffer, number, sg_print_fixed(number, value, decimals));
}

void sg_buffer_short(sg_buffer *buffer, double value, int decimals) {
  char number[32];
  sg_buffer_bytes(buffer, number, sg_print_short(number, value, decimals));
}

void sg_buffer_count(sg_buffer *buffer, size_t count) {
  sg_buffer_fixed(buffer, (double)count, 0);
}

sagitta_status sg_buffer_finish(sg_buffer *buffer, char **data, size_t *length, const char *what,
                                sagitta_error *error) {
  if (buffer->failed) {
    sg_buffer_free(buffer);
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to write the %s.", what);
  }
  *data = buffer->data;
  if (length) *length = buffer->length;
  return SAGITTA_OK;
}
