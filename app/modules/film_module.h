/* SPDX-License-Identifier: Apache-2.0 */
/* What takes frames apart and encodes them, as what draws calls it: a module of its own (cli/modules.h), for it brings
 * FFmpeg. As modules/pages_module.h says. */
#ifndef SG_MODULES_FILM_MODULE_H
#define SG_MODULES_FILM_MODULE_H

#include "drawing/shown_frame.h"
#include "overlay/overlay_parts.h"

typedef struct film_module {
  const char *version; /* SAGITTA_VERSION of its build */
  __typeof__(encoder_open) *encoder_open;
  __typeof__(encoder_write) *encoder_write;
  __typeof__(encoder_finish) *encoder_finish;
  __typeof__(encoder_close) *encoder_close;
  __typeof__(upright_new) *upright_new;
  __typeof__(upright_take) *upright_take;
  __typeof__(upright_free) *upright_free;
} film_module;

#endif
