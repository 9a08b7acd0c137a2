/* SPDX-License-Identifier: Apache-2.0 */
/* What the page has to know at its start, what is set on it, and the records as a whole: backup and restore. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/failure.h"
#include "cli/set_words.h"
#include "cli/system.h"
#include "report/assets.h"
#include "serve/child.h"
#include "serve/route.h"
#include "serve/secret.h"
#include "serve/server.h"
#include "serve/upload.h"

static json_t *languages(void) {
  size_t count;
  json_t *all = json_array();
  const sagitta_language *l = sagitta_languages(&count);
  for (size_t i = 0; i < count; i++) {
    (void)json_array_append_new(all, json_pack("{s:s, s:s}", "code", l[i].code, "name", l[i].name));
  }
  return all;
}

static json_t *tests(const server *s) {
  size_t count;
  json_t *all = json_array();
  const sagitta_test *t = sagitta_tests(&count);
  for (size_t i = 0; i < count; i++) {
    (void)json_array_append_new(
        all, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:i}", "name", t[i].name, "title", server_say(s, t[i].title),
                       "purpose", server_say(s, t[i].purpose), "instructions", server_say(s, t[i].instructions),
                       "markers", server_say(s, t[i].markers), "side", t[i].side ? server_say(s, t[i].side) : "",
                       "repetitions", t[i].repetitions));
  }
  return all;
}

static json_t *quantities(const server *s) {
  size_t count;
  json_t *all = json_object();
  const sagitta_quantity_info *q = sagitta_quantities(&count);
  for (size_t i = 0; i < count; i++) {
    (void)json_object_set_new(all, q[i].key,
                              json_pack("{s:s, s:s, s:f, s:i}", "label", server_say(s, q[i].label), "unit", q[i].unit,
                                        "factor", q[i].factor, "decimals", q[i].decimals));
  }
  return all;
}

/* The sets of markers, each in words. */
static json_t *sets(const server *s) {
  json_t *all = json_array();
  for (int i = 0; i < 3; i++) {
    const sagitta_marker_set set =
        (const sagitta_marker_set[]){ SAGITTA_SET_STRIP, SAGITTA_SET_CLINIC, SAGITTA_SET_DISCS }[i];
    (void)json_array_append_new(all, json_pack("{s:s, s:s}", "name", sagitta_marker_set_name(set), "title",
                                               marker_set_words(set, s->page.language)));
  }
  return all;
}

json_t *server_state(const server *s) {
  char today[RECORDS_DAY], trouble[700];
  records_today(today);
  page_settings_trouble(&s->page, trouble, sizeof trouble);
  return json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:b, s:b, s:b, s:s}", "version", sagitta_version(),
                   "today", today, "trouble", trouble, "languages", languages(), "tests", tests(s), "quantities",
                   quantities(s), "settings", page_settings_document(&s->page), "sets", sets(s), "clinic_given",
                   s->settings->clinic != NULL, "clinic_logo", page_clinic_has_logo(), "charts",
                   asset_dygraphs_js_size > 0, "disclaimer", server_say(s, sagitta_disclaimer()));
}

static void say_state(const server *s, http_reply *a) {
  http_say(a, 200, server_state(s));
}

void state_show(server *s, http_request *q, http_reply *a) {
  (void)q;
  say_state(s, a);
}

void state_set(server *s, http_request *q, http_reply *a) {
  sagitta_error error = error_in(s->page.language);
  json_t *o = q->body ? json_loadb(q->body, q->length, JSON_REJECT_DUPLICATES, NULL) : NULL;
  page_settings_change(&s->page, o, &error) == SAGITTA_OK ? say_state(s, a) : http_fail(a, &error);
  json_decref(o);
}

/* ---- the records as a whole ---- */

