/* SPDX-License-Identifier: Apache-2.0 */
#include "body/anatomy.h"

const sg_prior sg_priors[SG_PRIORS] = {
#define ROW(upper, name, value, spread, unit, source) [SG_##upper] = { name, value, spread, unit, source },
  SG_PRIOR_LIST(ROW)
#undef ROW
};
