/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/page_settings.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "cli/text.h"
#include "records/records.h"
#include "serve/page_place.h"

#define FILE_NAME "page.json"

/* What cannot be kept holds all the same, until the server ends. */
static bool keep_settings(const page_settings *p) {
  char path[PATH_MAX];
  sagitta_error unheard = error_in(NULL);
  json_t *all = page_place(FILE_NAME, path) ? page_settings_document(p) : NULL;
  char *text = all ? json_dumps(all, JSON_INDENT(2)) : NULL;
  json_decref(all);
  bool kept = text && folder_make_way(path) && file_write(path, text, &unheard) == SAGITTA_OK;
  free(text);
  char folder[PATH_MAX];
  kept = kept && page_place("", folder) &&
         page_clinic_write(folder, p->clinic_name, p->clinic_address, &unheard) == SAGITTA_OK;
  return kept;
}

static bool is_language(const char *code) {
  size_t count;
  const sagitta_language *all = sagitta_languages(&count);
  for (size_t i = 0; i < count; i++) {
    if (strcmp(all[i].code, code) == 0) return true;
  }
  return false;
}

static bool is_look(const char *word) {
  return strcmp(word, "auto") == 0 || strcmp(word, "light") == 0 || strcmp(word, "dark") == 0;
}

static bool is_set(const char *word) {
  return strcmp(word, "strip") == 0 || strcmp(word, "clinic") == 0 || strcmp(word, "discs") == 0;
}

static bool is_test(const char *word) {
  return sagitta_test_find(word) != NULL;
}

/* What GET /api/cameras calls one: a device, the one that the server was started with, the phone of these settings. */
static bool is_camera(const char *word) {
  return strncmp(word, "/dev/video", strlen("/dev/video")) == 0 || strcmp(word, "given") == 0 ||
         strcmp(word, "phone") == 0;
}

static bool is_mode(const char *word) {
  int width, height;
  double rate;
  return page_mode_read(word, &width, &height, &rate);
}

static bool is_address(const char *word) {
  static const char scheme[] = "http://";
  const size_t length = strlen(scheme);
  return strncmp(word, scheme, length) == 0 && word[length] && records_text_is_plain(word, false) &&
         !strpbrk(word, " \"<>\\^`{|}");
}

bool page_mode_read(const char *word, int *width, int *height, double *rate) {
  char end = '\0';
  *width = *height = 0;
  *rate = 0;
  if (!*word) return true;
  const int got = sscanf(word, "%dx%d@%lf%c", width, height, rate, &end);
  return (got == 2 || got == 3) && *width > 0 && *height > 0 && *width <= SAGITTA_PICTURE_MAX &&
         *height <= SAGITTA_PICTURE_MAX && (got == 2 || (*rate > 0 && *rate < 1000));
}

typedef struct text_setting {
  const char *key;
  size_t offset, room;
  bool may_be_empty;
  bool (*is)(const char *word);
} text_setting;

#define TEXT_SETTING(field, empty, check) \
  { #field, offsetof(page_settings, field), sizeof(((page_settings *)0)->field), empty, check }

static const text_setting texts[] = { TEXT_SETTING(language, true, is_language),
                                      TEXT_SETTING(look, false, is_look),
                                      TEXT_SETTING(markers, true, is_set),
                                      TEXT_SETTING(test, true, is_test),
                                      TEXT_SETTING(camera, true, is_camera),
                                      TEXT_SETTING(mode, true, is_mode),
                                      TEXT_SETTING(address, true, is_address),
                                      TEXT_SETTING(clinic_name, true, page_clinic_is_name),
                                      TEXT_SETTING(clinic_address, true, page_clinic_is_address) };
#define TEXTS (sizeof texts / sizeof *texts)

static bool apply_text(page_settings *p, const text_setting *t, const char *word) {
  if (!word || strlen(word) >= t->room || (*word ? !t->is(word) : !t->may_be_empty)) return false;
  (void)snprintf((char *)p + t->offset, t->room, "%s", word);
  return true;
}

static bool apply(page_settings *p, const json_t *document) {
  const char *key;
  json_t *value;
  json_object_foreach((json_t *)(uintptr_t)document, key, value) {
    bool good = false;
    for (size_t i = 0; i < TEXTS; i++) {
      if (strcmp(texts[i].key, key) == 0) good = apply_text(p, &texts[i], json_string_value(value));
    }
    if (strcmp(key, "paper") == 0 && json_is_string(value)) good = report_paper_of(json_string_value(value), &p->paper);
    bool *flag = strcmp(key, "welcomed") == 0   ? &p->welcomed
                 : strcmp(key, "silent") == 0   ? &p->silent
                 : strcmp(key, "unlocked") == 0 ? &p->unlocked
                                                : NULL;
    if (flag && json_is_boolean(value)) {
      *flag = json_is_true(value);
      good = true;
    }
    if (!good) return false;
  }
  return true;
}

void page_settings_read(page_settings *p) {
  char path[PATH_MAX], *text = NULL;
  size_t length = 0;
  sagitta_error unheard = error_in(NULL);
  const page_settings usual = { .look = "auto", .paper = report_paper_usual() };
  *p = usual;
  if (!page_place(FILE_NAME, path) || (access(path, F_OK) != 0 && errno == ENOENT)) return;
  const bool is_read = file_read(path, &text, &length, &unheard) == SAGITTA_OK;
  json_t *document = is_read ? json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL) : NULL;
  if (!json_is_object(document) || !apply(p, document)) {
    *p = usual;
    p->trouble = PAGE_UNREAD;
  }
  json_decref(document);
  free(text);
}

json_t *page_settings_document(const page_settings *p) {
  return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:b, s:b}", "language", p->language, "look",
                   p->look, "markers", p->markers, "test", p->test, "paper",
                   p->paper == REPORT_LETTER ? "letter" : "a4", "camera", p->camera, "mode", p->mode, "address",
                   p->address, "clinic_name", p->clinic_name, "clinic_address", p->clinic_address, "silent", p->silent,
                   "unlocked", p->unlocked, "welcomed", p->welcomed);
}

sagitta_status page_settings_change(page_settings *p, const json_t *document, sagitta_error *error) {
  page_settings changed = *p;
  if (!json_is_object(document) || !apply(&changed, document)) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT, "This cannot be set so.");
  }
  *p = changed;
  if (!keep_settings(p)) {
    p->trouble = PAGE_UNKEPT;
  } else if (p->trouble == PAGE_UNKEPT) {
    p->trouble = PAGE_FINE;
  }
  return SAGITTA_OK;
}

void page_settings_trouble(const page_settings *p, char *text, size_t size) {
  char path[PATH_MAX];
  (void)page_place(FILE_NAME, path);
  *text = '\0';
  if (p->trouble == PAGE_UNREAD) {
    (void)snprintf(text, size,
                   say(p->language,
                       "The settings in \"%.300s\" could not be read: the usual ones hold, and what is set "
                       "now is kept in their place."),
                   path);
  } else if (p->trouble == PAGE_UNKEPT && *path) {
    (void)snprintf(text, size,
                   say(p->language,
                       "The settings cannot be kept in \"%.300s\": they hold until Sagitta ends. Make room there, or "
                       "let the folder be written to."),
                   path);
  } else if (p->trouble == PAGE_UNKEPT) {
    (void)snprintf(text, size, "%s",
                   say(p->language,
                       "There is no folder for settings, so that they hold until Sagitta ends: set HOME to a folder "
                       "of yours."));
  }
}
