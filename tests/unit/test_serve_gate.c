/* SPDX-License-Identifier: Apache-2.0 */
/* Protects who may come in to the page of `sagitta serve`: every request by its headers; secrets that work once and for
 * a minute; ranges of a recording; uploads that are too slow; and that no word from outside becomes an option. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
/* after the four above, as its header wants them */
#include <cmocka.h>

#include "serve/gate.h"
#include "serve/http_send.h"
#include "serve/job_run.h"
#include "serve/secret.h"
#include "serve/upload.h"

#define HERE   "127.0.0.1:4711"
#define ORIGIN "http://127.0.0.1:4711"

typedef struct gate_case {
  const char *what;
  gate_request asked;
  gate_answer answer;
} gate_case;

static const gate_case cases[] = {
  { "the page", { .method = "GET", .path = "/", .host = HERE, .site = "none", .has_cookie = true }, GATE_OPEN },
  { "the page asks",
    { .method = "GET", .path = "/api/clients", .host = HERE, .site = "same-origin", .has_cookie = true },
    GATE_OPEN },
  { "a browser that does not say from where",
    { .method = "GET", .path = "/", .host = HERE, .has_cookie = true },
    GATE_OPEN },
  { "its head alone", { .method = "HEAD", .path = "/", .host = HERE, .has_cookie = true }, GATE_OPEN },
  { "no cookie", { .method = "GET", .path = "/", .host = HERE, .site = "none" }, GATE_NOT_ENTERED },
  { "a secret, from a file's page",
    { .method = "GET", .path = "/", .has_secret = true, .host = HERE, .site = "cross-site" },
    GATE_ENTER },
  { "a secret elsewhere",
    { .method = "GET", .path = "/api/state", .has_secret = true, .host = HERE, .site = "cross-site" },
    GATE_FOREIGN },
  { "a secret by POST",
    { .method = "POST", .path = "/", .has_secret = true, .host = HERE, .site = "cross-site" },
    GATE_FOREIGN },
  { "a secret under another name",
    { .method = "GET", .path = "/", .has_secret = true, .host = "rebound.example:4711" },
    GATE_WRONG_HOST },
  { "rebinding",
    { .method = "GET", .path = "/", .host = "rebound.example:4711", .site = "same-origin", .has_cookie = true },
    GATE_WRONG_HOST },
  { "localhost", { .method = "GET", .path = "/", .host = "localhost:4711", .has_cookie = true }, GATE_WRONG_HOST },
  { "another port", { .method = "GET", .path = "/", .host = "127.0.0.1:4712", .has_cookie = true }, GATE_WRONG_HOST },
  { "no port", { .method = "GET", .path = "/", .host = "127.0.0.1", .has_cookie = true }, GATE_WRONG_HOST },
  { "more behind it", { .method = "GET", .path = "/", .host = HERE ".example", .has_cookie = true }, GATE_WRONG_HOST },
  { "no host", { .method = "GET", .path = "/", .has_cookie = true }, GATE_WRONG_HOST },
  { "two hosts", { .method = "GET", .path = "/", .host = HERE, .repeated = true, .has_cookie = true }, GATE_MALFORMED },
  { "a proxy's form",
    { .method = "GET", .path = "http://127.0.0.1:4711/", .host = HERE, .has_cookie = true },
    GATE_MALFORMED },
  { "another site's picture",
    { .method = "GET", .path = "/", .host = HERE, .site = "cross-site", .has_cookie = true },
    GATE_FOREIGN },
  { "another port's page",
    { .method = "GET", .path = "/", .host = HERE, .site = "same-site", .has_cookie = true },
    GATE_FOREIGN },
  { "a write",
    { .method = "POST",
      .path = "/",
      .host = HERE,
      .site = "same-origin",
      .origin = ORIGIN,
      .mark = "1",
      .has_cookie = true },
    GATE_OPEN },
  { "a write without origin",
    { .method = "POST", .path = "/", .host = HERE, .site = "same-origin", .mark = "1", .has_cookie = true },
    GATE_FOREIGN },
  { "a write of another origin",
    { .method = "POST", .path = "/", .host = HERE, .origin = "http://127.0.0.1:4712", .mark = "1", .has_cookie = true },
    GATE_FOREIGN },
  { "a write of no origin",
    { .method = "POST", .path = "/", .host = HERE, .origin = "null", .mark = "1", .has_cookie = true },
    GATE_FOREIGN },
  { "a write of https",
    { .method = "POST",
      .path = "/",
      .host = HERE,
      .origin = "https://127.0.0.1:4711",
      .mark = "1",
      .has_cookie = true },
    GATE_FOREIGN },
  { "a form's write",
    { .method = "POST", .path = "/", .host = HERE, .origin = ORIGIN, .has_cookie = true },
    GATE_FOREIGN },
  { "a write without cookie",
    { .method = "POST", .path = "/", .host = HERE, .origin = ORIGIN, .mark = "1" },
    GATE_NOT_ENTERED },
  { "DELETE", { .method = "DELETE", .path = "/", .host = HERE, .has_cookie = true }, GATE_FOREIGN },
  { "PUT",
    { .method = "PUT", .path = "/", .host = HERE, .origin = ORIGIN, .mark = "1", .has_cookie = true },
    GATE_OPEN },
  { "TRACE", { .method = "TRACE", .path = "/", .host = HERE, .has_cookie = true }, GATE_WRONG_VERB },
  { "CONNECT", { .method = "CONNECT", .path = "/", .host = HERE, .has_cookie = true }, GATE_WRONG_VERB },
  { "OPTIONS",
    { .method = "OPTIONS", .path = "/", .host = HERE, .site = "cross-site", .has_cookie = true },
    GATE_WRONG_VERB },
};

