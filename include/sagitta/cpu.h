/* SPDX-License-Identifier: Apache-2.0 */
/* Which variant of each SIMD kernel runs on this machine. */
#ifndef SAGITTA_CPU_H
#define SAGITTA_CPU_H

#include <stdbool.h>
#include <stddef.h>

#include "sagitta/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sagitta_kernel {
  const char *kernel; /* "scan_planar_8" */
  const char *level;  /* "c", "sse4.1", "avx2", "avx512", "neon" */
  bool usable;        /* compiled in, and this processor and system can run it */
  bool chosen;        /* what runs unless a level is asked for */
} sagitta_kernel;

/* Every kernel at every level of this build. A static array of *count entries, filled once. Thread-safe. */
SAGITTA_API const sagitta_kernel *sagitta_kernels(size_t *count);
/* Whether `level` names a level that this build knows and this machine can run. Thread-safe. */
SAGITTA_API bool sagitta_simd_usable(const char *level);

#ifdef __cplusplus
}
#endif
#endif
