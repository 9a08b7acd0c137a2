/* SPDX-License-Identifier: Apache-2.0 */
/* Protects what is recovered from a damaged file of records: whatever is whole; the damaged file stays as it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "records/records.h"
#include "records_help.h"
#include "scratch.h"

/* Damage, then recover, then count. The damaged file itself must stay as it is. */
static upkeep_recovered recover(void) {
  const records_place place = { "test.db", help_key() };
  upkeep_recovered n;
  sagitta_error error = SAGITTA_ERROR_INIT;
  size_t before, after;
  char *was = help_read("test.db", &before);
  unlink("new.db");
  if (upkeep_recover(&place, "new.db", &n, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  char *is = help_read("test.db", &after);
  assert_int_equal(before, after);
  assert_memory_equal(was, is, before);
  free(was);
  free(is);
  records *r = help_open_file("new.db");
  help_verify(r, n.results);
  records_close(&r);
  return n;
}

static void test_recovery_of_a_whole_file(void **state) {
  (void)state;
  records *r = help_filled();
  char *text = help_export(r, NULL);
  records_close(&r);
  const upkeep_recovered n = recover();
  assert_int_equal(n.clients, 2);
  assert_int_equal(n.visits, 4);
  assert_int_equal(n.results, 11);
  assert_int_equal(n.incomplete + n.nameless, 0);
  r = help_open_file("new.db");
  char *again = help_export(r, NULL);
  assert_string_equal(text, again);
  free(again);
  free(text);
  records_close(&r);
}

/* Every page of the file in turn overwritten: what is on the others is found again. */
static void test_recovery_page_by_page(void **state) {
  (void)state;
  records *r = help_filled();
  records_close(&r);
  size_t length;
  char *whole = help_read("test.db", &length);
  const size_t pages = length / 4096;
  size_t found = 0;
  assert_true(pages > 15);
  for (size_t page = 0; page < pages; page++) {
    char *damaged = malloc(length);
    assert_non_null(damaged);
    memcpy(damaged, whole, length);
    memset(damaged + 4096 * page, page % 2 ? 0 : 0x5A, 4096);
    write_file("test.db", damaged, length);
    free(damaged);
#ifdef SQLITE_HAS_CODEC
    if (page == 0) continue; /* the salt of the key: nothing can be read without it */
    const records_place place = { "test.db", help_key() };
    upkeep_recovered n;
    unlink("new.db");
    if (upkeep_recover(&place, "new.db", &n, NULL) != SAGITTA_OK) continue;
#else
    const upkeep_recovered n = recover();
    /* One page holds one or two documents, or the list of some; never more than a few are lost with it. */
    assert_true(n.results >= 4);
#endif
    found += (size_t)n.results;
  }
#ifdef SQLITE_HAS_CODEC
  assert_true(found > 0);
#else
  assert_true(found >= pages * 10); /* of 11 */
#endif
  free(whole);
}

static void test_recovery_without_the_head(void **state) {
  (void)state;
#ifndef SQLITE_HAS_CODEC
  records *r = help_filled();
  size_t length;
  records_close(&r);
  char *bytes = help_read("test.db", &length);
  memset(bytes, 0xFF, 100);
  write_file("test.db", bytes, length);
  upkeep_recovered n = recover();
  assert_int_equal(n.clients, 2);
  assert_int_equal(n.results, 11);
  /* With all that is kept beside them. */
  r = help_open_file("new.db");
  char *text = help_export(r, NULL);
  assert_non_null(strstr(text, "\"tracks\": \"# sagitta-tracks/1"));
  assert_non_null(strstr(text, "\"video\": \"/videos/ä clip.mp4\""));
  assert_non_null(strstr(text, "\"same_markers\": true"));
  assert_non_null(strstr(text, "\"rest_min\": 15"));
  assert_non_null(strstr(text, "\"pain\": 5"));
  free(text);
  records_close(&r);
  /* Cut off in the middle. */
  write_file("test.db", bytes, length / 4096 * 4 / 5 * 4096);
  n = recover();
  assert_in_range(n.results, 1, 10);
  free(bytes);
#endif
}

static void test_recovery_of_nothing(void **state) {
  (void)state;
  const records_place missing = { "missing.db", help_key() }, text = { "text.db", help_key() };
  upkeep_recovered n;
  sagitta_error error = SAGITTA_ERROR_INIT;
  char zeros[40000];
  memset(zeros, 0, sizeof zeros);
  write_file("text.db", zeros, sizeof zeros);
  assert_int_equal(upkeep_recover(&missing, "new.db", &n, &error), SAGITTA_ERROR_MISSING);
  assert_int_equal(upkeep_recover(&text, "new.db", &n, &error), SAGITTA_ERROR_FORMAT);
  assert_int_not_equal(access("new.db", F_OK), 0);
  assert_int_equal(upkeep_recover(&text, "text.db", &n, &error), SAGITTA_ERROR_ARGUMENT);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, help_setup, help_teardown)

int main(void) {
  const struct CMUnitTest tests[] = {
    EACH(test_recovery_of_a_whole_file),
    EACH(test_recovery_page_by_page),
    EACH(test_recovery_without_the_head),
    EACH(test_recovery_of_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
