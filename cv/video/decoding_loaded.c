/* SPDX-License-Identifier: Apache-2.0 */
/* Decoding in a module beside the library. */
#include <pthread.h>
#include <string.h>

#include "base/base.h"
#include "base/system.h"
#include "sagitta/version.h"
#include "video/decoding.h"

static const sg_decoding *loaded;
static char why[SG_MODULE_WHY];

static void load(void) {
  loaded = sg_system_module(SG_DECODING_MODULE, SG_DECODING_SYMBOL, SAGITTA_VERSION, why);
}

const sg_decoding *sg_decoding_get(sagitta_error *error) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  (void)pthread_once(&once, load);
  if (!loaded)
    (void)sg_fail(error, SAGITTA_ERROR_NO_DECODER,
                  "Sagitta's part that decodes video in this process cannot be loaded: %s. Install Sagitta again.",
                  why);
  return loaded;
}
