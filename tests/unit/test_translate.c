/* SPDX-License-Identifier: Apache-2.0 */
/* Protects the languages: every text has a translation that takes the same arguments, a damaged catalogue says nothing
 * and reads nothing beyond its end, and a result in another language differs from the English one in words alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>
#include <cmocka.h>

#include "assess/messages.h"
#include "base/translate.h"
#include "figure.h"
#include "regular_bends.h"
#include "measured.h"
#include "sagitta/printing.h"
#include "sagitta/sagitta.h"

#define ARGUMENTS 8

/* ---- every text ---- */

static size_t missing;

static const char *translated(const sg_catalogue *c, const char *english) {
  const char *found = sg_catalogue_find(c->bytes, c->size, english);
  if (found && *found) return found;
  print_error("%s lacks: \"%s\"\n", c->code, english);
  missing++;
  return NULL;
}

static void wants(const sg_catalogue *c, const char *english) {
  if (english && *english) (void)translated(c, english);
}

static void want_tests(const sg_catalogue *c) {
  size_t count;
  const sagitta_test *t = sagitta_tests(&count);
  for (size_t i = 0; i < count; i++) {
    const char *const texts[] = { t[i].title,        t[i].purpose,       t[i].instructions,   t[i].markers,
                                  t[i].measures,     t[i].start,         t[i].counts,         t[i].norms,
                                  t[i].limits,       t[i].prompts.still, t[i].prompts.move,   t[i].prompts.deepest,
                                  t[i].prompts.stay, t[i].prompts.back,  t[i].prompts.moving, t[i].prompts.coming };
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) wants(c, texts[k]);
  }
}

static void want_rows(const sg_catalogue *c) {
  size_t count;
  const sagitta_quantity_info *q = sagitta_quantities(&count);
  for (size_t i = 0; i < count; i++) {
    wants(c, q[i].label);
    wants(c, q[i].meaning);
  }
  static const char *const meanings[] = {
#define MEANING(upper, lower, text) text,
    SAGITTA_WARNING_LIST(MEANING)
#undef MEANING
  };
  for (size_t i = 0; i < SAGITTA_WARNINGS; i++) wants(c, meanings[i]);
}

static void test_every_text(void **state) {
  (void)state;
  missing = 0;
  for (const sg_catalogue *c = sg_catalogues; c->code; c++) {
    for (int word = 0; word < SG_MESSAGES; word++) wants(c, sg_message_text(NULL, (sg_message)word));
    for (int angle = 0; angle < SAGITTA_ANGLES; angle++) wants(c, sagitta_angle_title((sagitta_angle)angle));
    for (int role = 0; role < SAGITTA_ROLES; role++) wants(c, sagitta_role_name((sagitta_role)role));
    const sagitta_precaution *before = sagitta_before_testing();
    wants(c, before->heading);
    wants(c, before->advice);
    for (size_t i = 0; before->items[i]; i++) wants(c, before->items[i]);
    wants(c, sagitta_disclaimer());
    want_tests(c);
    want_rows(c);
  }
  if (missing > 0) fail_msg("%zu translations are missing; they belong into po/", missing);
}

/* ---- what the formats take ---- */

/* One conversion at *at, which stands behind a '%': its argument's number (0: the next one) and its type, "zu". */
static size_t conversion(const char **at, char type[8]) {
  size_t number = 0;
  const char *p = *at;
  const size_t digits = strspn(p, "0123456789");
  if (digits > 0 && p[digits] == '$') {
    number = strtoul(p, NULL, 10);
    p += digits + 1;
  }
  p += strspn(p, "-+ #0");
  p += strspn(p, "0123456789.");
  const size_t length = strspn(p, "hlzjt");
  assert_true(p[length] != '\0' && strchr("diufegsc", p[length]) != NULL && length < 6);
  memcpy(type, p, length + 1);
  type[length + 1] = '\0';
  *at = p + length + 1;
  return number;
}

