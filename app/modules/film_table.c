/* SPDX-License-Identifier: Apache-2.0 */
#include "modules/film_module.h"

#include "sagitta/version.h"

__attribute__((visibility("default"))) extern const film_module film_module_here;
const film_module film_module_here = {
  .version = SAGITTA_VERSION,
  .encoder_open = encoder_open,
  .encoder_write = encoder_write,
  .encoder_finish = encoder_finish,
  .encoder_close = encoder_close,
  .upright_new = upright_new,
  .upright_take = upright_take,
  .upright_free = upright_free,
};
