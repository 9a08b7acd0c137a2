/* SPDX-License-Identifier: Apache-2.0 */
/* Protects what was reported saved: programs are killed at any moment while they save, two at once, or remove clients
 * and rewrite the file. Afterwards the file is whole, and everything reported is in it. And of copies, recovered and
 * first records that were being made nothing is left: they are there whole, or not at all. */
#include <dirent.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "records_help.h"

#ifdef SQLITE_HAS_CODEC
#define KILLS 16 /* each opening derives a key, which is slow on purpose */
#else
#define KILLS 50
#endif

typedef struct report {
  int64_t id;
  double shift;
} report;

/* Saves one result after the other, and reports each once the library has; now and then adds a client with something of
 * theirs and removes them again. Never returns. */
static void child(int reports, double shift, bool removes) {
  const records_place place = { "test.db", help_key() };
  records *r = NULL;
  records_client c, passing = { .code = "passing" };
  records_removed gone;
  if (records_open(&r, &place, RECORDS_MAKE, NULL) != SAGITTA_OK) _exit(1);
  if (records_client_find(r, "a", &c, NULL) != SAGITTA_OK) _exit(2);
  for (int i = 0; i < 10000; i++) {
    char *text = help_document(shift + 0.01 * i, NULL);
    records_new_result n = { .client = c.id, .day = "2024-01-01", .document = text, .pain = i % 11 };
    report said = { 0, shift + 0.01 * i };
    if (records_result_save(r, &n, &said.id, NULL, NULL) != SAGITTA_OK) _exit(3);
    if (write(reports, &said, sizeof said) != sizeof said) _exit(4);
    if (removes && records_client_add(r, &passing, NULL) == SAGITTA_OK) {
      n.client = passing.id;
      if (records_result_save(r, &n, &said.id, NULL, NULL) != SAGITTA_OK) _exit(5);
      if (records_client_remove(r, passing.id, &gone, NULL) != SAGITTA_OK) _exit(6);
      passing.uid[0] = '\0';
    }
    free(text);
  }
  _exit(0);
}

static pid_t start(int reports[2], double shift, bool removes) {
  if (pipe(reports) != 0) fail_msg("no pipe");
  const pid_t pid = fork();
  if (pid < 0) fail_msg("no process");
  if (pid == 0) {
    (void)close(reports[0]);
    child(reports[1], shift, removes);
  }
  (void)close(reports[1]);
  return pid;
}

/* Everything reported is there, with the number it was reported under; the number of reports. */
static size_t check_reports(int reports) {
  records *r = help_open();
  report said;
  size_t count = 0;
  while (read(reports, &said, sizeof said) == sizeof said) {
    records_result *result = NULL;
    sagitta_error error = SAGITTA_ERROR_INIT;
    if (records_result_get(r, said.id, &result, &error) != SAGITTA_OK) fail_msg("reported, and lost: %s", error.text);
    char *text = help_document(said.shift, NULL);
    assert_string_equal(result->document, text);
    free(text);
    records_results_free(result, 1);
    count++;
  }
  (void)close(reports);
  records_close(&r);
  return count;
}

/* "test.db" is whole, and every document in it what was saved. */
static void check_whole(void) {
  records *r = help_open();
  help_verify(r, -1);
  records_close(&r);
}

static void wait_killed(pid_t pid) {
  int status = 0;
  assert_int_equal(kill(pid, SIGKILL), 0);
  assert_int_equal(waitpid(pid, &status, 0), pid);
  if (!WIFSIGNALED(status)) fail_msg("ended by itself with %d", WEXITSTATUS(status));
}

