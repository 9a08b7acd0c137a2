/* SPDX-License-Identifier: Apache-2.0 */
/* OpenCV that is linked in: in a static library, in tests. */
#include "opencv/opencv_c.h"

sagitta_status sg_opencv_load(sagitta_error *error) {
  (void)error;
  return SAGITTA_OK;
}