/* The type of every argument that a format takes; returns how many. */
static size_t arguments_of(const char *format, char types[ARGUMENTS][8]) {
  size_t next = 0, count = 0;
  memset(types, 0, sizeof(char[ARGUMENTS][8]));
  for (const char *p = strchr(format, '%'); p; p = strchr(p, '%')) {
    if (*++p == '%') {
      p++;
      continue;
    }
    char type[8];
    size_t number = conversion(&p, type);
    if (number == 0) number = ++next;
    assert_in_range(number, 1, ARGUMENTS);
    memcpy(types[number - 1], type, sizeof type);
    if (number > count) count = number;
  }
  return count;
}

static void test_same_arguments(void **state) {
  (void)state;
  for (const sg_catalogue *c = sg_catalogues; c->code; c++) {
    for (int word = 0; word < SG_MESSAGES; word++) {
      char ours[ARGUMENTS][8], theirs[ARGUMENTS][8];
      const char *english = sg_message_text(c->code, (sg_message)word),
                 *found = sg_catalogue_find(c->bytes, c->size, english);
      if (!found) continue;
      const bool same =
          arguments_of(english, ours) == arguments_of(found, theirs) && memcmp(ours, theirs, sizeof ours) == 0;
      if (!same) fail_msg("%s takes other arguments: \"%s\"", c->code, found);
      const bool blanks = (english[0] == ' ') == (found[0] == ' ') &&
                          (english[strlen(english) - 1] == ' ') == (found[strlen(found) - 1] == ' ');
      if (!blanks) fail_msg("%s begins or ends with another blank: \"%s\"", c->code, found);
    }
  }
}

/* A note is cut at the end of its place: none may come near to it in any language. */
static void test_notes_fit(void **state) {
  (void)state;
  for (const sg_catalogue *c = sg_catalogues; c->code; c++) {
    const size_t remedy = strlen(sg_message_text(c->code, SG_MESSAGE_HIP_REMEDY)) +
                          strlen(sg_message_text(c->code, SG_MESSAGE_HIDDEN_REMEDY));
    for (int word = SG_MESSAGE_MARKER_HIDDEN; word < SG_MESSAGES; word++) {
      char types[ARGUMENTS][8];
      const char *text = sg_message_text(c->code, (sg_message)word);
      size_t length = strlen(text) + 8 * arguments_of(text, types);
      if (word == SG_MESSAGE_MARKER_HIDDEN || word == SG_MESSAGE_HIDDEN_AT_END) length += remedy;
      if (length >= SAGITTA_WARNING_TEXT) fail_msg("%s is too long (%zu): \"%s\"", c->code, length, text);
    }
  }
}

/* ---- damaged catalogues ---- */

static const char *const asked[] = { "hip", "Toe touch", "ruler1", "there is no such text" };

/* The bytes stand at the very end of their own memory. */
static void ask(const uint8_t *bytes, size_t size) {
  for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
    const char *found = sg_catalogue_find(bytes, size, asked[i]);
    if (!found) continue;
    const uintptr_t at = (uintptr_t)found, from = (uintptr_t)bytes;
    assert_true(at >= from && at < from + size);
    assert_non_null(memchr(found, 0, from + size - at));
  }
}

static void test_truncated(void **state) {
  (void)state;
  for (const sg_catalogue *c = sg_catalogues; c->code; c++) {
    for (size_t size = 0; size < c->size; size += size < 64 || size + 64 > c->size ? 1 : 331) {
      uint8_t *cut = malloc(size + (size == 0));
      assert_non_null(cut);
      memcpy(cut, c->bytes, size);
      ask(cut, size);
      free(cut);
    }
  }
}

static void test_flipped(void **state) {
  (void)state;
  const sg_catalogue *c = sg_catalogues;
  uint8_t *copy = malloc(c->size);
  assert_non_null(copy);
  memcpy(copy, c->bytes, c->size);
  const char *whole = sg_catalogue_find(copy, c->size, asked[0]);
  assert_non_null(whole);
  for (size_t at = 0; at < c->size; at += at < 8192 ? 1 : 61) {
    for (int bit = 0; bit < 8; bit++) {
      copy[at] ^= (uint8_t)(1u << bit);
      ask(copy, c->size);
      copy[at] ^= (uint8_t)(1u << bit);
    }
  }
  assert_memory_equal(copy, c->bytes, c->size);
  free(copy);
}