/* A copy as it is at this moment; encrypted where the records are. */
void backup_make(server *s, http_request *q, http_reply *a) {
  char path[PATH_MAX], id[JOB_ID];
  sagitta_error error = error_in(s->page.language);
  (void)q;
  records *r = server_records(s, RECORDS_READ, a);
  if (!r) return;
  if (!secret_draw(id, JOB_ID - 1) || !own_folder_file(&s->own, id, "", path)) {
    http_refuse(a, 500, server_say(s, "Not enough memory: close other programs."));
  } else if (upkeep_backup(r, path, &error) != SAGITTA_OK) {
    http_fail(a, &error);
  } else {
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    (void)unlink(path);
    file >= 0 ? http_say_file(a, "application/octet-stream", file)
              : http_refuse(a, 507, server_say(s, "The page's folder cannot be written to."));
    a->download = "sagitta-records.db";
  }
  records_close(&r);
}

void restore_begin(server *s, http_request *q, http_reply *a) {
  char id[JOB_ID];
  if (!secret_draw(id, JOB_ID - 1)) {
    http_refuse(a, 500, server_say(s, "Not enough memory: close other programs."));
    return;
  }
  upload_begin(s, q, id, "backup", a);
}

#define RESTORE_S 120.0

/* Run this program to its end; what it says on standard error, without its name. */
static int run_child(const char *const *words, char *said, size_t size) {
  child c = { .told = -1 };
  size_t have = 0;
  const double began = system_seconds();
  *said = '\0';
  if (!child_start(&c, words)) return 127;
  for (;;) {
    char part[1024];
    struct pollfd at = { .fd = c.told, .events = POLLIN };
    const long got = child_read(&c, part, sizeof part);
    if (got < 0) break;
    for (long i = 0; i < got && have + 1 < size; i++) said[have++] = part[i] == '\n' ? ' ' : part[i];
    said[have] = '\0';
    if (system_seconds() - began > RESTORE_S) {
      (void)child_finish(&c, true);
      return 127;
    }
    if (got == 0) (void)poll(&at, 1, 1000);
  }
  const child_end end = child_finish(&c, false);
  return end.signal ? 127 : end.status;
}

static bool is_database(const char *path) {
  char head[16] = "";
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  const bool whole = file >= 0 && read(file, head, sizeof head) == (ssize_t)sizeof head;
  if (file >= 0) (void)close(file);
  /* An encrypted one begins with random bytes, an export with a brace. */
  return whole && head[strspn(head, " \t\r\n")] != '{';
}

/* What is in a backup, or an export, and not in the records comes into them; what is there stays as it is. A file from
 * elsewhere is opened by a process of its own. */
void restore_take(server *s, http_request *q, http_reply *a) {
  char from[PATH_MAX], export[PATH_MAX], said[JOB_TEXT];
  unsigned long long bytes;
  const records_place *p = &s->settings->place;
  const char *id = upload_job(q->upload);
  int status = 0;
  if (!own_folder_file(&s->own, id, "backup", from) || !own_folder_file(&s->own, id, "export.json", export)) return;
  const bool kept = upload_keep(q->upload, s, &bytes, a);
  if (kept && is_database(from)) {
    const char *words[] = { "records",   "export", "--all", "--records",
                            from,        "-o",     export,  p->key_file ? "--key-file" : NULL,
                            p->key_file, NULL };
    status = run_child(words, said, sizeof said);
  } else if (kept && rename(from, export) != 0) {
    status = 127;
  }
  if (kept && status == 0) {
    const char *words[12] = { "records", "import", export };
    size_t count = 3;
    if (p->file) words[count++] = "--records", words[count++] = p->file;
    if (p->key_file) words[count++] = "--key-file", words[count++] = p->key_file;
    status = run_child(words, said, sizeof said);
  }
  if (kept) own_folder_remove(&s->own, id, "");
  if (kept && status == 0) {
    http_say(a, 200, json_object());
  } else if (kept) {
    const char *words = strncmp(said, "sagitta: ", 9) == 0 ? said + 9 : said;
    http_refuse(a, 422, *words ? words : server_say(s, "This backup could not be read."));
  }
}
