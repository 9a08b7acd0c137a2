/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/page_place.h"

#include <stdio.h>
#include <stdlib.h>

bool page_place(const char *name, char path[PATH_MAX]) {
  const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME"), *slash = *name ? "/" : "";
  int length = -1;
  if (config && config[0] == '/') {
    length = snprintf(path, PATH_MAX, "%s/sagitta%s%s", config, slash, name);
  } else if (home && home[0] == '/') {
    length = snprintf(path, PATH_MAX, "%s/.config/sagitta%s%s", home, slash, name);
  }
  if (length > 0 && length < PATH_MAX) return true;
  *path = '\0';
  return false;
}
