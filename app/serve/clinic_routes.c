/* SPDX-License-Identifier: Apache-2.0 */
/* The logo of the clinic whose pages they are: tried before it is kept, as a clinic's file is read. Its name and
 * address are settings of the page. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "report/report.h"
#include "serve/page_place.h"
#include "serve/route.h"
#include "serve/secret.h"
#include "serve/server.h"
#include "serve/upload.h"

void logo_begin(server *s, http_request *q, http_reply *a) {
  char id[JOB_ID];
  if (!secret_draw(id, JOB_ID - 1)) {
    http_refuse(a, 500, server_say(s, "Not enough memory: close other programs."));
    return;
  }
  upload_begin(s, q, id, PAGE_CLINIC_LOGO, a);
}

/* Whether it is a picture that can be drawn: the file of a clinic with it is read. */
static sagitta_status try_logo(const char *trial, sagitta_error *error) {
  clinic *c = NULL;
  sagitta_status status = file_write(trial, "name = Sagitta\nlogo = " PAGE_CLINIC_LOGO "\n", error);
  if (status == SAGITTA_OK) status = clinic_read(&c, trial, error);
  clinic_free(&c);
  return status;
}

/* A picture is small: it goes through memory, for the two folders may be on two disks. */
static sagitta_status keep_logo(server *s, const char *from, sagitta_error *error) {
  char folder[PATH_MAX], path[PATH_MAX], *bytes = NULL;
  size_t length = 0;
  sagitta_output *to = NULL;
  if (!page_place("", folder) || !page_place(PAGE_CLINIC_LOGO, path) || !folder_make_way(path))
    return fail_with(error, SAGITTA_ERROR_WRITE, "There is no folder for settings.");
  sagitta_status status = file_read(from, &bytes, &length, error);
  if (status == SAGITTA_OK) status = output_begin_in(&to, folder, PAGE_CLINIC_LOGO, error);
  if (status == SAGITTA_OK) status = sagitta_output_write(to, bytes, length, error);
  if (status == SAGITTA_OK) status = output_end(&to, error);
  output_drop(&to);
  free(bytes);
  if (status != SAGITTA_OK) return status;
  return page_clinic_write(folder, s->page.clinic_name, s->page.clinic_address, error);
}

void logo_take(server *s, http_request *q, http_reply *a) {
  char from[PATH_MAX], trial[PATH_MAX];
  unsigned long long bytes;
  sagitta_error error = error_in(s->page.language);
  const char *id = upload_job(q->upload);
  if (!own_folder_file(&s->own, id, PAGE_CLINIC_LOGO, from) || !own_folder_file(&s->own, id, "trial.ini", trial) ||
      !upload_keep(q->upload, s, &bytes, a)) {
    return;
  }
  sagitta_status status = try_logo(trial, &error);
  if (status == SAGITTA_OK) status = keep_logo(s, from, &error);
  own_folder_remove(&s->own, id, "");
  status == SAGITTA_OK ? http_say(a, 200, json_object()) : http_fail(a, &error);
}

void logo_remove(server *s, http_request *q, http_reply *a) {
  char folder[PATH_MAX], path[2 * PATH_MAX];
  sagitta_error error = error_in(s->page.language);
  (void)q;
  if (page_place("", folder)) {
    (void)snprintf(path, sizeof path, "%s/" PAGE_CLINIC_LOGO, folder);
    (void)unlink(path);
    if (page_clinic_write(folder, s->page.clinic_name, s->page.clinic_address, &error) != SAGITTA_OK) {
      http_fail(a, &error);
      return;
    }
  }
  http_say(a, 200, json_object());
}
