/* SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>

#include "sagitta/live.h"

const char *sagitta_live_state_name(sagitta_live_state state) {
  static const char *const names[SAGITTA_LIVE_STATES] = { "looking", "ready", "armed", "down", "hold",
                                                          "up",      "done",  "lost",  "gone" };
  return (unsigned)state < SAGITTA_LIVE_STATES ? names[state] : NULL;
}
