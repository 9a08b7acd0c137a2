/* SPDX-License-Identifier: Apache-2.0 */
/* The functions of modules/serve_module.h, each handed on to the module, which is loaded when the first is called. What
 * frees loads nothing where nothing was made. */
#include "modules/serve_module.h"

#include <pthread.h>

#include "cli/modules.h"

static const serve_module *loaded;

static void load(void) {
  loaded = module_table("serve");
}

static const serve_module *module(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  (void)pthread_once(&once, load);
  return loaded;
}

int serve_run(const serve_settings *settings) {
  return module()->serve_run(settings);
}
