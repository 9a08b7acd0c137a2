/* SPDX-License-Identifier: Apache-2.0 */
/* The questions before a test: asked, read from a file, and what a yes says. */
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/failure.h"
#include "cli/text.h"
#include "records/records.h"

#define SCHEMA   "sagitta-pretest/1"
#define FILE_MAX ((size_t)1 << 16)

static const pretest_question questions[] = {
  { "bladder_or_bowel", TRANSLATABLE("Any change in bladder or bowel control, or numbness between the legs?") },
  { "leg_weakness", TRANSLATABLE("Legs growing weaker, or trouble walking?") },
  { "injury",
    TRANSLATABLE("A heavy fall or accident lately, or a lighter one with brittle bones or steroid medicine?") },
  { "cancer_or_weight_loss",
    TRANSLATABLE("Cancer now or earlier, weight lost without a reason, or pain that stays all night?") },
  { "fever_or_infection", TRANSLATABLE("Fever, a weakened immune system, or drugs taken by injection?") },
  { "surgery", TRANSLATABLE("Surgery on the back or the hips lately?") },
  { "acute_pain", TRANSLATABLE("Sharp back or leg pain at present that bending brings on?") },
  { "pregnancy", TRANSLATABLE("Pregnant?") },
  { "dizziness_or_pressure", TRANSLATABLE("Dizziness, high blood pressure that is not under control, or glaucoma?") },
};
#define QUESTIONS (sizeof questions / sizeof *questions)

const pretest_question *pretest_questions(size_t *count) {
  *count = QUESTIONS;
  return questions;
}

static const json_t *answers_of(const json_t *root) {
  return json_object_get(root, "answers");
}

bool pretest_has_yes(const char *answers) {
  json_t *root = json_loads(answers, 0, NULL);
  bool yes = false;
  for (size_t i = 0; i < QUESTIONS; i++) yes = yes || json_is_true(json_object_get(answers_of(root), questions[i].key));
  json_decref(root);
  return yes;
}

void pretest_advice(const char *answers, const char *language, char *buffer, size_t size) {
  json_t *root = json_loads(answers, 0, NULL);
  size_t at = (size_t)snprintf(buffer, size, "%s", say(language, "See a clinician first. Answered with yes:"));
  for (size_t i = 0; i < QUESTIONS && at < size; i++) {
    if (!json_is_true(json_object_get(answers_of(root), questions[i].key))) continue;
    at += (size_t)snprintf(buffer + at, size - at, " %s", say(language, questions[i].text));
  }
  json_decref(root);
}

static sagitta_status no_memory(sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the answers.");
}

static char *print(const json_t *root) {
  return json_dumps(root, JSON_INDENT(2));
}

/* "yes", "nein", "sí" for true and false: what people write into a form. */
static sagitta_status words_to_answers(json_t *root, sagitta_error *error) {
  json_t *answers = json_object_get(root, "answers");
  for (size_t i = 0; i < QUESTIONS; i++) {
    char word[64];
    const char *text = json_string_value(json_object_get(answers, questions[i].key));
    if (!text || snprintf(word, sizeof word, "%s", text) >= (int)sizeof word) continue;
    const int answer = answer_yes_or_no(word);
    if (answer >= 0 && json_object_set_new(answers, questions[i].key, json_boolean(answer)) != 0) {
      return no_memory(error);
    }
  }
  return SAGITTA_OK;
}

/* What only users can get wrong: named question by question. */
static sagitta_status check(const json_t *root, sagitta_error *error) {
  const char *schema = json_string_value(json_object_get(root, "schema"));
  const json_t *answers = answers_of(root);
  if (!schema || strcmp(schema, SCHEMA) != 0 || !json_is_object(answers)) {
    return fail_with(
        error, SAGITTA_ERROR_FORMAT,
        "It holds no pre-test answers (\"schema\": \"%s\"). \"sagitta records questions\" prints a form to fill in.",
        SCHEMA);
  }
  for (size_t i = 0; i < QUESTIONS; i++) {
    if (json_is_boolean(json_object_get(answers, questions[i].key))) continue;
    return fail_with(
        error, SAGITTA_ERROR_FORMAT,
        "The question \"%s\" is not answered with yes or no (true or false): %s Every question needs an answer.",
        questions[i].key, error_say(error, questions[i].text));
  }
  if (json_object_size(answers) > QUESTIONS) {
    return fail_with(error, SAGITTA_ERROR_FORMAT,
                     "It answers questions that this Sagitta does not ask. \"sagitta records questions\" prints a "
                     "form to fill in.");
  }
  return SAGITTA_OK;
}

