/* SPDX-License-Identifier: Apache-2.0 */
/* Protects what is kept to be looked at: out again as it was put in, for its owner alone, unreadable without the key
 * where there is one; with its results through merges and moves, gone with the last of them, and nobody else's with it;
 * damaged or of another version it is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "records_help.h"

#define DAY    "2024-01-05"
#define MEGA   ((size_t)1 << 20)
#define FOLDER "test.db.pictures"
#define FACE   "a face that nobody else may see"
#define HASH_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define HASH_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define FILM_A FOLDER "/" HASH_A ".recording"
#define FILM_B FOLDER "/" HASH_B ".recording"

/* Two and a half parts, with the words at both ends. */
static void write_film(const char *name) {
  FILE *to = fopen(name, "wb");
  assert_non_null(to);
  fputs(FACE, to);
  for (size_t i = 0; i < 5 * MEGA / 2; i++) fputc((int)(i * 131 % 251), to);
  fputs(FACE, to);
  assert_int_equal(fclose(to), 0);
}

static int64_t save(records *r, const records_client *c, double shift, const char *hash) {
  char *text = help_document(shift, NULL);
  const records_new_result n = {
    .client = c->id, .day = DAY, .document = text, .input_sha256 = hash, .pain = -1, .video = "/gone/film.mp4"
  };
  int64_t id = 0;
  sagitta_error error = SAGITTA_ERROR_INIT;
  if (records_result_save(r, &n, &id, NULL, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  free(text);
  return id;
}

static void put(records *r, int64_t id, records_footage kind, const char *name) {
  sagitta_error error = SAGITTA_ERROR_INIT;
  const records_piece piece = { name, "film" };
  if (records_pictures_keep(r, id, kind, &piece, 1, NULL, &error) != SAGITTA_OK) fail_msg("%s", error.text);
}

static bool is_there(const char *name) {
  return access(name, F_OK) == 0;
}

static bool is_kept(records *r, int64_t id, records_footage kind) {
  records_result *row = NULL;
  records_kept kept;
  assert_int_equal(records_result_get(r, id, &row, NULL), SAGITTA_OK);
  records_pictures_look(r, row, kind, &kept);
  records_results_free(row, 1);
  assert_true(kept.bytes == 0 || records_is_day(kept.day));
  return kept.bytes > 0;
}

/* The teardown removes files alone. */
static void tidy(void) {
  (void)unlink(FILM_A);
  (void)unlink(FOLDER "/holiday.mp4");
  assert_int_equal(rmdir(FOLDER), 0);
}

static void test_out_again(void **state) {
  (void)state;
  sagitta_error error = SAGITTA_ERROR_INIT;
  char name[RECORDS_PIECE];
  struct stat about;
  size_t in, out;
  records *r = help_open();
  const records_client a = help_client(r, "a");
  const int64_t id = save(r, &a, 0, HASH_A), no_file = help_save(r, &a, DAY, 1, RECORDS_UNMARKED, -1);
  write_film("film");
  assert_int_equal(records_pictures_take(r, id, RECORDS_RECORDING, ".", name, NULL, &error), SAGITTA_ERROR_MISSING);
  put(r, id, RECORDS_RECORDING, "recording.mp4");
  put(r, id, RECORDS_RECORDING, "recording.mp4");
  assert_int_equal(stat(FOLDER, &about), 0);
  assert_int_equal(about.st_mode & 0777, 0700);
  assert_int_equal(stat(FILM_A, &about), 0);
  assert_int_equal(about.st_mode & 0777, 0600);
  assert_int_equal(help_contains(FILM_A, FACE), help_key() == NULL);
  assert_int_equal(records_pictures_take(r, id, RECORDS_RECORDING, ".", name, NULL, &error), SAGITTA_OK);
  assert_string_equal(name, "recording.mp4");
  char *was = help_read("film", &in), *now = help_read("recording.mp4", &out);
  assert_int_equal(in, out);
  assert_memory_equal(was, now, in);
  assert_int_equal(stat("recording.mp4", &about), 0);
  assert_int_equal(about.st_mode & 0777, 0600);
  /* One of them alone, and none of a name that is not there. */
  unsigned char *bytes = NULL;
  assert_int_equal(records_pictures_read(r, id, RECORDS_RECORDING, "recording.mp4", &bytes, &out, &error), SAGITTA_OK);
  assert_int_equal(in, out);
  assert_memory_equal(was, bytes, in);
  free(bytes);
  assert_int_equal(records_pictures_read(r, id, RECORDS_RECORDING, "start.jpg", &bytes, &out, &error), SAGITTA_OK);
  assert_true(bytes == NULL && out == 0);
  assert_int_equal(records_pictures_read(r, id, RECORDS_FRAMES, "start.jpg", &bytes, &out, &error),
                   SAGITTA_ERROR_MISSING);
  free(was);
  free(now);
  /* Nothing is written over, no name leads elsewhere, and who has no recording keeps none. */
  assert_int_equal(records_pictures_take(r, id, RECORDS_RECORDING, ".", name, NULL, &error), SAGITTA_ERROR_WRITE);
  const records_piece wrong[] = { { "../film.mp4", "film" }, { ".film", "film" }, { "a/b", "film" }, { "", "film" } };
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    assert_int_equal(records_pictures_keep(r, id, RECORDS_FRAMES, &wrong[i], 1, NULL, &error), SAGITTA_ERROR_ARGUMENT);
  }
  const records_piece none = { "film.mp4", "nothing" }, good = { "film.mp4", "film" };
  assert_int_equal(records_pictures_keep(r, id, RECORDS_FRAMES, &none, 1, NULL, &error), SAGITTA_ERROR_MISSING);
  assert_false(is_kept(r, id, RECORDS_FRAMES));
  assert_int_equal(records_pictures_keep(r, no_file, RECORDS_RECORDING, &good, 1, NULL, &error),
                   SAGITTA_ERROR_ARGUMENT);
  assert_int_equal(records_pictures_keep(r, 999, RECORDS_RECORDING, &good, 1, NULL, &error), SAGITTA_ERROR_ARGUMENT);
  assert_int_equal(records_pictures_remove(r, id, RECORDS_RECORDING, &error), SAGITTA_OK);
  assert_false(is_kept(r, id, RECORDS_RECORDING) || is_there(FILM_A));
  records_close(&r);
  tidy();
}

/* A recording stays for as long as any result of it does; key frames are their result's alone. */
static void test_gone_with_the_last(void **state) {
  (void)state;
  bool traces;
  records_removed removed;
  sagitta_error error = SAGITTA_ERROR_INIT;
  records *r = help_open();
  const records_client a = help_client(r, "a"), b = help_client(r, "b");
  const int64_t first = save(r, &a, 0, HASH_A), again = save(r, &a, 3, HASH_A), other = save(r, &b, 5, HASH_B);
  write_film("film");
  put(r, first, RECORDS_RECORDING, "recording.mp4");
  put(r, first, RECORDS_FRAMES, "start.jpg");
  put(r, again, RECORDS_FRAMES, "start.jpg");
  put(r, other, RECORDS_RECORDING, "recording.mp4");
  assert_true(is_kept(r, again, RECORDS_RECORDING)); /* of the very same file */
  assert_int_equal(records_result_remove(r, first, &traces, &error), SAGITTA_OK);
  assert_true(is_kept(r, again, RECORDS_RECORDING) && is_kept(r, again, RECORDS_FRAMES));
  assert_int_equal(records_result_move(r, again, &b, &error), SAGITTA_OK);
  assert_true(is_kept(r, again, RECORDS_RECORDING) && is_kept(r, again, RECORDS_FRAMES));
  assert_int_equal(records_result_remove(r, again, &traces, &error), SAGITTA_OK);
  assert_false(is_there(FILM_A));
  assert_true(is_there(FILM_B));
  assert_int_equal(records_client_remove(r, a.id, &removed, &error), SAGITTA_OK);
  assert_true(is_there(FILM_B));
  assert_int_equal(records_client_remove(r, b.id, &removed, &error), SAGITTA_OK);
  assert_false(is_there(FILM_B));
  assert_int_equal(rmdir(FOLDER), 0); /* nothing else is in it */
  records_close(&r);
}

/* What is no picture of ours is left alone; a picture of nobody goes when the file is rewritten. */
static void test_vacuum(void **state) {
  (void)state;
  bool traces;
  sagitta_error error = SAGITTA_ERROR_INIT;
  records *r = help_open();
  const records_client a = help_client(r, "a");
  const int64_t id = save(r, &a, 0, HASH_A);
  write_film("film");
  put(r, id, RECORDS_RECORDING, "recording.mp4");
  assert_int_equal(link("film", FILM_B), 0);
  assert_int_equal(link("film", FOLDER "/holiday.mp4"), 0);
  assert_int_equal(records_vacuum(r, &traces, &error), SAGITTA_OK);
  assert_true(is_there(FILM_A) && is_there(FOLDER "/holiday.mp4"));
  assert_false(is_there(FILM_B));
  records_close(&r);
  tidy();
}

static void test_damaged(void **state) {
  (void)state;
  sagitta_error error = SAGITTA_ERROR_INIT;
  char name[RECORDS_PIECE];
  records *r = help_open();
  const records_client a = help_client(r, "a");
  const int64_t id = save(r, &a, 0, HASH_A);
  write_film("film");
  put(r, id, RECORDS_RECORDING, "recording.mp4");
  if (!help_key()) { /* a name that leads elsewhere, by whoever can write there */
    sqlite3 *p = help_sqlite(FILM_A);
    assert_int_equal(sqlite3_exec(p, "UPDATE pieces SET name = '../escaped'", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(p);
    assert_int_equal(records_pictures_take(r, id, RECORDS_RECORDING, ".", name, NULL, &error), SAGITTA_ERROR_FORMAT);
    assert_false(is_there("../escaped"));
  }
  FILE *to = fopen(FILM_A, "wb");
  assert_non_null(to);
  fputs("no database at all, whatever its name says, and long enough to have a head of its own, which is not one", to);
  fclose(to);
  assert_int_not_equal(records_pictures_take(r, id, RECORDS_RECORDING, ".", name, NULL, &error), SAGITTA_OK);
  assert_true(strlen(error.text) > 10);
  assert_false(is_there("recording.mp4"));
  records_close(&r);
  tidy();
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, help_setup, help_teardown)

int main(void) {
  const struct CMUnitTest tests[] = { EACH(test_out_again), EACH(test_gone_with_the_last), EACH(test_vacuum),
                                      EACH(test_damaged) };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
