/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/decoding.h"

#include <stdio.h>

#include "sagitta/cage.h"

static bool outside;

void decoder_leave_cage(void) {
  outside = true;
}

static void say_open(void) {
  static bool said;
  const sagitta_cage_support here = sagitta_cage_supported();
  if (!said && !here.landlock && !here.seccomp)
    fputs("This kernel has neither Landlock nor seccomp: the decoder runs in a process of its own, with your rights.\n",
          stderr);
  said = true;
}

sagitta_source_settings decoder_source_settings(void) {
  sagitta_source_settings settings = sagitta_source_default_settings();
  if (outside) return settings;
  say_open();
  settings.decoder = "/proc/self/exe";
  return settings;
}