/* ---- results ---- */

static bool is_words(const char *key) {
  return strcmp(key, "sentence") == 0 || strcmp(key, "message") == 0;
}

static void assert_same_but_words(const json_t *a, const json_t *b, const char *key) {
  if (json_typeof(a) != json_typeof(b)) fail_msg("%s is of another kind", key);
  const char *name;
  json_t *item;
  size_t i;
  if (json_is_object(a)) {
    json_object_foreach((json_t *)(uintptr_t)a, name, item) {
      const json_t *other = json_object_get(b, name);
      if (!other) fail_msg("%s is missing", name);
      assert_same_but_words(item, other, name);
    }
    const size_t more = json_object_get(b, "language") && !json_object_get(a, "language");
    assert_int_equal(json_object_size(a) + more, json_object_size(b));
  } else if (json_is_array(a)) {
    assert_int_equal(json_array_size(a), json_array_size(b));
    json_array_foreach(a, i, item) assert_same_but_words(item, json_array_get(b, i), key);
  } else if (!is_words(key) && !json_equal(a, b)) {
    fail_msg("%s differs", key);
  }
}

/* The document, which reads back to the same bytes. Invalid UTF-8 is none: the reader refuses it. */
static json_t *document_of(const sagitta_result *result) {
  char *text = round_trip(result);
  json_t *o = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
  assert_non_null(o);
  sagitta_free(text);
  return o;
}

static void assert_same_in_all(const sagitta_tracks *tracks, sagitta_analysis_settings settings) {
  sagitta_result *english = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  settings.language = NULL;
  if (sagitta_analyze(&english, tracks, &settings, &error)) fail_msg("%s", error.text);
  assert_string_equal(sagitta_result_language(english), "en");
  json_t *ours = document_of(english);
  size_t notes = 0;
  const sagitta_warning *note = sagitta_result_warnings(english, &notes);
  for (const sg_catalogue *c = sg_catalogues; c->code; c++) {
    sagitta_result *result = NULL;
    size_t count = 0;
    settings.language = c->code;
    if (sagitta_analyze(&result, tracks, &settings, &error)) fail_msg("%s: %s", c->code, error.text);
    assert_string_equal(sagitta_result_language(result), c->code);
    json_t *theirs = document_of(result);
    assert_same_but_words(ours, theirs, "");
    assert_string_not_equal(sagitta_result_verdict(result)->sentence, sagitta_result_verdict(english)->sentence);
    const sagitta_warning *other = sagitta_result_warnings(result, &count);
    assert_int_equal(count, notes);
    for (size_t i = 0; i < count; i++) assert_string_not_equal(other[i].message, note[i].message);
    json_decref(theirs);
    sagitta_result_free(&result);
    assert_string_equal(sg_say(NULL, "hip"), "hip");
  }
  json_decref(ours);
  sagitta_result_free(&english);
}

static void test_bends(void **state) {
  (void)state;
  for (int set = SAGITTA_SET_DISCS; set <= SAGITTA_SET_CLINIC; set++) {
    uint64_t seed = 8;
    const person p = recording_person(seed, 1);
    recording r = recording_default((sagitta_marker_set)set);
    r.ankle = false;
    sagitta_tracks *tracks = recording_tracks(&r, &p, &seed);
    assert_non_null(tracks);
    assert_same_in_all(tracks, sagitta_analysis_default_settings());
    sagitta_tracks_free(&tracks);
  }
}

/* Many notes: neither a ruler nor a stature, and a marker that gets lost on the way. */
static void lose_the_hip(sagitta_sample s[SAGITTA_ROLES], double time_s, double part, int repetition) {
  (void)time_s;
  if (repetition == 1 && part > 0.4) s[SAGITTA_HIP].state = SAGITTA_LOST;
}

