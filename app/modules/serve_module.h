/* SPDX-License-Identifier: Apache-2.0 */
/* The clinic's page, as its command calls it: a module of its own (cli/modules.h), for it brings a web server. As
 * modules/pages_module.h says. */
#ifndef SG_MODULES_SERVE_MODULE_H
#define SG_MODULES_SERVE_MODULE_H

#include "serve/serve.h"

typedef struct serve_module {
  const char *version; /* SAGITTA_VERSION of its build */
  __typeof__(serve_run) *serve_run;
} serve_module;

#endif
