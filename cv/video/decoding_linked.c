/* SPDX-License-Identifier: Apache-2.0 */
/* Decoding that is linked in: in a static library, in tests. */
#include "video/decoding.h"

const sg_decoding *sg_decoding_get(sagitta_error *error) {
  (void)error;
  return &sg_decoding_here;
}