sagitta_status pretest_parse(char **answers, const char *text, size_t length, sagitta_error *error) {
  json_error_t cause;
  *answers = NULL;
  json_t *root = json_loadb(text, length, JSON_REJECT_DUPLICATES, &cause);
  if (!root) {
    return fail_with(error, SAGITTA_ERROR_FORMAT,
                     "Line %d, column %d is not JSON. \"sagitta records questions\" prints a form to fill in.",
                     cause.line, cause.column);
  }
  sagitta_status status = words_to_answers(root, error);
  if (status == SAGITTA_OK) status = check(root, error);
  if (status == SAGITTA_OK && !(*answers = print(root))) status = no_memory(error);
  json_decref(root);
  return status;
}

sagitta_status pretest_read(char **answers, const char *path, sagitta_error *error) {
  sagitta_error cause = error_like(error);
  *answers = NULL;
  FILE *file = fopen(path, "rbe");
  if (!file) {
    return fail_with(error, SAGITTA_ERROR_MISSING, "The answers \"%s\" cannot be opened: %s.", path,
                     error_reason(error, errno));
  }
  char *text = malloc(FILE_MAX);
  const size_t length = text ? fread(text, 1, FILE_MAX, file) : 0;
  const bool bad = ferror(file) != 0;
  (void)fclose(file);
  sagitta_status status = SAGITTA_ERROR_FORMAT;
  if (!text) {
    status = no_memory(&cause);
  } else if (bad || length == FILE_MAX) {
    (void)fail_with(&cause, status, bad ? "It cannot be read." : "It is larger than any file of answers.");
  } else {
    status = pretest_parse(answers, text, length, &cause);
  }
  free(text);
  return status == SAGITTA_OK ? status : fail_with(error, status, "\"%s\": %s", path, cause.text);
}

static bool is_any(const char *word, const char *const *of) {
  for (; *of; of++) {
    if (strcasecmp(word, *of) == 0) return true;
  }
  return false;
}

int answer_yes_or_no(char *line) {
  line[strcspn(line, "\r\n")] = '\0';
  static const char *const yes[] = { "y", "yes", "j", "ja", "s", "si", "sí", NULL }, *const no[] = { "n", "no", "nein",
                                                                                                     NULL };
  const char *word = line + strspn(line, " \t");
  return is_any(word, yes) ? 1 : is_any(word, no) ? 0 : -1;
}

static sagitta_status ask_one(json_t *answers, const pretest_question *question, const char *language, FILE *from,
                              FILE *to, sagitta_error *error) {
  char line[64];
  for (;;) {
    fputs("  ", to);
    text_wrap(to, say(language, question->text), text_columns(to), 2, 2);
    fprintf(to, "  %s ", say(language, "(yes/no)"));
    fflush(to);
    if (!fgets(line, sizeof line, from)) {
      return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                       "Not every pre-test question was answered: nothing was measured or saved.");
    }
    const int answer = answer_yes_or_no(line);
    if (answer < 0) continue;
    return json_object_set_new(answers, question->key, json_boolean(answer)) == 0 ? SAGITTA_OK : no_memory(error);
  }
}

sagitta_status pretest_ask(char **answers, const char *language, FILE *from, FILE *to, sagitta_error *error) {
  json_t *root = json_object(), *asked = json_object();
  *answers = NULL;
  sagitta_status status = SAGITTA_OK;
  if (json_object_set_new(root, "schema", json_string(SCHEMA)) != 0 || json_object_set(root, "answers", asked) != 0) {
    status = no_memory(error);
  }
  if (status == SAGITTA_OK) fprintf(to, "%s\n", say(language, "Before the test, once for each visit:"));
  for (size_t i = 0; i < QUESTIONS && status == SAGITTA_OK; i++) {
    status = ask_one(asked, &questions[i], language, from, to, error);
  }
  if (status == SAGITTA_OK && !(*answers = print(root))) status = no_memory(error);
  json_decref(asked);
  json_decref(root);
  return status;
}

char *pretest_form(const char *language) {
  json_t *root = json_object(), *answers = json_object(), *help = json_object();
  bool good = json_object_set_new(root, "schema", json_string(SCHEMA)) == 0;
  for (size_t i = 0; i < QUESTIONS; i++) {
    good = good && json_object_set_new(help, questions[i].key, json_string(say(language, questions[i].text))) == 0 &&
           json_object_set_new(answers, questions[i].key, json_null()) == 0;
  }
  good = good && json_object_set(root, "questions", help) == 0 && json_object_set(root, "answers", answers) == 0;
  char *text = good ? print(root) : NULL;
  json_decref(help);
  json_decref(answers);
  json_decref(root);
  return text;
}
