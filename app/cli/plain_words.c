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

/* Where an option is named: "--" that begins a word. One inside of a word is of a file's name. */
static char *find_option(char *text) {
  for (char *at = strstr(text, "--"); at; at = strstr(at + 2, "--")) {
    const bool begins = at == text || strchr(" (\"", at[-1]), named = at[2] >= 'a' && at[2] <= 'z';
    if (begins && named) return at;
  }
  return NULL;
}

static bool ends_sentence(const char *at) {
  return (*at == '.' || *at == '?') && at[1] == ' ';
}

/* Take the clause of the option out. */
static void take_out(char *text, char *option) {
  char *begin = option, *end = strstr(option, ". ");
  if (!end) end = text + strlen(text) - (text[strlen(text) - 1] == '.');
  while (begin > text && *begin != ',' && *begin != ';' && !ends_sentence(begin)) begin--;
  /* A sentence that is nothing else goes with its stop. */
  if (begin == text || ends_sentence(begin)) end += *end == '.';
  if (ends_sentence(begin)) begin++;
  memmove(begin, end, strlen(end) + 1);
}

void plain_words(char *text, size_t size, const char *language) {
  name_tests(text, size, language);
  char *whole = strdup(text);
  for (char *at = find_option(text); at; at = find_option(text)) take_out(text, at);
  /* What is about options alone is better than nothing. */
  if (whole && !text[strspn(text, " ")]) (void)snprintf(text, size, "%s", whole);
  free(whole);
}
