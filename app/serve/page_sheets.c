/* SPDX-License-Identifier: Apache-2.0 */
/* The sheets to print (app/sheets), as PDF in the page's language and on its paper. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "serve/route.h"
#include "serve/secret.h"
#include "serve/server.h"
#include "sheets/sheet_files.h"

static sagitta_status draw(const server *s, sheets_kind kind, const char *path, sagitta_error *error) {
  sagitta_output *to = NULL;
  sagitta_status status = output_begin(&to, path, error);
  if (status == SAGITTA_OK) {
    status = sheets_draw(kind, s->page.paper == REPORT_LETTER, *s->page.language ? s->page.language : "en", to, error);
  }
  if (status == SAGITTA_OK) return output_end(&to, error);
  output_drop(&to);
  return status;
}

void page_sheet(server *s, http_request *q, http_reply *a) {
  static const struct {
    const char *name;
    sheets_kind kind;
  } sheets[] = { { "guide.pdf", SHEETS_GUIDE },
                 { "markers.pdf", SHEETS_MARKERS },
                 { "ruler.pdf", SHEETS_RULER },
                 { "questions.pdf", SHEETS_QUESTIONS } };
  char path[PATH_MAX], id[JOB_ID];
  sagitta_error error = error_in(s->page.language);
  for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
    if (strcmp(sheets[i].name, q->word[0]) != 0) continue;
    if (!secret_draw(id, JOB_ID - 1) || !own_folder_file(&s->own, id, "", path)) break;
    if (draw(s, sheets[i].kind, path, &error) != SAGITTA_OK) {
      http_fail(a, &error);
      return;
    }
    const int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    (void)unlink(path);
    if (file < 0) break;
    http_say_file(a, "application/pdf", file);
    return;
  }
  http_refuse(a, 404, server_say(s, "There is nothing under this address."));
}
