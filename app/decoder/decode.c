/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta-decode: decodes in a cage, for programs that use the library (sagitta/cage.h). Not for people to start. */
#include <stdio.h>

#include "sagitta/cage.h"

int main(int argc, char **argv) {
  if (sagitta_decoder_is_meant(argc, argv)) return sagitta_decoder_main();
  fputs("sagitta-decode is started by programs that use libsagitta, and by nobody else.\n", stderr);
  return 2;
}
