/* SPDX-License-Identifier: Apache-2.0 */
/* The functions of modules/film_module.h, each handed on to the module, which is loaded when the first is called. What
 * frees loads nothing where nothing was made. */
#include "modules/film_module.h"

#include <pthread.h>

#include "cli/modules.h"

static const film_module *loaded;

static void load(void) {
  loaded = module_table("film");
}

static const film_module *module(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  (void)pthread_once(&once, load);
  return loaded;
}

sagitta_status encoder_open(encoder **out, sagitta_output *to, int width, int height, double rate,
                            sagitta_error *error) {
  return module()->encoder_open(out, to, width, height, rate, error);
}

sagitta_status encoder_write(encoder *e, const uint8_t *pixels, int stride, double time_s, sagitta_error *error) {
  return module()->encoder_write(e, pixels, stride, time_s, error);
}

sagitta_status encoder_finish(encoder *e, sagitta_error *error) {
  return module()->encoder_finish(e, error);
}

void encoder_close(encoder **e) {
  if (*e) module()->encoder_close(e);
}

upright *upright_new(int width, int height) {
  return module()->upright_new(width, height);
}

sagitta_status upright_take(upright *u, const sagitta_frame *frame, const double turn[6], uint8_t *pixels, int stride,
                            sagitta_error *error) {
  return module()->upright_take(u, frame, turn, pixels, stride, error);
}

void upright_free(upright **u) {
  if (*u) module()->upright_free(u);
}
