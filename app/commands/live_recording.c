/* SPDX-License-Identifier: Apache-2.0 */
#include "commands/live_recording.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cli/files.h"
#include "cli/text.h"

#define PREFIX  "live-"
#define PATTERN PREFIX "%ld-"

/* The folder, ending in '/', made where it is missing. False where there is none. */
static bool find_folder(char *path, size_t size) {
  const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
  int length = -1;
  if (state && state[0] == '/')
    length = snprintf(path, size, "%s/sagitta/", state);
  else if (home && home[0] == '/')
    length = snprintf(path, size, "%s/.local/state/sagitta/", home);
  return length > 0 && (size_t)length < size && folder_make_way(path);
}

live_recording live_recording_begin(void) {
  live_recording r = { .path = "" };
  char folder[PATH_MAX - 64], day[32] = "";
  const time_t now = time(NULL);
  struct tm local;
  if (!find_folder(folder, sizeof folder)) return r;
  if (localtime_r(&now, &local)) (void)strftime(day, sizeof day, "%Y%m%d-%H%M%S", &local);
  (void)snprintf(r.path, sizeof r.path, "%s" PATTERN "%s.nut", folder, (long)getpid(), day);
  (void)snprintf(r.restore, sizeof r.restore, "%scamera-settings", folder);
  return r;
}

void live_recording_end(live_recording *r) {
  if (r->path[0]) (void)unlink(r->path);
  r->path[0] = '\0';
}

void live_recording_tell(const char *language) {
  char folder[PATH_MAX - 64];
  DIR *files = find_folder(folder, sizeof folder) ? opendir(folder) : NULL;
  if (!files) return;
  for (const struct dirent *e; (e = readdir(files));) {
    long process = 0;
    if (sscanf(e->d_name, PATTERN, &process) != 1 || process <= 0) continue;
    if (kill((pid_t)process, 0) == 0 || errno == EPERM) continue; /* it films still */
    char *note = NULL;
    if (asprintf(&note,
                 say(language,
                     "A recording was cut short and is kept: sagitta analyze \"%s%s\" measures it. It shows a face: "
                     "remove it then."),
                 folder, e->d_name) >= 0)
      text_complain(note);
    free(note);
  }
  (void)closedir(files);
}