static void test_reaches(void **state) {
  (void)state;
  posture start = figure_sitting(), end;
  start = with_hand(start, 0, 25);
  end = start;
  end.pelvis += 34;
  end.lumbar += 14;
  end = with_hand(end, 40, 22);
  movement m = movement_default(start, end);
  m.spoil = lose_the_hip;
  sagitta_tracks *tracks = movement_tracks(&m);
  sagitta_analysis_settings settings = sagitta_analysis_default_settings();
  settings.test = "sit-and-reach";
  assert_same_in_all(tracks, settings);
  settings.height_cm = 171;
  settings.age_years = 31;
  settings.sex = SAGITTA_SEX_FEMALE;
  assert_same_in_all(tracks, settings);
  sagitta_tracks_free(&tracks);
}

static void test_languages(void **state) {
  (void)state;
  size_t count = 0;
  const sagitta_language *rows = sagitta_languages(&count);
  assert_int_equal(count, sg_language_count);
  assert_string_equal(rows[0].code, "en");
  for (size_t i = 0; i < count; i++) assert_true(sg_language_known(rows[i].code));
  assert_string_equal(sagitta_translate("de", "hip"), "Hüfte");
  assert_string_equal(sagitta_translate("es", "hip"), "cadera");
  assert_string_equal(sagitta_translate("en", "hip"), "hip");
  assert_string_equal(sagitta_translate(NULL, "hip"), "hip");
  assert_string_equal(sagitta_translate("xx", "hip"), "hip");
  assert_string_equal(sagitta_translate("de", ""), "");
  assert_null(sagitta_translate("de", NULL));
}

static int written(char *text, size_t size, const char *language, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int length = sagitta_vprint(text, size, language, format, arguments);
  va_end(arguments);
  return length;
}

/* Decimals as that language writes them, and nothing else: no version, name of a file, or what is to be typed. */
static void test_decimals(void **state) {
  (void)state;
  char text[80];
  const char *const format = "%s: %.1f s, %zu%%, %-6.2f|";
  assert_int_equal(written(text, sizeof text, "de", format, "a 0.2.mp4", -3.25, (size_t)7, 0.5), 30);
  assert_string_equal(text, "a 0.2.mp4: -3,2 s, 7%, 0,50  |");
  written(text, sizeof text, "es", "%2$s %1$.1f", 1234.5, "x");
  assert_string_equal(text, "x 1234,5");
  written(text, sizeof text, "de", "--pick hip=X,Y@%.2f bei %.2f s", 1.25, 1.25);
  assert_string_equal(text, "--pick hip=X,Y@1.25 bei 1,25 s");
  for (size_t i = 0; i < 3; i++) {
    static const char *const plain[] = { "en", NULL, "xx" };
    written(text, sizeof text, plain[i], "%.1f", 0.5);
    assert_string_equal(text, "0.5");
  }
  memset(text, 'x', sizeof text);
  assert_int_equal(written(text, 5, "de", "%.3f", 12.345), 6);
  assert_string_equal(text, "12,3");
  assert_int_equal(text[5], 'x');
  assert_int_equal(written(NULL, 0, "de", "%.3f", 12.345), 6);
}

static void test_unknown_language(void **state) {
  (void)state;
  uint64_t seed = 8;
  const person p = recording_person(seed, 1);
  const recording r = recording_default(SAGITTA_SET_STRIP);
  sagitta_tracks *tracks = recording_tracks(&r, &p, &seed);
  assert_non_null(tracks);
  static const char *const none[] = { "", "xx", "DE", "de_DE", "german" };
  for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
    sagitta_analysis_settings settings = sagitta_analysis_default_settings();
    sagitta_result *result = NULL;
    sagitta_error error = SAGITTA_ERROR_INIT;
    settings.language = none[i];
    assert_int_equal(sagitta_analyze(&result, tracks, &settings, &error), SAGITTA_ERROR_ARGUMENT);
    assert_null(result);
    assert_non_null(strstr(error.text, "language"));
  }
  sagitta_tracks_free(&tracks);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_every_text), cmocka_unit_test(test_same_arguments), cmocka_unit_test(test_notes_fit),
    cmocka_unit_test(test_truncated),  cmocka_unit_test(test_flipped),        cmocka_unit_test(test_languages),
    cmocka_unit_test(test_bends),      cmocka_unit_test(test_reaches),        cmocka_unit_test(test_unknown_language),
    cmocka_unit_test(test_decimals),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
