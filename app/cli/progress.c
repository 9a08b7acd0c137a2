/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/progress.h"

#include <stdio.h>
#include <string.h>

#include "cli/system.h"
#include "cli/text.h"

#define BAR 24

void progress_begin(progress *p) {
  *p = (progress){ .shown = system_is_terminal(stderr) };
}

void progress_clear(progress *p) {
  if (p->shown && p->stage) fputs("\r\033[K", stderr);
  p->stage = NULL;
}

static void draw(const progress *p, double fraction, double now) {
  char line[256], left[48] = "";
  double passed = now - p->stage_began;
  if (fraction > 0.02 && passed > 1.0) {
    long seconds = (long)(passed * (1 - fraction) / fraction + 0.5);
    snprintf(left, sizeof left, "  %ld:%02ld left", seconds / 60, seconds % 60);
  }
  if (fraction < 0) {
    snprintf(line, sizeof line, "%s  %ld s", p->stage, (long)passed);
  } else {
    int full = (int)(fraction * BAR);
    size_t at = (size_t)snprintf(line, sizeof line, "%.60s  ", p->stage);
    for (int i = 0; i < BAR; i++) at += (size_t)snprintf(line + at, sizeof line - at, "%s", i < full ? "█" : "░");
    snprintf(line + at, sizeof line - at, " %3d %%%s", (int)(fraction * 100), left);
  }
  if (text_width(line) < text_columns(stderr)) fprintf(stderr, "\r%s\033[K", line);
}

int progress_report(void *user, const char *stage, double fraction) {
  progress *p = user;
  if (!p->shown) return 0;
  double now = system_seconds();
  if (!p->stage || strcmp(p->stage, stage) != 0) {
    p->stage = stage;
    p->stage_began = now;
  } else if (now - p->last_drawn < 0.1) {
    return 0;
  }
  p->last_drawn = now;
  draw(p, fraction > 1 ? 1 : fraction, now);
  return 0;
}
