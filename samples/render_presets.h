/* SPDX-License-Identifier: Apache-2.0 */
/* The list of named scenes, for --help and for tests that go through all of them. */
#ifndef SAMPLE_RENDER_PRESETS_H
#define SAMPLE_RENDER_PRESETS_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sample_preset {
  const char *name, *about, *options;
} sample_preset;

/* Returns how many; *out points to static storage. */
size_t sample_presets(const sample_preset **out);

#ifdef __cplusplus
}
#endif
#endif
