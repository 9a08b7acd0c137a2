/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/plain_words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/text.h"
#include "sagitta/sagitta.h"

/* Put `words` and what stands at `from` to `at`; false when memory is short. */
static bool put_in(char *text, size_t size, char *at, const char *words, const char *from) {
  char *rest = strdup(from);
  if (!rest) return false;
  (void)snprintf(at, size - (size_t)(at - text), "%s%s", words, rest);
  free(rest);
  return true;
}

static void name_tests(char *text, size_t size, const char *language) {
  char *at;
  while ((at = strstr(text, "--test "))) {
    char name[40], words[300];
    const char *from = at + strlen("--test ");
    const size_t bytes = strspn(from, "abcdefghijklmnopqrstuvwxyz-");
    (void)snprintf(name, sizeof name, "%.*s", (int)(bytes < sizeof name ? bytes : sizeof name - 1), from);
    const sagitta_test *test = sagitta_test_find(name);
    (void)snprintf(words, sizeof words, say(language, "the test “%s”"), test ? say(language, test->title) : name);
    if (!put_in(text, size, at, words, from + bytes)) return;
  }
}

void plain_words(char *text, size_t size, const char *language) {
  char *at;
  name_tests(text, size, language);
  while ((at = strstr(text, "--"))) {
    char *begin = at, *end = strstr(at, ". ");
    if (!end) end = text + strlen(text) - (text[strlen(text) - 1] == '.');
    while (begin > text && *begin != ',' && *begin != ';' && strncmp(begin, ". ", 2) != 0) begin--;
    /* A sentence that is nothing else goes with its stop. */
    if (begin == text || *begin == '.') end += *end == '.';
    if (*begin == '.') begin++;
    memmove(begin, end, strlen(end) + 1);
  }
}