static void test_gate(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const gate_answer got = gate_judge(&cases[i].asked, HERE);
    if (got != cases[i].answer) fail_msg("%s: %d instead of %d", cases[i].what, got, cases[i].answer);
    const unsigned status = gate_status(got);
    assert_true(got <= GATE_ENTER ? status == 200 : status >= 400 && status < 500);
    assert_int_equal(got > GATE_ENTER, gate_words(got)[0] != '\0');
  }
}

static void test_secrets(void **state) {
  secret_box box;
  char first[SECRET_TEXT], second[SECRET_TEXT];
  (void)state;
  assert_true(secret_begin(&box, 100));
  memcpy(first, box.entry[0].text, sizeof first);
  assert_int_equal(strlen(first), 64);
  assert_false(secret_is_due(&box, 100 + SECRET_RENEWED - 1));
  assert_false(secret_use(&box, "", 101));
  assert_false(secret_use(&box, NULL, 101));
  assert_false(secret_use(&box, box.session, 101));
  assert_true(secret_use(&box, first, 101));
  assert_false(secret_use(&box, first, 101));
  /* A used one asks for another; the file never holds an old one. */
  assert_true(secret_is_due(&box, 101));
  assert_true(secret_renew(&box, 101));
  memcpy(second, box.entry[0].text, sizeof second);
  assert_string_not_equal(first, second);
  assert_true(secret_is_due(&box, 101 + SECRET_RENEWED));
  assert_true(secret_renew(&box, 101 + SECRET_RENEWED));
  /* The one before is good until its minute is over, and not longer. */
  secret_box later = box;
  assert_true(secret_use(&box, second, 101 + SECRET_SECONDS - 1));
  assert_false(secret_use(&later, second, 101 + SECRET_SECONDS));
  assert_true(secret_is_session(&box, later.session));
  assert_false(secret_is_session(&box, ""));
  assert_false(secret_is_session(&box, NULL));
}

static void test_ranges(void **state) {
  static const struct {
    const char *header;
    unsigned status;
    uint64_t from, length;
  } ranges[] = { { NULL, 200, 0, 100 },         { "bytes=0-", 206, 0, 100 },
                 { "bytes=5-9", 206, 5, 5 },    { "bytes=90-200", 206, 90, 10 },
                 { "bytes=-3", 206, 97, 3 },    { "bytes=-300", 206, 0, 100 },
                 { "bytes=100-", 416, 0, 100 }, { "bytes=-0", 416, 0, 100 },
                 { "bytes=9-5", 200, 0, 100 },  { "bytes=0-1,5-6", 200, 0, 100 },
                 { "bytes=a-b", 200, 0, 100 },  { "bytes=--3", 200, 0, 100 },
                 { "lines=0-3", 200, 0, 100 },  { "bytes=", 200, 0, 100 },
                 { "bytes=99-99", 206, 99, 1 } };
  (void)state;
  for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
    uint64_t from, length;
    assert_int_equal(http_range(ranges[i].header, 100, &from, &length), ranges[i].status);
    if (ranges[i].status == 416) continue;
    assert_int_equal(from, ranges[i].from);
    assert_int_equal(length, ranges[i].length);
  }
}

static void test_uploads(void **state) {
  (void)state;
  assert_false(upload_is_slow(0, UPLOAD_GRACE));
  assert_true(upload_is_slow(1000, UPLOAD_GRACE + 1));
  assert_false(upload_is_slow((unsigned long long)(UPLOAD_FLOOR * 20), 20));
  assert_string_equal(upload_ending("a clip.MP4"), ".mp4");
  assert_string_equal(upload_ending("../../etc/passwd"), "");
  assert_string_equal(upload_ending("a.mp4/b"), "");
}

static bool has(const char *const *words, const char *word) {
  for (; *words; words++) {
    if (strcmp(*words, word) == 0) return true;
  }
  return false;
}

static void test_words(void **state) {
  const char *words[JOB_WORDS];
  char numbers[2][24];
  const serve_settings s = { .place.file = "r.db" };
  const job_paths paths = { .recording = "/x/recording.mp4", .result = "/x/result.json" };
  job_order o = { .client = "ana",
                  .test = "toe-touch",
                  .mark = "after",
                  .markers = "same",
                  .pain = 3,
                  .rest = 12,
                  .name = "--records" };
  (void)state;
  job_analyze_words(words, numbers, &o, &s, &paths);
  assert_string_equal(words[0], "analyze");
  assert_string_equal(words[1], "/x/recording.mp4");
  assert_true(has(words, "--after") && has(words, "--same-markers") && has(words, "3") && has(words, "12"));
  /* The name of the file is the value of an option, and no option. */
  size_t named = 0;
  for (size_t i = 0; words[i]; i++) {
    if (strcmp(words[i], "--records") != 0) continue;
    named += strcmp(words[i - 1], "--called") != 0;
  }
  assert_int_equal(named, 1);
  assert_true(has(words, "--called"));
  o.pain = -1;
  *o.client = *o.name = '\0';
  job_analyze_words(words, numbers, &o, &s, &paths);
  assert_false(has(words, "--pain") || has(words, "--records") || has(words, "--after") || has(words, "--called"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_gate),    cmocka_unit_test(test_secrets), cmocka_unit_test(test_ranges),
    cmocka_unit_test(test_uploads), cmocka_unit_test(test_words),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
