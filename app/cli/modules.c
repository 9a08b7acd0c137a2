/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/modules.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/system.h"
#include "cli/text.h"
#include "sagitta/version.h"

/* Where it lies, as seen from the folder of this program's own library, installed or built. */
static void find(const char *name, char path[PATH_MAX + 64]) {
  static const char own[] = "anything of this library";
  Dl_info here;
  const char *file = dladdr(own, &here) ? here.dli_fname : "";
  const char *slash = strrchr(file, '/');
  (void)snprintf(path, PATH_MAX + 64, "%.*s%s.so", slash ? (int)(slash - file + 1) : 0, file, name);
}

const void *module_table(const char *name) {
  char path[PATH_MAX + 64], symbol[64], why[2 * PATH_MAX];
  find(name, path);
  (void)snprintf(symbol, sizeof symbol, "%s_module_here", name);
  void *module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  const char *const *shown = module ? dlsym(module, symbol) : NULL;
  if (shown && strcmp(*shown, SAGITTA_VERSION) == 0) return shown;
  const char *language = text_language();
  (void)snprintf(why, sizeof why, say(language, "Sagitta's part \"%s\" cannot be loaded: %s. Install Sagitta again."),
                 name, shown ? say(language, "it is of another version") : dlerror());
  text_complain(why);
  interrupt_clear();
  exit(EXIT_UNWRITABLE);
}
