/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/set_words.h"

#include "cli/text.h"

const char *marker_set_words(sagitta_marker_set set, const char *language) {
  switch (set) {
    case SAGITTA_SET_DISCS:
      return say(language, "discs, no strip");
    case SAGITTA_SET_STRIP:
      return say(language, "a strip on the hip");
    case SAGITTA_SET_CLINIC:
      return say(language, "strips on pelvis and ribs");
    case SAGITTA_SET_UNKNOWN:
      break;
  }
  return "–";
}
