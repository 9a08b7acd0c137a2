/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/sandbox.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/text.h"
#include "sagitta/cage.h"

#define THREADS_MORE 2 /* than processors: they decode on while a frame is looked at */

static bool outside, program;

void sandbox_leave(void) {
  outside = true;
}

void sandbox_is_program(void) {
  program = true;
}

static void say_open(void) {
  static bool said;
  const sagitta_cage_support here = sagitta_cage_supported();
  if (!said && !here.landlock && !here.seccomp)
    fputs(say(text_language(),
              "This kernel has neither Landlock nor seccomp: the decoder runs in a process of its own, with your "
              "rights.\n"),
          stderr);
  said = true;
}

/* sagitta-decode, where it is installed as seen from this program, or beside it as in a build; else the program once
 * more, which does the same and takes longer to start. */
static const char *find_decoder(void) {
  static const char *const places[] = { DECODER_PLACE "/", "" };
  static char path[PATH_MAX + 64];
  char own[PATH_MAX];
  const ssize_t length = readlink("/proc/self/exe", own, sizeof own - 1);
  own[length > 0 ? length : 0] = '\0';
  const char *slash = strrchr(own, '/');
  for (size_t i = 0; slash && i < sizeof places / sizeof *places; i++) {
    (void)snprintf(path, sizeof path, "%.*s%ssagitta-decode", (int)(slash - own + 1), own, places[i]);
    if (access(path, X_OK) == 0) return path;
  }
  return "/proc/self/exe";
}

sagitta_source_settings sandbox_source_settings(void) {
  static const char *decoder;
  sagitta_source_settings settings = sagitta_source_default_settings();
  if (outside) {
    settings.threads = (int)sysconf(_SC_NPROCESSORS_ONLN) + THREADS_MORE;
    return settings;
  }
  say_open();
  if (!decoder) decoder = find_decoder();
  settings.decoder = decoder;
  return settings;
}

const char *sandbox_program(void) {
  if (outside || !program) return NULL;
  say_open();
  return "/proc/self/exe";
}
