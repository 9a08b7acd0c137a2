/* SPDX-License-Identifier: Apache-2.0 */
/* Text with numbers in a language. Not part of sagitta/sagitta.h: what makes bindings from headers knows no va_list. */
#ifndef SAGITTA_PRINTING_H
#define SAGITTA_PRINTING_H

#include <stdarg.h>
#include <stddef.h>

#include "sagitta/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* vsnprintf of `format` as it is (sagitta_translate finds it in the language), where the decimals of what its %f
 * conversions write have that language's sign: "0,5" for "de" and "es", '.' whatever the locale of the host where there
 * is no such language (also NULL). A number right after '@' or '=' is one to be typed and keeps its '.'. `size` counts
 * the '\0'; the text ends within it. Returns the bytes of the whole text without the '\0', as vsnprintf; negative where
 * the format cannot be written. Thread-safe. */
SAGITTA_API int sagitta_vprint(char *text, size_t size, const char *language, const char *format, va_list arguments);

#ifdef __cplusplus
}
#endif
#endif
