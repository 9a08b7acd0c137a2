/* SPDX-License-Identifier: Apache-2.0 */
/* The manual as a folder of files. */
#include "manual/manual.h"

#include <stdlib.h>

#include "cli/failure.h"
#include "cli/files.h"

/* What draws a file, of the whole program or of one command. */
typedef struct page {
  void (*all)(const manual *m, FILE *to);
  void (*one)(const manual *m, const command *c, FILE *to);
  const command *command;
} page;

static sagitta_status write_page(const manual *m, const page *what, const char *folder, const char *name,
                                 sagitta_error *error) {
  char *text = NULL, *path = NULL;
  size_t length = 0;
  sagitta_status status = SAGITTA_ERROR_MEMORY;
  FILE *to = open_memstream(&text, &length);
  if (to) what->all ? what->all(m, to) : what->one(m, what->command, to);
  const bool whole = to && !ferror(to) && fclose(to) == 0;
  if (whole && asprintf(&path, "%s/%s", folder, name) >= 0) {
    status = file_write(path, text, error);
  } else {
    (void)fail_with(error, status, "Not enough memory to write the manual.");
  }
  free(path);
  free(text);
  return status;
}

sagitta_status manual_write(const manual *m, const char *folder, sagitta_error *error) {
  static const char *const folders[] = { "", "/man1", "/bash", "/zsh", "/fish" };
  static const struct {
    void (*draw)(const manual *m, FILE *to);
    const char *name;
  } files[] = { { manual_man_overview, "man1/sagitta.1" },
                { manual_markdown, "OPTIONS.md" },
                { manual_bash, "bash/sagitta" },
                { manual_zsh, "zsh/_sagitta" },
                { manual_fish, "fish/sagitta.fish" } };
  sagitta_status status = SAGITTA_OK;
  for (size_t i = 0; i < sizeof folders / sizeof *folders && status == SAGITTA_OK; i++) {
    char *path = NULL;
    if (asprintf(&path, "%s%s", folder, folders[i]) < 0) return SAGITTA_ERROR_MEMORY;
    status = folder_make(path, NULL, error);
    free(path);
  }
  for (size_t i = 0; i < sizeof files / sizeof *files && status == SAGITTA_OK; i++) {
    const page what = { .all = files[i].draw };
    status = write_page(m, &what, folder, files[i].name, error);
  }
  for (size_t i = 0; m->commands[i] && status == SAGITTA_OK; i++) {
    char name[80];
    const page what = { .one = manual_man_command, .command = m->commands[i] };
    snprintf(name, sizeof name, "man1/sagitta-%s.1", m->commands[i]->name);
    status = write_page(m, &what, folder, name, error);
  }
  return status;
}