static void test_kills(void **state) {
  (void)state;
  records *r = help_open();
  (void)help_client(r, "a");
  records_close(&r);
  uint64_t seed = 7;
  size_t reported = 0;
  for (int i = 0; i < KILLS; i++) {
    int first[2], second[2];
    const bool two = i % 3 == 1;
    const pid_t a = start(first, -20 + 0.2 * i, i % 3 == 2), b = two ? start(second, 30 + 0.2 * i, false) : 0;
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    /* One in four while it is still opening the file, the others somewhere after their first report. */
    struct pollfd first_report = { .fd = first[0], .events = POLLIN };
    if (i % 4) assert_int_equal(poll(&first_report, 1, 60000), 1);
    const struct timespec delay = { 0, (long)((seed >> 33) % 60) * 1000000 };
    (void)nanosleep(&delay, NULL);
    wait_killed(a);
    if (two) wait_killed(b);
    reported += check_reports(first[0]);
    if (two) reported += check_reports(second[0]);
    check_whole();
  }
  assert_true(reported >= KILLS / 4 * 3);
  print_message("%zu results reported by %d killed programs\n", reported, KILLS);
}

/* Makes one new file after the other, of the kind that is asked for. Never returns. */
static void maker(int reports, int kind) {
  const records_place place = { "test.db", help_key() };
  records *r = NULL;
  upkeep_recovered n;
  if (kind == 0 && records_open(&r, &place, RECORDS_WRITE, NULL) != SAGITTA_OK) _exit(1);
  for (int64_t i = 0; i < 10000; i++) {
    char name[40];
    (void)snprintf(name, sizeof name, "new-%d-%lld.db", kind, (long long)i);
    const records_place made = { name, help_key() };
    sagitta_status status = kind == 0   ? upkeep_backup(r, name, NULL)
                            : kind == 1 ? upkeep_recover(&place, name, &n, NULL)
                                        : records_open(&r, &made, RECORDS_MAKE, NULL);
    if (status != SAGITTA_OK) _exit(2);
    if (kind == 2) records_close(&r);
    if (write(reports, &i, sizeof i) != sizeof i) _exit(3);
  }
  _exit(0);
}

/* Removes what is in the folder beside the records, after a look at it: new files that are whole, and no other but the
 * journal of one that is open. Their number. */
static int64_t check_made(void) {
  int64_t count = 0;
  DIR *folder = opendir(".");
  assert_non_null(folder);
  for (const struct dirent *entry; (entry = readdir(folder));) {
    const char *name = entry->d_name, *end = strstr(name, ".db");
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || strncmp(name, "new-", 4) != 0) {
      if (name[0] == '.' && strlen(name) > 2) fail_msg("\"%s\" is left behind", name);
      continue;
    }
    if (!end || (end[3] && strcmp(end, ".db-wal") != 0 && strcmp(end, ".db-shm") != 0))
      fail_msg("\"%s\" is left behind", name);
    if (end[3]) continue;
    records *r = help_open_file(name);
    help_verify(r, name[4] == '2' ? 0 : 11);
    records_close(&r);
    (void)unlink(name);
    count++;
  }
  (void)closedir(folder);
  return count;
}

static void test_new_files(void **state) {
  (void)state;
  records *r = help_filled();
  records_close(&r);
  uint64_t seed = 11;
  for (int i = 0; i < KILLS; i++) {
    int reports[2];
    int64_t said = 0;
    if (pipe(reports) != 0) fail_msg("no pipe");
    const pid_t pid = fork();
    if (pid < 0) fail_msg("no process");
    if (pid == 0) maker(reports[1], i % 3);
    (void)close(reports[1]);
    struct pollfd first = { .fd = reports[0], .events = POLLIN };
    if (i % 4) assert_int_equal(poll(&first, 1, 60000), 1);
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    const struct timespec delay = { 0, (long)((seed >> 33) % 40) * 1000000 };
    (void)nanosleep(&delay, NULL);
    wait_killed(pid);
    int64_t reported = 0;
    while (read(reports[0], &said, sizeof said) == sizeof said) reported++;
    (void)close(reports[0]);
    assert_true(check_made() >= reported);
  }
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, help_setup, help_teardown)

int main(void) {
  const struct CMUnitTest tests[] = { EACH(test_kills), EACH(test_new_files) };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
