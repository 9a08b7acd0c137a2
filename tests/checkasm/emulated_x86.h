/* SPDX-License-Identifier: Apache-2.0 */
/* The x86 intrinsics in portable C, so that AVX-512 variants can be held against C on any processor. */
#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/x86/avx512.h>
#include <simde/x86/avx2.h>
#include <simde/x86/sse4.1.h>
