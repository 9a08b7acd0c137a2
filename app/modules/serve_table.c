/* SPDX-License-Identifier: Apache-2.0 */
#include "modules/serve_module.h"

#include "sagitta/version.h"

__attribute__((visibility("default"))) extern const serve_module serve_module_here;
const serve_module serve_module_here = {
  .version = SAGITTA_VERSION,
  .serve_run = serve_run,
};
